"""Where the data of a table ends: above totals, signatures, legends, notes, and the title of the next table."""

from __future__ import annotations

import re
from bisect import bisect_left

from sheetsync.reading.understanding.candidates import begins_with_any
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import HeaderBlock
from sheetsync.reading.understanding.headings import plain
from sheetsync.workbook import CellValue

_DATELINE = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b")
_MOST_BLANK = 8
_FEW = 3
_NARROW = 5  # in a table of fewer columns a row of two cells is as good as any
_LOOKED_AHEAD = 12


def last_data_row(grid: Grid, block: HeaderBlock, columns: frozenset[int], following: int) -> int:
    """Give the last row of data of a table in some columns; ``following`` is the row of the next header, or beyond."""
    rows: list[int] = []
    before, width = block.first_data_row - 1, len(columns)
    dense = max(_FEW, 0.5 * width) + max(0, grid.width - width)
    for row in grid.filled[bisect_left(grid.filled, block.first_data_row) :]:
        if row >= following:
            break
        blank, before = row - before - 1, row
        if not blank and grid.count(row) > dense:
            rows.append(row)
            continue
        cells = [value for column, value in grid.row(row).items() if column in columns]
        if not cells:
            continue
        if (
            (blank or len(cells) <= max(_FEW, 0.5 * width))
            and rows
            and _ends(grid, row, cells, blank, width, following)
        ):
            break
        rows.append(row)
    while rows and grid.is_total(rows[-1]):
        rows.pop()
    return rows[-1] if rows else block.first_data_row


def _ends(grid: Grid, row: int, cells: list[CellValue], blank: int, width: int, following: int) -> bool:
    if blank > _MOST_BLANK and len(cells) < 0.4 * width:
        return True
    texts = [value for value in cells if isinstance(value, str)]
    numbers = len(cells) - len(texts)
    if len(cells) > max(_FEW, 0.5 * width) or (numbers and blank == 0 and not texts):
        return False
    if any(_DATELINE.search(plain(text)) for text in texts):
        return True
    endings = [text for text in texts if begins_with_any(text, grid.vocabulary.endings) and not grid.is_total(row)]
    if endings and (blank > 0 or (len(endings) == len(texts) and numbers == 0 and len(texts) >= 2)):
        return True
    return blank > 0 and width >= _NARROW and len(cells) <= 2 and _is_alone(grid, row, width, following)


def _is_alone(grid: Grid, row: int, width: int, following: int) -> bool:
    """Say whether a row with little in it is followed by rows with as little, as remarks below a table are."""
    place = bisect_left(grid.filled, row)
    later = [other for other in grid.filled[place : place + _LOOKED_AHEAD] if other < following]
    return all(len(grid.row(other)) <= max(2, 0.35 * width) for other in later)
