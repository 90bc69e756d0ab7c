"""Snapshots: what users entered, out of Google's answers."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.reader import AFTERWARDS, FIELDS
from sheetsync.backends.google.snapshot import Grid, Snapshot, snapshot_of, trimmed
from sheetsync.backends.google.values import PLAIN
from tests.sheets_server.spreadsheet import Spreadsheet


def cell(value: str) -> dict[str, Any]:
    """Make a cell with a text."""
    return {"userEnteredValue": {"stringValue": value}}


def grid_of(*data: dict[str, Any], **properties: Any) -> Grid:
    """Give the only worksheet's grid of an answer with these ranges."""
    (grid,) = snapshot_of({"sheets": [{"properties": {"title": "A"} | properties, "data": list(data)}]}).grids.values()
    return grid


def test_what_google_leaves_out_is_zero() -> None:
    """Shows that a first worksheet without its id, and a range without its start, are read from 0."""
    grid = grid_of({"rowData": [{"values": [cell("a"), {}, cell("c")]}, {}, {"values": [{}, cell("b3")]}]})
    assert grid == Grid(0, "A", [["a", None, "c"], [], [None, "b3"]])
    assert (grid.width, grid.value(3, 2), grid.value(2, 2), grid.value(0, 1), grid.value(1, 0)) == (
        3,
        "b3",
        *[None] * 3,
    )
    assert (grid.value(1, 4), grid.value(4, 1)) == (None, None)


def test_several_ranges_of_one_worksheet() -> None:
    """Shows that ranges side by side, below one another and overlapping make one grid."""
    grid = grid_of(
        {"startRow": 1, "startColumn": 3, "rowData": [{"values": [cell("d2"), cell("e2")]}]},
        {"rowData": [{"values": [cell("a1")]}, {"values": [cell("a2")]}]},
        {"startColumn": 1, "startRow": 1, "rowData": [{"values": [cell("b2"), cell("c2"), cell("d2")]}]},
        {"startRow": 6},
        {},
    )
    assert grid.rows == [["a1"], ["a2", "b2", "c2", "d2", "e2"]]


def test_notes_and_formats_stand_at_their_cells() -> None:
    """Shows that in each of several ranges notes and number formats are told by row and column, up to the last cell."""

    def dressed(note: str, kind: str = "") -> dict[str, Any]:
        look = {"effectiveFormat": {"numberFormat": {"type": kind}}} if kind else {}
        return look | ({"note": note} if note else {})

    ranges = [
        {"startRow": 1, "startColumn": 3, "rowData": [{"values": [dressed("d2"), dressed("", "DATE")]}]},
        {"rowData": [{"values": [dressed("a1", "TIME"), dressed("b1")]}, {}]},
    ]
    answer = {"sheets": [{"properties": {"title": "A"}, "data": ranges}]}
    plain = snapshot_of(answer)
    whole = snapshot_of(answer, forms=True, notes=True)
    grid = whole.grids[0]
    assert grid.notes == {(2, 4): "d2", (1, 1): "a1", (1, 2): "b1"}
    assert (grid.note(2, 4), grid.note(2, 3), plain.grids[0].note(2, 4)) == ("d2", "", "")
    places = [(1, 1), (1, 2), (2, 4), (2, 5), (2, 6), (3, 1)]
    assert [grid.form(*place) for place in places] == [("TIME", ""), PLAIN, PLAIN, ("DATE", ""), PLAIN, PLAIN]
    assert plain.grids[0].form(1, 1) is None
    assert (whole.tells_forms, whole.tells_notes, plain.tells_forms, plain.tells_notes) == (True, True, False, False)


def test_worksheets_without_cells_are_left_out() -> None:
    """Shows that a chart's worksheet is none, and an empty one is one."""
    sheets = [
        {"properties": {"title": "Chart", "sheetId": 1, "sheetType": "OBJECT"}},
        {"properties": {"title": "Linked", "sheetId": 2, "sheetType": "DATA_SOURCE"}},
        {"properties": {"title": "Empty", "sheetId": 3, "sheetType": "GRID"}, "data": [{}]},
        {"properties": {"title": "Bare", "sheetId": 4}},
    ]
    assert snapshot_of({"sheets": sheets}).grids == {3: Grid(3, "Empty", []), 4: Grid(4, "Bare", [])}
    assert snapshot_of({}) == Snapshot({}, {})


def test_a_format_or_a_spilled_value_is_nothing_entered() -> None:
    """Shows that cells which only look like something, or which a formula elsewhere fills, hold nothing."""
    spilled = {"effectiveValue": {"stringValue": "from A1"}, "userEnteredValue": {}}
    assert grid_of({"rowData": [{"values": [spilled, {"note": "x"}]}, {"values": [{}]}]}).rows == []


VALUES = st.sampled_from([None, 1.0, "x"])


@given(rows=st.lists(st.lists(VALUES, max_size=4), max_size=5))
def test_trimming_takes_blanks_from_the_ends_only(rows: list[list[Any]]) -> None:
    """Shows that trimming loses no value and moves none, and leaves nothing to trim."""
    held = {(row, column): value for row, values in enumerate(rows) for column, value in enumerate(values) if value}
    cut = trimmed([list(row) for row in rows])
    assert {
        (row, column): value for row, values in enumerate(cut) for column, value in enumerate(values) if value
    } == held
    assert all(row[-1] is not None for row in cut if row)
    assert not cut or cut[-1]
    assert trimmed([list(row) for row in cut]) == cut


def spreadsheet() -> Spreadsheet:
    """Make a spreadsheet with a mark and a second worksheet."""
    made = Spreadsheet("1Snap", "Plan")
    made.enter("Sheet1", [["ID", "Progress"], ["KR-1", 0.5]])
    made.type("Sheet1", "C2", "=B2*2")
    made.add_sheet("Notes")
    made.name("Sheet1", "B1", "_ss_okr_progress")
    return made


def revision(made: Spreadsheet, fields: str = AFTERWARDS) -> str:
    """Give the revision of a spreadsheet as it stands."""
    return snapshot_of(made.resource(fields=fields)).revision


def test_the_revision_is_that_of_either_mask() -> None:
    """Shows that a reading and a look afterwards agree about a spreadsheet that nobody touched."""
    made = spreadsheet()
    assert revision(made, FIELDS) == revision(made)


def test_the_revision_tells_every_edit() -> None:
    """Shows that each edit gives another revision, and taking it back the first one."""
    made = spreadsheet()
    seen = {revision(made)}
    first = revision(made)
    made.type("Sheet1", "A3", "x")
    seen.add(revision(made))
    made.type("Sheet1", "A3", "'1")
    seen.add(revision(made))
    made.type("Sheet1", "A3", "1")
    seen.add(revision(made))
    made.type("Sheet1", "A3", "")
    assert revision(made) == first
    made.type("Sheet1", "C2", "=B2*3")
    seen.add(revision(made))
    made.name("Sheet1", "A1", "_ss_okr_score")
    seen.add(revision(made))
    made.book.named_ranges[-1]["range"]["startColumnIndex"] = 2
    made.book.named_ranges[-1]["range"]["endColumnIndex"] = 3
    seen.add(revision(made))
    made.insert_columns("Sheet1", 1)
    seen.add(revision(made))
    made.rename_sheet("Notes", "Notes 2")
    seen.add(revision(made))
    made.delete_sheet("Notes 2")
    seen.add(revision(made))
    assert len(seen) == 10
