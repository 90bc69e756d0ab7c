"""Ids for rows that have none: how they go on, where they go, and which rows get none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.memory import MemoryBackend
from sheetsync.model import Goals
from sheetsync.workbook import Area, CellRef, CellValue, ColumnMark, TableAnchor, Workbook, Worksheet
from sheetsync.writeback.new_ids import IdPlan, plan_ids
from tests.reading.sheets import read, workbook

HEAD = ["ID", "Objective", "Key result", "Target", "Current"]
Rows = Sequence[Sequence[CellValue]]


def planned(book: Workbook) -> tuple[IdPlan, Goals]:
    """Plan the ids of a workbook."""
    goals = read(book)
    return plan_ids(book, goals, "ID"), goals


def given_ids(rows: Rows, **more: Any) -> list[str]:
    """Give the ids that the rows of a sheet get."""
    plan, _ = planned(workbook(OKR=Worksheet("OKR", rows), **more))
    return [new.id for new in plan.ids]


def okr(*ids: str | None) -> list[list[CellValue]]:
    """Make an objective with key results below for every id that begins with O; None is a key result without one."""
    rows: list[list[CellValue]] = [[*HEAD]]
    for number, name in enumerate(ids):
        named = name if name and not name.endswith("?") else None
        own = bool(name) and str(name).startswith("O")
        rows.append(
            [named, f"Aim {number}" if own else None, None if own else f"Result {number}", None if own else 5, 1]
        )
    return rows


@pytest.mark.parametrize(
    ("present", "new"),
    [
        (("O?", None, None, "O?", None), ["O1", "KR1.1", "KR1.2", "O2", "KR2.1"]),
        (("O-1", "KR-1", None, "O?", None), ["KR-2", "O-2", "KR-3"]),
        (("O1", "KR1.1", None, "O2", None, "KR2.4", None), ["KR1.2", "KR2.5", "KR2.6"]),
        (("O-07", "KR-07", None, "O?"), ["KR-08", "O-08"]),
        (("OKR-2025-3", None, "O?", None), ["KR3.1", "OKR-2025-4", "KR4.1"]),
        (("O9", "K9,1", None), ["K9,2"]),
        (("Online", "KR-a", None, "O?"), ["KR-1", "O1"]),
    ],
)
def test_ids_go_on_where_those_of_the_sheet_end(present: tuple[str | None, ...], new: list[str]) -> None:
    """Shows letters, sign, steps and leading zeros taken over from the ids that are there."""
    assert given_ids(okr(*present)) == new


def test_the_ids_of_deleted_rows_are_not_given_again() -> None:
    """Shows that what a check-in or an alignment still calls by an id gets no namesake."""
    log: Rows = [["Date", "KR ID", "Value"], ["2025-11-01", "KR-7", 5]]
    rows: list[list[CellValue]] = [[*row, None] for row in okr("O-1", "KR-1", None)]
    rows[0][-1], rows[1][-1] = "Aligned to", "O-5"
    rows.append([None, "Aim", None, None, None, None])
    assert given_ids(rows, Log=log) == ["KR-8", "O-6"]


def test_kpis_are_counted_over_all_worksheets() -> None:
    """Shows one count for a whole workbook."""
    head = ["KPI", "Owner", "Target", "Actual"]
    plan, _ = planned(workbook(KPI_T9=[head, ["Revenue", "An", 5, 4]], KPI_T10=[head, ["Revenue", "An", 5, 4]]))
    assert [(str(new.cell), new.id) for new in plan.ids] == [("'KPI T9'!E2", "KPI-1"), ("'KPI T10'!E2", "KPI-2")]
    assert [(str(one.header), one.text, one.last_row) for one in plan.changes.columns] == [
        ("'KPI T9'!E1", "ID", 2),
        ("'KPI T10'!E1", "ID", 2),
    ]


def test_two_tables_in_one_worksheet_get_a_column_each() -> None:
    """Shows that the ids of the table below do not go into the column that the one above it gets."""
    okrs: Rows = [row[1:] for row in okr("O?", None)]
    rows: Rows = [*okrs, [], [], ["KPI", "Owner", "Target", "Actual"], ["Revenue", "An", 5, 4]]
    plan, goals = planned(workbook(OKR=rows))
    assert len(goals.tables) == 2
    heads = [str(one.header) for one in plan.changes.columns]
    assert heads == ["OKR!E1", "OKR!F6"]
    assert {new.cell.column for new in plan.ids if new.cell.row > 6} == {6}


def test_rows_that_get_ids_can_be_found_again() -> None:
    """Shows that a place which several people edit knows the rows by their texts."""
    plan, _ = planned(workbook(OKR=[row[1:] for row in okr("O?", None)]))
    assert plan.changes.anchors == (TableAnchor("OKR", 1, 3, (2, 1)),)


def test_key_results_go_on_with_the_step_of_most_beside_them() -> None:
    """Shows an objective without a number, one of whose key results was moved there from another objective."""
    rows = okr("Online", "KR2.1", "KR5.1", "KR5.2", None)
    assert given_ids(rows) == ["KR5.3"]


def test_an_objective_beside_its_key_results_has_no_cell_and_lends_its_number() -> None:
    """Shows a flat list: key results are numbered below each objective, which itself gets no id."""
    rows: Rows = [["Objective", "Key result", "Target"], ["Grow", "A", 1], ["Grow", "B", 2], ["Care", "C", 3]]
    assert given_ids(rows) == ["KR1.1", "KR1.2", "KR2.1"]


def test_cells_that_are_not_free_are_left_and_told() -> None:
    """Shows that a formula, a merged cell and a word for nothing stay as they are."""
    rows = okr("O-1", None, None, None, None)
    rows[2][0] = "-"
    sheet = Worksheet("OKR", rows, formulas=frozenset({(4, 1)}), merges=(Area(5, 1, 6, 1),))
    plan, _ = planned(workbook(OKR=sheet))
    assert [str(none.cell) for none in plan.without if none.why == "occupied"] == ["OKR!A3", "OKR!A4", "OKR!A6"]
    assert [str(new.cell) for new in plan.ids] == ["OKR!A5"]


def test_a_row_without_a_title_gets_none() -> None:
    """Shows that a value which stands about makes no goal with an id."""
    plan, _ = planned(workbook(OKR=[*okr("O-1", None), [None, None, None, None, 7]]))
    assert [(none.why, str(none.cell)) for none in plan.without] == [("untitled", "OKR!A4")]
    assert [new.id for new in plan.ids] == ["KR1.1"]


def test_tables_without_place_or_right_are_told_whole() -> None:
    """Shows a sheet that may not be written, one without room, and one with several goals in a row."""
    rows = [row[1:] for row in okr("O?", None)]
    shut = Worksheet("OKR", rows, refusal="google.protected_sheet")
    full = Worksheet("OKR", rows, print_area=Area(1, 1, 9, 16_384))
    for sheet, why in ((shut, "refused"), (full, "room")):
        plan, _ = planned(workbook(OKR=sheet))
        assert [(none.why, none.rows) for none in plan.without] == [(why, 2)]
        assert plan.changes.empty
    book = workbook(OKR=rows)
    goals = read(book)
    apart = goals._replace(tables=tuple(table._replace(apart=True) for table in goals.tables))
    assert [(none.why, none.rows) for none in plan_ids(book, apart, "ID").without] == [("apart", 2)]
    twins = goals._replace(key_results=(*goals.key_results, goals.key_results[0]._replace(key="twin")))
    plan = plan_ids(book, twins, "ID")
    assert [none.why for none in plan.without] == ["shared", "shared"]
    assert [new.id for new in plan.ids] == ["O1"]


@given(st.lists(st.sampled_from(("O?", "O-1", "O3", None, "KR-2", "KR1.1", "KR3.2")), min_size=1, max_size=12))
def test_every_row_has_an_id_of_its_own_in_the_end(present: list[str | None]) -> None:
    """Shows for any mix of ids that new ones are unique, and that a second time there is nothing to do."""
    first = {name: place for place, name in reversed(list(enumerate(present)))}
    kept = [name if name == "O?" or first[name] == place else None for place, name in enumerate(present)]
    backend = MemoryBackend(workbook(OKR=Worksheet("OKR", okr(*kept))))
    plan, _ = planned(backend.read())
    backend.apply(plan.changes, backend.read().revision)
    again, goals = planned(backend.read())
    ids = [item.id.value for item in goals.objectives] + [item.id.value for item in goals.key_results]
    assert None not in ids
    assert len(set(ids)) == len(ids)
    assert again.changes.empty


def test_an_id_of_the_cycle_before_is_never_given_again() -> None:
    """Shows KR-7 for a new row though KR-1 is the last of the sheet: the list of the old cycle ends with KR-6."""
    before = Worksheet("Previous cycle", [["ID (taken)"], ["O-1"], ["KR-1"], ["KR-6"], [None]])
    mark = ColumnMark("source", "previous", CellRef("Previous cycle", 1, 1))
    book = workbook(OKR=Worksheet("OKR", okr("O-1", "KR-1", None)))
    plan, _ = planned(book._replace(sheets=(*book.sheets, before), marks=(mark,)))
    assert [new.id for new in plan.ids] == ["KR-7"]
