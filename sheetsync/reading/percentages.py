"""Plain numbers of a row as percentages, where others beside them are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sheetsync.model import Bounds, Quantity, Relative
from sheetsync.workbook import Cell

_WHOLE = 100  # a plain number above it is no percentage unless the unit says so


def in_points(cell: Cell[Any]) -> bool:
    """Say whether a target is a change by percentage points."""
    return isinstance(cell.value, Relative) and cell.value.points


def kinds(row: Collection[Cell[Any]]) -> set[bool]:
    """Say which kinds of numbers stand in a row: percentages (True), plain ones (False)."""
    told = {cell.value.percent for cell in row if isinstance(cell.value, Quantity | Bounds)}
    return told | {True} if any(map(in_points, row)) else told


def as_percentages(row: Iterable[Cell[Any]], stated: bool) -> list[Cell[Any]] | None:
    """Give a row with all of its numbers as percentages; None where one of them makes no sense as such."""
    changed = [(cell, _as_percent(cell.value, stated)) for cell in row]
    if any(new is None and cell.value is not None for cell, new in changed):
        return None
    return [cell._replace(value=value) for cell, value in changed]


def _as_percent(value: Any, stated: bool) -> Any:
    """Give a plain quantity or bounds as a percentage; None where that makes no sense."""
    if isinstance(value, Quantity) and not value.percent:
        number = _fraction(value.number, stated)
        return None if number is None else Quantity(number, percent=True, unit=value.unit)
    if isinstance(value, Bounds) and not value.percent:
        ends = [None if end is None else _fraction(end, stated) for end in (value.low, value.high)]
        lost = (value.low is not None and ends[0] is None) or (value.high is not None and ends[1] is None)
        return None if lost else Bounds(ends[0], ends[1], percent=True)
    return value


def _fraction(number: float, stated: bool) -> float | None:
    """Give a plain number as the fraction that it means: 45 is 0.45; a number within a whole is one already."""
    size = abs(number)
    if size < 1 or (not stated and (size == 1 or (size <= 2 and not number.is_integer()))):
        return number
    if not stated and size > _WHOLE:
        return None
    return round(number / 100, 12)
