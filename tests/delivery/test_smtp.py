"""Real conversations with a mail server: what is sent, what is never sent twice, and what is never sent unprotected."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest

from sheetsync.errors import AccessDenied, DeliveryRefused, SheetsyncError, TemporaryFailure
from sheetsync.hidden import Hidden
from sheetsync.post import Fate, Message
from tests.delivery.certificates import Certificate, certificate
from tests.delivery.conftest import PASSWORD, USER, MailerTo, written
from tests.delivery.mail_server import drip, drop, hold, serving

F = Fate


def test_a_message_arrives_byte_for_byte(
    to: MailerTo, known: Certificate, message: Message, password: Hidden[str]
) -> None:
    """Shows STARTTLS, the login, the envelope, and that what arrives is what was frozen."""
    with serving(known.server, users={USER: PASSWORD}) as server:
        with to(server, password) as mailer:
            assert mailer.send(message).fate is Fate.SENT
        assert server.inbox == [("okr@minhlong.vn", ["huong@minhlong.vn"], message.data)]
        assert server.logins == [USER]
        assert set(server.names) == {"minhlong.vn"}
        assert server.heard.index("STARTTLS") < server.heard.index("AUTH")
    parsed = email.message_from_bytes(message.data, policy=email.policy.default)
    assert parsed.get_body(("plain",)) is not None


def test_tls_from_the_first_byte(to: MailerTo, known: Certificate, message: Message, password: Hidden[str]) -> None:
    """Shows that implicit TLS works as well, and that STARTTLS is not asked for inside it."""
    with serving(known.server, implicit=True, users={USER: PASSWORD}) as server:
        with to(server, password, security="tls") as mailer:
            assert mailer.send(message).fate is Fate.SENT
        assert len(server.inbox) == 1
        assert "STARTTLS" not in server.heard


def test_the_older_form_of_login(to: MailerTo, known: Certificate, message: Message, password: Hidden[str]) -> None:
    """Shows that a server which knows AUTH LOGIN alone is logged in to as well, with accents in the password."""
    with serving(known.server, users={USER: PASSWORD}, auth_exclude_mechanism=["PLAIN"]) as server:
        with to(server, password) as mailer:
            assert mailer.send(message).fate is Fate.SENT
        assert server.logins == [USER]


def test_a_local_server_needs_no_protection(to: MailerTo, message: Message) -> None:
    """Shows that a plain connection is made to this computer, without a login."""
    with serving() as server:
        with to(server, security="none", host="127.0.0.1") as mailer:
            assert mailer.send(message).fate is Fate.SENT
        assert len(server.inbox) == 1


def test_many_messages_share_one_connection(to: MailerTo, known: Certificate) -> None:
    """Shows one connection for many messages, each to one recipient, no faster than the limit."""
    waited: list[float] = []
    with serving(known.server) as server:
        with to(server, clock=lambda: 100.0, sleep=waited.append) as mailer:
            for number in range(5):
                assert mailer.send(written(f"p{number}@minhlong.vn", str(number))).fate is Fate.SENT
        assert [one[1] for one in server.inbox] == [[f"p{number}@minhlong.vn"] for number in range(5)]
        assert server.heard.count("STARTTLS") == 1
    assert waited == [3.0] * 4


ANSWERS = [
    ("MAIL", "451 4.3.0 try later", F.RETRY, "later"),
    ("MAIL", "550 5.1.0 not you", F.STOP, "sender_refused"),
    ("MAIL", "530 5.7.0 Authentication Required", F.STOP, "login_wanted"),
    ("MAIL", "530 5.7.57 Client not authenticated to send mail", F.STOP, "login_wanted"),
    ("MAIL", "421 4.7.0 Try again later, closing connection", F.STOP, "stopped"),
    ("MAIL", "550 5.7.30 Basic authentication is not supported for Client Submission", F.STOP, "password_ended_now"),
    ("RCPT", "450 4.2.1 busy", F.RETRY, "later"),
    ("RCPT", "452 4.2.2 full", F.RETRY, "later"),
    ("RCPT", "550 5.1.1 no such user", F.FAILED, "recipient_refused"),
    ("RCPT", "554 5.7.1 <x>: Relay access denied", F.STOP, "relay_refused"),
    ("RCPT", "550 5.4.5 Daily user sending limit exceeded", F.STOP, "daily_limit"),
    ("RCPT", "299 what is that", F.RETRY, "odd_answer"),
    ("DATA", "451 4.3.0 no", F.RETRY, "later"),
    ("DATA", "554 5.5.1 no valid recipients", F.FAILED, "message_refused"),
    ("END", "451 4.3.0 not taken", F.RETRY, "later"),
    ("END", "552 5.3.4 too big", F.FAILED, "message_refused"),
    ("END", "554 5.2.252 SendAsDenied; okr not allowed to send as", F.STOP, "sender_refused"),
    ("END", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", F.STOP, "sender_refused"),
    ("END", "550 5.4.5 Daily user sending limit exceeded", F.STOP, "daily_limit"),
    ("END", "421 4.3.2 shutting down", F.STOP, "stopped"),
    ("END", "354 go on", F.UNKNOWN, "odd_answer"),
]


@pytest.mark.parametrize(("verb", "said", "fate", "key"), ANSWERS)
def test_every_answer_has_its_fate(
    to: MailerTo, known: Certificate, message: Message, verb: str, said: str, fate: Fate, key: str
) -> None:
    """Shows what each answer at each step makes of a message, and that what was refused is not in the inbox."""
    with serving(known.server) as server:
        server.answers(verb, said)
        with to(server) as mailer:
            receipt = mailer.send(message)
            assert (receipt.fate, receipt.text) == (fate, f"mail.{key}")
            assert receipt.params["said"] == said
            assert server.inbox == []


@pytest.mark.parametrize("said", ["451 4.3.0 later", "550 5.1.1 no such user"])
def test_the_next_message_goes_on(to: MailerTo, known: Certificate, said: str) -> None:
    """Shows that a refused recipient holds up nobody else, on the same connection."""
    with serving(known.server) as server:
        server.answers("RCPT", said)
        with to(server) as mailer:
            assert mailer.send(written("gone@minhlong.vn")).fate is not Fate.SENT
            assert mailer.send(written("huong@minhlong.vn")).fate is Fate.SENT
        assert [one[1] for one in server.inbox] == [["huong@minhlong.vn"]]
        assert server.heard.count("STARTTLS") == 1


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_drop_before_the_message_is_for_later(to: MailerTo, known: Certificate, message: Message, verb: str) -> None:
    """Shows that a connection which ends before the message went out leaves it unsent, and the next one works."""
    with serving(known.server) as server:
        server.answers(verb, drop)
        with to(server) as mailer:
            assert mailer.send(message).fate is Fate.RETRY
            assert server.inbox == []
            assert mailer.send(message).fate is Fate.SENT
        assert len(server.inbox) == 1


def test_a_connection_that_ended_between_two_messages_is_made_anew(to: MailerTo, known: Certificate) -> None:
    """Shows that a server which hangs up after a message costs nothing but a second connection."""
    with serving(known.server) as server:
        with to(server) as mailer:
            assert mailer.send(written("a@minhlong.vn")).fate is Fate.SENT
            server.answers("MAIL", drop)
            assert mailer.send(written("b@minhlong.vn")).fate is Fate.SENT
        assert [one[1] for one in server.inbox] == [["a@minhlong.vn"], ["b@minhlong.vn"]]


@pytest.mark.parametrize("action", [drop, hold], ids=["drop", "silence"])
def test_a_drop_after_the_message_is_unknown(
    to: MailerTo, known: Certificate, message: Message, action: object
) -> None:
    """Shows that a message which may have been taken is called unknown, and is not sent a second time."""
    with serving(known.server) as server:
        server.answers("END", action)  # type: ignore[arg-type]
        with to(server, last_seconds=0.3) as mailer:
            receipt = mailer.send(message)
        assert (receipt.fate, receipt.text) == (Fate.UNKNOWN, "mail.unanswered")
        assert len(server.inbox) == 1


@pytest.mark.parametrize("action", [drop, hold, drip, "500 5.5.1 what"], ids=range(4))
def test_a_rude_farewell_changes_nothing(to: MailerTo, known: Certificate, message: Message, action: object) -> None:
    """Shows that a message that was taken is sent, however the server ends the conversation."""
    with serving(known.server) as server:
        server.answers("QUIT", action)  # type: ignore[arg-type]
        with to(server, seconds=0.3) as mailer:
            assert mailer.send(message).fate is Fate.SENT
        assert len(server.inbox) == 1


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("action", [hold, drip], ids=["silence", "drip"])
def test_a_slow_server_does_not_hold_a_run(
    to: MailerTo, known: Certificate, message: Message, verb: str, action: object
) -> None:
    """Shows that silence and an answer that never ends are both left in time, with the message unsent."""
    with serving(known.server) as server:
        server.answers(verb, action)  # type: ignore[arg-type]
        with to(server, seconds=0.3) as mailer:
            assert mailer.send(message).fate is Fate.RETRY
        assert server.inbox == []


def test_an_unknown_certificate_stops_everything(
    to: MailerTo, tmp_path: Path, message: Message, password: Hidden[str]
) -> None:
    """Shows that nothing is said to a server whose certificate nobody vouches for, the password least of all."""
    with serving(certificate(tmp_path).server, users={USER: PASSWORD}) as server:
        with pytest.raises(DeliveryRefused) as caught, to(server, password) as mailer:
            mailer.send(message)
        assert caught.value.key == "mail.certificate"
        assert "AUTH" not in server.heard
        assert "MAIL" not in server.heard


def test_a_certificate_for_another_name_stops_everything(to: MailerTo, known: Certificate, message: Message) -> None:
    """Shows that a certificate counts only for the host that was asked for."""
    with serving(known.server) as server:
        with pytest.raises(DeliveryRefused) as caught, to(server, host="127.0.0.1") as mailer:
            mailer.send(message)
        assert caught.value.key == "mail.certificate"


def test_without_starttls_nothing_is_sent(to: MailerTo, message: Message, password: Hidden[str]) -> None:
    """Shows that a server which offers no STARTTLS is left, rather than spoken to in the clear."""
    with serving(users={USER: PASSWORD}, auth_require_tls=False) as server:
        with pytest.raises(DeliveryRefused) as caught, to(server, password) as mailer:
            mailer.send(message)
        assert caught.value.key == "mail.no_starttls"
        assert server.heard == ["EHLO"]


def test_no_protection_is_for_this_computer_alone(to: MailerTo, message: Message) -> None:
    """Shows that a plain connection to another host is refused before it is made."""
    with serving() as server, pytest.raises(DeliveryRefused) as caught:
        to(server, security="none", host="192.0.2.1").send(message)
    assert caught.value.key == "mail.unprotected"


def test_a_plain_server_on_the_port_for_tls(to: MailerTo, message: Message) -> None:
    """Shows that the wrong kind of protection is told as such."""
    with serving() as server, pytest.raises(SheetsyncError) as caught:
        to(server, security="tls", seconds=1).send(message)
    assert caught.value.key in ("mail.tls_failed", "mail.unreachable")


@pytest.mark.parametrize("action", [drop, hold, drip, "554 5.3.2 no service"])
def test_a_greeting_that_is_none(to: MailerTo, known: Certificate, message: Message, action: object) -> None:
    """Shows that a server which does not answer EHLO is a temporary failure, in time."""
    with serving(known.server) as server:
        server.answers("EHLO", action)  # type: ignore[arg-type]
        with pytest.raises(TemporaryFailure) as caught:
            to(server, seconds=0.3).send(message)
    assert caught.value.key in ("mail.unreachable", "mail.unwelcome")


def test_nobody_there(to: MailerTo, message: Message) -> None:
    """Shows that a closed port and an unknown name are temporary, each with its own sentence."""
    with serving() as server:
        mailer = to(server)
    with pytest.raises(TemporaryFailure) as caught:
        mailer.send(message)
    assert caught.value.key == "mail.unreachable"
    with pytest.raises(TemporaryFailure) as unknown:
        to(server, host="no-such-host.invalid").send(message)
    assert unknown.value.key == "mail.no_host"


LOGINS = [
    ("535 5.7.8 Username and Password not accepted", AccessDenied, "login_refused"),
    ("534 5.7.9 Application-specific password required", AccessDenied, "app_password"),
    ("550 5.7.30 Basic authentication is not supported for Client Submission", AccessDenied, "password_ended"),
    ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", AccessDenied, "login_off"),
    ("454 4.7.0 Temporary authentication failure", TemporaryFailure, "login_later"),
    ("421 4.7.0 too many logins", TemporaryFailure, "login_later"),
]


@pytest.mark.parametrize(("said", "kind", "key"), LOGINS)
def test_a_refused_login_ends_the_run_with_its_mending(
    to: MailerTo,
    known: Certificate,
    message: Message,
    password: Hidden[str],
    said: str,
    kind: type[SheetsyncError],
    key: str,
) -> None:
    """Shows that each way to refuse a login has a sentence of its own, and that no message is tried."""
    with serving(known.server, users={USER: PASSWORD}) as server:
        server.answers("AUTH", said)
        with pytest.raises(kind) as caught, to(server, password) as mailer:
            mailer.send(message)
        assert caught.value.key == f"mail.{key}"
        assert "MAIL" not in server.heard


def test_a_wrong_password(to: MailerTo, known: Certificate, message: Message) -> None:
    """Shows the real answer of a server to a wrong password."""
    with serving(known.server, users={USER: PASSWORD}) as server, pytest.raises(AccessDenied) as caught:
        to(server, Hidden("wrong")).send(message)
    assert caught.value.key == "mail.login_refused"
    assert caught.value.exit_code == 4


def test_a_server_without_login(to: MailerTo, known: Certificate, message: Message, password: Hidden[str]) -> None:
    """Shows that a login which the server does not offer is refused with what it offers."""
    without = ["PLAIN", "LOGIN"]
    with serving(known.server, auth_exclude_mechanism=without) as server, pytest.raises(DeliveryRefused) as caught:
        to(server, password).send(message)
    assert caught.value.key == "mail.no_login"
    assert caught.value.params["offered"] == "XOAUTH2"
