"""At least, at most, between: inside is 1, outside is the way back from a baseline on the same side, else 0."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Bounds, Done, Metric, Quantity, Relative
from sheetsync.results import NotScored, Status
from tests.scoring.scene import DUE, HALF, START, one

AT_LEAST, AT_MOST, BETWEEN = Metric.AT_LEAST, Metric.AT_MOST, Metric.BETWEEN


@pytest.mark.parametrize(
    ("metric", "target", "current"),
    [
        (AT_LEAST, 90, 90),
        (AT_LEAST, 90, 200),
        (AT_MOST, 10, 10),
        (AT_MOST, 10, -5),
        (BETWEEN, Bounds(5, 10), 5),
        (BETWEEN, Bounds(5, 10), 10),
        (BETWEEN, Bounds(5, 10), 7),
        (AT_LEAST, Bounds(90, None), 90),
        (AT_MOST, Bounds(None, 10), 10),
        (None, Bounds(90, None), 91),
        (None, Bounds(None, 10), 9),
        (None, Bounds(5, 10), 6),
    ],
)
def test_inside_is_1_and_the_bound_is_inside(metric: Metric | None, target: Any, current: float) -> None:
    """Exactly on the bound counts, as does anything inside; a plain number serves as the bound."""
    found = one(metric=metric, target=target, current=current)
    assert (found.progress, found.score) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("target", "metric"),
    [(Bounds(90, None), AT_LEAST), (Bounds(None, 10), AT_MOST), (Bounds(5, 10), BETWEEN)],
)
def test_a_blank_metric_follows_the_open_side(target: Bounds, metric: Metric) -> None:
    """The kind of the bound chooses the metric."""
    assert one(target=target, current=1).metric is metric


@pytest.mark.parametrize(
    ("metric", "target", "baseline", "current", "progress"),
    [
        (AT_LEAST, 90, 80, 85, 0.5),
        (AT_LEAST, 90, 80, 70, 0.0),
        (AT_MOST, 10, 20, 15, 0.5),
        (AT_MOST, 10, 20, 30, 0.0),
        (BETWEEN, Bounds(5, 10), 1, 4, 0.75),
        (BETWEEN, Bounds(5, 10), 18, 12, 0.75),
    ],
)
def test_outside_is_linear_from_a_baseline_on_the_same_side(
    metric: Metric, target: Any, baseline: float, current: float, progress: float
) -> None:
    """(current − baseline) / (nearest bound − baseline), clamped below at 0."""
    found = one(metric=metric, target=target, baseline=baseline, current=current)
    assert found.progress == pytest.approx(progress)


@pytest.mark.parametrize(
    ("metric", "target", "baseline"),
    [
        (AT_LEAST, 90, None),
        (AT_LEAST, 90, 95),
        (AT_LEAST, 90, 90),
        (AT_MOST, 10, 5),
        (BETWEEN, Bounds(60, 70), 80),
        (BETWEEN, Bounds(60, 70), 65),
    ],
)
def test_outside_without_a_baseline_on_the_same_side_is_0(metric: Metric, target: Any, baseline: float | None) -> None:
    """No baseline, one inside, or one on the other side: 0."""
    assert one(metric=metric, target=target, baseline=baseline, current=50).progress == 0.0


def test_outside_is_always_below_1() -> None:
    """A hair outside the bound is not reached, whatever the rounding."""
    found = one(metric=AT_LEAST, target=1.0, baseline=0, current=1 - 1e-16)
    assert found.progress is not None
    assert found.progress < 1


def test_between_uses_the_nearest_bound() -> None:
    """The target that is kept is the bound next to the value."""
    assert one(target=Bounds(5, 10), current=3).target == 5
    assert one(target=Bounds(5, 10), current=30).target == 10


def test_expected_is_always_1() -> None:
    """On the first day and in the middle, a bound expects all."""
    assert one(metric=AT_LEAST, target=5, current=9).expected == 1
    assert one(metric=AT_LEAST, target=5, current=9, today=START).expected == 1


def test_inside_is_on_track_until_due_then_achieved() -> None:
    """Holding a bound is not achieved before the due day is over."""
    assert one(metric=AT_LEAST, target=5, current=9, today=HALF).status is Status.ON_TRACK
    assert one(metric=AT_LEAST, target=5, current=9, today=DUE).status is Status.ON_TRACK
    assert one(metric=AT_LEAST, target=5, current=9, today=DUE.replace(year=2026)).status is Status.ACHIEVED


def test_a_relative_bound_is_taken_from_the_baseline() -> None:
    """At most −50 % of 40 is at most 20; unsigned too."""
    assert one(metric=AT_MOST, target=Relative(-0.5), baseline=40, current=20).progress == 1
    assert one(metric=AT_MOST, target=Relative(0.5, False), baseline=40, current=30).progress == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"metric": BETWEEN, "target": Quantity(5)}, NotScored.WRONG_TARGET_KIND),
        ({"metric": BETWEEN, "target": Bounds(5, None)}, NotScored.WRONG_TARGET_KIND),
        ({"metric": BETWEEN, "target": Bounds(9, 5)}, NotScored.WRONG_TARGET_KIND),
        ({"metric": BETWEEN}, NotScored.NO_TARGET),
        ({"metric": AT_LEAST, "target": Bounds(None, 5)}, NotScored.DIRECTION_CONTRADICTS),
        ({"metric": AT_LEAST, "target": Done(True)}, NotScored.WRONG_TARGET_KIND),
        ({"metric": AT_LEAST}, NotScored.NO_TARGET),
        ({"metric": AT_LEAST, "target": Relative(0.5)}, NotScored.RELATIVE_WITHOUT_BASELINE),
        ({"metric": AT_LEAST, "target": 5, "current": Done(True)}, NotScored.WRONG_CURRENT_KIND),
    ],
)
def test_what_cannot_be_scored_says_why(given: dict[str, Any], problem: NotScored) -> None:
    """Each unusable bound has its reason."""
    assert one(**{"current": 3, **given}).not_scored is problem


def test_a_target_equal_to_the_baseline_is_fine_for_a_bound() -> None:
    """To keep at least 90, from 90, can be scored: target = baseline is excepted for bounds."""
    assert one(metric=AT_LEAST, target=90, baseline=90, current=92).progress == 1


def test_no_current_value_is_progress_0() -> None:
    """Nothing typed: 0."""
    assert one(metric=AT_MOST, target=10).progress == 0
