"""The short way of the usual key result: it is taken, and it gives what the general way gives."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.model import KeyResult, Metric, Quantity
from sheetsync.results import Scorecard
from sheetsync.scoring import score
from sheetsync.scoring.gauge import gauge
from sheetsync.scoring.season import season_of
from sheetsync.scoring.usual import Usual
from tests import factories
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, START, VN_KPI, changed
from tests.scoring.strategies import days, workbooks

STRICT = changed(score={"low": -0.5, "high": 1.2}, status={"quiet_before": 0.0, "neglect_days": 1})
RELAXED = changed(status={"neglect_days": None}, rollup={"low": 0.0, "high": 1.1})
PROFILES = [DEFAULT, STRICT, RELAXED, VN_KPI, changed(status={"by": "ratio", "on_track": 0.95, "at_risk": 0.75})]


def in_the_general_way(goals: Any, profile: Any, today: date) -> Scorecard:
    """Score with nothing taken as usual."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Usual, "measure", lambda *_: None)
        return score(goals, profile, VN_KPI, today)


@settings(max_examples=200)
@given(workbooks(), days, st.sampled_from(PROFILES))
def test_both_ways_give_the_same(goals: Any, today: date, profile: Any) -> None:
    """Whatever stands in the cells, the short way changes no score, no reason and no note."""
    short, general = score(goals, profile, VN_KPI, today), in_the_general_way(goals, profile, today)
    assert repr(short) == repr(general)


def quarter(*items: KeyResult) -> Any:
    """Give the goals of the quarter of which the first key result has met the dates already."""
    first = factories.key_result("KR-0", metric=Metric.INCREASE, baseline=0, target=1, current=0)
    return factories.goals(first, *items, cycle=QUARTER)


def measured(goals: Any, today: date) -> object:
    """Measure the second key result in the short way."""
    season = season_of(goals, DEFAULT, today)
    gauge(goals.key_results[0], None, season)
    return Usual(season).measure(goals.key_results[1])


GIVEN: dict[str, Any] = {"metric": Metric.INCREASE, "baseline": 10, "target": 60, "check_in_date": HALF}


@pytest.mark.parametrize(
    ("fields", "today"),
    [
        ({"current": 35}, HALF),  # on track
        ({"current": 28}, HALF),  # at risk
        ({"current": 12}, HALF),  # off track
        ({"current": 5}, HALF),  # below where it began
        ({"current": 95}, HALF),  # beyond the target
        ({"current": 12}, START),  # too early to tell
        ({"current": 60}, DUE),  # reached
        ({"current": 35, "check_in_date": HALF - timedelta(days=15)}, HALF),  # neglected
        ({"current": 35, "check_in_date": HALF + timedelta(days=1)}, HALF),  # checked in tomorrow
        ({"current": 35, "check_in_date": None}, HALF),
        ({"metric": Metric.DECREASE, "baseline": 60, "target": 10, "current": 60}, HALF),
        ({"current": 35, "start": START, "due": DUE}, HALF),  # dates of its own
        ({"baseline": 0.1, "target": Quantity(0.6, True), "current": Quantity(0.35, True)}, HALF),
    ],
)
def test_the_usual_rows_take_the_short_way(fields: dict[str, Any], today: date) -> None:
    """Every status of a key result under way is found in the short way, so that large workbooks stay fast."""
    goals = quarter(factories.key_result(**{**GIVEN, **fields}))
    assert measured(goals, today) is not None
    assert repr(score(goals, DEFAULT, VN_KPI, today)) == repr(in_the_general_way(goals, DEFAULT, today))


@pytest.mark.parametrize(
    "fields",
    [
        {"metric": None},
        {"metric": Metric.AT_LEAST},
        {"baseline": None},
        {"target": factories.raw("much")},
        {"current": None},
        {"current": Quantity(0.35, True)},
        {"target": 10},
        {"metric": Metric.DECREASE},
        {"start": factories.raw("soon")},
        {"start": HALF, "due": START},
        {"cycle": factories.raw("soon")},
        {"current": 1e300},
    ],
)
def test_what_is_not_usual_is_left_to_the_general_way(fields: dict[str, Any]) -> None:
    """Rows that need another question than those of the short way do not take it."""
    goals = quarter(factories.key_result(**{**GIVEN, "current": 35, **fields}))
    assert measured(goals, HALF) is None
