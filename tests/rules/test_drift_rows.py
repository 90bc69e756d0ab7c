"""Rows that vanished, rows that came back, and formulas that were replaced."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Cycle
from sheetsync.past import Past, Remembered, Statement
from sheetsync.rules.registry import Hit
from sheetsync.workbook import CellRef, Workbook, Worksheet
from tests.factories import kpi, objective
from tests.rules.facts import TODAY, facts, table
from tests.rules.remembering import gone, hits, past, said
from tests.rules.situation_parts import SEEN, pair, result, typed, without_column

ROW = 4


def test_a_vanished_row_is_told_with_all_that_is_known_of_it() -> None:
    """Shows id, title, owner, row and last night at the header of titles; without these the key and a dash."""
    known = gone(statements=(*said(title="More", owner="An"), *said(SEEN[1], title="More orders", id="KR-nine")))
    told = {"id": "KR-nine", "name": "More orders", "owner": "An", "row": 9}
    told |= {"sheet": "OKR", "until": SEEN[2], "day": TODAY}
    title = CellRef("OKR", ROW, table().columns["key_result"][0])
    assert hits("DR519", facts(*pair(), past=past(known))) == [Hit(title, None, told)]
    bare = {"id": "KR-9", "name": "KR-9", "owner": "–", "row": 9, "sheet": "OKR"}
    bare |= {"until": SEEN[2], "day": TODAY}
    assert hits("DR519", facts(*pair(), past=past(gone()))) == [Hit(title, None, bare)]


@pytest.mark.parametrize(
    ("kind", "sheet", "row", "without", "cell"),
    [
        ("objective", "OKR", 9, (), CellRef("OKR", ROW, 2)),
        ("key_result", "OKR", 9, (), CellRef("OKR", ROW, 3)),
        ("key_result", "OKR", 5, (), CellRef("OKR", ROW, 3)),
        ("key_result", "OKR", 4, (), None),
        ("key_result", "OKR", 9, ("key_result",), CellRef("OKR", ROW, 1)),
        ("key_result", "Gone", 9, (), None),
        ("kpi", "KPI", 9, (), CellRef("KPI", ROW, 2)),
    ],
)
def test_a_vanished_row_is_told_at_its_header(
    kind: str, sheet: str, row: int, without: tuple[str, ...], cell: CellRef | None
) -> None:
    """Shows the header of titles or else of ids of the table above it, and no cell where there is no such table."""
    known = gone(kind=kind, sheet=sheet, row=row)
    tables = table(without=without), table("kpi", "KPI")
    assert [one.cell for one in hits("DR519", facts(*pair(), tables=tables, past=past(known)))] == [cell]


def test_a_table_without_titles_and_ids_is_told_in_its_first_cell() -> None:
    """Shows the first cell of the header row, wherever ids stand if they do."""
    bare = table(without=("key_result", "id"))
    assert hits("DR519", facts(*pair(), tables=(bare,), past=past(gone())))[0].cell == CellRef("OKR", ROW, 1)
    moved = table(without=("key_result",), id=(7,))
    assert hits("DR519", facts(*pair(), tables=(moved,), past=past(gone())))[0].cell == CellRef("OKR", ROW, 7)
    headless = bare._replace(header_row=0)
    assert hits("DR519", facts(*pair(), tables=(headless,), past=past(gone())))[0].cell is None


@pytest.mark.parametrize(
    ("given", "missed"),
    [
        ({}, True),
        ({"last": SEEN[1]}, True),
        ({"last": SEEN[0]}, False),
        ({"cycle": "Q3/2025"}, False),
        ({"cycle": "", "cycle_start": None}, True),
        ({"cycle": "", "cycle_start": None, "last": TODAY - timedelta(days=31)}, True),
        ({"cycle": "", "cycle_start": None, "last": TODAY - timedelta(days=32)}, False),
        ({"first": SEEN[1], "last": SEEN[2]}, True),
        ({"first": SEEN[2], "last": SEEN[2]}, False),
        ({"first": date(2025, 9, 1), "cycle_start": date(2025, 11, 13)}, True),
        ({"first": date(2025, 9, 1), "cycle_start": date(2025, 11, 14)}, False),
        ({"kind": "kpi", "statements": said(period="T9")}, False),
        ({"kind": "kpi", "statements": said(weight="T9")}, True),
        ({"kind": "key_result", "statements": said(period="T9")}, True),
    ],
)
def test_who_is_missed(given: dict[str, Any], missed: bool) -> None:
    """Shows rows of running cycles that had outlived their first week, and for a month those without a cycle."""
    assert bool(hits("DR519", facts(*pair(), past=past(gone(**given))))) is missed


def test_cycles_of_rows_run_too() -> None:
    """Shows that a row is missed while any objective or key result of today has its cycle."""
    spring = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))
    known = past(gone(cycle="Q1/2026"))
    assert hits("DR519", facts(*pair(), past=known)) == []
    assert len(hits("DR519", facts(*pair(cycle=spring), past=known))) == 1
    assert len(hits("DR519", facts(objective(cycle=spring), result(), past=known))) == 1
    assert len(hits("DR519", facts(*pair(), cycle=spring, past=known))) == 1


def test_an_objective_that_was_only_named_is_not_missed() -> None:
    """Shows that an objective beside its key results goes with their last row, and one with its own row is missed."""
    named = gone("O-9", kind="objective")
    for beside, codes in (
        (gone(), ["KR-9"]),
        (gone(row=10), ["O-9", "KR-9"]),
        (gone(sheet="Gone"), ["O-9", "KR-9"]),
        (gone(last=SEEN[1]), ["O-9", "KR-9"]),
        (gone(kind="kpi"), ["O-9", "KR-9"]),
    ):
        found = hits("DR519", facts(*pair(), past=past(named, beside)))
        assert [one.params["id"] for one in found] == codes


def test_those_that_are_there_are_not_missed_and_hide_nobody() -> None:
    """Shows that of a past with rows of today and others all others are told."""
    there = gone("KR-1", row=6)
    old = gone("KR-8", cycle="Q3/2025")
    found = hits("DR519", facts(*pair(), past=past(there, old, gone("KR-7"), gone("KR-9"))))
    assert [one.params["id"] for one in found] == ["KR-7", "KR-9"]
    for nothing in (None, past(gone(), nights=())):
        for code in ("DR519", "DR520", "DR521"):
            assert hits(code, facts(*pair(), past=nothing)) == []


def back(key: str = "KR-1", **given: Any) -> Remembered:
    """Remember an item that was missing on the last night."""
    return gone(key, last=SEEN[1], row=6)._replace(**given)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, True),
        ({"last": SEEN[2]}, False),
        ({"last": SEEN[2] - timedelta(days=1)}, True),
        ({"cycle": "Q3/2025"}, False),
        ({"cycle": ""}, False),
    ],
)
def test_who_is_back(given: dict[str, Any], told: bool) -> None:
    """Shows rows of the running cycle that the last night did not have, at their title with the day they were seen."""
    one = back(**given)
    expected = [Hit(result().title.ref, "KR-1", {"until": one.last})] if told else []
    assert hits("DR520", facts(*pair(), past=past(one))) == expected


def test_without_any_cycle_whoever_comes_back_is_told() -> None:
    """Shows that workbooks without cycles have rows that return, but not those of a cycle that is over."""
    assert len(hits("DR520", facts(*pair(), cycle=None, past=past(back(cycle=""))))) == 1
    assert hits("DR520", facts(*pair(), cycle=None, past=past(back(cycle="Q3/2025")))) == []


def test_an_objective_without_a_row_does_not_come_back() -> None:
    """Shows that of a named objective and its returning key result only the latter is told, as is one with a row."""
    both = past(back("O-1", kind="objective"), back())
    named = facts(objective(own_row=False), result(), past=both)
    assert [one.item for one in hits("DR520", named)] == ["KR-1"]
    assert [one.item for one in hits("DR520", facts(*pair(), past=both))] == ["O-1", "KR-1"]
    assert [one.item for one in hits("DR520", facts(*pair(), past=past(back("KR-2"))))] == ["KR-2"]


def computed(*told: tuple[date, str, bool], key: str = "KR-1", concept: str = "current", **given: Any) -> Past:
    """Remember a cell that a formula gave on some days; each is the day, the text, and whether a formula gave it."""
    statements = tuple(Statement(day, concept, text, None, formula) for day, text, formula in told)
    return past(gone(key, statements=statements, row=6, **given))


def test_a_replaced_formula_says_until_when_and_since_when() -> None:
    """Shows cell, last night of the formula, first day of the typed value, for a night that is remembered or today."""
    now = pair()[1]
    told = {"concept": "current", "kind": "okr", "value": 131.0}
    today = computed((SEEN[0], "130", True))
    expected = [Hit(now.current.ref, "KR-1", {**told, "until": SEEN[2], "day": TODAY})]
    assert hits("DR521", facts(*pair(), past=today)) == expected
    since = computed((SEEN[0], "130", True), (SEEN[1], "129", True), (SEEN[2], "131", False))
    expected = [Hit(now.current.ref, "KR-1", {**told, "until": SEEN[1], "day": SEEN[2]})]
    assert hits("DR521", facts(*pair(), past=since)) == expected


@pytest.mark.parametrize(
    "known",
    [
        computed((SEEN[0], "130", False)),
        computed((SEEN[0], "130", True), (SEEN[0] + timedelta(days=2), "130", False)),
        computed((SEEN[0], "130", True), (SEEN[1], "130", False)),
        computed((SEEN[0], "130", True), first=date(2025, 11, 18)),
        computed((SEEN[0], "130", True), concept="notes"),
        computed((SEEN[0], "130", True), key="KR-9"),
    ],
)
def test_some_formulas_may_go(known: Past) -> None:
    """Shows values that were always typed, formulas of the first week, a new row's, and cells of other concepts."""
    assert hits("DR521", facts(*pair(), past=known)) == []


@pytest.mark.parametrize("concept", ["current", "target", "baseline", "weight"])
def test_formulas_of_every_number_are_watched(concept: str) -> None:
    """Shows the cells of a key result in which a formula is missed, and that one that still stands is not."""
    known = computed((SEEN[0], "130", True), concept=concept)
    given = {concept: 7}
    now = pair(**given)
    (one,) = hits("DR521", facts(*now, past=known))
    place = getattr(now[1], concept).ref
    assert (one.cell, one.params["concept"], one.params["value"]) == (place, concept, 7.0)

    def book(name: str, row: int, column: int) -> Workbook:
        sheets = Worksheet("Other", []), Worksheet(name, [], formulas=frozenset([(row, column)]))
        return Workbook("b", "b", sheets, "1")

    standing = book("OKR", 6, place.column)
    assert hits("DR521", facts(*now, past=known, workbook=standing)) == []
    for other in (book("Else", 6, place.column), book("OKR", 7, place.column), book("OKR", 6, place.column + 1)):
        assert len(hits("DR521", facts(*now, past=known, workbook=other))) == 1


def test_formulas_of_due_dates_and_of_kpis_are_watched() -> None:
    """Shows the date that stands there now, and the actual of a KPI."""
    due = computed((SEEN[0], "2025-12-01", True), concept="due")
    (one,) = hits("DR521", facts(*pair(due=date(2025, 12, 31)), past=due))
    assert (one.params["concept"], one.params["value"]) == ("due", date(2025, 12, 31))
    actual = computed((SEEN[0], "90", True), key="KPI-1", concept="actual", kind="kpi")
    (one,) = hits("DR521", facts(kpi(target=100, actual=92), past=actual))
    assert (one.item, one.params["kind"], one.params["concept"], one.params["value"]) == (
        "KPI-1",
        "kpi",
        "actual",
        92.0,
    )


def test_blank_cells_and_columns_that_are_gone_hold_nothing_typed() -> None:
    """Shows that a formula that was cleared, or whose column is gone, is told by others; the next cell still is."""
    statements = tuple(Statement(SEEN[0], name, "130", None, True) for name in ("current", "baseline"))
    known = past(gone("KR-1", statements=statements, row=6))
    for cell in (None, without_column(6), typed("131", None, 0)):
        found = hits("DR521", facts(*pair(current=cell), past=known))
        assert [one.params["concept"] for one in found] == ["baseline"]
    others = past(gone("O-1"), gone("KR-1", statements=statements), gone("KR-2", statements=statements))
    assert [one.item for one in hits("DR521", facts(*pair(), past=others))] == ["KR-1", "KR-1", "KR-2", "KR-2"]
