"""Which rows of a table hold data: not the blank ones, not the examples, not the totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from sheetsync.language import normalise
from sheetsync.reading.book import Book
from sheetsync.reading.tables import Found
from sheetsync.workbook import CellValue

_TITLES = frozenset(("objective", "key_result", "kpi"))
_LONGEST_WORD = 40
_SHORT_WORD = 7  # words up to this length begin many a name (Tổng doanh thu); longer ones begin a total


def data_rows(book: Book, found: Found) -> list[int]:
    """Give the numbers of the rows below a header that may hold data."""
    ignore = found.header.columns.get("ignore", (0,))[0] - 1
    examples, is_total = book.words.examples, _totals(book)
    titles = [columns[0] for name, columns in found.header.columns.items() if name in _TITLES]
    rows = found.sheet.rows
    kept = []
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
        total = value.__class__ is str and value != "" and is_total(value)
        if not total or any(_names_goal(values, column, is_total) for column in titles):
            kept.append(row)
    return _without_column_numbers(found, kept)


def _totals(book: Book) -> Callable[[str], bool]:
    totals = book.words.totals
    openings = tuple(word + " " for word in totals if len(word) > _SHORT_WORD)
    letters = {"", *(word[:1] for word in totals)}

    @cache
    def may_begin(letter: str) -> bool:
        return normalise(letter)[:1] in letters

    def is_total(text: str) -> bool:
        if not may_begin(text[0]):
            return False
        plain = normalise(text).rstrip(" :.") if len(text) <= _LONGEST_WORD else ""
        return plain in totals or plain.startswith(openings)

    return is_total


def _names_goal(values: Sequence[CellValue], column: int, is_total: Callable[[str], bool]) -> bool:
    """Say whether a goal is named in a row that begins with a word for a total, which then is just a remark."""
    title = values[column - 1] if column <= len(values) else None
    return isinstance(title, str) and title.strip() != "" and not is_total(title)


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
