"""Achievement against a plan, as KPI scorecards count it."""

from __future__ import annotations

from math import isfinite

from sheetsync.model import Bounds, Direction, Done, Metric, Quantity, Target
from sheetsync.results import NotScored
from sheetsync.scoring.metrics.aim import PERCENT_MIXED, aim, mixes_percent
from sheetsync.scoring.metrics.bounds import nearest
from sheetsync.scoring.metrics.linear import way
from sheetsync.scoring.metrics.registry import FARTHEST, Expects, Outcome, Terms, metric, refused, usable
from sheetsync.scoring.profile import Profile, climb


@metric(Metric.RATIO, Expects.PACE, reads_baseline=True)
def ratio(terms: Terms) -> Outcome:
    """Achievement. Higher is better: actual / target. Lower is better: target / actual. In a range: inside is 100 %."""
    target = terms.target
    direction = direction_of(terms)
    if direction is None:
        return refused(NotScored.DIRECTION_CONTRADICTS)
    if isinstance(target, Done):
        target = Quantity(1.0)
    if direction is Direction.RANGE:
        outcome = _in_range(terms, target)
    else:
        outcome = _against(terms._replace(target=target), direction)
    if mixes_percent(terms.current, target):
        return outcome._replace(notes=(*outcome.notes, PERCENT_MIXED))
    return outcome


@metric(Metric.STEPS, Expects.PACE, reads_baseline=True)
def steps(terms: Terms) -> Outcome:
    """Achievement on the profile's ladder: each step counts from its lower bound on, and below the last it is 0."""
    outcome = ratio(terms)
    if outcome.progress is None or not outcome.valued or not terms.profile.kpi.ladder:
        return outcome
    return outcome._replace(progress=climb(terms.profile.kpi.ladder, outcome.progress))


def direction_of(terms: Terms) -> Direction | None:
    """Give the way that is good: stated, or seen from a bound, a baseline or words; None where a bound contradicts.

    A plan below where things stand is one to come down.
    """
    stated, target = terms.direction, terms.target
    seen = None
    if isinstance(target, Bounds):
        if target.low is not None and target.high is not None:
            seen = Direction.RANGE
        else:
            seen = Direction.HIGHER if target.high is None else Direction.LOWER
    if seen is not None and stated is not None:
        return seen if seen is stated else None
    if terms.baseline is not None and isinstance(target, Quantity) and target.number < terms.baseline.number:
        return stated or Direction.LOWER
    return seen or stated or (Direction.LOWER if terms.falls else Direction.HIGHER)


def _number(terms: Terms) -> float | NotScored | None:
    current = terms.current
    if isinstance(current, Done):
        return float(current.yes)
    if isinstance(current, Quantity):
        return current.number
    return None if current is None else NotScored.WRONG_CURRENT_KIND


def _against(terms: Terms, direction: Direction) -> Outcome:
    sign = 1 if direction is Direction.HIGHER else -1
    target = aim(terms.target, terms.baseline, sign)
    if isinstance(target, NotScored):
        return refused(target)
    if target < 0:
        if terms.baseline is None:
            return refused(NotScored.NEGATIVE_TARGET, None, target)
        return way(terms.baseline.number, target, terms, sign)
    if target == 0 and sign > 0:
        return refused(NotScored.TARGET_NOT_POSITIVE, None, target)
    actual = _number(terms)
    if isinstance(actual, NotScored):
        return refused(actual, None, target)
    if actual is None:
        return Outcome(0.0, None, None, target, None, False)
    progress = actual / target if sign > 0 else _lower(actual, target, terms.profile)
    if not usable(progress):
        return refused(NotScored.OUT_OF_RANGE, None, target)
    return Outcome(progress, None, None, target, actual)


def _lower(actual: float, target: float, profile: Profile) -> float:
    if target == 0:
        return 1.0 if actual <= 0 else 0.0
    # What is next to nothing is as good as nothing: the cap, like an actual of 0.
    if actual * FARTHEST <= target:
        return profile.cap
    achieved = target / actual
    # Without a range that holds the score, what is almost nothing would count for more than nothing itself.
    return achieved if isfinite(profile.high) else min(achieved, profile.cap)


def _in_range(terms: Terms, target: Target | None) -> Outcome:
    if target is None:
        return refused(NotScored.NO_TARGET)
    if not isinstance(target, Bounds) or target.low is None or target.high is None or target.low > target.high:
        return refused(NotScored.WRONG_TARGET_KIND)
    actual = _number(terms)
    if isinstance(actual, NotScored):
        return refused(actual)
    if actual is None:
        return Outcome(0.0, None, None, target.low, None, False)
    bound = nearest(actual, target.low, target.high)
    away = max(target.low - actual, actual - target.high, 0.0)
    return Outcome(_fall(away, bound or target.high - target.low, terms.profile), None, None, bound, actual)


def _fall(away: float, size: float, profile: Profile) -> float:
    """Fall from 1 at the bound to 0 at the profile's falloff, a share of the bound (of the width where that is 0)."""
    if away == 0:
        return 1.0
    reach = abs(size) * profile.kpi.falloff
    return max(1.0 - away / reach, 0.0) if reach > 0 else 0.0
