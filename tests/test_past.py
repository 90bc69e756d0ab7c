"""What is remembered of earlier days."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.past import legible


@pytest.mark.parametrize(
    ("value", "told"),
    [(4.844444444, 4.84), (0.0284999, 0.0285), (12_000_000_000.0, 12_000_000_000.0), (-0.5, -0.5), (1e-12, 1e-12)],
)
def test_a_number_is_rounded_as_people_need_it(value: float, told: float) -> None:
    """Shows two places from 1 on, four digits below, and that amounts of money keep every unit."""
    assert legible(value) == told


@given(st.floats(-1e12, 1e12))
def test_rounding_loses_next_to_nothing(value: float) -> None:
    """Shows that what is told is never further off than half of its last place, and is not rounded again."""
    told = legible(value)
    assert abs(told - value) <= max(0.0051 if abs(value) >= 1 else abs(value) * 5.0001e-4, 1e-300)
    assert legible(told) == told
