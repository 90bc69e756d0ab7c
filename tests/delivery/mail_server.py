"""A mail server on this machine: aiosmtpd, with an answer scripted for any step of any conversation."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Action = Callable[[SMTP], Awaitable[None]]


class answer:  # noqa: N801 - reads as one of the actions below
    """Answer with a text of the test's own, in place of the usual answer."""

    def __init__(self, text: str) -> None:
        self.text = text

    async def __call__(self, server: SMTP) -> None:
        """Say it."""
        await server.push(self.text)


async def drop(server: SMTP) -> None:
    """End the connection without a word."""
    _open(server).abort()


async def hold(server: SMTP) -> None:
    """Say nothing, and keep the connection open until the other side ends it."""
    await _ended(server)


async def drip(server: SMTP) -> None:
    """Send an answer that never ends, one byte after the other."""
    while not _open(server).is_closing():
        _open(server).write(b"2")
        await asyncio.sleep(0.01)


async def _ended(server: SMTP) -> None:
    while not _open(server).is_closing():
        await asyncio.sleep(0.01)


def _open(server: SMTP) -> asyncio.Transport:
    assert isinstance(server.transport, asyncio.Transport)
    return server.transport


class Scripted(SMTP):
    """Answers as aiosmtpd does, but for the steps that the test has scripted."""

    def __init__(self, owner: MailServer, **settings: Any) -> None:
        super().__init__(owner, **settings)
        self.owner = owner

    async def _usual(self, verb: str) -> bool:
        self.owner.heard.append(verb)
        script = self.owner.script[verb]
        if not script:
            return True
        await script.popleft()(self)
        return False

    async def smtp_EHLO(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer EHLO."""
        self.owner.names.append(arg)
        if await self._usual("EHLO"):
            await super().smtp_EHLO(arg)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer STARTTLS."""
        if await self._usual("STARTTLS"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer AUTH."""
        if await self._usual("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer MAIL FROM."""
        if await self._usual("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer RCPT TO."""
        if await self._usual("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer DATA before the message comes."""
        if await self._usual("DATA"):
            await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer RSET."""
        if await self._usual("RSET"):
            await super().smtp_RSET(arg)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Answer QUIT."""
        if await self._usual("QUIT"):
            await super().smtp_QUIT(arg)


class MailServer:
    """What the server took, heard and will answer; ``users`` are those who may log in with a password."""

    def __init__(self, tls: ssl.SSLContext | None, *, implicit: bool, settings: dict[str, Any]) -> None:
        self.inbox: list[tuple[str, list[str], bytes]] = []
        self.heard: list[str] = []
        self.names: list[str] = []
        self.logins: list[str] = []
        self.tokens: list[str] = []
        self.users: dict[str, str] = {}
        self.good_tokens: set[str] = set()
        self.script: defaultdict[str, deque[Action]] = defaultdict(deque)
        self.port = 0
        self._tls, self._implicit = tls, implicit
        self._settings = {
            "hostname": "mail.test",
            "authenticator": self._password,
            "auth_require_tls": not implicit,  # which aiosmtpd does not see where it is there from the first byte
            **settings,
        }
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready = threading.Event()

    def answers(self, verb: str, *actions: Action | str) -> None:
        """Script the next answers to a verb; ``END`` is the answer after the message."""
        self.script[verb] += [answer(one) if isinstance(one, str) else one for one in actions]

    def start(self) -> None:
        """Begin to listen on a free port."""
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        """End every conversation and the thread."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._loop.close()

    async def _listen(self) -> None:
        self._stopping = asyncio.Event()
        over = self._tls if self._implicit else None
        listening = await self._loop.create_server(self._conversation, "127.0.0.1", 0, ssl=over)
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        listening.close()
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _conversation(self) -> Scripted:
        context = None if self._implicit else self._tls
        return Scripted(self, tls_context=context, loop=self._loop, **self._settings)

    async def handle_DATA(self, server: Scripted, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Take the message, or answer as scripted; ``drop`` there takes it and says nothing."""
        content = envelope.content
        script = self.script["END"]
        action = script.popleft() if script else None
        if action is None or action in (drop, hold):
            assert isinstance(content, bytes)
            self.inbox.append((str(envelope.mail_from), list(envelope.rcpt_tos), content))
        if action is None:
            return "250 2.0.0 taken"
        if isinstance(action, answer):
            return action.text  # and no other answer after it
        await action(server)
        return "250 after all"

    def _password(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        user, password = data.login.decode(), data.password.decode()
        self.logins.append(user)
        return AuthResult(success=self.users.get(user) == password, handled=False, auth_data=user)

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - the library's name
        """Take a token; a wrong one is told of in a challenge, as Google and Microsoft do."""
        from base64 import b64decode

        user, bearer, *_ = b64decode(args[1]).decode().split("\x01")
        self.logins.append(user.removeprefix("user="))
        self.tokens.append(bearer.removeprefix("auth=Bearer "))
        if self.tokens[-1] in self.good_tokens:
            return AuthResult(success=True, handled=False, auth_data=user)
        said = await server.challenge_auth('{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}')
        self.heard.append(f"challenge answered {said!r}")
        await server.push("535 5.7.8 Username and Password not accepted.")
        return AuthResult(success=False, handled=True)


@contextmanager
def serving(
    tls: ssl.SSLContext | None = None, *, implicit: bool = False, users: dict[str, str] | None = None, **settings: Any
) -> Iterator[MailServer]:
    """Run a mail server: plain, with STARTTLS (``tls``), or with TLS from the first byte (``implicit``)."""
    server = MailServer(tls, implicit=implicit, settings=settings)
    server.users.update(users or {})
    server.start()
    try:
        yield server
    finally:
        server.stop()
