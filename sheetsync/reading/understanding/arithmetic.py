"""Columns that are computed from others, found by their numbers: actual divided by target is progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_MOST_COLUMNS = 9
_LEAST_ROWS = 3
_AGREE = 0.8
_SLACK = 0.006  # a percentage may be rounded to whole percent
_LARGEST = 20.0

Numbers = Sequence[float | None]


class Ratio(NamedTuple):
    """A column that is another one divided by a third, as a fraction or in percent."""

    column: int
    part: int
    whole: int


def ratios(columns: Mapping[int, Sequence[CellValue]], likely: Mapping[int, frozenset[str]]) -> list[Ratio]:
    """Find the columns that are an actual divided by a target; ``likely`` are the concepts each header may name.

    At least three rows must agree, and the numbers must differ, so that a column of ones proves nothing.
    """
    numbers = {column: told for column, values in columns.items() if (told := _numbers(values)) is not None}
    chosen = sorted(numbers)[:_MOST_COLUMNS]
    found = []
    for column, part, whole in permutations(chosen, 3):
        named = [likely.get(place, frozenset()) for place in (column, part, whole)]
        if _plausible(*named) and _agree(numbers[column], numbers[part], numbers[whole]):
            found.append(Ratio(column, part, whole))
    return found


def _plausible(result: frozenset[str], part: frozenset[str], whole: frozenset[str]) -> bool:
    """Say whether the headers leave room for it: none speaks against, and the actual or the target is named."""
    free = not result or not result.isdisjoint(("progress", "score", "current", "weighted_score", "variance"))
    return free and ("current" in part or "current_to_date" in part) and ("target" in whole)


def _agree(results: Numbers, parts: Numbers, wholes: Numbers) -> bool:
    rows = hits = 0
    seen: set[float] = set()
    for result, part, whole in zip(results, parts, wholes, strict=True):
        if result is None or part is None or not whole or abs(result) > _LARGEST * 100:
            continue
        rows += 1
        expected = part / whole
        near = _SLACK * max(1.0, abs(expected))
        if abs(result - expected) <= near or abs(result / 100 - expected) <= near:
            hits += 1
            seen.add(round(result, 3))
    return rows >= _LEAST_ROWS and hits >= _AGREE * rows and len(seen) >= 2


def _numbers(values: Sequence[CellValue]) -> list[float | None] | None:
    told = [
        float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None for value in values
    ]
    return told if sum(1 for value in told if value is not None) >= _LEAST_ROWS else None
