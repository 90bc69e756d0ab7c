"""Percentages that say of what they are."""

from __future__ import annotations

import pytest

from sheetsync.model import Bounds, Quantity
from tests.reading.test_targets import TEXTS


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("100% đúng hạn", Quantity(1.0, percent=True)),
        ("≥ 95% đơn hàng", Bounds(0.95, None, percent=True)),
        ("Không quá 5% doanh thu", Bounds(None, 0.05, percent=True)),
        ("90% of orders", Quantity(0.9, percent=True)),
    ],
)
def test_a_percentage_of_something_is_one(text: str, target: object) -> None:
    """Shows that words behind a percentage that only say of what it is leave the number what it is."""
    assert TEXTS.target(text) == target


@pytest.mark.parametrize(
    "text",
    [
        "10% so với năm trước",
        "10% cao hơn năm ngoái",
        "20% more than last year",
        "10% tăng trưởng",
        "5% mỗi quý hoặc hơn",
    ],
)
def test_a_percentage_that_may_be_a_change_is_none(text: str) -> None:
    """Shows that a percentage against something else is not taken for a share."""
    assert not isinstance(TEXTS.target(text), Quantity | Bounds)


def test_an_actual_may_say_of_what_it_is() -> None:
    """Shows that actuals are read alike, and that other texts stay unread."""
    assert TEXTS.current("93% đúng hạn") == Quantity(0.93, percent=True)
    assert TEXTS.current("khoảng chín mươi phần trăm") is None
