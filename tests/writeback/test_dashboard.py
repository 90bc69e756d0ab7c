"""The dashboard: which cells are written, which are the user's, and what stands in its lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from sheetsync.model import Cycle, Goals, Level, Settings
from sheetsync.results import Group, Scorecard
from sheetsync.workbook import CellRef, CellValue, ColumnMark
from sheetsync.writeback import Plan
from sheetsync.writeback.dashboard import LIST_ROWS, plan_dashboard
from tests.factories import cell, goals, key_result, objective
from tests.writeback.sheets import ENGLISH, score, scorecard, workbook, worksheet

TODAY = date(2026, 11, 21)
Rows = Sequence[Sequence[CellValue]]


def planned(rows: Rows, model: Goals, card: Scorecard, marks: dict[str, tuple[int, int]], **given: Any) -> Plan:
    """Plan a dashboard with these rows."""
    changed = given.pop("changed", False)
    dash = worksheet(rows, name="Dashboard", **given)
    made = [ColumnMark("dash", name, CellRef("Dashboard", *place)) for name, place in marks.items()]
    plan = plan_dashboard(workbook(dash, marks=made), model, card, ENGLISH, TODAY, changed=changed)
    assert plan is not None
    return plan


def written(
    rows: Rows, model: Goals, card: Scorecard, marks: dict[str, tuple[int, int]], **given: Any
) -> dict[str, Any]:
    """Give what is written into a dashboard with these rows, by cell."""
    return {update.ref.a1: update.after for update in planned(rows, model, card, marks, **given).changes.cells}


ONE = {"progress": (1, 2), "synced": (2, 2)}


@pytest.mark.parametrize("formula", [(1, 2), (2, 2)])
def test_a_formula_in_a_marked_cell_stays(formula: tuple[int, int]) -> None:
    """Shows that a formula which somebody put into a cell of the dashboard is theirs, and the rest is written."""
    rows: Rows = [["Overall", 0.1], ["Synced", None]]
    told = written(rows, goals(), scorecard(progress=0.5), ONE, formulas=frozenset({formula}))
    assert told == ({"B1": 0.5} if formula == (2, 2) else {})


@pytest.mark.parametrize("changed", [False, True])
def test_a_dashboard_that_may_not_be_written_is_told(changed: bool) -> None:
    """Shows that a protected dashboard with old numbers stays as it is, and that one finding says so."""
    rows: Rows = [["Overall", 0.1], ["Synced", None]]
    plan = planned(rows, goals(), scorecard(progress=0.5), ONE, refusal="google.protected_sheet", changed=changed)
    assert plan.changes.empty
    told = {"sheet": "Dashboard", "reason": "google.protected_sheet"}
    assert [(one.code, str(one.cell), one.params) for one in plan.findings] == [("WS109", "Dashboard!B1", told)]


def test_a_dashboard_that_shows_what_it_should_needs_no_writing() -> None:
    """Shows that a protected dashboard without anything to write is no finding."""
    rows: Rows = [["Overall", 0.5], ["Synced", date(2026, 11, 20)]]
    plan = planned(rows, goals(), scorecard(progress=0.5), ONE, refusal="google.protected_sheet")
    assert (plan.changes.empty, plan.findings) == (True, ())


@pytest.mark.parametrize(
    ("stands", "changed", "told"),
    [
        (date(2026, 11, 20), False, {}),
        (date(2026, 11, 20), True, {"B2": TODAY}),
        (datetime(2026, 11, 21, 22, 0), True, {}),
    ],
)
def test_the_date_moves_when_anything_is_written(stands: CellValue, changed: bool, told: dict[str, Any]) -> None:
    """Shows that the date stays in a quiet run, moves with cells elsewhere, and that a moment of today is today."""
    assert (
        written([["Overall", 0.5], ["Synced", stands]], goals(), scorecard(progress=0.5), ONE, changed=changed) == told
    )


def test_single_values_come_from_the_goals_and_the_scorecard() -> None:
    """Shows company, cycle, pace and counts of statuses, each in its cell."""
    marks = {name: (row, 2) for row, name in enumerate(("company", "cycle", "expected", "on_track", "at_risk"), 1)}
    cycle = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
    model = goals(
        key_result(), key_result("KR-2"), cycle=cycle, settings=Settings(cell("Minh Long"), *[cell(None)] * 4)
    )
    card = scorecard(score(), expected=0.567)
    told = written([["", None]] * 5, model, card, marks)
    assert told == {"B1": "Minh Long", "B2": "Q4/2026", "B3": 0.57, "B4": 1, "B5": 0}


def test_objectives_are_listed_from_the_company_down() -> None:
    """Shows the order of levels, one row each, and that rows of an earlier and longer list are emptied."""
    levels = [("O-1", None), ("O-2", Level.TEAM), ("O-3", Level.INDIVIDUAL), ("O-4", Level.COMPANY)]
    model = goals(*(objective(key, title=f"Aim {key}", level=level) for key, level in levels), objective("O-5"))
    card = scorecard(*(score(key, kind="objective", progress=0.456) for key, _ in levels))
    old: list[CellValue] = ["Old", 0.1, 0.2, "At risk"]
    rows: Rows = [["Objectives", None, None, None], *([old] * 6)]
    told = written(rows, model, card, {"objectives": (1, 1)})
    assert [told[f"A{row}"] for row in range(2, 8)] == ["Aim O-4", "Aim O-2", "Aim O-1", "Aim O-3", None, None]
    assert [told[f"{column}2"] for column in "BCD"] == [0.46, 0.5, "On track"]
    assert [told[f"{column}7"] for column in "BCD"] == [None, None, None]


def test_groups_are_listed_with_their_score_and_grade() -> None:
    """Shows name, score to a tenth of a percent and grade, and that what does not fit the list is left out."""
    groups = [Group(f"Team {number}", "section", (), 0.91234, "B", 1.0) for number in range(LIST_ROWS + 1)]
    told = written([["Teams", None, None]], goals(), scorecard(groups=tuple(groups)), {"groups": (1, 1)})
    assert [told[f"{column}2"] for column in "ABC"] == ["Team 0", 0.912, "B"]
    assert set(told) == {f"{column}{row}" for column in "ABC" for row in range(2, LIST_ROWS + 2)}
