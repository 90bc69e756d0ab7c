"""Where new columns may go: at the right of a table, in columns that are empty from top to bottom."""

from __future__ import annotations

from collections.abc import Collection

from sheetsync.model import Table
from sheetsync.workbook import Area, Worksheet

LAST_COLUMN = 16_384
"""The last column of an Excel worksheet, XFD."""


def free_columns(table: Table, sheet: Worksheet, count: int, promised: Collection[int] = ()) -> tuple[int, ...] | None:
    """Give ``count`` neighbouring columns at the right of a table that hold nothing of the user's; None: no room.

    A column is free where no cell of it holds a value or a formula, and no merged range, Excel table or print area
    reaches into it. ``promised`` are columns that another table of the worksheet is about to get.
    """
    taken = _taken_columns(sheet).union(promised)
    areas = [*sheet.merges, *sheet.tables, *([sheet.print_area] if sheet.print_area else [])]
    start = _last_column(table) + 1
    run = 0
    for column in range(start, LAST_COLUMN + 1):
        run = 0 if column in taken or _reached(areas, column) else run + 1
        if run == count:
            return tuple(range(column - count + 1, column + 1))
    return None


def _last_column(table: Table) -> int:
    used = [column for columns in table.columns.values() for column in columns]
    return max([*used, *table.computed.values(), *table.unmapped, *table.periods, *table.disputed.values(), 1])


def _reached(areas: list[Area], column: int) -> bool:
    return any(area.touches_column(column) for area in areas)


def _taken_columns(sheet: Worksheet) -> set[int]:
    taken = {column for _, column in sheet.formulas}
    for row in sheet.rows:
        if len(taken) >= len(row) and all(column in taken for column in range(1, len(row) + 1)):
            continue
        taken.update(column for column, value in enumerate(row, 1) if value is not None and value != "")
    return taken
