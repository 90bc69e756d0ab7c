"""``sheetsync doctor`` and the mail server: what is said of it, and the one test mail that is sent when asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fast_mail_parser import parse_email

from tests.cli.conftest import Caller, configure
from tests.cli.test_mail_send import AN, BAO, configured, mail, queued
from tests.delivery.certificates import Certificate, certificate
from tests.delivery.mail_server import MailServer, drop, serving
from tests.delivery.web_server import Said, answering

CANARY = "canary-Pw7"
USER = "okr@minhlong.vn"
ME = "huong@minhlong.vn"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Give a certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("tls"))


def mail_to(here: Path, server: MailServer, more: str = "") -> None:
    """Configure a mail server on this machine."""
    configure(
        here,
        f'[mail]\nhost = "localhost"\nport = {server.port}\nsender = "{USER}"\nsender_name = "OKR Minh Long"\n'
        f'timeout = 5\n{more}\n[workbook.a]\npath = "okr.xlsx"\ntimezone = "Asia/Ho_Chi_Minh"\n',
    )


LOGIN = f'user = "{USER}"\npassword.env = "MAIL_PASSWORD"\n'


def checks(call: Caller, *arguments: str) -> tuple[int, dict[str, dict[str, object]]]:
    """Give the exit code and the checks of the mail by name."""
    done = call("doctor", "--json", *arguments)
    found = {one["name"]: one for one in json.loads(done.out)["checks"] if one["part"] == "mail"}
    assert CANARY not in done.out + done.err
    return done.code, found


def test_a_mail_server_in_order(
    call: Caller, here: Path, okr: Path, known: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows the answer, the protection, the login and the offer, each as one line, and that no mail is sent."""
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))
    monkeypatch.setenv("MAIL_PASSWORD", CANARY)
    with serving(known.server, users={USER: CANARY}) as server:
        mail_to(here, server, LOGIN)
        server.answers("QUIT", "500 5.5.1 what")
        code, found = checks(call)
        assert (code, server.inbox, "MAIL" in server.heard) == (0, [], False)
        done = call("doctor")
    assert {name: one["state"] for name, one in found.items()} == {
        "mail.server": "ok",
        "mail.tls": "ok",
        "mail.login": "ok",
        "mail.offers": "ok",
    }
    assert "holds for 89 more days" in str(found["mail.tls"]["text"])
    assert "LOGIN, PLAIN" in str(found["mail.offers"]["text"]) or "PLAIN" in str(found["mail.offers"]["text"])
    assert "the login with a password is accepted" in done.out


def test_a_test_mail_is_sent_when_asked_for(
    call: Caller, here: Path, okr: Path, known: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that one whole mail in Vietnamese arrives, in the company's time zone, and that the second is another."""
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))
    monkeypatch.setenv("MAIL_PASSWORD", CANARY)
    with serving(known.server, users={USER: CANARY}) as server:
        mail_to(here, server, LOGIN)
        done = call("--lang", "vi", "doctor", "--mail-to", ME)
        assert call("doctor", "--mail-to", ME).code == done.code == 0
        assert [one[:2] for one in server.inbox] == [(USER, [ME])] * 2
        first, second = (parse_email(one[2]) for one in server.inbox)
    assert f"Máy chủ đã nhận thư thử gửi tới {ME}" in done.out
    assert first.subject == "Thư thử của sheetsync: gửi thư được rồi"
    assert first.headers["From"] == [f'"OKR Minh Long" <{USER}>']
    assert first.headers["Date"][0].endswith(" +0700")
    assert "chị đọc được thư này" in first.text_plain[0]
    assert "chị đọc được thư này" in first.text_html[0]
    assert first.headers["Message-ID"] != second.headers["Message-ID"]
    assert second.subject == "Test mail from sheetsync: sending works"


@pytest.mark.parametrize(
    ("verb", "said", "code", "words"),
    [
        ("RCPT", "550 5.1.1 no such user", 3, "does not know this recipient (550 5.1.1 no such user)"),
        ("END", "550 5.4.5 Daily user sending limit exceeded", 5, "daily limit"),
        ("MAIL", "451 4.3.0 later", 5, "just now"),
    ],
)
def test_a_test_mail_that_is_refused(
    call: Caller,
    here: Path,
    okr: Path,
    known: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    said: str,
    code: int,
    words: str,
) -> None:
    """Shows that a refused test mail fails with the server's reason and the mending."""
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))
    with serving(known.server) as server:
        mail_to(here, server)
        server.answers(verb, said)
        got, found = checks(call, "--mail-to", ME)
    assert (got, found["mail.test"]["state"]) == (code, "failed")
    assert words in str(found["mail.test"]["text"])
    assert found["mail.test"]["fix"]


def test_an_unknown_certificate_fails(call: Caller, here: Path, okr: Path, known: Certificate) -> None:
    """Shows that a certificate that nobody vouches for fails with its mending, before any login."""
    with serving(known.server) as server:
        mail_to(here, server)
        code, found = checks(call)
        assert "AUTH" not in server.heard
    assert (code, found["mail.server"]["state"]) == (3, "failed")
    assert "SSL_CERT_FILE" in str(found["mail.server"]["fix"])


def test_a_certificate_that_ends_soon_is_warned_of(
    call: Caller, here: Path, okr: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows a warning in the last two weeks of a certificate."""
    short = certificate(tmp_path, days=9.5)
    monkeypatch.setenv("SSL_CERT_FILE", str(short.path))
    with serving(short.server) as server:
        mail_to(here, server)
        code, found = checks(call)
    assert (code, found["mail.tls"]["state"]) == (0, "warning")
    assert "ends in 9 days" in str(found["mail.tls"]["text"])


def test_a_wrong_password_fails(
    call: Caller, here: Path, okr: Path, known: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a wrong password fails with exit code 4, and is not shown."""
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))
    monkeypatch.setenv("MAIL_PASSWORD", CANARY)
    with serving(known.server, users={USER: "other"}) as server:
        mail_to(here, server, LOGIN)
        code, found = checks(call, "--mail-to", ME)
        assert server.heard.count("AUTH") == 1
    assert (code, found["mail.login"]["state"], found["mail.test"]["state"]) == (4, "failed", "skipped")


def test_a_password_that_is_not_there(
    call: Caller, here: Path, okr: Path, known: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a variable which nobody has set is named."""
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))
    monkeypatch.delenv("MAIL_PASSWORD", raising=False)
    with serving(known.server) as server:
        mail_to(here, server, LOGIN)
        code, found = checks(call)
    assert (code, found["mail.login"]["state"]) == (2, "failed")
    assert "MAIL_PASSWORD" in str(found["mail.login"]["text"])


@pytest.mark.parametrize("way", ["microsoft", "google"])
def test_a_login_with_a_token(
    call: Caller, here: Path, okr: Path, known: Certificate, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Shows a test mail sent with a token of Microsoft's and of Google's, whose secrets stand nowhere."""
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))
    secret = here / "secret"
    person = {"type": "authorized_user", "client_id": "c", "client_secret": CANARY, "refresh_token": CANARY}
    secret.write_text(json.dumps(person, indent=1) if way == "google" else CANARY, encoding="utf-8")
    secret.chmod(0o600)
    ways = {
        "google": 'oauth.google = "secret"',
        "microsoft": 'oauth.tenant = "t"\noauth.client = "c"\noauth.secret.file = "secret"',
    }
    given = Said(200, {"access_token": "canary-token", "expires_in": 3600})
    with serving(known.server) as server, answering(lambda _asked: given) as service:
        monkeypatch.setenv("SHEETSYNC_MAIL_TOKEN_ENDPOINT", service.url)
        server.good_tokens.add("canary-token")
        mail_to(here, server, f'user = "{USER}"\n{ways[way]}')
        code, found = checks(call, "--mail-to", ME)
        assert (code, len(server.inbox), server.logins[0]) == (0, 1, USER)
        assert CANARY in service.asked[0].body.decode()
    assert "with a token is accepted" in str(found["mail.login"]["text"])


def test_a_local_server(call: Caller, here: Path, okr: Path) -> None:
    """Shows that a plain server on this computer is in order, without a login."""
    with serving() as server:
        mail_to(here, server, 'security = "none"')
        code, found = checks(call)
    assert (code, found["mail.tls"]["state"], found["mail.login"]["state"]) == (0, "ok", "skipped")


def test_a_test_mail_needs_a_server_and_an_address(call: Caller, here: Path, okr: Path) -> None:
    """Shows one clear line where no server is configured, and where the address is none."""
    configure(here, '[workbook.a]\npath = "okr.xlsx"\n')
    code, found = checks(call, "--mail-to", ME)
    assert (code, found["mail.test"]["state"]) == (2, "failed")
    configure(here, f'[mail]\nprovider = "local"\nport = 1\nsender = "{USER}"\n[workbook.a]\npath = "okr.xlsx"\n')
    code, found = checks(call, "--mail-to", "hương")
    assert found["mail.test"]["state"] == "skipped"
    with serving() as server:
        mail_to(here, server, 'security = "none"')
        code, found = checks(call, "--mail-to", "hương")
        assert server.inbox == []
    assert (code, found["mail.test"]["state"]) == (3, "failed")
    assert "“hương” is no mail address" in str(found["mail.test"]["text"])


def test_what_stands_in_the_outbox_is_one_line(call: Caller, here: Path, okr: Path) -> None:
    """Shows how many messages wait, and may have arrived, each with what to do; nothing where no history has begun."""
    path = here / "history.sqlite3"
    with serving() as server:
        configured(here, server.port)
        assert "mail.outbox" not in checks(call)[1]
        queued(path, okr, (mail(AN, "company"), mail(BAO, "team")))
        code, found = checks(call)
        assert (code, found["mail.outbox"]["state"]) == (0, "warning")
        assert "Waiting to be sent: 2." in str(found["mail.outbox"]["text"])
        assert "--confirm" in str(found["mail.outbox"]["fix"])
        server.answers("END", drop)
        assert call("mail", "send", "--confirm").code == 3
        code, found = checks(call)
        assert (code, found["mail.outbox"]["state"]) == (0, "warning")
        assert "Unknown whether it arrived: 1." in str(found["mail.outbox"]["text"])
        assert "sheetsync mail outbox" in str(found["mail.outbox"]["fix"])
        assert call("mail", "outbox", "drop", "1").code == 0
        queued(path, okr, (mail(BAO, "wins"),))
        code, found = checks(call)
        assert (code, found["mail.outbox"]["state"], found["mail.outbox"]["fix"]) == (0, "ok", None)
        assert "Waiting to be sent: 1." in str(found["mail.outbox"]["text"])
