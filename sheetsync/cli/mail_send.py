"""``sheetsync mail send``: send what is due now, or look at it in files first."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from sheetsync.cli import exits, options, tell
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.mail_told import code_of, form_of, later_lines, tell_sent
from sheetsync.cli.screen import flowed
from sheetsync.cli.sending import Post, Sent, channels_of, deliver, maker_of, order_of, outboxes, posts_of, unable
from sheetsync.cli.speech import say, say_many, spoken_language
from sheetsync.cli.wiring import Selected, select
from sheetsync.errors import ConfigError, SheetsyncError
from sheetsync.outgoing import MAIL, OPEN, Parcel
from sheetsync.packaged import templates_dir
from sheetsync.post import Fate, Mailbox, valid_address
from sheetsync.posting import Draft, Later, drafts, postponed

FOLDER = "sheetsync-mail"
"""Where ``--dry-run`` writes, in the current folder, without ``--out`` and without ``mail.folder``."""


@click.command(cls=SpokenCommand, help=say("cli.mail.send.help"), short_help=say("cli.mail.send.short"))
@click.option("--only", multiple=True, metavar=say("cli.option.name_metavar"), help=say("cli.option.only"))
@click.option("--dry-run", is_flag=True, help=say("cli.mail.send.dry_run"))
@click.option("--out", metavar=say("cli.option.folder_metavar"), help=say("cli.mail.send.out"))
@click.option("--confirm", is_flag=True, help=say("cli.mail.send.confirm"))
@click.option("--only-to", metavar=say("cli.option.address_metavar"), help=say("cli.mail.send.only_to"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    only: tuple[str, ...],
    dry_run: bool,
    out: str | None,
    confirm: bool,
    only_to: str | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Send what is due."""
    if only_to is not None and not valid_address(only_to):
        raise click.UsageError(say("error.mail.address", address=only_to))
    if out is not None and not dry_run:
        raise click.UsageError(say("cli.mail.send.out_alone"))
    given = {"--dry-run": dry_run, "--only-to": only_to is not None, "--confirm": confirm}
    _tell_ignored([name for name, told in given.items() if told])
    selected = select(ctx, (), only, config, None)
    posts = posts_of(selected)
    mute = unable(selected)
    unsent = say("cli.mail.no_history", names=mute) if mute else ""
    if not posts:
        raise ConfigError(problems=(unsent or say("cli.mail.no_server"),))
    if unsent:
        click.echo(flowed(unsent), err=True)
    if dry_run:
        return _file(posts, _folder(out, selected), as_json=as_json)
    if only_to is not None:
        return _try_out(posts, Mailbox(only_to), as_json=as_json)
    return _send(posts, confirm=confirm, as_json=as_json)


def _tell_ignored(options: Sequence[str]) -> None:
    """Say which options do nothing beside the first of them, which sends nothing to anybody's own address."""
    for name in options[1:]:
        click.echo(flowed(say("cli.mail.send.ignored", option=name, first=options[0])), err=True)


def _send(posts: Iterable[Post], *, confirm: bool, as_json: bool) -> int:
    codes, forms = [], []
    for post in posts:
        try:
            sent = deliver(post, patient=True, confirm=confirm)
        except SheetsyncError as error:
            tell(error, f"{say('cli.mail.mail')}: ")
            codes.append(error.exit_code)
            continue
        codes.append(code_of(sent, nightly=False))
        forms.append(form_of(sent, nightly=False))
        tell_sent(sent)
        if sys.stdout.isatty() and not as_json:
            _print(sent)
    if as_json:
        click.echo(to_text({"schema": "sheetsync.mail.send.v1", "exit_code": exits.worst(codes), "senders": forms}))
    return exits.worst(codes)


def _print(sent: Sent) -> None:
    report = sent.report
    quiet = not (report.sent or report.held or report.stops or report.retrying or report.waiting or report.later)
    click.echo(say("cli.mail.nothing") if quiet else say_many("cli.mail.sent", report.sent))
    _print_later([(sent.post, one) for one in report.later if one.why in ("early", "served")])


def _print_later(later: Iterable[tuple[Post, Later]]) -> None:
    for post, one in later:
        for line in later_lines((one,), post.timezone):
            click.echo(flowed(line))


def _folder(out: str | None, selected: Iterable[Selected]) -> Path:
    configured = (one.config.mail_folder for one in selected if one.config.mail_folder is not None)
    return Path(out).expanduser() if out is not None else next(configured, Path(FOLDER))


def _file(posts: Iterable[Post], folder: Path, *, as_json: bool) -> int:
    """Write what a run would send into a folder, and mark nothing."""
    from sheetsync.delivery import files

    made: list[files.Filed] = []
    failed: list[Draft] = []
    later: list[tuple[Post, Later]] = []
    for post in posts:
        with outboxes(post) as boxes, ExitStack() as opened:
            order = order_of(post, patient=False)
            later += [(post, one) for one in postponed(boxes, order)]
            for box in boxes:
                made += [_frozen(one) for one in map(box.parcel, _numbers(box.open_parcels())) if one is not None]
            for draft in drafts(boxes, maker_of(post, opened), order) if post.mail else ():
                if draft.made is None:
                    failed.append(draft)
                else:
                    made.append(files.Filed(*draft.made))
    words = files.Words(spoken_language(), say("cli.mail.files.title"), _headings())
    page = files.write(folder, made, words, templates_dir()) if made else None
    code = _tell_failed(failed)
    if as_json:
        form = {"page": None if page is None else str(page), "mails": [_filed_form(one) for one in made]}
        form["later"] = [one._asdict() for _, one in later]
        click.echo(to_text({"schema": "sheetsync.mail.files.v1", "exit_code": code, **form}))
        return code
    if page is None:
        click.echo(say("cli.mail.none_now"))
    else:
        click.echo(flowed(say_many("cli.mail.filed", len(made), path=str(page))))
    _print_later(later)
    return code


def _headings() -> tuple[str, str, str]:
    return say("cli.mail.files.recipient"), say("cli.mail.files.subject"), say("cli.mail.files.files")


def _numbers(parcels: Iterable[Parcel]) -> list[int]:
    return [one.number for one in parcels if one.channel == MAIL and one.state in OPEN]


def _frozen(parcel: Parcel) -> Any:
    """Give a message that was frozen before as it will be sent, with its parts taken out of its bytes."""
    from sheetsync.cli.mail_outbox import parts_of_bytes
    from sheetsync.delivery.files import Filed

    assert parcel.message is not None  # noqa: S101 - open messages have their bytes
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


def _try_out(posts: Sequence[Post], instead: Mailbox, *, as_json: bool) -> int:
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
    _print_later(later)
    return code


def _reroute(post: Post, instead: Mailbox) -> tuple[int, int, tuple[Later, ...]]:
    """Send what one sender would send; give the exit code, how many mails the server took, and what waits."""
    if post.mail is None:
        return exits.COMPLETE, 0, ()
    sent, failed, codes = 0, [], []
    with outboxes(post) as boxes, ExitStack() as opened:
        channel, order = channels_of(post, opened)[MAIL], order_of(post, patient=True)
        later = postponed(boxes, order)
        made = list(drafts(boxes, channel.make, order, instead))
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
    return exits.worst([*codes, _tell_failed(failed)]), sent, later
