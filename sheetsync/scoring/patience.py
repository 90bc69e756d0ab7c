"""How long an item may go without an update: by its own rhythm, and without the days on which its owner is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sheetsync.model import Frequency, Person
from sheetsync.names import folded, names_in

Leave = Mapping[str, tuple[tuple[date, date], ...]]
"""When people are away, by name and by address as they are compared: first and last day, both included."""

_WEEK = 7
_DAYS = {Frequency.DAY: 1, Frequency.WEEK: 7, Frequency.MONTH: 31, Frequency.QUARTER: 92, Frequency.YEAR: 366}


def patience(neglect_days: int | None, rhythm: Frequency) -> int | None:
    """Give the days without an update after which an item of that rhythm is neglected; None where neglect is off.

    The profile's days are meant for a weekly rhythm: a week, and the grace after it. Any other item has its own period
    and the same grace: 38 days for a monthly one where the profile says 14.
    """
    if neglect_days is None or rhythm is Frequency.WEEK:
        return neglect_days
    return _DAYS[rhythm] + grace(neglect_days)


def grace(neglect_days: int) -> int:
    """Give the days that a profile lets pass after the end of a rhythm: what is beyond its week."""
    return max(neglect_days - _WEEK, 0)


def leave_of(people: Iterable[Person]) -> Leave:
    """Gather when people are away; one who stands there twice is away at both times."""
    found: dict[str, tuple[tuple[date, date], ...]] = {}
    for person in people:
        if person.leave.value:
            for name in {folded(text) for text in (person.name.value, person.email.value) if text}:
                found[name] = (*found.get(name, ()), *person.leave.value)
    return found


def days_away(owners: Sequence[str], leave: Leave, since: date, today: date) -> int:
    """Count the days after ``since`` and up to today on which everybody who is named is away; 0 where nobody is."""
    names = [folded(name) for text in owners for name in names_in(text)]
    if not names or any(name not in leave for name in names):
        return 0
    common: set[int] | None = None
    for name in names:
        away = _days(leave[name], since, today)
        common = away if common is None else common & away
    return len(common or ())


def _days(spans: Sequence[tuple[date, date]], since: date, today: date) -> set[int]:
    first = since + timedelta(days=1)
    return {
        day
        for begin, end in spans
        for day in range(max(begin, first).toordinal(), min(end, today).toordinal() + 1)
    }  # fmt: skip
