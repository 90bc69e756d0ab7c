"""What every backend promises of a worksheet of our own; a test class per backend inherits it as it does the contract.

The workbook is that of the contract.
"""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.chart import SheetChart
from sheetsync.errors import WriteRefused
from sheetsync.workbook import CellRef, Changes, ColumnAddition, ColumnMark, same_value
from tests.backends.contract import FORMULA, MARKS, Make, update
from tests.backends.own_sheet import OWN, own, own_changes


class OwnSheetContract:
    """The promises. A subclass gives a fixture ``make`` that makes a fresh backend over the workbook."""

    def test_a_worksheet_of_our_own_is_added_behind_all_others(self, make: Make) -> None:
        """Shows that a new worksheet gets its headers, marks and values, and that all others stay as they are."""
        backend = make()
        before = backend.read()
        receipt = backend.apply(own_changes(), before.revision)
        after = backend.read()
        sheet = after.sheet("sheetsync")
        assert [one.name for one in after.sheets] == ["OKR", "Notes", "sheetsync"]
        assert (receipt.sheets, receipt.columns, receipt.cells, receipt.revision) == (1, 0, 8, after.revision)
        assert [[sheet.value(row, column) for column in range(1, 6)] for row in range(1, 5)] == [
            ["Item key", "Source cell", "Progress", "Status", "Synced"],
            ["KR-1", "OKR!B3", 0.25, "Đúng tiến độ", date(2025, 11, 20)],
            ["KR-2", "'O''Kế hoạch \"Q4\" & <x>'!B4", None, None, date(2025, 11, 21)],
            [None] * 5,
        ]
        assert set(after.marks) == {
            *MARKS,
            *(ColumnMark("own", one.concept, CellRef("sheetsync", 1, at)) for at, one in enumerate(OWN.columns, 1)),
        }
        for old in before.sheets:
            new = after.sheet(old.name)
            assert all(same_value(old.value(r, c), new.value(r, c)) for r in range(1, 40) for c in range(1, 9))
            assert (old.formulas, old.merges, old.hidden) == (new.formulas, new.merges, new.hidden)

    def test_a_link_is_a_formula_of_ours_that_the_next_one_replaces(self, make: Make) -> None:
        """Shows that a link may be written over by a link, and emptied, but by nothing else."""
        backend = make()
        backend.apply(own_changes(), backend.read().revision)
        workbook = backend.read()
        assert workbook.sheet("sheetsync").formulas == {(2, 2), (3, 2)}
        with pytest.raises(WriteRefused):
            backend.apply(Changes(cells=(own(2, 2, "OKR!B3", "text"),)), workbook.revision)
        links = (
            own(2, 2, "OKR!B3", "OKR!B9", "link"),
            own(3, 2, workbook.sheet("sheetsync").value(3, 2), None, "link"),
        )
        backend.apply(Changes(cells=links), workbook.revision)
        after = backend.read().sheet("sheetsync")
        assert (after.value(2, 2), after.value(3, 2)) == ("OKR!B9", None)
        again = (own(3, 2, None, "Notes!A1", "link"), own(4, 2, None, "Notes!A2", "link"))
        backend.apply(Changes(cells=again), backend.read().revision)
        after = backend.read().sheet("sheetsync")
        assert [after.value(row, 2) for row in (2, 3, 4)] == ["OKR!B9", "Notes!A1", "Notes!A2"]

    def test_a_link_is_never_written_over_a_formula_of_the_users(self, make: Make) -> None:
        """Shows that the leave to write over a formula ends at our own."""
        backend = make()
        workbook = backend.read()
        stands = workbook.sheet("OKR").value(*FORMULA)
        with pytest.raises(WriteRefused):
            backend.apply(Changes(cells=(update("C7", stands, "OKR!B3", "link"),)), workbook.revision)
        assert backend.read().revision == workbook.revision

    def test_links_of_ours_are_told_from_formulas_of_the_users(self, make: Make) -> None:
        """Shows that each backend tells which formulas are links of ours, so that a plan leaves the others alone."""
        backend = make()
        backend.apply(own_changes(), backend.read().revision)
        workbook = backend.read()
        told = [workbook.sheet(name).our_links for name in ("OKR", "sheetsync")]
        assert [set(links()) if links else None for links in told] == [set(), {(2, 2), (3, 2)}]

    @pytest.mark.parametrize("name", ["OKR", "notes"])
    def test_a_worksheet_of_a_name_that_is_taken_is_refused(self, make: Make, name: str) -> None:
        """Shows that no worksheet is added whose name is the user's, whatever its case."""
        backend = make()
        revision = backend.read().revision
        with pytest.raises(WriteRefused):
            backend.apply(Changes(sheets=(OWN._replace(name=name),)), revision)
        assert backend.read().revision == revision

    def test_a_second_worksheet_of_our_own_is_refused(self, make: Make) -> None:
        """Shows that marks which point at columns are never taken away from them."""
        backend = make()
        backend.apply(own_changes(), backend.read().revision)
        revision = backend.read().revision
        with pytest.raises(WriteRefused):
            backend.apply(Changes(sheets=(OWN._replace(name="sheetsync 2"),)), revision)
        assert backend.read().revision == revision

    @pytest.mark.parametrize("names", [("sheetsync", "KPI scorecard", "History"), ("a", "b", "c")])
    def test_several_are_added_at_once(self, make: Make, names: tuple[str, ...]) -> None:
        """Shows that worksheets stand behind all others in the order asked for, whatever their names, each filled."""
        backend = make()
        workbook = backend.read()
        added = tuple(OWN._replace(name=name, table=f"own{place}") for place, name in enumerate(names))
        cells = tuple(own(2, 1, None, f"KR of {name}")._replace(sheet=name) for name in names)
        backend.apply(Changes(cells=cells, sheets=added), workbook.revision)
        after = backend.read()
        assert [sheet.name for sheet in after.sheets] == [*(sheet.name for sheet in workbook.sheets), *names]
        assert [after.sheet(name).value(2, 1) for name in names] == [f"KR of {name}" for name in names]
        assert {mark.table: mark.header for mark in after.marks if mark.concept == "key"} == {
            sheet.table: CellRef(sheet.name, 1, 1) for sheet in added
        }

    def test_a_worksheet_may_have_a_chart(self, make: Make) -> None:
        """Shows that a chart changes nothing of the cells, and that the worksheet is written again like any other."""
        backend = make()
        sheet = OWN._replace(chart=SheetChart("Tiến độ & <mốc>", 5, (3,)))
        backend.apply(own_changes()._replace(sheets=(sheet,)), backend.read().revision)
        backend.apply(Changes(cells=(own(3, 3, None, 0.5, "percent"),)), backend.read().revision)
        after = backend.read().sheet("sheetsync")
        assert [after.value(row, 3) for row in (1, 2, 3)] == ["Progress", 0.25, 0.5]
        assert after.value(3, 5) == date(2025, 11, 21)

    def test_a_column_is_added_to_the_worksheet_of_our_own(self, make: Make) -> None:
        """Shows that the worksheet can grow by a column later."""
        backend = make()
        backend.apply(own_changes(), backend.read().revision)
        grade = ColumnAddition(CellRef("sheetsync", 1, 6), "Grade", "own", "grade", "text", 16, 3)
        backend.apply(Changes((grade,), (own(2, 6, None, "A"),)), backend.read().revision)
        after = backend.read()
        assert [after.sheet("sheetsync").value(row, 6) for row in (1, 2)] == ["Grade", "A"]
        assert ColumnMark("own", "grade", CellRef("sheetsync", 1, 6)) in after.marks
