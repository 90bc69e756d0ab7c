"""The proof of the small parts must be able to fail: what names a new worksheet wrongly, or changes more, is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.backends.excel.archive import assembled, pack
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.patch import Patch, Patcher
from sheetsync.backends.excel.reader import Opened, open_workbook
from sheetsync.backends.excel.verify import verify
from sheetsync.errors import VerifyFailed
from tests.backends.excel.workbooks import parts, sheet_xml, written
from tests.backends.own_sheet import own_changes

NEW, BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
RELATIONS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
NAMES = (
    '<definedNames><definedName name="_ss.okr.progress">S!$B$1</definedName>'
    '<definedName name="Rate">S!$A$1</definedName></definedNames><calcPr calcId="7"/>'
)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Give a small workbook with two names, opened."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(rows), workbook="<workbookPr/>", names=NAMES))
    return open_workbook(path.read_bytes(), str(path))


@pytest.fixture
def patch(opened: Opened) -> Patch:
    """Give it with a worksheet of our own."""
    made = Patcher(opened).patched(own_changes())
    assert made is not None
    return made


def test_a_right_patch_passes(opened: Opened, patch: Patch) -> None:
    """Shows that the proof accepts what the patcher makes."""
    verify(opened.package, patch.data, patch.changed, patch.targets)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (NEW, ">KR-1<", ">KR-2<"),
        (NEW, "<v>OKR!B3</v>", "<v>OKR!B4</v>"),
        (NEW, '"#OKR!B3"', '"#OKR!B4"'),
        (NEW, '"OKR!B3")', '"OKR!B4")'),
        (NEW, "HYPERLINK(", "WEBSERVICE("),
        (NEW, "<f>HYPERLINK(", '<f t="array" ref="B2">HYPERLINK('),
        (NEW, 't="str"><f>HYPERLINK("#OKR!B3","OKR!B3")</f><v>OKR!B3</v>', 't="inlineStr"><is><t>OKR!B3</t></is>'),
        (NEW, 'state="frozen"', 'state="split"'),
        (NEW, "<v>0.25</v>", "<v>0.26</v>"),
        (NEW, "</sheetData>", '<row r="9"><c r="A9"><v>1</v></c></row></sheetData>'),
        (NEW, "<pageMargins", '<hyperlinks><hyperlink ref="A1"/></hyperlinks><pageMargins'),
        (BOOK, 'name="S"', 'name="T"'),
        (BOOK, 'name="sheetsync"', 'name="sheetsink"'),
        (BOOK, '<sheet name="sheetsync"', '<sheet state="hidden" name="sheetsync"'),
        (BOOK, '<sheet name="S" sheetId="1"', '<sheet name="S" sheetId="9"'),
        (BOOK, "'sheetsync'!$A$1<", "'sheetsync'!$B$1<"),
        (BOOK, "<definedName name=\"_ss.own.key\">'sheetsync'!$A$1</definedName>", ""),
        (BOOK, ">S!$B$1<", ">S!$C$1<"),
        (BOOK, ">S!$A$1<", ">S!$A$2<"),
        (BOOK, '<definedName name="Rate">S!$A$1</definedName>', ""),
        (BOOK, "</definedNames>", '<definedName name="More">1</definedName></definedNames>'),
        (BOOK, "<workbookPr/>", '<workbookPr date1904="0"/>'),
        (BOOK, 'calcId="7"', 'calcId="8"'),
        (BOOK, "</definedNames>", "</definedNames><oleSize/>"),
        (RELATIONS, 'Target="sharedStrings.xml"', 'Target="styles.xml"'),
        (RELATIONS, "</Relationships>", '<Relationship Id="rId9" Type="x" Target="y"/></Relationships>'),
        (TYPES, '.worksheet+xml"/></Types>', '.chartsheet+xml"/></Types>'),
        (TYPES, "/xl/styles.xml", "/xl/style.xml"),
        (TYPES, "</Types>", '<Override PartName="/a" ContentType="b"/></Types>'),
        ("xl/sharedStrings.xml", "shared", "sharex"),
        ("xl/worksheets/sheet1.xml", "<v>1</v>", "<v>2</v>"),
    ],
)
def test_tampering_is_found(opened: Opened, patch: Patch, part: str, old: str, new: str) -> None:
    """Shows that a wrong cell, mark, tab, relation or type fails the proof, and anything more that was changed."""
    container = Container(patch.data, "x.xlsx")
    content = container.read(part)
    assert old.encode() in content
    content = content.replace(old.encode(), new.encode(), 1)
    data = assembled(container, {part: pack([content], len(content))})
    with pytest.raises(VerifyFailed):
        verify(opened.package, data, patch.changed, patch.targets)


def test_a_member_too_many_is_found(opened: Opened, patch: Patch) -> None:
    """Shows that nothing comes into the archive besides the new worksheet."""
    container = Container(patch.data, "x.xlsx")
    data = assembled(container, {}, {"xl/more.xml": pack([b"<x/>"], 4)})
    with pytest.raises(VerifyFailed):
        verify(opened.package, data, patch.changed, patch.targets)
