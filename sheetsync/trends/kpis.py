"""Where KPIs that add up will stand at the end of their year: by the rate so far, and by last year's season."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import sqrt

from sheetsync.adding import added
from sheetsync.model import Aggregation, Frequency, Goals, Kpi, Metric, Period, Quantity
from sheetsync.past import Past, Remembered
from sheetsync.record import NamedTuple
from sheetsync.results import Score, Scorecard
from sheetsync.scoring.kpis.gauge import Periods, aggregation_of, metric_of, periods_of
from sheetsync.scoring.kpis.sharing import target_in
from sheetsync.trends.scorecard import moved_since
from sheetsync.trends.series import Snapshots
from sheetsync.trends.trend import Forecast, Trend

FEWEST = 3
"""Complete periods with an actual without which nothing is forecast."""
_T90 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356)
"""The 90 % point of Student's t by degrees of freedom from 1; beyond, that of the normal distribution is near."""
_T_MANY = 1.30
_A_YEAR = timedelta(days=365)
_DAYS = {Frequency.DAY: 1, Frequency.WEEK: 7}
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
_LATE = timedelta(days=45)
"""Until then the last period of a year is put in."""


class Sums(NamedTuple):
    """What a KPI was to do and did: target and actual of each complete period, the targets of those to come.

    ``grown`` is by how much the same periods of last year grew until its end (1.5: half as much again); None where that
    is not known.
    """

    targets: tuple[float, ...]
    actuals: tuple[float, ...]
    ahead: tuple[float, ...]
    grown: float | None = None


def kpi_trends(scorecard: Scorecard, goals: Goals, past: Past, today: date) -> Iterator[Trend]:
    """Tell the trend of every KPI that is scored, in the order of its rows; those that add up with a forecast."""
    for item in goals.kpis:
        score, found = scorecard.scores.get(item.key), past.items.get(item.key)
        if score is None:
            continue
        trend = Trend(item.key)
        if found is not None:
            snapshots = Snapshots(score, found, past.nights)
            trend = moved_since(trend, score, snapshots, today)
            trend = trend._replace(direction=_direction(item, score, snapshots, today))
        yield _with_forecast(trend, item, score, found, today)


def _direction(item: Kpi, score: Score, snapshots: Snapshots, today: date) -> str | None:
    """Compare the achievement with that of a period ago in whole percent, where the sheet itself tells no two periods.

    A row that is about one period alone is compared with nothing.
    """
    if score.trend is not None or score.progress is None or item.period.value is not None:
        return None
    before = snapshots.progress(_a_period_ago(item.frequency.value or Frequency.MONTH, today))
    if before is None:
        return None
    change = round(score.progress * 100) - round(before * 100)
    return "flat" if change == 0 else "up" if change > 0 else "down"


def _a_period_ago(frequency: Frequency, today: date) -> date:
    """Give the same day of the period before; the last of a month that has no such day."""
    if frequency in _DAYS:
        return today - timedelta(days=_DAYS[frequency])
    months = today.year * 12 + today.month - 1 - _MONTHS[frequency]
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=today.day - 1), last)


def _with_forecast(trend: Trend, item: Kpi, score: Score, past: Remembered | None, today: date) -> Trend:
    if score.not_scored is not None or score.progress is None:
        return trend._replace(lack="not_scored")
    if aggregation_of(item) is not Aggregation.SUM or metric_of(item) is not Metric.RATIO or not item.periods:
        return trend._replace(lack="not_summed")
    sums = sums_of(item, past, today)
    if sums is None:
        return trend._replace(lack="no_plan")
    if not sums.ahead:
        return trend._replace(lack="over")
    if len(sums.actuals) < FEWEST:
        return trend._replace(lack="too_few")
    return trend._replace(forecast=run_rate(sums), due=max(value.period.end for value in item.periods))


def sums_of(item: Kpi, past: Remembered | None, today: date) -> Sums | None:
    """Gather what was planned and done; None where a target is missing, or is no positive number."""
    periods = periods_of(item, today)
    used = [(_number(one.target.value), _number(one.actual.value)) for one in periods.used]
    kind = periods.used[-1].period if periods.used else None
    next_ones = [
        value
        for value in item.periods
        if kind is not None and value.period.frequency is kind.frequency and value.period.end >= today
    ]
    to_come = [_number(target_in(item, value, Aggregation.SUM).value) for value in next_ones]
    targets = [target for target, _ in used if target]
    actuals = [actual for _, actual in used if actual is not None]
    ahead = [target for target in to_come if target]
    if len(targets) < len(used) or len(actuals) < len(used) or len(ahead) < len(to_come):
        return None
    if any(target < 0 for target in (*targets, *ahead)):
        return None
    older = _years_before(periods)
    later = [value.period for value in next_ones]
    grown = _grown_in_sheet(periods, actuals, older, later) if older else _grown_in_past(past, today)
    return Sums(tuple(targets[older:]), tuple(actuals[older:]), tuple(ahead), grown)


def run_rate(sums: Sums) -> Forecast:
    """Forecast the achievement of the whole year from at least two complete periods.

    The rate is the actuals over the targets so far; it goes on over the targets to come, so that a plan with seasons
    keeps them. Where last year is known, this year grows from here as that one did. The interval is that of the sum of
    future periods when each is off its target by as much as the past ones were (Student's t; Montgomery, Jennings,
    Kulahci, Introduction to Time Series Analysis and Forecasting, section 3.4: prediction of new observations).
    """
    done, planned, rest = added(sums.actuals), added(sums.targets), added(sums.ahead)
    ratios = [actual / target for actual, target in zip(sums.actuals, sums.targets, strict=True)]
    rate, count = done / planned, len(ratios)
    total, whole = planned + rest, done + rate * rest
    if sums.grown is not None:
        whole = done * sums.grown
    mean = added(ratios) / count
    scatter = sqrt(added((ratio - mean) ** 2 for ratio in ratios) / (count - 1))
    off = scatter * sqrt(added(target**2 for target in sums.ahead) + rest**2 / count)
    half = (_T90[count - 2] if count - 2 < len(_T90) else _T_MANY) * off
    return Forecast(
        final=whole / total,
        low=(whole - half) / total,
        high=(whole + half) / total,
        method="run_rate" if sums.grown is None else "season",
        value=whole,
        value_low=whole - half,
        value_high=whole + half,
        rate=rate,
        seen=sums.grown,
    )


def _years_before(periods: Periods) -> int:
    """Give how many of the used periods ended in an earlier year than the last one; they are no part of this plan."""
    ends = [one.period.end.year for one in periods.used if one.period is not None]
    return sum(1 for year in ends if year < ends[-1])


def _grown_in_sheet(periods: Periods, actuals: Sequence[float], older: int, later: Sequence[Period]) -> float | None:
    """Give by how much last year grew from what this year has done so far to all that it plans.

    Each period is held against that of a year before; None where one of these is missing.
    """
    named = [one.period for one in periods.used if one.period is not None]
    before = list(zip(named[:older], actuals[:older], strict=True))
    done, to_come = _a_year_before(named[older:], before), _a_year_before(later, before)
    return (done + to_come) / done if done and done > 0 and to_come is not None else None


def _a_year_before(periods: Sequence[Period], before: Sequence[tuple[Period, float]]) -> float | None:
    """Add up the actuals of the same periods a year before."""
    found = []
    for period in periods:
        middle = period.start + (period.end - period.start) / 2 - _A_YEAR
        found += [actual for one, actual in before if one.start <= middle <= one.end]
    return added(found) if len(found) == len(periods) else None


def _grown_in_past(past: Remembered | None, today: date) -> float | None:
    """Give by how much the sum of the same day a year ago grew until that year's end, from what is remembered."""
    then = today - _A_YEAR
    if past is None or past.first > then:
        return None
    begun = past.on(then)
    end = date(then.year, 12, 31) + _LATE
    later = [seen.value for seen in past.observations if then < seen.day <= end and seen.value is not None]
    if begun is None or not begun.value or begun.value < 0 or not later:
        return None
    return max(max(later), begun.value) / begun.value


def _number(reading: object) -> float | None:
    return reading.number if isinstance(reading, Quantity) else None
