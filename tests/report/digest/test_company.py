"""What the company's summary shows, and in which order."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from sheetsync.model import Cycle, Level
from sheetsync.report.digest import CARDS, PROBLEMS, ROWS, Place, Source, company_digest
from sheetsync.results import Finding, Reason, Score, Scorecard, Severity, Status
from sheetsync.workbook import CellRef
from tests.factories import goals, key_result, objective
from tests.report.digest import book
from tests.report.minh_long import TODAY, minh_long


def source(*items: Any, statuses: dict[str, Status], **given: Any) -> Source:
    """Make a source whose items have the statuses given."""
    scores = {
        key: Score(key, "key_result", status, Reason("pace", {}), progress=0.3, expected=0.5)
        for key, status in statuses.items()
    }
    model = goals(*items, cycle=Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31)))
    plain = Source(model, Scorecard("default@1", "vn-kpi@1", scores), (), TODAY, Place("book", "book.xlsx"), _code)
    return plain._replace(**given)


def _code(finding: Finding) -> str:
    return finding.code


def test_the_view_is_plain_data() -> None:
    """Show that nothing but plain data reaches a template: the digest survives JSON, dates apart."""
    data = minh_long("vi").data
    text = json.dumps(data, default=lambda value: value.isoformat())
    assert json.loads(text)["schema"] == "report.v1"


def test_the_verdict_counts_objectives_on_pace_and_decisions() -> None:
    """Show the numbers of the first sentence."""
    assert minh_long("en").data["verdict"] == {
        "objectives": 3, "on_pace": 2, "achieved": 0, "decisions": 2, "kpis": 2, "reached": 0,
    }  # fmt: skip


def test_decisions_name_what_was_asked_and_where() -> None:
    """Show that a card holds blocker, ask, numbers and the cell to look at."""
    card = minh_long("en").data["decisions"][0]
    assert card["owner"] == "Trần Quốc Bảo"
    assert card["blocker"].startswith("Marketplace fees")
    assert card["ask"].startswith("approve")
    assert card["current"] == {"number": 2.2e9, "percent": False, "unit": "₫"}
    assert card["cell"]["sheet"] == "OKR"


def test_an_ask_that_nobody_wrote_is_not_invented() -> None:
    """Show that a card without an ask has none."""
    assert minh_long("en").data["decisions"][1]["ask"] is None


def test_the_gravest_decision_stands_first_and_the_rest_is_counted() -> None:
    """Show that off track comes before at risk, and that no more than the cap is shown."""
    items = [key_result(f"KR-{number}", blocker="x", row=number) for number in range(5, 11)]
    statuses = {item.key: Status.AT_RISK for item in items} | {"KR-9": Status.OFF_TRACK}
    data = company_digest(source(*items, statuses=statuses)).data
    assert data["decisions"][0]["status"] == "off_track"
    assert len(data["decisions"]) == CARDS
    assert data["more_decisions"] == len(items) - CARDS
    assert data["verdict"]["decisions"] == len(items)


def test_the_companys_objectives_are_shown_alone_where_there_are_any() -> None:
    """Show that team objectives stay out of the company's table."""
    items = [objective("O-1", level=Level.COMPANY), objective("O-2", level=Level.TEAM)]
    data = company_digest(source(*items, statuses={"O-1": Status.ON_TRACK, "O-2": Status.ON_TRACK})).data
    assert len(data["objectives"]) == 1


def test_two_hundred_objectives_are_cut_and_counted() -> None:
    """Show that the table stays short."""
    items = [objective(f"O-{number}") for number in range(200)]
    data = company_digest(source(*items, statuses={item.key: Status.ON_TRACK for item in items})).data
    assert (len(data["objectives"]), data["more_objectives"]) == (ROWS, 200 - ROWS)


def test_stale_key_results_are_counted_by_team_and_nobody_is_named() -> None:
    """Show that the company sees teams, not people."""
    data = minh_long("en").data["updated"]
    assert (data["fresh"], data["total"], data["teams"]) == (3, 4, [{"team": "Sales", "count": 1}])


def test_bad_data_is_named_by_cell_errors_only() -> None:
    """Show that errors are told with their cell, hints are not, and the rest is counted."""
    findings = [Finding("RO201", Severity.ERROR, CellRef("OKR", row, 6), {}) for row in range(9)]
    hint = Finding("PR401", Severity.HINT, None, {})
    data = company_digest(source(key_result(), statuses={}, findings=(hint, *findings))).data
    assert len(data["problems"]) == PROBLEMS
    assert data["more_problems"] == 9 - PROBLEMS
    assert {problem["code"] for problem in data["problems"]} == {"RO201"}


def test_only_safe_links_pass() -> None:
    """Show that an address a mail client should not open becomes text."""
    item = key_result(blocker="x")
    for url, kept in (("https://example.com/a", True), ("javascript:alert(1)", False), ("file:///c:/x", False)):
        links = {CellRef("OKR", 6, item.current.column): url}
        place = Place("book", "book.xlsx", link=links.get)
        data = company_digest(source(item, statuses={"KR-1": Status.OFF_TRACK}, place=place)).data
        assert (data["decisions"][0]["cell"]["url"] is not None) is kept


def test_the_week_of_the_cycle_is_counted_from_its_first_week() -> None:
    """Show the week number, and that there is none outside the cycle."""
    cycle = minh_long("en").data["cycle"]
    assert (cycle["week"], cycle["weeks"]) == (8, 14)
    assert minh_long("en", today=date(2027, 2, 1)).data["cycle"]["week"] is None


def test_a_cycle_that_is_over_is_told_by_how_it_ended() -> None:
    """Show that after the due day, and not on it, the cycle is over; achieved objectives are counted, nothing asked."""
    items = [objective(f"O-{number}", row=number) for number in (5, 6, 7)]
    missed = key_result(row=8, blocker="x", ask="y")
    statuses = {"O-5": Status.ACHIEVED, "O-6": Status.MISSED, "O-7": Status.ON_TRACK, "KR-1": Status.MISSED}
    due = date(2026, 12, 31)
    for today, over in ((due, False), (due + timedelta(days=1), True)):
        data = company_digest(source(*items, missed, statuses=statuses, today=today)).data
        assert data["cycle"]["over"] is over
        told = {"objectives": 3, "on_pace": 2, "achieved": 1, "decisions": int(not over)}
        assert data["verdict"] == {**told, "kpis": 0, "reached": 0}
        assert len(data["decisions"]) == int(not over)


def test_the_weeks_begin_where_the_history_does() -> None:
    """Shows that a workbook which was first read in week 7 does not speak of the weeks before; gaps after it stay."""

    def items(week: int) -> list[Any]:
        return [objective("O-1"), key_result(baseline=0, target=100, current=40 + week)]

    found = company_digest(book.source(*items(3), nights=book.weekly(items, count=1))).data["overall"]["weeks"]
    assert [(one["week"], one["progress"] is not None) for one in found] == [(7, True), (8, True)]
    assert company_digest(book.source(*items(3))).data["overall"]["weeks"] == []


def test_a_workbook_without_goals_still_has_a_summary() -> None:
    """Show that nothing at all is told as nothing, not as a failure."""
    data = company_digest(source(statuses={})).data
    assert set(data["verdict"].values()) == {0}
    assert data["kpis"] is None
