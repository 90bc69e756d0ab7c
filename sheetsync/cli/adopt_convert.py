"""``sheetsync adopt WORKBOOK --to FILE.xlsx``: makes a workbook in the form of our templates of any other."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsync.cli import exits, tell
from sheetsync.cli.files import placing
from sheetsync.cli.speech import say
from sheetsync.errors import SheetsyncError
from sheetsync.model import Cycle
from sheetsync.names import first_of
from sheetsync.reading import parse_cycle
from sheetsync.record import NamedTuple
from sheetsync.results import Score
from sheetsync.sync import Evaluation, Job, evaluate
from sheetsync.workbook import Workbook, workbook_beside

if TYPE_CHECKING:
    from sheetsync.gallery.conversion.assembly import Conversion, Wording

ENDING = ".xlsx"
NAMED = 5
SLACK = 1e-9
"""Scores that differ by no more than this are the same."""


class Made(NamedTuple):
    """A workbook that was written: what it was made of, how it is read again, and whose scores came out differently."""

    conversion: Conversion
    evaluation: Evaluation
    differing: tuple[str, ...]


def refuse_target(target: str, source: str, *, force: bool) -> None:
    """Raise a usage error for a file that is no ``.xlsx``, that is the source itself, or that exists already."""
    path = Path(target)
    if path.suffix.lower() != ENDING:
        raise click.UsageError(say("cli.template.new.ending", path=target))
    if path.exists() and os.path.exists(source) and path.samefile(source):  # noqa: PTH110 - the source may be an address
        raise click.UsageError(say("cli.adopt.convert.same", path=target))
    if path.exists() and not force:
        raise click.UsageError(say("cli.adopt.convert.exists", path=target))


def convert(workbook: Workbook, evaluation: Evaluation, job: Job, target: str) -> int:
    """Write the new workbook, read it again, and say what came of it; gives the exit code.

    ``evaluation`` is what was understood of the source. Whatever scores differently after it was read again is named.
    """
    try:
        made = _made(workbook, evaluation, job, Path(target))
    except SheetsyncError as error:
        tell(error)
        return error.exit_code
    _report(made, workbook, target)
    return exits.FINDINGS if made.differing else exits.COMPLETE


def tell_unwritable(workbook: Workbook) -> None:
    """Say of a workbook that is only read how one is made of it that can be written."""
    target = workbook_beside(workbook.location)
    click.echo(say(f"error.{workbook.unwritable}", path=workbook.location, target=target), err=True)


def _made(workbook: Workbook, evaluation: Evaluation, job: Job, target: Path) -> Made:
    """Write amounts by what they mean; where scores then differ, as they stood there, of those items and then of all.

    One text tells how another is meant: where no number of the source says whether 1,250 is a thousand, none may here.
    """
    everything = tuple(item.key for item in evaluation.goals.items)
    made = _written(workbook, evaluation, job, target, ())
    best: tuple[int, Collection[str]] = len(made.differing), ()
    for as_read in (made.differing, everything):
        if made.differing:
            made = _written(workbook, evaluation, job, target, as_read)
            best = min(best, (len(made.differing), as_read), key=lambda tried: tried[0])
    return made if len(made.differing) == best[0] else _written(workbook, evaluation, job, target, best[1])


def _written(workbook: Workbook, evaluation: Evaluation, job: Job, target: Path, as_read: Collection[str]) -> Made:
    from sheetsync.backends.excel import ExcelBackend
    from sheetsync.gallery.conversion.assembly import converted
    from sheetsync.gallery.workbook import write_workbook
    from sheetsync.scoring.kpis.gauge import target_of

    conversion = converted(
        workbook,
        evaluation.goals,
        wording_of(evaluation, job),
        target_of,
        as_read,
    )
    with placing(target):
        write_workbook(target, conversion.kind, evaluation.phrases, conversion.content)
    again = evaluate(ExcelBackend(target).read(), plain_job(job))
    return Made(conversion, again, tuple(_differing(evaluation, again, conversion)))


def plain_job(job: Job) -> Job:
    """Give the job of a workbook that nothing is configured for, as the new one is."""
    return job._replace(
        tables=(), cycle=None, profile=None, kpi_profile=None, language=None, company=None, fiscal_start=1
    )


def wording_of(evaluation: Evaluation, job: Job) -> Wording:
    """Give what a new workbook is called by, and shown in, that is made of one that was read."""
    from sheetsync.gallery.conversion.assembly import Wording

    settings = evaluation.goals.settings
    words = evaluation.phrases
    return Wording(
        phrases=words,
        company=job.company or (settings.company.value if settings and settings.company.value else ""),
        cycle=_cycle(evaluation.goals.cycle, job),
        source=words.text("adopt.source.sheet"),
        source_header=tuple(
            words.text(f"adopt.source.{name}") for name in ("worksheet", "cell", "item", "header", "value")
        ),
        profile=evaluation.profile.full_name,
        kpi_profile=evaluation.kpi_profile.full_name,
    )


def _cycle(cycle: Cycle | None, job: Job) -> Cycle | None:
    """Give a cycle whose label reads back to the same days; else without a label, by its days alone."""
    if cycle is None:
        return None
    again = parse_cycle(cycle.label, job.today, 1)
    same = again is not None and (again.start, again.due) == (cycle.start, cycle.due)
    return cycle if same else cycle._replace(label="")


def _differing(before: Evaluation, after: Evaluation, conversion: Conversion) -> Iterator[str]:
    """Give the keys of the items of the source that have another progress or score in the new workbook.

    An id may stand in several rows (a KPI of several people); these are compared in their order.
    """
    keys: dict[str, list[str]] = {}
    for item in after.goals.items:
        keys.setdefault(item.id.value or "", []).append(item.key)
    for item in before.goals.items:
        old = before.scorecard.scores.get(item.key)
        named = keys.get(conversion.names[item.key])
        new = after.scorecard.scores.get(named.pop(0)) if named else None
        if old is not None and not (new is not None and _alike(old, new)):
            yield item.key


def _alike(old: Score, new: Score) -> bool:
    return _same(old.progress, new.progress) and _same(old.score, new.score)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=0.0, abs_tol=SLACK)


def _report(made: Made, workbook: Workbook, target: str) -> None:
    """Say on stderr what was written, what has no place in it, and what came out differently."""
    goals, conversion = made.evaluation.goals, made.conversion
    counts = {
        "objectives": len(goals.objectives),
        "key_results": len(goals.key_results),
        "kpis": len(goals.kpis),
    }
    click.echo(say("cli.adopt.convert.written", path=target, name=workbook.name, **counts), err=True)
    if conversion.left and conversion.content.source is not None:
        count, sheet = len(conversion.left), conversion.content.source[0]
        click.echo(say("cli.adopt.convert.left", count=count, sheet=sheet), err=True)
    if conversion.untouched:
        sheets = first_of(conversion.untouched, NAMED)
        click.echo(say("cli.adopt.convert.untouched", sheets=sheets, name=workbook.name), err=True)
    if made.differing:
        names = first_of([conversion.names[key] for key in made.differing], NAMED)
        click.echo(say("cli.adopt.convert.differing", count=len(made.differing), names=names), err=True)
    click.echo(say("cli.adopt.convert.next", path=target), err=True)
