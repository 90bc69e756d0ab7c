"""A path means the operation that Google's description has for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.discovery import operations, parameters, target
from tests.sheets_server.errors import ApiError


@pytest.mark.parametrize(
    ("method", "path", "operation", "found"),
    [
        ("GET", "/v4/spreadsheets/abc", "sheets.spreadsheets.get", {"spreadsheetId": "abc"}),
        ("POST", "/v4/spreadsheets/abc:batchUpdate", "sheets.spreadsheets.batchUpdate", {"spreadsheetId": "abc"}),
        ("GET", "/v4/spreadsheets/abc/values:batchGet", "sheets.spreadsheets.values.batchGet",
         {"spreadsheetId": "abc"}),
        ("GET", "/v4/spreadsheets/abc/values/%27a%2Fb%27%21A1%3AB2", "sheets.spreadsheets.values.get",
         {"spreadsheetId": "abc", "range": "'a/b'!A1:B2"}),
        ("POST", "/v4/spreadsheets/abc/values/A1:B2:append", "sheets.spreadsheets.values.append",
         {"spreadsheetId": "abc", "range": "A1:B2"}),
        ("POST", "/v4/spreadsheets/abc/sheets/7:copyTo", "sheets.spreadsheets.sheets.copyTo",
         {"spreadsheetId": "abc", "sheetId": "7"}),
        ("GET", "/drive/v3/files/abc/export", "drive.files.export", {"fileId": "abc"}),
        ("DELETE", "/drive/v3/files/abc", "drive.files.delete", {"fileId": "abc"}),
    ],
)  # fmt: skip
def test_paths_mean_operations(method: str, path: str, operation: str, found: dict[str, str]) -> None:
    """Shows that ids, ranges with colons and the verbs behind a colon are told apart."""
    meant = target(method, path)
    assert meant is not None
    assert (meant.operation.id, meant.path) == (operation, found)


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/v4/spreadsheets/abc"), ("GET", "/v4/sheets/abc"), ("GET", "/drive/v2/files")]
)
def test_unknown_operations_are_none(method: str, path: str) -> None:
    """Shows that what Google does not describe is not served."""
    assert target(method, path) is None


def test_every_operation_finds_itself() -> None:
    """Shows, for each operation of Sheets, that its own path means it and no other."""
    for one in operations("sheets"):
        path = "/" + one.spec["path"].replace("{spreadsheetId}", "abc").replace("{range}", "A1")
        meant = target(one.spec["httpMethod"], path.replace("{sheetId}", "0").replace("{metadataId}", "1"))
        assert meant is not None
        assert meant.operation.id == one.id


def _parameters(operation: str, query: dict[str, list[str]]) -> dict[str, Any]:
    api = operation.partition(".")[0]
    return parameters(next(one for one in operations(api) if one.id == operation), query)


def test_parameters_have_their_types() -> None:
    """Shows that switches become booleans in any spelling, and repeated parameters lists."""
    query = {"includeGridData": ["False"], "ranges": ["A1", "B2"], "prettyPrint": ["false"]}
    found = _parameters("sheets.spreadsheets.get", query)
    assert found == {"includeGridData": False, "ranges": ["A1", "B2"], "prettyPrint": False}


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"range": ["A1"]}, 'Unknown name "range": Cannot bind query parameter'),
        ({"includeGridData": ["maybe"]}, "'include_grid_data' \\(TYPE_BOOL\\), \"maybe\""),
    ],
)
def test_sheets_refuses_unknown_parameters(query: dict[str, list[str]], word: str) -> None:
    """Shows that an unknown parameter or an unfitting value is a 400."""
    with pytest.raises(ApiError, match=word):
        _parameters("sheets.spreadsheets.get", query)


def test_drive_overlooks_unknown_parameters() -> None:
    """Shows that Drive lets pass what its recordings show passing."""
    assert _parameters("drive.files.get", {"includeItemsFromAllDrives": ["True"]}) == {}


def test_reads_and_writes_are_told_apart() -> None:
    """Shows which operations count as writes: those that change something, POST or not."""
    reads = {one.id.rpartition(".")[2] for one in operations("sheets") if one.reads}
    assert reads == {"get", "batchGet", "getByDataFilter", "batchGetByDataFilter", "search"}
