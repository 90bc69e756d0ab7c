"""Tests of objectives as headings that are merged over all columns."""

from __future__ import annotations

import pytest

from sheetsync.workbook import Area, Worksheet
from tests.reading.adopted.adopting import adopted
from tests.reading.sheets import Rows


def rows(first: str, second: str, header: str = "Nội dung") -> Rows:
    """Make key results below two headings, with a remark between them."""
    return [
        ["KR", header, "Đơn vị", "Xuất phát", "Đích", "Hiện tại"],
        [first],
        [1, "Tỷ lệ giao đúng giờ", "%", 88, 96, 93],
        [2, "Khiếu nại mỗi tháng", "vụ", 40, 15, 24],
        ["Ghi chú: lấy từ tổng đài, chưa tính kênh Zalo"],
        [second],
        [1, "Chi phí nhiên liệu một km", "đồng", 4200, 3800, 4000],
        [2, "Số chuyến về có hàng", "%", 35, 60, 50],
    ]


MERGES = tuple(Area(row, 1, row, 6) for row in (2, 5, 6))


@pytest.mark.parametrize(
    ("first", "second", "header"),
    [
        ("MỤC TIÊU 1: KHÁCH HÀNG TIN CẬY", "MỤC TIÊU 2: ĐỘI XE HIỆU QUẢ", "Nội dung"),
        ("O1. Khách hàng tin cậy", "O2. Đội xe hiệu quả", "Nội dung"),
        ("Khách hàng tin cậy dịch vụ", "Đội xe hiệu quả hơn", "Kết quả then chốt"),
    ],
)
def test_headings_over_all_columns_are_the_objectives(first: str, second: str, header: str) -> None:
    """Shows that the rows below a heading are its key results, and that a remark between them is nothing."""
    goals = adopted(OKR=Worksheet("OKR", rows(first, second, header), merges=MERGES))
    assert [(item.row, item.title.value) for item in goals.objectives] == [(2, first), (6, second)]
    above = {item.key: item.row for item in goals.objectives}
    assert [(item.row, item.title.value, above[item.objective or ""]) for item in goals.key_results] == [
        (3, "Tỷ lệ giao đúng giờ", 2),
        (4, "Khiếu nại mỗi tháng", 2),
        (7, "Chi phí nhiên liệu một km", 6),
        (8, "Số chuyến về có hàng", 6),
    ]


def test_headings_of_kpis_stay_sections() -> None:
    """Shows that headings which do not call themselves objectives leave KPIs what they are."""
    told: Rows = [
        ["STT", "Chỉ tiêu", "Đơn vị", "Kỳ trước", "Kế hoạch", "Thực hiện"],
        *rows("TÀI CHÍNH", "KHÁCH HÀNG")[1:],
    ]
    goals = adopted(KPI=Worksheet("KPI", told, merges=MERGES))
    assert (len(goals.objectives), [kpi.row for kpi in goals.kpis]) == (0, [3, 4, 7, 8])
