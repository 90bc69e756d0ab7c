"""Requests about merges, conditional formats and banding."""

from __future__ import annotations

from tests.sheets_server import colors
from tests.sheets_server.area import Area, Box, Json
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import update_mask
from tests.sheets_server.requests.protections import normal
from tests.sheets_server.requests.registry import needed, request, written_box

PARTLY = "You must select all cells in a merged range to merge or unmerge them."


@request("mergeCells")
def merge_cells(book: Book, body: Json) -> None:
    """Merge cells; only the content of the first cell of each merge stays."""
    sheet, box = written_box(book, needed(body, "range"))
    _unmerge(sheet, box)
    for part in _parts(box, body.get("mergeType") or "MERGE_ALL"):
        if (part.bottom - part.top) * (part.right - part.left) > 1:
            sheet.merges.append(part.on(sheet.id))
            _keep_first(sheet, part)


def _parts(box: Box, how: str) -> list[Box]:
    if how == "MERGE_ROWS":
        return [box._replace(top=row, bottom=row + 1) for row in range(box.top, box.bottom)]
    if how == "MERGE_COLUMNS":
        return [box._replace(left=column, right=column + 1) for column in range(box.left, box.right)]
    return [box]


def _keep_first(sheet: Sheet, box: Box) -> None:
    found = list(sheet.grid.cells(box))
    content = next((cell.entered for _, _, cell in found if cell.entered is not None), None)
    for row, column, cell in found:
        sheet.grid.put(row, column, cell.with_value(None))
    first = sheet.grid.cell(box.top, box.left)
    sheet.grid.put(box.top, box.left, first.with_value(content))


def _unmerge(sheet: Sheet, box: Box) -> None:
    area = box.on(sheet.id)
    met = [one for one in sheet.merges if one.meets(area)]
    if not all(area.holds(one) for one in met):
        raise ApiError(400, PARTLY)
    sheet.merges = [one for one in sheet.merges if one not in met]


@request("unmergeCells")
def unmerge_cells(book: Book, body: Json) -> None:
    """Take apart all merges inside a range."""
    sheet, box = written_box(book, needed(body, "range"))
    _unmerge(sheet, box)


def _rule(book: Book, given: Json) -> tuple[Sheet, Json]:
    """Give a conditional format as it is kept, and the sheet of its first range."""
    ranges = [normal(book, one) for one in given.get("ranges") or []]
    if not ranges:
        raise ApiError(400, "ConditionalFormatRule.ranges must not be empty.")
    if bool(given.get("booleanRule")) == bool(given.get("gradientRule")):
        raise ApiError(400, "ConditionalFormatRule must have exactly one of booleanRule and gradientRule.")
    sheets = {one.get("sheetId", 0) for one in ranges}
    if len(sheets) > 1:
        raise ApiError(400, "All ranges of a conditional format must be on the same sheet.")
    kept = {name: value for name, value in given.items() if value is not None and name != "ranges"}
    return book.sheet(sheets.pop()), {"ranges": ranges, **colors.paired(kept)}


@request("addConditionalFormatRule")
def add_conditional_format_rule(book: Book, body: Json) -> None:
    """Add a conditional format at an index, which is its rank."""
    sheet, rule = _rule(book, needed(body, "rule"))
    listed = sheet.listed("conditionalFormats")
    index = body.get("index") or 0
    if not 0 <= index <= len(listed):
        raise ApiError(400, f"No conditional format on sheet: {sheet.id} at index: {index}")
    listed.insert(index, rule)


def _rule_at(sheet: Sheet, index: int) -> Json:
    listed = sheet.listed("conditionalFormats")
    if not 0 <= index < len(listed):
        raise ApiError(400, f"No conditional format on sheet: {sheet.id} at index: {index}")
    return listed[index]


@request("updateConditionalFormatRule")
def update_conditional_format_rule(book: Book, body: Json) -> Json:
    """Replace a conditional format, or move it to another rank."""
    index = body.get("index") or 0
    if body.get("rule") is not None:
        sheet, rule = _rule(book, body["rule"])
        old = _rule_at(sheet, index)
        sheet.listed("conditionalFormats")[index] = rule
        return {"oldRule": old, "newRule": rule, "newIndex": index}
    sheet = book.sheet(body.get("sheetId") or 0)
    rule = _rule_at(sheet, index)
    sheet.listed("conditionalFormats").remove(rule)
    sheet.listed("conditionalFormats").insert(body.get("newIndex") or 0, rule)
    return {"oldIndex": index, "newIndex": body.get("newIndex") or 0, "newRule": rule}


@request("deleteConditionalFormatRule")
def delete_conditional_format_rule(book: Book, body: Json) -> Json:
    """Delete a conditional format."""
    sheet = book.sheet(body.get("sheetId") or 0)
    rule = _rule_at(sheet, body.get("index") or 0)
    sheet.listed("conditionalFormats").pop(body.get("index") or 0)
    return {"rule": rule}


@request("addBanding")
def add_banding(book: Book, body: Json) -> Json:
    """Give rows or columns of a range alternating colours."""
    given = needed(body, "bandedRange")
    place = normal(book, needed(given, "range"))
    sheet = book.sheet(place.get("sheetId", 0))
    if any(_area(one).meets(_area({"range": place})) for one in sheet.listed("bandedRanges")):
        raise ApiError(
            400,
            "You cannot add alternating background colors to a range that already has alternating background colors.",
        )
    kept = {name: value for name, value in given.items() if value is not None}
    resource = {"bandedRangeId": book.new_id(), **colors.paired(kept), "range": place}
    sheet.listed("bandedRanges").append(resource)
    return {"bandedRange": resource}


def _area(resource: Json) -> Area:
    place = resource["range"]
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    return Area(place.get("sheetId", 0), *(place.get(name) for name in names))


@request("updateBanding")
def update_banding(book: Book, body: Json) -> None:
    """Change a banding."""
    given = needed(body, "bandedRange")
    mask = update_mask(body.get("fields"), "BandedRange")
    _, resource = book.found("bandedRanges", "bandedRangeId", given.get("bandedRangeId"), "banded range")
    found = colors.updated(mask, resource, given)
    found["range"] = normal(book, found["range"])
    resource.clear()
    resource.update({**found, "bandedRangeId": given["bandedRangeId"]})


@request("deleteBanding")
def delete_banding(book: Book, body: Json) -> None:
    """Take a banding away."""
    sheet, resource = book.found("bandedRanges", "bandedRangeId", body.get("bandedRangeId"), "banded range")
    sheet.listed("bandedRanges").remove(resource)
