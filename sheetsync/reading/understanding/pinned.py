"""Finds adopted tables again: what each column means is known, where the table stands and ends is looked up anew.

The words of the headers decide. A header that moved with its column or row is followed; one whose words have changed is
left alone and told, because a wrong meaning is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sheetsync.mapping import ColumnMapping, TableMapping
from sheetsync.noticed import HeaderChange, Lookalike, MissingTable
from sheetsync.reading.understanding.extent import last_data_row
from sheetsync.reading.understanding.families import layout_of
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import (
    Head,
    HeaderBlock,
    find_headers,
    first_data_row,
    heads_of,
)
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.outcome import Column, Left, Reason, Table
from sheetsync.reading.understanding.period_columns import Periods, period_columns
from sheetsync.reading.understanding.tables import draft_of, sampled_rows, wanted_periods
from sheetsync.reading.understanding.turned import turned
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

TURNED = ("transposed", "period-rows")
"""Layouts whose concepts do not stand above columns of goals."""
_ADOPTED = Reason("adopted")
_SEARCHED = 400  # filled rows in which a header that moved is looked for
_LIKE = 3  # headers that must all be there before a worksheet counts as one of the same form
_ENOUGH = 0.5  # share of the headers that must be found together


class Pinned(NamedTuple):
    """An adopted table that was found again on one worksheet, and the headers that are no longer as they were."""

    table: Table
    mapping: TableMapping
    changes: tuple[HeaderChange, ...] = ()


def named(name: str, sheets: Sequence[str]) -> list[str]:
    """Give the worksheets that a name in a mapping stands for, in their order; ``*`` in it stands for anything."""
    pattern = re.compile(".*".join(map(re.escape, name.split("*"))), re.IGNORECASE | re.DOTALL)
    return [sheet for sheet in sheets if pattern.fullmatch(sheet)]


def pin(grid: Grid, mappings: Sequence[TableMapping]) -> Iterator[Pinned | MissingTable]:
    """Find the adopted tables of one worksheet, in the order in which they are mapped."""
    usual = [mapping for mapping in mappings if mapping.layout not in TURNED]
    blocks = {id(mapping): _block(grid, mapping) for mapping in usual}
    others = [block.rows[0] for block in find_headers(grid)] if len(grid.filled) > 1 else []
    for mapping in mappings:
        if mapping.layout in TURNED:
            yield _turned(grid, mapping)
            continue
        block = blocks[id(mapping)]
        if block is None:
            yield missing_table(grid, mapping)
        else:
            heads = [other.rows[0] for other in blocks.values() if other is not None]
            yield _pinned(grid, mapping, block, _following(block, (*heads, *others), grid))


def lookalike(grid: Grid, mappings: Sequence[TableMapping]) -> Lookalike | None:
    """Say whether a worksheet that no mapping speaks of has every header of an adopted one; None where it has not."""
    for mapping in mappings:
        wanted = [_same(column.header) for column in mapping.columns if column.header]
        if mapping.layout in TURNED or len(wanted) < _LIKE:
            continue
        block = _block(grid, mapping)
        if block is not None and _agreeing(block.heads, wanted) == len(wanted):
            return Lookalike(grid.sheet.name, block.rows[-1], mapping.worksheets[0])
    return None


def _following(block: HeaderBlock, heads: Sequence[int], grid: Grid) -> int:
    return min((row for row in heads if row >= block.first_data_row), default=grid.last + 1)


def missing_table(grid: Grid, mapping: TableMapping) -> MissingTable:
    """Give an adopted table that is no longer on its worksheet, with the headers that were looked for."""
    words = tuple(column.header for column in mapping.columns if column.header)
    return MissingTable(grid.sheet.name, mapping.header_rows[0], words)


def _block(grid: Grid, mapping: TableMapping) -> HeaderBlock | None:
    """Find the header of a table: where it stood, else where most of its words stand together now."""
    wanted = [_same(column.header) for column in mapping.columns if column.header]
    needed = max(1, _ENOUGH * len(wanted))
    best: tuple[int, int, tuple[int, ...]] | None = None
    for rows in _places(grid, mapping):
        found = _agreeing(heads_of(grid, rows), wanted)
        if found >= needed and (best is None or (found, -abs(rows[0] - mapping.header_rows[0])) > best[:2]):
            best = (found, -abs(rows[0] - mapping.header_rows[0]), rows)
        if found == len(wanted) and rows == mapping.header_rows:
            break
    if best is None:
        return None
    rows = best[2]
    return HeaderBlock(rows, heads_of(grid, rows), first_data_row(grid, rows[-1]), 0.0, rows[-1])


def _places(grid: Grid, mapping: TableMapping) -> Iterator[tuple[int, ...]]:
    """Give the rows in which the header may stand: where it was, then wherever one of its words stands."""
    yield mapping.header_rows
    words = {part for column in mapping.columns for part in map(_same, (column.header, *column.header.split(" › ")))}
    words -= {""}
    seen = {mapping.header_rows[0]}
    for row in grid.filled[:_SEARCHED]:
        if any(isinstance(value, str) and _same(value) in words for value in grid.row(row).values()):
            for place in range(len(mapping.header_rows)):
                first = row - place
                if first >= 1 and first not in seen:
                    seen.add(first)
                    yield tuple(range(first, first + len(mapping.header_rows)))


def _agreeing(heads: Mapping[int, Head], wanted: Sequence[str]) -> int:
    there = [_same(head.text) for head in heads.values()]
    return sum(1 for text in wanted if text in there)


def _same(text: str) -> str:
    """Give the words of a header so that accents, capitals, signs and white space make no difference."""
    return plain(text) or " ".join(text.split())


def _pinned(grid: Grid, mapping: TableMapping, block: HeaderBlock, following: int) -> Pinned:
    columns, changes = _columns(grid, mapping, block)
    used = frozenset(columns)
    last = last_data_row(grid, block, used or frozenset(block.heads), following)
    rows = sampled_rows(grid, block.first_data_row, last)
    periods = _periods(grid, block, rows, used)
    if periods.columns:  # rows below may hold nothing but their values, as the actuals under the targets of a KPI
        last = last_data_row(grid, block, used | {column.column for column in periods.columns}, following)
    mapped = [
        Column(one.concept, place, block.heads[place].text if place in block.heads else "", 1.0, _ADOPTED)
        for place, ones in columns.items()
        for one in ones
    ]
    told = sorted((*mapped, *wanted_periods(periods, mapping.kind, mapped)), key=lambda column: column.column)
    known = {column.column for column in told}
    left = [Left(place, head.text, Reason("unknown")) for place, head in block.heads.items() if place not in known]
    layout, traits = layout_of(grid, block, last, told, periods, mapping.layout == "side-by-side")
    table = Table(
        grid.sheet.name,
        mapping.kind,
        layout,
        block.rows,
        block.first_data_row,
        last,
        tuple(told),
        unmapped=tuple(left),
        traits=traits,
    )
    return Pinned(table, mapping, changes)


def _columns(
    grid: Grid, mapping: TableMapping, block: HeaderBlock
) -> tuple[dict[int, list[ColumnMapping]], tuple[HeaderChange, ...]]:
    """Give what each column means: by its words where it stood, else where these words stand now."""
    heads = {place: _same(head.text) for place, head in block.heads.items()}
    found: dict[int, list[ColumnMapping]] = {}
    moves: dict[int, int] = {}
    worded = [one for one in mapping.columns if one.header]
    changes = []
    for one in sorted(worded, key=lambda one: heads.get(one.place) != _same(one.header)):
        there = [place for place, text in heads.items() if text == _same(one.header) and _is_free(found, place, one)]
        place = min(there, key=lambda place: abs(place - one.place), default=0)
        if place:
            found.setdefault(place, []).append(one)
            moves[one.place] = place
        if place != one.place:
            changes.append(_change(grid, block, one, place))
    for one in mapping.columns:
        if not one.header:
            place = one.place + _shift(moves, one.place)
            if not heads.get(place) and _is_free(found, place, one):
                found.setdefault(place, []).append(one)
            else:
                changes.append(_change(grid, block, one, 0))
    return dict(sorted(found.items())), tuple(changes)


def _shift(moves: Mapping[int, int], place: int) -> int:
    """Give how far the nearest column with words has moved, with which one without words moves along."""
    nearest = min(moves, key=lambda other: (abs(other - place), other), default=0)
    return moves[nearest] - nearest if nearest else 0


def _is_free(found: Mapping[int, Sequence[ColumnMapping]], place: int, one: ColumnMapping) -> bool:
    """Say whether a column may take a concept: one that stood there before (two in one column) shares it."""
    return place not in found or all(
        other.place == one.place and other.concept != one.concept for other in found[place]
    )


def _change(grid: Grid, block: HeaderBlock, one: ColumnMapping, moved: int) -> HeaderChange:
    row = block.rows[-1]
    area = grid.merge_at(row, one.place)
    row, column = (area.first_row, area.first_column) if area is not None else (row, one.place)
    raw = grid.row(row).get(column)
    return HeaderChange(one.concept, Cell(grid.sheet.name, row, column, raw, None), one.header, moved)


def _periods(grid: Grid, block: HeaderBlock, rows: Sequence[int], used: frozenset[int]) -> Periods:
    """Find the columns of periods among those that the mapping does not name: new ones come with every month."""
    inside = {}
    drafts = []
    for place, head in block.heads.items():
        if place in used:
            continue
        within = grid.vocabulary.periods.inside(head.own) if head.period is None else None
        if within is not None:
            inside[place] = within
        if within is not None or head.period is not None or head.group_period is not None:
            drafts.append(draft_of(grid, rows, place, head))
    return period_columns(drafts, inside)


def _turned(grid: Grid, mapping: TableMapping) -> Pinned | MissingTable:
    """Find a turned table again, and give its places the concepts of the mapping."""
    table = turned(grid)
    if table is None or table.layout != mapping.layout:
        return missing_table(grid, mapping)
    wanted = {(_same(one.header), one.place): one for one in mapping.columns}
    by_words = {_same(one.header): one for one in mapping.columns}
    columns = []
    for column in table.columns:
        words = _same(column.header)
        one = wanted.get((words, column.column)) or by_words.get(words)
        if one is not None:
            columns.append(column._replace(concept=one.concept, confidence=1.0, reason=_ADOPTED))
        elif column.concept == "kpi_value":
            columns.append(column)  # a KPI that came later
    there = {_same(column.header) for column in columns}
    changes = tuple(
        HeaderChange(one.concept, _label(grid, mapping, one), one.header)
        for one in mapping.columns
        if _same(one.header) not in there
    )
    return Pinned(table._replace(columns=tuple(columns)), mapping, changes)


def _label(grid: Grid, mapping: TableMapping, one: ColumnMapping) -> Cell[object]:
    """Give the cell in which the words of a turned table's concept stood."""
    if mapping.layout == "transposed":
        cells = grid.row(one.place)
        column = min(cells, default=1)
        return Cell(grid.sheet.name, one.place, column, cells.get(column), None)
    row = mapping.header_rows[-1]
    return Cell(grid.sheet.name, row, one.place, grid.row(row).get(one.place), None)
