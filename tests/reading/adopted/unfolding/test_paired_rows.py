"""Tests of two or three rows for each KPI."""

from __future__ import annotations

from sheetsync.workbook import Area
from tests.reading.adopted.unfolding.flattening import column, flat, items, places


def test_the_rows_of_a_kpi_become_one_in_its_first() -> None:
    """Shows target above actual above their quotient, with merged names: one row, in the first of the three."""
    found = flat(
        [
            ["No", "KPI", "Unit", "Owner", None, "Jan", "Feb"],
            [1, "Revenue", "USD", "Ann Lee", "Target", 10, 11],
            [None, None, None, None, "Actual", 9, 10],
            [None, None, None, None, "%", 0.9, 0.91],
            [2, "New clients", "people", "Bob Ray", "Target", 5, 5],
            [None, None, None, None, "Actual", 4, None],
            [None, None, None, None, "%", 0.8, None],
        ],
        [Area(2, 2, 4, 2), Area(5, 2, 7, 2)],
        name="KPI",
    )
    assert items(found)[1] == {
        "order": 2, "kpi": "New clients", "unit": "people", "owner": "Bob Ray",
        "target month 1": 5, "target month 2": 5, "current month 1": 4,
    }  # fmt: skip
    assert found.own_rows
    assert places(found, "kpi") == [(2, 2), (5, 2)]
    assert places(found, "current") == [(3, 6), (6, 6)]


def test_a_row_of_a_name_with_target_and_actual_below_it_is_one_kpi() -> None:
    """Shows names, Kế hoạch and Thực hiện in the same column."""
    found = flat(
        [
            ["Chỉ tiêu", "T1", "T2", "T3"],
            ["Doanh thu"],
            ["Kế hoạch", 10, 11, 12],
            ["Thực hiện", 9, 10, 12],
            ["Khách mới"],
            ["Kế hoạch", 5, 5, 5],
            ["Thực hiện", 4, 6, 5],
        ],
        name="KPI",
    )
    assert column(found, "kpi") == ["Doanh thu", "Khách mới"]
    assert column(found, "target month 3") == [12, 5]
    assert column(found, "current month 3") == [12, 5]


def test_a_row_without_a_known_word_belongs_to_the_kpi_above() -> None:
    """Shows that a third row of any other name does not become a KPI, and a section's heading stays."""
    found = flat(
        [
            ["STT", "Chỉ tiêu", "ĐVT", "Nội dung", "Quý 1", "Quý 2"],
            ["A", "Tài chính"],
            [1, "Doanh thu", "tỷ", "Kế hoạch", 10, 10],
            [None, None, None, "Thực hiện", 9, 9],
            [None, None, None, "Tỷ lệ %", 0.9, 0.9],
            [2, "Lợi nhuận", "tỷ", "Kế hoạch", 2, 2],
            [None, None, None, "Thực hiện", 1, 2],
            [None, None, None, "Tỷ lệ %", 0.5, 1],
        ],
        name="KPI",
    )
    assert [item["kpi"] for item in items(found)] == ["Tài chính", "Doanh thu", "Lợi nhuận"]
    assert column(found, "current quarter 1") == [None, 9, 1]


def test_a_sum_of_the_targets_is_not_what_was_done() -> None:
    """Shows that amounts beside the periods come from the row of their role."""
    found = flat(
        [
            ["STT", "Tên chỉ tiêu", "ĐVT", "KH/TH", "Tháng 1", "Tháng 2", "Lũy kế"],
            [1, "Doanh thu", "tỷ", "KH", 10, 10, 20],
            [None, None, None, "TH", 9, 11, 21],
            [2, "Sản lượng", "tấn", "KH", 100, 100, 200],
            [None, None, None, "TH", 95, 99, 194],
        ],
        name="KPI",
    )
    assert column(found, "current_to_date") == [21, 194]
    assert places(found, "current_to_date") == [(3, 7), (5, 7)]
