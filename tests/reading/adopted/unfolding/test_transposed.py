"""Tests of tables that lie on their side."""

from __future__ import annotations

from sheetsync.workbook import Area
from tests.reading.adopted.unfolding.flattening import column, flat, items, places


def test_every_column_becomes_an_item() -> None:
    """Shows concepts down the side, with a goal in each column and names of perspectives above."""
    found = flat(
        [
            [None, "Tài chính", "Khách hàng", "Quy trình"],
            ["Mục tiêu", "Tăng trưởng doanh thu", "Khách hàng hài lòng", "Vận hành nhanh"],
            ["Kết quả then chốt", "Doanh thu đạt 10 tỷ", "NPS đạt 50", "Giao hàng trong ngày"],
            ["Chỉ tiêu", 10, 50, 0.95],
            ["Thực hiện", 4, None, 0.9],
        ]
    )
    assert column(found, "target") == [10, 50, 0.95]
    assert column(found, "current") == [4, None, 0.9]
    assert places(found, "key_result") == [(3, 2), (3, 3), (3, 4)]
    assert not found.own_rows


def test_merged_cells_reach_over_columns_but_for_amounts() -> None:
    """Shows that an objective over two columns is that of both, and one weight over two is only one."""
    found = flat(
        [
            ["Objective", "Grow revenue", None, "Delight customers"],
            ["Key Result", "Revenue to 10m", "Twenty new clients", "NPS above fifty"],
            ["Owner", "Ann Lee", "Bob Ray", "Cleo Fox"],
            ["Target", 10, 20, 50],
            ["Weight", 0.6, None, 0.4],
        ],
        [Area(1, 2, 1, 3), Area(5, 2, 5, 3)],
    )
    assert column(found, "objective") == ["Grow revenue", "Grow revenue", "Delight customers"]
    assert column(found, "weight") == [0.6, None, 0.4]


def test_several_rows_of_key_results_are_an_item_each() -> None:
    """Shows that what was laid flat is unfolded further: KR1, KR2 and KR3 below one objective."""
    found = flat(
        [
            ["Mục tiêu", "Tăng trưởng doanh thu", "Khách hàng hài lòng"],
            ["KR1", "Doanh thu đạt 10 tỷ", "NPS đạt 50"],
            ["KR2", "20 khách hàng mới", "Giảm khiếu nại"],
            ["KR3", "Biên lợi nhuận 20%", None],
            ["Người phụ trách", "Nguyễn An", "Trần Bình"],
        ]
    )
    assert [(item["objective"], item["key_result"], item["owner"]) for item in items(found)] == [
        ("Tăng trưởng doanh thu", "Doanh thu đạt 10 tỷ", "Nguyễn An"),
        ("Tăng trưởng doanh thu", "20 khách hàng mới", "Nguyễn An"),
        ("Tăng trưởng doanh thu", "Biên lợi nhuận 20%", "Nguyễn An"),
        ("Khách hàng hài lòng", "NPS đạt 50", "Trần Bình"),
        ("Khách hàng hài lòng", "Giảm khiếu nại", "Trần Bình"),
    ]
    assert places(found, "key_result") == [(2, 2), (3, 2), (4, 2), (2, 3), (3, 3)]
