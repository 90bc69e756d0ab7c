"""KPIs whose name stands in one cell merged over several rows: a row for each person, shop or team that has it."""

from __future__ import annotations

from sheetsync.reading.adopted.unfolding.levels import MEASURES
from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Table


def merged_names(grid: Grid, table: Table) -> Unfolded | None:
    """Let the merged name of a KPI speak for all its rows that have an amount; None where no name is merged so."""
    titles = table.of("kpi")
    if table.kind != "kpi" or len(titles) != 1:
        return None
    title = titles[0].column
    amounts = {column.column for column in table.columns if column.concept in MEASURES or column.period}
    found: dict[int, int] = {}
    for area in grid.sheet.merges:
        inside = area.first_column <= title <= area.last_column and area.first_row >= table.first_data_row
        if inside and area.last_row > area.first_row and title in grid.row(area.first_row):
            below = range(area.first_row + 1, min(area.last_row, table.last_data_row) + 1)
            found |= {row: 0 if amounts.isdisjoint(grid.row(row)) else area.first_row for row in below}
    if not any(found.values()):
        return None
    sheet = InPlace(grid, table)
    for row, first in found.items():
        if first:
            sheet.put(row, title, Spot(grid.row(first).get(title), first, title))
        else:  # a remark beside the amounts above
            sheet.clear(row)
    return sheet.unfolded(table.columns, table.layout)
