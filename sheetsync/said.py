"""What a user's cell says, in the form in which it is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sheetsync.model import Kpi, PeriodValue
from sheetsync.reading.identity import period_name
from sheetsync.reading.raws import text_of
from sheetsync.snapshot import Said
from sheetsync.workbook import Cell

SILENT = Said("")
"""What a cell says in which nothing stands."""


def said_of(cell: Cell[Any]) -> Said:
    """Give what a cell says. A date says its day, so that another way to type the same one is no change."""
    value = cell.value
    if value is None or value.__class__ is str:
        return Said(text_in(cell)) if cell.raw is not None else SILENT
    number = getattr(value, "number", None)
    text = value.isoformat() if isinstance(value, date) else text_in(cell)
    return Said(text, float(number) if number is not None else None)


def targets_of_periods(item: Kpi) -> Iterator[tuple[str, PeriodValue]]:
    """Give the periods of a KPI that have a target of their own, by the concept under which that is remembered.

    Where one cell is the target of many periods it is the target of the row, and told once.
    """
    row = item.target
    for one in item.periods:
        target = one.target
        if target is not row and (target.column, target.row) != (row.column, row.row):
            yield f"target {period_name(one.period)}", one


def text_in(cell: Cell[Any]) -> str:
    """Give the text of a cell as it stands there, with single spaces; empty for a blank one."""
    raw = cell.raw
    if raw is None:
        return ""
    return " ".join((raw if raw.__class__ is str else text_of(raw) or "").split())
