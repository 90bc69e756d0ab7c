"""Targets that are so many times the baseline: 2x from 100 is 200, while 2x from 1,5x is a level of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsync.model import Metric, Quantity, Relative
from sheetsync.reading.measures import TIMES

if TYPE_CHECKING:
    from sheetsync.reading.measures import Measure


def multiplied(metric: Metric | None, row: Measure) -> Measure:
    """Take a target in times beside a larger plain baseline for so many times as much.

    Where the current value is in times, too, nobody can tell of what, and the target is left without a meaning.
    """
    target, baseline, current = row.target.value, row.baseline.value, row.current.value
    if not isinstance(target, Quantity) or target.unit != TIMES or not isinstance(baseline, Quantity):
        return row
    if baseline.unit is not None or baseline.percent or baseline.number <= target.number or metric is Metric.DECREASE:
        return row
    in_times = isinstance(current, Quantity) and current.unit == TIMES
    return row._replace(target=row.target._replace(value=None if in_times else Relative(target.number - 1)))
