"""What users entered in a spreadsheet at one moment: enough to find moved rows and columns, and to put cells back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sheetsync.backends.google.links import as_we_write
from sheetsync.backends.google.marks import Mark, marks_of
from sheetsync.backends.google.values import FORMULA, PLAIN, Entered, Form, entered, form_of
from sheetsync.record import NamedTuple


class Grid(NamedTuple):
    """One worksheet: ``rows[0]`` is row 1; blank cells at the end of a row and blank rows at the end are left out.

    ``forms`` are the number formats of its cells, likewise; None where nobody asked for them. ``notes`` are those on
    its cells, by row and column; None where they do not matter, because none is written.
    """

    sheet: int
    title: str
    rows: Sequence[Sequence[Entered]]
    forms: Sequence[Sequence[Form | None]] | None = None
    notes: Mapping[tuple[int, int], str] | None = None

    def value(self, row: int, column: int) -> Entered:
        """Give what was entered in a cell; None where it is empty or beyond the used area."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def form(self, row: int, column: int) -> Form | None:
        """Give the number format of a cell, PLAIN where it has none; None where that is not known."""
        if self.forms is None:
            return None
        known = row <= len(self.forms) and column <= len(self.forms[row - 1])
        return (self.forms[row - 1][column - 1] if known else None) or PLAIN

    def note(self, row: int, column: int) -> str:
        """Give the note on a cell; empty where it has none."""
        return "" if self.notes is None else self.notes.get((row, column), "")

    @property
    def width(self) -> int:
        """The number of columns in use."""
        return max(map(len, self.rows), default=0)


class Snapshot(NamedTuple):
    """The worksheets by their id, and our marks by their name."""

    grids: Mapping[int, Grid]
    marks: Mapping[str, Mark]

    @property
    def tells_forms(self) -> bool:
        """Say whether the number formats of a worksheet are known."""
        return any(grid.forms is not None for grid in self.grids.values())

    @property
    def tells_notes(self) -> bool:
        """Say whether the notes of a worksheet are known."""
        return any(grid.notes is not None for grid in self.grids.values())

    @property
    def revision(self) -> str:
        """A SHA-256 over everything that was entered: equal where nobody changed anything that we look at."""
        made = sha256()
        for grid in self.grids.values():
            made.update(repr((grid.sheet, grid.title)).encode())
            for row in grid.rows:
                made.update(repr(row).encode())
        made.update(repr(sorted((name, mark.place) for name, mark in self.marks.items())).encode())
        return made.hexdigest()


def snapshot_of(answer: Mapping[str, Any], *, forms: bool = False, notes: bool = False) -> Snapshot:
    """Take a snapshot out of a spreadsheet as the API gives it, with its number formats and notes where asked.

    Worksheets without cells (charts) are left out.
    """
    grids = {}
    for sheet in answer.get("sheets", ()):
        properties = sheet["properties"]
        if properties.get("sheetType", "GRID") == "GRID":
            number = properties.get("sheetId", 0)
            rows = trimmed(by_place(sheet, _entered))
            looks = by_place(sheet, form_of) if forms else None
            grids[number] = Grid(number, properties["title"], rows, looks, notes_in(sheet) if notes else None)
    return Snapshot(grids, marks_of(answer))


def notes_in(sheet: Mapping[str, Any]) -> dict[tuple[int, int], str]:
    """Give the notes on the cells of a worksheet, by row and column."""
    return {
        (number, column): cell["note"]
        for data in sheet.get("data", ())
        for number, row in enumerate(data.get("rowData", ()), data.get("startRow", 0) + 1)
        for column, cell in enumerate(row.get("values", ()), data.get("startColumn", 0) + 1)
        if cell.get("note")
    }


def _entered(cell: Mapping[str, Any]) -> Entered:
    """Give what was entered in a cell; a link of ours as we write it."""
    value = entered(cell.get("userEnteredValue"))
    return (FORMULA, as_we_write(value[1])) if isinstance(value, tuple) and value[0] == FORMULA else value


def by_place(sheet: Mapping[str, Any], take: Callable[[Mapping[str, Any]], Any]) -> list[list[Any]]:
    """Take something of every cell of a worksheet, by row and column; several ranges of it stand side by side."""
    rows: list[list[Any]] = []
    for data in sheet.get("data", ()):
        start, top = data.get("startColumn", 0), data.get("startRow", 0)
        for number, given in enumerate(data.get("rowData", ()), top):
            rows.extend([] for _ in range(number + 1 - len(rows)))
            row, found = rows[number], [take(cell) for cell in given.get("values", ())]
            row.extend([None] * (start - len(row)))
            row[start : start + len(found)] = found
    return rows


def trimmed(rows: list[list[Entered]]) -> list[list[Entered]]:
    """Take blank cells from the end of each row, and blank rows from the end."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
