"""Tests of a target for the whole year beside columns of weeks, months or quarters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Aggregation, Bounds, Frequency, Period
from sheetsync.scoring.kpis.sharing import share_of
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
