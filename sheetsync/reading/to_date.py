"""KPIs whose aggregation says that their values are to date: ``YTD``, or loosely ``cumulative``, ``cộng dồn``.

The loose words name values to date as well as months that are to be added up. Which of the two stands there, the
values tell: those to date never fall, and after ten months they are many times the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import Aggregation, Frequency, PeriodValue, PerPeriod, Quantity
from sheetsync.reading.words import Words
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

Cells = list[Cell[Any]]


class ToDate(NamedTuple):
    """Whether the values of one row hold those before them, and whether that is sure enough to say nothing."""

    holds: bool = False
    sure: bool = True


_BY_MONTH = ToDate()


def words_to_date(words: Words, cells: Cells) -> dict[str, bool]:
    """Give the texts of a column of aggregations that speak of values to date: True where they mean nothing else."""
    texts = {cell.raw for cell in cells if cell.raw.__class__ is str}
    told = {text: words.to_date.get(normalise(text)) for text in texts}
    return {text: sure for text, sure in told.items() if sure is not None}


def aggregated(told: Mapping[Any, bool], aggregations: Cells, targets: Cells) -> Cells:
    """Give the aggregations with those to date as what their values are otherwise: amounts add up, shares do not."""
    if not told:
        return aggregations
    return [
        aggregation
        if told.get(aggregation.raw) is not True
        else aggregation._replace(value=Aggregation.LAST if _is_share(target) else Aggregation.SUM)
        for aggregation, target in zip(aggregations, targets, strict=True)
    ]


def _is_share(target: Cell[Any]) -> bool:
    return isinstance(target.value, Quantity) and target.value.percent


def held(sure: bool | None, values: Sequence[PeriodValue]) -> ToDate:
    """Say of one row whether its values are to date; ``sure`` is what its word says, None where it says nothing."""
    if sure is None:
        return _BY_MONTH
    numbers = [
        (place, one.actual.value.number)
        for place, one in enumerate(values, 1)
        if isinstance(one.actual.value, Quantity)
    ]
    falls = any(later < earlier for (_, earlier), (_, later) in pairwise(numbers))
    if sure:
        return ToDate(bool(values), not falls)
    if falls or not numbers:
        return _BY_MONTH
    if len(numbers) < 2:
        return ToDate(False, numbers[0][0] == 1)  # what came before may be missing, or be in it
    (first_place, first), (last_place, last) = numbers[0], numbers[-1]
    # Of equal months the last value to date would be so many times the first; half of that growth tells the two apart.
    most = last_place / first_place
    return ToDate(last >= first * (1 + most) / 2 and last > 0, False)


def of_each(targets: Cells, chosen: Sequence[bool], time: Frequency) -> Cells:
    """Give the amounts of the chosen rows as targets for each month or quarter, as their header says of them all.

    A percentage is the same at all times.
    """
    return [
        target._replace(value=PerPeriod(target.value.number, time))
        if own and isinstance(target.value, Quantity) and not target.value.percent
        else target
        for target, own in zip(targets, chosen, strict=True)
    ]
