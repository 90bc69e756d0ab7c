"""Every field of the lines of a KPI summary, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Goals
from sheetsync.scoring import score
from sheetsync.scoring.kpis.summary import Line, summarise
from tests import factories
from tests.factories import person
from tests.scoring.scene import DEFAULT, HALF, VN_KPI, percent


def lines(*rows: dict[str, Any], people: tuple[Any, ...] = (), profile: Any = VN_KPI) -> list[Line]:
    """Summarise KPIs with target 100."""
    items = [factories.kpi(f"KPI-{n}", row=5 + n, **{"target": 100, **row}) for n, row in enumerate(rows, 1)]
    goals: Goals = factories.goals(*items, *people)
    return list(summarise(goals, score(goals, DEFAULT, profile, HALF), profile, HALF))


def test_one_person_alone_needs_no_company() -> None:
    """Shows one line with all its fields: 60 % of 100 % and 40 % of 50 %."""
    (line,) = lines(
        {"owner": "Lan", "weight": percent(60), "actual": 100}, {"owner": " LAN", "weight": percent(40), "actual": 50}
    )
    assert line.score == pytest.approx(0.8)
    assert line._replace(score=0.8) == Line("person", "Lan", "KPI", 0.8, "C", 0.7, 2, 0, 0)


def test_a_mean_of_nothing_is_nothing() -> None:
    """Shows two people of whom one has no score, then neither: no grade and no coefficient, yet all are counted."""
    good, none = {"owner": "A", "actual": 100}, {"target": None, "actual": 5}
    mean = lines(good, {"owner": "B", **none})[-1]
    assert mean == Line("company", "KPI", "KPI", 1.0, VN_KPI.grade(1.0), mean.coefficient, 2, 0, 0)
    assert mean.coefficient is not None
    nothing = lines({"owner": "A", **none}, {"owner": "B", **none})[-1]
    assert nothing == Line("company", "KPI", "KPI", None, None, None, 2, 0, 0)


def test_what_is_missing_and_what_is_critical_is_counted_up_to_the_company() -> None:
    """Shows one missing, and of two critical ones the one below the mark."""
    found = lines(
        {"owner": "A", "actual": None},
        {"owner": "A", "actual": 100, "critical": True},
        {"owner": "B", "actual": 1, "critical": True},
    )
    assert [(one.level, one.name, one.kpis, one.missing, one.critical) for one in found] == [
        ("person", "A", 2, 1, 0),
        ("person", "B", 1, 0, 1),
        ("company", "KPI", 3, 1, 1),
    ]


@pytest.mark.parametrize("profile", [VN_KPI, DEFAULT])
def test_a_department_of_people_and_of_its_own_kpis(profile: Any) -> None:
    """Shows the team of a person from the People sheet, its own KPIs before the mean, and rows of nobody."""
    rows = (
        {"owner": "A", "actual": 100},
        {"owner": "B", "team": "Stock", "actual": 50},
        {"team": "Stock", "actual": 80},
    )
    found = lines(*rows, people=(person(" a ", team="Sales"),), profile=profile)
    told = [(one.level, one.name, one.score, one.kpis) for one in found]
    assert told == [
        ("person", "A", 1.0, 1),
        ("person", "B", 0.5, 1),
        ("department", "Sales", 1.0, 1),
        ("department", "Stock", 0.8, 1),
        ("company", "KPI", 0.9, 2),
    ]
    alone = lines(*rows, {"actual": 20}, profile=profile)[-1]
    assert (alone.level, alone.score, alone.kpis) == ("company", 0.2, 1)
