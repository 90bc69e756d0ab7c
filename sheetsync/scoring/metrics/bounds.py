"""Targets that hold or break: at least, at most, between. The bound itself is inside, unless a profile is strict."""

from __future__ import annotations

from math import nextafter

from sheetsync.model import Bounds, Metric, Quantity, Relative
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.metrics.aim import PERCENT_MIXED, aim, mixes_percent
from sheetsync.scoring.metrics.registry import Expects, Outcome, Terms, metric, refused

_ALMOST = nextafter(1.0, 0.0)

BOUND_HIT = "bound_hit"
"""The code of the note that a value lies exactly on a bound which a strict profile does not let in."""


@metric(Metric.AT_LEAST, Expects.ALWAYS, reads_baseline=True)
def at_least(terms: Terms) -> Outcome:
    """Stay at or above a bound. Below it, the share of the way from a baseline that was below too; else 0."""
    low = _one_side(terms, 1)
    return refused(low) if isinstance(low, NotScored) else stay(terms, low, None)


@metric(Metric.AT_MOST, Expects.ALWAYS, reads_baseline=True)
def at_most(terms: Terms) -> Outcome:
    """Stay at or below a bound. Above it, the share of the way from a baseline that was above too; else 0."""
    high = _one_side(terms, -1)
    return refused(high) if isinstance(high, NotScored) else stay(terms, None, high)


@metric(Metric.BETWEEN, Expects.ALWAYS, reads_baseline=True)
def between(terms: Terms) -> Outcome:
    """Stay inside a range, both ends included. Outside, the share of the way from a baseline on the same side."""
    target = terms.target
    if target is None:
        return refused(NotScored.NO_TARGET)
    if not isinstance(target, Bounds) or target.low is None or target.high is None or target.low > target.high:
        return refused(NotScored.WRONG_TARGET_KIND)
    return stay(terms, target.low, target.high)


def _one_side(terms: Terms, sign: int) -> float | NotScored:
    target = terms.target
    if isinstance(target, Bounds):
        bound = target.low if sign > 0 else target.high
        return NotScored.DIRECTION_CONTRADICTS if bound is None else bound
    if target is None or isinstance(target, Quantity | Relative):
        return aim(target, terms.baseline, sign)
    return NotScored.WRONG_TARGET_KIND


def stay(terms: Terms, low: float | None, high: float | None) -> Outcome:
    """Give 1 inside the bounds; outside the share of the way from the baseline to the nearest bound, in 0..<1.

    Where the profile is strict a bound is outside; where it gives nothing for what is outside, that is 0.
    """
    baseline = terms.baseline.number if terms.baseline else None
    if terms.current is None:
        return Outcome(0.0, None, baseline, high if low is None else low, None, False)
    if not isinstance(terms.current, Quantity):
        return refused(NotScored.WRONG_CURRENT_KIND, baseline, high if low is None else low)
    value = terms.current.number
    rules = terms.profile.bounds
    hit = rules.strict and value in (low, high)
    progress = 1.0
    if low is not None and (value < low or (hit and value == low)):
        progress = _outside(value, baseline, low, below=True)
    elif high is not None and (value > high or (hit and value == high)):
        progress = _outside(value, baseline, high, below=False)
    if rules.outside == "nothing" and progress < 1:
        progress = 0.0
    bound = nearest(value, low, high)
    notes = (PERCENT_MIXED,) if mixes_percent(terms.current, terms.target) else ()
    if hit:
        notes = (*notes, Reason(BOUND_HIT, {"bound": value}))
    return Outcome(progress, None, baseline, bound, value, True, notes)


def _outside(value: float, baseline: float | None, bound: float, *, below: bool) -> float:
    if baseline is None or (baseline >= bound if below else baseline <= bound):
        return 0.0
    return min(max((value - baseline) / (bound - baseline), 0.0), _ALMOST)


def nearest(value: float, low: float | None, high: float | None) -> float | None:
    """Give the bound that lies nearest to a value."""
    if low is None or high is None:
        return high if low is None else low
    return low if value - low <= high - value else high
