"""Two lists in one table, objectives on the left and key results on the right, tied by number and not by row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheetsync.reading.adopted.unfolding.unfolded import AMOUNTS, InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Table
from sheetsync.workbook import CellValue

_CODE = re.compile(r"\(?[A-Za-z]{0,4}[ .\-]?(\d{1,2})((?:[.,\-][A-Za-z]{0,2}\d{1,2})*)[.)]?")
_MOSTLY = 0.9
_LEAST = 2


def side_lists(grid: Grid, table: Table) -> Unfolded | None:
    """Put beside each key result the objective that its number names; None where that is the one of its row anyway."""
    objectives, key_results = table.of("objective"), table.of("key_result")
    if table.kind != "okr" or len(objectives) != 1 or len(key_results) != 1:
        return None
    objective, key_result = objectives[0].column, key_results[0].column
    if objective >= key_result:
        return None
    rows = [row for row in grid.filled if table.first_data_row <= row <= table.last_data_row]
    for left in range(1, objective):
        for right in range(objective + 1, key_result):
            parents = _parents(grid, rows, (left, objective), (right, key_result))
            if parents and _differ(grid, parents, objective):
                return _tied(grid, table, parents, right)
    return None


def _parents(grid: Grid, rows: Sequence[int], goals: tuple[int, int], results: tuple[int, int]) -> dict[int, int]:
    """Give the row of the objective of each key result, by the numbers before both; nothing where they do not fit."""
    known: dict[str, int] = {}
    told: dict[int, str] = {}
    for row in rows:
        cells = grid.row(row)
        number = _number(cells.get(goals[0]))
        if goals[1] in cells:
            if not number or number in known:
                return {}
            known[number] = row
        if results[1] in cells:
            told[row] = _number(cells.get(results[0]))
    found = {row: known[number] for row, number in told.items() if number in known}
    return found if len(known) >= _LEAST and len(found) >= _MOSTLY * len(told) else {}


def _number(value: CellValue) -> str:
    """Give the number of the objective in a code: 2 in O2, KR2.1, 2,1 and the number 2.1."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    match = _CODE.fullmatch(str(value).strip())
    return match[1] if match is not None else ""


def _differ(grid: Grid, parents: Mapping[int, int], objective: int) -> bool:
    """Say whether a key result stands beside, or below, another objective than its own."""
    beside = 0
    for row in range(min(parents), max(parents) + 1):
        beside = row if objective in grid.row(row) else beside
        if row in parents and parents[row] != beside:
            return True
    return False


def _tied(grid: Grid, table: Table, parents: Mapping[int, int], right: int) -> Unfolded:
    """Let everything left of the key results' numbers come from the row of their objective, but for amounts."""
    sheet = InPlace(grid, table)
    of_objectives = [one for one in table.columns if one.column < right]
    for row in range(table.first_data_row, table.last_data_row + 1):
        parent = parents.get(row, 0)
        for column in of_objectives if parent else ():
            value = grid.row(parent).get(column.column)
            kept = column.concept not in AMOUNTS
            sheet.put(row, column.column, Spot(value, parent, column.column) if kept else Spot(None, row))
    columns = [one for one in table.columns if one.column >= right or one.concept not in ("id", "order")]
    return sheet.unfolded(columns, "flat")
