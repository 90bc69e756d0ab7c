"""Who stopped updating, by the rhythm of each item and without days of leave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sheetsync.model import Cycle, Frequency, Goals, PerPeriod, Quantity, Seen
from sheetsync.profiles import load
from sheetsync.scoring import profile_from, score
from sheetsync.scoring.stale import Stale, stale_key_results
from tests.factories import goals, key_result, objective, person

TODAY = date(2026, 11, 20)
CYCLE = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
OKR, KPI = profile_from(load("default@1")), profile_from(load("vn-kpi@1"))


def stale(*items: Any, own: Any = OKR, **given: Any) -> list[Stale]:
    """Give what is stale among items of the fourth quarter."""
    read: Goals = goals(*items, cycle=CYCLE, **given)
    return list(stale_key_results(read, score(read, own, KPI, TODAY), own, TODAY))


def result(days: int, **given: Any) -> Any:
    """Give a key result that is on track, updated so many days ago."""
    usual = {"baseline": 0, "target": 100, "current": 70, "check_in_date": TODAY - timedelta(days=days), "owner": "Lan"}
    return key_result(**{**usual, **given})


def test_a_key_result_is_stale_after_the_days_of_the_profile() -> None:
    """Shows the bound and the day since when; the leave of the objective's owner counts where the row names nobody."""
    assert stale(objective(owner="Hà"), result(14)) == []
    (found,) = stale(objective(owner="Hà"), result(15))
    assert (found.item.key, found.since) == ("KR-1", date(2026, 11, 5))
    away = person("Hà", leave=((date(2026, 11, 9), date(2026, 11, 15)),))
    assert stale(objective(owner="Hà"), result(20, owner=None), away) == []
    assert len(stale(objective(owner="Hà"), result(20), away)) == 1


def test_days_before_a_goal_began_do_not_count() -> None:
    """Shows that a value of the cycle before is not called forgotten in the first days of the next one."""
    begun = TODAY - timedelta(days=10)
    assert stale(objective(), result(30, start=begun)) == []
    (found,) = stale(objective(), result(30, start=TODAY - timedelta(days=15)))
    assert found.since == TODAY - timedelta(days=30)


def test_days_of_leave_do_not_count() -> None:
    """Shows that who was away for a week has a week longer."""
    away = person("Lan", leave=((date(2026, 11, 9), date(2026, 11, 15)),))
    assert stale(objective(), result(21), away) == []
    assert len(stale(objective(), result(22), away)) == 1


def test_a_monthly_rhythm_is_waited_for() -> None:
    """Shows that a target for each month may be silent for a month and the profile's grace, where history is kept."""
    monthly = {"target": PerPeriod(2, Frequency.MONTH), "current": Quantity(2)}
    seen = {"KR-1": Seen(date(2026, 10, 1))}
    assert stale(objective(), result(30, **monthly), seen=seen) == []


def test_what_is_reached_or_never_dated_is_not_stale() -> None:
    """Shows that nobody is asked for what is over, and that without a date nothing is claimed."""
    assert stale(objective(), result(40, current=100)) == []
    assert stale(objective(), result(0, check_in_date=None)) == []


def test_a_profile_that_minds_no_neglect_finds_nothing() -> None:
    """Shows that neglect can be off."""
    assert stale(objective(), result(40), own=OKR._replace(status=OKR.status._replace(neglect_days=None))) == []
