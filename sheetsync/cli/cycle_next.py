"""``sheetsync cycle next``: the workbook of the next cycle, with what goes on; the old one stays as it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetsync.cli import exits
from sheetsync.cli.adopt_convert import plain_job, wording_of
from sheetsync.cli.cycle_mail import month_to_come
from sheetsync.cli.files import placing
from sheetsync.cli.mail_nightly import month_label
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import say
from sheetsync.cli.wiring import Selected
from sheetsync.cycles.carrying import Carried, Carry, Course, carried
from sheetsync.cycles.closing import KEY_RESULT, OBJECTIVE, Retrospective, close, cycle_of, goals_of
from sheetsync.cycles.following import following
from sheetsync.cycles.telling import amount, points
from sheetsync.errors import ConfigError, WriteRefused
from sheetsync.language import Phrases
from sheetsync.model import Cycle
from sheetsync.names import first_of
from sheetsync.reading import parse_cycle
from sheetsync.record import NamedTuple
from sheetsync.results import Severity
from sheetsync.sync import Evaluation, Job, evaluate
from sheetsync.workbook import Workbook

if TYPE_CHECKING:
    from sheetsync.gallery.conversion.assembly import Conversion

ASKED = ("agreed",)
"""What every OKR of a new cycle is asked for: whether it is agreed anew."""
GOES_ON = "→"
"""What stands beside a goal of the previous cycle that goes on; it needs no language."""
NAMED = 8


class Wish(NamedTuple):
    """What was asked for: a file or a Google spreadsheet, the cycle, and what is carried into it."""

    output: str | None
    address: str | None
    cycle: str | None
    carry: str
    keep_targets: bool
    as_json: bool


class Step(NamedTuple):
    """The way from one cycle to the next: what came of the old one, and what goes on."""

    closed: Retrospective
    course: Course
    carried: Carried


def begin_next(ctx: click.Context, chosen: Selected, wish: Wish) -> int:
    """Make the workbook of the next cycle and say what it holds; gives the exit code."""
    job = chosen.errand.job
    workbook = chosen.errand.open_backend().read()
    evaluation = evaluate(workbook, job)
    step = _step(evaluation, chosen, wish)
    conversion = _converted(workbook, evaluation, step, job)
    if wish.output is not None:
        again = _write(wish.output, conversion, evaluation, job)
        errors = sum(1 for finding in again.findings if finding.severity is Severity.ERROR)
    else:
        _build(ctx, chosen, wish, conversion, evaluation.phrases)
        errors = 0
    if wish.as_json:
        from sheetsync.cli.forms import to_text

        click.echo(to_text(_form(evaluation, step, wish, errors)))
    else:
        _report(workbook, evaluation, step, wish, errors, chosen)
    return exits.COMPLETE


def _step(evaluation: Evaluation, chosen: Selected, wish: Wish) -> Step:
    """Choose the next cycle and what goes on into it; raises where nobody knows which cycle this is."""
    goals, job = evaluation.goals, chosen.errand.job
    if not (goals.objectives or goals.key_results or goals.kpis):
        raise WriteRefused("guard.empty", path=evaluation.location)
    old = cycle_of(goals, evaluation.scorecard)
    read = partial(parse_cycle, today=job.today, fiscal_start=job.fiscal_start, lexicon=job.lexicon)
    if old is None and wish.cycle is None:
        raise WriteRefused("cycle.no_cycle", path=evaluation.location)
    new = read(wish.cycle) if wish.cycle is not None else following(old, read) if old is not None else None
    if new is None:
        raise click.UsageError(say("cli.template.new.bad_cycle", value=wish.cycle))
    old = old or Cycle("", new.start, new.due)
    if new.start <= old.start and (new.start, new.due) != (old.start, old.due):
        raise click.UsageError(say("cli.cycle.next.earlier", cycle=new.label, start=new.start, old=old.start))
    closed = close(goals, evaluation.scorecard, evaluation.profile, old, job.today)
    course = Course(old, new, Carry(wish.carry), wish.keep_targets)
    return Step(closed, course, carried(goals, evaluation.scorecard, closed, course))


def _converted(workbook: Workbook, evaluation: Evaluation, step: Step, job: Job) -> Conversion:
    """Put the goals that go on into the form of the templates, with a list of those of the cycle that is over."""
    from sheetsync.gallery.content import Filled
    from sheetsync.gallery.conversion.assembly import converted
    from sheetsync.gallery.conversion.fitting import fitted
    from sheetsync.gallery.design import load_table
    from sheetsync.scoring.kpis.gauge import target_of

    moved = evaluation._replace(goals=step.carried.goals)
    words = evaluation.phrases
    wording = wording_of(moved, job)._replace(source=words.text("previous.sheet"))
    conversion = converted(
        workbook._replace(sheets=(), marks=()),
        moved.goals,
        wording,
        target_of,
        asked=ASKED,
    )
    content, kind = conversion.content, conversion.kind
    if "okr" not in kind.split("-") and (evaluation.goals.objectives or evaluation.goals.key_results):
        design = fitted(load_table("okr", words, content.texts), words, (*ASKED, "target"), ())
        content = content._replace(tables=(Filled(design, ()), *content.tables))
        kind = "-".join(part for part in ("okr", kind) if part)
    rows = _previous(step, conversion, words)
    source = (wording.source, rows) if len(rows) > 1 else None
    return conversion._replace(kind=kind, content=content._replace(source=source, source_mark="previous"))


def _previous(step: Step, conversion: Conversion, words: Phrases) -> list[Sequence[Any]]:
    """Give the goals of the old cycle as rows: their ids are theirs for good, also of those that do not go on."""
    names = ("id", "kind", "owner", "from", "to", "ended_at", "score", "result", "carried", "title")
    rows: list[Sequence[Any]] = [tuple(words.text(f"previous.{name}") for name in names)]
    for line in step.closed.lines:
        if line.kind not in (OBJECTIVE, KEY_RESULT):
            continue
        told = (amount(value, line.unit, words) for value in (line.baseline, line.target, line.current))
        rows.append(
            (
                conversion.names.get(line.key, line.key),
                words.text(f"retrospective.kind.{line.kind}"),
                line.owner or None,
                *told,
                points(line.score),
                None if line.result is None else words.text(f"previous.results.{line.result}"),
                None if line.key in step.carried.left else GOES_ON,
                line.title,
            )
        )
    return rows


def _write(output: str, conversion: Conversion, evaluation: Evaluation, job: Job) -> Evaluation:
    """Write the new workbook, and read it again as it will be read from now on."""
    from sheetsync.backends.excel import ExcelBackend
    from sheetsync.gallery.workbook import write_workbook

    target = Path(output)
    with placing(target):
        write_workbook(target, conversion.kind, evaluation.phrases, conversion.content)
    return evaluate(ExcelBackend(target).read(), plain_job(job))


def _build(ctx: click.Context, chosen: Selected, wish: Wish, conversion: Conversion, words: Phrases) -> None:
    """Build the new workbook into a blank Google spreadsheet."""
    from sheetsync.backends.google.address import spreadsheet_id
    from sheetsync.cli.connecting import google_connection
    from sheetsync.cli.google_template import build

    address = wish.address or ""
    spreadsheet = spreadsheet_id(address.removeprefix("gs:"))
    if spreadsheet is None:
        raise ConfigError("no_spreadsheet", path=address)
    with google_connection(ctx, spreadsheet, chosen.errand.job.today) as client:
        build(client, spreadsheet, conversion.kind, words, conversion.content, protect=False)


def _report(workbook: Workbook, evaluation: Evaluation, step: Step, wish: Wish, errors: int, chosen: Selected) -> None:
    """Say on stderr what the new workbook holds, what was left behind, and what people have to do."""
    goals, new, old = step.carried.goals, step.course.new, step.course.old
    path = wish.output or wish.address or ""
    counts = {"objectives": len(goals.objectives), "key_results": len(goals.key_results), "kpis": len(goals.kpis)}
    told = [say("cli.cycle.next.written", path=path, cycle=new.label, start=new.start, due=new.due, **counts)]
    if evaluation.today <= old.due:
        told.append(say("cli.cycle.next.not_over", due=old.due))
    for key, names in (
        ("left", step.carried.left),
        ("running", step.carried.running),
        ("reached", step.carried.reached),
        ("parted", step.carried.parted),
    ):
        if names:
            told.append(say(f"cli.cycle.next.{key}", count=len(names), names=first_of(names, NAMED)))
    if missed := step.carried.missed:  # all of them, so that nobody loses one without a word
        told.append(say("cli.cycle.next.missed", count=len(missed), names=", ".join(missed)))
    own = sorted({header for table in evaluation.goals.tables for header in table.unmapped.values()})
    if own:
        told.append(say("cli.cycle.next.columns", name=workbook.name, columns=first_of(own, NAMED)))
    if goals.objectives or goals.key_results:
        told.append(say("cli.cycle.next.agree"))
    if errors:
        told.append(say("cli.cycle.next.errors", path=path, count=errors))
    told.append(say("cli.cycle.next.next", path=path))
    month = month_to_come(chosen, evaluation, old)
    if month is not None:
        params = {"name": workbook.name, "month": month_label(month), "day": month.day}
        told.append(say("cli.cycle.next.kpi_mail", **params))
    for text in told:
        click.echo(flowed(text, sys.stderr), err=True)


def _form(evaluation: Evaluation, step: Step, wish: Wish, errors: int) -> dict[str, Any]:
    """Give the step as plain data."""
    goals, new = step.carried.goals, step.course.new
    return {
        "schema": "sheetsync.cycle.next.v1",
        "workbook": evaluation.name,
        "path": evaluation.location,
        "output": wish.output or wish.address,
        "cycle": {"label": new.label, "start": new.start, "due": new.due},
        "carried": [item.key for item in goals_of(goals)],
        "kpis": [item.key for item in goals.kpis],
        "left": list(step.carried.left),
        "missed": list(step.carried.missed),
        "reached": list(step.carried.reached),
        "parted": list(step.carried.parted),
        "running": list(step.carried.running),
        "errors": errors,
    }
