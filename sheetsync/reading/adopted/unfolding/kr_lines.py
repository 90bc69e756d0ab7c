"""Several key results as lines of one cell, with their targets, owners and more as lines of the cells beside it."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.reading.adopted.unfolding.kr_columns import OBJECTIVE_ONLY
from sheetsync.reading.adopted.unfolding.levels import MEASURES
from sheetsync.reading.adopted.unfolding.lines import Item, items_of, lines_of
from sheetsync.reading.adopted.unfolding.unfolded import AMOUNTS, Head, Merged, Spot, Unfolded, compact
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Table

_MANY = 0.4
"""In which share of the rows several key results must stand in one cell: else these few are one long title each."""


def key_result_lines(grid: Grid, table: Table) -> Unfolded | None:
    """Give every key result of a cell a virtual row; None where most cells hold one."""
    titles = {column.column for column in table.of("key_result")}
    if len(titles) != 1 or titles & {column.column for column in table.of("objective")}:
        return None
    (title,) = titles
    rows = [row for row in grid.filled if table.first_data_row <= row <= table.last_data_row]
    texts = [text for row in rows if isinstance(text := grid.row(row).get(title), str)]
    if sum(1 for text in texts if "\n" in text) < max(1, _MANY * len(texts)):
        return None
    merged = Merged(grid, table.first_data_row, table.last_data_row)
    columns = [column for column in table.columns if column.column != title]
    parted = {row: _items(merged, columns, row, title) for row in rows}
    if sum(1 for items in parted.values() if len(items) > 1) < max(1, _MANY * len(texts)):
        return None
    lines = [(row, line) for row in rows for line in _rows(merged, columns, row, title, parted[row])]
    (key_result,) = table.of("key_result")
    heads = [
        Head(Spot(column.header, table.header_rows[-1], column.column), column) for column in (*columns, key_result)
    ]
    return compact(grid, table, heads, lines, "flat")


def _items(merged: Merged, columns: Sequence[Column], row: int, title: int) -> tuple[Item, ...]:
    """Part a cell into its key results; one whose single target speaks for all of it stays whole.

    Lines without marks may as well be one title that was too long for its cell, and without an objective there is no
    other goal that a single target could be of.
    """
    text = merged.spot(row, title).value
    if not isinstance(text, str):
        return ()
    items, marked = items_of(text)
    if len(items) < 2:
        return items
    objective = any(merged.spot(row, column.column).value for column in columns if column.concept == "objective")
    for column in columns:
        whole = column.concept in MEASURES and not _parts(merged, column, row, len(items))
        if whole and not (marked and objective):
            return ()
    return items


def _parts(merged: Merged, column: Column, row: int, count: int) -> tuple[Spot, ...]:
    """Give what a cell says of each of so many key results: nothing where it does not speak of each, () is blank."""
    spot = merged.spot(row, column.column)
    if spot.value is None or (column.concept in AMOUNTS and spot.row != row):
        return (Spot(None, row),) * count
    if not isinstance(spot.value, str):
        return ()
    return tuple(spot._replace(value=item.text or None) for item in lines_of(spot.value, count))


def _rows(merged: Merged, columns: Sequence[Column], row: int, title: int, items: tuple[Item, ...]) -> list[list[Spot]]:
    """Give a virtual row for each key result of a row, and one for the objective where a value is of no single one."""
    whole = merged.spot(row, title)
    if len(items) < 2:
        alone = whole._replace(value=items[0].text) if items else whole
        return [[*(merged.own(row, column) for column in columns), alone]]
    told = [_parts(merged, column, row, len(items)) for column in columns]
    apart = [column.concept in OBJECTIVE_ONLY and not parts for column, parts in zip(columns, told, strict=True)]
    shared = [merged.own(row, column) for column in columns]
    lines = []
    if any(apart):
        lines.append(
            [
                *(
                    spot if kept or not parts or column.concept == "objective" else Spot(None, row)
                    for spot, kept, parts, column in zip(shared, apart, told, columns, strict=True)
                ),
                Spot(None, row),
            ]
        )
    for place, item in enumerate(items):
        line = [
            Spot(None, row) if kept else parts[place] if parts else spot
            for spot, kept, parts in zip(shared, apart, told, strict=True)
        ]
        lines.append([*line, whole._replace(value=item.text)])
    return lines
