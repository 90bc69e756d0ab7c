"""The text of a formula as a tree: numbers, texts, cells, columns of an Excel table, functions and what joins them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sheetsync.record import NamedTuple
from sheetsync.workbook import column_number

_LONGEST = 4000
_DEEPEST, _MOST_TOKENS = 60, 300
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"]|"")*")
    |(?P<constants>\{[^{}]*\})
    |(?P<sheet>'(?:[^']|'')+'|(?:\[\d+\])?[^\W\d][\w.]*)!(?=[$A-Za-z0-9'#])
    |(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(]))
    |(?P<rows>\$?\d+:\$?\d+(?![\w(]))
    |(?P<cells>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{0,7})?(?![\w(.]))
    |(?P<number>\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<field>(?:[^\W\d][\w.]*)?\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    |(?P<error>\#(?:N/A|DIV/0!|NAME\?|[A-Z]+!))
    |(?P<name>[^\W\d][\w.]*)
    |(?P<sign><=|>=|<>|[-+*/^&=<>%(),;@])
    )""",
    re.VERBOSE,
)
_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d+)?")
_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


class Span(NamedTuple):
    """The cells that a reference names: its worksheet (empty for its own), and both ends; 0 where it is open."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Node(NamedTuple):
    """One part of a formula.

    ``kind`` is ``number``, ``text``, ``cells`` (with its span), ``field`` (a column of an Excel table, with the name
    of the column as text), ``call`` (with the name of the function), ``sign`` (what joins its two parts, or stands
    before its one part), or ``other``.
    """

    kind: str
    text: str = ""
    parts: tuple[Node, ...] = ()
    span: Span | None = None

    @property
    def constant(self) -> bool:
        """Whether it is but a number or a text, or made of nothing else."""
        if self.kind in ("number", "text"):
            return True
        return self.kind == "sign" and all(part.constant for part in self.parts)


class _UnreadableError(Exception):
    """The formula is written in a way that is not understood."""


@lru_cache(maxsize=4096)
def parsed(text: str) -> Node | None:
    """Give a formula as a tree; None for one that is too long, or not understood.

    Arguments may be parted by commas or, where decimals have a comma, by semicolons.
    """
    if len(text) > _LONGEST:
        return None
    try:
        parser = _Parser(_tokens(text))
        whole = parser.level(0, _DEEPEST)
        parser.expect_end()
    except _UnreadableError:
        return None
    return whole


Token = tuple[str, str]


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at, text = 0, text.strip()
    commas = ";" not in re.sub(r'"[^"]*"|\{[^{}]*\}', "", text)
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _UnreadableError
        kind, told, at = match.lastgroup, match[match.lastgroup], match.end()
        if kind == "number" and commas and "," in told:  # the comma parts two arguments
            whole, told = told, told.split(",")[0]
            at -= len(whole) - len(told)
        found.append((kind, told))
        if len(found) > _MOST_TOKENS:
            raise _UnreadableError
    return found


class _Parser:
    """Reads tokens from the left to the right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens, self._at = tokens, 0

    def expect_end(self) -> None:
        """Refuse what is left over."""
        if self._at != len(self._tokens):
            raise _UnreadableError

    def level(self, level: int, room: int) -> Node:
        """Read what signs of one level join, which bind less than those of the next; ``room`` is the depth left.

        As in every spreadsheet a sign before a value binds closest: -2^2 is 4.
        """
        if room <= 0:
            raise _UnreadableError
        if level == len(_LEVELS):
            return self._signed(room)
        left = self.level(level + 1, room)
        while self._sign() in _LEVELS[level]:
            sign = self._take()[1]
            left = Node("sign", sign, (left, self.level(level + 1, room)))
        return left

    def _signed(self, room: int) -> Node:
        if self._sign() == "-":
            self._take()
            return Node("sign", "-", (self._signed(room - 1),))
        if self._sign() in ("+", "@"):
            self._take()
            return self._signed(room - 1)
        found = self._one(room)
        while self._sign() == "%":
            self._take()
            found = Node("sign", "%", (found,))
        return found

    def _one(self, room: int) -> Node:
        kind, text = self._take()
        if kind == "sheet":
            return self._elsewhere(text)
        if kind in ("cells", "columns", "rows"):
            return _cells("", text)
        if kind == "field":
            return Node("field", text)
        if kind == "text":
            return Node("text", text[1:-1].replace('""', '"'))
        if kind == "number":
            return Node("number", text.replace(",", "."))
        if kind == "name":
            return self._call(text.upper(), room) if self._sign() == "(" else _named(text)
        if (kind, text) == ("sign", "("):
            inner = self.level(0, room - 1)
            self._demand(")")
            return inner
        if kind == "sign":
            raise _UnreadableError
        return Node("other", text)

    def _elsewhere(self, sheet: str) -> Node:
        kind, text = self._take()
        own = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        return _cells(own, text) if kind in ("cells", "columns", "rows") else Node("other", text)

    def _call(self, name: str, room: int) -> Node:
        self._take()
        parts: list[Node] = []
        while self._sign() != ")":
            if self._sign() in (",", ";"):
                parts.append(Node("other"))  # an argument that was left out
            else:
                parts.append(self.level(0, room - 1))
            if self._sign() in (",", ";"):
                self._take()
        self._demand(")")
        return Node("call", name, tuple(parts))

    def _sign(self) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "sign":
            return self._tokens[self._at][1]
        return ""

    def _take(self) -> Token:
        if self._at >= len(self._tokens):
            raise _UnreadableError
        self._at += 1
        return self._tokens[self._at - 1]

    def _demand(self, sign: str) -> None:
        if self._take() != ("sign", sign):
            raise _UnreadableError


def _named(text: str) -> Node:
    return (
        Node("number", "1" if text.upper() == "TRUE" else "0") if text.upper() in ("TRUE", "FALSE") else Node("other")
    )


def _cells(sheet: str, text: str) -> Node:
    first, _, last = text.partition(":")
    (left, top), (right, bottom) = _corner(first), _corner(last or first)
    return Node("cells", text, (), Span(sheet, top, left, bottom, right))


def _corner(text: str) -> tuple[int, int]:
    match = _CORNER.fullmatch(text)
    letters, digits = match.groups() if match else (None, None)
    return (column_number(letters) if letters else 0, int(digits) if digits else 0)
