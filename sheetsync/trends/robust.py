"""Slopes and spreads that one wrong number does not bend."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

_MOST = 120
"""Points that a slope is taken over; of more, as many at even distances."""


def theil_sen(points: Sequence[tuple[float, float]]) -> float | None:
    """Give the median of the slopes between all pairs of points (x, y); None where no two differ in x.

    Source: Theil 1950, "A rank-invariant method of linear and polynomial regression analysis"; Sen 1968. Up to 29 % of
    the points may be wrong without bending it.
    """
    used = _spread_out(points)
    slopes = [
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for place, earlier in enumerate(used)
        for later in used[place + 1 :]
        if later[0] > earlier[0]
    ]
    return median(slopes) if slopes else None


def _spread_out(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    if len(points) <= _MOST:
        return points
    step = (len(points) - 1) / (_MOST - 1)
    return [points[round(place * step)] for place in range(_MOST)]
