"""What the page of a workbook shows: everything, in the right part, and of a team or person only what is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sheetsync.model import Level
from sheetsync.report.digest import company_digest
from sheetsync.report.digest.page import CARDS, ROWS, page_digest, scope_of
from sheetsync.report.digest.page_lists import MOVERS, PLACES
from sheetsync.results import Finding, Severity
from sheetsync.scoring.owned.owners import owners_called
from sheetsync.workbook import CellRef
from tests.factories import key_result, kpi, objective, person, raw
from tests.report.digest.book import CYCLE, TODAY, source, weekly
from tests.report.pages import firm, html_of


def data(language: str = "en", **given: Any) -> Any:
    """Give the firm's page."""
    return page_digest(firm(language, **given)).data


def of(name: str) -> Any:
    """Give the page of a team or person of the firm."""
    made = firm("en")
    (owner,) = owners_called(made.goals, name)
    return page_digest(made, scope_of(owner)).data


def test_the_whole_page_is_told() -> None:
    """Shows every part of the firm's page by what is in it."""
    told = data()
    assert (told["kind"], told["schema"], told["company"]) == ("page", "report.v1", "Minh Long Food")
    verdict = {"objectives": 2, "on_pace": 1, "decisions": 2, "kpis": 2, "reached": 0, "key_results": 4, "in_time": 2}
    assert told["verdict"] == verdict | {"achieved": 0, "completed": 0}
    assert [row["key"] for row in told["tree"]] == ["O-1", "KR-1", "KR-2", "O-3", "KR-5", "O-2", "KR-4"]
    assert [row["depth"] for row in told["tree"]] == [0, 1, 1, 1, 2, 0, 1]
    assert told["teams"] == ["Sales", "Logistics"]
    assert [row["team"] for row in told["heat"]["rows"]] == ["Sales", "Logistics"]
    assert [row["key"] for row in told["decisions"]] == ["KR-1", "KR-4"]  # the one with an ask first
    assert [row["key"] for row in told["stale"]] == ["KR-4"]
    assert [one["code"] for one in told["problems"]] == ["RO201"]
    assert [one["code"] for one in told["drift"]] == ["DR506"]
    assert sum(one["count"] for one in told["statuses"]) == told["updated"]["all"] == 4
    assert told["weeks_shown"] == 8


def test_the_page_asks_what_the_mail_of_the_same_day_asks() -> None:
    """Shows one question for a goal, and the cell that it leads to, in the company's mail and on the page."""
    many = {"objective": "O-1", "target": 100, "check_in_date": TODAY}
    blocked = key_result("KR-1", row=6, current=2, blocker="Fees", **many)
    far, asked = key_result("KR-2", row=7, current=3, **many), key_result("KR-3", row=8, current=4, ask="150 m", **many)
    made = source(objective("O-1"), blocked, far, asked)
    mail, page = (dict(digest.data) for digest in (company_digest(made), page_digest(made)))
    told = [[(one["key"], one["question"], one["cell"]) for one in digest["decisions"]] for digest in (mail, page)]
    assert told[0] == told[1]
    assert [one and one["code"] for _, one, _ in told[1]] == ["blocked", None, "target_far"]
    assert "Who can clear this blocker, and by when?" in html_of(page_digest(made), "en")
    assert "The target is still far." in html_of(page_digest(made), "en")


def test_objectives_are_of_every_team_below_them() -> None:
    """Shows that the filter leaves the goals above a team's own, so that its rows hang on something."""
    teams = {row["key"]: row["teams"] for row in data()["tree"]}
    assert teams == {"O-1": [1], "KR-1": [1], "KR-2": [1], "O-3": [1], "KR-5": [1], "O-2": [2], "KR-4": [2]}


def test_a_page_of_a_team_has_what_the_team_owns_and_what_it_is_for() -> None:
    """Shows that all lists are limited, that the goals above stay, and that the curve is the part's own."""
    told = of("Logistics")
    assert told["scope"] == {"kind": "team", "name": "Logistics"}
    assert [row["key"] for row in told["tree"]] == ["O-2", "KR-4"]
    assert [row["key"] for row in told["decisions"]] == ["KR-4"]
    assert [one["code"] for one in told["problems"]] == ["RO201"]
    assert told["drift"] == []
    assert told["kpis"] is None
    assert told["pace"]["now"] == pytest.approx(told["overall"]["progress"])
    assert len(told["pace"]["actual"]) == 8
    assert told["updated"]["total"] == told["updated"]["all"] == 1
    assert told["overall"]["progress"] == pytest.approx(told["tree"][1]["progress"])


def test_a_page_of_a_person_is_theirs_alone() -> None:
    """Shows that a person's page has their key results, and the means of those."""
    told = of("Trần Quốc Bảo")
    assert {row["key"] for row in told["tree"]} == {"O-1", "KR-1", "O-3", "KR-5"}
    progress = {row["key"]: row["progress"] for row in told["tree"]}
    assert told["overall"]["progress"] == pytest.approx((progress["KR-1"] + progress["KR-5"]) / 2)
    assert told["verdict"]["decisions"] == 1


def test_movers_are_goals_by_their_change_up_and_down() -> None:
    """Shows that the largest change stands first, at most five a side, and that nothing else is ranked."""

    def items(week: int) -> list[Any]:
        steps = [week * number for number in range(8)] + [90 - 2 * week]
        return [key_result(f"KR-{number}", baseline=0, target=100, current=step) for number, step in enumerate(steps)]

    told = page_digest(source(*items(8), nights=weekly(items))).data["movers"]
    assert [row["key"] for row in told["up"]] == ["KR-7", "KR-6", "KR-5", "KR-4", "KR-3"]
    assert len(told["up"]) == MOVERS
    assert [(row["key"], round(row["change"], 3)) for row in told["down"]] == [("KR-8", -0.02)]


def test_without_history_nothing_moves_and_nothing_is_known_of_weeks() -> None:
    """Shows a page of the first day."""
    told = data(past=None, trends={})
    assert told["weeks_shown"] == 0
    assert told["heat"] is None or all(cell["gap"] is None for row in told["heat"]["rows"] for cell in row["cells"][:7])
    assert told["pace"]["forecast"] is None
    assert len(told["pace"]["actual"]) == 1


def test_errors_stand_before_warnings_and_hints_are_not_told() -> None:
    """Shows which findings the page tells, in which order, and that what is left out is counted."""
    found = [
        Finding(f"RO{200 + number % 9}", severity, CellRef("OKR", number, 1), {}, "KR-1")
        for number in range(1, 101)
        for severity in (Severity.HINT, Severity.WARNING, Severity.ERROR)
    ]
    told = page_digest(source(key_result("KR-1"), findings=found)).data
    assert [one["severity"] for one in told["problems"]] == ["error"] * PLACES
    assert told["more_problems"] == 200 - PLACES


def test_findings_about_no_row_stand_on_the_whole_page_alone() -> None:
    """Shows that what is about the workbook as a whole is on nobody's own page."""
    found = [Finding("WS101", Severity.ERROR, None, {})]
    made = source(key_result("KR-1", owner="Lan"), findings=found)
    assert len(page_digest(made).data["problems"]) == 1
    (owner,) = owners_called(made.goals, "Lan")
    assert page_digest(made, scope_of(owner)).data["problems"] == []


def test_many_decisions_and_stale_rows_are_counted() -> None:
    """Shows that a page of hundreds stays readable: the tree has every row, the lists the gravest ones."""
    items = [
        key_result(
            f"KR-{number}",
            baseline=0,
            target=100,
            current=number % 7,
            check_in_date=TODAY.replace(month=10),
            row=number,
        )
        for number in range(1, 201)
    ]
    told = page_digest(source(objective("O-1"), *items)).data
    assert (len(told["decisions"]), told["more_decisions"]) == (CARDS, 200 - CARDS)
    assert (len(told["stale"]), told["more_stale"]) == (ROWS, 200 - ROWS)
    assert told["verdict"]["decisions"] == 200
    assert len(told["tree"]) == 201


def test_the_one_who_waits_longest_stands_first() -> None:
    """Shows the order of what waits for an update: what was never updated, then the oldest; by goals, not people."""
    days = {"KR-1": TODAY.replace(day=1), "KR-2": TODAY.replace(month=10), "KR-3": TODAY}
    items = [key_result(key, baseline=0, target=9, current=1, check_in_date=day) for key, day in days.items()]
    told = page_digest(source(*items, person("Lan"))).data
    assert [row["key"] for row in told["stale"]] == ["KR-2", "KR-1"]


def test_scorecards_stand_by_group_with_periods_and_totals() -> None:
    """Shows groups, the months of each KPI with the blank one, and the total of each group."""
    groups = data()["kpis"]["groups"]
    assert [(group["name"], [row["key"] for row in group["rows"]]) for group in groups] == [
        ("Sales", ["KPI-1"]),
        ("Logistics", ["KPI-2"]),
        ("KPI", []),  # the total of the whole table
    ]
    assert [group["total"] for group in groups] == [False, False, True]
    strip = groups[0]["rows"][0]["strip"]
    assert [one["label"] for one in strip] == [f"T{month}" for month in range(1, 11)]
    assert (strip[3]["achievement"], strip[3]["status"]) == (None, None)
    assert strip[9]["achievement"] == pytest.approx(1.01)
    assert all(group["weighted_score"] is not None for group in groups)


def test_a_kpi_without_a_group_stands_by_itself() -> None:
    """Shows that nothing is lost where a scorecard has a group for some rows only, and each row stands once."""
    items = [kpi("KPI-1", section="Sales", target=9, actual=9), kpi("KPI-2", target=9, actual=3, row=7)]
    groups = page_digest(source(*items)).data["kpis"]["groups"]
    assert sorted(row["key"] for group in groups for row in group["rows"]) == ["KPI-1", "KPI-2"]


def test_a_part_of_a_group_has_no_total() -> None:
    """Shows that a person's page tells no total that is made of other people's KPIs."""
    items = [
        kpi("KPI-1", section="Sales", owner="Lan", target=9, actual=9),
        kpi("KPI-2", section="Sales", owner="Hoa", target=9, actual=3, row=7),
    ]
    made = source(*items)
    (owner,) = owners_called(made.goals, "Lan")
    (group,) = page_digest(made, scope_of(owner)).data["kpis"]["groups"]
    assert (group["name"], group["weighted_score"], len(group["rows"])) == (None, None, 1)


def test_drift_beyond_the_cap_is_counted() -> None:
    """Shows that what is not named is counted, the gravest first, and since when it is known."""
    made = firm("en")._replace(message=lambda finding: finding.code)
    moved = next(one for one in made.findings if one.code == "DR506")
    many = tuple(moved._replace(severity=Severity.HINT) for _ in range(70))
    told = page_digest(made._replace(findings=(*many, moved._replace(params={**moved.params, "day": TODAY})))).data
    assert (len(told["drift"]), told["more_drift"]) == (60, 11)
    assert (told["drift"][0]["severity"], told["drift"][0]["day"]) == ("warning", TODAY)
    assert "11 more: run sheetsync check" in html_of(page_digest(made._replace(findings=(*many, moved))))


def test_the_page_of_a_cycle_that_is_over_tells_how_it_ended() -> None:
    """Shows objectives and key results that were achieved, nothing to decide, and nothing that waits for an update."""
    items = [
        objective(level=Level.COMPANY),
        key_result(target=10, current=10, check_in_date=TODAY),
        key_result("KR-2", row=7, target=10, current=1, blocker="Fees", ask="More"),
        key_result("KR-3", row=8, target=10, current=raw("half"), check_in_date=TODAY),
    ]
    told = page_digest(source(*items, today=CYCLE.due + timedelta(days=1))).data
    assert told["cycle"]["over"]
    assert {name: told["verdict"][name] for name in ("achieved", "key_results", "completed", "decisions")} == {
        "achieved": 0,
        "key_results": 3,
        "completed": 1,
        "decisions": 0,
    }
    assert (told["stale"], told["updated"]["total"], told["updated"]["all"]) == ([], 0, 3)
