"""The server is a real one: open connections, packed answers, a token that is asked for, a quick end."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.sheets_server.asking import Asker
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.wire import Request

BOOK = "1" + "b" * 43
HERE = f"/v4/spreadsheets/{BOOK}"
RENAME = {"requests": [{"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}]}


@pytest.fixture
def server(sheets_server: SheetsServer) -> SheetsServer:
    """Give a server with one spreadsheet."""
    sheets_server.add(Spreadsheet(BOOK, title="Old"))
    return sheets_server


@pytest.fixture
def ask(server: SheetsServer) -> Iterator[Asker]:
    """Give a client of the server."""
    asker = Asker(server)
    yield asker
    asker.close()


def test_one_connection_carries_many_requests(ask: Asker) -> None:
    """Shows that the connection stays open, as Google's does."""
    ask("GET", f"{HERE}?fields=spreadsheetId")
    first = ask.connection.sock.getsockname()
    assert ask("GET", f"{HERE}?fields=spreadsheetId").status == 200
    assert ask.connection.sock.getsockname() == first


def test_answers_are_packed_for_who_reads_that(ask: Asker) -> None:
    """Shows that the same answer comes in gzip if that is accepted, and plain if not."""
    plain = ask("GET", HERE)
    packed = ask("GET", HERE, Accept_Encoding="gzip, deflate")
    assert packed.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.body)) == plain.body
    assert "content-encoding" not in plain.headers


def test_answers_are_indented_unless_told(ask: Asker) -> None:
    """Shows that `prettyPrint=false` makes the answer smaller and says the same."""
    long, short = ask("GET", HERE), ask("GET", f"{HERE}?prettyPrint=false")
    assert long.body == short.body
    assert int(short.headers["content-length"]) < int(long.headers["content-length"])


def test_space_in_a_mask_is_refused(ask: Asker) -> None:
    """Shows that Sheets takes the space behind a comma for a part of the field's name, which it then does not know."""
    assert ask("GET", f"{HERE}?fields=spreadsheetId,properties.title").status == 200
    reply = ask("GET", f"{HERE}?fields=spreadsheetId,%20properties.title")
    violation = reply.body["error"]["details"][0]["fieldViolations"][0]
    assert (reply.status, violation["field"]) == (400, " properties.title")


@pytest.mark.parametrize("token", [None, "ya29.unknown"])
def test_without_a_token_is_a_401(ask: Asker, token: str | None) -> None:
    """Shows that nobody gets in without a token, or with one that is not ours."""
    ask.token = token
    reply = ask("GET", HERE)
    assert (reply.status, reply.body["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_tokens_run_out_at_the_server(server: SheetsServer, ask: Asker) -> None:
    """Shows that a token whose time is over is a 401."""
    ask.token = server.token(lifetime=0)
    assert ask("GET", HERE).status == 401


def test_looking_scope_does_not_write(server: SheetsServer) -> None:
    """Shows that a token for reading only reads, and that writing with it is Google's 403."""
    ask = Asker(server, "spreadsheets.readonly")
    assert ask("GET", HERE).status == 200
    reply = ask("POST", f"{HERE}:batchUpdate", RENAME)
    ask.close()
    assert (reply.status, reply.reason) == (403, "Request had insufficient authentication scopes.")
    assert reply.body["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert server.spreadsheets[BOOK].title == "Old"


def test_sheets_scope_does_not_list_drive(server: SheetsServer) -> None:
    """Shows that the scope for spreadsheets alone opens no folder."""
    ask = Asker(server, "spreadsheets")
    reply = ask("GET", "/drive/v3/files")
    ask.close()
    assert reply.status == 403
    assert reply.body["error"]["errors"][0]["reason"] == "insufficientPermissions"


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", HERE), ("GET", "/v5/spreadsheets"), ("POST", "/upload/drive/v2/files/abc")]
)
def test_unknown_operations_are_refused(ask: Asker, method: str, path: str) -> None:
    """Shows that what the API has not is a 400, and nothing is guessed."""
    assert ask(method, path).status == 400


def test_unreadable_json_is_refused(ask: Asker) -> None:
    """Shows that a body that is no JSON is a 400 and changes nothing."""
    reply = ask("POST", f"{HERE}:batchUpdate", b'{"requests": [', Content_Type="application/json")
    assert (reply.status, reply.reason.partition(".")[0]) == (400, "Invalid JSON payload received")


def test_requests_are_counted(server: SheetsServer, ask: Asker) -> None:
    """Shows what the log keeps of each request, and how reads and writes are counted."""
    ask("GET", f"{HERE}?fields=spreadsheetId&ranges=A1&ranges=B2")
    ask("POST", f"{HERE}:batchUpdate", RENAME)
    ask("GET", "/drive/v3/files")
    first, second, third = server.requests
    assert (first.number, first.operation, first.params["ranges"]) == (1, "sheets.spreadsheets.get", ["A1", "B2"])
    assert (second.status, second.body, second.reads) == (200, RENAME, False)
    assert third.operation == "drive.files.list"
    assert (server.reads, server.writes) == (1, 1)


def test_somebody_may_edit_between_two_requests(server: SheetsServer, ask: Asker) -> None:
    """Shows that a callback runs before a request is answered, and what it edits is in the answer."""

    def edit(number: int, request: Request) -> None:
        if number == 2:
            server.spreadsheets[BOOK].enter("Sheet1", [["typed"]])

    server.on_request(edit)
    before = ask("GET", f"{HERE}/values/A1").body
    after = ask("GET", f"{HERE}/values/A1").body
    assert "values" not in before
    assert after["values"] == [["typed"]]


def test_answers_outside_the_schema_are_noted(server: SheetsServer, ask: Asker) -> None:
    """Shows that the stand-in's own mistakes are violations, which fail a test by the fixture."""
    server.spreadsheets[BOOK].book.properties["autoRecalc"] = 7
    ask("GET", HERE)
    assert [one.partition("the answer: ")[2] for one in server.violations] == [
        "Invalid value at 'properties.auto_recalc' (type.googleapis.com/google.apps.sheets.v4.AutoRecalc), 7"
    ]
    server.violations.clear()


def test_errors_of_the_stand_in_are_noted(server: SheetsServer, ask: Asker) -> None:
    """Shows that an exception inside is a 500 for the client and a violation for the test."""
    server.spreadsheets["other"] = 5  # type: ignore[assignment]
    assert ask("GET", "/v4/spreadsheets/other").status == 500
    assert "AttributeError" in server.violations[0]
    server.violations.clear()


def test_ends_though_a_connection_is_open() -> None:
    """Shows that the end waits for nobody: a client that keeps its connection open is hung up on, within a second."""
    with SheetsServer() as server:
        ask = Asker(server)
        ask("GET", HERE)
        begun = time.monotonic()
    took = time.monotonic() - begun
    ask.close()
    assert took < 1
    assert not [one for one in threading.enumerate() if one.name.startswith("Thread") and "process_request" in one.name]


def test_listens_on_the_loopback_only(server: SheetsServer) -> None:
    """Shows that nobody outside the machine reaches it."""
    assert urlsplit(server.url).hostname == "127.0.0.1"


def test_many_clients_write_one_after_the_other(server: SheetsServer) -> None:
    """Shows that each request is atomic: of eight appends at once every row is there."""
    path = f"{HERE}/values/A1:append?valueInputOption=RAW"

    def append(number: int) -> None:
        ask = Asker(server)
        ask("POST", path, {"values": [[number, number]]})
        ask.close()

    threads = [threading.Thread(target=append, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    rows = server.spreadsheets[BOOK].values_get("Sheet1", {})["values"]
    assert sorted(rows) == [[str(number), str(number)] for number in range(8)]
