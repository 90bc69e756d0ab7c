"""Adding a column: header, body, width, style, mark; and all the places where none may go."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet as NewSheet

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import WriteRefused
from sheetsync.workbook import CellRef, CellUpdate, Changes, ColumnAddition, ColumnMark
from tests.backends.excel.workbooks import member, members, parts, sheet_xml, written

SHEET = "xl/worksheets/sheet1.xml"


def addition(column: int, concept: str = "progress", form: str = "percent", sheet: str = "OKR") -> ColumnAddition:
    """Make a column whose header stands in row 2."""
    return ColumnAddition(CellRef(sheet, 2, column), f"Our {concept}", "okr", concept, form, 14, 4)


def designed(path: Path) -> Path:
    """Write a table with a coloured header, bordered cells and a centred last column."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("OKR")
        head = book.add_format({"bold": True, "bg_color": "#203864", "font_color": "white"})
        body = book.add_format({"border": 1, "align": "center", "locked": False, "num_format": "#,##0"})
        group = book.add_format({"bg_color": "#DDDDDD"})
        _fill(sheet, head, body, group)
    return path


def _fill(sheet: NewSheet, head: Format, body: Format, group: Format) -> None:
    sheet.write(0, 0, "Title")
    sheet.write_row(1, 0, ("ID", "Current"), head)
    sheet.write_row(2, 0, ("O-1", None), group)
    sheet.write_blank(2, 1, None, group)
    sheet.write_row(3, 0, ("KR-1", 12), body)
    sheet.set_column("C:XFD", 9, group)


def add(path: Path, *additions: ColumnAddition, cells: tuple[CellUpdate, ...] = ()) -> None:
    """Add columns to a workbook as it stands."""
    backend = ExcelBackend(path)
    backend.apply(Changes(additions, cells), backend.read().revision)


def test_a_new_column_looks_like_its_neighbour(tmp_path: Path) -> None:
    """Shows that header and rows take font, fill and border from the left, and the number format from the form."""
    path = designed(tmp_path / "x.xlsx")
    cells = tuple(CellUpdate("OKR", row, 3, None, 0.25 * row, "percent") for row in (3, 4))
    add(path, addition(3), cells=cells)
    sheet = openpyxl.load_workbook(path)["OKR"]
    head, group, body = sheet["C2"], sheet["C3"], sheet["C4"]
    assert (head.value, head.font.bold, head.fill.fgColor.rgb) == ("Our progress", True, "FF203864")
    assert (group.value, group.fill.fgColor.rgb, group.number_format) == (0.75, "FFDDDDDD", "0%")
    assert (body.value, body.border.left.style, body.number_format) == (1.0, "thin", "0%")
    assert (body.alignment.horizontal, body.protection.locked) == (None, True)


def test_width_and_mark(tmp_path: Path) -> None:
    """Shows that the column gets its width, the columns beside it keep theirs, and its header carries the mark."""
    path = designed(tmp_path / "x.xlsx")
    add(path, addition(4), addition(5, "synced", "date"), cells=(CellUpdate("OKR", 4, 5, None, date(2025, 11, 20)),))
    xml = member(path, SHEET)
    assert '<col min="3" max="3" width="9.7109375"' in xml
    assert '<col min="4" max="4" width="14.7109375" customWidth="1"' in xml
    assert '<col min="6" max="16384" width="9.7109375"' in xml
    workbook = ExcelBackend(path).read()
    assert set(workbook.marks) == {
        ColumnMark("okr", "progress", CellRef("OKR", 2, 4)),
        ColumnMark("okr", "synced", CellRef("OKR", 2, 5)),
    }
    assert workbook.sheet("OKR").value(4, 5) == date(2025, 11, 20)


def test_a_header_without_a_styled_neighbour_is_bold(tmp_path: Path) -> None:
    """Shows that in a bare sheet the new header stands out, by a font that is appended."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>')))
    add(path, addition(2, sheet="S"))
    assert openpyxl.load_workbook(path)["S"]["B2"].font.bold
    assert not openpyxl.load_workbook(path)["S"]["A2"].font.bold


def test_parts_that_change(tmp_path: Path) -> None:
    """Shows that a new column changes the sheet, the names in the workbook and the styles, and nothing else."""
    path = designed(tmp_path / "x.xlsx")
    old = members(path)
    add(path, addition(3))
    changed = {name for name, content in members(path).items() if content != old[name]}
    assert changed == {SHEET, "xl/workbook.xml", "xl/styles.xml"}


def test_old_styles_keep_their_numbers(tmp_path: Path) -> None:
    """Shows that formats are appended behind the old ones."""
    path = designed(tmp_path / "x.xlsx")
    old = member(path, "xl/styles.xml")
    add(path, addition(3, form="date"))
    new = member(path, "xl/styles.xml")
    formats = [text.partition("<cellXfs")[2].partition("</cellXfs>")[0].partition(">")[2] for text in (old, new)]
    assert formats[1].startswith(formats[0])
    assert len(formats[1]) > len(formats[0])


def test_a_mark_without_its_cell_is_given_again(tmp_path: Path) -> None:
    """Shows that a name which points at nothing since its column was deleted is pointed at the new column."""
    names = '<definedNames><definedName name="_ss.okr.progress">#REF!</definedName></definedNames>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>'), names=names))
    add(path, addition(2, sheet="S"))
    assert ExcelBackend(path).read().marks == (ColumnMark("okr", "progress", CellRef("S", 2, 2)),)
    assert member(path, "xl/workbook.xml").count("definedName ") == 1


@pytest.mark.parametrize(
    ("before", "after", "rows", "key"),
    [
        ("", '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>', "", "excel.column_in_merge"),
        ("", "", '<row r="1"/><row r="9"><c r="B9" t="str"><f>A1</f><v></v></c></row>', "excel.column_not_empty"),
        ("", "", '<row r="70"><c r="B70"><v>0</v></c></row>', "excel.column_not_empty"),
        ("", "", '<row r="3"><c r="A3"><f t="array" ref="A3:B4">C3</f><v>1</v></c></row>', "excel.array_formula"),
        ("", "", '<row r="3"><c s="1" r="B3"><v>1</v></c></row>', "excel.column_not_empty"),
    ],
)
def test_places_where_no_column_may_go(tmp_path: Path, before: str, after: str, rows: str, key: str) -> None:
    """Shows that column B is refused where a merge crosses it or any cell of it is in use."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(rows, before, after)))
    old = path.read_bytes()
    with pytest.raises(WriteRefused) as refused:
        add(path, addition(2, sheet="S"))
    assert refused.value.key == key
    assert path.read_bytes() == old


def test_cells_with_only_a_style_do_not_matter(tmp_path: Path) -> None:
    """Shows that a column of formatted blanks counts as empty."""
    rows = '<row r="2"><c r="A2"/><c r="B2" s="3"/></row><row r="3"><c r="B3" s="3"></c></row>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(rows)))
    add(path, addition(2, sheet="S"), cells=(CellUpdate("S", 3, 2, None, 0.5, "percent"),))
    assert ExcelBackend(path).read().sheets[0].value(3, 2) == 0.5


def test_tables_and_print_areas_are_refused(tmp_path: Path) -> None:
    """Shows that a column inside an Excel table or the print area is refused, and one beyond is not."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("OKR")
        sheet.add_table("A2:C6")
        sheet.print_area("A1:E30")
    for column, key in ((3, "excel.column_in_table"), (4, "excel.column_in_print_area")):
        with pytest.raises(WriteRefused) as refused:
            add(path, addition(column))
        assert refused.value.key == key
    add(path, addition(6))


def test_two_additions_of_one_column_are_refused(tmp_path: Path) -> None:
    """Shows that a column can be taken once."""
    with pytest.raises(WriteRefused) as refused:
        add(designed(tmp_path / "x.xlsx"), addition(3), addition(3, "score", "number"))
    assert refused.value.key == "excel.cell_twice"


def test_the_edges_of_an_excel_table_are_refused(tmp_path: Path) -> None:
    """Shows that header and totals of an Excel table, whose texts stand in the table's part too, are left alone."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        columns = [{"header": "ID"}, {"header": "Progress", "total_string": "Mean"}]
        book.add_worksheet("OKR").add_table("A2:B6", {"columns": columns, "total_row": True})
    backend = ExcelBackend(path)
    for row, before in ((2, "Progress"), (6, "Mean")):
        with pytest.raises(WriteRefused) as refused:
            backend.apply(Changes(cells=(CellUpdate("OKR", row, 2, before, "Other"),)), backend.read().revision)
        assert refused.value.key == "excel.table_edge"
    backend.apply(Changes(cells=(CellUpdate("OKR", 3, 2, None, 0.5, "percent"),)), backend.read().revision)
    assert backend.read().sheets[0].value(3, 2) == 0.5


LISTS = [
    '<cols xmlns:q="urn:q" q:own="1"><col min="1" max="1" width="30" customWidth="1"/></cols>',
    '<cols\n>\n <col customWidth="1" width=\'30\' max=" 1 "  min="1"></col>\n</cols >',
    '<cols><col min="3" max="16384" width="5" style="1"/><col min="1" max="1" width="30"/></cols>',
    "<cols q='\"'/>",
    "<cols></cols>",
    "",
]


@pytest.mark.parametrize("columns", LISTS)
def test_widths_are_kept_however_their_list_is_written(tmp_path: Path, columns: str) -> None:
    """Shows that there is one list of columns in the end, in order, with what it and its columns said before."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>', columns)))
    add(path, addition(2, sheet="S"))
    xml = member(path, SHEET)
    assert len(re.findall(r"<cols[\s/>]", xml)) == 1
    assert [text in xml for text in ('q:own="1"', "q='\"'")] == [text in columns for text in ('q:own="1"', "q='\"'")]
    places = [int(place) for place in re.findall(r'<col\s[^>]*?min="(\d+)"', xml)]
    assert places == sorted(places)
    with closing(openpyxl.load_workbook(path)) as book:
        sheet = book["S"]
        assert sheet.column_dimensions["B"].width == pytest.approx(14.71, abs=0.01)
        assert (sheet.column_dimensions["A"].width == 30) == ("30" in columns)


@pytest.mark.parametrize(
    "columns",
    [
        '<cols><col min="1" max="1"/></cols><cols><col min="3" max="3"/></cols>',
        '<x:cols xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:col min="1" max="1"/></x:cols>',
        '<m:AlternateContent xmlns:m="m"><m:Choice><cols><col min="1" max="1"/></cols></m:Choice></m:AlternateContent>',
        '<cols><col min="A" max="A"/></cols>',
        '<cols><col min="1" max="1"><ext/></col></cols>',
        "<cols><column/></cols>",
    ],
)
def test_a_list_of_columns_that_could_be_misunderstood_is_refused(tmp_path: Path, columns: str) -> None:
    """Shows that the workbook stays as it is where nobody knows what its list of columns would become."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>', columns)))
    old = path.read_bytes()
    with pytest.raises(WriteRefused) as refused:
        add(path, addition(2, sheet="S"))
    assert refused.value.key == "excel.comments"
    assert path.read_bytes() == old
