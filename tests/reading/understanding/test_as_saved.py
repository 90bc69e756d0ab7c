"""Excel files as programs save them: formulas with and without values, lists, hidden parts, exports of Google's."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.datavalidation import DataValidation

from sheetsync.backends.excel import ExcelBackend
from sheetsync.reading.understanding import Table, understand
from sheetsync.workbook import CellValue
from tests.reading.understanding.detailed import VOCABULARY

WORDS = {
    "vi": (
        ["STT", "Mục tiêu", "Kết quả then chốt", "Đơn vị", "Đầu kỳ", "Kế hoạch", "Hiện tại", "Kết quả", "Phụ trách"],
        ["Tăng trưởng bền vững", "Doanh thu thuần đạt kế hoạch"],
        ("triệu đồng", "%", "người"),
        ("Phòng Kinh doanh", "Phòng Nhân sự"),
    ),
    "en": (
        ["No.", "Objective", "Key result", "Measure", "Baseline", "Goal", "Current", "Achieved", "Owner"],
        ["Grow in a healthy way", "Net revenue reaches the plan"],
        ("USD", "%", "people"),
        ("Alice Brown", "John Smith"),
    ),
}
FORMULA = "=IFERROR((G{row}-E{row})/(F{row}-E{row}),0)"


def understood(path: Path) -> tuple[Table, ...]:
    """Read a file and understand it."""
    return understand(ExcelBackend(path).read(), VOCABULARY).tables


def concepts(table: Table) -> dict[str, str]:
    """Give the letters of each column with its concept."""
    return {column.letters: column.concept for column in table.columns}


def row_of(language: str, number: int) -> list[CellValue]:
    """Give one row of data, its unit and owner still empty."""
    goal, result = WORDS[language][1]
    return [number, goal, f"{result} {number}", None, 10, 100, 10 + number * 7]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_workbook_that_no_program_has_calculated(tmp_path: Path, language: str) -> None:
    """Shows that formulas without values, lists on a hidden worksheet and hidden parts are all understood."""
    header, _, units, people = WORDS[language]
    book = openpyxl.Workbook()
    sheet, lists = book.active, book.create_sheet("Danh mục")
    assert sheet is not None
    sheet.title, lists.sheet_state = "OKR", "hidden"
    sheet.append(header)
    for number in range(1, 9):
        sheet.append([*row_of(language, number), FORMULA.format(row=number + 1)])
    for column, (head, texts) in enumerate((("Unit", units), ("Name", people)), 1):
        for row, text in enumerate((head, *texts), 1):
            lists.cell(row, column, text)
    for cells, letter in (("D2:D200", "A"), ("I2:I200", "B")):
        source = f"'Danh mục'!${letter}$2:${letter}$4"
        sheet.add_data_validation(DataValidation(type="list", formula1=source, sqref=cells))
    sheet.auto_filter.ref = "A1:I9"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["E"].hidden = True
    book.save(tmp_path / "x.xlsx")
    (table,) = understood(tmp_path / "x.xlsx")
    owner = "team" if language == "vi" else "owner"
    assert concepts(table) == {
        "A": "order", "B": "objective", "C": "key_result", "D": "unit", "E": "baseline", "F": "target", "G": "current",
        "H": "progress", "I": owner,
    }  # fmt: skip
    assert (table.hidden_columns, table.hidden_rows, table.filtered) == ((5,), 1, True)
    assert (table.first_data_row, table.last_data_row) == (2, 9)


def test_an_export_of_google(tmp_path: Path) -> None:
    """Shows that what Excel cannot compute reads as its cached values, and that its formulas are heard all the same."""
    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        sheet = book.add_worksheet("KPI")
        sheet.write_row(0, 0, ["Tên KPI", "Kế hoạch", "Thực hiện", "Kết quả", "Xu hướng"])
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"Chỉ số hiệu quả thứ {row}", 100])
            fetched = f'IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(""1AbC"",""Log!B{row}"")"),{row * 9})'
            sheet.write_formula(row, 2, fetched, None, row * 9)
            inner = "ARRAYFORMULA(C2:C/B2:B)" if row == 1 else '""COMPUTED_VALUE""'
            sheet.write_formula(row, 3, f'IFERROR(__xludf.DUMMYFUNCTION("{inner}"),{row * 0.09})', None, row * 0.09)
            sheet.write_formula(row, 4, 'IFERROR(__xludf.DUMMYFUNCTION("SPARKLINE(B2:C2)"),"")', None, "")
    (table,) = understood(tmp_path / "x.xlsx")
    told = concepts(table)
    assert {letter: told.get(letter) for letter in "ABCD"} == {
        "A": "kpi",
        "B": "target",
        "C": "current",
        "D": "progress",
    }
    assert table.of("current")[0].samples == (9, 18, 27)


def test_shared_formulas(tmp_path: Path) -> None:
    """Shows that formulas which Excel stores once for a whole column are heard in each of its rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["KPI", "Target", "Actual", "Result"])
    for row in range(2, 7):
        sheet.append([f"Net revenue of region {row}", 100, row * 9, "=C2/B2" if row == 2 else None])
    book.save(tmp_path / "x.xlsx")
    _share(tmp_path / "x.xlsx")
    (table,) = understood(tmp_path / "x.xlsx")
    assert concepts(table) == {"A": "kpi", "B": "target", "C": "current", "D": "progress"}


def _share(path: Path) -> None:
    """Let the formula of D2 be shared by the four cells below it, as Excel stores what was filled down."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    xml = members[name].replace(b"<f>C2/B2</f>", b'<f t="shared" ref="D2:D6" si="0">C2/B2</f>')
    for row in range(3, 7):
        end = b"</row>"
        start = xml.index(b'<row r="%d"' % row)
        at = xml.index(end, start)
        xml = xml[:at] + b'<c r="D%d"><f t="shared" si="0"/><v>0.5</v></c>' % row + xml[at:]
    members[name] = xml
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)
