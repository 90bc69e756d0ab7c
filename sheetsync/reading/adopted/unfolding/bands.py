"""Objectives as headings that are merged over all columns, with their key results in the rows below."""

from __future__ import annotations

from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Table
from sheetsync.reading.understanding.row_words import OBJECTIVE, bands


def objective_bands(grid: Grid, table: Table) -> Unfolded | None:
    """Move the headings into a column of objectives; None where there is one, or no heading stands on top."""
    titles = table.of("key_result")
    if table.kind != "okr" or table.of(OBJECTIVE) or len(titles) != 1:
        return None
    headings = bands(grid, table)
    results = [row for row in grid.filled if table.first_data_row <= row <= table.last_data_row and row not in headings]
    if not headings or not results or headings[0] > results[0]:
        return None
    sheet = InPlace(grid, table)
    place = sheet.add(Spot(titles[0].header, table.header_rows[-1]))
    for row in (*headings, *(row for row in results if grid.is_band(row))):
        ((column, text),) = grid.row(row).items()
        sheet.clear(row)
        if row in headings:
            sheet.put(row, place, Spot(text, row, column))
    columns = [*table.columns, titles[0]._replace(concept=OBJECTIVE, column=place)]
    return sheet.unfolded(columns, "objective-rows")
