"""Objectives and key results whose titles stand in one column, told apart by words, parents, numbers or amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sheetsync.reading.adopted.unfolding.levels import (
    ancestors,
    by_measures,
    by_numbers,
    by_parents,
    measured,
)
from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Table
from sheetsync.reading.understanding.row_words import INITIATIVE, KEY_RESULT, OBJECTIVE
from sheetsync.reading.understanding.row_words import levels as levels_by_words
from sheetsync.record import NamedTuple

_NUMBERING = ("order", "id")


class _Told(NamedTuple):
    """What was found of the rows.

    ``levels`` say what each row is, ``above`` which row stands over it in the outline, ``codes`` which row the code
    of its parent names.
    """

    levels: Mapping[int, str]
    above: Mapping[int, int]
    codes: Mapping[int, int]


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
    told = _told(grid, table, rows, title)
    if not told.levels and not (objectives and key_results):
        return None
    levels = {row: told.levels.get(row, KEY_RESULT) for row in rows}
    return _parted(grid, table, title, told._replace(levels=levels))


def _numbering(table: Table, title: int) -> list[int]:
    """Give the columns that may number the titles, or hold their codes."""
    known = [column.column for name in _NUMBERING for column in table.of(name)]
    return [*known, *(column for column in range(1, title) if column not in known)]


def _told(grid: Grid, table: Table, rows: Sequence[int], title: int) -> _Told:
    """Say of each row what it is, and of rows below a higher objective which one that is."""
    numbering = _numbering(table, title)
    every = sorted({column for row in rows for column in grid.row(row)})
    codes = by_parents(grid, table, rows, numbering)
    _, found = levels_by_words(grid, rows, [*numbering, title, *(column for column in every if column > title)])
    if found:
        return _Told(found, codes, codes)
    amounts = measured(grid, table, rows)
    if codes:
        depths = {row: len(ancestors(row, codes)) for row in rows}
        return _Told(_by_depth(depths, codes, amounts), codes, codes)
    depths = by_numbers(grid, rows, numbering, [title])
    if depths:
        above = _above(depths)
        return _Told(_by_depth(depths, above, amounts), above, {})
    both = bool(table.of(OBJECTIVE) and table.of(KEY_RESULT))
    return _Told(by_measures(amounts, named=both) if table.of(OBJECTIVE) else {}, {}, {})


def _by_depth(depths: Mapping[int, int], parents: Mapping[int, int], amounts: Mapping[int, bool]) -> dict[int, str]:
    """Take the depth on which most amounts stand for that of the key results, and what is above for objectives."""
    leaves = depths.keys() - set(parents.values())
    counted = [row for row in leaves if amounts.get(row)] or list(leaves)
    level = Counter(depths[row] for row in counted).most_common(1)[0][0]
    while level >= 2 and _are_measured(depths, amounts, level - 1):
        level -= 1  # what is below key results with amounts of their own only says how they are reached
    level = max(level, 1)
    return {
        row: KEY_RESULT if depth >= level or (row in leaves and amounts.get(row)) else OBJECTIVE
        for row, depth in depths.items()
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


def _parted(grid: Grid, table: Table, title: int, told: _Told) -> Unfolded:
    """Move the titles of key results into a column of their own, beside that of the objective that a code names."""
    levels, codes = told.levels, told.codes
    sheet = InPlace(grid, table)
    own = next(column for column in table.columns if column.column == title)
    header = Spot(own.header, table.header_rows[-1], title)
    place = sheet.add(header)
    for row, level in levels.items():
        if level == KEY_RESULT:
            sheet.put(row, place, sheet.at(row, title))
        if level in (KEY_RESULT, INITIATIVE):
            sheet.put(row, title, Spot(None, row))
    for row in codes.keys() & levels.keys():
        owner = next((one for one in ancestors(row, codes) if levels.get(one) == OBJECTIVE), 0)
        if owner and levels[row] == KEY_RESULT:
            sheet.put(row, title, sheet.at(owner, title))
    columns = [column for column in table.columns if column.column != title]
    columns += [own._replace(concept=OBJECTIVE), own._replace(concept=KEY_RESULT, column=place)]
    columns += _aligned(sheet, table, levels, told.above, own)
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
