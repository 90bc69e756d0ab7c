"""The cells of one table: what stands there now, and which of them are to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any

from sheetsync.cell_text import cell_texts
from sheetsync.model import Goals, Item, Table
from sheetsync.results import Finding, Severity
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Worksheet, same_value
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import COLUMNS, TITLES, Column
from sheetsync.writeback.typed_over import Touched

TYPED, FORMULA, RESTORED = "DR501", "DR502", "DR512"
"""The findings about cells of ours that somebody changed: kept, kept because it is a formula, put back."""

Updates = Sequence[CellUpdate | None]
"""The updates of one column, row by row; None where the cell stays as it is."""

_update: Callable[[tuple[Any, ...]], CellUpdate] = partial(tuple.__new__, CellUpdate)
"""Makes an update of its fields in order; a first run makes a million, in half the time that their names would take."""


Wanted = Callable[[Column], Sequence[CellValue]]
"""Gives what the cells of a column shall show, row by row."""


def items_of(table: Table, goals: Goals) -> Sequence[Item]:
    """Give the items of a table that have a row of their own in it, from the top to the bottom."""
    own = table.key
    if table.kind == "kpi":
        return [kpi for kpi in goals.kpis if kpi.table == own]
    items: list[Item] = [one for one in goals.objectives if one.table == own and one.own_row]
    items += [one for one in goals.key_results if one.table == own]
    return sorted(items, key=attrgetter("row"))


class TableWriter:
    """Plans the updates of one table; ``findings`` then holds what was typed over, ``typed`` what is put back of it."""

    def __init__(
        self,
        table: Table,
        sheet: Worksheet,
        placed: Mapping[str, int],
        authorship: Authorship,
        today: date,
        touched: Touched | None = None,
    ) -> None:
        """Take the table with its worksheet, the place of each computed column, and who knows what is ours.

        ``touched`` tells typed values from ours where a history remembers what was written.
        """
        self._sheet = sheet
        self._columns = [(COLUMNS[table.kind][concept], place) for concept, place in placed.items()]
        own = frozenset(placed.values())
        self._formulas = {place for place in sheet.formulas if place[1] in own}
        self._authorship = authorship
        self._today = today
        self._touched = touched
        self.findings: list[Finding] = []
        self.typed: dict[tuple[str, str], CellValue] = {}

    def updates(self, rows: Sequence[int], wanted: Wanted) -> list[CellUpdate]:
        """Give the updates of the cells in these rows whose shown values differ, from the top to the bottom."""
        shown = {place: _fit(column, wanted(column)) for column, place in self._columns if column.concept != "synced"}
        columns: dict[int, Updates] = {}
        for column, place in self._columns:
            if place in shown:
                columns[place] = self._column(column, place, rows, shown[place])
        for column, place in self._columns:
            if place not in shown:
                columns[place] = self._stamps(column, place, rows, shown, columns)
        in_order = [columns[place] for place in sorted(columns)]
        return [update for row in zip(*in_order, strict=True) for update in row if update is not None]

    def left_over(self, rows: Iterable[int]) -> list[CellUpdate]:
        """Empty the computed cells of those rows without an item that held one once: they have a Synced date."""
        synced = [place for column, place in self._columns if column.concept == "synced"]
        return self.emptied(row for row in rows if synced and day_of(self._sheet.value(row, synced[0])) is not None)

    def emptied(self, rows: Iterable[int]) -> list[CellUpdate]:
        """Empty the computed cells of rows, but for what somebody typed over them."""
        updates = []
        for row in rows:
            for column, place in self._columns:
                stands = self._sheet.value(row, place)
                update = self._change(column, (row, place), stands, None) if stands is not None else None
                if update is not None:
                    updates.append(update)
        return updates

    def once_filled(self, rows: Iterable[int]) -> Iterator[int]:
        """Give the rows that hold something of ours; a title or a name alone may be a note of the user's."""
        telling = [(column, place) for column, place in self._columns if column.concept not in TITLES]
        for row in rows:
            held = ((column, (row, place), self._sheet.value(row, place)) for column, place in telling)
            if any(stands is not None and self._conflict(column, at, stands) is None for column, at, stands in held):
                yield row

    def _column(self, column: Column, place: int, rows: Sequence[int], wanted: Sequence[CellValue]) -> Updates:
        """Give the updates of one column."""
        sheet, form, stands = self._sheet.name, column.form, self._standing(rows, place)
        if not self._formulas and stands.count(None) == len(stands):
            return [
                None if after is None else _update((sheet, row, place, None, after, form))
                for row, after in zip(rows, wanted, strict=True)
            ]
        return [
            None
            if before is after or (before == after and before.__class__ is after.__class__)
            else self._change(column, (row, place), before, after)
            for row, before, after in zip(rows, stands, wanted, strict=True)
        ]

    def _standing(self, rows: Sequence[int], place: int) -> list[CellValue]:
        """Give what stands in the rows of a column; an empty text is nothing."""
        cells = self._sheet.rows
        try:
            found = [cells[row - 1][place - 1] for row in rows]
        except IndexError:
            return [self._sheet.value(row, place) for row in rows]
        return [None if value == "" else value for value in found] if "" in found else found

    def _change(self, column: Column, place: tuple[int, int], before: CellValue, after: CellValue) -> CellUpdate | None:
        """Give the update of one cell, unless it shows the same already or holds something of the user's."""
        if same_value(before, after) or not self._may_write(column, place, before, after):
            return None
        return CellUpdate(self._sheet.name, *place, before, after, column.form)

    def _stamps(
        self,
        column: Column,
        place: int,
        rows: Sequence[int],
        shown: Mapping[int, Sequence[CellValue]],  # noqa: ARG002 - where rows move about, what they show has to tell
        columns: Mapping[int, Updates],
    ) -> Updates:
        """Give the updates of the Synced column: today where a column that moves it was written, or it is empty."""
        stands = self._standing(rows, place)
        if stands.count(None) == len(stands):
            return self._column(column, place, rows, [self._today] * len(rows))
        moving = [columns[own] for quiet, own in self._columns if own in columns and not quiet.quiet]
        moved = {update.row for updates in moving for update in updates if update is not None}
        return [
            self._change(column, (row, place), before, self._today)
            if before is None or (row in moved and day_of(before) != self._today)
            else self._restamped(column, (row, place), before)
            for row, before in zip(rows, stands, strict=True)
        ]

    def _restamped(self, column: Column, place: tuple[int, int], stands: CellValue) -> CellUpdate | None:
        """Give back its date to a row that is as it was, where somebody typed over the date."""
        touched = self._touched
        last = touched.last(place[0], column.concept) if touched is not None else None
        if last is None and self._conflict(column, place, stands) is not None:  # nobody knows what stood there
            return self._change(column, place, stands, self._today)  # it is told as in a row that is written
        if touched is None or last is None or day_of(stands) == day_of(last):
            return None
        if day_of(stands) is not None and touched.forgot(self._columns, self._sheet):
            return None  # written by a night that the history does not know
        return self._change(column, place, stands, last)

    def _may_write(self, column: Column, place: tuple[int, int], stands: CellValue, after: CellValue) -> bool:
        """Say whether the cell holds nothing that the user would keep; of what was typed there, note a finding."""
        touched = self._touched
        if place not in self._formulas and (stands is None or (touched and touched.untouched(column, place, stands))):
            return True
        code = self._conflict(column, place, stands)
        if code != FORMULA and touched is not None and touched.knows(place[0]):
            if not touched.typed(column, self._columns, place, self._sheet, ours=code is None):
                return True
            left = code is not None and touched.left_alone(place[0], column.concept)
            if not left and touched.restored(CellRef(self._sheet.name, *place), column.concept, stands, after):
                self.typed[touched.keys[place[0]], column.concept] = stands
                self._typed_over(RESTORED, column, place, stands, after)
                return True
            code = code or TYPED
        if code is not None:
            self._typed_over(code, column, place, stands)
        return code is None

    def _conflict(self, column: Column, place: tuple[int, int], stands: CellValue) -> str | None:
        """Give the code of the finding that a cell deserves which holds something of the user's."""
        ours = self._authorship.could_be_ours(column.concept, column.form, stands)
        linked = column.form == "link" and ours
        if place in self._formulas and not (linked and self._sheet.may_be_our_link(*place)):
            return FORMULA
        return None if ours else TYPED

    def _typed_over(
        self, code: str, column: Column, place: tuple[int, int], stands: CellValue, after: CellValue = None
    ) -> None:
        params: dict[str, Any] = {"value": _told(stands), "column": column.concept}
        if code == RESTORED and self._touched is not None:
            before = self._touched.last(place[0], column.concept)
            shown = next((one for one in (before, after) if one is not None), "–")
            params |= {"before": shown, "until": self._touched.night or self._today}
        item = self._touched.keys.get(place[0]) if self._touched is not None else None
        self.findings.append(Finding(code, Severity.WARNING, CellRef(self._sheet.name, *place), params, item))


def _fit(column: Column, values: Sequence[CellValue]) -> Sequence[CellValue]:
    """Give what a column shall show as cells can hold it: what repeats the user's own texts has all their signs."""
    return values if column.form in ("percent", "number", "date") else cell_texts(values)


def _told(value: CellValue) -> object:
    """Give what was typed for a message: a number or a day in the words of its language, anything else as it stands."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return day_of(value) or ("" if value is None else str(value))


def day_of(value: CellValue) -> date | None:
    """Give the day of a date or a moment; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
