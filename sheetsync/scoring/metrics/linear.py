"""The share of the way from a baseline to a target."""

from __future__ import annotations

from sheetsync.model import Done, Metric, Quantity
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.metrics.aim import PERCENT_MIXED, aim, mixes_percent
from sheetsync.scoring.metrics.registry import Expects, Outcome, Terms, impossible_share, metric, refused, usable

BASELINE_ASSUMED_ZERO = Reason("baseline_assumed_zero", {})
PERCENT_WITH_BASELINE = Reason("percent_with_baseline", {})

_ASSUMED = (BASELINE_ASSUMED_ZERO,)
_CLOSE = 1e-12
"""Target and baseline that differ by less than this share of their size are the same number written twice."""


@metric(Metric.INCREASE, Expects.PACE, reads_baseline=True)
def increase(terms: Terms) -> Outcome:
    """Grow a number: (current − baseline) / (target − baseline). A blank baseline counts as 0."""
    return along(terms, 1)


@metric(Metric.DECREASE, Expects.PACE, reads_baseline=True)
def decrease(terms: Terms) -> Outcome:
    """Bring a number down: (current − baseline) / (target − baseline). It needs a baseline."""
    return along(terms, -1)


def along(terms: Terms, sign: int) -> Outcome:
    """Give the share of the way from baseline to target that the current value stands at, never clamped."""
    target = aim(terms.target, terms.baseline, sign)
    if isinstance(target, NotScored):
        return refused(target, terms.baseline.number if terms.baseline else None)
    if terms.baseline is not None:
        outcome = way(terms.baseline.number, target, terms, sign)
    elif sign < 0:
        return refused(NotScored.DECREASE_WITHOUT_BASELINE, None, target)
    elif target <= 0:
        return refused(NotScored.TARGET_NOT_POSITIVE, None, target)
    else:
        outcome = way(0.0, target, terms, sign, _ASSUMED)
    if mixes_percent(terms.current, terms.target):
        return outcome._replace(notes=(*outcome.notes, PERCENT_MIXED))
    return outcome


def way(baseline: float, target: float, terms: Terms, sign: int, notes: tuple[Reason, ...] = ()) -> Outcome:
    """Check the direction of baseline → target, and give the share of it that is done."""
    problem = obstacle(baseline, target, sign)
    if problem is not None:
        return refused(problem, baseline, target)
    current = terms.current
    if current is None:
        return Outcome(0.0, None, baseline, target, None, False, notes)
    if not isinstance(current, Quantity):
        return refused(NotScored.WRONG_CURRENT_KIND, baseline, target)
    progress = (current.number - baseline) / (target - baseline)
    if not usable(progress):
        return refused(NotScored.OUT_OF_RANGE, baseline, target)
    return Outcome(progress, None, baseline, target, current.number, True, notes)


def obstacle(baseline: float, target: float, sign: int) -> NotScored | None:
    """Say why there is no way from baseline to target: they are the same, or it leads against the direction."""
    span = target - baseline
    if abs(span) <= _CLOSE * max(abs(target), abs(baseline)):
        return NotScored.TARGET_IS_BASELINE
    return NotScored.DIRECTION_CONTRADICTS if span * sign < 0 else None


@metric(Metric.PERCENT_DONE, Expects.PACE, reads_baseline=True)
def percent_done(terms: Terms) -> Outcome:
    """How much of the work is done, as a percentage.

    With a baseline, or a target other than 100 %, it is the share of the way between the two.
    """
    target = terms.target
    if isinstance(target, Done):
        target = None
    numbers = [item for item in (terms.baseline, target, terms.current) if isinstance(item, Quantity)]
    points = any(abs(item.number) > 1 for item in numbers if not item.percent)
    if target is None:
        goal: float | NotScored = 1.0
    else:
        goal = _fraction(target, points) if isinstance(target, Quantity) else aim(target, terms.baseline, 1)
    if isinstance(goal, NotScored):
        return refused(goal)
    return _percent(terms, goal, points)


def _percent(terms: Terms, goal: float, points: bool) -> Outcome:
    start = 0.0 if terms.baseline is None else _fraction(terms.baseline, points)
    current = terms.current
    if isinstance(current, Done):
        current = Quantity(1.0 if current.yes else 0.0, True)
    elif isinstance(current, Quantity):
        current = Quantity(_fraction(current, points), True)
    if terms.baseline is None and goal <= 0:
        return refused(NotScored.TARGET_NOT_POSITIVE, None, goal)
    plain = start == 0 and goal == 1
    notes = () if plain else (PERCENT_WITH_BASELINE,)
    if isinstance(current, Quantity):
        notes = (*notes, *impossible_share(current.number, max(1.0, goal)))
    return way(start, goal, terms._replace(current=current), 1 if goal >= start else -1, notes)


def _fraction(quantity: Quantity, points: bool) -> float:
    """Give a share as a fraction; plain numbers are percent points where one of the row's is above 1."""
    return quantity.number / 100 if points and not quantity.percent else quantity.number
