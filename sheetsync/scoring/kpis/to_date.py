"""Values to date: which of a month's column and a cumulative one counts against which target. They are never added."""

from __future__ import annotations

from typing import Any

from sheetsync.model import Aggregation, Frequency, Kpi, Period, PerPeriod, Quantity
from sheetsync.record import NamedTuple
from sheetsync.results import Reason
from sheetsync.scoring.kpis.sharing import part_of
from sheetsync.workbook import Cell

_MONTHS, _DAYS = 12, 365
_TIMES = {Frequency.YEAR: 1, Frequency.QUARTER: 4, Frequency.MONTH: 12}
"""How many of a time a year has: 1200/năm, 300/quý, 100/tháng."""
_BY_DAYS = (Frequency.DAY, Frequency.WEEK)


class Pair(NamedTuple):
    """The target and the actual that are held against each other; ``cumulative`` where they are values to date."""

    target: Cell[Any]
    actual: Cell[Any]
    cumulative: bool = False


def pair_of(item: Kpi) -> Pair:
    """Give what counts of a row with one target and one actual, of either kind.

    A month's value counts against the month's target. A value to date counts where there is no month's value or no
    month's target: against the target to date, else against the part of the year's target that is due by the end of
    the row's period, else against the one target that there is.
    """
    by_month = item.actual.column and item.actual.column != item.actual_to_date.column
    aimed = item.target.column and item.target.column != item.target_to_date.column and not item.yearly
    if not item.actual_to_date.column or (by_month and (aimed or not _aimed_to_date(item))):
        return Pair(item.target, item.actual)
    if item.target_to_date.column:
        return Pair(item.target_to_date, item.actual_to_date, cumulative=True)
    return Pair(year_to_date(item, item.period.value), item.actual_to_date, cumulative=True)


def _aimed_to_date(item: Kpi) -> bool:
    """Say whether a value to date has a target of its own: one to date, or one for the whole year."""
    return bool(item.target_to_date.column) or (item.yearly and bool(item.target.column))


def year_to_date(item: Kpi, period: Period | None) -> Cell[Any]:
    """Give the row's target; of one for the whole year, or for each month or quarter, what is due by a period's end.

    Only amounts that add up have parts: percentages, averages and stocks are the same in every month.
    """
    target = item.target.value
    times = _TIMES.get(target.frequency) if isinstance(target, PerPeriod) else 1 if item.yearly else None
    if times is None or period is None or not adds_up(item) or (times > 1 and period.frequency in _BY_DAYS):
        return item.target
    end = period.end
    share = end.timetuple().tm_yday / _DAYS if period.frequency in _BY_DAYS else end.month / _MONTHS
    amount = Quantity(target.number) if isinstance(target, PerPeriod) else target
    return item.target._replace(value=part_of(amount, min(share, 1.0) * times))


def adds_up(item: Kpi) -> bool:
    """Say whether the values of a KPI to date add up over the year; a stated aggregation decides, then the unit."""
    if item.aggregation.value is not None:
        return item.aggregation.value is Aggregation.SUM
    return not (isinstance(item.target.value, Quantity) and item.target.value.percent)


def shares_target(item: Kpi, aggregation: Aggregation) -> bool:
    """Say whether a target for the year counts in parts."""
    if not item.yearly or item.target.value is None:
        return False
    if item.periods:
        return adds_up(item) if item.to_date else aggregation is Aggregation.SUM
    shorter = item.period.value is not None and item.period.value.frequency is not Frequency.YEAR
    return shorter and not pair_of(item).cumulative and aggregation is Aggregation.SUM


def to_date_notes(item: Kpi) -> list[Reason]:
    """Tell which of a month's value and one to date counts, where both stand beside each other or only the latter."""
    if item.periods:
        return [Reason("cumulative_last", {})] if item.to_date else []
    actual = item.actual_to_date
    if not actual.column or actual.blank:
        return []
    if not pair_of(item).cumulative:
        return [Reason("to_date_beside", {"cell": actual.ref})] if actual.column != item.actual.column else []
    return [Reason("to_date_counts", {"cell": actual.ref})]
