"""Reads a whole spreadsheet out of one answer: values, formulas, formats, merges, protection, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sheetsync.backends.google.address import sheet_link
from sheetsync.backends.google.marks import Mark, table_and_concept
from sheetsync.backends.google.snapshot import Grid, Snapshot, by_place, notes_in, snapshot_of
from sheetsync.backends.google.values import Form, form_of, shown
from sheetsync.record import NamedTuple
from sheetsync.workbook import Area, CellRef, CellValue, ColumnMark, Workbook, Worksheet

if TYPE_CHECKING:
    from sheetsync.details import Details

FIELDS = (
    "spreadsheetId,properties(title,locale,timeZone),developerMetadata(metadataKey,metadataValue),"
    "namedRanges(namedRangeId,name,range),"
    "sheets(properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)),merges,"
    "protectedRanges(range,unprotectedRanges,warningOnly,requestingUserCanEdit),tables(range),"
    "data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue,effectiveFormat(numberFormat),note))))"
)
"""The field mask of a read."""

THOROUGH_FIELDS = FIELDS.replace("tables(range)", "tables(range),basicFilter(range)").replace(
    "rowData(values(",
    "rowMetadata(hiddenByUser,hiddenByFilter),columnMetadata(hiddenByUser),"
    "rowData(values(dataValidation(condition(type,values(userEnteredValue))),",
)
"""The field mask of a read that is to tell dropdown lists too, what is hidden, and filters."""

AFTERWARDS = (
    "namedRanges(namedRangeId,name,range),"
    "sheets(properties(sheetId,title,sheetType),data(startRow,startColumn,rowData(values(userEnteredValue))))"
)
"""The field mask of what a write gives back: what a snapshot needs."""

AFTERWARDS_WITH_FORMS = AFTERWARDS.replace("userEnteredValue", "userEnteredValue,effectiveFormat(numberFormat)")
"""The same where a write changes number formats, which may have to be put back."""


def afterwards(*, forms: bool, notes: bool) -> str:
    """Give the field mask of what a write gives back: number formats and notes only where the write changes some."""
    mask = AFTERWARDS_WITH_FORMS if forms else AFTERWARDS
    return mask.replace("values(userEnteredValue", "values(note,userEnteredValue") if notes else mask


PROPERTY = "sheetsync."
"""Developer metadata of the spreadsheet whose key begins so are the properties of our templates."""


class SheetFacts(NamedTuple):
    """What a write must know of one worksheet besides its cells.

    ``rows`` and ``columns`` are the size of its grid. ``forms`` holds the number format of each cell.
    ``barred`` are the ranges that we may not edit, each with the parts of it that we may.
    """

    sheet: int
    title: str
    rows: int
    columns: int
    forms: Sequence[Sequence[Form | None]]
    barred: tuple[tuple[Area, tuple[Area, ...]], ...]

    def form_of(self, row: int, column: int) -> Form | None:
        """Give the number format of a cell, or None where it has none of its own."""
        if row <= len(self.forms) and column <= len(self.forms[row - 1]):
            return self.forms[row - 1][column - 1]
        return None

    def may_edit(self, row: int, column: int) -> bool:
        """Say whether nobody's protection keeps us from a cell."""
        return all(
            not area.contains(row, column) or any(part.contains(row, column) for part in parts)
            for area, parts in self.barred
        )


class Reading(NamedTuple):
    """One reading of a spreadsheet: for the core, for comparing, and for writing."""

    workbook: Workbook
    snapshot: Snapshot
    facts: Mapping[str, SheetFacts]

    def with_notes(self) -> Snapshot:
        """Give the snapshot with the notes on all cells, where a write of some is to be looked at."""
        notes = {facts.sheet: self.workbook.sheet(title).notes for title, facts in self.facts.items()}
        grids = {sheet: grid._replace(notes=notes.get(sheet)) for sheet, grid in self.snapshot.grids.items()}
        return self.snapshot._replace(grids=grids)


def reading_of(answer: Mapping[str, Any], *, thorough: bool = False) -> Reading:
    """Make a reading of a spreadsheet as the API gives it with the mask FIELDS, or (``thorough``) THOROUGH_FIELDS.

    A thorough reading keeps the whole answer in memory.
    """
    snapshot = snapshot_of(answer)
    own, spreadsheet = answer.get("properties", {}), answer["spreadsheetId"]
    sheets: list[Worksheet] = []
    facts = {}
    for sheet in answer.get("sheets", ()):
        if sheet["properties"].get("sheetId", 0) in snapshot.grids:
            fact = _facts(sheet)
            facts[fact.title] = fact
            grid, told = snapshot.grids[fact.sheet], sheet if thorough else None
            sheets.append(_detailed(_worksheet(sheet, fact, spreadsheet), told, grid, sheets))
    titles = {fact.sheet: fact.title for fact in facts.values()}
    workbook = Workbook(
        name=own.get("title", spreadsheet),
        location=sheet_link(spreadsheet),
        sheets=tuple(sheets),
        revision=snapshot.revision,
        marks=tuple(_column_mark(name, mark, titles) for name, mark in snapshot.marks.items() if mark.sheet in titles),
        properties=_properties(answer),
    )
    return Reading(workbook, snapshot, facts)


def _properties(answer: Mapping[str, Any]) -> dict[str, str]:
    known = ((one.get("metadataKey", ""), one.get("metadataValue", "")) for one in answer.get("developerMetadata", ()))
    return {key: value for key, value in known if key.startswith(PROPERTY)}


def _column_mark(name: str, mark: Mark, titles: Mapping[int, str]) -> ColumnMark:
    return ColumnMark(*table_and_concept(name), CellRef(titles[mark.sheet], mark.row, mark.column))


def _facts(sheet: Mapping[str, Any]) -> SheetFacts:
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    rows, columns = size.get("rowCount", 0), size.get("columnCount", 0)
    barred = tuple(
        (
            area_of(own["range"], rows, columns),
            tuple(area_of(part, rows, columns) for part in own.get("unprotectedRanges", ())),
        )
        for own in sheet.get("protectedRanges", ())
        if "range" in own and not own.get("warningOnly") and not own.get("requestingUserCanEdit")
    )
    return SheetFacts(properties.get("sheetId", 0), properties["title"], rows, columns, _forms(sheet), barred)


def _forms(sheet: Mapping[str, Any]) -> list[list[Form | None]]:
    known: dict[Form | None, Form | None] = {}

    def one_of_each(cell: Mapping[str, Any]) -> Form | None:
        form = form_of(cell)
        return known.setdefault(form, form)

    return by_place(sheet, one_of_each)


def _worksheet(sheet: Mapping[str, Any], facts: SheetFacts, spreadsheet: str) -> Worksheet:
    whole = Area(1, 1, facts.rows, facts.columns)
    closed = any(area == whole and not parts for area, parts in facts.barred)
    areas = (one["range"] for one in sheet.get("tables", ()) if "range" in one)

    def is_percent(row: int, column: int) -> bool:
        told = facts.form_of(row, column)
        return told is not None and (told[0] == "PERCENT" or "%" in told[1])

    return Worksheet(
        name=facts.title,
        rows=_shown_rows(sheet),
        hidden=bool(sheet["properties"].get("hidden")),
        protected=closed,
        formulas=_formulas(sheet),
        merges=tuple(area_of(one, facts.rows, facts.columns) for one in sheet.get("merges", ())),
        tables=tuple(area_of(one, facts.rows, facts.columns) for one in areas),
        is_percent=is_percent,
        refusal="google.protected_sheet" if closed else None,
        link=sheet_link(spreadsheet, facts.sheet),
        notes=notes_in(sheet),
    )


def _detailed(made: Worksheet, sheet: Mapping[str, Any] | None, grid: Grid, others: Sequence[Worksheet]) -> Worksheet:
    """Let a worksheet tell its details: its formulas, and the rest where ``sheet`` tells it (else None).

    ``others`` are all worksheets, where its dropdown lists may stand.
    """

    def rows_of(name: str) -> Sequence[Sequence[CellValue]]:
        return next((other.rows for other in others if other.name == name), ())

    @cache
    def details() -> Details:
        from sheetsync.backends.google.details import FormulaTexts, details_in

        return details_in(sheet, FormulaTexts(grid, made.formulas), made.name, rows_of)

    return made._replace(details=details, our_links=lambda: _our_links(grid, made.formulas))


def _our_links(grid: Grid, formulas: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    from sheetsync.backends.google.links import is_our_link

    return frozenset(place for place in formulas if is_our_link(grid.value(*place)))


def _shown_rows(sheet: Mapping[str, Any]) -> list[list[CellValue]]:
    def value_of(cell: Mapping[str, Any]) -> CellValue:
        value = cell.get("effectiveValue")
        if not value:
            return None
        kind = cell["effectiveFormat"].get("numberFormat", {}).get("type") if "effectiveFormat" in cell else None
        return shown(value, kind)

    return by_place(sheet, value_of)


def _formulas(sheet: Mapping[str, Any]) -> frozenset[tuple[int, int]]:
    """Give the cells with a formula, and those that a formula elsewhere fills: they show what nobody entered."""
    return frozenset(
        (number, column)
        for data in sheet.get("data", ())
        for number, row in enumerate(data.get("rowData", ()), data.get("startRow", 0) + 1)
        for column, cell in enumerate(row.get("values", ()), data.get("startColumn", 0) + 1)
        if "formulaValue" in cell.get("userEnteredValue", ())
        or ("effectiveValue" in cell and not cell.get("userEnteredValue"))
    )


def area_of(place: Mapping[str, Any], rows: int, columns: int) -> Area:
    """Give a GridRange as an area; what it leaves open reaches to the end of the grid."""
    return Area(
        place.get("startRowIndex", 0) + 1,
        place.get("startColumnIndex", 0) + 1,
        place.get("endRowIndex", rows),
        place.get("endColumnIndex", columns),
    )
