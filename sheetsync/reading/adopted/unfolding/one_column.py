"""Objectives and key results whose titles stand in one column, told apart by words, parents, numbers or amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sheetsync.reading.adopted.unfolding.levels import (
    KEY_RESULT,
    OBJECTIVE,
    by_measures,
    by_numbers,
    by_parents,
    by_words,
    measured,
)
from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Table

_NUMBERING = ("order", "id")


def one_column_of_titles(grid: Grid, table: Table) -> Unfolded | None:
    """Part the titles into a column of objectives and one of key results; None where they have two columns."""
    objectives = [column.column for column in table.of("objective")]
    key_results = [column.column for column in table.of("key_result")]
    titles = sorted({*objectives, *key_results})
    if table.kind != "okr" or len(titles) != 1:
        return None
    (title,) = titles
    rows = [
        row
        for row in grid.filled
        if table.first_data_row <= row <= table.last_data_row and title in grid.row(row) and not grid.is_total(row)
    ]
    levels, parents = _levels(grid, table, rows, title)
    both = bool(objectives and key_results)
    if not levels and not both:
        return None
    return _parted(grid, table, title, {row: levels.get(row, KEY_RESULT) for row in rows}, parents)


def _levels(grid: Grid, table: Table, rows: Sequence[int], title: int) -> tuple[dict[int, str], Mapping[int, int]]:
    """Say of each row what it is, and of rows below a higher objective which one that is."""
    known = [column.column for name in _NUMBERING for column in table.of(name)]
    left = [column for column in range(1, title) if column not in known]
    every = sorted({column for row in rows for column in grid.row(row)})
    found = by_words(grid, rows, [*known, *left, title, *(column for column in every if column > title)])
    if found:
        return found, {}
    amounts = measured(grid, table, rows)
    depths = by_parents(grid, rows, [*known, *left], every) or by_numbers(grid, rows, [*known, *left], [title])
    if depths:
        return _by_depth(depths, amounts), _above(depths)
    return (by_measures(amounts) if table.of(OBJECTIVE) else {}), {}


def _by_depth(depths: Mapping[int, int], amounts: Mapping[int, bool]) -> dict[int, str]:
    """Take the depth on which most amounts stand for that of the key results, and what is above for objectives."""
    rows = list(depths)
    leaves = [row for place, row in enumerate(rows) if place + 1 == len(rows) or depths[rows[place + 1]] <= depths[row]]
    counted = [row for row in leaves if amounts.get(row)] or leaves
    level = Counter(depths[row] for row in counted).most_common(1)[0][0]
    while level >= 2 and _are_measured(depths, amounts, level - 1):
        level -= 1  # what is below key results with amounts of their own only says how they are reached
    level = max(level, 1)
    return {
        row: KEY_RESULT if depths[row] >= level or (row in leaves and amounts.get(row)) else OBJECTIVE for row in rows
    }


def _are_measured(depths: Mapping[int, int], amounts: Mapping[int, bool], level: int) -> bool:
    told = [amounts.get(row, False) for row, depth in depths.items() if depth == level]
    return sum(told) > 0.5 * len(told)


def _above(depths: Mapping[int, int]) -> dict[int, int]:
    """Give the row above each row that is one level higher."""
    line: dict[int, int] = {}
    found = {}
    for row, depth in depths.items():
        if depth - 1 in line:
            found[row] = line[depth - 1]
        line = {level: other for level, other in line.items() if level < depth} | {depth: row}
    return found


def _parted(grid: Grid, table: Table, title: int, levels: Mapping[int, str], parents: Mapping[int, int]) -> Unfolded:
    """Move the titles of key results into a column of their own."""
    sheet = InPlace(grid, table)
    own = next(column for column in table.columns if column.column == title)
    header = Spot(own.header, table.header_rows[-1], title)
    place = sheet.add(header)
    for row, level in levels.items():
        if level == KEY_RESULT:
            sheet.put(row, place, sheet.at(row, title))
            sheet.put(row, title, Spot(None, row))
    columns = [column for column in table.columns if column.column != title]
    columns += [own._replace(concept=OBJECTIVE), own._replace(concept=KEY_RESULT, column=place)]
    columns += _aligned(sheet, table, levels, parents, own)
    return sheet.unfolded(columns, "objective-rows")


def _aligned(
    sheet: InPlace, table: Table, levels: Mapping[int, str], parents: Mapping[int, int], own: Column
) -> list[Column]:
    """Say of an objective below another one that it is aligned to that one, where no column says so already."""
    nested = {
        row: parents[row]
        for row, level in levels.items()
        if level == OBJECTIVE and levels.get(parents.get(row, 0)) == OBJECTIVE
    }
    if table.of("aligned_to") or not nested:
        return []
    place = sheet.add(Spot(None, table.header_rows[-1]))
    for row, parent in nested.items():
        sheet.put(row, place, sheet.at(parent, own.column))
    return [own._replace(concept="aligned_to", column=place)]
