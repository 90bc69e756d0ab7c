"""Tests of several key results in the lines of one cell."""

from __future__ import annotations

from sheetsync.workbook import Area, Worksheet
from tests.reading.adopted.unfolding.flattening import column, flat, flattened, items, places
from tests.reading.sheets import Rows


def test_targets_and_owners_go_with_their_lines() -> None:
    """Shows that cells with as many lines are parted, and others hold for all."""
    found = flat(
        [
            ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Người phụ trách", "Hạn"],
            ["Tăng trưởng", "1. Doanh thu đạt 10 tỷ\n2. 20 khách mới", "10 tỷ\n20", "An\nBình", "31/12/2025"],
            ["Hài lòng", "- NPS đạt 50\n- Giảm khiếu nại", "50\n2%", "Nguyễn Dũng", "31/12/2025"],
        ]
    )
    assert column(found, "key_result") == ["Doanh thu đạt 10 tỷ", "20 khách mới", "NPS đạt 50", "Giảm khiếu nại"]
    assert column(found, "target") == ["10 tỷ", "20", "50", "2%"]
    assert column(found, "owner") == ["An", "Bình", "Nguyễn Dũng", "Nguyễn Dũng"]
    assert column(found, "due") == ["31/12/2025"] * 4
    assert places(found, "key_result") == [(2, 2), (2, 2), (3, 2), (3, 2)]


def test_a_single_score_of_several_key_results_is_the_objectives() -> None:
    """Shows that one amount beside several lines is given to none of them."""
    found = flat(
        [
            ["Objective", "Key Results", "Owner", "Progress"],
            ["Grow revenue", "KR1: Revenue to $10m\nKR2: 20 new clients", "Ann Lee", 0.4],
            ["Delight customers", "NPS above 50", "Bob Ray", 0.5],
        ]
    )
    assert [(item.get("key_result"), item.get("progress")) for item in items(found)] == [
        (None, 0.4),
        ("Revenue to $10m", None),
        ("20 new clients", None),
        ("NPS above 50", 0.5),
    ]


def test_titles_that_are_too_long_for_their_cells_stay_whole() -> None:
    """Shows that lines without marks beside one target each are no lists."""
    rows: Rows = [
        ["Objective", "Key Result", "Target", "Current"],
        ["Grow revenue", "Revenue Of\nTen Million", 10, 4],
        ["Grow revenue", "New Clients\nIn The North", 20, 11],
    ]
    assert flattened(Worksheet("OKR", rows)) is None


def test_a_merged_objective_holds_for_all_lines_beside_it() -> None:
    """Shows that the objective comes from the cell in which it really stands."""
    found = flat(
        [
            ["Mục tiêu", "Kết quả then chốt", "Phụ trách"],
            ["Tăng trưởng", "- Doanh thu\n- Khách mới", "An"],
            [None, "- Biên lợi nhuận\n- Công nợ", "Bình"],
        ],
        [Area(2, 1, 3, 1)],
    )
    assert column(found, "objective") == ["Tăng trưởng"] * 4
    assert places(found, "objective") == [(2, 1)] * 4
