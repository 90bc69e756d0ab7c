"""KPIs in the next cycle: they go on where their year does, and begin anew, with empty actuals, where it ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sheetsync.cycles.following import shifted, whole_months
from sheetsync.model import Cycle, Kpi, Period, PeriodValue
from sheetsync.record import NamedTuple
from sheetsync.scoring.current import name_of
from sheetsync.workbook import Cell

_PLACES = ("bonus", "penalty", "target_to_date", "actual_to_date")


class _Shift(NamedTuple):
    """How far periods move on: by months where they are whole ones, else by days."""

    months: int = 0
    days: int = 0

    def of(self, period: Period) -> Period:
        """Give a period so much later, called by its days."""
        if self.months:
            start, end = shifted(period.start, self.months), shifted(period.end, self.months)
        else:
            start, end = (day + timedelta(self.days) for day in (period.start, period.end))
        return period._replace(start=start, end=end, label=f"{start:%d/%m/%Y} - {end:%d/%m/%Y}")


def next_kpis(
    items: Sequence[Kpi], cycle: Cycle, *, keep_targets: bool = True, ended: Collection[str] = ()
) -> tuple[Kpi, ...]:
    """Give the KPIs of the next cycle; ``ended`` are the names of goals that no KPI serves any more.

    Where it begins inside the periods that a table has, such as in the second quarter of a year of months, they go on
    with all they hold. Else every period moves on by as much as the table holds, with blank actuals; targets go
    along, or are blank to be set.
    """
    tables: dict[str, list[Kpi]] = {}
    for item in items:
        tables.setdefault(item.table, []).append(item)
    shifts = {name: _shift(_periods(own), cycle) for name, own in tables.items()}
    return tuple(_parted(_next(item, shifts[item.table], keep_targets=keep_targets), ended) for item in items)


def _parted(item: Kpi, ended: Collection[str]) -> Kpi:
    """Take the goals that end from those that a KPI serves."""
    served = item.aligned_to.value or ()
    names = tuple(name for name in served if name_of(name) not in ended)
    if len(names) == len(served):
        return item
    link = item.kpi_link if names else _blank(item.kpi_link)
    return item._replace(
        kpi_link=link, aligned_to=item.aligned_to._replace(raw="; ".join(names) or None, value=names or None)
    )


def _periods(items: Sequence[Kpi]) -> list[Period]:
    found = [value.period for item in items for value in item.periods]
    return found + [item.period.value for item in items if item.period.value is not None]


def _shift(periods: Sequence[Period], cycle: Cycle) -> _Shift | None:
    """Say how far a table's periods move; None where the cycle begins inside them."""
    if not periods:
        return _Shift()
    start, end = min(one.start for one in periods), max(one.end for one in periods)
    if cycle.start <= end:
        return None
    months = whole_months(start, end)
    if months and start.day == 1:
        times = 1
        while shifted(end, months * times) < cycle.start:
            times += 1
        return _Shift(months=months * times)
    span = (end - start).days + 1
    return _Shift(days=span * -(-(cycle.start - end).days // span))


def _next(item: Kpi, shift: _Shift | None, *, keep_targets: bool) -> Kpi:
    if shift is None:
        return item
    blank: dict[str, Any] = {name: _blank(getattr(item, name)) for name in ("actual", *_PLACES)}
    if not keep_targets:
        blank["target"] = _blank(item.target)
    period = item.period.value
    if period is not None:
        blank["period"] = item.period._replace(value=shift.of(period))
    periods = tuple(_moved(value, shift, keep_targets=keep_targets) for value in item.periods)
    return item._replace(periods=periods, **blank)


def _moved(value: PeriodValue, shift: _Shift, *, keep_targets: bool) -> PeriodValue:
    target = value.target if keep_targets else _blank(value.target)
    return PeriodValue(shift.of(value.period), target, _blank(value.actual))


def _blank(cell: Cell[Any]) -> Cell[Any]:
    return cell._replace(raw=None, value=None)
