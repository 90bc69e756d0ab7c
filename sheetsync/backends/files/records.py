"""What the records of an old Excel workbook say beside its values: percent signs, merges, formulas, what is locked.

The records are those of [MS-XLS] (BIFF8) and the version before it (BIFF5): type, length, content, one after another.
Values themselves are left to calamine; this pass proves first that they are within bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error, unpack_from

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.formats import PERCENTS, kind_of_code
from sheetsync.backends.excel.percents import PercentCells
from sheetsync.backends.files.compound import Damaged
from sheetsync.record import NamedTuple
from sheetsync.workbook import Area

BEGIN, END, LOCKED = 0x809, 0x0A, 0x2F
SHEET, FORMAT, LOOK = 0x85, 0x41E, 0xE0
FORMULA, MANY, ERRORS, MERGES, PROTECTED = 0x06, 0xBD, 0x205, 0xE5, 0x12
CELLS = frozenset((FORMULA, 0x203, 0x27E, 0xFD, 0x204, ERRORS, 0xD6))
"""Records of one cell with a value: row, column, cell format, value."""
ERROR_TEXTS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
NEWEST = 0x600
"""Version of BIFF8; from it on texts in the records are Unicode."""
_HEAD, _CELL = Struct("<HH"), Struct("<HHH")
_WORKSHEET = 0


class Facts(NamedTuple):
    """What is known of one worksheet before its values are read; ``errors`` are row, column and text of each."""

    name: str
    hidden: bool
    protected: bool
    last_row: int
    last_column: int
    filled: int
    percents: PercentCells
    formulas: frozenset[tuple[int, int]]
    merges: tuple[Area, ...]
    errors: tuple[tuple[int, int, str], ...]


class Encrypted(Exception):
    """The workbook needs a password."""


class _Globals(NamedTuple):
    """What the workbook says of all of itself: its worksheets, and which cell formats show a percent sign.

    Of a worksheet that is where it begins, whether it is hidden, and its name.
    """

    sheets: tuple[tuple[int, bool, str], ...]
    percents: frozenset[int]


def facts_of(stream: bytes) -> tuple[Facts, ...]:
    """Survey every worksheet of a workbook's stream, in the order of its tabs.

    Raises Damaged where the records contradict themselves, Encrypted where they cannot be read.
    """
    try:
        found = _globals(stream)
        return tuple(_facts(stream, *sheet, found.percents) for sheet in found.sheets)
    except (error, IndexError) as reason:
        raise Damaged from reason


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of one part, from its beginning to its end; parts inside it (charts) are left out."""
    depth = 0
    while at + _HEAD.size <= len(stream):
        kind, length = _HEAD.unpack_from(stream, at)
        at += _HEAD.size
        if at + length > len(stream):
            raise Damaged
        depth += 1 if kind == BEGIN else 0
        if depth == 1:
            yield kind, stream[at : at + length]
        depth -= 1 if kind == END else 0
        if depth <= 0:
            return
        at += length
    raise Damaged


def _globals(stream: bytes) -> _Globals:
    version = 0
    sheets: list[tuple[int, bool, str]] = []
    codes: dict[int, str] = {}
    looks: list[int] = []
    for kind, content in _records(stream, 0):
        if kind == BEGIN:
            version = unpack_from("<H", content)[0]
        elif kind == LOCKED:
            raise Encrypted
        elif kind == SHEET:
            at, visible, sort = unpack_from("<IBB", content)
            if sort & 0x0F == _WORKSHEET:
                sheets.append((at, visible & 3 != 0, _name(content[6:], version)))
        elif kind == FORMAT:
            codes[unpack_from("<H", content)[0]] = _text(content[2:], version)
        elif kind == LOOK:
            looks.append(unpack_from("<H", content, 2)[0])
    percents = {number for number, code in codes.items() if kind_of_code(code) == "percent"}
    known = percents | (PERCENTS - codes.keys())
    return _Globals(tuple(sheets), frozenset(place for place, look in enumerate(looks) if look in known))


def _text(content: bytes, version: int) -> str:
    """Read a short text of a record; only its signs for numbers count, so any old encoding will do."""
    if version < NEWEST:
        return content[1 : 1 + content[0]].decode("latin-1")
    count, flags = unpack_from("<HB", content)
    if flags & 1:
        return content[3 : 3 + 2 * count].decode("utf-16-le", "replace")
    return content[3 : 3 + count].decode("latin-1")


def _name(content: bytes, version: int) -> str:
    """Read the name of a worksheet; in the old version only for messages, so any encoding will do."""
    if version >= NEWEST and content[1] & 1:
        return content[2 : 2 + 2 * content[0]].decode("utf-16-le", "replace")
    start = 2 if version >= NEWEST else 1
    return content[start : start + content[0]].decode("latin-1")


class _Survey:
    """The facts of one worksheet while they are gathered."""

    def __init__(self, percents: frozenset[int]) -> None:
        self.looks = percents
        self.last_row = self.last_column = self.filled = 0
        self.protected = False
        self.percents = PercentCells()
        self.formulas: set[tuple[int, int]] = set()
        self.merges: list[Area] = []
        self.errors: list[tuple[int, int, str]] = []

    def take(self, kind: int, content: bytes) -> None:
        """Take one record."""
        if kind in CELLS:
            row, column, look = _CELL.unpack_from(content)
            self._cell(row + 1, column + 1, look)
            self._special(kind, content, row + 1, column + 1)
        elif kind == MANY:
            row, first = unpack_from("<HH", content)
            for place in range((len(content) - 6) // 6):
                self._cell(row + 1, first + place + 1, unpack_from("<H", content, 4 + 6 * place)[0])
        elif kind == MERGES:
            for place in range(unpack_from("<H", content)[0]):
                top, bottom, left, right = unpack_from("<4H", content, 2 + 8 * place)
                self.merges.append(Area(top + 1, left + 1, bottom + 1, right + 1))
        elif kind == PROTECTED:
            self.protected = content[:2] not in (b"", b"\0\0")

    def _cell(self, row: int, column: int, look: int) -> None:
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        self.filled += 1
        if self.last_column > limits.COLUMNS:
            raise Damaged
        if look in self.looks:
            self.percents.add(column, row, row)

    def _special(self, kind: int, content: bytes, row: int, column: int) -> None:
        """Note a formula, and an error: calamine gives none as a text."""
        code = None
        if kind == FORMULA:
            self.formulas.add((row, column))
            if content[12:14] == b"\xff\xff" and content[6] == 2:
                code = content[8]
        elif kind == ERRORS and content[7] == 1:
            code = content[6]
        if code is not None:
            self.errors.append((row, column, ERROR_TEXTS.get(code, "#N/A")))


def _facts(stream: bytes, at: int, hidden: bool, name: str, percents: frozenset[int]) -> Facts:
    survey = _Survey(percents)
    for kind, content in _records(stream, at):
        survey.take(kind, content)
    return Facts(
        name,
        hidden,
        survey.protected,
        survey.last_row,
        survey.last_column,
        survey.filled,
        survey.percents,
        frozenset(survey.formulas),
        tuple(survey.merges),
        tuple(survey.errors),
    )
