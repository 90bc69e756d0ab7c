"""Tests of batches: their order, their unity, and their answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.errors import ApiError
from tests.sheets_server.spreadsheet import Spreadsheet

Json = dict[str, Any]


@pytest.fixture
def book() -> Spreadsheet:
    """Give a spreadsheet with two rows."""
    found = Spreadsheet("book", "Company")
    found.enter("Sheet1", [["ID", "Score"], ["KR-1", 0.5]])
    return found


def write(row: int, column: int, *values: Json) -> Json:
    """Give an updateCells request for one row."""
    area = {
        "sheetId": 0,
        "startRowIndex": row,
        "endRowIndex": row + 1,
        "startColumnIndex": column,
        "endColumnIndex": column + len(values),
    }
    cells = [{"userEnteredValue": value} for value in values]
    return {"updateCells": {"range": area, "rows": [{"values": cells}], "fields": "userEnteredValue"}}


def delete_row(index: int) -> Json:
    """Give a deleteDimension request for one row."""
    return {
        "deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1}}
    }


def test_requests_are_applied_in_their_order(book: Spreadsheet) -> None:
    """Shows that a later request sees what an earlier one did."""
    book.batch_update({"requests": [delete_row(0), write(0, 1, {"numberValue": 1})]})
    assert book.rows("Sheet1") == [["KR-1", 1]]


def test_batch_is_all_or_nothing(book: Spreadsheet) -> None:
    """Shows that a refused request undoes those before it, and the refusal says which it was."""
    before = book.resource(grid_data=True)
    requests = [write(0, 0, {"stringValue": "x"}), delete_row(0), write(5000, 0, {"stringValue": "y"})]
    with pytest.raises(ApiError, match=r"^Invalid requests\[2\]\.updateCells: .*exceeds grid limits"):
        book.batch_update({"requests": requests})
    assert book.resource(grid_data=True) == before


def test_response_range_that_cannot_be_read_undoes_the_batch(book: Spreadsheet) -> None:
    """Shows that a batch whose answer cannot be given is not applied."""
    body = {
        "requests": [write(0, 0, {"stringValue": "x"})],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Nope!A1"],
    }
    with pytest.raises(ApiError, match="Unable to parse range: Nope!A1"):
        book.batch_update(body)
    assert book.value("Sheet1", "A1") == "ID"


def test_replies_stand_in_the_place_of_their_requests(book: Spreadsheet) -> None:
    """Shows that each request has a reply, an empty one where there is nothing to say."""
    named = {"name": "_ss_okr_score", "range": {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}}
    found = book.batch_update(
        {"requests": [write(0, 0, {"stringValue": "x"}), {"addNamedRange": {"namedRange": named}}]}
    )
    assert found["spreadsheetId"] == "book"
    assert found["replies"][0] == {}
    reply = found["replies"][1]["addNamedRange"]["namedRange"]
    assert reply["name"] == "_ss_okr_score" and reply["range"] == {"endRowIndex": 1, "endColumnIndex": 1}


def test_answer_shows_the_spreadsheet_after_the_batch(book: Spreadsheet) -> None:
    """Shows that one round trip writes and reads back, limited by ranges and a mask."""
    mask = "updatedSpreadsheet.sheets.data.rowData.values(userEnteredValue,effectiveValue)"
    body = {
        "requests": [write(1, 1, {"formulaValue": "=1+1"})],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Sheet1!A2:B2"],
    }
    cells = [
        {"userEnteredValue": {"stringValue": "KR-1"}, "effectiveValue": {"stringValue": "KR-1"}},
        {"userEnteredValue": {"formulaValue": "=1+1"}, "effectiveValue": {"numberValue": 2}},
    ]
    assert book.batch_update(body, fields=mask) == {
        "updatedSpreadsheet": {"sheets": [{"data": [{"rowData": [{"values": cells}]}]}]}
    }


def test_answer_has_grid_data_only_when_asked_for(book: Spreadsheet) -> None:
    """Shows that without a mask `responseIncludeGridData` decides over cells."""
    body = {"requests": [write(0, 0, {"stringValue": "x"})], "includeSpreadsheetInResponse": True}
    assert "data" not in book.batch_update(body)["updatedSpreadsheet"]["sheets"][0]
    with_data = book.batch_update({**body, "responseIncludeGridData": True})
    assert "data" in with_data["updatedSpreadsheet"]["sheets"][0]
    assert "updatedSpreadsheet" not in book.batch_update({"requests": body["requests"]})


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Must specify at least one request."),
        ({"requests": [{}]}, r"Invalid requests\[0\]: No request set."),
        (
            {"requests": [{"writeCells": {}}]},
            r"Invalid JSON payload received. Unknown name \"writeCells\" at 'requests\[0\]': Cannot find field.",
        ),
        ({"requests": [{"refreshDataSource": {}}]}, "This request is not part of the model."),
        ({"requests": [{"deleteSheet": {}}]}, "You can't remove all the sheets in a document."),
        ({"requests": [{"deleteSheet": {"sheetId": 9}}]}, "No sheet with id: 9"),
        ({"requests": [{"updateCells": {"range": {"sheetId": 9}, "fields": "note"}}]}, "No grid with id: 9"),
        ({"requests": [{"updateCells": {"range": {}}}]}, "At least one field must be listed in 'fields'"),
        ({"requests": [{"updateCells": {"range": {}, "fields": "effectiveValue"}}]}, "read-only"),
        ({"requests": [{"addSheet": {"properties": {"title": "sheet1"}}}]}, 'A sheet with the name "sheet1" already'),
    ],
)
def test_refusals(book: Spreadsheet, body: Json, message: str) -> None:
    """Shows that what cannot be done is refused with a 400 and a reason."""
    with pytest.raises(ApiError, match=message) as caught:
        book.batch_update(body)
    assert (caught.value.status, caught.value.reason) == (400, "INVALID_ARGUMENT")


def test_unknown_field_in_the_answers_mask_changes_nothing(book: Spreadsheet) -> None:
    """Shows that a mask that Google does not know is refused before anything is applied."""
    with pytest.raises(ApiError, match="Request contains an invalid argument"):
        book.batch_update({"requests": [delete_row(0)]}, fields="updatedSheet")
    assert book.value("Sheet1", "A1") == "ID"
