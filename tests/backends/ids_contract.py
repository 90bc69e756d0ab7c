"""What every backend promises of ids that are added; a test class per backend inherits it as it does the contract.

The workbook is that of the contract: three key results, with our columns at the right.
"""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.errors import WorkbookChanged
from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import Goals
from sheetsync.reading import read_goals
from sheetsync.workbook import CellRef, Changes, ColumnMark, Workbook, same_value
from sheetsync.writeback.new_ids import plan_ids
from tests.backends.contract import MARKS, ROWS, Make, update

LEXICON = Lexicon(load("en"), load("vi"))


def goals_of(workbook: Workbook) -> Goals:
    """Read a workbook."""
    return read_goals(workbook, LEXICON, today=date(2025, 11, 20))


class IdsContract:
    """The promises. A subclass gives a fixture ``make`` that makes a fresh backend over the workbook."""

    def test_a_blank_id_is_filled_and_no_other_cell_is_touched(self, make: Make) -> None:
        """Shows that a row whose id is empty gets the next one in the user's own column, and that it is read."""
        backend = make()
        backend.apply(Changes(cells=(update("A4", "KR-2", None),)), backend.read().revision)
        before = backend.read()
        plan = plan_ids(before, goals_of(before), "Mã")
        receipt = backend.apply(plan.changes, before.revision)
        after = backend.read()
        assert (receipt.cells, receipt.columns) == (1, 0)
        assert [item.key for item in goals_of(after).key_results][:3] == ["KR-1", "KR-4", "KR-3"]
        for number, row in enumerate(ROWS, 1):
            for column, value in enumerate(row, 1):
                assert (number, column) == (4, 1) or same_value(after.sheet("OKR").value(number, column), value)
        assert set(after.marks) == set(MARKS)

    def test_a_new_column_of_ids_is_marked_and_read_as_such(self, make: Make) -> None:
        """Shows a new column at the right, read as the ids by its mark, also when its header is changed."""
        backend = make()
        emptied = [update(f"A{row}", ROWS[row - 1][0], None) for row in range(2, 6)]
        backend.apply(Changes(cells=tuple(emptied)), backend.read().revision)
        before = backend.read()
        plan = plan_ids(before, goals_of(before), "Mã")
        receipt = backend.apply(plan.changes, before.revision)
        after = backend.read()
        assert (receipt.cells, receipt.columns) == (3, 1)
        assert set(after.marks) == {*MARKS, ColumnMark("okr", "id", CellRef("OKR", 2, 6))}
        assert [after.sheet("OKR").value(row, 6) for row in range(2, 6)] == ["Mã", "KR1.1", "KR1.2", "KR1.3"]
        (table,) = goals_of(after).tables
        assert (table.columns["id"], table.disputed, table.lost) == ((6,), {}, ())
        assert set(table.computed) == {"progress", "status"}
        backend.apply(Changes(cells=(update("F2", "Mã", "Number"),)), after.revision)
        renamed = goals_of(backend.read())
        assert [item.key for item in renamed.key_results][:3] == ["KR1.1", "KR1.2", "KR1.3"]
        assert plan_ids(backend.read(), renamed, "Mã").changes.empty

    def test_an_id_that_somebody_types_meanwhile_stops_the_write(self, make: Make) -> None:
        """Shows that nothing is written over: a cell that is no longer empty refuses the whole."""
        backend = make()
        backend.apply(Changes(cells=(update("A4", "KR-2", None),)), backend.read().revision)
        before = backend.read()
        plan = plan_ids(before, goals_of(before), "Mã")
        backend.apply(Changes(cells=(update("A4", None, "mine"),)), before.revision)
        with pytest.raises(WorkbookChanged):
            backend.apply(plan.changes, before.revision)
        assert backend.read().sheet("OKR").value(4, 1) == "mine"
