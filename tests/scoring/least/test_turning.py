"""Where something turns: the number that a person is told, and the bound that itself does not suffice."""

from __future__ import annotations

import pytest

from sheetsync.scoring.least.turning import Turn, turn


@pytest.mark.parametrize("start", [0.0, -0.3, -7.0, -12e9])
def test_what_holds_only_above_zero_is_told_as_beyond_zero(start: float) -> None:
    """Shows that a strict bound of 0 is told as that, and not as the smallest number that a computer knows."""
    found = turn(lambda number: number > 0, start, 5.0)
    assert found == Turn(5e-324, 0.0, beyond=True)


@pytest.mark.parametrize("start", [0.0, 0.3, 7.0, 12e9])
def test_what_holds_only_below_zero_is_told_as_beyond_zero(start: float) -> None:
    """Shows the same on the way down."""
    found = turn(lambda number: number < 0, start, -5.0)
    assert found == Turn(-5e-324, 0.0, beyond=True)


def test_zero_itself_is_told_where_it_suffices() -> None:
    """Shows that a bound of 0 that is inside is the value to reach."""
    assert turn(lambda number: number >= 0, -7.0, 5.0) == Turn(0.0, 0.0)


@pytest.mark.parametrize("start", [100000.375, 0.1, -2.5, 33.333333333333336])
@pytest.mark.parametrize("sign", [1, -1])
def test_where_the_bound_is_where_it_stands_everything_beyond_it_will_do(start: float, sign: int) -> None:
    """Shows that a value exactly on a strict bound is told to leave it, and not to go a made-up way."""
    found = turn(lambda number: sign * number > sign * start, start, start + sign * 1e5)
    assert found is not None
    assert (found.shown, found.beyond) == (start, True)


def test_a_way_longer_than_any_number_is_not_rounded() -> None:
    """Shows numbers so far apart that nobody can say how far: what holds is told as it is."""
    found = turn(lambda number: number > 9e307, -1e308, 1e308)
    assert found is not None
    assert 9e307 < found.value <= found.shown <= 1e308
