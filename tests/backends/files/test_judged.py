"""What LibreOffice saves as .xls, .ods and .csv, read back: a second program says what these files are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.files.opening import open_file
from sheetsync.workbook import CellValue, Worksheet
from tests.libreoffice import converted

pytestmark = pytest.mark.libreoffice

WIDTH, HEIGHT = 9, 40


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workbook with values of every kind, percentages, merges, formulas, notes and a hidden worksheet."""
    path = tmp_path_factory.mktemp("judged") / "kpi.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, hidden = book.add_worksheet("KPI phòng"), book.add_worksheet("Ẩn")
        share, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range(0, 0, 0, 4, "BẢNG KPI “quý 4” <&>")
        sheet.write_row(2, 0, ["STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ", "Hạn", "Đạt"])
        for row in range(3, HEIGHT):
            sheet.write_row(row, 0, [row, f"Chỉ tiêu số {row}; dòng\nhai", row * 1.5, -row])
            sheet.write_number(row, 4, row / 100, share)
            sheet.write_datetime(row, 5, datetime(2026, 1, 1 + row % 28), day)
            sheet.write_formula(row, 6, f"=C{row + 1}*2", None, row * 3)
        sheet.write_comment(3, 1, "Xem lại")
        hidden.write_string(5, 2, "ở đây")
        hidden.hide()
    return path


def grid(sheet: Worksheet) -> list[list[CellValue]]:
    """Give the values of a worksheet; numbers as floats, which not every format tells from whole ones."""
    found = [[sheet.value(row, column) for column in range(1, WIDTH)] for row in range(1, HEIGHT + 1)]
    return [[float(value) if type(value) is int else value for value in row] for row in found]


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_another_programs_file_reads_as_its_source(source: Path, tmp_path: Path, form: str) -> None:
    """Shows the same values, percent signs, formulas, merges and hidden worksheets as in the workbook saved so."""
    (path,) = converted([source], tmp_path, form)
    before, after = ExcelBackend(source).read(), open_file(path).read()
    assert [(sheet.name, sheet.hidden) for sheet in after.sheets] == [(one.name, one.hidden) for one in before.sheets]
    for one, two in zip(before.sheets, after.sheets, strict=True):
        assert grid(two) == grid(one)
        assert (two.merges, set(two.formulas)) == (one.merges, set(one.formulas))
    shares = [
        [sheet.is_percent(row, column) for column in range(1, WIDTH)]
        for sheet in (before.sheets[0], after.sheets[0])
        for row in range(1, HEIGHT + 1)
    ]
    assert shares[:HEIGHT] == shares[HEIGHT:]
    if form == "ods":
        assert after.sheets[0].notes == {(4, 2): "Xem lại"}


def test_another_programs_text_file_reads_as_it_is_shown(source: Path, tmp_path: Path) -> None:
    """Shows the texts of the first worksheet, with separators and line breaks inside them."""
    converted([source], tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1")
    (sheet,) = open_file(tmp_path / "kpi.csv").read().sheets
    assert sheet.value(1, 1) == "BẢNG KPI “quý 4” <&>"
    assert [sheet.value(5, column) for column in range(1, 8)] == [
        "4", "Chỉ tiêu số 4; dòng\nhai", "6", "-4", "4.0%", "05/01/2026", "12",
    ]  # fmt: skip
