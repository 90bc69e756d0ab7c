"""``sheetsync mail send --dry-run`` and ``--only-to``: what would be sent, in files or to one address; marks none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from sheetsync.cli import chatting, exits
from sheetsync.cli.forms import to_text
from sheetsync.cli.mail_page import write_page
from sheetsync.cli.mail_told import tell_later, tell_unread
from sheetsync.cli.screen import flowed
from sheetsync.cli.sending import Post, Unread, channels_of, makers_of, order_of, outboxes
from sheetsync.cli.speech import say, say_many
from sheetsync.outgoing import MAIL, OPEN, WEBHOOK, Later, Parcel
from sheetsync.post import Fate, Mailbox
from sheetsync.posting import Draft, Made, Make, drafts, postponed


def to_files(posts: Iterable[Post], folder: Path, *, as_json: bool) -> int:
    """Write what a run would send into a folder, and mark nothing."""
    from sheetsync.delivery import files

    made: list[files.Filed] = []
    failed: list[Draft] = []
    later: list[tuple[Post, Later]] = []
    unread = Unread()
    for post in posts:
        with outboxes(post, unread) as boxes, ExitStack() as opened:
            order = order_of(post, patient=False)
            later += [(post, one) for one in postponed(boxes, order)]
            for box in boxes:
                made += [_frozen(one) for one in map(box.parcel, _numbers(box.open_parcels())) if one is not None]
            for draft in drafts(boxes, _makers(post, opened), order):
                if draft.made is None:
                    failed.append(draft)
                else:
                    made.append(_filed(draft.waiting.channel, draft.made))
    page = write_page(folder, made, say("cli.mail.files.title")) if made else None
    code = exits.worst([_tell_failed(failed), _tell_unread(unread)])
    if as_json:
        form = {"page": None if page is None else str(page), "mails": [_filed_form(one) for one in made]}
        form["later"] = [one._asdict() for _, one in later]
        click.echo(to_text({"schema": "sheetsync.mail.files.v1", "exit_code": code, **form}))
        return code
    if page is None:
        click.echo(say("cli.mail.none_now"))
    else:
        click.echo(flowed(say_many("cli.mail.filed", len(made), path=str(page))))
    _tell_waiting(later)
    return code


def _tell_unread(unread: Unread) -> int:
    tell_unread(unread.values(), set())
    return exits.PARTIAL if unread else exits.COMPLETE


def _tell_waiting(later: Iterable[tuple[Post, Later]]) -> None:
    for post, one in later:
        tell_later((one,), post)


def _numbers(parcels: Iterable[Parcel]) -> list[int]:
    return [one.number for one in parcels if one.state in OPEN]


def _makers(post: Post, opened: ExitStack) -> dict[str, Make]:
    """Give what makes messages, for each channel by which this sender has somewhere to send to."""
    there = {MAIL: post.mails, WEBHOOK: bool(post.webhooks)}
    return {channel: make for channel, make in makers_of(post, opened).items() if there[channel]}


def _filed(channel: str, made: Made) -> Any:
    """Give a message that was just made, as it is put into a folder."""
    from sheetsync.delivery.files import Filed

    return chatting.filed(made.message, made.subject) if channel == WEBHOOK else Filed(*made)


def _frozen(parcel: Parcel) -> Any:
    """Give a message that was frozen before as it will be sent, with its parts taken out of its bytes."""
    from sheetsync.cli.mail_outbox import parts_of_bytes
    from sheetsync.delivery.files import Filed

    assert parcel.message is not None  # noqa: S101 - open messages have their bytes
    if parcel.channel == WEBHOOK:
        return chatting.filed(parcel.message, parcel.subject)
    html, text = parts_of_bytes(parcel.message.data)
    return Filed(parcel.message, parcel.subject, html, text)


def _filed_form(one: Any) -> dict[str, str]:
    return {"recipient": one.message.recipient, "subject": one.subject, "message_id": one.message.message_id}


def _tell_failed(failed: Iterable[Draft]) -> int:
    codes = []
    for draft in failed:
        refusal = draft.refusal
        if refusal is None:
            continue
        told = say(f"error.{refusal.error.key}", **refusal.error.params) if refusal.error else refusal.bug
        click.echo(say("cli.mail.not_made", names=draft.waiting.recipient, reason=told), err=True)
        codes.append(exits.BUG if refusal.bug else exits.PARTIAL)
    return exits.worst(codes)


def to_one(posts: Sequence[Post], instead: Mailbox, *, as_json: bool) -> int:
    """Send what a run would send to one address instead, and mark nothing."""
    codes, counts, waits = zip(*(_reroute(post, instead) for post in posts), strict=True)
    code, sent = exits.worst(codes), sum(counts)
    later = [(post, one) for post, some in zip(posts, waits, strict=True) for one in some]
    if as_json:
        form = {"exit_code": code, "to": instead.address, "sent": sent, "later": [one._asdict() for _, one in later]}
        click.echo(to_text({"schema": "sheetsync.mail.tried.v1", **form}))
        return code
    if sent or code == exits.COMPLETE:
        told = say_many("cli.mail.tried_out", sent, address=instead.address) if sent else say("cli.mail.none_now")
        click.echo(flowed(told))
    _tell_waiting(later)
    return code


def _reroute(post: Post, instead: Mailbox) -> tuple[int, int, tuple[Later, ...]]:
    """Send what one sender would send; give the exit code, how many mails the server took, and what waits."""
    if not post.mails:
        return exits.COMPLETE, 0, ()
    sent, failed, codes, unread = 0, [], [], Unread()
    with outboxes(post, unread) as boxes, ExitStack() as opened:
        channel, order = channels_of(post, opened)[MAIL], order_of(post, patient=True)
        later = postponed(boxes, order)
        made = list(drafts(boxes, {MAIL: channel.make}, order, instead))
        order.begin(sum(draft.made is not None for draft in made))
        for draft in made:
            if draft.made is None:
                failed.append(draft)
                continue
            receipt = channel.carrier.send(draft.made.message)
            sent += receipt.fate is Fate.SENT
            if receipt.fate is not Fate.SENT:
                click.echo(f"{draft.waiting.recipient}: {say(f'error.{receipt.text}', **receipt.params)}", err=True)
                codes.append(exits.TEMPORARY if receipt.fate in (Fate.RETRY, Fate.STOP) else exits.PARTIAL)
            if receipt.fate is Fate.STOP:
                break
    return exits.worst([*codes, _tell_failed(failed), _tell_unread(unread)]), sent, later
