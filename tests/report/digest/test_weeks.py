"""The weeks of the cycle, item by item and as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Cycle, Level
from sheetsync.report.digest.weeks import item_weeks, overall_change, overall_weeks, weeks_of, whole_now
from sheetsync.scoring.pace import expected_share
from tests.factories import key_result, objective
from tests.report.digest.book import CYCLE, MARK, TODAY, goals_of, source, weekly
from tests.scoring.scene import DEFAULT, changed


def two(week: int) -> list[Any]:
    """Give two objectives of the company, one that gains 10 points a week, and one that gains 5."""
    return [
        objective("O-1", level=Level.COMPANY, weight=3),
        objective("O-2", level=Level.COMPANY, weight=1, row=9),
        key_result("KR-1", baseline=0, target=100, current=10 * week),
        key_result("KR-2", baseline=0, target=100, current=5 * week, objective="O-2", row=10),
    ]


def test_the_weeks_run_from_the_first_sunday_to_today() -> None:
    """Shows numbers, Sundays, and that the running week stands as today."""
    weeks = weeks_of(source(*two(8)))
    assert [week.number for week in weeks] == list(range(1, 9))
    assert weeks[0].day == date(2026, 10, 4)
    assert weeks[6] == (7, date(2026, 11, 15), MARK)
    assert weeks[7] == (8, TODAY, None)


@pytest.mark.parametrize(
    ("today", "count", "last"),
    [
        (date(2026, 9, 30), 0, None),
        (date(2026, 10, 1), 1, date(2026, 10, 1)),
        (date(2026, 10, 4), 1, date(2026, 10, 4)),
        (date(2026, 10, 5), 2, date(2026, 10, 5)),
        (date(2026, 12, 31), 14, date(2026, 12, 31)),
        (date(2027, 1, 4), 14, date(2027, 1, 3)),
        (date(2027, 3, 1), 14, date(2027, 1, 3)),
    ],
)
def test_weeks_begin_with_the_cycle_and_end_with_it(today: date, count: int, last: date | None) -> None:
    """Shows that there are no weeks before the first day of the cycle, nor after the week of its last."""
    weeks = weeks_of(source(*two(1), today=today))
    assert len(weeks) == count
    assert (weeks[-1].day if weeks else None) == last


def test_a_cycle_that_ends_on_a_sunday_has_no_week_more() -> None:
    """Shows that the Monday after the last day begins nothing."""
    cycle = Cycle("short", date(2026, 10, 5), date(2026, 10, 18))
    for today in (date(2026, 10, 19), date(2026, 10, 26)):
        weeks = weeks_of(source(*two(1), today=today, cycle=cycle))
        assert [week.day for week in weeks] == [date(2026, 10, 11), date(2026, 10, 18)]


def test_on_a_monday_the_week_before_stands_as_today() -> None:
    """Shows that the night to Monday tells what the week has left, and that it is today's."""
    monday = date(2026, 11, 16)
    told = source(*two(8), today=monday, nights=weekly(two, 6, date(2026, 11, 9)))
    assert [week.mark for week in weeks_of(told)][-3:] == [date(2026, 11, 9), None, None]
    assert item_weeks("KR-1", told)[-3:] == pytest.approx([0.6, 0.8, 0.8])
    before, now = overall_weeks(told)[-2:]
    assert before["progress"] == pytest.approx(now["progress"])
    assert before["expected"] == pytest.approx(
        expected_share(CYCLE.start, CYCLE.due, monday - timedelta(days=1), DEFAULT.curve)
    )
    assert before["expected"] < now["expected"]


def test_an_item_has_a_point_for_each_week_as_the_monday_after_saw_it() -> None:
    """Shows the series of a key result and of an objective, with today at its end."""
    told = source(*two(8), nights=weekly(two))
    assert item_weeks("KR-1", told) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    assert item_weeks("O-2", told) == pytest.approx([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4])


def test_weeks_that_nobody_looked_at_are_unknown() -> None:
    """Shows that weeks before the history began have no progress, and without a history there is no series."""
    told = source(*two(8), nights=weekly(two, 2))
    assert item_weeks("KR-1", told)[:5] == [None] * 5
    assert item_weeks("KR-1", source(*two(8))) == []
    assert item_weeks("gone", told) == []


def test_weeks_before_the_items_own_first_day_are_another_goals() -> None:
    """Shows that a key result that began in November tells nothing of October."""
    late = [objective(), key_result(baseline=0, target=100, current=80, start=date(2026, 11, 2))]
    before = weekly(lambda week: [objective(), key_result(baseline=0, target=100, current=10 * week)])
    found = item_weeks("KR-1", source(*late, nights=before))
    assert found == [None, None, None, None, pytest.approx(0.5), pytest.approx(0.6), pytest.approx(0.7), 0.8]


def test_earlier_values_are_held_against_todays_target() -> None:
    """Shows that a target that was doubled in mid-cycle does not look like a loss."""
    items = [objective(), key_result(baseline=0, target=200, current=80)]
    before = weekly(lambda week: [objective(), key_result(baseline=0, target=100, current=10 * week)])
    assert item_weeks("KR-1", source(*items, nights=before)) == pytest.approx(
        [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4]
    )


def test_the_whole_is_weighted_by_the_weights_of_today() -> None:
    """Shows the roll-up of each week, its pace, and that the last point is the scorecard's own."""
    told = source(*two(8), nights=weekly(two))
    weeks = overall_weeks(told)
    assert [one["progress"] for one in weeks] == pytest.approx(
        [(3 * 0.1 * week + 0.05 * week) / 4 for week in range(1, 9)]
    )
    assert weeks[-1]["progress"] == told.scorecard.progress
    assert weeks[-1]["expected"] == told.scorecard.expected
    sunday = date(2026, 11, 15)
    assert weeks[6]["day"] == sunday
    assert weeks[6]["expected"] == pytest.approx(expected_share(CYCLE.start, CYCLE.due, sunday, DEFAULT.curve))
    assert overall_change(told) == pytest.approx((3 * 0.1 + 0.05) / 4)


def test_a_week_of_which_too_little_was_known_has_no_progress() -> None:
    """Shows that the heavier objective must be known, as roll-up takes it, and that the pace is there all the same."""
    before = weekly(lambda week: [one for one in two(week) if one.key in ("O-2", "KR-2")])
    told = source(*two(8), nights=before)
    assert [one["progress"] for one in overall_weeks(told)][:-1] == [None] * 7
    assert overall_change(told) is None


def test_an_objective_that_was_added_is_no_gain() -> None:
    """Shows that the change of the whole compares what was known at both ends."""
    before = weekly(lambda week: [one for one in two(week) if one.key in ("O-1", "KR-1")])
    told = source(*two(8), nights=before)
    assert overall_change(told) == pytest.approx(0.1)


def test_without_a_profile_or_a_past_there_is_no_series_of_the_whole() -> None:
    """Shows what is left out where it cannot be told."""
    told = source(*two(8), nights=weekly(two))
    assert overall_weeks(told._replace(profile=None)) == []
    assert overall_change(told._replace(profile=None)) is None
    assert overall_weeks(source(*two(8))) == []
    assert whole_now(told._replace(profile=None)) == (None, None)


def test_without_a_cycle_there_are_no_weeks() -> None:
    """Shows that key results with dates of their own alone give none."""
    told = source(*two(8), cycle=None)
    assert weeks_of(told) == []


@given(
    st.lists(st.tuples(st.floats(0, 150), st.floats(0, 10)), min_size=1, max_size=6),
    st.sampled_from(["linear", "working_days"]),
)
def test_the_whole_of_today_rolled_up_anew_is_the_scorecards(rows: list[tuple[float, float]], kind: str) -> None:
    """Shows that the recomputed whole agrees with scoring for any values and weights."""
    items = [
        one
        for place, (current, weight) in enumerate(rows)
        for one in (
            objective(f"O-{place}", level=Level.COMPANY, weight=weight, row=5 + 2 * place),
            key_result(
                f"KR-{place}", objective=f"O-{place}", baseline=0, target=100, current=current, row=6 + 2 * place
            ),
        )
    ]
    told = source(*items, profile=changed(pace={"curve": kind}))
    progress, expected = whole_now(told)
    assert progress == pytest.approx(told.scorecard.progress)
    assert expected == pytest.approx(told.scorecard.expected)


@given(st.dates(CYCLE.start - timedelta(days=10), CYCLE.due + timedelta(days=40)))
def test_weeks_are_sundays_and_numbered_in_a_row(today: date) -> None:
    """Shows for any day that all points but that of today are Sundays before it, each a week after the other."""
    weeks = weeks_of(source(today=today)._replace(goals=goals_of()))
    assert [week.number for week in weeks] == list(range(1, len(weeks) + 1))
    for week in weeks:
        assert week.day == today or (week.day.weekday() == 6 and week.day < today)
        assert week.mark is None or (week.mark == week.day + timedelta(days=1) and week.mark < today)
