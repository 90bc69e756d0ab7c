"""What holds for every profile that comes with the program, whatever its choices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.model import Bounds, Direction, Metric, Quantity
from sheetsync.results import Status
from sheetsync.scoring import Profile, explain, explain_lines, profile_from, score
from tests import factories
from tests.scoring.scene import HALF, card, kpi, one
from tests.scoring.strategies import days, workbooks

PROFILES = [profile_from(profiles.load(name)) for name in profiles.names()]
PHRASES = {language: Phrases(locales.load(language)) for language in ("en", "vi")}
RANK = (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED)
VALUES = st.floats(-1e6, 1e6)

each_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.full_name)


@each_profile
@settings(max_examples=25)
@given(goals=workbooks(), today=days)
def test_any_workbook_is_scored_in_range_and_told(goals: Any, today: date, profile: Profile) -> None:
    """Shows that scores stay in the profile's range and that both languages can say and explain every one."""
    found = score(goals, profile, profile, today)
    for key, item in found.scores.items():
        assert (item.score is None) == (item.status is Status.NOT_SCORED)
        assert item.score is None or profile.low <= item.score <= profile.high
        told = explain(goals, found, profile, profile, key, today)
        for phrases in PHRASES.values():
            assert 0 < len(phrases.text(f"why.{item.reason.code}", **item.reason.params)) <= 160
            assert len(explain_lines(told, phrases)) >= 3


@each_profile
@given(baseline=st.floats(-1e3, 1e3), way=st.floats(1e-3, 1e3), one_value=VALUES, other=VALUES)
def test_a_better_value_never_lowers_score_or_status(
    baseline: float, way: float, one_value: float, other: float, profile: Profile
) -> None:
    """Shows that an increase is monotone in its current value: progress, score and status."""
    low, high = sorted((one_value, other))
    given: dict[str, Any] = {"metric": Metric.INCREASE, "baseline": baseline, "target": baseline + way, "confidence": 5}
    worse, better = (one(current=value, profile=profile, **given) for value in (low, high))
    if worse.not_scored is None and better.not_scored is None:
        assert (worse.score or 0) <= (better.score or 0)
        assert RANK.index(worse.status) <= RANK.index(better.status)


@each_profile
@given(baseline=st.none() | st.floats(-100, 100), bound=st.floats(-100, 100), one_value=VALUES, other=VALUES)
def test_bounds_are_monotone(
    baseline: float | None, bound: float, one_value: float, other: float, profile: Profile
) -> None:
    """Shows that a higher value never lowers "at least", strict or not, and that it stays in 0 to 1."""
    low, high = sorted((one_value, other))
    found = [one(target=Bounds(bound, None), baseline=baseline, current=c, profile=profile).score for c in (low, high)]
    assert 0 <= (found[0] or 0) <= (found[1] or 0) <= 1


@each_profile
@given(target=st.floats(0.01, 1e6), one_value=VALUES, other=VALUES)
def test_ratios_are_monotone(target: float, one_value: float, other: float, profile: Profile) -> None:
    """Shows that a KPI of which less is better never gains by more, and the other way round."""
    low, high = sorted((one_value, other))
    more = [kpi(direction=Direction.HIGHER, target=target, actual=a, profile=profile).score or 0 for a in (low, high)]
    less = [kpi(direction=Direction.LOWER, target=target, actual=a, profile=profile).score or 0 for a in (low, high)]
    assert more[0] <= more[1]
    assert less[0] >= less[1]


@each_profile
@given(
    rows=st.lists(st.tuples(st.floats(0, 150), st.integers(1, 9)), min_size=1, max_size=6),
    factor=st.sampled_from([2, 10, 0.5, 1000]),
)
def test_weights_scale_freely(rows: list[tuple[float, int]], factor: float, profile: Profile) -> None:
    """Shows that plain weights of 1, 2, 3 and of 1000, 2000, 3000 give the same objective."""

    def objective(scale: float) -> Any:
        items = [
            factories.key_result(
                f"KR-{place}",
                metric=Metric.INCREASE,
                baseline=0,
                target=100,
                current=value,
                weight=Quantity(weight * scale * 1000),
                confidence=6,
                check_in_date=HALF,
            )
            for place, (value, weight) in enumerate(rows)
        ]
        return card(factories.objective("O-1"), *items, profile=profile).scores["O-1"]

    plain, scaled = objective(1), objective(factor)
    assert scaled.score == pytest.approx(plain.score)
    assert scaled.progress == pytest.approx(plain.progress)


@each_profile
@given(value=st.floats(0, 150), count=st.integers(1, 5))
def test_equal_key_results_make_an_objective_like_each(value: float, count: int, profile: Profile) -> None:
    """Shows that the roll-up of equal parts is the part."""
    items = [
        factories.key_result(
            f"KR-{n}", metric=Metric.INCREASE, baseline=0, target=100, current=value, confidence=6, check_in_date=HALF
        )
        for n in range(count)
    ]
    found = card(factories.objective("O-1"), *items, profile=profile).scores
    assert found["O-1"].score == pytest.approx(found["KR-0"].score)
    if value < 100:
        assert found["O-1"].status is found["KR-0"].status
