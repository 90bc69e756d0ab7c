"""Links between OKRs and KPIs, as the rules see them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import KpiLink, Link
from sheetsync.rules import message
from tests.factories import kpi, objective
from tests.rules.facts import ENGLISH, VIETNAMESE, facts, found
from tests.rules.situation_parts import kept, measuring, pair, percent, result, serving


def test_a_workbook_of_kpis_alone_may_name_goals_of_another() -> None:
    """Shows that links of a workbook without any goal are left in peace."""
    assert found("LI330", facts(kpi(target=100, actual=92, aligned_to=("O-1",)))) == []


def test_a_link_to_a_kpi_is_told_once() -> None:
    """Shows that the id of a KPI in Aligned to is never said to be missing as well."""
    circle = serving("KPI-1")()
    assert [finding.code for code in ("LI330", "LI331") for finding in found(code, circle)] == ["LI331"]
    turned = facts(*pair(aligned_to=("KPI-1",)), kpi(target=100, actual=92))
    assert [finding.code for code in ("LI301", "LI332") for finding in found(code, turned)] == ["LI332"]


def test_two_kpis_in_a_circle_are_both_told() -> None:
    """Shows that KPIs that name each other end in findings, and neither serves anything."""
    first = kpi(target=100, actual=92, aligned_to=("KPI-2",))
    second = kpi("KPI-2", row=7, target=100, actual=92, aligned_to=("KPI-1",))
    seen = facts(*pair(), first, second)
    assert [finding.item for finding in found("LI331", seen)] == ["KPI-1", "KPI-2"]
    assert seen.scorecard.servings == {}


def test_measured_by_needs_a_kpi() -> None:
    """Shows that "measured by" is reported where it names nothing or a goal, and not where a KPI is named."""
    source = kpi(target=150, actual=131)
    told = {}
    for names in (None, ("O-2",), ("KPI-1",)):
        items = (objective(owner="Lan"), result(aligned_to=names, link=Link.MEASURED_BY), objective("O-2", row=9))
        told[names] = [finding.item for finding in found("LI334", facts(*items, source))]
    assert told == {None: ["KR-1"], ("O-2",): ["KR-1"], ("KPI-1",): []}


def test_every_red_guard_is_told_at_its_goal() -> None:
    """Shows one finding for each red guard, at the goal's title, lowest first; a guard in yellow is not told."""
    guards = [
        kpi(f"KPI-{row}", row=row, title=f"K{row}", target=100, actual=actual, aligned_to=("O-1",), kpi_link="guards")
        for row, actual in ((6, 60), (7, 40), (8, 80))
    ]
    guards = [one._replace(kpi_link=one.kpi_link._replace(value=KpiLink.GUARDS)) for one in guards]
    seen = facts(*pair(), *guards)
    findings = found("PR425", seen)
    assert [finding.params["kpi"] for finding in findings] == ["K7", "K6"]
    assert {finding.item for finding in findings} == {"O-1"}


def test_nobody_is_asked_to_update_what_a_kpi_gives() -> None:
    """Shows that a value of three weeks ago is worth a reminder where it was typed, not where a KPI gives it."""
    month = kept("T10", 131, 150)
    source = kpi(periods=(month,), aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES)
    given = facts(*pair(current=None, check_in_date=None), source)
    assert given.scorecard.scores["KR-1"].current == 131
    assert [finding.item for finding in found("PR411", given)] == []
    typed = facts(*pair(check_in_date=date(2025, 10, 31)), source)
    assert [finding.item for finding in found("PR411", typed)] == ["KR-1"]


@pytest.mark.parametrize(
    ("actual", "target", "told"),
    [
        (percent(45), percent(60), "“KPI-1” counts in “percentages”, this key result in “plain numbers”, so no value"),
        (45, 60, None),
    ],
)
def test_a_percentage_beside_a_plain_number_is_called_so(actual: Any, target: Any, told: str | None) -> None:
    """Shows that units that are the same word are not blamed, in either language, and where to look."""
    seen = measuring(unit="orders", actual=actual, target=target)()
    hits = found("LI335", seen)
    assert [message(hit, ENGLISH).startswith(told or "") for hit in hits] == [True] * (told is not None)
    assert [str(hit.cell) for hit in hits] == [str(seen.goals.key_results[0].target.ref)] * len(hits)
    assert all("“phần trăm”" in message(hit, VIETNAMESE) for hit in hits)
