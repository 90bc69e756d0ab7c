"""RO263: names of KPIs that say less is better, and those in which such a word says nothing."""

from __future__ import annotations

import pytest

from sheetsync.model import Direction
from tests.factories import kpi
from tests.rules.facts import facts, found


def words(*titles: str, direction: Direction | None = None, **given: object) -> list[object]:
    """Give the words for which KPIs of these names are told."""
    rows = [
        kpi(f"K-{row}", row=row, title=title, target=4, actual=5, direction=direction, **given)
        for row, title in enumerate(titles, 5)
    ]
    return [hit.params["word"] for hit in found("RO263", facts(*rows))]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Giảm khiếu nại", "giảm"),
        ("Cắt giảm chi phí in ấn", "cắt giảm"),
        ("Rút ngắn thời gian giao", "rút ngắn"),
        ("Reduce complaints", "reduce"),
        ("Cutting waste", "cutting"),
    ],
)
def test_a_name_that_begins_with_less_is_told(title: str, word: str) -> None:
    """Shows that the verb at the beginning of a name is found, in both languages."""
    assert words(title) == [word]


@pytest.mark.parametrize(
    "title",
    [
        "Đơn giao dưới 24 giờ",
        "Doanh thu hàng giảm giá",
        "Giảm giá cho khách quen",
        "Hà Nội: doanh thu",
        "Orders below 24 h",
        "Doanh thu",
    ],
)
def test_other_names_say_nothing(title: str) -> None:
    """Shows that a word inside a name, and one that means something else, is no reason to ask."""
    assert words(title) == []


def test_a_direction_answers() -> None:
    """Shows that whoever says which way is good is not asked, whatever it is."""
    assert words("Giảm khiếu nại", direction=Direction.LOWER) == []
    assert words("Giảm chi phí (mức đã giảm)", direction=Direction.HIGHER) == []


def test_a_kpi_with_a_row_for_each_month_is_told_once() -> None:
    """Shows that the same name in several rows is one question."""
    assert words("Giảm khiếu nại", "Giảm khiếu nại", "Giảm tồn kho") == ["giảm", "giảm"]
