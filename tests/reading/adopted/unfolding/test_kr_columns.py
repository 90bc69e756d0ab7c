"""Tests of key results that stand beside each other in one row."""

from __future__ import annotations

from sheetsync.workbook import Area, Worksheet
from tests.reading.adopted.unfolding.flattening import column, flat, flattened, items, places
from tests.reading.sheets import Rows

GROUPED: Rows = [
    ["Mục tiêu", "Trọng số", "KR1", None, None, "KR2", None, None, "Người phụ trách"],
    [None, None, "Nội dung", "Chỉ tiêu", "Kết quả", "Nội dung", "Chỉ tiêu", "Kết quả", None],
    ["Tăng trưởng doanh thu", 0.6, "Doanh thu đạt 10 tỷ", 10, 4, "20 khách hàng mới", 20, 11, "Nguyễn An"],
    ["Khách hàng hài lòng", 0.4, "NPS đạt 50", 50, 41, None, None, None, "Trần Bình"],
]
MERGES = (Area(1, 1, 2, 1), Area(1, 2, 2, 2), Area(1, 3, 1, 5), Area(1, 6, 1, 8), Area(1, 9, 2, 9))


def test_every_key_result_brings_its_own_target_and_actual() -> None:
    """Shows that a group's columns go with its key result, and that an empty group is no item."""
    found = flat(GROUPED, MERGES)
    told = [(item["objective"], item["key_result"], item["target"], item["current"]) for item in items(found)[1:]]
    assert told == [
        ("Tăng trưởng doanh thu", "Doanh thu đạt 10 tỷ", 10, 4),
        ("Tăng trưởng doanh thu", "20 khách hàng mới", 20, 11),
        ("Khách hàng hài lòng", "NPS đạt 50", 50, 41),
    ]
    assert places(found, "target")[1:] == [(3, 4), (3, 7), (4, 4)]
    assert not found.own_rows


def test_a_weight_beside_several_key_results_stays_with_their_objective() -> None:
    """Shows that one amount is not given to each of them: it stands on a row of the objective alone."""
    assert column(flat(GROUPED, MERGES), "weight") == [0.6, None, None, 0.4]


def test_an_owner_is_shared_by_all_key_results_of_the_row() -> None:
    """Shows that what holds for the whole row holds for each of them."""
    assert column(flat(GROUPED, MERGES), "owner") == ["Nguyễn An", "Nguyễn An", "Nguyễn An", "Trần Bình"]


def test_headers_that_come_again_without_numbers_belong_to_the_key_result_before_them() -> None:
    """Shows that place tells where no number does."""
    found = flat(
        [
            ["Objective", "Key Result", "Score", "Key Result", "Score", "Owner"],
            ["Grow revenue", "Revenue to 10m", 0.3, "Twenty new clients", 0.5, "Ann Lee"],
            ["Delight customers", "NPS above fifty", 0.9, "Churn below two", 0.4, "Bob Ray"],
        ]
    )
    assert [(item["key_result"], item["score"]) for item in items(found)] == [
        ("Revenue to 10m", 0.3),
        ("Twenty new clients", 0.5),
        ("NPS above fifty", 0.9),
        ("Churn below two", 0.4),
    ]


def test_key_results_first_and_their_targets_after_them_go_together_by_number() -> None:
    """Shows that KR1, KR2, Target 1, Target 2 are two pairs."""
    found = flat(
        [
            ["Objective", "KR1", "KR2", "Target 1", "Target 2"],
            ["Grow revenue", "Revenue to 10m", "Twenty new clients", 10, 20],
            ["Delight customers", "NPS above fifty", None, 50, None],
        ]
    )
    assert [(item["key_result"], item["target"]) for item in items(found)] == [
        ("Revenue to 10m", 10),
        ("Twenty new clients", 20),
        ("NPS above fifty", 50),
    ]


def test_a_formula_below_an_empty_key_result_makes_no_item() -> None:
    """Shows that a template's formulas in unused groups are no key results, and that a typed target is one."""
    rows: Rows = [
        ["Objective", "KR1", "Target 1", "Current 1", "KR2", "Target 2", "Current 2"],
        ["Grow revenue", "Revenue to 10m", 10, 4, None, None, 0],
        ["Delight customers", "NPS above fifty", 50, 40, None, 7, 0],
    ]
    found = flattened(Worksheet("OKR", rows, formulas=frozenset({(2, 7), (3, 7)})))
    assert found is not None
    assert column(found, "target") == [10, 50, 7]


def test_what_is_shown_in_percent_is_shown_so_still() -> None:
    """Shows that formats and formulas are asked of the real cells."""
    sheet = Worksheet(
        "OKR",
        [
            ["Objective", "KR1", "Target 1", "KR2", "Target 2"],
            ["Grow revenue", "Margin of a fifth", 0.2, "Twenty new clients", 20],
            ["Delight customers", "NPS above fifty", 50, "Less churn", 0.02],
        ],
        formulas=frozenset({(2, 5)}),
        is_percent=lambda row, column: (row, column) in ((2, 3), (3, 5)),
    )
    found = flattened(sheet)
    assert found is not None
    number = found.table.of("target")[0].column
    assert [found.sheet.is_percent(row, number) for row in (2, 3, 4, 5)] == [True, False, False, True]
    assert found.sheet.formulas == {(3, number)}
