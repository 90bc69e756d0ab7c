"""``sheetsync adopt``: what is understood of a workbook that somebody made on their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.cli.conftest import Caller
from tests.cli.spreadsheets import firm

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

GOALS: list[list[object]] = [
    ["BẢNG KPI PHÒNG KINH DOANH"],
    [],
    ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Trọng số (%)", "Người thực hiện", "Link Trello"],
    [1, "Doanh thu thuần của phòng", "triệu đồng", 1200, 950, 60, "Trần Thị Bình", "A7"],
    [2, "Số khách hàng mới ký hợp đồng", "khách", 40, 38, 40, "Lê Hoàng Nam", "A8"],
]
INVOICE: list[list[object]] = [["STT", "Tên hàng", "ĐVT", "Số lượng", "Đơn giá"], [1, "Bút", "cái", 10, 5000]]


def write(path: Path, rows: list[list[object]]) -> Path:
    """Write a workbook of one worksheet."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("KD")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def test_the_json_form_is_the_contract(call: Caller, here: Path) -> None:
    """Shows sheet, kind, layout, rows, and each concept with its columns, confidence and reason."""
    done = call("adopt", str(write(here / "kpi.xlsx", GOALS)), "--json")
    (table,) = json.loads(done.out)["tables"]
    assert done.code == 0
    assert {name: table[name] for name in ("sheet", "kind", "layout")} == {
        "sheet": "KD",
        "kind": "kpi",
        "layout": "flat",
    }
    assert (table["header_rows"], table["first_data_row"], table["last_data_row"]) == ([3], 4, 5)
    assert table["columns"] == {
        "order": ["A"], "kpi": ["B"], "unit": ["C"], "target": ["D"], "current": ["E"], "weight": ["F"], "owner": ["G"],
    }  # fmt: skip
    assert table["confidence"].keys() == table["reasons"].keys() == table["columns"].keys()
    assert all(0 < sure <= 1 for sure in table["confidence"].values())
    assert [left["column"] for left in table["unmapped"]] == ["H"]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Left alone: H “Link Trello”"), ("vi", "Để nguyên: H “Link Trello”")]
)
def test_a_person_sees_meaning_column_reason_and_samples(call: Caller, here: Path, language: str, told: str) -> None:
    """Shows the table on the screen in both languages, with what was left alone."""
    done = call("--lang", language, "adopt", str(write(here / "kpi.xlsx", GOALS)))
    assert done.code == 0
    assert told in done.out
    assert "Doanh thu thuần của" in done.out
    assert "1.200" in done.out or "1,200" in done.out


@pytest.mark.parametrize(
    ("language", "told"), [("en", "no OKR or KPI table found"), ("vi", "không tìm thấy bảng OKR hay KPI")]
)
def test_a_workbook_without_goals_is_told_with_the_nearest_row(
    call: Caller, here: Path, language: str, told: str
) -> None:
    """Shows that an invoice ends with 1, and names the row that came nearest and what it lacks."""
    done = call("--lang", language, "adopt", str(write(here / "invoice.xlsx", INVOICE)))
    assert done.code == 1
    assert told in done.err
    assert "KD" in done.err


def test_an_empty_workbook_is_told_plainly(call: Caller, here: Path) -> None:
    """Shows that nothing at all is said as such."""
    done = call("--lang", "en", "adopt", str(write(here / "empty.xlsx", [])))
    assert done.code == 1
    assert "the workbook is empty" in done.err


def test_a_missing_file_is_a_mistake_in_the_call(call: Caller) -> None:
    """Shows the exit code of a usage error, with the path."""
    done = call("--lang", "en", "adopt", "none.xlsx")
    assert done.code == 2
    assert "none.xlsx" in done.err


@pytest.mark.usefixtures("signed_in")
def test_a_google_spreadsheet_is_understood_alike(call: Caller, sheets_server: SheetsServer) -> None:
    """Shows that a spreadsheet is only read, with one request, and its columns are found."""
    spreadsheet = sheets_server.add(firm())
    done = call("adopt", f"https://docs.google.com/spreadsheets/d/{spreadsheet.id}/edit", "--json")
    assert done.code == 0
    columns = json.loads(done.out)["tables"][0]["columns"]
    assert {"objective", "key_result", "target", "current"} <= columns.keys()
    assert all(request.method == "GET" for request in sheets_server.requests if "/v4/spreadsheets" in request.path)
