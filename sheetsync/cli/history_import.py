"""``sheetsync history import``: fills in earlier days from dated copies of a workbook, or from what it tells itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from sheetsync import __version__
from sheetsync.backfilling import day_in_name, told_days
from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.history_place import found_config, history_path
from sheetsync.cli.history_words import ITSELF
from sheetsync.cli.remembering import place_of
from sheetsync.cli.speech import say, say_many
from sheetsync.cli.wiring import Selected, errand, must_exist, select, workbook_at
from sheetsync.config.shape import WorkbookConfig
from sheetsync.errors import ReadRefused
from sheetsync.history import Committed, Found, History
from sheetsync.home import expanded
from sheetsync.keeping import FOREVER, same_firm
from sheetsync.observing import observe, recognise, titles_of
from sheetsync.reading.week_columns import with_week_columns
from sheetsync.record import NamedTuple
from sheetsync.snapshot import Run, Seen, Snapshot
from sheetsync.sync import Evaluation, evaluate
from sheetsync.workbook import Workbook

CORE = "docProps/core.xml"
UNNAMED = ("properties", "disk")
"""What says the day of a copy that has none in its name."""
MOST = 1 << 20
"""Bytes of the properties of a file that are read."""


class Copy(NamedTuple):
    """A dated copy of a workbook."""

    path: Path
    day: date
    dated_by: str
    """What says the day: ``call``, ``name``, ``properties`` (of the file) or ``disk``."""


class Filled(NamedTuple):
    """What an import added for one day."""

    day: date
    source: str
    done: Committed
    dated_by: str = "itself"


@click.command(cls=SpokenCommand, help=say("cli.history.import.help"), short_help=say("cli.history.import.short"))
@click.argument("copies", nargs=-1, metavar=say("cli.history.import.copies_metavar"))
@click.option("--into", required=True, metavar=say("cli.option.path_metavar"), help=say("cli.history.import.into"))
@click.option("--date", "day", metavar="YYYY-MM-DD", callback=options.day, help=say("cli.history.import.date"))
@click.option("--history", "file", metavar=say("cli.option.file_metavar"), help=say("cli.history.file"))
@options.today
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    copies: tuple[str, ...],
    into: str,
    day: date | None,
    file: str | None,
    today: date | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Fill in earlier days."""
    if day is not None and len(copies) != 1:
        raise click.UsageError(say("cli.history.import.one_date"))
    must_exist(copies)
    one = _meant(ctx, into, config, today)
    if file is None and not one.config.remembered:
        raise click.UsageError(say("cli.history.switched_off", names=one.config.name))
    dated = sorted((_dated(Path(path), day) for path in copies), key=lambda copy: copy.day)
    if dated and dated[-1].day > one.errand.job.today:
        raise click.UsageError(say("cli.history.import.future", path=str(dated[-1].path), day=dated[-1].day))
    path = expanded(file) if file else history_path(one.config)
    with History.open(path) as history:
        filled = list(_from_copies(history, one.config, dated) if copies else _from_itself(history, one))
    _report(filled, as_json)
    return exits.COMPLETE


def _meant(ctx: click.Context, into: str, config: str | None, today: date | None) -> Selected:
    """Give the workbook whose history is filled, by its name in the configuration, its path or its address."""
    found = found_config(ctx, config)
    if found is not None and into in found.workbooks:
        return select(ctx, (), (into,), config, today)[0]
    settings = workbook_at(into, found)
    return Selected(errand(settings, today), settings)


def _dated(path: Path, day: date | None) -> Copy:
    """Give a copy with its day: as the call says, else as its name, its properties or the disk say."""
    if day is not None:
        return Copy(path, day, "call")
    named = day_in_name(path.stem)
    if named is not None:
        return Copy(path, named, "name")
    kept = _modified(path)
    if kept is not None:
        return Copy(path, kept, "properties")
    return Copy(path, datetime.fromtimestamp(path.stat().st_mtime).astimezone().date(), "disk")


def _modified(path: Path) -> date | None:
    """Give the day on which a workbook says that it was last saved."""
    import re

    try:
        with zipfile.ZipFile(path) as archive, archive.open(CORE) as member:
            text = member.read(MOST).decode(errors="replace")
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    found = re.search(r"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\d)", text)
    return date.fromisoformat(found[1]) if found else None


def _from_copies(history: History, into: WorkbookConfig, copies: list[Copy]) -> Iterator[Filled]:
    """Record how every copy stood on its day."""
    place = place_of(into)
    for copy in copies:
        job = errand(into._replace(path=copy.path.resolve(), spreadsheet=None, folder=None), copy.day)
        book = job.open_backend().read()
        found = evaluate(book, job.job)
        if not titles_of(found.goals):  # every known goal would count as gone on that day
            raise ReadRefused("history.no_goals", path=str(copy.path))
        at = history.find(place, titles_of(found.goals), same=same_firm(history, found.goals))
        known = recognise(history.past(at.workbook, FOREVER), found.goals)
        shot = observe(book, found.goals, found.scorecard, copy.day, known, profile=found.profile)
        items = tuple(_as_known(seen) for seen in shot.items)
        filled = _commit(history, at, into.name, found, shot._replace(items=items), copy.path.name)
        yield filled._replace(dated_by=copy.dated_by)


def _as_known(seen: Seen) -> Seen:
    """Give an item of an earlier day under the key of today: its own may have changed, or name another thing now."""
    if seen.reused:
        return seen._replace(key=f"{seen.key} ({seen.cycle or seen.observation.day})", reused=False)
    return seen._replace(key=seen.former or seen.key, former="")


def _from_itself(history: History, one: Selected) -> Iterator[Filled]:
    """Record what a workbook tells of earlier days: its log, its columns of weeks, the periods of its KPIs."""
    book: Workbook = one.errand.open_backend().read()
    job = one.errand.job
    found = evaluate(book, job)
    at = history.find(place_of(one.config), titles_of(found.goals), same=same_firm(history, found.goals))
    known = recognise(history.past(at.workbook, job.today), found.goals)
    goals = with_week_columns(book, found.goals, job.lexicon, job.today, job.fiscal_start)
    for shot in told_days(book, goals, found.profile, found.kpi_profile, job.today):
        items = tuple(seen._replace(key=known.former.get(seen.key, seen.key)) for seen in shot.items)
        yield _commit(history, at, one.config.name, found, shot._replace(items=items), ITSELF)


def _commit(history: History, at: Found, name: str, found: Evaluation, shot: Snapshot, source: str) -> Filled:
    card = found.scorecard
    run = Run(
        at.place, name, shot.day, __version__, card.profile, card.kpi_profile, source=source, workbook=at.workbook
    )
    return Filled(shot.day, source, history.commit(run, shot, outcome="imported", revision=found.revision))


def _report(filled: list[Filled], as_json: bool) -> None:
    if as_json:
        click.echo(to_text({"schema": "sheetsync.history.import.v1", "days": [_form(one) for one in filled]}))
        return
    for one in filled:
        if one.done.observations:
            source = say("cli.history.import.itself") if one.source == ITSELF else one.source
            click.echo(say_many("cli.history.import.day", one.done.observations, day=one.day, source=source))
        elif one.source != ITSELF:
            click.echo(say("cli.history.import.known", day=one.day, source=one.source), err=True)
        if one.dated_by in UNNAMED:
            told = say(f"cli.history.import.by_{one.dated_by}", day=one.day)
            click.echo(say("cli.history.import.unnamed", source=one.source, told=told), err=True)
    if not any(one.done.observations for one in filled):
        click.echo(say("cli.history.import.nothing"), err=True)


def _form(one: Filled) -> dict[str, Any]:
    return {"day": one.day, "source": one.source, "observations": one.done.observations, "dated_by": one.dated_by}
