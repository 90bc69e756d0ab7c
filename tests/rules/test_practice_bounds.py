"""PR404 and PR408 at their bounds: how long a time frame may be, and how much is too much too early."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Horizon, Metric
from tests.factories import objective
from tests.rules.facts import CYCLE, facts, found
from tests.rules.situation_parts import pair, percent, result, step

FIRST = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("horizon", "days", "reported"),
    [
        (Horizon.TACTICAL, 190, False),
        (Horizon.TACTICAL, 191, True),
        (Horizon.TACTICAL, 1, False),
        (Horizon.STRATEGIC, 80, False),
        (Horizon.STRATEGIC, 79, True),
        (Horizon.STRATEGIC, 1000, False),
    ],
)
def test_how_long_a_horizon_lasts(horizon: Horizon, days: int, reported: bool) -> None:
    """Shows the longest tactical and the shortest strategic time frame, told with its days at the horizon's cell."""
    last = FIRST + timedelta(days=days - 1)
    seen = facts(objective(horizon=horizon, start=FIRST, due=last), result(), result("KR-2", 7))
    findings = found("PR404", seen)
    assert [finding.params["days"] for finding in findings] == ([days] if reported else [])
    assert [finding.cell for finding in findings] == ([seen.goals.objectives[0].horizon.ref] if reported else [])


@pytest.mark.parametrize(
    ("reached", "today", "reported"),
    [
        (147.0, date(2025, 10, 11), True),
        (146.9, date(2025, 10, 11), False),
        (147.0, date(2025, 10, 1), True),
        (147.0, date(2025, 9, 30), False),
        (147.0, date(2025, 10, 31), True),
        (147.0, date(2025, 11, 1), False),
    ],
)
def test_ninety_percent_in_the_first_third(reached: float, today: date, reported: bool) -> None:
    """Shows that exactly 90 % counts, from the first day to the last of the first third."""
    dates: dict[str, Any] = {"start": date(2025, 10, 1), "due": date(2025, 12, 30)}
    seen = facts(*pair(current=reached, check_in_date=date(2025, 10, 1), **dates), today=today)
    assert [finding.item for finding in found("PR408", seen)] == (["KR-1"] if reported else [])


@pytest.mark.parametrize("dates", [{"start": CYCLE.start}, {"due": CYCLE.due}, {}])
def test_without_both_dates_nothing_is_too_early(dates: dict[str, Any]) -> None:
    """Shows that half a time frame has no first third."""
    seen = facts(*pair(current=149, **dates), cycle=None, today=date(2025, 10, 2))
    assert found("PR408", seen) == []


@pytest.mark.parametrize(
    "given",
    [
        {"metric": Metric.AT_LEAST, "baseline": percent(60), "target": percent(80), "current": percent(90)},
        {"metric": Metric.YES_NO, "baseline": None, "target": step().target, "current": percent(100)},
    ],
)
def test_what_is_reached_or_not_is_never_too_early(given: dict[str, Any]) -> None:
    """Shows that bounds and yes-or-no goals are not judged."""
    assert found("PR408", facts(*pair(**given), today=date(2025, 10, 11))) == []
