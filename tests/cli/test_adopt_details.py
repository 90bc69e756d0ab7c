"""``sheetsync adopt`` and ``check`` on workbooks with formulas, dropdown lists, and hidden parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.cli.conftest import Caller
from tests.cli.spreadsheets import numbered
from tests.sheets_server.spreadsheet import Spreadsheet

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

HEADER = ["Mục tiêu", "Kết quả then chốt", "Đơn vị", "Kế hoạch", "Thực hiện", "Kết quả", "Ghi chú"]
ROWS = [["Tăng trưởng bền vững", f"Doanh thu khu vực {number}", None, 100, 40 + number] for number in range(1, 6)]


def uncalculated(path: Path) -> Path:
    """Write a workbook as programs do that do not calculate, with a list, a hidden column, and a filter."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "OKR"
    sheet.append(HEADER)
    for row, cells in enumerate(ROWS, 2):
        sheet.append([*cells, f"=IFERROR(E{row}/D{row},0)", "xem báo cáo tháng"])
    sheet.add_data_validation(DataValidation(type="list", formula1='"triệu đồng,%,người"', sqref="C2:C90"))
    sheet.column_dimensions["G"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:G6"
    book.save(path)
    return path


def test_formulas_without_values_are_understood_and_reported(call: Caller, here: Path) -> None:
    """Shows that adopt takes the quotient for progress and the list for units, and says that nobody calculated."""
    done = call("adopt", str(uncalculated(here / "okr.xlsx")), "--json")
    told = json.loads(done.out)
    (table,) = told["tables"]
    assert table["columns"] == {
        "objective": ["A"], "key_result": ["B"], "unit": ["C"], "target": ["D"], "current": ["E"], "progress": ["F"],
        "notes": ["G"],
    }  # fmt: skip
    assert table["reasons"]["progress"] == "its formulas divide column E by column D"
    assert table["reasons"]["unit"] == "its dropdown list fits: triệu đồng, %, người"
    assert [one["code"] for one in told["findings"] if one["code"].startswith("WS117")] == ["WS117"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["hidden columns, which are read all the same: G", "by the filter, which are read all the same: 1"]),
        ("vi", ["cột đang ẩn, vẫn được đọc: G", "bị bộ lọc che, vẫn được đọc: 1"]),
    ],
)
def test_what_is_hidden_is_said(call: Caller, here: Path, language: str, lines: list[str]) -> None:
    """Shows that a person hears of hidden columns and rows, in their language and as data."""
    path = str(uncalculated(here / "okr.xlsx"))
    shown = " ".join(call("--lang", language, "adopt", path, "--no-input").out.split())
    assert all(line in shown for line in lines)
    (table,) = json.loads(call("adopt", path, "--json").out)["tables"]
    assert (table["hidden"], table["filtered"]) == ({"columns": ["G"], "rows": 1}, True)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "holds no value for any of its formulas"), ("vi", "không tính toán")]
)
def test_a_table_made_of_formulas_is_not_called_empty(call: Caller, here: Path, language: str, told: str) -> None:
    """Shows that a workbook that only fetches its cells, and was never calculated, is not said to be empty."""
    book = openpyxl.Workbook()
    sheet, data = book.active, book.create_sheet("Data")
    assert sheet is not None
    lines: list[list[object]] = [list(HEADER)]
    lines += [list(row) for row in ROWS]
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            data.cell(row, column, f"={value!r}")
            sheet.cell(row, column, f"=Data!{data.cell(row, column).coordinate}")
    book.save(here / "x.xlsx")
    done = call("--lang", language, "adopt", str(here / "x.xlsx"), "--no-input")
    assert told in " ".join(done.err.split())
    assert done.code == 1


def test_check_says_that_nobody_calculated(call: Caller, here: Path) -> None:
    """Shows that the finding names the worksheet, the count and what to do."""
    done = call("--lang", "vi", "check", str(uncalculated(here / "okr.xlsx")))
    assert "Tệp không lưu kết quả của công thức nào trong 5 công thức ở trang tính OKR" in " ".join(done.out.split())
    assert done.code == 1


@pytest.mark.usefixtures("signed_in")
def test_a_google_spreadsheet_tells_its_lists_in_one_request(call: Caller, sheets_server: SheetsServer) -> None:
    """Shows that adopt asks Google for dropdown lists and hidden columns in the one request that reads the values."""
    made = Spreadsheet(numbered(7), "OKR")
    made.enter("Sheet1", [HEADER, *ROWS])
    for row in range(2, 7):
        made.type("Sheet1", f"F{row}", f"=E{row}/D{row}")
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 90, "startColumnIndex": 2, "endColumnIndex": 3}
    condition = {
        "type": "ONE_OF_LIST",
        "values": [{"userEnteredValue": text} for text in ("Phòng IT", "Phòng Kế toán")],
    }
    hidden = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 6, "endIndex": 7}
    made.batch_update(
        {
            "requests": [
                {"setDataValidation": {"range": area, "rule": {"condition": condition}}},
                {
                    "updateDimensionProperties": {
                        "range": hidden, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser",
                    }
                },
            ]
        }
    )  # fmt: skip
    sheets_server.add(made)
    done = call("adopt", f"https://docs.google.com/spreadsheets/d/{made.id}/edit", "--json")
    (table,) = json.loads(done.out)["tables"]
    assert {name: table["columns"][name] for name in ("team", "progress")} == {"team": ["C"], "progress": ["F"]}
    assert table["hidden"]["columns"] == ["G"]
    assert sheets_server.reads == 1


@pytest.mark.parametrize(
    ("language", "told"), [("en", "a target for the whole year"), ("vi", "chỉ tiêu ghi cho cả năm")]
)
def test_a_target_for_the_year_beside_months_is_said(call: Caller, here: Path, language: str, told: str) -> None:
    """Shows that the trait of a sheet with one target for twelve months has its words in both languages."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["KPI", "Annual target", *(f"T{month}" for month in range(1, 7))])
    sheet.append(["Revenue", 1200, *[95] * 6])
    sheet.append(["New customers", 120, *[9] * 6])
    book.save(here / "year.xlsx")
    done = call("--lang", language, "adopt", "year.xlsx", "--yes")
    assert told in done.out
    assert done.code == 0


WEEKS = ["Objective", "Key result", "Start", "Target", *(f"Week {number}" for number in range(40, 48))]


def _weekly(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["OKRs Q4 2026"])
    sheet.append(WEEKS)
    sheet.append(["The new shop does well", "Orders a day", 0, 80])
    sheet.append(["The new shop does well", "Visitors a day", 0, 200, 20, 45, 60, 80, 95, 110, 130])
    sheet.append(["The new shop does well", "Staff who passed the exam", 0, 10, 0, 1])
    book.save(path)
    return path


def test_columns_of_weeks_are_check_ins(call: Caller, here: Path) -> None:
    """Shows that weeks with dates need no column Check-in, and that a goal which nobody updates is noticed."""
    path = str(_weekly(here / "weeks.xlsx"))
    call("adopt", path, "--yes")
    (checked,) = json.loads(call("check", "--json", "--today", "2026-11-21").out)["workbooks"]
    found = {one["code"]: one for one in checked["findings"]}
    assert "PR410" not in found
    assert found["PR411"]["cell"] == "Sheet!B5"
