"""WS1xx, LI3xx and PR4xx: ids, alignment, groups of weights, people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Level
from sheetsync.rules import message
from tests.factories import check_in, key_result, kpi, objective, person, raw
from tests.rules.facts import ENGLISH, facts, found, table
from tests.rules.situation_parts import loop, one, percent, result


def test_each_repetition_names_the_first() -> None:
    """Of three equal ids the second and the third are reported, each with the place of the first."""
    rows = [result(f"k{row}", row, id="KR-1") for row in (6, 7, 8)]
    findings = found("WS104", facts(objective(), *rows))
    assert [(one.item, one.params["first"]) for one in findings] == [("k7", "OKR!F6"), ("k8", "OKR!F6")]


def test_objectives_and_key_results_share_their_ids() -> None:
    """A key result with an objective's id is reported; an objective that has no row of its own is not judged."""
    assert [one.item for one in found("WS104", facts(objective("1"), result("k", id="1", objective="1")))] == ["k"]
    named = objective("o", id="KR-1", own_row=False)
    assert found("WS104", facts(objective("O-9", id="KR-9"), named, result(objective="o"))) == []


def test_a_kpi_may_repeat_for_people_and_periods() -> None:
    """One KPI id for two people is fine; twice for the same person it is reported. KPIs may use ids of goals."""
    rows: dict[str, Any] = {"target": 100, "actual": 90, "id": "1"}
    assert (
        found("WS104", facts(objective("1"), kpi("a", owner="Lan", **rows), kpi("b", owner="Mai", row=7, **rows))) == []
    )
    twice = facts(kpi("a", owner="Lan", **rows), kpi("b", owner="lan ", row=7, **rows))
    assert [one.item for one in found("WS104", twice)] == ["b"]


def test_overlapping_tables_are_told_once() -> None:
    """A copied worksheet is one finding with the number of rows and the first ids, not one for each row."""
    first = [result(f"KR-{row}", row) for row in range(6, 11)]
    copies = [key_result(f"c{row}", id=f"KR-{row}", row=row, table="okr2", sheet="Copy") for row in range(6, 11)]
    findings = found("WS105", facts(objective(), *first, *copies, tables=(table(), table("okr2", "Copy"))))
    assert [dict(one.params) for one in findings] == [{"count": 5, "sheet": "OKR", "ids": "KR-6, KR-7, KR-8, …"}]
    assert found("WS104", facts(objective(), *first, *copies)) == []


@pytest.mark.parametrize("length", [2, 3, 8, 50])
def test_loops_of_any_length(length: int) -> None:
    """A loop is one finding; a long one is shown by its two ends, and its message stays short."""
    keys = [f"O-{place}" for place in range(1, length + 1)]
    findings = found("LI302", loop(*keys)())
    assert len(findings) == 1
    assert findings[0].params["path"].startswith("O-1 → O-2")
    assert findings[0].params["path"].endswith("O-1")
    assert len(message(findings[0], ENGLISH)) < 200


def test_links_may_name_key_results_and_any_spelling() -> None:
    """Aligned to may name a key result, in small letters and with spaces; each unknown id of a list is reported."""
    lower = objective("O-2", row=9, aligned_to=(" kr-1 ", "O-7", "o-1", "O-8"))
    seen = facts(objective(), result(), lower, result("KR-2", 10, objective="O-2"))
    assert [one.params["parent"] for one in found("LI301", seen)] == ["O-7", "O-8"]


def test_team_objectives_reach_the_company_over_several_steps() -> None:
    """A chain over other teams and over a key result counts; one that ends elsewhere does not."""
    chain = (
        objective("O-1", level=Level.COMPANY),
        result("KR-1"),
        objective("O-2", row=8, level=Level.TEAM, aligned_to=("KR-1",)),
        objective("O-3", row=9, level=Level.TEAM, aligned_to=("O-2",)),
        objective("O-4", row=10, level=Level.INDIVIDUAL),
        objective("O-5", row=11, level=Level.TEAM, aligned_to=("O-4",)),
    )
    assert [one.item for one in found("PR405", facts(*chain))] == ["O-5"]


def test_without_company_objectives_nothing_is_unaligned() -> None:
    """A team's own workbook, without the company's objectives, is not judged."""
    assert found("PR405", facts(objective(level=Level.TEAM), result())) == []


def test_weights_of_kpis_name_their_group() -> None:
    """KPIs of a section whose weights do not total 100 % are one finding that names the section."""
    rows = [kpi(f"K{row}", row=row, section="Kinh doanh", weight=percent(40), target=10, actual=9) for row in (6, 7)]
    findings = found("LI306", facts(*rows))
    assert [one.params["group"] for one in findings] == ["Kinh doanh"]
    assert "80%" in message(findings[0], ENGLISH)


@pytest.mark.parametrize(("last", "off"), [(percent(30), False), (percent(30.01), False), (percent(30.02), True)])
def test_weights_may_miss_by_a_hundredth(last: Any, off: bool) -> None:
    """A total of 100.01 % is as good as 100 %; 100.02 % is not."""
    weights = (percent(40), percent(30), last)
    rows = [result(f"KR-{row}", row, weight=weight) for row, weight in enumerate(weights, 6)]
    assert bool(found("LI306", facts(objective(), *rows))) is off


def test_people_are_known_by_name_mail_and_team() -> None:
    """An owner may be a person, in any spelling, an e-mail address, or a team; strangers are named one by one."""
    people = (person("Trần Thị Lan", email="lan@firm.vn", team="Kinh doanh"),)
    for owner in ("trần thị  lan", "LAN@firm.vn", "kinh doanh"):
        assert found("LI304", facts(objective(), result(owner=owner), *people)) == []
    seen = facts(objective(), result(owner="Mai, Tuấn & Trần Thị Lan"), *people)
    assert [one.params["name"] for one in found("LI304", seen)] == ["Mai", "Tuấn"]


def test_without_people_no_owner_is_unknown() -> None:
    """A workbook without a People sheet knows nobody, and says nothing."""
    assert found("LI304", one(owner="Somebody")()) == []
    assert found("LI305", facts(objective(), result(team="Sales"), person("Lan"))) == []


def test_a_check_in_without_an_id_is_reported_only_with_a_value() -> None:
    """A row of the log with a value and no id is lost; an empty row is no mistake."""
    lost = facts(objective(), result(), check_in(None, date=None, value=5))  # type: ignore[arg-type]
    assert len(found("LI310", lost)) == 1
    empty = facts(objective(), result(), check_in(None, value=None))  # type: ignore[arg-type]
    assert found("LI310", empty) == []


def test_a_check_in_may_name_a_key() -> None:
    """Reading names a key result without an id by its key; such a check-in is not lost."""
    untold = result("OKR!6", id=None)
    assert found("LI310", facts(objective(), untold, check_in("OKR!6", date=date(2025, 11, 3), value=125))) == []
    unread = check_in("OKR!6", date=date(2025, 11, 3), value=raw("many"))
    assert [one.item for one in found("RO201", facts(objective(), untold, unread))] == ["OKR!6"]


@pytest.mark.parametrize(("count", "wrong"), [(1, True), (2, False), (5, False), (6, True)])
def test_two_to_five_key_results(count: int, wrong: bool) -> None:
    """Two to five key results are right; one or six are reported with their number."""
    findings = found("PR401", facts(objective(), *(result(f"KR-{row}", row) for row in range(6, 6 + count))))
    assert [one.params["count"] for one in findings] == ([count] if wrong else [])
