"""Shares a target for the whole year out over its weeks, months or quarters."""

from __future__ import annotations

from typing import Any

from sheetsync.model import Aggregation, Bounds, Frequency, Kpi, Period, PeriodValue, Quantity
from sheetsync.workbook import Cell

_LEAST, _NEAR = 2, 0.6
_DAYS_OF_MONTH = 30.44
_SHARES = {Frequency.DAY: 1 / 365, Frequency.WEEK: 1 / 52}


def target_in(item: Kpi, value: PeriodValue, aggregation: Aggregation) -> Cell[Any]:
    """Give the target of one period: its own, else the row's, of which a yearly one counts in equal shares.

    Only amounts that add up are shared: a percentage, an average or a stock is the same in every month.
    """
    own = value.target
    if not own.blank and own.ref != item.target.ref:
        return own
    if not item.yearly or aggregation is not Aggregation.SUM:
        return item.target if own.blank else own
    return item.target._replace(value=part_of(item.target.value, share_of(value.period)))


def is_level(item: Kpi) -> bool:
    """Say whether the values of a KPI are a level and no parts of its yearly target: each comes near the whole of it.

    A score of 50, 55 and 58 in three quarters against 60 for the year does not add up; sales of 50, 55 and 58 against
    240 do. The bound lies at 0.6 of the target, more than twice what a quarter brings on plan.
    """
    target = item.target.value
    numbers = [one.actual.value.number for one in item.periods if isinstance(one.actual.value, Quantity)]
    if not item.yearly or not isinstance(target, Quantity) or target.number <= 0 or len(numbers) < _LEAST:
        return False
    return sum(numbers) / len(numbers) >= _NEAR * target.number


def share_of(period: Period) -> float:
    """Give the share of a year, above 0 to 1, that a period makes: 1/12 for a month, 1/4 for a quarter."""
    share = _SHARES.get(period.frequency)
    if share is not None:
        return share
    return round(((period.end - period.start).days + 1) / _DAYS_OF_MONTH) / 12


def part_of(target: Any, share: float) -> Any:
    """Give a part of a number or of a range; any other target is the same at all times."""
    if isinstance(target, Quantity):
        return target._replace(number=target.number * share)
    if isinstance(target, Bounds):
        low, high = (None if end is None else end * share for end in (target.low, target.high))
        return target._replace(low=low, high=high)
    return target
