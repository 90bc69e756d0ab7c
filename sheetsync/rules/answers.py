"""RO2xx: goals that are done or not, and numbers that stand where yes or no is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.model import Done, Item, KeyResult, Kpi, Metric, Quantity
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, place, shown
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import Cell


def asks_answer(item: Item | None) -> bool:
    """Say whether a key result or KPI is done or not: by its metric, else by its target."""
    if not isinstance(item, KeyResult | Kpi):
        return False
    stated = item.metric.value
    return stated is Metric.YES_NO or (stated is None and isinstance(item.target.value, Done))


def _measured(facts: Facts) -> tuple[KeyResult | Kpi, ...]:
    return (*facts.goals.key_results, *facts.goals.kpis)


def targets_unfit(facts: Facts) -> Iterator[tuple[KeyResult | Kpi, Cell[Any]]]:
    """Give the goals that are done or not beside a target that counts something, each with that target.

    Where yes or no stands as the value, it is clear all the same: then the target only describes what is to be done.
    """
    for item in _measured(facts):
        if item.metric.value is not Metric.YES_NO:
            continue
        targets = [item.target, *(one.target for one in item.periods)] if isinstance(item, Kpi) else [item.target]
        unfit = next((cell for cell in targets if _counts(cell.value)), None)
        answers = [cell for cell in _values(facts, item) if not cell.blank]
        if unfit is not None and not (answers and all(isinstance(cell.value, Done) for cell in answers)):
            yield item, unfit


def _counts(target: Any) -> bool:
    return isinstance(target, Quantity) and target.number not in (0, 1)


def _values(facts: Facts, item: KeyResult | Kpi) -> list[Cell[Any]]:
    """Give the cells whose values count for a goal."""
    if isinstance(item, Kpi) and item.periods:
        return [one.actual for one in item.periods]
    score = facts.scorecard.scores.get(item.key)
    source = score.source if score is not None else None
    return [source or (item.actual if isinstance(item, Kpi) else item.current)]


def wanted(item: KeyResult | Kpi) -> Any:
    """Give what a goal asks for, for a message: its target, else the word of its metric."""
    return shown(item.metric if item.target.blank else item.target)


@rule(
    "RO256",
    "answer-in-part",
    Severity.HINT,
    title="A goal that is done or not is done in part",
    message=(
        "{current} counts as not done, since this goal is done or not. Write yes once it is done, or choose the metric "
        "“percent done”."
    ),
)
def answer_in_part(facts: Facts) -> Hits:
    """Report a share such as 30 % as the value of a goal that is done or not.

    ## Why is this bad?
    Half of a yes is no yet: the goal stays at 0 until all of it is done, however far the work is.

    ## Example
    Metric | yes/no
    Current | 30%

    ## Use instead
    Metric | percent done
    Current | 30%
    """
    for item in _measured(facts):
        if asks_answer(item):
            for cell in _values(facts, item):
                if isinstance(cell.value, Quantity) and 0 < cell.value.number < 1:
                    yield Hit(place(cell, item), item.key, {"current": shown(cell)})
