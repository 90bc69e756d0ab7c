"""Shared by the tests of delivery: a certificate, a message, and a mailer that waits for nobody long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sheetsync.delivery.smtp import Login, Mailer, Server
from sheetsync.hidden import Hidden
from sheetsync.post import Mailbox, Message
from sheetsync.report.mail import compose
from tests.delivery.certificates import Certificate, certificate
from tests.delivery.mail_server import MailServer
from tests.report.letters import letter

USER, PASSWORD = "okr@minhlong.vn", "mật khẩu: Tuyệt-mật-0042!"
MailerTo = Callable[..., Mailer]


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Give a certificate for localhost that the mailers of the tests trust."""
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def to(known: Certificate) -> MailerTo:
    """Give ``to(server)``: a mailer to it, with STARTTLS, a login, and clocks that the test hands in."""

    def mailer(
        server: MailServer,
        login: Login = None,
        *,
        security: str = "starttls",
        host: str = "localhost",
        seconds: float = 5,
        last_seconds: float = 5,
        **more: object,
    ) -> Mailer:
        place = Server(host, server.port, security, USER, "minhlong.vn", seconds, last_seconds)
        waiting = {"trust": known.trusted, "sleep": lambda _seconds: None, **more}
        return Mailer(place, login, **waiting)  # type: ignore[arg-type]

    return mailer


@pytest.fixture
def message() -> Message:
    """Give a message with lines that begin with a dot, which SMTP has to double."""
    return written()


@pytest.fixture
def password() -> Hidden[str]:
    """Give the password of the only user."""
    return Hidden(PASSWORD)


def written(recipient: str = "huong@minhlong.vn", key: str = "k") -> Message:
    """Give a message to somebody."""
    return compose(
        letter(recipient=Mailbox(recipient, "Lê Hương"), key=key, text=".\n..\n.đầu dòng\n", html="<p>.</p>")
    )
