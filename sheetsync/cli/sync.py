"""``sheetsync sync``: the nightly job."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import click

from sheetsync.cli import exits, options, tell
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.night_files import Night, Written, wanted, write_files, write_indexes
from sheetsync.cli.remembering import history_warnings, refusal, would_refuse
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import Selected, acquainted, prefix_of, said, select, with_job, workers_of
from sheetsync.config.find import find_config
from sheetsync.errors import Cancelled, SheetsyncError
from sheetsync.fleet import GRACE, Fleet, Result, run_all
from sheetsync.home import expanded
from sheetsync.names import first_of
from sheetsync.record import NamedTuple
from sheetsync.results import Severity
from sheetsync.sync import Outcome
from sheetsync.workbook import CellValue, Disturbance, Receipt

NAMED = 10
"""Workbooks that a cancelled run names; more would fill the screen."""

ONLY_READ = "file.read_only"
"""The key of the refusal to write a file of a kind that is only read."""

_HELD: list[list[Told]] = []
"""What the last run gave, let go with the process: piece by piece a large workbook takes a fiftieth of the night."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


@click.command(cls=SpokenCommand, help=say("cli.sync.help"), short_help=say("cli.sync.short"))
@options.workbooks
@options.as_json
@options.no_history
@click.option("--dry-run", is_flag=True, help=say("cli.sync.dry_run"))
@click.option("--fail-on", type=click.Choice(["error", "warning", "hint", "never"]), help=say("cli.sync.fail_on"))
@click.option("--accept-removed", is_flag=True, help=say("cli.sync.accept_removed"))
@click.option("--recalc", type=click.Choice(["libreoffice", "never"]), help=say("cli.sync.recalc"))
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    as_json: bool,
    no_history: bool,
    dry_run: bool,
    fail_on: str | None,
    accept_removed: bool,
    recalc: str | None,
) -> int:
    """Bring the workbooks up to date."""
    if not (paths or only or today or dry_run):
        _announce(ctx, config)
    flaws: list[str] = []
    remember, writing = not no_history, not dry_run
    selected = select(ctx, paths, only, config, today, recalc=recalc, writing=writing, remember=remember, flaws=flaws)
    if accept_removed:
        selected = [with_job(one, accept_removed=True) for one in selected]
    if fail_on is not None:
        selected = [one._replace(config=one.config._replace(fail_on=fail_on)) for one in selected]
    if any(one.config.on_conflict == "ask" for one in selected):
        from sheetsync.cli.conflicts import asking

        selected = asking(selected, silent=dry_run or as_json or ctx.obj["no_input"])
    selected = acquainted(selected, today, keep=False)
    selected = [_mailing(one) if one.config.mail_server or one.config.webhooks else one for one in selected]
    fleet = run_all([one.errand for one in selected], dry_run=dry_run, workers=workers_of(selected))
    told: list[Told] = []
    _HELD[:] = [told]

    def tell_all(results: Iterator[Result]) -> None:
        for result in results:
            del told[fleet.told :]  # whoever pressed Ctrl-C while a result was told hears it again, whole
            told.append(_finish(selected[fleet.told], result, dry_run=dry_run))
            if not as_json:
                _print(told[-1], dry_run=dry_run)

    try:
        tell_all(fleet.results())
    except KeyboardInterrupt:
        if not _stopped(fleet, tell_all):
            return exits.CANCELLED
    mail_code, mails = _mail(selected, told, dry_run=dry_run, quiet=as_json)
    if "ping" in ctx.obj:
        ctx.obj["ping"].hear(((one.selected.config.name, _code(one)) for one in told), flawed=bool(flaws))
    if as_json:
        from sheetsync.cli.forms import to_text

        form = {"schema": "sheetsync.sync.v1", "workbooks": [_form(one, dry_run=dry_run) for one in told]}
        form = {**form, "mail": mails} if mails else form
        click.echo(to_text({**form, "problems": flaws} if flaws else form))
    _print_stopped(told)
    pages = [] if dry_run or paths or only else _list_pages(told)
    return exits.worst([*(_code(one) for one in told), mail_code, *pages, *([exits.USAGE] if flaws else ())])


def _announce(ctx: click.Context, config: str | None) -> None:
    """Tell the address of ``[ping]`` that the night begins; ``main`` tells it the end, whatever that is."""
    wanted = config or ctx.obj.get("config")
    path = find_config(Path(wanted) if wanted else None, os.environ, Path.cwd())
    with suppress(OSError):  # is told by who reads it in earnest
        if path is None or b"ping" not in expanded(path).read_bytes():
            return
        from sheetsync.cli.pinging import begin

        begin(ctx.obj, path)


def _mailing(one: Selected) -> Selected:
    """Let the run of a workbook make mails for the outbox, once it is written."""
    from sheetsync.cli.mails import Nightly
    from sheetsync.cli.pages import now_at

    return one._replace(errand=one.errand._replace(mails=Nightly(one.config, lambda: now_at(one.config.timezone))))


def _mail(selected: list[Selected], told: list[Told], *, dry_run: bool, quiet: bool) -> tuple[int, list[Any]]:
    """Send what is due, where mail or a chat is configured and the run came to its end."""
    wanted = any(one.config.mail_server is not None or one.config.webhooks for one in selected)
    if not wanted or dry_run or any(isinstance(one.result.error, Cancelled) for one in told):
        return exits.COMPLETE, []
    from sheetsync.cli.mail_nightly import send_after, tell_lost, tell_unreached
    from sheetsync.cli.mails import tell_unmade

    unmade = list(tell_unmade(selected))
    tell_unreached(selected)
    tell_lost(selected)
    code, sent = send_after(selected, quiet=quiet)
    return exits.worst([code, *unmade]), sent


def _stopped(fleet: Fleet[Result], tell_all: Callable[[Iterator[Result]], None]) -> bool:
    """End what is at work and tell what was done; False where Ctrl-C was pressed once more, to leave at once."""
    patient = True
    try:
        if fleet.at_work:
            click.echo(say("cli.sync.stopping", count=fleet.at_work, seconds=round(GRACE)), err=True)
        tell_all(fleet.break_off())
    except KeyboardInterrupt:
        patient = False
    if fleet.at_work:
        click.echo(say("cli.sync.unproven", count=fleet.at_work), err=True)
    return patient


def _print_stopped(told: list[Told]) -> None:
    """Say on stderr which workbooks a cancelled run has left out, so that nobody takes it for a whole one."""
    left = [one.selected.shown for one in told if isinstance(one.result.error, Cancelled)]
    if left:
        names = first_of(left, NAMED)
        done = sum(1 for one in told if one.result.outcome is not None)
        click.echo(say("cli.sync.stopped", done=done, count=len(told), names=names), err=True)


class Told(NamedTuple):
    """A result, with the files that were written for it."""

    selected: Selected
    result: Result
    written: Written = Written()
    shut: SheetsyncError | None = None
    """Why a run that writes would be refused now, which a dry run foresees."""


def _finish(one: Selected, result: Result, *, dry_run: bool) -> Told:
    """Write the summary and the page of a workbook, where they are wanted; the sync itself is done and stays done.

    A file that is only read has them too, though nothing is written into it.
    """
    only_read = result.error is not None and result.error.key == ONLY_READ
    if not wanted(one.config) or dry_run or (result.outcome is None and not only_read):
        return Told(one, result, shut=_shut(result) if dry_run else None)
    from sheetsync.sync import evaluate

    try:
        scored = result.outcome.evaluation if result.outcome is not None else None
        scored = scored or evaluate(one.errand.open_backend().read(), one.errand.job)
        return Told(one, result, write_files(one, scored))
    except SheetsyncError as error:
        tell(error, f"{one.shown}: ")
        return Told(one, result, Written(code=error.exit_code))


def _shut(result: Result) -> SheetsyncError | None:
    """Foresee what a run that writes would be refused with; the history, asked first, has its own word."""
    evaluation = result.outcome.evaluation if result.outcome is not None else None
    if evaluation is None or refusal(evaluation) is not None:
        return None
    return result.outcome.shut if result.outcome is not None else None


def _list_pages(told: list[Told]) -> list[int]:
    """Write the list of the pages of a whole run, with those that have none tonight."""
    if not any(one.selected.config.report_folder is not None for one in told):
        return []
    return list(write_indexes(Night(one.selected, one.written, _reason(one.result)) for one in told))


def _reason(result: Result) -> str:
    return said(result.error) if result.error is not None else say("cli.bug") if result.bug is not None else ""


def _code(told: Told) -> int:
    result = told.result
    if result.bug is not None:
        return exits.BUG
    if result.error is not None:
        return exits.worst([result.error.exit_code, exits.PARTIAL if result.error.disturbed else exits.COMPLETE])
    outcome = result.outcome
    failing = any(_failing(told)) or _unanswered(told)
    partial = outcome is not None and (outcome.refused or outcome.disturbed)
    untried = None if outcome is None else refusal(outcome.evaluation)  # by a dry run, which does without the history
    codes = (exits.PARTIAL if partial else exits.COMPLETE, exits.FINDINGS if failing else exits.COMPLETE)
    shut = told.shut.exit_code if told.shut is not None else exits.COMPLETE
    return exits.worst([told.written.code, *codes, untried or exits.COMPLETE, shut])


def _unanswered(told: Told) -> bool:
    """Say whether a question that the configuration wants asked was not, since nobody was there."""
    if told.selected.config.on_conflict != "ask" or told.result.outcome is None:
        return False
    from sheetsync.cli.conflicts import unanswered

    return unanswered(told.selected, told.result.outcome)


def _failing(told: Told) -> Iterator[Any]:
    fail_on, outcome = told.selected.config.fail_on or "never", told.result.outcome
    limit = _RANK[Severity(fail_on)] if fail_on != "never" else -1
    if outcome is not None:
        yield from (one for one in outcome.evaluation.findings if _RANK[one.severity] <= limit)


def _print(told: Told, *, dry_run: bool) -> None:
    result = told.result
    name = result.outcome.evaluation.name if result.outcome is not None else result.errand.job.name
    name = told.selected.apart or name
    if result.bug is not None:
        click.echo(result.bug, err=True)
        click.echo(f"{name}: {say('cli.bug')}", err=True)
    elif result.error is not None and not isinstance(result.error, Cancelled):
        tell(result.error, prefix_of(told.selected))
        tell_disturbed(result.error.disturbed, {}, name)
        _print_summary(told, name)
    elif result.outcome is not None:
        _print_outcome(told, name, dry_run=dry_run)
        if told.shut is not None:
            click.echo(f"{prefix_of(told.selected)}{would_refuse(told.shut)}", err=True)


def _print_outcome(told: Told, name: str, *, dry_run: bool) -> None:
    outcome = told.result.outcome
    assert outcome is not None  # noqa: S101 - the caller's branch
    if any(_failing(told)):
        from sheetsync.cli.findings import findings_text
        from sheetsync.cli.screen import coloured

        click.echo(findings_text(outcome.evaluation, phrases(spoken_language())), color=coloured())
    for line in history_warnings(outcome.evaluation, told.selected.config, name, dry_run=dry_run):
        click.echo(line, err=True)
    _print_refused(outcome, name)
    _print_disturbed(outcome, name)
    if not sys.stdout.isatty():
        return
    receipt, changes = outcome.receipt, outcome.evaluation.changes
    if receipt is not None:
        _tell(say("cli.sync.written", name=name, cells=receipt.cells, columns=receipt.columns))
        if receipt.sheets:
            _tell(say("cli.sync.sheet", name=name))
        if receipt.notes:
            _tell(say("cli.sync.notes", name=name, count=receipt.notes))
        if receipt.stale_formulas:
            examples = ", ".join(str(ref) for ref in receipt.stale_examples[:3])
            _tell(say("cli.sync.stale", name=name, count=receipt.stale_formulas, examples=examples))
        for warning in receipt.warnings:
            click.echo(f"{name}: {say(warning)}", err=True)
    elif dry_run and not changes.empty:
        _tell(say("cli.sync.would", name=name, cells=len(changes.cells), columns=len(changes.columns)))
        if changes.notes:
            _tell(say("cli.sync.would_notes", name=name, count=len(changes.notes)))
    else:
        _tell(say("cli.sync.nothing", name=name))
    if outcome.evaluation.scorecard.servings:
        from sheetsync.cli.goals_and_kpis import print_goals_and_kpis

        print_goals_and_kpis(outcome.evaluation)
    _print_counts(outcome.evaluation.findings, name)
    _print_summary(told, name)


def _print_summary(told: Told, name: str) -> None:
    """Say at a terminal where the summary and the page were written."""
    for path in told.written.summary if sys.stdout.isatty() else ():
        _tell(say("cli.sync.summary", name=name, path=path))
    if told.written.page is not None and sys.stdout.isatty():
        _tell(say("cli.report.written", path=told.written.page))


def _tell(line: str) -> None:
    """Write a line for the person at the terminal."""
    from sheetsync.cli.screen import flowed  # at night nobody is there

    click.echo(flowed(line))


def _print_refused(outcome: Outcome, name: str) -> None:
    """Say on stderr what was not written; exit code 3 needs its reason, off a terminal too."""
    if not outcome.refused:
        return
    from sheetsync.cli.findings import left_unwritten

    for line in left_unwritten(outcome.evaluation, phrases(spoken_language())):
        click.echo(f"{name}: {line}", err=True)


def _print_disturbed(outcome: Outcome, name: str) -> None:
    """Say on stderr which cells of the user's were hit by the write and put back."""
    if outcome.disturbed:
        tell_disturbed(outcome.disturbed, outcome.evaluation.links, name)


def tell_disturbed(disturbed: Iterable[Disturbance], links: Mapping[str, str], name: str) -> None:
    """Say on stderr which cells of the user's were hit by a write; ``links`` leads to the worksheets."""
    from sheetsync.cli.links import cell_link

    for one in disturbed:
        key = "cli.sync.disturbed" if one.certain else "cli.sync.disturbed_uncertain"
        restored = say("cli.sync.blank") if one.restored in (None, "") else f"“{_whole(one.restored)}”"
        link = cell_link(links, one.cell)
        line = say(key, name=name, cell=str(one.cell), restored=restored)
        click.echo(f"{line}  {link}" if link else line, err=True)


def _whole(value: CellValue) -> CellValue:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _print_counts(findings: tuple[Any, ...], name: str) -> None:
    errors = sum(1 for finding in findings if finding.severity is Severity.ERROR)
    warnings = sum(1 for finding in findings if finding.severity is Severity.WARNING)
    if errors or warnings:
        _tell(say("cli.sync.findings", name=name, errors=errors, warnings=warnings))


def _form(told: Told, *, dry_run: bool) -> dict[str, Any]:
    from sheetsync.cli.forms import disturbance_form, evaluation_form

    result = told.result
    known: dict[str, Any] = {"workbook": result.errand.job.name, "path": result.errand.location}
    if result.error is not None:
        disturbed = [disturbance_form(one, {}) for one in result.error.disturbed]
        told_of = {"error": said(result.error), "disturbed": disturbed, **_files(told.written)}
        return {**known, "exit_code": _code(told), **told_of}
    if result.bug is not None or result.outcome is None:
        return {**known, "exit_code": exits.BUG, "error": result.bug}
    receipt, links, evaluation = result.outcome.receipt, result.outcome.evaluation.links, result.outcome.evaluation
    warnings = history_warnings(evaluation, told.selected.config, evaluation.name, dry_run=dry_run)
    return {
        **evaluation_form(evaluation, phrases(spoken_language())),
        "history_warnings": list(warnings),
        "exit_code": _code(told),
        "planned": {
            "cells": len(result.outcome.evaluation.changes.cells),
            "columns": len(result.outcome.evaluation.changes.columns),
            "sheets": len(result.outcome.evaluation.changes.sheets),
            "notes": len(result.outcome.evaluation.changes.notes),
        },
        "refused": would_refuse(told.shut) if told.shut is not None else None,
        "written": _written(receipt) if receipt is not None else None,
        "disturbed": [disturbance_form(one, links) for one in result.outcome.disturbed],
        **_files(told.written),
    }


def _files(written: Written) -> dict[str, Any]:
    """Give the files that were written beside the workbook; null where no page is wanted."""
    return {"summary": list(written.summary), "page": written.page}


def _written(receipt: Receipt) -> dict[str, Any]:
    return {name: value for name, value in receipt._asdict().items() if name != "disturbed"}
