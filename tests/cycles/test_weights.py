"""Weights among key results whose siblings were left behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.cycles.weights import balanced, whole_percents
from sheetsync.model import Quantity
from tests.factories import goals, key_result, objective


def weights(*given: Quantity | None, kept: int) -> list[Quantity | None]:
    """Give the weights of the first so many key results after the others were left behind."""
    items = [key_result(f"KR-{n}", row=n + 6, weight=weight) for n, weight in enumerate(given)]
    after = balanced(items[:kept], goals(objective(), *items))
    return [item.weight.value for item in after]


def test_percentages_share_the_whole_again() -> None:
    """Shows 50, 30 and 20 % without the last: 63 and 37; all of a group stay as they are."""
    half, third, fifth = (Quantity(share, percent=True) for share in (0.5, 0.3, 0.2))
    assert weights(half, third, fifth, kept=2) == [Quantity(0.63, percent=True), Quantity(0.37, percent=True)]
    assert weights(half, third, fifth, kept=3) == [half, third, fifth]
    assert weights(Quantity(50), Quantity(30), Quantity(20), kept=1) == [Quantity(1.0, percent=True)]


def test_ratios_and_blanks_stay() -> None:
    """Shows that 5, 3, 2 and no weights at all say the same about those that are left."""
    assert weights(Quantity(5), Quantity(3), Quantity(2), kept=2) == [Quantity(5), Quantity(3)]
    assert weights(None, None, None, kept=2) == [None, None]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_whole_percents_total_a_hundred(numbers: list[float]) -> None:
    """Shows that nothing is lost in rounding, and that no share is off by a whole percent."""
    parts = whole_percents(numbers)
    assert sum(parts) == 100
    total = sum(numbers)
    for number, part in zip(numbers, parts, strict=True):
        exact = number * 100 / total if total > 0 else 100 / len(numbers)
        assert part == pytest.approx(exact, abs=1.0001)
