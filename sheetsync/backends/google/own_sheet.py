"""A worksheet of our own that is added to a spreadsheet: its id, and what a reading looks like that has it already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from sheetsync.backends.google.marks import Mark, mark_name
from sheetsync.backends.google.reader import Reading, SheetFacts
from sheetsync.backends.google.snapshot import Grid
from sheetsync.errors import WriteRefused
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellRef, ColumnAddition, SheetAddition, Worksheet

FIRST_ID = 740_731
"""The id of the new worksheet, unless the spreadsheet has one of that id: then the next that is free.

It is ours to choose, so that the very request that adds the worksheet can fill it too.
"""

ROOM = 100
"""Rows beyond those that are filled: the worksheet grows by as many at a time."""


CHARTED = 7
"""Empty columns for a chart to lie over."""


class NewSheet(NamedTuple):
    """A worksheet to add: its id, what it is for, and how many rows it begins with."""

    sheet: int
    addition: SheetAddition
    rows: int

    @property
    def width(self) -> int:
        """How many columns the worksheet has: its own, and those that its chart lies over."""
        return len(self.addition.columns) + (CHARTED if self.addition.chart is not None else 0)

    @property
    def columns(self) -> Iterator[ColumnAddition]:
        """Its columns, as columns that are added to a worksheet; they reach down to the last row."""
        own = self.addition
        for place, column in enumerate(own.columns, 1):
            header = CellRef(own.name, 1, place)
            concept, text, form, width, tones = column
            yield ColumnAddition(header, text, own.table, concept, form, width, self.rows, tones)


def with_sheets(reading: Reading, additions: Sequence[SheetAddition]) -> tuple[Reading, tuple[NewSheet, ...]]:
    """Give the reading as it would be with new worksheets, still empty, at its end; and the worksheets.

    Raises WriteRefused where the name is taken, or where a mark of the new columns stands somewhere already.
    """
    made: list[NewSheet] = []
    for addition in additions:
        _refuse(reading, addition)
        sheet = next(number for number in count(FIRST_ID) if number not in reading.snapshot.grids)
        new = NewSheet(sheet, addition, addition.last_row + ROOM)
        reading = _with_sheet(reading, new)
        made.append(new)
    return reading, tuple(made)


def marks_in(new: NewSheet) -> dict[str, Mark]:
    """Give the marks of a new worksheet's columns, as marks that Google has given no id yet."""
    return {mark_name(one.table, one.concept): Mark("", new.sheet, 1, one.header.column) for one in new.columns}


def _with_sheet(reading: Reading, new: NewSheet) -> Reading:
    name, width = new.addition.name, new.width
    workbook, snapshot = reading.workbook, reading.snapshot
    return Reading(
        workbook._replace(sheets=(*workbook.sheets, Worksheet(name, ()))),
        snapshot._replace(grids={**snapshot.grids, new.sheet: Grid(new.sheet, name, ())}),
        {**reading.facts, name: SheetFacts(new.sheet, name, new.rows, width, (), ())},
    )


def _refuse(reading: Reading, addition: SheetAddition) -> None:
    link = reading.workbook.location
    if addition.name.casefold() in {name.casefold() for name in reading.facts}:
        raise WriteRefused("google.sheet_name_taken", link=link, sheet=addition.name)
    for place, column in enumerate(addition.columns, 1):
        if mark_name(addition.table, column.concept) in reading.snapshot.marks:
            cell = str(CellRef(addition.name, 1, place))
            raise WriteRefused("google.marked_twice", link=link, cell=cell, text=column.text)
