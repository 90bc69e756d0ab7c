"""Forecasts simulated cycles at several days of their course, and holds the forecasts against how they ended."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import mean
from typing import NamedTuple

from sheetsync import model
from sheetsync.model import Metric
from sheetsync.past import Observation, Remembered
from sheetsync.report.digest.page_weeks import Frame, band_of
from sheetsync.results import Reason, Score, Status
from sheetsync.scoring.profile import Curve
from sheetsync.trends.scorecard import Outlook, trend_of
from sheetsync.trends.trend import Trend
from tests.trends.cycles import DAYS, HABITS, OTHERS, TUNED, Cycle, simulate

STAGES = (0.2, 0.35, 0.5, 0.65, 0.8, 0.92)
"""Shares of the cycle's days after which its end is forecast."""
START = date(2026, 10, 1)
TARGET = 100.0


class Case(NamedTuple):
    """One forecast and what came of it. ``line`` and ``last`` are the ends that the naive ways see."""

    kind: str
    habit: str
    stage: float
    end: float
    trend: Trend
    line: float
    last: float

    @property
    def inside(self) -> bool:
        """Whether the interval held the end."""
        found = self.trend.forecast
        return found is not None and found.low <= self.end <= found.high


def cases(kinds: Sequence[str], seeds: Sequence[int]) -> Iterator[Case]:
    """Forecast a cycle of every kind, habit and seed at every stage; where nothing is forecast there is no case."""
    for kind in kinds:
        for habit in HABITS:
            for seed in seeds:
                cycle = simulate(kind, habit, seed)
                for stage in STAGES:
                    found = forecast_at(cycle, round(stage * DAYS))
                    if found is not None and found.forecast is not None:
                        yield _case(cycle, stage, found)


def _case(cycle: Cycle, stage: float, found: Trend) -> Case:
    point = found.points[-1]
    now = point.progress
    line = now / stage
    return Case(cycle.kind, cycle.habit, stage, cycle.truth[-1], found, line, now)


def forecast_at(cycle: Cycle, day: int) -> Trend | None:
    """Tell the trend of a cycle as its sheet and its history tell it on a day; None where nothing was seen by then."""
    shown = [(START + timedelta(days=count), value) for count, value in enumerate(cycle.shown[:day], 1)]
    told = [(night, value) for night, value in shown if value is not None]
    today = START + timedelta(days=day)
    past = told[:-1] if told and told[-1][0] == today else told
    if not past:
        return None
    due = START + timedelta(days=len(cycle.truth) - 1)
    score = Score(
        key="KR-1", kind="key_result", status=Status.ON_TRACK, reason=Reason("pace", {}), progress=told[-1][1],
        metric=Metric.INCREASE, baseline=0.0, target=TARGET, current=told[-1][1] * TARGET, start=START, due=due,
    )  # fmt: skip
    seen = Remembered("KR-1", "key_result", past[0][0], past[-1][0], tuple(_changes(past)))
    return trend_of(score, Outlook(seen, tuple(night for night, _ in past), today))


def _changes(told: Sequence[tuple[date, float]]) -> Iterator[Observation]:
    before = None
    for night, value in told:
        if value != before:
            yield Observation(night, value=value * TARGET, progress=value)
        before = value


class Whole(NamedTuple):
    """One forecast of the mean of several goals, each between 0 and 1, and how it ended."""

    end: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the band held the end."""
        return self.low <= self.end <= self.high


def wholes(size: int, seeds: Sequence[int]) -> Iterator[Whole]:
    """Forecast the mean of so many goals of any kinds, each kept in its own way, as the page draws it."""
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311 - a simulation
        goals = [
            simulate(chance.choice((*TUNED, *OTHERS)), chance.choice(tuple(HABITS)), chance.randrange(1 << 30))
            for _ in range(size)
        ]
        frame = Frame(model.Cycle("Q4/2026", START, START + timedelta(days=len(goals[0].truth) - 1)), Curve())
        for stage in STAGES:
            day = round(stage * DAYS)
            known = [(START + timedelta(days=one), _mean_on(goals, one)) for one in (*range(7, day, 7), day)]
            found = band_of(frame, known)
            if found is not None:
                yield Whole(mean(_inside(one.truth[-1]) for one in goals), found["low"], found["high"])


def _mean_on(goals: Sequence[Cycle], day: int) -> float:
    """Give the mean of what the sheet showed on a day."""
    return mean(
        _inside(next((value for value in reversed(one.shown[:day]) if value is not None), 0.0)) for one in goals
    )


def _inside(progress: float) -> float:
    return min(max(progress, 0.0), 1.0)


def share(found: Sequence[bool]) -> float:
    """Give the share of what is true."""
    return sum(found) / len(found)
