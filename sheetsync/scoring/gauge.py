"""A key result by itself: which metric, which current value, which progress, which expectation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sheetsync.model import CheckIn, KeyResult, Metric, Milestones, Objective, PerPeriod, Quantity
from sheetsync.record import NamedTuple
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.choose import METRIC_GUESSED, Choice, choose
from sheetsync.scoring.current import current_of, entries_of
from sheetsync.scoring.metrics import METRICS, Expects, MetricRule, Outcome, Terms
from sheetsync.scoring.pace import Frame, complete_periods
from sheetsync.scoring.season import Season, frame_of
from sheetsync.workbook import Cell


class Gauge(NamedTuple):
    """What is known of a key result before its siblings are looked at.

    ``outcome`` holds progress and numbers even where ``problem`` is about the dates; ``expects`` is None where no
    metric could be chosen. ``updated`` is the day of the last update.
    """

    metric: Metric | None
    expects: Expects | None
    outcome: Outcome
    problem: NotScored | None
    source: Cell[Any]
    updated: date | None
    frame: Frame
    expected: float | None
    notes: tuple[Reason, ...]


_NOTHING = Outcome(None)
_ALWAYS, _PACE = Expects.ALWAYS, Expects.PACE
_PER_PERIOD = Metric.PER_PERIOD


def gauge(item: KeyResult, parent: Objective | None, season: Season) -> Gauge:
    """Measure a key result. Raises nothing: what cannot be measured has a problem."""
    entries = entries_of(item, season.log) if season.log else ()
    seen = season.seen.get(item.key) if season.seen else None
    changed = seen.changed if seen is not None else None
    source, updated, notes = current_of(item, entries, season.today, changed)
    frame = frame_of(item, parent, season)
    metric, problem = item.metric.value, None
    if metric is None:
        metric, problem, guessed = _chosen(item, source)
        if guessed:
            notes = (*notes, METRIC_GUESSED)
    if metric is None:
        return Gauge(None, None, _NOTHING, problem, source, updated, frame, None, notes)
    rule = METRICS[metric]
    problem = _unreadable(item, source, rule) or _incomparable(item, source, rule)
    actuals = None
    if metric is _PER_PERIOD and problem is None:
        if entries:
            actuals, problem = _actuals(item, entries, frame, season)
        elif source.value is None and _is_first_period(item, frame, season.today):
            actuals = ()
    if problem is not None:
        return Gauge(metric, rule.expects, _NOTHING, problem, source, updated, frame, None, notes)
    outcome = rule.measure(
        Terms(item.baseline.value, item.target.value, source.value, season.profile, item.falls, None, actuals)
    )
    if outcome.notes:
        notes += outcome.notes
    if item.start.raw is not None or item.due.raw is not None or item.cycle.raw is not None:
        notes += _dates_unreadable(item)
    expects = rule.expects
    if expects is _PACE:
        if item.falls and _is_ratio(metric):
            expects = _ALWAYS
        expected = frame.pace if expects is _PACE else 1.0
    else:
        expected = _expected(expects, frame, season.today)
    problem = outcome.problem or (None if frame.pace is not None else _problem_of_dates(expects, frame, season))
    return Gauge(metric, expects, outcome, problem, source, updated, frame, expected, notes)


def _chosen(item: KeyResult, source: Cell[Any]) -> Choice:
    """Choose the metric where none is stated."""
    target, baseline = item.target, item.baseline
    if target.value is None and target.unreadable:
        return Choice(None, NotScored.UNREADABLE_TARGET)
    if baseline.value is None and baseline.raw is not None and baseline.unreadable:
        return Choice(None, NotScored.UNREADABLE_BASELINE)
    return choose(target.value, baseline.value, source.value, falls=item.falls)


def _unreadable(item: KeyResult, source: Cell[Any], rule: MetricRule) -> NotScored | None:
    """Tell of the first cell that the metric reads and that could not be read."""
    target, baseline = item.target, item.baseline
    if target.value is None and rule.reads_target and target.unreadable:
        return NotScored.UNREADABLE_TARGET
    if baseline.value is None and baseline.raw is not None and rule.reads_baseline and baseline.unreadable:
        return NotScored.UNREADABLE_BASELINE
    if source.value is None and source.raw is not None and source.unreadable:
        return NotScored.UNREADABLE_CURRENT
    return None


def _incomparable(item: KeyResult, source: Cell[Any], rule: MetricRule) -> NotScored | None:
    """Tell of numbers in different units among those that the metric reads; of each period all check-ins count."""
    if not item.unlike:
        return None
    from sheetsync.scoring.unlike import unlike_among  # few rows have such numbers

    counted = [source]
    if rule.reads_target:
        counted.append(item.target)
    if rule.reads_baseline:
        counted.append(item.baseline)
    differ = rule.metric is _PER_PERIOD or unlike_among(item, counted) is not None
    return NotScored.UNITS_DIFFER if differ else None


def _dates_unreadable(item: KeyResult) -> tuple[Reason, ...]:
    """Note the dates that could not be read, and for which those of the objective or the workbook serve."""
    cells: dict[str, Cell[Any]] = {"start": item.start, "due": item.due, "cycle": item.cycle}
    return tuple(
        Reason("dates_unreadable", {"cell": cell.ref, "field": name}) for name, cell in cells.items() if cell.unreadable
    )


def _is_ratio(metric: Metric) -> bool:
    """Say whether the metric is a ratio; one of which less is better can be lost again, so it has no pace."""
    return metric in (Metric.RATIO, Metric.STEPS)


def _expected(expects: Expects, frame: Frame, today: date) -> float | None:
    """Give what is expected today of a metric that does not follow the pace."""
    if expects is _ALWAYS:
        return 1.0
    if frame.pace is None or frame.due is None:
        return None
    return 1.0 if today >= frame.due else 0.0


def _problem_of_dates(expects: Expects, frame: Frame, season: Season) -> NotScored | None:
    if frame.start is not None and frame.due is not None:
        return NotScored.DUE_BEFORE_START
    paceless = expects is Expects.ALWAYS or season.profile.status.by == "achievement"
    return None if paceless else NotScored.NO_CYCLE


def _actuals(
    item: KeyResult, entries: Sequence[CheckIn], frame: Frame, season: Season
) -> tuple[tuple[float, ...] | None, NotScored | None]:
    """Sum the check-ins that fall in each complete period, or tell why not; neither where the target has no periods."""
    target = item.target.value
    if not isinstance(target, PerPeriod):
        return None, None
    if frame.start is None or frame.due is None:
        return None, NotScored.NO_CYCLE
    if frame.pace is None:
        return None, NotScored.DUE_BEFORE_START
    periods = complete_periods(frame.start, frame.due, season.today, target.frequency)
    sums = [0.0] * len(periods)
    place = 0
    for entry in entries:
        day = entry.date.value
        while place < len(periods) and day is not None and day > periods[place][1]:
            place += 1
        if day is None or place == len(periods) or day < periods[place][0]:
            continue
        if entry.value.unreadable:
            return None, NotScored.UNREADABLE_CURRENT
        sums[place] += _count(entry.value.value)
    return tuple(sums), None


def _is_first_period(item: KeyResult, frame: Frame, today: date) -> bool:
    """Say whether the first of the target's periods still runs: who entered nothing yet is not late."""
    target = item.target.value
    if not isinstance(target, PerPeriod) or frame.start is None or frame.due is None or frame.pace is None:
        return False
    return frame.start <= today <= frame.due and not complete_periods(frame.start, frame.due, today, target.frequency)


def _count(reading: Any) -> float:
    """Give how much one check-in says was done: its number, its named steps, or 1 for a yes."""
    if isinstance(reading, Quantity):
        return reading.number
    if isinstance(reading, Milestones):
        return float(len(reading.names))
    return float(reading.yes) if reading is not None else 0.0
