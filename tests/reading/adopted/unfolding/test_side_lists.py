"""Tests of objectives and key results in two lists beside each other."""

from __future__ import annotations

from sheetsync.workbook import Worksheet
from tests.reading.adopted.unfolding.flattening import column, flat, flattened, items, places
from tests.reading.sheets import Rows

HEADER = ["STT", "Mục tiêu", "STT", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện"]


def test_numbers_tie_the_two_lists_together() -> None:
    """Shows that a key result belongs to the objective of its number, not to the one in its row."""
    found = flat(
        [
            HEADER,
            [1, "Tăng trưởng doanh thu", 1.1, "Doanh thu đạt 10 tỷ", 10, 4],
            [2, "Khách hàng hài lòng", 1.2, "20 khách mới", 20, 11],
            [3, "Đội ngũ mạnh", 2.1, "NPS đạt 50", 50, 41],
            [None, None, 2.2, "Giảm khiếu nại", 2, 3],
            [None, None, 3.1, "Tuyển 5 người", 5, 2],
        ]
    )
    assert [(item["objective"], item["key_result"]) for item in items(found)] == [
        ("Tăng trưởng doanh thu", "Doanh thu đạt 10 tỷ"),
        ("Tăng trưởng doanh thu", "20 khách mới"),
        ("Khách hàng hài lòng", "NPS đạt 50"),
        ("Khách hàng hài lòng", "Giảm khiếu nại"),
        ("Đội ngũ mạnh", "Tuyển 5 người"),
    ]
    assert places(found, "objective") == [(2, 2), (2, 2), (3, 2), (3, 2), (4, 2)]
    assert found.own_rows


def test_codes_and_bare_numbers_of_objectives_tie_as_well() -> None:
    """Shows O1 with KR1.1, and a column that only repeats the number of the objective."""
    for first, second in ((["O1", "O2"], ["KR1.1", "KR1.2", "KR2.1"]), ([1, 2], [1, 1, 2])):
        rows: Rows = [
            ["Objective #", "Objective", "KR #", "Key Result", "Target", "Actual"],
            [first[0], "Grow revenue", second[0], "Revenue to 10m", 10, 4],
            [first[1], "Delight customers", second[1], "Twenty new clients", 20, 11],
            [None, None, second[2], "NPS above fifty", 50, 41],
        ]
        assert column(flat(rows), "objective") == ["Grow revenue", "Grow revenue", "Delight customers"]


def test_numbers_that_agree_with_the_rows_change_nothing() -> None:
    """Shows that an ordinary table with numbers for both is left as it is."""
    rows: Rows = [
        HEADER,
        [1, "Tăng trưởng doanh thu", 1.1, "Doanh thu đạt 10 tỷ", 10, 4],
        [None, None, 1.2, "20 khách mới", 20, 11],
        [2, "Khách hàng hài lòng", 2.1, "NPS đạt 50", 50, 41],
    ]
    assert flattened(Worksheet("OKR", rows)) is None
