"""Intents: where the values of a plan really go, and what is refused before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.batch import column_requests
from sheetsync.backends.google.intent import LAST_CHARACTER, intent_of, later_column
from sheetsync.backends.google.own_sheet import ROOM
from sheetsync.backends.google.reader import FIELDS, Reading, afterwards, reading_of
from sheetsync.backends.google.snapshot import snapshot_of
from sheetsync.backends.google.values import PLAIN
from sheetsync.errors import WorkbookChanged, WriteRefused
from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.workbook import (
    CellRef,
    CellUpdate,
    CellValue,
    Changes,
    ColumnAddition,
    NoteUpdate,
    TableAnchor,
)
from tests.sheets_server.spreadsheet import Spreadsheet

KPI = 8
"""The header row of the second table in the worksheet; it has a column of ours already, at E."""


def book(*, columns: int = 26) -> Spreadsheet:
    """Make a worksheet with a table of three columns, a table below it with five, and a remark further right."""
    made = Spreadsheet("1Intent")
    made.enter("Sheet1", [["ID", "Key result", "Current"], ["KR-1", "Orders", 5], ["KR-2", "Buyers", 7]])
    made.enter("Sheet1", [["ID", "KPI", "Target", "Actual", "Score"], ["K-1", "Stock", 1, 2, 0.5]], at=f"A{KPI}")
    made.enter("Sheet1", [["remark"]], at="H2")
    made.type("Sheet1", "C5", "=SUM(C2:C3)")
    made.name("Sheet1", f"E{KPI}", "_ss_kpi_score")
    made.add_sheet("Notes")
    if columns != 26:
        made.delete_columns("Sheet1", columns + 1, 26 - columns)
    return made


def read(made: Spreadsheet) -> Reading:
    """Read a spreadsheet as the backend does."""
    return reading_of(made.resource(fields=FIELDS))


def new(place: str, concept: str = "score", table: str = "okr", form: str = "percent", last: int = 3) -> ColumnAddition:
    """Make a new column with its header at a place."""
    header = CellRef("Sheet1", int(place[1:]), ord(place[0]) - 64)
    return ColumnAddition(header, concept.title(), table, concept, form, 10, last)


def update(place: str, before: CellValue, after: CellValue, form: str = "text", sheet: str = "Sheet1") -> CellUpdate:
    """Make an update of a cell."""
    return CellUpdate(sheet, int(place[1:]), ord(place[0]) - 64, before, after, form)


def refused(
    made: Spreadsheet,
    *cells: CellUpdate,
    columns: Sequence[ColumnAddition] = (),
    notes: Sequence[NoteUpdate] = (),
    named: str = "",
) -> str:
    """Give the key of the refusal of changes; in each language it must be told whole, with the place that is named."""
    with pytest.raises((WriteRefused, WorkbookChanged)) as caught:
        intent_of(read(made), Changes(tuple(columns), cells, notes=tuple(notes)))
    for language in ("en", "vi"):
        text = Phrases(load(language)).text(f"error.{caught.value.key}", **caught.value.params)
        assert named in text
    link = caught.value.params["path" if caught.value.key == "google.protected_sheet" else "link"]
    assert link == read(made).workbook.location
    return caught.value.key


# --- places -----------------------------------------------------------------------------------------------------------


def test_two_tables_of_one_worksheet_add_columns() -> None:
    """Shows that what both tables add lands beside each, marks and values in the columns that the plan has named."""
    made = book()
    columns = (new("F1"), new("G1", "status", form="text"), new("F8", "grade", "kpi", "text", 9))
    cells = (
        update("F2", None, 0.25, "percent"),
        update("G3", None, "At risk"),
        update("F9", None, "B"),
        update("E9", 0.5, 0.75),
    )
    intent = intent_of(read(made), Changes(columns, cells, (TableAnchor("Sheet1", 1, 3, (1,)),)))
    assert intent is not None
    assert [put[1:4] for put in intent.puts] == [
        *[(1, 6, "Score"), (1, 7, "Status"), (8, 6, "Grade")],
        *[(2, 6, 0.25), (3, 7, "At risk"), (9, 6, "B"), (9, 5, 0.75)],
    ]
    assert {name: mark.place for name, mark in intent.before.marks.items()} == {
        "_ss_kpi_score": (0, 8, 5),
        "_ss_okr_score": (0, 1, 6),
        "_ss_okr_status": (0, 1, 7),
        "_ss_kpi_grade": (0, 8, 6),
    }
    assert intent.fresh == {"_ss_okr_score", "_ss_okr_status", "_ss_kpi_grade"}
    assert intent.before.grids[0].value(2, 10) == "remark"


def test_a_column_of_ours_at_the_right_of_an_insertion() -> None:
    """Shows that a cell of ours further right, and the key columns, are named where the new column has pushed them."""
    made = Spreadsheet("1Right")
    made.enter("Sheet1", [["ID", "Key result", "Current", None, None, None, "Score"], ["KR-1", "Orders", 5]])
    made.enter("Sheet1", [[0.5]], at="G2")
    made.name("Sheet1", "G1", "_ss_okr_score")
    columns = (new("D1", "status"), new("E1", "why"))
    cells, anchors = (
        (update("D2", None, 1.0, "percent"), update("G2", 0.5, 0.75)),
        (TableAnchor("Sheet1", 1, 2, (1, 7)),),
    )
    intent = intent_of(read(made), Changes(columns, cells, anchors))
    assert intent is not None
    assert [put[1:4] for put in intent.puts] == [(1, 4, "Status"), (1, 5, "Why"), (2, 4, 1.0), (2, 9, 0.75)]
    assert intent.puts[2].form is None  # a new column comes with its format
    noted = intent_of(read(made), Changes(columns, cells[:1], anchors, notes=(NoteUpdate("Sheet1", 2, 7, "", "ours"),)))
    assert noted is not None
    assert [put[:4] for put in noted.puts if put.note] == [(0, 2, 9, 0.5)]
    assert intent.anchors == {0: [TableAnchor("Sheet1", 1, 2, (1, 9))]}
    assert intent.before.marks["_ss_okr_score"].column == 9


@given(
    taken=st.sets(st.integers(1, 9)),
    wanted=st.lists(st.tuples(st.integers(1, 14), st.integers(1, 3)), min_size=1, max_size=6, unique=True),
    width=st.integers(9, 16),
)
def test_the_snapshot_that_is_expected_is_the_one_that_comes(
    taken: set[int], wanted: list[tuple[int, int]], width: int
) -> None:
    """Shows that after new columns were inserted everything stands where the intent says, and nothing was hit."""
    made = Spreadsheet("1Law")
    made.delete_columns("Sheet1", width + 1, 26 - width)
    made.enter(
        "Sheet1", [[f"{row}/{column}" if column in taken else None for column in range(1, 10)] for row in (1, 2, 3)]
    )
    for column in range(1, 10):  # one may be left over in a column that was emptied
        made.name("Sheet1", f"{'ABCDEFGHI'[column - 1]}2", f"_ss_old_c{column}")
    additions = [
        ColumnAddition(CellRef("Sheet1", row, column), "New", "okr", f"c{column}r{row}", "text", 9, 4)
        for column, row in wanted
        if column not in taken
    ]
    reading = read(made)
    intent = intent_of(reading, Changes(tuple(additions)))
    if not additions:
        assert intent is None
        return
    assert intent is not None
    made.batch_update({"requests": column_requests(intent.insertions)})
    found = snapshot_of(made.resource(fields=FIELDS))
    assert found.grids[0].rows == intent.before.grids[0].rows
    assert {name: mark.place for name, mark in found.marks.items()} == {
        name: mark.place for name, mark in intent.before.marks.items()
    }
    for column in taken:
        moved = later_column(intent.insertions, "Sheet1", column)
        assert [found.grids[0].value(row, moved) for row in (1, 2, 3)] == [f"{row}/{column}" for row in (1, 2, 3)]


@pytest.mark.parametrize(("row", "lacking"), [(9, {}), (10, {}), (11, {0: ROOM + 1}), (15, {0: ROOM + 5})])
def test_rows_are_added_only_where_some_are_lacking(row: int, lacking: dict[int, int]) -> None:
    """Shows that a sheet of ten rows stays as it is while what is written fits in, and gets room for more beyond."""
    made = book()
    made.delete_rows("Sheet1", 11, 990)
    intent = intent_of(read(made), Changes(cells=(update(f"E{row}", 0.5 if row == 9 else None, 1.0),)))
    assert intent is not None
    assert intent.growths == lacking


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "key", "named"),
    [
        ("C1", "google.column_not_empty", "Sheet1!C1"),
        ("E1", "google.column_not_empty", "Sheet1!E8"),
        ("H1", "google.column_not_empty", "Sheet1!H2"),
        ("J1", "google.column_taken", "Sheet1!J1"),
        ("K1", "google.column_taken", "Sheet1!K1"),
        ("L1", "google.column_not_empty", "Sheet1!L30"),
    ],
)
def test_a_column_that_is_not_free(place: str, key: str, named: str) -> None:
    """Shows that a column is refused where anything stands: values, formulas with an empty result, merges, tables."""
    made = book()
    made.merge("Sheet1", "J20:J21")
    made.type("Sheet1", "L30", '=""')
    table = {
        "name": "T",
        "range": {"startRowIndex": 19, "endRowIndex": 22, "startColumnIndex": 10, "endColumnIndex": 11},
    }
    made.batch_update({"requests": [{"addTable": {"table": table}}]})
    made.enter("Sheet1", [[None]], at="K20")
    assert refused(made, columns=[new(place)], named=named) == key


def test_a_mark_is_given_once() -> None:
    """Shows that a concept which has its mark anywhere in the spreadsheet gets no second column."""
    assert refused(book(), columns=[new("F1", "score", "kpi")], named="Sheet1!F1") == "google.marked_twice"


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (update("C5", 12, 1.0), "google.formula"),
        (update("B2", "Orders", "x", sheet="Gone"), "google.no_such_sheet"),
        (update("B2", "Order", "x"), "google.cell_changed"),
        (update("C2", "5", "x"), "google.cell_changed"),
        (update("C2", 5.0, "x" * (LAST_CHARACTER + 1)), "google.too_long"),
        (update("B20", None, "x"), "google.merged"),
        (update("D2", None, "x"), "google.protected_cell"),
        (update("A1", None, "x", sheet="Notes"), "google.protected_sheet"),
    ],
)
def test_a_cell_that_is_not_safe(cell: CellUpdate, key: str) -> None:
    """Shows that one unsafe cell refuses the whole write, whatever stands before it."""
    made = book()
    made.merge("Sheet1", "A20:C20")
    made.protect("Sheet1", "D1:D9", editors=["owner@example.com"])
    made.protect("Notes", editors=["owner@example.com"])
    named = cell.sheet if "sheet" in key else str(cell.ref)
    assert refused(made, update("E9", 0.5, 0.75), cell, named=named) == key


def test_a_cell_that_is_named_twice() -> None:
    """Shows that two updates of one cell are refused; two that change nothing are nothing."""
    made = book()
    assert refused(made, update("E9", 0.5, 0.6), update("E9", 0.5, 0.7), named="Sheet1!E9") == "google.cell_twice"
    assert intent_of(read(made), Changes(cells=(update("E9", 0.5, 0.5), update("E9", 0.5, 0.5)))) is None


@pytest.mark.parametrize(
    ("note", "key"),
    [
        (NoteUpdate("Sheet1", 9, 5, "", "ours"), None),
        (NoteUpdate("Sheet1", 9, 5, "theirs", "ours"), "google.cell_changed"),
        (NoteUpdate("Sheet1", 9, 4, "", "ours"), "google.cell_changed"),
        (NoteUpdate("Sheet1", 2, 4, "", "ours"), "google.protected_cell"),
        (NoteUpdate("Gone", 1, 1, "", "ours"), "google.no_such_sheet"),
        (NoteUpdate("Notes", 1, 1, "", "ours"), "google.protected_sheet"),
    ],
)
def test_a_note_that_is_not_safe(note: NoteUpdate, key: str | None) -> None:
    """Shows that a note is written where the plan saw what stands there and we may write, and refuses all else."""
    made = book()
    annotate(made, 9, 4, "of a user")
    made.protect("Sheet1", "D1:D9", editors=["owner@example.com"])
    made.protect("Notes", editors=["owner@example.com"])
    if key is not None:
        named = note.sheet if "sheet" in key else str(note.ref)
        assert refused(made, notes=[note], named=named) == key
        return
    intent = intent_of(read(made), Changes(notes=(note,)))
    assert intent is not None
    assert [(put.row, put.column, put.value, put.before, put.note) for put in intent.puts] == [(9, 5, 0.5, 0.5, "ours")]
    assert intent.puts[0].only_note
    assert (intent.cells, intent.notes) == (0, 1)


def annotate(made: Spreadsheet, row: int, column: int, text: str) -> None:
    """Let a user write a note on a cell of the first worksheet."""
    start = {"sheetId": 0, "rowIndex": row - 1, "columnIndex": column - 1}
    rows = [{"values": [{"note": text}]}]
    made.batch_update({"requests": [{"updateCells": {"start": start, "fields": "note", "rows": rows}}]})


def test_notes_and_formats_stand_where_new_columns_push_them() -> None:
    """Shows that the snapshot that is kept of a sheet tells its notes and formats as they are after the write."""
    made = book()
    for row, column in ((2, 3), (2, 8), (9, 5)):
        annotate(made, row, column, f"{row}/{column}")
    place = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 7, "endColumnIndex": 8}
    look = {"userEnteredFormat": {"numberFormat": {"type": "CURRENCY", "pattern": "0 ₫"}}}
    made.batch_update({"requests": [{"repeatCell": {"range": place, "cell": look, "fields": "*"}}]})
    annotate(made, 2, 8, "2/8")
    notes = (NoteUpdate("Sheet1", 2, 6, "", "on the new one"), NoteUpdate("Sheet1", 9, 5, "9/5", ""))
    columns = (new("F1"), new("G1", "status", form="text"))
    intent = intent_of(read(made), Changes(columns, (update("E9", 0.5, date(2026, 1, 2), "date"),), notes=notes))
    assert intent is not None
    grid = intent.before.grids[0]
    assert grid.notes == {(2, 3): "2/3", (2, 10): "2/8", (9, 5): "9/5"}
    assert (grid.form(2, 8), grid.form(2, 10), grid.form(9, 5)) == (PLAIN, ("CURRENCY", "0 ₫"), PLAIN)
    made.batch_update({"requests": [*column_requests(intent.insertions)]})
    found = snapshot_of(made.resource(fields=afterwards(forms=True, notes=True)), forms=True, notes=True).grids[0]
    assert found.notes == grid.notes
    assert (found.form(2, 8), found.form(2, 10)) == (PLAIN, ("CURRENCY", "0 ₫"))


# --- formats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has", "value", "form", "wanted"),
    [
        (None, 0.5, "percent", ("PERCENT", "0%")),
        (None, 0.5, "number", ("NUMBER", "0.00")),
        (None, 3, "text", ("NUMBER", "")),
        (None, True, "text", None),
        (None, "x", "text", None),
        (None, None, "percent", None),
        (None, date(2026, 1, 2), "date", ("DATE", "")),
        (None, datetime(2026, 1, 2, 3), "date", ("DATE_TIME", "")),
        (None, time(3), "text", ("TIME", "")),
        ("NUMBER", 0.5, "percent", None),
        ("PERCENT", 0.5, "number", None),
        ("DATE", 0.5, "percent", ("PERCENT", "0%")),
        ("DATE_TIME", 0.5, "number", ("NUMBER", "0.00")),
        ("TIME", 3, "text", ("NUMBER", "")),
        ("DATE", date(2026, 1, 2), "date", None),
        ("DATE_TIME", date(2026, 1, 2), "date", ("DATE", "")),
        ("DATE", datetime(2026, 1, 2, 3), "date", ("DATE_TIME", "")),
        ("TEXT", date(2026, 1, 2), "date", ("DATE", "")),
        ("DATE", "x", "text", None),
        ("DATE", None, "date", None),
    ],
)
def test_a_cell_gets_a_format_only_where_it_needs_one(
    has: str | None, value: CellValue, form: str, wanted: tuple[str, str] | None
) -> None:
    """Shows that a number never shows as a date nor a date as a number, and that a user's own format stays else."""
    made = book()
    if has is not None:
        place = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 4, "endColumnIndex": 5}
        cell: dict[str, Any] = {"userEnteredFormat": {"numberFormat": {"type": has}}}
        repeat = {"range": place, "cell": cell, "fields": "userEnteredFormat.numberFormat"}
        made.batch_update({"requests": [{"repeatCell": repeat}]})
    made.enter("Sheet1", [["other"]], at="E3")
    intent = intent_of(read(made), Changes(cells=(update("E3", "other", value, form),)))
    assert intent is not None
    assert [put.form for put in intent.puts] == [wanted]
    assert intent.before.tells_forms is (wanted is not None)
