"""``sheetsync report``: one page a workbook that people open gladly, and the list of all pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from sheetsync.cli import exits, options, tell
from sheetsync.cli.files import is_foreign
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.pages import (
    INDEX,
    NothingKnownError,
    Wish,
    brand_of,
    brand_of_all,
    entry,
    file_name,
    index_text,
    is_own_page,
    now_at,
    page_of,
    page_text,
    put_page,
    told_apart,
)
from sheetsync.cli.remembering import tell_unremembered
from sheetsync.cli.speech import asked_language, phrases, say, spoken_language
from sheetsync.cli.wiring import Selected, acquainted, prefix_of, said, select, tell_unread, workers_of
from sheetsync.errors import ConfigError, SheetsyncError
from sheetsync.fleet import Reading, read_all
from sheetsync.language import Phrases
from sheetsync.record import NamedTuple
from sheetsync.report.brand import Brand
from sheetsync.report.page import not_listed
from sheetsync.results import Digest
from sheetsync.scoring.owned.owners import Owner, owners, owners_called
from sheetsync.sync import Evaluation

PAGE, FOLDER = "report.html", "reports"
"""Where a page, and where several are put if nobody says."""
STANDARD_OUTPUT = "-"
NAMED = 12
"""Names that are told where none is meant; the others are counted."""


class Made(NamedTuple):
    """The page of one workbook, or the code of what stood in its way with what was told."""

    selected: Selected
    digest: Digest | None = None
    phrases: Phrases | None = None
    code: int = exits.COMPLETE
    told: str = ""
    brand: Brand | None = None

    @property
    def name(self) -> str:
        """The name of the workbook."""
        return self.selected.errand.job.name


@click.command(cls=SpokenCommand, help=say("cli.report.help"), short_help=say("cli.report.short"))
@options.workbooks
@click.option("--all", "every", is_flag=True, help=say("cli.report.all"))
@click.option("--as-of", "day", metavar="YYYY-MM-DD", callback=options.day, help=say("cli.report.as_of"))
@click.option("--team", metavar=say("cli.option.name_metavar"), help=say("cli.report.team"))
@click.option("--owner", metavar=say("cli.option.name_metavar"), help=say("cli.report.owner"))
@click.option("-o", "--output", metavar=say("cli.option.file_metavar"), help=say("cli.report.output"))
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    every: bool,
    day: date | None,
    team: str | None,
    owner: str | None,
    output: str | None,
) -> int:
    """Write the page of a workbook, or of all."""
    if team and owner:
        raise click.UsageError(say("cli.report.team_and_owner"))
    if every and (team or owner):
        raise click.UsageError(say("cli.report.all_and_part"))
    selected = acquainted(select(ctx, paths, only, config, today), today, keep=True)
    if len(selected) > 1 and not every:
        names = ", ".join(one.shown for one in selected[:NAMED])
        raise click.UsageError(say("cli.report.several", count=len(selected), names=names))
    _refuse_foreign(selected, output, every=every)
    if day is not None and selected and day > _day(selected):
        raise click.UsageError(say("cli.report.future", day=day))
    made = list(_pages(selected, day, (("team", team), ("person", owner))))
    if every:
        return exits.worst([*_put_all(made, Path(output or FOLDER), day or _day(selected)), *_codes(made)])
    for one in made:
        if one.digest is not None and one.phrases is not None:
            _put(Path(output or PAGE), page_text(one.digest, one.phrases, one.brand))
    return exits.worst(_codes(made))


def _refuse_foreign(selected: list[Selected], output: str | None, *, every: bool) -> None:
    """Raise UsageError where a page would take the place of anything but a page of ours."""
    if every:
        names = (INDEX, *(file_name(one.config, one.errand.job.name) for one in selected))
        paths = [Path(output or FOLDER) / name for name in names]
    else:
        paths = [Path(output or PAGE)] if output != STANDARD_OUTPUT else []
    for path in paths:
        if is_foreign(path, is_own_page):
            raise click.UsageError(say("cli.report.foreign", path=str(path)))


def _codes(made: list[Made]) -> Iterator[int]:
    return (one.code for one in made)


def _day(selected: list[Selected]) -> date:
    return selected[0].errand.job.today


def _pages(selected: list[Selected], day: date | None, parts: tuple[tuple[str, str | None], ...]) -> Iterator[Made]:
    """Read each workbook and gather its page; a failure is told on stderr and the others go on."""
    fleet = read_all([one.errand for one in selected], workers=workers_of(selected))
    for one, reading in zip(selected, fleet.results(), strict=True):
        yield _page(one, reading, day, parts)


def _page(one: Selected, reading: Reading, day: date | None, parts: tuple[tuple[str, str | None], ...]) -> Made:
    name, evaluation = one.shown, reading.evaluation
    if evaluation is None:
        told = said(reading.error) if reading.error is not None else say("cli.bug")
        return Made(one, code=tell_unread(one, reading), told=told)
    tell_unremembered(evaluation, one.config, prefix_of(one))
    asked = asked_language()
    words = phrases(asked) if asked else evaluation.phrases
    wish = Wish(_meant(evaluation, parts), day)
    try:
        digest = page_of(evaluation, one.errand.job, words, wish, now_at(one.config.timezone))
        return Made(one, digest, words, brand=brand_of(one.config))
    except ConfigError as error:
        tell(error)
        return Made(one, code=error.exit_code, told=said(error))
    except NothingKnownError as nothing:
        first = nothing.first
        key = "before" if first is not None else "no_history" if one.config.remembered else "switched_off"
        told = say(f"cli.report.{key}", name=name, day=day, first=first)
        click.echo(told, err=True)
        return Made(one, code=exits.USAGE, told=told)


def _meant(evaluation: Evaluation, parts: tuple[tuple[str, str | None], ...]) -> Owner | None:
    """Give the team or person that a call names; UsageError where it is nobody, or not clear who."""
    for kind, text in parts:
        if text is None:
            continue
        found = [one for one in owners_called(evaluation.goals, text) if one.kind == kind]
        if len(found) == 1:
            return found[0]
        known = [one.name for one in found or owners(evaluation.goals) if one.kind == kind]
        more = [f"… +{len(known) - NAMED}"] if len(known) > NAMED else []
        key = "ambiguous" if found else "nobody"
        raise click.UsageError(say(f"cli.report.{key}", given=text, known=", ".join([*known[:NAMED], *more]) or "–"))
    return None


def _put(path: Path, html: str) -> None:
    if str(path) == STANDARD_OUTPUT:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:  # whatever the terminal speaks, the page says that it is UTF-8
            reconfigure(encoding="utf-8", newline="\n")
        click.echo(html, nl=False)
        return
    put_page(path, html)
    _tell(path)


def _put_all(made: list[Made], folder: Path, today: date) -> Iterator[int]:
    """Write a page for each workbook, then the list that leads to them; what cannot be written is told."""
    listed: list[dict[str, Any]] = []
    for one in made:
        file = file_name(one.selected.config, one.name)
        try:
            if one.digest is None or one.phrases is None:
                listed.append(not_listed(one.name, one.told))
                continue
            put_page(folder / file, page_text(one.digest, one.phrases, one.brand))
            listed.append(entry(one.digest, quote(file)))
        except SheetsyncError as error:
            tell(error, f"{one.selected.shown}: ")
            listed.append(not_listed(one.name, said(error)))
            yield error.exit_code
    spoken = phrases(asked_language() or spoken_language())
    brand = brand_of_all(one.selected.config for one in made if one.digest is not None)
    entries = told_apart(listed, [one.selected.errand.location for one in made])
    _put(folder / INDEX, index_text(entries, today, spoken, brand))


def _tell(path: Path) -> None:
    """Say at a terminal where the page is."""
    if sys.stdout.isatty():
        click.echo(say("cli.report.written", path=str(path)))
