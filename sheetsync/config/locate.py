"""Finds where each key of a TOML text stands. Loaded only when there is something to complain about.

The text was accepted by tomllib before, so nothing is checked here; only places are noted.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping

from sheetsync.config.problem import KeyPath
from sheetsync.record import NamedTuple


class Place(NamedTuple):
    """Line and column of a character, both from 1; the column counts characters, not bytes."""

    line: int
    column: int


class Statement(NamedTuple):
    """A heading of a table, or a key with its value: its path and its lines, from 1, both ends included."""

    path: KeyPath
    first: int
    last: int
    heading: bool


def statements(text: str) -> list[Statement]:
    """Give every heading and every key of a TOML text in order; what stands between two of them are comments."""
    text = text.replace("\r\n", "\n")
    scanner = _Scanner(text)
    scanner.document()
    starts = _line_starts(text)
    return [
        Statement(path, bisect_right(starts, first), bisect_right(starts, end - 1), heading)
        for path, first, end, heading in scanner.spans
    ]


def locate(text: str) -> Mapping[KeyPath, Place]:
    """Map the path of every key, table and list item to its first place in the text."""
    text = text.replace("\r\n", "\n")
    scanner = _Scanner(text)
    scanner.document()
    starts = _line_starts(text)
    places: dict[KeyPath, Place] = {}
    for path, position in scanner.found.items():
        line = bisect_right(starts, position)
        places[path] = Place(line, position - starts[line - 1] + 1)
    return places


def _line_starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]


def place_of(path: KeyPath, places: Mapping[KeyPath, Place]) -> Place:
    """Give the place of a key; a key that is missing is at its table, and one without a table at the top."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, Place(1, 1))


def dotted(path: KeyPath) -> str:
    """Write a path as TOML does: ``workbook."my firm".columns.okr[2]``, list items counted from 1."""
    words = ""
    for segment in path:
        if isinstance(segment, int):
            words += f"[{segment + 1}]"
            continue
        bare = segment.replace("-", "").replace("_", "")
        plain = not segment or (bare.isascii() and bare.isalnum()) or set(segment) <= {"-", "_"}
        words += ("." if words else "") + (segment if plain and segment else f'"{segment}"')
    return words


class _Scanner:
    """Walks through a valid TOML text once, noting the position of each key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}
        self.spans: list[tuple[KeyPath, int, int, bool]] = []

    def document(self) -> None:
        """Walk through the whole text."""
        table: KeyPath = ()
        self._skip(newlines=True)
        while self.at < len(self.text):
            first, heading = self.at, self.text[self.at] == "["
            path = self._header() if heading else self._pair(table)
            table = path if heading else table
            self.spans.append((path, first, self.at, heading))
            self._skip(newlines=True)

    def _skip(self, *, newlines: bool) -> None:
        blanks = " \t\n" if newlines else " \t"
        while self.at < len(self.text):
            if self.text[self.at] in blanks:
                self.at += 1
            elif self.text[self.at] == "#" and newlines:
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return

    def _header(self) -> KeyPath:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path: KeyPath = ()
        parts = self._key()
        for index, (segment, position) in enumerate(parts):
            path = (*path, segment)
            self.found.setdefault(path, position)
            if many and index == len(parts) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
                self.found.setdefault(path, position)
        self.at += 2 if many else 1
        return path

    def _pair(self, table: KeyPath) -> KeyPath:
        path = table
        for segment, position in self._key():
            path = (*path, segment)
            self.found.setdefault(path, position)
        self.at += 1  # the equals sign
        self._value(path)
        return path

    def _key(self) -> list[tuple[str, int]]:
        """Read a dotted key up to the ``=`` or ``]`` behind it."""
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(newlines=False)
            start = self.at
            if self.text[self.at] in "\"'":
                self._string()
                parts.append((tomllib.loads(f"key = {self.text[start : self.at]}")["key"], start))
            else:
                self._until(" \t.=]")
                parts.append((self.text[start : self.at], start))
            self._skip(newlines=False)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def _value(self, path: KeyPath) -> None:
        self._skip(newlines=True)
        char = self.text[self.at]
        if char in "\"'":
            self._string()
        elif char == "[":
            self._items(path)
        elif char == "{":
            self._inline(path)
        else:
            self._until(",]}#\n")

    def _until(self, ends: str) -> None:
        while self.at < len(self.text) and self.text[self.at] not in ends:
            self.at += 1

    def _items(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while True:
            self._skip(newlines=True)
            if self.text[self.at] == "]":
                break
            self.found[(*path, index)] = self.at
            self._value((*path, index))
            index += 1
            self._comma()
        self.at += 1

    def _inline(self, path: KeyPath) -> None:
        self.at += 1
        while True:
            self._skip(newlines=True)
            if self.text[self.at] == "}":
                break
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._skip(newlines=True)
        if self.text[self.at] == ",":
            self.at += 1

    def _string(self) -> None:
        quote = self.text[self.at]
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if self.text[self.at] == "\\" and quote == '"' else 1
        self.at += len(fence)
        # A fence of three may close directly behind one or two quotes that belong to the text.
        while len(fence) == 3 and self.text.startswith(quote, self.at):
            self.at += 1
