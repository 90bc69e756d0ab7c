"""The least change that would turn a KPI green."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Aggregation, Kpi, Metric, Quantity, Reading
from sheetsync.results import NotScored, Score, Status
from sheetsync.scoring.changing import holding
from sheetsync.scoring.kpis.gauge import KpiGauge, Measured, gauge_kpi, measure, targets_together
from sheetsync.scoring.kpis.groups import status_at
from sheetsync.scoring.least.key_results import BEHIND, GREEN, Statuses, Step, step_of
from sheetsync.scoring.least.subject import Subject, least, subject_of
from sheetsync.scoring.profile import Profile

_BY_PERIOD = (Metric.YES_NO, Metric.PER_PERIOD)
"""Metrics that count each period by itself, so that no one number stands for several of them."""


def least_for_kpi(item: Kpi, profile: Profile, score: Score, today: date) -> tuple[Step, ...]:
    """Tell which actual of its complete periods together would put a KPI on track, and which would achieve it."""
    if score.not_scored is not None:
        return (Step("not_scored", reason=score.reason),)
    if score.status not in BEHIND:
        return ()
    found = gauge_kpi(item, profile, today)
    measured = found.periods.used or found.periods.left_out
    if len(measured) > 1 and found.metric in _BY_PERIOD:
        return (Step("periods"),)
    whole = _whole(item, found, measured)
    if whole is None:
        return (Step("impossible"),)
    steps: list[Step] = []
    for wanted in (GREEN, frozenset((Status.ACHIEVED,))):
        one = _step(*whole, wanted, profile, today)
        if one is not None and all(one.shown != step.shown for step in steps):
            steps.append(one)
    return tuple(steps) or (Step("impossible"),)


def _whole(item: Kpi, found: KpiGauge, measured: tuple[Measured, ...]) -> tuple[Kpi, Subject] | None:
    """Give the KPI as one period that holds all of those that count, and what an actual of it is held against."""
    if not measured:
        return None
    target = measured[0].target.value
    baseline = item.baseline
    if len(measured) > 1:
        together = targets_together(item, measured, found.aggregation)
        if isinstance(together, NotScored):
            return None
        target = together
        if baseline.value is not None and found.aggregation is Aggregation.SUM:
            summed = baseline.value.number * len(measured)
            baseline = holding(baseline, baseline.value._replace(number=summed))
    alone = item._replace(
        periods=(),
        metric=holding(item.metric, found.metric),
        baseline=baseline,
        target=holding(item.target, target) if target is not None else item.target,
    )
    current: Reading | None = None
    if found.periods.used:
        number = found.outcome.current
        current = measured[0].actual.value if len(measured) == 1 else Quantity(number or 0.0, _percent(measured))
    return alone, subject_of(found.metric, current, target, baseline.value, found.outcome, item.unit.value or "")


def _percent(measured: tuple[Measured, ...]) -> bool:
    first = measured[0].actual.value
    return isinstance(first, Quantity) and first.percent


def _step(alone: Kpi, subject: Subject, wanted: Statuses, profile: Profile, today: date) -> Step | None:
    def status(reading: Reading) -> Status | None:
        period = Measured(None, alone.target, holding(alone.actual, reading))
        outcome = measure(alone, (period,), profile)
        if outcome.problem is not None or outcome.progress is None:
            return None
        return status_at(outcome.progress, profile, today)

    found = least(subject, lambda reading: status(reading) in wanted)
    reached = status(found.reading) if found is not None else None
    return step_of(subject, found, reached) if found is not None and reached is not None else None
