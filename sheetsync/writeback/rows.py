"""The cells of one table: what stands there now, and which of them are to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any

from sheetsync.language import Phrases
from sheetsync.model import Goals, KeyResult, Kpi, Objective, Table
from sheetsync.results import Finding, Scorecard, Severity
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Worksheet, same_value
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import COLUMNS, Column
from sheetsync.writeback.shown import Shown

Updates = Sequence[CellUpdate | None]
"""The updates of one column, row by row; None where the cell stays as it is."""

_update: Callable[[tuple[Any, ...]], CellUpdate] = partial(tuple.__new__, CellUpdate)
"""Makes an update of its fields in order; a first run makes a million, in half the time that their names would take."""


class TableWriter:
    """Plans the updates of one table; ``findings`` then holds what was typed over."""

    def __init__(
        self,
        table: Table,
        sheet: Worksheet,
        end: int,
        placed: Mapping[str, int],
        phrases: Phrases,
        authorship: Authorship,
        today: date,
    ) -> None:
        """Take the table, the row before which it ends, the place of each computed column, and the words."""
        self._table = table
        self._end = end
        self._sheet = sheet
        self._shown = Shown(phrases)
        self._columns = [(COLUMNS[table.kind][concept], place) for concept, place in placed.items()]
        own = frozenset(placed.values())
        self._formulas = {place for place in sheet.formulas if place[1] in own}
        self._authorship = authorship
        self._today = today
        self.findings: list[Finding] = []

    def updates(self, goals: Goals, scorecard: Scorecard) -> list[CellUpdate]:
        """Give the updates of every row of the table whose shown values differ, from the top to the bottom."""
        items, known = self._items(goals), scorecard.scores
        scored = [item for item in items if item.key in known]
        rows, scores = [item.row for item in scored], [known[item.key] for item in scored]
        columns: dict[int, Updates] = {}
        moving: list[Updates] = []
        for column, place in self._columns:
            if column.concept != "synced":
                found = self._column(column, place, rows, self._shown.values(column, scores))
                columns[place] = found
                if not column.quiet:
                    moving.append(found)
        for column, place in self._columns:
            if column.concept == "synced":
                columns[place] = self._stamps(column, place, rows, moving)
        in_order = [columns[place] for place in sorted(columns)]
        updates = [update for row in zip(*in_order, strict=True) for update in row if update is not None]
        return updates + self._left_over({item.row for item in items})

    def _items(self, goals: Goals) -> Sequence[Objective | KeyResult | Kpi]:
        own = self._table.key
        if self._table.kind == "kpi":
            return [kpi for kpi in goals.kpis if kpi.table == own]
        items: list[Objective | KeyResult] = [one for one in goals.objectives if one.table == own and one.own_row]
        items += [one for one in goals.key_results if one.table == own]
        return sorted(items, key=attrgetter("row"))

    def _column(self, column: Column, place: int, rows: Sequence[int], wanted: Sequence[CellValue]) -> Updates:
        """Give the updates of one column."""
        sheet, form, stands = self._table.sheet, column.form, self._standing(rows, place)
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
        if same_value(before, after) or not self._may_write(column, place, before):
            return None
        return CellUpdate(self._table.sheet, *place, before, after, column.form)

    def _stamps(self, column: Column, place: int, rows: Sequence[int], moving: Sequence[Updates]) -> Updates:
        """Give the updates of the Synced column: today where a column that moves it was written, or it is empty."""
        stands = self._standing(rows, place)
        if stands.count(None) == len(stands):
            return self._column(column, place, rows, [self._today] * len(rows))
        moved = {update.row for updates in moving for update in updates if update is not None}
        return [
            self._change(column, (row, place), before, self._today)
            if before is None or (row in moved and _day(before) != self._today)
            else None
            for row, before in zip(rows, stands, strict=True)
        ]

    def _may_write(self, column: Column, place: tuple[int, int], stands: CellValue) -> bool:
        """Say whether the cell holds nothing of the user's; if it does, note a finding."""
        if place in self._formulas:
            self._typed_over("DR502", column, place, stands)
            return False
        if not self._authorship.could_be_ours(column.concept, column.form, stands):
            self._typed_over("DR501", column, place, stands)
            return False
        return True

    def _typed_over(self, code: str, column: Column, place: tuple[int, int], stands: CellValue) -> None:
        params = {"value": "" if stands is None else str(stands), "column": column.concept}
        self.findings.append(Finding(code, Severity.WARNING, CellRef(self._table.sheet, *place), params))

    def _left_over(self, rows: set[int]) -> list[CellUpdate]:
        """Empty the computed cells of rows that held an item once: those with a Synced date, but no item any more."""
        synced = [place for column, place in self._columns if column.concept == "synced"]
        empty = sorted(set(range(self._table.header_row + 1, self._end)) - rows) if synced else []
        updates = []
        for row in empty:
            if _day(self._sheet.value(row, synced[0])) is None:
                continue
            for column, place in self._columns:
                stands = self._sheet.value(row, place)
                update = self._change(column, (row, place), stands, None) if stands is not None else None
                if update is not None:
                    updates.append(update)
        return updates


def _day(value: CellValue) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
