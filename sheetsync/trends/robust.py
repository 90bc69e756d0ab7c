"""Slopes and spreads that one wrong number does not bend."""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 120
"""Points that a slope is taken over; of more, as many at even distances."""


def theil_sen(points: Sequence[tuple[float, float]]) -> float | None:
    """Give the median of the slopes between all pairs of points (x, y); None where no two differ in x.

    Source: Theil 1950, "A rank-invariant method of linear and polynomial regression analysis"; Sen 1968. Up to 29 % of
    the points may be wrong without bending it.
    """
    used = _spread_out(points)
    slopes = []
    for place, (x, y) in enumerate(used):
        slopes += [(b - y) / (a - x) for a, b in used[place + 1 :] if a > x]
    return median(slopes) if slopes else None


def median(numbers: Sequence[float]) -> float:
    """Give the middle of some numbers; of an even count the mean of the two in the middle.

    ``statistics`` would do it too, but takes four milliseconds of every start.
    """
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _spread_out(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    if len(points) <= _MOST:
        return points
    step = (len(points) - 1) / (_MOST - 1)
    return [points[round(place * step)] for place in range(_MOST)]
