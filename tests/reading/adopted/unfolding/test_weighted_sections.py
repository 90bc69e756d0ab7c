"""Tests of KPIs under headings with a weight of their own."""

from __future__ import annotations

from sheetsync.workbook import Worksheet
from tests.reading.adopted.unfolding.flattening import column, flat, flattened
from tests.reading.sheets import Rows

HEADER = ["STT", "Chỉ tiêu", "Trọng số", "ĐVT", "Kế hoạch", "Thực hiện"]


def test_headings_with_a_weight_are_no_kpis() -> None:
    """Shows that a letter above numbers makes a section, whose name every KPI below it bears."""
    found = flat(
        [
            HEADER,
            ["A", "Tài chính", 50],
            [1, "Doanh thu", 30, "tỷ", 10, 8],
            [2, "Lợi nhuận", 20, "tỷ", 2, 1],
            ["B", "Khách hàng", 50],
            [1, "Khách hàng mới", 50, "khách", 20, 11],
        ],
        name="KPI",
    )
    assert column(found, "kpi") == ["Doanh thu", "Lợi nhuận", "Khách hàng mới"]
    assert column(found, "section") == ["Tài chính", "Tài chính", "Khách hàng"]
    assert column(found, "section_weight") == [50, 50, 50]
    assert found.own_rows


def test_weights_that_sum_up_tell_a_heading_without_a_number() -> None:
    """Shows that a title with just the weight of the rows below it is a heading, and one with any other is a KPI."""
    rows: Rows = [
        ["KPI", "Weight", "Unit", "Target", "Actual"],
        ["Finance", 50],
        ["Revenue", 30, "USD", 10, 8],
        ["Profit", 20, "USD", 2, 1],
        ["Customers", 50],
        ["New clients", 50, "people", 20, 11],
    ]
    assert column(flat(rows, name="KPI"), "section") == ["Finance", "Finance", "Customers"]
    other: Rows = [rows[0], ["Finance", 7], *rows[2:4]]
    assert flattened(Worksheet("KPI", other)) is None


def test_a_kpi_without_values_so_far_stays_a_kpi() -> None:
    """Shows that rows of the same numbering are not taken for headings because they lack a target."""
    rows: Rows = [
        HEADER,
        [1, "Doanh thu", 50, "tỷ", 10, 8],
        [2, "Lợi nhuận", 25],
        [3, "Khách hàng mới", 25, "khách", 20, 11],
    ]
    assert flattened(Worksheet("KPI", rows)) is None
