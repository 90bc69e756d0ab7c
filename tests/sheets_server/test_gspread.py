"""gspread and google-auth, as they are, work with the stand-in: from the signed token to the cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gspread
import pytest
from gspread.utils import ValueRenderOption
from requests import Response

from tests.sheets_server import faults
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

BOOK = "1" + "g" * 43


@pytest.fixture
def client(sheets_server: SheetsServer, tmp_path: Path) -> Iterator[gspread.Client]:
    """Give gspread's own client, signed in with a service account's key, whose requests go to the stand-in."""
    sheets_server.add(Spreadsheet(BOOK, title="Quarter"))
    base = sheets_server.url

    class Redirected(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *more: Any, **named: Any) -> Response:
            return super().request(method, base + urlsplit(endpoint).path, *more, **named)

    found = gspread.service_account(str(sheets_server.key_file(tmp_path)), http_client=Redirected)
    yield found
    found.http_client.session.close()


def test_token_is_fetched_by_the_signed_way(sheets_server: SheetsServer, client: gspread.Client) -> None:
    """Shows that one signed request to `/token` serves for many requests."""
    book = client.open_by_key(BOOK)
    assert (book.title, book.sheet1.title) == ("Quarter", "Sheet1")
    assert len(sheets_server.token_requests) == 1


def test_values_are_written_and_read(client: gspread.Client) -> None:
    """Shows that what gspread writes it reads back, typed and as formulas."""
    sheet = client.open_by_key(BOOK).sheet1
    sheet.update([["KR1", 0.5], ["KR2", "=B1*2"]], "A1", raw=False)
    assert sheet.get_values("A1:B2", value_render_option=ValueRenderOption.unformatted) == [["KR1", 0.5], ["KR2", 1]]
    assert sheet.acell("B2", value_render_option=ValueRenderOption.formula).value == "=B1*2"


def test_sheets_are_added_and_deleted(client: gspread.Client) -> None:
    """Shows that gspread's worksheets come and go."""
    book = client.open_by_key(BOOK)
    added = book.add_worksheet("Second", 10, 5)
    assert [one.title for one in book.worksheets()] == ["Sheet1", "Second"]
    book.del_worksheet(added)
    assert [one.title for one in book.worksheets()] == ["Sheet1"]


def test_refused_token_is_fetched_anew(sheets_server: SheetsServer, client: gspread.Client) -> None:
    """Shows that google-auth meets one 401 with a new token and asks again."""
    sheets_server.fail(faults.unauthorized(), at=1)
    assert client.open_by_key(BOOK).title == "Quarter"
    assert len(sheets_server.token_requests) == 2


def test_errors_are_those_gspread_knows(sheets_server: SheetsServer, client: gspread.Client) -> None:
    """Shows that gspread finds its own exceptions in our answers."""
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key("nowhere")
    sheets_server.deny(BOOK, "not_shared")
    with pytest.raises(PermissionError):
        client.open_by_key(BOOK)
