"""Worksheets as other programs may write them: any order of attributes, other quotes, space where XML allows it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import ReadRefused, WriteRefused
from sheetsync.workbook import CellRef, CellUpdate, Changes, ColumnAddition, column_number
from tests.backends.excel.test_batches import apply
from tests.backends.excel.workbooks import MAIN, member, parts, sheet_xml, written

SHEET = "xl/worksheets/sheet1.xml"
Rows = dict[str, dict[str, str]]
"""Row -> column -> what its cell holds, as text."""


def cells_of(xml: str) -> Rows:
    """Give all cells with a content, read by a parser of XML; they must stand in order, each once."""
    found: Rows = {}
    for row in etree.fromstring(xml.encode()).iter(f"{{{MAIN}}}row"):
        columns = ["".join(filter(str.isalpha, cell.get("r", ""))) for cell in row.iter(f"{{{MAIN}}}c")]
        assert all(column_number(left) < column_number(right) for left, right in pairwise(columns)), etree.tostring(row)
        assert [child.tag for child in row] == sorted((child.tag for child in row), key=lambda tag: "extLst" in tag)
        texts = ("".join(cell.itertext()).strip() for cell in row.iter(f"{{{MAIN}}}c"))
        number = row.get("r", "")
        assert number not in found
        found[number] = {column: text for column, text in zip(columns, texts, strict=True) if text}
    return found


@pytest.mark.parametrize(
    "row",
    [
        '<row r="§"><c r="A§"><v>1</v></c><c s="1" r="F§"><v>4</v></c></row>',
        '<row r="§"><c r="A§"><v>1</v></c><c s="1" r="D§"/></row>',
        '<row r="§"><c r="A§"><v>1</v></c><c s="1" r="D§"><v>5</v></c></row>',
        '<row r="§"><c r="A§"><v>1</v></c><c\nr="F§"><v>4</v></c></row>',
        '<row r="§"><c r="A§"/><c\nr="D§" s="3"/></row>',
        '<row r="§"><c r="A§"/><c\tr="F§"><v>4</v></c></row>',
        "<row r='§'><c r='A§'><v>1</v></c><c r='D§' s='1'><v>1</v></c></row>",
        '<row r="§"><c r="A§"><v>1</v></c><c r = "D§" s="1"><v>1</v></c></row>',
        '<row r="§"><c r="A§"><v>1</v></c><c r="D§"><v>1</v></c ><c r="E§"><v>2</v></c></row>',
        '<row r="§"><c r="A§"><v>1</v></c ><c r="D§"><v>1</v></c ><c r="E§"><v>2</v></c ></row>',
        '<row r="§"><c r="A§"><v>1</v></c\n></row>',
        '<row r="§"><c r="A§"><v>1</v></c><c r="D§"><v>5</v ></c></row>',
        '<row r="§"><c r="D§" t="inlineStr"><is><r><t xml:space="preserve"/></r><r><t>x</t\n></r></is></c></row>',
        '<row r="§"><c r="A§"><v>1</v></c><extLst><ext uri="x"/></extLst></row>',
        '<row r="§"><c r="A§"><v>1</v></c></row >',
        "<row r='§'/>",
        '<row spans="1:2" r="§"><c r="A§"><v>1</v></c></row>',
        '<row r="§">\n  <c r="A§">\n    <v>1</v>\n  </c>\n  <c r="F§">\n    <v>4</v>\n  </c>\n</row>',
    ],
)
@pytest.mark.parametrize("alike", [1, 40])
@pytest.mark.parametrize(
    "usual", ["", '<row r="2"/>', '<row r="2"><c r="A2"><v>1</v></c><c r="D2"/><c r="H2"><v>2</v></c></row>']
)
def test_what_stands_there_stays_and_what_is_written_arrives_in_its_place(
    tmp_path: Path, row: str, alike: int, usual: str
) -> None:
    """Shows one row and many that are alike: cells stay in order, and none is lost or there twice; or it is refused."""
    numbers = range(3, 3 + alike)
    xml = sheet_xml(usual + "".join(row.replace("§", str(number)) for number in numbers))
    path = written(tmp_path / "x.xlsx", parts(xml))
    old, wanted = path.read_bytes(), cells_of(xml)
    rows = [2, *numbers] if usual else [*numbers]
    for number in rows:
        wanted.setdefault(str(number), {})["D"] = "9.0"
    updates = [CellUpdate("S", number, 4, None, 9.0) for number in rows]
    try:
        apply(path, updates)
    except WriteRefused:
        assert path.read_bytes() == old
        return
    assert cells_of(member(path, SHEET)) == wanted
    again = path.read_bytes()
    apply(path, updates)
    assert path.read_bytes() == again


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A3" t="e">\n <v>#N/A</v>\n</c>',
        '<c r="A3" t="e"><f>NA()</f>\n<v>#N/A</v></c>',
        '<c r="A3" t="e"><v xml:space="preserve">#N/A</v></c>',
        "<c r=\"A3\" t='e'><v>#N/A</v></c>",
        '<c r="A3" t="e"><v>#N/A</v></c>',
    ],
)
def test_an_error_is_read_however_it_is_indented(tmp_path: Path, cell: str) -> None:
    """Shows that an error value is never taken for an empty cell."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(f'<row r="3">{cell}<c r="B3"><v>1</v></c></row>')))
    sheet = ExcelBackend(path).read().sheet("S")
    assert (sheet.value(3, 1), sheet.value(3, 2)) == ("#N/A", 1)


def test_a_workbook_is_not_made_too_large_to_be_read_again(tmp_path: Path) -> None:
    """Shows that a write which would take the used area beyond the limit of reading is refused."""
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    far = f'<row r="1"><c r="A1"><v>1</v></c><c r="R1"><v>1</v></c></row>{far}'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(far)))
    backend = ExcelBackend(path)
    workbook, old = backend.read(), path.read_bytes()
    with pytest.raises(WriteRefused, match="too_many_cells"):
        backend.apply(Changes(cells=(CellUpdate("S", 1, 22, None, 9.0),)), workbook.revision)
    assert path.read_bytes() == old
    backend.apply(Changes(cells=(CellUpdate("S", 1, 19, None, 9.0),)), workbook.revision)
    assert ExcelBackend(path).read().sheet("S").value(1, 19) == 9


TWO = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    "xml",
    [
        sheet_xml(f'<row r="2"><c r="A2"><v>1</v></c><x:c {TWO} r="D2"/></row>'),
        sheet_xml(f'<row r="2"><c r="A2"><v>1</v></c></row><x:row {TWO} r="3"><x:c r="A3"><x:v>1</x:v></x:c></x:row>'),
        sheet_xml('<row r="2"><c r="A2"><v>1</v></c><x:c r="D2"/></row>').replace("<worksheet ", f"<worksheet {TWO} "),
        sheet_xml('<row r="2"><c r="A2"><x:v>1</x:v></c></row>').replace("<worksheet ", f"<worksheet {TWO} "),
    ],
)
def test_cells_under_two_prefixes_are_read_and_not_written(tmp_path: Path, xml: str) -> None:
    """Shows that a worksheet in which cells are spelled in two ways is left as it is, and the refusal says why."""
    path = written(tmp_path / "x.xlsx", parts(xml))
    sheet, old = ExcelBackend(path).read().sheet("S"), path.read_bytes()
    assert (sheet.value(2, 1), sheet.refusal) == (1, "excel.comments")
    with pytest.raises(WriteRefused, match=r"excel\.comments"):
        apply(path, [CellUpdate("S", 2, 4, None, 9.0)])
    assert path.read_bytes() == old


def test_a_merge_under_another_prefix_counts(tmp_path: Path) -> None:
    """Shows that what stands behind the rows is known whatever its prefix, and the rows can be written."""
    after = f'<x:mergeCells {TWO}><x:mergeCell ref="C2:D3"/></x:mergeCells>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>', after=after)))
    with pytest.raises(WriteRefused, match="merge"):
        apply(path, [CellUpdate("S", 2, 4, None, 9.0)])
    apply(path, [CellUpdate("S", 2, 5, None, 9.0)])
    assert ExcelBackend(path).read().sheet("S").value(2, 5) == 9


@pytest.mark.parametrize(("row", "cell"), [("2", "a2"), ("2", "A02"), ("02", "A2")])
def test_places_that_are_spelled_otherwise_are_read_and_not_written(tmp_path: Path, row: str, cell: str) -> None:
    """Shows that small letters and leading zeros are understood, and refused with a reason."""
    other = '<c r="D2"><v>2</v></c>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(f'<row r="{row}"><c r="{cell}"><v>1</v></c>{other}</row>')))
    sheet, old = ExcelBackend(path).read().sheet("S"), path.read_bytes()
    assert (sheet.value(2, 1), sheet.value(2, 4), sheet.refusal) == (1, 2, "excel.comments")
    with pytest.raises(WriteRefused, match=r"excel\.comments"):
        apply(path, [CellUpdate("S", 2, 4, 2.0, 9.0)])
    assert path.read_bytes() == old


@pytest.mark.parametrize("number", ["&#50;", "2&#48;", "+2", "2_0"])
def test_a_row_whose_number_is_written_in_other_signs_is_refused(tmp_path: Path, number: str) -> None:
    """Shows that a number which only a parser can read is never guessed at, and never ends as a bug of ours."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(f'<row r="{number}"><c><v>1</v></c></row>')))
    old = path.read_bytes()
    with pytest.raises(WriteRefused, match="no_references"):
        apply(path, [CellUpdate("S", 2, 4, None, 9.0)])
    only = written(tmp_path / "y.xlsx", parts(sheet_xml(f'<row r="{number}" ht="9"/>')))
    with pytest.raises(WriteRefused):
        apply(only, [CellUpdate("S", 2, 4, None, 9.0)])
    assert path.read_bytes() == old


def test_a_cell_that_is_there_twice_is_no_fault_of_ours(tmp_path: Path) -> None:
    """Shows that a row whose own cells are not in order is refused with that reason, and not with a bug of ours."""
    row = '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>\n<c r="D2"><v>3</v></c>\n<c r="F2"/></row>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(row)))
    old = path.read_bytes()
    with pytest.raises(WriteRefused, match="row_order"):
        apply(path, [CellUpdate("S", 2, 4, 3.0, 9.0), CellUpdate("S", 2, 6, None, 9.0)])
    assert path.read_bytes() == old


ODD = [
    '<extLst/><row r="2"><c r="D2"/></row>',
    '<row r="2"/><q:odd xmlns:q="urn:q"/>',
    '<row r="2"><c r="A2"><v>1</v></c><q:odd xmlns:q="urn:q"/><c r="D2"/></row>',
    '<row r="2"><q:odd xmlns:q="urn:q"><c r="B2"/></q:odd><c r="D2"/></row>',
    '<row r="2"><c r="D2"><v/><row r="3"/></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><t><row r="2"/>x</t></is></c></row>',
]


@pytest.mark.parametrize("rows", ODD)
def test_what_nobody_expects_among_rows_stays_or_is_the_reason(tmp_path: Path, rows: str) -> None:
    """Shows that a foreign element among rows or cells is kept as it is, or refused as odd, but never as our fault."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(rows + '<row r="9"><c r="A9"><v>1</v></c></row>')))
    old, odd = path.read_bytes(), re.findall("<extLst/>|<q:odd.*?/>|<q:odd.*?</q:odd>", rows)
    try:
        apply(path, [CellUpdate("S", 2, 4, None, 9.0), CellUpdate("S", 8, 4, None, 9.0)])
    except (WriteRefused, ReadRefused) as refused:
        assert refused.key in ("excel.comments", "excel.row_order", "excel.beyond_limits")
        assert path.read_bytes() == old
    else:
        assert all(text in member(path, SHEET) for text in odd)


def test_a_list_of_columns_behind_the_rows_is_refused(tmp_path: Path) -> None:
    """Shows that no second list of columns is made where one stands at a place where none belongs."""
    after = '<cols><col min="1" max="1" width="9"/></cols>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>', after=after)))
    backend, old = ExcelBackend(path), path.read_bytes()
    new = ColumnAddition(CellRef("S", 1, 2), "Ours", "okr", "progress", "percent", 9, 2)
    with pytest.raises(WriteRefused, match=r"excel\.comments"):
        backend.apply(Changes((new,)), backend.read().revision)
    assert path.read_bytes() == old
