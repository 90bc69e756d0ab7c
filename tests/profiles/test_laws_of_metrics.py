"""What holds for every metric under every profile that comes with the program: range, direction, order and weights."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync import profiles
from sheetsync.model import Bounds, Direction, Done, Frequency, Goals, Metric, Milestones, PerPeriod, Quantity
from sheetsync.results import Score, Scorecard, Status
from sheetsync.scoring import Profile, profile_from, score
from tests import factories
from tests.scoring.scene import HALF, card, kpi, one
from tests.scoring.strategies import days, workbooks

PROFILES = [profile_from(profiles.load(name)) for name in profiles.names()]
RANK = (Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED)
NUMBERS = st.floats(-1e4, 1e4) | st.sampled_from([0.0, 1.0, -1.0, 5e-324, 1e-300, 1e8, -1e8])
BASES = st.floats(-1e3, 1e3)
WIDTHS = st.floats(1e-3, 1e3)
PARTS = ("draft", "review", "trial", "launch", "handover")

Way = st.SearchStrategy[tuple[Mapping[str, Any], Any, Any]]
"""What a row says, a current value, and one that is at least as good."""


def _ordered(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[float]]:
    return st.lists(values, min_size=2, max_size=2).map(sorted)


def _way(metric: Metric, sign: int) -> Way:
    def told(base: float, width: float, pair: list[float]) -> tuple[Mapping[str, Any], Any, Any]:
        worse, better = pair if sign > 0 else reversed(pair)
        return {"metric": metric, "baseline": base, "target": base + sign * width}, worse, better

    return st.builds(told, BASES, WIDTHS, _ordered(NUMBERS))


def _between(low: float, width: float, near: list[float], base: float | None, side: int) -> tuple[Any, Any, Any]:
    """Give two distances from the middle of the range on one side: the smaller is at least as good."""
    middle = low + width / 2
    better, worse = (middle + side * distance for distance in near)
    return {"metric": Metric.BETWEEN, "baseline": base, "target": Bounds(low, low + width)}, worse, better


def _parts(order: list[str], counts: list[int]) -> tuple[Any, Any, Any]:
    fewer, more = (Milestones(tuple(order[:count])) for count in counts)
    return {"metric": Metric.MILESTONE, "target": Milestones(PARTS)}, fewer, more


def _share(pair: list[float]) -> tuple[Any, Any, Any]:
    return {"metric": Metric.PERCENT_DONE}, Quantity(pair[0], True), Quantity(pair[1], True)


def _plan(metric: Metric, target: float, pair: list[float]) -> tuple[Any, Any, Any]:
    given = {"direction": Direction.HIGHER} if metric is Metric.RATIO else {}
    return {"metric": metric, "target": target, **given}, pair[0], pair[1]


def _each_month(target: float, pair: list[float]) -> tuple[Any, Any, Any]:
    return {"metric": Metric.PER_PERIOD, "target": PerPeriod(target, Frequency.MONTH)}, pair[0], pair[1]


PLANS = st.floats(0.01, 1e6)
WAYS: dict[Metric, Way] = {
    Metric.INCREASE: _way(Metric.INCREASE, 1),
    Metric.DECREASE: _way(Metric.DECREASE, -1),
    Metric.AT_LEAST: _way(Metric.AT_LEAST, 1),
    Metric.AT_MOST: _way(Metric.AT_MOST, -1),
    Metric.BETWEEN: st.builds(
        _between, BASES, WIDTHS, _ordered(st.floats(0, 1e4)), st.none() | BASES, st.sampled_from([-1, 1])
    ),
    Metric.MILESTONE: st.builds(
        _parts,
        st.permutations(PARTS),
        st.lists(st.integers(0, len(PARTS)), min_size=2, max_size=2).map(sorted),
    ),
    Metric.YES_NO: st.just(({"metric": Metric.YES_NO}, Done(False), Done(True))),
    Metric.PERCENT_DONE: st.builds(_share, _ordered(NUMBERS)),
    Metric.PER_PERIOD: st.builds(_each_month, PLANS, _ordered(NUMBERS)),
    Metric.RATIO: st.builds(_plan, st.just(Metric.RATIO), PLANS, _ordered(NUMBERS)),
    Metric.STEPS: st.builds(_plan, st.just(Metric.STEPS), PLANS, _ordered(NUMBERS)),
}
KPI_METRICS = (Metric.RATIO, Metric.STEPS)

each_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.full_name)


def test_every_metric_has_its_law() -> None:
    """Shows that no metric is left out of the laws below."""
    assert set(WAYS) == set(Metric)


def _scored(fields: Mapping[str, Any], value: Any, profile: Profile, today: date) -> Score:
    if fields["metric"] in KPI_METRICS:
        return kpi(profile=profile, today=today, actual=value, **fields)
    if fields["metric"] is Metric.PER_PERIOD:
        log = factories.check_in("KR-1", date=date(2025, 10, 20), value=value)
        return one(log, profile=profile, today=today, current=value, confidence=5, **fields)
    return one(profile=profile, today=today, current=value, confidence=5, **fields)


@each_profile
@pytest.mark.parametrize("metric", Metric)
@settings(max_examples=15)
@given(data=st.data(), today=st.sampled_from([date(2025, 10, 3), HALF, date(2025, 12, 31), date(2026, 1, 20)]))
def test_a_better_value_never_lowers_anything(metric: Metric, profile: Profile, data: Any, today: date) -> None:
    """Shows that progress, score and status are monotone in the current value, and the score in its range."""
    fields, *values = data.draw(WAYS[metric])
    worse, better = (_scored(fields, value, profile, today) for value in values)
    for found in (worse, better):
        assert found.not_scored is None, (fields, values, found.not_scored)
        assert found.score is not None
        assert profile.low <= found.score <= profile.high
    assert (worse.progress or 0) <= (better.progress or 0)
    assert (worse.score or 0) <= (better.score or 0)
    assert RANK.index(worse.status) <= RANK.index(better.status)


@each_profile
@settings(max_examples=25)
@given(goals=workbooks(), today=days, seed=st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(profile: Profile, goals: Goals, today: date, seed: int) -> None:
    """Shows that shuffled objectives, key results and KPIs give every item the same score and status."""
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    mixed = goals._replace(
        objectives=_shuffled(goals.objectives, chance),
        key_results=_shuffled(goals.key_results, chance),
        kpis=_shuffled(goals.kpis, chance),
    )
    first, second = (score(seen, profile, profile, today) for seen in (goals, mixed))
    assert set(first.scores) == set(second.scores)
    for key, item in first.scores.items():
        _same(item, second.scores[key])
    assert _totals(second) == pytest.approx(_totals(first))


def _shuffled(items: tuple[Any, ...], chance: random.Random) -> tuple[Any, ...]:
    return tuple(chance.sample(items, len(items)))


def _same(one_score: Score, other: Score) -> None:
    for name in ("progress", "score", "expected"):
        assert getattr(other, name) == pytest.approx(getattr(one_score, name)), (one_score.key, name)
    assert (other.status, other.not_scored) == (one_score.status, one_score.not_scored)


def _totals(found: Scorecard) -> list[float]:
    return sorted(-1.0 if group.weighted_score is None else group.weighted_score for group in found.groups)


SCORECARD_ROWS = st.lists(st.tuples(st.floats(0, 150), st.integers(1, 9)), min_size=1, max_size=6)


@each_profile
@settings(max_examples=25)
@given(rows=SCORECARD_ROWS, factor=st.sampled_from([1e-3, 0.5, 2, 10, 1e6]))
def test_weights_of_a_scorecard_scale_freely(profile: Profile, rows: list[tuple[float, int]], factor: float) -> None:
    """Shows that KPIs with weights of 1000, 2000, 3000 and of any multiple of them make the same total."""
    plain, scaled = (_total(rows, scale * 1000, profile) for scale in (1, factor))
    assert scaled == pytest.approx(plain)


@each_profile
@settings(max_examples=25)
@given(value=st.floats(0, 150), weights=st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_equal_kpis_make_a_total_like_each(profile: Profile, value: float, weights: list[int]) -> None:
    """Shows that the total of equal KPIs is the score of each, whatever their weights."""
    alone = kpi(direction=Direction.HIGHER, target=100, actual=value, profile=profile).score
    assert _total([(value, weight) for weight in weights], 1000, profile) == pytest.approx(alone)


def _total(rows: list[tuple[float, int]], scale: float, profile: Profile) -> float | None:
    items = [
        factories.kpi(
            f"K-{place}", direction=Direction.HIGHER, target=100, actual=value, weight=weight * scale, row=place + 6
        )
        for place, (value, weight) in enumerate(rows)
    ]
    (group,) = card(*items, kpi=profile).groups
    return group.weighted_score
