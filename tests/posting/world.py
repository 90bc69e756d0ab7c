"""A small firm whose mail is sent: three people, two workbooks, a history, a clock that is set, a real mail server."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sheetsync.delivery.smtp import Login, Server
from sheetsync.history import History, Losses
from sheetsync.outgoing import Parcel, Part, State
from sheetsync.post import Mailbox
from sheetsync.posting import Channel, Made, Order, Report, send_due
from sheetsync.report.mail import Letter, compose
from sheetsync.snapshot import Mail, Run
from tests.delivery.mail_server import MailServer
from tests.posting.fuse import NEVER, Crash, FragileConnection, FragileMailer, Fuse

HANOI = timezone(timedelta(hours=7))
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=HANOI)
SENDER = "okr@minhlong.vn"
AN, BAO, CHI = "an@minhlong.vn", "bao@minhlong.vn", "chi@minhlong.vn"
UNSYNCED = "PRAGMA synchronous = OFF"
"""Spares waiting for the disk: a process that is killed leaves to the system what it has written."""
BOOKS = ("file:/books/okr.xlsx", "gs:kpi")


class Clock:
    """A clock that is set, and goes on while somebody sleeps."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        """Give the time as a mailer wants it."""
        return self.now.timestamp()

    def sleep(self, seconds: float) -> None:
        """Sleep: a moment of the test's."""
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


def mail(
    recipient: str,
    kind: str = "owner",
    book: str = BOOKS[0],
    *,
    period: str = "W48",
    at: datetime = MONDAY,
    **more: Any,
) -> Mail:
    """Give one thing to be told; it is worth telling until noon of the next day."""
    key = more.pop("key", f"{book}/{kind}/{recipient}/{period}")
    until = more.pop("expires", at + timedelta(hours=29))
    content = more.pop("content", f"«{key}»".encode())
    return Mail(key, kind, recipient, recipient.partition("@")[0], "vi", period, content, "h", at, until, **more)


def queue(path: Path, mails: Iterable[Mail], book: str = BOOKS[0], today: datetime = MONDAY) -> None:
    """Queue mails as a nightly run of a workbook does, in its transaction."""
    with History.open(path) as history:
        history._connection.execute(UNSYNCED)
        history.commit(Run(book, "Minh Long", today.date()), None, mails=tuple(mails))


def make(parts: Sequence[Part], key: str, instead: Mailbox | None = None) -> Made:
    """Make a mail that says which parts are in it."""
    text = "\n".join((part.content or b"").decode() for part in parts) + "\n" + "Số liệu tuần này. " * 20
    letter = Letter(
        f"OKR: {parts[0].kind}" if instead is None else f"[{parts[0].recipient}] OKR",
        Mailbox(SENDER, "OKR Minh Long"), instead or Mailbox(parts[0].recipient, parts[0].name),
        f"<p>{text}</p>", text, key, MONDAY, parts[0].kind, "Minh Long", "vi",
    )  # fmt: skip
    return Made(compose(letter), letter.subject, letter.html, letter.text)


class Ran(NamedTuple):
    """What a run did: its report, None where it crashed; what it told; and the steps that it took."""

    report: Report | None
    told: tuple[Parcel | Part, ...]
    fuse: Fuse


class Firm:
    """The firm: what was told of losses in all runs stands in ``told``."""

    def __init__(self, path: Path, server: MailServer) -> None:
        self.path, self.server, self.clock = path, server, Clock()
        self.told: list[Parcel | Part] = []

    def run(
        self,
        *,
        at: int = NEVER,
        kill: bool = False,
        patient: bool = False,
        login: Login = None,
        confirm: bool = True,
        carriers: dict[str, Any] | None = None,
        **order: Any,
    ) -> Ran:
        """Send what is due as the command line does, and tell of losses; the run ends at a step of it."""
        fuse, told = Fuse(at, kill=kill), list[Parcel | Part]()
        with History.open(self.path) as history, self._mailer(login, fuse, carriers or {}) as mailer:
            history._connection.execute(UNSYNCED)
            history._connection = FragileConnection(history._connection, fuse)  # type: ignore[assignment]
            box = history.outbox.limited(BOOKS, SENDER)
            wanted = Order(self.clock, self.clock.sleep, patient=patient, confirm=confirm, **order)
            try:
                report = send_due([box], {"mail": Channel(make, mailer)}, wanted)
                losses = box.losses()
                fuse.step("before telling")
                told += [*losses.parcels, *losses.parts]
                self.told += told
                fuse.step("after telling")
                box.told(losses)
            except Crash:
                mailer.let_go()
                return Ran(None, tuple(told), fuse)
        return Ran(report, tuple(told), fuse)

    @contextmanager
    def _mailer(self, login: Login, fuse: Fuse, more: dict[str, Any]) -> Iterator[FragileMailer]:
        host, security = ("127.0.0.1", "none") if "trust" not in more else ("localhost", "starttls")
        port = more.pop("port", self.server.port)
        seconds = more.pop("seconds", 5.0)
        place = Server(host, port, security, "okr@minhlong.vn", "minhlong.vn", seconds, seconds)
        mailer = FragileMailer(place, login, clock=self.clock.seconds, sleep=self.clock.sleep, **more)
        mailer.fuse = fuse
        with mailer:
            yield mailer
            fuse.over = True

    def arrived(self) -> list[tuple[str, str, str]]:
        """Give what arrived: recipient, Message-ID, and what the mail says."""
        return [(to[0], *_read(data)) for _, to, data in self.server.inbox]

    def received(self, mails: Iterable[Mail]) -> Counter[str]:
        """Count how often each thing that was to be told arrived, by its key."""
        texts = [(to, text) for to, _, text in self.arrived()]
        return Counter(one.key for one in mails for to, text in texts if to == one.recipient and f"«{one.key}»" in text)

    def states(self) -> dict[str, State]:
        """Give what became of each thing that was to be told, by its key."""
        with History.open(self.path) as history:
            box = history.outbox
            since = MONDAY.date() - timedelta(days=99)
            found = {part.key: part.state for part in box.loose_parts(since)}
            for parcel in box.parcels(since):
                found.update({part.key: parcel.state for part in box.parts_of(parcel.number)})
            return found

    def losses(self) -> Losses:
        """Give what nobody was told of yet."""
        with History.open(self.path) as history:
            return history.outbox.losses()

    def keys_told(self) -> set[str]:
        """Give the keys of everything whose loss was told."""
        with History.open(self.path) as history:
            keys = {one.key for one in self.told if isinstance(one, Part)}
            parcels = (one.number for one in self.told if isinstance(one, Parcel))
            return keys | {part.key for number in parcels for part in history.outbox.parts_of(number)}


@lru_cache(maxsize=64)
def _read(data: bytes) -> tuple[str, str]:
    """Give the Message-ID and the text of a mail."""
    parsed = email.message_from_bytes(data, policy=email.policy.compat32)
    text = next(part for part in parsed.walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
    assert isinstance(text, bytes)
    return str(parsed["Message-ID"]), text.decode("utf-8")
