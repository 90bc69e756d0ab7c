"""Unfolds worksheets, and looks at what came out as rows of concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.reading.adopted.unfolding import Unfolded, unfold
from sheetsync.reading.understanding import Table, understand
from sheetsync.reading.understanding.grid import Grid
from sheetsync.workbook import Area, CellValue, Workbook, Worksheet
from tests.reading.adopted.adopting import vocabulary
from tests.reading.sheets import Rows

Item = Mapping[str, CellValue]


def understood(sheet: Worksheet) -> Table:
    """Understand a worksheet that has one table."""
    (table,) = understand(Workbook("typed.xlsx", "memory", (sheet,), "1"), vocabulary()).tables
    return table


def flattened(sheet: Worksheet) -> Unfolded | None:
    """Unfold the one table of a worksheet."""
    return unfold(Grid(sheet, vocabulary()), understood(sheet))


def flat(rows: Rows, merges: Sequence[Area] = (), name: str = "OKR") -> Unfolded:
    """Unfold a table that must not be flat already."""
    found = flattened(Worksheet(name, rows, merges=tuple(merges)))
    assert found is not None
    return found


def items(unfolded: Unfolded) -> list[Item]:
    """Give the rows that hold something, by concept, with the period behind it where a column has one."""
    found: list[Item] = []
    for values in unfolded.sheet.rows[unfolded.table.first_data_row - 1 : unfolded.table.last_data_row]:
        told = {
            f"{column.concept} {column.period}".strip(): values[column.column - 1]
            for column in unfolded.table.columns
            if values[column.column - 1] is not None
        }
        if told:
            found.append(told)
    return found


def column(unfolded: Unfolded, concept: str) -> list[CellValue]:
    """Give what the items say of one concept."""
    return [item.get(concept) for item in items(unfolded)]


def places(unfolded: Unfolded, concept: str) -> list[tuple[int, int]]:
    """Give the real places of one concept, of the rows that hold something."""
    number = unfolded.table.of(concept)[0].column
    span = range(unfolded.table.first_data_row - 1, unfolded.table.last_data_row)
    return [unfolded.places[row][number - 1] for row in span if any(unfolded.sheet.rows[row])]


def astray(sheet: Worksheet, unfolded: Unfolded) -> list[tuple[int, int]]:
    """Give the virtual cells of items whose value is neither what stands at their place nor a part of it."""
    found = []
    for row in range(unfolded.table.first_data_row, unfolded.table.last_data_row + 1):
        for number, value in enumerate(unfolded.sheet.rows[row - 1], 1):
            real_row, real_column = unfolded.places[row - 1][number - 1]
            real = sheet.value(real_row, real_column)
            part = isinstance(value, str) and isinstance(real, str) and value in real
            if value is not None and real_column and value != real and not part:
                found.append((row, number))
    return found


def lost(sheet: Worksheet, table: Table, unfolded: Unfolded) -> list[tuple[int, int]]:
    """Give the filled cells of mapped columns in rows of data that no virtual cell has for its place."""
    kept = {place for line in unfolded.places for place in line}
    grid = Grid(sheet, vocabulary())
    turned = table.layout == "transposed"
    wanted = {column.column for column in table.columns}
    if turned:
        return [(row, place) for row in wanted for place in list(grid.row(row))[1:] if (row, place) not in kept]
    return [
        (row, place)
        for row in range(table.first_data_row, table.last_data_row + 1)
        for place in grid.row(row)
        if place in wanted and (row, place) not in kept
    ]
