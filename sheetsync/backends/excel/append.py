"""Rows that get cells behind their last one, hundreds in one go: what a run does to a worksheet that is new to it.

What is done to such a row depends on its tag, on its last cell and on what is written; all three come again and again.
Whatever is not plain is left to the patcher's own way, row by row, which gives the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, pairwise, repeat
from operator import itemgetter

from sheetsync.backends.excel.cells import CellWriter, style_and_kind
from sheetsync.backends.excel.tags import row_tag
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellUpdate, column_letters, column_number

_ROW, _COLUMN = itemgetter(1), itemgetter(2)


class Appended(NamedTuple):
    """A batch of rows with their new cells, its last row, and the place behind its updates in their list."""

    rows: bytes
    last: int
    stop: int


class Look(NamedTuple):
    """What rows of one look have in common: what stands in their tag behind the number, and two formats."""

    tag: bytes
    row_style: int
    neighbour: int


class Appender:
    """Appends cells to rows of one worksheet. ``prefix`` is the namespace prefix of its elements, with its colon."""

    def __init__(self, prefix: bytes, writer: CellWriter) -> None:
        """Take how a cell is written."""
        self.writer = writer
        self._open, self._numbered = b"<%brow" % prefix, b'<%brow r="' % prefix
        self._close = b"</%brow>" % prefix
        self._cell = b'<%bc r="' % prefix
        self._looks: dict[tuple[bytes, bytes, bytes, int, int], Look | None] = {}

    def appended(self, batch: bytes, last: int, updates: Sequence[CellUpdate], start: int) -> Appended | None:
        """Append to all rows of a batch at once, or give None where that is not plainly right.

        ``updates`` are those of the worksheet in their order, ``start`` the place of the first that is not written yet,
        and ``last`` is the row before the batch.
        """
        lead, *rows = batch.split(self._numbered)
        numbers = [row[: row.find(b'"')] for row in rows]
        places = {int(number): place for place, number in enumerate(numbers) if number.isdigit()}
        in_order = all(row < following for row, following in pairwise((last, *places)))
        if not places or not in_order or batch.count(self._open) != len(places):
            return None
        last = next(reversed(places))
        stop = bisect_right(updates, last, lo=start, key=_ROW)
        targets = updates[start:stop]
        width = _width(targets)
        wanted = [places.get(row, -1) for row in map(_ROW, targets[::width])] if width else [-1]
        if -1 in wanted or not self._extend(rows, [(place, numbers[place]) for place in wanted], targets, width):
            return None
        return Appended(b"".join((lead, *chain.from_iterable(zip(repeat(self._numbered), rows)))), last, stop)

    def _extend(
        self, rows: list[bytes], wanted: Sequence[tuple[int, bytes]], targets: Sequence[CellUpdate], width: int
    ) -> bool:
        """Put the new cells into the rows at some places, with these numbers; False where one is not plain."""
        columns = tuple(map(_COLUMN, targets[:width]))
        first = self._cell + column_letters(columns[0]).encode()
        looks: list[Look] = []
        for place, number in wanted:
            look = self._look(rows[place], number, columns)
            if look is None or rows[place].find(b'%b%b"' % (first, number)) >= 0:
                return False
            looks.append(look)
        numbers = [number.decode() for _, number in wanted]
        new = self.writer.inserted_rows(numbers, width, targets, [look[1:] for look in looks])
        for (place, number), look, cells in zip(wanted, looks, new, strict=True):
            row = rows[place]
            if cells:
                rows[place] = b"".join((number, look[0], row[row.find(b">") : -len(self._close)], cells, self._close))
        return True

    def _look(self, row: bytes, number: bytes, columns: tuple[int, ...]) -> Look | None:
        """Give what a row looks like, None where it is not plain: it must have cells, all left of the targets.

        The row is given from its number on, up to the next row.
        """
        start = row.rfind(self._cell)
        begin = start + len(self._cell)
        end = row.find(b'"', begin)
        tag_end = row.find(b">")
        if not tag_end < start or not row.endswith(number, begin, end) or not row.endswith(self._close):
            return None
        tag, attributes = row[len(number) : tag_end], row[end + 1 : row.find(b">", end)]
        key = tag, row[begin : end - len(number)], attributes, columns[0], columns[-1]
        if key not in self._looks:
            self._looks[key] = _look_of(*key)
        return self._looks[key]


def _look_of(tag: bytes, letters: bytes, attributes: bytes, first: int, last: int) -> Look | None:
    if not letters.isalpha() or column_number(letters.decode("ascii", "replace")) >= first:
        return None
    style, behind = row_tag(tag, last)
    return Look(behind, style, style_and_kind(attributes)[0])


def _width(targets: Sequence[CellUpdate]) -> int:
    """Give how many targets each row has, where all have theirs in the same columns; else 0."""
    rows, columns = list(map(_ROW, targets)), list(map(_COLUMN, targets))
    width = rows.count(rows[0]) if rows else 0
    if not width or columns != columns[:width] * (len(targets) // width) or len(set(columns[:width])) < width:
        return 0
    return width if rows[::width] == rows[width - 1 :: width] else 0
