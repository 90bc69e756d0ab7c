"""Requests about whole sheets and the spreadsheet's own properties."""

from __future__ import annotations

import copy

from tests.sheets_server import colors
from tests.sheets_server.area import Json
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import Mask, update_mask
from tests.sheets_server.locales import forms
from tests.sheets_server.requests.registry import request
from tests.sheets_server.resource import sheet_properties
from tests.sheets_server.structure import append, check_size, check_title, delete, delete_sheet, rename
from tests.sheets_server.zones import check_zone


@request("updateSpreadsheetProperties")
def update_spreadsheet_properties(book: Book, body: Json) -> None:
    """Change title, locale, time zone or theme of the spreadsheet."""
    mask = update_mask(body.get("fields"), "SpreadsheetProperties")
    found = mask.merged(book.properties, body.get("properties"))
    forms(found.get("locale") or "")
    check_zone(found.get("timeZone") or "")
    if not found.get("title"):
        raise ApiError(400, "Title cannot be empty.")
    book.properties = found


@request("addSheet")
def add_sheet(book: Book, body: Json) -> Json:
    """Add a sheet, at the end unless its properties name an index."""
    given = {name: value for name, value in (body.get("properties") or {}).items() if value is not None}
    sheet_id = given.pop("sheetId", None)
    if sheet_id is not None and any(one.id == sheet_id for one in book.sheets):
        raise ApiError(400, f"A sheet with the ID {sheet_id} already exists.")
    title = given.pop("title", None) or _free_title(book)
    check_title(book, title)
    grid = dict(given.pop("gridProperties", {}))
    rows, columns = grid.pop("rowCount", None) or 1000, grid.pop("columnCount", None) or 26
    sheet = Sheet(book.new_id() if sheet_id is None else sheet_id, title, 0, columns)
    check_size(book, sheet, "ROWS", rows)
    sheet.grid.resize(rows, columns)
    index = min(given.pop("index", len(book.sheets)), len(book.sheets))
    given.pop("sheetType", None)
    sheet.properties = _shown({**given, **({"gridProperties": grid} if grid else {})})
    book.sheets.insert(index, sheet)
    return {"properties": sheet_properties(book, sheet)}


def _free_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _shown(properties: Json) -> Json:
    """Give what Google gives back of properties: colours in both forms, and nothing that is false or zero."""
    found = colors.paired(properties)
    grid = {name: value for name, value in found.pop("gridProperties", {}).items() if value}
    return {**{name: value for name, value in found.items() if value}, **({"gridProperties": grid} if grid else {})}


@request("deleteSheet")
def remove_sheet(book: Book, body: Json) -> None:
    """Delete a sheet."""
    sheet = book.sheet(body.get("sheetId") or 0, kind="sheet")
    for resource in sheet.objects.get("protectedRanges", ()):
        if not book.editable(resource):
            book.permit(book.protected(resource))
    delete_sheet(book, sheet)


@request("duplicateSheet")
def duplicate_sheet(book: Book, body: Json) -> Json:
    """Copy a sheet with all that is on it; ids of what lies on it are new."""
    source = book.sheet(body.get("sourceSheetId") or 0, kind="sheet")
    sheet = source.copy()
    sheet.id = book.new_id() if body.get("newSheetId") is None else body["newSheetId"]
    if any(one.id == sheet.id for one in book.sheets):
        raise ApiError(400, f"A sheet with the ID {sheet.id} already exists.")
    sheet.title = body.get("newSheetName") or f"Copy of {source.title}"
    check_title(book, sheet.title)
    check_size(book, sheet, "ROWS", sheet.grid.row_count)
    sheet.merges = [area._replace(sheet=sheet.id) for area in sheet.merges]
    for name, resources in sheet.objects.items():
        sheet.objects[name] = [_renumbered(book, one, source.id, sheet.id) for one in resources]
    for groups in sheet.groups.values():
        for group in groups:
            group["range"] = {**group["range"], "sheetId": sheet.id}
    book.sheets.insert(min(body.get("insertSheetIndex") or 0, len(book.sheets)), sheet)
    return {"properties": sheet_properties(book, sheet)}


def _renumbered(book: Book, resource: Json, old: int, new: int) -> Json:
    found = copy.deepcopy(resource)
    for name in ("protectedRangeId", "chartId", "bandedRangeId", "filterViewId", "slicerId"):
        if name in found:
            found[name] = book.new_id()
    if "tableId" in found:
        found["tableId"] = str(book.new_id())
        found["name"] = f"{found.get('name', 'Table')}_{book.new_id()}"
    _point(found, old, new)
    return found


def _point(value: object, old: int, new: int) -> None:
    """Let the GridRanges inside a resource point at another sheet."""
    if isinstance(value, list):
        for one in value:
            _point(one, old, new)
    elif isinstance(value, dict):
        if ("startRowIndex" in value or "startColumnIndex" in value) and value.get("sheetId", 0) == old:
            value["sheetId"] = new
        for one in value.values():
            _point(one, old, new)


@request("updateSheetProperties")
def update_sheet_properties(book: Book, body: Json) -> None:
    """Change title, place, size or look of a sheet."""
    properties = body.get("properties") or {}
    mask = update_mask(body.get("fields"), "SheetProperties")
    sheet = book.sheet(properties.get("sheetId") or 0, kind="sheet")
    if mask.everything:
        mask = Mask({name: Mask() for name in properties if name not in {"sheetId", "sheetType"}})
    if "title" in mask:
        rename(book, sheet, properties.get("title") or "")
    if "gridProperties" in mask:
        _resize(book, sheet, mask.below("gridProperties"), properties.get("gridProperties") or {})
    rest = Mask({name: part for name, part in mask.parts.items() if name not in {"title", "index", "sheetId"}})
    if rest.parts:
        _restyle(book, sheet, rest, properties)
    if "index" in mask.parts:
        _reorder(book, sheet, properties.get("index") or 0)


def _resize(book: Book, sheet: Sheet, mask: Mask, given: Json) -> None:
    """Make the grid as large as the mask's sizes say; what is cut off is deleted as rows and columns are."""
    for name, dimension in (("rowCount", "ROWS"), ("columnCount", "COLUMNS")):
        if name not in mask or (mask.everything and given.get(name) is None):
            continue
        size, wanted = sheet.size(dimension), given.get(name) or 0
        if wanted < 1:
            raise ApiError(400, f"gridProperties.{name} must be greater than 0.")
        if wanted > size:
            append(book, sheet, dimension, wanted - size)
        elif wanted < size:
            delete(book, sheet, dimension, wanted, size)


def _restyle(book: Book, sheet: Sheet, mask: Mask, given: Json) -> None:
    grid = sheet.properties.get("gridProperties", {})
    found = colors.updated(mask, {**sheet.properties, "gridProperties": grid}, given)
    found["gridProperties"] = {
        name: value
        for name, value in found.get("gridProperties", {}).items()
        if name not in {"rowCount", "columnCount"}
    }
    found.pop("sheetType", None)
    _check_frozen(sheet, found["gridProperties"])
    visible = [one for one in book.sheets if one is not sheet and not one.properties.get("hidden")]
    if found.get("hidden") and not visible:
        raise ApiError(400, "You can't hide all the sheets in a document.")
    sheet.properties = _shown(found)


def _check_frozen(sheet: Sheet, grid: Json) -> None:
    for name, dimension in (("frozenRowCount", "ROWS"), ("frozenColumnCount", "COLUMNS")):
        if (grid.get(name) or 0) >= sheet.size(dimension):
            raise ApiError(400, f"You can't freeze all visible {dimension.lower()} on the sheet.")


def _reorder(book: Book, sheet: Sheet, index: int) -> None:
    """Put a sheet at an index, as counted before it was taken out: one beyond its own place means that place."""
    old = book.sheets.index(sheet)
    if not 0 <= index <= len(book.sheets):
        raise ApiError(400, f"index must be between 0 and {len(book.sheets)}.")
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > old else index, sheet)
