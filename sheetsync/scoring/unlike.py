"""Whether the numbers that a row would be scored by are in different units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sheetsync.model import KeyResult, Kpi
from sheetsync.noticed import Unlike
from sheetsync.workbook import Cell


def unlike_among(item: KeyResult | Kpi, cells: Iterable[Cell[Any]]) -> Unlike | None:
    """Give the first two numbers in different units that both are among the cells that count; None where none are.

    What the column Unit names counts for all of them.
    """
    counted = {(cell.sheet, cell.row, cell.column) for cell in cells}
    for one in item.unlike:
        (sheet, row, column, *_), other = one.cell, one.other
        beside = one.other_concept == "unit" or (other.sheet, other.row, other.column) in counted
        if beside and (sheet, row, column) in counted:
            return one
    return None
