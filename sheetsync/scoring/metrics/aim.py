"""The number that a target means, where the metric needs one number."""

from __future__ import annotations

from sheetsync.model import Bounds, Quantity, Reading, Relative, Target
from sheetsync.results import NotScored, Reason

PERCENT_MIXED = Reason("percent_mixed", {})
"""One of current and target is a percentage and the other a plain number."""


def aim(target: Target | None, baseline: Quantity | None, sign: int) -> float | NotScored:
    """Give the number to reach. ``sign`` is 1 where more is better, -1 where less is.

    A relative target without a sign takes its sign from ``sign``. A bound on the side of the direction is that
    number.
    """
    if isinstance(target, Quantity):
        return target.number
    if target is None:
        return NotScored.NO_TARGET
    if isinstance(target, Relative):
        if baseline is None:
            return NotScored.RELATIVE_WITHOUT_BASELINE
        change = target.change if target.signed else abs(target.change) * sign
        return reached(target._replace(change=change), baseline.number)
    if isinstance(target, Bounds):
        return _bound(target, sign)
    return NotScored.WRONG_TARGET_KIND


def reached(target: Relative, baseline: float) -> float:
    """Give the number that a change leads to: baseline + |baseline| × change, or + change in percentage points."""
    return baseline + (target.change if target.points else abs(baseline) * target.change)


def _bound(target: Bounds, sign: int) -> float | NotScored:
    wanted, other = (target.low, target.high) if sign > 0 else (target.high, target.low)
    if wanted is None:
        return NotScored.DIRECTION_CONTRADICTS
    return wanted if other is None else NotScored.WRONG_TARGET_KIND


def mixes_percent(current: Reading | None, target: Target | None) -> bool:
    """Say whether exactly one of the two is a percentage (a zero is both)."""
    if not isinstance(current, Quantity) or not isinstance(target, Quantity | Bounds):
        return False
    return current.percent != target.percent and current.number != 0
