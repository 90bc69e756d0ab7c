"""Tests of what rows say: periods down the side, and words for objectives, key results, targets and actuals."""

from __future__ import annotations

import pytest

from sheetsync.reading.understanding import Table
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.period_rows import attributes
from sheetsync.reading.understanding.row_words import level_of
from sheetsync.workbook import CellValue, Worksheet
from tests.reading.sheets import Rows
from tests.reading.understanding.test_published import VOCABULARY, columns, only, understood

GRID = Grid(Worksheet("OKR", []), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("O1", "objective"),
        ("O1: Grow", "objective"),
        ("O", "objective"),
        ("Objective 2: Grow", "objective"),
        ("Mục tiêu 1: Tăng trưởng", "objective"),
        ("KR1", "key_result"),
        ("O1-KR2", "key_result"),
        ("KR 1.2 Doanh thu", "key_result"),
        ("KQ2: Khách mới", "key_result"),
        ("Kết quả then chốt", "key_result"),
        ("Objectives are fun", ""),
        ("Open 10 shops", ""),
        ("Tăng trưởng", ""),
        (3, ""),
        (None, ""),
    ],
)
def test_what_a_word_calls_its_row(text: CellValue, level: str) -> None:
    """Shows codes, types and beginnings of titles; a title that only speaks of objectives is none."""
    assert level_of(GRID, text) == level


def test_targets_above_actuals_make_kpis_of_a_list_of_names() -> None:
    """Shows that months beside nothing but names are no KPIs, unless the rows say target and actual."""
    header: list[CellValue] = ["Chỉ tiêu", "T1", "T2", "T3"]
    paired: Rows = [
        header,
        ["Doanh thu"],
        ["Kế hoạch", 1, 2, 3],
        ["Thực hiện", 1, 2, 2],
        ["Khách"],
        ["Kế hoạch", 4, 5, 6],
    ]
    assert only([*paired, ["Thực hiện", 4, 4, 5]]).kind == "kpi"
    assert only([header, *([name, 1, 2, 3] for name in ("Tiền mặt", "Hàng tồn kho", "Phải thu"))]).kind == "other"


def _log(*extra: list[CellValue]) -> tuple[Worksheet, Table]:
    rows: Rows = [["Month", "Revenue", "Calls"], *extra, ["Jan", 90, 4], ["Feb", 95, 6], ["Mar", 99, 5]]
    return Worksheet("KPI", rows), only(rows, "KPI")


@pytest.mark.parametrize(
    ("row", "concept"),
    [
        (["Target", 100, 5], "target"),
        (["Owner", "Ann Lee", "Bob Ray"], "owner"),
        (["Unit", "USD", "calls"], "unit"),
        ([None, "USD", "%"], "unit"),
        ([None, "Ann Lee", "Bob Ray"], "owner"),
    ],
)
def test_a_row_between_header_and_periods_says_more_of_each_kpi(row: list[CellValue], concept: str) -> None:
    """Shows that such a row is found by its word, or by its cells, and the header above it stays the header."""
    sheet, table = _log(row)
    assert (table.layout, table.header_rows, columns(table)["kpi_value"]) == ("period-rows", (1,), "B C")
    assert attributes(Grid(sheet, VOCABULARY), table) == {concept: 2}


def test_numbers_below_a_word_for_a_period_are_periods() -> None:
    """Shows years and months as two columns of numbers, of which the months name the rows."""
    rows: Rows = [
        ["Năm", "Tháng", "Doanh thu", "Khách mới"],
        *([2025, month, month * 9, month] for month in range(1, 7)),
    ]
    table = only(rows, "KPI")
    assert (table.layout, columns(table)) == ("period-rows", {"period": "B", "kpi_value": "C D"})


def test_a_list_of_numbers_below_a_name_is_no_log() -> None:
    """Shows that mere numbers in the first column are no periods."""
    rows: Rows = [["Room", "Width", "Height"], [1, 10, 3], [2, 12, 3], [3, 9, 3]]
    assert understood(Worksheet("KPI", rows)).goals == ()


def test_titles_beside_codes_need_no_header_that_is_known() -> None:
    """Shows that the texts beside O and KR are the titles, even below Description."""
    table = only(
        [
            ["Objective / KR", "Description", "Owner", "Target", "Current"],
            ["Objective 1", "Grow revenue", "Ann Lee"],
            ["KR 1.1", "Revenue to 10m", "Bob Ray", 10, 4],
            ["Objective 2", "Delight customers", "Ann Lee"],
            ["KR 2.1", "NPS to fifty", "Dan Fox", 50, 41],
        ]
    )
    assert (table.kind, columns(table)["objective"], columns(table)["key_result"]) == ("okr", "B", "B")
