"""The operations that are made of others: creating, copying sheets, and finding cells by metadata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sheets_server.asking import Asker
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

BOOK = "1" + "r" * 43
HERE = f"/v4/spreadsheets/{BOOK}"
ROWS: list[list[str | float]] = [["ID", "Current", "Score"], ["KR1", 5, 0.5], ["KR2", 7, 0.7]]
BY_KEY = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "score"}}]}


@pytest.fixture
def book(sheets_server: SheetsServer) -> Spreadsheet:
    """Give a spreadsheet whose third column carries metadata."""
    found = sheets_server.add(Spreadsheet(BOOK, title="Quarter"))
    found.enter("Sheet1", ROWS)
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}
    entry = {"metadataKey": "score", "metadataValue": "v1", "visibility": "DOCUMENT"}
    for location in ({"dimensionRange": column}, {"spreadsheet": True}):
        made = {"developerMetadata": {**entry, "location": location}}
        if "spreadsheet" in location:
            made["developerMetadata"]["metadataKey"] = "template"
        found.batch_update({"requests": [{"createDeveloperMetadata": made}]})
    return found


@pytest.fixture
def ask(sheets_server: SheetsServer, book: Spreadsheet) -> Iterator[Asker]:
    """Give a client of a server with that spreadsheet."""
    asker = Asker(sheets_server)
    yield asker
    asker.close()


def test_created_spreadsheet_is_what_was_asked_for(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that properties, sheets, cells and names of a new spreadsheet are those of the body."""
    cell = {"userEnteredValue": {"stringValue": "Mã"}}
    sheet = {
        "properties": {"title": "OKR", "sheetId": 0, "gridProperties": {"rowCount": 50, "columnCount": 8}},
        "data": [{"rowData": [{"values": [cell]}]}],
    }
    body = {"properties": {"title": "Mới", "locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"}, "sheets": [sheet]}
    made = ask("POST", "/v4/spreadsheets", body)
    assert made.status == 200, made.body
    assert made.body["properties"]["locale"] == "vi_VN"
    assert [one["properties"]["title"] for one in made.body["sheets"]] == ["OKR"]
    assert sheets_server.spreadsheets[made.body["spreadsheetId"]].entered("OKR", "A1") == {"stringValue": "Mã"}


def test_sheet_is_copied_to_another_spreadsheet(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that a copied sheet has another id, a title that says so, and the same cells."""
    other = sheets_server.add(Spreadsheet("other", title="Other"))
    first = ask("POST", f"{HERE}/sheets/0:copyTo", {"destinationSpreadsheetId": "other"}).body
    second = ask("POST", f"{HERE}/sheets/0:copyTo", {"destinationSpreadsheetId": "other"}).body
    assert [first["title"], second["title"]] == ["Copy of Sheet1", "Copy of Sheet1 2"]
    assert first["sheetId"] != 0
    assert other.value("Copy of Sheet1", "B3") == 7
    assert ask("POST", f"{HERE}/sheets/9:copyTo", {"destinationSpreadsheetId": "other"}).status == 404


def _searched(ask: Asker, lookup: dict[str, Any]) -> list[str]:
    body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    answer = ask("POST", f"{HERE}/developerMetadata:search", body).body
    return [one["developerMetadata"]["metadataKey"] for one in answer.get("matchedDeveloperMetadata", ())]


@pytest.mark.parametrize(
    ("lookup", "found"),
    [
        ({"metadataKey": "score"}, ["score"]),
        ({"metadataKey": "score", "metadataValue": "v2"}, []),
        ({"visibility": "DOCUMENT"}, ["score", "template"]),
        ({"locationType": "COLUMN"}, ["score"]),
        ({"metadataLocation": {"sheetId": 0}}, ["score"]),
        ({"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "EXACT_LOCATION"}, []),
        ({"metadataLocation": {"spreadsheet": True}, "locationMatchingStrategy": "EXACT_LOCATION"}, ["template"]),
    ],
)
def test_metadata_is_searched(ask: Asker, lookup: dict[str, Any], found: list[str]) -> None:
    """Shows that each condition of a lookup narrows what is found."""
    assert sorted(_searched(ask, lookup)) == found


def test_metadata_is_read_by_its_id(ask: Asker) -> None:
    """Shows that an entry is found by its id, and an unknown id is a 404."""
    body = ask("POST", f"{HERE}/developerMetadata:search", BY_KEY).body
    entry = body["matchedDeveloperMetadata"][0]["developerMetadata"]
    assert ask("GET", f"{HERE}/developerMetadata/{entry['metadataId']}").body == entry
    assert ask("GET", f"{HERE}/developerMetadata/1").status == 404


def test_filter_finds_a_column_that_moved(book: Spreadsheet, ask: Asker) -> None:
    """Shows that values are read and written by metadata wherever the column has gone meanwhile."""
    book.insert_columns("Sheet1", 1, 2)
    read = ask("POST", f"{HERE}/values:batchGetByDataFilter", {**BY_KEY, "majorDimension": "COLUMNS"}).body
    assert read["valueRanges"][0]["valueRange"]["values"] == [["Score", "0.5", "0.7"]]
    data = [{"dataFilter": BY_KEY["dataFilters"][0], "majorDimension": "COLUMNS", "values": [[None, 0.1, 0.2]]}]
    body = {"valueInputOption": "RAW", "data": data}
    written = ask("POST", f"{HERE}/values:batchUpdateByDataFilter", body).body
    assert written["totalUpdatedCells"] == 2
    assert [book.value("Sheet1", place) for place in ("E1", "E2", "E3")] == ["Score", 0.1, 0.2]
    ask("POST", f"{HERE}/values:batchClearByDataFilter", BY_KEY)
    assert book.value("Sheet1", "E1") is None
    assert book.value("Sheet1", "C3") == "KR2"


def test_spreadsheet_is_read_by_filters(ask: Asker) -> None:
    """Shows that a range in A1, one in indices and one by metadata each give their own part of the sheet."""
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}
    filters = [{"a1Range": "Sheet1!A1"}, {"gridRange": area}, *BY_KEY["dataFilters"]]
    path = f"{HERE}:getByDataFilter?fields=sheets.data(startRow,startColumn,rowData.values.formattedValue)"
    answer = ask("POST", path, {"dataFilters": filters}).body
    texts = [
        [cell.get("formattedValue") for row in part["rowData"] for cell in row["values"]]
        for part in answer["sheets"][0]["data"]
    ]
    assert texts == [["ID"], ["5"], ["Score", "0.5", "0.7"]]
