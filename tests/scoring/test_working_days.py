"""The pace by days worked: weekends, holidays, Tết."""

from __future__ import annotations

import itertools
import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Cycle
from sheetsync.scoring import explain, explain_lines
from sheetsync.scoring.pace import expected_share
from sheetsync.scoring.profile import Curve, ProfileError
from sheetsync.scoring.working_days import NAMED, holidays_of, in_lieu, work_days
from tests import factories
from tests.scoring.scene import VN_KPI, card, changed

TET = "2026-02-16..2026-02-20"
FIRST, DUE = date(2026, 2, 2), date(2026, 3, 2)
"""Four weeks from a Monday to a Monday, with Tết in the third of them."""


def worked(**pace: Any) -> Curve:
    """Give the curve of a profile."""
    return changed(pace={"curve": "working_days", **pace}).curve


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 2, 2), 0.0),
        (date(2026, 2, 3), 1 / 15),
        (date(2026, 2, 9), 5 / 15),
        (date(2026, 2, 14), 10 / 15),
        (date(2026, 2, 20), 10 / 15),
        (date(2026, 2, 23), 10 / 15),
        (date(2026, 2, 24), 11 / 15),
        (date(2026, 3, 2), 1.0),
    ],
)
def test_nothing_more_is_expected_over_weekends_and_holidays(today: date, expected: float) -> None:
    """Shows 15 days to work in four weeks, and that the week of Tết asks for nothing."""
    assert expected_share(FIRST, DUE, today, worked(holidays=[TET])) == pytest.approx(expected)


def test_a_week_may_have_six_days() -> None:
    """Shows that Saturday counts where the firm works on it."""
    saturday = date(2026, 2, 7)
    assert expected_share(FIRST, DUE, saturday + timedelta(days=1), worked(week=6)) == pytest.approx(6 / 24)
    assert expected_share(FIRST, DUE, saturday + timedelta(days=1), worked()) == pytest.approx(5 / 20)


def test_a_span_without_a_day_to_work_is_even() -> None:
    """Shows that a key result of the holidays alone still has a pace."""
    assert expected_share(date(2026, 2, 14), date(2026, 2, 22), date(2026, 2, 18), worked(holidays=[TET])) == 0.5


DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(DAYS, st.integers(0, 900), st.integers(1, 7), st.lists(DAYS, max_size=30))
def test_counting_agrees_with_counting_day_by_day(first: date, length: int, week: int, free: list[date]) -> None:
    """Shows that whole weeks are counted as their days are, holidays on a weekend or twice in the list included."""
    end = first + timedelta(days=length)
    days = (first + timedelta(days=step) for step in range(length))
    slow = sum(day.weekday() < week and day not in free for day in days)
    assert work_days(first, end, week, tuple(sorted(set(free)))) == slow


@given(DAYS, st.integers(1, 400), st.integers(-30, 430))
def test_the_pace_climbs_from_0_to_1(first: date, length: int, day: int) -> None:
    """Shows that it stays in 0..1 and never falls, whatever the holidays."""
    due, today, curve = first + timedelta(days=length), first + timedelta(days=day), worked(holidays=["vn"])
    found = expected_share(first, due, today, curve)
    assert 0 <= found <= expected_share(first, due, today + timedelta(days=1), curve) <= 1
    assert (expected_share(first, due, first, curve), expected_share(first, due, due, curve)) == (0, 1)


def test_the_last_year_costs_no_more_than_another() -> None:
    """Shows that somebody who types 31/12/9999 waits for nothing."""
    assert 0 < expected_share(date(2026, 1, 1), date.max, date(2027, 1, 1), worked(holidays=["vn"])) < 0.001


@pytest.mark.parametrize("first", [(2024, 2, 10), (2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26),
                                   (2029, 2, 13), (2030, 2, 2)])  # fmt: skip
def test_tet_is_in_the_list_of_vietnam(first: tuple[int, int, int]) -> None:
    """Shows the eve and four days of each Tết, and that each lies two to three weeks or more after the solar year."""
    day = date(*first)
    assert {day + timedelta(days=step) for step in range(-1, 4)} <= set(NAMED["vn"])
    assert day - timedelta(days=2) not in NAMED["vn"]
    moons = (day - date(2024, 2, 10)).days / 29.530588
    assert abs(moons - round(moons)) < 0.05, "Tết is a day of the new moon"


def _new_moon(number: int) -> float:
    """Give the day of a new moon in Julian days of universal time; number 0 is that of 6 January 2000.

    Meeus, Astronomical Algorithms, chapter 49: the mean phase with its larger corrections, good to some minutes.
    """
    t = number / 1236.85
    mean = 2451550.09766 + 29.530588861 * number + 0.00015437 * t * t
    sun, moon, node = (
        math.radians(start + step * number)
        for start, step in ((2.5534, 29.1053567), (201.5643, 385.81693528), (160.7108, 390.67050284))
    )
    wave = (
        *((-0.4072, moon), (0.17241, sun), (0.01608, 2 * moon), (0.01039, 2 * node), (0.00739, moon - sun)),
        *((-0.00514, moon + sun), (0.00208, 2 * sun), (-0.00111, moon - 2 * node), (-0.00057, moon + 2 * node)),
    )
    return mean + sum(size * math.sin(angle) for size, angle in wave) - 69 / 86400


def _longitude(day: float) -> float:
    """Give the sun's longitude in degrees on a Julian day, good to a hundredth (Meeus, chapter 25)."""
    t = (day - 2451545) / 36525
    anomaly = math.radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    return (280.46646 + 36000.76983 * t + centre - 0.00569) % 360


def _local_day(julian: float) -> date:
    """Give the day in Viet Nam, seven hours ahead."""
    return date.fromordinal(math.floor(julian + 7 / 24 + 0.5) - 1721425)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_kings_and_tet_stand_where_the_moon_puts_them(year: int) -> None:
    """Shows both days by the sky: in the third lunar month the sun comes to 30 degrees, in that of Tết to 330."""
    moons = [_new_moon(number) for number in range((year - 2000) * 12, (year - 2000) * 12 + 24)]

    def month_with(degrees: float) -> date:
        """Give the first day of the month in which the sun reaches a longitude, in the first half of the year."""
        for first, after in itertools.pairwise(moons):
            begins, ends = _local_day(first), _local_day(after)
            at = [(_longitude(day.toordinal() + 1721424.5 - 7 / 24) - degrees + 180) % 360 for day in (begins, ends)]
            if begins.year == year and at[0] < 180 <= at[1]:
                return begins
        raise AssertionError(degrees)

    assert month_with(30) + timedelta(days=9) in NAMED["vn"]
    tet = month_with(330)
    assert {tet + timedelta(days=step) for step in range(-1, 4)} <= set(NAMED["vn"])


def test_a_holiday_on_a_day_off_frees_the_next_day_to_work() -> None:
    """Shows days in lieu: of the Kings' Sunday in 2026, of a Saturday where that is off, and of both days of Tết."""
    five, six, seven = (set(holidays_of(["vn"], week)) for week in (5, 6, 7))
    kings = date(2026, 4, 26)
    assert kings.weekday() == 6
    assert kings + timedelta(days=1) in five & six
    assert kings + timedelta(days=1) not in seven
    labour = date(2027, 5, 1)
    assert labour.weekday() == 5
    assert labour + timedelta(days=2) in five
    assert labour + timedelta(days=2) not in six
    assert {date(2024, 2, 14), date(2024, 2, 15)} <= five
    assert {date(2024, 2, 14)} == six & {date(2024, 2, 14), date(2024, 2, 15)}
    assert set(NAMED["vn"]) == seven


@given(st.sets(st.dates(date(2024, 1, 1), date(2026, 1, 1)), max_size=25), st.integers(1, 6))
def test_every_holiday_costs_one_day_to_work(holidays: set[date], week: int) -> None:
    """Shows that with days in lieu as many days to work are free as there are holidays, whatever they fall on."""
    free = holidays | in_lieu(holidays, week)
    assert sum(day.weekday() < week for day in free) == len(holidays)


def test_days_ranges_and_names_are_read() -> None:
    """Shows every form, sorted and each day once."""
    assert holidays_of(["2026-02-18", TET, "2025-12-24"])[:2] == (date(2025, 12, 24), date(2026, 2, 16))
    assert len(holidays_of(["2026-02-18", TET])) == 5
    assert date(2026, 9, 2) in holidays_of(["vn"])


@pytest.mark.parametrize(
    "text", ["Tết", "2026-02-30", "2026-02-20..2026-02-16", "2026-01-01..2030-01-01", "2026-01-01..", ""]
)
def test_what_is_no_holiday_is_an_error_of_the_profile(text: str) -> None:
    """Shows that the profile names the text, and that a list is wanted."""
    with pytest.raises(ProfileError) as told:
        worked(holidays=[text])
    assert "pace.holidays" in str(told.value.flaws[0])
    with pytest.raises(ProfileError):
        worked(holidays="vn")


@pytest.mark.parametrize(("language", "wanted"), [("vi", "33% vào"), ("en", "33% on")])
def test_explain_tells_the_curve(language: str, wanted: str) -> None:
    """Shows that days worked are named as the pace, in both languages."""
    item, profile = (
        factories.key_result(target=10, current=1, baseline=0),
        changed(pace={"curve": "working_days", "holidays": [TET]}),
    )
    today, cycle = date(2026, 2, 9), Cycle("2026", FIRST, DUE)
    found = card(item, today=today, profile=profile, cycle=cycle)
    told = explain(factories.goals(item, cycle=cycle), found, profile, VN_KPI, item.key, today)
    (line,) = [one for one in explain_lines(told, Phrases(load(language))) if wanted in one]
    assert ("ngày làm việc" if language == "vi" else "days worked") in line


def test_a_key_result_that_starts_in_mid_cycle_is_expected_from_its_own_start() -> None:
    """Shows that its own start counts with the cycle's end, on days worked as on any curve."""
    profile = changed(pace={"curve": "working_days", "holidays": [TET]})
    item = factories.key_result(target=10, current=1, baseline=0, start=date(2026, 2, 9))
    found = card(item, today=date(2026, 2, 14), profile=profile, cycle=Cycle("2026", FIRST, DUE))
    assert found.scores[item.key].expected == pytest.approx(5 / 10)
