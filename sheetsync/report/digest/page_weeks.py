"""What the page draws over the weeks of the cycle: the whole against its pace, and each team against its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.adding import mean
from sheetsync.model import Cycle, KeyResult
from sheetsync.record import NamedTuple
from sheetsync.report.digest.paces import expected_on
from sheetsync.report.digest.source import Source
from sheetsync.report.digest.weeks import Week, weeks_of
from sheetsync.scoring.pace import expected_share
from sheetsync.scoring.profile import Curve
from sheetsync.trends.projection import project
from sheetsync.trends.scorecard import FEWEST, HIGH, LOW, USUAL_END
from sheetsync.trends.trend import Point

GOOD, RISK = 0.10, 0.25
"""Gaps (fractions behind the pace) up to which a team is told as in time, and as late; ``default@1`` judges alike."""
STRONG = 0.5
"""From this part of a band on, its colour is the strong one."""
_WEEK = timedelta(days=7)
_SLACK = 1e-9
_DRAWN = 3
"""Days from one point of the pace's curve to the next: enough for every curve, and few enough to be drawn."""
_LABELLED = 0.45
"""The part of the cycle at which the pace is called by its name, on the side where the whole is not."""
_APART = 0.6
"""The part of a week that the last one must have, so that the one before is called by its number too."""


class Frame(NamedTuple):
    """The cycle as a line from 0 to 1, with its weeks, Monday to Sunday."""

    cycle: Cycle
    curve: Curve

    @property
    def weeks(self) -> int:
        """How many weeks the cycle touches."""
        return (self.cycle.due - self._first).days // 7 + 1

    @property
    def _first(self) -> date:
        return self.cycle.start - timedelta(days=self.cycle.start.weekday())

    def ends(self) -> list[float]:
        """Give where each week ends."""
        sundays = (self._first + number * _WEEK - timedelta(days=1) for number in range(1, self.weeks + 1))
        return [self.place(day) for day in sundays]

    def place(self, day: date) -> float:
        """Give where a day stands between the first and the last day of the cycle."""
        length = (self.cycle.due - self.cycle.start).days or 1
        return min(max((day - self.cycle.start).days / length, 0.0), 1.0)

    def pace(self, day: date) -> float:
        """Give the share of the way that is expected by a day."""
        return expected_share(self.cycle.start, self.cycle.due, day, self.curve)


def frame_of(source: Source) -> Frame | None:
    """Give the frame of the cycle, also of one that is over; None without one, and before its first day."""
    cycle = source.goals.cycle
    if cycle is None or source.today < cycle.start:
        return None
    return Frame(cycle, source.profile.curve if source.profile is not None else Curve())


def pace_chart(
    frame: Frame, today: date, overall: Mapping[str, Any], paces: Callable[[Sequence[date]], Sequence[float | None]]
) -> dict[str, Any] | None:
    """Give the curves of the whole, as places between 0 and 1: the pace, what was reached, and where it may end.

    ``overall`` has today's ``progress`` and ``expected``, and the ``weeks`` before; ``paces`` tells what is expected on
    some days. None where it has no progress.
    """
    if overall["progress"] is None:
        return None
    before = [one for one in overall["weeks"] if one["progress"] is not None and one["day"] < today]
    points = [(one["day"], one["progress"]) for one in before] + [(today, overall["progress"])]
    days = (frame.cycle.due - frame.cycle.start).days
    drawn = sorted({*range(0, days, _DRAWN), days, min(days, (today - frame.cycle.start).days)})
    curve = [frame.cycle.start + timedelta(days=number) for number in drawn]
    expected = [
        [frame.place(day), _inside(pace)] for day, pace in zip(curve, paces(curve), strict=True) if pace is not None
    ]
    return {
        "weeks": _called(frame.ends()),
        "expected": expected,
        "label": expected[round((len(expected) - 1) * _LABELLED)] if expected else None,
        "actual": [[frame.place(day), _inside(progress)] for day, progress in points],
        "today": frame.place(today),
        "now": _inside(overall["progress"]),
        "below": overall["expected"] is not None and overall["progress"] < overall["expected"],
        "forecast": band_of(frame, points),
    }


def _called(ends: Sequence[float]) -> list[float | None]:
    """Give where the numbers of the weeks stand; None for the last but one where both have no room for theirs.

    The last one keeps its number, so that the line ends with the week with which the table of teams ends.
    """
    if len(ends) < 3 or ends[-1] - ends[-2] >= _APART * (ends[-2] - ends[-3]):
        return list(ends)
    return [*ends[:-2], None, ends[-1]]


def band_of(frame: Frame, known: Sequence[tuple[date, float]]) -> dict[str, float] | None:
    """Look ahead from the weeks that are known, as for an objective; None where they are too few, or it is over."""
    if len(known) < FEWEST or known[-1][0] >= frame.cycle.due:
        return None
    points = [Point(day, frame.pace(day), _inside(progress)) for day, progress in known]
    if points[0].day > frame.cycle.start:
        points.insert(0, Point(frame.cycle.start, 0.0, 0.0))
    found = project(points, USUAL_END, 1.0 - points[-1].share)
    if found is None:
        return None
    return {name: _inside(found.at(level)) for name, level in (("low", LOW), ("final", 0.5), ("high", HIGH))}


def _inside(progress: float) -> float:
    return min(max(progress, 0.0), 1.0)


class Member(NamedTuple):
    """One key result of a team or person, with its progress at the end of each week of the cycle up to now."""

    item: KeyResult
    weeks: Sequence[float | None]


def mean_weeks(source: Source, members: Sequence[Member]) -> list[dict[str, Any]]:
    """Give the plain mean of some key results at the end of each week, over those that were known then."""
    found = []
    for week in weeks_of(source):
        told = [one.weeks[week.number - 1] for one in members if week.number <= len(one.weeks)]
        known = [_inside(progress) for progress in told if progress is not None]
        progress = mean(known)
        found.append({"week": week.number, "day": week.day, "progress": progress, "expected": None})
    return found


def mean_pace(days: Sequence[date], source: Source, members: Sequence[Member]) -> list[float | None]:
    """Give the plain mean of what is expected of some key results on some days; None where nothing is."""
    found: list[float | None] = []
    for day in days:
        known = [pace for one in members if (pace := expected_on(one.item, day, source)) is not None]
        found.append(mean(known))
    return found


def heat_map(source: Source, teams: Mapping[str, Sequence[Member]]) -> dict[str, Any] | None:
    """Give for each team and week the mean gap (progress less pace, a fraction) of its key results that are known then.

    None before a cycle and without one, and where nothing is known of any team. The teams stand in the order in which
    they came.
    """
    frame = frame_of(source)
    if frame is None:
        return None
    weeks = weeks_of(source)
    ahead = {"gap": None, "tone": None, "ahead": True}
    rows: list[dict[str, Any]] = [
        {
            "team": team,
            "cells": [*(_cell(source, week, members) for week in weeks), *([ahead] * (frame.weeks - len(weeks)))],
        }
        for team, members in teams.items()
    ]
    known = any(cell["gap"] is not None for row in rows for cell in row["cells"])
    return {"weeks": list(range(1, frame.weeks + 1)), "rows": rows} if known else None


def _cell(source: Source, week: Week, members: Sequence[Member]) -> dict[str, Any]:
    gaps = [
        _inside(progress) - expected
        for one in members
        if week.number <= len(one.weeks)
        and (progress := one.weeks[week.number - 1]) is not None
        and (expected := expected_on(one.item, week.day, source)) is not None
    ]
    gap = mean(gaps)
    return {"gap": gap, "tone": None if gap is None else tone(gap), "ahead": False}


def tone(gap: float) -> str:
    """Give the tint of a gap: green (g), amber (a) or red (r), light (1) or strong (2)."""
    behind = -gap - _SLACK
    if behind <= GOOD:
        return "g2" if gap >= GOOD * STRONG else "g1"
    if behind <= RISK:
        return "a2" if behind > GOOD + (RISK - GOOD) * STRONG else "a1"
    return "r2" if behind > 2 * RISK - GOOD else "r1"
