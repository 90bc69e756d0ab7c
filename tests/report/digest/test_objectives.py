"""The company's objectives with the KPIs that serve them."""

from __future__ import annotations

from typing import Any

from sheetsync.model import KpiLink, Level
from sheetsync.report.digest.objectives import LINKED, objective_of, objectives
from tests.factories import key_result, kpi, objective, raw
from tests.report.digest.book import source


def linked(number: int, actual: int, link: KpiLink, *goals: str) -> Any:
    """Make a KPI that serves goals."""
    return kpi(
        f"KPI-{number}", row=number, title=f"K{number}", target=100, actual=actual, aligned_to=goals, kpi_link=link
    )


KPIS = (
    linked(1, 95, KpiLink.SUPPORTS, "O-1", "KR-1"),
    linked(2, 95, KpiLink.GUARDS, "O-1"),
    linked(3, 40, KpiLink.GUARDS, "KR-1"),
    linked(4, 40, KpiLink.SUPPORTS, "KR-1"),
)


def test_the_kpis_of_an_objective_stand_beside_it_red_guards_first() -> None:
    """Shows that KPIs of an objective and of its key results are told once each, and the others are counted."""
    made = source(objective(), key_result(target=100, current=10), *KPIS)
    row = objective_of(made.goals.objectives[0], made)
    assert [(one["title"], one["link"], one["status"]) for one in row["kpis"]] == [
        ("K3", "guards", "off_track"),
        ("K2", "guards", "on_track"),
        ("K4", "supports", "off_track"),
    ]
    assert (len(row["kpis"]), row["more_kpis"]) == (LINKED, 1)
    assert {type(one["link"]) for one in row["kpis"]} == {str}


def test_a_kpi_that_guards_anything_below_is_told_as_a_guard() -> None:
    """Shows that of two links of one KPI the guard counts."""
    both = [linked(1, 40, KpiLink.SUPPORTS, "O-1"), linked(1, 40, KpiLink.GUARDS, "KR-1")]
    made = source(objective(), key_result(target=100, current=10), *both)
    row = objective_of(made.goals.objectives[0], made)
    assert ([one["link"] for one in row["kpis"]], row["more_kpis"]) == (["guards"], 0)


def test_an_objective_says_how_much_of_it_is_scored() -> None:
    """Shows the counts of key results."""
    items = [key_result("KR-1", target=100, current=10), key_result("KR-2", target=100, current=raw("?"), row=7)]
    made = source(objective(), *items)
    row = objective_of(made.goals.objectives[0], made)
    assert (row["scored"], row["total"]) == (1, 2)


def test_the_companys_objectives_are_told_those_that_need_attention_first() -> None:
    """Shows that those of teams are left out, and the order."""
    items = [
        objective("O-1", level=Level.COMPANY),
        objective("O-2", level=Level.COMPANY, row=9),
        objective("O-3", level=Level.TEAM, row=12),
        key_result("KR-1", target=100, current=90),
        key_result("KR-2", objective="O-2", target=100, current=5, row=10),
    ]
    assert [one.key for one in objectives(source(*items))] == ["O-2", "O-1"]
