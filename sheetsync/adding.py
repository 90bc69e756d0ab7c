"""Adding numbers so that a result is the same to its last digit, whichever Python computed it.

From version 3.12 on ``sum`` carries along what rounding loses. That is more exact, and it is another number: with a new
Python all that is remembered and written would differ in its last digit, and what stands on a limit could fall from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add


def added(numbers: Iterable[float]) -> float:
    """Add numbers from the first to the last; 0 where there are none."""
    return reduce(add, numbers, 0)


def mean(numbers: Sequence[float]) -> float | None:
    """Give the mean of numbers; None where there are none."""
    return added(numbers) / len(numbers) if numbers else None
