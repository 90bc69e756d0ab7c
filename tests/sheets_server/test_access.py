"""Who may not do what is told as Google tells it."""

from __future__ import annotations

import json

import pytest

from tests.sheets_server.access import Kind, shape
from tests.sheets_server.asking import BOOK, Asker
from tests.sheets_server.server import SheetsServer

HERE = f"/v4/spreadsheets/{BOOK}"
NOTHING = {"requests": [{"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}]}


@pytest.mark.parametrize(
    ("kind", "status", "name", "word"),
    [
        ("not_shared", 403, "PERMISSION_DENIED", "The caller does not have permission"),
        ("unknown", 404, "NOT_FOUND", "Requested entity was not found."),
        ("trashed", 404, "NOT_FOUND", "Requested entity was not found."),
        ("xlsx", 400, "FAILED_PRECONDITION", "This operation is not supported for this document"),
    ],
)
def test_denied_files_are_not_read(
    sheets_server: SheetsServer, ask: Asker, kind: Kind, status: int, name: str, word: str
) -> None:
    """Shows the answer for each kind of file that cannot be read, and that it can be allowed again."""
    sheets_server.deny(BOOK, kind)
    reply = ask("GET", HERE)
    assert (reply.status, reply.body["error"]["status"], reply.reason) == (status, name, word)
    assert ask("POST", f"{HERE}:batchUpdate", NOTHING).status == status
    sheets_server.allow(BOOK)
    assert ask("GET", HERE).status == 200


@pytest.mark.parametrize(("kind", "status"), [("view_only", 403), ("protected", 400)])
def test_files_for_looking_are_read_and_not_written(
    sheets_server: SheetsServer, ask: Asker, kind: Kind, status: int
) -> None:
    """Shows that looking is allowed and writing is not, and that nothing changed."""
    sheets_server.deny(BOOK, kind)
    assert ask("GET", HERE).status == 200
    assert ask("POST", f"{HERE}:batchUpdate", NOTHING).status == status
    assert sheets_server.spreadsheets[BOOK].title == "Old"


def test_unknown_spreadsheet_is_the_recorded_404(ask: Asker) -> None:
    """Shows that the body for a spreadsheet that is not there is the one that Google gave."""
    reply = ask("GET", "/v4/spreadsheets/nowhere")
    assert reply.body == shape("sheets-spreadsheets-get-nonexistent-sheet-id_404")


def test_unknown_file_is_the_recorded_404(ask: Asker) -> None:
    """Shows that Drive's body for a file that is not there is the one that Google gave."""
    reply = ask("GET", "/drive/v3/files/NOPE_NOT_A_GOOD_ID")
    assert reply.body == shape("drive-files-get-nonexistent-file-id_404")


@pytest.mark.parametrize(("api", "path"), [("sheets", HERE), ("drive", f"/drive/v3/files/{BOOK}")])
def test_disabled_api_tells_where_to_enable_it(sheets_server: SheetsServer, ask: Asker, api: str, path: str) -> None:
    """Shows that an API that is off names the address that switches it on, and the other one still works."""
    sheets_server.disable(api)  # type: ignore[arg-type]
    reply = ask("GET", path)
    info = reply.body["error"]["details"][0]
    assert (reply.status, info["reason"]) == (403, "SERVICE_DISABLED")
    assert f"{api}.googleapis.com" in info["metadata"]["activationUrl"]


def test_denied_files_are_not_listed(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that Drive does not list what is not shared, and does not know it by its id either."""
    sheets_server.deny(BOOK, "not_shared")
    assert ask("GET", "/drive/v3/files").body["files"] == []
    assert ask("GET", f"/drive/v3/files/{BOOK}").reason == f"File not found: {BOOK}."


def test_full_drive_makes_no_files(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows the refusal that service accounts meet in My Drive."""
    sheets_server.deny("*", "storage_quota")
    reply = ask("POST", "/drive/v3/files", {"name": "New"})
    assert reply.status == 403
    assert "storageQuotaExceeded" in json.dumps(reply.body)
