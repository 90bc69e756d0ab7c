"""Our marks in a spreadsheet: named ranges on the header cells of computed columns and on the dashboard's cells.

A named range is visible to the user (Data, Named ranges), moves with its cell when rows or columns are inserted,
deleted, moved or renamed, is copied with the spreadsheet, and points nowhere once its cell is deleted. Developer
metadata would do the same unseen, but only for whole rows and columns, and nobody could delete it by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sheetsync.record import NamedTuple

PREFIX = "_ss_"

_NAME = re.compile(rf"(?P<name>{PREFIX}[^\W_]+_\w+?)(?:__(?P<number>[1-9]\d*))?")


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


def numbered(name: str, attempt: int) -> str:
    """Give the name under which Google shall keep a mark: ``_ss_okr_score``, then ``_ss_okr_score__2`` and so on.

    A named range whose cells were deleted stays behind as ``#REF!``. The API shows it to nobody, and refuses to give
    its name again; so the mark of a column that is made anew needs another one.
    """
    return name if attempt == 1 else f"{name}__{attempt}"


def table_and_concept(name: str) -> tuple[str, str]:
    """Part the name of a mark into table and concept; a table's key holds no underscore."""
    table, _, concept = name.removeprefix(PREFIX).partition("_")
    return table, concept


def marks_of(answer: Mapping[str, Any]) -> dict[str, Mark]:
    """Give our marks in a spreadsheet as the API gives it, by name, without the number of the attempt.

    A named range that was copied together with its worksheet carries that worksheet's name and is not ours. In ranges
    the API leaves out what is 0; one without a row or column means all of them, and one without any end no cell.
    """
    marks: dict[str, tuple[int, Mark]] = {}
    for own in answer.get("namedRanges", ()):
        told, place = _NAME.fullmatch(own.get("name", "")), own.get("range", {})
        if told and ("endRowIndex" in place or "endColumnIndex" in place):
            row, column = place.get("startRowIndex", 0) + 1, place.get("startColumnIndex", 0) + 1
            mark = Mark(own.get("namedRangeId", ""), place.get("sheetId", 0), row, column)
            number = int(told["number"] or 1)
            if number >= marks.get(told["name"], (0, mark))[0]:
                marks[told["name"]] = (number, mark)
    return {name: mark for name, (_, mark) in marks.items()}
