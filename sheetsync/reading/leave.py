"""When people are away: ``20/12–05/01``, ``02/09/2026``, several of them with commas or semicolons between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from sheetsync.language import normalise
from sheetsync.reading.dates import Order, YearFor, order_of, parse_date
from sheetsync.workbook import CellValue

Spans = tuple[tuple[date, date], ...]

_LONGEST = 400  # characters of a cell
_MOST_DAYS = 400
"""A longer time is no leave but a typing error."""
_SHORT, _LONG = 31, 92
"""Where both orders of day and month give a time, a short one is meant rather than a long one."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    to = r"\s*(?:–|—|→|\.\.|~)\s*|\s+-\s+|\s+(?:den|toi|to|until|till)\s+|(?<=\d)-(?=\d{1,2}/)"
    return re.compile(r"\s*[;,]\s*|\s+(?:va|and|&)\s+"), re.compile(to)


def leave_times(raws: Iterable[CellValue], year_for: YearFor, order: Order) -> dict[CellValue, Spans | None]:
    """Read cells of one column, each once; None for one of which any part is no time.

    A part is a day or two days with a dash or a word between; without a year it is the one nearest to today, and the
    second day comes after the first. ``order`` is what the dates of the workbook show; UNKNOWN where they show nothing.
    """
    known = set(raws)
    shown = order_of(end for raw in known if isinstance(raw, str) for end in _ends(raw))
    return {raw: _times(raw, year_for, shown if shown is not Order.UNKNOWN else order) for raw in known}


def _plain(text: str) -> str:
    """Give a text as it is compared; a new line parts times, and would not outlast that."""
    return normalise(text.replace("\n", ";"))


def _ends(text: str) -> list[str]:
    parts, to = _patterns()
    return [end for part in parts.split(_plain(text[:_LONGEST])) for end in to.split(part)]


def _times(raw: CellValue, year_for: YearFor, order: Order) -> Spans | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        day = parse_date(raw, {}, year_for)
        return ((day, day),) if day is not None else None
    if len(raw) > _LONGEST:
        return None
    parts, to = _patterns()
    found = [_time(to.split(part.removeprefix("tu ")), year_for, order) for part in parts.split(_plain(raw)) if part]
    known = [span for span in found if span is not None]
    return tuple(sorted(known)) if known and len(known) == len(found) else None


def _time(ends: Sequence[str], year_for: YearFor, order: Order) -> tuple[date, date] | None:
    if len(ends) > 2:
        return None
    orders = (Order.DAY_FIRST, Order.MONTH_FIRST) if order in (Order.UNKNOWN, Order.MIXED) else (order,)
    found = {span for way in orders if (span := _between(ends, year_for, way)) is not None}
    spans = sorted(found, key=_length)
    if len(spans) == 2 and _length(spans[0]) <= _SHORT and _length(spans[1]) > _LONG:
        return spans[0]
    return spans[0] if len(spans) == 1 else None


def _length(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


def _between(ends: Sequence[str], year_for: YearFor, order: Order) -> tuple[date, date] | None:
    months: Mapping[str, int] = {}
    start, end = (parse_date(text.strip(), months, year_for, order) for text in (ends[0], ends[-1]))
    if start is None or end is None:
        return None
    if end < start and str(end.year) not in ends[-1]:
        end = _a_year_on(end)
    elif end < start and str(start.year) not in ends[0]:
        start = _a_year_on(start, -1)
    return (start, end) if start <= end and (end - start).days <= _MOST_DAYS else None


def _a_year_on(day: date, years: int = 1) -> date:
    """Give the same day of another year; 29 February is 28 February where there is none."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
