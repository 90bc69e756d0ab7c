"""Rows that are patched together come out as if each had been patched alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.batches import batch_of
from sheetsync.errors import VerifyFailed, WriteRefused
from sheetsync.workbook import CellUpdate, CellValue, Changes, column_letters
from tests.backends.excel.workbooks import member, parts, sheet_xml, written

SHEET = "xl/worksheets/sheet1.xml"
TYPED, OURS = (1, 2), (4, 5, 6)
"""Columns of the user's, and those that are written."""

VALUES: st.SearchStrategy[CellValue] = st.sampled_from(
    [None, "", 0.5, 0.0, 1, True, date(2026, 11, 21), "On track", " a & <b> ", "100 %", "#", "x\x01y", 1e300]
)
STANDING = st.sampled_from(
    [
        "",
        '<c r="{}"/>',
        '<c r="{}" s="1"><v>0.5</v></c>',
        '<c r="{}" s="2"><v>45981</v></c>',
        '<c r="{}" t="s"><v>0</v></c>',
        '<c r="{}" t="inlineStr"><is><t>On track</t></is></c>',
        '<c r="{}" t="inlineStr"><is><r><t>On </t></r><r><t>track</t></r></is></c>',
    ]
)
TAGS = st.sampled_from(["", ' spans="1:2"', ' spans="1:9" s="3" customFormat="1"', ' ht="20" customHeight="1"'])
LINES = st.tuples(
    TAGS,
    st.lists(STANDING, min_size=len(TYPED), max_size=len(TYPED)),
    st.lists(STANDING, min_size=len(OURS), max_size=len(OURS)),
    st.lists(VALUES, min_size=len(OURS), max_size=len(OURS)),
)


def row_of(number: int, tag: str, cells: dict[int, str]) -> str:
    """Give a row with its cells, in a short form where it has none."""
    content = "".join(cell.format(f"{column_letters(column)}{number}") for column, cell in sorted(cells.items()))
    return f'<row r="{number}"{tag}>{content}</row>' if content else f'<row r="{number}"{tag}/>'


def apply(path: Path, updates: list[CellUpdate]) -> None:
    """Write some values over what stands there."""
    backend = ExcelBackend(path)
    sheet, revision = (workbook := backend.read()).sheet("S"), workbook.revision
    known = [update._replace(before=sheet.value(update.row, update.column)) for update in updates]
    backend.apply(Changes(cells=tuple(known)), revision)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=1, max_size=8), st.booleans(), st.booleans())
def test_together_is_as_one_by_one(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[tuple[str, list[str], list[str], list[CellValue]]],
    alike: bool,
    new: bool,
) -> None:
    """Shows for any rows, also where all are alike or none has a cell of ours yet, that both give the same bytes."""
    lines = [lines[0]] * len(lines) if alike else lines
    rows, updates = [], []
    for number, (tag, typed, ours, values) in enumerate(lines, 3):
        cells = dict(zip(TYPED, typed, strict=True)) | ({} if new else dict(zip(OURS, ours, strict=True)))
        rows.append(row_of(number, tag, cells))
        updates.append([CellUpdate("S", number, at, None, one) for at, one in zip(OURS, values, strict=True)])
    folder = tmp_path_factory.mktemp("batch")
    # Rows that nothing is written into make a batch sparse, and a sparse one is patched row by row.
    sparse = "".join(row_of(number, "", {}) for number in range(20, 60))
    xml = sheet_xml("".join(rows) + '<row r="70"><c r="A70"><v>1</v></c></row>', '<dimension ref="A3:B70"/>')
    together = written(folder / "together.xlsx", parts(xml))
    apart = written(folder / "apart.xlsx", parts(xml.replace('<row r="70">', sparse + '<row r="70">')))
    for path in (together, apart):
        apply(path, [update for row in updates for update in row])
    assert member(apart, SHEET).replace(sparse, "") == member(together, SHEET)


def test_a_batch_needs_rows_in_order_with_something_to_write() -> None:
    """Shows what is left to the way row by row: little to write, rows out of order, numbers told otherwise."""
    row = b'<row r="%d"><c r="A%d"/></row>'
    updates = [CellUpdate("S", number, 1, None, 1.0) for number in (3, 4, 9)]
    text = row % (3, 3) + row % (4, 4)
    batch = batch_of(text, b"<row", 2, updates, 0)
    assert batch is not None
    assert (batch.last, list(batch.targets), batch.numbers) == (4, updates[:2], [b"3", b"4"])
    assert batch_of(text, b"<row", 3, updates, 0) is None, "a row that was passed already"
    assert batch_of(row % (4, 4) + row % (3, 3), b"<row", 2, updates, 0) is None
    assert batch_of(text.replace(b'<row r="4"', b'<row s="1" r="4"'), b"<row", 2, updates, 0) is None
    assert batch_of(text, b"<row", 2, updates, 1) is None, "only one of two rows is written"
    assert batch_of(b" ", b"<row", 2, updates, 0) is None


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"><c r="D4"><v>1</v></c></row><row r="4"><c r="D3"><v>1</v></c></row>',
        '<row r="3"><c r="D3"><v>1</v></c><c r="D4"><v>1</v></c></row><row r="4"><c r="A4"/></row>',
    ],
)
def test_a_cell_in_the_wrong_row_is_never_taken_for_the_right_one(tmp_path: Path, rows: str) -> None:
    """Shows that a damaged sheet, whose cells tell another row than the one they stand in, stays as it is."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(rows)))
    old = path.read_bytes()
    backend = ExcelBackend(path)
    revision = backend.read().revision
    with pytest.raises((VerifyFailed, WriteRefused)):
        backend.apply(Changes(cells=(CellUpdate("S", 3, 4, 1.0, 2.0), CellUpdate("S", 4, 4, 1.0, 2.0))), revision)
    assert path.read_bytes() == old
