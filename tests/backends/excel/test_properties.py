"""Laws over random workbooks and random changes: targets arrive, all else stays, a second run writes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sheetsync.backends.excel import ExcelBackend
from sheetsync.workbook import CellUpdate, CellValue, Changes, Worksheet, column_letters, same_value
from tests.backends.excel.workbooks import members, parts, sheet_xml, written

VALUES: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(0, 2),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["On track", "=SUM(A1)", "_x000D_", " ", "\n", '<c r="A1">', "]]>", "&amp;"]),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.timedeltas(timedelta(0), timedelta(days=900)).map(lambda span: timedelta(seconds=round(span.total_seconds()))),
)
FORMS = st.sampled_from(["percent", "number", "text", "date"])
CELLS = st.sampled_from(
    [
        '<c r="{}"/>',
        '<c r="{}" s="3"/>',
        '<c r="{}" s="1"><v>0.5</v></c>',
        '<c r="{}" s="2"><v>45981</v></c>',
        '<c r="{}" t="s"><v>1</v></c>',
        '<c r="{}" t="inlineStr"><is><t>text</t></is></c>',
        '<c r="{}" s="1" t="str"><f>A1</f><v>formula</v></c>',
        '<c r="{}" t="b"><v>1</v></c>',
        '<c r="{}" t="e"><v>#N/A</v></c>',
    ]
)
ROWS = st.dictionaries(st.integers(1, 12), st.dictionaries(st.integers(1, 30), CELLS, max_size=8), max_size=8)
CHANGES = st.dictionaries(st.tuples(st.integers(1, 14), st.integers(1, 32)), st.tuples(VALUES, FORMS), max_size=25)


def sheet_of(rows: dict[int, dict[int, str]], spans: bool, styled: bool) -> str:
    """Give a worksheet part with these cells."""
    hint = ' spans="1:5"' if spans else ""
    lines = [
        f'<row r="{row}"{hint}>'
        + "".join(cell.format(f"{column_letters(column)}{row}") for column, cell in sorted(cells.items()))
        + "</row>"
        for row, cells in sorted(rows.items())
    ]
    columns = '<cols><col min="2" max="6" width="9" style="3"/></cols>' if styled else ""
    return sheet_xml("".join(lines), '<dimension ref="A1:C3"/>' + columns)


def updates_of(sheet: Worksheet, changes: dict[tuple[int, int], tuple[CellValue, str]]) -> tuple[CellUpdate, ...]:
    """Make updates of cells without formulas, each with what stands there."""
    return tuple(
        CellUpdate("S", row, column, sheet.value(row, column), value, form)
        for (row, column), (value, form) in changes.items()
        if (row, column) not in sheet.formulas
    )


def as_held(value: CellValue) -> CellValue:
    """Give a value as a cell can hold it: no control characters, one kind of line end, blank text as nothing."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(own for own in text if own in "\t\n" or (own >= " " and own not in "\ufffe\uffff")) or None


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, CHANGES, st.booleans(), st.booleans())
def test_targets_arrive_and_all_else_stays(
    tmp_path_factory: pytest.TempPathFactory,
    rows: dict[int, dict[int, str]],
    changes: dict[tuple[int, int], tuple[CellValue, str]],
    spans: bool,
    styled: bool,
) -> None:
    """Shows, for any sheet and any changes, what reads back, which parts changed, and that a second run is silent."""
    path = written(tmp_path_factory.mktemp("law") / "x.xlsx", parts(sheet_of(rows, spans, styled)))
    backend, old = ExcelBackend(path), members(path)
    before = backend.read()
    updates = updates_of(before.sheets[0], changes)
    backend.apply(Changes(cells=updates), before.revision)
    after = backend.read().sheets[0]
    wanted = {(own.row, own.column): as_held(own.after) for own in updates}
    for row in range(1, 16):
        for column in range(1, 34):
            value = wanted.get((row, column), before.sheets[0].value(row, column))
            assert same_value(after.value(row, column), value), (row, column)
    assert after.formulas == before.sheets[0].formulas
    changed = {name for name, content in members(path).items() if content != old[name]}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"}
    _write_again(path, wanted)
    _agrees_with_calamine(path, after)


def _write_again(path: Path, wanted: dict[tuple[int, int], CellValue]) -> None:
    """Read, plan against what stands there, and apply: the bytes must stay."""
    backend, data = ExcelBackend(path), path.read_bytes()
    sheet = backend.read()
    again = [
        CellUpdate("S", row, column, sheet.sheets[0].value(row, column), value)
        for (row, column), value in wanted.items()
        if not same_value(sheet.sheets[0].value(row, column), value)
    ]
    assert again == []
    same = tuple(CellUpdate("S", *place, sheet.sheets[0].value(*place), value) for place, value in wanted.items())
    assert backend.apply(Changes(cells=same), sheet.revision).cells == 0
    assert path.read_bytes() == data


def _agrees_with_calamine(path: Path, sheet: Worksheet) -> None:
    """Open the file in a reader that knows nothing of us; it must see as many rows."""
    book = CalamineWorkbook.from_path(str(path))
    assert len(book.get_sheet_by_name("S").to_python(skip_empty_area=False)) == len(sheet.rows)
