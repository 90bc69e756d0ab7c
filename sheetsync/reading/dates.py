"""Dates as people type them: true dates, ``31/12/2025``, ``31.12.25``, ISO, ``2 Jan 2026``, ``05/11``, ``5 tháng 11``.

Whether the day or the month comes first is decided by the column: a number above 12 shows it. Where the column shows
nothing the day comes first; where it contradicts itself, dates that could be either are unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache

from sheetsync.language import normalise
from sheetsync.workbook import CellValue

FIRST_YEAR, LAST_YEAR = 1990, 2100
_PIVOT = 2000  # of years with two digits


class Order(Enum):
    """What comes first in a date with slashes."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    MIXED = "mixed"


YearFor = Callable[[int, int], int]
"""Gives the year of a month and day that were written without one."""


@cache
def _numeric() -> re.Pattern[str]:
    return re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?:,? \d{1,2}[:h]\d{2}.*)?")


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ]\d.*)?")


@cache
def _spelled() -> tuple[re.Pattern[str], ...]:
    year, word = r"(?:[ ,.-]*(?:nam )?(?P<year>\d{4}|\d{2}))?", r"(?P<month>(?:thang|thg) ?\d{1,2}|[a-z]+)"
    return (
        re.compile(rf"(?:ngay )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ .-]*{word}\.?{year}"),
        re.compile(rf"{word}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?{year}"),
    )


def order_of(texts: Iterable[CellValue]) -> Order:
    """Give what comes first in the dates of a column."""
    day_first = month_first = False
    for text in texts:
        match = _numeric().fullmatch(text.strip()) if isinstance(text, str) else None
        if match is not None:
            day_first |= int(match[1]) > 12
            month_first |= int(match[3]) > 12
    if day_first and month_first:
        return Order.MIXED
    return Order.MONTH_FIRST if month_first else Order.DAY_FIRST


def parse_date(
    raw: CellValue, months: Mapping[str, int], year_for: YearFor, order: Order = Order.DAY_FIRST
) -> date | None:
    """Read a date of the years 1990 to 2100; None where the cell is no date, or could be two.

    ``months`` gives the number of a month's normalised name.
    """
    if isinstance(raw, datetime):
        return _within(raw.date())
    if isinstance(raw, date):
        return _within(raw)
    if not isinstance(raw, str):
        return None
    plain = normalise(raw)
    match = _iso().fullmatch(plain)
    if match is not None:
        return _day(int(match[1]), int(match[3]), int(match[4]))
    match = _numeric().fullmatch(plain)
    if match is not None:
        return _in_order(match, year_for, order)
    return _in_words(plain, months, year_for)


def _in_order(match: re.Match[str], year_for: YearFor, order: Order) -> date | None:
    first, second = int(match[1]), int(match[3])
    if match[2] != "/" and match[4] is None:
        return None  # 05.11 and 5-11 are numbers or ranges as well
    either = first <= 12 and second <= 12 and first != second
    if either and order is Order.MIXED:
        return None
    month_first = second > 12 or (either and order is Order.MONTH_FIRST)
    day, month = (second, first) if month_first else (first, second)
    return _day(_year(match[4], month, day, year_for), month, day)


def _in_words(plain: str, months: Mapping[str, int], year_for: YearFor) -> date | None:
    for pattern in _spelled():
        match = pattern.fullmatch(plain)
        if match is not None:
            word = match["month"]
            number = re.fullmatch(r"(?:thang|thg) ?(\d{1,2})", word)
            month = int(number[1]) if number else months.get(word)
            if month is not None and 1 <= month <= 12:
                day = int(match["day"])
                return _day(_year(match["year"], month, day, year_for), month, day)
    return None


def _year(text: str | None, month: int, day: int, year_for: YearFor) -> int:
    if text is None:
        return year_for(month, day) if 1 <= month <= 12 and 1 <= day <= 31 else 0
    return int(text) if len(text) > 2 else _PIVOT + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _within(date(year, month, day))
    except ValueError:
        return None


def _within(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
