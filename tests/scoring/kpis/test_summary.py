"""The summary of KPI scorecards: people, departments, the company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sheetsync.model import Goals, Person
from sheetsync.scoring import score
from sheetsync.scoring.kpis.summary import Line, summarise
from sheetsync.scoring.profile import Profile
from tests import factories
from tests.factories import raw
from tests.scoring.scene import DEFAULT, HALF, VN_KPI, changed, percent


def lines(*rows: dict[str, Any], profile: Profile = VN_KPI, people: Sequence[Person] = ()) -> list[Line]:
    """Summarise KPIs with target 100, one a row."""
    items = [factories.kpi(f"KPI-{n}", row=5 + n, **{"target": 100, **row}) for n, row in enumerate(rows, 1)]
    goals: Goals = factories.goals(*items, *people)
    return list(summarise(goals, score(goals, DEFAULT, profile, HALF), profile, HALF))


def test_each_person_each_department_and_the_company_has_a_line() -> None:
    """Shows people before departments before the company, and that the levels above are means of those below."""
    found = lines(
        {"owner": "Lan", "team": "Bán hàng", "weight": percent(60), "actual": 100},
        {"owner": "lan ", "team": "Bán hàng", "weight": percent(40), "actual": 50},
        {"owner": "Tuấn", "team": "Bán hàng", "weight": percent(100), "actual": 100},
        {"owner": "Minh", "team": "Kho", "weight": percent(100), "actual": 70},
    )
    assert [(line.level, line.name) for line in found] == [
        ("person", "Lan"), ("person", "Tuấn"), ("person", "Minh"),
        ("department", "Bán hàng"), ("department", "Kho"), ("company", "KPI"),
    ]  # fmt: skip
    assert [line.score for line in found] == pytest.approx([0.8, 1.0, 0.7, 0.9, 0.7, 0.8])
    assert [(line.grade, line.coefficient, line.kpis) for line in found[::3]] == [("C", 0.7, 2), ("B", 0.8, 3)]


def test_kpis_without_an_owner_are_the_departments_own() -> None:
    """Shows that they count for the department alone, and that the People sheet says where a person belongs."""
    found = lines(
        {"owner": "Lan", "actual": 50},
        {"team": "Bán hàng", "actual": 90},
        {"actual": 100},
    )
    assert [(line.level, line.name, line.score) for line in found] == [
        ("person", "Lan", 0.5), ("department", "Bán hàng", 0.9), ("company", "KPI", 1.0),
    ]  # fmt: skip
    people = (factories.person("Lan", team="Bán hàng"), factories.person("Minh", team="Bán hàng"))
    told = lines({"owner": "Lan", "actual": 50}, {"owner": "Minh", "actual": 100}, people=people)
    assert [(line.level, line.name, line.score) for line in told][2:] == [("department", "Bán hàng", 0.75)]


def test_a_section_that_is_a_department_has_one_total() -> None:
    """Shows that the summary says of the same KPIs what the scorecard says: a critical failure zeroes the section."""
    found = lines(
        {"section": "Kho", "team": "Kho", "owner": "Khoa", "critical": True, "actual": 50},
        {"section": "Kho", "team": "Kho", "owner": "Hà", "actual": 100},
        {"section": "Bán hàng", "team": "Bán hàng", "owner": "Bảo", "actual": 90},
        {"section": "Bán hàng", "team": "Bán hàng", "owner": "Huy", "actual": 100},
    )
    told = [(line.name, line.score, line.critical) for line in found if line.level == "department"]
    assert told == [("Kho", 0.0, 1), ("Bán hàng", pytest.approx(0.95), 0)]


def test_missing_and_critical_kpis_are_counted() -> None:
    """Shows both counts, that a critical failure makes the total 0, and that what cannot be read is neither."""
    found = lines(
        {"owner": "Lan", "actual": None},
        {"owner": "Lan", "actual": 100},
        {"owner": "Tuấn", "actual": 60, "critical": True},
        {"owner": "Tuấn", "actual": 100},
        {"owner": "Tuấn", "actual": raw("?"), "critical": True},
    )
    assert [(line.score, line.kpis, line.missing, line.critical) for line in found] == [
        (0.5, 2, 1, 0), (0.0, 3, 0, 1), (0.25, 5, 1, 1),
    ]  # fmt: skip
    unfilled = lines({"owner": "Lan", "actual": None, "critical": True}, {"owner": "Lan", "actual": 100})
    assert [(line.score, line.missing, line.critical) for line in unfilled] == [(0.0, 1, 1)]
    left_out = lines({"owner": "Lan", "actual": None}, profile=changed("vn-kpi@1", kpi={"missing": "left_out"}))
    assert [(line.score, line.grade, line.coefficient, line.missing) for line in left_out] == [(None, None, None, 1)]


def test_sections_of_a_person_count_by_their_weights() -> None:
    """Shows block weights, sections that each total 100 %, and a critical section inside one person's scorecard."""
    block = {"owner": "Lan", "section": "A", "section_weight": percent(60)}
    other = {"owner": "Lan", "section": "B", "section_weight": percent(40)}
    assert [
        line.score for line in lines({**block, "actual": 100}, {**other, "actual": 50, "bonus": 2})
    ] == pytest.approx([0.82])
    alike = [{"owner": "Lan", "section": name, "weight": percent(100)} for name in "AB"]
    assert lines({**alike[0], "actual": 100}, {**alike[1], "actual": 50})[0].score == pytest.approx(0.75)
    lost = {**alike[1], "actual": 50, "critical": True}
    assert lines({**alike[0], "actual": 100}, lost)[0].score == pytest.approx(0.5)


def test_weights_of_a_whole_worksheet_give_the_company_as_they_stand() -> None:
    """Shows that the company is no mean where the weights share out all 100 % among people."""
    found = lines(
        {"owner": "Lan", "weight": percent(80), "actual": 100}, {"owner": "Minh", "weight": percent(20), "actual": 50}
    )
    assert [line.score for line in found] == pytest.approx([1.0, 0.5, 0.9])


def test_without_kpis_there_are_no_lines() -> None:
    """Shows that a workbook of objectives has no summary."""
    assert lines() == []
