"""The sections of a KPI table, and what each of them weighs."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Quantity
from tests.reading.sheets import read


def test_headings_with_a_weight_of_their_own_weigh_their_section() -> None:
    """Shows that a lettered heading may carry a weight, and that a KPI without a target so far stays a KPI."""
    goals = read(
        KPI=[
            ["Tên KPI", "Trọng số", "Chỉ tiêu", "Thực hiện"],
            ["A. Tài chính", 0.6],
            ["Doanh thu", 0.4, 10, 8],
            ["Lợi nhuận", 0.6, 2, 1],
            ["B. Khách hàng", 0.4],
            ["Khách mới", 1, 20, 11],
            ["Giữ chân khách", 0.5],
        ]
    )
    assert [(item.title.value, item.section, item.section_weight.value) for item in goals.kpis] == [
        ("Doanh thu", "A. Tài chính", Quantity(0.6)),
        ("Lợi nhuận", "A. Tài chính", Quantity(0.6)),
        ("Khách mới", "B. Khách hàng", Quantity(0.4)),
        ("Giữ chân khách", "B. Khách hàng", Quantity(0.4)),
    ]
    assert str(goals.kpis[0].section_weight.ref) == "KPI!B2"


@pytest.mark.parametrize("second", ["B. Khách hàng 40%", "B. Khách hàng (40 %)", "B. Khách hàng - 40,0%"])
def test_names_of_sections_may_carry_their_share(second: str) -> None:
    """Shows that shares that make up 100 % are what the sections weigh, and that one without a share is no share."""
    rows: list[list[Any]] = [["KPI", "Weight", "Target"], ["A. Tài chính 60 %"], ["Doanh thu", 1, 1], [second]]
    goals = read(KPI=[*rows, ["Khách mới", 1, 1]])
    assert [item.section_weight.value for item in goals.kpis] == [Quantity(0.6, True), Quantity(0.4, True)]
    for other in ("B. Khách hàng", "B. Tăng 30%"):
        goals = read(KPI=[*rows[:3], [other], ["Khách mới", 1, 1]])
        assert [item.section_weight.value for item in goals.kpis] == [None, None]


def test_a_column_of_section_weights_speaks_for_all_rows_of_a_section() -> None:
    """Shows that the first weight beside a section counts for its rows, wherever they stand."""
    goals = read(
        KPI=[
            ["KPI", "Section", "Section weight", "Target"],
            ["Revenue", "Finance", "60%", 1],
            ["Profit", None, None, 1],
            ["Clients", "Customers", "40%", 1],
        ]
    )
    assert [item.section_weight.value for item in goals.kpis] == [
        Quantity(0.6, True), Quantity(0.6, True), Quantity(0.4, True),
    ]  # fmt: skip


def test_the_letter_of_a_section_may_stand_under_the_numbers() -> None:
    """Shows that A, B and Roman numbers in a column of row numbers head sections that weigh something."""
    goals = read(
        KPI=[
            ["STT", "Tên KPI", "Trọng số", "Chỉ tiêu", "Thực hiện"],
            ["A", "Tài chính", 0.6],
            [1, "Doanh thu", 0.4, 10, 8],
            [2, "Lợi nhuận", 0.6, 2, 1],
            ["B", "Khách hàng", 0.4],
            [1, "Khách mới", 1, 20, 11],
            [2, "Giữ chân khách", 0.5],
        ]
    )
    assert [(item.title.value, item.section) for item in goals.kpis] == [
        ("Doanh thu", "Tài chính"),
        ("Lợi nhuận", "Tài chính"),
        ("Khách mới", "Khách hàng"),
        ("Giữ chân khách", "Khách hàng"),
    ]
    assert [item.section_weight.value for item in goals.kpis[::2]] == [Quantity(0.6), Quantity(0.4)]


def test_a_section_that_weighs_something_and_has_no_kpi_is_named() -> None:
    """Shows a heading, and a row of the columns for sections; a heading without a weight is but a title."""
    rows: list[list[Any]] = [["A. Tài chính", 0.6], ["Doanh thu", 1, 10, 8], ["B. Khách hàng", 0.3], ["C. Nội bộ", 0.1]]
    goals = read(KPI=[["Tên KPI", "Trọng số", "Chỉ tiêu", "Thực hiện"], *rows, ["Đào tạo", 1, 5, 5], ["D. Khác"]])
    (empty,) = goals.empty_sections
    assert (empty.name, empty.weight.value, str(empty.weight.ref)) == ("B. Khách hàng", Quantity(0.3), "KPI!B4")
    assert [item.title.value for item in goals.kpis] == ["Doanh thu", "Đào tạo"]
    goals = read(
        KPI=[
            ["KPI", "Section", "Section weight", "Target"],
            ["Revenue", "Finance", "60%", 1],
            [None, "Customers", "40%", None],
            [None, "Finance", "60%", None],
            [None, "Process", None, None],
        ]
    )
    assert [(one.name, str(one.weight.ref)) for one in goals.empty_sections] == [("Customers", "KPI!C3")]
    assert len(goals.kpis) == 1
