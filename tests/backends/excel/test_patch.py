"""The patcher at the level of bytes: what a target becomes, what stays, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import SheetsyncError, WorkbookChanged, WriteRefused
from sheetsync.workbook import CellUpdate, CellValue, Changes
from tests.backends.excel.workbooks import OFFICE, member, members, parts, relations, sheet_xml, written

SHEET = "xl/worksheets/sheet1.xml"


def update(a1: str, before: CellValue, after: CellValue, form: str = "text") -> CellUpdate:
    """Make an update of the worksheet ``S``."""
    letters = a1.rstrip("0123456789")
    column = sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters)))
    return CellUpdate("S", int(a1[len(letters) :]), column, before, after, form)


def apply(path: Path, *updates: CellUpdate) -> None:
    """Apply updates to a workbook as it stands."""
    backend = ExcelBackend(path)
    backend.apply(Changes(cells=updates), backend.read().revision)


def data_after(path: Path, rows: str, *updates: CellUpdate, before: str = "", after: str = "") -> str:
    """Give the sheet data of a workbook with these rows after these updates."""
    apply(written(path / "x.xlsx", parts(sheet_xml(rows, before, after))), *updates)
    return member(path / "x.xlsx", SHEET).partition("<sheetData>")[2].partition("</sheetData>")[0]


def refusal(path: Path, rows: str, *updates: CellUpdate, before: str = "", after: str = "") -> str:
    """Give the key under which updates are refused; the file must stay as it is."""
    made = written(path / "x.xlsx", parts(sheet_xml(rows, before, after)))
    old = made.read_bytes()
    with pytest.raises(SheetsyncError) as refused:
        apply(made, *updates)
    assert made.read_bytes() == old
    assert [other.name for other in path.iterdir()] == ["x.xlsx"]
    return refused.value.key


@pytest.mark.parametrize(
    ("cell", "before", "after", "wanted"),
    [
        ('<c r="B2" s="3"><v>1</v></c>', 1.0, 2.5, '<c r="B2" s="3"><v>2.5</v></c>'),
        ('<c r="B2" s="3" t="s"><v>0</v></c>', "shared", 7, '<c r="B2" s="3"><v>7</v></c>'),
        ('<c r="B2" cm="1" vm="2"><v>1</v></c>', 1.0, True, '<c r="B2" t="b"><v>1</v></c>'),
        ('<c r="B2"/>', None, False, '<c r="B2" t="b"><v>0</v></c>'),
        ('<c r="B2" t="e"><v>#N/A</v></c>', "#N/A", "x", '<c r="B2" t="inlineStr"><is><t>x</t></is></c>'),
        ('<c r="B2" s="1"><v>0.5</v></c>', 0.5, None, '<c r="B2" s="1"/>'),
        (
            '<c r="B2" s="2"><v>45981</v></c>',
            date(2025, 11, 20),
            date(2025, 11, 21),
            '<c r="B2" s="2"><v>45982</v></c>',
        ),
    ],
)
def test_a_target_is_replaced(tmp_path: Path, cell: str, before: CellValue, after: CellValue, wanted: str) -> None:
    """Shows that a cell keeps its style and loses what belonged to its old value."""
    rows = '<row r="2" ht="20"><c r="A2"><v>9</v></c>{}<c r="C2"><f>A2</f><v>9</v></c></row>'
    assert data_after(tmp_path, rows.format(cell), update("B2", before, after)) == rows.format(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=1+1", "<t>=1+1</t>"),
        ("a<b>&c", "<t>a&lt;b&gt;&amp;c</t>"),
        (" outer ", '<t xml:space="preserve"> outer </t>'),
        ("two\nlines", '<t xml:space="preserve">two\nlines</t>'),
        ("bell\x07 and \ud800", '<t xml:space="preserve">bell and </t>'),
        ("_x0041_", "<t>_x005F_x0041_</t>"),
        ("tiến độ 🚀", "<t>tiến độ 🚀</t>"),
    ],
)
def test_texts(tmp_path: Path, text: str, wanted: str) -> None:
    """Shows that a text is an inline string, escaped, without what XML forbids."""
    found = data_after(tmp_path, '<row r="1"><c r="A1"/></row>', update("A1", None, text))
    assert found == f'<row r="1"><c r="A1" t="inlineStr"><is>{wanted}</is></c></row>'


def test_missing_cells_and_rows_are_inserted_in_order(tmp_path: Path) -> None:
    """Shows the place of new cells between old ones, and of new rows between, above and below old ones."""
    rows = '<row r="2" spans="2:4"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5"/>'
    places = ("A1", "A2", "C2", "Z2", "A3", "B5", "C9")
    found = data_after(tmp_path, rows, *(update(place, None, 0.5) for place in places))
    cells = {place: f'<c r="{place}"><v>0.5</v></c>' for place in places}
    assert found == (
        f'<row r="1">{cells["A1"]}</row>'
        f'<row r="2">{cells["A2"]}<c r="B2"><v>1</v></c>{cells["C2"]}<c r="D2"><v>2</v></c>{cells["Z2"]}</row>'
        f'<row r="3">{cells["A3"]}</row><row r="5">{cells["B5"]}</row><row r="9">{cells["C9"]}</row>'
    )


def test_a_blank_for_a_missing_cell_writes_nothing(tmp_path: Path) -> None:
    """Shows that emptying what is empty adds no element."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert data_after(tmp_path, rows, update("A1", 1.0, 2.0), update("B1", None, ""), update("C7", None, "")) == (
        '<row r="1"><c r="A1"><v>2.0</v></c></row>'
    )


def test_the_used_area_is_widened_and_never_narrowed(tmp_path: Path) -> None:
    """Shows the dimension after a write inside and outside of it."""
    for number, (place, wanted) in enumerate((("B2", "A1:C5"), ("E9", "A1:E9"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        data_after(folder, '<row r="1"/>', update(place, None, 1.0), before='<dimension ref="A1:C5"/>')
        assert f'<dimension ref="{wanted}"/>' in member(folder / "x.xlsx", SHEET)


def test_only_the_worksheet_part_changes(tmp_path: Path) -> None:
    """Shows that a plain write leaves every other part as it is."""
    made = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="1"><c r="A1" s="1"><v>1</v></c></row>')))
    old = members(made)
    apply(made, update("A1", 1.0, 0.5))
    assert {name for name, content in members(made).items() if content != old[name]} == {SHEET}


@pytest.mark.parametrize(
    ("before", "row", "wanted"),
    [
        ("", "", ' s="1"'),
        ('<cols><col min="1" max="9" width="9" style="3"/></cols>', "", ' s="3"'),
        ("", ' s="3" customFormat="1"', ' s="3"'),
        ("", ' s="3"', ' s="1"'),
    ],
)
def test_a_missing_cell_takes_the_style_of_row_or_column(tmp_path: Path, before: str, row: str, wanted: str) -> None:
    """Shows where the style of a new cell comes from; its form serves only where there is none."""
    rows = f'<row r="1"{row}><c r="A1"><v>1</v></c></row>'
    found = data_after(tmp_path, rows, update("B1", None, 0.5, "percent"), before=before)
    assert found == f'<row r="1"{row}><c r="A1"><v>1</v></c><c r="B1"{wanted}><v>0.5</v></c></row>'


@pytest.mark.parametrize(
    ("style", "after", "form"),
    [
        (0, date(2025, 11, 20), "date"),
        (3, date(2025, 11, 20), "date"),
        (3, datetime(2025, 11, 20, 8), "text"),
        (0, time(8, 30), "text"),
        (0, timedelta(hours=30), "text"),
        (2, timedelta(0), "percent"),
        (2, 0.5, "percent"),
        (2, 12.0, "text"),
    ],
)
def test_a_format_that_would_change_the_value_is_not_kept(
    tmp_path: Path, style: int, after: CellValue, form: str
) -> None:
    """Shows that a date in a number cell, and a number in a date cell, get a format in which they read back."""
    made = written(tmp_path / "x.xlsx", parts(sheet_xml(f'<row r="1"><c r="A1" s="{style}"/></row>')))
    apply(made, update("A1", None, after, form))
    found = ExcelBackend(made).read().sheets[0].value(1, 1)
    assert (type(found), found) == (type(after), after)


PIVOT = '<pivotTableDefinition xmlns="x"><location ref="A1:C9"/></pivotTableDefinition>'


@pytest.mark.parametrize(
    ("cell", "place", "key"),
    [
        ('<c r="A1"><f>B1</f><v>1</v></c>', "A1", "excel.formula"),
        ('<c r="A1"><f t="shared" ref="A1:A3" si="0">B1</f><v>1</v></c>', "A1", "excel.formula"),
        ('<c r="A1"><f t="array" ref="A1:B2">C1:D2</f><v>1</v></c>', "B2", "excel.array_formula"),
        ('<c r="A1"><f t="dataTable" ref="B2:C3"/><v>1</v></c>', "C3", "excel.data_table"),
    ],
)
def test_formulas_and_their_areas_are_refused(tmp_path: Path, cell: str, place: str, key: str) -> None:
    """Shows that no target may hold a formula or lie in the area that one fills."""
    before = 1.0 if place == "A1" else None
    assert refusal(tmp_path, f'<row r="1">{cell}</row>', update(place, before, 5.0)) == key


def test_a_pivot_table_is_refused(tmp_path: Path) -> None:
    """Shows that the area which a pivot table writes is left alone."""
    own = parts(sheet_xml(""))
    pivot = f'<Relationship Id="rId1" Type="{OFFICE}/pivotTable" Target="../pivotTables/pivotTable1.xml"/>'
    own["xl/worksheets/_rels/sheet1.xml.rels"] = relations(pivot)
    own["xl/pivotTables/pivotTable1.xml"] = PIVOT
    made = written(tmp_path / "x.xlsx", own)
    with pytest.raises(WriteRefused) as refused:
        apply(made, update("B5", None, 1.0))
    assert refused.value.key == "excel.pivot"
    apply(made, update("B10", None, 1.0))


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (float("nan"), "excel.not_finite"),
        (float("inf"), "excel.not_finite"),
        ("x" * 32_768, "excel.text_too_long"),
        (date(1899, 1, 1), "excel.date_too_early"),
    ],
)
def test_values_that_no_cell_can_hold_are_refused(tmp_path: Path, value: CellValue, key: str) -> None:
    """Shows the limits of numbers, texts and dates."""
    assert refusal(tmp_path, '<row r="1"/>', update("A1", None, value)) == key


@pytest.mark.parametrize("place", ["A1048577", "XFE1"])
def test_cells_outside_of_the_sheet_are_refused(tmp_path: Path, place: str) -> None:
    """Shows the limits of rows and columns."""
    assert refusal(tmp_path, '<row r="1"/>', update(place, None, 1.0)) == "excel.cell_beyond"


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ('<row r="1"><c><v>1</v></c></row>', "excel.no_references"),
        ('<row r="1"><c r="C1"><v>1</v></c><c r="A1"/><c r="D1"/></row>', "excel.row_order"),
        ('<row r="1"><c r="C1"><v>1</v></c><mc:AlternateContent xmlns:mc="m"/></row>', "excel.alternate_content"),
    ],
)
def test_rows_that_could_be_misunderstood_are_refused(tmp_path: Path, rows: str, key: str) -> None:
    """Shows that a target among cells without a place, out of order, or in two versions is left alone."""
    assert refusal(tmp_path, rows, update("B1", None, 1.0)) == key


def test_a_changed_cell_is_named(tmp_path: Path) -> None:
    """Shows that the refusal says which cell, what was expected and what was found."""
    made = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')))
    with pytest.raises(WorkbookChanged) as refused:
        apply(made, update("A1", "other", 1.0))
    assert refused.value.params["cell"] == "S!A1"
    assert (refused.value.params["expected"], refused.value.params["found"]) == ("other", "shared")


@pytest.mark.parametrize(
    ("style", "number", "read"),
    [
        (2, "45981", date(2025, 11, 21)),
        (2, "45981", date(2025, 11, 19)),
        (2, "45981.5", datetime(2025, 11, 20, 12, 0, 1)),
        (0, "0.25", 0.2500001),
        (2, "45981", datetime(2025, 11, 20)),
        (0, "1", True),
        (0, "1", None),
    ],
)
def test_a_small_change_is_a_change(tmp_path: Path, style: int, number: str, read: CellValue) -> None:
    """Shows that a cell which holds another day, moment, number or kind than was read is never written over."""
    rows = f'<row r="1"><c r="A1" s="{style}"><v>{number}</v></c></row>'
    assert refusal(tmp_path, rows, update("A1", read, 7.0)) == "excel.cell_changed"


def test_every_kind_of_standing_value_is_recognised(tmp_path: Path) -> None:
    """Shows that the value which was read is accepted as what stands there, for each way of storing it."""
    rows = (
        '<row r="1"><c r="A1"><v>0.30000000000000004</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
        '<c r="D1" t="str"><v>a&#10;b</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#REF!</v></c>'
        '<c r="G1" s="2"><v>45981.333333</v></c><c r="H1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'
        '<c r="I1" t="d"><v>2025-11-20</v></c></row>'
    )
    made = written(tmp_path / "x.xlsx", parts(sheet_xml(rows)))
    sheet = ExcelBackend(made).read().sheets[0]
    apply(made, *(CellUpdate("S", 1, column, sheet.value(1, column), 1.0) for column in range(1, 10)))
    assert list(ExcelBackend(made).read().sheets[0].rows[0]) == [1.0] * 6 + [
        ExcelBackend(made).read().sheets[0].value(1, 7),
        1.0,
        1.0,
    ]


def test_sensible_relations(tmp_path: Path) -> None:
    """Shows that a part named with an escaped space and another case is found."""
    own = parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    own["xl/work sheets/Sheet1.XML"] = own.pop(SHEET)
    own["xl/_rels/workbook.xml.rels"] = own["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "/xl/work%20sheets/sheet1.xml"
    )
    made = written(tmp_path / "x.xlsx", own)

    apply(made, update("A1", 1.0, 2.0))
    assert "<v>2.0</v>" in member(made, "xl/work sheets/Sheet1.XML")
