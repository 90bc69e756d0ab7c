"""A KPI by itself: achievement, ladder, ranges, and which periods count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import (
    Aggregation,
    Bounds,
    Direction,
    Done,
    Frequency,
    Metric,
    Milestones,
    Period,
    PerPeriod,
    Relative,
)
from sheetsync.results import NotScored, Status
from sheetsync.scoring.kpis.gauge import aggregation_of
from tests import factories
from tests.factories import raw
from tests.scoring.scene import DEFAULT, HALF, card, changed, kpi, month, notes, percent, quantity, value_of

HIGHER, LOWER, RANGE = Direction.HIGHER, Direction.LOWER, Direction.RANGE


@pytest.mark.parametrize(
    ("direction", "target", "actual", "achievement"),
    [
        (HIGHER, 100, 93, 0.93),
        (HIGHER, 100, 150, 1.5),
        (HIGHER, 100, -20, -0.2),
        (None, 100, 93, 0.93),
        (LOWER, 10, 8, 1.25),
        (LOWER, 10, 20, 0.5),
        (LOWER, 10, 0, 1.2),
        (LOWER, 10, -3, 1.2),
        (LOWER, 0, 0, 1.0),
        (LOWER, 0, 1, 0.0),
        (None, Bounds(90, None), 45, 0.5),
        (None, Bounds(None, 10), 20, 0.5),
        (RANGE, Bounds(5, 10), 5, 1.0),
        (RANGE, Bounds(5, 10), 10, 1.0),
        (RANGE, Bounds(5, 10), 10.01, 0.0),
        (None, Bounds(5, 10), 4, 0.0),
    ],
)
def test_achievement(direction: Direction | None, target: Any, actual: float, achievement: float) -> None:
    """Higher: actual / target; lower: target / actual, the cap from 0 down; no accidents: only 0; range: inside."""
    found = kpi(direction=direction, target=target, actual=actual)
    assert found.progress == pytest.approx(achievement)
    assert found.score == pytest.approx(min(max(achievement, 0), 1.2))


@pytest.mark.parametrize(("direction", "achievement"), [(None, 2 / 3), (LOWER, 2 / 3), (HIGHER, 1.5)])
def test_a_plan_below_the_baseline_is_one_to_come_down(direction: Direction | None, achievement: float) -> None:
    """Shows that overdue debts of 3, from 5 down to a plan of 2, are two thirds there unless higher is stated."""
    scored = card(factories.kpi(direction=direction, baseline=quantity(5), target=quantity(2), actual=quantity(3)))
    assert scored.scores["KPI-1"].progress == pytest.approx(achievement)
    assert "direction_assumed_higher" not in notes(scored, "KPI-1")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"target": -5}, NotScored.NEGATIVE_TARGET),
        ({"target": -5, "direction": LOWER}, NotScored.NEGATIVE_TARGET),
        ({"target": 0}, NotScored.TARGET_NOT_POSITIVE),
        ({"target": Bounds(5, None), "direction": LOWER}, NotScored.DIRECTION_CONTRADICTS),
        ({"target": Bounds(5, 9), "direction": HIGHER}, NotScored.DIRECTION_CONTRADICTS),
        ({"target": 5, "direction": RANGE}, NotScored.WRONG_TARGET_KIND),
        ({"target": Bounds(9, 5)}, NotScored.WRONG_TARGET_KIND),
        ({"target": Relative(0.5)}, NotScored.RELATIVE_WITHOUT_BASELINE),
        ({"target": raw("tốt")}, NotScored.UNREADABLE_TARGET),
        ({"target": 5, "actual": raw("khá")}, NotScored.UNREADABLE_CURRENT),
        ({"target": 5, "baseline": raw("?")}, NotScored.UNREADABLE_BASELINE),
        ({}, NotScored.NO_TARGET),
        ({"target": 5, "actual": Milestones(("a",))}, NotScored.WRONG_CURRENT_KIND),
        ({"target": 5, "weight": -1}, NotScored.NEGATIVE_WEIGHT),
    ],
)
def test_what_cannot_be_scored_says_why(given: dict[str, Any], problem: NotScored) -> None:
    """Negative targets without a baseline, contradictions, and what cannot be read are not scored."""
    found = kpi(**{"actual": 3, **given})
    assert (found.not_scored, found.score, found.status) == (problem, None, Status.NOT_SCORED)


def test_a_negative_target_is_scored_from_a_baseline() -> None:
    """A loss of 100 brought to 40, of which 70 is reached: half of the way."""
    found = kpi(direction=HIGHER, baseline=-100, target=-40, actual=-70)
    assert found.progress == pytest.approx(0.5)
    assert kpi(direction=LOWER, baseline=-100, target=-40, actual=-70).not_scored is NotScored.DIRECTION_CONTRADICTS


@pytest.mark.parametrize(
    ("actual", "achievement"), [(120, 1.0), (100, 1.0), (99.9, 0.6), (95, 0.6), (94.9, 0.4), (90, 0.4), (89.9, 0.0)]
)
def test_steps_are_a_ladder_with_inclusive_lower_bounds(actual: float, achievement: float) -> None:
    """≥ 100 % → 100, ≥ 95 → 60, ≥ 90 → 40, else 0."""
    found = kpi(metric=Metric.STEPS, target=100, actual=actual)
    assert (found.progress, found.metric) == (achievement, Metric.STEPS)


@pytest.mark.parametrize(("actual", "achievement"), [(10, 1.0), (11, 0.5), (12, 0.0), (4, 0.0), (4.5, 0.5), (30, 0.0)])
def test_outside_a_range_falls_off_as_the_profile_says(actual: float, achievement: float) -> None:
    """A falloff of 0.2: from 100 % at the bound to 0 at 20 % of the bound beyond it."""
    profile = changed("vn-kpi@1", kpi={"falloff": 0.2})
    assert kpi(target=Bounds(5, 10), actual=actual, profile=profile).progress == pytest.approx(achievement)


def test_a_blank_direction_is_higher_with_a_hint() -> None:
    """Noted where nothing says which way is good; not where a bound says it, or the cell."""
    assert "direction_assumed_higher" in notes(card(factories.kpi(target=5, actual=4)), "KPI-1")
    for given in ({"target": Bounds(5, None)}, {"target": 5, "direction": HIGHER}):
        assert "direction_assumed_higher" not in notes(card(factories.kpi(actual=4, **given)), "KPI-1")


@pytest.mark.parametrize(
    ("given", "achievement"),
    [
        ({"metric": Metric.AT_MOST, "target": 2, "actual": 3}, 0.0),
        ({"metric": Metric.AT_MOST, "target": 2, "actual": 2}, 1.0),
        ({"metric": Metric.INCREASE, "baseline": 10, "target": 20, "actual": 15}, 0.5),
        ({"metric": Metric.PERCENT_DONE, "actual": percent(40)}, 0.4),
        ({"target": Milestones(("a", "b")), "actual": 1}, 0.5),
        ({"target": Done(True), "actual": Done(True)}, 1.0),
        ({"actual": Done(False)}, 0.0),
    ],
)
def test_a_kpi_may_state_any_metric(given: dict[str, Any], achievement: float) -> None:
    """A stated metric, a list and a yes are measured as in key results."""
    assert kpi(**given).progress == pytest.approx(achievement)


def test_target_and_actual_are_aggregated_and_then_divided() -> None:
    """90 of 100 and 110 of 300: 200 / 400, never the mean of 90 % and 37 %."""
    found = kpi(month(9, 100, 90), month(10, 300, 110))
    assert (found.target, found.current, found.progress) == (400, 200, 0.5)


@pytest.mark.parametrize(
    ("aggregation", "target", "actual"),
    [
        (Aggregation.SUM, 450, 300),
        (Aggregation.AVERAGE, 150, 100),
        (Aggregation.LAST, 200, 120),
        (Aggregation.MIN, 100, 80),
        (Aggregation.MAX, 200, 120),
    ],
)
def test_every_aggregation(aggregation: Aggregation, target: float, actual: float) -> None:
    """Sum, average, last (the last complete period), lowest and highest, for target and actual alike."""
    months = (month(8, 100, 100), month(9, 150, 80), month(10, 200, 120), month(11, 999, 1))
    found = kpi(*months, aggregation=aggregation)
    assert (found.target, found.current) == (target, actual)
    assert found.progress == pytest.approx(actual / target)


def test_sum_and_average_give_the_same_achievement() -> None:
    """Over the same periods the quotient is one and the same."""
    months = (month(8, 100, 71), month(9, 150, 80), month(10, 200, 120))
    found = [kpi(*months, aggregation=one).progress for one in (Aggregation.SUM, Aggregation.AVERAGE)]
    assert found[0] == pytest.approx(found[1] or 0)


def test_a_blank_aggregation_sums_numbers_and_averages_percentages() -> None:
    """500 and 600 are 1100; 90 % and 80 % are 85 %; the choice is noted."""
    assert kpi(month(9, 500, 500), month(10, 500, 600)).current == 1100
    shares = card(factories.kpi(periods=(month(9, percent(90), percent(90)), month(10, percent(90), percent(80)))))
    assert shares.scores["KPI-1"].current == pytest.approx(0.85)
    assert "aggregation_assumed" in notes(shares, "KPI-1")


@pytest.mark.parametrize(
    ("today", "actual"), [(date(2025, 10, 31), 90), (date(2025, 11, 1), 200), (date(2025, 11, 30), 200)]
)
def test_the_running_period_is_not_scored(today: date, actual: float) -> None:
    """A month counts from the day after its last."""
    assert kpi(month(9, 100, 90), month(10, 100, 110), month(11, 100, 5), today=today).current == actual


def test_the_running_period_is_shown() -> None:
    """With nothing complete, the achievement so far is shown, without score and status; the reason names its end."""
    found = kpi(month(11, 100, 40))
    assert (found.progress, found.score, found.status) == (0.4, None, Status.NOT_SCORED)
    assert found.not_scored is NotScored.NO_PERIOD
    assert (found.reason.code, found.reason.params["end"]) == ("running", date(2025, 11, 30))


def test_a_future_period_has_nothing_to_show() -> None:
    """Before its first day there is no running period either."""
    found = kpi(month(12, 100, 40))
    assert (found.progress, found.reason.code) == (None, "no_period")


def test_a_missing_actual_leaves_its_period_out_of_both() -> None:
    """September without an actual: neither its target nor its actual counts, and it is noted by name."""
    found = card(factories.kpi(periods=(month(8, 100, 90), month(9, 500, None), month(10, 100, 110))))
    assert (found.scores["KPI-1"].target, found.scores["KPI-1"].progress) == (200, 1.0)
    told = next(note for note in found.notes["KPI-1"] if note.code == "missing_period")
    assert told.params == {"count": 1, "periods": "T9"}


def test_an_unreadable_period_is_left_out_and_noted_apart() -> None:
    """It cannot be counted as 0; where no other period remains the KPI is not scored."""
    found = card(factories.kpi(periods=(month(9, 100, raw("?")), month(10, 100, 110))))
    assert found.scores["KPI-1"].progress == 1.1
    assert "unreadable_period" in notes(found, "KPI-1")
    assert kpi(month(9, 100, raw("?"))).not_scored is NotScored.UNREADABLE_CURRENT
    assert kpi(month(9, raw("?"), 90)).not_scored is NotScored.UNREADABLE_TARGET


def test_last_skips_a_period_without_an_actual() -> None:
    """The last complete period that has one."""
    found = kpi(month(9, 100, 90), month(10, 100, None), aggregation=Aggregation.LAST)
    assert found.current == 90


def quarter(target: Any, actual: Any) -> Any:
    """Give the third quarter."""
    return value_of(Period(Frequency.QUARTER, date(2025, 7, 1), date(2025, 9, 30), "Q3"), target, actual)


def test_quarters_and_totals_are_never_summed_with_months() -> None:
    """A quarter's column beside the months is their total, and left aside."""
    months = (month(7, 100, 50), month(8, 100, 50), month(9, 100, 50))
    year = value_of(Period(Frequency.YEAR, date(2024, 1, 1), date(2024, 12, 31), "2024"), 900, 900)
    assert kpi(*months, quarter(300, 150), year).current == 150


def test_the_stated_frequency_chooses_the_columns() -> None:
    """A quarterly KPI in a sheet of months and quarters is read from the quarter."""
    found = kpi(month(9, 100, 50), quarter(300, 240), frequency=Frequency.QUARTER)
    assert found.current == 240
    assert kpi(month(9, 100, 50), frequency=Frequency.QUARTER).current == 50


def test_a_quarter_serves_where_no_month_was_filled_in() -> None:
    """Only totals were typed: they count."""
    assert kpi(month(9, 100, None), quarter(300, 240)).current == 240


def test_one_target_for_all_periods() -> None:
    """Where a period has no target of its own, the row's Target is that of each period."""
    assert kpi(month(9, None, 50), month(10, None, 70), target=60).target == 120


def test_the_order_of_the_columns_changes_nothing() -> None:
    """October before September in the sheet: last is still October."""
    assert kpi(month(10, 100, 70), month(9, 100, 50), aggregation=Aggregation.LAST).current == 70


def test_a_range_is_aggregated_at_both_ends() -> None:
    """5 to 10 a month: 10 to 20 in two months."""
    assert kpi(month(9, Bounds(5, 10), 12), month(10, Bounds(5, 10), 8)).progress == 1.0
    assert kpi(month(9, Bounds(5, None), 12), month(10, Bounds(5, None), 3)).progress == 1.5


def test_yes_and_no_over_periods_is_the_share_of_those_met() -> None:
    """Met in two of three months."""
    yes, no = Done(True), Done(False)
    assert kpi(month(8, None, yes), month(9, None, no), month(10, None, yes)).progress == pytest.approx(2 / 3)
    assert kpi(month(9, no, no), month(10, no, yes)).progress == 0.5


def test_a_target_per_period_is_that_of_each_column() -> None:
    """Two a month over two months is four; with the metric per period, each counts at most 1."""
    two = PerPeriod(2, Frequency.MONTH)
    assert kpi(month(9, two, 1), month(10, two, 4)).progress == 1.25
    assert kpi(month(9, two, 1), month(10, two, 4), metric=Metric.PER_PERIOD).progress == 0.75
    assert kpi(month(9, 2, 1), month(10, 2, 4), metric=Metric.PER_PERIOD).progress == 0.75


def test_mixed_kinds_of_targets_are_not_scored() -> None:
    """A number in one month and a range in the next cannot be added."""
    assert kpi(month(9, 5, 5), month(10, Bounds(1, 2), 5)).not_scored is NotScored.WRONG_TARGET_KIND
    assert kpi(month(9, 5, 5), month(10, 5, Milestones(("a",)))).not_scored is NotScored.WRONG_CURRENT_KIND
    assert kpi(month(9, 5, 5), month(10, Relative(0.5), 5)).not_scored is NotScored.RELATIVE_WITHOUT_BASELINE


@pytest.mark.parametrize(
    ("actuals", "trend"),
    [((90, 95), "up"), ((95, 90), "down"), ((90, 90.4), "flat"), ((90, None), None), ((None, 90), None)],
)
def test_the_trend_compares_the_last_two_periods(actuals: tuple[Any, Any], trend: str | None) -> None:
    """By achievement in whole percent: better, worse, level; none with fewer than two."""
    assert kpi(month(9, 100, actuals[0]), month(10, 100, actuals[1])).trend == trend


def test_up_is_better_where_less_is_better() -> None:
    """Fewer complaints than last month: the trend is up."""
    assert kpi(month(9, 10, 12), month(10, 10, 8), direction=LOWER).trend == "up"


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (130, Status.ACHIEVED), (100, Status.ACHIEVED), (99, Status.ON_TRACK), (90, Status.ON_TRACK),
        (89, Status.AT_RISK), (70, Status.AT_RISK), (69, Status.OFF_TRACK),
    ],
)  # fmt: skip
def test_vn_kpi_status_by_achievement_without_pace(actual: float, status: Status) -> None:
    """≥ 1 achieved, ≥ 0.9 on track, ≥ 0.7 at risk, else off track; no expectation, whatever the day."""
    found = kpi(target=100, actual=actual)
    assert (found.status, found.expected) == (status, None)


@pytest.mark.parametrize(
    ("actual", "status"),
    [(100, Status.ACHIEVED), (90, Status.ON_TRACK), (89, Status.AT_RISK), (75, Status.AT_RISK), (74, Status.OFF_TRACK)],
)
def test_default_serves_for_kpis_too(actual: float, status: Status) -> None:
    """Over complete periods all is expected: the gap to 100 % decides; the score is capped at 1."""
    found = kpi(target=100, actual=actual, profile=DEFAULT)
    assert (found.status, found.expected) == (status, 1.0)
    assert kpi(target=100, actual=150, profile=DEFAULT).score == 1.0


def test_missing_counts_0_and_progress_stays_unknown() -> None:
    """No actual at all: score 0 and off track under vn-kpi, but no achievement is made up."""
    for found in (kpi(target=100), kpi(month(9, 100, None), month(10, 100, None))):
        assert (found.score, found.progress, found.status) == (0.0, None, Status.OFF_TRACK)
        assert found.reason.code == "kpi_missing"


def test_missing_is_left_out_under_default() -> None:
    """A profile may leave it out: not scored."""
    found = kpi(target=100, profile=DEFAULT)
    assert (found.score, found.not_scored) == (None, NotScored.NO_ACTUAL)


def test_a_long_row_with_a_period_waits_for_its_end() -> None:
    """The row of a month that runs is shown and not scored; without a readable period it is scored."""
    november = month(11).period
    running = kpi(target=100, actual=40, period=november)
    assert (running.not_scored, running.progress) == (NotScored.NO_PERIOD, 0.4)
    assert kpi(target=100, actual=40, period=november, today=date(2025, 12, 1)).score == 0.4
    unread = card(factories.kpi(target=100, actual=40, period=raw("tháng này")))
    assert unread.scores["KPI-1"].score == 0.4
    assert "dates_unreadable" in notes(unread, "KPI-1")


def test_the_reason_names_the_periods() -> None:
    """One period, several, or none."""
    assert kpi(month(10, 100, 90)).reason.params == {"progress": 0.9, "period": "T10"}
    assert kpi(month(9, 100, 90), month(10, 100, 90)).reason.params == {"progress": 0.9, "first": "T9", "last": "T10"}
    assert kpi(target=100, actual=90, today=HALF).reason.code == "kpi"


@pytest.mark.parametrize(
    ("unit", "told"), [("%", Aggregation.AVERAGE), (" % ", Aggregation.AVERAGE), ("giờ", Aggregation.SUM)]
)
def test_numbers_whose_unit_is_percent_are_averaged(unit: str, told: Aggregation) -> None:
    """Shows 95 and 90 under the unit %, which are no 185 %."""
    item = factories.kpi(unit=unit, periods=(month(1, 95, 90), month(2, 95, 95)))
    assert aggregation_of(item) is told
