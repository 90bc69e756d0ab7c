"""What the weights of siblings mean: percent, fraction or plain ratio, and what a blank one weighs."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.adding import added
from sheetsync.model import Quantity
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

TOLERANCE = 1e-4 + 1e-9
"""Weights that should total 100 % may miss it by 0.01 percent points."""


HEAVIEST = 1e12
"""A heavier weight counts as this, so that sums stay finite."""


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
    if not any(given):
        return Weights("equal", (1.0,) * len(given), float(len(given)))
    known = [weight for weight in given if weight is not None and weight.number >= 0]
    form = _form(known)
    if len(known) == len(given):
        return _summed(form, _numbers(given, form), frozenset())
    return _with_gaps(given, known, form)


def _form(known: Sequence[Quantity]) -> str:
    """Tell percent (a % sign, or a sum in 50..150), fraction (a sum in 0.5..1.5, not all whole) and ratio apart."""
    total = 0.0
    for number, percent, _ in known:
        if percent:
            return "percent"
        total += number
    if 50 <= total <= 150:
        return "percent"
    if not 0.5 <= total <= 1.5 or all(number == int(number) for number, _, _ in known):
        return "ratio"
    return "fraction"


def _numbers(given: Sequence[Quantity | None], form: str) -> list[float]:
    """Give the weights on the group's scale; blanks are 0.

    None weighs more than HEAVIEST. In percent, plain numbers are percent points; beside cells with a % sign only those
    above 1 are (0.3 is 30 %).
    """
    if form != "percent":
        return [0.0 if weight is None else min(weight.number, HEAVIEST) for weight in given]
    points = 1 if any(weight is not None and weight.percent for weight in given) else 0
    return [0.0 if weight is None else min(_fraction(weight, points), HEAVIEST) for weight in given]


def _fraction(weight: Quantity, points: int) -> float:
    return weight.number / 100 if not weight.percent and weight.number > points else weight.number


def _with_gaps(given: Sequence[Quantity | None], known: Sequence[Quantity], form: str) -> Weights:
    """Fill in the blanks: what remains of 100 %, the mean of plain ratios, or all the same."""
    negative = frozenset(place for place, weight in enumerate(given) if weight is not None and weight.number < 0)
    blanks = tuple(place for place, weight in enumerate(given) if weight is None)
    numbers = _numbers(given, form)
    sure = added(number for place, number in enumerate(numbers) if place not in negative)
    left = 1.0 - sure
    starved = form != "ratio" and left <= TOLERANCE
    if form == "ratio":
        fill = sure / len(known) if known else 1.0
    else:
        fill = 0.0 if starved or not blanks else left / len(blanks)
    for place in blanks:
        numbers[place] = fill
    weights = _summed(form, numbers, negative)
    assumed = blanks if form == "ratio" and known else ()
    return weights._replace(assumed=assumed, starved=blanks if starved else ())


def _summed(form: str, numbers: list[float], negative: frozenset[int]) -> Weights:
    """Leave out the negative ones, add up the rest, and let all weigh the same where that is 0."""
    weights: list[float | None] = [*numbers]
    for place in negative:
        weights[place] = None
    total = added(numbers) if not negative else added(weight for weight in weights if weight is not None)
    if total == 0:
        even = tuple(None if weight is None else 1.0 for weight in weights)
        return Weights(form, even, float(len(numbers) - len(negative)), all_zero=len(negative) < len(numbers))
    return Weights(form, tuple(weights), total, off=form != "ratio" and abs(total - 1.0) > TOLERANCE)


def shares(numbers: Sequence[float | None], scored: Sequence[bool]) -> tuple[list[float | None], float]:
    """Divide by the scored weight: the share of each scored sibling (None for the others), and the part scored.

    The second number is the scored weight as a fraction of all of it; 0 where there is none.
    """
    total = held = 0.0
    for number, counts in zip(numbers, scored, strict=True):
        if number is not None:
            total += number
            if counts:
                held += number
    if held <= 0:
        return [None] * len(numbers), 0.0
    used = [
        number / held if counts and number is not None else None for number, counts in zip(numbers, scored, strict=True)
    ]
    return used, held / total
