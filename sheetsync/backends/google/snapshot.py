"""What users entered in a spreadsheet at one moment: enough to find moved rows and columns, and to put cells back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sheetsync.backends.google.marks import Mark, marks_of
from sheetsync.backends.google.values import Entered, entered
from sheetsync.record import NamedTuple


class Grid(NamedTuple):
    """One worksheet: ``rows[0]`` is row 1; blank cells at the end of a row and blank rows at the end are left out."""

    sheet: int
    title: str
    rows: Sequence[Sequence[Entered]]

    def value(self, row: int, column: int) -> Entered:
        """Give what was entered in a cell; None where it is empty or beyond the used area."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    @property
    def width(self) -> int:
        """The number of columns in use."""
        return max(map(len, self.rows), default=0)


class Snapshot(NamedTuple):
    """The worksheets by their id, and our marks by their name."""

    grids: Mapping[int, Grid]
    marks: Mapping[str, Mark]

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


def snapshot_of(answer: Mapping[str, Any]) -> Snapshot:
    """Take a snapshot out of a spreadsheet as the API gives it; worksheets without cells (charts) are left out."""
    grids = {}
    for sheet in answer.get("sheets", ()):
        properties = sheet["properties"]
        if properties.get("sheetType", "GRID") == "GRID":
            number = properties.get("sheetId", 0)
            grids[number] = Grid(number, properties["title"], _entered_rows(sheet))
    return Snapshot(grids, marks_of(answer))


def _entered_rows(sheet: Mapping[str, Any]) -> list[list[Entered]]:
    rows: list[list[Entered]] = []
    for data in sheet.get("data", ()):
        left, top = [None] * data.get("startColumn", 0), data.get("startRow", 0)
        for number, row in enumerate(data.get("rowData", ()), top):
            found = [entered(cell.get("userEnteredValue")) for cell in row.get("values", ())]
            _place(rows, number, left, found)
    return trimmed(rows)


def _place(rows: list[list[Entered]], number: int, left: list[None], found: list[Entered]) -> None:
    """Put the cells of a range into its row; several ranges of one worksheet stand side by side."""
    rows.extend([] for _ in range(number + 1 - len(rows)))
    row = rows[number]
    row.extend([None] * (len(left) - len(row)))
    row[len(left) : len(left) + len(found)] = found


def trimmed(rows: list[list[Entered]]) -> list[list[Entered]]:
    """Take blank cells from the end of each row, and blank rows from the end."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
