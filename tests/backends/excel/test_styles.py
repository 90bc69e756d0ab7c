"""New cell formats: what a broken or rare list of formats refers to must not become one of ours."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import ReadRefused, SheetsyncError, WriteRefused
from sheetsync.workbook import CellRef, CellUpdate, Changes, ColumnAddition
from tests.backends.excel.workbooks import STYLES, member, parts, sheet_xml, written

THEIRS = '<row r="1"><c r="A1" s="%s"><v>0.25</v></c></row>'
TEXT = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
SYNCED = ColumnAddition(CellRef("S", 1, 3), "Synced", "okr", "synced", "date", 12, 2, (("x", "on_track"),))
CHANGES = Changes((SYNCED,), (CellUpdate("S", 2, 3, None, date(2026, 11, 22)),))


def synced(path: Path) -> Path:
    """Add a column of dates, with its colours."""
    backend = ExcelBackend(path)
    backend.apply(CHANGES, backend.read().revision)
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('numFmtId="4"', 'numFmtId="164"'),
        ("</styleSheet>", "<dxfs><dxf><numFmt numFmtId='164' formatCode='0.0'/></dxf></dxfs></styleSheet>"),
    ],
)
def test_a_number_of_a_format_that_is_taken_anywhere_is_not_given_again(tmp_path: Path, old: str, new: str) -> None:
    """Shows that a number which a format refers to, defined or not, never becomes the format of our dates."""
    styles = STYLES.replace(old, new, 1)
    path = synced(written(tmp_path / "x.xlsx", parts(sheet_xml(THEIRS % 3), styles=styles)))
    (number,) = re.findall(r'numFmtId="(\d+)" formatCode="dd/mm/yyyy"', member(path, "xl/styles.xml"))
    assert number != "164"
    assert ExcelBackend(path).read().sheet("S").value(1, 1) == 0.25


@pytest.mark.parametrize("cell", [' s="4"', " s='5'", ' s = "4"'])
def test_a_cell_that_refers_to_no_format_is_not_given_one_of_ours(tmp_path: Path, cell: str) -> None:
    """Shows that a workbook is refused in which a cell of the user's would take on a format that is appended."""
    rows = TEXT + f'<row r="2"><c r="A2"{cell}><v>0.25</v></c></row>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(rows)))
    old = path.read_bytes()
    with pytest.raises(WriteRefused) as refused:
        synced(path)
    assert refused.value.key == "excel.malformed"
    assert path.read_bytes() == old


def test_a_cell_that_refers_far_beyond_all_formats_does_not_matter(tmp_path: Path) -> None:
    """Shows that what is broken and stays broken is no reason to refuse."""
    path = synced(written(tmp_path / "x.xlsx", parts(sheet_xml(THEIRS % 9999))))
    assert ExcelBackend(path).read().sheet("S").value(2, 3) == date(2026, 11, 22)


def test_a_font_that_is_missing_is_not_ours(tmp_path: Path) -> None:
    """Shows that no font is appended where a format refers to one that is not there: it would become that one."""
    styles = STYLES.replace('numFmtId="4" fontId="0"', 'numFmtId="4" fontId="1"')
    path = synced(written(tmp_path / "x.xlsx", parts(sheet_xml(THEIRS % 3), styles=styles)))
    assert member(path, "xl/styles.xml").count("<font>") == 1 + member(path, "xl/styles.xml").count("<dxf>")


def test_a_colour_that_is_missing_is_not_ours(tmp_path: Path) -> None:
    """Shows that no colours are added where a rule of the user's refers to some that are not there."""
    rule = '<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="1"/></conditionalFormatting>'
    path = synced(written(tmp_path / "x.xlsx", parts(sheet_xml(THEIRS % 3, after=rule))))
    assert "dxf>" not in member(path, "xl/styles.xml")


@pytest.mark.parametrize("name", ["cellXfs", "dxfs", "fonts", "numFmts", "fills"])
def test_lists_in_two_versions_stay_as_they_are(tmp_path: Path, name: str) -> None:
    """Shows that nothing is appended to a list that stands in alternate content, and that no second one is made."""
    styles = STYLES.replace("</styleSheet>", "<dxfs><dxf/></dxfs></styleSheet>")
    styles = styles.replace("<fonts", '<numFmts><numFmt numFmtId="164" formatCode="0.0"/></numFmts><fonts')
    styles = re.sub(rf"(<{name}\b.*?</{name}>)", r"<m:AC xmlns:m='m'>\1</m:AC>", styles, count=1, flags=re.DOTALL)
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(THEIRS % 3), styles=styles))
    old = path.read_bytes()
    try:
        synced(path)
    except SheetsyncError as error:
        assert isinstance(error, WriteRefused | ReadRefused)
        assert path.read_bytes() == old
        return
    assert len(re.findall(rf"<{name}\b", member(path, "xl/styles.xml"))) == 1
    assert ExcelBackend(path).read().sheet("S").value(1, 1) == 0.25


def test_a_number_in_a_cell_of_dates_is_refused_where_no_format_can_be_added(tmp_path: Path) -> None:
    """Shows that a number which would read back as a date is refused with the reason."""
    styles = STYLES.replace('<xf numFmtId="4" fontId="0"/>', '<m:AC xmlns:m="m"><xf numFmtId="4" fontId="0"/></m:AC>')
    rows = '<row r="1"><c r="A1" s="2"><v>45981</v></c></row>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(rows), styles=styles))
    backend, old = ExcelBackend(path), path.read_bytes()
    book = backend.read()
    with pytest.raises(WriteRefused, match="no_styles"):
        backend.apply(Changes(cells=(CellUpdate("S", 1, 1, book.sheet("S").value(1, 1), 1.5),)), book.revision)
    assert path.read_bytes() == old
