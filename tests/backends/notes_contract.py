"""What every backend promises of notes on cells, as part of the one suite."""

from __future__ import annotations

import pytest

from sheetsync.errors import WorkbookChanged
from sheetsync.workbook import CellRef, CellUpdate, Changes, ColumnAddition, NoteUpdate, same_value
from tests.backends.contract import Make, update

TEXT = "RO201: Thực hiện ghi “<nửa> & hơn”.\nHãy sửa lại.\n— sheetsync 00000000"


def note(a1: str, before: str, after: str) -> NoteUpdate:
    """Make the update of a note of the OKR sheet, named by its column letter and row."""
    return NoteUpdate("OKR", int(a1[1:]), ord(a1[0]) - 64, before, after)


class NotesContract:
    """The promises. A subclass gives a fixture ``make`` that makes a fresh backend over the contract's workbook."""

    def test_a_written_note_reads_back(self, make: Make) -> None:
        """Shows that notes come back word by word on their cells, be there a value or not, and no cell changes."""
        backend = make()
        before = backend.read()
        receipt = backend.apply(Changes(notes=(note("E3", "", TEXT), note("E4", "", "x"))), before.revision)
        after = backend.read()
        assert (receipt.cells, receipt.columns, receipt.notes) == (0, 0, 2)
        assert dict(after.sheet("OKR").annotated().texts) == {(3, 5): TEXT, (4, 5): "x"}
        for old, new in zip(before.sheets, after.sheets, strict=True):
            places = [(row, column) for row in range(1, len(new.rows) + 2) for column in range(1, new.width + 2)]
            assert all(same_value(old.value(*place), new.value(*place)) for place in places)
        assert (after.marks, after.sheet("OKR").formulas) == (before.marks, before.sheet("OKR").formulas)

    def test_a_note_is_changed_and_taken_away(self, make: Make) -> None:
        """Shows that a note can get another text, and that an empty one leaves the cell without a note."""
        backend = make()
        backend.apply(Changes(notes=(note("E3", "", TEXT), note("D5", "", "y"))), backend.read().revision)
        changes = Changes(notes=(note("E3", TEXT, "z"), note("D5", "y", "")))
        backend.apply(changes, backend.read().revision)
        assert dict(backend.read().sheet("OKR").annotated().texts) == {(3, 5): "z"}

    def test_a_note_comes_with_the_value_of_its_cell(self, make: Make) -> None:
        """Shows that one write gives a cell its value and its note, beside cells that get only one of them."""
        backend = make()
        cells = (update("E4", None, "At risk"), update("D4", None, 0.5, "percent"))
        notes = (note("E4", "", TEXT), note("E5", "", "n"))
        receipt = backend.apply(Changes(cells=cells, notes=notes), backend.read().revision)
        sheet = backend.read().sheet("OKR")
        assert (receipt.cells, receipt.notes) == (2, 2)
        assert (sheet.value(4, 5), sheet.value(4, 4), sheet.value(5, 5)) == ("At risk", 0.5, "At risk")
        assert dict(sheet.annotated().texts) == {(4, 5): TEXT, (5, 5): "n"}

    def test_a_new_column_takes_notes(self, make: Make) -> None:
        """Shows that the cells of a column that is just added get their notes in the same write."""
        backend = make()
        column = ColumnAddition(CellRef("OKR", 2, 6), "Why", "okr", "why", "text", 40, 5)
        cells = (CellUpdate("OKR", 3, 6, None, "52%"),)
        backend.apply(Changes((column,), cells, notes=(note("F3", "", TEXT),)), backend.read().revision)
        sheet = backend.read().sheet("OKR")
        assert (sheet.value(2, 6), sheet.value(3, 6)) == ("Why", "52%")
        assert dict(sheet.annotated().texts) == {(3, 6): TEXT}

    def test_a_note_that_is_there_already_is_not_written(self, make: Make) -> None:
        """Shows that a note that stays as it is leaves the revision as it is."""
        backend = make()
        backend.apply(Changes(notes=(note("E3", "", TEXT),)), backend.read().revision)
        revision = backend.read().revision
        receipt = backend.apply(Changes(notes=(note("E3", TEXT, TEXT),)), revision)
        assert (receipt.notes, receipt.revision) == (0, revision)
        assert backend.read().revision == revision

    def test_another_note_than_was_read_is_not_written_over(self, make: Make) -> None:
        """Shows that a cell whose note is not the one that the plan saw stops the whole write."""
        backend = make()
        backend.apply(Changes(notes=(note("E3", "", "of somebody"),)), backend.read().revision)
        with pytest.raises(WorkbookChanged):
            backend.apply(Changes(notes=(note("E4", "", "x"), note("E3", "", TEXT))), backend.read().revision)
        assert dict(backend.read().sheet("OKR").annotated().texts) == {(3, 5): "of somebody"}
