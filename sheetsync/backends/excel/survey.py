"""What must be known of a worksheet before it is read or written, gathered in one pass over its bytes.

The pass relies on the way in which every common producer writes cells (``<c r="B7" ...>``). A sheet that is written
otherwise is not guessed at: ``Unusual`` sends it to the careful reader, which parses it with expat and is ten times
slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, repeat
from operator import lt

from sheetsync.backends.excel.formulas import Formulas
from sheetsync.backends.excel.letters import column_of
from sheetsync.backends.excel.markup import attributes_of, is_well_formed, unescaped
from sheetsync.backends.excel.names import area_of
from sheetsync.backends.excel.percents import PercentCells
from sheetsync.backends.excel.stream import SheetStream
from sheetsync.record import NamedTuple
from sheetsync.workbook import Area


class Unusual(Exception):
    """The sheet is not written the usual way."""


class Locked(NamedTuple):
    """An area that cannot be written safely, and the key that says why (``excel.array_formula``)."""

    area: Area
    reason: str


class Survey:
    """The facts of one worksheet. ``last_row`` and ``last_column`` may lie beyond the last cell, never before it."""

    def __init__(self, prefix: bytes = b"") -> None:
        self.prefix = prefix
        self.last_row = 0
        self.last_column = 0
        self.cells = 0
        self.formulas = Formulas()
        self.errors: list[tuple[int, int, str]] = []
        self.percents = PercentCells()
        self.locked: list[Locked] = []
        self.merges: tuple[Area, ...] = ()
        self.protected = False
        self.refusal: str | None = None


def survey(stream: SheetStream, percents: frozenset[int]) -> Survey:
    """Gather the facts of a worksheet; raises Unusual where its bytes cannot be trusted to mean what they seem.

    ``percents`` are the cell formats that show a percent sign.
    """
    if 0 in percents or _has_declarations(stream.head) or _has_two_prefixes(stream.head, stream.prefix, own=1):
        raise Unusual
    found = Survey(prefix=stream.prefix)
    pass_over = _Pass(found, percents)
    last = 0
    for block in stream.blocks():
        last = pass_over.block(block, last)
    odd = _has_declarations(stream.tail) or _has_two_prefixes(stream.tail, stream.prefix)
    if odd or not is_well_formed(stream.head + stream.tail):
        raise Unusual
    found.merges = merges_in(stream.tail, stream.prefix)
    found.protected = is_protected(stream.tail, stream.prefix)
    return found


class _Pass:
    """The pass over the blocks of one sheet: needles made once from its namespace prefix."""

    def __init__(self, found: Survey, percents: frozenset[int]) -> None:
        own = found.prefix
        self.found = found
        self.place = b"<" + own + b'c r="'
        self.row_tag = b"<" + own + b"row"
        self.formula, self.formula_end = b"<" + own + b"f", b"</" + own + b"f>"
        self.rows = re.compile(re.escape(self.row_tag) + rb' r="([1-9][0-9]{0,6})"').findall
        styles = b"|".join(b"%d" % style for style in sorted(percents))
        cell = b'<%bc r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-rt-z]+="[^"]*")* s="(?:%b)"'
        self.styled = cell % (re.escape(own), styles)
        self.marks = [b' s="%d"' % style for style in percents]

    def block(self, block: bytes, last: int) -> int:
        """Take one block in, whose rows must be below ``last``; gives its own last row."""
        if _has_declarations(block) or _has_two_prefixes(block, self.found.prefix):
            raise Unusual
        rows = list(map(int, self.rows(block)))
        if len(rows) != block.count(self.row_tag):
            raise Unusual
        if not rows:
            if block.strip():
                raise Unusual
            return last
        if rows[0] <= last or not all(map(lt, rows, rows[1:])):
            raise Unusual
        self._bounds(block, rows[-1])
        self._formulas(block)
        if b't="e"' in block:
            self._errors(block)
        if b"t='e'" in block:  # an error too, and the reader of values knows only the other quotes
            raise Unusual
        if any(mark in block for mark in self.marks):  # a plain search takes a tenth of the pattern's time
            self._percents(block)
        if b"AlternateContent" in block:
            self.found.refusal = "excel.alternate_content"
        return rows[-1]

    def _bounds(self, block: bytes, last: int) -> None:
        """Prove that every cell stands at or above a bound on rows, and widen the used area by what was found."""
        digits = len(str(last))
        lead = last // 10 ** (digits - 1)
        found = self.found
        cells = block.count(self.place)
        if _narrow(found.prefix, lead, digits).search(block):
            columns = _wide(found.prefix, lead, digits).findall(block)
            if len(columns) != len(_any_cell(found.prefix).findall(block)):
                raise Unusual
            found.last_column = max(found.last_column, *map(column_of, set(columns)), 0)
        elif cells:
            found.last_column = max(found.last_column, 26)
        found.cells += cells
        if cells:
            found.last_row = max(found.last_row, (lead + 1) * 10 ** (digits - 1) - 1)

    def _place_before(self, block: bytes, at: int) -> tuple[bytes, int, int]:
        """Give column letters, row, and place of the cell tag that holds the byte ``at``."""
        start = block.rfind(self.place, 0, at)
        if start < 0:
            raise Unusual
        begin = start + len(self.place)
        reference = block[begin : block.find(b'"', begin)]
        letters = reference.rstrip(b"0123456789")
        return letters, int(reference[len(letters) :]), start

    def _formulas(self, block: bytes) -> None:
        needle, step = self.formula, len(self.formula)
        find, place, add = block.find, self._place_before, self.found.formulas.add
        at = find(needle)
        while at >= 0:
            behind = block[at + step]
            if behind == 62:  # ">": a plain formula, the usual case
                letters, row, _ = place(block, at)
                add(letters, row, block[at + step + 1 : find(self.formula_end, at)])
            elif behind in b" /\t\r\n":
                self._special_formula(block, at)
            at = find(needle, at + step)

    def _special_formula(self, block: bytes, at: int) -> None:
        end = block.find(b">", at) + 1
        tag = block[at:end]
        text = b"" if tag.endswith(b"/>") else block[end : block.find(self.formula_end, end)]
        letters, row, _ = self._place_before(block, at)
        note_formula(self.found, letters, row, text, *_formula_kind(tag))

    def _errors(self, block: bytes) -> None:
        """Note the cells that hold errors; where one is written in another way, as in indented XML, raise Unusual."""
        found = _error_cells(self.found.prefix).findall(block)
        if len(found) != block.count(b't="e"'):
            raise Unusual
        self.found.errors.extend((int(row), column_of(letters), unescaped(text)) for letters, row, text in found)

    def _percents(self, block: bytes) -> None:
        """Note the percentages of a block: a column that has one in every row from the first to the last is one run."""
        columns: dict[bytes, list[int]] = {}
        for letters, row in re.findall(self.styled, block):
            columns.setdefault(letters, []).append(int(row))
        found = self.found.percents
        for letters, rows in columns.items():
            column = column_of(letters)
            if rows == list(range(rows[0], rows[-1] + 1)):
                found.add(column, rows[0], rows[-1])
            else:
                for row in rows:
                    found.add(column, row, row)


@lru_cache(maxsize=8)
def _error_cells(prefix: bytes) -> re.Pattern[bytes]:
    """Match a cell that holds an error, with its text."""
    cell = rb'<%bc r="([A-Z]{1,3})([0-9]{1,7})"[^>]*? t="e"[^>]*(?<!/)>(?:<%bf(?:/>|[^>]*/>|.*?</%bf>))?<%bv>([^<]+)'
    return re.compile(cell % ((re.escape(prefix),) * 4), re.DOTALL)


@lru_cache(maxsize=1024)
def _formula_kind(tag: bytes) -> tuple[str, str, str]:
    """Give the type of a formula, the index under which it is shared, and the area that it fills."""
    given = {name.decode(): unescaped(value) for name, value in attributes_of(tag).items()}
    return given.get("t", ""), given.get("si", ""), given.get("ref", "")


def note_formula(found: Survey, letters: bytes, row: int, text: bytes, kind: str, index: str, filled: str) -> None:
    """Note a formula that carries attributes: shared, array, or data table."""
    area = area_of(filled) if kind in ("array", "dataTable") else None
    if kind == "shared":
        found.formulas.add_shared(letters, row, text, index)
    else:
        found.formulas.add(letters, row, text)
    if area is not None:
        found.locked.append(Locked(area, "excel.array_formula" if kind == "array" else "excel.data_table"))


def _has_declarations(block: bytes) -> bool:
    """Say whether a comment, CDATA, a document type or a processing instruction stands in a block."""
    if b"!" in block and b"<!" in block:
        return True
    return b"?" in block and block.count(b"<?") > block.startswith((b"<?xml ", b"\xef\xbb\xbf<?xml "))


def _has_two_prefixes(part: bytes, prefix: bytes, own: int = 0) -> bool:
    """Say whether a part of a worksheet lets its elements be named with another prefix than that of its rows.

    ``own`` is how often the names of worksheets are spoken of where all is as usual: once, before the rows.
    """
    if b"xmlns" not in part or part.count(b"/spreadsheetml/2006/main") + part.count(b"/spreadsheetml/main") <= own:
        return False
    return any(name + (name and b":") != prefix for name in _own_names().findall(part))


@lru_cache(maxsize=1)
def _own_names() -> re.Pattern[bytes]:
    """Match what declares a prefix for the elements of worksheets, with the prefix."""
    return re.compile(
        rb"xmlns(?::([\w.-]+))?\s*=\s*[\"'](?:http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"
        rb"|http://purl\.oclc\.org/ooxml/spreadsheetml/main)[\"']"
    )


@lru_cache(maxsize=64)
def _narrow(prefix: bytes, lead: int, digits: int) -> re.Pattern[bytes]:
    """Match a cell that is not in columns A to Z of rows below the bound, or is not written the usual way."""
    return re.compile(rb'<%bc(?=[\s/>])(?! r="[A-Z]%b")' % (re.escape(prefix), _row_pattern(lead, digits)))


@lru_cache(maxsize=64)
def _wide(prefix: bytes, lead: int, digits: int) -> re.Pattern[bytes]:
    return re.compile(rb'<%bc r="([A-Z]{1,3})%b"' % (re.escape(prefix), _row_pattern(lead, digits)))


@lru_cache(maxsize=8)
def _any_cell(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%bc(?=[\s/>])" % re.escape(prefix))


def _row_pattern(lead: int, digits: int) -> bytes:
    top = rb"[1-%d][0-9]{%d}" % (lead, digits - 1)
    return rb"(?:%b|[1-9][0-9]{0,%d})" % (top, digits - 2) if digits > 1 else rb"[1-9]"


def merges_in(tail: bytes, prefix: bytes) -> tuple[Area, ...]:
    """Give the merged ranges that stand behind the rows."""
    if b"mergeCell" not in tail:
        return ()
    tags = re.findall(rb"<%bmergeCell\s[^>]*>" % re.escape(prefix), tail)
    areas = (area_of(attributes_of(tag).get(b"ref", b"").decode("ascii", "replace")) for tag in tags)
    return tuple(area for area in areas if area is not None)


def is_protected(tail: bytes, prefix: bytes) -> bool:
    """Say whether the worksheet is protected against typing."""
    if b"sheetProtection" not in tail:
        return False
    tag = re.search(rb"<%bsheetProtection\s[^>]*>" % re.escape(prefix), tail)
    return tag is not None and attributes_of(tag.group()).get(b"sheet") in (b"1", b"true")


def exact_bounds(blocks: Iterator[bytes], prefix: bytes) -> tuple[int, int]:
    """Give the last row and column of all cells, with content or without, of a sheet that is written the usual way."""
    pattern = re.compile(rb'<%bc r="([A-Z]{1,3})([1-9][0-9]{0,6})"' % re.escape(prefix))
    row, columns = 0, set[bytes]()
    for block in blocks:
        places = pattern.findall(block)
        columns.update(letters for letters, _ in places)
        row = max(chain((row,), map(int, (digits for _, digits in places))))
    return row, max(map(column_of, columns), default=0)


def places_of(formulas: Formulas) -> frozenset[tuple[int, int]]:
    """Give the places of all formulas as (row, column)."""
    return frozenset(chain.from_iterable(zip(rows, repeat(column)) for column, rows in formulas.rows_by_column()))
