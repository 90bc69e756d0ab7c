"""The patcher: only the target cells of a worksheet are replaced or inserted; every other byte streams through.

Rows are walked in order, once. Where most of them have targets they are patched hundreds at a time (``append`` on the
usual first run, ``overwrite`` on those after it). Of the others, rows without a target are never looked into, and one
with targets takes one of three ways: its targets exist already, all lie behind its last cell, or it is taken apart cell
by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from sheetsync.backends.excel.append import Appender
from sheetsync.backends.excel.batches import COLUMN, batch_of
from sheetsync.backends.excel.cells import CellWriter, style_and_kind
from sheetsync.backends.excel.letters import column_of, letters_of
from sheetsync.backends.excel.markup import attributes_of
from sheetsync.backends.excel.overwrite import Overwriter
from sheetsync.backends.excel.stream import in_batches
from sheetsync.backends.excel.tags import cell_content, row_style, row_tag, without_narrow_spans
from sheetsync.errors import WriteRefused
from sheetsync.workbook import CellUpdate

NEVER = 1 << 30
"""A row number beyond every row."""


class Splicer:
    """Splices updates, sorted by row and column, into the rows of one worksheet."""

    def __init__(
        self,
        blocks: Iterator[bytes],
        prefix: bytes,
        updates: Sequence[CellUpdate],
        writer: CellWriter,
        path: str,
        sheet: str,
        *,
        usual: bool,
    ) -> None:
        """Take the blocks of a sheet, its updates, and how a cell is written.

        ``usual`` says that every row and cell begins in the usual way, with its place; else each row is taken apart.
        """
        self.blocks, self.updates, self.writer = blocks, updates, writer
        self.path, self.sheet, self._prefix, self._usual = path, sheet, prefix, usual
        self._row_open, self._row_close = b"<" + prefix + b"row", b"</" + prefix + b"row>"
        self._cell_open = b"<" + prefix + b"c "
        self._cell_close = b"</" + prefix + b"c>"
        self._place = b"<" + prefix + b'c r="'
        self._appender = Appender(prefix, writer)
        self._overwriter = Overwriter(prefix, writer, set(map(COLUMN, updates)))
        self._at = 0
        self._per_row = 1
        self._columns: tuple[int, ...] = ()
        self._last_cell: tuple[bytes, bytes, int, int] = (b"", b"", NEVER, 0)

    def pieces(self) -> Iterator[bytes]:
        """Give the new sheet data, from the first row up to but without its closing tag."""
        last = 0
        for block in self.blocks:
            for batch in in_batches(block, self._row_open):
                spliced: list[bytes] = []
                last = self._batch(batch, last, spliced.append)
                yield b"".join(spliced)
        yield from self._new_rows(NEVER)

    def _batch(self, text: bytes, last: int, give: Callable[[bytes], None]) -> int:
        """Splice one batch of whole rows, whose numbers must be beyond ``last``; returns its last row."""
        batch = batch_of(text, self._row_open, last, self.updates, self._at) if self._usual else None
        done = (self._appender.appended(batch) or self._overwriter.overwritten(batch)) if batch is not None else None
        if batch is None or done is None:
            return self._block(text, last, give)
        give(done)
        self._at += len(batch.targets)
        return batch.last

    def _block(self, block: bytes, last: int, give: Callable[[bytes], None]) -> int:
        """Splice one block of whole rows, piece by piece; returns its last row."""
        find, row_open, tag = block.find, self._row_open, self._row_open + b' r="'
        step = len(tag)
        copied, at, wanted = 0, find(row_open), self._wanted()
        while at >= 0:
            usual = block.startswith(tag, at)
            end = find(b'"' if usual else b">", at + step)
            digits = block[at + step : end]
            number = int(digits) if usual and digits.isdigit() else self._number(block, at)
            if number <= last:
                raise WriteRefused("excel.row_order", path=self.path, sheet=self.sheet)
            last = number
            if number >= wanted:
                if copied < at:
                    give(block[copied:at])
                    copied = at
                if number > wanted:
                    for row in self._new_rows(number):
                        give(row)
                    wanted = self._wanted()
                if wanted == number:
                    tag_end, end = self._row_end(block, at)
                    give(self._row(block[at:tag_end], block[tag_end:end], number))
                    copied, wanted = end, self._wanted()
            at = find(row_open, end)
        give(block[copied:])
        return last

    def _wanted(self) -> int:
        """Give the row of the next update."""
        return self.updates[self._at].row if self._at < len(self.updates) else NEVER

    def _number(self, block: bytes, at: int) -> int:
        """Give the number of a row whose tag does not begin with it."""
        number = attributes_of(block[at : block.find(b">", at) + 1]).get(b"r", b"")
        if not number.isdigit():
            raise WriteRefused("excel.no_references", path=self.path, sheet=self.sheet)
        return int(number)

    def _row_end(self, block: bytes, at: int) -> tuple[int, int]:
        """Give the byte behind the row's tag and the byte behind the row."""
        tag_end = block.find(b">", at) + 1
        if block[tag_end - 2] == 47:  # "/>": a row without cells
            return tag_end, tag_end
        close, following = block.find(self._row_close, tag_end), block.find(self._row_open, tag_end)
        if close < 0 or 0 <= following < close:
            raise WriteRefused("excel.row_order", path=self.path, sheet=self.sheet)
        return tag_end, close + len(self._row_close)

    def _targets(self, row: int) -> Sequence[CellUpdate]:
        """Take the updates of one row off the list; usually they are as many as in the row before."""
        updates, start = self.updates, self._at
        count = len(updates)
        stop = start + self._per_row
        if stop > count or updates[stop - 1][1] != row or (stop < count and updates[stop][1] == row):
            stop = start + 1
            while stop < count and updates[stop][1] == row:
                stop += 1
        self._at, self._per_row = stop, stop - start
        return updates[start:stop]

    def _new_rows(self, before: int) -> Iterator[bytes]:
        """Give the rows that do not exist yet and belong above a row."""
        while self._wanted() < before:
            row = self._wanted()
            targets = self._targets(row)
            self._checked_columns(targets)
            cells = self.writer.inserted(targets, str(row), 0, 0)
            if cells:
                yield b'%b r="%d">%b%b' % (self._row_open, row, cells, self._row_close)

    def _checked_columns(self, targets: Sequence[CellUpdate]) -> tuple[int, ...]:
        columns = tuple([target[2] for target in targets])
        if columns == self._columns:
            return columns
        if len(set(columns)) < len(columns):
            twice = next(target for target in targets if columns.count(target.column) > 1)
            raise WriteRefused("excel.cell_twice", path=self.path, cell=str(twice.ref))
        self._columns = columns
        return columns

    def _row(self, tag: bytes, rest: bytes, number: int) -> bytes:
        """Give one row with its targets replaced or inserted. ``rest`` is what follows its tag, up to its end."""
        targets, row = self._targets(number), str(number)
        columns = self._checked_columns(targets)
        cells = rest[: -len(self._row_close)]
        if cells and not self._usual:
            return self._taken_apart(tag, cells, targets, row)
        first = cells.find(b'%b%b%d"' % (self._place, letters_of(columns[0]), number))
        if first >= 0:
            spliced = self._one_by_one(cells, targets, row)
            if spliced is not None:
                return tag + spliced + self._row_close
        else:
            neighbour = self._left_neighbour(cells, columns[0], row.encode())
            if neighbour is not None:
                return self._appended(tag, cells, targets, row, neighbour, closed=bool(rest))
        return self._taken_apart(tag, cells, targets, row)

    def _one_by_one(self, cells: bytes, targets: Sequence[CellUpdate], row: str) -> bytes | None:
        """Replace targets that all exist but stand apart, or give None where one does not exist."""
        match, number = _any_column(self._prefix).match, row.encode()
        found: list[re.Match[bytes]] = []
        end = 0
        for target in targets:
            at = cells.find(b'%b%b%b"' % (self._place, letters_of(target[2]), number), end)
            cell = match(cells, at) if at >= 0 else None
            if cell is None:
                return None
            found.append(cell)
            end = cell.end()
        new = self.writer.overwritten(targets, [cell[1] for cell in found], [cell[2] for cell in found])
        out: list[bytes] = []
        end = 0
        for cell, tail in zip(found, new, strict=True):
            out += (cells[end : cell.start(1)], tail)
            end = cell.end()
        return b"".join((*out, cells[end:]))

    def _left_neighbour(self, cells: bytes, column: int, row: bytes) -> int | None:
        """Give the format of a row's last cell (0 if it has none), or None unless that plainly stands left of a column.

        The cell is first taken to look as it did in the row before.
        """
        if not cells:
            return 0
        start = cells.rfind(self._cell_open)
        tag_end = cells.find(b">", start)
        if not cells.endswith(self._cell_close) and tag_end + 1 != len(cells):
            return None  # something else stands behind the cell
        letters, behind, last, style = self._last_cell
        if last < column and cells.startswith(b'%b%b%b"%b>' % (self._place, letters, row, behind), start):
            return style
        begin = start + len(self._place)
        end = cells.find(b'"', begin)
        letters = cells[begin : end - len(row)]
        if not cells.startswith(self._place, start) or cells[begin:end] != letters + row or not letters.isalpha():
            return None
        behind = cells[end + 1 : tag_end]
        self._last_cell = letters, behind, column_of(letters), style_and_kind(behind)[0]
        return self._last_cell[3] if self._last_cell[2] < column else None

    def _appended(
        self, tag: bytes, cells: bytes, targets: Sequence[CellUpdate], row: str, neighbour: int, *, closed: bool
    ) -> bytes:
        """Append cells behind the last one; a row that had no closing tag gets one."""
        numbered = b'%b r="%b"' % (self._row_open, row.encode())
        place = len(numbered) if tag.startswith(numbered) else 0  # what follows is the same in most rows
        style, behind = row_tag(tag[place:], targets[-1].column)
        new = self.writer.inserted(targets, row, style, neighbour)
        if not new:
            return tag + cells + self._row_close if closed else tag
        tag = tag[:place] + behind
        if not closed:
            tag = tag[:-2].rstrip() + b">"
        return tag + cells + new + self._row_close

    def _taken_apart(self, tag: bytes, cells: bytes, targets: Sequence[CellUpdate], row: str) -> bytes:
        """Take a row apart cell by cell and put it together again with the targets in their places."""
        writer, style, neighbour = self.writer, row_style(tag), 0
        out: list[bytes] = []
        pending = list(reversed(targets))
        end = last = 0
        for found in _cell_pattern(self._prefix).finditer(cells):
            attributes, content = found.group(1) or b"", found.group(2)
            column = self._column_of(attributes, row.encode())
            if column <= last or cells[end : found.start()].strip():
                raise WriteRefused("excel.row_order", path=self.path, sheet=self.sheet)
            last = column
            while pending and pending[-1].column < column:
                out.append(writer.inserted([pending.pop()], row, style, neighbour))
            out.append(cells[end : found.start()])
            if pending and pending[-1].column == column:
                (tail,) = writer.overwritten([pending.pop()], [attributes], [content])
                out.append(b'%b%b%b"%b' % (self._place, letters_of(column), row.encode(), tail))
            else:
                out.append(found.group())
                neighbour = style_and_kind(attributes)[0]
            end = found.end()
        if cells[end:].strip():
            raise WriteRefused("excel.row_order", path=self.path, sheet=self.sheet)
        out.extend(writer.inserted([target], row, style, neighbour) for target in reversed(pending))
        return without_narrow_spans(tag, targets[-1].column) + b"".join(out) + cells[end:] + self._row_close

    def _column_of(self, attributes: bytes, row: bytes) -> int:
        place = attributes_of(attributes).get(b"r", b"")
        letters = place.rstrip(b"0123456789")
        if place[len(letters) :] != row or not letters.isalpha() or len(letters) > 3:
            raise WriteRefused("excel.no_references", path=self.path, sheet=self.sheet)
        return column_of(letters)


@lru_cache(maxsize=8)
def _cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    own = re.escape(prefix)
    return re.compile(rb"<%bc(\s[^>]*?)?(?:/>|>(%b)</%bc\s*>)" % (own, cell_content(prefix), own))


@lru_cache(maxsize=8)
def _any_column(prefix: bytes) -> re.Pattern[bytes]:
    """Match a cell in any column: its attributes behind ``r``, and its content."""
    own = re.escape(prefix)
    return re.compile(rb'<%bc r="[A-Z]+[0-9]+"([^>]*?)(?:/>|>(%b)</%bc>)' % (own, cell_content(prefix), own))
