"""One worksheet before and after: every target reads back, and what is left without the targets is the same bytes.

Target cells are taken out of the old rows and the new ones, and what is left of both is compared. That is done for
thousands of rows in one go; where it does not come out even, row by row, and then cell by cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NoReturn

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.formats import Formats
from sheetsync.backends.excel.letters import column_of, letters_of
from sheetsync.backends.excel.markup import attributes_of, is_well_formed
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.stream import SheetStream, in_batches
from sheetsync.backends.excel.targets import SheetTargets
from sheetsync.backends.excel.verify_cells import Cell, CellCheck
from sheetsync.backends.excel.verify_head import same_head
from sheetsync.backends.excel.verify_sound import is_doubtful, refuse_malformed
from sheetsync.backends.excel.verify_strays import Strays
from sheetsync.backends.excel.verify_targets import TargetCells, TargetFinder
from sheetsync.errors import VerifyFailed
from sheetsync.workbook import CellUpdate

END = 1 << 30
_ROW, _COLUMN = itemgetter(1), itemgetter(2)


class SheetCheck:
    """Compares one worksheet before and after."""

    def __init__(
        self, old: Package, new: Package, targets: SheetTargets, formats: Formats, strays: Strays | None = None
    ) -> None:
        """Take the two packages, what was to be written, the new number formats, and what refers to those by chance."""
        self._strays, self._container = strays, old.container
        self.path, self.name, self.part = old.path, targets.facts.part.name, targets.facts.part.part
        self.updates, self._added = targets.updates, {addition.header.column for addition in targets.additions}
        self._named, self._colours = targets.tail, targets.colours
        blank = targets.facts.blank  # a new worksheet is compared with what it is while it is still empty
        before = iter((blank,)) if blank else old.container.chunks(self.part, limits.SHEET)
        self.old = SheetStream(before, self.path, self.part)
        self.new = SheetStream(new.container.chunks(self.part, limits.SHEET), self.path, self.part)
        self.prefix = self.old.prefix
        self._opening, self._closing = b"<" + self.prefix + b"row", b"</" + self.prefix + b"row"
        self._place = b"<" + self.prefix + b'c r="'
        self._usual = targets.facts.rows is None  # every cell begins in the usual way, as the quick survey proved
        self._cells = CellCheck(self.prefix, formats, old.date1904)
        self._finder = TargetFinder(self.prefix, sorted(set(map(_COLUMN, self.updates))), len(self.updates))
        self._links = "link" in set(map(itemgetter(5), self.updates))
        self._at = 0

    def run(self) -> None:
        """Walk both sheets; raises VerifyFailed at the first difference that was not asked for.

        Raises WriteRefused where the old rows were no sound XML.
        """
        doubtful = False
        if not same_head(self.old.head, self.new.head, self.prefix, self._added):
            self._fail_part()
        if self._strays is not None:
            self._strays.refuse(self.old.head, self.part)
        for old, new in self._blocks():
            doubtful = doubtful or is_doubtful(old)
            if self._strays is not None:
                self._strays.refuse(old, self.part)
            targets = self.updates[self._at : self._behind(old)]
            if self._at_once(old, new, targets):
                self._at += len(targets)
            else:
                self._row_by_row(old, new)
        self._targets(END)
        if doubtful:
            refuse_malformed(self._container.chunks(self.part, limits.SHEET), self.path, self.part)
        if self.old.tail != self._tail() or not is_well_formed(self.new.head + self.new.tail):
            self._fail_part()

    def _tail(self) -> bytes:
        """Give what stands behind the new rows, without new colours and what names a new drawing of notes."""
        tail = self.new.tail.replace(self._colours, b"", 1) if self._colours else self.new.tail
        if not self._named:
            return tail
        pattern = rb'<%blegacyDrawing(?: xmlns:r="[^"<>]+")? [\w.-]+:id="[^"<>]+"/>' % re.escape(self.prefix)
        return re.sub(pattern, b"", tail, count=1)

    def _blocks(self) -> Iterator[tuple[bytes, bytes]]:
        """Give the old rows in blocks, each with the new rows up to its last one; then the new rows behind them."""
        blocks, new = self._batches(self.new), b""
        for old in self._batches(self.old):
            last = self._last(old)
            while self._last(new) < last:
                more = next(blocks, None)
                if more is None:
                    break
                new += more
            cut = self._beyond(new, last)
            yield old, new[:cut]
            new = new[cut:]
        yield b"", b"".join((new, *blocks))

    def _batches(self, stream: SheetStream) -> Iterator[bytes]:
        return (batch for block in stream.blocks() for batch in in_batches(block, self._opening))

    def _last(self, block: bytes) -> int:
        """Give the number of a block's last row, 0 where it has none."""
        at = block.rfind(self._opening)
        return 0 if at < 0 else _number(block, at + len(self._opening))

    def _beyond(self, block: bytes, row: int) -> int:
        """Give where the first row beyond a number begins, the end where there is none; rows stand in order."""
        low, high = 0, len(block)
        while low < high:
            middle = (low + high) // 2
            at = block.find(self._opening, middle)
            if at < 0 or _number(block, at + len(self._opening)) > row:
                high = middle
            else:
                low = at + 1
        at = block.find(self._opening, low)
        return at if at >= 0 else len(block)

    def _behind(self, old: bytes) -> int:
        """Give the place in the list of the first update behind a block's last row; behind no row they all are."""
        return bisect_right(self.updates, self._last(old) or END, lo=self._at, key=_ROW)

    def _at_once(self, old: bytes, new: bytes, targets: Sequence[CellUpdate]) -> bool:
        """Say whether rows are right, if that can be told at once: all targets stand there in one of the usual forms.

        False says nothing: whoever looks more closely will find what is wrong, if anything is.
        """
        if not targets:
            return old == new
        rows = list(map(_ROW, targets))
        if self._links or not self._usual or len(targets) <= self._last(new) - rows[0]:
            return False  # where little was written, most rows are simply equal
        wanted = list(zip(rows, map(_COLUMN, targets), strict=True))
        begin, new_begin = self._beyond(old, rows[0] - 1), self._beyond(new, rows[0] - 1)
        cells = self._finder.found(new[new_begin:], wanted)
        if cells is None or not self._in_place(cells) or old[:begin] != new[:new_begin]:
            return False
        rest, stood = b"".join(cells.between), old[begin:]
        if rest != stood:
            stood = self._finder.rest(stood, wanted)
            if rest != stood and not self._same_but_spans(stood, rest, rows):
                return False
        return self._cells.all_right(cells.attributes, cells.contents, [target[4] for target in targets])

    def _in_place(self, cells: TargetCells) -> bool:
        """Say whether each cell stands in its row, behind all cells left of it and before all others."""
        opening, before, left = self._opening, 0, 0
        for piece, row, (first, last) in zip(cells.between, cells.rows, cells.spans, strict=False):
            begin = 0
            if row == before:
                if piece and opening in piece:
                    return False
            else:
                begin = piece.rfind(opening)
                if not piece.startswith(b'%b r="%d"' % (opening, row), begin):
                    return False
            at = piece.rfind(self._place, begin)
            if (at >= 0 and self._column(piece, at) >= first) or not self._goes_on(piece, left):
                return False
            before, left = row, last
        return self._goes_on(cells.between[-1], left)

    def _goes_on(self, piece: bytes, left: int) -> bool:
        """Say whether what follows a cell of a column is its row's end, or a cell at its right; before any all is."""
        if not left or not piece or piece.startswith(self._closing):
            return True
        piece = piece.lstrip()
        return piece.startswith(self._closing) or (piece.startswith(self._place) and self._column(piece, 0) > left)

    def _column(self, piece: bytes, at: int) -> int:
        """Give the column of the cell that begins at a byte."""
        begin = at + len(self._place)
        return column_of(piece[begin : piece.find(b'"', begin)].rstrip(b"0123456789"))

    def _same_but_spans(self, old: bytes, new: bytes, rows: Iterable[int]) -> bool:
        """Compare blocks of rows; some rows may have lost the ``spans`` hint of their tag, behind the number."""
        before, after = old.split(self._opening), new.split(self._opening)
        if len(before) != len(after):
            return False
        written = {b' r="%d"' % row for row in set(rows)}
        for one, other in zip(before, after, strict=True):
            if one != other:
                head, _, rest = one.partition(b' spans="')
                if head not in written or head + rest.partition(b'"')[2] != other:
                    return False
        return True

    def _row_by_row(self, old: bytes, new: bytes) -> None:
        """Compare a block's rows one after the other."""
        old_rows = self._rows(old)
        before = next(old_rows, None)
        for number, row in self._rows(new):
            targets = self._targets(number)
            if before is not None and before[0] == number:
                self._row(before[1], row, targets, number)
                before = next(old_rows, None)
            elif targets:
                self._row(b'%b r="%d"></%brow>' % (self._opening, number, self.prefix), row, targets, number)
            else:
                self._fail_part()
        if before is not None:
            self._fail_part()

    def _rows(self, block: bytes) -> Iterator[tuple[int, bytes]]:
        """Give each row by its number: all bytes from its tag up to the next one."""
        lead, *pieces = block.split(self._opening)
        if lead.strip():
            self._fail_part()
        for piece in pieces:
            row = self._opening + piece
            yield _number(piece), row

    def _targets(self, row: int) -> Sequence[CellUpdate]:
        """Take the targets of a row; one that was passed over was not written, which is right only if it is blank."""
        updates, start, count = self.updates, self._at, len(self.updates)
        while start < count and updates[start][1] < row:
            self._expect(updates[start], None)
            start += 1
        stop = start
        while stop < count and updates[stop][1] == row:
            stop += 1
        self._at = stop
        return updates[start:stop]

    def _row(self, old: bytes, new: bytes, targets: Sequence[CellUpdate], number: int) -> None:
        """Compare one row: at once if it can be, else cell by cell."""
        if self._at_once(old, new, targets):
            return
        if targets and not _ascending(new, self.prefix):
            self._fail_part()
        rest, cells = self._without(new, targets, number)
        for target, cell in zip(targets, cells, strict=True):
            self._expect(target, cell)
        stood, _ = self._without(old, targets, number)
        if not targets or not _same_rest(stood, rest):
            self._fail_part()

    def _without(self, row: bytes, targets: Sequence[CellUpdate], number: int) -> tuple[bytes, list[Cell | None]]:
        """Take the cells of targets out of a row: what is left, and each cell, None where there is none."""
        cells: list[Cell | None] = []
        for target in targets:
            place = b' r="%b%d"' % (letters_of(target[2]), number)
            one = _found(row, place, self.prefix) or _spelled_otherwise(row, place, self.prefix)
            cells.append((one.group(1).replace(place, b"", 1), one.group(2)) if one else None)
            row = row[: one.start()] + row[one.end() :] if one else row
        return row, cells

    def _expect(self, target: CellUpdate, cell: Cell | None) -> None:
        if not self._cells.is_right(target, cell):
            raise VerifyFailed("excel.verify_cell", path=self.path, cell=str(target.ref))

    def _fail_part(self) -> NoReturn:
        raise VerifyFailed("excel.verify_part", path=self.path, part=self.part)


def _number(block: bytes, at: int = 0) -> int:
    """Give the number of a row from the place behind the name of its tag, 0 where it tells none."""
    if block.startswith(b' r="', at):
        number = block[at + 4 : block.find(b'"', at + 4)]
    else:
        number = attributes_of(block[at : block.find(b">", at)]).get(b"r", b"")
    return int(number) if number.isdigit() else 0


def _same_rest(old: bytes, new: bytes) -> bool:
    """Compare what is left of a row, whether it had cells before or not; the ``spans`` hint may go."""
    (old_tag, old_rest), (new_tag, new_rest) = (_parted(row) for row in (old, new))
    before, after = attributes_of(old_tag), attributes_of(new_tag)
    if b"spans" not in after:
        before.pop(b"spans", None)
    return before == after and old_rest == new_rest


def _parted(row: bytes) -> tuple[bytes, bytes]:
    """Part a row into its tag and what follows up to its end."""
    end = row.find(b">")
    if row[end - 1] == 47:
        return row[: end - 1], row[end + 1 :]
    close = row.rfind(b"</")
    return row[:end], row[end + 1 : close] + row[row.find(b">", close) + 1 :]


def _found(row: bytes, place: bytes, prefix: bytes) -> re.Match[bytes] | None:
    """Find the cell of a row that has this attribute; a pattern for each place would cost more than all the rest."""
    at = row.find(place)
    while at >= 0:
        found = _cell(prefix).match(row, row.rfind(b"<", 0, at))
        if found:
            return found
        at = row.find(place, at + 1)
    return None


def _ascending(row: bytes, prefix: bytes) -> bool:
    """Say whether the cells of a row stand in order, each once, and nothing but them stands before the last."""
    last, end = 0, row.find(b">") + 1
    for cell in _cell(prefix).finditer(row, end):
        column = column_of(attributes_of(cell.group(1)).get(b"r", b"").rstrip(b"0123456789"))
        if column <= last or row[end : cell.start()].strip():
            return False
        last, end = column, cell.end()
    return True


def _spelled_otherwise(row: bytes, place: bytes, prefix: bytes) -> re.Match[bytes] | None:
    """Find a cell that tells its place in other quotes or with other space; usual rows have none such."""
    if row.count(b"<%bc" % prefix) == row.count(b'<%bc r="' % prefix):
        return None
    wanted = place[4:-1]
    cells = _cell(prefix).finditer(row)
    return next((cell for cell in cells if attributes_of(cell.group(1)).get(b"r") == wanted), None)


@lru_cache(maxsize=8)
def _cell(prefix: bytes) -> re.Pattern[bytes]:
    """Match a cell: its attributes, and its content, in which no other cell begins or ends."""
    own = re.escape(prefix)
    inner = rb"[^<]*(?:<(?!/?%bc[\s/>])[^<]*)*" % own
    return re.compile(rb"<%bc((?:\s[^>]*?)?)(?:/>|>(%b)</%bc\s*>)" % (own, inner, own))
