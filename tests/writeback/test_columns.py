"""Numbers as the cells of a sheet show them."""

from __future__ import annotations

import pytest

from sheetsync.writeback.columns import rounded, rounded_all


@pytest.mark.parametrize(
    ("number", "digits", "shown"),
    [(-0.145, 2, -0.15), (-0.144, 2, -0.14), (0.145, 2, 0.15), (-0.001, 2, 0.0), (-1.5, 0, -2.0), (0.0, 2, 0.0)],
)
def test_a_number_below_zero_is_rounded_like_one_above(number: float, digits: int, shown: float) -> None:
    """Shows that progress below the baseline keeps its sign, and that halves go away from zero on both sides."""
    assert rounded(number, digits) == shown
    assert rounded_all([number, None], digits) == [shown, None]
