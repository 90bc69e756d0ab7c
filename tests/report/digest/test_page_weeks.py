"""What the page draws over the weeks of a cycle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Cycle, Metric
from sheetsync.report.digest.overview import overall
from sheetsync.report.digest.page_weeks import Frame, Member, frame_of, heat_map, pace_chart, tone
from sheetsync.report.digest.source import Source, known_of, prepared
from sheetsync.report.digest.weeks import item_weeks, whole_pace
from sheetsync.scoring.profile import Curve
from tests.factories import key_result, objective
from tests.report.digest.book import CYCLE, TODAY, source, weekly


def rising(week: int) -> list[Any]:
    """Give two key results of two teams: one goes along its pace, the other never begins."""
    return [
        objective("O-1"),
        key_result("KR-1", team="Sales", baseline=0, target=14, current=week),
        key_result("KR-2", team="Stock", baseline=0, target=10, current=0, row=7),
    ]


def made(**given: Any) -> Source:
    """Give the firm after seven weeks."""
    return prepared(source(*rising(8), nights=weekly(rising), **given))


def drawn(told: Source, **changed: Any) -> Any:
    """Give the chart of the whole, with something of it changed."""
    frame = frame_of(told)
    assert frame is not None
    return pace_chart(frame, told.today, {**overall(told), **changed}, lambda days: whole_pace(days, told))


def test_the_curve_goes_from_nothing_on_the_first_day_to_all_on_the_last() -> None:
    """Shows the pace of the whole cycle, and the weeks under it: fourteen, the last too short for its number."""
    told = made()
    chart = drawn(told)
    assert (chart["expected"][0], chart["expected"][-1]) == ([0.0, 0.0], [1.0, 1.0])
    assert len(chart["weeks"]) == 14
    assert (chart["weeks"][11] < 1.0, chart["weeks"][12], chart["weeks"][13]) == (True, None, 1.0)
    assert chart["today"] == pytest.approx((TODAY - CYCLE.start).days / (CYCLE.due - CYCLE.start).days)


def test_the_line_ends_today_with_todays_progress() -> None:
    """Shows that each week that is known has a point, and that the last one is today's."""
    told = made()
    whole = overall(told)
    chart = drawn(told)
    assert chart["actual"][-1] == [chart["today"], pytest.approx(whole["progress"])]
    known = [week for week in whole["weeks"] if week["progress"] is not None]
    assert len(chart["actual"]) == len(known)
    assert [x for x, _ in chart["actual"]] == sorted(x for x, _ in chart["actual"])
    assert chart["below"] is True


def test_the_curve_meets_todays_pace_where_some_goals_never_wait() -> None:
    """Shows that the pace is that of the goals, not of the calendar: a bound is expected from the first day on."""
    bound = key_result("KR-3", metric=Metric.AT_MOST, target=2, current=1, baseline=5, row=8)
    told = prepared(source(*rising(8), bound))
    chart = drawn(told)
    assert chart["expected"][0][1] == pytest.approx(1 / 3)
    now = next(y for x, y in chart["expected"] if x == chart["today"])
    assert now == pytest.approx(overall(told)["expected"])
    assert now > chart["today"]


def test_the_forecast_is_a_band_around_its_middle() -> None:
    """Shows that the band lies between nothing and all, around the middle, and that two points make none."""
    told = made()
    chart = drawn(told)
    ahead = chart["forecast"]
    assert 0 <= ahead["low"] < ahead["final"] < ahead["high"] <= 1
    few = drawn(told, weeks=overall(told)["weeks"][:1])
    assert few["forecast"] is None


def test_nothing_is_forecast_on_the_last_day() -> None:
    """Shows that what is over has no band."""
    told = prepared(source(*rising(14), today=CYCLE.due, nights=weekly(rising, 13, date(2026, 12, 28))))
    chart = drawn(told)
    assert chart["forecast"] is None


def test_before_the_cycle_nothing_is_drawn() -> None:
    """Shows that the day before the cycle has no frame, and no heat map."""
    told = prepared(source(*rising(8), today=CYCLE.start - timedelta(days=1)))
    assert frame_of(told) is None
    assert heat_map(told, {}) is None


@pytest.mark.parametrize("after", [1, 30])
def test_of_a_cycle_that_is_over_all_of_it_is_drawn(after: int) -> None:
    """Shows the whole way to where it ended, with no forecast, and a heat map in which no week is yet to come."""
    told = made(today=CYCLE.due + timedelta(days=after))
    chart = drawn(told)
    assert (chart["today"], chart["actual"][-1][0], chart["expected"][-1]) == (1.0, 1.0, [1.0, 1.0])
    assert [x for x, _ in chart["expected"]] == sorted({x for x, _ in chart["expected"]})
    assert chart["forecast"] is None
    members = [Member(one, item_weeks(one.key, told)) for one in told.goals.key_results]
    heat = heat_map(told, {"Sales": members})
    assert heat is not None
    assert len(heat["weeks"]) == len(heat["rows"][0]["cells"]) == 14
    assert not any(cell["ahead"] for cell in heat["rows"][0]["cells"])


def heat(told: Source) -> dict[str, list[Any]]:
    """Give the gaps of each team."""
    items = known_of(told).items
    teams: dict[str, list[Member]] = {"Sales": [], "Stock": []}
    for key, team in (("KR-1", "Sales"), ("KR-2", "Stock")):
        item: Any = items[key]
        teams[team].append(Member(item, item_weeks(key, told)))
    found = heat_map(told, teams)
    assert found is not None
    assert found["weeks"] == list(range(1, 15))
    return {row["team"]: row["cells"] for row in found["rows"]}


def test_a_cell_is_progress_less_pace_at_the_end_of_its_week() -> None:
    """Shows the gap by hand: after the fifth week (Sunday 1 November) 31 of 91 days are over."""
    rows = heat(made())
    assert rows["Stock"][4]["gap"] == pytest.approx(-31 / 91)
    sales = [cell["gap"] for cell in rows["Sales"]]
    assert sales[4] == pytest.approx(5 / 14 - 31 / 91)  # as Monday, 2 November, saw it
    assert rows["Stock"][7]["gap"] == pytest.approx(-51 / 91)
    assert rows["Stock"][7]["tone"] == "r2"


def test_weeks_to_come_are_empty_and_said_to_be_ahead() -> None:
    """Shows that a week that has not begun has no gap, and differs from one of which nothing is known."""
    cells = heat(made())["Sales"]
    assert [cell["ahead"] for cell in cells] == [False] * 8 + [True] * 6
    assert all(cell["gap"] is None for cell in cells[8:])
    assert cells[0]["gap"] is not None or cells[0]["ahead"] is False


def test_a_team_of_which_nothing_is_known_makes_no_map() -> None:
    """Shows that there is no map of dashes."""
    told = prepared(source(*rising(8)))
    items = known_of(told).items
    item: Any = items["KR-1"]
    assert heat_map(told, {"Sales": [Member(item, [])]}) is None


@pytest.mark.parametrize(
    ("gap", "tint"),
    [(0.3, "g2"), (0.05, "g2"), (0.04, "g1"), (0.0, "g1"), (-0.10, "g1"), (-0.11, "a1"), (-0.175, "a1"),
     (-0.18, "a2"), (-0.25, "a2"), (-0.26, "r1"), (-0.40, "r1"), (-0.41, "r2"), (-1.0, "r2")],
)  # fmt: skip
def test_each_gap_has_its_tint(gap: float, tint: str) -> None:
    """Shows every bound, which is included on the better side."""
    assert tone(gap) == tint


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_better_gap_never_looks_worse(one: float, other: float) -> None:
    """Shows that the tints follow the gap."""
    order = ("r2", "r1", "a2", "a1", "g1", "g2")
    low, high = sorted((one, other))
    assert order.index(tone(low)) <= order.index(tone(high))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_weeks_of_any_cycle_end_inside_it_and_in_order(start: date, days: int) -> None:
    """Shows that every day of a cycle has a place between 0 and 1, and that its weeks end at rising places up to 1."""
    frame = Frame(Cycle("x", start, start + timedelta(days=days)), Curve())
    ends = frame.ends()
    assert len(ends) == frame.weeks
    assert ends == sorted(ends)
    assert ends[-1] == 1.0 or days == 0
    assert all(0 <= place <= 1 for place in ends)
