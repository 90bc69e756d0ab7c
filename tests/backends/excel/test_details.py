"""What a worksheet is made of: formulas, dropdown lists, hidden rows and columns, filters."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.shifted import shifted
from sheetsync.details import Choice, Details, details_of
from sheetsync.workbook import Area
from tests.backends.excel.workbooks import parts, sheet_xml, written


def details(path: Path, rows: str, *, before: str = "", after: str = "") -> Details:
    """Give the details of the one worksheet of a workbook with these rows."""
    made = written(path / "x.xlsx", parts(sheet_xml(rows, before, after)))
    return details_of(ExcelBackend(made).read().sheets[0])


def formulas(told: Details, *places: tuple[int, int]) -> list[str | None]:
    """Give the formulas of some cells."""
    return [told.formula_at(*place) for place in places]


@pytest.mark.parametrize(
    ("text", "rows", "columns", "moved"),
    [
        ("F5/E5", 2, 0, "F7/E7"),
        ("F5/$E$5+F$5*$F5", 1, 2, "H6/$E$5+H$5*$F6"),
        ("SUM(A:A)/SUM(2:2)", 3, 1, "SUM(B:B)/SUM(5:5)"),
        ("SUM($A:$B)", 1, 1, "SUM($A:$B)"),
        ('IF(A1="A1","B2",LOG10(C3))', 1, 0, 'IF(A2="A1","B2",LOG10(C4))'),
        ("'Q4 A1'!B2+Sheet1!C3", 1, 1, "'Q4 A1'!C3+Sheet1!D4"),
        ("Table1[[#This Row],[A1]]*B2", 1, 0, "Table1[[#This Row],[A1]]*B3"),
        ("A1", -1, 0, "#REF!"),
        ("A1:B2", 0, -1, "#REF!:A2"),
    ],
)
def test_a_shared_formula_reads_as_its_cell_would_have_it(text: str, rows: int, columns: int, moved: str) -> None:
    """Shows that references move unless they are fixed, and that texts, names and worksheets do not."""
    assert shifted(text, rows, columns) == moved


def test_formulas_as_excel_writes_them(tmp_path: Path) -> None:
    """Shows plain, shared and array formulas, and that the prefixes of newer functions are left out."""
    rows = (
        '<row r="2"><c r="A2"><f>F2/E2&amp;"%"</f><v>1</v></c>'
        '<c r="B2"><f t="shared" ref="B2:B4" si="0">F2/$E$1</f><v>1</v></c>'
        '<c r="C2"><f t="array" ref="C2:C3">F2:F3/E2:E3</f><v>1</v></c></row>'
        '<row r="3"><c r="A3"><f>_xlfn.XLOOKUP(A2,B:B,C:C)</f></c><c r="B3"><f t="shared" si="0"/><v>1</v></c>'
        '<c r="C3"><v>2</v></c></row>'
        '<row r="4"><c r="A4"/><c r="B4" s="1"><f t="shared" si="0"></f><v>1</v></c>'
        '<c r="D4"><f>IFERROR(__xludf.DUMMYFUNCTION("SPARKLINE(A1:A3)"),"")</f><v></v></c></row>'
    )
    told = details(tmp_path, rows)
    assert formulas(told, (2, 1), (3, 1), (4, 1)) == ['F2/E2&"%"', "XLOOKUP(A2,B:B,C:C)", None]
    assert formulas(told, (2, 2), (3, 2), (4, 2)) == ["F2/$E$1", "F3/$E$1", "F4/$E$1"]
    assert formulas(told, (2, 3), (3, 3), (4, 3)) == ["F2:F3/E2:E3", "F2:F3/E2:E3", None]
    assert told.formula_at(4, 4) == 'IFERROR(DUMMYFUNCTION("SPARKLINE(A1:A3)"),"")'
    assert told.uncalculated == 2


def test_the_careful_reader_tells_the_same(tmp_path: Path) -> None:
    """Shows formulas, hidden rows, lists and the filter of a sheet in an odd form (a comment, cells without places)."""
    first = "<!-- by hand --><row><c><v>1</v></c><c><f>A1*2</f><v>2</v></c></row>"
    rows = first + '<row hidden="1"><c><f>B1</f><v>2</v></c></row>'
    after = (
        '<autoFilter ref="A1:B2"/><dataValidations count="1"><dataValidation type="list" sqref="B1:B9">'
        '<formula1>"a,b"</formula1></dataValidation></dataValidations>'
    )
    told = details(tmp_path, rows, before='<cols><col min="2" max="2" hidden="1"/></cols>', after=after)
    assert formulas(told, (1, 1), (1, 2), (2, 1)) == [None, "A1*2", "B1"]
    assert told[1:] == (
        (Choice((Area(1, 2, 9, 2),), ("a", "b")),), frozenset({2}), frozenset({2}), Area(1, 1, 2, 2), 0
    )  # fmt: skip


def test_lists_by_range_by_name_and_counted_out(tmp_path: Path) -> None:
    """Shows that every way in which a list refers to its texts is followed, also to a hidden worksheet."""
    book = openpyxl.Workbook()
    sheet, lists = book.active, book.create_sheet("Danh mục")
    assert sheet is not None
    sheet["A1"], sheet["H1"], sheet["H2"] = "Trạng thái", "x", 2
    for place, text in enumerate(["Đúng tiến độ", "Có rủi ro", "Chậm tiến độ"], 1):
        lists.cell(place, 1, text)
    lists["A5"], lists.sheet_state = "not of the list", "hidden"
    book.defined_names["states"] = DefinedName("states", attr_text="'Danh mục'!$A$1:$A$2")
    book.defined_names["again"] = DefinedName("again", attr_text="states")
    rules = {
        "A2:A9": '"Đạt, Không đạt,"',
        "B2:B5 C3": "'Danh mục'!$A$1:$A$3",
        "D2": "again",
        "E2": "OFFSET('Danh mục'!$A$1,0,0,COUNTA('Danh mục'!$A:$A),1)",
        "F2": 'INDIRECT("states")',
        "G2": "$H$1:$H$2",
        "L2": "$H:$H",
        "I2": "unknown_name",
        "J2": "Gone!$A$1:$A$2",
    }
    for places, formula in rules.items():
        rule = DataValidation(type="list", formula1=formula, sqref=places)
        sheet.add_data_validation(rule)
    sheet.add_data_validation(DataValidation(type="whole", formula1="1", formula2="5", sqref="K2"))
    book.save(tmp_path / "x.xlsx")
    told = details_of(ExcelBackend(tmp_path / "x.xlsx").read().sheets[0]).choices
    first, all_three = ("Đúng tiến độ", "Có rủi ro"), ("Đúng tiến độ", "Có rủi ro", "Chậm tiến độ")
    assert {(choice.areas[0][:2], len(choice.areas)): choice[1:] for choice in told} == {
        ((2, 1), 1): (("Đạt", "Không đạt"), ""),
        ((2, 2), 2): (all_three, "Danh mục"),
        ((2, 4), 1): (first, "Danh mục"),
        ((2, 5), 1): (all_three, "Danh mục"),
        ((2, 6), 1): (first, "Danh mục"),
        ((2, 7), 1): (("x", "2"), "Sheet"),
        ((2, 12), 1): (("x", "2"), "Sheet"),
    }


def test_a_list_in_the_column_of_an_excel_table(tmp_path: Path) -> None:
    """Shows that a list by the column of an Excel table is read, as XlsxWriter writes it."""
    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        sheet, lists = book.add_worksheet("OKR"), book.add_worksheet("Lists")
        lists.add_table("B2:C4", {"name": "Teams", "data": [["a", "Sales"], ["b", "HR"]],
                                  "columns": [{"header": "Code"}, {"header": "Team"}]})  # fmt: skip
        sheet.write("A1", "Team")
        sheet.data_validation("A2:A20", {"validate": "list", "source": '=INDIRECT("Teams[Team]")'})
    told = details_of(ExcelBackend(tmp_path / "x.xlsx").read().sheets[0])
    assert told.choices == (Choice((Area(2, 1, 20, 1),), ("Sales", "HR"), "Lists"),)


def test_what_is_hidden(tmp_path: Path) -> None:
    """Shows hidden and filtered rows, hidden columns up to the last in use, and the area of the filter."""
    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        sheet = book.add_worksheet("OKR")
        for row in range(6):
            sheet.write_row(row, 0, [row] * 30)
        sheet.autofilter("A1:C6")
        sheet.set_row(2, options={"hidden": True})
        sheet.set_row(4, options={"hidden": True})
        sheet.set_column("B:C", None, None, {"hidden": True})
        sheet.set_column("AC:XFD", None, None, {"hidden": True})
    told = details_of(ExcelBackend(tmp_path / "x.xlsx").read().sheets[0])
    assert told.hidden_rows == {3, 5}
    assert told.hidden_columns == {2, 3, 29, 30}
    assert told.filter == Area(1, 1, 6, 3)


def test_formulas_without_cached_values(tmp_path: Path) -> None:
    """Shows that a formula that no program has calculated yet has a text and no value, as openpyxl leaves it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["C1"] = 4, 2, "=A1/B1"
    sheet["D1"] = ArrayFormula("D1:D2", "=A1:A2*2")
    book.save(tmp_path / "x.xlsx")
    read = ExcelBackend(tmp_path / "x.xlsx").read().sheets[0]
    assert read.value(1, 3) is None
    assert read.formulas == {(1, 3), (1, 4)}
    assert details_of(read).uncalculated == 2
    assert formulas(details_of(read), (1, 3), (1, 4), (2, 4), (1, 1)) == ["A1/B1", "A1:A2*2", "A1:A2*2", None]


@pytest.mark.parametrize(
    ("cell", "uncalculated"),
    [
        ('<c r="A1"><f>B1</f><v>0</v></c>', 0),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', 0),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', 0),
        ('<c r="A1"><f>B1</f><v></v></c>', 1),
        ('<c r="A1"><f>B1</f><v/></c>', 1),
        ('<c r="A1" s="1"><f>B1</f></c><c r="B1"><v>7</v></c>', 1),
    ],
)
def test_formulas_of_which_no_value_is_stored(tmp_path: Path, cell: str, uncalculated: int) -> None:
    """Shows that an empty text or an error is a value, and that a missing or empty one is none."""
    assert details(tmp_path, f'<row r="1">{cell}</row>').uncalculated == uncalculated


def test_a_prefix_that_nobody_declared(tmp_path: Path) -> None:
    """Shows that formulas and hidden rows are told where what stands around the rows is sloppy, and nothing breaks."""
    rows = '<row r="1" hidden="1"><c r="A1"><f>B1*2</f><v>4</v></c></row>'
    told = details(tmp_path, rows, after='<sloppy:thing/><autoFilter ref="A1:B2"/>')
    assert told.formula_at(1, 1) == "B1*2"
    assert told[1:] == Details(hidden_rows=frozenset({1}))[1:]


def test_of_many_formulas_the_first_are_told(tmp_path: Path) -> None:
    """Shows that a long column of formulas costs no more than its beginning."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><f>B{row}</f><v>1</v></c></row>' for row in range(1, 5001))
    told = details(tmp_path, rows)
    assert formulas(told, (1, 1), (3000, 1), (3001, 1), (5000, 1)) == ["B1", "B3000", None, None]
