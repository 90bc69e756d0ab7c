"""A spreadsheet as Google's JSON, built under a field mask, so that nothing is made that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.sheets_server.area import Area, Json
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.celldata import CellWriter
from tests.sheets_server.fields import Mask
from tests.sheets_server.formulas.calculation import Calculation

#: The height and width of rows and columns that nobody set, in pixels.
PIXELS = {"ROWS": 21, "COLUMNS": 100}
#: Lists of resources that lie on a sheet, by their field.
OBJECTS = (
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "charts",
    "bandedRanges",
    "slicers",
    "tables",
)


def spreadsheet_resource(calculation: Calculation, mask: Mask, areas: Sequence[Area], *, grid_data: bool) -> Json:
    """Give the Spreadsheet resource: all of it, or the sheets with an area among `areas` and there those areas only."""
    book = calculation.book
    found: Json = {}
    if "spreadsheetId" in mask:
        found["spreadsheetId"] = book.id
    if "properties" in mask:
        found["properties"] = mask.below("properties").picked(book.properties)
    if "sheets" in mask:
        below = mask.below("sheets")
        chosen = {area.sheet for area in areas}
        found["sheets"] = [
            _sheet(calculation, sheet, index, below, [one for one in areas if one.sheet == sheet.id], grid_data)
            for index, sheet in enumerate(book.sheets)
            if not areas or sheet.id in chosen
        ]
    if "namedRanges" in mask and book.named_ranges:
        found["namedRanges"] = mask.below("namedRanges").picked(book.named_ranges)
    metadata = [one for one in book.metadata if one["location"].get("spreadsheet")]
    if "developerMetadata" in mask and metadata:
        found["developerMetadata"] = mask.below("developerMetadata").picked(metadata)
    if "spreadsheetUrl" in mask:
        found["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    return found


def sheet_properties(book: Book, sheet: Sheet) -> Json:
    """Give the SheetProperties of a sheet."""
    own = dict(sheet.properties)
    size = {"rowCount": sheet.grid.row_count, "columnCount": sheet.grid.column_count}
    grid = {**size, **own.pop("gridProperties", {})}
    index = next(at for at, one in enumerate(book.sheets) if one.id == sheet.id)
    head = {"sheetId": sheet.id, "title": sheet.title, "index": index, "sheetType": "GRID", "gridProperties": grid}
    return {**head, **own}


def protected_range(book: Book, resource: Json) -> Json:
    """Give a ProtectedRange as the robot sees it."""
    return {**resource, "requestingUserCanEdit": book.editable(resource)}


def metadata_of(book: Book, sheet: Sheet, dimension: str | None = None, index: int = 0) -> list[Json]:
    """Give the developer metadata of a sheet, or of one of its rows or columns."""
    found = []
    for one in book.metadata:
        location = one["location"]
        place = location.get("dimensionRange")
        if dimension is None:
            if place is None and not location.get("spreadsheet") and location.get("sheetId", 0) == sheet.id:
                found.append(one)
        elif place and (place.get("sheetId", 0), place["dimension"]) == (sheet.id, dimension):
            found += [one] if place["startIndex"] == index else []
    return found


def _sheet(calculation: Calculation, sheet: Sheet, index: int, mask: Mask, areas: list[Area], grid_data: bool) -> Json:
    book = calculation.book
    found: Json = {}
    if "properties" in mask:
        found["properties"] = mask.below("properties").picked(sheet_properties(book, sheet))
    if "data" in mask and grid_data:
        writer = CellWriter(calculation, sheet, mask.below("data").below("rowData").below("values"))
        wanted = areas or [Area(sheet.id)]
        found["data"] = [_data(book, sheet, area, mask.below("data"), writer) for area in wanted]
    lists: dict[str, list[Json]] = {
        "merges": [area.resource() for area in _met(sheet.merges, areas)],
        "developerMetadata": metadata_of(book, sheet),
        "rowGroups": sheet.groups["ROWS"],
        "columnGroups": sheet.groups["COLUMNS"],
        **{name: sheet.objects.get(name, []) for name in OBJECTS},
    }
    lists["protectedRanges"] = [protected_range(book, one) for one in lists["protectedRanges"]]
    for name, resources in lists.items():
        if resources and name in mask:
            found[name] = mask.below(name).picked(resources)
    if "basicFilter" in mask and sheet.objects.get("basicFilter"):
        found["basicFilter"] = mask.below("basicFilter").picked(sheet.objects["basicFilter"][0])
    return found


def _met(merges: Iterable[Area], areas: list[Area]) -> list[Area]:
    return [one for one in merges if not areas or any(one.meets(area) for area in areas)]


def _data(book: Book, sheet: Sheet, area: Area, mask: Mask, writer: CellWriter) -> Json:
    box = book.box(area)
    found: Json = {}
    if box.top and "startRow" in mask:
        found["startRow"] = box.top
    if box.left and "startColumn" in mask:
        found["startColumn"] = box.left
    if "rowData" in mask:
        rows = writer.rows(box)
        if rows:
            found["rowData"] = rows
    if "rowMetadata" in mask:
        found["rowMetadata"] = _lines(book, sheet, "ROWS", box.top, box.bottom, mask.below("rowMetadata"))
    if "columnMetadata" in mask:
        found["columnMetadata"] = _lines(book, sheet, "COLUMNS", box.left, box.right, mask.below("columnMetadata"))
    return found


def _lines(book: Book, sheet: Sheet, dimension: str, start: int, end: int, mask: Mask) -> list[Any]:
    found = []
    for index in range(start, end):
        line: Json = {"pixelSize": PIXELS[dimension], **sheet.lines[dimension].get(index, {})}
        metadata = metadata_of(book, sheet, dimension, index) if book.metadata else []
        found.append(mask.picked({**line, "developerMetadata": metadata} if metadata else line))
    return found
