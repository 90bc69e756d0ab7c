"""The spreadsheets of a Drive folder."""

from __future__ import annotations

import pytest

from sheetsync.backends.google.drive import Listed, spreadsheets_in
from sheetsync.backends.google.quota import Limits
from sheetsync.errors import AccessDenied, TemporaryFailure
from tests.backends.google.clocks import Clock, client_of
from tests.backends.google.wire_server import EMAIL, WireServer, answer

FOLDER = "1FoLdEr-aBcDeFgHiJkLmNoPqRsTuV"


def listed(*names: str, **more: object) -> bytes:
    """Give a page of Drive's list."""
    files = [{"id": f"id-{name}", "name": name, "modifiedTime": "2025-11-21T22:00:00.000Z"} for name in names]
    return answer(200, {"files": files, **more})


def test_all_pages_are_asked_for_and_sorted() -> None:
    """Shows that a folder of several pages is listed whole, by title, each spreadsheet once."""
    pages = [listed("Tuyết", "b", nextPageToken="p2"), listed("b", "A")]
    with WireServer(*pages) as server, client_of(server) as client:
        found = spreadsheets_in(FOLDER, client)
    assert [one.title for one in found] == ["A", "b", "Tuyết"]
    assert found[0] == Listed("id-A", "A", "2025-11-21T22:00:00.000Z")
    first, second = (seen.params for seen in server.seen)
    assert first["q"] == [
        f"'{FOLDER}' in parents and mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false"
    ]
    assert first["includeItemsFromAllDrives"] == first["supportsAllDrives"] == ["true"]
    assert "pageToken" not in first
    assert second["pageToken"] == ["p2"]


def test_an_empty_folder_is_an_empty_list() -> None:
    """Shows that a folder without spreadsheets is no error here; the caller knows what that means."""
    with WireServer(answer(200, {"files": []})) as server, client_of(server) as client:
        assert spreadsheets_in(FOLDER, client) == []


def test_a_list_with_gaps_is_no_list() -> None:
    """Shows that a search that Drive did not finish is told, and not taken for the whole folder."""
    reply = listed("a", incompleteSearch=True)
    with WireServer(reply) as server, client_of(server) as client, pytest.raises(TemporaryFailure) as raised:
        spreadsheets_in(FOLDER, client)
    assert raised.value.key == "google.folder_incomplete"


def test_a_list_without_end_ends() -> None:
    """Shows that a page that always names a next one is given up."""
    reply = listed("a", nextPageToken="again")
    with WireServer(default=reply) as server, client_of(server) as client, pytest.raises(TemporaryFailure):
        spreadsheets_in(FOLDER, client)
    assert len(server.seen) == 100


def test_a_folder_that_is_not_shared_names_folder_and_e_mail() -> None:
    """Shows that 404 for a folder names the folder's link and the e-mail to share it with."""
    body = {"error": {"code": 404, "message": "File not found: .", "errors": [{"reason": "notFound"}]}}
    with WireServer(answer(404, body)) as server, client_of(server) as client, pytest.raises(AccessDenied) as raised:
        spreadsheets_in(FOLDER, client)
    assert raised.value.key == "google.no_folder"
    assert raised.value.params == {"link": f"https://drive.google.com/drive/folders/{FOLDER}", "email": EMAIL}


def test_drive_does_not_use_up_the_quota_of_sheets() -> None:
    """Shows that listing waits for no quota, and that Drive's throttling in HTML is outlived."""
    clock = Clock()
    html = answer(429, "<html>Sorry</html>", kind="text/html")
    with (
        WireServer(listed("a"), listed("a"), html, listed("a")) as server,
        client_of(server, clock, limits=Limits(1, 1)) as client,
    ):
        for _ in range(3):
            assert len(spreadsheets_in(FOLDER, client)) == 1
    assert len(clock.slept) == 1
    assert clock.slept[0] < 10


def test_a_strange_name_of_a_folder_stays_in_its_quotes() -> None:
    """Shows that an id with a quote in it cannot widen the search."""
    with WireServer(answer(200, {"files": []})) as server, client_of(server) as client:
        spreadsheets_in("x' or 'y", client)
    assert server.seen[0].params["q"][0].startswith("'x\\' or \\'y' in parents and ")
