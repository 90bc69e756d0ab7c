"""Tests of spreadsheets.values beyond what the recordings show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.errors import ApiError
from tests.sheets_server.spreadsheet import Spreadsheet

Json = dict[str, Any]
TYPED = {"valueInputOption": "USER_ENTERED"}
RAW = {"valueInputOption": "RAW"}


@pytest.fixture
def book() -> Spreadsheet:
    """Give a spreadsheet with a date, a formula and an error."""
    found = Spreadsheet("book")
    found.values_update("Sheet1!A1", {"values": [["2020-01-01", "=4/2", "=1/0", "50%", True, "#N/A"]]}, TYPED)
    return found


def read(book: Spreadsheet, area: str = "Sheet1!A1:F1", **params: Any) -> Any:
    """Give the first row of values."""
    return book.values_get(area, params)["values"][0]


def test_rendering(book: Spreadsheet) -> None:
    """Shows the three ways of giving values, and dates as text beside unformatted numbers."""
    assert read(book) == ["2020-01-01", "2", "#DIV/0!", "50%", "TRUE", "#N/A"]
    assert read(book, valueRenderOption="UNFORMATTED_VALUE") == [43831, 2, "#DIV/0!", 0.5, True, "#N/A"]
    assert read(book, valueRenderOption="FORMULA") == [43831, "=4/2", "=1/0", 0.5, True, "#N/A"]
    dated = read(book, valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")
    assert dated[:2] == ["2020-01-01", 2]


def test_raw_keeps_what_was_sent(book: Spreadsheet) -> None:
    """Shows that RAW reads nothing into a text, and null leaves a cell alone."""
    book.values_update("Sheet1!A1:C1", {"values": [["=1+1", None, "5%"]]}, RAW)
    assert read(book, valueRenderOption="UNFORMATTED_VALUE")[:3] == ["=1+1", 2, "5%"]


def test_empty_text_empties_and_keeps_the_format(book: Spreadsheet) -> None:
    """Shows that an empty text clears a cell, which stays formatted."""
    book.values_update("Sheet1!D1", {"values": [[""]]}, RAW)
    book.values_update("Sheet1!D1", {"values": [[0.25]]}, RAW)
    assert read(book, "Sheet1!D1") == ["25%"]


def test_written_values_are_given_back_on_demand(book: Spreadsheet) -> None:
    """Shows `includeValuesInResponse` with the options for the response."""
    params = {**TYPED, "includeValuesInResponse": "true", "responseValueRenderOption": "FORMULA"}
    found = book.values_update("Sheet1!A2", {"values": [["=2+3"]]}, params)
    assert found["updatedData"] == {"range": "Sheet1!A2", "majorDimension": "ROWS", "values": [["=2+3"]]}


@pytest.mark.parametrize(
    ("area", "values", "message"),
    [
        ("Sheet1!A1:B1", [[1, 2, 3]], r"within range \[Sheet1!A1:B1\], but tried writing to column \[C\]"),
        ("Sheet1!A1:B1", [[1], [2]], r"within range \[Sheet1!A1:B1\], but tried writing to row \[2\]"),
        ("Sheet1!Z1000", [[1, 2]], r"Range \(Sheet1!Z1000:AA1000\) exceeds grid limits. Max rows: 1000"),
        ("Sheet1!A1", "x", r"Invalid value at 'data.values' \(type.googleapis.com/google.protobuf.ListValue\)"),
        ("Nope!A1", [[1]], "Unable to parse range: Nope!A1"),
    ],
)
def test_writing_that_does_not_fit(book: Spreadsheet, area: str, values: Any, message: str) -> None:
    """Shows that values beyond the range or the grid are refused and nothing is written."""
    with pytest.raises(ApiError, match=message):
        book.values_update(area, {"values": values}, RAW)
    assert read(book)[0] == "2020-01-01"


def test_input_option_must_be_given(book: Spreadsheet) -> None:
    """Shows that Google does not guess whether values are typed."""
    with pytest.raises(ApiError, match="'valueInputOption' is required"):
        book.values_update("Sheet1!A1", {"values": [[1]]}, {})


def test_columns_are_written_and_read(book: Spreadsheet) -> None:
    """Shows `majorDimension` both ways."""
    body = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["c"]]}
    assert book.values_update("Sheet1!A1:B2", body, RAW)["updatedRange"] == "Sheet1!A1:B2"
    found = book.values_get("Sheet1!A1:B2", {"majorDimension": "COLUMNS"})
    assert found["values"] == [["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("area", "table", "written"),
    [
        ("Sheet1", "B4:D6", "B7"),
        ("B4", "B4:D6", "B7"),
        ("C5:D5", "B4:D6", "B7"),
        ("B2:D4", "B4:D6", "B7"),
        ("A3:G10", "B4:D6", "B7"),
        ("A1", "A1:C2", "A3"),
        ("E4", None, "E4"),
        ("A4", None, "A4"),
    ],
)
def test_append_finds_the_last_table(area: str, table: str | None, written: str) -> None:
    """Shows the examples of Google's guide to appending: tables in A1:C2 and B4:D6."""
    book = Spreadsheet("book")
    book.enter("Sheet1", [["x", "y", "z"], ["x", "y", "z"], [], *[[None, "x", "y", "z"]] * 3])
    found = book.values_append(area, {"values": [["new"]]}, RAW)
    assert found.get("tableRange") == (f"Sheet1!{table}" if table else None)
    assert found["updates"]["updatedRange"] == f"Sheet1!{written}"


def test_append_may_insert_rows_or_make_the_grid_longer() -> None:
    """Shows INSERT_ROWS, and that an append at the last row adds one."""
    book = Spreadsheet("book")
    book.enter("Sheet1", [["a"], ["b"], [None], ["note"]])
    book.values_append("Sheet1!A1", {"values": [["c"]]}, {**RAW, "insertDataOption": "INSERT_ROWS"})
    assert book.rows("Sheet1") == [["a"], ["b"], ["c"], [], ["note"]]
    book.add_sheet("Short", rows=1, columns=1)
    book.enter("Short", [["a"]])
    book.values_append("Short", {"values": [["b", "c"]]}, RAW)
    assert book.rows("Short") == [["a"], ["b", "c"]]


def test_several_ranges_are_written_together_or_not_at_all(book: Spreadsheet) -> None:
    """Shows that values.batchUpdate is one change, and its totals count each row and column once."""
    data = [{"range": "Sheet1!A1:B1", "values": [[1, 2]]}, {"range": "Sheet1!B1:C1", "values": [[3, 4]]}]
    found = book.values_batch_update({"valueInputOption": "RAW", "data": data})
    totals = {name: value for name, value in found.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 1,
        "totalUpdatedColumns": 3,
        "totalUpdatedCells": 4,
        "totalUpdatedSheets": 1,
    }
    data = [{"range": "Sheet1!A1", "values": [["gone"]]}, {"range": "Nope!A1", "values": [[1]]}]
    with pytest.raises(ApiError):
        book.values_batch_update({"valueInputOption": "RAW", "data": data})
    assert book.value("Sheet1", "A1") == 1


def test_named_range_is_a_range(book: Spreadsheet) -> None:
    """Shows that values are read and cleared by a name."""
    book.name("Sheet1", "A1:B1", "head")
    assert book.values_batch_get(["head", "Sheet1!D1"])["valueRanges"][0]["range"] == "Sheet1!A1:B1"
    assert book.values_batch_clear({"ranges": ["head"]})["clearedRanges"] == ["Sheet1!A1:B1"]
    assert book.value("Sheet1", "A1") is None
