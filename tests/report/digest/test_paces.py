"""What was expected on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Bounds, Done, Frequency, Link, Metric, PerPeriod
from sheetsync.report.digest.paces import expected_on
from sheetsync.report.digest.source import known_of
from sheetsync.results import Beyond, Foreign, Reason, Score, Status
from sheetsync.scoring import score
from sheetsync.scoring.pace import expected_share
from tests.factories import key_result, kpi, objective
from tests.report.digest.book import CYCLE, TODAY, rescored, source
from tests.scoring.scene import VN_KPI, changed

SUNDAY = date(2026, 11, 15)

CHILDREN = changed(rollup={"child_weight": 0.5}, pace={"curve": "working_days"})


def plant() -> list[Any]:
    """Give a company objective with weighted key results of several metrics, and a child that contributes."""
    return [
        objective("O-1"),
        objective("O-2", row=10, aligned_to=("O-1",), link=Link.CONTRIBUTES),
        key_result("KR-1", weight=50, baseline=0, target=10, current=3),
        key_result("KR-2", weight=30, target=Bounds(5, None), current=6, metric=Metric.AT_LEAST, row=7),
        key_result("KR-3", weight=20, target=Done(True), current=Done(False), metric=Metric.YES_NO, row=8),
        key_result("KR-4", weight=0, baseline=0, target=10, current=3, start=date(2026, 11, 1), row=9),
        key_result("KR-5", objective="O-2", baseline=0, target=4, current=1, due=date(2026, 11, 30), row=11),
        key_result("KR-6", objective="O-2", baseline=9, target=4, current=6, falls=True, row=12),
        key_result("KR-7", objective="O-2", target=4, current=6, falls=True, metric=Metric.RATIO, row=13),
        kpi(target=10, actual=4),
    ]


def test_on_the_day_of_the_scores_it_is_what_was_scored() -> None:
    """Shows that items of every kind agree with scoring, and so does every later day, scored anew."""
    told = source(*plant(), profile=CHILDREN)
    for item in known_of(told).items.values():
        assert expected_on(item, TODAY, told) == pytest.approx(told.scorecard.scores[item.key].expected)


@given(st.dates(CYCLE.start, CYCLE.due), st.sampled_from(["linear", "working_days", "steps", "shares"]))
def test_on_any_day_it_is_what_scoring_would_say_then(day: date, curve: str) -> None:
    """Shows that the pace of another day is exactly that of goals scored on that day, along any curve."""
    forms: dict[str, dict[str, Any]] = {"steps": {"steps": 4}, "shares": {"shares": list(range(1, 13))}}
    more = forms.get(curve, {})
    profile = changed(rollup={"child_weight": 0.5}, pace={"curve": curve, **more})
    told = source(*plant(), profile=profile)
    then = score(told.goals, profile, VN_KPI, day).scores
    for item in known_of(told).items.values():
        assert expected_on(item, day, told) == pytest.approx(then[item.key].expected), item.key


def test_what_has_no_pace_today_has_none_then() -> None:
    """Shows that an item that is not scored, or has none, has no pace on any day."""
    told = source(objective(), key_result(target=None))
    for item in known_of(told).items.values():
        assert expected_on(item, SUNDAY, told) is None
    assert expected_on(key_result("KR-9"), SUNDAY, told) is None


def test_an_item_without_dates_keeps_the_pace_that_it_has() -> None:
    """Shows that nothing is computed where no dates are known."""
    plain = source(objective(), key_result(target=10, current=3))
    for fields in ({"start": None}, {"due": None}):
        told = rescored(plain, KR_1={**fields, "expected": 0.4})
        assert expected_on(told.goals.key_results[0], SUNDAY, told) == 0.4


def test_without_a_profile_time_counts_evenly() -> None:
    """Shows the straight line that is taken where nobody says by what was scored."""
    told = source(objective(), key_result(target=10, current=3))._replace(profile=None)
    want = (SUNDAY - CYCLE.start).days / (CYCLE.due - CYCLE.start).days
    assert expected_on(told.goals.key_results[0], SUNDAY, told) == pytest.approx(want)


def test_an_objective_of_another_workbook_goes_along_its_dates() -> None:
    """Shows that what contributes from elsewhere has its scored pace today, and its dates' on other days."""
    far = Score(
        "s:O-9", "objective", Status.ON_TRACK, Reason("pace", {}), progress=0.5, expected=0.9, score=0.5,
        start=CYCLE.start, due=CYCLE.due,
    )  # fmt: skip
    profile = changed(rollup={"child_weight": 1.0})
    items = [objective(), key_result(target=10, current=3)]
    plain = source(*items, profile=profile)
    beyond = Beyond({"O-1": (Foreign("Sales", far, True, True, True),)})
    card = score(plain.goals, profile, VN_KPI, TODAY, beyond)
    told = plain._replace(scorecard=card)
    (one,) = told.goals.objectives
    assert expected_on(one, TODAY, told) == pytest.approx(card.scores["O-1"].expected)
    assert expected_on(one, SUNDAY, told) == pytest.approx(
        expected_share(CYCLE.start, CYCLE.due, SUNDAY, profile.curve)
    )
    undated = Beyond({"O-1": (Foreign("Sales", far._replace(start=None), True, True, True),)})
    told = plain._replace(scorecard=card._replace(beyond=undated))
    mine = expected_share(CYCLE.start, CYCLE.due, SUNDAY, profile.curve)
    assert expected_on(one, SUNDAY, told) == pytest.approx((0.9 + mine) / 2)


def test_nobody_is_late_for_a_month_that_is_not_over() -> None:
    """Shows that a target for each month has no pace in its first, and that its objective goes by the others then."""
    monthly = key_result("KR-1", target=PerPeriod(2, Frequency.MONTH), current=1, metric=Metric.PER_PERIOD)
    told = source(objective("O-1"), monthly, key_result("KR-2", baseline=0, target=10, current=3, row=7))
    whole, first, second = (known_of(told).items[key] for key in ("O-1", "KR-1", "KR-2"))
    for day, pace in ((date(2026, 10, 31), None), (date(2026, 11, 1), 1.0), (TODAY, 1.0)):
        assert expected_on(first, day, told) == pace
        known = [one for one in (pace, expected_on(second, day, told)) if one is not None]
        assert expected_on(whole, day, told) == pytest.approx(sum(known) / len(known))


def test_yes_or_no_is_expected_on_the_due_day() -> None:
    """Shows the jump from nothing to all of it."""
    told = source(objective(), key_result(target=Done(True), current=Done(False), metric=Metric.YES_NO))
    (item,) = told.goals.key_results
    assert expected_on(item, CYCLE.due - timedelta(days=1), told) == 0.0
    assert expected_on(item, CYCLE.due, told) == 1.0
