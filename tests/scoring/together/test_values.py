"""The current value of a key result that a KPI measures: which periods, which number, and who wins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Aggregation, Done, KpiLink, Link, Metric, Quantity
from sheetsync.results import NotScored, Scorecard, Status
from tests.factories import cell, check_in, key_result, kpi, objective, raw
from tests.scoring.scene import HALF, START, card, month, notes, percent

LATE = date(2025, 12, 20)
"""October and November are complete, December runs."""
PERIODS = (month(9, 10, 5), month(10, 10, 7), month(11, 10, 9), month(12, 10, 100))


def measured(today: date = LATE, items: tuple[Any, ...] = (), given: Any = None, **of_kpi: Any) -> Scorecard:
    """Score a key result from 0 to 40 that KPI-1 measures."""
    own = {"target": 40, **(given or {})}
    usual = {"aligned_to": ("KR-1",), "kpi_link": KpiLink.MEASURES, "periods": PERIODS}
    return card(objective(), key_result(**own), kpi(**{**usual, **of_kpi}), *items, today=today)


@pytest.mark.parametrize(
    ("aggregation", "value"),
    [
        (Aggregation.SUM, 16.0),
        (Aggregation.AVERAGE, 8.0),
        (Aggregation.LAST, 9.0),
        (Aggregation.MIN, 7.0),
        (Aggregation.MAX, 9.0),
    ],
)
def test_the_complete_periods_within_the_dates_are_gathered(aggregation: Aggregation, value: float) -> None:
    """Shows that September (before the start) and December (still running) never count."""
    found = measured(aggregation=aggregation)
    assert found.scores["KR-1"].current == value
    assert found.scores["KR-1"].progress == pytest.approx(value / 40)
    assert found.taken["KR-1"].kpi == "KPI-1"


def test_either_side_may_state_the_link() -> None:
    """Shows that a key result "measured by" a KPI takes the same value as one that a KPI "measures", by id or key."""
    item = key_result(target=40, aligned_to=(" kpi-1 ",), link=Link.MEASURED_BY)
    source = kpi(periods=PERIODS, aggregation=Aggregation.SUM)
    found = card(objective(), item, source, today=LATE)
    assert found.scores["KR-1"] == measured(aggregation=Aggregation.SUM).scores["KR-1"]


def test_own_dates_decide_which_periods_count() -> None:
    """Shows that a key result that starts in November leaves October out, and that only whole months count."""
    dates = {"start": date(2025, 10, 20), "due": date(2025, 12, 31)}
    found = measured(aggregation=Aggregation.SUM, given=dates)
    assert found.scores["KR-1"].current == 9.0


def test_before_the_first_complete_period_there_is_no_value() -> None:
    """Shows that a sum waits for its first month, while the last value of a level is the one before the start."""
    assert measured(HALF, aggregation=Aggregation.SUM).scores["KR-1"].current == 7.0
    early = date(2025, 10, 5)
    waiting = measured(early, aggregation=Aggregation.SUM)
    assert waiting.scores["KR-1"].current is None
    assert waiting.scores["KR-1"].status is Status.NOT_STARTED
    assert "KR-1" not in waiting.taken
    assert measured(early, aggregation=Aggregation.LAST).scores["KR-1"].current == 5.0


def test_a_typed_value_wins_and_a_difference_is_noted() -> None:
    """Shows that the row's own value counts before the KPI's, and that only another number is worth a note."""
    other = measured(aggregation=Aggregation.SUM, given={"current": 20})
    assert other.scores["KR-1"].current == 20
    assert notes(other, "KR-1") >= {"kpi_differs"}
    assert other.taken == {}
    same = measured(aggregation=Aggregation.SUM, given={"current": 16})
    assert "kpi_differs" not in notes(same, "KR-1")


def test_a_check_in_wins_unless_it_holds_no_value_or_is_of_tomorrow() -> None:
    """Shows that the log counts as typed: with a value it wins, with a note alone the KPI gives the value."""
    told = check_in(date=date(2025, 12, 1), value=12)
    silent = check_in(date=date(2025, 12, 1), blocker="no stock")
    later = check_in(date=date(2025, 12, 24), value=12)
    values = [
        measured(aggregation=Aggregation.SUM, items=(entry,)).scores["KR-1"].current for entry in (told, silent, later)
    ]
    assert values == [12, 16, 16]


def test_an_unreadable_value_is_no_blank() -> None:
    """Shows that a text in Current is reported as unreadable and not covered up by the KPI."""
    found = measured(given={"current": raw("around half")})
    assert found.scores["KR-1"].not_scored is NotScored.UNREADABLE_CURRENT
    assert found.taken == {}


@pytest.mark.parametrize(
    ("own", "theirs", "taken"),
    [
        ({"unit": "orders"}, {"unit": " Orders "}, True),
        ({"unit": "orders"}, {}, True),
        ({"unit": "triệu"}, {"unit": "tỷ"}, False),
        ({"target": percent(40)}, {}, False),
        ({"target": percent(40)}, {"periods": (month(10, percent(50), percent(30)),)}, True),
    ],
)
def test_units_must_agree(own: dict[str, Any], theirs: dict[str, Any], taken: bool) -> None:
    """Shows that no value is taken where units differ in their words or in being percentages."""
    found = measured(given=own, **theirs)
    assert ("KR-1" in found.taken) is taken
    assert bool({"kpi_unit_differs", "kpi_kind_differs"} & notes(found, "KR-1")) is not taken
    assert (found.scores["KR-1"].current is not None) is taken


def test_a_kpi_without_a_score_gives_no_value() -> None:
    """Shows that a KPI whose targets are missing measures nothing, and that the key result says why."""
    found = measured(periods=(month(10, None, 7),))
    assert found.scores["KPI-1"].not_scored is NotScored.NO_TARGET
    assert found.scores["KR-1"].current is None
    assert notes(found, "KR-1") >= {"kpi_not_scored"}


def test_two_kpis_cannot_measure_one_key_result() -> None:
    """Shows that no value is taken where two KPIs claim it."""
    second = kpi("KPI-2", row=7, periods=PERIODS, aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES)
    found = measured(items=(second,))
    assert found.scores["KR-1"].current is None
    assert "kpi_sources_several" in notes(found, "KR-1")


def test_a_row_for_each_month_is_one_kpi() -> None:
    """Shows that rows of one id with different periods are gathered, and that rows of the same period are not."""

    def rows(*numbers: int) -> list[Any]:
        return [
            kpi(
                f"KPI-1-{place}", id="KPI-1", row=5 + place, target=10, actual=place, period=month(number).period,
                aggregation=Aggregation.SUM, aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES,
            )
            for place, number in enumerate(numbers, 1)
        ]  # fmt: skip

    one = card(objective(), key_result(target=40), *rows(9, 10, 11), today=LATE)
    assert one.scores["KR-1"].current == 5.0
    twice = card(objective(), key_result(target=40), *rows(10, 10), today=LATE)
    assert "kpi_not_one_row" in notes(twice, "KR-1")


def test_of_values_to_date_the_part_within_the_dates_counts() -> None:
    """Shows that what was reached before the start is taken off, and that no value is taken where it is not known."""
    sums = (month(9, 90, 80), month(10, 100, 95), month(11, 110, 100))
    nowhere = cell(None, 99, 6, "KPI")
    found = measured(periods=sums, to_date=True, target=nowhere)
    assert found.scores["KR-1"].current == 20.0
    unknown = measured(periods=sums[1:], to_date=True, target=nowhere)
    assert unknown.scores["KR-1"].current is None
    assert "kpi_to_date" in notes(unknown, "KR-1")


def test_a_yes_or_no_is_taken_as_it_stands() -> None:
    """Shows that the last answer of a yes/no KPI answers the key result."""
    asked = {"metric": Metric.YES_NO, "target": None}
    found = measured(given=asked, periods=(month(10, None, Done(False)), month(11, None, Done(True))))
    assert found.scores["KR-1"].progress == 1.0


def test_neglect_is_never_held_against_a_value_that_comes_monthly() -> None:
    """Shows that a key result whose KPI ends its month 20 days ago is on track where a typed one would be neglected."""
    day = date(2025, 11, 20)
    fed = measured(day, given={"target": 13}, aggregation=Aggregation.SUM)
    assert fed.scores["KR-1"].status is Status.ON_TRACK
    assert fed.scores["KR-1"].last_update == date(2025, 10, 31)
    typed = measured(day, given={"target": 13, "current": 7, "check_in_date": date(2025, 10, 31)})
    assert typed.scores["KR-1"].status is Status.AT_RISK


def test_a_kpi_without_link_changes_nothing() -> None:
    """Shows that scores are the same with and without KPIs beside them that serve no goal."""
    items = [objective(), key_result(target=40, current=10, check_in_date=LATE)]
    alone = card(*items, today=LATE)
    beside = card(*items, kpi(periods=PERIODS), today=LATE)
    assert {key: beside.scores[key] for key in alone.scores} == dict(alone.scores)
    assert (beside.servings, beside.alarms, beside.taken) == ({}, {}, {})


@given(
    actuals=st.lists(st.floats(0, 1e6), min_size=1, max_size=12),
    aggregation=st.sampled_from(list(Aggregation)),
)
def test_the_value_lies_between_the_periods_or_is_their_sum(actuals: list[float], aggregation: Aggregation) -> None:
    """Shows, for any months of a year, that the value is what the aggregation says of them, computed apart."""
    periods = tuple(month(place, 1, actual, year=2024) for place, actual in enumerate(actuals, 1))
    year = {"start": date(2024, 1, 1), "due": date(2024, 12, 31), "target": 1e7}
    found = measured(START, given=year, periods=periods, aggregation=aggregation)
    current = found.scores["KR-1"].current
    assert current is not None
    if aggregation is Aggregation.SUM:
        assert current == pytest.approx(sum(actuals))
    elif aggregation is Aggregation.LAST:
        assert current == actuals[-1]
    else:
        slack = 1e-9 * max(actuals)
        assert min(actuals) - slack <= current <= max(actuals) + slack


def test_the_source_is_the_cell_of_the_last_period() -> None:
    """Shows that the score points at the KPI's cell, and that what was taken names every cell that went into it."""
    found = measured(aggregation=Aggregation.SUM)
    source = found.scores["KR-1"].source
    assert source is not None
    assert source.ref == PERIODS[2].actual.ref
    assert source.value == Quantity(16.0)
    assert [one.cell for one in found.taken["KR-1"].periods] == [one.actual.ref for one in PERIODS[1:3]]
