"""Tests of the way from snapshots to a forecast."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.trends.calibration import CAME, ERRORS, LEVELS, SAID
from sheetsync.trends.projection import LATEST_CHANCE, LIKELY, project
from sheetsync.trends.robust import theil_sen
from sheetsync.trends.trend import Point

START = date(2026, 10, 1)


def points(*progress: float, weeks: int = 13) -> list[Point]:
    """Make weekly snapshots of a cycle of so many weeks, from its first day on."""
    return [Point(START + timedelta(weeks=week), week / weeks, value) for week, value in enumerate(progress)]


def test_one_wrong_number_does_not_bend_a_slope() -> None:
    """Shows that a typing error in one of nine weeks leaves the slope where it was, and bends a least-squares one."""
    even = [(week, 0.05 * week) for week in range(9)]
    wrong = [*even[:4], (4, 3.0), *even[5:]]
    assert theil_sen(even) == pytest.approx(0.05)
    assert theil_sen(wrong) == pytest.approx(0.05, rel=0.1)


def test_a_slope_needs_two_days() -> None:
    """Shows that points of one day have no slope, and nothing is projected from them."""
    assert theil_sen([(0.2, 0.1), (0.2, 0.4)]) is None
    assert project([Point(START, 0.2, 0.1), Point(START, 0.2, 0.3)], 0.7, 0.8) is None


def test_a_slope_over_a_long_series_is_that_of_its_ends_and_middle() -> None:
    """Shows that more points than are taken give the slope of all of them."""
    assert theil_sen([(day, 2.0 * day) for day in range(2000)]) == pytest.approx(2.0)


def test_few_snapshots_are_drawn_towards_what_is_usual() -> None:
    """Shows that after two weeks the prior has most of the say, and after ten the snapshots have."""
    early, late = points(0, 0.14, 0.28), points(*(0.14 * week for week in range(8)))
    first, second = project(early, 0.7, 1 - 2 / 13), project(late, 0.7, 1 - 7 / 13)
    assert first is not None and second is not None
    seen = 0.14 * 13
    assert first.seen == pytest.approx(seen) and second.seen == pytest.approx(seen)
    assert first.weight < 0.5 < second.weight
    assert 0.7 < first.rate < second.rate < seen


def test_the_rate_is_the_mean_of_what_was_assumed_and_seen() -> None:
    """Shows that the rate is the snapshots' by their weight and the prior's by the rest, and that it goes on."""
    found = project(points(0, 0.02, 0.05, 0.2, 0.21), 1.0, 9 / 13)
    assert found is not None
    assert found.rate == pytest.approx(found.weight * found.seen + (1 - found.weight) * 1.0)
    assert found.middle == pytest.approx(0.21 + found.rate * 9 / 13)


def test_noise_widens_the_interval_and_a_change_of_pace_too() -> None:
    """Shows that jumps, and a stall in the later half, each make the interval wider than steady work does."""
    steady, jumpy = points(*(0.05 * week for week in range(9))), points(0, 0.2, 0, 0.3, 0.1, 0.4, 0.1, 0.5, 0.4)
    stalled = points(0, 0.1, 0.2, 0.3, 0.4, 0.4, 0.4, 0.4, 0.4)
    spreads = [found.spread for one in (steady, jumpy, stalled) if (found := project(one, 0.7, 5 / 13)) is not None]
    assert len(spreads) == 3 and spreads[0] < min(spreads[1:])


def test_a_chance_is_told_late_and_only_where_it_is_small_or_large() -> None:
    """Shows that before the last quarter no probability is told, nor later while either may well be; more raises it."""
    rising = points(*(0.08 * week for week in range(5)))
    early = project(rising, 0.7, LATEST_CHANCE + 0.01)
    assert early is not None and early.chance() is None
    ends = [project(points(*(step * week for week in range(11))), 0.7, 3 / 13) for step in (0.04, 0.06, 0.08, 0.1)]
    chances = [found.chance() for found in ends if found is not None]
    told = [chance for chance in chances if chance is not None]
    assert chances[2] is None
    assert len(told) == 3 and told == sorted(told) and told[0] < 0.1 < LIKELY <= told[2]


@given(
    st.lists(st.floats(-2, 3), min_size=3, max_size=20), st.floats(0.01, 0.9), st.sampled_from((0.7, 1.0)),
    st.lists(st.floats(0, 1), min_size=2, max_size=4),
)  # fmt: skip
def test_levels_rise(progress: list[float], left: float, prior: float, levels: list[float]) -> None:
    """Shows that whatever was seen, a higher level never lies below a lower one."""
    found = project(points(*progress, weeks=len(progress) * 2), prior, left)
    assert found is not None and found.spread > 0
    ends = [found.at(level) for level in sorted(levels)]
    assert ends == sorted(ends)


def test_the_measured_tables_are_in_order() -> None:
    """Shows that both tables of the calibration rise, so that they can be read either way."""
    for table in (LEVELS, ERRORS, SAID, CAME):
        assert list(table) == sorted(table)
    assert len(LEVELS) == len(ERRORS) == len(set(ERRORS)) and len(SAID) == len(CAME)


def test_order_and_shift_do_not_matter() -> None:
    """Shows that a slope is the same whatever is added to all values."""
    chance = random.Random(3)  # noqa: S311 - a simulation
    some = [(float(week), chance.random()) for week in range(12)]
    assert theil_sen([(x, y + 5) for x, y in some]) == pytest.approx(theil_sen(some))
