"""What is said of one who owns something, sentence by sentence, from numbers that stand there already."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.results import Reason
from sheetsync.scoring.explaining.explanation import GroupLine
from sheetsync.scoring.owned.lines import portfolio_lines
from sheetsync.scoring.owned.portfolio import OwnedLine, Portfolio

EN, VI = (Phrases(locales.load(language)) for language in ("en", "vi"))


def line(**given: Any) -> OwnedLine:
    """Give an objective of a portfolio that is not scored, or something else."""
    plain: dict[str, Any] = {"key": "O-1", "kind": "objective", "title": "Grow", "cell": "OKR!B5", "owner": "An"}
    numbers = dict.fromkeys(("progress", "expected", "score", "weight", "grade", "group"))
    why = {"status": "not_scored", "reason": Reason("no_key_result", {})}
    return OwnedLine(**{**plain, **why, **numbers, **given})


def group(**given: Any) -> GroupLine:
    """Give the total of a group."""
    plain: dict[str, Any] = {"kind": "person", "name": "An", "score": 0.5, "grade": None, "coefficient": None}
    rest: dict[str, Any] = {"before": 0.5, "bonus": 0.0, "penalty": 0.0, "zeroed": False}
    return GroupLine(**{**plain, **rest, "weight": None, "given_weight": None, "own": None, **given})


def told(*lines: OwnedLine, phrases: Phrases = EN, **given: Any) -> list[str]:
    """Tell a portfolio of these lines."""
    plain: dict[str, Any] = {"kind": "person", "name": "An", "profile": "default@1", "kpi_profile": "vn-kpi@1"}
    statuses: dict[str, int] = {}
    for one in lines:
        statuses[one.status] = statuses.get(one.status, 0) + 1
    rest = {"beside": (), "groups": (), "statuses": statuses}
    return portfolio_lines(Portfolio(**{**plain, **rest, "lines": lines, **given}), phrases)


@pytest.mark.parametrize(
    ("kind", "beside", "head"),
    [
        ("person", (), "An (person)"),
        ("person", ("Sales",), "An (person; Sales)"),
        ("person", ("Sales", "Stock"), "An (person; Sales, Stock)"),
        ("team", (), "An (team)"),
        ("team", ("Bo", "Chi"), "An (team: Bo, Chi)"),
    ],
)
def test_who_it_is_and_who_stands_beside(kind: str, beside: tuple[str, ...], head: str) -> None:
    """Shows the head, and that who owns nothing is told just that."""
    nothing = "Owns no objective, key result or KPI in this workbook."
    assert told(kind=kind, beside=beside) == [head, nothing]
    assert told(line(), kind=kind, beside=beside)[0] == head


def test_each_kind_stands_under_its_own_count_and_the_statuses_are_counted() -> None:
    """Shows the whole of three kinds: the order of statuses and kinds, no heading for what is not there, profiles."""
    kpi = line(key="K-1", kind="kpi", status="achieved", reason=Reason("kpi_missing", {}), cell="KPI!A2", title="Won")
    late = line(key="KR-1", kind="key_result", status="off_track", reason=Reason("no_value", {"expected": None}))
    lines = told(kpi, late, kpi, line())
    assert lines[1] == "How it stands: 1 Not scored, 2 Achieved, 1 Off track"
    heads = [one for one in lines if one.startswith(("Objectives", "Key results", "KPIs"))]
    assert heads == ["Objectives: 1", "Key results: 1", "KPIs: 2"]
    assert lines[lines.index("KPIs: 2") + 1] == "  K-1: Won (KPI!A2)"
    assert lines[-1] == "Profile: default@1, vn-kpi@1"
    assert told(line())[-1] == "Profile: default@1"
    assert told(kpi)[-1] == "Profile: vn-kpi@1"
    assert not any(one.startswith("Key results") for one in told(kpi))


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ({}, None),
        ({"score": 0.0}, "Score 0%"),
        ({"score": 0.25, "weight": 0.4}, "Score 25%; weight 40%"),
        ({"weight": 0.0, "group": "O-9"}, "weight 0% in O-9"),
        ({"weight": 0.5, "group": ""}, "weight 50%"),
        ({"score": 1.0, "weight": 0.4, "group": "Sales", "grade": "A"}, "Score 100%; weight 40% in Sales; grade A"),
        ({"grade": "B"}, "grade B"),
    ],
)
def test_only_what_is_known_is_told_of_its_numbers(given: dict[str, Any], numbers: str | None) -> None:
    """Shows score, weight and grade: 0 is a number that is told, and what is missing takes no line."""
    lines = told(line(**given))
    where = lines.index("  O-1: Grow (OKR!B5)")
    assert lines[where + 1] == "    Not scored. No key result"
    shown = [one for one in lines[where + 2 :] if one.startswith("    ")]
    assert shown == ([] if numbers is None else ["    " + numbers])


def test_a_red_guard_stands_beside_the_reason() -> None:
    """Shows the alarm of one guard behind the reason, in both languages."""
    alarm = Reason("one", {"kpi": "Complaints", "achievement": 0.2, "count": 0})
    for phrases in (EN, VI):
        said = phrases.text("why.no_key_result") + "; " + phrases.text("guard.one", **alarm.params)
        assert any(one.endswith(said) for one in told(line(alarm=alarm), phrases=phrases))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"score": None, "grade": "A", "coefficient": 1.0}, "Total of An: not scored"),
        ({"score": 0.0}, "Total of An: 0%"),
        ({"score": 0.5, "grade": "A"}, "Total of An: 50%"),
        ({"score": 0.5, "coefficient": 1.2}, "Total of An: 50%"),
        ({"score": 0.96, "grade": "A", "coefficient": 0.0}, "Total of An: 96%, grade A, coefficient 0"),
        ({"score": 1.0, "grade": "A+", "coefficient": 1.2}, "Total of An: 100%, grade A+, coefficient 1.2"),
    ],
)
def test_the_total_of_kpis(given: dict[str, Any], said: str) -> None:
    """Shows a total with a grade and coefficient, with neither, with one of both, and without a score."""
    assert told(line(), groups=(group(**given),))[-2] == said
