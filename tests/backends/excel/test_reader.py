"""Reading: values, formulas, formats and marks come from their places; hostile workbooks are refused in time."""

from __future__ import annotations

import time as clock
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.reader import carefully, open_workbook, workbook_of
from sheetsync.backends.excel.survey import places_of
from sheetsync.errors import ReadRefused
from sheetsync.workbook import Area, CellRef, CellValue, ColumnMark, Worksheet, column_letters, same_value
from tests.backends.excel.workbooks import OFFICE, STYLES, XML, parts, relation, relations, sheet_xml, written

DAY = '<c r="A1" s="2"><v>45981</v></c>'


def read(path: Path, rows: str, *, before: str = "", after: str = "", workbook: str = "", names: str = "") -> Worksheet:
    """Read the one worksheet of a workbook with these rows."""
    made = written(path / "x.xlsx", parts(sheet_xml(rows, before, after), workbook=workbook, names=names))
    return ExcelBackend(made).read().sheets[0]


def refusal(path: Path, members: dict[str, str]) -> str:
    """Give the key under which a workbook of these parts is refused."""
    with pytest.raises(ReadRefused) as refused:
        ExcelBackend(written(path / "x.xlsx", members)).read()
    return refused.value.key


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>5</v></c>', 5.0),
        ('<c r="A1" t="n"><v>1e3</v></c>', 1000.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="s"><v>1</v></c>', "rich text"),
        ('<c r="A1" t="str"><f>B1</f><v>a&amp;b</v></c>', "a&b"),
        ('<c r="A1" t="inlineStr"><is><t>tiến độ</t></is></c>', "tiến độ"),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>c</t></rPh></is></c>', "ab"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', "#SPILL!"),
        ('<c r="A1" t="e"><v>#CALC!</v></c>', "#CALC!"),
        ('<c r="A1"/>', None),
        ('<c r="A1" s="2"><v>45981.25</v></c>', datetime(2025, 11, 20, 6)),
        (DAY, date(2025, 11, 20)),
        ('<c r="A1" s="2"><v>0.75</v></c>', time(18)),
        ('<c r="A1" s="2"><v>59</v></c>', date(1900, 2, 28)),
        ('<c r="A1" s="2"><v>61</v></c>', date(1900, 3, 1)),
    ],
)
def test_values(tmp_path: Path, cell: str, value: CellValue) -> None:
    """Shows that every kind of cell is read as what it shows, also such that calamine alone would not read."""
    found = read(tmp_path, f'<row r="1">{cell}</row>').value(1, 1)
    assert same_value(found, value)
    assert type(found) is type(value)


def test_the_1904_calendar(tmp_path: Path) -> None:
    """Shows that the same number is four years later in the calendar of old Macs."""
    sheet = read(tmp_path, f'<row r="1">{DAY}</row>', workbook='<workbookPr date1904="1"/>')
    assert sheet.value(1, 1) == date(2029, 11, 21)


@pytest.mark.parametrize("told", [True, False])
def test_a_workbook_says_from_when_it_counts_days(tmp_path: Path, told: bool) -> None:
    """Shows that the calendar of old Macs is told, for numbers that have no format of a date."""
    rows = '<row r="1"><c r="A1"><v>44925</v></c></row>'
    made = written(tmp_path / "x.xlsx", parts(sheet_xml(rows), workbook=f'<workbookPr date1904="{int(told)}"/>'))
    found = ExcelBackend(made).read()
    assert (found.counts_from_1904, found.sheets[0].value(1, 1)) == (told, 44925.0)


def test_spans_of_time(tmp_path: Path) -> None:
    """Shows that [h]:mm is a span of time, not a moment."""
    styles = STYLES.replace("<fonts", '<numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><fonts')
    styles = styles.replace('numFmtId="14"', 'numFmtId="164"')
    made = written(
        tmp_path / "x.xlsx", parts(sheet_xml('<row r="1"><c r="A1" s="2"><v>1.5</v></c></row>'), styles=styles)
    )
    assert ExcelBackend(made).read().sheets[0].value(1, 1) == timedelta(hours=36)


def test_addresses_hold_where_the_first_rows_are_empty(tmp_path: Path) -> None:
    """Shows that rows and columns count from A1, not from the first cell in use."""
    sheet = read(tmp_path, '<row r="7"><c r="D7"><v>1</v></c></row>')
    assert sheet.value(7, 4) == 1.0
    assert sheet.value(1, 1) is None


def test_percent_formats(tmp_path: Path) -> None:
    """Shows which cells carry a percent sign: runs of a column, with gaps and single cells."""
    rows = "".join(f'<row r="{n}"><c r="B{n}" s="{0 if n == 4 else 1}"><v>1</v></c></row>' for n in range(1, 8))
    sheet = read(tmp_path, rows + '<row r="9"><c r="C9" s="1"><v>0.5</v></c><c r="D9" s="3"><v>2</v></c></row>')
    shown = {(row, column) for row in range(1, 11) for column in range(1, 6) if sheet.is_percent(row, column)}
    assert shown == {*((n, 2) for n in (1, 2, 3, 5, 6, 7)), (9, 3)}


def test_what_lies_over_the_cells(tmp_path: Path) -> None:
    """Shows formulas, merges, tables, print area, protection and hidden sheets, as XlsxWriter writes them."""
    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        sheet = book.add_worksheet("Kế 'Q4' hoạch")
        sheet.write_formula("B2", "=A1")
        sheet.merge_range("D1:E3", "x")
        sheet.add_table("G1:H4")
        sheet.print_area("A1:H20")
        sheet.protect()
        book.add_worksheet("Hidden").hide()
        book.set_custom_property("sheetsync.template", "okr")
        book.define_name("_ss.okr.progress", "='Kế ''Q4'' hoạch'!$T$6")
        book.define_name("_ss.okr.status", "=#REF!")
        book.define_name("other", "='Hidden'!$A$1")
    workbook = ExcelBackend(tmp_path / "x.xlsx").read()
    first, second = workbook.sheets
    assert first.formulas == {(2, 2)}
    assert first.merges == (Area(1, 4, 3, 5),)
    assert first.tables == (Area(1, 7, 4, 8),)
    assert first.print_area == Area(1, 1, 20, 8)
    assert (first.protected, first.hidden, second.protected, second.hidden) == (True, False, False, True)
    assert workbook.properties == {"sheetsync.template": "okr"}
    assert set(workbook.marks) == {
        ColumnMark("okr", "progress", CellRef("Kế 'Q4' hoạch", 6, 20)),
        ColumnMark("okr", "status", None),
    }


def test_chart_sheets_are_left_out(tmp_path: Path) -> None:
    """Shows that only worksheets are read."""
    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Data!$A$1"})
        book.add_chartsheet("Chart").set_chart(chart)
        book.add_worksheet("Data").write("A1", 1)
    assert [sheet.name for sheet in ExcelBackend(tmp_path / "x.xlsx").read().sheets] == ["Data"]


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ("<row><c><v>1</v></c><c><v>2</v></c></row>", "excel.no_references"),
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', "excel.row_order"),
        ('<row r="1"><!-- note --><c r="A1"><v>1</v></c></row>', "excel.comments"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[x]]></t></is></c></row>', "excel.comments"),
    ],
)
def test_some_sheets_can_be_read_but_not_written(tmp_path: Path, rows: str, key: str) -> None:
    """Shows that a sheet which the patcher could misunderstand is read, and says why it cannot be written."""
    sheet = read(tmp_path, rows)
    assert sheet.refusal == key
    assert sheet.value(1, 1) is not None


def test_an_utf16_sheet_is_read_but_not_written(tmp_path: Path) -> None:
    """Shows that a part in UTF-16 is understood, and refused for writing."""
    members: dict[str, str | bytes] = dict(parts(sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>')))
    text = str(members["xl/worksheets/sheet1.xml"]).replace("UTF-8", "UTF-16")
    members["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    sheet = ExcelBackend(written(tmp_path / "x.xlsx", members)).read().sheets[0]
    assert (sheet.value(1, 1), sheet.refusal) == (7.0, "excel.encoding")


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
FAR_BLANK = FAR.replace('<c r="XFD1048576"><v>2</v></c>', '<c r="XFD1048576" s="1"/>')
STRAY = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="F1048576"><v>2</v></c></row>'


def test_a_cell_in_the_last_corner_is_refused_at_once(tmp_path: Path) -> None:
    """Shows that a tiny file whose cells span the whole sheet costs neither time nor memory."""
    begun = clock.monotonic()
    assert refusal(tmp_path, parts(sheet_xml(FAR))) == "excel.too_many_cells"
    assert clock.monotonic() - begun < 5


def test_far_cells_that_are_blank_or_few_are_read(tmp_path: Path) -> None:
    """Shows that a format in the last corner, or one stray value far below, does not make a workbook unreadable."""
    assert read(tmp_path, FAR_BLANK).value(1, 1) == 1.0
    assert read(tmp_path, STRAY).value(1_048_576, 6) == 2.0


def test_cells_that_lie_about_their_row_are_refused(tmp_path: Path) -> None:
    """Shows that the bound is taken from the cells, not from the rows that they stand in."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(tmp_path, parts(sheet_xml(rows))) == "excel.too_many_cells"
    beyond = '<row r="1"><c r="A9999999"><v>1</v></c></row>'
    assert refusal(tmp_path, parts(sheet_xml(beyond))) == "excel.beyond_limits"


def test_a_dimension_that_lies_changes_nothing(tmp_path: Path) -> None:
    """Shows that the used area comes from the cells."""
    sheet = read(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>')
    assert len(sheet.rows) == 1


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_document_type_is_refused_in_any_part(tmp_path: Path, part: str) -> None:
    """Shows that entities are never expanded, wherever they are declared."""
    members = parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    members[part] = members[part].replace("?>\n", f"?>\n{BOMB}")
    assert refusal(tmp_path, members) == "excel.doctype"


def test_damaged_parts_are_refused(tmp_path: Path) -> None:
    """Shows a clear key for XML that breaks off, shared strings that are missing, and sheets without a part."""
    sound = parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'))
    assert refusal(tmp_path, sound) == "excel.damaged_cell"
    broken = {**sound, "xl/worksheets/sheet1.xml": sound["xl/worksheets/sheet1.xml"][:-30]}
    assert refusal(tmp_path, broken) == "excel.malformed"
    unknown = {**sound, "xl/workbook.xml": sound["xl/workbook.xml"].replace("UTF-8", "UTX-8")}
    assert refusal(tmp_path, unknown) == "excel.malformed"
    missing = {name: text for name, text in sound.items() if name != "xl/worksheets/sheet1.xml"}
    assert refusal(tmp_path, missing) == "excel.missing_part"
    twice = {
        **sound,
        "xl/workbook.xml": sound["xl/workbook.xml"].replace("</sheets>", '<sheet name="s" r:id="rId1"/></sheets>'),
    }
    assert refusal(tmp_path, twice) == "excel.sheets_twice"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "excel.empty"),
        (b"ID;Progress\n", "excel.not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "excel.old_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "excel.encrypted"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    """Shows that other files are named for what they are."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReadRefused) as refused:
        ExcelBackend(path).read()
    assert refused.value.key == key


def test_other_office_files_are_refused(tmp_path: Path) -> None:
    """Shows that a text document and a binary workbook, both sound archives, are not taken for workbooks."""
    document = {
        "_rels/.rels": relations(relation("officeDocument", "word/document.xml")),
        "word/document.xml": f"{XML}<w/>",
    }
    assert refusal(tmp_path, document) == "excel.not_a_workbook"
    binary = {"_rels/.rels": relations(relation("officeDocument", "xl/workbook.bin")), "xl/workbook.bin": "x"}
    assert refusal(tmp_path, binary) == "excel.binary"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """Shows that a folder and a path without a file are refused without waiting for anything."""
    for path, key in ((tmp_path, "excel.not_a_file"), (tmp_path / "gone.xlsx", "excel.not_found")):
        with pytest.raises(ReadRefused) as refused:
            ExcelBackend(path).read()
        assert refused.value.key == key


def test_a_signed_workbook_is_read_but_not_written(tmp_path: Path) -> None:
    """Shows that a signature makes every sheet read-only for us."""
    members = parts(sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>'))
    origin = f'<Relationship Id="rId9" Type="{OFFICE}/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    members["_rels/.rels"] = relations(relation("officeDocument", "xl/workbook.xml"), origin)
    members["_xmlsignatures/origin.sigs"] = ""
    sheet = ExcelBackend(written(tmp_path / "x.xlsx", members)).read().sheets[0]
    assert (sheet.value(1, 1), sheet.refusal) == (7.0, "excel.signed")


CELLS = st.sampled_from(
    [
        '<c r="{}"><v>0.25</v></c>',
        '<c r="{}" s="1"><v>0.5</v></c>',
        '<c r="{}" s="2"><v>45981.5</v></c>',
        '<c r="{}" t="s"><v>2</v></c>',
        '<c r="{}" s="1" t="b"><v>0</v></c>',
        '<c r="{}" t="str"><f>A1&amp;"x"</f><v>y</v></c>',
        '<c r="{}" s="1"><f t="shared" ref="A1:Z9" si="0">B2*2</f><v>4</v></c>',
        '<c r="{}"><f t="shared" si="0"/><v>4</v></c>',
        '<c r="{}" t="e"><f t="array" ref="C3:D4">NA()</f><v>#N/A</v></c>',
        '<c r="{}" s="3"/>',
        '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>',
    ]
)
SHEETS = st.dictionaries(st.integers(1, 40), st.dictionaries(st.integers(1, 60), CELLS, max_size=6), max_size=12).map(
    lambda rows: "".join(
        f'<row r="{row}">'
        + "".join(cell.format(f"{column_letters(column)}{row}") for column, cell in sorted(cells.items()))
        + "</row>"
        for row, cells in sorted(rows.items())
    )
)


@settings(max_examples=60, deadline=None)
@given(SHEETS)
def test_the_quick_and_the_careful_reader_agree(tmp_path_factory: pytest.TempPathFactory, rows: str) -> None:
    """Shows that both ways of reading find the same values, formulas, formats and locked areas."""
    path = written(tmp_path_factory.mktemp("agree") / "x.xlsx", parts(sheet_xml(rows)))
    opened = open_workbook(path.read_bytes(), str(path))
    quick, sheet = opened.sheets[0].survey, workbook_of(opened, "x").sheets[0]
    careful, values = carefully(opened.package, opened.sheets[0].part, opened.formats)
    assert opened.sheets[0].rows is None
    assert places_of(quick.formulas) == places_of(careful.formulas)
    assert quick.locked == careful.locked
    for row in range(1, 42):
        for column in range(1, 62):
            other = values[row - 1][column - 1] if row <= len(values) and column <= len(values[row - 1]) else None
            assert same_value(sheet.value(row, column), other)
            assert quick.percents(row, column) == careful.percents(row, column)


def test_a_worksheet_without_a_name_is_refused(tmp_path: Path) -> None:
    """Shows that a tab that has no name, of which no cell could be named, is refused when it is read."""
    nameless = parts(sheet_xml(""))
    nameless["xl/workbook.xml"] = nameless["xl/workbook.xml"].replace('name="S" ', "")
    assert refusal(tmp_path, nameless) == "excel.malformed"
