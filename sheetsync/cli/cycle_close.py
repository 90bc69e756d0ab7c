"""``sheetsync cycle close``: the final grades of a cycle, and their retrospective in the workbook."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetsync.cli import exits, tell
from sheetsync.cli.files import placing
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import Selected, prefix_of, said
from sheetsync.cycles.closing import Retrospective, begun, close, cycle_of
from sheetsync.errors import SheetsyncError, WriteRefused
from sheetsync.names import first_of
from sheetsync.reading import parse_cycle
from sheetsync.record import NamedTuple
from sheetsync.sync import Evaluation, evaluate, guard
from sheetsync.workbook import Backend, Receipt, Workbook, workbook_beside
from sheetsync.writeback.retro_sheet import plan_retrospective, sheet_of

if TYPE_CHECKING:
    from sheetsync.writeback.plan import Plan


NAMED = 8
"""Goals that a message names."""


class Manner(NamedTuple):
    """How a call is to go.

    ``silent`` asks nobody, ``output`` is where the workbook with the retrospective goes, ``cycle`` is the one to close
    where it is not the one that the workbook is about today.
    """

    as_json: bool
    early: bool
    output: str | None
    dry_run: bool
    yes: bool
    silent: bool
    cycle: str | None = None


class Closed(NamedTuple):
    """One workbook: what came of its cycle, and what was written; or what stood in the way."""

    name: str
    location: str
    code: int
    closed: Retrospective | None = None
    receipt: Receipt | None = None
    planned: int = 0
    sheet: str | None = None
    told: str = ""


def close_all(chosen: Sequence[Selected], manner: Manner) -> int:
    """Close the cycle of each workbook, one after the other; a failure is told, and the others go on."""
    if manner.output is not None:
        _refuse_output(chosen, manner.output)
    if manner.cycle is not None:
        chosen = [_about(one, manner.cycle) for one in chosen]
    done = [_close(one, manner) for one in chosen]
    if manner.as_json:
        from sheetsync.cli.cycle_screen import close_form
        from sheetsync.cli.forms import to_text

        forms = [close_form(one) for one in done]
        click.echo(to_text({"schema": "sheetsync.cycle.close.v1", "workbooks": forms}))
    return exits.worst(one.code for one in done)


def _refuse_output(chosen: Sequence[Selected], output: str) -> None:
    """Raise a usage error where one file cannot take what is asked for."""
    target = Path(output)
    if len(chosen) != 1 or chosen[0].config.path is None:
        raise click.UsageError(say("cli.cycle.close.one_file"))
    source = chosen[0].config.path
    if source.suffix.lower() != target.suffix.lower():
        raise click.UsageError(say("cli.cycle.close.ending", path=output, ending=source.suffix))
    if target.exists():
        raise click.UsageError(say("cli.cycle.close.exists", path=output))


def _about(one: Selected, told: str) -> Selected:
    """Give a workbook to be read for the cycle that was asked for; raises a usage error where that is none."""
    job = one.errand.job
    cycle = parse_cycle(told, job.today, job.fiscal_start, job.lexicon)
    if cycle is None:
        raise click.UsageError(say("cli.template.new.bad_cycle", value=told))
    return one._replace(errand=one.errand._replace(job=job._replace(cycle=cycle)))


def _close(one: Selected, manner: Manner) -> Closed:
    """Close one workbook; whatever stands in the way is told on stderr."""
    name, location = one.errand.job.name, one.errand.location
    try:
        return _closed(one, manner)
    except SheetsyncError as error:
        tell(error, prefix_of(one))
        return Closed(name, location, error.exit_code, told=said(error))


def _closed(one: Selected, manner: Manner) -> Closed:
    workbook = one.errand.open_backend().read()  # without its lock, which a file that is only read has not
    evaluation = evaluate(workbook, one.errand.job)
    shown = one.apart or evaluation.name
    closed = retrospective(evaluation, one, early=manner.early)
    if not manner.as_json:
        from sheetsync.cli.cycle_screen import print_closed

        print_closed(shown, closed)
    unscored = _tell_unscored(shown, closed)
    known = Closed(evaluation.name, evaluation.location, exits.FINDINGS if unscored else exits.COMPLETE, closed)
    try:
        guard(evaluation)
    except WriteRefused as error:
        tell(error, prefix_of(one))
        return known._replace(code=error.exit_code, told=said(error))
    plan = _plan(workbook, evaluation, closed, one)
    for finding in plan.findings:
        from sheetsync.rules import message

        click.echo(f"{shown}: {finding.cell}: {message(finding, phrases(spoken_language()))}", err=True)
    if any(finding.code in ("WS109", "DR503", "DR504") for finding in plan.findings):
        known = known._replace(code=exits.worst([known.code, exits.PARTIAL]))
    known = known._replace(planned=len(plan.changes.cells), sheet=_sheet(workbook, plan, closed))
    return _written(one, known, workbook, plan, manner)


def retrospective(evaluation: Evaluation, one: Selected, *, early: bool) -> Retrospective:
    """Say what came of the cycle; raises WriteRefused where there is none, or where it is not over yet."""
    goals, path, today = evaluation.goals, evaluation.location, one.errand.job.today
    if not goals.objectives and not goals.key_results:
        raise WriteRefused("cycle.no_okr", path=path)
    cycle = cycle_of(goals, evaluation.scorecard)
    if cycle is None:
        raise WriteRefused("cycle.no_cycle", path=path)
    if today <= cycle.due and not early:
        raise WriteRefused("cycle.not_over", path=path, cycle=cycle.label, due=cycle.due, today=today)
    goals = begun(goals, evaluation.scorecard, cycle)
    return close(goals, evaluation.scorecard, evaluation.profile, cycle, today)


def _tell_unscored(name: str, closed: Retrospective) -> int:
    """Name on stderr the goals that have no grade: a cycle should not end with them by mistake."""
    lines = closed.unscored
    if lines:
        names = first_of([line.key for line in lines], NAMED)
        told = say("cli.cycle.close.unscored", name=name, count=len(lines), names=names)
        click.echo(flowed(told, sys.stderr), err=True)
    return len(lines)


def _plan(workbook: Workbook, evaluation: Evaluation, closed: Retrospective, one: Selected) -> Plan:
    from sheetsync.writeback.authorship import Authorship

    profiles, words = (evaluation.profile, evaluation.kpi_profile), one.errand.job.phrases
    grades = (grade.name for profile in profiles for grade in profile.grades)
    authorship = Authorship(tuple(words.values()), grades)
    return plan_retrospective(workbook, closed, evaluation.phrases, one.errand.job.today, authorship=authorship)


def _sheet(workbook: Workbook, plan: Plan, closed: Retrospective) -> str | None:
    added = (sheet.name for sheet in plan.changes.sheets)
    return next(added, None) or sheet_of(workbook, closed.cycle)


def _written(one: Selected, known: Closed, workbook: Workbook, plan: Plan, manner: Manner) -> Closed:
    """Write what was planned, once somebody agrees, and say what came of it."""
    params: dict[str, Any] = {"name": one.apart or known.name, "sheet": known.sheet or "", "cells": known.planned}
    if plan.changes.empty and manner.output is None:
        _say(manner, "cli.cycle.close.nothing", params)
        return known
    if manner.dry_run:
        _say(manner, "cli.cycle.close.would", params)
        return known
    if not (manner.yes or _agreed(manner, params)):
        asks = _asks(manner)
        click.echo(say("cli.cycle.close.not_written" if asks else "cli.cycle.close.not_asked", **params), err=True)
        return known if asks else known._replace(code=exits.worst([known.code, exits.FINDINGS]))
    with one.errand.lock():
        backend, revision = _target(one, workbook, manner)
        receipt = backend.apply(plan.changes, revision) if not plan.changes.empty else None
    _say(manner, "cli.cycle.close.written", {**params, "name": manner.output or params["name"]})
    if receipt is not None and receipt.disturbed:
        from sheetsync.cli.sync import tell_disturbed

        tell_disturbed(receipt.disturbed, {}, params["name"])
        return known._replace(receipt=receipt, code=exits.worst([known.code, exits.PARTIAL]))
    return known._replace(receipt=receipt)


def _target(one: Selected, workbook: Workbook, manner: Manner) -> tuple[Backend, str]:
    """Give the workbook to write into, with its revision: a copy where the call names a file for it."""
    if manner.output is None:
        return one.errand.open_backend(), workbook.revision
    from sheetsync.backends.excel import ExcelBackend

    if workbook.unwritable:
        raise WriteRefused(workbook.unwritable, path=workbook.location, target=workbook_beside(workbook.location))
    target = Path(manner.output)
    with placing(target):
        shutil.copyfile(str(one.config.path), target)
    backend = ExcelBackend(target)
    return backend, backend.read().revision


def _asks(manner: Manner) -> bool:
    return not manner.silent and sys.stdin.isatty() and sys.stderr.isatty()


def _agreed(manner: Manner, params: dict[str, Any]) -> bool:
    if not _asks(manner):
        return False
    from sheetsync.cli.adopt_asking import agreed

    return agreed(say("cli.cycle.close.ask", **params))


def _say(manner: Manner, key: str, params: dict[str, Any]) -> None:
    if not manner.as_json:
        click.echo(flowed(say(key, **params), sys.stderr), err=True)
