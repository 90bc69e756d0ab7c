"""Whose value is older than its own rhythm allows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Frequency, Item, Period, PerPeriod
from sheetsync.report.digest.source import Source
from sheetsync.report.digest.stale import FRESH_DAYS, Lapse, is_asked, is_under_way, lapse_of
from tests.factories import key_result, kpi, objective, person, raw
from tests.report.digest.book import CYCLE, TODAY, source
from tests.scoring.scene import month


def ago(days: int) -> date:
    """Give a day before today."""
    return TODAY - timedelta(days=days)


def item_of(told: Source, key: str) -> Item:
    """Give an item by its key."""
    items: tuple[Item, ...] = (*told.goals.objectives, *told.goals.key_results, *told.goals.kpis)
    return next(one for one in items if one.key == key)


def lapse(*items: Any, key: str = "KR-1") -> Lapse | None:
    """Tell the lapse of one item beside a key result that was updated today."""
    fresh = key_result("KR-9", target=10, current=9, check_in_date=TODAY, row=20, objective="O-9")
    told = source(*items, fresh)
    return lapse_of(item_of(told, key), told)


@pytest.mark.parametrize(("days", "stale"), [(0, False), (FRESH_DAYS, False), (FRESH_DAYS + 1, True)])
def test_a_weekly_key_result_is_stale_after_a_week(days: int, stale: bool) -> None:
    """Shows both sides of the bound, and what is told."""
    found = lapse(key_result(target=10, current=5, check_in_date=ago(days)))
    assert found == (Lapse(ago(days), days) if stale else None)


@pytest.mark.parametrize(("days", "stale"), [(31, False), (32, True)])
def test_a_monthly_target_may_wait_for_a_month(days: int, stale: bool) -> None:
    """Shows that the rhythm is the item's own."""
    item = key_result(target=PerPeriod(2, Frequency.MONTH), current=2, check_in_date=ago(days))
    assert (lapse(item) is not None) is stale


def test_days_of_leave_do_not_count_also_of_the_objectives_owner() -> None:
    """Shows that whoever was away is not late, by name or address, and that a blank owner is the objective's."""
    item = key_result(target=10, current=5, check_in_date=ago(10))
    away = (ago(9), ago(5))
    for who in (person("Lan", leave=(away,)), person("Trần Lan", email="Lan", leave=(away,))):
        assert lapse(objective(owner="lan"), item, who) is None
    assert lapse(objective(owner="Hoa"), item, person("Lan", leave=(away,))) == Lapse(ago(10), 10)


def test_what_was_never_updated_counts_from_its_first_day() -> None:
    """Shows that a key result without a date is stale a week after it began, if any date is kept at all."""
    item = key_result(target=10, current=5)
    assert lapse(item) == Lapse(None, (TODAY - date(2026, 10, 1)).days)
    assert lapse(key_result(target=10, current=5, start=ago(7))) is None
    alone = source(objective(), item)
    assert lapse_of(alone.goals.key_results[0], alone) is None


def test_nobody_is_asked_for_what_is_over_or_not_begun() -> None:
    """Shows that only what is under way can be stale."""
    done = key_result(target=10, current=10, check_in_date=ago(20))
    later = key_result(target=10, current=1, start=date(2026, 12, 1), check_in_date=ago(20))
    for item in (done, later):
        told = source(objective(), item)
        assert not is_asked(told.goals.key_results[0], told)
        assert lapse(item) is None


def test_an_objective_is_stale_where_all_below_it_is() -> None:
    """Shows that one fresh key result keeps it fresh, and that the youngest stale one is told."""
    stale = [key_result(f"KR-{days}", target=10, current=5, check_in_date=ago(days), row=days) for days in (10, 12)]
    assert lapse(objective(), *stale, key="O-1") == Lapse(ago(10), 10)
    fresh = key_result("KR-1", target=10, current=5, check_in_date=ago(1), row=7)
    assert lapse(objective(), *stale, fresh, key="O-1") is None
    assert lapse(objective(), key="O-1") is None


def test_a_kpi_is_stale_by_its_frequency_and_the_grace_of_its_profile() -> None:
    """Shows that the actual of September is overdue on 21 November, and that of October is not."""
    for last, stale in ((9, True), (10, False)):
        item = kpi(periods=tuple(month(number, 10, 9, 2026) for number in range(1, last + 1)))
        found = lapse(item, key="KPI-1")
        assert (found is not None) is stale
        if found is not None:
            assert found.since == date(2026, 9, 30)


def test_a_kpi_of_a_quarter_may_wait_for_a_quarter() -> None:
    """Shows that the row's own period counts."""
    quarter = Period(Frequency.QUARTER, date(2026, 7, 1), date(2026, 9, 30), "Q3")
    assert lapse(kpi(target=10, actual=9, period=quarter), key="KPI-1") is None


def test_what_is_not_scored_is_not_judged() -> None:
    """Shows that an item that the scorecard does not know is left alone."""
    told = source(objective())
    assert lapse_of(key_result("KR-7"), told) is None


def test_nothing_that_ended_with_the_cycle_is_stale() -> None:
    """Shows that what has no grade yet waits for one and not for an update; what is due later still does."""
    over = CYCLE.due + timedelta(days=1)
    unread = key_result(target=10, current=raw("half"), check_in_date=ago(20))
    later = key_result("KR-2", row=7, target=10, current=5, check_in_date=ago(20), due=over + timedelta(days=30))
    for today, stale in ((CYCLE.due, [True, True]), (over, [False, True])):
        told = source(objective(), unread, later, today=today)
        assert [lapse_of(item, told) is not None for item in told.goals.key_results] == stale
        assert [is_under_way(item, told) for item in told.goals.key_results] == stale
