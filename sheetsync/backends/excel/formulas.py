"""The formulas of a worksheet, grouped so that 200,000 copies of one formula are one pattern with many rows.

A pattern is the text of a formula with every number replaced by ``#``: ``=I2-J2`` and ``=I3-J3`` are both ``I#-J#``.
Which columns a formula refers to does not depend on the numbers.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from sheetsync.backends.excel.letters import column_of
from sheetsync.record import NamedTuple

_numbers = re.compile(rb"[0-9]+").sub


class Group(NamedTuple):
    """One pattern in one column. ``shift`` is how many columns a shared formula stands right of its master."""

    column: int
    pattern: bytes
    shift: int
    rows: array[int]


class Formulas:
    """All formulas of one worksheet, in groups."""

    __slots__ = ("_groups", "_masters", "_shared")

    def __init__(self) -> None:
        """Begin without formulas."""
        self._groups: dict[tuple[bytes, bytes], array[int]] = {}
        self._masters: dict[str, tuple[bytes, bytes]] = {}
        self._shared: dict[tuple[bytes, str], array[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._groups or self._shared)

    def add(self, letters: bytes, row: int, text: bytes) -> None:
        """Add a formula with its text as it stands in the part."""
        key = letters, _numbers(b"#", text)
        try:
            self._groups[key].append(row)
        except KeyError:
            self._groups[key] = array("L", (row,))

    def add_shared(self, letters: bytes, row: int, text: bytes, index: str) -> None:
        """Add a shared formula: the master carries the text, the others only its index."""
        if text:
            self._masters[index] = letters, _numbers(b"#", text)
            self.add(letters, row, text)
            return
        self._shared.setdefault((letters, index), array("L")).append(row)

    def groups(self) -> Iterator[Group]:
        """Give the groups; shared formulas with the pattern of their master, or none where it is missing."""
        for (letters, pattern), rows in self._groups.items():
            yield Group(column_of(letters), pattern, 0, rows)
        for (letters, index), rows in self._shared.items():
            origin, pattern = self._masters.get(index, (letters, b""))
            column = column_of(letters)
            yield Group(column, pattern, column - column_of(origin), rows)

    def rows_by_column(self) -> Iterator[tuple[int, array[int]]]:
        """Give the rows that hold formulas, by column; a column may come more than once."""
        for group in self.groups():
            yield group.column, group.rows
