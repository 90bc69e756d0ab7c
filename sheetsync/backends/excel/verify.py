"""The proof, before a new workbook takes the old one's place: every target reads back, and nothing else changed.

The new file is opened from the disk, and read by other code than that which wrote it: rows are cut out by splitting,
target cells are taken out of the old row and the new one, and what is left of both must be the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NoReturn

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.formats import Formats, formats_of
from sheetsync.backends.excel.markup import attributes_of, unescaped
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.stream import SheetStream
from sheetsync.backends.excel.targets import SheetTargets
from sheetsync.backends.excel.values import serial, unescaped_text
from sheetsync.backends.excel.verify_parts import verify_members, verify_naming
from sheetsync.errors import SheetsyncError, VerifyFailed
from sheetsync.workbook import CellUpdate, CellValue, column_letters

if TYPE_CHECKING:
    from sheetsync.backends.excel.charts import SheetCharts
    from sheetsync.backends.excel.note_parts import SheetNotes

END = 1 << 30
BATCH = 1_000
"""Rows whose cells are compared together, column by column."""
REMEMBERED = 50_000
"""Cells that were found right and are known again at sight."""

Cell = tuple[bytes, bytes | None]
"""Attributes and content of a cell."""


def verify(
    old: Package,
    data: bytes,
    changed: frozenset[str],
    targets: Sequence[SheetTargets],
    notes: Sequence[SheetNotes] = (),
    charts: Sequence[SheetCharts] = (),
) -> None:
    """Prove that ``data`` is the old workbook with its targets, notes and charts written; raises VerifyFailed.

    ``changed`` names the members that may differ.
    """
    try:
        new = Package(Container(data, old.path))
        added = [own.facts.part.part for own in targets if own.facts.blank]
        added += [part for one in notes for part in one.added]
        added += [part for one in charts for part in one.added]
        verify_members(old.container, new.container, changed, added)
        verify_naming(old, new, targets, notes, charts)
        _verify_styles(old, new)
        if notes:
            from sheetsync.backends.excel.verify_notes import verify_notes

            verify_notes(old, new, notes)
        formats = formats_of(new)
        for own in targets:
            SheetCheck(old, new, own, formats).run()
    except SheetsyncError as error:
        if isinstance(error, VerifyFailed):
            raise
        raise VerifyFailed("excel.verify_part", path=old.path, part=str(error.params.get("part", ""))) from error


def _verify_styles(old: Package, new: Package) -> None:
    """Prove that the old cell formats come first in the new styles, unchanged: no cell looks different."""
    if old.styles_part is None:
        return
    for kind in ("cellXfs", "dxfs"):
        before, after = (_formats(package, kind) for package in (old, new))
        if after[: len(before)] != before:
            raise VerifyFailed("excel.verify_part", path=old.path, part=old.styles_part)


def _formats(package: Package, kind: str) -> list[bytes]:
    data = package.container.read(package.styles_part or "")
    holder = package.styles.child(kind) if package.styles else None
    return [data[xf.start : xf.end] for xf in holder.children] if holder else []


class SheetCheck:
    """Compares one worksheet before and after."""

    def __init__(self, old: Package, new: Package, targets: SheetTargets, formats: Formats) -> None:
        """Take the two packages, what was to be written, and the new number formats."""
        self.path, self.name, self.part = old.path, targets.facts.part.name, targets.facts.part.part
        self.date1904, self.formats = old.date1904, formats
        self.updates, self.widened = targets.updates, bool(targets.additions)
        self._named, self._colours = targets.tail, targets.colours
        blank = targets.facts.blank  # a new worksheet is compared with what it is while it is still empty
        before = iter((blank,)) if blank else old.container.chunks(self.part, limits.SHEET)
        self.old = SheetStream(before, self.path, self.part)
        self.new = SheetStream(new.container.chunks(self.part, limits.SHEET), self.path, self.part)
        self.prefix = self.old.prefix
        own = re.escape(self.prefix)
        self._text = re.compile(rb"<%bis><%bt(?: xml:space=\"preserve\")?>([^<]*)</%bt></%bis>" % ((own,) * 4))
        self._number = re.compile(rb"<%bv>([^<]+)</%bv>" % (own, own))
        self._link = re.compile(rb"<%bf>([^<]*)</%bf><%bv>([^<]*)</%bv>" % ((own,) * 4))
        self._links = "link" in set(map(itemgetter(5), self.updates))
        self._columns: tuple[int, ...] = ()
        self._waiting: list[tuple[bytes | None, ...]] = []
        self._owed: list[CellUpdate] = []
        self._seen: set[tuple[bytes, bytes | None, CellValue, type]] = set()
        self._at = 0

    def run(self) -> None:
        """Walk both sheets row by row; raises VerifyFailed at the first difference that was not asked for."""
        if self._head(self.old.head) != self._head(self.new.head):
            self._fail_part()
        old_rows, new_rows = self._rows(self.old), self._rows(self.new)
        old, new = next(old_rows, None), next(new_rows, None)
        while new is not None:
            number, row = new
            targets = self._targets(number)
            if old is not None and old[0] == number:
                if targets:
                    self._row(old[1], row, targets, number)
                elif old[1] != row:
                    self._fail_part()
                old = next(old_rows, None)
            elif targets:
                self._row(b' r="%d"></%brow>' % (number, self.prefix), row, targets, number)
            else:
                self._fail_part()
            new = next(new_rows, None)
        self._targets(END)
        self._settle()
        if old is not None or self.old.tail != self._tail():
            self._fail_part()

    def _head(self, head: bytes) -> bytes:
        """Give the head without what a write may change: the used area, and the columns where some were added."""
        own = re.escape(self.prefix)
        head = re.sub(rb"<%bdimension\s[^>]*>" % own, b"", head, count=1)
        pattern = rb"<%bcols\s*/>|<%bcols\s*>.*?</%bcols>" % (own, own, own)
        return re.sub(pattern, b"", head, count=1, flags=re.DOTALL) if self.widened else head

    def _tail(self) -> bytes:
        """Give what stands behind the new rows, without new colours and what names a new drawing of notes."""
        tail = self.new.tail.replace(self._colours, b"", 1) if self._colours else self.new.tail
        if not self._named:
            return tail
        pattern = rb'<%blegacyDrawing(?: xmlns:r="[^"<>]+")? [\w.-]+:id="[^"<>]+"/>' % re.escape(self.prefix)
        return re.sub(pattern, b"", tail, count=1)

    def _rows(self, stream: SheetStream) -> Iterator[tuple[int, bytes]]:
        """Give each row by its number: all bytes behind its ``<row`` up to the next one."""
        opening = b"<" + self.prefix + b"row"
        lead = b""
        for block in stream.blocks():
            pieces = block.split(opening)
            lead += pieces[0]
            for piece in pieces[1:]:
                if piece.startswith(b' r="'):
                    yield int(piece[4 : piece.find(b'"', 4)]), piece
                else:
                    number = attributes_of(piece[: piece.find(b">")]).get(b"r", b"")
                    yield int(number) if number.isdigit() else 0, piece
        if lead.strip():
            self._fail_part()

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
        """Compare what is left of a row at once, and let its cells wait for those of other rows."""
        columns = tuple([target[2] for target in targets])
        if columns != self._columns or len(self._waiting) >= BATCH:
            self._settle()
            self._columns = columns
        first = new.find(b'<%bc r="%b%d"' % (self.prefix, _letters(columns[0]), number))
        run = _run(self.prefix, columns).match(new, first) if first >= 0 and not self._links else None
        if run is not None:
            rest = new[:first] + new[run.end() :]
            self._waiting.append(run.groups())
            self._owed += targets
        else:
            rest, cells = self._without(new, columns, number)
            for target, cell in zip(targets, cells, strict=True):
                self._expect(target, cell)
        if rest != old and rest != _without_spans(old):
            stood = self._without(old, columns, number)[0]
            if rest != stood and not self._same_rest(stood, rest):
                self._fail_part()

    def _settle(self) -> None:
        """Compare the cells that wait: a column at a time, and each that is like another only once."""
        waiting, owed, seen = list(zip(*self._waiting, strict=True)), self._owed, self._seen
        width = len(self._columns)
        for place in range(width if waiting else 0):
            attributes, contents = waiting[2 * place + 1], waiting[2 * place + 2]
            afters = [target[4] for target in owed[place::width]]
            found = set(zip(attributes, contents, afters, map(type, afters), strict=True))
            for cell in found - seen:
                if not self._is_right(cell[2], cell[:2]):
                    for target, *own in zip(owed[place::width], attributes, contents, strict=True):
                        self._expect(target, (own[0], own[1]))  # raises at the first that is like it
            if len(seen) < REMEMBERED:
                seen |= found
        self._waiting, self._owed = [], []

    def _without(self, row: bytes, columns: tuple[int, ...], number: int) -> tuple[bytes, list[Cell | None]]:
        """Take the cells of some columns out of a row: what is left, and each cell, None where there is none."""
        first = row.find(b'<%bc r="%b%d"' % (self.prefix, _letters(columns[0]), number))
        run = _run(self.prefix, columns).match(row, first) if first >= 0 else None
        if run is not None:
            groups = run.groups()[1:]
            return row[:first] + row[run.end() :], list(zip(groups[0::2], groups[1::2], strict=True))
        cells: list[Cell | None] = []
        for column in columns:
            place = b' r="%b%d"' % (_letters(column), number)
            one = _found(row, place, self.prefix)
            cells.append((one.group(1).replace(place, b"", 1), one.group(2)) if one else None)
            row = row[: one.start()] + row[one.end() :] if one else row
        return row, cells

    @staticmethod
    def _same_rest(old: bytes, new: bytes) -> bool:
        """Compare what is left of a row, whether it had cells before or not; the ``spans`` hint may go."""
        (old_tag, old_rest), (new_tag, new_rest) = (_parted(row) for row in (old, new))
        before, after = attributes_of(old_tag), attributes_of(new_tag)
        if b"spans" not in after:
            before.pop(b"spans", None)
        return before == after and old_rest == new_rest

    def _expect(self, target: CellUpdate, cell: Cell | None) -> None:
        right = self._is_link(target.after, cell) if target.form == "link" else self._is_right(target.after, cell)
        if not right:
            raise VerifyFailed("excel.verify_cell", path=self.path, cell=str(target.ref))

    def _is_right(self, after: CellValue, cell: Cell | None) -> bool:
        """Say whether a cell holds a value; None is no cell at all."""
        stands = None if cell is None else self._value(cell)
        if isinstance(after, str):
            written = _as_written(after)
            return stands == written if isinstance(stands, str) else stands is None and not written
        if isinstance(after, bool) or after is None:
            return stands is after
        if isinstance(after, date | time | timedelta):
            return isinstance(stands, float) and stands == serial(after, self.date1904) and self._is_date(cell)
        return isinstance(stands, float) and stands == after and not self._is_date(cell)

    def _is_link(self, place: CellValue, cell: Cell | None) -> bool:
        """Say whether a cell leads to a place, and shows it; or leads nowhere and shows nothing."""
        found = self._link.fullmatch(cell[1] or b"") if cell and _style_and_kind(cell[0])[1] == b"str" else None
        if found is None:
            return False
        formula, shown = (unescaped_text(unescaped(told)) for told in found.groups())
        text = '"{}"'.format(str(place).replace('"', '""')) if place else ""
        return (formula, shown) == ((f'HYPERLINK("#{text[1:]},{text})', place) if place else ('""', ""))

    def _is_date(self, cell: Cell | None) -> bool:
        style = _style_and_kind(cell[0])[0] if cell else 0
        return style in self.formats.dates or style in self.formats.spans

    def _value(self, cell: Cell) -> CellValue:
        """Read a cell in the few forms in which we write one; anything else is no value of ours."""
        attributes, content = cell
        kind = _style_and_kind(attributes)[1]
        if not content:
            return None
        text = self._text.fullmatch(content) if kind == b"inlineStr" else None
        if text:
            return unescaped_text(unescaped(text.group(1)))
        number = self._number.fullmatch(content)
        if number and kind == b"b":
            return number.group(1) == b"1"
        return float(number.group(1)) if number and not kind else "#"

    def _fail_part(self) -> NoReturn:
        raise VerifyFailed("excel.verify_part", path=self.path, part=self.part)


def _parted(row: bytes) -> tuple[bytes, bytes]:
    """Part a row into its tag and what follows up to its end."""
    end = row.find(b">")
    if row[end - 1] == 47:
        return row[: end - 1], row[end + 1 :]
    close = row.rfind(b"</")
    return row[:end], row[end + 1 : close] + row[row.find(b">", close) + 1 :]


def _without_spans(row: bytes) -> bytes:
    """Give a row without the ``spans`` hint of its tag."""
    at = row.find(b' spans="', 0, row.find(b">"))
    return row if at < 0 else row[:at] + row[row.find(b'"', at + 8) + 1 :]


@lru_cache(maxsize=4096)
def _style_and_kind(attributes: bytes) -> tuple[int, bytes]:
    given = attributes_of(attributes)
    return int(given.get(b"s", b"0")), given.get(b"t", b"")


def _as_written(text: str) -> str:
    """Give a text as a cell can hold it: line ends as one, characters that XML forbids left out."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(filter(_allowed, text))


def _allowed(character: str) -> bool:
    code = ord(character)
    return code in (9, 10) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


@lru_cache(maxsize=20_000)
def _letters(column: int) -> bytes:
    return column_letters(column).encode()


def _found(row: bytes, place: bytes, prefix: bytes) -> re.Match[bytes] | None:
    """Find the cell of a row that has this attribute; a pattern for each place would cost more than all the rest."""
    at = row.find(place)
    while at >= 0:
        found = _cell(prefix).match(row, row.rfind(b"<", 0, at))
        if found:
            return found
        at = row.find(place, at + 1)
    return None


@lru_cache(maxsize=8)
def _cell(prefix: bytes) -> re.Pattern[bytes]:
    own = re.escape(prefix)
    return re.compile(rb"<%bc((?:\s[^>]*?)?)(?:/>|>(.*?)</%bc>)" % (own, own), re.DOTALL)


@lru_cache(maxsize=256)
def _run(prefix: bytes, columns: tuple[int, ...]) -> re.Pattern[bytes]:
    own = re.escape(prefix)
    # The usual forms of a cell only, as plainly as can be; any other is found by _cell. The row's number must repeat.
    content = rb"<%bv>[^<]*</%bv>|<%bis><%bt[^<>]*>[^<]*</%bt></%bis>" % ((own,) * 6)
    behind = rb'"([^<>/]*)(?:/>|>(%b)?</%bc>)' % (content, own)
    first, *others = (rb'<%bc r="%b' % (own, _letters(column)) for column in columns)
    return re.compile(b"".join((first, b"([0-9]+)", behind, *(other + rb"\1" + behind for other in others))))
