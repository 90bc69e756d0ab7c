"""Notes in a spreadsheet that other people rebuild meanwhile: none of theirs is lost, and ours arrive at their rows."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from sheetsync.backends.google.journal import Journal
from sheetsync.workbook import CellUpdate, Changes, NoteUpdate
from tests.backends.google.desk import ANCHOR, WRITE, Desk, addition, applied, killed, night, update
from tests.sheets_server import faults
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Desk]:
    """Give the spreadsheet at the stand-in."""
    made = Desk(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def note(row: int, after: str, before: str = "", column: int = 7) -> NoteUpdate:
    """Make the update of a note, as a rule in the column Status."""
    return NoteUpdate("OKR", row, column, before, after)


def annotate(desk: Desk, row: int, column: int, text: str) -> None:
    """Let a user write a note."""
    place = {"sheetId": 0, "rowIndex": row - 1, "columnIndex": column - 1}
    desk.sheet.batch_update(
        {"requests": [{"updateCells": {"start": place, "fields": "note", "rows": [{"values": [{"note": text}]}]}}]}
    )


def notes(desk: Desk) -> dict[tuple[int, int], str]:
    """Give every note of the worksheet."""
    return dict(desk.backend().read().sheet("OKR").notes)


def writes(desk: Desk) -> list[list[str]]:
    """Let the server note which fields the cells of each later write name."""
    seen: list[list[str]] = []

    def look(_: int, request: object) -> None:
        if getattr(request, "operation", "") == WRITE:
            told = json.loads(getattr(request, "raw", b"{}"))["requests"]
            seen.append(sorted(one["updateCells"]["fields"] for one in told if "updateCells" in one))

    desk.server.on_request(look)
    return seen


def test_values_and_notes_are_one_write(desk: Desk) -> None:
    """Shows that one request writes both, that a note alone leaves the value of its cell out, and nothing is asked."""
    seen = writes(desk)
    changes = Changes(cells=(update("G3", "old 1", "new 1"),), notes=(note(3, "a"), note(4, "b")), anchors=(ANCHOR,))
    assert applied(desk, changes) == ()
    assert seen == [["note", "userEnteredValue,note"]]
    assert notes(desk) == {(3, 7): "a", (4, 7): "b"}
    assert desk.column("G", 3) == ["new 1", "old 2", "old 3", "old 4"]


def test_notes_follow_their_rows(desk: Desk) -> None:
    """Shows that after a row was inserted each note stands at its own key result, and the user's note is back."""
    annotate(desk, 6, 7, "of a user")
    desk.before_write(lambda: desk.sheet.insert_rows("OKR", 3))
    changes = night()._replace(notes=(note(4, "two"), note(5, "three")))
    assert applied(desk, changes) == ()
    assert notes(desk) == {(5, 7): "two", (6, 7): "three", (7, 7): "of a user"}
    assert desk.column("G", 4, 7) == ["new 1", "new 2", "new 3", "new 4"]


def test_a_note_alone_follows_its_row(desk: Desk) -> None:
    """Shows the same where no value is written, among which a moved row would have been noticed."""
    desk.before_write(lambda: desk.sheet.insert_rows("OKR", 3))
    assert applied(desk, Changes(notes=(note(4, "two"),), anchors=(ANCHOR,))) == ()
    assert notes(desk) == {(5, 7): "two"}
    assert desk.column("G", 4, 7) == ["old 1", "old 2", "old 3", "old 4"]


@pytest.mark.parametrize(("theirs", "ours"), [("", ""), ("of a user", "old")])
def test_a_note_of_the_users_that_was_hit_comes_back(desk: Desk, theirs: str, ours: str) -> None:
    """Shows that a cell of the user's that stood in the way gets its note back, or none, and that it is told."""
    for column, text in ((5, theirs), (6, ours)):
        annotate(desk, 4, column, text)
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 1))
    (hit,) = applied(desk, Changes(notes=(note(4, "two", ours, 6),), anchors=(ANCHOR,)))
    assert (hit.cell.a1, hit.certain) == ("F4", True)
    assert notes(desk) == {(4, 7): "two"} | ({(4, 6): theirs} if theirs else {})


def test_taking_a_note_away_takes_no_other(desk: Desk) -> None:
    """Shows that a note of the user's is put back that was taken away because a column came in between."""
    annotate(desk, 4, 6, "ours")
    annotate(desk, 4, 5, "of a user")
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 1))
    assert len(applied(desk, Changes(notes=(note(4, "", "ours", 6),), anchors=(ANCHOR,)))) == 1
    assert notes(desk) == {(4, 6): "of a user"}


def test_a_note_that_somebody_writes_meanwhile_stays(desk: Desk) -> None:
    """Shows that a note elsewhere, written between the read and the write, is not taken for a disturbance."""
    desk.before_write(lambda: annotate(desk, 3, 2, "just now"))
    assert applied(desk, Changes(notes=(note(4, "two"),), anchors=(ANCHOR,))) == ()
    assert notes(desk) == {(3, 2): "just now", (4, 7): "two"}


def test_the_run_after_a_killed_one_gives_notes_back(desk: Desk) -> None:
    """Shows that the next run finds in the journal which note stood on a cell of the user's that was hit."""
    annotate(desk, 4, 5, "of a user")
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 1))
    killed(desk, Changes(notes=(note(4, "two", column=6),), anchors=(ANCHOR,)))
    hit = desk.backend().read().disturbed
    assert [one.cell.a1 for one in hit] == ["F4"]
    assert notes(desk)[4, 6] == "of a user"
    assert Journal(desk.journal).pending() == []
    assert desk.column("F", 3) == [10, 20, 30, 40]


def test_the_journal_keeps_notes(desk: Desk) -> None:
    """Shows that what was stored of a write with notes is told again as it was."""
    annotate(desk, 3, 2, "of a user")
    killed(desk, Changes(notes=(note(4, "two"),), anchors=(ANCHOR,)))
    (entry,) = Journal(desk.journal).pending()
    assert entry.before.grids[0].notes == {(3, 2): "of a user"}
    assert [(put.row, put.column, put.note) for put in entry.puts] == [(4, 7, "two")]


@pytest.mark.parametrize("made", [True, False])
@pytest.mark.parametrize("cells", [(), (update("G3", "old 1", "new 1"),)], ids=["alone", "with a value"])
def test_a_note_of_which_nobody_knows_is_written_once(desk: Desk, cells: tuple[CellUpdate, ...], made: bool) -> None:
    """Shows that after an answer was lost the note is looked for too, and written again only where it is not there."""
    seen = writes(desk)
    desk.server.fail(faults.status(503, applied=made), on=WRITE)
    assert applied(desk, Changes(cells=cells, notes=(note(4, "two"),), anchors=(ANCHOR,))) == ()
    assert notes(desk) == {(4, 7): "two"}
    assert len(seen) == (1 if made else 2)
    assert not desk.journal.exists()


def test_a_note_for_a_row_that_is_gone_is_written_nowhere(desk: Desk) -> None:
    """Shows that a note whose row was deleted meanwhile leaves no trace beside another, and stops no other."""
    annotate(desk, 6, 7, "of a user")
    desk.before_write(lambda: desk.sheet.delete_rows("OKR", 4))
    assert applied(desk, Changes(notes=(note(4, "two"), note(5, "three")), anchors=(ANCHOR,))) == ()
    assert notes(desk) == {(4, 7): "three", (5, 7): "of a user"}


def test_a_note_for_a_column_that_is_gone_is_written_nowhere(desk: Desk) -> None:
    """Shows the same of a column of ours that somebody deleted; what stands in its place gets its notes back."""
    desk.sheet.type("OKR", "H2", "Remark")
    annotate(desk, 5, 8, "of a user")
    desk.before_write(lambda: desk.sheet.delete_columns("OKR", 7))
    hit = applied(desk, Changes(notes=(note(4, "two"), note(5, "three")), anchors=(ANCHOR,)))
    assert notes(desk) == {(5, 7): "of a user"}
    assert {one.cell.a1 for one in hit} == {"G4", "G5"}


def test_a_note_in_a_column_that_came_in_between_is_taken_away(desk: Desk) -> None:
    """Shows that a cell which did not exist before ends without a note, and is told as one of which nobody knows."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 7))
    hit = applied(desk, Changes(notes=(note(4, "two"), note(6, "four")), anchors=(ANCHOR,)))
    assert notes(desk) == {(4, 8): "two", (6, 8): "four"}
    assert [(one.cell.a1, one.certain) for one in hit] == [("G4", False), ("G6", False)]


def test_a_note_that_somebody_has_changed_since_stays_with_the_others_put_right(desk: Desk) -> None:
    """Shows that a note which a user wrote over one of ours that went astray is theirs, and that the next is mended."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 1))
    killed(desk, Changes(notes=(note(4, "two", column=6), note(5, "three", column=6)), anchors=(ANCHOR,)))
    annotate(desk, 4, 6, "of a user")
    assert [one.cell.a1 for one in desk.backend().read().disturbed] == ["F5"]
    found = notes(desk)
    assert (found[4, 6], found.get((5, 6))) == ("of a user", None)


def test_notes_of_users_follow_a_new_column(desk: Desk) -> None:
    """Shows that where a column of ours is new, notes at its right are known by where they stand after it."""
    annotate(desk, 4, 7, "of a user")
    desk.before_write(lambda: desk.sheet.insert_rows("OKR", 3))
    column = addition("why", 7)
    changes = Changes((column,), (update("G5", None, "because"),), (ANCHOR,), notes=(note(4, "two", column=7),))
    desk.sheet.book.named_ranges[:] = [one for one in desk.sheet.book.named_ranges if "status" not in one["name"]]
    desk.sheet.insert_columns("OKR", 7)
    annotate(desk, 5, 9, "further right")
    assert applied(desk, changes) == ()
    assert notes(desk) == {(5, 7): "two", (5, 9): "of a user", (6, 10): "further right"}
