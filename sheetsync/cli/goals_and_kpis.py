"""OKRs and KPIs side by side on a terminal: each goal with the KPIs that serve it, where a workbook links any."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sheetsync.cli.screen import STATUS_STYLES, console
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.language import Phrases
from sheetsync.results import Serving, Status
from sheetsync.scoring.together.links import Goal
from sheetsync.sync import Evaluation

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SHOWN = 12
"""Goals that are shown; the others stand in ``check --json`` and in their explanations."""


def print_goals_and_kpis(evaluation: Evaluation) -> None:
    """Print the table on a terminal; nothing where no KPI serves a goal, or where nobody reads it."""
    if evaluation.scorecard.servings and sys.stdout.isatty():
        screen = console()
        screen.print()
        screen.print(goals_and_kpis(evaluation, phrases(spoken_language())))
        screen.print()


def goals_and_kpis(evaluation: Evaluation, spoken: Phrases) -> Table:
    """Give one line for each KPI of a goal; the goal itself stands in the first of them."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(say("cli.table.goal"), max_width=44)
    table.add_column(say("cli.table.status"), no_wrap=True)
    table.add_column("KPI", max_width=44)
    table.add_column(say("cli.table.status"), no_wrap=True)
    goals, scores = evaluation.goals, evaluation.scorecard.scores
    items: tuple[Goal, ...] = (*goals.objectives, *goals.key_results)
    served = [item for item in items if item.key in evaluation.scorecard.servings]
    for item in served[:SHOWN]:
        score, title = scores[item.key], " ".join((item.title.value or item.key).split())
        goal: tuple[str | Text, str | Text] = title, _standing(score.status, score.progress, spoken)
        for one in evaluation.scorecard.servings[item.key]:
            table.add_row(*goal, _named(one, spoken), _standing(one.status, one.achievement, spoken))
            goal = Text(""), Text("")
    return table


def _named(one: Serving, spoken: Phrases) -> str:
    return spoken.text(f"mail.linked_{one.link}", title=" ".join(one.title.split()))


def _standing(status: Status, share: float | None, spoken: Phrases) -> Text:
    from rich.text import Text

    symbol, style = STATUS_STYLES[status]
    told = "" if share is None else f"{spoken.percent(share)} "
    return Text(f"{symbol} {told}{spoken.text(f'status.{status}')}", style=style)
