"""Carries a formula to where its cells stand now: what Google would have done to it, had it not been overwritten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from sheetsync.backends.google.values import FORMULA
from sheetsync.record import NamedTuple
from sheetsync.workbook import column_letters, column_number


class Axis(NamedTuple):
    """What became of the rows (or columns) of a worksheet.

    ``now`` says where each one that was found again stands, by where it was; ``used`` is how many were in use before.
    """

    now: Mapping[int, int]
    used: int

    def moved(self, place: int) -> int | None:
        """Give where a row or column is now, or None; beyond all that was used it moves with the end of that."""
        last = max(self.now, default=0)
        if place in self.now or place <= self.used or last < self.used:
            return self.now.get(place)
        return place + max(self.now.values(), default=0) - last


def moved_formula(formula: tuple[str, str], rows: Axis, columns: Axis, title: str) -> tuple[tuple[str, str], bool]:
    """Give a formula with every reference to its own worksheet moved, and whether all of them could be.

    ``title`` is that worksheet's; references to other worksheets stay. What cannot be told stays as it is.
    """
    sure = True

    def moved(match: re.Match[str]) -> str:
        nonlocal sure
        if match["first"] is None or not _own(match["sheet"], title):  # a text, a name, another worksheet's cells
            return match[0]
        first, last = _corner(match["first"]), _corner(match["last"] or match["first"])
        if (first.row is None) != (first.column is None) and not match["last"]:
            return match[0]  # a number, or a name: only a range can lack rows or columns
        told = [_span(first.row, last.row, rows), _span(first.column, last.column, columns)]
        sure = sure and all(span.sure for span in told)
        start, end = (_written(corner, *(span[at] for span in told)) for at, corner in enumerate((first, last)))
        return (match["sheet"] or "") + (f"{start}:{end}" if match["last"] else start)

    return (FORMULA, _pieces().sub(moved, formula[1])), sure


class _Corner(NamedTuple):
    """One end of a reference; a whole column has no row, and a whole row no column."""

    fixed_column: str
    column: int | None
    fixed_row: str
    row: int | None


class _Span(NamedTuple):
    """The first and last row (or column) of a reference as they are now; ``sure`` is False where that is a guess."""

    first: int | None
    last: int | None
    sure: bool


def _own(sheet: str | None, title: str) -> bool:
    """Say whether a reference is to the worksheet of that title: as a rule it names none."""
    if sheet is None:
        return True
    name = sheet[:-1]
    return (name[1:-1].replace("''", "'") if name.startswith("'") else name).casefold() == title.casefold()


def _corner(text: str) -> _Corner:
    match = _cell().fullmatch(text)
    assert match is not None  # noqa: S101 - the pattern of the pieces holds this one
    column, row = match["column"], match["row"]
    return _Corner(
        match["fixed_column"], column_number(column) if column else None, match["fixed_row"], int(row) if row else None
    )


def _written(corner: _Corner, row: int | None, column: int | None) -> str:
    letters = "" if column is None else column_letters(column)
    return f"{corner.fixed_column}{letters}{corner.fixed_row}{'' if row is None else row}"


def _span(first: int | None, last: int | None, axis: Axis) -> _Span:
    """Move both ends: a range spans what is left of what it spanned; one that is open at an end stays open there."""
    if first is None or last is None or first == last:
        start, stop = _end(first, axis), _end(last, axis)
        return _Span(start.first, stop.first, start.sure and stop.sure)
    inside = [now for was, now in sorted(axis.now.items()) if first <= was <= last]
    start, stop = _end(first, axis), _end(last, axis)
    reach = [*inside, *(end.first for end in (start, stop) if end.first is not None and end.sure)]
    if not reach or (last > axis.used and not stop.sure):
        return _Span(first, last, sure=False)
    in_order = first < last and all(one < other for one, other in pairwise(inside))
    return _Span(min(reach), max(reach), start.sure and stop.sure and in_order)


def _end(place: int | None, axis: Axis) -> _Span:
    """Move one end; an open one stays open, and one that cannot be found stays where it was."""
    now = None if place is None else axis.moved(place)
    return _Span(place, place, sure=place is None) if now is None else _Span(now, now, sure=True)


_CORNER = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*|\$?[A-Za-z]{1,3}|\$?[1-9]\d*"


@cache
def _cell() -> re.Pattern[str]:
    return re.compile(r"(?P<fixed_column>(?:\$(?=[A-Za-z]))?)(?P<column>[A-Za-z]*)(?P<fixed_row>\$?)(?P<row>\d*)")


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(
        rf"""
        "(?:[^"]|"")*"                                              # a text
        | (?P<sheet> (?:'(?:[^']|'')*'|[\w.]+)! )? (?<![\w.$#])
          (?: (?P<first>{_CORNER}) (?: : (?P<last>{_CORNER}) )? ) (?![\w.(!])
        | (?:'(?:[^']|'')*'|[\w.]+)!                                # a worksheet, before a name or an error
        | [\w.]+                                                    # a name, a function, a number
        """,
        re.VERBOSE,
    )
