"""What is noted of rows whose dates, weights and points could not be read: which cell, which field."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Metric
from sheetsync.results import NotScored
from sheetsync.scoring.gauge import gauge
from sheetsync.scoring.kpis.blocks import note_points
from sheetsync.scoring.kpis.gauge import gauge_kpi
from sheetsync.scoring.season import season_of
from sheetsync.scoring.weigh_notes import Notes
from tests.factories import goals, key_result, kpi, raw
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI, month

SEASON = season_of(goals(cycle=QUARTER), DEFAULT, HALF)


@pytest.mark.parametrize("field", ["start", "due", "cycle"])
def test_dates_of_a_key_result_that_could_not_be_read(field: str) -> None:
    """Shows the cell and the name of the field, and none for the other two."""
    given: dict[str, Any] = {"target": 100, "current": 5, field: raw("soon")}
    item = key_result(**given)
    told = [(one.code, dict(one.params)) for one in gauge(item, None, SEASON).notes]
    assert told.count(("dates_unreadable", {"cell": getattr(item, field).ref, "field": field})) == 1
    assert [code for code, _ in told].count("dates_unreadable") == 1


@pytest.mark.parametrize(
    ("given", "problem", "metric"),
    [
        ({"target": raw("x"), "metric": None}, NotScored.UNREADABLE_TARGET, None),
        ({"target": raw("x"), "metric": "increase"}, NotScored.UNREADABLE_TARGET, "increase"),
        ({"baseline": raw("x"), "metric": None}, NotScored.UNREADABLE_BASELINE, None),
        ({"current": raw("x"), "metric": "increase"}, NotScored.UNREADABLE_CURRENT, "increase"),
    ],
)
def test_what_could_not_be_read_keeps_the_metric_that_was_stated(
    given: dict[str, Any], problem: NotScored, metric: str | None
) -> None:
    """Shows the problem, the metric where one is stated, and that nothing is expected."""
    stated = Metric(given.pop("metric")) if given["metric"] else None
    found = gauge(key_result(**{"target": 100, "current": 5, "baseline": 0, "metric": stated, **given}), None, SEASON)
    assert (found.problem, found.metric, found.expected) == (problem, Metric(metric) if metric else None, None)
    assert found.outcome.progress is None


def test_the_period_of_a_kpi_that_could_not_be_read() -> None:
    """Shows its cell and field."""
    item = kpi(target=100, actual=5, period=raw("soon"))
    told = {one.code: dict(one.params) for one in gauge_kpi(item, VN_KPI, HALF).notes}
    assert told["dates_unreadable"] == {"cell": item.period.ref, "field": "period"}


def test_periods_that_were_left_out() -> None:
    """Shows the blank and the unreadable ones, counted and named apart; and what is assumed of those that count."""
    months = (month(6, 100, None), month(7, 100, raw("x")), month(8, raw("y"), 5), month(9, 100, 5), month(10, 100, 5))
    told = {one.code: dict(one.params) for one in gauge_kpi(kpi(periods=months), VN_KPI, HALF).notes}
    assert told["missing_period"] == {"count": 1, "periods": "T6"}
    assert told["unreadable_period"] == {"count": 2, "periods": "T7, T8"}
    assert told["aggregation_assumed"] == {"aggregation": "sum"}
    assert told["direction_assumed_higher"] == {}


@pytest.mark.parametrize(
    ("given", "count"), [({}, 0), ({"bonus": raw("x")}, 1), ({"bonus": raw("x"), "penalty": raw("y")}, 2)]
)
def test_points_that_could_not_be_read_are_noted_behind_what_stands_there(given: dict[str, Any], count: int) -> None:
    """Shows one note for each cell, behind notes of before."""
    item = kpi(**given)
    (before,) = gauge_kpi(kpi(target=1, actual=1), VN_KPI, HALF).notes
    notes: Notes = {item.key: (before,)}
    note_points([item], notes)
    cells = [item.bonus.ref, item.penalty.ref][:count]
    assert notes[item.key][0] == before
    told = [(one.code, dict(one.params)) for one in notes[item.key][1:]]
    assert told == [("points_unreadable", {"cell": cell}) for cell in cells]
