"""A KPI by itself: which of its periods count, what they add up to, and the achievement of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sheetsync.adding import added
from sheetsync.model import (
    Aggregation,
    Bounds,
    Done,
    Frequency,
    Kpi,
    Metric,
    Milestones,
    Period,
    PeriodValue,
    PerPeriod,
    Quantity,
    Reading,
    Relative,
    Target,
)
from sheetsync.noticed import Unlike
from sheetsync.record import NamedTuple
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.kpis.lengths import length_of
from sheetsync.scoring.kpis.sharing import is_level, target_in
from sheetsync.scoring.kpis.to_date import pair_of, shares_target, to_date_notes, year_to_date
from sheetsync.scoring.metrics import METRICS, Outcome, Terms
from sheetsync.scoring.metrics.aim import reached
from sheetsync.scoring.profile import Profile
from sheetsync.workbook import Cell


class Measured(NamedTuple):
    """Target and actual of one period; ``period`` is None where the row has no time."""

    period: Period | None
    target: Cell[Any]
    actual: Cell[Any]


class Periods(NamedTuple):
    """The periods of a KPI. ``used`` are complete and have an actual; ``left_out`` are complete and have none.

    ``running`` has begun and not ended; None where there is none.
    """

    used: tuple[Measured, ...]
    left_out: tuple[Measured, ...]
    running: Measured | None


class KpiGauge(NamedTuple):
    """What is known of a KPI before its group is looked at. ``missing`` where no complete period has an actual."""

    metric: Metric
    outcome: Outcome
    problem: NotScored | None
    periods: Periods
    aggregation: Aggregation
    missing: bool
    trend: str | None
    notes: tuple[Reason, ...]


_TARGETLESS = (Metric.YES_NO, Metric.PERCENT_DONE, Metric.MILESTONE)
"""Metrics whose target may be blank: yes, or all of it."""


def periods_of(item: Kpi, today: date) -> Periods:
    """Sort the periods into used, left out and running; quarters, years and totals never stand beside months."""
    targetless = metric_of(item) in _TARGETLESS
    used, left_out, running = [], [], None
    for measured in _same_kind(item, today) if item.periods else _alone(item):
        period, target, actual = measured
        if period is not None and period.end >= today:
            if running is None and period.start <= today:
                running = measured
        elif actual.value is None or (target.value is None and not (targetless and target.blank)):
            left_out.append(measured)
        else:
            used.append(measured)
    return Periods(tuple(used), tuple(left_out), running)


def _alone(item: Kpi) -> list[Measured]:
    """Give the one period of a row, of whose length a target for a longer time is shared as between columns."""
    pair, period = pair_of(item), item.period.value
    target = pair.target
    if period is not None and not pair.cumulative:
        target = target_in(item, PeriodValue(period, target, pair.actual), aggregation_of(item))
    return [Measured(period, target, pair.actual)]


def _same_kind(item: Kpi, today: date) -> list[Measured]:
    """Give the periods of one length, in order."""
    kind = length_of(item, today)
    aggregation = aggregation_of(item)
    chosen = [
        Measured(value.period, _target(item, value, aggregation), value.actual)
        for value in item.periods
        if value.period.frequency is kind
    ]
    return sorted(chosen, key=_start)


def target_of(item: Kpi, value: PeriodValue) -> Cell[Any]:
    """Give the target that one period of a KPI is held against."""
    return _target(item, value, aggregation_of(item))


def _target(item: Kpi, value: PeriodValue, aggregation: Aggregation) -> Cell[Any]:
    """Give the target of a period: its own, else the row's; of one for the year its part in it, or up to its end."""
    if item.to_date and (value.target.blank or value.target.ref == item.target.ref):
        return year_to_date(item, value.period)
    return target_in(item, value, aggregation)


def _start(measured: Measured) -> date:
    return measured.period.start if measured.period is not None else date.min


def gauge_kpi(item: Kpi, profile: Profile, today: date) -> KpiGauge:
    """Measure a KPI over its complete periods. Raises nothing: what cannot be measured has a problem."""
    periods = periods_of(item, today)
    metric, aggregation = metric_of(item), aggregation_of(item)
    notes = _notes(item, periods)
    problem = _unreadable(item, periods, METRICS[metric].reads_baseline)
    if problem is None and unlike_of(item, periods.used) is not None:
        problem = NotScored.UNITS_DIFFER
    if problem is None and not periods.used:
        return _without_periods(item, profile, metric, aggregation, periods, notes)
    if problem is not None:
        return KpiGauge(metric, Outcome(None), problem, periods, aggregation, False, None, notes)
    outcome = measure(item, periods.used, profile)
    trend = _trend(item, periods.used, profile)
    return KpiGauge(metric, outcome, outcome.problem, periods, aggregation, False, trend, notes + outcome.notes)


def _without_periods(
    item: Kpi,
    profile: Profile,
    metric: Metric,
    aggregation: Aggregation,
    periods: Periods,
    notes: tuple[Reason, ...],
) -> KpiGauge:
    """Show a running period without scoring it; call a past without any actual missing."""
    if any(measured.actual.blank for measured in periods.left_out):
        missing = profile.kpi.missing == "zero" and _may_be_filled(item)
        problem = None if missing else NotScored.NO_ACTUAL
        return KpiGauge(metric, Outcome(None, valued=False), problem, periods, aggregation, missing, None, notes)
    running = periods.running
    outcome = Outcome(None)
    if running is not None and running.actual.value is not None and running.target.value is not None:
        outcome = measure(item, (running,), profile) if unlike_of(item, (running,)) is None else outcome
    return KpiGauge(metric, outcome, NotScored.NO_PERIOD, periods, aggregation, False, None, notes)


def _may_be_filled(item: Kpi) -> bool:
    """Say whether the table has a place for an actual at all; without one nobody has left it out."""
    return bool(item.periods) or item.actual.column > 0


def _unreadable(item: Kpi, periods: Periods, reads_baseline: bool) -> NotScored | None:
    """Tell of a cell that could not be read where nothing else can be scored without it."""
    if reads_baseline and item.baseline.unreadable:
        return NotScored.UNREADABLE_BASELINE
    for measured in periods.left_out if not periods.used else ():
        if measured.actual.unreadable:
            return NotScored.UNREADABLE_CURRENT
        if measured.target.unreadable:
            return NotScored.UNREADABLE_TARGET
        if measured.target.value is None and not measured.actual.blank:
            return NotScored.NO_TARGET
    return None


def unlike_of(item: Kpi, used: Sequence[Measured]) -> Unlike | None:
    """Give two numbers in different units among those of the periods that are put together; None where none are."""
    if not item.unlike:
        return None
    from sheetsync.scoring.unlike import unlike_among  # few rows have such numbers

    counted = [cell for one in used for cell in (one.target, one.actual)]
    if METRICS[metric_of(item)].reads_baseline:
        counted.append(item.baseline)
    return unlike_among(item, counted)


def _notes(item: Kpi, periods: Periods) -> tuple[Reason, ...]:
    notes = _missing(item, periods)
    if _assumes_higher(item, periods):
        notes.append(DIRECTION_ASSUMED_HIGHER)
    if item.period.unreadable:
        notes.append(Reason("dates_unreadable", {"cell": item.period.ref, "field": "period"}))
    notes += to_date_notes(item)
    if shares_target(item, aggregation_of(item)):
        notes.append(Reason("target_shared", {"cell": item.target.ref}))
    notes += _spans(item, periods)
    if item.aggregation.value is None and len(periods.used) > 1 and not item.to_date:
        notes.append(Reason("aggregation_assumed", {"aggregation": aggregation_of(item).value}))
    return tuple(notes)


def _spans(item: Kpi, periods: Periods) -> list[Reason]:
    """Tell of a target that says for how long it is, where that is another time than that of the columns."""
    first = periods.used[0] if periods.used else periods.running
    if first is None or first.period is None:
        return []
    found, told = first.target.value, {"cell": first.target.ref, "target": first.target.raw}
    if isinstance(found, PerPeriod) and not (_is_each(item) and found.frequency is first.period.frequency):
        return [Reason("target_of_other_time", {**told, "period": first.period.label})]
    stated = item.target.value
    if not isinstance(stated, PerPeriod) or first.target.ref != item.target.ref:
        return []
    return [] if stated.frequency is first.period.frequency else [Reason("target_parted", told)]


def _is_each(item: Kpi) -> bool:
    return metric_of(item) is Metric.PER_PERIOD


def _missing(item: Kpi, periods: Periods) -> list[Reason]:
    """Tell of the past periods that were left out: those with nothing in them, and those that could not be read."""
    blank: list[str] = []
    unreadable: list[str] = []
    for period, target, actual in periods.left_out if item.periods else ():
        found = unreadable if actual.unreadable or (target.unreadable and not actual.blank) else blank
        found.append(period.label if period is not None else "")
    told = (("missing_period", blank), ("unreadable_period", unreadable))
    return [Reason(code, {"count": len(labels), "periods": ", ".join(labels)}) for code, labels in told if labels]


DIRECTION_ASSUMED_HIGHER = Reason("direction_assumed_higher", {})


def _assumes_higher(item: Kpi, periods: Periods) -> bool:
    if item.direction.value is not None or metric_of(item) not in (Metric.RATIO, Metric.STEPS):
        return False
    return not item.baseline.value and not any(isinstance(one.target.value, Bounds) for one in periods.used)


def metric_of(item: Kpi) -> Metric:
    """Give the stated metric; where none is stated the ratio, yes/no for yes and no, milestones for a list."""
    if item.metric.value is not None:
        return item.metric.value
    if isinstance(item.target.value, Milestones):
        return Metric.MILESTONE
    if isinstance(item.target.value, Done) or isinstance(_any_actual(item), Done):
        return Metric.YES_NO
    return Metric.RATIO


def _any_actual(item: Kpi) -> Reading | None:
    cells = [value.actual for value in item.periods] or [pair_of(item).actual]
    return next((cell.value for cell in cells if cell.value is not None), None)


def aggregation_of(item: Kpi) -> Aggregation:
    """Give the stated aggregation; where none is stated percentages and yes/no are averaged, other numbers summed.

    Numbers whose unit is % are percentages too.
    Of values to date the last one holds all others, whatever is stated. Values that each come near a yearly target are
    a level, which is averaged.
    """
    if item.to_date and item.periods:
        return Aggregation.LAST
    if item.aggregation.value is not None:
        return item.aggregation.value
    sample = _any_actual(item)
    shares = isinstance(sample, Done) or (isinstance(sample, Quantity) and sample.percent)
    shares = shares or (item.unit.value or "").strip() == "%"
    return Aggregation.AVERAGE if shares or is_level(item) else Aggregation.SUM


def measure(item: Kpi, used: Sequence[Measured], profile: Profile) -> Outcome:
    """Aggregate targets and actuals over the same periods, then apply the metric once: never a mean of ratios."""
    metric, aggregation = metric_of(item), aggregation_of(item)
    if metric is Metric.PER_PERIOD:
        return _each_period(item, used, profile)
    if len(used) == 1:
        target, current = used[0].target.value, used[0].actual.value
    elif metric is Metric.YES_NO:
        return _share_met(item, used, profile)
    else:
        current, target = _gather_actuals(used, aggregation), targets_together(item, used, aggregation)
    if isinstance(current, NotScored) or isinstance(target, NotScored):
        return Outcome(None, current if isinstance(current, NotScored) else target)
    baseline = item.baseline.value
    if baseline is not None and aggregation is Aggregation.SUM:
        baseline = baseline._replace(number=baseline.number * len(used))
    return METRICS[metric].measure(Terms(baseline, target, current, profile, direction=item.direction.value))


def _share_met(item: Kpi, used: Sequence[Measured], profile: Profile) -> Outcome:
    """Give the share of the periods in which the answer was the one that was wanted."""
    outcomes = [measure(item, (measured,), profile) for measured in used]
    problem = next((outcome.problem for outcome in outcomes if outcome.problem is not None), None)
    if problem is not None:
        return Outcome(None, problem)
    met = added(outcome.progress or 0.0 for outcome in outcomes)
    return Outcome(met / len(used), None, None, float(len(used)), met)


def _number(reading: Reading | None) -> Quantity | None:
    if isinstance(reading, Done):
        return Quantity(float(reading.yes))
    return reading if isinstance(reading, Quantity) else None


def _gather_actuals(used: Sequence[Measured], aggregation: Aggregation) -> Quantity | NotScored:
    readings = [_number(measured.actual.value) for measured in used]
    known = [reading for reading in readings if reading is not None]
    return _gather(known, aggregation) if len(known) == len(readings) else NotScored.WRONG_CURRENT_KIND


def _gather(known: Sequence[Quantity], aggregation: Aggregation) -> Quantity:
    return known[0]._replace(number=gather([reading.number for reading in known], aggregation))


def gather(numbers: Sequence[float], aggregation: Aggregation) -> float:
    """Make one number of several, in the order of their periods; ``last`` is the last of them."""
    if aggregation is Aggregation.SUM:
        return float(added(numbers))
    if aggregation is Aggregation.AVERAGE:
        return added(numbers) / len(numbers)
    if aggregation is Aggregation.LAST:
        return numbers[-1]
    return min(numbers) if aggregation is Aggregation.MIN else max(numbers)


def targets_together(item: Kpi, used: Sequence[Measured], aggregation: Aggregation) -> Target | NotScored:
    """Make one target of those of several periods; ranges are put together end by end."""
    targets = [_plain(measured.target.value, item.baseline.value) for measured in used]
    if all(isinstance(target, Quantity) for target in targets):
        return _gather([target for target in targets if isinstance(target, Quantity)], aggregation)
    bounds = [target for target in targets if isinstance(target, Bounds)]
    if len(bounds) < len(targets):
        return next((target for target in targets if isinstance(target, NotScored)), NotScored.WRONG_TARGET_KIND)
    return Bounds(
        _side([bound.low for bound in bounds], aggregation),
        _side([bound.high for bound in bounds], aggregation),
        bounds[0].percent,
    )


def _side(ends: Sequence[float | None], aggregation: Aggregation) -> float | None:
    """Give the end of the aggregated range; it is open where it is open in any period."""
    known = [end for end in ends if end is not None]
    return gather(known, aggregation) if len(known) == len(ends) else None


def _plain(target: Target | None, baseline: Quantity | None) -> Quantity | Bounds | NotScored:
    """Give a target of one period as a number or a range."""
    if isinstance(target, Quantity | Bounds):
        return target
    if isinstance(target, Done):
        return Quantity(float(target.yes))
    if isinstance(target, Relative):
        if baseline is None:
            return NotScored.RELATIVE_WITHOUT_BASELINE
        return baseline._replace(number=reached(target, baseline.number))
    # A blank target comes here only for metrics in which it means all of it.
    return Quantity(1.0, True) if target is None else NotScored.WRONG_TARGET_KIND


def _each_period(item: Kpi, used: Sequence[Measured], profile: Profile) -> Outcome:
    """Hold the actual of each period against a per-period target; one for other periods than those fits none."""
    target = used[0].target.value
    frequency = used[0].period.frequency if used[0].period is not None else None
    if isinstance(target, Quantity):
        target = PerPeriod(target.number, frequency or Frequency.MONTH)
    if isinstance(target, PerPeriod) and frequency is not None and target.frequency is not frequency:
        return Outcome(None, NotScored.WRONG_TARGET_KIND)
    numbers = [_number(measured.actual.value) for measured in used]
    actuals = tuple(number.number for number in numbers if number is not None)
    terms = Terms(item.baseline.value, target, used[-1].actual.value, profile, actuals=actuals)
    return METRICS[Metric.PER_PERIOD].measure(terms)


def _trend(item: Kpi, used: Sequence[Measured], profile: Profile) -> str | None:
    """Compare the achievement of the last two used periods in whole percent; ``up`` is better in any direction."""
    if len(used) < 2:
        return None
    before, last = (measure(item, (measured,), profile).progress for measured in used[-2:])
    if before is None or last is None:
        return None
    change = round(last * 100) - round(before * 100)
    return "flat" if change == 0 else "up" if change > 0 else "down"
