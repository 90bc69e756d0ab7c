"""Where the data of a table ends: above totals, signatures, legends, notes, and the title of the next table."""

from __future__ import annotations

import re

from sheetsync.reading.understanding.candidates import begins_with_any, is_label
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.header_blocks import HeaderBlock

_DATELINE = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b")
_MOST_BLANK = 8
_FEW = 3


def last_data_row(grid: Grid, block: HeaderBlock, columns: frozenset[int], following: int) -> int:
    """Give the last row of data of a table in some columns; ``following`` is the row of the next header, or beyond."""
    last, blank, before = block.first_data_row, 0, block.first_data_row - 1
    for row in grid.filled:
        if row < block.first_data_row:
            continue
        if row >= following:
            break
        blank, before = row - before - 1, row
        cells = [value for column, value in grid.row(row).items() if column in columns]
        if not cells:
            continue
        if blank > _MOST_BLANK and len(cells) < 0.4 * len(columns):
            break
        if _ends(grid, row, cells, blank, len(columns)):
            break
        if not grid.is_total(row):
            last = row
    return last


def _ends(grid: Grid, row: int, cells: list[object], blank: int, width: int) -> bool:
    texts = [value for value in cells if isinstance(value, str)]
    numbers = len(cells) - len(texts)
    if len(cells) > max(_FEW, 0.5 * width) or (numbers and blank == 0 and not texts):
        return False
    if any(_DATELINE.search(plain(text)) for text in texts):
        return True
    endings = [text for text in texts if begins_with_any(text, grid.vocabulary.endings) and not grid.is_total(row)]
    if endings and (blank > 0 or (len(endings) == len(texts) and numbers == 0 and len(texts) >= 2)):
        return True
    if blank > 0 and len(cells) <= 2 and texts and not numbers:
        return any(is_label(text) for text in texts) or (blank >= 2 and width >= 5 and _is_alone(grid, row))
    return False


def _is_alone(grid: Grid, row: int) -> bool:
    """Say whether a row with little in it is followed by rows with as little, as remarks below a table are."""
    later = [other for other in grid.filled if other > row][:3]
    return all(len(grid.row(other)) <= 2 for other in later)
