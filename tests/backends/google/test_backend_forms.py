"""Number formats: what a value needs, and what a cell that was hit gets back."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from sheetsync.workbook import Changes
from tests.backends.google.desk import ANCHOR, Desk, applied, killed, update
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Desk]:
    """Give the spreadsheet at the stand-in."""
    made = Desk(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def form_of(desk: Desk, place: str) -> str | None:
    """Give the number format that a cell wears."""
    told = desk.sheet.resource(ranges=[f"OKR!{place}"], fields="sheets.data.rowData.values.userEnteredFormat")
    (cell,) = told["sheets"][0]["data"][0].get("rowData", [{}])[0].get("values", [{}])
    form = cell.get("userEnteredFormat", {}).get("numberFormat")
    return form and f"{form['type']} {form.get('pattern', '')}".strip()


def dress(desk: Desk, area: tuple[int, int, int, int], form: dict[str, str]) -> None:
    """Let a user give an area (rows and columns, from 0, ends excluded) a number format."""
    top, bottom, left, right = area
    place = {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }
    cell = {"userEnteredFormat": {"numberFormat": form}}
    desk.sheet.batch_update(
        {"requests": [{"repeatCell": {"range": place, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}]}
    )


def test_a_date_in_a_plain_cell_gets_a_format(desk: Desk) -> None:
    """Shows that a cell without a format gets the one that its value needs, and one that has a fitting one keeps it."""
    dress(desk, (2, 3, 6, 7), {"type": "DATE", "pattern": "dd/mm"})
    cells = [update(f"G{row}", f"old {row - 2}", date(2026, 11, 20), "date") for row in (3, 4)]
    applied(desk, Changes(cells=(*cells, update("F3", 0.01, 0.5, "percent")), anchors=(ANCHOR,)))
    assert [form_of(desk, place) for place in ("G3", "G4", "F3", "G5")] == ["DATE dd/mm", "DATE", "PERCENT 0%", None]
    assert desk.backend().read().sheet("OKR").value(4, 7) == date(2026, 11, 20)


def test_a_hit_cell_gets_its_number_format_back(desk: Desk) -> None:
    """Shows that a user's cell that was hit is shown as before: with its own format, or with none."""
    dress(desk, (2, 4, 4, 5), {"type": "CURRENCY", "pattern": "#,##0 ₫"})
    dress(desk, (2, 3, 5, 6), {"type": "PERCENT", "pattern": "0.0%"})
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 4))
    cells = [update(f"F{n + 2}", n / 100, 0.5 + n / 100, "percent") for n in range(1, 5)]
    assert applied(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,)))
    assert desk.column("F", 3) == [10, 20, 30, 40]
    assert [form_of(desk, f"F{row}") for row in range(3, 7)] == ["CURRENCY #,##0 ₫", "CURRENCY #,##0 ₫", None, None]
    assert [form_of(desk, f"G{row}") for row in range(3, 7)] == ["PERCENT 0.0%", *["PERCENT 0%"] * 3]


def test_a_new_column_that_was_hit_has_no_format(desk: Desk) -> None:
    """Shows that a column which somebody inserted meanwhile, and which was hit, is blank and plain again."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 6))
    cells = [update(f"F{n + 2}", n / 100, 0.5 + n / 100, "percent") for n in range(1, 5)]
    assert len(applied(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,)))) == 4
    assert desk.column("F") == [None] * 5
    assert [form_of(desk, f"F{row}") for row in range(3, 7)] == [None] * 4
    assert [form_of(desk, f"G{row}") for row in range(3, 7)] == ["PERCENT 0%"] * 4


def test_a_new_row_looks_as_the_rest_of_our_column(desk: Desk) -> None:
    """Shows that a row which came in between keeps the format that the write gave it, without its value."""
    desk.before_write(lambda: desk.sheet.insert_rows("OKR", 4))
    cells = [update(f"F{n + 2}", n / 100, 0.5 + n / 100, "percent") for n in range(1, 5)]
    assert applied(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,))) == ()
    assert desk.column("F", 3, 7) == [0.51, None, 0.52, 0.53, 0.54]
    assert [form_of(desk, f"F{row}") for row in range(3, 8)] == ["PERCENT 0%"] * 5


def test_a_hit_cell_that_held_the_same_value_gets_its_format_back(desk: Desk) -> None:
    """Shows that the format is put back even where the value happened to be the same."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 4))
    cells = [update(f"F{n + 2}", n / 100, 10.0 * n, "percent") for n in range(1, 5)]
    assert len(applied(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,)))) == 4
    assert [form_of(desk, f"F{row}") for row in range(3, 7)] == [None] * 4
    assert [form_of(desk, f"G{row}") for row in range(3, 7)] == ["PERCENT 0%"] * 4


def test_a_killed_run_gives_formats_back_too(desk: Desk) -> None:
    """Shows that the next run puts back number formats as well, from what was stored before the write."""
    dress(desk, (2, 4, 4, 5), {"type": "CURRENCY", "pattern": "#,##0 ₫"})
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 4))
    cells = [update(f"F{n + 2}", n / 100, 0.5 + n / 100, "percent") for n in range(1, 5)]
    killed(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,)))
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]
    assert len(desk.backend().read().disturbed) == 4
    assert desk.column("F", 3) == [10, 20, 30, 40]
    assert [form_of(desk, f"F{row}") for row in range(3, 7)] == ["CURRENCY #,##0 ₫", "CURRENCY #,##0 ₫", None, None]
