"""Dates as people type them: true dates, ``31/12/2025``, ``31.12.25``, ISO, ``2 Jan 2026``, ``05/11``, ``5 tháng 11``.

Whether the day or the month comes first is decided by the dates around: a number above 12 shows it. With points the
day always comes first. Where nothing shows it, or the dates contradict each other, those that could be either are
unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache

from sheetsync.language import normalise
from sheetsync.workbook import CellValue

FIRST_YEAR, LAST_YEAR = 1990, 2100
LEADS = ("ngay",)
"""Words before a date that are understood where no locale is at hand; normalised."""
_PIVOT = 2000  # of years with two digits
_EPOCH = date(1899, 12, 30)  # day 0 of a sheet that counts days; right from March 1900 on
_TO_1904 = 1462
"""Days between the two beginnings from which sheets count."""
_COUNT = len("45962")
_LONGEST = 60
_BARE_DAY = 8  # digits of 20251231


class Order(Enum):
    """What comes first in a date with slashes or hyphens."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    MIXED = "mixed"
    UNKNOWN = "unknown"


YearFor = Callable[[int, int], int]
"""Gives the year of a month and day that were written without one."""


@cache
def _numeric() -> re.Pattern[str]:
    sign = r" ?([/.-]) ?"
    return re.compile(rf"(\d{{1,2}}){sign}(\d{{1,2}})(?: ?\2 ?(\d{{4}}|\d{{2}}))?(?:,? \d{{1,2}}[:h]\d{{2}}.*)?")


@cache
def _time_first() -> re.Pattern[str]:
    return re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[ap]m)?[ ,-]+")


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ]\d.*)?")


@cache
def _signed() -> re.Pattern[str]:
    year, month, day = (normalise(signs) for signs in ("年년", "月월", "日号일"))
    return re.compile(rf"(?:(\d{{4}}) ?[{year}]+ ?)?(\d{{1,2}}) ?[{month}]+ ?(\d{{1,2}}) ?[{day}]+")


@cache
def _spelled() -> tuple[re.Pattern[str], ...]:
    word = r"(?P<month>(?:thang|thg) ?\d{1,2}|[^\W\d_]+(?: [^\W\d_]+){0,2}?)"
    year = r"(?:[ ,./'-]+(?:nam |de |del )?(?P<year>\d{4}|\d{2}))?(?: г\.?)?(?:,? \d{1,2}[:h]\d{2}.*)?"
    return (
        re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?(?: (?:of|de)(?= ))?[ .,/-]*{word}\.?{year}"),
        re.compile(rf"{word}\.?(?: |-(?=\d{{1,2}}[ ,-]))(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{year}"),
    )


def order_of(texts: Iterable[CellValue], years: bool = False) -> Order:
    """Give what comes first in the dates of a column; MIXED where they contradict each other.

    With ``years`` only dates with a year count: among texts of any kind 15/20 is something else.
    """
    day_first = month_first = False
    for text in {text for text in texts if isinstance(text, str)}:
        match = _numeric().fullmatch(text.strip())
        if match is None or match[2] == "." or (match[4] is None and (years or match[2] != "/")):
            continue
        first, second = int(match[1]), int(match[3])
        day_first |= 12 < first <= 31 and second <= 12
        month_first |= 12 < second <= 31 and first <= 12
    if day_first and month_first:
        return Order.MIXED
    if not day_first and not month_first:
        return Order.UNKNOWN
    return Order.MONTH_FIRST if month_first else Order.DAY_FIRST


def order_within(texts: Iterable[tuple[CellValue, date, date]], year_for: YearFor) -> Order:
    """Give the one order in which every unclear date lies between its two days; UNKNOWN where both or none do that."""
    told = {(readings(text, year_for), first, last) for text, first, last in set(texts)}
    fits = [all(first <= found[way] <= last for found, first, last in told if found is not None) for way in (0, 1)]
    if fits[0] == fits[1]:
        return Order.UNKNOWN
    return Order.DAY_FIRST if fits[0] else Order.MONTH_FIRST


def readings(raw: CellValue, year_for: YearFor, leads: tuple[str, ...] = LEADS) -> tuple[date, date] | None:
    """Give the two days that a text may mean, the one with the day first before the other; None where it is clear."""
    if not isinstance(raw, str) or len(raw) > _LONGEST or _numeric().fullmatch(_plain(raw, leads)) is None:
        return None
    day_first, month_first = (parse_date(raw, {}, year_for, way, leads) for way in (Order.DAY_FIRST, Order.MONTH_FIRST))
    if day_first is None or month_first is None or day_first == month_first:
        return None
    return day_first, month_first


def parse_date(
    raw: CellValue,
    months: Mapping[str, int],
    year_for: YearFor,
    order: Order = Order.DAY_FIRST,
    leads: tuple[str, ...] = LEADS,
) -> date | None:
    """Read a date of the years 1990 to 2100; None where the cell is no date, or could be two.

    A number is the count of days by which sheets keep dates. ``months`` gives the number of a month's normalised name,
    ``leads`` are normalised words that may stand before a date, the longest first.
    """
    if isinstance(raw, datetime):
        return _within(raw.date())
    if isinstance(raw, date):
        return _within(raw)
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return _serial(raw)
    return _parsed(_plain(raw, leads), months, year_for, order) if isinstance(raw, str) else None


def _parsed(plain: str, months: Mapping[str, int], year_for: YearFor, order: Order) -> date | None:
    if len(plain) > _LONGEST:
        return None
    if plain.isascii() and plain.isdecimal():
        return _bare(plain)
    match = _iso().fullmatch(plain)
    if match is not None:
        return _day(int(match[1]), int(match[3]), int(match[4]))
    match = _signed().fullmatch(plain)
    if match is not None:
        month, day = int(match[2]), int(match[3])
        return _day(_year(match[1], month, day, year_for), month, day)
    match = _numeric().fullmatch(plain)
    if match is not None:
        return _in_order(match, year_for, order)
    return _in_words(plain, months, year_for)


def _plain(raw: str, leads: tuple[str, ...]) -> str:
    """Give a text normalised, without a time and words such as a weekday before the date."""
    plain = normalise(raw).replace("–", "-")
    if len(plain) > _LONGEST:
        return plain
    if plain[:1].isdecimal():
        found = _time_first().match(plain)
        plain = plain[found.end() :] if found else plain
    while plain[:1].isalpha():
        lead = next((word for word in leads if plain.startswith((word + " ", word + ",", word + "."))), "")
        rest = plain[len(lead) :].lstrip(" ,.") if lead else ""
        if not rest:
            break
        plain = rest
    return plain


def _serial(days: float) -> date | None:
    """Read the count of days since the end of 1899, by which Excel and Google Sheets keep dates."""
    return _within(_EPOCH + timedelta(days=int(days))) if 0 < days < 1e5 else None


def from_1904(raw: CellValue) -> CellValue:
    """Give a bare count of days of a workbook that counts from 1904 as others count; anything else stays itself."""
    if isinstance(raw, str) and len(raw.strip()) == _COUNT and raw.strip().isdecimal():
        raw = int(raw)
    return raw + _TO_1904 if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


def _bare(digits: str) -> date | None:
    """Read a date of nothing but digits: 20251231, or a count of days that has become a text."""
    if len(digits) == _BARE_DAY:
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return _serial(int(digits)) if len(digits) == _COUNT else None


def _in_order(match: re.Match[str], year_for: YearFor, order: Order) -> date | None:
    first, second = int(match[1]), int(match[3])
    if match[2] != "/" and match[4] is None:
        return None  # 05.11 and 5-11 are numbers or ranges as well
    either = first <= 12 and second <= 12 and first != second and match[2] != "."
    if either and order in (Order.MIXED, Order.UNKNOWN):
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
