"""The snapshots of one item: how it stood at each weekly mark of its time, against today's target."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from sheetsync.model import Cycle, Metric
from sheetsync.past import Observation, Past, Remembered
from sheetsync.results import Score

MONDAY = 0
"""The weekly mark: a snapshot is taken at night, so Monday's is what the week before has left."""

_WEEK = timedelta(days=7)
_STRAIGHT = (Metric.INCREASE, Metric.DECREASE)
_SAME = 1e-9


def last_mark(today: date) -> date:
    """Give the latest weekly mark before today: on a Monday the one a week ago."""
    return today - timedelta(days=(today.weekday() - MONDAY - 1) % 7 + 1)


@lru_cache(maxsize=16)  # most items of a workbook begin on the same day
def marks_between(first: date, today: date) -> tuple[date, ...]:
    """Give the weekly marks from ``first`` on and before today, oldest first."""
    mark, found = last_mark(today), []
    while mark >= first:
        found.append(mark)
        if mark - date.min < _WEEK:
            break
        mark -= _WEEK
    return tuple(found[::-1])


def begun_on(cycle: Cycle | None, past: Past, today: date) -> date | None:
    """Give the day on which a workbook's cycle was really begun: its start, or the first night that saw it, if later.

    None without a cycle.
    """
    return None if cycle is None else max(cycle.start, past.about_since(cycle.start, today) or cycle.start)


def counts_since(score: Score, cycle: Cycle | None, begun: date | None) -> date | None:
    """Give the day before which nothing that was seen is about an objective or key result of today: its start.

    People begin a cycle some days late. Where the item has its dates of the workbook's cycle, what nights before that
    saw was still the end of another one: ``begun`` is the day as ``begun_on`` gives it. None without a start.
    """
    start = score.start if isinstance(score.start, date) else None
    return begun if start is not None and cycle is not None and start == cycle.start else start


class Snapshots:
    """How one item stood on earlier days.

    ``nights`` are the days on which the workbook was looked at, oldest first. Nothing is told of a day before which
    nobody looked for a week, and of days before ``since`` (another cycle is another goal).
    """

    def __init__(self, score: Score, past: Remembered, nights: Sequence[date], since: date | None = None) -> None:
        """Take what is remembered of the item, and its score of today, whose target everything is held against."""
        self._score, self._past, self._nights = score, past, nights
        floor = max([day for day in (since, past.cycle_start) if day is not None], default=date.min)
        self._seen = [one for one in past.observations if one.day >= floor]
        if floor > past.first and (before := past.on(floor)) is not None and before not in self._seen:
            # What stood there when the cycle began goes on into it only while nothing of the new one was seen.
            self._seen = self._seen or ([before] if past.last >= floor else [])
        self._days = [one.day for one in self._seen]

    def progress(self, day: date) -> float | None:
        """Give its progress at the end of a day, against today's target and baseline; None where it is not known."""
        found = self._at(day)
        return None if found is None or not self._looked(day) else self._held(found)

    def moved(self) -> date | None:
        """Give the day since which it stands as it does today; None where nothing is known before today."""
        today, since = self._score.progress, None
        for seen in reversed(self._seen):
            held = self._held(seen)
            if held is None or today is None or abs(held - today) > _SAME:
                return since
            since = seen.day
        return since

    def _at(self, day: date) -> Observation | None:
        place = bisect_right(self._days, day)
        return self._seen[place - 1] if place and day <= self._past.last + _WEEK else None

    def _looked(self, day: date) -> bool:
        for days in (self._nights, self._days):
            place = bisect_right(days, day)
            if place and day - days[place - 1] < _WEEK:
                return True
        return False

    def _held(self, seen: Observation) -> float | None:
        """Hold an earlier value against today's target, so that a target that moved is not taken for a step."""
        score = self._score
        low, high, value = score.baseline, score.target, seen.value
        if score.metric in _STRAIGHT and low is not None and high is not None and value is not None and high != low:
            return (value - low) / (high - low)
        return seen.progress
