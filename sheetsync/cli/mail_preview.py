"""``sheetsync mail preview``: who gets what when, and why not; and the mails themselves to look at. Nothing is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetsync.cli import chatting, exits, options
from sheetsync.cli.chat_mails import chat_mail, planned_chats
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.mail_page import refuse_foreign, write_page
from sheetsync.cli.mails import NEXT, Desk, Planned
from sheetsync.cli.pages import now_at
from sheetsync.cli.remembering import past_warnings
from sheetsync.cli.screen import console, flowed
from sheetsync.cli.sending import Post, makers_of
from sheetsync.cli.speech import asked_language, phrases, say, say_many, spoken_language
from sheetsync.cli.wiring import Selected, acquainted, prefix_of, said, select, tell_unread, workers_of
from sheetsync.config.shape import MailConfig
from sheetsync.errors import SheetsyncError
from sheetsync.evaluating import Evaluation
from sheetsync.fleet import read_all
from sheetsync.keeping import Histories
from sheetsync.kinds import MailKind, Role
from sheetsync.language import normalise
from sheetsync.mailing import Charge, Verdict
from sheetsync.mailing.deciding import says_something
from sheetsync.outgoing import MAIL, WEBHOOK, Part, gravity_of
from sheetsync.posting import Made
from sheetsync.record import NamedTuple
from sheetsync.snapshot import Mail

if TYPE_CHECKING:
    from sheetsync.delivery.files import Filed

FOLDER = "mail-preview"
"""Where the mails are written, in the current folder, if nobody says."""
KINDS = tuple(kind.value for kind in MailKind)
NOBODY = MailConfig("localhost", 25, "none", "sheetsync@localhost")
"""Stands for the sender where no mail server is configured yet; nothing is sent by it."""


class Row(NamedTuple):
    """One mail that somebody may get, of one workbook; ``part`` is what would be told, where it is looked at."""

    one: Selected
    planned: Planned
    part: Part | None = None
    channel: str = MAIL

    @property
    def day(self) -> date | None:
        """The day on which it is told, or would be next."""
        return self.planned.choice.turn.day if self.planned.choice.turn is not None else None


@click.command(cls=SpokenCommand, help=say("cli.mail.preview.help"), short_help=say("cli.mail.preview.short"))
@options.workbooks
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help=say("cli.mail.preview.kind"))
@click.option("--for", "person", metavar=say("cli.option.name_metavar"), help=say("cli.mail.preview.for_"))
@click.option("--data", is_flag=True, help=say("cli.mail.preview.data"))
@click.option("--open", "shown", is_flag=True, help=say("cli.mail.preview.open"))
@click.option("-o", "--output", metavar=say("cli.option.folder_metavar"), help=say("cli.mail.preview.output"))
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    kinds: tuple[str, ...],
    person: str | None,
    data: bool,
    shown: bool,
    output: str | None,
    as_json: bool,
) -> int:
    """Look at the mails."""
    folder = Path(output or FOLDER)
    refuse_foreign(folder)
    selected = acquainted(select(ctx, paths, only, config, today), today, keep=True)
    fleet = read_all([one.errand for one in selected], workers=workers_of(selected))
    rows, codes, warned = [], [], list[dict[str, str]]()
    for one, reading in zip(selected, fleet.results(), strict=True):
        if reading.evaluation is None:
            codes.append(tell_unread(one, reading))
        else:
            for line in past_warnings(reading.evaluation, one.config, prefix_of(one)):
                click.echo(line, err=True)
                warned.append({"workbook": one.errand.job.name, "message": line})
            rows += _rows(one, reading.evaluation, kinds, person)
    stranger = say("cli.mail.preview.nobody", name=person) if person is not None and not rows else None
    if stranger is not None and not any(codes):
        raise click.UsageError(stranger)
    rows = list(_chosen(rows, every=bool(kinds or person)))
    made = list(_made(rows, codes, with_data=data))
    title, day = say("cli.mail.preview.title"), say("cli.mail.preview.when")
    page = write_page(folder, made, title, day) if made else None
    if as_json:
        form = {"page": None if page is None else str(page), "mails": [_form(row) for row in rows]}
        told = {"exit_code": exits.worst(codes), "history_warnings": warned}
        click.echo(to_text({"schema": "sheetsync.mail.preview.v1", **told, **form}))
    else:
        _print(rows, kinds, stranger)
        _print_files(made, page)
        _print_unconfigured(selected)
    if shown and page is not None:
        click.launch(page.resolve().as_uri())
    return exits.worst(codes)


def _rows(one: Selected, evaluation: Evaluation, kinds: Sequence[str], person: str | None) -> list[Row]:
    """Give what becomes of each mail of a workbook, with what it says where it would say anything."""

    def wanted(charge: Charge) -> bool:
        return (not kinds or charge.kind in kinds) and (person is None or _is_called(charge, person))

    with ExitStack() as opened:
        box = _outbox(one.errand.histories, opened)
        desk = Desk(evaluation, one.errand.job, one.config, box, now_at(one.config.timezone), asked_language())
        rows = []
        if one.config.mail_server is not None or not one.config.webhooks:
            found = map(desk.foreseen, desk.planned(wanted=wanted))
            rows += [Row(one, planned, _part(desk, planned, desk.mail)) for planned in found]
        if one.config.webhooks:
            found = map(desk.foreseen, planned_chats(desk, one.config, evaluation.today, wanted=wanted))
            chat = partial(chat_mail, desk)
            rows += [Row(one, planned, _part(desk, planned, chat), WEBHOOK) for planned in found]
        return rows


def _outbox(histories: Histories | None, opened: ExitStack) -> Any:
    """Give the outbox of a workbook; None where nothing is remembered, or the history cannot be read."""
    if histories is None:
        return None
    looked = opened.enter_context(histories.look())
    return getattr(looked.reader, "outbox", None)


def _is_called(charge: Charge, person: str) -> bool:
    wanted, name = normalise(person), normalise(charge.to.name)
    return wanted == charge.to.address.casefold() or wanted == name or set(wanted.split()) <= set(name.split())


def _part(desk: Desk, planned: Planned, mail_of: Callable[[Planned], Mail]) -> Part | None:
    choice = planned.choice
    if choice.occasion is None or (planned.verdict is not Verdict.DUE and planned.verdict not in NEXT):
        return None
    digest = planned.digest or desk.digest(choice)
    if not says_something(choice.charge.kind, digest.data):
        return None
    mail = mail_of(planned._replace(digest=digest))
    assert mail.expires is not None  # noqa: S101 - a turn has an end
    return Part(
        *(0, mail.key, mail.channel, mail.recipient, mail.name, mail.language, mail.kind, mail.period),
        *(mail.not_before, mail.expires),
        content=mail.content,
    )


def _chosen(rows: Sequence[Row], *, every: bool) -> Iterator[Row]:
    """Let only those be looked at that leave first: today's, else the next day's; all where a call names some."""
    due = [row for row in rows if row.planned.verdict is Verdict.DUE]
    days = [row.day for row in rows if row.part is not None and row.day is not None]
    first = min(days, default=None)
    for row in rows:
        looked_at = every or (row.planned.verdict is Verdict.DUE if due else row.day == first)
        yield row if looked_at else row._replace(part=None)


def _made(rows: Sequence[Row], codes: list[int], *, with_data: bool) -> Iterator[Filed]:
    """Make the messages with their days, all that somebody gets on one day in one.

    What cannot be made is told, and the others go on.
    """
    groups: dict[tuple[MailConfig, str, str, str, date | None], list[Row]] = {}
    for row in rows:
        if row.part is not None:
            server = row.one.config.mail_server or NOBODY
            chat = str(row.one.config.webhooks.get(row.part.recipient, "")) if row.channel == WEBHOOK else ""
            groups.setdefault((server, row.channel, chat, row.part.recipient, row.day), []).append(row)
    with ExitStack() as opened:
        # One for all mails of a sender: each has a process of its own where a pack renders them.
        makers = cache(lambda server, zone: makers_of(Post(server, {}, {}, zone), opened))
        for (server, channel, _, recipient, day), some in groups.items():  # clients may call their chats alike
            parts = sorted((row.part for row in some if row.part), key=lambda part: gravity_of(part.kind))
            make = makers(server, some[0].one.config.timezone)[channel]
            try:
                made = make(parts, f"preview|{recipient}|{day}|{'|'.join(part.key for part in parts)}", None)
            except SheetsyncError as error:
                click.echo(say("cli.mail.not_made", names=recipient, reason=said(error)), err=True)
                codes.append(exits.PARTIAL)
            else:
                yield _filed(channel, made, _told_on(day))._replace(data=tuple(_data(parts)) if with_data else ())


def _filed(channel: str, made: Made, day: str) -> Filed:
    from sheetsync.delivery.files import Filed

    return Filed(*made, day=day) if channel == MAIL else chatting.filed(made.message, made.subject, day)


def _data(parts: Iterable[Part]) -> Iterator[tuple[str, bytes]]:
    """Give what a template sees of each part as JSON, with the end of its file's name."""
    from sheetsync.report.digest.coding import loads

    seen: Counter[str] = Counter()
    for part in parts:
        seen[part.kind] += 1
        number = f"-{seen[part.kind]}" if seen[part.kind] > 1 else ""
        yield f"{part.kind}{number}.json", f"{to_text(loads(part.content or b'').data)}\n".encode()


def _told_on(day: date | None) -> str:
    return "" if day is None else f"{say(f'cli.mail.weekday.{day.weekday()}')} {phrases(spoken_language()).date(day)}"


def _print(rows: Sequence[Row], kinds: Sequence[str], stranger: str | None) -> None:
    """Print the table; without a row the reason, which is ``stranger`` where a person was asked for."""
    from rich.table import Table
    from rich.text import Text

    if not rows:
        nothing = say("cli.mail.preview.nothing_of" if kinds else "cli.mail.preview.nothing")
        click.echo(flowed(stranger or nothing))
        if stranger is None and MailKind.WINS in kinds:
            click.echo(flowed(say("cli.mail.preview.wins")))
        return
    several = len({row.one.shown for row in rows}) > 1
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in (*(("workbook",) if several else ()), "who", "what", "when", "why"):
        table.add_column(say(f"cli.mail.preview.{name}"), overflow="fold")
    for row in rows:
        book = (Text(row.one.shown),) if several else ()
        style = "green" if row.planned.verdict is Verdict.DUE else ""
        table.add_row(*book, Text(_who(row)), Text(_what(row)), Text(_when(row), style), Text(_why(row)))
    console().print(table)


def _print_files(made: Sequence[object], page: Path | None) -> None:
    if page is None:
        click.echo(say("cli.mail.preview.no_file"))
    else:
        click.echo(flowed(say_many("cli.mail.preview.filed", len(made), path=str(page))))


def _print_unconfigured(selected: Iterable[Selected]) -> None:
    """Say what is missing before anybody gets a mail."""
    without = [one.config for one in selected if one.config.mail_server is None]
    if any(config.webhooks for config in without):
        click.echo(flowed(say("cli.mail.preview.chats_alone")))
    elif without:
        click.echo(flowed(say("cli.mail.preview.no_server")))


def _who(row: Row) -> str:
    to = row.planned.choice.charge.to
    if row.channel == WEBHOOK:
        return say("cli.mail.chat", name=to.name)
    return f"{to.name} <{to.address}>" if to.address and to.address != to.name else to.name


def _what(row: Row) -> str:
    choice = row.planned.choice
    word = say(f"cli.mail.kind.{choice.charge.kind}")
    again = choice.occasion is not None and choice.occasion.reminds
    word = say("cli.mail.preview.again", kind=word) if again else word
    return f"{word}: {choice.charge.team}" if choice.charge.team else word


def _when(row: Row) -> str:
    if row.planned.verdict is Verdict.DUE:
        return say("cli.mail.preview.today")
    if row.day is None or row.planned.choice.charge.barred or row.planned.verdict not in NEXT:
        return "–"
    return _told_on(row.day)


def _why(row: Row) -> str:
    choice, verdict = row.planned.choice, row.planned.verdict
    to = choice.charge.to
    if verdict in (Verdict.DUE, Verdict.LATER):
        return say(f"cli.mail.preview.role.{_role(row)}")
    return say(f"cli.mail.preview.reason.{verdict}", row=to.row, other=to.other, name=to.name)


def _role(row: Row) -> str:
    """Give as what somebody is told, by the key of its words."""
    charge = row.planned.choice.charge
    if row.channel == WEBHOOK:
        return "chat"
    if charge.role is not Role.OWNER:
        return charge.role
    if charge.kind is not MailKind.OWNER:
        return "asked"
    return "owner" if row.planned.verdict is Verdict.DUE else "owner_if_due"


def _form(row: Row) -> dict[str, Any]:
    choice = row.planned.choice
    charge, turn = choice.charge, choice.turn
    return {
        "workbook": row.one.errand.job.name,
        "name": charge.to.name,
        "address": (charge.to.address or None) if row.channel == MAIL else None,
        "channel": row.channel,
        "kind": charge.kind,
        "role": charge.role,
        "team": charge.team,
        "verdict": row.planned.verdict,
        "reason": _why(row),
        "period": choice.period or None,
        "day": None if turn is None else turn.day,
        "last": None if turn is None else turn.last,
        "looked_at": row.part is not None,
    }
