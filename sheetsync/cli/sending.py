"""Puts the sending together: from workbooks and their configuration to outboxes, makers of mails, and their ways."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from math import ceil
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import click

from sheetsync.cli import tell
from sheetsync.cli.grown import Grown, without_grown
from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, say_many
from sheetsync.config.shape import MailConfig, WebhookConfig
from sheetsync.errors import DeliveryRefused, LockHeld, SheetsyncError
from sheetsync.lock import lock_beside
from sheetsync.outgoing import MAIL, WEBHOOK, Part
from sheetsync.packaged import templates_dir
from sheetsync.post import Fate, Mailbox, Message, Receipt
from sheetsync.posting import Channel, Made, Make, Order, Report, send_due
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from sheetsync.cli.wiring import Selected
    from sheetsync.delivery.smtp import Mailer
    from sheetsync.history import Losses, Outbox
    from sheetsync.report.render import Rendered
    from sheetsync.results import Digest

PATIENCE = 10
"""Seconds that somebody at a terminal waits without being told why."""


class Post(NamedTuple):
    """All that one sender sends: the mail server, the chats, and the places of the workbooks by file of history.

    ``channels`` are those that it sends by; None is every one that there is something for.
    """

    mail: MailConfig | None
    webhooks: Mapping[str, WebhookConfig]
    histories: Mapping[Path, frozenset[str]]
    timezone: str | None
    channels: frozenset[str] | None = None

    @property
    def mails(self) -> bool:
        """Say whether mail leaves from it."""
        return self.mail is not None and (self.channels is None or MAIL in self.channels)

    @property
    def sender(self) -> str:
        """The address that the mail comes from; empty where only chats are told."""
        return self.mail.sender if self.mail is not None else ""

    def now(self) -> datetime:
        """Give the moment, in the company's time zone."""
        from sheetsync.cli.pages import now_at  # which is imported only where there is something to send

        return now_at(self.timezone)


class Sent(NamedTuple):
    """What a sending run did for one sender, and what ended otherwise than sent and was not told yet."""

    post: Post
    report: Report
    losses: Sequence[Losses] = ()
    unread: Sequence[SheetsyncError] = ()
    """Why some of its histories could not be used; what is in the others was sent."""
    grown: Grown = Grown()
    """Workbooks whose mail waits for a person's word, as it is for far more people than before."""


def unable(selected: Iterable[Selected]) -> str:
    """Name the workbooks that have somewhere to send to, but no history by which a mail leaves once; else empty."""
    mailing = (one for one in selected if one.config.mail_server is not None or one.config.webhooks)
    return ", ".join(one.shown for one in mailing if not isinstance(one.errand.histories, HistoryAt))


Unread = dict[Path, SheetsyncError]
"""Histories that could not be opened, and why."""


@contextmanager
def outboxes(post: Post, unread: Unread | None = None) -> Iterator[list[Outbox]]:
    """Open the outboxes of a sender; a history that has not begun has none.

    One that cannot be opened is left out and put into ``unread``, where there are others. Raises its SheetsyncError
    where there are none.
    """
    found: list[Outbox] = []
    failed = Unread()
    with ExitStack() as opened:
        for path, places in post.histories.items():
            try:
                history = opened.enter_context(HistoryAt(path).open()) if path.exists() else None
            except SheetsyncError as error:
                failed[path] = error
                continue
            if history is not None:
                found.append(history.outbox.limited(places, post.sender, post.channels))
        if failed and (unread is None or not found):
            raise next(iter(failed.values()))
        if unread is not None:
            unread.update(failed)
        yield found


@contextmanager
def alone(post: Post) -> Iterator[Post]:
    """Hold the right to send from the histories that have begun, and give the sender with these alone.

    LockHeld at once where another run sends from one of them, whoever its sender and its account are.
    """
    begun = {path: places for path, places in sorted(post.histories.items()) if path.exists()}
    with ExitStack() as held:
        for path in begun:
            try:
                held.enter_context(lock_beside(path))
            except LockHeld:
                raise LockHeld("mail.lock_held", path=str(path)) from None
        yield post._replace(histories=begun)


def deliver(post: Post, *, patient: bool, confirm: bool = False) -> Sent:
    """Send what is due. Raises a SheetsyncError where an outbox cannot be used, or another run sends.

    Where far more people than before would get mail, and that is the doing of some workbooks, these alone wait.
    """
    sent = _delivered(post, patient=patient, confirm=confirm)
    held = sent.report.held
    if held is None or held.why != "doubled" or sum(map(len, sent.post.histories.values())) == 1:
        return sent
    rest, grown = without_grown(sent.post.histories, post.sender, post.now())
    if not grown.names or not rest:
        return sent
    again = _delivered(sent.post._replace(histories=rest), patient=patient)
    held = again.report.held
    return sent if held is not None and held.why == "doubled" else again._replace(unread=sent.unread, grown=grown)


def _delivered(post: Post, *, patient: bool, confirm: bool = False) -> Sent:
    unread = Unread()
    with alone(post) as begun, outboxes(begun, unread) as boxes, ExitStack() as opened:
        report = send_due(boxes, channels_of(post, opened), order_of(post, patient=patient, confirm=confirm))
        used = {path: places for path, places in begun.histories.items() if path not in unread}
        return Sent(begun._replace(histories=used), report, [box.losses() for box in boxes], [*unread.values()])


def acknowledge(sent: Sent) -> None:
    """Remember that losses were told, so that they are told once."""
    if any(one.parcels or one.parts for one in sent.losses):
        with outboxes(sent.post) as boxes:
            for box, losses in zip(boxes, sent.losses, strict=True):
                box.told(losses)


def order_of(post: Post, *, patient: bool, confirm: bool = False) -> Order:
    """Give the order for a run."""
    order = Order(post.now, _wait, patient=patient, confirm=confirm)
    if post.mail is None:
        return order
    keep, begin = timedelta(days=post.mail.keep_days), partial(_tell_pace, post.mail.per_minute)
    return order._replace(per_run=post.mail.per_run, per_day=post.mail.per_day, keep=keep, begin=begin)


def _tell_pace(per_minute: int, mails: int) -> None:
    """Say how long the mails of a run take, where somebody sits at the terminal and would wonder."""
    seconds = (mails - 1) * 60 / per_minute
    if seconds >= PATIENCE and sys.stderr.isatty():
        click.echo(flowed(say_many("cli.mail.paced", ceil(seconds / 60), most=per_minute)), err=True)


def _wait(seconds: float) -> None:
    """Wait for a server that wants to be asked again; whoever sits at the terminal is told for how long."""
    if sys.stderr.isatty():
        click.echo(flowed(say_many("cli.mail.asked_again", ceil(seconds / 60))), err=True)
    sleep(seconds)


def channels_of(post: Post, opened: ExitStack) -> dict[str, Channel]:
    """Give the channels of a sender; connections are made when the first message leaves, and end with ``opened``."""
    found, makes = {}, makers_of(post, opened)
    if post.mail is not None and post.mails:
        found[MAIL] = Channel(makes[MAIL], opened.enter_context(Letterbox(post.mail)))
    if post.webhooks:
        found[WEBHOOK] = Channel(makes[WEBHOOK], Chats(post.webhooks))
    return found


def makers_of(post: Post, opened: ExitStack) -> dict[str, Make]:
    """Give what makes messages of parts, by channel; what renders them with a pack of others ends with ``opened``."""
    look = _look_of(post, opened)
    mails: dict[str, Make] = {MAIL: partial(_letter, post, look)} if post.mails else {}
    return {**mails, WEBHOOK: partial(_chat, look)}


class Letterbox:
    """A mailer that is put together when it is needed: most nights there is nothing to send, and no secret is asked."""

    def __init__(self, mail: MailConfig) -> None:
        """Take the mail server."""
        self._mail = mail
        self._mailer: Mailer | None = None

    def __enter__(self) -> Letterbox:
        return self

    def __exit__(self, *_: object) -> None:
        if self._mailer is not None:
            self._mailer.close()

    def connect(self) -> None:
        """Wait for the next message's turn, connect and log in."""
        self._made().connect()

    def send(self, message: Message) -> Receipt:
        """Send one message."""
        return self._made().send(message)

    def _made(self) -> Mailer:
        if self._mailer is None:
            from sheetsync.cli.mailing import mailer_of

            self._mailer = mailer_of(self._mail)
        return self._mailer


class Chats:
    """Tells chats what a message for them holds; its recipient is the name of a webhook."""

    def __init__(self, webhooks: Mapping[str, WebhookConfig]) -> None:
        """Take the webhooks of the configuration."""
        self._webhooks = webhooks

    def connect(self) -> None:
        """Do nothing: each chat is a server of its own."""

    def send(self, message: Message) -> Receipt:
        """Tell one chat; what is wrong with it is no reason to leave the others untold."""
        import json

        from sheetsync.cli.chatting import webhook_of
        from sheetsync.delivery.chat import Chat
        from sheetsync.delivery.webhook import tell

        settings = self._webhooks.get(message.recipient)
        if settings is None:
            return Receipt(Fate.FAILED, "webhook.unknown", {"name": message.recipient})
        try:
            return tell(webhook_of(settings), Chat(**json.loads(message.data)), templates_dir())
        except DeliveryRefused as error:
            return Receipt(Fate.FAILED, error.key, error.params)
        except SheetsyncError as error:
            return Receipt(Fate.RETRY, error.key, error.params)


def _look_of(post: Post, opened: ExitStack) -> Callable[[Sequence[Part]], Rendered]:
    """Give what renders parts: here with our own templates, and in a limited process with those of a pack."""
    pack = post.mail.pack if post.mail is not None else None
    if pack is None:
        return _plain_look
    from sheetsync.limited.mails import PackMails

    mails = opened.enter_context(PackMails(pack))

    @cache
    def doubts() -> None:
        for doubt in mails.look():
            tell(doubt)

    def look(parts: Sequence[Part]) -> Rendered:
        doubts()  # once, and only on a night on which there is mail
        return mails.render([part.content or b"" for part in parts], parts[0].language)

    return look


def _plain_look(parts: Sequence[Part]) -> Rendered:
    from sheetsync.report.render import render_parts

    return render_parts([_digest(part) for part in parts], phrases(parts[0].language), templates_dir())


def _letter(
    post: Post,
    look: Callable[[Sequence[Part]], Rendered],
    parts: Sequence[Part],
    key: str,
    instead: Mailbox | None,
) -> Made:
    from sheetsync.report.mail import Letter, compose

    assert post.mail is not None  # noqa: S101 - only a sender with a server makes mails
    first, rendered = parts[0], look(parts)
    now, to, subject = post.now(), Mailbox(first.recipient, first.name), rendered.subject
    if instead is not None:
        subject = say("cli.mail.rerouted", to=f"{to.name} <{to.address}>".strip(), subject=subject)
        key, to = f"{key}|{instead.address}|{now.isoformat()}", instead
    letter = Letter(
        subject=subject,
        sender=Mailbox(post.mail.sender, post.mail.sender_name),
        recipient=to,
        html=rendered.html,
        text=rendered.text,
        key=key,
        at=now,
        kind=first.kind,
        workspace=_text(_digest(first), "company") or "sheetsync",
        language=first.language,
        reply_to=Mailbox(post.mail.reply_to) if post.mail.reply_to else None,
        images=rendered.images,
    )
    return Made(compose(letter), subject, rendered.html, rendered.text)


def _chat(
    look: Callable[[Sequence[Part]], Rendered],
    parts: Sequence[Part],
    key: str,
    instead: Mailbox | None,  # noqa: ARG001 - as _letter
) -> Made:
    """Make the short text for a chat: what each workbook has to decide, and where there is more."""
    import json

    digest = _digest(parts[0])
    rendered = [look((part,)) for part in parts]
    link = _text(digest, "links", "report") or _text(digest, "workbook", "url")
    subject = look(parts).subject if len(parts) > 1 else rendered[0].subject
    text = "\n\n".join(f"{one.subject}\n{one.chat}" if len(rendered) > 1 else one.chat for one in rendered)
    told = {"title": subject, "text": text, "link": link}
    if link:
        told["link_title"] = phrases(parts[0].language).text("cli.mail.more")
    name = sha256(key.encode()).hexdigest()[:32]
    return Made(
        Message(f"<{name}@chat>", "", parts[0].recipient, json.dumps(told, ensure_ascii=False).encode()),
        subject,
        rendered[0].html,
        text,
    )


def _digest(part: Part) -> Digest:
    from sheetsync.report.digest.coding import loads

    return loads(part.content or b"")


def _text(digest: Digest, *path: str) -> str:
    """Give a text of a digest by its path; empty where there is none."""
    found: Any = digest.data
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""
