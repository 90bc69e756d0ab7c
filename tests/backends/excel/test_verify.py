"""The proof must be able to fail: every tampering with a patched workbook is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sheetsync.backends.excel.archive import assembled, pack
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.patch import Patch, Patcher
from sheetsync.backends.excel.reader import Opened, open_workbook
from sheetsync.backends.excel.verify import verify
from sheetsync.errors import VerifyFailed
from sheetsync.workbook import CellUpdate, Changes
from tests.backends.excel.workbooks import parts, sheet_xml, written

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    '<row r="2" spans="1:3"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>0.25</v></c><c r="C2"><v>1</v></c></row>'
    '<row r="3"><c r="A3"><v>7</v></c></row><row r="5"><c r="A5"><v>8</v></c></row>'
)
CHANGES = Changes(
    cells=(
        CellUpdate("S", 2, 2, 0.25, 0.5, "percent"),
        CellUpdate("S", 2, 4, None, "On track"),
        CellUpdate("S", 2, 5, None, date(2025, 11, 20), "date"),
        CellUpdate("S", 4, 2, None, True),
        CellUpdate("S", 5, 1, 8.0, None),
    )
)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Give a small workbook, opened."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(ROWS, '<dimension ref="A2:C5"/>', "<pageMargins/>")))
    return open_workbook(path.read_bytes(), str(path))


@pytest.fixture
def patch(opened: Opened) -> Patch:
    """Give it patched."""
    made = Patcher(opened).patched(CHANGES)
    assert made is not None
    return made


def test_a_right_patch_passes(opened: Opened, patch: Patch) -> None:
    """Shows that the proof accepts what the patcher makes."""
    verify(opened.package, patch.data, patch.changed, patch.targets)


def replaced(text: str, new: str) -> Callable[[bytes], bytes]:
    """Make a tampering that replaces a piece of a part."""

    def tamper(part: bytes) -> bytes:
        assert text.encode() in part
        return part.replace(text.encode(), new.encode(), 1)

    return tamper


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, "<v>0.5</v>", "<v>0.50001</v>"),
        (SHEET, "<v>0.5</v>", ""),
        (SHEET, '<c r="B2" s="1"><v>0.5</v></c>', ""),
        (SHEET, '<c r="B2" s="1"><v>', '<c r="B2" s="1" t="b"><v>'),
        (SHEET, "On track", "On  track"),
        (SHEET, '<c r="D2" ', '<c r="D3" '),
        (SHEET, 't="inlineStr"', 't="str"'),
        (SHEET, "<v>45981</v>", "<v>45982</v>"),
        (SHEET, '<c r="E2" s="4">', '<c r="E2" s="1">'),
        (SHEET, '<c r="B4" t="b"><v>1</v>', '<c r="B4" t="b"><v>0</v>'),
        (SHEET, '<c r="A5"/>', '<c r="A5"><v>8</v></c>'),
        (SHEET, '<c r="C2"><v>1</v></c>', '<c r="C2"><v>2</v></c>'),
        (SHEET, '<c r="C2"><v>1</v></c>', ""),
        (SHEET, '<c r="A2" t="s">', '<c r="A2">'),
        (SHEET, '<c r="A3"><v>7</v></c>', '<c r="A3"><v>9</v></c>'),
        (SHEET, '<row r="3"><c r="A3"><v>7</v></c></row>', ""),
        (SHEET, '<row r="3">', '<row r="3" hidden="1">'),
        (SHEET, '<row r="2"', '<row r="2" hidden="1"'),
        (SHEET, "</sheetData>", '<row r="9"><c r="A9"><v>1</v></c></row></sheetData>'),
        (SHEET, "<pageMargins/>", ""),
        (SHEET, "<sheetData>", "<cols/><sheetData>"),
        (SHEET, "</row>", '<c r="F2"><v>1</v></c></row>'),
        ("xl/sharedStrings.xml", "shared", "sharex"),
        ("xl/styles.xml", 'numFmtId="9"', 'numFmtId="10"'),
        ("xl/workbook.xml", 'name="S"', 'name="T"'),
    ],
)
def test_tampering_is_found(opened: Opened, patch: Patch, part: str, old: str, new: str) -> None:
    """Shows that a wrong, missing or additional cell, row or part fails the proof."""
    container = Container(patch.data, "x.xlsx")
    content = replaced(old, new)(container.read(part))
    data = assembled(container, {part: pack([content], len(content))})
    with pytest.raises(VerifyFailed):
        verify(opened.package, data, patch.changed, patch.targets)


def test_a_broken_archive_is_found(opened: Opened, patch: Patch) -> None:
    """Shows that a file which the disk cut short or changed fails the proof."""
    for data in (
        patch.data[:-1],
        patch.data[: len(patch.data) // 2],
        b"",
        patch.data[:400] + b"\0\0" + patch.data[402:],
    ):
        with pytest.raises(VerifyFailed):
            verify(opened.package, data, patch.changed, patch.targets)
