"""Requests about tables and filters."""

from __future__ import annotations

from tests.sheets_server.area import Json
from tests.sheets_server.book import Book
from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import update_mask
from tests.sheets_server.requests.protections import normal
from tests.sheets_server.requests.registry import needed, request, written_box


def _kept(given: Json) -> Json:
    return {name: value for name, value in given.items() if value is not None}


@request("addTable")
def add_table(book: Book, body: Json) -> Json:
    """Make a table of a range; columns that have no name get that of their header cell."""
    given = _kept(needed(body, "table"))
    place = normal(book, needed(given, "range"))
    sheet = book.sheet(place.get("sheetId", 0))
    name = given.get("name") or f"Table{1 + sum(1 for _ in book.objects('tables'))}"
    if book.named(name) is not None:
        raise ApiError(400, f"A table or named range with the name '{name}' already exists.")
    given["range"], given["name"] = place, name
    given.setdefault("tableId", str(book.new_id()))
    known = {one.get("columnIndex", 0): one for one in given.get("columnProperties") or []}
    columns = []
    for offset in range(place["endColumnIndex"] - place["startColumnIndex"]):
        header = sheet.grid.cell(place["startRowIndex"], place["startColumnIndex"] + offset).entered
        title = header if isinstance(header, str) else f"Column {offset + 1}"
        columns.append({"columnIndex": offset, "columnName": title, **known.get(offset, {})})
    given["columnProperties"] = columns
    sheet.listed("tables").append(given)
    return {"table": given}


@request("updateTable")
def update_table(book: Book, body: Json) -> None:
    """Change a table."""
    given = needed(body, "table")
    mask = update_mask(body.get("fields"), "Table")
    _, table = book.found("tables", "tableId", given.get("tableId"), "table")
    found = mask.merged(table, given)
    found["range"] = normal(book, found["range"])
    table.clear()
    table.update({**found, "tableId": given["tableId"]})


@request("deleteTable")
def delete_table(book: Book, body: Json) -> None:
    """Delete a table with the content of its cells."""
    sheet, table = book.found("tables", "tableId", body.get("tableId"), "table")
    sheet.listed("tables").remove(table)
    _, box = written_box(book, table["range"])
    for row, column, cell in list(sheet.grid.cells(box)):
        sheet.grid.put(row, column, cell.with_value(None))


@request("setBasicFilter")
def set_basic_filter(book: Book, body: Json) -> None:
    """Set the filter of a sheet, in place of the one that it has."""
    given = _kept(needed(body, "filter"))
    given["range"] = normal(book, given.get("range") or {})
    book.sheet(given["range"].get("sheetId", 0)).objects["basicFilter"] = [given]


@request("clearBasicFilter")
def clear_basic_filter(book: Book, body: Json) -> None:
    """Take the filter of a sheet away."""
    book.sheet(body.get("sheetId") or 0).objects.pop("basicFilter", None)


@request("addFilterView")
def add_filter_view(book: Book, body: Json) -> Json:
    """Add a filter view."""
    given = _kept(needed(body, "filter"))
    given["range"] = normal(book, given.get("range") or {})
    given.setdefault("filterViewId", book.new_id())
    given.setdefault("title", f"Filter {1 + sum(1 for _ in book.objects('filterViews'))}")
    book.sheet(given["range"].get("sheetId", 0)).listed("filterViews").append(given)
    return {"filter": given}


@request("deleteFilterView")
def delete_filter_view(book: Book, body: Json) -> None:
    """Delete a filter view."""
    sheet, resource = book.found("filterViews", "filterViewId", body.get("filterId"), "filter view")
    sheet.listed("filterViews").remove(resource)
