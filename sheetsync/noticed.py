"""What reading noticed of a workbook beside its goals; rules put it into words."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell


class UnreadSheet(NamedTuple):
    """A worksheet in which no table was found. ``nearest`` are the concepts that its best row had."""

    sheet: str
    row: int
    nearest: tuple[str, ...] = ()


class HeaderChange(NamedTuple):
    """A header of an adopted table that no longer stands where it was confirmed.

    ``cell`` is its place then and what stands there now, ``expected`` are the words that stood there. ``moved_to`` is
    the column in which they stand now; 0 where they are gone, and then the concept is not read.
    """

    concept: str
    cell: Cell[Any]
    expected: str
    moved_to: int = 0


class MissingTable(NamedTuple):
    """An adopted table that was not found again: its worksheet is gone (``row`` 0), or its header is."""

    worksheet: str
    row: int
    headers: tuple[str, ...] = ()


class Doubt(NamedTuple):
    """What stands in a cell and was not taken as it stands.

    ``kind`` is ``number`` or ``date`` for a text with two meanings (``readings``) between which nothing on its
    worksheet decides, ``placeholder`` for one that a template left behind, ``error`` for that of a formula, ``rough``
    for a number that is read although it says only about how much, ``scale`` for one that cannot be compared with
    others of its row, since only some are on a scale, and ``to_date`` for an aggregation that leaves open whether the
    values are to date or to be added up.
    """

    kind: str
    cell: Cell[Any]
    readings: tuple[Any, ...] = ()


class Unlike(NamedTuple):
    """Two numbers of one row in different units; ``other`` may also be the cell that names the row's unit.

    ``concept`` and ``other_concept`` are those of their columns, ``kind`` is the kind of table of the first one.
    """

    cell: Cell[Any]
    concept: str
    kind: str
    other: Cell[Any]
    other_concept: str


class Lookalike(NamedTuple):
    """A worksheet in the very form of an adopted one (``like``) that no mapping speaks of; ``row`` is its header."""

    sheet: str
    row: int
    like: str


class OtherCycle(NamedTuple):
    """A table of goals of another cycle than the one at hand, which is not read.

    ``table`` is its key, ``row`` that of its header. ``label``, ``start`` and ``due`` tell its cycle, ``followed`` is
    the worksheet that is followed in its stead, and ``ahead`` says that its own time is still to come. ``names`` are
    the ids and keys of its rows, as they are and folded.
    """

    table: str
    sheet: str
    row: int
    label: str
    start: date
    due: date
    followed: str
    ahead: bool
    names: frozenset[str] = frozenset()
