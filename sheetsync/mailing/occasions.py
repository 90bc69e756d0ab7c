"""On which days which kind of mail is due, by the cadence of the company, and for one person by the times away.

A week counts by its check-in: its weekday, or the next working day where that is quiet or a holiday. Owners are asked
before it, and again later; leads of teams get their agenda in its morning, the company's leads the summary after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from sheetsync.cadence import MailWhen
from sheetsync.kinds import MailKind
from sheetsync.mailing.calendar import Spans, WorkingCalendar
from sheetsync.record import NamedTuple

REMINDER = "+"
"""What the period of the second question to an owner has behind that of the first."""
_BEFORE, _AFTER = 60, 60
"""Weeks to look back and ahead: the longest holiday of a configuration is a year, and it moves what lies around it."""
_MONTHS_BEFORE, _MONTHS_AFTER = 14, 3
_WEEK = timedelta(days=7)
_SUNDAY = timedelta(days=6)
_DAY = timedelta(days=1)


class Occasion(NamedTuple):
    """One time at which a kind of mail is due.

    ``period`` names it (``2026-W47``, its reminder ``2026-W47+``, a month ``2026-10``): each is told at most once to a
    person. ``day`` is the first day on which it is told, ``check_in`` the day of the check-in that it belongs to, and
    ``start`` and ``end`` are the days of the week or month that it is about. ``next`` is the day of the following one,
    on which this one is out of date.
    """

    kind: MailKind
    period: str
    day: date
    start: date
    end: date
    check_in: date | None = None
    next: date | None = None

    @property
    def reminds(self) -> bool:
        """Whether it asks an owner once more."""
        return self.period.endswith(REMINDER)

    @property
    def reminded(self) -> Occasion:
        """The first question, of which this one reminds; only its period is that of it."""
        return self._replace(period=self.period.removesuffix(REMINDER))


class Turn(NamedTuple):
    """The days on which one person may be told of an occasion: both included."""

    day: date
    last: date


class _Week(NamedTuple):
    monday: date
    sunday: date


def occasions(when: MailWhen, calendar: WorkingCalendar, around: date) -> dict[MailKind, tuple[Occasion, ...]]:
    """Give for every kind its occasions around a day, the earliest first; each knows when the following one is due."""
    weeks = list(_weeks(when, calendar, around))
    found: dict[MailKind, list[Occasion]] = {kind: [] for kind in MailKind}
    for week, day in weeks:
        for one in _of_week(when, calendar, week, day):
            found[one.kind].append(one)
    found[MailKind.KPI] = list(_of_months(when, calendar, around))
    return {kind: _in_line(some) for kind, some in found.items()}


def turn_of(occasion: Occasion, when: MailWhen, calendar: WorkingCalendar, away: Spans = ()) -> Turn | None:
    """Give the days on which a person may be told, who is away at some times; None where the next one comes first.

    Whoever is away is told on the first working day back; but what prepares a check-in is of no use once that is over.
    """
    day, end = calendar.first_from(occasion.day, away), _end(occasion)
    if day is None or (end is not None and day > end):
        return None
    last = calendar.moved(day, when.grace) or day
    return Turn(day, last if end is None else min(last, end))


def _end(occasion: Occasion) -> date | None:
    """Give the last day on which an occasion may be told to anybody; None where nothing ends it."""
    ends = [occasion.next - _DAY] if occasion.next is not None else []
    if occasion.kind is MailKind.TEAM and occasion.check_in is not None and occasion.day <= occasion.check_in:
        ends.append(occasion.check_in)
    return min(ends, default=None)


def _weeks(when: MailWhen, calendar: WorkingCalendar, around: date) -> Iterator[tuple[_Week, date]]:
    """Give every week with its true check-in; of weeks whose check-ins fall together the last counts."""
    monday = around - timedelta(days=around.weekday())
    moved: dict[date, _Week] = {}
    for number in count(-_BEFORE):
        try:
            start = monday + number * _WEEK
            week = _Week(start, start + _SUNDAY)
        except OverflowError:  # before the first year, or after the last
            if number > 0:
                break
            continue
        day = calendar.first_from(start + timedelta(days=when.check_in))
        if day is None or (number > _AFTER and day not in moved):  # a holiday is looked through to its end
            break
        moved[day] = week
    for day, week in moved.items():
        yield week, day


def _of_week(when: MailWhen, calendar: WorkingCalendar, week: _Week, check_in: date) -> Iterator[Occasion]:
    year, number, _ = week.monday.isocalendar()
    period = f"{year}-W{number:02d}"
    asked = calendar.moved(check_in, -when.owner)
    again = calendar.moved(asked, when.remind) if asked is not None and when.remind else None
    days = (
        (MailKind.OWNER, period, asked),
        (MailKind.OWNER, period + REMINDER, again),
        (MailKind.TEAM, period, calendar.moved(check_in, when.team)),
        (MailKind.COMPANY, period, calendar.moved(check_in, when.company)),
        (MailKind.WINS, period, calendar.moved(check_in, when.company)),
    )
    for kind, label, day in days:
        if day is not None:
            yield Occasion(kind, label, day, week.monday, week.sunday, check_in)


def _of_months(when: MailWhen, calendar: WorkingCalendar, around: date) -> Iterator[Occasion]:
    for number in range(-_MONTHS_BEFORE, _MONTHS_AFTER):
        try:
            start, following = _month(around, number), _month(around, number + 1)
            day = calendar.first_from(following + timedelta(days=when.kpi))
        except (ValueError, OverflowError):  # before the first year, or after the last
            continue
        if day is not None:
            yield Occasion(MailKind.KPI, f"{start.year:04d}-{start.month:02d}", day, start, following - _DAY)


def _month(around: date, number: int) -> date:
    """Give the first day of the month that is so many after that of a day."""
    months = around.year * 12 + around.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)


def _in_line(some: list[Occasion]) -> tuple[Occasion, ...]:
    """Sort occasions of one kind by day, and tell each when the following one is due; of those of one day the last."""
    by_day = {one.day: one for one in sorted(some, key=lambda one: (one.day, one.start, one.period))}
    line = list(by_day.values())
    return tuple(
        one._replace(next=line[place + 1].day if place + 1 < len(line) else None) for place, one in enumerate(line)
    )
