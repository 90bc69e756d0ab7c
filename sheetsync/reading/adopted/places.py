"""Brings what was read from a virtual worksheet back to the cells in which it really stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetsync.model import PeriodValue
from sheetsync.noticed import Doubt
from sheetsync.workbook import Cell

Places = Sequence[Sequence[tuple[int, int]]]
"""For each cell of a virtual worksheet, row by row, the row and column in which its value really stands."""


def real_item(item: Any, places: Places) -> Any:
    """Give an objective, key result, KPI or check-in with every cell, and its own row, at its real place."""
    values = [_real(value, places) for value in item]
    return type(item)(*values)._replace(row=_row(item.row, places))


def real_doubt(doubt: Doubt, places: Places) -> Doubt:
    """Give a doubt about the cell in which the text really stands."""
    return doubt._replace(cell=_cell(doubt.cell, places))


def _real(value: Any, places: Places) -> Any:
    if isinstance(value, Cell):
        return _cell(value, places)
    if isinstance(value, tuple) and value and isinstance(value[0], PeriodValue):
        return tuple(PeriodValue(one.period, _cell(one.target, places), _cell(one.actual, places)) for one in value)
    return value


def _cell(cell: Cell[Any], places: Places) -> Cell[Any]:
    if cell.column == 0 or not (1 <= cell.row <= len(places) and cell.column <= len(places[cell.row - 1])):
        return cell._replace(row=_row(cell.row, places), column=0)
    row, column = places[cell.row - 1][cell.column - 1]
    return cell._replace(row=row, column=column)


def _row(row: int, places: Places) -> int:
    """Give the real row of a virtual one: that of its first cell."""
    return next((real for real, _ in places[row - 1] if real), row) if 1 <= row <= len(places) else row
