"""What an owner has to fill, and what needs nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sheetsync.report.digest import ROWS, owner_digest
from tests.factories import key_result, kpi, objective, person, raw
from tests.report.digest.book import CYCLE, TODAY, source
from tests.report.digest.test_due import no_column
from tests.scoring.scene import month

OLD = TODAY - timedelta(days=10)
HEADERS = {("okr", "check_in_date"): "Ngày check-in"}


def row(number: int, **given: Any) -> Any:
    """Make a key result of Lan's in its own row, in a table without confidence."""
    fields = {"target": 100, "current": 60, "check_in_date": TODAY, "owner": "Trần Lan", **given}
    return no_column(key_result(f"KR-{number}", row=number, **fields), "confidence")


def digest(*items: Any, owner: str = "Trần Lan", **given: Any) -> Any:
    """Give the data of an owner's digest."""
    named = {name: given.pop(name) for name in ("deadline", "hour") if name in given}
    return owner_digest(source(objective(), *items, **given), owner, **named).data


def test_what_is_due_and_what_is_not_stand_apart() -> None:
    """Shows the cells to fill, and the owner's other items; those of other people and achieved ones are left out."""
    data = digest(row(6, check_in_date=OLD), row(7), row(8, owner="Hoa", check_in_date=OLD), row(9, current=100))
    assert [one["item"]["key"] for one in data["due_cells"]] == ["KR-6"]
    assert [one["key"] for one in data["others"]] == ["KR-7"]
    assert data["verdict"] == {"cells": 1, "silent": 0, "others": 1, "key_results": 3, "achieved": 1}
    assert [one["title"] for one in data["wins"]] == ["Revenue up"]


def test_the_deadline_is_told_as_it_was_given() -> None:
    """Shows day and hour, and none where nobody gave one."""
    data = digest(row(6, check_in_date=OLD), deadline=TODAY, hour="17:00")
    assert data["deadline"] == {"day": TODAY, "hour": "17:00"}
    assert digest(row(6))["deadline"] is None


@pytest.mark.parametrize("owner", ["trần  lan", "LAN@a.vn", "Trần Lan"])
def test_an_owner_is_known_by_name_or_address(owner: str) -> None:
    """Shows that rows with a name and rows with an address are the same person's, and shared ones too."""
    who = person("Trần Lan", email="lan@a.vn")
    items = [
        row(6, check_in_date=OLD),
        row(7, owner="lan@a.vn", check_in_date=OLD),
        row(8, owner="Hoa & Trần Lan"),
        who,
    ]
    data = digest(*items, owner=owner)
    assert [one["item"]["key"] for one in data["due_cells"]] == ["KR-6", "KR-7"]
    assert [one["key"] for one in data["others"]] == ["KR-8"]


def test_a_blank_owner_is_the_objectives() -> None:
    """Shows that the owner of the objective is asked for a key result that names nobody."""
    told = source(objective(owner="Hoa"), row(6, owner=None, check_in_date=OLD), row(7, owner="", check_in_date=OLD))
    assert len(owner_digest(told, "hoa").data["due_cells"]) == 2


def test_the_date_column_is_named_where_today_may_be_enough() -> None:
    """Shows the header for a stale value, and none where there is no value, no column, or no known header."""
    stale = row(6, check_in_date=OLD)
    assert digest(stale, headers=HEADERS)["same_value_column"] == "Ngày check-in"
    assert digest(stale)["same_value_column"] is None
    assert digest(row(6, current=None, check_in_date=None), headers=HEADERS)["same_value_column"] is None
    assert digest(row(6), headers=HEADERS)["same_value_column"] is None


def test_what_was_asked_in_vain_is_not_asked_again() -> None:
    """Shows that one question falls silent without the others, is counted, and is none of what needs nothing."""
    items = [row(6, check_in_date=OLD), row(7, check_in_date=OLD), row(8)]
    told = source(objective(), *items)
    times = {"KR-6": 3, "KR-7": 2}
    data = owner_digest(told, "Trần Lan", nudged=lambda due: times[due.item.key]).data
    assert [one["item"]["key"] for one in data["due_cells"]] == ["KR-7"]
    assert [one["key"] for one in data["others"]] == ["KR-8"]
    assert (data["verdict"]["cells"], data["verdict"]["silent"]) == (1, 1)


def test_a_reminder_asks_only_what_was_asked_before() -> None:
    """Shows that what came up since the first question waits for the next one."""
    told = source(objective(), row(6, check_in_date=OLD), row(7, check_in_date=OLD))
    data = owner_digest(told, "Trần Lan", only={"KR-7"}).data
    assert [one["item"]["key"] for one in data["due_cells"]] == ["KR-7"]
    assert data["others"] == []


def test_many_cells_are_cut_and_counted() -> None:
    """Shows the cap, the count, and about how long it takes."""
    data = digest(*[row(number, check_in_date=OLD) for number in range(6, 36)])
    assert (len(data["due_cells"]), data["more_due_cells"], data["verdict"]["cells"]) == (ROWS, 30 - ROWS, 30)
    assert data["minutes"] == 20
    assert digest(row(6))["minutes"] == 0


def test_a_kpi_is_due_beside_key_results() -> None:
    """Shows that a missing actual is asked of its owner, and a KPI with all of them needs nothing."""
    late = kpi("KPI-1", owner="Trần Lan", periods=(month(9, 10, 9, 2026), month(10, 10, None, 2026)))
    fine = kpi("KPI-2", owner="Trần Lan", row=7, periods=(month(10, 10, 9, 2026),))
    data = digest(late, fine)
    assert [one["item"]["kind"] for one in data["due_cells"]] == ["kpi"]
    assert [one["key"] for one in data["others"]] == ["KPI-2"]


def test_somebody_who_owns_nothing_has_an_empty_digest() -> None:
    """Shows nothing instead of an error."""
    data = digest(row(6), owner="Nobody")
    assert (data["due_cells"], data["others"], data["wins"]) == ([], [], [])


def test_a_cycle_that_is_over_is_told_by_what_the_owner_reached() -> None:
    """Shows the count of what was achieved, a cell that a final grade needs, and nothing else to do."""
    over = CYCLE.due + timedelta(days=1)
    rows = [row(6, current=100), row(7, check_in_date=OLD), row(8, current=raw("half"))]
    data = digest(*rows, today=over)
    assert data["verdict"] == {"cells": 1, "silent": 0, "others": 0, "key_results": 3, "achieved": 1}
    assert [(one["what"], one["item"]["key"]) for one in data["due_cells"]] == [("unreadable", "KR-8")]
    assert digest(row(6, current=100), row(7, check_in_date=OLD), today=over)["due_cells"] == []
