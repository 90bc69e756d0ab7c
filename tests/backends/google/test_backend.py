"""The backend over HTTP: what is sent, what is done about faults, and what other people do meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date
from pathlib import Path

import pytest

from sheetsync.backends.google.backend import TRIES, GoogleBackend
from sheetsync.backends.google.refusals import Ambiguous, Throttled
from sheetsync.errors import AccessDenied, ReadRefused, VerifyFailed, WorkbookChanged, WriteRefused
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Changes, ColumnAddition, Disturbance, TableAnchor
from tests.backends.google.connecting import Connecting
from tests.sheets_server import faults
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

WRITE = "sheets.spreadsheets.batchUpdate"
ANCHOR = TableAnchor("OKR", 2, 6, (1, 2))
OURS = ("F", "G")


class Desk:
    """One spreadsheet with a table of four key results, of which Progress (F) and Status (G) are ours."""

    def __init__(self, server: SheetsServer, folder: Path) -> None:
        self.server, self.journal = server, folder / "state" / "journal"
        self.sheet = server.add(Spreadsheet("1Desk_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "Desk"))
        self.sheet.rename_sheet("Sheet1", "OKR")
        self.sheet.enter(
            "OKR", [["Plan of the year"], ["ID", "Key result", "Owner", "Target", "Current", "Progress", "Status"]]
        )
        rows = [[f"KR-{n}", f"Result {n}", "Lan", 100.0 + n, 10.0 * n, n / 100, f"old {n}"] for n in range(1, 5)]
        self.sheet.enter("OKR", rows, at="A3")
        self.sheet.name("OKR", "F2", "_ss_okr_progress")
        self.sheet.name("OKR", "G2", "_ss_okr_status")
        self.connecting = Connecting(server, folder)

    def backend(self, worksheets: Sequence[str] = ()) -> GoogleBackend:
        """Give a backend with a memory of its own, as a process has."""
        return self.connecting.backend(self.sheet, self.journal, worksheets)

    def before_write(self, work: Callable[[], object], *, number: int = 1) -> None:
        """Let other people work right before the so-manyth write."""
        seen = 0

        def look(_: int, request: object) -> None:
            nonlocal seen
            if getattr(request, "operation", "") == WRITE:
                seen += 1
                if seen == number:
                    work()

        self.server.on_request(look)

    def column(self, letter: str, first: int = 2, last: int = 6) -> list[object]:
        """Give what stands in some rows of a column."""
        return [self.sheet.value("OKR", f"{letter}{row}") for row in range(first, last + 1)]


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Desk]:
    """Give the spreadsheet at the stand-in."""
    made = Desk(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def update(place: str, before: CellValue, after: CellValue, form: str = "text") -> CellUpdate:
    """Make an update of a cell of the OKR sheet."""
    return CellUpdate("OKR", int(place[1:]), ord(place[0]) - 64, before, after, form)


def night(*, rows: Sequence[int] = (1, 2, 3, 4)) -> Changes:
    """Make the changes of a night: Progress and Status of each key result."""
    cells = []
    for n in rows:
        cells += [update(f"F{n + 2}", n / 100, 0.5 + n / 100), update(f"G{n + 2}", f"old {n}", f"new {n}")]
    return Changes(cells=tuple(cells), anchors=(ANCHOR,))


def applied(desk: Desk, changes: Changes) -> tuple[Disturbance, ...]:
    """Read and write, and give the cells that were hit."""
    backend = desk.backend()
    return backend.apply(changes, backend.read().revision).disturbed


def addition(concept: str, column: int, row: int = 2, last: int = 6, table: str = "okr") -> ColumnAddition:
    """Make a new column at the right of the table."""
    return ColumnAddition(CellRef("OKR", row, column), concept.title(), table, concept, "percent", 10, last)


# --- marks whose name Google keeps --------------------------------------------------------------------------------


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


# --- other people between the read and the write --------------------------------------------------------------------


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


# --- number formats ---------------------------------------------------------------------------------------------------


def form_of(desk: Desk, place: str) -> str | None:
    """Give the number format that a cell wears."""
    told = desk.sheet.resource(ranges=[f"OKR!{place}"], fields="sheets.data.rowData.values.userEnteredFormat")
    (cell,) = told["sheets"][0]["data"][0].get("rowData", [{}])[0].get("values", [{}])
    form = cell.get("userEnteredFormat", {}).get("numberFormat")
    return form and f"{form['type']} {form.get('pattern', '')}".strip()


def dress(desk: Desk, area: tuple[int, int, int, int], form: dict[str, str]) -> None:
    """Let a user give an area (rows and columns, from 0, ends excluded) a number format."""
    top, bottom, left, right = area
    place = {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }
    cell = {"userEnteredFormat": {"numberFormat": form}}
    desk.sheet.batch_update(
        {"requests": [{"repeatCell": {"range": place, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}]}
    )


def test_a_date_in_a_plain_cell_gets_a_format(desk: Desk) -> None:
    """Shows that a cell without a format gets the one that its value needs, and one that has a fitting one keeps it."""
    dress(desk, (2, 3, 6, 7), {"type": "DATE", "pattern": "dd/mm"})
    cells = [update(f"G{row}", f"old {row - 2}", date(2026, 11, 20), "date") for row in (3, 4)]
    applied(desk, Changes(cells=(*cells, update("F3", 0.01, 0.5, "percent")), anchors=(ANCHOR,)))
    assert [form_of(desk, place) for place in ("G3", "G4", "F3", "G5")] == ["DATE dd/mm", "DATE", "PERCENT 0%", None]
    assert desk.backend().read().sheet("OKR").value(4, 7) == date(2026, 11, 20)


def test_a_hit_cell_gets_its_number_format_back(desk: Desk) -> None:
    """Shows that a user's cell that was hit is shown as before: with its own format, or with none."""
    dress(desk, (2, 4, 4, 5), {"type": "CURRENCY", "pattern": "#,##0 ₫"})
    dress(desk, (2, 3, 5, 6), {"type": "PERCENT", "pattern": "0.0%"})
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 4))
    cells = [update(f"F{n + 2}", n / 100, 0.5 + n / 100, "percent") for n in range(1, 5)]
    assert applied(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,)))
    assert desk.column("F", 3) == [10, 20, 30, 40]
    assert [form_of(desk, f"F{row}") for row in range(3, 7)] == ["CURRENCY #,##0 ₫", "CURRENCY #,##0 ₫", None, None]
    assert [form_of(desk, f"G{row}") for row in range(3, 7)] == ["PERCENT 0.0%", *["PERCENT 0%"] * 3]


def test_a_hit_cell_that_held_the_same_value_gets_its_format_back(desk: Desk) -> None:
    """Shows that the format is put back even where the value happened to be the same."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 4))
    cells = [update(f"F{n + 2}", n / 100, 10.0 * n, "percent") for n in range(1, 5)]
    assert len(applied(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,)))) == 4
    assert [form_of(desk, f"F{row}") for row in range(3, 7)] == [None] * 4
    assert [form_of(desk, f"G{row}") for row in range(3, 7)] == ["PERCENT 0%"] * 4


def test_a_killed_run_gives_formats_back_too(desk: Desk) -> None:
    """Shows that the next run puts back number formats as well, from what was stored before the write."""
    dress(desk, (2, 4, 4, 5), {"type": "CURRENCY", "pattern": "#,##0 ₫"})
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 4))
    cells = [update(f"F{n + 2}", n / 100, 0.5 + n / 100, "percent") for n in range(1, 5)]
    killed(desk, Changes(cells=tuple(cells), anchors=(ANCHOR,)))
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]
    assert len(desk.backend().read().disturbed) == 4
    assert desk.column("F", 3) == [10, 20, 30, 40]
    assert [form_of(desk, f"F{row}") for row in range(3, 7)] == ["CURRENCY #,##0 ₫", "CURRENCY #,##0 ₫", None, None]


class Killed(BaseException):
    """The process dies here."""


def killed(desk: Desk, changes: Changes) -> None:
    """Write, and die before the answer can be looked at."""
    backend = desk.backend()
    revision = backend.read().revision
    client = desk.connecting.open[-1]
    send = client.batch_update_raw

    def die(*args: object, **kwargs: object) -> object:
        send(*args, **kwargs)  # type: ignore[arg-type]
        raise Killed

    client.batch_update_raw = die  # type: ignore[assignment,method-assign]
    with pytest.raises(Killed):
        backend.apply(changes, revision)
    assert desk.journal.exists()


# --- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("applied_all_the_same", [True, False])
@pytest.mark.parametrize("kind", ["status", "reset", "truncated", "html"])
def test_an_unsure_write_is_looked_at(desk: Desk, kind: str, applied_all_the_same: bool) -> None:
    """Shows that a write whose answer got lost is sent again only where looking shows that it was not made."""
    fault = {
        "status": faults.status(503, applied=applied_all_the_same),
        "reset": faults.reset(applied=applied_all_the_same),
        "truncated": faults.truncated(applied=applied_all_the_same),
        "html": faults.html(applied=applied_all_the_same),
    }[kind]
    desk.server.fail(fault, on="batchUpdate")
    assert applied(desk, night()) == ()
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]
    assert (desk.server.reads, desk.server.writes) == (2, 1 if applied_all_the_same else 2)
    assert not desk.journal.exists()


def test_a_throttled_write_waits_as_long_as_google_says(desk: Desk) -> None:
    """Shows that a 429 is waited for, looked after, and tried again."""
    desk.server.fail(faults.throttled("write", retry_after=17), on="batchUpdate")
    assert applied(desk, night()) == ()
    assert desk.connecting.waits == [pytest.approx(17, abs=3)]
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]


def test_a_write_that_was_never_made_leaves_no_journal(desk: Desk) -> None:
    """Shows that where Google certainly took nothing, the next run has nothing to look for."""
    desk.server.fail(faults.throttled("write"), on="batchUpdate", times=TRIES)
    with pytest.raises(Throttled):
        applied(desk, night())
    assert desk.server.writes == TRIES
    assert not desk.journal.exists()


def test_a_write_that_may_have_been_made_leaves_a_journal(desk: Desk) -> None:
    """Shows that where nobody knows to the last, the next run looks; and that one unsure attempt is enough for that."""
    desk.server.fail(
        *[faults.throttled("write")] * 2, faults.status(500), *[faults.throttled("write")] * 2, on="batchUpdate"
    )
    with pytest.raises(Throttled):
        applied(desk, night())
    assert desk.journal.exists()
    desk.server.fail(faults.status(500), on="batchUpdate", times=TRIES)
    with pytest.raises(Ambiguous):
        applied(desk, night())
    assert desk.journal.exists()
    assert desk.backend().read().disturbed == ()
    assert not desk.journal.exists()
    assert desk.column("F", 3) == [0.01, 0.02, 0.03, 0.04]


def test_an_edit_between_two_attempts_ends_the_run(desk: Desk) -> None:
    """Shows that a write is never sent again to a spreadsheet which somebody has changed since it was read."""
    desk.server.fail(faults.throttled("write"), on="batchUpdate")
    desk.before_write(lambda: desk.sheet.type("OKR", "C3", "Bảo"))
    with pytest.raises(WorkbookChanged):
        applied(desk, night())
    assert desk.server.writes == 1
    assert not desk.journal.exists()


def test_a_refused_write_tells_why(desk: Desk) -> None:
    """Shows that what Google refuses comes through as it is, with nothing written and no journal."""
    desk.server.fail(faults.forbidden("not_shared"), on="batchUpdate")
    with pytest.raises(AccessDenied) as caught:
        applied(desk, night())
    assert caught.value.key == "google.view_only"
    assert not desk.journal.exists()
    backend = desk.backend()
    revision = backend.read().revision
    desk.sheet.protect("OKR", "F1:F9", editors=["somebody@example.com"])
    with pytest.raises(WriteRefused) as refused:
        backend.apply(night(), revision)
    assert refused.value.key == "google.protected"
    assert not desk.journal.exists()
    assert desk.column("F", 3) == [0.01, 0.02, 0.03, 0.04]


def test_a_refused_repair_is_left_to_the_next_run(desk: Desk) -> None:
    """Shows that a repair which Google refuses is not forgotten: the next run puts the users' cells back."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5))
    desk.server.fail(faults.throttled("write"), on="batchUpdate", at=3, times=TRIES)
    with pytest.raises(Throttled) as caught:
        applied(desk, night())
    assert len(caught.value.disturbed) == 4
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]
    assert len(desk.backend().read().disturbed) == 4
    assert desk.column("F", 3) == [10, 20, 30, 40]
    assert not desk.journal.exists()


def test_an_answer_without_the_spreadsheet_is_no_answer(desk: Desk) -> None:
    """Shows that a success which does not say what stands there now is looked at, as any unsure write."""
    backend = desk.backend()
    revision = backend.read().revision
    client = desk.connecting.open[-1]
    send = client.batch_update_raw
    answers: list[dict[str, object]] = [{}]

    def bare(*args: object, **kwargs: object) -> object:
        made = send(*args, **kwargs)  # type: ignore[arg-type]
        return answers.pop() if answers else made

    client.batch_update_raw = bare  # type: ignore[assignment,method-assign]
    assert backend.apply(night(), revision).cells == 8
    assert (desk.server.reads, desk.server.writes) == (2, 1)


def test_a_full_disk_stops_the_write_before_it_is_sent(desk: Desk) -> None:
    """Shows that nothing is written where the state before it cannot be stored."""
    desk.journal.parent.write_text("a file where the folder should be")
    with pytest.raises(AccessDenied) as caught:
        applied(desk, night())
    assert caught.value.key == "state_folder"
    assert desk.server.writes == 0


# --- parts of a spreadsheet, and new columns --------------------------------------------------------------------------


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


def test_new_columns_while_rows_move(desk: Desk) -> None:
    """Shows that a mark and a header which landed in the wrong row are put into the row of the header."""
    desk.before_write(lambda: desk.sheet.insert_rows("OKR", 1, 2))
    cells = tuple(update(f"H{n + 2}", None, f"because {n}") for n in range(1, 5))
    hit = applied(desk, Changes((addition("why", 8),), cells, (ANCHOR,)))
    assert hit == ()
    assert desk.column("H", 1, 8) == [None, None, None, "Why", *[f"because {n}" for n in range(1, 5)]]
    assert desk.sheet.named("_ss_okr_why") == "'OKR'!H4"
    assert desk.backend().read().marks[-1].header == CellRef("OKR", 4, 8)


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
