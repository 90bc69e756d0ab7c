"""What the weights of siblings mean: percent, fraction or plain ratio, and what a blank one weighs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sheetsync.model import Quantity
from sheetsync.workbook import Cell

TOLERANCE = 1e-4 + 1e-9
"""Weights that should total 100 % may miss it by 0.01 percent points."""


class Weights(NamedTuple):
    """The resolved weights of siblings, in their order.

    ``form`` is ``percent``, ``fraction``, ``ratio`` or ``equal`` (nothing given). ``numbers`` are fractions (0.4 is
    40 %) or plain ratios; None where the weight is negative. ``assumed`` are the places of blanks that took the mean,
    ``starved`` those of blanks for which nothing remained. ``total`` is the sum; ``off`` says that it should be 1 and
    is not; ``all_zero`` that only zeros were given, so that all weigh the same.
    """

    form: str
    numbers: tuple[float | None, ...]
    total: float
    assumed: tuple[int, ...] = ()
    starved: tuple[int, ...] = ()
    off: bool = False
    all_zero: bool = False


def resolve(cells: Sequence[Cell[Quantity]]) -> Weights:
    """Resolve the weights of one sibling group. An unreadable weight counts as blank."""
    given = [cell.value for cell in cells]
    count = len(given)
    if not any(given):
        return Weights("equal", (1.0,) * count, float(count))
    known = [weight for weight in given if weight is not None and weight.number >= 0]
    form = _form(known)
    numbers = [_number(weight, form) for weight in given]
    blanks = [place for place, weight in enumerate(given) if weight is None]
    negative = {place for place, weight in enumerate(given) if weight is not None and weight.number < 0}
    sure = sum(number for place, number in enumerate(numbers) if place not in negative)
    return _filled(form, numbers, blanks, negative, sure, len(known))


def _form(known: Sequence[Quantity]) -> str:
    """Tell percent (a % sign, or a sum in 50..150), fraction (a sum in 0.5..1.5, not all whole) and ratio apart."""
    total = sum(weight.number for weight in known)
    if any(weight.percent for weight in known) or 50 <= total <= 150:
        return "percent"
    whole = all(weight.number == int(weight.number) for weight in known)
    return "fraction" if 0.5 <= total <= 1.5 and not whole else "ratio"


def _number(weight: Quantity | None, form: str) -> float:
    """Give a weight on the group's scale; beside cells with a % sign a plain number above 1 is percent points."""
    if weight is None:
        return 0.0
    points = form == "percent" and not weight.percent and weight.number > 1
    return weight.number / 100 if points else weight.number


def _filled(form: str, numbers: list[float], blanks: list[int], negative: set[int], sure: float, known: int) -> Weights:
    assumed: tuple[int, ...] = ()
    starved: tuple[int, ...] = ()
    if blanks and form in ("percent", "fraction"):
        left = 1.0 - sure
        if left <= TOLERANCE:
            starved, left = tuple(blanks), 0.0
        for place in blanks:
            numbers[place] = left / len(blanks)
    elif blanks and known:
        assumed = tuple(blanks)
        for place in blanks:
            numbers[place] = sure / known
    elif blanks:
        numbers = [1.0] * len(numbers)
    weights: tuple[float | None, ...] = tuple(
        None if place in negative else number for place, number in enumerate(numbers)
    )
    total = sum(weight for weight in weights if weight is not None)
    if total == 0:
        even = tuple(None if weight is None else 1.0 for weight in weights)
        return Weights(form, even, float(len(weights) - len(negative)), all_zero=len(negative) < len(weights))
    off = form in ("percent", "fraction") and abs(total - 1.0) > TOLERANCE
    return Weights(form, weights, total, assumed, starved, off)


def shares(numbers: Sequence[float | None], scored: Sequence[bool]) -> tuple[list[float | None], float]:
    """Divide by the scored weight: the share of each scored sibling (None for the others), and the part scored.

    The second number is the scored weight as a fraction of all of it; 0 where there is none.
    """
    total = sum(number for number in numbers if number is not None)
    held = sum(number for number, counts in zip(numbers, scored, strict=True) if counts and number is not None)
    if held <= 0:
        return [None] * len(numbers), 0.0
    used = [
        number / held if counts and number is not None else None for number, counts in zip(numbers, scored, strict=True)
    ]
    return used, held / total
