"""``sheetsync plan``: show every cell that a sync would write; nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from functools import partial

import click

from sheetsync.cli import exits, options
from sheetsync.cli.findings import left_unwritten, place_of
from sheetsync.cli.forms import column_form, sheet_form, to_text, update_form
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.links import addresses, linked
from sheetsync.cli.remembering import refusal, would_refuse
from sheetsync.cli.screen import shown
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import Evaluated, evaluations, said
from sheetsync.errors import SheetsyncError
from sheetsync.guarding import emptied, vanished
from sheetsync.sync import Evaluation, guard

SHOWN = 60
"""Lines that a person at a terminal is shown; the others are counted."""


@click.command(cls=SpokenCommand, help=say("cli.plan.help"), short_help=say("cli.plan.short"))
@options.workbooks
@options.as_json
@options.no_history
@click.option("--exit-code", "exit_code", is_flag=True, help=say("cli.plan.exit_code"))
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    as_json: bool,
    no_history: bool,
    exit_code: bool,
) -> int:
    """Show what a sync would do."""
    read = evaluations(ctx, paths, only, config, today, remember=not no_history, rehearse=True)
    planned = [_guarded(one) for one in read]
    found = [one for one, _ in planned]
    if as_json:
        click.echo(to_text({"schema": "sheetsync.plan.v1", "workbooks": [_form(one) for one in found]}))
    else:
        several = sum(one.evaluation is not None for one in found) > 1
        for one in found:
            _print(one, named=several)
    for line in filter(None, (refused for _, refused in planned)):
        click.echo(line, err=True)
    changes = any(one.evaluation and not one.evaluation.changes.empty for one in found)
    pending = [exits.CHANGES] if exit_code and changes else []
    return exits.worst([*(one.code for one in found), *pending])


def _guarded(one: Evaluated) -> tuple[Evaluated, str]:
    """Note what would make a sync refuse, and what is to be said of it behind the plan, which is shown all the same.

    Where it would leave out some worksheet or column alone, it would write the rest.
    """
    if one.evaluation is None:
        return one, ""
    found, told = _refused(one, one.evaluation)
    left = left_unwritten(one.evaluation, phrases(spoken_language()))
    if not left or found.code != exits.COMPLETE:
        return found, told
    lines = "\n".join(f"{one.shown}: {line}" for line in left)
    return found._replace(code=exits.PARTIAL, told="\n".join(left)), lines


def _refused(one: Evaluated, evaluation: Evaluation) -> tuple[Evaluated, str]:
    """Note what would keep a sync from writing at all."""
    prefix = f"{one.name}: " if evaluation.links else ""  # an address alone tells nobody whose it is
    try:
        guard(evaluation)
    except SheetsyncError as error:
        return one._replace(code=error.exit_code, told=said(error)), f"{prefix}{said(error)}"
    code = refusal(evaluation)
    if code is not None:
        return one._replace(code=code, told=" ".join(one.history_warnings)), ""
    if one.shut is None:
        return one, ""
    told = would_refuse(one.shut)
    return one._replace(code=one.shut.exit_code, told=told), f"{prefix}{told}"


def _form(one: Evaluated) -> dict[str, object]:
    if one.evaluation is None:
        return {"workbook": one.name, "error": one.told}
    changes = one.evaluation.changes
    return {
        "workbook": one.name,
        "path": one.evaluation.location,
        "refused": one.told or None,
        "history_warnings": list(one.history_warnings),
        "vanished": [gone.key for gone in vanished(one.evaluation)],
        "emptied": [gone.key for gone in emptied(one.evaluation)],
        "columns": [column_form(column, one.evaluation.links) for column in changes.columns],
        "sheets": [sheet_form(sheet) for sheet in changes.sheets],
        "cells": [update_form(update, one.evaluation.links) for update in changes.cells],
        "notes": [update_form(update, one.evaluation.links) for update in changes.notes],
    }


def _print(one: Evaluated, *, named: bool) -> None:
    """Print what a sync would write; with ``named`` each line begins with its workbook, as those of a check do."""
    if one.evaluation is None:
        return
    place = f"{place_of(one.evaluation)}: " if named else ""
    lines = [f"{place}{line}" for line in _lines(one.evaluation)]
    on_screen = sys.stdout.isatty()
    for line in lines[:SHOWN] if on_screen else lines:
        click.echo(line)
    if on_screen and len(lines) > SHOWN:
        click.echo(say("cli.plan.more", count=len(lines) - SHOWN))
    if (on_screen and not one.evaluation.unwritable) or lines:
        changes = one.evaluation.changes
        key = "cli.plan.nothing" if changes.empty else "cli.plan.total"
        click.echo(say(key, name=one.shown, cells=len(changes.cells), columns=len(changes.columns)))
        if changes.notes:
            click.echo(say("cli.plan.notes", name=one.shown, count=len(changes.notes)))


def _lines(evaluation: Evaluation) -> Iterator[str]:
    phrases, known = evaluation.phrases, partial(addresses, evaluation.links)
    for key, lost in (("cli.plan.vanished", vanished(evaluation)), ("cli.plan.emptied", emptied(evaluation))):
        for gone in lost:
            said = gone.said("title", gone.last)
            yield say(key, item=gone.key, title=said.text if said else "", cell=f"{gone.sheet}!{gone.row}")
    for sheet in evaluation.changes.sheets:
        columns = ", ".join(column.text for column in sheet.columns)
        yield say("cli.plan.sheet", sheet=sheet.name, columns=columns)
    for column in evaluation.changes.columns:
        yield linked(say("cli.plan.column", cell=str(column.header), text=column.text), known((column.header,)))
    for update in sorted(evaluation.changes.cells, key=lambda one: (one.sheet, one.row, one.column)):
        before = shown(update.before, update.form, phrases)
        line = f"{update.ref}: {before} → {shown(update.after, update.form, phrases)}"
        yield linked(line, known((update.ref,)))
    for note in evaluation.changes.notes:
        text = " / ".join(note.after.splitlines())
        line = say("cli.plan.note" if text else "cli.plan.note_gone", cell=str(note.ref), text=text)
        yield linked(line, known((note.ref,)))
