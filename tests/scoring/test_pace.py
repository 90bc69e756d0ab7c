"""What is expected by today: the curves, and whose dates count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Bounds, Cycle, Frequency
from sheetsync.results import NotScored, Status
from sheetsync.scoring.pace import complete_periods, expected_share
from sheetsync.scoring.profile import Curve
from tests.factories import key_result, objective, raw
from tests.scoring.scene import DUE, HALF, START, card, changed, notes, one

LINEAR = Curve()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (START - timedelta(days=1), 0.0),
        (START, 0.0),
        (START + timedelta(days=1), 1 / 91),
        (HALF, 45 / 91),
        (DUE - timedelta(days=1), 90 / 91),
        (DUE, 1.0),
        (DUE + timedelta(days=1), 1.0),
    ],
)
def test_linear_runs_from_0_on_the_first_day_to_1_on_the_due_day(today: date, expected: float) -> None:
    """The elapsed share of the cycle, and no more than all of it afterwards."""
    assert expected_share(START, DUE, today, LINEAR) == pytest.approx(expected)
    assert one(target=10, current=1, today=today).expected == pytest.approx(expected)


def test_the_due_day_is_not_after_due() -> None:
    """On the due day all is expected and the status still goes by the gap; the day after it is decided."""
    assert one(target=10, current=8, today=DUE).status is Status.AT_RISK
    assert one(target=10, current=8, today=DUE + timedelta(days=1)).status is Status.ACHIEVED


def test_a_cycle_of_one_day_expects_all_on_it() -> None:
    """First day and due day in one: it is due."""
    assert expected_share(START, START, START, LINEAR) == 1.0


@pytest.mark.parametrize(
    ("days", "expected"), [(0, 0), (24, 0), (25, 0.25), (49, 0.25), (50, 0.5), (99, 0.75), (100, 1)]
)
def test_steps_wait_for_a_whole_step(days: int, expected: float) -> None:
    """Four steps: nothing is expected until a quarter of the time is over, then a quarter."""
    curve = Curve("steps", 4)
    assert expected_share(START, START + timedelta(days=100), START + timedelta(days=days), curve) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (START, 0),
        (date(2025, 10, 16), 0.1 * 15 / 31),
        (date(2025, 11, 1), 0.1),
        (date(2025, 12, 1), 0.3),
        (DUE, 1.0),
    ],
)
def test_monthly_shares_weigh_each_month(today: date, expected: float) -> None:
    """10 % in October, 20 % in November, 70 % in December; inside a month the way is even."""
    curve = Curve("shares", 1, (1,) * 9 + (10, 20, 70 * 31 / 30))
    assert expected_share(START, DUE, today, curve) == pytest.approx(expected)


def test_a_cycle_of_months_without_a_share_is_linear() -> None:
    """A firm that gives nothing to the months of the cycle still has a pace."""
    curve = Curve("shares", 1, (1,) + (0,) * 11)
    assert expected_share(START, DUE, HALF, curve) == pytest.approx(45 / 91)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(1, 800),
    st.integers(-10, 810),
    st.sampled_from([LINEAR, Curve("steps", 3), Curve("shares", 1, (3, 0, 1, 1, 2, 5, 1, 1, 1, 1, 1, 9))]),
)
def test_every_curve_climbs_from_0_to_1(start: date, length: int, day: int, curve: Curve) -> None:
    """Whatever the dates: inside 0..1, 0 on the first day, 1 on the due day, never falling."""
    due, today = start + timedelta(days=length), start + timedelta(days=day)
    found = expected_share(start, due, today, curve)
    assert 0 <= found <= 1
    assert expected_share(start, due, start, curve) == 0
    assert expected_share(start, due, due, curve) == 1
    assert expected_share(start, due, today + timedelta(days=1), curve) >= found - 1e-12


def test_the_last_day_that_a_computer_knows_is_a_due_day_too() -> None:
    """Somebody types 31/12/9999: nothing overflows, on any curve."""
    for curve in (LINEAR, Curve("steps", 4), Curve("shares", 1, (1,) * 12)):
        assert 0 <= expected_share(START, date.max, HALF, curve) < 0.001
    assert complete_periods(date.max, date.max, HALF, Frequency.YEAR) == []


OWN = Cycle("T11/2025", date(2025, 11, 1), date(2025, 11, 30))
ABOVE = Cycle("H2 2025", date(2025, 7, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("own", "above", "start", "due"),
    [
        ({}, {}, START, DUE),
        ({}, {"cycle": ABOVE}, ABOVE.start, ABOVE.due),
        ({}, {"cycle": ABOVE, "due": date(2025, 12, 1)}, ABOVE.start, date(2025, 12, 1)),
        ({"cycle": OWN}, {"cycle": ABOVE}, OWN.start, OWN.due),
        ({"cycle": OWN}, {"start": START, "due": DUE}, OWN.start, OWN.due),
        ({"due": HALF}, {"cycle": ABOVE}, ABOVE.start, HALF),
        ({"start": HALF}, {}, HALF, DUE),
        ({"cycle": OWN, "start": START, "due": HALF}, {"cycle": ABOVE}, START, HALF),
    ],
)
def test_the_nearest_dates_win(own: dict[str, Any], above: dict[str, Any], start: date, due: date) -> None:
    """Own start and due over the own cycle, over the objective's, over the workbook's cycle; each for itself."""
    found = card(objective(**above), key_result(target=10, current=1, **own)).scores["KR-1"]
    assert (found.start, found.due) == (start, due)


def test_without_any_date_it_is_not_scored_but_progress_is_shown() -> None:
    """No cycle anywhere: the pace is unknown, so there is no status; bounds need none."""
    found = card(key_result(target=10, current=5), cycle=None).scores["KR-1"]
    assert (found.not_scored, found.progress, found.status) == (NotScored.NO_CYCLE, 0.5, Status.NOT_SCORED)
    bound = card(key_result(target=Bounds(5, None), current=5), cycle=None).scores["KR-1"]
    assert (bound.not_scored, bound.status) == (None, Status.ON_TRACK)


def test_a_profile_by_achievement_needs_no_dates() -> None:
    """Where status takes no account of time, no cycle is no hindrance."""
    profile = changed(status={"by": "achievement", "achieved": 1.0, "on_track": 0.9, "at_risk": 0.7})
    assert card(key_result(target=10, current=8), cycle=None, profile=profile).scores["KR-1"].status is Status.AT_RISK


def test_due_before_start_is_not_scored() -> None:
    """Dates in the wrong order say nothing about the pace."""
    assert one(target=10, current=5, start=DUE, due=START).not_scored is NotScored.DUE_BEFORE_START


def test_an_unreadable_date_falls_back_and_is_noted() -> None:
    """The cycle serves, and the cell is named."""
    found = card(key_result(target=10, current=5, due=raw("cuối năm")))
    assert found.scores["KR-1"].due == DUE
    assert "dates_unreadable" in notes(found, "KR-1")


def test_months_from_the_31st_end_on_the_last_day() -> None:
    """A period from 31 January is followed by one from 28 February, and then again from the 31st."""
    found = complete_periods(date(2025, 1, 31), date(2025, 12, 31), date(2025, 4, 30), Frequency.MONTH)
    assert found == [
        (date(2025, 1, 31), date(2025, 2, 27)),
        (date(2025, 2, 28), date(2025, 3, 30)),
        (date(2025, 3, 31), date(2025, 4, 29)),
    ]


def test_a_period_that_would_end_after_due_is_none() -> None:
    """Eight days hold one week."""
    assert len(complete_periods(START, START + timedelta(days=7), DUE, Frequency.WEEK)) == 1
