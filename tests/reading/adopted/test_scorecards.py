"""KPI scorecards that people made themselves: blocks with weights, points, months beside values to date."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Quantity
from tests.reading.adopted.adopting import adopted, mapped

NAMES = ("Doanh thu", "Lợi nhuận", "Khách hàng mới")


def numbers(*values: float) -> list[Quantity]:
    """Give plain numbers as they are read."""
    return [Quantity(value) for value in values]


def test_a_block_keeps_its_weight() -> None:
    """Shows that the weight of a heading reaches every KPI below it, with the heading's cell."""
    goals = adopted(
        KPI=[
            ["STT", "Tên KPI", "Trọng số", "ĐVT", "Kế hoạch", "Thực hiện", "Điểm cộng", "Điểm trừ"],
            ["A", "Tài chính", 60],
            [1, "Doanh thu", 70, "tỷ", 10, 8, 2],
            [2, "Lợi nhuận", 30, "tỷ", 2, 1, None, 1],
            ["B", "Khách hàng", 40],
            [1, "Khách hàng mới", 100, "khách", 20, 11],
        ]
    )
    assert [item.section_weight.value for item in goals.kpis] == numbers(60, 60, 40)
    assert [str(item.section_weight.ref) for item in goals.kpis] == ["KPI!C2", "KPI!C2", "KPI!C5"]
    assert [item.bonus.value for item in goals.kpis] == [Quantity(2.0), None, None]
    assert [item.penalty.value for item in goals.kpis] == [None, Quantity(1.0), None]


@pytest.mark.parametrize("header", ["Lũy kế T{}", "Lũy kế tháng {}"])
def test_months_and_values_to_date_are_not_added(header: str) -> None:
    """Shows that only the months count where both stand side by side, and the values to date where they are alone."""
    both: list[list[Any]] = [
        ["STT", "Tên KPI", "Trọng số", "Chỉ tiêu", "Tháng 1", header.format(1), "Tháng 2", header.format(2)]
    ]
    alone: list[list[Any]] = [["STT", "Tên KPI", "Trọng số", "Kế hoạch năm", header.format(1), header.format(2)]]
    for place, name in enumerate(NAMES, 1):
        both.append([place, name, 30, 10, 8, 8, 9, 17])
        alone.append([place, name, 30, 120, 8, 17])
    first, *_ = adopted(KPI=both).kpis
    assert (first.to_date, [one.actual.value for one in first.periods]) == (False, numbers(8, 9))
    first, *_ = adopted(KPI=alone).kpis
    assert (first.to_date, first.yearly) == (True, True)
    assert [one.actual.value for one in first.periods] == numbers(8, 17)


def test_a_target_of_the_year_stands_beside_a_value_to_date() -> None:
    """Shows that a plan of the year is known by its words where month and value to date have a column each."""
    rows = [[place, name, 30, 120, 8, 72] for place, name in enumerate(NAMES, 1)]
    headers = ["STT", "Tên KPI", "Trọng số", "Kế hoạch năm", "Thực hiện tháng", "Lũy kế"]
    item, *_ = adopted(KPI=[headers, *rows]).kpis
    assert item.yearly
    cells = (item.target, item.actual, item.actual_to_date)
    assert [cell.value for cell in cells] == numbers(120, 8, 72)


@pytest.mark.parametrize("pay", ["Lương", "Thưởng", "Mức thưởng", "Lương P3", "Tổng thu nhập", "Salary", "Phụ cấp"])
def test_pay_has_no_meaning(pay: str) -> None:
    """Shows that a column of pay is mapped to nothing that is ever read."""
    rows = [[place, name, 30, 10, 8, 9_000_000 + place] for place, name in enumerate(NAMES, 1)]
    sheet = [["STT", "Tên KPI", "Trọng số", "Kế hoạch", "Thực hiện", pay], *rows]
    (table,) = mapped(KPI=sheet)
    assert all(column.concept == "other" for column in table.columns if column.header == pay)
    told = [value for item in adopted(KPI=sheet).kpis for value in item]
    assert "900000" not in repr(told)


@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_block_without_kpis_is_named_and_counts_as_no_kpi(place: int) -> None:
    """Shows a heading with a weight and nothing below it, above, between and below others, with its own cell."""
    rows: list[list[Any]] = [
        ["A", "Tài chính", 50],
        [1, "Doanh thu", 70, "tỷ", 10, 8],
        [2, "Lợi nhuận", 30, "tỷ", 2, 1],
        ["B", "Khách hàng", 30],
        [1, "Khách hàng mới", 60, "khách", 20, 11],
        [2, "Khách quay lại", 40, "khách", 20, 11],
    ]
    rows.insert(place, ["C", "Con người", 20])
    goals = adopted(KPI=[["STT", "Tên KPI", "Trọng số", "ĐVT", "Kế hoạch", "Thực hiện"], *rows])
    assert [item.section for item in goals.kpis] == ["Tài chính", "Tài chính", "Khách hàng", "Khách hàng"]
    (empty,) = goals.empty_sections
    assert (empty.name, empty.weight.value, str(empty.weight.ref)) == ("Con người", Quantity(20.0), f"KPI!C{place + 2}")
    assert (empty.table, empty.row) == (goals.kpis[0].table, place + 2)
