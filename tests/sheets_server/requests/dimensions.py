"""Requests about rows and columns."""

from __future__ import annotations

from tests.sheets_server.area import Area, Box, Json, area_of
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import BLANK
from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import update_mask
from tests.sheets_server.requests.registry import dimension_range, lines_area, needed, request
from tests.sheets_server.structure import append, carry, delete, insert, move


@request("appendDimension")
def append_dimension(book: Book, body: Json) -> None:
    """Add rows or columns at the end of a sheet."""
    sheet = book.sheet(body.get("sheetId") or 0)
    length = body.get("length") or 0
    if length < 1:
        raise ApiError(400, "length must be greater than 0.")
    append(book, sheet, needed(body, "dimension"), length)


@request("insertDimension")
def insert_dimension(book: Book, body: Json) -> None:
    """Insert rows or columns."""
    sheet, dimension, start, end = dimension_range(book, needed(body, "range"))
    insert(book, sheet, dimension, start, end - start, before=bool(body.get("inheritFromBefore")))


@request("deleteDimension")
def delete_dimension(book: Book, body: Json) -> None:
    """Delete rows or columns."""
    sheet, dimension, start, end = dimension_range(book, needed(body, "range"))
    book.permit(lines_area(sheet, dimension, start, end))
    delete(book, sheet, dimension, start, end)


@request("moveDimension")
def move_dimension(book: Book, body: Json) -> None:
    """Move rows or columns to another place."""
    sheet, dimension, start, end = dimension_range(book, needed(body, "source"))
    book.permit(lines_area(sheet, dimension, start, end))
    move(book, sheet, dimension, start, end, body.get("destinationIndex") or 0)


@request("updateDimensionProperties")
def update_dimension_properties(book: Book, body: Json) -> None:
    """Set the size of rows or columns, or hide them."""
    sheet, dimension, start, end = dimension_range(book, needed(body, "range"))
    mask = update_mask(body.get("fields"), "DimensionProperties")
    for index in range(start, min(end, sheet.size(dimension))):
        found = mask.merged(sheet.lines[dimension].get(index), body.get("properties"))
        kept = {name: value for name, value in found.items() if value is not False and name != "developerMetadata"}
        if kept:
            sheet.lines[dimension][index] = kept
        else:
            sheet.lines[dimension].pop(index, None)


@request("autoResizeDimensions")
def auto_resize_dimensions(book: Book, body: Json) -> None:
    """Let rows have their usual height, and columns a width by the longest text in them."""
    sheet, dimension, start, end = dimension_range(book, needed(body, "dimensions"))
    for index in range(start, min(end, sheet.size(dimension))):
        properties = sheet.lines[dimension].setdefault(index, {})
        properties.pop("pixelSize", None)
        if dimension == "COLUMNS":
            properties["pixelSize"] = _width(sheet, index)
        if not properties:
            del sheet.lines[dimension][index]


def _width(sheet: Sheet, column: int) -> int:
    """Give a width: a guess of seven pixels a letter, as no fonts are measured here."""
    longest = max(
        (
            len(str(cell.entered))
            for _, _, cell in sheet.grid.cells(sheet.box._replace(left=column, right=column + 1))
            if cell.entered is not None
        ),
        default=0,
    )
    return 7 * longest + 8 if longest else 100


@request("addDimensionGroup")
def add_dimension_group(book: Book, body: Json) -> Json:
    """Group rows or columns; a group inside another lies one level deeper."""
    sheet, dimension, start, end = dimension_range(book, needed(body, "range"))
    control = f"{dimension[:-1].lower()}GroupControlAfter"
    sheet.properties.setdefault("gridProperties", {}).setdefault(control, True)
    groups = sheet.groups[dimension]
    depth = 1 + max((one["depth"] for one in groups if _holds(one, start, end)), default=0)
    for one in groups:
        if start <= one["range"]["startIndex"] and one["range"]["endIndex"] <= end and not _holds(one, start, end):
            one["depth"] += 1
    place = {"sheetId": sheet.id} if sheet.id else {}
    groups.append({"range": {**place, "dimension": dimension, "startIndex": start, "endIndex": end}, "depth": depth})
    groups.sort(key=lambda one: (one["range"]["startIndex"], one["depth"]))
    return {"dimensionGroups": [dict(one) for one in groups]}


def _holds(group: Json, start: int, end: int) -> bool:
    place = group["range"]
    return bool(place["startIndex"] <= start and end <= place["endIndex"])


@request("deleteDimensionGroup")
def delete_dimension_group(book: Book, body: Json) -> Json:
    """Take away the deepest group over a range."""
    sheet, dimension, start, end = dimension_range(book, needed(body, "range"))
    groups = sheet.groups[dimension]
    over = [one for one in groups if one["range"]["startIndex"] < end and start < one["range"]["endIndex"]]
    if not over:
        raise ApiError(400, "No group exists over the given range.")
    groups.remove(max(over, key=lambda one: one["depth"]))
    return {"dimensionGroups": [dict(one) for one in groups]} if groups else {}


@request("updateDimensionGroup")
def update_dimension_group(book: Book, body: Json) -> None:
    """Open or collapse a group."""
    group = needed(body, "dimensionGroup")
    sheet, dimension, start, end = dimension_range(book, needed(group, "range"))
    mask = update_mask(body.get("fields"), "DimensionGroup")
    for one in sheet.groups[dimension]:
        if (one["range"]["startIndex"], one["range"]["endIndex"]) == (start, end):
            one.update(mask.merged(one, group) if "collapsed" in mask else one)
            return
    raise ApiError(400, "No group exists over the given range.")


@request("insertRange")
def insert_range(book: Book, body: Json) -> None:
    """Insert blank cells; those that stood there move down or right."""
    sheet, box, down = _range_shift(book, body)
    size = box.bottom - box.top if down else box.right - box.left
    rest = box._replace(bottom=sheet.grid.row_count) if down else box._replace(right=sheet.grid.column_count)
    append(book, sheet, "ROWS" if down else "COLUMNS", size)
    _carry(book, sheet, rest, size if down else 0, 0 if down else size)


@request("deleteRange")
def delete_range(book: Book, body: Json) -> None:
    """Delete cells; those below or at the right move up."""
    sheet, box, down = _range_shift(book, body)
    grid = sheet.grid
    size = box.bottom - box.top if down else box.right - box.left
    if down:
        rest = box._replace(top=box.bottom, bottom=grid.row_count)
    else:
        rest = box._replace(left=box.right, right=grid.column_count)
    for row in range(box.top, box.bottom):
        grid.put_row(row, box.left, [BLANK] * (box.right - box.left))
    _carry(book, sheet, rest, -size if down else 0, 0 if down else -size)


def _range_shift(book: Book, body: Json) -> tuple[Sheet, Box, bool]:
    area = area_of(needed(body, "range"))
    sheet, box = book.sheet(area.sheet), book.box(area)
    down = needed(body, "shiftDimension") == "ROWS"
    over = box._replace(bottom=sheet.grid.row_count) if down else box._replace(right=sheet.grid.column_count)
    book.permit(over.on(sheet.id))
    return sheet, box, down


def _carry(book: Book, sheet: Sheet, rest: Box, down: int, right: int) -> None:
    if not rest.empty:
        carry(book, Area(sheet.id, *rest), rest, sheet, rest.top + down, rest.left + right)
