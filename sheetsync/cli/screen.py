"""What a person sees in the terminal: findings, changes and scores as lines and tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TextIO

from sheetsync.cli.speech import say
from sheetsync.language import Phrases
from sheetsync.results import Finding, Score, Severity, Status
from sheetsync.rules import message
from sheetsync.scoring.kpis.joined import joined
from sheetsync.sync import Evaluation
from sheetsync.workbook import CellValue

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
STATUS_STYLES = {
    Status.ACHIEVED: ("✓", "bold blue"),
    Status.ON_TRACK: ("●", "green"),
    Status.AT_RISK: ("▲", "yellow"),
    Status.OFF_TRACK: ("■", "red"),
    Status.MISSED: ("■", "red"),
    Status.NOT_STARTED: ("○", "dim"),
    Status.NOT_SCORED: ("?", "magenta"),
}


def coloured() -> bool:
    """Say whether colours are wanted: on a terminal, unless NO_COLOR is set; FORCE_COLOR asks for them anywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def console() -> Console:
    """Give the console for tables; off a terminal it is wide enough for every column."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 120
    return Console(
        width=width,
        color_system="auto" if coloured() else None,  # None leaves out bold and underlines too
        force_terminal=coloured() or None,
        highlight=False,
    )


def flowed(text: str, stream: TextIO | None = None) -> str:
    """Break a long line between words where a person reads it at a terminal; elsewhere leave it whole, for grep."""
    if not (stream or sys.stdout).isatty():
        return text
    from shutil import get_terminal_size
    from textwrap import fill

    left = text[: len(text) - len(text.lstrip())]
    room = get_terminal_size().columns
    return fill(text, room, subsequent_indent=f"{left}    ", break_long_words=False, break_on_hyphens=False)


def verdict_text(evaluation: Evaluation, name: str) -> str:
    """Give the one line that sums up a check of the workbook that messages call ``name``."""
    goals = evaluation.goals
    counts = dict.fromkeys(Severity, 0)
    for finding in evaluation.findings:
        counts[finding.severity] += 1
    return say(
        "cli.check.verdict",
        name=name,
        objectives=len(goals.objectives),
        key_results=len(goals.key_results),
        kpis=len(joined(goals.kpis, evaluation.today).kpis),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        hints=counts[Severity.HINT],
    )


def shown(value: CellValue, form: str, phrases: Phrases) -> str:
    """Give a cell's value as the sheet shows it."""
    if value is None or value == "":
        return "–"
    if form == "percent" and isinstance(value, int | float):
        return phrases.percent(value)
    if isinstance(value, float):
        return phrases.number(value)
    if isinstance(value, date):
        return phrases.date(value)
    return str(value)


def findings_table(findings: Sequence[Finding], phrases: Phrases) -> Table:
    """Give the findings as a table: severity, cell, what is wrong and what to do."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(say("cli.table.severity"))
    table.add_column(say("cli.table.cell"), no_wrap=True)
    table.add_column(say("cli.table.finding"), overflow="fold")
    for finding in findings:
        severity = Text(phrases.text(f"severity.{finding.severity}"), style=COLOURS[finding.severity])
        told = Text(message(finding, phrases)).append(f"  {finding.code}", style="dim")
        table.add_row(severity, str(finding.cell or ""), told)
    return table


def scores_table(evaluation: Evaluation, phrases: Phrases, room: int) -> Table:
    """Give objectives with their key results: progress as a bar with the pace mark, and the status.

    ``room`` is the width of the terminal in characters; a narrow one gets shorter bars.
    """
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(say("cli.table.goal"), max_width=52)
    table.add_column(say("cli.table.pace"))
    table.add_column("%", justify="right", no_wrap=True)
    table.add_column(say("cli.table.status"), no_wrap=True)
    width = 20 if room >= 100 else 12
    for depth, title, score in _tree(evaluation, phrases):
        name = Text(title, style="bold") if depth == 0 else Padding(title, (0, 0, 0, 2))
        percent = "" if score.progress is None else phrases.percent(score.progress)
        symbol, style = STATUS_STYLES[score.status]
        status = Text(f"{symbol} {phrases.text(f'status.{score.status}')}", style=style)
        table.add_row(name, _bar(score, style, width), percent, status)
    return table


def _tree(evaluation: Evaluation, phrases: Phrases) -> Iterable[tuple[int, str, Score]]:
    """Give each objective with the KPIs that serve it, then its key results, each with its own."""
    goals, scores = evaluation.goals, evaluation.scorecard.scores

    def beside(key: str) -> Iterable[tuple[int, str, Score]]:
        for one in evaluation.scorecard.servings.get(key, ()):
            yield 1, phrases.text(f"mail.linked_{one.link}", title=one.title), scores[one.kpi]

    under: dict[str | None, list[tuple[str, str]]] = {}
    for item in goals.key_results:
        under.setdefault(item.objective, []).append((item.key, _title(item.title.value, item.key)))
    for objective in goals.objectives:
        if objective.key in scores:
            yield 0, _title(objective.title.value, objective.key), scores[objective.key]
            yield from beside(objective.key)
        for key, title in under.get(objective.key, ()):
            if key in scores:
                yield 1, title, scores[key]
                yield from beside(key)


def _title(title: str | None, key: str) -> str:
    return title or key


def _bar(score: Score, style: str, width: int) -> Text:
    """Draw the progress in a bar of so many characters, with a mark where it is expected to be."""
    from rich.text import Text

    filled = round(width * min(max(score.progress or 0.0, 0.0), 1.0))
    cells = ["█"] * filled + ["░"] * (width - filled)
    if score.expected is not None:
        cells[min(round(width * score.expected), width - 1)] = "│"
    bar = Text()
    for cell in cells:
        bar.append(cell, style={"█": style, "░": "dim", "│": "bold"}[cell])
    return bar


def kpi_table(evaluation: Evaluation, phrases: Phrases) -> Table:
    """Give the groups of KPIs with weighted score and grade."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(say("cli.table.group"))
    table.add_column(say("cli.table.kpis"), justify="right")
    table.add_column(say("cli.table.weighted_score"), justify="right")
    table.add_column(say("cli.table.grade"))
    kpis = joined(evaluation.goals.kpis, evaluation.today, over_worksheets=False)
    for group in evaluation.scorecard.groups:
        score = "–" if group.weighted_score is None else phrases.percent(group.weighted_score)
        table.add_row(
            group.name, str(len(kpis.once(group.members))), score, phrases.grade(group.grade) if group.grade else "–"
        )
    return table
