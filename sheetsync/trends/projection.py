"""From snapshots to a forecast: a robust slope, drawn towards what is usual while the snapshots say little.

Progress is taken for a walk with a steady drift ``r`` and chance steps of variance ``v`` in each unit of the cycle's
time. Before anything is seen, ``r`` is ``prior``, give or take ``DOUBT``. Over the span ``s`` of the snapshots their
slope ``seen`` has the variance ``v / s``, so what is believed after them is the usual mean of two normal beliefs
(Gelman et al., Bayesian Data Analysis, section 2.5), each weighed by the inverse of its variance::

    weight = s / (s + v / DOUBT²)
    rate   = weight * seen + (1 - weight) * prior
    final  = now + rate * left
    spread = sqrt(v * left * (1 + left / (s + v / DOUBT²)) + (left * turn)²)
    turn   = TURNS + BENDS * min(|slope of the later half - slope of all|, SHARPEST)

``seen`` is the mean of the robust slopes of all snapshots and of the later half of them, so that a pace that has just
changed shows at half; ``turn`` is how far the pace may still change: people start late, tire, and lose interest.
``v`` is taken from the steps between the snapshots, likewise drawn towards ``USUAL_STEPS`` by as much as ``BELIEF``
steps. ``final``, its interval and its chance are read from what the spread meant in simulated cycles (see
``calibration``); ``bench/forecast.py`` measures all of it on cycles of other kinds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from sheetsync.adding import added
from sheetsync.record import NamedTuple
from sheetsync.trends.calibration import CAME, ERRORS, LEVELS, SAID
from sheetsync.trends.robust import theil_sen
from sheetsync.trends.trend import Point

DOUBT = 0.45
"""How far the pace of a cycle lies from the prior, as a standard deviation, in progress per whole cycle."""
USUAL_STEPS = 0.05
"""The variance of progress by chance in a whole cycle, before a step is seen."""
BELIEF = 8
"""As many steps as the usual variance weighs."""
TURNS, BENDS, SHARPEST = 0.2, 0.7, 0.8
"""How much the pace may change that never changed, how much of a change that is seen may happen again, and the most
that is taken for one: over few days a slope can be anything."""
LATEST_CHANCE = 0.25
"""No probability is told while more than this share of the time is still to come: before, it was wrong too often."""
UNLIKELY, LIKELY = 0.2, 0.8
"""Nor is one between these: of kinds of work that the calibration never saw, too many others came true there."""
_FAR = 3.0
"""A step more than this many times the median one counts as that much: it is a correction, or a batch of work."""


class Projection(NamedTuple):
    """The rate that goes on, and the middle and spread of the end; ``left`` is the share of the time still to come."""

    now: float
    left: float
    rate: float
    seen: float
    prior: float
    weight: float
    middle: float
    spread: float

    def at(self, level: float) -> float:
        """Give the progress at the end that is not exceeded in ``level`` (0..1) of the cases."""
        return self.middle + self.spread * _between(level, LEVELS, ERRORS)

    def chance(self, target: float = 1.0) -> float | None:
        """Give the probability (0..1) that the end is at the target or beyond it; None where it cannot be backed.

        What the errors alone say is too sure of itself near the target, so it is held against how often simulated
        cycles of which as much was said really got there. It is backed in the last part of the time only, and only
        where it is small or large.
        """
        if self.left > LATEST_CHANCE or self.spread <= 0:
            return None
        found = _between(1 - _between((target - self.middle) / self.spread, ERRORS, LEVELS), SAID, CAME)
        return None if UNLIKELY < found < LIKELY else found


def project(points: Sequence[Point], prior: float, left: float) -> Projection | None:
    """Look ahead from the last of the points over what is ``left`` of the time (a share); None where time stood still.

    ``prior`` is the progress that such a goal usually ends with.
    """
    places = [(point.share, point.progress) for point in points]
    whole, later = _slopes(places)
    if whole is None or later is None:
        return None
    seen = (whole + later) / 2
    span = places[-1][0] - places[0][0]
    steps = _variance(places, seen)
    doubt = steps / DOUBT**2
    weight = span / (span + doubt)
    rate = weight * seen + (1 - weight) * prior
    now, turn = places[-1][1], TURNS + BENDS * min(abs(later - whole), SHARPEST)
    spread = sqrt(steps * left * (1 + left / (span + doubt)) + (left * turn) ** 2)
    return Projection(now, left, rate, seen, prior, weight, now + rate * left, spread)


def _slopes(places: Sequence[tuple[float, float]]) -> tuple[float | None, float | None]:
    """Give the robust slopes of all snapshots, and of those of the later half of their time."""
    whole = theil_sen(places)
    half = (places[-1][0] + places[0][0]) / 2
    later = theil_sen([place for place in places if place[0] >= half])
    return whole, whole if later is None else later


def _variance(places: Sequence[tuple[float, float]], slope: float) -> float:
    """Give the variance of chance steps in a unit of time, a few far ones held back."""
    sizes = sorted(
        abs(later[1] - earlier[1] - slope * (later[0] - earlier[0])) / sqrt(later[0] - earlier[0])
        for earlier, later in pairwise(places)
        if later[0] > earlier[0]
    )
    most = max(_FAR * sizes[len(sizes) // 2], sqrt(USUAL_STEPS)) if sizes else 0.0
    return (BELIEF * USUAL_STEPS + added(min(size, most) ** 2 for size in sizes)) / (BELIEF + len(sizes))


def _between(value: float, places: Sequence[float], values: Sequence[float]) -> float:
    """Give what stands in ``values`` where ``value`` stands in the rising ``places``; between two of them evenly."""
    after = min(max(bisect_left(places, value), 1), len(places) - 1)
    low, high = places[after - 1], places[after]
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return values[after - 1] + share * (values[after] - values[after - 1])
