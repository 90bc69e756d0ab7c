"""Logging in with tokens: fetched from a stand-in, kept, renewed once when a server refuses them, and never shown."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from sheetsync.delivery.tokens import VARIABLE, Form, Tokens, google, microsoft
from sheetsync.errors import AccessDenied, ConfigError, SheetsyncError, TemporaryFailure
from sheetsync.hidden import Hidden
from sheetsync.post import Fate, Message
from tests.delivery.certificates import Certificate
from tests.delivery.conftest import USER, MailerTo
from tests.delivery.mail_server import serving
from tests.delivery.web_server import Asked, Said, WebServer, answering

CANARY = "Qx8~canary-client-secret"
PERSON = {"type": "authorized_user", "client_id": "id", "client_secret": CANARY, "refresh_token": "1//canary-refresh"}


@pytest.fixture(scope="module")
def account() -> tuple[dict[str, str], bytes]:
    """Give the JSON of a service account, and its public key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {
        "type": "service_account",
        "client_email": "sync@p.iam",
        "private_key_id": "k",
        "private_key": private,
    }, public


def numbered() -> Callable[[Asked], Said]:
    """Give a token service whose tokens are counted: token-1, token-2."""
    count = iter(range(1, 100))
    return lambda _asked: Said(
        200, {"access_token": f"token-{next(count)}", "expires_in": 3600, "token_type": "Bearer"}
    )


def tokens(service: WebServer, form: Callable[[], Form], clock: Callable[[], float] = lambda: 0.0) -> Tokens:
    """Give tokens of a stand-in."""
    return Tokens(form, {VARIABLE: service.url}, clock)


def test_microsoft_is_asked_as_an_application() -> None:
    """Shows the documented request for client credentials, to the tenant's own address."""
    with answering(numbered()) as service:
        told = tokens(service, microsoft("minhlong.onmicrosoft.com", "app-id", Hidden(CANARY))).token()
    assert told.shown() == "token-1"
    assert service.asked[0].path == "/minhlong.onmicrosoft.com/oauth2/v2.0/token"
    assert service.asked[0].form == {
        "grant_type": "client_credentials",
        "client_id": "app-id",
        "client_secret": CANARY,
        "scope": "https://outlook.office365.com/.default",
    }


def test_google_is_asked_with_a_signed_request(account: tuple[dict[str, str], bytes]) -> None:
    """Shows that a service account signs for the mailbox, with the key that Google knows, for one hour."""
    info, public = account
    with answering(numbered()) as service:
        tokens(service, google(Hidden(json.dumps(info)), USER)).token()
    form = service.asked[0].form
    assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    claims = jwt.decode(form["assertion"], certs=public, audience="https://oauth2.googleapis.com/token")
    assert (claims["iss"], claims["sub"], claims["scope"]) == ("sync@p.iam", USER, "https://mail.google.com/")
    assert claims["exp"] - claims["iat"] == 3600


def test_google_is_asked_as_a_person() -> None:
    """Shows that a person's own sign-in is refreshed."""
    with answering(numbered()) as service:
        tokens(service, google(Hidden(json.dumps(PERSON)), USER)).token()
    assert service.asked[0].form == {
        "grant_type": "refresh_token",
        "client_id": "id",
        "client_secret": CANARY,
        "refresh_token": "1//canary-refresh",
    }


@pytest.mark.parametrize(
    "text", ["", "hello", "[]", "{}", '{"type": "service_account"}', '{"type": "external_account"}']
)
def test_other_json_is_no_key(text: str) -> None:
    """Shows that what is no key of Google's is refused, without a word of it."""
    with pytest.raises(ConfigError) as caught:
        google(Hidden(text), USER)
    assert caught.value.key == "mail.google_key"
    assert caught.value.params == {}


def test_a_damaged_key_is_refused(account: tuple[dict[str, str], bytes]) -> None:
    """Shows that a private key which cannot be read is told as such."""
    with pytest.raises(ConfigError) as caught:
        google(Hidden(json.dumps({**account[0], "private_key": "-----BEGIN"})), USER)()
    assert caught.value.key == "mail.google_key"


def test_a_token_is_kept_until_shortly_before_its_end() -> None:
    """Shows one request for many logins, and a new one two minutes before the token ends."""
    now = [0.0]
    with answering(numbered()) as service:
        held = tokens(service, microsoft("t", "c", Hidden(CANARY)), lambda: now[0])
        assert [held.token().shown() for _ in range(3)] == ["token-1"] * 3
        now[0] = 3600 - 121
        assert held.token().shown() == "token-1"
        now[0] = 3600 - 119
        assert held.token().shown() == "token-2"
        assert held.token(renew=True).shown() == "token-3"


def test_a_mailbox_is_opened_by_token(to: MailerTo, known: Certificate, message: Message) -> None:
    """Shows a whole XOAUTH2 login and a message sent."""
    with answering(numbered()) as service, serving(known.server) as server:
        server.good_tokens.add("token-1")
        with to(server, tokens(service, microsoft("t", "c", Hidden(CANARY)))) as mailer:
            assert mailer.send(message).fate is Fate.SENT
        assert (server.logins, server.tokens, len(server.inbox)) == ([USER], ["token-1"], 1)


def test_a_token_that_ended_early_is_renewed_once(to: MailerTo, known: Certificate, message: Message) -> None:
    """Shows the challenge answered as it must be, and a second login with a new token."""
    with answering(numbered()) as service, serving(known.server) as server:
        server.good_tokens.add("token-2")
        with to(server, tokens(service, microsoft("t", "c", Hidden(CANARY)))) as mailer:
            assert mailer.send(message).fate is Fate.SENT
        assert server.tokens == ["token-1", "token-2"]
        assert "challenge answered b''" in server.heard


def test_a_token_that_is_never_taken_ends_the_run(to: MailerTo, known: Certificate, message: Message) -> None:
    """Shows that there is no third try, and which sentence says it."""
    with answering(numbered()) as service, serving(known.server) as server:
        with pytest.raises(AccessDenied) as caught:
            to(server, tokens(service, microsoft("t", "c", Hidden(CANARY)))).send(message)
        assert caught.value.key == "mail.token_refused"
        assert server.tokens == ["token-1", "token-2"]


REFUSALS = [
    (Said(401, {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid"}), AccessDenied, "no_token"),
    (
        Said(401, {"error": "invalid_client", "error_description": "AADSTS7000222: x"}),
        AccessDenied,
        "client_secret_over",
    ),
    (Said(400, {"error": "invalid_grant", "error_description": f"no {CANARY} here"}), AccessDenied, "no_token"),
    (Said(429, "slow down"), TemporaryFailure, "no_token_now"),
    (Said(503, "<html>"), TemporaryFailure, "no_token_now"),
    (Said(302, "", (("Location", "http://192.0.2.1/"),)), TemporaryFailure, "no_token_now"),
    (Said(200, "<html>a hotel's page</html>"), TemporaryFailure, "no_token_now"),
    (Said(200, {"access_token": "a\r\nb"}), TemporaryFailure, "no_token_now"),
    (Said(0), TemporaryFailure, "no_token_now"),
    (Said(-2), TemporaryFailure, "no_token_now"),
]


@pytest.mark.parametrize(("said", "kind", "key"), REFUSALS, ids=range(len(REFUSALS)))
def test_a_refused_token_has_its_sentence(said: Said, kind: type[SheetsyncError], key: str) -> None:
    """Shows what each answer of a token service means, and that a secret which it says back is not told."""
    with answering() as service:
        service.script.append(said)
        with pytest.raises(kind) as caught:
            tokens(service, microsoft("t", "c", Hidden(CANARY))).token()
    assert caught.value.key == f"mail.{key}"
    assert CANARY not in repr(caught.value) + str(caught.value.params)


def test_google_says_that_the_delegation_is_missing() -> None:
    """Shows that Google's ``unauthorized_client`` names what an administrator has to allow."""
    with answering() as service:
        service.script.append(
            Said(401, {"error": "unauthorized_client", "error_description": "Client is unauthorized"})
        )
        with pytest.raises(AccessDenied) as caught:
            tokens(service, google(Hidden(json.dumps(PERSON)), USER)).token()
    assert caught.value.key == "mail.no_delegation"


@pytest.mark.parametrize("url", ["https://evil.example", "http://10.0.0.1", "http://127.0.0.1@evil.example", "ftp://x"])
def test_only_this_computer_can_stand_in(url: str) -> None:
    """Shows that secrets cannot be led to another host by a variable."""
    with pytest.raises(ConfigError) as caught:
        Tokens(microsoft("t", "c", Hidden(CANARY)), {VARIABLE: url}).token()
    assert caught.value.key == "mail.endpoint"
