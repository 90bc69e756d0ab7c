"""The days on which mail may reach people: not on quiet weekdays, and not on holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

_FURTHEST = 800
"""Days to look ahead for one to work; the longest holiday of a configuration is a year."""
_DAY = timedelta(days=1)

Spans = tuple[tuple[date, date], ...]
"""Times away: first and last day of each, both included."""


class WorkingCalendar:
    """Knows which days are working days: all but quiet weekdays (0 is Monday) and holidays."""

    def __init__(self, quiet: Iterable[int] = (), holidays: Iterable[date] = ()) -> None:
        """Take the weekdays and the days without mail."""
        self._quiet = frozenset(quiet)
        self._holidays = frozenset(holidays)

    def works(self, day: date) -> bool:
        """Say whether it is a day to work."""
        return day.weekday() not in self._quiet and day not in self._holidays

    def first_from(self, day: date, away: Spans = ()) -> date | None:
        """Give the first day to work that is not before ``day`` and not inside a time away; None where none is near."""
        try:
            for _ in range(_FURTHEST):
                if self.works(day) and not any(start <= day <= end for start, end in away):
                    return day
                day += _DAY
        except OverflowError:  # the end of the calendar
            return None
        return None

    def moved(self, day: date, days: int) -> date | None:
        """Give the working day that is so many of them after ``day`` (before it, where negative); None as above."""
        step = _DAY if days >= 0 else -_DAY
        left = abs(days)
        try:
            for _ in range(_FURTHEST):
                if left == 0:
                    return day
                day += step
                left -= self.works(day)
        except OverflowError:
            return None
        return None
