"""From the periods that understanding found above columns to the days that they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sheetsync.model import Period
from sheetsync.reading.book import Book
from sheetsync.reading.headers import HeaderPeriod, dated, names_to_date
from sheetsync.reading.periods import Span
from sheetsync.reading.understanding import Column

_ROLES = ("target", "current", "target_to_date", "current_to_date")


def column_periods(book: Book, columns: Sequence[Column], sheet: str) -> dict[int, HeaderPeriod]:
    """Give the columns that hold a target or an actual of a period; a name that means no days is left out."""
    told = [column for column in columns if column.period and column.concept in _ROLES]
    days = {column.column: day for column in told if (day := day_of(column.period)) is not None}
    found = {}
    by_day = dated(days)
    for column in told:
        period = by_day.get(column.column) or _named(book, column, sheet)
        if period is not None:
            to_date = column.concept.endswith("_to_date") or names_to_date(book, column.header)
            found[column.column] = HeaderPeriod(period, column.concept.startswith("target"), to_date)
    return found


def _named(book: Book, column: Column, sheet: str) -> Period | None:
    span = span_of(column.period)
    days = book.days_of(span, sheet) if span is not None else None
    return Period(span.frequency, *days, column.header) if span is not None and days is not None else None


def span_of(text: str) -> Span | None:
    """Read a period as understanding names it: ``month 4``, ``quarter 2 2026``; None for a single day."""
    kind, number, *year = text.split()
    return None if kind == "day" else Span(kind, int(number), int(year[0]) if year else None)


def day_of(text: str) -> date | None:
    """Read a true date above a column: ``day 401 2026`` is 1 April 2026."""
    kind, number, *year = text.split()
    if kind != "day" or not year:
        return None
    month, day = divmod(int(number), 100)
    return date(int(year[0]), month, day)
