"""The backend over HTTP: what is sent, and what other people do meanwhile."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from sheetsync.backends.google.backend import GoogleBackend
from sheetsync.errors import ReadRefused, VerifyFailed, WorkbookChanged
from sheetsync.workbook import CellRef, CellUpdate, Changes
from tests.backends.google.desk import ANCHOR, Desk, addition, applied, killed, night, update
from tests.sheets_server import faults
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Desk]:
    """Give the spreadsheet at the stand-in."""
    made = Desk(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def test_a_column_that_was_deleted_can_be_made_anew(desk: Desk) -> None:
    """Shows that the name of a deleted column's mark, which Google never gives again, is no obstacle, twice over."""
    for time in (1, 2):
        desk.sheet.delete_columns("OKR", 7)
        backend = desk.backend()
        workbook = backend.read()
        assert [mark.concept for mark in workbook.marks] == ["progress"]
        backend.apply(Changes(columns=(addition("status", 7),), anchors=(ANCHOR,)), workbook.revision)
        workbook = backend.read()
        assert {mark.concept: mark.header for mark in workbook.marks}["status"] == CellRef("OKR", 2, 7)
        assert desk.sheet.named(f"_ss_okr_status__{time + 1}") == "'OKR'!G2"
        assert not desk.journal.exists()


def test_a_quiet_write_takes_two_requests(desk: Desk) -> None:
    """Shows that reading and writing are one request each, and that the journal does not outlive the write."""
    assert applied(desk, night()) == ()
    assert (desk.server.reads, desk.server.writes, desk.journal.exists()) == (1, 1, False)
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]


def test_a_hit_cell_gets_back_what_stood_in_it(desk: Desk) -> None:
    """Shows that when a column was inserted meanwhile, the user's cells that were hit are put back, and told once."""
    desk.sheet.type("OKR", "E5", "=D5-1")
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5))
    hit = applied(desk, night())
    assert desk.column("F") == ["Current", 10, 20, 102, 40]
    assert desk.sheet.entered("OKR", "F5") == {"formulaValue": "=D5-1"}
    assert desk.column("G", 3) == [0.51, 0.52, 0.53, 0.54]
    assert desk.column("H", 3) == [f"new {n}" for n in range(1, 5)]
    assert [(one.cell.a1, one.restored) for one in hit] == [("F3", 10.0), ("F4", 20.0), ("F5", "=D5-1"), ("F6", 40.0)]
    assert all(one.certain for one in hit)
    assert (desk.server.writes, desk.journal.exists()) == (2, False)


def test_a_row_and_a_column_that_are_gone_hide_no_other(desk: Desk) -> None:
    """Shows that values for the cells that are still there arrive, whatever became of those named before them."""
    desk.sheet.enter("OKR", [["Total"]], at="A7")

    def rebuild() -> None:
        desk.sheet.delete_rows("OKR", 3)
        desk.sheet.delete_columns("OKR", 6)
        desk.sheet.insert_rows("OKR", 1, 3)

    desk.before_write(rebuild)
    with pytest.raises(WorkbookChanged):
        applied(desk, night())
    assert desk.column("A", 6, 9) == ["KR-2", "KR-3", "KR-4", "Total"]
    assert desk.column("F", 5, 9) == ["Status", "new 2", "new 3", "new 4", None]
    assert desk.column("G", 3, 9) == [None] * 7


@pytest.mark.parametrize("row", [3, 4, 6])
@pytest.mark.parametrize("below", [True, False])
def test_a_row_that_was_deleted_meanwhile(desk: Desk, row: int, below: bool) -> None:
    """Shows that the values of a row which is gone stay nowhere; where nothing tells that it is, the run plans anew."""
    if below:
        desk.sheet.enter("OKR", [["Total"]], at="A7")
    desk.before_write(lambda: desk.sheet.delete_rows("OKR", row))
    if below:
        assert [(one.cell.a1, one.restored) for one in applied(desk, night())] == [("F6", None), ("G6", None)]
    else:
        with pytest.raises(WorkbookChanged):
            applied(desk, night())
    left = [n for n in range(1, 5) if n + 2 != row]
    assert desk.column("A", 3) == [*[f"KR-{n}" for n in left], "Total" if below else None]
    assert desk.column("F", 3) == [*[0.5 + n / 100 for n in left], None]
    assert desk.column("G", 3) == [*[f"new {n}" for n in left], None]
    assert (desk.server.writes, desk.journal.exists()) == (2, False)


def test_hit_cells_are_put_back_even_where_a_row_cannot_be_found(desk: Desk) -> None:
    """Shows that a row which nobody can find again ends the write, but not before the users' cells are put back."""

    def rebuild() -> None:
        desk.sheet.insert_columns("OKR", 5)
        desk.sheet.enter("OKR", [["other", "all", "of", 1.5, 2.5, 3.5, "it"]], at="A5")
        desk.sheet.move_rows("OKR", 5, 1, 3)

    desk.before_write(rebuild)
    with pytest.raises(WorkbookChanged) as caught:
        applied(desk, night())
    assert desk.column("F") == ["Current", None, 10, 20, 40]
    told = [(one.cell.a1, one.restored, one.certain) for one in caught.value.disturbed]
    assert told == [("F3", None, False), ("F4", 10.0, True), ("F5", 20.0, True), ("F6", 40.0, True)]
    assert desk.column("G", 4) == [0.51, 0.52, 0.54]
    assert not desk.journal.exists()


def test_a_repair_that_is_disturbed_in_its_turn(desk: Desk) -> None:
    """Shows that repairs may be disturbed too, and that each cell is told once however often it was hit."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5))
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 1), number=2)
    hit = applied(desk, night())
    assert desk.column("G") == ["Current", 10, 20, 30, 40]
    assert desk.column("H", 3) == [0.51, 0.52, 0.53, 0.54]
    assert desk.column("I", 3) == [f"new {n}" for n in range(1, 5)]
    assert [one.restored for one in hit if one.restored is not None] == [10.0, 20.0, 30.0, 40.0]


def test_rows_that_keep_moving_end_the_run(desk: Desk) -> None:
    """Shows that after three repairs the run gives up, names cells, and leaves the rest to the next run."""
    for number in range(1, 6):
        desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5), number=number)
    with pytest.raises(VerifyFailed) as caught:
        applied(desk, night())
    assert caught.value.disturbed
    told = caught.value.params["count"], caught.value.params["cells"]
    assert told == (16, "OKR!H3, OKR!H4, OKR!H5, OKR!H6, OKR!I3")
    assert desk.server.writes == 4
    assert desk.journal.exists()
    desk.server.service.callbacks.clear()
    desk.backend().read()
    titles = desk.sheet.rows("OKR")[1]
    current, target = titles.index("Current"), titles.index("Target")
    rows = desk.sheet.rows("OKR")[2:6]
    assert [[row[target], row[current]] for row in rows] == [[100.0 + n, 10.0 * n] for n in range(1, 5)]
    assert not desk.journal.exists()


def test_a_worksheet_that_was_deleted_meanwhile(desk: Desk) -> None:
    """Shows that a worksheet which is gone when its values arrive is a change, not a crash; nothing else is hit."""
    desk.sheet.add_sheet("Other")
    desk.before_write(lambda: desk.sheet.delete_sheet("OKR"))
    with pytest.raises(WorkbookChanged):
        applied(desk, night())
    assert not desk.journal.exists()


@pytest.mark.parametrize("marked", [True, False])
def test_a_worksheet_that_was_deleted_while_nobody_could_tell(desk: Desk, marked: bool) -> None:
    """Shows that looking after an unsure write bears a worksheet which is gone, be there marks of ours on it or not."""
    desk.sheet.add_sheet("Other")
    if not marked:
        desk.sheet.book.named_ranges.clear()
    backend = desk.backend()
    workbook = backend.read()
    desk.server.fail(faults.status(503), on="batchUpdate")
    desk.before_write(lambda: desk.sheet.delete_sheet("OKR"))
    with pytest.raises(WorkbookChanged):
        backend.apply(night(), workbook.revision)
    assert desk.backend().read().disturbed == ()
    assert not desk.journal.exists()


@pytest.mark.parametrize(("gone", "left"), [("F", "new 1"), ("G", 0.51), ("FG", None)])
@pytest.mark.parametrize("dead", [True, False])
def test_a_computed_column_that_was_deleted_meanwhile(desk: Desk, gone: str, left: object, dead: bool) -> None:
    """Shows that values for a column which is gone stay nowhere: not in the blank column that came into its place."""
    desk.before_write(lambda: desk.sheet.delete_columns("OKR", ord(gone[0]) - 64, len(gone)))
    if dead:
        killed(desk, night())
        hit = desk.backend().read().disturbed
    else:
        hit = applied(desk, night())
        assert {one.cell.a1[0] for one in hit} == ({"F", "G"} if gone == "FG" else {"G"})
    assert (desk.column("F", 3)[0], desk.column("G", 3)) == (left, [None] * 4)
    assert desk.column("E", 3) == [10, 20, 30, 40]
    assert not any(one.certain for one in hit)
    assert not desk.journal.exists()


@pytest.mark.parametrize("rows", [1, 2])
def test_a_header_that_was_deleted_meanwhile_leaves_its_columns(desk: Desk, rows: int) -> None:
    """Shows that columns of ours whose header row is gone, and their marks with it, are still ours: nothing is told."""
    desk.before_write(lambda: desk.sheet.delete_rows("OKR", 3 - rows, rows))
    desk.sheet.enter("OKR", [["Total"]], at="A7")
    hit = applied(desk, night())
    first = 3 - rows
    assert desk.column("A", first, first + 4) == ["KR-1", "KR-2", "KR-3", "KR-4", "Total"]
    assert desk.column("E", first, first + 4) == [10, 20, 30, 40, None]
    assert desk.column("F", first, first + 4) == [0.51, 0.52, 0.53, 0.54, None]
    assert {one.cell.row for one in hit} <= {first + 4, 6}


def test_only_the_named_worksheets_are_read_and_read_back(desk: Desk) -> None:
    """Shows that a limit to some worksheets holds for reading, for the answer to a write, and for looking again."""
    for title in ("Lan's notes", "Other"):
        desk.sheet.add_sheet(title)
        desk.sheet.enter(title, [["x"]])
    desk.server.fail(faults.status(503, applied=True), on="batchUpdate")
    backend = desk.backend(worksheets=("OKR", "Lan's notes"))
    workbook = backend.read()
    assert [sheet.name for sheet in workbook.sheets] == ["OKR", "Lan's notes"]
    assert backend.apply(night(), workbook.revision).revision == backend.read().revision
    for request in desk.server.requests:
        told = (request.body or {}).get("responseRanges") if not request.reads else request.params["ranges"]
        assert told == ["'OKR'", "'Lan''s notes'"]


def test_an_edit_of_another_worksheet_is_no_change(desk: Desk) -> None:
    """Shows that what happens on worksheets that are not read does not stop a write, nor is it touched."""
    desk.sheet.add_sheet("Other")
    desk.server.fail(faults.throttled("write"), on="batchUpdate")
    desk.before_write(lambda: desk.sheet.type("Other", "A1", "now"))
    backend = desk.backend(worksheets=("OKR",))
    assert backend.apply(night(), backend.read().revision).disturbed == ()
    assert desk.sheet.value("Other", "A1") == "now"


def test_a_worksheet_that_is_not_there(desk: Desk) -> None:
    """Shows that a limit to a worksheet which does not exist says so."""
    with pytest.raises(ReadRefused) as caught:
        desk.backend(worksheets=("OKR", "Gone")).read()
    assert caught.value.key == "google.no_range"


@pytest.mark.parametrize("grid", [7, 8, 26])
def test_new_columns_push_and_never_hit(desk: Desk, grid: int) -> None:
    """Shows that columns beyond the grid's edge are made, and that what stands further right is pushed."""
    if grid < 26:
        desk.sheet.delete_columns("OKR", grid + 1, 26 - grid)
    else:
        desk.sheet.enter("OKR", [["remark"]], at="K4")
        desk.sheet.type("OKR", "L4", "=K4")
    columns = (addition("why", 8), addition("synced", 9))
    cells = (update("H3", None, "since then"), update("I3", None, date(2026, 11, 20), "date"))
    assert applied(desk, Changes(columns, cells, (ANCHOR,))) == ()
    assert desk.sheet.rows("OKR")[1][7:9] == ["Why", "Synced"]
    assert desk.sheet.rows("OKR")[2][7:8] == ["since then"]
    assert desk.backend().read().sheet("OKR").value(3, 9) == date(2026, 11, 20)
    if grid == 26:
        assert desk.sheet.value("OKR", "M4") == "remark"
        assert desk.sheet.entered("OKR", "N4") == {"formulaValue": "=M4"}


@pytest.mark.parametrize("first", [True, False])
def test_new_columns_while_rows_move(desk: Desk, first: bool) -> None:
    """Shows that a mark and a header which landed in the wrong row are put into the row of the header."""
    if first:  # no older mark tells where the header has gone
        desk.sheet.book.named_ranges.clear()
    desk.before_write(lambda: desk.sheet.insert_rows("OKR", 1, 2))
    cells = tuple(update(f"H{n + 2}", None, f"because {n}") for n in range(1, 5))
    hit = applied(desk, Changes((addition("why", 8),), cells, (ANCHOR,)))
    assert hit == ()
    assert desk.column("H", 1, 8) == [None, None, None, "Why", *[f"because {n}" for n in range(1, 5)]]
    assert desk.sheet.named("_ss_okr_why") == "'OKR'!H4"
    assert desk.backend().read().marks[-1].header == CellRef("OKR", 4, 8)


@pytest.mark.parametrize("above", [2, 6])
@pytest.mark.parametrize("first", [True, False])
def test_new_columns_of_a_run_that_died_while_rows_moved(desk: Desk, first: bool, above: int) -> None:
    """Shows that the next run puts the mark and the header where they belong, and touches no cell of the users'."""
    if first:
        desk.sheet.book.named_ranges.clear()
    desk.before_write(lambda: desk.sheet.insert_rows("OKR", 1, above))
    cells = tuple(update(f"H{n + 2}", None, f"because {n}") for n in range(1, 5))
    killed(desk, Changes((addition("why", 8),), cells, (ANCHOR,)))
    assert (desk.sheet.named("_ss_okr_why"), desk.sheet.value("OKR", "H2")) == ("'OKR'!H2", "Why")
    backend = desk.backend()
    workbook = backend.read()
    assert (workbook.disturbed, desk.journal.exists()) == ((), False)
    header = 2 + above
    assert desk.sheet.named("_ss_okr_why") == f"'OKR'!H{header}"
    assert desk.column("H", 1, header) == [*[None] * (header - 1), "Why"]
    rows = [[f"KR-{n}", f"Result {n}", "Lan", 100 + n, 10 * n, n / 100, f"old {n}"] for n in range(1, 5)]
    assert [row[:7] for row in desk.sheet.rows("OKR")[header : header + 4]] == rows
    why = next(mark for mark in workbook.marks if mark.concept == "why")
    assert why.header == CellRef("OKR", header, 8)
    stands = workbook.sheet("OKR").value(header + 1, 8)
    fixed = CellUpdate("OKR", header + 1, 8, stands, "because 1")
    assert backend.apply(Changes(cells=(fixed,)), workbook.revision).disturbed == ()
    assert desk.sheet.value("OKR", f"H{header + 1}") == "because 1"


@pytest.mark.parametrize("times", [1, 2])
def test_putting_back_what_a_dead_run_hit_may_be_disturbed_too(desk: Desk, times: int) -> None:
    """Shows that the next run ends with every cell right though columns keep coming in, and reads what stands then."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5))
    killed(desk, night())
    desk.server.service.callbacks.clear()
    for number in range(1, times + 1):
        desk.before_write(lambda: desk.sheet.insert_columns("OKR", 1), number=number)
    workbook = desk.backend().read()
    assert desk.column(chr(ord("F") + times)) == ["Current", 10, 20, 30, 40]
    assert [workbook.sheet("OKR").value(row, 6 + times) for row in range(3, 7)] == [10, 20, 30, 40]
    assert {one.restored for one in workbook.disturbed if one.certain} >= {10.0, 20.0, 30.0, 40.0}
    assert not desk.journal.exists()


@pytest.mark.parametrize("twice", [False, True])
def test_putting_back_follows_rows_that_move_meanwhile(desk: Desk, twice: bool) -> None:
    """Shows that each cell of the users' gets its own back though a row came in, once or before each attempt."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5))
    killed(desk, night())
    desk.server.service.callbacks.clear()
    for number in (1, 2) if twice else (1,):
        desk.before_write(lambda: desk.sheet.insert_rows("OKR", 3), number=number)
    # a new row that was hit, and then moved, cannot be found again
    with pytest.raises(WorkbookChanged) if twice else nullcontext():
        desk.backend().read()
    first = 5 if twice else 4
    assert desk.column("A", 3, first + 3) == [*[None] * (first - 3), "KR-1", "KR-2", "KR-3", "KR-4"]
    assert desk.column("F", 3, first + 4) == [*[None] * (first - 3), 10, 20, 30, 40, None]
    assert not desk.journal.exists()


def test_nothing_to_write_asks_nothing(desk: Desk) -> None:
    """Shows that changes which change nothing cost no request, and that the reading stays good for another write."""
    backend = desk.backend()
    revision = backend.read().revision
    same = Changes(cells=(update("F3", 0.01, 0.01),))
    assert backend.apply(same, revision) == backend.apply(Changes(), revision)
    assert backend.apply(night(), revision).cells == 8
    assert (desk.server.reads, desk.server.writes) == (1, 1)


def test_without_a_journal_a_write_works_as_well(desk: Desk) -> None:
    """Shows that a backend which keeps no journal reads, writes and repairs."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5))
    backend = GoogleBackend(desk.sheet.id, desk.connecting)
    assert len(backend.apply(night(), backend.read().revision).disturbed) == 4
    assert desk.column("F") == ["Current", 10, 20, 30, 40]
    backend.close()
    assert backend.read().disturbed == ()
