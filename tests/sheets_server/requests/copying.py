"""Requests that copy and move cells."""

from __future__ import annotations

from tests.sheets_server.area import Area, Box, Json
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import Cell, Formula
from tests.sheets_server.entering import typed
from tests.sheets_server.errors import ApiError
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.locales import forms
from tests.sheets_server.requests.registry import needed, request, sheet_area, written_box
from tests.sheets_server.structure import carry, copied

#: Which parts of a cell each kind of pasting takes along.
TAKEN = {
    "PASTE_NORMAL": {"value", "format", "rule"},
    "PASTE_VALUES": {"result"},
    "PASTE_FORMAT": {"format"},
    "PASTE_NO_BORDERS": {"value", "format", "rule", "no borders"},
    "PASTE_FORMULA": {"value"},
    "PASTE_DATA_VALIDATION": {"rule"},
}


@request("copyPaste")
def copy_paste(book: Book, body: Json) -> None:
    """Copy a range; a destination larger by whole times is filled with it again and again."""
    sheet, area = sheet_area(book, needed(body, "source"))
    source = book.box(area)
    target, place = sheet_area(book, needed(body, "destination"))
    box = book.box(place)
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    how = TAKEN.get(body.get("pasteType") or "PASTE_NORMAL")
    if how is None:
        raise ApiError(400, "This kind of pasting is not part of the model.")
    block = _prepared(book, sheet, source, how)
    if turned:
        block = [list(row) for row in zip(*block, strict=True)]
    box = _grown(target, box, len(block), len(block[0]))
    book.permit(box.on(target.id))
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            down, right = (row - box.top) % len(block), (column - box.left) % len(block[0])
            origin = (source.top + right, source.left + down) if turned else (source.top + down, source.left + right)
            cell = copied(book, block[down][right], row - origin[0], column - origin[1])
            target.grid.put(row, column, _pasted(target.grid.cell(row, column), cell, how))


def _prepared(book: Book, sheet: Sheet, box: Box, how: set[str]) -> list[list[Cell]]:
    block = sheet.grid.block(box)
    if "result" not in how:
        return block
    calculation = Calculation(book, book.moment)
    for down, row in enumerate(block):
        for right, cell in enumerate(row):
            if isinstance(cell.entered, Formula):
                value = calculation.value(sheet.id, box.top + down, box.left + right)
                row[right] = cell.with_value(value if isinstance(value, str | int | float | bool) else None)
    return block


def _grown(sheet: Sheet, box: Box, rows: int, columns: int) -> Box:
    """Give the cells that are filled: whole times the source, at least once, within the grid."""
    down = max((box.bottom - box.top) // rows, 1) * rows
    right = max((box.right - box.left) // columns, 1) * columns
    found = Box(box.top, box.top + down, box.left, box.left + right)
    if found.bottom > sheet.grid.row_count or found.right > sheet.grid.column_count:
        raise ApiError(400, "The destination of the copy exceeds the grid limits.")
    return found


def _pasted(old: Cell, new: Cell, how: set[str]) -> Cell:
    if "value" in how or "result" in how:
        old = old._replace(entered=new.entered, rest=new.rest)
    if "format" in how:
        look = new.format
        if look and "no borders" in how:
            look = {name: value for name, value in look.items() if name != "borders"} or None
        old = old._replace(format=look)
    if "rule" in how:
        old = old._replace(validation=new.validation)
    if {"value", "format", "rule"} <= how:
        old = old._replace(note=new.note)
    return old


@request("cutPaste")
def cut_paste(book: Book, body: Json) -> None:
    """Move cells to another place; formulas that refer to all of them follow."""
    sheet, box = written_box(book, needed(body, "source"))
    place = needed(body, "destination")
    target = book.sheet(place.get("sheetId") or 0)
    top, left = place.get("rowIndex") or 0, place.get("columnIndex") or 0
    area = Area(target.id, top, top + box.bottom - box.top, left, left + box.right - box.left)
    book.exact(area)
    book.permit(area)
    carry(book, box.on(sheet.id), box, target, top, left)


@request("pasteData")
def paste_data(book: Book, body: Json) -> None:
    """Type text into cells from a place on, split into rows at line ends and into cells at a mark."""
    place = needed(body, "coordinate")
    sheet = book.sheet(place.get("sheetId") or 0)
    if body.get("html"):
        raise ApiError(400, "Pasting HTML is not part of the model.")
    rows = [line.split(body.get("delimiter") or "\t") for line in (body.get("data") or "").splitlines()]
    top, left = place.get("rowIndex") or 0, place.get("columnIndex") or 0
    area = Area(sheet.id, top, top + len(rows), left, left + max(map(len, rows), default=1))
    book.exact(area)
    book.permit(area)
    marks = forms(book.properties["locale"])
    for row, line in enumerate(rows, top):
        for column, text in enumerate(line, left):
            cell = sheet.grid.cell(row, column)
            found = typed(text, marks, cell.number_format, book.moment.date())
            sheet.grid.put(row, column, cell.with_value(found.value).dressed(found.format))
