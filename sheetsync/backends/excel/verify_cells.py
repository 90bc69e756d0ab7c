"""Whether a cell of the new worksheet holds what was to be written, read by other code than that which wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from functools import lru_cache

from sheetsync.backends.excel.formats import Formats
from sheetsync.backends.excel.markup import attributes_of, unescaped
from sheetsync.backends.excel.values import serial, unescaped_text
from sheetsync.workbook import CellUpdate, CellValue

REMEMBERED = 50_000
"""Cells that were found right and are known again at sight."""

SPACE = (b"", b' xml:space="preserve"')
"""How the tag of a text says whether its spaces count."""

Cell = tuple[bytes, bytes | None]
"""Attributes and content of a cell."""


class CellCheck:
    """Judges the cells of one worksheet. ``prefix`` is the namespace prefix of its elements, with its colon."""

    def __init__(self, prefix: bytes, formats: Formats, date1904: bool) -> None:
        """Take what the meaning of a cell depends on."""
        self.formats, self.date1904, self._prefix = formats, date1904, prefix
        self._number = b"<%bv>" % prefix, b"</%bv>" % prefix
        self._texts = [(b"<%bis><%bt%b>" % (prefix, prefix, how), b"</%bt></%bis>" % (prefix, prefix)) for how in SPACE]
        self._seen: set[tuple[bytes, bytes | None, CellValue, type]] = set()

    def all_right(
        self, attributes: Iterable[bytes], contents: Iterable[bytes | None], afters: Sequence[CellValue]
    ) -> bool:
        """Say whether every cell holds its value; cells that are alike are judged once."""
        found = set(zip(attributes, contents, afters, map(type, afters), strict=True))
        new = found - self._seen
        if not all(self._holds(after, (given, content)) for given, content, after, _ in new):
            return False
        if len(self._seen) < REMEMBERED:
            self._seen |= new
        return True

    def is_right(self, target: CellUpdate, cell: Cell | None) -> bool:
        """Say whether a cell holds what a target wants; None is no cell at all."""
        return self._leads_to(target.after, cell) if target.form == "link" else self._holds(target.after, cell)

    def _holds(self, after: CellValue, cell: Cell | None) -> bool:
        stands = None if cell is None else self._value(cell)
        if isinstance(after, str):
            written = as_written(after)
            return stands == written if isinstance(stands, str) else stands is None and not written
        if isinstance(after, bool) or after is None:
            return stands is after
        if isinstance(after, date | time | timedelta):
            return isinstance(stands, float) and stands == serial(after, self.date1904) and self._is_date(cell)
        return isinstance(stands, float) and stands == after and not self._is_date(cell)

    def _leads_to(self, place: CellValue, cell: Cell | None) -> bool:
        """Say whether a cell leads to a place, and shows it; or leads nowhere and shows nothing."""
        link = _link(self._prefix)
        found = link.fullmatch(cell[1] or b"") if cell and _style_and_kind(cell[0])[1] == b"str" else None
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
        if not content:
            return None
        kind = _style_and_kind(attributes)[1]
        for opening, closing in self._texts if kind == b"inlineStr" else ():
            text = _between(content, opening, closing)
            if text is not None:
                return unescaped_text(unescaped(text))
        number = _between(content, *self._number)
        if number and kind == b"b":
            return number == b"1"
        return float(number) if number and not kind else "#"


def _between(content: bytes, opening: bytes, closing: bytes) -> bytes | None:
    """Give what stands between two tags; None where these are not the tags, or others stand between them."""
    inner = content[len(opening) : -len(closing)]
    framed = content.startswith(opening) and content.endswith(closing)
    return inner if framed and b"<" not in inner else None


@lru_cache(maxsize=8)
def _link(prefix: bytes) -> re.Pattern[bytes]:
    own = re.escape(prefix)
    return re.compile(rb"<%bf>([^<]*)</%bf><%bv>([^<]*)</%bv>" % ((own,) * 4))


@lru_cache(maxsize=4096)
def _style_and_kind(attributes: bytes) -> tuple[int, bytes]:
    given = attributes_of(attributes)
    return int(given.get(b"s", b"0")), given.get(b"t", b"")


def as_written(text: str) -> str:
    """Give a text as a cell can hold it: line ends as one, characters that XML forbids left out."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(filter(_allowed, text))


def _allowed(character: str) -> bool:
    code = ord(character)
    return code in (9, 10) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
