"""Which rows of a table hold data: not the blank ones, not the examples, not the totals."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.language import normalise
from sheetsync.reading.book import Book
from sheetsync.reading.tables import Found
from sheetsync.reading.totals import Totals
from sheetsync.workbook import CellValue

_TITLES = frozenset(("objective", "key_result", "kpi"))


def data_rows(book: Book, found: Found) -> list[int]:
    """Give the numbers of the rows below a header that may hold data."""
    ignore = found.header.columns.get("ignore", (0,))[0] - 1
    examples = book.words.examples
    titles = [columns[0] for name, columns in found.header.columns.items() if name in _TITLES]
    totals = Totals(book, found, titles)
    rows = found.sheet.rows
    kept: list[int] = []
    for row in range(found.row + 1 + found.skipped, found.last_row + 1):
        values = rows[row - 1]
        if not any(values) and _empty(values):
            continue
        word = values[ignore] if 0 <= ignore < len(values) else None
        if isinstance(word, str) and word and normalise(word) in examples:
            continue
        for value in values:
            if value.__class__ is str and value:
                break
        if not (isinstance(value, str) and value and totals.is_total(values, value, kept)):
            kept.append(row)
    return _without_column_numbers(found, kept)


def _empty(values: Sequence[CellValue]) -> bool:
    """Say whether a row without a true value is blank, and not a row of zeros."""
    return all(value is None or value == "" for value in values)


def _without_column_numbers(found: Found, rows: list[int]) -> list[int]:
    """Leave out a row of column numbers (1, 2, 3 ...) right below the header."""
    if not rows or rows[0] != found.row + 1:
        return rows
    told = [value for value in found.sheet.rows[rows[0] - 1] if value not in (None, "")]
    numbers = [str(value).strip("()").removesuffix(".0") for value in told]
    return rows[1:] if len(told) >= 3 and numbers == [str(place) for place in range(1, len(told) + 1)] else rows
