"""What is expected by today: the dates of an item, and the curve between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sheetsync.model import Cycle, Frequency, KeyResult, Objective
from sheetsync.record import NamedTuple
from sheetsync.scoring.profile import Curve
from sheetsync.scoring.working_days import work_days


class Frame(NamedTuple):
    """The first day and the due day of an item, and ``pace``: the share of the way expected by today.

    ``running`` is True from the first day to the due day.
    """

    start: date | None
    due: date | None
    pace: float | None
    running: bool = False


def dates_of(item: KeyResult, parent: Objective | None, cycle: Cycle | None) -> tuple[date | None, date | None]:
    """Give start and due: the key result's own, else its own cycle, else the objective's, else the workbook's cycle."""
    start, due = item.start.value, item.due.value
    if start is not None and due is not None:
        return start, due
    own = item.cycle.value
    if own is not None:
        return start or own.start, due or own.due
    if parent is not None:
        start, due = start or parent.start.value, due or parent.due.value
        cycle = parent.cycle.value or cycle
    if cycle is not None:
        return start or cycle.start, due or cycle.due
    return start, due


def expected_share(start: date, due: date, today: date, curve: Curve) -> float:
    """Give the share of the way expected by today: 0 on the first day, 1 on the due day, along the curve."""
    if today >= due:
        return 1.0
    if today <= start:
        return 0.0
    if curve.kind == "shares":
        return _by_months(start, due, today, curve.shares)
    if curve.kind == "working_days":
        return _by_work(start, due, today, curve)
    share = (today - start).days / (due - start).days
    return share if curve.kind == "linear" else int(share * curve.steps + 1e-9) / curve.steps


def share_by(curve: Curve) -> Callable[[date, date, date], float]:
    """Give the curve as a function of first day, due day and day, for what looks along it; steps are taken as even."""
    even = curve._replace(kind="linear") if curve.kind == "steps" else curve
    return lambda start, due, day: expected_share(start, due, day, even)


def _by_months(start: date, due: date, today: date, shares: tuple[float, ...]) -> float:
    """Weigh each calendar month of the cycle by its share; inside a month the way is even."""
    done = total = 0.0
    first = start
    while first < due:
        last = min(_next_month(first), due)
        share = shares[first.month - 1] * (last - first).days / _days_of_month(first)
        total += share
        if today > first:
            done += share * min((today - first).days / (last - first).days, 1.0)
        first = last
    return done / total if total > 0 else (today - start).days / (due - start).days


def _by_work(start: date, due: date, today: date, curve: Curve) -> float:
    """Give the share of the days to work that are over; a span in which nobody works is even."""
    total = work_days(start, due, curve.week, curve.holidays)
    if total <= 0:
        return (today - start).days / (due - start).days
    return work_days(start, today, curve.week, curve.holidays) / total


def _next_month(day: date) -> date:
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _days_of_month(day: date) -> int:
    return (_next_month(day) - day.replace(day=1)).days


def complete_periods(start: date, due: date, today: date, frequency: Frequency) -> list[tuple[date, date]]:
    """Give first and last day of the periods that follow one another from the start and ended before today.

    A week is seven days, a month runs to the day before the same day of the next one. A period that would end after
    the due day is not one.
    """
    periods: list[tuple[date, date]] = []
    first = start
    while first < today:
        following = _after(start, frequency, len(periods) + 1)
        last = following - timedelta(days=1)
        if last >= today or last > due:
            return periods
        periods.append((first, last))
        first = following
    return periods


_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
_DAYS = {Frequency.DAY: 1, Frequency.WEEK: 7}


def _after(start: date, frequency: Frequency, count: int) -> date:
    """Give the day that lies so many periods after the start; the 31st becomes the last day of a shorter month."""
    if frequency in _DAYS:
        return start + timedelta(days=_DAYS[frequency] * count)
    months = start.year * 12 + start.month - 1 + _MONTHS[frequency] * count
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(start.day, _days_of_month(first)))
