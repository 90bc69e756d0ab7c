"""The value at which something turns: found by halving, then told as the shortest number that still turns it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, isinf, log10

from sheetsync.record import NamedTuple

Holds = Callable[[float], bool]

_HALVINGS = 1_200
"""More than any two numbers need until none lies between them, across zero as well."""

_SLACK = 1e-8
"""How far behind the edge a shorter number may lie, as a share of the way; thresholds themselves forgive 1e-9."""

_FINE = 3
"""Digits of the way that a person is told."""


class Turn(NamedTuple):
    """Where something turns. With ``value`` it has turned, with a hair less it has not.

    ``shown`` is what a person is told: a little more than ``value``, never too little. ``beyond`` says that ``shown``
    itself does not suffice, but everything behind it does.
    """

    value: float
    shown: float
    beyond: bool = False


def turn(holds: Holds, start: float, goal: float) -> Turn | None:
    """Find where between ``start`` and ``goal`` something begins to hold; None where it holds at neither or both."""
    if holds(start) or not holds(goal):
        return None
    before, after = _edge(holds, start, goal)
    up, way = goal > start, abs(goal - start)
    value = _shortest(after, holds, up=up, most=way * _SLACK)
    if before == start or _digits(before) < _digits(value):
        return Turn(after, before, beyond=True)
    return Turn(value, _rounded(value, holds, start, goal))


def _edge(holds: Holds, start: float, goal: float) -> tuple[float, float]:
    """Give two neighbouring numbers, of which the first does not hold and the second does."""
    for _ in range(_HALVINGS):
        middle = start / 2 + goal / 2
        if middle in (start, goal):
            break
        if holds(middle):
            goal = middle
        else:
            start = middle
    return start, goal


def _digits(number: float) -> int:
    """Count the digits that it takes to write a number; 0 is shorter than any other."""
    return len(Decimal(repr(number)).normalize().as_tuple().digits) if number else 0


def _shortest(edge: float, holds: Holds, *, up: bool, most: float) -> float:
    """Give the number with the fewest digits that lies at most so far behind the edge and holds."""
    exact = Decimal(repr(edge))  # as it is written: 0.65, and not the hair more that a computer keeps
    for digits in range(1, 17):
        near = _cut(exact, exact.adjusted() - digits + 1, up=up)
        if abs(near - exact) <= Decimal(most) and holds(float(near)):
            return float(near)
    return edge


def _rounded(value: float, holds: Holds, start: float, goal: float) -> float:
    """Round to what is worth telling of the way from where it stands, away from it and never past the goal."""
    way = abs(value - start)
    if way == 0 or isinf(way):
        return value
    told = float(_cut(Decimal(repr(value)), floor(log10(way)) - _FINE + 1, up=value > start))
    past = abs(told - start) > abs(goal - start)
    return told if holds(told) and not past else value


def _cut(number: Decimal, exponent: int, *, up: bool) -> Decimal:
    if not number or number.adjusted() - exponent > 25:
        return number
    return number.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_CEILING if up else ROUND_FLOOR)
