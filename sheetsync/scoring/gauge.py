"""A key result by itself: which metric, which current value, which progress, which expectation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sheetsync.model import CheckIn, KeyResult, Metric, Milestones, Objective, PerPeriod, Quantity
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.choose import METRIC_GUESSED, choose
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


def gauge(item: KeyResult, parent: Objective | None, season: Season) -> Gauge:
    """Measure a key result. Raises nothing: what cannot be measured has a problem."""
    entries = entries_of(item, season.log)
    source, updated, notes = current_of(item, entries, season.today)
    frame = frame_of(item, parent, season)
    metric, problem, guessed = _metric(item, source)
    if metric is None:
        return Gauge(None, None, _NOTHING, problem, source, updated, frame, None, notes)
    rule = METRICS[metric]
    problem = _unreadable(item, source, rule)
    if problem is not None:
        return Gauge(metric, rule.expects, _NOTHING, problem, source, updated, frame, None, notes)
    actuals = _actuals(item, entries, frame, season) if metric is Metric.PER_PERIOD and entries else None
    if isinstance(actuals, NotScored):
        return Gauge(metric, rule.expects, _NOTHING, actuals, source, updated, frame, None, notes)
    outcome = rule.measure(
        Terms(item.baseline.value, item.target.value, source.value, season.profile, item.falls, None, actuals)
    )
    notes = _notes(item, notes + outcome.notes if outcome.notes else notes, guessed=guessed)
    expects = Expects.ALWAYS if rule.expects is Expects.PACE and _falls_by_ratio(metric, item) else rule.expects
    expected = _expected(expects, frame, season.today)
    problem = outcome.problem or _problem_of_dates(expects, frame, season)
    return Gauge(metric, expects, outcome, problem, source, updated, frame, expected, notes)


def _metric(item: KeyResult, source: Cell[Any]) -> tuple[Metric | None, NotScored | None, bool]:
    stated = item.metric.value
    if stated is not None:
        return stated, None, False
    target = item.target
    if target.value is None and target.unreadable:
        return None, NotScored.UNREADABLE_TARGET, False
    if item.baseline.value is None and item.baseline.unreadable:
        return None, NotScored.UNREADABLE_BASELINE, False
    return choose(target.value, item.baseline.value, source.value, falls=item.falls)


def _unreadable(item: KeyResult, source: Cell[Any], rule: MetricRule) -> NotScored | None:
    """Tell of the first cell that the metric reads and that could not be read."""
    if rule.reads_target and item.target.value is None and item.target.unreadable:
        return NotScored.UNREADABLE_TARGET
    if rule.reads_baseline and item.baseline.value is None and item.baseline.unreadable:
        return NotScored.UNREADABLE_BASELINE
    if source.value is None and source.unreadable:
        return NotScored.UNREADABLE_CURRENT
    return None


def _notes(item: KeyResult, notes: tuple[Reason, ...], *, guessed: bool) -> tuple[Reason, ...]:
    if guessed:
        notes = (*notes, METRIC_GUESSED)
    for name in ("start", "due", "cycle"):
        cell = getattr(item, name)
        if cell.value is None and cell.unreadable:
            notes = (*notes, Reason("dates_unreadable", {"cell": cell.ref, "field": name}))
    return notes


def _falls_by_ratio(metric: Metric, item: KeyResult) -> bool:
    """Say whether the item is a ratio of which less is better: that can be lost again, so it has no pace."""
    return item.falls and metric in (Metric.RATIO, Metric.STEPS)


def _expected(expects: Expects, frame: Frame, today: date) -> float | None:
    if expects is Expects.ALWAYS:
        return 1.0
    if expects is Expects.PACE or frame.pace is None or frame.due is None:
        return frame.pace
    return 1.0 if today >= frame.due else 0.0


def _problem_of_dates(expects: Expects, frame: Frame, season: Season) -> NotScored | None:
    if frame.pace is not None:
        return None
    if frame.start is not None and frame.due is not None:
        return NotScored.DUE_BEFORE_START
    paceless = expects is Expects.ALWAYS or season.profile.status.by == "achievement"
    return None if paceless else NotScored.NO_CYCLE


def _actuals(
    item: KeyResult, entries: Sequence[CheckIn], frame: Frame, season: Season
) -> tuple[float, ...] | NotScored | None:
    """Sum the check-ins that fall in each complete period; None where the target has no periods."""
    target = item.target.value
    if not isinstance(target, PerPeriod):
        return None
    if frame.start is None or frame.due is None or frame.pace is None:
        return NotScored.NO_CYCLE if frame.start is None or frame.due is None else NotScored.DUE_BEFORE_START
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
            return NotScored.UNREADABLE_CURRENT
        sums[place] += _count(entry.value.value)
    return tuple(sums)


def _count(reading: Any) -> float:
    """Give how much one check-in says was done: its number, its named steps, or 1 for a yes."""
    if isinstance(reading, Quantity):
        return reading.number
    if isinstance(reading, Milestones):
        return float(len(reading.names))
    return float(reading.yes) if reading is not None else 0.0
