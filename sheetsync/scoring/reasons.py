"""Why an item has its status, as a code and plain data; the words stand in the locale under ``why.<code>``.

A reason names dates, never ages, so that a cell does not change every night.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.model import BOUND_METRICS, KeyResult, Metric
from sheetsync.noticed import Unlike
from sheetsync.results import NotScored, Reason, Status
from sheetsync.scoring.status import Position, Ruling
from sheetsync.workbook import Cell

_ALONG = frozenset((Metric.INCREASE, Metric.DECREASE))
_THRESHOLDS = Ruling.THRESHOLDS


def for_key_result(
    metric: Metric, position: Position, status: Status, ruling: Ruling, last_update: date | None
) -> Reason:
    """Give the reason for a scored key result's status."""
    if ruling is _THRESHOLDS:
        return _on_the_way(metric, position, last_update)
    if ruling is Ruling.CONFIDENCE:
        return _dated("confidence", {"confidence": position.confidence, "progress": position.progress}, last_update)
    if ruling is Ruling.NO_CONFIDENCE:
        return Reason("no_confidence", {"progress": position.progress})
    if ruling is Ruling.BOUND:
        return _dated("bound_open", {"due": position.due}, last_update)
    if ruling is Ruling.NEGLECT:
        params = {"progress": position.progress, "expected": position.expected, "since": position.updated}
        return Reason("neglected", params)
    return _decided(position, status, ruling, last_update)


def _on_the_way(metric: Metric, position: Position, last_update: date | None) -> Reason:
    code = "pace" if position.expected is not None else "progress"
    if metric not in _ALONG:
        code = _other_way(metric, position)
    params: dict[str, Any] = {"progress": position.progress, "expected": position.expected, "due": position.due}
    return _dated(code, params, last_update)


def _other_way(metric: Metric, position: Position) -> str:
    """Give the code for metrics that are not a way from one number to another."""
    if metric in BOUND_METRICS:
        return "in_bounds" if position.progress >= 1 else "out_of_bounds"
    if metric is Metric.PER_PERIOD:
        return "per_period"
    if metric is Metric.YES_NO and position.due is not None and position.progress < 1:
        return "not_done_yet"
    return "pace" if position.expected is not None else "progress"


def _decided(position: Position, status: Status, ruling: Ruling, last_update: date | None) -> Reason:
    if ruling is Ruling.NOT_STARTED:
        return Reason("starts", {"start": position.start})
    if ruling is Ruling.PAST_DUE:
        params = {"score": position.score, "mark": position.pass_mark, "due": position.due, "valued": position.valued}
        if not position.valued:
            return Reason("no_value_at_due", params)
        return Reason("passed" if status is Status.ACHIEVED else "missed", params)
    if ruling is Ruling.REACHED:
        return _dated("reached", {"progress": position.progress}, last_update)
    code = "no_value" if status is Status.NOT_STARTED or position.expected is None else "no_value_late"
    return Reason(code, {"expected": position.expected})


def _dated(code: str, params: dict[str, Any], last_update: date | None) -> Reason:
    if last_update is None:
        return Reason(code, params)
    params["updated"] = last_update
    return Reason(code + "_updated", params)


_CELL_OF = {
    NotScored.UNREADABLE_TARGET: "target",
    NotScored.UNREADABLE_BASELINE: "baseline",
    NotScored.UNREADABLE_CURRENT: "current",
    NotScored.NEGATIVE_WEIGHT: "weight",
}


def for_problem(problem: NotScored, item: KeyResult, source: Cell[Any]) -> Reason:
    """Give the reason why a key result has no score."""
    if problem is NotScored.UNITS_DIFFER:
        from sheetsync.scoring.unlike import unlike_among  # few rows have such numbers

        return for_unlike(unlike_among(item, (source, item.target, item.baseline)) or item.unlike[0])
    if problem not in _CELL_OF:
        return Reason(problem.value, _NOTHING)
    cell = source if problem is NotScored.UNREADABLE_CURRENT else getattr(item, _CELL_OF[problem])
    return Reason(problem.value, {"cell": cell.ref, "text": shown(cell)})


def for_unlike(found: Unlike) -> Reason:
    """Give the reason why a row of which two numbers are in different units has no score."""
    texts = {"text": shown(found.cell), "other": shown(found.other)}
    return Reason(NotScored.UNITS_DIFFER.value, {"cell": found.cell.ref, **texts})


_NOTHING: dict[str, Any] = {}


def shown(cell: Cell[Any]) -> str:
    """Give what stands in a cell, short enough for a sentence."""
    text = " ".join(str(cell.raw).split())
    return text if len(text) <= 30 else text[:29] + "…"
