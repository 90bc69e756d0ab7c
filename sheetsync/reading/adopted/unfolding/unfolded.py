"""A virtual flat worksheet made of one in which an item is not a row, with the real place of every virtual cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Table
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue, PercentFormats, Worksheet, no_percent

T = TypeVar("T")

Place = tuple[int, int]
"""Row and column of a real cell, from 1; column 0 where a value stands nowhere in particular."""

AMOUNTS = frozenset(
    (
        *("baseline", "target", "current", "current_to_date", "weight", "progress", "score", "weighted_score"),
        *("expected", "variance"),
    )
)
"""What belongs to one item alone: one such value beside several items is the value of none of them."""


class Unfolded(NamedTuple):
    """A virtual worksheet with one item a row, and the table on it.

    ``places[row - 1][column - 1]`` is the real place of a virtual cell. The first virtual column is always blank: its
    place, with column 0, is the real row of the item. ``own_rows`` is True where each item has a real row of its own,
    in which computed columns can stand beside it; the virtual rows then have the numbers of the real ones.
    """

    sheet: Worksheet
    table: Table
    places: Sequence[Sequence[Place]]
    own_rows: bool


class Spot(NamedTuple):
    """What stands in one virtual cell, and where it comes from."""

    value: CellValue
    row: int
    column: int = 0


class Head(NamedTuple):
    """One virtual column: its header cell, and what the column means (None where it is only carried along)."""

    spot: Spot
    column: Column | None = None


def compact(
    grid: Grid, table: Table, heads: Sequence[Head], rows: Sequence[tuple[int, Sequence[Spot]]], layout: str
) -> Unfolded:
    """Make a worksheet of a header and nothing but items; each comes with the real row that stands for it."""
    header = (table.header_rows[-1], [head.spot for head in heads])
    lines = [[Spot(None, row), *spots] for row, spots in (header, *rows)]
    columns = tuple(
        column._replace(column=number) for number, head in enumerate(heads, 2) if (column := head.column) is not None
    )
    flat = table._replace(
        columns=columns,
        layout=layout,
        header_rows=(1,),
        first_data_row=2,
        last_data_row=len(lines),
        unmapped=(),
        refused=(),
        traits=(),
    )
    return _unfolded(grid, flat, lines, own_rows=False)


class InPlace:
    """A virtual worksheet with the rows of the real one, in which cells are moved, added or left out."""

    def __init__(self, grid: Grid, table: Table) -> None:
        """Take over the rows down to the last one of the table, with all columns of the table."""
        self._grid, self._table = grid, table
        left = [one.column for one in (*table.unmapped, *table.refused)]
        self._width = max((*(one.column for one in table.columns), *left), default=0)
        self._lines = [
            [Spot(None, row), *(Spot(grid.row(row).get(column), row, column) for column in range(1, self._width + 1))]
            for row in range(1, table.last_data_row + 1)
        ]
        self._fill()

    def _fill(self) -> None:
        """Let merged cells speak for all rows that they cover, but for amounts, of which there is only one."""
        table = self._table
        concepts: dict[int, set[str]] = {}
        for column in table.columns:
            concepts.setdefault(column.column, set()).add(column.concept)
        key_results = [column.column for column in table.of("key_result")]
        for area in self._grid.sheet.merges:
            here = concepts.get(area.first_column, AMOUNTS)
            if area.first_row < table.first_data_row or not here.isdisjoint(AMOUNTS) or len(here) > 1:
                continue
            value = self._grid.row(area.first_row).get(area.first_column)
            for row in range(area.first_row + 1, min(area.last_row, table.last_data_row) + 1):
                cells = self._grid.row(row)
                untitled = "objective" in here and cells.keys().isdisjoint(key_results)
                if value is not None and cells and not untitled:  # an objective alone would be one of its own
                    self.put(row, area.first_column, Spot(value, area.first_row, area.first_column))

    def put(self, row: int, column: int, spot: Spot) -> None:
        """Set a virtual cell, by the number of its real column or the one that ``add`` gave."""
        self._lines[row - 1][column] = spot

    def at(self, row: int, column: int) -> Spot:
        """Give a virtual cell as it is now."""
        return self._lines[row - 1][column]

    def clear(self, row: int) -> None:
        """Leave a row out: it is blank in the virtual worksheet."""
        self._lines[row - 1] = [Spot(None, row) for _ in self._lines[row - 1]]

    def add(self, header: Spot) -> int:
        """Add a column on the right, blank but for its header, and give its number."""
        for row, line in enumerate(self._lines, 1):
            line.append(header if row == self._table.header_rows[-1] else Spot(None, row))
        return len(self._lines[0]) - 1

    def unfolded(self, columns: Sequence[Column], layout: str) -> Unfolded:
        """Give the whole, with the columns by the numbers that ``put`` takes."""
        moved = sorted((one._replace(column=one.column + 1) for one in columns), key=lambda one: one.column)
        table = self._table._replace(columns=tuple(moved), layout=layout, unmapped=(), refused=(), traits=())
        return _unfolded(self._grid, table, self._lines, own_rows=True)


def over(first: Unfolded, second: Unfolded) -> Unfolded:
    """Give a worksheet that was unfolded twice, with places in the real one."""
    places = [[_through(first.places, place) for place in line] for line in second.places]
    return second._replace(places=places, own_rows=first.own_rows and second.own_rows)


def _through(places: Sequence[Sequence[Place]], place: Place) -> Place:
    row, column = place
    return places[row - 1][column - 1] if column else (places[row - 1][0][0], 0)


def _unfolded(grid: Grid, table: Table, lines: Sequence[Sequence[Spot]], *, own_rows: bool) -> Unfolded:
    real = grid.sheet
    places = [[(spot.row, spot.column) for spot in line] for line in lines]
    sheet = Worksheet(
        real.name,
        [[spot.value for spot in line] for line in lines],
        hidden=real.hidden,
        protected=real.protected,
        formulas=frozenset(_mapped(places, dict.fromkeys(real.formulas, True))),
        is_percent=real.is_percent if real.is_percent is no_percent else Percents(real.is_percent, places),
        refusal=real.refusal,
        notes=_mapped(places, real.notes),
        link=real.link,
    )
    return Unfolded(sheet, table, places, own_rows)


class Merged:
    """The merged cells of a worksheet whose text speaks for every row and column that they cover."""

    def __init__(self, grid: Grid, first: int, last: int) -> None:
        """Take the merged cells that begin between two rows."""
        self.grid = grid
        self._tops = {
            (row, column): (area.first_row, area.first_column)
            for area in grid.sheet.merges
            if first <= area.first_row <= last
            for row in range(area.first_row, min(area.last_row, last) + 1)
            for column in range(area.first_column, area.last_column + 1)
        }

    def spot(self, row: int, column: int) -> Spot:
        """Give what stands in a cell, or in the merged cell that covers it."""
        top, left = self._tops.get((row, column), (row, column))
        return Spot(self.grid.row(top).get(left), top, left)

    def own(self, row: int, column: Column) -> Spot:
        """Give what a column says of a row; an amount merged over several rows is that of the first one alone."""
        spot = self.spot(row, column.column)
        return Spot(None, row) if column.concept in AMOUNTS and spot.row != row else spot


class Percents:
    """Answers for a virtual worksheet which cells the real one shows with a percent sign."""

    def __init__(self, real: PercentFormats, places: Sequence[Sequence[Place]]) -> None:
        """Take the answers of the real worksheet, and the real places."""
        self._real, self._places = real, places

    def __call__(self, row: int, column: int) -> bool:
        """Say whether the real cell carries a percent sign."""
        place = self._places[row - 1][column - 1]
        return place[1] > 0 and self._real(*place)


def _mapped(places: Sequence[Sequence[Place]], told: Mapping[Place, T]) -> dict[Place, T]:
    """Give what is known of real cells for the virtual ones."""
    if not told:
        return {}
    return {
        (row, column): told[place]
        for row, line in enumerate(places, 1)
        for column, place in enumerate(line, 1)
        if place in told
    }


def header_text(value: CellValue) -> str:
    """Give a header cell as text, on one line."""
    return " ".join((value.isoformat() if isinstance(value, date) else str(value or "")).split())
