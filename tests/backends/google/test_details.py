"""What a spreadsheet's worksheet is made of: formulas always, the rest only where a reading is thorough."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from sheetsync.backends.google.reader import FIELDS, THOROUGH_FIELDS, reading_of
from sheetsync.details import Choice, Details, details_of
from sheetsync.workbook import Area
from tests.backends.google.desk import Desk
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

ID = "1Read_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Desk]:
    """Give a desk whose clients are closed afterwards."""
    made = Desk(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def listed(kind: str, *values: str, rows: tuple[int, int], column: int) -> dict[str, Any]:
    """Make the request for a dropdown list in some rows of a column, counted from 0."""
    area = {"sheetId": 0, "startRowIndex": rows[0], "endRowIndex": rows[1]}
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    where = {**area, "startColumnIndex": column, "endColumnIndex": column + 1}
    return {"setDataValidation": {"range": where, "rule": {"condition": condition}}}


def hidden(dimension: str, start: int, end: int) -> dict[str, Any]:
    """Make the request that hides rows or columns, counted from 0."""
    where = {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}
    return {
        "updateDimensionProperties": {"range": where, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    }


def book() -> Spreadsheet:
    """Make a spreadsheet with formulas, lists, a filter, and hidden rows and columns."""
    made = Spreadsheet(ID, "Plan")
    made.enter("Sheet1", [["KR", "Target", "Current", "Progress", "Status"], ["a", 4, 2], ["b", 5, 1]])
    made.type("Sheet1", "D2", "=C2/B2")
    made.enter("Sheet1", [["Late"], ["Fine"], ["Late"]], at="H1")
    where = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 5}
    requests = [
        listed("ONE_OF_LIST", "On track", "Có rủi ro", rows=(1, 3), column=4),
        listed("ONE_OF_RANGE", "=Sheet1!$H$1:$H$9", rows=(1, 2), column=5),
        listed("ONE_OF_RANGE", "=A name", rows=(1, 2), column=6),
        listed("NUMBER_GREATER", "1", rows=(1, 2), column=1),
        hidden("ROWS", 2, 3),
        hidden("COLUMNS", 6, 8),
        {"setBasicFilter": {"filter": {"range": where}}},
    ]
    made.batch_update({"requests": requests})
    return made


def told(made: Spreadsheet, *, thorough: bool) -> Details:
    """Give the details of the first worksheet as the backend reads them."""
    answer = made.resource(fields=THOROUGH_FIELDS if thorough else FIELDS)
    return details_of(reading_of(answer, thorough=thorough).workbook.sheets[0])


def test_a_thorough_reading_tells_lists_and_what_is_hidden() -> None:
    """Shows that lists as texts and by range are told, and hidden rows and columns, and the filter."""
    found = told(book(), thorough=True)
    assert found.choices == (
        Choice((Area(2, 5, 3, 5),), ("On track", "Có rủi ro")),
        Choice((Area(2, 6, 2, 6),), ("Late", "Fine"), "Sheet1"),
    )
    assert found.hidden_rows == {3}
    assert found.hidden_columns == {7, 8}
    assert found.filter == Area(1, 1, 3, 5)


def test_a_usual_reading_tells_formulas_alone() -> None:
    """Shows that the nightly reading asks for nothing more than before, and that formulas are known from it."""
    found = told(book(), thorough=False)
    assert found[1:] == Details()[1:]
    assert [found.formula_at(2, column) for column in (3, 4)] == [None, "C2/B2"]


def test_a_formula_that_fills_its_column_is_told_for_each_cell() -> None:
    """Shows that cells which ARRAYFORMULA fills have its text, and that typed cells and cells below have none."""
    formula = {"userEnteredValue": {"formulaValue": "=ARRAYFORMULA(C2:C/B2:B)"}, "effectiveValue": {"numberValue": 1}}
    filled, typed = {"effectiveValue": {"numberValue": 2}}, {"userEnteredValue": {"numberValue": 3}}
    rows = [{"values": [cell]} for cell in (typed, formula, filled, filled, {}, filled)]
    sheet = {"properties": {"title": "A", "gridProperties": {"rowCount": 10, "columnCount": 5}}}
    read = reading_of({"spreadsheetId": ID, "sheets": [{**sheet, "data": [{"rowData": rows}]}]})
    found = details_of(read.workbook.sheets[0])
    text = "ARRAYFORMULA(C2:C/B2:B)"
    assert [found.formula_at(row, 1) for row in range(1, 8)] == [None, text, text, text, None, None, None]


def test_a_thorough_reading_is_one_request(desk: Desk) -> None:
    """Shows that the backend asks once, and reads the same values as ever."""
    usual = desk.backend().read()
    reads = desk.server.reads
    thorough = desk.connecting.backend(desk.sheet, desk.journal, thorough=True).read()
    assert desk.server.reads == reads + 1
    assert thorough.revision == usual.revision
    assert [sheet.rows for sheet in thorough.sheets] == [sheet.rows for sheet in usual.sheets]
