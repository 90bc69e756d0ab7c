"""Tests of the items that stand as lines of one cell."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading.adopted.unfolding.lines import items_of, lines_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1. Doanh thu\n2. Khách hàng mới", ["Doanh thu", "Khách hàng mới"]),
        ("1.Doanh thu\n2.Khách hàng mới", ["Doanh thu", "Khách hàng mới"]),
        ("KR1: Revenue to $10m\nKR2: 20 new clients", ["Revenue to $10m", "20 new clients"]),
        ("KR1.1 Doanh thu\nKR1.2 Lợi nhuận", ["Doanh thu", "Lợi nhuận"]),
        ("- NPS 50\n- Churn < 2%", ["NPS 50", "Churn < 2%"]),
        ("• NPS 50\n• Churn < 2%", ["NPS 50", "Churn < 2%"]),
        ("a) NPS 50\nb) 5.5 điểm", ["NPS 50", "5.5 điểm"]),
        ("1️⃣ Revenue\n2️⃣ Clients", ["Revenue", "Clients"]),
        ("1.1 Revenue\n1.2 20 clients", ["Revenue", "20 clients"]),
        ("Gồm:\n- Doanh thu\n- Lợi nhuận", ["Doanh thu", "Lợi nhuận"]),
        ("1. Clients\n   in the north\n2. Margin", ["Clients\n   in the north", "Margin"]),
        ("- Giảm khiếu nại\n + miền Bắc\n + miền Nam\n- NPS", ["Giảm khiếu nại\n + miền Bắc\n + miền Nam", "NPS"]),
        ("Hire 5 people\nAttrition below 10%", ["Hire 5 people", "Attrition below 10%"]),
        ("Tăng doanh thu\nlên 10 tỷ", ["Tăng doanh thu\nlên 10 tỷ"]),
        ("Doanh thu\n- miền Bắc\n- miền Nam", ["Doanh thu\n- miền Bắc\n- miền Nam"]),
        ("5.5 tỷ doanh thu\n3 tỷ lợi nhuận", ["5.5 tỷ doanh thu", "3 tỷ lợi nhuận"]),
        ("- NPS 50", ["NPS 50"]),
        ("-10% chi phí", ["-10% chi phí"]),
    ],
)
def test_the_items_of_a_cell(text: str, wanted: list[str]) -> None:
    """Shows which lines begin an item, and which go on with the one above."""
    assert [item.text for item in items_of(text)[0]] == wanted


@given(st.text(alphabet="ab1.-• \n:)KR", max_size=60))
def test_items_are_parts_of_the_cell_in_order(text: str) -> None:
    """Shows that an item is what stands between its places, and that none overlaps another."""
    found, _ = items_of(text)
    assert all(text[item.start : item.end] == item.text for item in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "count", "wanted"),
    [
        ("10 tỷ\n20\n20%", 3, ["10 tỷ", "20", "20%"]),
        ("- 10\n- 20", 2, ["10", "20"]),
        ("-10\n-20", 2, ["-10", "-20"]),
        ("10\n\n30", 3, ["10", "", "30"]),
        ("10\n\n30", 2, ["10", "30"]),
        ("1. An\n2. Bình", 2, ["An", "Bình"]),
        ("An\nBình", 3, []),
    ],
)
def test_the_lines_beside_them(text: str, count: int, wanted: list[str]) -> None:
    """Shows that targets and owners are parted line by line where there are just as many, and kept whole else."""
    assert [item.text for item in lines_of(text, count)] == wanted
