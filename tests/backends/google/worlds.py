"""A worksheet in plain lists that users rebuild: the model against which settling a write is judged.

Two grids live side by side: what really stands there, into which a write by index goes, and what the users meant. An
edit does the same to both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.settle import Put
from sheetsync.backends.google.snapshot import Grid, Snapshot, trimmed
from sheetsync.backends.google.values import Entered
from sheetsync.workbook import TableAnchor

HEADER = ["ID", "Key result", "Current", "Progress", "Status", "Remark"]
OWN = {"_ss_okr_progress": "Progress", "_ss_okr_status": "Status"}


class World:
    """One worksheet: a title row, a header row, and rows of key results; Progress and Status are ours."""

    def __init__(self, count: int, *, below: bool = False) -> None:
        """Make a sheet of so many key results, with remarks of the user's below the table where asked."""
        rows: list[list[Entered]] = [["Plan", None, None, None, None, None], list(HEADER)]
        rows += [[f"KR-{n}", f"Result {n}", float(n), 0.001 * n, f"old {n}", None] for n in range(1, count + 1)]
        if below:
            rows += [
                [None] * 6,
                ["Total", None, ("=", "=SUM(Now)"), ("=", "=AVERAGE(Progress)"), "remark of mine", "x"],
            ]
        self.count = count
        self.made = 0
        self.real, self.meant = [list(row) for row in rows], [list(row) for row in rows]

    def snapshot(self) -> Snapshot:
        """Give what really stands there, as the backend reads it."""
        header = head(self.meant)
        places = {name: self.meant[header].index(title) for name, title in OWN.items()}
        marks = {name: Mark(name, 0, header + 1, column + 1) for name, column in places.items()}
        return Snapshot({0: Grid(0, "OKR", trimmed([list(row) for row in self.real]))}, marks)

    def anchors(self) -> dict[int, list[TableAnchor]]:
        """Give the table as the plan knows it at the first reading."""
        return {0: [TableAnchor("OKR", 2, self.count + 2, (1, 2))]}

    def write(self, puts: Sequence[Put]) -> None:
        """Write by index, as Google does: whatever stands there by now."""
        for put in puts:
            grow(self.real, put.row, put.column)
            grow(self.meant, put.row, put.column)
            self.real[put.row - 1][put.column - 1] = put.value

    def edit(self, what: str, *numbers: int) -> None:
        """Let a user rebuild the sheet, or type; numbers that lie outside are folded into it."""
        change = EDITS[what](self, *numbers)
        for grid in (self.real, self.meant):
            change(grid)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.meant)


def head(grid: list[list[Any]]) -> int:
    """Find the header row by what nobody deletes from it; it counts from 0."""
    return next(number for number, row in enumerate(grid) if "Progress" in row and "Status" in row)


def grow(grid: list[list[Entered]], row: int, column: int) -> None:
    """Make a grid large enough for a cell."""
    grid.extend([] for _ in range(row - len(grid)))
    width = max(column, max(map(len, grid), default=0))
    for own in grid:
        own.extend([None] * (width - len(own)))


Change = Callable[[list[list[Any]]], object]


def _insert_row(world: World, at: int, token: int) -> Change:
    at %= world.height + 1
    row: list[Any] = [None] * len(world.meant[0])
    if token % 2:
        world.made += 1
        row[0], row[1] = f"NEW-{world.made}", f"typed {token}"
    return lambda grid: grid.insert(at, list(row))


def _delete_row(world: World, at: int, _: int) -> Change:
    first = head(world.meant) + 1
    if world.height <= first + 1:
        return _nothing
    gone = first + at % (world.height - first)
    return lambda grid: grid.pop(gone)


def _move_row(world: World, at: int, to: int) -> Change:
    at, to = at % world.height, to % world.height
    return lambda grid: grid.insert(to, grid.pop(at))


def _sort(world: World, column: int, down: int) -> Change:
    """Sort the rows below the header by what really stands in a column."""
    first, column = head(world.meant) + 1, column % len(world.meant[0])
    keys = [(row[column] is None, str(row[column])) for row in world.real[first:]]
    order = sorted(range(len(keys)), key=keys.__getitem__, reverse=bool(down % 2))

    def change(grid: list[list[Any]]) -> None:
        body = grid[first:]
        grid[first:] = [body[number] for number in order]

    return change


def _insert_column(world: World, at: int, _: int) -> Change:
    at %= len(world.meant[0]) + 1

    def change(grid: list[list[Any]]) -> None:
        for row in grid:
            row.insert(at, None)

    return change


def _delete_column(world: World, at: int, _: int) -> Change:
    header = world.meant[head(world.meant)]
    at %= len(header)
    if len(header) <= 4 or header[at] in FIXED:
        return _nothing
    return lambda grid: [row.pop(at) for row in grid]


def _move_column(world: World, at: int, to: int) -> Change:
    width = len(world.meant[0])

    def change(grid: list[list[Any]]) -> None:
        for row in grid:
            row.insert(to % width, row.pop(at % width))

    return change


def _type(world: World, at: int, token: int) -> Change:
    """Type something unique into a cell of a column of the user's, the ID left out."""
    header = head(world.meant)
    free = [column for column, title in enumerate(world.meant[header]) if title not in FIXED]
    row = header + 1 + at % (world.height - header - 1) if world.height > header + 1 else 0
    column = free[token % len(free)]

    def change(grid: list[list[Any]]) -> None:
        grid[row][column] = f"typed {at}/{token}"

    return change


def _nothing(_: list[list[Any]]) -> None:
    return None


FIXED = ("ID", "Progress", "Status")
"""Headers of the columns that nobody deletes or types into in this world."""

EDITS: dict[str, Callable[[World, int, int], Change]] = {
    "insert row": _insert_row,
    "delete row": _delete_row,
    "move row": _move_row,
    "sort": _sort,
    "insert column": _insert_column,
    "delete column": _delete_column,
    "move column": _move_column,
    "type": _type,
}
