"""Tests of what the intervals and chances promise, on few simulated cycles; ``bench/forecast.py`` has all."""

from __future__ import annotations

from functools import cache
from statistics import fmean

import pytest

from sheetsync.trends.projection import LIKELY, UNLIKELY
from sheetsync.trends.trend import Forecast
from tests.trends.backtest import Case, cases, share, wholes
from tests.trends.cycles import BACK_FILLED, OTHERS, TUNED

SEEDS = range(2_000_001, 2_000_009)


@cache
def _cases(seen: bool) -> tuple[Case, ...]:
    return tuple(cases(tuple(TUNED if seen else OTHERS), SEEDS))


@pytest.mark.parametrize("seen", [True, False], ids=["kinds of the calibration", "kinds it never saw"])
def test_the_interval_holds_80_of_100(seen: bool) -> None:
    """Shows that an interval of 80 % holds the end of 75 to 85 of 100 cycles that it was not tuned on."""
    assert 0.75 <= share([case.inside for case in _cases(seen)]) <= 0.85


def test_the_band_of_a_whole_holds_at_least_as_often_as_the_page_says() -> None:
    """Shows that the band which the page draws for several goals together holds the end of 80 of 100 cycles or more."""
    assert share([one.inside for one in wholes(3, range(3_000_001, 3_000_061))]) >= 0.80


def test_back_filled_series_are_no_worse() -> None:
    """Shows that the interval holds as often where history was filled in from week columns and dated copies."""
    found = [case.inside for seen in (True, False) for case in _cases(seen) if case.habit in BACK_FILLED]
    assert 0.75 <= share(found) <= 0.85


def test_the_middle_is_nearer_than_naive_ways() -> None:
    """Shows that the middle of the forecast misses by less than a straight line, and than the last value."""
    found = [*_cases(True), *_cases(False)]
    ours = fmean(abs(ahead(case).final - case.end) for case in found)
    assert ours < fmean(abs(case.line - case.end) for case in found)
    assert ours < fmean(abs(case.last - case.end) for case in found)


def test_chances_come_true_as_often_as_they_say() -> None:
    """Shows that of small and of large chances about as many come true as were told, and that none is told between."""
    told = [
        (chance, case.end >= 1)
        for seen in (True, False)
        for case in _cases(seen)
        if (chance := ahead(case).chance) is not None
    ]
    small, large = ([one for one in told if (one[0] >= 0.5) == over] for over in (False, True))
    for some in (small, large):
        assert len(some) > 50
        assert share([came for _, came in some]) == pytest.approx(fmean(chance for chance, _ in some), abs=0.07)
    assert max(chance for chance, _ in small) <= UNLIKELY < LIKELY <= min(chance for chance, _ in large)


def ahead(case: Case) -> Forecast:
    """Give the forecast of a case."""
    assert case.trend.forecast is not None
    return case.trend.forecast
