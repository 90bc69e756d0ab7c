"""The one question that helps most with an item."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Frequency, Period
from sheetsync.report.digest.questions import question_of, unreadable_cell
from tests.factories import check_in, key_result, kpi, objective, raw
from tests.report.digest.book import MARK, TODAY, source, weekly
from tests.report.digest.test_stale import item_of
from tests.scoring.scene import month


def asked(*items: Any, key: str = "KR-1", **given: Any) -> Any:
    """Give the question of one item."""
    told = source(objective(), *items, **given)
    return question_of(item_of(told, key), told)


def risen(*values: float) -> Any:
    """Give nights on which a key result stood at these values, a week apart."""
    return weekly(lambda week: [objective(), key_result(baseline=0, target=100, current=values[week - 1])], len(values))


def test_what_cannot_be_read_is_asked_first() -> None:
    """Shows the text that stands there, also where somebody wrote a blocker beside it."""
    found = asked(key_result(target=100, current=raw("about  half"), blocker="Late", check_in_date=TODAY))
    assert found == {"code": "not_readable", "params": {"raw": "about half", "concept": "current"}}
    found = asked(key_result(target=raw("many"), current=3))
    assert found == {"code": "not_readable", "params": {"raw": "many", "concept": "target"}}


def test_the_unreadable_cell_of_a_log_and_of_a_period_is_found() -> None:
    """Shows that the cell may stand in the check-in log, or in a column of months."""
    told = source(objective(), key_result(target=10), check_in(date=TODAY, value=raw("half"), row=8))
    found = unreadable_cell(told.goals.key_results[0], told.scorecard.scores["KR-1"])
    assert found is not None and (found[0], found[1].sheet, found[1].row) == ("current", "Check-ins", 8)
    last = month(9, 10, None, 2026)
    item = kpi(periods=(last._replace(actual=raw_cell("?", 19)),))
    assert asked(item, key="KPI-1") == {"code": "not_readable", "params": {"raw": "?", "concept": "current"}}


def raw_cell(text: str, column: int) -> Any:
    """Give a cell that cannot be read."""
    return kpi(actual=raw(text)).actual._replace(column=column)


def test_a_blocker_is_asked_about() -> None:
    """Shows that what stands in the way comes before everything but bad data, until the goal is achieved."""
    late: dict[str, Any] = {"blocker": "Fees", "check_in_date": TODAY - timedelta(days=30)}
    assert asked(key_result(target=100, current=5, **late)) == {"code": "blocked", "params": {}}
    assert asked(key_result(target=100, current=100, **late)) is None


def test_a_stale_value_is_asked_about() -> None:
    """Shows since when and for how many days."""
    day = TODAY - timedelta(days=13)
    found = asked(key_result(target=100, current=60, check_in_date=day))
    assert found == {"code": "stale", "params": {"since": day, "days": 13}}


def test_a_bound_without_any_value_is_asked_for_one() -> None:
    """Shows that in the first days of a cycle nobody is told of a distance that nobody has measured."""
    young: dict[str, Any] = {"start": TODAY - timedelta(days=4), "due": TODAY + timedelta(days=80)}
    found = asked(key_result(metric="at_most", baseline=5, target=2, **young))
    assert found == {"code": "stale", "params": {"since": None, "days": 4}}
    found = asked(key_result(metric="at_most", baseline=5, target=2, current=4, check_in_date=TODAY, **young))
    assert found["code"] == "target_far"


def test_falling_needs_half_a_point_and_a_goal_behind_pace() -> None:
    """Shows both sides of the bound, and that what is on pace may breathe."""
    for now, code in ((29.0, "falling"), (29.6, "target_far")):
        item = key_result(baseline=0, target=100, current=now, check_in_date=TODAY)
        assert asked(item, nights=risen(10, 20, 30))["code"] == code
    item = key_result(baseline=0, target=100, current=59.0, check_in_date=TODAY)
    assert asked(item, nights=risen(40, 50, 60)) is None


def test_flat_weeks_are_counted_from_two_on() -> None:
    """Shows since when nothing moved; a week alone asks for the distance to the target."""
    item = key_result(baseline=0, target=100, current=30, check_in_date=TODAY)
    found = asked(item, nights=risen(20, 30, 30, 30))
    assert found == {"code": "flat_weeks", "params": {"weeks": 2, "since": MARK - timedelta(weeks=2)}}
    assert asked(item, nights=risen(10, 20, 30))["code"] == "target_far"


def test_far_from_the_target_tells_the_gap_and_the_forecast() -> None:
    """Shows the params, without a forecast where there is no history."""
    item = key_result(baseline=0, target=100, current=20, check_in_date=TODAY)
    told = source(objective(), item)
    gap = (told.scorecard.scores["KR-1"].expected or 0) - 0.2
    assert asked(item) == {"code": "target_far", "params": {"gap": pytest.approx(gap), "final": None}}
    found = asked(item, nights=risen(5, 8, 11, 14, 17))
    assert found["code"] == "target_far" and 0.2 < found["params"]["final"] < 1


def test_nothing_is_asked_of_what_goes_well() -> None:
    """Shows that on pace and fresh there is no question, nor about what is not scored at all."""
    assert asked(key_result(target=100, current=60, check_in_date=TODAY)) is None
    told = source(objective())
    assert question_of(key_result("KR-5"), told) is None


def test_a_kpi_without_pace_is_asked_about_when_it_is_stale() -> None:
    """Shows that KPIs have neither blockers nor a pace, and are asked for their actual alone."""
    period = Period(Frequency.MONTH, date(2026, 8, 1), date(2026, 8, 31), "T8")
    found = asked(kpi(target=10, actual=5, period=period), key="KPI-1")
    assert found["code"] == "stale" and found["params"]["since"] == date(2026, 8, 31)
    period = Period(Frequency.MONTH, date(2026, 10, 1), date(2026, 10, 31), "T10")
    assert asked(kpi(target=10, actual=5, period=period), key="KPI-1") is None
