"""Hands messages to a mail server: one connection, one recipient a message, and the truth about each.

Nothing is ever sent twice by itself. What fails before the whole message has gone out is certainly not taken over;
what fails afterwards, before the server has answered, may have been, and is called ``unknown``.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from sheetsync.delivery.answers import Answer, judged, login_refused
from sheetsync.delivery.secret import redacted
from sheetsync.delivery.tokens import TokenSource
from sheetsync.delivery.watch import Watch
from sheetsync.errors import DeliveryRefused, SheetsyncError, TemporaryFailure
from sheetsync.hidden import Hidden
from sheetsync.loopback import is_loopback
from sheetsync.post import Fate, Message, Receipt
from sheetsync.record import NamedTuple

Login = Hidden[str] | TokenSource | None
"""A password, or where tokens come from; None where the server knows us by our address."""

BROKEN = (OSError, smtplib.SMTPException, ValueError)
"""How a conversation can end early; ValueError is what smtplib makes of an answer that is none."""


class Server(NamedTuple):
    """The server and how to speak to it.

    ``ehlo`` is the domain by which we introduce ourselves. ``seconds`` is the longest wait for one answer,
    ``last_seconds`` for the one after a whole message, which a server may take its time for (RFC 5321, 4.5.3.2.6).
    ``per_minute`` is how many messages go out in a minute at most.
    """

    host: str
    port: int
    security: str
    user: str = ""
    ehlo: str = "localhost.localdomain"
    seconds: float = 60.0
    last_seconds: float = 600.0
    per_minute: int = 20


class Line(smtplib.SMTP):
    """A conversation over a connection that is there already; remembers what must not be shown."""

    def __init__(self, connection: socket.socket, server: Server) -> None:
        super().__init__(local_hostname=server.ehlo, timeout=server.seconds)
        self.server = server
        self.sock = connection
        self._host = server.host  # the name that the certificate is held against
        self.secrets: tuple[Hidden[str], ...] = ()

    def ask(self, command: str, argument: str = "") -> Answer:
        """Send one command and give the answer."""
        with Watch(self.sock, self.server.seconds):
            return self.told(*self.docmd(command, argument))

    def leave(self) -> None:
        """Take leave and end the connection; whatever the server thinks of that, nothing depends on it."""
        with suppress(*BROKEN):
            self.ask("QUIT")
        self.close()

    def told(self, code: int, raw: bytes) -> Answer:
        """Give an answer without the secrets that a server may say back."""
        return Answer(code, redacted(raw.decode("utf-8", "replace"), *self.secrets))


class Mailer:
    """Sends messages to one server, as a context that closes the connection; for one thread."""

    def __init__(
        self,
        server: Server,
        login: Login = None,
        *,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the server and the login; ``trust`` gives what certificates are judged by. Nothing is asked yet."""
        self.server = server
        self._login = login
        self._trust = trust
        self._clock = clock
        self._sleep = sleep
        self._line: Line | None = None
        self._next = float("-inf")

    def __enter__(self) -> Mailer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Take leave and end the connection, where there is one."""
        if self._line is not None:
            self._line.leave()
            self._line = None

    def connect(self) -> None:
        """Wait until the next message may go out, and make the connection where there is none, protected and logged in.

        Whoever connects before a message counts as being sent is not in the middle of it while it waits its turn.
        Raises TemporaryFailure where nobody answers, DeliveryRefused where it would not be protected, AccessDenied or
        ConfigError where the login is not accepted.
        """
        wait = self._next - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._connection()

    def _connection(self) -> Line:
        if self._line is None:
            self._line = self._opened(renew=False)
        return self._line

    def send(self, message: Message) -> Receipt:
        """Send one message and give what became of it; raises as ``connect`` where there is no connection to be had."""
        there = self._line is not None
        self.connect()
        receipt = self._attempt(message)
        if receipt is None and there:  # a server may have ended the connection between two messages
            receipt = self._attempt(message)
        return receipt or Receipt(Fate.RETRY, "mail.dropped", {"said": "–"})

    def _attempt(self, message: Message) -> Receipt | None:
        """Send a message; None where the connection ended before the server was asked to take it."""
        line = self._connection()
        self._next = self._clock() + 60 / self.server.per_minute
        try:
            receipt = _envelope(line, message)
        except BROKEN:
            self._drop()
            return None
        if receipt is None:
            receipt = _content(line, message)
        self._tidy_up(line, receipt)
        return receipt

    def _tidy_up(self, line: Line, receipt: Receipt) -> None:
        """Leave the connection as the next message wants it, or leave it altogether."""
        if receipt.fate in (Fate.SENT, Fate.FAILED, Fate.RETRY) and receipt.text != "mail.dropped":
            with suppress(*BROKEN):
                if receipt.fate is Fate.SENT or line.ask("RSET").code == 250:
                    return
        self._drop()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _opened(self, *, renew: bool) -> Line:
        line = dial(self.server, self._trust)
        try:
            answer = log_in(line, self._login, renew=renew)
        except BROKEN as error:
            line.close()
            raise unreachable(self.server, error) from None
        except SheetsyncError:
            line.close()
            raise
        if answer is None or answer.code == 235:
            return line
        line.close()
        token = not isinstance(self._login, Hidden)
        if token and not renew:
            return self._opened(renew=True)  # the token may have ended early
        raise login_refused(answer, self.server.host, self.server.user, token=token)


def dial(server: Server, trust: Callable[[], ssl.SSLContext] = ssl.create_default_context) -> Line:
    """Connect, protect the connection as the server is configured, and introduce ourselves.

    Raises TemporaryFailure where nobody answers, DeliveryRefused where the connection would not be protected.
    """
    if server.security == "none" and not is_loopback(server.host):
        raise DeliveryRefused("mail.unprotected", host=server.host)
    try:
        connection = socket.create_connection((server.host, server.port), timeout=server.seconds)
    except socket.gaierror:
        raise TemporaryFailure("mail.no_host", host=server.host) from None
    except OSError as error:
        raise unreachable(server, error) from None
    try:
        return _greeted(connection, server, trust)
    except ssl.SSLCertVerificationError as error:
        failure: SheetsyncError = DeliveryRefused("mail.certificate", host=server.host, reason=error.verify_message)
    except ssl.SSLError as error:
        failure = DeliveryRefused("mail.tls_failed", host=server.host, port=server.port, reason=error.reason or "TLS")
    except BROKEN as error:
        failure = unreachable(server, error)
    except SheetsyncError as error:
        failure = error
    connection.close()
    raise failure from None


def _greeted(connection: socket.socket, server: Server, trust: Callable[[], ssl.SSLContext]) -> Line:
    with Watch(connection, server.seconds):
        if server.security == "tls":
            connection = trust().wrap_socket(connection, server_hostname=server.host)
        line = Line(connection, server)
        try:
            _introduced(line, trust)
        except BaseException:
            line.close()
            raise
    return line


def _introduced(line: Line, trust: Callable[[], ssl.SSLContext]) -> None:
    """Wait for the greeting, say who we are, and begin TLS where it is not there already."""
    _must(line, line.getreply(), 220)
    _must(line, line.ehlo(), 250)
    if line.server.security == "starttls":
        if not line.has_extn("starttls"):
            raise DeliveryRefused("mail.no_starttls", host=line.server.host)
        _must(line, line.starttls(context=trust()), 220)
        _must(line, line.ehlo(), 250)


def _must(line: Line, reply: tuple[int, bytes], wanted: int) -> None:
    answer = line.told(*reply)
    if answer.code != wanted:
        params = {"host": line.server.host, "port": line.server.port, "reason": answer.shown}
        raise TemporaryFailure("mail.unwelcome", **params)


def log_in(line: Line, login: Login, *, renew: bool = False) -> Answer | None:
    """Log in with what the server offers, and give its answer; None where no login is wanted."""
    if login is None:
        return None
    offered = str(line.esmtp_features.get("auth", "")).upper().split()
    user = line.server.user
    if not isinstance(login, Hidden):
        _offered(line, offered, ("XOAUTH2",))
        token = login.token(renew=renew)
        return _xoauth2(line, user, token)
    plain = _b64(f"\0{user}\0{login.shown()}")
    line.secrets = (login, Hidden(plain))
    if _offered(line, offered, ("PLAIN", "LOGIN")) == "PLAIN":
        return line.ask("AUTH", f"PLAIN {plain}")
    answer = line.ask("AUTH", "LOGIN")
    for word in (user, login.shown()):
        if answer.code != 334:
            return answer
        answer = line.ask(_b64(word))
    return answer


def _offered(line: Line, offered: list[str], wanted: tuple[str, ...]) -> str:
    found = next((name for name in wanted if name in offered), None)
    if found is None:
        params = {"host": line.server.host, "wanted": " / ".join(wanted), "offered": ", ".join(offered) or "–"}
        raise DeliveryRefused("mail.no_login", **params)
    return found


def _xoauth2(line: Line, user: str, token: Hidden[str]) -> Answer:
    """Log in with a token; a server that refuses it says why in a challenge, and waits for an empty answer."""
    carried = _b64(f"user={user}\x01auth=Bearer {token.shown()}\x01\x01")
    line.secrets = (token, Hidden(carried))
    answer = line.ask("AUTH", f"XOAUTH2 {carried}")
    return line.ask("") if answer.code == 334 else answer


def _b64(text: str) -> str:
    return b64encode(text.encode("utf-8")).decode("ascii")


def _envelope(line: Line, message: Message) -> Receipt | None:
    """Say from whom and to whom; None where the server now wants the message itself."""
    size = f" SIZE={len(message.data)}" if line.has_extn("size") else ""
    steps = (
        ("sender", 250, f"MAIL FROM:<{message.sender}>{size}"),
        ("recipient", 250, f"RCPT TO:<{message.recipient}>"),
        ("data", 354, "DATA"),
    )
    for stage, wanted, command in steps:
        answer = line.ask(command)
        if answer.code != wanted and (stage, answer.code) != ("recipient", 251):
            return judged(stage, answer)
    return None


def _content(line: Line, message: Message) -> Receipt:
    """Send the message itself. Before its last line has gone out nothing can have been taken over."""
    body = re.sub(rb"(?m)^\.", b"..", message.data)
    try:
        with Watch(line.sock, line.server.seconds):
            line.send(body if body.endswith(b"\r\n") else body + b"\r\n")
    except BROKEN as error:
        return Receipt(Fate.RETRY, "mail.dropped", {"said": _reason(error)})
    try:
        with Watch(line.sock, line.server.last_seconds):
            if line.sock is not None:
                line.sock.settimeout(line.server.last_seconds)
            line.send(b".\r\n")
            answer = line.told(*line.getreply())
            if line.sock is not None:
                line.sock.settimeout(line.server.seconds)
    except BROKEN as error:
        return Receipt(Fate.UNKNOWN, "mail.unanswered", {"said": _reason(error)})
    return judged("end", answer)


def _reason(error: Exception) -> str:
    """Name what ended a conversation, by the kind of the error alone: its words may hold anything."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def unreachable(server: Server, error: Exception) -> TemporaryFailure:
    """Give the error for a conversation that did not come about, or ended before its first message."""
    return TemporaryFailure("mail.unreachable", host=server.host, port=server.port, reason=_reason(error))
