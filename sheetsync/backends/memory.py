"""A workbook that is held in memory: for tests, and to try changes without a file.

It refuses what the other backends refuse, so that what passes here is planned well.
"""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.errors import WorkbookChanged, WriteRefused
from sheetsync.workbook import (
    CellUpdate,
    CellValue,
    Changes,
    ColumnAddition,
    ColumnMark,
    Receipt,
    Workbook,
    Worksheet,
    same_value,
)


class MemoryBackend:
    """One workbook in memory. Every write gives it a new revision."""

    def __init__(self, workbook: Workbook) -> None:
        """Take the workbook to begin with."""
        self._workbook = workbook
        self._writes = 0

    def read(self) -> Workbook:
        """Give the workbook as it stands."""
        return self._workbook

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Write the changes into a copy, which then takes the workbook's place.

        Raises WorkbookChanged where the workbook or a cell is not what was read, and WriteRefused for a cell that holds
        a formula or lies inside a merged range, for a cell named twice, and for a column that is not free.
        """
        workbook = self._workbook
        if changes.empty:
            return Receipt(0, 0, revision)
        if revision != workbook.revision:
            raise WorkbookChanged(path=workbook.location)
        updates = [update for update in changes.cells if not same_value(update.before, update.after)]
        if not updates and not changes.columns:
            return Receipt(0, 0, revision)
        rows = {sheet.name: [list(row) for row in sheet.rows] for sheet in workbook.sheets}
        for addition in changes.columns:
            self._refuse_column(addition)
            header = addition.header
            updates.append(CellUpdate(header.sheet, header.row, header.column, None, addition.text))
        self._write(rows, updates)
        self._writes += 1
        sheets = tuple(sheet._replace(rows=rows[sheet.name]) for sheet in workbook.sheets)
        marks = _marks(workbook.marks, changes.columns)
        self._workbook = workbook._replace(sheets=sheets, marks=marks, revision=f"{workbook.name}#{self._writes}")
        return Receipt(len(updates) - len(changes.columns), len(changes.columns), self._workbook.revision)

    def _sheet(self, name: str) -> Worksheet:
        try:
            return self._workbook.sheet(name)
        except KeyError:
            raise WriteRefused(path=self._workbook.location, sheet=name) from None

    def _write(self, rows: dict[str, list[list[CellValue]]], updates: Sequence[CellUpdate]) -> None:
        seen = set()
        for update in updates:
            self._refuse_cell(update)
            if update.ref in seen:
                raise WriteRefused(path=self._workbook.location, cell=str(update.ref))
            seen.add(update.ref)
            _put(rows[update.sheet], update)

    def _refuse_cell(self, update: CellUpdate) -> None:
        sheet, place = self._sheet(update.sheet), (update.row, update.column)
        params = {"path": self._workbook.location, "cell": str(update.ref)}
        if sheet.refusal is not None or place in sheet.formulas:
            raise WriteRefused(sheet.refusal, **params)
        if any(merge.contains(*place) and place != merge[:2] for merge in sheet.merges):
            raise WriteRefused(**params)
        if not same_value(sheet.value(*place), update.before):
            raise WorkbookChanged(**params)

    def _refuse_column(self, addition: ColumnAddition) -> None:
        sheet, column = self._sheet(addition.header.sheet), addition.header.column
        areas = (*sheet.merges, *sheet.tables, *((sheet.print_area,) if sheet.print_area else ()))
        held = any(sheet.value(row, column) is not None for row in range(1, len(sheet.rows) + 1))
        held = held or any(own == column for _, own in sheet.formulas)
        marked = any(mark[:2] == (addition.table, addition.concept) and mark.header for mark in self._workbook.marks)
        if held or marked or any(area.touches_column(column) for area in areas):
            raise WriteRefused(path=self._workbook.location, cell=str(addition.header))


def _put(rows: list[list[CellValue]], update: CellUpdate) -> None:
    """Put a value in its place; blank values make no row longer."""
    if update.after is None and (update.row > len(rows) or update.column > len(rows[update.row - 1])):
        return
    rows.extend([] for _ in range(update.row - len(rows)))
    row = rows[update.row - 1]
    row.extend([None] * (update.column - len(row)))
    row[update.column - 1] = update.after


def _marks(old: Sequence[ColumnMark], additions: Sequence[ColumnAddition]) -> tuple[ColumnMark, ...]:
    new = {(addition.table, addition.concept): addition.header for addition in additions}
    kept = [mark for mark in old if mark[:2] not in new]
    return (*kept, *(ColumnMark(table, concept, header) for (table, concept), header in new.items()))
