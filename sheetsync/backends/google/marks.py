"""Our marks in a spreadsheet: named ranges on the header cells of computed columns and on the dashboard's cells.

A named range is visible to the user (Data, Named ranges), moves with its cell when rows or columns are inserted,
deleted, moved or renamed, is copied with the spreadsheet, and vanishes with its cell. Developer metadata would do the
same unseen, but only for whole rows and columns, and nobody could delete it by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetsync.record import NamedTuple

PREFIX = "_ss_"


class Mark(NamedTuple):
    """One named range of ours: its id, and the worksheet (by id), row and column of its first cell."""

    id: str
    sheet: int
    row: int
    column: int

    @property
    def place(self) -> tuple[int, int, int]:
        """Worksheet id, row and column."""
        return self[1:]


def mark_name(table: str, concept: str) -> str:
    """Give the name of a mark, such as ``_ss_okr_weighted_score``."""
    return f"{PREFIX}{table}_{concept}"


def table_and_concept(name: str) -> tuple[str, str]:
    """Part the name of a mark into table and concept; a table's key holds no underscore."""
    table, _, concept = name.removeprefix(PREFIX).partition("_")
    return table, concept


def marks_of(answer: Mapping[str, Any]) -> dict[str, Mark]:
    """Give our marks in a spreadsheet as the API gives it, by name.

    A named range that was copied together with its worksheet carries that worksheet's name and is not ours. In ranges
    the API leaves out what is 0; one without a row or column means all of them.
    """
    marks = {}
    for own in answer.get("namedRanges", ()):
        name, place = own.get("name", ""), own.get("range", {})
        if name.startswith(PREFIX) and all(table_and_concept(name)):
            row, column = place.get("startRowIndex", 0) + 1, place.get("startColumnIndex", 0) + 1
            marks[name] = Mark(own.get("namedRangeId", ""), place.get("sheetId", 0), row, column)
    return marks
