"""Examples of what seldom happens: no column for dates, dates of an objective alone, parts without key results."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import Any

import pytest

from sheetsync.model import NOWHERE, Aggregation, Commitment, KpiLink, Link, Metric, Quantity, Relative
from sheetsync.scoring import explain
from sheetsync.scoring.least.key_results import Step
from sheetsync.scoring.observed import _same
from tests.factories import goals, key_result, kpi, objective, person
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI, card, changed, month

LONG_AGO = date(2025, 10, 5)


def row(key: str = "KR-1", **given: Any) -> Any:
    """Give a key result from 0 to 100 at 60 that was updated today."""
    return key_result(
        key, **{"metric": Metric.INCREASE, "baseline": 0, "target": 100, "current": 60, "check_in_date": HALF, **given}
    )


@pytest.mark.parametrize("usual", [True, False])
def test_without_a_place_for_dates_nobody_neglects_anything(usual: bool) -> None:
    """Shows a table without a check-in column, and one with a column that is blank."""
    others = [] if usual else [person("Nobody", leave=((LONG_AGO, LONG_AGO),))]
    none = card(objective(), row(check_in_date=NOWHERE), *others).scores["KR-1"]
    assert (none.status.value, none.reason.code) == ("on_track", "pace")
    blank = card(objective(), row(check_in_date=None), *others).scores["KR-1"]
    assert (blank.status.value, blank.reason.code) == ("at_risk", "neglected")
    assert blank.reason.params["since"] == QUARTER.start


def test_a_key_result_that_a_kpi_measures_has_the_dates_of_its_objective() -> None:
    """Shows that an objective from November on leaves October's value out."""
    months = (month(10, 10, 7), month(11, 10, 9))
    source = kpi(aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES, periods=months, aggregation=Aggregation.SUM)
    item = key_result(target=40)
    late = objective(start=date(2025, 11, 1), due=date(2025, 12, 31))
    assert card(late, item, source, today=date(2025, 12, 20)).scores["KR-1"].current == 9.0
    assert card(objective(), item, source, today=date(2025, 12, 20)).scores["KR-1"].current == 16.0


@pytest.mark.parametrize(("change", "progress"), [(0.25, 1.0), (0.5, 0.5), (1.0, 0.25)])
def test_a_change_of_the_baseline_over_two_months(change: float, progress: float) -> None:
    """Shows from 40 by a quarter, a half, all: 10, 20 and 40 more are wanted in each month, 10 were reached in each."""
    months = (month(9, Relative(change), 50), month(10, Relative(change), 50))
    found = card(kpi(periods=months, metric=Metric.INCREASE, baseline=40, aggregation=Aggregation.SUM))
    assert found.scores["KPI-1"].progress == pytest.approx(progress)
    lower = card(kpi(periods=months, metric=Metric.INCREASE, baseline=-40, aggregation=Aggregation.SUM)).scores["KPI-1"]
    assert lower.target == pytest.approx(2 * (-40 + 40 * change))


def test_percentage_points_are_added_in_each_month_of_a_kpi() -> None:
    """Shows that five points above 50 % are wanted, of which two were reached."""
    more, half = Relative(0.05, points=True), Quantity(0.5, True)
    months = (month(9, more, Quantity(0.52, True)), month(10, more, Quantity(0.52, True)))
    found = card(kpi(periods=months, metric=Metric.INCREASE, baseline=half, aggregation=Aggregation.AVERAGE))
    assert found.scores["KPI-1"].target == pytest.approx(0.55)
    assert found.scores["KPI-1"].progress == pytest.approx(0.4)


def steps(*items: Any, profile: Any) -> tuple[Step, ...]:
    """Give the least changes of O-1."""
    found = card(*items, profile=profile)
    return explain(goals(*items, cycle=QUARTER), found, profile, VN_KPI, "O-1", HALF).least


def test_no_key_result_is_asked_for_more_than_its_target() -> None:
    """Shows four at 10 %, of which only 190 % of one would do where parts have no limit, and three where 100 % will."""
    profile = DEFAULT._replace(rollup_high=inf)
    rows = [row(f"KR-{n}", current=10) for n in range(4)]
    assert steps(objective(), *rows, profile=profile) == (Step("together"),)
    assert [one.item for one in steps(objective(), *rows[:3], profile=profile)] == ["KR-0", "KR-1", "KR-2"]


def test_a_contributing_objective_without_key_results_harms_nothing() -> None:
    """Shows that it takes no weight from what is told of the one above it, nor has neglect to be judged in it."""
    profile = changed(rollup={"child_weight": 1})
    empty = objective("O-2", aligned_to=("O-1",), link=Link.CONTRIBUTES)
    (step,) = steps(objective(), row(current=10), empty, profile=profile)
    assert step.value == pytest.approx(45 / 91 * 100 - 10)
    below = objective("O-3", aligned_to=("O-1",), link=Link.CONTRIBUTES)
    only = row("KR-3", objective="O-3", check_in_date=LONG_AGO)
    assert steps(objective(), empty, below, only, profile=profile) == (Step("update_any", "on_track"),)


def test_the_commitment_of_an_objective_is_explained() -> None:
    """Shows the mark of a committed objective, 100 %, and of one that is not, 70 %."""
    for commitment, mark in ((Commitment.COMMITTED, 1.0), (None, 0.7)):
        items = (objective(commitment=commitment), row())
        found = explain(goals(*items, cycle=QUARTER), card(*items), DEFAULT, VN_KPI, "O-1", HALF)
        assert found.thresholds["pass_mark"] == mark


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1.0, 1.0, True),
        (1e9, 1e9 + 0.1, True),
        (1e9, 1.001e9, False),
        (0.0, 1e-12, True),
        (0.0, 0.1, False),
        ("a", "a", True),
        ("a", "b", False),
        ("1", 1.0, False),
        (1, 1.0, True),
    ],
)
def test_what_was_typed_again_is_no_change(one: Any, other: Any, same: bool) -> None:
    """Shows numbers that differ by a rounding error, small and huge, texts, and a text beside a number."""
    assert _same(one, other) is same
