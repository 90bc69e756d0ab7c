"""Where `values.append` finds a table: the block of filled cells that the range touches."""

from __future__ import annotations

from tests.sheets_server.area import Box
from tests.sheets_server.book import Sheet


def table_at(sheet: Sheet, asked: Box) -> Box | None:
    """Give the last table in a range, or None where no cell of the range holds anything.

    A table is what grows from a filled cell over all filled neighbours, diagonal ones too; the last one is the one
    with the last row, and on the same row the one furthest to the right.
    """
    for row in range(min(asked.bottom, len(sheet.grid.rows)) - 1, asked.top - 1, -1):
        cells = sheet.grid.rows[row][asked.left : asked.right]
        for offset in range(len(cells) - 1, -1, -1):
            cell = cells[offset]
            if cell is not None and cell.entered is not None:
                return _grown(sheet, Box(row, row + 1, asked.left + offset, asked.left + offset + 1))
    return None


def _grown(sheet: Sheet, box: Box) -> Box:
    while True:
        grown = Box(
            box.top - (box.top > 0 and _filled(sheet, box.top - 1, box.left - 1, box.right + 1)),
            box.bottom + _filled(sheet, box.bottom, box.left - 1, box.right + 1),
            box.left - (box.left > 0 and _filled_column(sheet, box.left - 1, box.top - 1, box.bottom + 1)),
            box.right + _filled_column(sheet, box.right, box.top - 1, box.bottom + 1),
        )
        if grown == box:
            return box
        box = grown


def _filled(sheet: Sheet, row: int, left: int, right: int) -> bool:
    if row >= len(sheet.grid.rows):
        return False
    return any(cell is not None and cell.entered is not None for cell in sheet.grid.rows[row][max(left, 0) : right])


def _filled_column(sheet: Sheet, column: int, top: int, bottom: int) -> bool:
    rows = range(max(top, 0), min(bottom, len(sheet.grid.rows)))
    return any(sheet.grid.cell(row, column).entered is not None for row in rows)
