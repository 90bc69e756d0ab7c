"""Tests of objectives and key results whose titles stand in one column."""

from __future__ import annotations

import pytest

from sheetsync.model import Quantity
from sheetsync.workbook import CellValue, Worksheet
from tests.reading.adopted.adopting import adopted
from tests.reading.adopted.unfolding.flattening import column, flat, flattened, items, places
from tests.reading.sheets import Rows

BOTH = "Mục tiêu/Kết quả then chốt"


@pytest.mark.parametrize(
    "numbers",
    [
        [1, 1.1, 1.2, 2, 2.1],
        ["1", "1,1", "1,2", "2", "2,1"],
        ["1.", "1.1.", "1.2.", "2.", "2.1."],
        ["I", 1, 2, "II", 1],
        ["A", 1, 2, "B", 1],
        ["O1", "KR1", "KR2", "O2", "KR1"],
        ["O1", "O1-KR1", "O1-KR2", "O2", "O2-KR1"],
    ],
)
def test_numbers_and_codes_tell_objectives_from_key_results(numbers: list[CellValue]) -> None:
    """Shows the ways in which people number a tree of two levels."""
    titles = ["Tăng trưởng doanh thu", "Doanh thu thuần", "Khách hàng mới", "Khách hàng hài lòng", "Điểm NPS"]
    goals: Rows = [[number, title, 10] for number, title in zip(numbers, titles, strict=True)]
    found = flat([["STT", BOTH, "Chỉ tiêu"], *goals])
    assert column(found, "objective") == [titles[0], None, None, titles[3], None]
    assert column(found, "key_result") == [None, titles[1], titles[2], None, titles[4]]
    assert places(found, "key_result")[1] == (3, 2)
    assert found.own_rows


@pytest.mark.parametrize(
    "titles",
    [
        ["O1: Grow revenue", "KR1: Revenue to ten million", "KR2: Twenty new clients", "O2: Delight", "KR1: NPS fifty"],
        ["Objective: Grow", "Key result: Revenue", "Key result: Clients", "Objective: Delight", "Key result: NPS"],
        ["Mục tiêu 1: Tăng trưởng", "KQ1: Doanh thu", "KQ2: Khách mới", "Mục tiêu 2: Hài lòng", "KQ1: NPS"],
        ["1. Grow revenue", "1.1 Revenue to ten", "1.2 Twenty clients", "2. Delight clients", "2.1 NPS fifty"],
    ],
)
def test_the_beginnings_of_titles_tell_them_apart(titles: list[str]) -> None:
    """Shows words and numbers inside the titles, which stay in them."""
    goals: Rows = [[title, 10, 4] for title in titles]
    found = flat([["OKR", "Target", "Current"], *goals])
    assert column(found, "objective") == [titles[0], None, None, titles[3], None]
    assert column(found, "key_result") == [None, titles[1], titles[2], None, titles[4]]


def test_a_column_of_words_tells_them_apart_even_where_the_header_says_nothing() -> None:
    """Shows that a list with a type in each row is one of OKRs, whatever its title column is called."""
    found = flat(
        [
            ["Loại", "Nội dung", "Chỉ tiêu", "Thực hiện"],
            ["Mục tiêu", "Tăng trưởng doanh thu"],
            ["Kết quả then chốt", "Doanh thu đạt 10 tỷ", 10, 4],
            ["Mục tiêu", "Khách hàng hài lòng"],
            ["Kết quả then chốt", "NPS đạt 50", 50, 41],
        ]
    )
    assert found.table.kind == "okr"
    assert column(found, "key_result") == [None, "Doanh thu đạt 10 tỷ", None, "NPS đạt 50"]


def test_rows_without_amounts_above_rows_with_amounts_are_objectives() -> None:
    """Shows that amounts tell where nothing else does."""
    rows: Rows = [
        ["Mục tiêu", "Chỉ tiêu", "Thực hiện", "Người phụ trách"],
        ["Tăng trưởng doanh thu"],
        ["Doanh thu đạt 10 tỷ", 10, 4, "An"],
        ["20 khách hàng mới", 20, 11, "Bình"],
        ["Khách hàng hài lòng"],
        ["NPS đạt 50", 50, 41, "Cúc"],
    ]
    assert column(flat(rows), "objective") == ["Tăng trưởng doanh thu", None, None, "Khách hàng hài lòng", None]
    plain: Rows = [rows[0], *(row for row in rows[1:] if len(row) > 1), ["Giảm khiếu nại", None, None, "An"]]
    assert flattened(Worksheet("OKR", plain)) is None


def test_one_row_without_amounts_is_the_objective_where_the_header_says_that_it_stands_there() -> None:
    """Shows a sheet with one objective; above a single row, or among key results, it may be a new one of these."""
    rows: Rows = [["Tăng trưởng", None, None], ["Doanh thu thuần", 100, 40], ["Khách hàng mới", 50, 20]]
    header: list[CellValue] = [BOTH, "Chỉ tiêu", "Thực hiện"]
    found = flat([header, *rows])
    assert column(found, "objective") == ["Tăng trưởng", None, None]
    assert column(found, "key_result") == [None, "Doanh thu thuần", "Khách hàng mới"]
    assert column(flat([header, *rows[:2]]), "key_result") == ["Tăng trưởng", "Doanh thu thuần"]
    assert column(flat([header, rows[1], rows[0], rows[2]]), "objective") == [None, None, None]


def test_a_key_result_belongs_to_the_objective_that_its_code_names() -> None:
    """Shows that the order of rows does not matter where a column holds the codes of the parents."""
    found = flat(
        [
            ["ID", "Parent", "Objective / Key Result", "Target", "Actual"],
            ["A-1", None, "Grow revenue"],
            ["A-2", None, "Delight customers"],
            ["B-1", "A-1", "Revenue to 10m", 10, 4],
            ["B-2", "A-2", "NPS above fifty", 50, 41],
            ["B-3", "A-1", "Twenty new clients", 20, 11],
        ]
    )
    assert [(item["objective"], item.get("key_result")) for item in items(found)] == [
        ("Grow revenue", None),
        ("Delight customers", None),
        ("Grow revenue", "Revenue to 10m"),
        ("Delight customers", "NPS above fifty"),
        ("Grow revenue", "Twenty new clients"),
    ]
    assert places(found, "objective")[-1] == (2, 3)


def test_amounts_that_happen_to_be_numbers_of_rows_are_no_codes_of_parents() -> None:
    """Shows that a column of small numbers beside numbered rows makes no tree."""
    rows: Rows = [
        ["No.", "OKR", "Points"],
        *([n, f"Title of goal {n}", p] for n, p in ((1, 2), (2, 1), (3, None), (4, 3))),
    ]
    found = flattened(Worksheet("OKR", rows))
    assert found is None or set(column(found, "objective")) == {None}


def test_an_objective_below_another_is_aligned_to_it() -> None:
    """Shows an outline of three levels: key results on the lowest, objectives on both above."""
    found = flat(
        [
            ["STT", "OKR", "Chỉ tiêu", "Thực hiện"],
            ["1", "Tăng trưởng toàn công ty"],
            ["1,1", "Tăng trưởng doanh thu"],
            ["1,1,1", "Doanh thu đạt 10 tỷ", 10, 4],
            ["1,2", "Khách hàng hài lòng"],
            ["1,2,1", "NPS đạt 50", 50, 41],
        ]
    )
    assert column(found, "key_result") == [None, None, "Doanh thu đạt 10 tỷ", None, "NPS đạt 50"]
    assert column(found, "aligned_to") == [None, *["Tăng trưởng toàn công ty", None] * 2]


def test_steps_below_measured_key_results_do_not_make_them_objectives() -> None:
    """Shows that the level on which the amounts stand holds the key results, though others stand below."""
    found = flat(
        [
            ["No.", "Objective / Key Result", "Target", "Actual"],
            ["1", "Grow revenue"],
            ["1.1", "Revenue to ten million", 10, 4],
            ["1.1.1", "Revenue in the north", 6, 2],
            ["1.1.2", "Revenue in the south", 4, 2],
            ["1.2", "Twenty new clients", 20, 11],
        ]
    )
    assert column(found, "objective") == ["Grow revenue", None, None, None, None]


def test_initiatives_between_key_results_are_neither() -> None:
    """Shows that types tell objectives from key results also where they name initiatives, which are left."""
    goals = adopted(
        OKR=[
            ["Cấp", "Loại", "Nội dung", "Ban đầu", "Mục tiêu", "Hiện tại", "Tiến độ"],
            ["Công ty", "O", "Dẫn đầu thị trường mì gạo miền Nam"],
            ["Công ty", "KR", "Thị phần (%)", 18, 25, 21, 0.43],
            ["Công ty", "KR", "Điểm bán có mặt", 3000, 5000, 4200, 0.6],
            ["Công ty", "Sáng kiến", "Chạy khuyến mãi tại chợ"],
            ["Phòng", "O", "Thương hiệu được nhớ đến"],
            ["Phòng", "KR", "Nhận biết thương hiệu (%)", 40, 55, 43, 0.2],
        ]
    )
    assert [(item.row, item.title.value) for item in goals.objectives] == [
        (2, "Dẫn đầu thị trường mì gạo miền Nam"),
        (6, "Thương hiệu được nhớ đến"),
    ]
    assert [(item.row, item.baseline.value) for item in goals.key_results] == [
        (3, Quantity(18.0)),
        (4, Quantity(3000.0)),
        (7, Quantity(40.0)),
    ]
