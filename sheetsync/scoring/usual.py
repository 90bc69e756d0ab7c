"""The usual key result in few steps: a stated increase or decrease between numbers, under way, judged by its gap.

A large workbook holds little else, and the general way (``gauge``, ``status``, ``reasons``) asks two dozen questions of
each key result that have one answer here. What is not usual is left to it, and a test that scores any workbook by both
ways holds them to the same scores.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from sheetsync.model import KeyResult, Metric, Quantity
from sheetsync.results import Reason, Score, Status
from sheetsync.scoring.metrics.linear import obstacle
from sheetsync.scoring.metrics.registry import FARTHEST
from sheetsync.scoring.pace import Frame
from sheetsync.scoring.profile import SLACK
from sheetsync.scoring.rollup import Part
from sheetsync.scoring.season import Season
from sheetsync.workbook import Cell

_read = itemgetter(
    *map(
        KeyResult._fields.index,
        ("metric", "baseline", "target", "current", "start", "due", "cycle", "check_in_date"),
    )
)
_value = itemgetter(Cell._fields.index("value"))
_SIGNS = {Metric.INCREASE: 1, Metric.DECREASE: -1}
_ACHIEVED, _ON_TRACK, _AT_RISK, _OFF_TRACK = Status.ACHIEVED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK

_score: Callable[[tuple[Any, ...]], Score] = partial(tuple.__new__, Score)
_reason: Callable[[tuple[Any, ...]], Reason] = partial(tuple.__new__, Reason)
_part: Callable[[tuple[Any, ...]], Part] = partial(tuple.__new__, Part)
"""These make rows of their fields in order: there are hundreds of thousands, and names would take far longer."""


Way = tuple[Metric, float, float, float, float, Frame, date | None, bool]
"""How far a key result is on its way: metric, progress, baseline, target, current value, dates, day of the last update,
and whether neglect can be judged. It lives for a moment only, and a plain tuple is made in a third of the time."""


class Usual:
    """Measures and scores the usual key results of one season."""

    def __init__(self, season: Season) -> None:
        """Take the season, and out of its profile what is asked for every key result."""
        profile, rules = season.profile, season.profile.status
        self._season, self._today = season, season.today
        slack = SLACK if rules.edge == "on_track" else -SLACK
        self._on_track, self._at_risk = -rules.on_track - slack, -rules.at_risk - SLACK
        self._quiet_before, self._patience = rules.quiet_before - SLACK, rules.neglect_days
        self._low, self._high = profile.low, profile.high
        self._floors = [grade.floor - SLACK for grade in reversed(profile.grades)]
        self._grades = [None, *(grade.name for grade in reversed(profile.grades))]
        self._applies = rules.by == "gap" and not season.log and not season.leave
        """A log and days away have to be searched, and other profiles ask other questions."""

    def measure(self, item: KeyResult) -> Way | None:
        """Measure a key result; None where it is not usual, or where dates are met for the first time."""
        if item.unlike:
            return None
        cells = _read(item)
        metric, first, last, now, start, due, cycle, updated = map(_value, cells)
        sign, season = _SIGNS.get(metric), self._season
        if not first.__class__ is last.__class__ is now.__class__ is Quantity or sign is None or not self._applies:
            return None
        (low, _, _), (high, percent, _), (value, alike, _) = first, last, now
        if percent != alike or obstacle(low, high, sign) is not None:
            return None
        if start is not None and due is not None and (cycle is not None or item.cycle.raw is None):
            frame = season.frames.get((start, due))
        elif item.start.raw is None and item.due.raw is None and item.cycle.raw is None:
            frame = season.inherited.get(item.objective)
        else:
            return None
        progress = (value - low) / (high - low)
        if frame is None or not frame.running or not -FARTHEST <= progress <= FARTHEST:
            return None
        if updated is not None and updated > self._today:
            updated = None
        checked = season.keeps_log or cells[-1].column > 0
        if season.seen and (seen := season.seen.get(item.key)) is not None:
            if not checked:
                return None
            if seen.changed is not None and (updated is None or seen.changed > updated):
                updated = seen.changed
        return metric, progress, low, high, value, frame, updated, checked

    def score(self, item: KeyResult, way: Way, given: float | None, share: float | None) -> Part:
        """Score what was measured. ``given`` is the weight that was resolved, ``share`` its part of the siblings'."""
        metric, progress, low, high, value, frame, updated, checked = way
        start, due, expected, _ = frame
        status, reason = self._judge(progress or 0.0, frame, updated, checked=checked)
        points = progress if self._low < progress < self._high else self._season.profile.clamp(progress)
        grade = self._grades[bisect_right(self._floors, points)]
        score = _score((
            item.key, "key_result", status, reason, progress, expected, points, metric, None, share, given, low, high,
            value, item.current, start, due, updated, 0, 0, None, grade, None, None, None, None,
        ))  # fmt: skip
        return _part((item.id.value or item.title.value or item.key, given, score, True, True))

    def _judge(self, progress: float, frame: Frame, updated: date | None, *, checked: bool) -> tuple[Status, Reason]:
        """Give the status of a key result between its first and its due day, and the reason for it."""
        start, due, expected, _ = frame
        assert expected is not None  # noqa: S101 - it is running
        if progress >= 1 - SLACK:
            if updated is None:
                return _ACHIEVED, _reason(("reached", {"progress": progress}))
            return _ACHIEVED, _reason(("reached_updated", {"progress": progress, "updated": updated}))
        quiet, gap = expected < self._quiet_before, progress - expected
        if not quiet and gap < self._on_track:
            status = _AT_RISK if gap >= self._at_risk else _OFF_TRACK
        else:
            since = start if updated is None or (start is not None and updated < start) else updated
            if not quiet and checked and self._is_long_ago(since):
                return _AT_RISK, _reason(("neglected", {"progress": progress, "expected": expected, "since": since}))
            status = _ON_TRACK
        if updated is None:
            return status, _reason(("pace", {"progress": progress, "expected": expected, "due": due}))
        params = {"progress": progress, "expected": expected, "due": due, "updated": updated}
        return status, _reason(("pace_updated", params))

    def _is_long_ago(self, since: date | None) -> bool:
        patience = self._patience
        return patience is not None and since is not None and (self._today - since).days > patience
