"""Recordings of a user's spreadsheet: true in form, empty of everything of his, and taken by the replay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sheetsync.backends.google.http import SheetsClient, connect
from sheetsync.backends.google.keys import load, parse
from sheetsync.backends.google.recording import HEADERS, record
from tests.sheets_server import recordings
from tests.sheets_server.replay import Replay
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

ID = "1mVhNbUaKcYqLdTtGxZpRrEwSsAaQqBbCcDdEeFfGgHh"
TEXTS = {
    "A1": "Mã", "B1": "Mục tiêu", "C1": "Thực hiện", "D1": "Ngày", "A2": "O-1", "B2": "Khách hàng quay lại",
    "A3": "KR-1", "B3": "Đơn hàng lặp lại của công ty Minh Long", "C3": "165", "D3": "18/11/2025", "A4": "KR-2",
    "B4": "Liên hệ an.nguyen@minhlong.vn hoặc https://minhlong.vn/okr", "C4": "0,35", "C5": "=SUM(C3:C4)*1500000",
    "B5": '=IF(C5>100;"Vượt kế hoạch";VLOOKUP(A3;\'Bảng lương\'!A:B;2;FALSE))', "C6": "TRUE", "C7": "=1/0",
}  # fmt: skip
SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)


@pytest.fixture
def firm(sheets_server: SheetsServer) -> Spreadsheet:
    """Put a small firm's spreadsheet on the server, with names, formulas, dates and an error in it."""
    made = Spreadsheet(ID, title="OKR Minh Long Food 2025", locale="vi_VN", time_zone="Asia/Ho_Chi_Minh")
    made.add_sheet("Bảng lương")
    made.enter("Bảng lương", [["Nguyễn Văn An", 25_000_000], ["Trần Thị Bình", 31_500_000]])
    made.rename_sheet("Sheet1", "OKR công ty")
    for place, text in TEXTS.items():
        made.type("OKR công ty", place, text)
    return sheets_server.add(made)


@pytest.fixture
def client(sheets_server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsClient]:
    """Give a client that may write, signed in with a key of the server's."""
    monkeypatch.setenv("SHEETSYNC_GOOGLE_ENDPOINT", sheets_server.url)
    info = parse(sheets_server.key_file(tmp_path).read_text(), "key")
    with connect(load("service_account", info, SCOPES, "key"), writing=True) as made:
        yield made


def words(text: str) -> set[str]:
    """Give the runs of four and more letters, without regard to case."""
    return {run.casefold() for run in re.findall(r"[^\W\d_]{4,}", text)}


def test_nothing_of_the_firm_is_in_it(firm: Spreadsheet, client: SheetsClient, sheets_server: SheetsServer) -> None:
    """Shows that no word, name, address, id or figure of the spreadsheet stands in the file, nor a key or token."""
    recording = record(ID, client, try_write=True)
    own = words(" ".join([*TEXTS.values(), firm.title, "Bảng lương OKR công ty Nguyễn Trần Bình"]))
    texts = words(recording.content) & own
    assert texts <= {"vlookup", "false", "true", "minh", "https"}  # of formulas, and of Asia/Ho_Chi_Minh
    for secret in (ID, "25000000", "31500000", "1500000", "minhlong", "Bearer", "ya29", "robot@", "127.0.0.1"):
        assert secret not in recording.content
    assert [token for token in sheets_server.service.tokens.issued if token in recording.content] == []


def test_only_harmless_headers_stay(firm: Spreadsheet, client: SheetsClient) -> None:
    """Shows that of the headers only those stay that say how a body is packed."""
    told = json.loads(record(ID, client, try_write=True).content)
    sides = [one[side] for one in told["interactions"] for side in ("request", "response")]
    assert {name.lower() for side in sides for name in side["headers"]} <= HEADERS


def test_it_reads_alone_unless_writing_is_allowed(
    firm: Spreadsheet, client: SheetsClient, sheets_server: SheetsServer
) -> None:
    """Shows that without leave one request goes out, a read with the mask of a run."""
    recording = record(ID, client, try_write=False)
    assert (recording.interactions, sheets_server.reads, sheets_server.writes) == (1, 1, 0)


def test_the_write_changes_nothing(firm: Spreadsheet, client: SheetsClient) -> None:
    """Shows that the spreadsheet is the same before and after a recording with a write."""
    before = firm.resource(grid_data=True)
    assert record(ID, client, try_write=True).interactions == 2
    assert firm.resource(grid_data=True) == before


def test_the_replay_takes_it(firm: Spreadsheet, client: SheetsClient, tmp_path: Path) -> None:
    """Shows that a server which knows only the recording answers its requests as the first one did."""
    recording = record(ID, client, try_write=True)
    path = tmp_path / recording.name
    path.write_text(recording.content, encoding="utf-8")
    with SheetsServer() as fresh:
        compared = Replay(fresh).run(recordings.read(path))
    assert [one.differences for one in compared] == [(), ()]


def test_formulas_keep_what_they_are_made_of(firm: Spreadsheet, client: SheetsClient) -> None:
    """Shows that functions and references of the formulas are still there, and point at the renamed worksheet."""
    recording = record(ID, client, try_write=False)
    answer = json.loads(json.loads(recording.content)["interactions"][0]["response"]["body"]["string"])
    titles = [sheet["properties"]["title"] for sheet in answer["sheets"]]
    formulas = re.findall(
        r'formulaValue":"((?:[^"\\]|\\.)*)"', json.dumps(answer, separators=(",", ":"), ensure_ascii=False)
    )
    assert any("SUM(C3:C4)" in formula for formula in formulas)
    (looked,) = [formula for formula in formulas if "VLOOKUP(A3" in formula]
    assert any(f"'{title}'!A:B" in looked for title in titles)


def test_what_is_told_of_it_is_so(firm: Spreadsheet, client: SheetsClient) -> None:
    """Shows that the counts are those of the spreadsheet, and that the example is out of the file."""
    recording = record(ID, client, try_write=False)
    assert (recording.sheets, recording.cells) == (2, len(TEXTS) + 4)
    assert recording.sample
    assert recording.sample in recording.content
    assert ID[:4] not in recording.name
