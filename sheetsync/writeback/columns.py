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

KEY, SOURCE, ITEM = "key", "source", "item"
_NAMING = (
    Column(KEY, "text", quiet=True),
    Column(SOURCE, "link", quiet=True),
    Column(ITEM, "text", quiet=True),
)
_OWN_ORDER = (
    *("progress", "achievement", "expected", "score", "weighted_score", "grade", "status", "change", "forecast"),
    *("trend", "why", "synced"),
)
_BY_CONCEPT = {column.concept: column for column in (*_NAMING, *_OKR, *_KPI)}

OWN = "own"
"""The table of the worksheet of our own, whose rows are the items of tables that have no place for columns."""

TITLES = frozenset((ITEM, "name", "sheet"))
"""Columns of worksheets of our own whose texts may as well be a note of the user's."""

CARD = "card"
"""The table of the worksheet that sums up KPI scorecards, whose rows are people, departments and the company."""
_CARD = (
    Column("level", "text"),
    Column("name", "text"),
    Column("sheet", "text"),
    Column("total", "percent", digits=3),
    Column("grade", "text"),
    Column("coefficient", "number"),
    Column("kpis", "number"),
    Column("missing", "number"),
    Column("critical", "number"),
    Column("synced", "date"),
)

RETRO = "retro"
"""The table of a retrospective, whose rows are totals, objectives and key results of a closed cycle."""
FOR_PEOPLE = ("learned", "next_step")
"""Columns of a retrospective that people fill: never written."""
_RETRO = (
    Column(KEY, "text"),
    Column("kind", "text"),
    Column(ITEM, "text"),
    Column("owner", "text"),
    Column("team", "text"),
    Column("commitment", "text"),
    Column("baseline", "text"),
    Column("target", "text"),
    Column("current", "text"),
    Column("progress", "percent"),
    Column("score", "number"),
    Column("grade", "text"),
    Column("status", "text"),
    Column("verdict", "prose"),
    Column("learned", "prose"),
    Column("next_step", "prose"),
    Column("synced", "date"),
)

HISTORY = "history"
"""The table of the worksheet that shows the history: a row for each item and week, and beside them their means."""
_HISTORY = (
    Column("week", "date"),
    Column("id", "text"),
    Column(ITEM, "text"),
    Column("owner", "text"),
    Column("progress", "percent"),
    Column("expected", "percent"),
    Column("score", "number"),
    Column("status", "text"),
    Column("mean_week", "date"),
    Column("mean_progress", "percent"),
    Column("mean_expected", "percent"),
)

PAGES = (OWN, CARD, RETRO, HISTORY)
"""The tables that stand in worksheets of our own."""

COLUMNS: dict[str, dict[str, Column]] = {
    "okr": {column.concept: column for column in _OKR},
    "kpi": {column.concept: column for column in _KPI},
    CARD: {column.concept: column for column in _CARD},
    RETRO: {column.concept: column for column in _RETRO},
    HISTORY: {column.concept: column for column in _HISTORY},
    OWN: {concept: _BY_CONCEPT[concept] for concept in (KEY, SOURCE, ITEM, *_OWN_ORDER)},
}

WIDTHS = {"percent": 10, "number": 8, "text": 16, "prose": 40, "date": 12, "link": 20}
"""Width of a new column in characters."""

WIDE = {"why": 46, ITEM: 46, KEY: 26, "name": 28, "sheet": 20, "verdict": 84, "learned": 44, "next_step": 34}
"""Width of columns that hold sentences, names, or keys made of titles."""


def width_of(column: Column, header: str) -> int:
    """Give the width of a new column in characters: of what stands in it, and of its header where it is no sentence."""
    return WIDE.get(column.concept) or max(WIDTHS[column.form], len(header) + 2)
