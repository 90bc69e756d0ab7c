"""Tests of what spreadsheets.get shows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.errors import ApiError
from tests.sheets_server.spreadsheet import Spreadsheet

VALUES = "sheets(properties.title,data(startRow,startColumn,rowData.values(userEnteredValue,effectiveValue)))"


@pytest.fixture
def book() -> Spreadsheet:
    """Give a spreadsheet with three rows and a second, empty sheet."""
    found = Spreadsheet("book", "Company")
    found.enter("Sheet1", [["ID", None, "Score"], [], ["KR-1", 2, 0.5]])
    found.add_sheet("Notes", rows=3, columns=2)
    return found


def only(book: Spreadsheet, fields: str, *ranges: str) -> Any:
    """Give the data of the first sheet under a mask over CellData."""
    mask = f"sheets.data(startRow,startColumn,rowData.values({fields}))"
    return book.resource(fields=mask, ranges=ranges)["sheets"][0]["data"]


def test_new_spreadsheet_has_one_sheet() -> None:
    """Shows the first sheet of a new spreadsheet, and where the spreadsheet is found."""
    found = Spreadsheet("abc", "New").resource()
    grid = {"rowCount": 1000, "columnCount": 26}
    properties = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID", "gridProperties": grid}
    assert found["sheets"] == [{"properties": properties}]
    assert found["spreadsheetUrl"] == "https://docs.google.com/spreadsheets/d/abc/edit"


def test_grid_data_comes_only_when_asked_for(book: Spreadsheet) -> None:
    """Shows that cells come with grid_data or with a mask that names them, and not otherwise."""
    assert "data" not in book.resource()["sheets"][0]
    assert "data" not in book.resource(fields="sheets.properties")["sheets"][0]
    full = book.resource(grid_data=True)["sheets"][0]["data"][0]
    assert set(full) == {"rowData", "rowMetadata", "columnMetadata"}
    assert len(full["rowMetadata"]) == 1000 and full["columnMetadata"][0] == {"pixelSize": 100}
    assert "data" in book.resource(fields="sheets")["sheets"][0]


def test_blank_cells_and_rows_at_the_end_are_left_out(book: Spreadsheet) -> None:
    """Shows that blanks are trimmed at the end of rows and of the sheet, and are empty objects in between."""
    found = only(book, "userEnteredValue")
    assert found[0]["rowData"] == [
        {"values": [{"userEnteredValue": {"stringValue": "ID"}}, {}, {"userEnteredValue": {"stringValue": "Score"}}]},
        {},
        {
            "values": [
                {"userEnteredValue": {"stringValue": "KR-1"}},
                {"userEnteredValue": {"numberValue": 2}},
                {"userEnteredValue": {"numberValue": 0.5}},
            ]
        },
    ]


def test_start_is_left_out_where_it_is_zero(book: Spreadsheet) -> None:
    """Shows that a range says where it begins, unless at the first row or column."""
    first, second = only(book, "userEnteredValue", "Sheet1!A1:B2", "Sheet1!C3")
    assert set(first) == {"rowData"}
    assert second == {
        "startRow": 2,
        "startColumn": 2,
        "rowData": [{"values": [{"userEnteredValue": {"numberValue": 0.5}}]}],
    }


def test_only_sheets_with_a_range_are_given(book: Spreadsheet) -> None:
    """Shows that ranges choose sheets, by title in whatever case, and an empty sheet has no rows."""
    found = book.resource(fields=VALUES, ranges=["notes"])
    assert found == {"sheets": [{"properties": {"title": "Notes"}, "data": [{}]}]}


@pytest.mark.parametrize("text", ["Nope!A1", "Nope", "Sheet1!Nope", "'Sheet1'!", ""])
def test_unknown_range_is_refused(book: Spreadsheet, text: str) -> None:
    """Shows that a range that means nothing is a 400 in Google's words."""
    with pytest.raises(ApiError, match="Unable to parse range") as caught:
        book.resource(ranges=[text])
    assert caught.value.status == 400


def test_range_beyond_the_grid(book: Spreadsheet) -> None:
    """Shows that a range may end beyond the grid, but not begin there."""
    assert only(book, "userEnteredValue", "Sheet1!A3:ZZ5000")[0]["startRow"] == 2
    with pytest.raises(ApiError, match=r"Range \(Notes!A9\) exceeds grid limits. Max rows: 3, max columns: 2"):
        book.resource(ranges=["Notes!A9"], grid_data=True)


def test_formula_and_result_and_look(book: Spreadsheet) -> None:
    """Shows that a cell gives its formula, its result, and what it shows."""
    book.type("Sheet1", "A5", "=C3*2")
    book.type("Sheet1", "A6", "12.5%")
    book.type("Sheet1", "A7", "=1/0")
    fields = "userEnteredValue,effectiveValue,formattedValue,effectiveFormat.numberFormat"
    rows = only(book, fields, "Sheet1!A5:A7")[0]["rowData"]
    formula, percent, error = [row["values"][0] for row in rows]
    assert formula == {
        "userEnteredValue": {"formulaValue": "=C3*2"},
        "effectiveValue": {"numberValue": 1},
        "formattedValue": "1",
        "effectiveFormat": {},
    }
    assert percent["effectiveFormat"] == {"numberFormat": {"type": "PERCENT", "pattern": "0.00%"}}
    assert (percent["effectiveValue"], percent["formattedValue"]) == ({"numberValue": 0.125}, "12.50%")
    assert error["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"
    assert error["formattedValue"] == "#DIV/0!"


def test_mask_reaches_into_values(book: Spreadsheet) -> None:
    """Shows that one kind of value can be asked for."""
    book.type("Sheet1", "A5", "=C3*2")
    found = only(book, "userEnteredValue.formulaValue", "Sheet1!A3:A5")[0]["rowData"]
    assert [row.get("values") for row in found] == [
        [{"userEnteredValue": {}}],
        None,
        [{"userEnteredValue": {"formulaValue": "=C3*2"}}],
    ]


def test_effective_format_has_the_defaults(book: Spreadsheet) -> None:
    """Shows that what a cell wears is the default with what the user gave it on top."""
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    place = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    repeat = {"range": place, "cell": cell, "fields": "userEnteredFormat.textFormat.bold"}
    book.batch_update({"requests": [{"repeatCell": repeat}]})
    found = only(book, "userEnteredFormat,effectiveFormat", "Sheet1!A1")[0]["rowData"][0]["values"][0]
    assert found["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert found["effectiveFormat"]["textFormat"] | {"fontSize": 0} == {
        **found["effectiveFormat"]["textFormat"],
        "fontSize": 0,
        "bold": True,
    }
    assert found["effectiveFormat"]["verticalAlignment"] == "BOTTOM"


def test_merges_are_given_where_they_are(book: Spreadsheet) -> None:
    """Shows that a range gives the merges that it meets, and the sheet all of them."""
    book.merge("Sheet1", "A1:B1")
    book.merge("Sheet1", "A9:B9")
    assert len(book.resource()["sheets"][0]["merges"]) == 2
    assert book.resource(ranges=["Sheet1!A9"])["sheets"][0]["merges"] == [
        {"startRowIndex": 8, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 2}
    ]


def test_locale_must_be_known() -> None:
    """Shows that a spreadsheet in no language is refused."""
    with pytest.raises(ApiError, match="Unsupported locale: xx_YY"):
        Spreadsheet("abc", locale="xx_YY")
