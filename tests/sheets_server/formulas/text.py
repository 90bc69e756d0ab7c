"""The text of a formula: its tokens, and its references, which follow what happens to rows, columns and sheets."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from tests.sheets_server.area import Area, column_of, letters, quoted

CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*"
COLUMN = r"\$?[A-Za-z]{1,3}"
ROW = r"\$?[1-9]\d*"
SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
ERRORS = {
    "#N/A": "N_A",
    "#REF!": "REF",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#NULL!": "NULL_VALUE",
    "#ERROR!": "ERROR",
}
GRAMMAR = r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>(?:SHEET)?\#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|ERROR!))
  | (?P<ref>(?:SHEET)?(?:CELL(?::(?:CELL|COLUMN|ROW))?|COLUMN:COLUMN|ROW:ROW)(?![\w(.!]))
  | (?P<number>\d+(?:DECIMAL\d*)?(?:[eE][+-]?\d+)?|DECIMAL\d+)
  | (?P<name>[^\W\d][\w.]*)
  | (?P<op><=|>=|<>|[-+*/^&=<>%])
  | (?P<open>[({])
  | (?P<close>[)}])
  | (?P<separator>[,;\\])
  | (?P<space>\s+)
  | (?P<wrong>.)
"""
REFERENCE = re.compile(
    rf"(?:({SHEET}))?(\$?)([A-Za-z]{{1,3}})?(\$?)([1-9]\d*)?(:(\$?)([A-Za-z]{{1,3}})?(\$?)([1-9]\d*)?)?"
)


class Token(NamedTuple):
    """One token: the name of its kind, and its text."""

    kind: str
    text: str


class End(NamedTuple):
    """One end of a reference: its column and row from 0, None where it names none, and whether each is fixed."""

    column: int | None
    row: int | None
    column_fixed: bool = False
    row_fixed: bool = False

    @property
    def text(self) -> str:
        """The end as a formula writes it."""
        column = "" if self.column is None else ("$" if self.column_fixed else "") + letters(self.column)
        row = "" if self.row is None else f"{'$' if self.row_fixed else ''}{self.row + 1}"
        return column + row


class Reference(NamedTuple):
    """A reference: the title of its sheet (None for the formula's own), and its ends; one cell has no last end."""

    title: str | None
    first: End
    last: End | None

    @property
    def text(self) -> str:
        """The reference as a formula writes it."""
        title = "" if self.title is None else quoted(self.title) + "!"
        return title + self.first.text + (f":{self.last.text}" if self.last else "")

    def area(self, sheet: int) -> Area:
        """Give the area that it names on the sheet with that id."""
        last = self.last or self.first
        top, bottom = _span(self.first.row, last.row)
        left, right = _span(self.first.column, last.column)
        return Area(sheet, top, bottom, left, right)

    def at(self, area: Area) -> Reference:
        """Give the same reference with its ends at the sides of another area."""
        first = self.first._replace(column=_kept(self.first.column, area.left), row=_kept(self.first.row, area.top))
        if self.last is None:
            return self._replace(first=first)
        last = self.last._replace(
            column=_kept(self.last.column, None if area.right is None else area.right - 1),
            row=_kept(self.last.row, None if area.bottom is None else area.bottom - 1),
        )
        return self._replace(first=first, last=last)


def _kept(old: int | None, new: int | None) -> int | None:
    return None if old is None else (old if new is None else new)


def _span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is not None and last is not None:
        return min(first, last), max(first, last) + 1
    return (first if first is not None else last), None


@lru_cache(maxsize=8)
def _pattern(decimal: str) -> re.Pattern[str]:
    pattern = GRAMMAR.replace("SHEET", SHEET).replace("CELL", CELL).replace("COLUMN", COLUMN).replace("ROW", ROW)
    return re.compile(pattern.replace("DECIMAL", re.escape(decimal)), re.VERBOSE | re.DOTALL)


@lru_cache(maxsize=65_536)
def tokens(formula: str, decimal: str = ".") -> tuple[Token, ...]:
    """Give the tokens of a formula, without its `=`; joined they are its text again."""
    return tuple(Token(found.lastgroup or "", found[0]) for found in _pattern(decimal).finditer(formula[1:]))


@lru_cache(maxsize=65_536)
def reference(text: str) -> Reference:
    """Read one reference token."""
    found = REFERENCE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    title = found[1][:-1] if found[1] else None
    if title is not None and title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    first = _end(found[2], found[3], found[4], found[5])
    last = _end(found[7], found[8], found[9], found[10]) if found[6] else None
    return Reference(title, first, last)


def _end(dollar: str, column: str | None, second: str, row: str | None) -> End:
    """One end; in `$5` the dollar that stands before the row is the first of the two."""
    row_fixed = bool(second) or (column is None and bool(dollar))
    return End(column_of(column) if column else None, int(row) - 1 if row else None, bool(column and dollar), row_fixed)


def rewritten(formula: str, change: Callable[[Reference], Reference | None], decimal: str) -> str:
    """Give the formula with each reference as `change` gives it; None makes it `#REF!`."""
    out = []
    for token in tokens(formula, decimal):
        if token.kind != "ref":
            out.append(token.text)
            continue
        old = reference(token.text)
        new = change(old)
        out.append(token.text if new == old else "#REF!" if new is None else new.text)
    return "=" + "".join(out)


def moved_by(down: int, right: int) -> Callable[[Reference], Reference | None]:
    """Give the change that copying a formula makes: what is not fixed moves along."""

    def end(old: End) -> End | None:
        row = old.row if old.row is None or old.row_fixed else old.row + down
        column = old.column if old.column is None or old.column_fixed else old.column + right
        return None if (row or 0) < 0 or (column or 0) < 0 else old._replace(row=row, column=column)

    def change(old: Reference) -> Reference | None:
        first, last = end(old.first), end(old.last) if old.last else None
        if first is None or (old.last is not None and last is None):
            return None
        return old._replace(first=first, last=last)

    return change
