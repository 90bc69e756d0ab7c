"""Tests of the requests that write cells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.errors import ApiError
from tests.sheets_server.spreadsheet import Spreadsheet

Json = dict[str, Any]
BLOCK = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
RULE = {"condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A1>0"}]}, "strict": True}


@pytest.fixture
def book() -> Spreadsheet:
    """Give a spreadsheet with a block of two by two cells."""
    found = Spreadsheet("book")
    found.enter("Sheet1", [["a", "b"], ["c", "d"]])
    return found


def send(book: Spreadsheet, name: str, **body: Any) -> Json:
    """Send a batch of one request and give its reply."""
    reply: Json = book.batch_update({"requests": [{name: body}]})["replies"][0]
    return reply


def cells(book: Spreadsheet, fields: str, area: str) -> list[list[Json]]:
    """Give the cells of an area under a mask over CellData."""
    found = book.resource(fields=f"sheets.data.rowData.values({fields})", ranges=[area])
    return [row.get("values", []) for row in found["sheets"][0]["data"][0].get("rowData", [])]


def number(value: float) -> Json:
    """Give CellData with a number."""
    return {"userEnteredValue": {"numberValue": value}}


def test_range_larger_than_its_rows_clears_the_rest(book: Spreadsheet) -> None:
    """Shows that the fields meant are cleared in cells of the range that have no data."""
    send(book, "updateCells", range=BLOCK, rows=[{"values": [number(1)]}], fields="userEnteredValue")
    assert book.rows("Sheet1") == [[1]]


def test_only_the_fields_named_are_written(book: Spreadsheet) -> None:
    """Shows that a value leaves format and note alone, and the other way round."""
    data = {"note": "n", "userEnteredFormat": {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}}
    send(book, "updateCells", start={}, rows=[{"values": [data]}], fields="note,userEnteredFormat.numberFormat")
    send(book, "updateCells", start={}, rows=[{"values": [number(0.5)]}], fields="userEnteredValue")
    assert cells(book, "note,formattedValue", "Sheet1!A1") == [[{"formattedValue": "50%", "note": "n"}]]
    send(book, "updateCells", start={}, rows=[{"values": [{}]}], fields="note")
    assert cells(book, "note,formattedValue", "Sheet1!A1") == [[{"formattedValue": "50%"}]]


def test_start_leaves_other_cells_alone(book: Spreadsheet) -> None:
    """Shows that rows from a start on may have different lengths."""
    rows = [{"values": [number(1)]}, {"values": [number(2), number(3), number(4)]}]
    send(book, "updateCells", start={"rowIndex": 0, "columnIndex": 0}, rows=rows, fields="userEnteredValue")
    assert book.rows("Sheet1") == [[1, "b"], [2, 3, 4]]


def test_typed_values_are_not_read_by_the_locale(book: Spreadsheet) -> None:
    """Shows that a string stays a string whatever it looks like, and an empty one empties the cell."""
    values = [{"stringValue": "=1+1"}, {"stringValue": ""}]
    rows = [{"values": [{"userEnteredValue": value} for value in values]}]
    send(book, "updateCells", start={}, rows=rows, fields="userEnteredValue")
    assert book.entered("Sheet1", "A1") == {"stringValue": "=1+1"}
    assert book.entered("Sheet1", "B1") is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"errorValue": {"type": "N_A"}}, "read-only"),
        ({"numberValue": 1, "stringValue": "x"}, "Only one value type"),
        ({"formulaValue": "1+1"}, "must start with '='"),
        ({"stringValue": "x" * 50_001}, "maximum of 50000 characters"),
    ],
)
def test_values_that_cannot_be_entered(book: Spreadsheet, value: Json, message: str) -> None:
    """Shows that errors, two values at once, formulas without `=` and overlong texts are refused."""
    with pytest.raises(ApiError, match=message):
        send(book, "updateCells", start={}, rows=[{"values": [{"userEnteredValue": value}]}], fields="*")


def test_rows_must_fit_the_range(book: Spreadsheet) -> None:
    """Shows that more data than the range has cells is refused in Google's words."""
    wide = [{"values": [number(1)] * 3}]
    with pytest.raises(ApiError, match="Attempting to write column: 2, beyond the last requested column of: 1"):
        send(book, "updateCells", range=BLOCK, rows=wide, fields="userEnteredValue")
    with pytest.raises(ApiError, match="Attempting to write row: 2, beyond the last requested row of: 1"):
        send(book, "updateCells", range=BLOCK, rows=[{}] * 3, fields="userEnteredValue")


def test_repeated_formula_moves_along(book: Spreadsheet) -> None:
    """Shows that repeatCell copies a formula as filling down does."""
    area = {**BLOCK, "startColumnIndex": 3, "endColumnIndex": 5}
    cell = {"userEnteredValue": {"formulaValue": "=A1&$A$1"}}
    send(book, "repeatCell", range=area, cell=cell, fields="userEnteredValue")
    assert [book.value("Sheet1", place) for place in ("D1", "E1", "D2", "E2")] == ["aa", "ba", "ca", "da"]


def test_colours_have_both_forms(book: Spreadsheet) -> None:
    """Shows that a colour is kept in steps of 255 and shown in its old and its new form, whichever was given."""
    look = {"backgroundColorStyle": {"rgbColor": {"red": 0.5, "green": 0}}, "textFormat": {"bold": True}}
    fields = "userEnteredFormat(backgroundColorStyle,textFormat.bold)"
    send(book, "repeatCell", range=BLOCK, cell={"userEnteredFormat": look}, fields=fields)
    found = cells(book, "userEnteredFormat", "Sheet1!B2")[0][0]["userEnteredFormat"]
    assert found["backgroundColor"] == found["backgroundColorStyle"]["rgbColor"] == {"red": 0.49803922}
    other = {"userEnteredFormat": {"backgroundColor": {"blue": 1}}}
    send(book, "repeatCell", range=BLOCK, cell=other, fields="userEnteredFormat.backgroundColor")
    found = cells(book, "userEnteredFormat", "Sheet1!B2")[0][0]["userEnteredFormat"]
    assert found["backgroundColorStyle"] == {"rgbColor": {"blue": 1}}
    assert found["textFormat"] == {"bold": True}


def test_validation_is_set_and_cleared(book: Spreadsheet) -> None:
    """Shows that a rule stands in every cell of its range, its references moved along, until it is cleared."""
    send(book, "setDataValidation", range=BLOCK, rule=RULE)
    found = cells(book, "dataValidation", "Sheet1!A1:B2")
    formulas = [cell["dataValidation"]["condition"]["values"][0]["userEnteredValue"] for row in found for cell in row]
    assert formulas == ["=A1>0", "=B1>0", "=A2>0", "=B2>0"]
    send(book, "setDataValidation", range=BLOCK)
    assert cells(book, "dataValidation", "Sheet1!A1:B2") == [[{}, {}], [{}, {}]]


def test_cells_are_appended_after_the_last_row(book: Spreadsheet) -> None:
    """Shows that appendCells goes below all that the sheet holds and adds rows at its end."""
    sheet = book.add_sheet("Short", rows=2, columns=1)
    book.enter("Short", [["x"], ["y"]])
    rows = [{"values": [number(1), number(2)]}]
    send(book, "appendCells", sheetId=sheet, rows=rows, fields="userEnteredValue")
    assert book.rows("Short") == [["x"], ["y"], [1, 2]]


def test_borders_are_part_of_formats(book: Spreadsheet) -> None:
    """Shows that borders are drawn at the sides of a range and inside it."""
    send(book, "updateBorders", range=BLOCK, top={"style": "SOLID"}, innerVertical={"style": "DOTTED"})
    first, second = cells(book, "userEnteredFormat.borders", "Sheet1!A1:B1")[0]
    assert first["userEnteredFormat"]["borders"] == {"top": {"style": "SOLID"}, "right": {"style": "DOTTED"}}
    assert second["userEnteredFormat"]["borders"] == {"top": {"style": "SOLID"}}
