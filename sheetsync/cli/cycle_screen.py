"""What a closed cycle looks like in the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sheetsync.cli.screen import coloured, flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cycles.closing import COMPANY, KEY_RESULT, OBJECTIVE, Line, Result, Retrospective
from sheetsync.cycles.telling import amount, name_of, points, verdict

if TYPE_CHECKING:
    from sheetsync.cli.cycle_close import Closed

_COLOURS = {Result.REACHED: "green", Result.MISSED: "red", Result.RUNNING: "blue", Result.NOT_SCORED: "magenta"}
_TITLE = 44
"""Characters of a title that a line has room for."""


def print_closed(name: str, closed: Retrospective) -> None:
    """Print the verdict on the whole, then the goals by what they came to, then teams and people."""
    words, cycle = phrases(spoken_language()), closed.cycle
    days = {"start": cycle.start, "due": cycle.due, "profile": closed.profile}
    label = cycle.label or f"{words.date(cycle.start)} – {words.date(cycle.due)}"
    _bold(say("cli.cycle.close.head", name=name, cycle=label, **days))
    for line in _totals(closed):
        click.echo(_total(line))
    for result in Result:
        lines = [line for line in closed.lines if line.result is result]
        if lines:
            click.echo()
            heading = say(f"cli.cycle.close.results.{result}", count=len(lines))
            click.echo(click.style(heading, fg=_COLOURS[result], bold=True) if coloured() else heading)
            for line in lines:
                click.echo(flowed(_goal(line)))


def _bold(text: str) -> None:
    click.echo(click.style(flowed(text), bold=coloured()))


def _totals(closed: Retrospective) -> Iterator[Line]:
    return (line for line in closed.lines if line.kind not in (OBJECTIVE, KEY_RESULT))


def _total(line: Line) -> str:
    words = phrases(spoken_language())
    score = _points(line)
    kind = words.text(f"retrospective.kind.{line.kind}")
    name = name_of(line, words)
    told = name if line.kind == COMPANY else f"{kind} {name}"
    return flowed(f"  {score:>4}  {told}: {verdict(line, words)}")


def _goal(line: Line) -> str:
    words = phrases(spoken_language())
    score = _points(line)
    title = line.title if len(line.title) <= _TITLE else line.title[: _TITLE - 1].rstrip() + "…"
    name = f"{line.key}  {title}" if len(line.key) < _TITLE and line.key != line.title else title
    way = " → ".join(
        told
        for value in (line.baseline, line.target)
        if (told := amount(value, line.unit if value is line.target else "", words)) is not None
    )
    ended = amount(line.current, "", words)
    inside = "; ".join(part for part in (way, ended and say("cli.cycle.close.ended", value=ended)) if part)
    return f"  {score:>4}  {name}{f' ({inside})' if inside else ''}: {verdict(line, words)}"


def _points(line: Line) -> str:
    score = points(line.score)
    return "–" if score is None else phrases(spoken_language()).number(score, 2)


def close_form(one: Closed) -> dict[str, Any]:
    """Give a closed workbook as plain data: every line, and what was written."""
    known: dict[str, Any] = {"workbook": one.name, "path": one.location, "exit_code": one.code}
    if one.closed is None:
        return {**known, "error": one.told}
    cycle = one.closed.cycle
    return {
        **known,
        "cycle": {"label": cycle.label, "start": cycle.start, "due": cycle.due},
        "profile": one.closed.profile,
        "lines": [line_form(line) for line in one.closed.lines],
        "error": one.told or None,
        "worksheet": one.sheet,
        "planned": {"cells": one.planned},
        "written": {"cells": one.receipt.cells, "sheets": one.receipt.sheets} if one.receipt is not None else None,
    }


def line_form(line: Line) -> dict[str, Any]:
    """Give one line of a retrospective as plain data, with its verdict in the language of the terminal."""
    words = phrases(spoken_language())
    return {
        "key": line.key or None,
        "kind": line.kind,
        "title": line.title,
        "owner": line.owner or None,
        "team": line.team or None,
        "commitment": line.commitment or None,
        "from": amount(line.baseline, line.unit, words),
        "to": amount(line.target, line.unit, words),
        "ended_at": amount(line.current, line.unit, words),
        "progress": line.progress,
        "score": line.score,
        "grade": line.grade,
        "status": line.status.value if line.status is not None else None,
        "result": line.result.value if line.result is not None else None,
        "pass_mark": line.mark,
        "key_results": line.tally._asdict() if line.tally is not None else None,
        "verdict": verdict(line, words),
    }
