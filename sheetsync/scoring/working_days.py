"""Days on which people work: a week of five or six days, and holidays, of which a named list is built in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

_TET = {2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 2)}
"""The first day of the lunar year by the Vietnamese calendar (new moon at UTC+7; in 2030 a day before China's)."""
_KINGS = {2024: (4, 18), 2025: (4, 7), 2026: (4, 26), 2027: (4, 16), 2028: (4, 4), 2029: (4, 23), 2030: (4, 12)}
"""The Hung Kings' day, the tenth of the third lunar month: that month begins with the second new moon after Tết's."""
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))
"""New Year, Reunification Day, Labour Day and National Day."""
_BETWEEN = ".."
_LONGEST = 366
_ALL_WEEK = 7


def _vietnam() -> tuple[date, ...]:
    """Give the public holidays of the years that are known, sorted.

    Source: Labour Code of Viet Nam (45/2019/QH14), article 112: the fixed days above, and five days of Tết, here the
    eve and the first four days, as they are mostly set, and the Hung Kings' day. Not in it, because it is set anew each
    year: the day beside 2 September, and working days that are swapped; a firm adds its own.
    """
    days = {date(year, *day) for year in _TET for day in (*_FIXED, _KINGS[year])}
    for year, day in _TET.items():
        first = date(year, *day)
        days |= {first + timedelta(days=step) for step in range(-1, 4)}
    return tuple(sorted(days))


NAMED: Mapping[str, tuple[date, ...]] = {"vn": _vietnam()}
"""The built-in lists of holidays by name: ``vn`` from 2024 to 2030."""


def in_lieu(holidays: Iterable[date], week: int) -> set[date]:
    """Give the days that are free because a holiday falls on a day off: for each the next day to work.

    A week has its first ``week`` days from Monday. Source: Labour Code of Viet Nam (45/2019/QH14), article 111.3.
    """
    off = set(holidays)
    given: set[date] = set()
    for day in sorted(off):
        if day.weekday() < week:
            continue
        following = day + timedelta(days=1)
        while following in off or following in given or following.weekday() >= week:
            following += timedelta(days=1)
        given.add(following)
    return given


def holidays_of(texts: Iterable[str], week: int = 5) -> tuple[date, ...]:
    """Read days (``2026-02-16``), ranges with both ends (``2026-02-14..2026-02-20``) and named lists (``vn``).

    Gives them sorted, each once; those of a named list come with their days in lieu for a week of so many days, your
    own as they are. ValueError with the text that is none of these, or a range of more than a year.
    """
    days: set[date] = set()
    for text in texts:
        if text in NAMED:
            days |= {*NAMED[text], *(in_lieu(NAMED[text], week) if week < _ALL_WEEK else ())}
            continue
        first, _, last = text.partition(_BETWEEN)
        try:
            start = date.fromisoformat(first.strip())
            end = date.fromisoformat(last.strip()) if last else start
        except ValueError:
            raise ValueError(text) from None
        if not 0 <= (end - start).days <= _LONGEST or text.endswith(_BETWEEN):
            raise ValueError(text)
        days.update(start + timedelta(days=step) for step in range((end - start).days + 1))
    return tuple(sorted(days))


def work_days(first: date, end: date, week: int, holidays: Sequence[date]) -> int:
    """Count the days to work from ``first`` to the day before ``end``; a week has its first ``week`` days from Monday.

    ``holidays`` must be sorted. Nothing is counted day by day, so that a year 9999 costs no more than another.
    """
    span = (end - first).days
    if span <= 0:
        return 0
    whole, rest = divmod(span, 7)
    days = whole * week + sum((first.weekday() + step) % 7 < week for step in range(rest))
    free = holidays[bisect_left(holidays, first) : bisect_left(holidays, end)]
    return days - sum(day.weekday() < week for day in free)
