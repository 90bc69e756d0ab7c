"""What each metric gives besides its progress: the numbers that were used, whether there was a value, and notes."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Bounds, Direction, Done, Frequency, Metric, Milestones, PerPeriod, Quantity, Relative
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.metrics import METRICS, Outcome, Terms
from sheetsync.scoring.metrics.aim import PERCENT_MIXED
from sheetsync.scoring.metrics.linear import BASELINE_ASSUMED_ZERO, PERCENT_WITH_BASELINE
from tests.scoring.scene import DEFAULT, VN_KPI, changed, quantity

PERCENT = Quantity(0.5, True)
STRICT = changed("quantive@1")
LIST = Milestones(("plan", "build", "ship"), (1.0, 2.0, 1.0))
UP, DOWN, SPAN = Direction.HIGHER, Direction.LOWER, Direction.RANGE
N = NotScored


def counted(done: float, of: int) -> tuple[Reason, ...]:
    """Give the note on a number of milestones that nobody can have done."""
    return (Reason("milestone_count", {"current": float(done), "count": of}),)


CASES: list[tuple[Metric, dict[str, Any], Outcome]] = [
    (Metric.INCREASE, {"target": 50, "baseline": 10, "current": 20}, Outcome(0.25, None, 10, 50, 20)),
    (Metric.INCREASE, {"target": 50, "baseline": 10}, Outcome(0.0, None, 10, 50, None, False)),
    (Metric.INCREASE, {"target": 50, "current": 20}, Outcome(0.4, None, 0, 50, 20, True, (BASELINE_ASSUMED_ZERO,))),
    (Metric.INCREASE, {"target": 5, "baseline": 9, "current": 1}, Outcome(None, N.DIRECTION_CONTRADICTS, 9, 5)),
    (Metric.INCREASE, {"target": 5, "baseline": 5, "current": 1}, Outcome(None, N.TARGET_IS_BASELINE, 5, 5)),
    (Metric.INCREASE, {"target": -5, "current": 1}, Outcome(None, N.TARGET_NOT_POSITIVE, None, -5)),
    (Metric.INCREASE, {"target": 5, "current": Done(True)}, Outcome(None, N.WRONG_CURRENT_KIND, 0, 5)),
    (Metric.INCREASE, {"baseline": 5}, Outcome(None, N.NO_TARGET, 5)),
    (Metric.INCREASE, {"target": 1, "baseline": 0, "current": 2e12}, Outcome(None, N.OUT_OF_RANGE, 0, 1)),
    (Metric.INCREASE, {"target": 1, "baseline": 0, "current": 1e12}, Outcome(1e12, None, 0, 1, 1e12)),
    (
        Metric.INCREASE,
        {"target": Relative(0.5), "baseline": -10, "current": -5},
        Outcome(1.0, None, -10, -5, -5),
    ),
    (
        Metric.DECREASE,
        {"target": Relative(0.5, False), "baseline": 10, "current": 10},
        Outcome(0.0, None, 10, 5, 10),
    ),
    (
        Metric.INCREASE,
        {"target": 80, "baseline": 0, "current": PERCENT},
        Outcome(0.5 / 80, None, 0, 80, 0.5, True, (PERCENT_MIXED,)),
    ),
    (Metric.DECREASE, {"target": 5, "current": 1}, Outcome(None, N.DECREASE_WITHOUT_BASELINE, None, 5)),
    (Metric.DECREASE, {"target": 5, "baseline": 9, "current": 6}, Outcome(0.75, None, 9, 5, 6)),
    (Metric.PERCENT_DONE, {"current": PERCENT}, Outcome(0.5, None, 0, 1, 0.5)),
    (Metric.PERCENT_DONE, {"current": 50}, Outcome(0.5, None, 0, 1, 0.5)),
    (Metric.PERCENT_DONE, {"current": 1}, Outcome(1.0, None, 0, 1, 1)),
    (Metric.PERCENT_DONE, {"current": Done(True)}, Outcome(1.0, None, 0, 1, 1)),
    (Metric.PERCENT_DONE, {"target": Done(True), "current": Done(False)}, Outcome(0.0, None, 0, 1, 0)),
    (
        Metric.PERCENT_DONE,
        {"target": 80, "baseline": 40, "current": 50},
        Outcome(pytest.approx(0.25), None, 0.4, 0.8, 0.5, True, (PERCENT_WITH_BASELINE,)),  # type: ignore[arg-type]
    ),
    (Metric.PERCENT_DONE, {"target": 0, "current": 0}, Outcome(None, N.TARGET_NOT_POSITIVE, None, 0)),
    (Metric.AT_LEAST, {"target": 10, "current": 10}, Outcome(1.0, None, None, 10, 10)),
    (Metric.AT_LEAST, {"target": 10, "baseline": 0, "current": 5}, Outcome(0.5, None, 0, 10, 5)),
    (Metric.AT_LEAST, {"target": 10, "baseline": 10, "current": 5}, Outcome(0.0, None, 10, 10, 5)),
    (Metric.AT_LEAST, {"target": 10, "baseline": 8, "current": 5}, Outcome(0.0, None, 8, 10, 5)),
    (Metric.AT_LEAST, {"target": 10, "baseline": 3}, Outcome(0.0, None, 3, 10, None, False)),
    (Metric.AT_LEAST, {"target": 10, "baseline": 3, "current": LIST}, Outcome(None, N.WRONG_CURRENT_KIND, 3, 10)),
    (Metric.AT_LEAST, {"target": Bounds(None, 9), "current": 1}, Outcome(None, N.DIRECTION_CONTRADICTS)),
    (Metric.AT_LEAST, {"target": LIST, "current": 1}, Outcome(None, N.WRONG_TARGET_KIND)),
    (Metric.AT_MOST, {"target": 10, "baseline": 30, "current": 15}, Outcome(0.75, None, 30, 10, 15)),
    (Metric.AT_MOST, {"target": Bounds(None, 9), "current": 9}, Outcome(1.0, None, None, 9, 9)),
    (Metric.AT_MOST, {"target": 10, "baseline": 30}, Outcome(0.0, None, 30, 10, None, False)),
    (Metric.BETWEEN, {"target": Bounds(4, 8), "current": 6}, Outcome(1.0, None, None, 4, 6)),
    (Metric.BETWEEN, {"target": Bounds(4, 8), "current": 7}, Outcome(1.0, None, None, 8, 7)),
    (Metric.BETWEEN, {"target": Bounds(4, 8), "baseline": 16, "current": 10}, Outcome(0.75, None, 16, 8, 10)),
    (Metric.BETWEEN, {"target": Bounds(4, 8), "baseline": 0, "current": 10}, Outcome(0.0, None, 0, 8, 10)),
    (Metric.BETWEEN, {"target": Bounds(4, 8)}, Outcome(0.0, None, None, 4, None, False)),
    (Metric.BETWEEN, {"target": Bounds(8, 4), "current": 6}, Outcome(None, N.WRONG_TARGET_KIND)),
    (Metric.BETWEEN, {"target": Bounds(4, None), "current": 6}, Outcome(None, N.WRONG_TARGET_KIND)),
    (Metric.BETWEEN, {"current": 6}, Outcome(None, N.NO_TARGET)),
    (Metric.MILESTONE, {"target": LIST, "current": Milestones(("Build", "3"))}, Outcome(0.75, None, None, 3, 2)),
    (Metric.MILESTONE, {"target": LIST, "current": Milestones(LIST.names)}, Outcome(1.0, None, None, 3, 3)),
    (Metric.MILESTONE, {"target": LIST, "current": 1.5}, Outcome(0.5, None, None, 3, 1.5)),
    (Metric.MILESTONE, {"target": LIST, "current": -1}, Outcome(0.0, None, None, 3, -1, notes=counted(-1, 3))),
    (Metric.MILESTONE, {"target": LIST, "current": 3}, Outcome(1.0, None, None, 3, 3)),
    (Metric.MILESTONE, {"target": LIST, "current": 4}, Outcome(1.0, None, None, 3, 4, notes=counted(4, 3))),
    (Metric.MILESTONE, {"target": 4, "current": 5}, Outcome(1.0, None, None, 4, 5)),
    (Metric.MILESTONE, {"target": LIST, "current": Done(True)}, Outcome(1.0, None, None, 3, 3)),
    (Metric.MILESTONE, {"target": LIST, "current": PERCENT}, Outcome(0.5, None, None, 3, 0.5)),
    (Metric.MILESTONE, {"target": LIST}, Outcome(0.0, None, None, 3, None, False)),
    (Metric.MILESTONE, {"target": 4, "current": 1}, Outcome(0.25, None, None, 4, 1)),
    (Metric.MILESTONE, {"target": 4, "current": Milestones(("a",))}, Outcome(0.25, None, None, 4, 1)),
    (Metric.MILESTONE, {"target": 0.5, "current": 1}, Outcome(None, N.WRONG_TARGET_KIND)),
    (Metric.MILESTONE, {"target": 10_001, "current": 1}, Outcome(None, N.WRONG_TARGET_KIND)),
    (Metric.MILESTONE, {"current": 1}, Outcome(None, N.NO_TARGET)),
    (Metric.MILESTONE, {"current": PERCENT}, Outcome(0.5, None, None, None, 0.5)),
    (Metric.MILESTONE, {"current": Done(True)}, Outcome(1.0, None, None, None, 1)),
    (Metric.YES_NO, {"current": Done(True)}, Outcome(1.0, None, None, 1, 1)),
    (Metric.YES_NO, {"target": Done(False), "current": Done(False)}, Outcome(1.0, None, None, 0, 0)),
    (Metric.YES_NO, {"target": Done(False)}, Outcome(0.0, None, None, 0, None, False)),
    (Metric.YES_NO, {"current": 1}, Outcome(1.0, None, None, 1, 1)),
    (Metric.YES_NO, {"current": 0.9}, Outcome(0.0, None, None, 1, 0)),
    (Metric.YES_NO, {"current": LIST}, Outcome(None, N.WRONG_CURRENT_KIND)),
    (
        Metric.PER_PERIOD,
        {"target": PerPeriod(4, Frequency.WEEK), "actuals": (2.0, 8.0)},
        Outcome(0.75, None, None, 4, 5),
    ),
    (Metric.PER_PERIOD, {"target": PerPeriod(4, Frequency.WEEK), "actuals": ()}, Outcome(None, N.NO_PERIOD, None, 4)),
    (Metric.PER_PERIOD, {"target": PerPeriod(4, Frequency.WEEK), "current": 3}, Outcome(0.75, None, None, 4, 3)),
    (Metric.PER_PERIOD, {"target": PerPeriod(4, Frequency.WEEK), "current": 9}, Outcome(1.0, None, None, 4, 9)),
    (Metric.PER_PERIOD, {"target": PerPeriod(4, Frequency.WEEK)}, Outcome(0.0, None, None, 4, None, False)),
    (
        Metric.PER_PERIOD,
        {"target": PerPeriod(4, Frequency.WEEK), "current": Done(True)},
        Outcome(None, N.WRONG_CURRENT_KIND, None, 4),
    ),
    (Metric.PER_PERIOD, {"target": PerPeriod(0, Frequency.WEEK)}, Outcome(None, N.TARGET_NOT_POSITIVE, None, 0)),
    (Metric.PER_PERIOD, {"target": 4}, Outcome(None, N.WRONG_TARGET_KIND)),
    (Metric.PER_PERIOD, {}, Outcome(None, N.NO_TARGET)),
    (Metric.RATIO, {"target": 80, "current": 60, "direction": UP}, Outcome(0.75, None, None, 80, 60)),
    (Metric.RATIO, {"target": 60, "current": 80, "direction": DOWN}, Outcome(0.75, None, None, 60, 80)),
    (Metric.RATIO, {"target": 60, "current": 0, "direction": DOWN}, Outcome(1.0, None, None, 60, 0)),
    (Metric.RATIO, {"target": 0, "current": 0, "direction": DOWN}, Outcome(1.0, None, None, 0, 0)),
    (Metric.RATIO, {"target": 0, "current": 1, "direction": DOWN}, Outcome(0.0, None, None, 0, 1)),
    (Metric.RATIO, {"target": 0, "current": 1, "direction": UP}, Outcome(None, N.TARGET_NOT_POSITIVE, None, 0)),
    (Metric.RATIO, {"target": 80, "direction": UP}, Outcome(0.0, None, None, 80, None, False)),
    (Metric.RATIO, {"target": -8, "current": 1, "direction": UP}, Outcome(None, N.NEGATIVE_TARGET, None, -8)),
    (
        Metric.RATIO,
        {"target": -8, "baseline": -16, "current": -10, "direction": UP},
        Outcome(0.75, None, -16, -8, -10),
    ),
    (Metric.RATIO, {"target": 5, "baseline": 9, "current": 10}, Outcome(0.5, None, None, 5, 10)),
    (Metric.RATIO, {"target": 9, "baseline": 5, "current": 4.5}, Outcome(0.5, None, None, 9, 4.5)),
    (Metric.RATIO, {"target": 5, "current": 10, "falls": True}, Outcome(0.5, None, None, 5, 10)),
    (Metric.RATIO, {"target": Done(True), "current": Done(True)}, Outcome(1.0, None, None, 1, 1)),
    (Metric.RATIO, {"target": 5, "current": LIST}, Outcome(None, N.WRONG_CURRENT_KIND, None, 5)),
    (
        Metric.RATIO,
        {"target": Bounds(4, None), "current": 2, "direction": DOWN},
        Outcome(None, N.DIRECTION_CONTRADICTS),
    ),
    (Metric.RATIO, {"target": Bounds(4, None), "current": 2}, Outcome(0.5, None, None, 4, 2)),
    (Metric.RATIO, {"target": Bounds(None, 4), "current": 8}, Outcome(0.5, None, None, 4, 8)),
    (Metric.RATIO, {"target": Bounds(4, 8), "current": 8}, Outcome(1.0, None, None, 8, 8)),
    (Metric.RATIO, {"target": Bounds(4, 8), "current": 9}, Outcome(0.0, None, None, 8, 9)),
    (Metric.RATIO, {"target": Bounds(4, 8)}, Outcome(0.0, None, None, 4, None, False)),
    (Metric.RATIO, {"target": Bounds(4, 8), "current": LIST}, Outcome(None, N.WRONG_CURRENT_KIND)),
    (Metric.RATIO, {"direction": SPAN, "current": 2}, Outcome(None, N.NO_TARGET)),
    (Metric.RATIO, {"direction": SPAN, "current": 2, "target": 2}, Outcome(None, N.WRONG_TARGET_KIND)),
    (Metric.RATIO, {"target": 5, "current": 6e12, "direction": UP}, Outcome(None, N.OUT_OF_RANGE, None, 5)),
]


@pytest.mark.parametrize(("metric", "terms", "outcome"), CASES)
def test_an_outcome_holds_what_was_used(metric: Metric, terms: dict[str, Any], outcome: Outcome) -> None:
    """Shows progress, or why there is none, with the baseline, target and current value that were used."""
    made = {name: quantity(value) for name, value in terms.items() if name in ("baseline", "target", "current")}
    given = {name: value for name, value in terms.items() if name not in made}
    blank = {"baseline": None, "target": None, "current": None}
    assert METRICS[metric].measure(Terms(**{**blank, **made, "profile": DEFAULT, **given})) == outcome


@pytest.mark.parametrize(
    ("falloff", "target", "actual", "progress"),
    [
        (0.5, Bounds(4.0, 8.0), 3.0, 0.5), (0.5, Bounds(4.0, 8.0), 10.0, 0.5), (0.5, Bounds(4.0, 8.0), 1.0, 0.0),
        (0.5, Bounds(0.0, 8.0), -1.0, 0.75), (0.0, Bounds(4.0, 8.0), 8.1, 0.0), (0.5, Bounds(-8.0, -4.0), -3.0, 0.5),
    ],
)  # fmt: skip
def test_outside_a_range_a_kpi_falls_off(falloff: float, target: Bounds, actual: float, progress: float) -> None:
    """Shows the fall as a share of the nearest bound, or of the width where that bound is 0."""
    profile = changed("vn-kpi@1", kpi={"falloff": falloff})
    found = METRICS[Metric.RATIO].measure(Terms(None, target, Quantity(actual), profile))
    assert found.progress == pytest.approx(progress)


@pytest.mark.parametrize(
    ("actual", "gives"), [(100, 1.0), (99.9, 0.6), (95, 0.6), (94.9, 0.4), (90, 0.4), (89.9, 0.0), (250, 1.0)]
)
def test_the_ladder_of_a_kpi(actual: float, gives: float) -> None:
    """Shows each rung at its bound and just below it; without a value there is nothing to climb."""
    terms = Terms(None, Quantity(100.0), Quantity(float(actual)), VN_KPI)
    assert METRICS[Metric.STEPS].measure(terms) == Outcome(gives, None, None, 100.0, float(actual))
    assert METRICS[Metric.STEPS].measure(terms._replace(current=None)) == Outcome(0.0, None, None, 100.0, None, False)
    assert METRICS[Metric.STEPS].measure(terms._replace(profile=DEFAULT)).progress == actual / 100


@pytest.mark.parametrize(("current", "progress", "hit"), [(10, 0.0, True), (10.1, 1.0, False), (9.9, 0.0, False)])
def test_a_strict_bound_is_outside_and_named(current: float, progress: float, hit: bool) -> None:
    """Shows that exactly the bound counts nothing where a profile is strict, and that a note says so."""
    found = METRICS[Metric.AT_LEAST].measure(Terms(Quantity(5.0), Quantity(10.0), Quantity(float(current)), STRICT))
    assert found.progress == progress
    assert [(note.code, dict(note.params)) for note in found.notes] == [("bound_hit", {"bound": 10.0})] * hit


def test_less_is_better_has_an_end_where_a_score_has_none() -> None:
    """Shows that an open profile stops at twice the plan, whether little or nothing was used."""
    for used in (0, -3, 1e-15, 1, 30):
        assert (
            METRICS[Metric.RATIO]
            .measure(Terms(None, Quantity(60.0), Quantity(float(used)), STRICT, direction=DOWN))
            .progress
            == 2.0
        )
    held = Terms(None, Quantity(60.0), Quantity(1.0), VN_KPI, direction=DOWN)
    assert METRICS[Metric.RATIO].measure(held).progress == 60.0
