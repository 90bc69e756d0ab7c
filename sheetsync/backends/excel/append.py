"""Rows that get cells behind their last one, hundreds in one go: what a run does to a worksheet that is new to it.

What is done to such a row depends on its tag, on its last cell and on what is written; all three come again and again.
Whatever is not plain is left to the patcher's own way, row by row, which gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

from sheetsync.backends.excel.batches import COLUMN, ROW, Batch
from sheetsync.backends.excel.cells import CellWriter, style_and_kind
from sheetsync.backends.excel.letters import column_of, letters_of
from sheetsync.backends.excel.tags import row_tag
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellUpdate


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
        self._numbered = b'<%brow r="' % prefix
        self._close = b"</%brow>" % prefix
        self._cell = b'<%bc r="' % prefix
        self._cell_close = b"</%bc>" % prefix
        self._looks: dict[tuple[bytes, bytes, bytes, int, int], Look | None] = {}

    def appended(self, batch: Batch) -> bytes | None:
        """Append to all rows of a batch that have targets, or give None where that is not plainly right."""
        width = _width(batch.targets)
        if not width or batch.targets[0].before is not None:
            return None
        wanted = [batch.places.get(row, -1) for row in map(ROW, batch.targets[::width])]
        rows = None if -1 in wanted else self._extended(batch, wanted, width)
        if rows is None:
            return None
        return b"".join((batch.lead, *chain.from_iterable(zip(repeat(self._numbered), rows))))

    def _extended(self, batch: Batch, wanted: Sequence[int], width: int) -> list[bytes] | None:
        """Give the rows with the new cells in those at some places, or None where one of them is not plain."""
        rows, targets = batch.rows.copy(), batch.targets
        columns = tuple(map(COLUMN, targets[:width]))
        first = self._cell + letters_of(columns[0])
        free = first not in batch.text  # as usual: no row has a cell there
        looks: list[Look] = []
        for place in wanted:
            number = batch.numbers[place]
            look = self._look(rows[place], number, columns)
            if look is None or not (free or rows[place].find(b'%b%b"' % (first, number)) < 0):
                return None
            looks.append(look)
        numbers = [batch.numbers[place].decode() for place in wanted]
        new = self.writer.inserted_rows(numbers, width, targets, [look[1:] for look in looks])
        close = len(self._close)
        for place, look, cells in zip(wanted, looks, new, strict=True):
            row = rows[place]
            if cells:
                parts = batch.numbers[place], look[0], row[row.find(b">") : -close], cells, self._close
                rows[place] = b"".join(parts)
        return rows

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
        close = len(row) - len(self._close)
        if not row.endswith(self._cell_close, 0, close) and row.find(b">", end) + 1 != close:
            return None  # something else stands behind the cell
        tag, attributes = row[len(number) : tag_end], row[end + 1 : row.find(b">", end)]
        key = tag, row[begin : end - len(number)], attributes, columns[0], columns[-1]
        if key not in self._looks:
            self._looks[key] = _look_of(*key)
        return self._looks[key]


def _look_of(tag: bytes, letters: bytes, attributes: bytes, first: int, last: int) -> Look | None:
    if not letters.isalpha() or column_of(letters) >= first:
        return None
    style, behind = row_tag(tag, last)
    return Look(behind, style, style_and_kind(attributes)[0])


def _width(targets: Sequence[CellUpdate]) -> int:
    """Give how many targets each row has, where all have theirs in the same columns; else 0."""
    rows, columns = list(map(ROW, targets)), list(map(COLUMN, targets))
    width = rows.count(rows[0]) if rows else 0
    if not width or columns != columns[:width] * (len(targets) // width) or len(set(columns[:width])) < width:
        return 0
    return width if rows[::width] == rows[width - 1 :: width] else 0
