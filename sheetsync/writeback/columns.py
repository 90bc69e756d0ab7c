"""The computed columns of each kind of table, in the order in which they are added."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from operator import attrgetter

from sheetsync.record import NamedTuple
from sheetsync.results import Score


def rounded(number: float, digits: int) -> float:
    """Round as a sheet shows it, half away from zero, so that the cell and the sentence beside it say the same."""
    scale = 10**digits
    whole: float = math.floor(abs(number) * scale + 0.5 + _SLACK) / scale
    return whole if number >= 0 or whole == 0 else -whole


_SLACK = 1e-9
"""Keeps 0.145 from falling below its half when it is scaled."""


def rounded_all(numbers: Iterable[float | None], digits: int) -> list[float | None]:
    """Round as ``rounded`` does; most numbers are not negative, and a call for each would take most of the time."""
    floor, scale = math.floor, 10**digits
    return [
        None
        if number is None
        else floor(number * scale + 0.5 + _SLACK) / scale
        if number >= 0
        else rounded(number, digits)
        for number in numbers
    ]


class Column(NamedTuple):
    """One computed column.

    ``form`` says how its cells are shown, ``digits`` to how many decimals a number is rounded before it is compared
    and written (2 for a whole percent), ``number`` takes the number out of a score where the column holds one.
    A ``quiet`` column does not move the Synced date when it changes.
    """

    concept: str
    form: str
    digits: int = 2
    number: Callable[[Score], float | None] | None = None
    quiet: bool = False


_OKR = (
    Column("progress", "percent", number=attrgetter("progress")),
    Column("expected", "percent", number=attrgetter("expected"), quiet=True),
    Column("score", "number", number=attrgetter("score")),
    Column("status", "text"),
    Column("change", "percent", number=attrgetter("change")),
    Column("forecast", "percent", number=attrgetter("forecast"), quiet=True),
    Column("why", "text", quiet=True),
    Column("synced", "date"),
)

_KPI = (
    Column("achievement", "percent", number=attrgetter("progress")),
    Column("weighted_score", "percent", digits=3, number=attrgetter("weighted_score")),
    Column("grade", "text"),
    Column("status", "text"),
    Column("trend", "text"),
    Column("why", "text", quiet=True),
    Column("synced", "date"),
)

COLUMNS: dict[str, dict[str, Column]] = {
    "okr": {column.concept: column for column in _OKR},
    "kpi": {column.concept: column for column in _KPI},
}

WIDTHS = {"percent": 10, "number": 8, "text": 16, "date": 12, "sentence": 46}
"""Width of a new column in characters."""
