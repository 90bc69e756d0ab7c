"""What would come of a mapping: the findings and the scores, before anything is written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sheetsync.cli.forms import finding_form, score_form
from sheetsync.cli.screen import STATUS_STYLES, coloured, console, findings_table, flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.results import Finding, Score, Severity
from sheetsync.sync import Evaluation

if TYPE_CHECKING:
    from rich.table import Table

MOST_FINDINGS, MOST_SCORES = 8, 15
_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


def result_form(evaluation: Evaluation | None) -> dict[str, Any]:
    """Give findings and scores as plain data; both are empty where there is nothing to be scored."""
    if evaluation is None:
        return {"findings": [], "scores": []}
    spoken = phrases(spoken_language())
    return {
        "findings": [finding_form(finding, spoken, evaluation.links) for finding in evaluation.findings],
        "scores": [{**score_form(score), "title": title} for _, title, score in _scored(evaluation)],
    }


def has_errors(evaluation: Evaluation) -> bool:
    """Say whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in evaluation.findings)


def print_result(evaluation: Evaluation) -> None:
    """Print how many findings there are with the gravest of them, then the first scores."""
    screen = console()
    counts = dict.fromkeys(Severity, 0)
    for finding in evaluation.findings:
        counts[finding.severity] += 1
    click.echo()
    told = say(
        "adopt.result.findings",
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], hints=counts[Severity.HINT],
    )  # fmt: skip
    _heading(told)
    gravest = sorted(evaluation.findings, key=_gravity)[:MOST_FINDINGS]
    if gravest:
        screen.print(findings_table(gravest, phrases(spoken_language())))
    _more(len(evaluation.findings) - len(gravest))
    scored = list(_scored(evaluation))
    click.echo()
    goals = evaluation.goals
    counted = {
        "objectives": len(goals.objectives), "key_results": len(goals.key_results), "kpis": len(goals.kpis)
    }  # fmt: skip
    _heading(say("adopt.result.scores", **counted))
    if scored:
        screen.print(_scores_table(scored[:MOST_SCORES]))
    _more(len(scored) - MOST_SCORES)


def _heading(text: str) -> None:
    click.echo(click.style(flowed(text), bold=coloured()))


def _more(count: int) -> None:
    if count > 0:
        click.echo(flowed("  " + say("adopt.result.more", count=count)))


def _gravity(finding: Finding) -> int:
    return _GRAVITY[finding.severity]


def _scored(evaluation: Evaluation) -> Iterator[tuple[int, str, Score]]:
    """Give what was scored with its title: objectives, each with its key results below it, then KPIs."""
    goals, scores = evaluation.goals, evaluation.scorecard.scores
    under: dict[str | None, list[tuple[str, str]]] = {}
    for item in goals.key_results:
        under.setdefault(item.objective, []).append((item.key, item.title.value or item.key))
    top = [(objective.key, objective.title.value or objective.key) for objective in goals.objectives]
    kpis = [(kpi.key, kpi.title.value or kpi.key) for kpi in goals.kpis]
    for key, title in (*top, *under.get(None, ()), *kpis):
        if key in scores:
            yield 0, title, scores[key]
        yield from ((1, name, scores[own]) for own, name in under.get(key, ()) if own in scores)


def _scores_table(scored: list[tuple[int, str, Score]]) -> Table:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    spoken = phrases(spoken_language())
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold" if coloured() else "")
    table.add_column(say("adopt.result.goal"), overflow="fold", max_width=70)
    table.add_column(say("adopt.result.score"), justify="right", no_wrap=True)
    table.add_column(say("cli.table.status"), no_wrap=True)
    for depth, title, score in scored:
        symbol, style = STATUS_STYLES[score.status]
        points = "–" if score.score is None else spoken.percent(score.score)
        status = Text(f"{symbol} {spoken.text(f'status.{score.status}')}", style=style if coloured() else "")
        table.add_row(Padding(Text(" ".join(title.split())), (0, 0, 0, 2 * depth)), points, status)
    return table
