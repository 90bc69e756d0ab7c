"""Drive lists what lies in a folder, in pages, and makes, copies and deletes files."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.sheets_server.access import Refused
from tests.sheets_server.asking import Asker
from tests.sheets_server.drive import EXCEL, FOLDER, SHEET, File
from tests.sheets_server.drive_query import compiled
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

IN_FOLDER = f"'folder' in parents and mimeType='{SHEET}' and trashed=false"


@pytest.fixture
def ask(sheets_server: SheetsServer) -> Iterator[Asker]:
    """Give a client of a Drive with a folder of three spreadsheets, one in the bin, and an Excel file."""
    sheets_server.add_file(File("folder", "Clients", FOLDER, ["root"]))
    for number in range(3):
        sheets_server.add(Spreadsheet(f"sheet{number}", title=f"OKR {number}"), folder="folder")
    sheets_server.add_file(File("excel", "Old.xlsx", EXCEL, ["folder"]))
    sheets_server.files["sheet1"].trashed = True
    asker = Asker(sheets_server)
    yield asker
    asker.close()


def _ids(ask: Asker, query: str, more: str = "") -> list[str]:
    reply = ask("GET", f"/drive/v3/files?q={quote(query)}&orderBy=name{more}")
    assert reply.status == 200, reply.body
    return [one["id"] for one in reply.body["files"]]


def test_folder_lists_its_spreadsheets(ask: Asker) -> None:
    """Shows that the bin, other kinds of files and other folders stay out."""
    assert _ids(ask, IN_FOLDER) == ["sheet0", "sheet2"]
    assert _ids(ask, "'elsewhere' in parents") == []


def test_pages_follow_each_other(ask: Asker) -> None:
    """Shows that the token of a page leads to the next, and the last has none."""
    path = f"/drive/v3/files?q={quote(IN_FOLDER)}&pageSize=1&orderBy=name&fields=nextPageToken,files(id,modifiedTime)"
    first = ask("GET", path).body
    second = ask("GET", f"{path}&pageToken={quote(first['nextPageToken'])}").body
    assert [first["files"][0]["id"], second["files"][0]["id"]] == ["sheet0", "sheet2"]
    assert "nextPageToken" not in second
    assert set(first["files"][0]) == {"id", "modifiedTime"}


def test_shared_drives_are_listed_on_request(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that files of a shared drive appear only where both switches are on."""
    sheets_server.add(Spreadsheet("shared", title="Shared"), folder="team", drive="team")
    both = "&supportsAllDrives=true&includeItemsFromAllDrives=true"
    assert _ids(ask, "'team' in parents") == []
    assert _ids(ask, "'team' in parents", both) == ["shared"]
    assert _ids(ask, "trashed=false", f"{both}&corpora=drive&driveId=other") == []


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("name = 'It\\'s'", True),
        ("name contains 'It'", True),
        ("name contains 't'", False),
        ("not trashed = true", True),
        ("(name = 'a' or name = \"It's\") and trashed != true", True),
        ("name = 'a' or name = 'b' and trashed = false", False),
        ("modifiedTime > '2025-11-01T00:00:00'", True),
        ("modifiedTime < '2025-11-01T00:00:00Z'", False),
        ("mimeType != 'x' and 'p' in parents", True),
    ],
)
def test_queries_mean_what_they_say(query: str, fits: bool) -> None:
    """Shows quotes, brackets, negation, times and membership."""
    file = {"name": "It's", "mimeType": "y", "parents": ["p"], "trashed": False}
    assert compiled(query)(file | {"modifiedTime": "2025-11-20T08:00:00.000Z"}) is fits


@pytest.mark.parametrize("query", ["name", "name = x", "title = 'a'", "name = 'a' and", "(name = 'a'", "name = 'a' ;"])
def test_unreadable_queries_are_refused(query: str) -> None:
    """Shows that a query that Drive would not take is its 400."""
    with pytest.raises(Refused, match="Invalid Value"):
        compiled(query)


def test_files_are_made_copied_and_deleted(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that a copy holds what its original held, and that deleting one leaves the other."""
    made = ask("POST", "/drive/v3/files", {"name": "New", "mimeType": SHEET, "parents": ["folder"]}).body["id"]
    sheets_server.spreadsheets[made].enter("Sheet1", [["held"]])
    copied = ask("POST", f"/drive/v3/files/{made}/copy", {"name": "Twin"}).body
    assert ask("DELETE", f"/drive/v3/files/{made}").status == 204
    assert ask("GET", f"/v4/spreadsheets/{made}").status == 404
    assert copied["name"] == "Twin"
    assert ask("GET", f"/v4/spreadsheets/{copied['id']}/values/A1").body["values"] == [["held"]]


def test_writing_moves_the_time(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that a write through the API is a change of the file, and a read is none."""
    before = sheets_server.files["sheet0"].version
    ask("GET", "/v4/spreadsheets/sheet0")
    assert sheets_server.files["sheet0"].version == before
    ask("POST", "/v4/spreadsheets/sheet0/values/A1:clear")
    assert sheets_server.files["sheet0"].version == before + 1


def test_permissions_are_given_and_taken(ask: Asker) -> None:
    """Shows that sharing is kept, and can be taken back once."""
    made = ask("POST", "/drive/v3/files/sheet0/permissions", {"role": "writer", "type": "anyone"}).body
    path = "/drive/v3/files/sheet0/permissions"
    assert [one["role"] for one in ask("GET", path).body["permissions"]] == ["writer"]
    assert [ask("DELETE", f"{path}/{made['id']}").status for _ in range(2)] == [204, 404]


def test_unknown_fields_are_refused(ask: Asker) -> None:
    """Shows that a mask that names no field of a file is Drive's 400."""
    reply = ask("GET", "/drive/v3/files/sheet0?fields=id,title")
    assert (reply.status, reply.reason) == (400, "Invalid field selection title")
