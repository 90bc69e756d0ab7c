"""Shares a target for a longer time, such as the whole year, out over its weeks, months or quarters."""

from __future__ import annotations

from typing import Any

from sheetsync.adding import added
from sheetsync.model import Aggregation, Bounds, Frequency, Kpi, Metric, Period, PeriodValue, PerPeriod, Quantity
from sheetsync.workbook import Cell

_LEAST, _NEAR, _QUARTER = 2, 0.6, 0.25
_DAYS_OF_MONTH = 30.44
_SHARES = {Frequency.DAY: 1 / 365, Frequency.WEEK: 1 / 52}
_DAYS = {Frequency.DAY: 1, Frequency.WEEK: 7}
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}


def target_in(item: Kpi, value: PeriodValue, aggregation: Aggregation) -> Cell[Any]:
    """Give the target of one period: its own, else the row's, of which a yearly one counts in equal shares.

    Only amounts that add up are shared: a percentage, an average or a stock is the same in every month.
    """
    own = value.target
    apart = not own.blank and own.ref != item.target.ref
    if apart or not item.yearly or aggregation is not Aggregation.SUM:
        return _in_period(item, item.target if own.blank else own, value.period, aggregation)
    shared = item.target._replace(value=part_of(item.target.value, share_of(value.period)))
    return _in_period(item, shared, value.period, aggregation)


def _in_period(item: Kpi, cell: Cell[Any], period: Period, aggregation: Aggregation) -> Cell[Any]:
    """Give a target that says for how long it is (``300/quý``) as that of a period; as it is where that is not sure."""
    target = cell.value
    if not isinstance(target, PerPeriod):
        return cell
    share, each = share_in(target.frequency, period), item.metric.value is Metric.PER_PERIOD
    if share is None or (share != 1 and aggregation is not Aggregation.SUM and not each):
        return cell
    number = target.number * share
    return cell._replace(value=PerPeriod(number, period.frequency) if each else Quantity(number))


def share_in(frequency: Frequency, period: Period) -> float | None:
    """Give the share that a period makes of a longer time, 1 of its own; None where that is no whole number of it."""
    if frequency is Frequency.YEAR:
        return share_of(period)
    if period.frequency not in _MONTHS or frequency not in _MONTHS:
        days = _DAYS.get(frequency, 0), _DAYS.get(period.frequency, 0)
        return days[1] / days[0] if all(days) and days[0] >= days[1] else None
    whole, rest = divmod(_MONTHS[frequency], _months_of(period))
    return 1 / whole if whole and not rest else None


def is_level(item: Kpi) -> bool:
    """Say whether the values of a KPI are a level and no parts of its yearly target: each comes near the whole of it.

    A score of 50, 55 and 58 in three quarters against 60 for the year does not add up; sales of 50, 55 and 58 against
    240 do. The bound lies at 0.6 of the target, more than twice what a quarter brings on plan. Of a row for one period
    that period is enough, if it is no longer than a quarter.
    """
    target, period = item.target.value, item.period.value
    cells, least = [one.actual for one in item.periods], _LEAST
    if not cells and period is not None and share_of(period) <= _QUARTER:
        cells, least = [item.actual], 1
    numbers = [cell.value.number for cell in cells if isinstance(cell.value, Quantity)]
    if not item.yearly or not isinstance(target, Quantity) or target.number <= 0 or len(numbers) < least:
        return False
    return added(numbers) / len(numbers) >= _NEAR * target.number


def share_of(period: Period) -> float:
    """Give the share of a year, above 0 to 1, that a period makes: 1/12 for a month, 1/4 for a quarter."""
    share = _SHARES.get(period.frequency)
    if share is not None:
        return share
    return _months_of(period) / 12


def _months_of(period: Period) -> int:
    return round(((period.end - period.start).days + 1) / _DAYS_OF_MONTH)


def part_of(target: Any, share: float) -> Any:
    """Give a part of a number or of a range; any other target is the same at all times."""
    if isinstance(target, Quantity):
        return target._replace(number=target.number * share)
    if isinstance(target, Bounds):
        low, high = (None if end is None else end * share for end in (target.low, target.high))
        return target._replace(low=low, high=high)
    return target
