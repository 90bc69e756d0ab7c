"""Headers of one to four rows: which rows belong together, and the words above each column."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from sheetsync.reading.understanding.candidates import (
    Candidate,
    candidate,
    candidates,
    is_label,
    is_numbering,
    periods_in,
    text_of,
)
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.period_names import HeadPeriod
from sheetsync.record import NamedTuple

_MOST_ROWS = 4
_MOST_BLOCKS = 60
"""Tables that are looked for on one worksheet; a worksheet with more headers is no sheet of goals."""
_SECOND = 2.3  # what a further header on a worksheet must score
_LONG = 90
_UNIT_ROW = 0.6
_WIDEST, _FAR = 200, 20_000


class Head(NamedTuple):
    """The words above one column: its own, those of the group that it belongs to, and the periods that they name."""

    own: str
    group: str = ""
    period: HeadPeriod | None = None
    """The period that is the whole of its own text."""
    group_period: HeadPeriod | None = None
    lines: str = ""
    """Its own text with the line breaks in it, where it has any: two languages, or a name and its unit."""

    @property
    def text(self) -> str:
        """The words from the group down, as a person would read them out."""
        return (
            f"{self.group} › {self.own}"
            if self.group and self.own and self.group != self.own
            else self.own or self.group
        )


class HeaderBlock(NamedTuple):
    """The header of a table: its rows, the words above each column, and the row of the first data."""

    rows: tuple[int, ...]
    heads: Mapping[int, Head]
    first_data_row: int
    score: float
    main: int


def find_headers(grid: Grid) -> list[HeaderBlock]:
    """Give the headers of a worksheet from top to bottom, the best one surely, others where they stand apart."""
    found = candidates(grid)
    if not found:
        return []
    best = max(found.values(), key=lambda one: (round(one.score, 2), -one.row))
    blocks: list[HeaderBlock] = []
    taken: set[int] = set()
    for one in sorted(found.values(), key=lambda one: (one.row != best.row, -one.score, one.row)):
        if len(blocks) == _MOST_BLOCKS:
            break
        if one.row in taken or not (one.row == best.row or _stands_apart(grid, one, best)):
            continue
        block = _block(grid, one)
        if taken.isdisjoint(block.rows):
            blocks.append(block)
            taken.update(range(block.rows[0] - 1, block.first_data_row))
    return sorted(blocks, key=lambda block: block.rows)


def _stands_apart(grid: Grid, one: Candidate, best: Candidate) -> bool:
    """Say whether a row is a header beside the best one: it repeats it, or begins anew below a blank row."""
    cells, model = grid.row(one.row), grid.row(best.row)
    same = sum(1 for column, value in cells.items() if model.get(column) == value)
    if same >= 3 and same >= 0.6 * len(model):
        return True
    if one.score < _SECOND or len(one.concepts) + min(len(one.periods), 2) < 3:
        return False
    first = max(1, one.row - 3, best.row + 1 if best.row < one.row else 1)
    above = [row for row in range(first, one.row) if len(grid.row(row)) <= 1]
    return bool(above) or one.row < best.row


def _block(grid: Grid, one: Candidate) -> HeaderBlock:
    top = bottom = one.row
    while bottom - top + 1 < _MOST_ROWS and _belongs_below(grid, top, bottom):
        bottom += 1
    while bottom - top + 1 < _MOST_ROWS and top > 1 and _belongs_above(grid, top, bottom):
        top -= 1
    rows = tuple(row for row in range(top, bottom + 1) if grid.row(row) or _is_covered(grid, row))
    return HeaderBlock(rows, heads_of(grid, rows), first_data_row(grid, bottom), one.score, one.row)


def _is_covered(grid: Grid, row: int) -> bool:
    return any(area.first_row < row <= area.last_row for area in grid.sheet.merges)


def _belongs_below(grid: Grid, top: int, bottom: int) -> bool:
    """Say whether the row below a header is part of it."""
    below = bottom + 1
    cells = grid.row(below)
    tall = [area for row in range(top, bottom + 1) for area in grid.merges_from(row) if area.last_row >= below]
    if tall and (cells or len(tall) >= 2):
        return all(isinstance(value, str) for value in cells.values()) or len(periods_in(grid, cells)) >= 2
    if not cells or is_numbering(cells) or bottom in grid.stated_headers:
        return False
    periods = periods_in(grid, cells)
    if any(not isinstance(value, str) and column not in periods for column, value in cells.items()):
        return False
    if any(isinstance(value, str) and (len(value) > _LONG or is_label(value)) for value in cells.values()):
        return False
    return (
        _is_under_groups(grid, bottom, below, periods) or _says_again(grid, bottom, below) or _is_unit_row(grid, below)
    )


def _is_under_groups(grid: Grid, upper: int, below: int, periods: Mapping[int, HeadPeriod]) -> bool:
    """Say whether the cells of a row stand under groups of the row above, or under its gaps."""
    cells, above = grid.row(below), grid.row(upper)
    wide = {area.first_column for area in grid.merges_from(upper) if area.last_column > area.first_column}
    gapped = {one for one, end in pairwise((*sorted(above), _FAR)) if any(one < column < end for column in cells)}
    clashes = [column for column in cells if column in above and column not in wide and column not in gapped]
    told = [value for column, value in cells.items() if column not in periods]
    known = sum(1 for value in told if isinstance(value, str) and grid.vocabulary.meanings(value))
    if len(cells) < 2 or len(clashes) > 0.34 * len(cells):
        return False
    if min(cells) < min(above, default=1) or max(cells) > max(above, default=1) + 6:
        return False
    return known >= max(1, 0.5 * len(told)) if told else len(periods) >= 2


def _says_again(grid: Grid, upper: int, below: int) -> bool:
    """Say whether a row is the header once more in another language."""
    one = candidate(grid, below)
    cells = grid.row(below)
    if one is None or len(one.concepts) < 3 or len(cells) < 0.6 * len(grid.row(upper)):
        return False
    exact = [value for value in cells.values() if isinstance(value, str) and grid.vocabulary.exactly(value)]
    if len(exact) < 0.6 * len(cells) or grid.row(upper) == cells:
        return False
    said = grid.vocabulary.statuses
    return not all(plain(value) in said for value in exact)  # done, met: what goals are, and not what columns hold


def _is_unit_row(grid: Grid, below: int) -> bool:
    """Say whether a row only says in brackets what the header above is measured in."""
    values = [str(value).strip() for value in grid.row(below).values()]
    bracketed = [text for text in values if text.startswith("(") and text.endswith(")")]
    return len(values) >= 2 and len(bracketed) >= _UNIT_ROW * len(values)


def _belongs_above(grid: Grid, top: int, bottom: int) -> bool:
    """Say whether the row above a header names groups of its columns."""
    above = top - 1
    cells = grid.row(above)
    if not cells or any(isinstance(value, str) and (len(value) > _LONG or is_label(value)) for value in cells.values()):
        return False
    header = {column for row in range(top, bottom + 1) for column in grid.row(row)}
    inside = {column: value for column, value in cells.items() if min(header) <= column <= max(header) + 1}
    areas = {area.first_column: area for area in grid.merges_from(above)}
    if any(area.last_row >= top and area.first_column in inside for area in areas.values()):
        return True
    periods = periods_in(grid, cells)
    if not inside or any(not isinstance(value, str) and column not in periods for column, value in inside.items()):
        return False
    wide = [c for c in inside if c in areas and _is_group(areas[c].first_column, areas[c].last_column, header)]
    gaps = [
        c for c in inside if c not in grid.row(top) and c not in areas and grid.vocabulary.meanings(text_of(inside[c]))
    ]
    spread = _spread(grid, inside, top) if not areas else []
    named = [c for c in inside if c in periods]
    if len(wide) + len(gaps) + len(spread) + len(named) == 0:
        return False
    if len(inside) == 1:  # one cell that begins where the table begins is its title
        return bool(wide) and len(header) >= 4 and wide[0] > min(header)
    return len(set(wide) | set(gaps) | set(spread) | set(named)) >= 0.5 * len(inside)


def _is_group(first: int, last: int, header: set[int]) -> bool:
    covered = sum(1 for column in header if first <= column <= last)
    return last > first and covered >= 2 and covered < 0.8 * len(header)


def _spread(grid: Grid, inside: Mapping[int, object], top: int) -> list[int]:
    """Give the cells of an unmerged row that are followed by gaps, each above at least two headers."""
    columns, below = sorted(inside), grid.row(top)
    if len(columns) < 2:
        return []
    ends = [*columns[1:], max(below, default=0) + 1]
    return [
        column
        for column, end in zip(columns, ends, strict=True)
        if end - column >= 2 and sum(1 for under in range(column, end) if under in below) >= 2
    ]


def heads_of(grid: Grid, rows: tuple[int, ...]) -> dict[int, Head]:
    """Give the words above each column; a group's words reach over the gap to its right, up to the next ones."""
    columns = sorted({column for row in rows for column in _reach(grid, row)})
    periods = {row: periods_in(grid, grid.row(row)) for row in rows}
    heads = {}
    for column in columns:
        levels = [(row, *_word_at(grid, rows, row, column)) for row in rows]
        told = [(row, place, text) for row, place, text in levels if text]
        told = [one for index, one in enumerate(told) if index == 0 or one[2] != told[index - 1][2]]
        if not told:
            continue
        row, place, own = told[-1]
        if place != column:
            continue  # covered by the header cell to its left, as the data below are
        group = " / ".join(text for _, _, text in told[:-1])
        upper = next((periods[r].get(p) for r, p, _ in reversed(told[:-1]) if periods[r].get(p)), None)
        raw = grid.row(row).get(place)
        lines = raw.strip() if isinstance(raw, str) and "\n" in raw.strip() else ""
        heads[column] = Head(own, group, periods[row].get(place), upper, lines)
    return heads


def _reach(grid: Grid, row: int) -> set[int]:
    """Give the columns over which the cells of a row stand, merged ones with all that they cover."""
    found = set(grid.row(row))
    for area in grid.merges_from(row):
        found.update(range(area.first_column, min(area.last_column, area.first_column + _WIDEST) + 1))
    return found


def _word_at(grid: Grid, rows: tuple[int, ...], row: int, column: int) -> tuple[int, str]:
    """Give the text over a column in one header row, and the column that it stands in."""
    cells = grid.row(row)
    if column in cells:
        return column, text_of(cells[column])
    area = grid.merge_at(row, column)
    if area is not None:
        return area.first_column, text_of(grid.row(area.first_row).get(area.first_column))
    if row == rows[-1]:
        return column, ""
    below = rows[rows.index(row) + 1 :]
    if not any(column in grid.row(lower) for lower in below):
        return column, ""
    left = max((other for other in cells if other < column), default=0)
    stands_on = left and any(left in grid.row(lower) for lower in below)
    alone = left and grid.merge_at(row, left) is None
    filled = all(any(c in grid.row(lower) for lower in below) for c in range(left, column + 1)) if left else False
    return (left, text_of(cells[left])) if stands_on and alone and filled else (column, "")


def first_data_row(grid: Grid, bottom: int) -> int:
    """Give the first row below a header that holds data: after the row of column numbers, and after totals on top."""
    for row in range(bottom + 1, grid.last + 1):
        cells = grid.row(row)
        if cells and not is_numbering(cells) and not grid.is_total(row):
            return row
    return bottom + 1
