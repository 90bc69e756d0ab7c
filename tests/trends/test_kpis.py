"""Tests of the forecast of KPIs that add up."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from sheetsync.model import Aggregation, Frequency, Kpi, Period, PeriodValue, Quantity
from sheetsync.past import Observation, Past, Remembered
from sheetsync.scoring import score
from sheetsync.trends import Trend, trends_of, with_trends
from sheetsync.trends.kpis import Sums, run_rate
from tests.factories import cell, goals, kpi
from tests.scoring.scene import DEFAULT, VN_KPI

TODAY = date(2026, 11, 19)


def months(actuals: Sequence[float], targets: Sequence[float], year: int = 2026) -> list[PeriodValue]:
    """Make the months of a year; those without an actual are blank."""
    made = []
    for month, target in enumerate(targets, 1):
        last = date(year, month, monthrange(year, month)[1])
        period = Period(Frequency.MONTH, date(year, month, 1), last, f"T{month}")
        actual = Quantity(actuals[month - 1]) if month <= len(actuals) else None
        made.append(PeriodValue(period, cell(Quantity(target), 3), cell(actual, 4)))
    return made


def told(item: Kpi, past: Past | None = None, today: date = TODAY) -> Trend:
    """Tell the trend of one KPI."""
    read = goals(item)
    return next(iter(trends_of(score(read, DEFAULT, VN_KPI, today), read, past or Past(), today)))


def summed(periods: Sequence[PeriodValue]) -> Kpi:
    """Make a KPI whose periods add up."""
    return kpi(periods=tuple(periods), aggregation=Aggregation.SUM)


def test_the_rate_goes_on_over_the_plan() -> None:
    """Shows that ten months at 90 % of the plan end at 90 % of the year, in the unit of the row too."""
    plan = [100.0] * 10 + [200.0, 300.0]
    found = told(summed(months([90.0] * 10, plan))).forecast
    assert found is not None and found.method == "run_rate"
    assert found.final == pytest.approx(0.9) and found.value == pytest.approx(0.9 * 1500)
    assert found.low == found.high == pytest.approx(0.9)


def test_uneven_months_widen_the_interval() -> None:
    """Shows that months which miss their targets to both sides make an interval around the same middle."""
    found = told(summed(months([80, 100] * 5, [100.0] * 12))).forecast
    assert found is not None and found.final == pytest.approx(0.9)
    assert found.low < 0.89 < 0.91 < found.high


def test_last_year_in_the_same_sheet_gives_the_season() -> None:
    """Shows that this year grows from here as last year did, where its months stand in the sheet too."""
    before = months([50.0] * 10 + [250.0, 250.0], [100.0] * 12, 2025)
    now = months([60.0] * 10, [100.0] * 12)
    found = told(summed(before + now)).forecast
    assert found is not None and found.method == "season"
    assert found.final == pytest.approx(600 * (1000 / 500) / 1200)


def test_the_season_is_that_of_the_whole_of_last_year_alone() -> None:
    """Shows that a year before that is no part of it, and that the end of a year alone says nothing of the whole."""
    now, last = months([60.0] * 10, [100.0] * 12), months([50.0] * 10 + [250.0, 250.0], [100.0] * 12, 2025)
    earlier = months([10.0] * 12, [100.0] * 12, 2024)
    found = told(summed(earlier + last + now)).forecast
    assert found is not None and found.seen == pytest.approx(1000 / 500)
    found = told(summed(last[-11:] + now)).forecast
    assert found is not None and found.method == "run_rate"
    assert found.final == pytest.approx(0.6)


def test_a_month_without_an_actual_takes_its_season_along() -> None:
    """Shows that this year's months are held against the same months of last year, not against as many of them."""
    last = months([10.0, 20.0, 300.0, *[50.0] * 7, 250.0, 250.0], [100.0] * 12, 2025)
    now = months([60.0] * 10, [100.0] * 12)
    now[2] = now[2]._replace(actual=cell(None, 4))
    found = told(summed(last + now)).forecast
    assert found is not None and found.method == "season"
    assert found.seen == pytest.approx((30 + 350 + 500) / (30 + 350))
    assert found.final == pytest.approx(540 * (880 / 380) / 1100)


def test_last_year_in_the_history_gives_the_season() -> None:
    """Shows that the remembered sums of a year ago do the same."""
    last = TODAY - timedelta(days=365)
    told_then = [(last - timedelta(days=30), 500.0), (date(2025, 12, 3), 750.0), (date(2026, 1, 4), 1000.0)]
    seen = tuple(Observation(day, value=value) for day, value in told_then)
    past = Past({"KPI-1": Remembered("KPI-1", "kpi", told_then[0][0], TODAY, seen)}, (TODAY - timedelta(days=1),))
    found = told(summed(months([60.0] * 10, [100.0] * 12)), past).forecast
    assert found is not None and found.method == "season" and found.seen == pytest.approx(2.0)
    assert found.final == pytest.approx(600 * 2 / 1200)


@pytest.mark.parametrize(
    ("item", "lack"),
    [
        (summed(months([90.0, 80.0], [100.0] * 12)), "too_few"),
        (kpi(periods=tuple(months([90.0] * 10, [100.0] * 12)), aggregation=Aggregation.AVERAGE), "not_summed"),
        (kpi(target=100, actual=80), "not_summed"),
        (summed(months([90.0] * 10, [100.0] * 10)), "over"),
        (kpi(target=100), "not_scored"),
    ],
    ids=["two months", "an average", "long form", "no period to come", "no actual"],
)
def test_what_has_no_forecast(item: Kpi, lack: str) -> None:
    """Shows that a KPI without enough periods, or that does not add up, gets none, with the reason."""
    assert told(item).lack == lack


def remembered(*values: tuple[date, float]) -> Past:
    """Make the past of a KPI that stood at shares of its target from some days on, looked at every night."""
    seen = tuple(Observation(day, value=value * 100, progress=value) for day, value in values)
    first = values[0][0]
    nights = tuple(first + timedelta(days=count) for count in range((TODAY - first).days))
    return Past({"KPI-1": Remembered("KPI-1", "kpi", first, nights[-1], seen)}, nights)


@pytest.mark.parametrize(
    ("frequency", "values", "way"),
    [
        (None, [(date(2026, 9, 1), 0.7)], "up"),
        (None, [(date(2026, 9, 1), 0.9)], "down"),
        (None, [(date(2026, 9, 1), 0.8)], "flat"),
        (None, [(date(2026, 9, 1), 0.804)], "flat"),
        (None, [(date(2026, 9, 1), 0.9), (date(2026, 10, 19), 0.6)], "up"),
        (None, [(date(2026, 9, 1), 0.9), (date(2026, 10, 20), 0.6)], "down"),
        (None, [(date(2026, 10, 20), 0.6)], None),
        (Frequency.WEEK, [(date(2026, 9, 1), 0.9), (date(2026, 11, 12), 0.6)], "up"),
        (Frequency.WEEK, [(date(2026, 9, 1), 0.9), (date(2026, 11, 13), 0.6)], "down"),
        (Frequency.QUARTER, [(date(2026, 8, 19), 0.6), (date(2026, 8, 20), 0.9)], "up"),
        (Frequency.QUARTER, [(date(2026, 9, 1), 0.6)], None),
    ],
)
def test_history_tells_the_trend_of_a_kpi_without_periods(
    frequency: Frequency | None, values: list[tuple[date, float]], way: str | None
) -> None:
    """Shows that one pair of target and actual is held against how it stood a period ago, a month where none is told.

    A half per cent is no step, and what nobody saw that long ago tells nothing.
    """
    item = kpi(target=100, actual=80, frequency=frequency)
    assert told(item, remembered(*values)).direction == way
    card = score(goals(item), DEFAULT, VN_KPI, TODAY)
    shown = with_trends(card, goals(item), remembered(*values), TODAY)
    assert shown.scores["KPI-1"].trend == way


def test_the_sheet_s_own_periods_go_before_the_history() -> None:
    """Shows that two complete periods tell the trend, whatever is remembered, and that a row of one period has none."""
    past = remembered((date(2026, 9, 1), 0.1))
    item = kpi(periods=tuple(months([90.0, 80.0], [100.0] * 12)))
    read = goals(item)
    assert with_trends(score(read, DEFAULT, VN_KPI, TODAY), read, past, TODAY).scores["KPI-1"].trend == "down"
    assert told(item, past).direction is None
    october = Period(Frequency.MONTH, date(2026, 10, 1), date(2026, 10, 31), "T10")
    assert told(kpi(target=100, actual=80, period=october), past).direction is None


@pytest.mark.parametrize(
    ("today", "before"), [(date(2026, 3, 31), date(2026, 2, 28)), (date(2028, 3, 30), date(2028, 2, 29))]
)
def test_months_of_other_lengths_have_a_day_a_month_ago(today: date, before: date) -> None:
    """Shows that a month ago is the last day of a month that is too short, in leap years too."""
    item = kpi(target=100, actual=80)
    seen = (
        Observation(before, value=60, progress=0.6),
        Observation(before + timedelta(days=1), value=90, progress=0.9),
    )
    nights = tuple(before + timedelta(days=count) for count in range(20))
    past = Past({"KPI-1": Remembered("KPI-1", "kpi", before, nights[-1], seen)}, nights)
    assert told(item, past, today).direction == "up"


def test_the_interval_of_months_holds_80_of_100() -> None:
    """Shows that for months that miss their targets by chance the interval holds in 75 to 85 of 100 years."""
    chance, held, tries = random.Random(11), 0, 2000  # noqa: S311 - a simulation
    for _ in range(tries):
        plan = [100 * chance.uniform(0.6, 1.4) for _ in range(12)]
        level, spread, known = chance.uniform(0.7, 1.1), chance.uniform(0.05, 0.25), chance.randrange(3, 12)
        actual = [target * chance.gauss(level, spread) for target in plan]
        found = run_rate(Sums(tuple(plan[:known]), tuple(actual[:known]), tuple(plan[known:])))
        held += found.low <= sum(actual) / sum(plan) <= found.high
    assert held / tries == pytest.approx(0.8, abs=0.05)
