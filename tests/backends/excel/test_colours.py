"""Colours of the words in new columns: where they stand in the part, and that nothing of the user's changes."""

from __future__ import annotations

import re
import warnings
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.archive import assembled, pack
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.patch import Patcher
from sheetsync.backends.excel.reader import open_workbook
from sheetsync.backends.excel.verify import verify
from sheetsync.errors import VerifyFailed
from sheetsync.workbook import CellRef, CellUpdate, Changes, ColumnAddition, NoteUpdate
from tests.backends.excel.workbooks import STYLES, member, parts, sheet_xml, written
from tests.backends.own_sheet import own_changes

ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c></row>'
THEIRS = (
    '<conditionalFormatting sqref="A1:A9"><cfRule type="cellIs" dxfId="0" priority="7" operator="equal">'
    "<formula>1</formula></cfRule></conditionalFormatting>"
)
DXFS = '<dxfs count="1"><dxf><font><i/></font></dxf></dxfs>'
STATUS = ColumnAddition(
    CellRef("S", 1, 2), "Trạng thái", "okr", "status", "text", 16, 9, (("Đúng tiến độ", "on_track"), ('"<', "at_risk"))
)
CHANGES = Changes((STATUS,), (CellUpdate("S", 2, 2, None, "Đúng tiến độ"),))


def synced(path: Path, changes: Changes = CHANGES) -> Path:
    """Write the changes."""
    backend = ExcelBackend(path)
    backend.apply(changes, backend.read().revision)
    return path


@pytest.mark.parametrize("dxfs", ["", "<dxfs/>", '<dxfs count="0"/>', '<dxfs count="0"></dxfs>', DXFS])
def test_words_are_coloured_where_they_stand(tmp_path: Path, dxfs: str) -> None:
    """Shows that openpyxl finds a rule for each word, in the colours of its status, however the list of them began."""
    styles = STYLES.replace("</styleSheet>", f"{dxfs}<tableStyles count='0'/></styleSheet>")
    path = synced(written(tmp_path / "w.xlsx", parts(sheet_xml(ROWS), styles=styles)))
    with closing(openpyxl.load_workbook(path)) as book:
        (area,) = book["S"].conditional_formatting
        rules = area.rules
        assert str(area.sqref) == "B2:B509"
        assert [rule.formula for rule in rules] == [['"Đúng tiến độ"'], ['"""<"']]
        assert [rule.dxf.font.color.rgb for rule in rules] == ["FF166534", "FF854D0E"]
        assert [rule.dxf.fill.bgColor.rgb for rule in rules] == ["FFDCFCE7", "FFFEF3C7"]


def test_rules_of_the_users_stay_and_come_first(tmp_path: Path) -> None:
    """Shows the place in the part, that a rule of the user's keeps its colours and comes before ours, and the bytes."""
    after = f"<sheetProtection/>{THEIRS}<dataValidations/><pageMargins/><tableParts/>"
    styles = STYLES.replace("</styleSheet>", f"{DXFS}</styleSheet>")
    path = synced(written(tmp_path / "w.xlsx", parts(sheet_xml(ROWS, after=after), styles=styles)))
    sheet = member(path, "xl/worksheets/sheet1.xml")
    tail = sheet[sheet.index("</sheetData>") :]
    ours = re.findall("<conditionalFormatting.*?</conditionalFormatting>", tail)[1]
    assert tail == f"</sheetData>{after}</worksheet>".replace("<dataValidations/>", f"{ours}<dataValidations/>")
    assert re.findall('dxfId="([0-9]+)" priority="([0-9]+)"', ours) == [("1", "8"), ("2", "9")]
    assert DXFS[17:-7] in member(path, "xl/styles.xml")


def test_colours_and_notes_find_their_places_together(tmp_path: Path) -> None:
    """Shows that one write puts the rules and the element of the notes in, each where the schema has it."""
    path = written(tmp_path / "w.xlsx", parts(sheet_xml(ROWS, after="<pageMargins/><tableParts/>")))
    synced(path, CHANGES._replace(notes=(NoteUpdate("S", 2, 2, "", "x"),)))
    tail = member(path, "xl/worksheets/sheet1.xml").partition("</sheetData>")[2]
    names = re.findall("<(conditionalFormatting|pageMargins|legacyDrawing|tableParts)", tail)
    assert names == ["conditionalFormatting", "pageMargins", "legacyDrawing", "tableParts"]


def test_a_worksheet_of_our_own_is_coloured(tmp_path: Path) -> None:
    """Shows the same in a worksheet that is added."""
    path = synced(written(tmp_path / "w.xlsx", parts(sheet_xml(ROWS))), own_changes())
    with warnings.catch_warnings(), closing(openpyxl.load_workbook(path)) as book:
        assert [str(area.sqref) for area in book["sheetsync"].conditional_formatting] == ["D2:D503"]


def test_without_a_styles_part_there_are_no_colours(tmp_path: Path) -> None:
    """Shows that the column is added all the same where nothing can hold the colours."""
    bare = parts(sheet_xml(ROWS), styles=STYLES.replace("cellXfs", "otherXfs"))
    path = synced(written(tmp_path / "w.xlsx", bare))
    assert "conditionalFormatting" not in member(path, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'priority="7"', b'priority="1"'),
        ("xl/worksheets/sheet1.xml", b'dxfId="1"', b'dxfId="0"'),
        ("xl/styles.xml", b"<i/>", b"<u/>"),
    ],
)
def test_the_proof_sees_every_other_change(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    """Shows that a file is never published in which a rule or a format of the user's is another, or one of ours."""
    styles = STYLES.replace("</styleSheet>", f"{DXFS}</styleSheet>")
    path = written(tmp_path / "w.xlsx", parts(sheet_xml(ROWS, after=THEIRS), styles=styles))
    opened = open_workbook(path.read_bytes(), str(path))
    patch = Patcher(opened).patched(CHANGES)
    assert patch is not None
    verify(opened.package, patch.data, patch.changed, patch.targets)
    good = Container(patch.data, str(path))
    assert old in good.read(name)
    bad = assembled(good, {name: pack((good.read(name).replace(old, new),), 0)})
    with pytest.raises(VerifyFailed):
        verify(opened.package, bad, patch.changed, patch.targets)


def test_another_version_of_something_before_the_rows_does_not_matter(tmp_path: Path) -> None:
    """Shows that alternate content in front of the rows stays there, and the colours go behind them."""
    before = '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="q"><sheetPr/></mc:Choice></mc:AlternateContent>'
    path = synced(written(tmp_path / "w.xlsx", parts(sheet_xml(ROWS, before, "<pageMargins/>"))))
    xml = member(path, "xl/worksheets/sheet1.xml")
    assert before in xml
    assert re.search(r"</sheetData><conditionalFormatting .*</conditionalFormatting><pageMargins/>", xml)
