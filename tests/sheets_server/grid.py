"""The cells of one sheet. A row is a tuple that is replaced and never changed, so that copies cost next to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.sheets_server.area import Box
from tests.sheets_server.cells import BLANK, Cell

Row = tuple[Cell | None, ...]


class Grid:
    """Cells by row and column from 0; rows and columns beyond the last that holds something are not stored."""

    def __init__(self, rows: int = 1000, columns: int = 26) -> None:
        self.row_count = rows
        self.column_count = columns
        self.rows: list[Row] = []

    def copy(self) -> Grid:
        """Another grid with the same cells."""
        found = Grid(self.row_count, self.column_count)
        found.rows = list(self.rows)
        return found

    def cell(self, row: int, column: int) -> Cell:
        """Give the cell at a place; BLANK where there is none."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return BLANK
        return self.rows[row][column] or BLANK

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set one cell."""
        self.put_row(row, column, (cell,))

    def put_row(self, row: int, column: int, cells: Sequence[Cell]) -> None:
        """Set cells beside each other, the first at that column."""
        old = self.rows[row] if row < len(self.rows) else ()
        head = old[:column] + (None,) * (column - len(old))
        found = (None if cell is BLANK or cell == BLANK else cell for cell in cells)
        new = _stripped((*head, *found, *old[column + len(cells) :]))
        if new and row >= len(self.rows):
            self.rows.extend(() for _ in range(row + 1 - len(self.rows)))
        if row < len(self.rows):
            self.rows[row] = new
            self._trim()

    def _trim(self) -> None:
        while self.rows and not self.rows[-1]:
            self.rows.pop()

    def cells(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """Every cell of a rectangle that is not blank, with its place."""
        for row in range(box.top, min(box.bottom, len(self.rows))):
            for column, cell in enumerate(self.rows[row][box.left : box.right], box.left):
                if cell is not None:
                    yield row, column, cell

    def block(self, box: Box) -> list[list[Cell]]:
        """All cells of a rectangle, row by row, blank ones too."""
        return [[self.cell(row, column) for column in range(box.left, box.right)] for row in range(box.top, box.bottom)]

    def insert_rows(self, at: int, count: int, like: int | None = None) -> None:
        """Insert rows before row `at`, dressed as the row `like` is."""
        self.row_count += count
        new = _dressed_like(self.rows[like]) if like is not None and 0 <= like < len(self.rows) else ()
        if at > len(self.rows) and new:
            self.rows.extend(() for _ in range(at - len(self.rows)))
        if at < len(self.rows) or new:
            self.rows[at:at] = [new] * count
        self._trim()

    def delete_rows(self, start: int, end: int) -> None:
        """Delete rows."""
        self.row_count -= end - start
        del self.rows[start:end]
        self._trim()

    def move_rows(self, start: int, end: int, first: int) -> None:
        """Take rows out and put them in again so that they begin at `first`."""
        self.rows.extend(() for _ in range(max(end, first + end - start) - len(self.rows)))
        taken = self.rows[start:end]
        del self.rows[start:end]
        self.rows[first:first] = taken
        self._trim()

    def insert_columns(self, at: int, count: int, like: int | None = None) -> None:
        """Insert columns before column `at`, each cell dressed as its neighbour in column `like` is."""
        self.column_count += count
        for index, row in enumerate(self.rows):
            pattern = _dressed_like(row[like : like + 1]) if like is not None and like < len(row) else ()
            if len(row) <= at and not pattern:
                continue
            head = row[:at] + (None,) * (at - len(row))
            self.rows[index] = _stripped(head + (pattern or (None,)) * count + row[at:])

    def delete_columns(self, start: int, end: int) -> None:
        """Delete columns."""
        self.column_count -= end - start
        self.rows = [_stripped(row[:start] + row[end:]) for row in self.rows]
        self._trim()

    def move_columns(self, start: int, end: int, first: int) -> None:
        """Take columns out and put them in again so that they begin at `first`."""
        for index, row in enumerate(self.rows):
            full = row + (None,) * (max(end, first + end - start) - len(row))
            left = full[:start] + full[end:]
            self.rows[index] = _stripped(left[:first] + full[start:end] + left[first:])

    def resize(self, rows: int, columns: int) -> None:
        """Make the grid larger or smaller at its ends."""
        if rows < self.row_count:
            del self.rows[rows:]
        if columns < self.column_count:
            self.rows = [_stripped(row[:columns]) for row in self.rows]
        self.row_count, self.column_count = rows, columns
        self._trim()


def _stripped(row: Row) -> Row:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _dressed_like(row: Row) -> Row:
    return _stripped(
        tuple(
            Cell(format=cell.format, validation=cell.validation) if cell and (cell.format or cell.validation) else None
            for cell in row
        )
    )
