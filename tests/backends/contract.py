"""What every backend promises, as one suite; a test class per backend inherits it and says how to make one.

The workbook of these tests is a small OKR sheet whose last two columns are ours, and a second sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from sheetsync.errors import WorkbookChanged, WriteRefused
from sheetsync.workbook import (
    Area,
    Backend,
    CellRef,
    CellUpdate,
    CellValue,
    Changes,
    ColumnAddition,
    ColumnMark,
    same_value,
)

ROWS: list[list[CellValue]] = [
    ["Kế hoạch quý", None, None, None, None],
    ["ID", "Key result", "Current", "Progress", "Status"],
    ["KR-1", "Doanh thu <tăng> & giữ", 12.5, 0.25, "On track"],
    ["KR-2", "Khách hàng mới", 40.0, None, None],
    ["KR-3", "Ra mắt", True, 0.5, "At risk"],
]
MARKS = (
    ColumnMark("okr", "progress", CellRef("OKR", 2, 4)),
    ColumnMark("okr", "status", CellRef("OKR", 2, 5)),
)
FORMULA, MERGE = (7, 3), Area(8, 1, 8, 3)
"""A formula in C7 and merged cells A8:C8, outside of our columns."""

Make = Callable[[], Backend]


def update(a1: str, before: CellValue, after: CellValue, form: str = "text") -> CellUpdate:
    """Make an update of a cell of the OKR sheet, named by its column letter and row."""
    return CellUpdate("OKR", int(a1[1:]), ord(a1[0]) - 64, before, after, form)


def addition(column: int = 6, concept: str = "synced", form: str = "date") -> ColumnAddition:
    """Make a column at the right of the table."""
    return ColumnAddition(CellRef("OKR", 2, column), "Synced", "okr", concept, form, 12, 5)


class BackendContract:
    """The promises. A subclass gives a fixture ``make`` that makes a fresh backend over the workbook."""

    def test_reading_gives_what_stands_there(self, make: Make) -> None:
        """Shows that values, sheets, marks, formulas and merges come back by their places."""
        workbook = make().read()
        sheet = workbook.sheet("OKR")
        for number, row in enumerate(ROWS, 1):
            for column, value in enumerate(row, 1):
                assert same_value(sheet.value(number, column), value)
        assert [own.name for own in workbook.sheets] == ["OKR", "Notes"]
        assert set(workbook.marks) == set(MARKS)
        assert FORMULA in sheet.formulas
        assert MERGE in sheet.merges

    def test_reading_twice_gives_one_revision(self, make: Make) -> None:
        """Shows that the revision names the content, not the moment."""
        backend = make()
        assert backend.read().revision == backend.read().revision

    @pytest.mark.parametrize(
        ("value", "form"),
        [
            (0.333, "percent"),
            (-1e-9, "number"),
            (7, "number"),
            (True, "text"),
            (False, "text"),
            ("Chậm tiến độ", "text"),
            ("=1+1", "text"),
            ("  two\nlines <&> \"'", "text"),
            ("_x0041_ stays", "text"),
            (date(2025, 11, 20), "date"),
            (datetime(2025, 11, 20, 8, 30), "date"),
        ],
    )
    def test_a_written_value_reads_back(self, make: Make, value: CellValue, form: str) -> None:
        """Shows that each kind of value comes back by type and value, in an empty cell as in a full one."""
        backend = make()
        changes = Changes(cells=(update("D4", None, value, form), update("E3", "On track", value, form)))
        receipt = backend.apply(changes, backend.read().revision)
        after = backend.read()
        assert (receipt.cells, receipt.columns, receipt.revision) == (2, 0, after.revision)
        assert same_value(after.sheet("OKR").value(4, 4), value)
        assert same_value(after.sheet("OKR").value(3, 5), value)

    def test_every_other_cell_stays(self, make: Make) -> None:
        """Shows that a write changes its targets and no other value, formula, merge or mark."""
        backend = make()
        before = backend.read()
        backend.apply(Changes(cells=(update("D3", 0.25, 0.75), update("D9", None, 1.0))), before.revision)
        after = backend.read()
        for old, new in zip(before.sheets, after.sheets, strict=True):
            for row in range(1, 12):
                for column in range(1, 9):
                    if (old.name, row, column) not in (("OKR", 3, 4), ("OKR", 9, 4)):
                        assert same_value(old.value(row, column), new.value(row, column))
            assert (old.formulas, old.merges, old.name) == (new.formulas, new.merges, new.name)
        assert set(after.marks) == set(before.marks)

    def test_a_cell_can_be_emptied(self, make: Make) -> None:
        """Shows that None as the new value leaves a blank cell."""
        backend = make()
        backend.apply(Changes(cells=(update("E5", "At risk", None),)), backend.read().revision)
        assert backend.read().sheet("OKR").value(5, 5) is None

    def test_a_second_apply_writes_nothing(self, make: Make) -> None:
        """Shows that changes which are already there leave the revision as it is."""
        backend = make()
        backend.apply(Changes(cells=(update("D3", 0.25, 0.75),)), backend.read().revision)
        revision = backend.read().revision
        receipt = backend.apply(Changes(cells=(update("D3", 0.75, 0.75),)), revision)
        assert (receipt.cells, receipt.columns, receipt.revision) == (0, 0, revision)
        assert backend.apply(Changes(), revision).revision == revision
        assert backend.read().revision == revision

    def test_an_old_revision_is_refused(self, make: Make) -> None:
        """Shows that a workbook which changed since it was read is left alone."""
        backend = make()
        old = backend.read().revision
        backend.apply(Changes(cells=(update("D3", 0.25, 0.5),)), old)
        between = backend.read().revision
        with pytest.raises(WorkbookChanged):
            backend.apply(Changes(cells=(update("D3", 0.5, 0.75),)), old)
        assert backend.read().revision == between

    @pytest.mark.parametrize(("cell", "before"), [("D3", 0.5), ("D3", "0.25"), ("D4", 1.0), ("E3", None), ("C5", 1)])
    def test_an_unexpected_value_is_refused(self, make: Make, cell: str, before: CellValue) -> None:
        """Shows that a cell which does not hold what the plan saw, by type or value, stops the whole write."""
        backend = make()
        revision = backend.read().revision
        with pytest.raises(WorkbookChanged):
            backend.apply(Changes(cells=(update("D5", 0.5, 0.9), update(cell, before, 0.75))), revision)
        assert backend.read().revision == revision

    def test_a_formula_is_never_overwritten(self, make: Make) -> None:
        """Shows that a formula in a target stops the write."""
        backend = make()
        workbook = backend.read()
        stands = workbook.sheet("OKR").value(*FORMULA)
        with pytest.raises(WriteRefused):
            backend.apply(Changes(cells=(update("C7", stands, 1.0),)), workbook.revision)
        assert FORMULA in backend.read().sheet("OKR").formulas

    def test_only_the_first_of_merged_cells_can_be_written(self, make: Make) -> None:
        """Shows that a cell hidden under a merge is refused, and its visible first cell is not."""
        backend = make()
        with pytest.raises(WriteRefused):
            backend.apply(Changes(cells=(update("B8", None, 1.0),)), backend.read().revision)
        backend.apply(Changes(cells=(update("A8", "Ghi chú", "Mới"),)), backend.read().revision)
        assert backend.read().sheet("OKR").value(8, 1) == "Mới"

    def test_a_cell_named_twice_is_refused(self, make: Make) -> None:
        """Shows that two updates of one cell stop the write, whatever they say."""
        backend = make()
        revision = backend.read().revision
        with pytest.raises(WriteRefused):
            backend.apply(Changes(cells=(update("D4", None, 1.0), update("D4", None, "x"))), revision)
        with pytest.raises(WriteRefused):
            backend.apply(Changes(cells=(update("D4", None, 1.0), update("D4", None, 2.0))), revision)

    def test_an_unknown_sheet_is_refused(self, make: Make) -> None:
        """Shows that a worksheet which is not there stops the write."""
        backend = make()
        with pytest.raises(WriteRefused):
            backend.apply(Changes(cells=(CellUpdate("Gone", 1, 1, None, 1.0),)), backend.read().revision)

    def test_a_column_is_added_with_its_mark(self, make: Make) -> None:
        """Shows that a new column gets header, values and mark."""
        backend = make()
        cells = (update("F3", None, date(2025, 11, 20), "date"), update("F4", None, date(2025, 11, 21), "date"))
        receipt = backend.apply(Changes((addition(),), cells), backend.read().revision)
        after = backend.read()
        assert (receipt.columns, receipt.cells) == (1, 2)
        assert [after.sheet("OKR").value(row, 6) for row in (2, 3, 4, 5)] == [
            "Synced",
            *(own.after for own in cells),
            None,
        ]
        assert set(after.marks) == {*MARKS, ColumnMark("okr", "synced", CellRef("OKR", 2, 6))}

    def test_a_column_needs_an_empty_column(self, make: Make) -> None:
        """Shows that a column in which anything stands, in any row, is never taken."""
        backend = make()
        revision = backend.read().revision
        for column in (3, 5, 7):  # a column with a formula, one of ours, one with a single cell far below
            with pytest.raises(WriteRefused):
                backend.apply(Changes((addition(column),), ()), revision)
        assert backend.read().revision == revision

    def test_a_mark_is_given_once(self, make: Make) -> None:
        """Shows that a concept whose mark points at a column gets no second one."""
        backend = make()
        with pytest.raises(WriteRefused):
            backend.apply(Changes((addition(concept="progress"),), ()), backend.read().revision)

    @pytest.mark.parametrize(
        "changes",
        [
            Changes(cells=(update("B8", None, 1.0),)),
            Changes(cells=(update("D4", None, 1.0), update("D4", None, 2.0))),
            Changes(cells=(CellUpdate("Gone", 1, 1, None, 1.0),)),
            Changes((addition(3),), ()),
            Changes((addition(concept="progress"),), ()),
        ],
        ids=["merged", "twice", "no sheet", "column not empty", "marked twice"],
    )
    def test_a_rehearsal_refuses_what_a_write_would(self, make: Make, changes: Changes) -> None:
        """Shows that what stops a write is raised beforehand in its words, and that nothing is written for it."""
        backend = make()
        revision = backend.read().revision
        with pytest.raises(WriteRefused) as foreseen:
            backend.rehearse(changes, revision)
        assert backend.read().revision == revision
        with pytest.raises(WriteRefused) as refused:
            backend.apply(changes, revision)
        assert (foreseen.value.key, foreseen.value.params) == (refused.value.key, refused.value.params)

    def test_a_rehearsal_writes_nothing_and_hinders_no_write(self, make: Make) -> None:
        """Shows that a rehearsed write leaves the workbook as it is, and can be made right afterwards."""
        backend = make()
        before = backend.read()
        changes = Changes((addition(),), (update("D4", None, 1.0), update("F3", None, date(2025, 11, 20), "date")))
        backend.rehearse(changes, before.revision)
        backend.rehearse(Changes(), before.revision)
        assert backend.read().revision == before.revision
        backend.rehearse(changes, before.revision)
        assert backend.apply(changes, before.revision).cells == 2

    def test_a_workbook_that_changed_is_not_rehearsed(self, make: Make) -> None:
        """Shows that changes for what stood there earlier are for another plan: nothing is said of them."""
        backend = make()
        backend.read()
        backend.rehearse(Changes(cells=(update("B8", None, 1.0),)), "of another day")
