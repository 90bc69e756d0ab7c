"""Tests of the other user's hands, and of large spreadsheets."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from tests.sheets_server.cells import Formula
from tests.sheets_server.errors import ApiError
from tests.sheets_server.spreadsheet import Spreadsheet


def test_typing_follows_the_locale_and_the_present_day() -> None:
    """Shows that typed numbers and dates are read by the locale, and a day without a year is this year's."""
    book = Spreadsheet("book", locale="vi_VN", now=lambda: datetime(2024, 5, 1, tzinfo=UTC))
    for place, text in (("A1", "1.234,5"), ("A2", "3/4"), ("A3", "=A1*2"), ("A4", "'007")):
        book.type("Sheet1", place, text)
    assert [book.value("Sheet1", f"A{row}") for row in (1, 2, 3, 4)] == [1234.5, 45385, 2469, "007"]
    assert book.shown("Sheet1", "A1") == "1.234,50"


def test_entered_values_are_taken_as_they_are() -> None:
    """Shows that entering reads nothing into a text, keeps formats, and makes the grid larger."""
    book = Spreadsheet("book")
    book.type("Sheet1", "A1", "5%")
    book.enter("Sheet1", [[0.5, "5%", None, True, Formula("=A1*2")]])
    book.enter("Sheet1", [["far"]], at="AB1200")
    assert book.rows("Sheet1")[0] == [0.5, "5%", None, True, 1]
    assert book.shown("Sheet1", "A1") == "50%"
    grid = book.resource()["sheets"][0]["properties"]["gridProperties"]
    assert grid == {"rowCount": 1200, "columnCount": 28}


def test_entered_says_what_a_user_put_in() -> None:
    """Shows the ExtendedValue of a cell, and None for a blank one."""
    book = Spreadsheet("book")
    book.type("Sheet1", "A1", "=1+1")
    assert book.entered("Sheet1", "A1") == {"formulaValue": "=1+1"}
    assert book.entered("Sheet1", "B1") is None


def test_unknown_sheet_is_told() -> None:
    """Shows that a test that names a sheet that is not there learns which are."""
    with pytest.raises(ApiError, match="There is no sheet 'Nope'; there are"):
        Spreadsheet("book").type("Nope", "A1", "x")


def test_answers_do_not_change_with_what_comes_later() -> None:
    """Shows that an answer given before an edit still says what was then."""
    book = Spreadsheet("book")
    book.enter("Sheet1", [["a"]])
    before = book.resource(fields="sheets(data.rowData.values.userEnteredValue,properties.title)")
    book.enter("Sheet1", [["b"]])
    book.rename_sheet("Sheet1", "Other")
    assert before["sheets"][0]["properties"]["title"] == "Sheet1"
    cell = before["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert cell == {"userEnteredValue": {"stringValue": "a"}}


def test_large_spreadsheet_is_read_and_written_in_time() -> None:
    """Shows that 10,000 rows of 15 columns are read under a mask and written at once within seconds."""
    book = Spreadsheet("book")
    book.enter("Sheet1", [[f"KR-{row}", row / 3, row, "Đạt", True] * 3 for row in range(10_000)])
    values = "userEnteredValue,effectiveValue,formattedValue,effectiveFormat.numberFormat,note"
    started = time.process_time()
    found = book.resource(fields=f"sheets.data.rowData.values({values})", ranges=["Sheet1"])
    assert len(found["sheets"][0]["data"][0]["rowData"]) == 10_000
    rows = [{"values": [{"userEnteredValue": {"numberValue": row}}]} for row in range(10_000)]
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 2}
    book.batch_update({"requests": [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}]})
    book.insert_rows("Sheet1", 2)
    assert time.process_time() - started < 10
