"""KPIs for which nobody gave a newer actual."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Frequency, Seen
from sheetsync.results import Score, Status
from sheetsync.scoring import score
from sheetsync.scoring.kpis.neglect import rhythm_of, stale_since
from tests.factories import goals, kpi, person
from tests.scoring.scene import DEFAULT, START, VN_KPI, changed, month

MINDFUL = changed("vn-kpi@1", status={"neglect_days": 14})
END_OF_OCTOBER = date(2025, 10, 31)


def one(today: date, profile: Any = MINDFUL, seen: Any = None, *people: Any, **given: Any) -> Score:
    """Score a KPI whose last actual is that of October."""
    item = kpi(**{"periods": (month(9, 100, 95), month(10, 100, 96), month(11, 100)), **given})
    read = goals(item, *people)._replace(seen={"KPI-1": Seen(START)} if seen is None else seen)
    return score(read, DEFAULT, profile, today).scores["KPI-1"]


@pytest.mark.parametrize(("day", "status"), [(8, Status.ON_TRACK), (9, Status.AT_RISK)])
def test_a_month_and_the_grace(day: int, status: Status) -> None:
    """Shows that a monthly KPI is neglected once more than 38 days have gone since its last month, and not before."""
    found = one(date(2025, 12, day))
    assert found.status is status
    if status is Status.AT_RISK:
        assert (found.reason.code, found.reason.params["since"]) == ("kpi_neglected", END_OF_OCTOBER)


def test_only_history_and_a_mindful_profile_make_it_a_reason() -> None:
    """Shows that without history, or with a profile without neglect, the status stays."""
    late = date(2025, 12, 20)
    assert one(late, MINDFUL, {}).status is Status.ON_TRACK
    assert one(late, VN_KPI).status is Status.ON_TRACK


def test_what_is_red_stays_red() -> None:
    """Shows that neglect turns nothing but on track."""
    assert one(date(2025, 12, 20), periods=(month(10, 100, 20),)).status is Status.OFF_TRACK


def test_leave_of_the_owner_does_not_count() -> None:
    """Shows that a KPI of somebody who is away is not neglected."""
    away = person("Lan", leave=((date(2025, 12, 1), date(2025, 12, 19)),))
    assert one(date(2025, 12, 20), MINDFUL, None, away, owner="Lan").status is Status.ON_TRACK
    assert one(date(2025, 12, 20), MINDFUL, None, away, owner="Tuấn").status is Status.AT_RISK


def test_without_periods_the_change_that_was_seen_counts() -> None:
    """Shows that a KPI in long form is measured from its last change, monthly unless it says otherwise."""
    seen, item = {"KPI-1": Seen(START, date(2025, 11, 1))}, kpi(target=100, actual=95)
    read = goals(item)._replace(seen=seen)
    found = score(read, DEFAULT, VN_KPI, START).scores["KPI-1"]
    assert rhythm_of(item, found) is Frequency.MONTH
    assert stale_since(item, found, read, date(2025, 12, 9), None) is None
    assert stale_since(item, found, read, date(2025, 12, 10), None) == date(2025, 11, 1)
    weekly = item._replace(frequency=item.frequency._replace(value=Frequency.WEEK))
    assert stale_since(weekly, found, read, date(2025, 11, 16), None) == date(2025, 11, 1)
    assert stale_since(item, found, goals(item), date(2026, 12, 9), None) is None
