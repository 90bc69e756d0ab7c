"""Tests of a target for the whole year beside columns of weeks, months or quarters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import NOWHERE, Aggregation, Bounds, Frequency, Metric, Period, PerPeriod
from sheetsync.results import NotScored
from sheetsync.scoring.kpis.sharing import share_in, share_of
from tests import factories
from tests.scoring.scene import card, kpi, month, notes, percent, value_of


@given(st.integers(1, 12), st.floats(1, 1e9), st.floats(0, 0.5))
def test_complete_months_count_their_share_of_the_year(count: int, target: float, part: float) -> None:
    """Shows that after n months the sum of the actuals is held against n twelfths of the year's target."""
    actual = part * target
    months = [month(number, None, actual) for number in range(1, count + 1)]
    found = kpi(*months, target=target, yearly=True, today=date(2026, 1, 15))
    assert found.progress == pytest.approx(count * actual / (target * count / 12))


def test_a_target_of_its_own_is_not_shared() -> None:
    """Shows that a period that has a target column of its own keeps its target whole."""
    spans = [month(number).period for number in (9, 10)]
    months = [
        value_of(span, 50, actual, column=60 + span.start.month) for span, actual in zip(spans, (40, 60), strict=True)
    ]
    assert kpi(*months, target=1200, yearly=True).progress == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("aggregation", "progress"),
    [(Aggregation.AVERAGE, 0.5), (Aggregation.LAST, 0.5), (Aggregation.SUM, 6.0), (None, 6.0)],
)
def test_only_what_adds_up_is_shared(aggregation: Aggregation | None, progress: float) -> None:
    """Shows that an average or a last value is held against the whole target, a sum against its share."""
    found = kpi(month(9, None, 60), month(10, None, 60), target=120, yearly=True, aggregation=aggregation)
    assert found.progress == pytest.approx(progress)


@pytest.mark.parametrize(("actuals", "progress"), [((50, 55, 58), 54.333 / 60), ((12, 14, 13), 39 / 15)])
def test_a_level_is_not_added_up(actuals: tuple[float, ...], progress: float) -> None:
    """Shows that months that each come near a yearly target are a level and averaged, smaller ones parts of it."""
    found = kpi(*(month(8 + place, None, actual) for place, actual in enumerate(actuals)), target=60, yearly=True)
    assert found.progress == pytest.approx(progress, rel=1e-4)


def long_row(number: int, actual: Any, **given: Any) -> Any:
    """Score a row of one month, of a KPI whose target is for the whole year."""
    return card(in_a_row(actual=actual, period=month(number).period, **given)).scores["KPI-1"]


def in_a_row(**given: Any) -> Any:
    """Make a KPI with a target for the whole year and one actual, in a sheet without values to date."""
    return factories.kpi(**{"yearly": True, "target": 1200, "actual_to_date": NOWHERE, **given})


@pytest.mark.parametrize(
    ("given", "actual", "progress"),
    [
        ({"aggregation": Aggregation.SUM}, 95, 0.95),
        ({}, 95, 0.95),
        ({"aggregation": Aggregation.AVERAGE}, 1140, 0.95),
        ({"target": percent(80)}, percent(76), 0.95),
        ({"target": 60}, 57, 0.95),
        ({"target": 60, "aggregation": Aggregation.SUM}, 4.75, 0.95),
        ({"target": PerPeriod(300.0, Frequency.QUARTER), "yearly": False}, 95, 0.95),
        ({"target": PerPeriod(1200.0, Frequency.YEAR), "yearly": False}, 95, 0.95),
        ({"target": 100, "yearly": False}, 95, 0.95),
    ],
)
def test_a_row_for_a_month_has_its_part_of_a_longer_time(given: dict[str, Any], actual: Any, progress: float) -> None:
    """Shows that a month's actual is never held against a year's target, unless it does not add up; as with columns."""
    assert long_row(9, actual, **given).progress == pytest.approx(progress)


def test_a_row_for_the_year_or_without_a_period_has_the_whole_target() -> None:
    """Shows that nothing is shared where the row is for the same time as its target, or for none."""
    year = Period(Frequency.YEAR, date(2024, 1, 1), date(2024, 12, 31), "2024")
    for period in (year, None):
        item = in_a_row(actual=600, period=period)
        assert card(item).scores["KPI-1"].progress == pytest.approx(0.5)
        assert "target_shared" not in notes(card(item), "KPI-1")
    shared = card(in_a_row(actual=95, period=month(9).period))
    assert "target_shared" in notes(shared, "KPI-1")


def test_half_a_year_that_went_well_is_no_level() -> None:
    """Shows that one actual for half a year near the whole target is much, and not a level."""
    half = Period(Frequency.QUARTER, date(2025, 1, 1), date(2025, 6, 30), "H1")
    item = in_a_row(target=100, actual=65, period=half)
    assert card(item).scores["KPI-1"].progress == pytest.approx(1.3)


def test_percentages_are_the_same_in_every_month() -> None:
    """Shows that a yearly target in per cent is that of each month too."""
    found = kpi(month(9, None, percent(45)), month(10, None, percent(45)), target=percent(90), yearly=True)
    assert found.progress == pytest.approx(0.5)


def test_bounds_are_shared_at_both_ends() -> None:
    """Shows that a yearly range becomes a range for the months that count."""
    inside = kpi(month(9, None, 10), month(10, None, 10), target=Bounds(60.0, 132.0), yearly=True)
    assert inside.progress == pytest.approx(1.0)


def test_that_a_target_was_shared_is_told() -> None:
    """Shows that the explanation can say that a yearly target was shared out."""
    scored = card(factories.kpi(periods=(month(9, None, 1), month(10, None, 1)), target=120, yearly=True))
    assert "target_shared" in notes(scored, "KPI-1")


@pytest.mark.parametrize(
    ("frequency", "days", "share"),
    [
        (Frequency.DAY, 1, 1 / 365),
        (Frequency.WEEK, 7, 1 / 52),
        (Frequency.MONTH, 28, 1 / 12),
        (Frequency.MONTH, 31, 1 / 12),
        (Frequency.QUARTER, 92, 0.25),
        (Frequency.QUARTER, 184, 0.5),
        (Frequency.YEAR, 365, 1.0),
    ],
)
def test_the_share_of_a_period(frequency: Frequency, days: int, share: float) -> None:
    """Shows that months are twelfths whatever their length, quarters fourths, half-years halves."""
    start = date(2025, 1, 1)
    assert share_of(Period(frequency, start, start + timedelta(days - 1), "")) == pytest.approx(share)


def stated(number: float, frequency: Frequency, *actuals: float, **given: Any) -> Any:
    """Score a KPI over months whose one target says for how long it is."""
    target = factories.cell(PerPeriod(number, frequency), 20, 6, "KPI")
    months = [month(8 + place, None, actual)._replace(target=target) for place, actual in enumerate(actuals)]
    return card(factories.kpi(periods=tuple(months), target=target, **given))


@pytest.mark.parametrize(
    ("number", "frequency", "progress"),
    [(1200, Frequency.YEAR, 0.9), (300, Frequency.QUARTER, 0.9), (100, Frequency.MONTH, 0.9)],
)
@pytest.mark.parametrize("actuals", [(90,), (90, 90, 90)])
def test_a_target_that_says_for_how_long_it_is_counts_its_share(
    number: float, frequency: Frequency, actuals: tuple[float, ...], progress: float
) -> None:
    """Shows 1200 a year and 300 a quarter as 100 in each month, for one month as for three, and that it is told."""
    scored = stated(number, frequency, *actuals)
    assert scored.scores["KPI-1"].progress == pytest.approx(progress)
    assert ("target_parted" in notes(scored, "KPI-1")) is (frequency is not Frequency.MONTH)


@pytest.mark.parametrize(
    ("number", "frequency", "given"),
    [
        (25, Frequency.WEEK, {}),
        (4, Frequency.DAY, {}),
        (25, Frequency.WEEK, {"metric": Metric.PER_PERIOD}),
        (1200, Frequency.YEAR, {"aggregation": Aggregation.AVERAGE}),
        (300, Frequency.QUARTER, {"aggregation": Aggregation.LAST}),
        (25, Frequency.WEEK, {"to_date": True}),
    ],
)
def test_a_target_of_another_time_is_none_for_a_month(number: float, frequency: Frequency, given: Any) -> None:
    """Shows that it is not scored, and told, where no whole number of it makes a column, or nothing is added up."""
    for actuals in ((90,), (90, 90)):
        scored = stated(number, frequency, *actuals, **given)
        assert scored.scores["KPI-1"].not_scored is NotScored.WRONG_TARGET_KIND
        assert "target_of_other_time" in notes(scored, "KPI-1")


def test_what_is_due_in_each_period_is_shared_too() -> None:
    """Shows the metric per period: six a quarter are two in each month, of which none makes up for another."""
    scored = stated(6, Frequency.QUARTER, 1, 4, metric=Metric.PER_PERIOD)
    assert scored.scores["KPI-1"].progress == pytest.approx(0.75)


def test_an_average_for_each_month_is_that_of_each_month() -> None:
    """Shows that a target for just the time of a column counts whatever is made of the columns."""
    assert stated(100, Frequency.MONTH, 90, 90, aggregation=Aggregation.AVERAGE).scores["KPI-1"].progress == 0.9


def test_values_to_date_are_held_against_their_part_of_the_year() -> None:
    """Shows that 1200 a year are 900 from January to September."""
    scored = stated(1200, Frequency.YEAR, 800, 810, to_date=True)
    assert scored.scores["KPI-1"].progress == pytest.approx(810 / 900)


@pytest.mark.parametrize(
    ("frequency", "first", "last", "kind", "share"),
    [
        (Frequency.YEAR, date(2025, 1, 1), date(2025, 3, 31), Frequency.QUARTER, 0.25),
        (Frequency.QUARTER, date(2025, 1, 1), date(2025, 6, 30), Frequency.QUARTER, None),
        (Frequency.MONTH, date(2025, 1, 1), date(2025, 3, 31), Frequency.QUARTER, None),
        (Frequency.QUARTER, date(2025, 2, 1), date(2025, 2, 28), Frequency.MONTH, 1 / 3),
        (Frequency.QUARTER, date(2025, 2, 3), date(2025, 2, 9), Frequency.WEEK, None),
        (Frequency.WEEK, date(2025, 2, 3), date(2025, 2, 9), Frequency.WEEK, 1.0),
        (Frequency.WEEK, date(2025, 2, 3), date(2025, 2, 3), Frequency.DAY, 1 / 7),
        (Frequency.DAY, date(2025, 2, 3), date(2025, 2, 9), Frequency.WEEK, None),
    ],
)
def test_only_whole_numbers_of_columns_are_sure(
    frequency: Frequency, first: date, last: date, kind: Frequency, share: float | None
) -> None:
    """Shows which part of a longer time a column is, and where it is none: a half year is no part of a quarter."""
    assert share_in(frequency, Period(kind, first, last, "")) == share
