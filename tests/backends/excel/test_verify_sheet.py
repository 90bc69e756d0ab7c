"""The proof of many rows at once finds what the proof of one row finds."""

from __future__ import annotations

import pytest

from sheetsync.backends.excel.archive import assembled, pack
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.patch import Patch, Patcher
from sheetsync.backends.excel.reader import Opened, open_workbook
from sheetsync.backends.excel.stream import BATCH
from sheetsync.backends.excel.verify import verify
from sheetsync.errors import VerifyFailed
from sheetsync.workbook import CellUpdate, Changes
from tests.backends.excel.workbooks import parts, sheet_xml, written

SHEET = "xl/worksheets/sheet1.xml"
LAST = 1_500
"""Rows enough for several batches."""


def row(number: int) -> str:
    """Give a row of the user's; every third has cells in our columns already, the title row has them too."""
    ours = f'<c r="D{number}" s="1"><v>0.25</v></c><c r="E{number}" t="inlineStr"><is><t>old</t></is></c>'
    more = ours if number % 3 == 0 or number == 1 else ""
    return f'<row r="{number}" spans="1:2"><c r="A{number}"><v>{number}</v></c><c r="B{number}" s="3"/>{more}</row>'


def updates() -> list[CellUpdate]:
    """Write two cells into all rows but the first and the 700th."""
    made = []
    for number in range(2, LAST + 1):
        if number != 700:
            before = (0.25, "old") if number % 3 == 0 else (None, None)
            made.append(CellUpdate("S", number, 4, before[0], number / LAST, "percent"))
            made.append(CellUpdate("S", number, 5, before[1], f"On track, {number}"))
    return made


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Give a workbook of many rows, opened."""
    rows = "".join(map(row, range(1, LAST + 1)))
    path = written(tmp_path_factory.mktemp("many") / "x.xlsx", parts(sheet_xml(rows, '<dimension ref="A1:E1500"/>')))
    return open_workbook(path.read_bytes(), str(path))


@pytest.fixture(scope="module")
def patch(opened: Opened) -> Patch:
    """Give it patched."""
    made = Patcher(opened).patched(Changes(cells=tuple(updates())))
    assert made is not None
    return made


def test_a_right_patch_passes(opened: Opened, patch: Patch) -> None:
    """Shows that the proof accepts what the patcher makes, in several batches."""
    assert len(Container(patch.data, "x.xlsx").read(SHEET)) > 2 * BATCH
    verify(opened.package, patch.data, patch.changed, patch.targets)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="A800"><v>800</v></c>', '<c r="A800"><v>801</v></c>'),
        ('<c r="A1500"><v>1500</v></c>', ""),
        ("On track, 1100<", "On track, 1101<"),
        ('<c r="D1" s="1"><v>0.25</v></c>', '<c r="D1" s="1"><v>0.26</v></c>'),
        ('<row r="700" spans="1:2">', '<row r="700">'),
        ('<row r="701">', '<row r="701" hidden="1">'),
        ('<row r="700" spans="1:2"><c r="A700"><v>700</v></c><c r="B700" s="3"/></row>', ""),
        ("</row></sheetData>", '</row><row r="1501"><c r="A1501"><v>1</v></c></row></sheetData>'),
        ('<row r="2">', '<row r="2"><c r="D2" s="1"><v>0.5</v></c>'),
        ('<c r="B900" s="3"/>', '<c r="B900" s="4"/>'),
        ('<c r="B1200" s="3"/>', '<c r="B1200" s="3"/>\n'),
    ],
)
def test_tampering_is_found_among_many(opened: Opened, patch: Patch, old: str, new: str) -> None:
    """Shows that one wrong byte in one of many rows fails the proof: the user's, ours, or a row's own."""
    container = Container(patch.data, "x.xlsx")
    content = container.read(SHEET)
    assert content.count(old.encode()) == 1
    content = content.replace(old.encode(), new.encode())
    with pytest.raises(VerifyFailed):
        verify(opened.package, assembled(container, {SHEET: pack([content], 0)}), patch.changed, patch.targets)


def test_cells_that_changed_their_rows_are_found(opened: Opened, patch: Patch) -> None:
    """Shows that a cell which stands in the row before its own fails the proof, though nothing is missing."""
    container = Container(patch.data, "x.xlsx")
    content = container.read(SHEET)
    start = content.index(b'<c r="D1001"')
    cells = content[start : content.index(b"</row>", start)]
    moved = content.replace(cells, b"").replace(b'</row><row r="1001"', cells + b'</row><row r="1001"')
    assert len(moved) == len(content)
    with pytest.raises(VerifyFailed):
        verify(opened.package, assembled(container, {SHEET: pack([moved], 0)}), patch.changed, patch.targets)


@pytest.mark.parametrize("number", [2, 3, 900, 1001, 1500])
@pytest.mark.parametrize("first", ["A", "B", "D"])
def test_cells_out_of_order_are_found(opened: Opened, patch: Patch, number: int, first: str) -> None:
    """Shows that a cell of ours before one at its left fails the proof, though each of them is there and right."""
    container = Container(patch.data, "x.xlsx")
    content = container.read(SHEET)
    start = content.index(b'<c r="%b%d"' % (first.encode(), number))
    ours = content.index(b'<c r="E%d"' % number, start)
    end = content.index(b"</row>", ours)
    moved = content[:start] + content[ours:end] + content[start:ours] + content[end:]
    assert len(moved) == len(content)
    with pytest.raises(VerifyFailed):
        verify(opened.package, assembled(container, {SHEET: pack([moved], 0)}), patch.changed, patch.targets)
