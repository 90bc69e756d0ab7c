"""Targets that stand only in the texts of key results, in adopted tables without a column for them."""

from __future__ import annotations

from typing import Any

from sheetsync.model import KeyResult, Quantity
from sheetsync.workbook import CellRef
from tests.reading.adopted.adopting import adopted, by, mapped
from tests.reading.sheets import workbook

COLUMNS = [
    ["Mục tiêu", "KR1", "KR2", "KR3", "Người phụ trách"],
    ["Tăng trưởng", "Tăng doanh thu từ 35 tỷ lên 68 tỷ", "Đạt 500 khách hàng mới", "Làm tốt hơn", "An"],
    ["Khách hàng", "Tăng NPS từ 30 lên 50", "Ký 5 hợp đồng mới", "Ra mắt phiên bản 2", "Bình"],
]
LINES = [
    ["Mục tiêu", "Kết quả then chốt", "Người phụ trách"],
    ["Tăng trưởng", "1. Tăng doanh thu từ 35 tỷ lên 68 tỷ\n2. Đạt 500 khách hàng mới\n3. Làm tốt hơn", "An"],
    ["Khách hàng", "1. Tăng NPS từ 30 lên 50\n2. Ký 5 hợp đồng mới\n3. Ra mắt phiên bản 2", "Bình"],
]
TARGETS = [Quantity(68e9), Quantity(500, unit="khách hàng"), None, Quantity(50), Quantity(5, unit="hợp đồng"), None]


def targets(results: tuple[KeyResult, ...]) -> list[object]:
    """Give the targets of key results in the order of their objectives."""
    return [item.target.value for item in results]


def test_key_results_beside_each_other() -> None:
    """Shows that each of several columns of key results names its own target, at the place of its text."""
    found = adopted(Sheet=COLUMNS).key_results
    assert targets(found) == TARGETS
    assert [item.target.ref for item in found[:2]] == [CellRef("Sheet", 2, 2), CellRef("Sheet", 2, 3)]
    assert found[0].baseline.value == Quantity(35e9)
    assert found[0].baseline.raw == found[0].target.raw == COLUMNS[1][1]


def test_key_results_as_lines_of_one_cell() -> None:
    """Shows that each line of a cell names its own target."""
    found = adopted(Sheet=LINES).key_results
    assert targets(found) == TARGETS
    assert {item.target.ref for item in found[:2]} == {CellRef("Sheet", 2, 2)}


def test_a_column_of_targets_that_is_gone_is_not_made_up_for() -> None:
    """Shows that where the column of targets was renamed, no text stands in for it: that is told, and no guess made."""
    rows: list[list[Any]] = [
        ["Objective", "Key result", "Owner", "Target", "Current"],
        ["Growth", "Increase NPS from 30 to 50", "An", 60, 40],
        ["Growth", "Increase sales from 5 to 9", "An", 10, 6],
    ]
    tables = mapped(Sheet=rows)
    renamed = by(tables, workbook(Sheet=[[*rows[0][:3], "Zebra", "Current"], *rows[1:]]))
    assert [change.concept for change in renamed.header_changes] == ["target"]
    assert targets(renamed.key_results) == [None, None]
    assert targets(by(tables, workbook(Sheet=rows)).key_results) == [Quantity(60), Quantity(10)]
