"""Cells and the amounts in them, as plain data."""

from __future__ import annotations

from math import floor, isfinite, log10
from typing import Any

from sheetsync.model import Bounds, KeyResult, Kpi, Metric, PerPeriod, Quantity, Relative
from sheetsync.past import legible
from sheetsync.report.digest.source import Place, Source, known_of
from sheetsync.results import Score
from sheetsync.workbook import Cell, CellRef

_LINEAR = (Metric.INCREASE, Metric.DECREASE)
_DIGITS = 3
"""Figures that the way from baseline to target is told with; what the pace asks is no more exact than that."""


def cell_at(ref: CellRef, place: Place) -> dict[str, Any]:
    """Give the place of a cell with a link to it, where there is one that a mail client may open."""
    return {"text": str(ref), "a1": ref.a1, "sheet": ref.sheet, "url": safe(place.link(ref))}


def cell_of(cell: Cell[Any], place: Place) -> dict[str, Any]:
    """Give the place of a cell that was read."""
    return cell_at(cell.ref, place)


def cell_or_none(ref: CellRef | None, place: Place) -> dict[str, Any] | None:
    """Give the place of a cell; None where it is about no cell."""
    return None if ref is None else cell_at(ref, place)


def safe(url: str | None) -> str | None:
    """Let through links that a mail client may open: https and mailto."""
    return url if url is not None and url.lower().startswith(("https://", "mailto:")) else None


def text_of(cell: Cell[str]) -> str | None:
    """Give what somebody wrote; None where there is nothing but white space."""
    return cell.value.strip() if cell.value and cell.value.strip() else None


def raw_of(cell: Cell[Any]) -> str | None:
    """Give what stands in a cell, as text on one line; None where it is blank."""
    return None if cell.blank else " ".join(str(cell.raw).split())


def amount(number: float | None, meant: Any, unit: str | None = None) -> dict[str, Any] | None:
    """Give a number with what it counts; None where a number says nothing (milestones, yes and no).

    ``meant`` is the value of the cell that the number came from, ``unit`` what the row says that it counts.
    """
    if number is None or not isfinite(number):
        return None
    if meant is not None and not isinstance(meant, Quantity | Bounds | PerPeriod | Relative):
        return None
    percent = isinstance(meant, Quantity | Bounds) and meant.percent
    own = meant.unit if isinstance(meant, Quantity) else None
    return {"number": number, "percent": percent, "unit": unit or own}


def current_amount(item: KeyResult | Kpi, score: Score) -> dict[str, Any] | None:
    """Give the current value of a key result, or the actual of a KPI over its complete periods."""
    own = item.current.value if isinstance(item, KeyResult) else sample_of(item, "actual")
    used = score.source.value if isinstance(item, KeyResult) and score.source is not None else None
    return amount(_told(score.current, item, "actual"), used if used is not None else own, item.unit.value)


def _told(number: float | None, item: KeyResult | Kpi, name: str) -> float | None:
    """Give a number as it was entered; one that was computed over several periods as people would write it."""
    if number is None or not isfinite(number):
        return number
    if isinstance(item, KeyResult):
        computed = name == "actual" and isinstance(item.target.value, PerPeriod)
    else:
        entered = (getattr(getattr(one, name).value, "number", None) for one in item.periods)
        computed = bool(item.periods) and number not in entered
    return legible(number) if computed else number


def target_amount(item: KeyResult | Kpi, score: Score) -> dict[str, Any] | None:
    """Give the target of a key result, or that of a KPI over the same periods; of a range both ends."""
    meant = item.target.value if isinstance(item, KeyResult) else sample_of(item, "target")
    if isinstance(meant, Relative):
        meant = item.baseline.value
    return ranged(_told(score.target, item, "target"), meant, item.unit.value)


def ranged(number: float | None, meant: Any, unit: str | None = None) -> dict[str, Any] | None:
    """Give a target as ``amount`` does; one that is an end of a range from the lower to the upper one, ``to``.

    A number that is none of its ends stays one number.
    """
    found = amount(number, meant, unit)
    if found is None or not isinstance(meant, Bounds) or meant.low is None or meant.high is None:
        return found
    return {**found, "number": meant.low, "to": meant.high} if number in (meant.low, meant.high) else found


def expected_amount(item: KeyResult, score: Score) -> dict[str, Any] | None:
    """Give the value that the pace asks for today, where progress is a straight line of it; None else.

    It is told in three figures of the way from baseline to target.
    """
    low, high, pace = score.baseline, score.target, score.expected
    if score.metric not in _LINEAR or low is None or high is None or pace is None or low == high:
        return None
    digits = _DIGITS - 1 - floor(log10(abs(high - low)))
    number = round(low + pace * (high - low), digits)
    meant = item.target.value if not isinstance(item.target.value, Relative) else item.baseline.value
    return amount(float(number), meant, item.unit.value)


def sample_of(item: Kpi, name: str) -> Any:
    """Give what a target or an actual of a KPI looks like: its own, or that of a period."""
    own = getattr(item, name).value
    if own is not None:
        return own
    return next((value for one in item.periods if (value := getattr(one, name).value) is not None), None)


def place_to_fill(item: KeyResult, source: Source) -> CellRef:
    """Give the cell in which a new value of a key result is put in: its own, or the next row of the check-in log."""
    if item.current.column:
        return item.current.ref
    log = known_of(source).log_table
    if log is not None and log.columns.get("value"):
        return CellRef(log.sheet, log.last_row + 1, log.columns["value"][0])
    return item.title.ref
