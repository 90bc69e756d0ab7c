"""What a team's lead takes into the check-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sheetsync.model import Level
from sheetsync.report.digest import team_digest
from sheetsync.report.digest.team import is_away
from sheetsync.results import Finding, Severity
from sheetsync.workbook import CellRef
from tests.factories import key_result, objective, person, raw
from tests.report.digest.book import CYCLE, TODAY, source
from tests.report.digest.test_due import no_column

OLD = TODAY - timedelta(days=10)


def row(number: int, **given: Any) -> Any:
    """Make a key result in its own row, in a table without confidence."""
    fields = {"target": 100, "current": 60, "check_in_date": TODAY, "team": "Sales", **given}
    return no_column(key_result(f"KR-{number}", row=number, **fields), "confidence")


def digest(*items: Any, team: str = "Sales", **given: Any) -> Any:
    """Give the data of the team's digest."""
    named = {name: given.pop(name) for name in ("nudged", "by") if name in given}
    return team_digest(source(*items, **given), team, **named).data


def test_the_verdict_counts_the_teams_key_results() -> None:
    """Shows that those of other teams, and objectives, are not counted."""
    data = digest(
        objective(team="Sales"), row(6), row(7, current=5, blocker="Fees"), row(8, current=90), row(9, team="Product")
    )
    assert data["verdict"] == {"key_results": 3, "on_pace": 2, "achieved": 0, "to_discuss": 1}
    assert [one["key"] for one in data["key_results"]] == ["KR-7", "KR-6", "KR-8"]
    assert data["kind"] == "team" and data["team"] == "Sales"


def test_a_team_is_that_of_the_row_of_its_owner_or_of_the_objective() -> None:
    """Shows the three ways in which a key result belongs to a team, and that case and space do not matter."""
    items = [
        objective(team="Sales"),
        objective("O-2", row=20),
        row(6, team=None),
        row(7, team=None, owner="Lan", objective="O-2"),
        row(8, team=None, owner="Hoa", objective="O-2"),
        person("Lan", team="sales "),
    ]
    data = digest(*items, team=" SALES")
    assert [one["key"] for one in data["key_results"]] == ["KR-6", "KR-7"]
    assert {one["team"].strip().casefold() for one in data["key_results"]} == {"sales"}


def test_who_must_fill_what_is_told_by_owner() -> None:
    """Shows values and confidences apart, several owners of one cell each, and cells that nobody owns."""
    items = [
        objective(),
        row(6, owner="Trần Bảo", current=None, check_in_date=None),
        row(7, owner="Trần Bảo, Lan", check_in_date=OLD),
        key_result("KR-8", row=8, target=100, current=60, check_in_date=TODAY, team="Sales", owner="lan"),
        row(9, current=raw("half")),
    ]
    data = digest(*items)
    told = {one["owner"]: one for one in data["remind"]}
    assert set(told) == {"Trần Bảo", "Lan"}
    assert told["Trần Bảo"]["given"] == "Bảo"
    assert len(told["Trần Bảo"]["cells"]) == 2
    assert (len(told["Lan"]["cells"]), len(told["Lan"]["confidence_cells"])) == (1, 1)
    assert [one["a1"][-1] for one in data["unowned"]] == ["9"]


def test_a_blank_owner_is_the_objectives() -> None:
    """Shows who is reminded for a key result that names nobody."""
    data = digest(objective(owner="Hoa"), row(6, check_in_date=OLD))
    assert [one["owner"] for one in data["remind"]] == ["Hoa"]


def test_what_was_asked_in_vain_is_told_cell_by_cell() -> None:
    """Shows the highest count, for which cells nobody asks any more, and that an address is the person behind it."""
    items = [
        objective(),
        row(6, owner="lan@a.vn", check_in_date=OLD),
        row(7, owner="lan@a.vn", check_in_date=OLD),
        person("Trần Lan", email="lan@a.vn"),
    ]
    times = {"KR-6": 2, "KR-7": 3}
    (one,) = digest(*items, nudged=lambda owner, due: times[due.item.key] if owner == "lan@a.vn" else 9)["remind"]
    assert (one["owner"], one["given"], one["nudged"], one["escalated"]) == ("lan@a.vn", "Lan", 3, True)
    assert [cell["a1"][-1] for cell in one["escalated_cells"]] == ["7"]
    (one,) = digest(*items)["remind"]
    assert (one["nudged"], one["escalated"], one["escalated_cells"]) == (0, False, [])


@pytest.mark.parametrize(("first", "last", "away"), [(0, 0, True), (-3, -1, False), (1, 4, False), (-3, 3, True)])
def test_nobody_is_reminded_of_who_is_away(first: int, last: int, away: bool) -> None:
    """Shows that whoever is on leave today is left out, by the days in the People sheet."""
    leave = ((TODAY + timedelta(days=first), TODAY + timedelta(days=last)),)
    items = [objective(), row(6, owner="Lan", current=None, check_in_date=None), person("Lan", leave=leave)]
    assert (digest(*items)["remind"] == []) is away
    assert is_away("lan", source(*items)) is away


def test_only_what_is_wrong_in_the_team_is_told() -> None:
    """Shows that problems and drifts of other teams' items, and of none, are left out."""
    findings = [
        Finding(code, Severity.ERROR if code == "RO201" else Severity.WARNING, CellRef("OKR", 6, 5), {}, item)
        for code in ("RO201", "DR514")
        for item in ("KR-6", "KR-9", None)
    ]
    data = digest(objective(), row(6), row(9, team="Product"), findings=findings)
    assert [one["code"] for one in data["problems"]] == ["RO201"]
    assert [one["code"] for one in data["drift"]] == ["DR514"]


def test_a_cycle_that_is_over_leaves_the_lead_what_final_grades_need() -> None:
    """Shows that what was reached is counted, and that only a cell that cannot be read is still to be talked about."""
    items = [
        objective(),
        row(6, current=100, owner="Lan"),
        row(7, current=10, check_in_date=OLD, owner="Lan", blocker="Fees"),
        row(8, current=raw("half"), check_in_date=OLD, owner="Hoa", blocker="Fees"),
    ]
    data = digest(*items, today=CYCLE.due + timedelta(days=1))
    assert data["cycle"]["over"]
    assert data["verdict"] == {"key_results": 3, "on_pace": 1, "achieved": 1, "to_discuss": 1}
    assert [(one["key"], one["question"]["code"]) for one in data["agenda"]] == [("KR-8", "not_readable")]
    assert [one["owner"] for one in data["remind"]] == ["Hoa"]


def test_a_team_that_nobody_knows_has_nothing() -> None:
    """Shows an empty digest instead of an error."""
    data = digest(objective(level=Level.COMPANY), row(6), team="Nowhere")
    assert (data["key_results"], data["agenda"], data["remind"], data["contributes"]) == ([], [], [], [])
