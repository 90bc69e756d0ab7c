"""``sheetsync mail outbox``: what waits, what was sent, and what to do about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand, SpokenGroup
from sheetsync.cli.history_place import found_config, paths_of, zone_of_history
from sheetsync.cli.mail_told import ident, lost_form, moment_told, reason_told
from sheetsync.cli.screen import console
from sheetsync.cli.speech import phrases, say, say_many, spoken_language
from sheetsync.history import History, Outbox
from sheetsync.outgoing import OPEN, Parcel, Part, State

DAYS = 30
"""How many days back messages are listed."""
STYLES = {State.SENT: "green", State.FAILED: "red", State.UNKNOWN: "magenta", State.RETRY: "yellow"}

_file = click.option("--history", "file", metavar=say("cli.option.file_metavar"), help=say("cli.history.file"))
_ids = click.argument("ids", nargs=-1, metavar=f"{say('cli.mail.outbox.id_metavar')}...")


@click.group(
    "outbox",
    cls=SpokenGroup,
    invoke_without_command=True,
    help=say("cli.mail.outbox.help"),
    short_help=say("cli.mail.outbox.short"),
)
@_file
@options.config
@options.as_json
@click.pass_context
def command(ctx: click.Context, file: str | None, config: str | None, as_json: bool) -> int:
    """List the messages, where no command is called."""
    if ctx.invoked_subcommand:
        return exits.COMPLETE
    zones = _zones(ctx, config, file)
    listed = [(path, _listed(path, zone)) for path, zone in zones.items() if path.exists()]
    if as_json:
        forms = [{"history": str(path), "messages": [_form(*one) for one in found]} for path, found in listed]
        click.echo(to_text({"schema": "sheetsync.mail.outbox.v1", "outboxes": forms}))
        return exits.COMPLETE
    if not any(found for _, found in listed):
        click.echo(say("cli.mail.outbox.empty"))
    for path, found in listed:
        if len(listed) > 1:
            click.echo(str(path))
        if found:
            _print(found, zones[path])
    return exits.COMPLETE


def _zones(ctx: click.Context, config: str | None, file: str | None) -> dict[Path, str | None]:
    """Give every history of a call, with the time zone of its company; None stands for this computer's."""
    settings = found_config(ctx, config)
    return {path: zone_of_history(settings, path) for path in paths_of(settings, file)}


Told = tuple[Parcel | Part, tuple[str, ...]]
"""A message, or a part that is in none, with the names of the workbooks that it tells of."""


def _listed(path: Path, zone: str | None) -> list[Told]:
    from sheetsync.cli.days import company_day

    since = company_day(zone) - timedelta(days=DAYS)
    with History.open(path) as history:
        box = history.outbox
        found: list[Parcel | Part] = [*box.parcels(since), *box.loose_parts(since)]
        return [(one, box.told_of(one)) for one in found]


def _print(found: Iterable[Told], zone: str | None, *, named: bool = False) -> None:
    """Print a table; with ``named``, or where it is about several workbooks, each line says of which it tells."""
    from rich.table import Table
    from rich.text import Text

    found = list(found)
    several = named or len({name for _, books in found for name in books}) > 1
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("id", *(("workbook",) if several else ()), "recipient", "about", "state", "when"):
        table.add_column(say(f"cli.mail.outbox.{name}"), no_wrap=name not in ("workbook", "about"))
    table.add_column(say("cli.mail.outbox.reason"), overflow="fold")
    for one, books in found:
        book = (Text(", ".join(books)),) if several else ()
        state = Text(state_word(one), style=STYLES.get(one.state, ""))
        to, why = Text(one.recipient), Text(reason_told(one.reason))
        table.add_row(ident(one), *book, to, _about(one), state, _when(one, zone), why)
    console().print(table)


def state_word(one: Parcel | Part) -> str:
    """Give the state of a message, or of a part that is in none, in words."""
    return say(f"cli.mail.state.{one.state}")


def _about(one: Parcel | Part) -> str:
    spoken = phrases(spoken_language())
    kinds = one.kinds if isinstance(one, Parcel) else (one.kind,)
    return ", ".join(spoken.text(f"cli.mail.kind.{kind}") for kind in kinds)


def _when(one: Parcel | Part, zone: str | None) -> str:
    """Give the moment that matters, in the time zone of the company: the last try, else when it is due."""
    return moment_told((one.tried or one.due) if isinstance(one, Parcel) else one.not_before, zone)


def _form(one: Parcel | Part, books: tuple[str, ...]) -> dict[str, Any]:
    form = {**lost_form(one), "workbooks": list(books)}
    if isinstance(one, Part):
        return {**form, "not_before": one.not_before, "expires": one.expires}
    return {**form, "subject": one.subject, "attempts": one.attempts, "tried": one.tried, "expires": one.expires}


def _subcommand(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Add a command of that name to the group; its one line is its help too."""
    short = say(f"cli.mail.outbox.{name}.short")
    return command.command(name, cls=SpokenCommand, help=short, short_help=short)


@_subcommand("show")
@click.argument("id_", metavar=say("cli.mail.outbox.id_metavar"))
@_file
@options.config
@options.as_json
@click.pass_context
def show(ctx: click.Context, id_: str, file: str | None, config: str | None, as_json: bool) -> int:
    """Show one message as it was or will be sent."""
    zone = next(iter(_zones(ctx, config, file).values()), None)
    with ExitStack() as opened:
        box, (one,) = _found(ctx, opened, config, file, (id_,))
        parts = [(part, box.told_of(part)) for part in (box.parts_of(one.number) if isinstance(one, Parcel) else [one])]
        books = box.told_of(one)
    text = parts_of_bytes(one.message.data)[1] if isinstance(one, Parcel) and one.message is not None else None
    if as_json:
        form = {**_form(one, books), "parts": [_form(*part) for part in parts], "text": text}
        click.echo(to_text({"schema": "sheetsync.mail.message.v1", **form}))
        return exits.COMPLETE
    _print([(one, books)], zone, named=True)
    if isinstance(one, Parcel):
        click.echo(f"\n{say('cli.mail.outbox.subject')}: {one.subject}")
        click.echo(f"\n{text if text is not None else say('cli.mail.outbox.cleared')}")
    return exits.COMPLETE


@_subcommand("retry")
@_ids
@click.option("--unknown", is_flag=True, help=say("cli.mail.outbox.retry.unknown"))
@_file
@options.config
@options.as_json
@click.pass_context
def retry(
    ctx: click.Context, ids: tuple[str, ...], unknown: bool, file: str | None, config: str | None, as_json: bool
) -> int:
    """Let messages be sent that were not, or nobody knows of."""
    from datetime import UTC, datetime

    now = datetime.now(UTC)

    def again(box: Outbox, one: Parcel | Part) -> bool:
        return box.again(one, now) if isinstance(one, Parcel) else box.requeue(one, now)

    _either(ctx, ids, unknown)
    with ExitStack() as opened:
        box, found = _found(ctx, opened, config, file, ids, unknown=unknown)
        return _told("retry", box, found, [again(box, one) for one in found], as_json=as_json)


@_subcommand("drop")
@_ids
@_file
@options.config
@options.as_json
@click.pass_context
def drop(ctx: click.Context, ids: tuple[str, ...], file: str | None, config: str | None, as_json: bool) -> int:
    """Take messages out, so that they are never sent."""
    _either(ctx, ids, False)
    with ExitStack() as opened:
        box, found = _found(ctx, opened, config, file, ids)
        return _told("drop", box, found, [box.drop(one) for one in found], as_json=as_json)


def _either(ctx: click.Context, ids: Sequence[str], unknown: bool) -> None:
    if bool(ids) == unknown:
        raise click.UsageError(say("cli.mail.outbox.which"), ctx)


def _told(what: str, box: Outbox, found: Sequence[Parcel | Part], done: Sequence[bool], *, as_json: bool) -> int:
    """Say what was done, and which messages could not be what was wanted."""
    refused = [one for one, changed in zip(found, done, strict=True) if not changed]
    code = exits.PARTIAL if refused else exits.COMPLETE
    if as_json:
        forms = [
            {
                **_form(_by_number(box, one.number, loose=isinstance(one, Part)) or one, box.told_of(one)),
                "done": changed,
            }
            for one, changed in zip(found, done, strict=True)
        ]
        told = {"schema": "sheetsync.mail.change.v1", "exit_code": code, "action": what, "messages": forms}
        click.echo(to_text(told))
    elif len(found) > len(refused) or not refused:
        click.echo(say_many(f"cli.mail.outbox.{what}.done", len(found) - len(refused)))
    for one in refused:
        key = "cleared" if isinstance(one, Parcel) and one.state not in (*OPEN, State.SENDING, State.SENT) else "cannot"
        click.echo(say(f"cli.mail.outbox.{key}", id=ident(one), state=state_word(one)), err=True)
    return code


def _by_number(box: Outbox, number: int, *, loose: bool) -> Parcel | Part | None:
    """Give a message, or a part that is in none (``loose``), as it stands now."""
    return next(iter(box.parts((number,))), None) if loose else box.parcel(number)


def _found(
    ctx: click.Context,
    opened: ExitStack,
    config: str | None,
    file: str | None,
    ids: Sequence[str],
    *,
    unknown: bool = False,
) -> tuple[Outbox, list[Parcel | Part]]:
    """Open the only outbox of a call and find what is meant; UsageError where it is not there, or not the only one."""
    paths = [path for path in _zones(ctx, config, file) if path.exists()]
    if len(paths) > 1:
        raise click.UsageError(say("cli.mail.outbox.several", paths=", ".join(map(str, paths))), ctx)
    if not paths:
        raise click.UsageError(say("cli.mail.outbox.empty"), ctx)
    box = opened.enter_context(History.open(paths[0])).outbox
    if unknown:
        from datetime import date

        return box, [one for one in box.parcels(date.min.replace(year=2000)) if one.state is State.UNKNOWN]
    return box, [_one(ctx, box, text) for text in ids]


def _one(ctx: click.Context, box: Outbox, text: str) -> Parcel | Part:
    digits = text.removeprefix("p")
    found = None
    if digits.isdecimal() and len(digits) < 16:
        found = _by_number(box, int(digits), loose=text.startswith("p"))
    if found is None:
        raise click.UsageError(say("cli.mail.outbox.unknown_id", id=text), ctx)
    return found


def parts_of_bytes(data: bytes) -> tuple[str, str]:
    """Give the HTML and the text of a message; a chat's is JSON, and both are its text."""
    if data.startswith(b"{"):
        return "", data.decode("utf-8", "replace")
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    html, text = (message.get_body((kind,)) for kind in ("html", "plain"))
    return (html.get_content() if html else "", text.get_content() if text else "")
