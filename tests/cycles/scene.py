"""A firm at the end of a quarter, with goals that came to everything that a goal can come to."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync import profiles
from sheetsync.cycles.closing import Line, Retrospective, close
from sheetsync.model import Commitment, Cycle, Goals
from sheetsync.scoring import Profile, profile_from, score
from tests.factories import goals, key_result, objective

QUARTER = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
NEXT = Cycle("Q1/2027", date(2027, 1, 1), date(2027, 3, 31))
AFTER = date(2027, 1, 5)
DEFAULT = profile_from(profiles.load("default@1"))
VN_KPI = profile_from(profiles.load("vn-kpi@1"))
COMMITTED, ASPIRATIONAL = Commitment.COMMITTED, Commitment.ASPIRATIONAL


def quarter(*items: Any, **given: Any) -> Goals:
    """Make goals of the quarter."""
    return goals(*items, cycle=QUARTER, **given)


def closed(found: Goals, today: date = AFTER, profile: Profile = DEFAULT) -> Retrospective:
    """Close the quarter of some goals."""
    return close(found, score(found, profile, VN_KPI, today), profile, QUARTER, today)


def line_of(found: Retrospective, key: str) -> Line:
    """Give the line of a goal by its key, or of a total by its name."""
    return next(line for line in found.lines if key in (line.key, not line.key and line.title))


def firm() -> Goals:
    """Make an objective with a key result that was reached and one that was missed, and an objective that was met."""
    return quarter(
        objective("O-1", owner="Lan", team="Sales", row=5),
        key_result("KR-1", row=6, baseline=0, target=100, current=100, owner="Lan", weight=0.6),
        key_result("KR-2", row=7, baseline=0, target=100, current=10, owner="Minh", weight=0.4),
        objective("O-2", owner="Minh", team="Ops", row=8, commitment=COMMITTED),
        key_result("KR-3", row=9, objective="O-2", baseline=50, target=20, current=20, falls=True),
    )
