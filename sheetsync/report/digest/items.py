"""One objective, key result or KPI as every digest shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from sheetsync.model import Item, KeyResult, Kpi, Objective, Relative
from sheetsync.report.digest.cells import (
    amount,
    cell_at,
    cell_of,
    current_amount,
    expected_amount,
    sample_of,
    target_amount,
    text_of,
)
from sheetsync.report.digest.questions import BAD, question_of, unreadable_cell
from sheetsync.report.digest.source import Place, Source, given_of, known_of
from sheetsync.report.digest.stale import lapse_of
from sheetsync.report.digest.weeks import item_weeks
from sheetsync.results import Score, Status
from sheetsync.workbook import CellRef

T = TypeVar("T")
An = TypeVar("An", bound=Item)
Told = dict[str, Any]

ROWS = 12
"""Rows of a table in a mail; the others are counted."""
ATTENTION = {Status.OFF_TRACK: 0, Status.MISSED: 1, Status.AT_RISK: 2, Status.NOT_SCORED: 3, Status.NOT_STARTED: 4}
"""The order in which items are told: those that need attention first, those on pace last."""


def item_of(item: Item, source: Source, *, asks: bool = False) -> dict[str, Any]:
    """Give an item as plain data. Only where ``asks`` is set it has the question that helps most with it.

    A question about what cannot be read leads to that cell.
    """
    score = source.scorecard.scores[item.key]
    unreadable = unreadable_cell(item, score) if asks else None
    known = known_of(source)
    updated = score.last_update
    return {
        "key": item.key,
        "kind": kind_of(item),
        "title": item.title.value or item.key,
        "owner": known.owner.get(item.key),
        "given": given_of(known.owner.get(item.key), source),
        "team": team_of(item, source),
        "level": item.level.value.value if not isinstance(item, Kpi) and item.level.value is not None else None,
        "status": score.status.value,
        "progress": score.progress,
        "expected": score.expected,
        "change": score.change,
        **_amounts(item, score),
        "last_update": updated if isinstance(updated, date) else None,
        "stale": lapse_of(item, source) is not None,
        "blocker": None if isinstance(item, Kpi) else text_of(item.blocker),
        "ask": None if isinstance(item, Kpi) else text_of(item.ask),
        "question": question_of(item, source) if asks else None,
        "why": source.why(score),
        "weeks": item_weeks(item.key, source),
        "forecast": forecast_of(item, source),
        "cell": item_cell(item, source.place) if unreadable is None else cell_of(unreadable[1], source.place),
    }


def kind_of(item: Item) -> str:
    """Give ``objective``, ``key_result`` or ``kpi``."""
    return "objective" if isinstance(item, Objective) else "kpi" if isinstance(item, Kpi) else "key_result"


def team_of(item: Item, source: Source) -> str | None:
    """Give the team of an item: its own, else that of its owner by the People sheet, else its objective's."""
    return item.team.value or next(iter(known_of(source).teams.get(item.key, ())), None)


def item_cell(item: Item, place: Place) -> dict[str, Any]:
    """Give where to look: the current value of a key result, else the title."""
    if isinstance(item, KeyResult) and item.current.column:
        return cell_of(item.current, place)
    # An objective that is named only beside its key results may have a cell without a column of its own.
    ref = item.title.ref
    return cell_at(ref if ref.column else CellRef(item.sheet, item.row, 1), place)


def _amounts(item: Item, score: Score) -> dict[str, Any]:
    if isinstance(item, Objective):
        return {"current": None, "target": None, "expected_value": None}
    return {
        "current": current_amount(item, score),
        "target": target_amount(item, score),
        "expected_value": expected_amount(item, score) if isinstance(item, KeyResult) else None,
    }


def forecast_of(item: Item, source: Source) -> dict[str, Any] | None:
    """Give where an item ends if it goes on so, with the bounds that hold in 80 of 100 cases; None where not told."""
    trend = source.trends.get(item.key)
    if trend is None or trend.forecast is None:
        return None
    found = trend.forecast
    return {
        "final": found.final,
        "low": found.low,
        "high": found.high,
        "reach": found.reach,
        "chance": found.chance,
        "value": None if isinstance(item, Objective) else amount(found.value, _meant(item), item.unit.value),
    }


def _meant(item: KeyResult | Kpi) -> Any:
    """Give a value in the unit that the item is measured in."""
    if isinstance(item, Kpi):
        return sample_of(item, "target")
    return item.baseline.value if isinstance(item.target.value, Relative) else item.target.value


def by_attention(items: Iterable[An], source: Source) -> list[An]:
    """Sort scored items so that those which need attention come first; the order of rows among equals."""
    scores = source.scorecard.scores
    return sorted((one for one in items if one.key in scores), key=lambda one: ATTENTION.get(scores[one.key].status, 5))


def by_gravity(items: Iterable[KeyResult], source: Source) -> list[KeyResult]:
    """Sort key results by status, the gravest first, and by how far they lag."""
    scores = source.scorecard.scores
    return sorted(items, key=lambda one: (BAD.get(scores[one.key].status, len(BAD)), gap(scores[one.key])))


def gap(score: Score) -> float:
    """Give progress less the pace: the more below 0, the further behind."""
    return (score.progress or 0.0) - (score.expected or 0.0)


def capped(rows: Sequence[Any], most: int, name: str) -> dict[str, Any]:
    """Give the first rows under a name, and how many more there are under ``more_`` and it."""
    return {name: list(rows[:most]), f"more_{name}": max(0, len(rows) - most)}


def told(found: Sequence[T], most: int, name: str, make: Callable[[T, Source], dict[str, Any]], source: Source) -> Told:
    """Give the same, where rows are made only of what is shown: of thousands of rows a mail shows a dozen."""
    return {name: [make(one, source) for one in found[:most]], f"more_{name}": max(0, len(found) - most)}
