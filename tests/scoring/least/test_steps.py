"""The steps of the least change as data: every field, for key results, objectives and KPIs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Aggregation, Bounds, Direction, Done, Link, Metric, Milestones
from sheetsync.profiles import load
from sheetsync.results import Reason
from sheetsync.scoring import explain, profile_from
from sheetsync.scoring.least.key_results import Step
from tests.factories import check_in, goals, key_result, kpi, objective, raw
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, VN_KPI, card, changed, month, percent

LATE = DUE + timedelta(days=9)
LONG_AGO = date(2025, 10, 5)


def steps(key: str, *items: Any, today: date = HALF, profile: Any = DEFAULT) -> tuple[Step, ...]:
    """Give the least changes of one of some items."""
    found = card(*items, today=today, profile=profile)
    return explain(goals(*items, cycle=QUARTER), found, profile, VN_KPI, key, today).least


def row(key: str = "KR-1", **given: Any) -> Any:
    """Give a key result from 0 to 100 at 10 that was updated today."""
    return key_result(
        key, **{"metric": Metric.INCREASE, "baseline": 0, "target": 100, "current": 10, "check_in_date": HALF, **given}
    )


PACE: Any = pytest.approx(45 / 91 * 100 - 10)
"""What is expected on the day, less the gap that is still green."""


def test_a_key_result_has_a_step_for_today_and_one_for_the_last_day() -> None:
    """Shows both with all their fields: 39.45 today, 70 by the end."""
    today, later = steps("KR-1", row(unit="calls"))
    assert (today.code, today.status, today.now, today.percent, today.unit) == (
        "rise",
        "on_track",
        10.0,
        False,
        "calls",
    )
    assert (today.value, today.shown, today.by, today.over, today.item, today.names) == (
        PACE,
        39.5,
        None,
        False,
        None,
        (),
    )
    assert later == Step("rise", "achieved", 70.0, 70.0, 10.0, False, "calls", DUE)


def test_after_the_last_day_only_what_it_would_have_needed() -> None:
    """Shows one step of which the day has passed."""
    assert steps("KR-1", row(), today=LATE) == (Step("rise", "achieved", 70.0, 70.0, 10.0, by=DUE, over=True),)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"current": 60}, ()),
        ({"current": 100}, ()),
        (
            {"current": 60, "check_in_date": LONG_AGO},
            (Step("update", "on_track"), Step("rise", "achieved", 70.0, 70.0, 60.0, by=DUE)),
        ),
        (
            {"target": raw("x")},
            (
                Step(
                    "not_scored",
                    reason=Reason("unreadable_target", {"cell": key_result(target=raw("x")).target.ref, "text": "x"}),
                ),
            ),
        ),
        ({"metric": Metric.YES_NO, "target": None, "baseline": None, "current": None, "check_in_date": None}, ()),
        ({"metric": Metric.AT_LEAST, "baseline": None, "target": 100}, (Step("rise", "on_track", 100.0, 100.0, 10.0),)),
        (
            {"metric": Metric.AT_MOST, "baseline": None, "target": 5, "current": 10},
            (Step("fall", "on_track", 5.0, 5.0, 10.0),),
        ),
        (
            {"metric": Metric.BETWEEN, "baseline": None, "target": Bounds(20, 30)},
            (Step("rise", "on_track", 20.0, 20.0, 10.0),),
        ),
        (
            {"metric": Metric.AT_LEAST, "baseline": None, "target": percent(65), "current": percent(40)},
            (Step("rise", "on_track", 0.65, 0.65, 0.4, True),),
        ),
    ],
)
def test_what_is_told_of_each_kind(given: dict[str, Any], told: tuple[Step, ...]) -> None:
    """Shows what is green, neglected, not scored, and each kind of bound as it is written."""
    assert steps("KR-1", row(**given)) == told


def test_where_confidence_decides_both_are_told() -> None:
    """Shows the confidence from which on it is green, with what was stated; none after the last day."""
    koan = profile_from(load("koan@1"))
    first, *_ = steps("KR-1", row(confidence=3), profile=koan)
    mark = koan.status.on_track
    code = "confidence" if koan.status.edge == "on_track" else "confidence_over"
    stated = card(row(confidence=3), profile=koan).scores["KR-1"].reason.params["confidence"]
    assert first == Step(code, "on_track", mark, mark, stated)
    assert all(
        not one.code.startswith("confidence") for one in steps("KR-1", row(confidence=3), profile=koan, today=LATE)
    )


def test_milestones_are_named_and_told_once() -> None:
    """Shows the two that are enough today and all three for the end; with one left nothing is told twice."""
    item = key_result(target=Milestones(("a", "b", "c")), check_in_date=HALF)
    today, later = steps("KR-1", item)
    assert (today.code, today.names, today.value, today.shown, today.now) == ("finish", ("a", "b"), None, None, None)
    assert (later.code, later.names, later.by) == ("finish", ("a", "b", "c"), DUE)
    (only,) = steps("KR-1", key_result(target=Milestones(("a",)), check_in_date=HALF), today=LATE)
    assert (only.names, only.by, only.over) == (("a",), DUE, True)
    (done,) = steps("KR-1", key_result(metric=Metric.YES_NO, current=Done(False)), today=LATE)
    assert done == Step("done", "achieved", by=DUE, over=True)


def test_an_objective_names_each_key_result_that_could_turn_it() -> None:
    """Shows those with most room and weight first, each with its own unit, and none that is not scored or full."""
    items = (
        objective(),
        row("KR-1", title="A", weight=1),
        row("KR-2", title="B", weight=3, unit="km"),
        row("KR-3", current=100, weight=1),
        row("KR-4", target=raw("x"), weight=1),
        row("KR-5", weight=0),
    )
    found = steps("O-1", *items)
    assert [(one.item, one.title, one.unit, one.code, one.now) for one in found] == [
        ("KR-2", "B", "km", "rise", 10.0),
        ("KR-1", "A", "", "rise", 10.0),
    ]
    one = found[0]
    assert one.value is not None
    after = (*items[:2], row("KR-2", weight=3, current=one.value), *items[3:])
    assert card(*after).scores["O-1"].status.value == one.status == "on_track"
    assert (one.by, one.over) == (None, False)
    (late, *_) = steps("O-1", objective(), row(), today=LATE)
    assert (late.item, late.by, late.over, late.value) == ("KR-1", DUE, True, 70.0)


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([], [Step("not_scored", reason=Reason("no_key_result", {"scored": 0, "total": 0}))]),
        ([row(current=60)], []),
        ([row(current=60, check_in_date=LONG_AGO)], [Step("update_any", "on_track")]),
        ([row(f"KR-{n}") for n in range(9)], [Step("together")]),
    ],
)
def test_an_objective_without_a_single_way_out(items: list[Any], told: list[Step]) -> None:
    """Shows one without key results, one that is green, one that is only neglected, and one of nine that all lag."""
    assert list(steps("O-1", objective(), *items)) == told


def test_at_most_five_key_results_are_tried() -> None:
    """Shows that of seven that could each do it the first five are told, of equal room in the order of rows."""
    rows = [row(f"KR-{n}", current=38) for n in range(7)]
    assert [one.item for one in steps("O-1", objective(), *rows)] == [f"KR-{n}" for n in range(5)]


def test_what_contributes_is_weighed_too() -> None:
    """Shows that an objective below that lags asks more of the key result above than one that does well."""
    profile = changed(rollup={"child_weight": 1})

    def needed(current: float) -> float:
        below = [
            objective("O-2", aligned_to=("O-1",), link=Link.CONTRIBUTES),
            row("KR-2", objective="O-2", current=current),
        ]
        (step,) = [one for one in steps("O-1", objective(), row(), *below, profile=profile) if one.code == "rise"]
        assert step.value is not None
        return step.value

    assert needed(10) == pytest.approx(2 * (45 / 91 * 100 - 10) - 10)
    assert needed(30) == pytest.approx(2 * (45 / 91 * 100 - 10) - 30)


def test_neglect_that_another_value_does_not_mend() -> None:
    """Shows that a log counts: the value is put in as one more check-in."""
    (today, later) = steps("KR-1", row(current=5), check_in(date=HALF, value=20))
    assert (today.now, today.value, later.now) == (20.0, PACE, 20.0)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"target": 100, "actual": 50}, [("rise", "on_track", 90.0, 50.0), ("rise", "achieved", 100.0, 50.0)]),
        ({"target": 100, "actual": 95}, []),
        (
            {"target": 100, "actual": 200, "direction": Direction.LOWER},
            [("fall", "on_track", None, 200.0), ("fall", "achieved", 100.0, 200.0)],
        ),
        (
            {"periods": (month(9, 100, 10), month(10, 100, 20))},
            [("rise", "on_track", 180.0, 30.0), ("rise", "achieved", 200.0, 30.0)],
        ),
        (
            {"periods": (month(9, 100, 10), month(10, 300, 20)), "aggregation": Aggregation.AVERAGE},
            [("rise", "on_track", 180.0, 15.0), ("rise", "achieved", 200.0, 15.0)],
        ),
        (
            {"target": percent(80), "actual": percent(40)},
            [("rise", "on_track", 0.72, 0.4), ("rise", "achieved", 0.8, 0.4)],
        ),
        (
            {"periods": (month(9, percent(80), percent(40)), month(10, percent(80), percent(20)))},
            [("rise", "on_track", 0.72, 0.3), ("rise", "achieved", 0.8, 0.3)],
        ),
        (
            {"periods": (month(9, Done(True), Done(False)), month(10, Done(True), Done(False)))},
            [("periods", "", None, None)],
        ),
        ({"target": Done(True), "actual": Done(False)}, [("done", "achieved", None, None)]),
        (
            {"metric": Metric.PERCENT_DONE, "target": None, "actual": 20},
            [("rise", "on_track", 0.9, 0.2), ("rise", "achieved", 1.0, 0.2)],
        ),
        ({"target": raw("x"), "actual": 5}, [("not_scored", "", None, None)]),
        (
            {"metric": Metric.INCREASE, "baseline": 10, "periods": (month(9, 100, 10), month(10, 100, 20))},
            [("rise", "on_track", 182.0, 30.0), ("rise", "achieved", 200.0, 30.0)],
        ),
    ],
)
def test_a_kpi_is_told_what_its_months_need_together(given: dict[str, Any], told: list[Any]) -> None:
    """Shows one actual and several months put together as they are scored, percentages, less is better, yes and no."""
    found = [
        (one.code, one.status, one.shown, one.now)
        for one in steps("KPI-1", kpi(**{"direction": Direction.HIGHER, **given}))
    ]
    assert [one[:2] for one in found] == [one[:2] for one in told]
    for made, wanted in zip(found, told, strict=True):
        assert made[2] == (pytest.approx(wanted[2], rel=1e-6) if wanted[2] is not None else made[2])
        assert made[3] == (pytest.approx(wanted[3]) if wanted[3] is not None else None)


def test_the_unit_and_percent_of_a_kpi() -> None:
    """Shows the unit of the row, and that percentages are told as such."""
    first, _ = steps("KPI-1", kpi(target=100, actual=50, unit="calls"))
    assert (first.unit, first.percent, first.by, first.item) == ("calls", False, None, None)
    shares = (month(9, percent(80), percent(40)), month(10, percent(80), percent(20)))
    assert [one.percent for one in steps("KPI-1", kpi(periods=shares))] == [True, True]
