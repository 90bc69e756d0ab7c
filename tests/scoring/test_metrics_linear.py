"""Increase, decrease and percent done: the share of the way from baseline to target, and what blanks mean."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Bounds, Done, Frequency, Metric, Milestones, PerPeriod, Quantity, Relative
from sheetsync.results import NotScored
from tests.factories import key_result, raw
from tests.scoring.scene import card, notes, one, percent

INCREASE, DECREASE = Metric.INCREASE, Metric.DECREASE


@pytest.mark.parametrize(
    ("metric", "baseline", "target", "current", "progress"),
    [
        (INCREASE, 30, 80, 52, 0.44),
        (INCREASE, 30, 80, 30, 0.0),
        (INCREASE, 30, 80, 80, 1.0),
        (INCREASE, 30, 80, 105, 1.5),
        (INCREASE, 30, 80, 20, -0.2),
        (INCREASE, -50, 50, 0, 0.5),
        (DECREASE, 40, 20, 30, 0.5),
        (DECREASE, 40, 20, 10, 1.5),
        (DECREASE, 40, 20, 50, -0.5),
        (DECREASE, 5, 0, 0, 1.0),
        (None, 40, 20, 30, 0.5),
        (None, 30, 80, 52, 0.44),
    ],
)
def test_progress_is_the_share_of_the_way_and_never_clamped(
    metric: Metric | None, baseline: float, target: float, current: float, progress: float
) -> None:
    """(current − baseline) / (target − baseline), below 0 and above 1 too; a blank metric goes by the sign."""
    found = one(metric=metric, baseline=baseline, target=target, current=current)
    assert found.progress == pytest.approx(progress, abs=1e-12)
    assert (found.baseline, found.target, found.current) == (baseline, target, current)


def test_the_score_is_clamped_and_progress_is_not() -> None:
    """Progress and score stay apart: 150 % stands beside a score of 1.0, −20 % beside 0.0."""
    over = one(baseline=0, target=10, current=15)
    under = one(baseline=10, target=20, current=8)
    assert (over.progress, over.score) == (1.5, 1.0)
    assert under.progress == pytest.approx(-0.2)
    assert under.score == 0.0


def test_confidence_is_never_mixed_in() -> None:
    """A different confidence changes no number."""
    plain = one(baseline=0, target=10, current=4)
    sure = one(baseline=0, target=10, current=4, confidence=percent(90))
    assert (plain.progress, plain.score, plain.status) == (sure.progress, sure.score, sure.status)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"metric": INCREASE, "baseline": 80, "target": 30}, NotScored.DIRECTION_CONTRADICTS),
        ({"metric": DECREASE, "baseline": 30, "target": 80}, NotScored.DIRECTION_CONTRADICTS),
        ({"metric": INCREASE, "baseline": 5, "target": Relative(-0.5)}, NotScored.DIRECTION_CONTRADICTS),
        ({"metric": INCREASE, "target": Bounds(None, 5)}, NotScored.DIRECTION_CONTRADICTS),
        ({"metric": DECREASE, "target": 5}, NotScored.DECREASE_WITHOUT_BASELINE),
        ({"metric": INCREASE, "target": 0}, NotScored.TARGET_NOT_POSITIVE),
        ({"metric": INCREASE, "target": -4}, NotScored.TARGET_NOT_POSITIVE),
        ({"target": -4}, NotScored.TARGET_NOT_POSITIVE),
        ({"target": 5, "falls": True}, NotScored.DIRECTION_UNKNOWN),
        ({"baseline": 5, "target": 5}, NotScored.TARGET_IS_BASELINE),
        ({"metric": INCREASE, "baseline": 5, "target": 5}, NotScored.TARGET_IS_BASELINE),
        ({"baseline": 0.3, "target": 0.1 + 0.2}, NotScored.TARGET_IS_BASELINE),
        ({"target": Relative(0.5)}, NotScored.RELATIVE_WITHOUT_BASELINE),
        ({"target": Relative(0.05, points=True)}, NotScored.RELATIVE_WITHOUT_BASELINE),
        ({"metric": INCREASE, "target": Relative(0.5)}, NotScored.RELATIVE_WITHOUT_BASELINE),
        ({"baseline": 0, "target": Relative(0.5)}, NotScored.TARGET_IS_BASELINE),
        ({"baseline": 10, "target": Relative(0.5, signed=False)}, NotScored.DIRECTION_UNKNOWN),
        ({}, NotScored.NO_TARGET),
        ({"metric": INCREASE}, NotScored.NO_TARGET),
        ({"metric": INCREASE, "target": Milestones(("a", "b"))}, NotScored.WRONG_TARGET_KIND),
        ({"metric": INCREASE, "target": PerPeriod(2, Frequency.MONTH)}, NotScored.WRONG_TARGET_KIND),
        ({"metric": INCREASE, "target": Bounds(1, 2)}, NotScored.WRONG_TARGET_KIND),
        ({"target": 10, "current": Milestones(("a",))}, NotScored.WRONG_CURRENT_KIND),
        ({"target": raw("nhiều hơn")}, NotScored.UNREADABLE_TARGET),
        ({"target": raw("?"), "metric": INCREASE}, NotScored.UNREADABLE_TARGET),
        ({"target": 5, "baseline": raw("?")}, NotScored.UNREADABLE_BASELINE),
        ({"target": 5, "baseline": raw("?"), "metric": INCREASE}, NotScored.UNREADABLE_BASELINE),
        ({"target": 5, "current": raw("abc")}, NotScored.UNREADABLE_CURRENT),
        ({"baseline": -1e308, "target": 1e308, "current": 1e308}, NotScored.OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_scored_says_why(given: dict[str, Any], problem: NotScored) -> None:
    """Each unusable row has its reason, no score, and never counts as 0."""
    found = one(**{"current": 3, **given})
    assert found.not_scored is problem
    assert (found.progress, found.score, found.status.value) == (None, None, "not_scored")
    assert found.reason.code == problem.value
    assert found.expected is None


def test_a_blank_baseline_counts_as_0_for_increase_with_a_hint() -> None:
    """Increase from 0, and the assumption is noted."""
    found = card(key_result(metric=INCREASE, target=80, current=20))
    assert found.scores["KR-1"].progress == 0.25
    assert notes(found, "KR-1") >= {"baseline_assumed_zero"}
    assert "metric_guessed" not in notes(found, "KR-1")


def test_both_blank_is_an_increase_from_0_unless_a_word_says_less() -> None:
    """Neither metric nor baseline: it grows from 0, noted as a guess; with a decrease word it is not scored."""
    found = card(key_result(target=80, current=20))
    assert (found.scores["KR-1"].metric, found.scores["KR-1"].progress) == (INCREASE, 0.25)
    assert notes(found, "KR-1") >= {"baseline_assumed_zero", "metric_guessed"}
    assert one(target=80, current=20, falls=True).not_scored is NotScored.DIRECTION_UNKNOWN


def test_no_current_value_is_progress_0() -> None:
    """A blank Current is 0 progress, not "not scored"; and current stays unknown."""
    found = one(baseline=10, target=20)
    assert (found.progress, found.score, found.current, found.source) == (0.0, 0.0, None, None)
    assert found.not_scored is None


@pytest.mark.parametrize(
    ("given", "target", "metric"),
    [
        ({"baseline": 40, "target": Relative(-0.5)}, 20, DECREASE),
        ({"baseline": 40, "target": Relative(0.25)}, 50, INCREASE),
        ({"baseline": -40, "target": Relative(0.25)}, -30, INCREASE),
        ({"baseline": 40, "target": Relative(0.5, False), "metric": DECREASE}, 20, DECREASE),
        ({"baseline": 40, "target": Relative(0.5, False), "metric": INCREASE}, 60, INCREASE),
        ({"baseline": 40, "target": Relative(0.5, False), "falls": True}, 20, DECREASE),
        ({"baseline": Quantity(0.5, True), "target": Relative(0.05, points=True)}, 0.55, INCREASE),
        ({"baseline": Quantity(-0.5, True), "target": Relative(0.05, points=True)}, -0.45, INCREASE),
        ({"baseline": 0.5, "target": Relative(0.25, False, True), "metric": DECREASE}, 0.25, DECREASE),
    ],
)
def test_a_relative_target_is_the_baseline_plus_its_change(
    given: dict[str, Any], target: float, metric: Metric
) -> None:
    """Baseline × (1 ± change); an unsigned change takes its sign from the metric or from a word."""
    found = one(current=41, **given)
    assert (found.target, found.metric) == (target, metric)
    assert found.not_scored is None


@pytest.mark.parametrize(("metric", "bounds"), [(INCREASE, Bounds(80, None)), (DECREASE, Bounds(None, 80))])
def test_a_bound_on_the_side_of_the_direction_is_the_target(metric: Metric, bounds: Bounds) -> None:
    """An increase to "≥ 80" goes to 80, a decrease to "≤ 80" too."""
    assert one(metric=metric, baseline=60 if metric is INCREASE else 100, target=bounds, current=80).progress == 1


@pytest.mark.parametrize(
    ("given", "progress"),
    [
        ({"current": percent(45)}, 0.45),
        ({"current": percent(45), "target": percent(100)}, 0.45),
        ({"current": 0.45, "target": 1}, 0.45),
        ({"current": 45}, 0.45),
        ({"current": 45, "target": 100}, 0.45),
        ({"current": 1}, 1.0),
        ({"current": Done(True)}, 1.0),
        ({"target": Done(True), "current": percent(20)}, 0.2),
        ({}, 0.0),
    ],
)
def test_percent_done_is_the_current_value_as_a_fraction(given: dict[str, Any], progress: float) -> None:
    """45 %, 0.45 and 45 (of 100) all are 0.45; a blank target means 100 %."""
    found = card(key_result(metric=Metric.PERCENT_DONE, **given))
    assert found.scores["KR-1"].progress == pytest.approx(progress)
    assert "percent_with_baseline" not in notes(found, "KR-1")


@pytest.mark.parametrize(
    ("given", "progress"),
    [
        ({"baseline": percent(70), "target": percent(90), "current": percent(75)}, 0.25),
        ({"target": percent(80), "current": percent(40)}, 0.5),
        ({"baseline": 70, "target": 90, "current": 75}, 0.25),
        ({"baseline": percent(30), "target": percent(10), "current": percent(20)}, 0.5),
    ],
)
def test_percent_done_with_a_baseline_or_another_target_is_a_way_with_a_hint(
    given: dict[str, Any], progress: float
) -> None:
    """With a baseline, or a target other than 100 %, it is scored as increase or decrease, and noted."""
    found = card(key_result(metric=Metric.PERCENT_DONE, **given))
    assert found.scores["KR-1"].progress == pytest.approx(progress)
    assert "percent_with_baseline" in notes(found, "KR-1")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"target": percent(0), "current": percent(4)}, NotScored.TARGET_NOT_POSITIVE),
        ({"target": percent(50), "baseline": percent(50)}, NotScored.TARGET_IS_BASELINE),
        ({"target": Milestones(("a",)), "current": percent(4)}, NotScored.WRONG_TARGET_KIND),
        ({"current": Milestones(("a",))}, NotScored.WRONG_CURRENT_KIND),
    ],
)
def test_percent_done_that_cannot_be_scored(given: dict[str, Any], problem: NotScored) -> None:
    """A target of 0 %, one that equals the baseline, and lists are not scored."""
    assert one(metric=Metric.PERCENT_DONE, **given).not_scored is problem


def test_a_percentage_beside_a_plain_number_is_noted() -> None:
    """Target 30 % and current 20 are computed as they stand, and the mixture is noted; a 0 is no mixture."""
    mixed = card(key_result(baseline=percent(10), target=percent(30), current=20))
    assert "percent_mixed" in notes(mixed, "KR-1")
    assert "percent_mixed" not in notes(card(key_result(baseline=percent(10), target=percent(30), current=0)), "KR-1")


def test_a_percentage_is_meant_as_a_fraction() -> None:
    """30 % is 0.30 in the numbers that are kept."""
    found = one(baseline=percent(10), target=percent(30), current=percent(20))
    assert (found.baseline, found.target, found.current) == (0.1, 0.3, 0.2)
    assert isinstance(found.source.value if found.source else None, Quantity)
