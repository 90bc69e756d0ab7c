"""A workbook that is held in memory: for tests, and to try changes without a file.

It refuses what the other backends refuse, so that what passes here is planned well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sheetsync.errors import WorkbookChanged, WriteRefused
from sheetsync.workbook import (
    CellRef,
    CellUpdate,
    CellValue,
    Changes,
    ColumnAddition,
    ColumnMark,
    NoteUpdate,
    Receipt,
    SheetAddition,
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
        self._links: set[CellRef] = set()

    def read(self) -> Workbook:
        """Give the workbook as it stands."""
        return self._workbook

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Write the changes into a copy, which then takes the workbook's place.

        Raises WorkbookChanged where the workbook or a cell is not what was read, and WriteRefused for a cell that holds
        a formula or lies inside a merged range, for a cell named twice, for a column that is not free, and for a
        worksheet whose name is taken.
        """
        workbook = self._workbook
        if changes.empty:
            return Receipt(0, 0, revision)
        if revision != workbook.revision:
            raise WorkbookChanged(path=workbook.location)
        updates = [update for update in changes.cells if not same_value(update.before, update.after)]
        notes = [update for update in changes.notes if update.before != update.after]
        if not updates and not changes.columns and not changes.sheets and not notes:
            return Receipt(0, 0, revision)
        for addition in changes.columns:
            self._refuse_column(addition)
        added = self._with_sheets(changes.sheets)
        marks = _headers(changes)
        headers = [CellUpdate(*mark.header, None, text) for mark, text in marks if mark.header is not None]
        self._workbook = self._written(_annotated(added, notes), [*updates, *headers])._replace(
            marks=_marks(workbook.marks, [mark for mark, _ in marks])
        )
        columns, sheets = len(changes.columns), len(changes.sheets)
        return Receipt(len(updates), columns, self._workbook.revision, sheets=sheets, notes=len(notes))

    def rehearse(self, changes: Changes, revision: str) -> None:
        """Write the changes into a copy, which nobody keeps; raises WriteRefused as ``apply`` does."""
        if revision == self._workbook.revision:
            copy = MemoryBackend(self._workbook)
            copy._links = set(self._links)
            copy.apply(changes, revision)

    def _with_sheets(self, additions: Sequence[SheetAddition]) -> Workbook:
        """Give the workbook with new worksheets, still empty."""
        workbook = self._workbook
        for addition in additions:
            names = {sheet.name.casefold() for sheet in workbook.sheets}
            taken = any(mark.table == addition.table and mark.header is not None for mark in workbook.marks)
            if addition.name.casefold() in names or taken:
                raise WriteRefused(path=workbook.location, sheet=addition.name)
            workbook = workbook._replace(sheets=(*workbook.sheets, Worksheet(addition.name, [])))
        return workbook

    def _written(self, workbook: Workbook, updates: Sequence[CellUpdate]) -> Workbook:
        """Give a workbook with its updates written; a cell of the form ``link`` gets a formula of ours."""
        rows = {sheet.name: [list(row) for row in sheet.rows] for sheet in workbook.sheets}
        links = set(self._links)
        seen = set()
        for update in updates:
            self._refuse_cell(workbook, update)
            if update.ref in seen:
                raise WriteRefused(path=workbook.location, cell=str(update.ref))
            seen.add(update.ref)
            _put(rows[update.sheet], update)
            if update.form == "link":
                links.add(update.ref)
        self._links = links
        self._writes += 1
        sheets = tuple(
            sheet._replace(
                rows=rows[sheet.name],
                formulas=sheet.formulas | _places(links, sheet.name),
                our_links=_links_of(sheet, links),
            )
            for sheet in workbook.sheets
        )
        return workbook._replace(sheets=sheets, revision=f"{workbook.name}#{self._writes}")

    def _refuse_cell(self, workbook: Workbook, update: CellUpdate) -> None:
        sheet, place = _sheet(workbook, update.sheet), (update.row, update.column)
        params = {"path": workbook.location, "cell": str(update.ref)}
        formula = place in sheet.formulas and not (update.form == "link" and update.ref in self._links)
        if sheet.refusal is not None or formula:
            raise WriteRefused(sheet.refusal, **params)
        if any(merge.contains(*place) and place != merge[:2] for merge in sheet.merges):
            raise WriteRefused(**params)
        if not same_value(sheet.value(*place), update.before):
            raise WorkbookChanged(**params)

    def _refuse_column(self, addition: ColumnAddition) -> None:
        sheet, column = _sheet(self._workbook, addition.header.sheet), addition.header.column
        areas = (*sheet.merges, *sheet.tables, *((sheet.print_area,) if sheet.print_area else ()))
        held = any(sheet.value(row, column) is not None for row in range(1, len(sheet.rows) + 1))
        held = held or any(own == column for _, own in sheet.formulas)
        marked = any(mark[:2] == (addition.table, addition.concept) and mark.header for mark in self._workbook.marks)
        if held or marked or any(area.touches_column(column) for area in areas):
            raise WriteRefused(path=self._workbook.location, cell=str(addition.header))


def _annotated(workbook: Workbook, notes: Sequence[NoteUpdate]) -> Workbook:
    """Give a workbook with its notes written, each over the one that the plan saw, or over none."""
    texts = {sheet.name: dict(sheet.notes) for sheet in workbook.sheets}
    for update in notes:
        _sheet(workbook, update.sheet)
        own, place = texts[update.sheet], (update.row, update.column)
        if own.get(place, "") != update.before:
            raise WorkbookChanged(path=workbook.location, cell=str(update.ref))
        own.pop(place, None)
        if update.after:
            own[place] = update.after
    return workbook._replace(sheets=tuple(sheet._replace(notes=texts[sheet.name]) for sheet in workbook.sheets))


def _links_of(sheet: Worksheet, links: Collection[CellRef]) -> Callable[[], Collection[tuple[int, int]]]:
    """Give what tells our links on a worksheet: as it was where none was added, so that equal worksheets compare so."""
    known, places = sheet.our_links, _places(links, sheet.name)
    return known if known is not None and known() == places else lambda: places


def _places(links: Collection[CellRef], sheet: str) -> frozenset[tuple[int, int]]:
    return frozenset((link.row, link.column) for link in links if link.sheet == sheet)


def _put(rows: list[list[CellValue]], update: CellUpdate) -> None:
    """Put a value in its place; blank values make no row longer."""
    if update.after is None and (update.row > len(rows) or update.column > len(rows[update.row - 1])):
        return
    rows.extend([] for _ in range(update.row - len(rows)))
    row = rows[update.row - 1]
    row.extend([None] * (update.column - len(row)))
    row[update.column - 1] = update.after


def _sheet(workbook: Workbook, name: str) -> Worksheet:
    try:
        return workbook.sheet(name)
    except KeyError:
        raise WriteRefused(path=workbook.location, sheet=name) from None


def _headers(changes: Changes) -> list[tuple[ColumnMark, str]]:
    """Give the marks of what is added, each with the text of its header."""
    found = [(ColumnMark(one.table, one.concept, one.header), one.text) for one in changes.columns]
    for sheet in changes.sheets:
        for place, column in enumerate(sheet.columns, 1):
            found.append((ColumnMark(sheet.table, column.concept, CellRef(sheet.name, 1, place)), column.text))
    return found


def _marks(old: Sequence[ColumnMark], new: Sequence[ColumnMark]) -> tuple[ColumnMark, ...]:
    made = {mark[:2] for mark in new}
    return (*(mark for mark in old if mark[:2] not in made), *new)
