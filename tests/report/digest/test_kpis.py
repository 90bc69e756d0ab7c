"""The scorecards of the KPIs."""

from __future__ import annotations

from typing import Any

from sheetsync.report.digest import ROWS
from sheetsync.report.digest.kpis import LOW, group_of, groups, kpis, low
from tests.factories import kpi
from tests.report.digest.book import source


def row(number: int, actual: float, **given: Any) -> Any:
    """Make a KPI in its own row, of which it reached so many percent."""
    return kpi(f"KPI-{number}", **{"row": number, "target": 100, "actual": actual, "title": f"K{number}", **given})


def test_a_workbook_without_kpis_has_no_scorecards() -> None:
    """Shows None, so that a template leaves the part out."""
    assert kpis(source()) is None


def test_groups_tell_their_totals_and_what_made_them_nothing() -> None:
    """Shows the score and grade of a section, and the title of the critical KPI that wiped one out."""
    items = [
        row(6, 100, section="Money"),
        row(7, 40, section="Goods", critical=True, title="Late"),
        row(8, 100, section="Goods"),
        row(9, 90, section="Staff"),
    ]
    told = {one["name"]: one for one in groups(source(*items))}
    assert (told["Money"]["weighted_score"], told["Money"]["grade"], told["Money"]["members"]) == (1.0, "A", 1)
    assert (told["Goods"]["weighted_score"], told["Goods"]["zeroed_by"], told["Goods"]["members"]) == (0.0, "Late", 2)
    assert (told["Staff"]["zeroed_by"], told["Staff"]["total"], told["Staff"]["missing"]) == (None, False, 0)


def test_the_total_of_a_table_is_marked() -> None:
    """Shows the total where the weights are shares of the whole table, by the name of the worksheet."""
    items = [row(6, 100, section="Money", weight=60), row(7, 50, section="Goods", weight=40)]
    told = groups(source(*items))
    assert [(one["name"], one["total"]) for one in told][-1] == ("KPI", True)
    assert told[-1]["weighted_score"] == 0.8


def test_low_kpis_are_told_critical_ones_first_then_the_lowest() -> None:
    """Shows the order, and that what is only at risk is not low."""
    items = [row(6, 60), row(7, 30), row(8, 65, critical=True), row(9, 75), row(10, 120)]
    assert [one["title"] for one in low(source(*items))] == ["K8", "K7", "K6"]
    assert [one["title"] for one in low(source(*items), {"KPI-7"})] == ["K7"]


def test_groups_and_low_kpis_are_cut_and_counted() -> None:
    """Shows both caps."""
    items = [row(number, 10, section=f"S{number}") for number in range(6, 26)]
    told = kpis(source(*items))
    assert told is not None
    assert (len(told["groups"]), told["more_groups"]) == (ROWS, 20 - ROWS)
    assert (len(told["low"]), told["more_low"]) == (LOW, 20 - LOW)


def test_a_kpi_without_an_actual_is_missing_and_not_far_from_its_target() -> None:
    """Shows that nobody is told how far a KPI is of which no number is known; its group counts it, critical or not."""
    items = [kpi("KPI-1", target=10, critical=True), kpi("KPI-2", target=10), kpi("KPI-3", target=10, actual=1)]
    told = kpis(source(*items))
    assert told is not None
    assert [one["achievement"] for one in told["low"]] == [0.1]
    assert [(one["zeroed_by"] is not None, one["missing"]) for one in told["groups"]] == [(True, 2)]


def test_a_kpi_is_grouped_by_section_team_or_owner() -> None:
    """Shows the order of the three."""
    assert group_of(kpi(section="S", team="T", owner="O")) == "S"
    assert group_of(kpi(team="T", owner="O")) == "T"
    assert group_of(kpi(owner="O")) == "O"
    assert group_of(kpi()) is None
