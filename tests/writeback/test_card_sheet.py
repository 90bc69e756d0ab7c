"""The worksheet that sums up KPI scorecards."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.language import Phrases
from sheetsync.reading.pages import is_page
from sheetsync.scoring.kpis.summary import Line
from sheetsync.workbook import CellUpdate, CellValue, Changes, TableAnchor, Workbook
from sheetsync.writeback import Plan
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.card_sheet import plan_card_sheet
from sheetsync.writeback.columns import CARD, COLUMNS
from tests.writeback.sheets import ENGLISH, VIETNAMESE, workbook, worksheet

TODAY = date(2026, 11, 21)
GRADED = Authorship((ENGLISH, VIETNAMESE), "ABCD")
LAN = Line("person", "Lan", "KPI", 0.8125, "C", 0.7, 4, 1, 0)
MINH = Line("person", "Minh", "KPI", None, None, None, 2, 0, 0)
FIRM = Line("company", "Minh Long", "KPI", 0.9, "B", 0.8, 6, 1, 0)


class Desk:
    """A workbook in memory on which one run follows another."""

    def __init__(self, *others: str) -> None:
        """Begin with a worksheet of KPIs, and those of other names."""
        self.backend = MemoryBackend(workbook(*[worksheet([["x"]], name) for name in ("KPI", *others)]))

    @property
    def book(self) -> Workbook:
        """The workbook as it stands."""
        return self.backend.read()

    def run(self, *lines: Line, phrases: Phrases = ENGLISH, today: date = TODAY) -> Changes:
        """Plan a run and write it."""
        changes = self.plan(*lines, phrases=phrases, today=today).changes
        self.backend.apply(changes, self.book.revision)
        return changes

    def plan(self, *lines: Line, phrases: Phrases = ENGLISH, today: date = TODAY) -> Plan:
        """Plan a run and write nothing."""
        return plan_card_sheet(self.book, lines, phrases, today, authorship=GRADED)

    def rows(self, name: str = "KPI scorecard") -> list[list[CellValue]]:
        """Give all rows of the worksheet."""
        return [list(row) for row in self.book.sheet(name).rows]

    def type(self, row: int, column: int, value: CellValue) -> None:
        """Type a value into a cell of the worksheet."""
        before = self.book.sheet("KPI scorecard").value(row, column)
        update = CellUpdate("KPI scorecard", row, column, before, value)
        self.backend.apply(Changes(cells=(update,)), self.book.revision)


def test_the_first_run_adds_the_worksheet() -> None:
    """Shows every column, numbers rounded as they are shown, and that a second run writes nothing."""
    desk = Desk()
    desk.run(LAN, MINH, FIRM)
    assert desk.rows() == [
        ["Whose", "Name", "Worksheet", "Weighted score", "Grade", "Coefficient", "KPIs", "Without actual",
         "Critical failures", "Synced"],
        ["Person", "Lan", "KPI", 0.813, "C", 0.7, 4, 1, 0, TODAY],
        ["Person", "Minh", "KPI", None, None, None, 2, 0, 0, TODAY],
        ["Company", "Minh Long", "KPI", 0.9, "B", 0.8, 6, 1, 0, TODAY],
    ]  # fmt: skip
    assert is_page(desk.book, "KPI scorecard")
    assert desk.run(LAN, MINH, FIRM, today=TODAY + timedelta(days=9)).empty


def test_the_rows_of_the_summary_can_be_found_again() -> None:
    """Shows that a new worksheet is as long as its rows, and that names and worksheets tell rows apart."""
    desk = Desk()
    first = desk.run(LAN, MINH)
    assert [one.last_row for one in first.sheets] == [3]
    assert first.anchors == (TableAnchor("KPI scorecard", 1, 3, (2, 3)),)
    assert desk.run(LAN, MINH, FIRM).anchors == (TableAnchor("KPI scorecard", 1, 4, (2, 3)),)
    assert desk.run(LAN, MINH, FIRM).anchors == ()


def test_rows_keep_their_places_and_only_what_changed_is_dated() -> None:
    """Shows that a newcomer takes a free row, that one who left is emptied, and that a new score has a new date."""
    desk, later = Desk(), TODAY + timedelta(days=7)
    desk.run(LAN, MINH, FIRM)
    desk.run(LAN, FIRM._replace(score=1.0), today=later)
    assert desk.rows()[2] == [None] * 10
    assert [row[1:4] + row[-1:] for row in (desk.rows()[1], desk.rows()[3])] == [
        ["Lan", "KPI", 0.813, TODAY], ["Minh Long", "KPI", 1.0, later],
    ]  # fmt: skip
    desk.run(MINH._replace(name="Hoa"), LAN, FIRM._replace(score=1.0), today=later)
    assert [row[1] for row in desk.rows()] == ["Name", "Lan", "Hoa", "Minh Long"]


def test_what_was_typed_over_is_put_right() -> None:
    """Shows that the worksheet is ours: a number that somebody typed over gives way."""
    desk = Desk()
    desk.run(LAN)
    desk.type(2, 4, 2.0)
    desk.run(LAN)
    assert desk.rows()[1][3] == 0.813


def test_a_text_that_somebody_typed_stays_and_is_told() -> None:
    """Shows that a remark in the place of a number is kept, named with its cell, and that the rest is written."""
    desk = Desk()
    desk.run(LAN, FIRM)
    desk.type(2, 4, "on parental leave")
    plan = desk.plan(LAN._replace(kpis=5), FIRM)
    assert [(one.code, str(one.cell), one.params["value"]) for one in plan.findings] == [
        ("DR501", "'KPI scorecard'!D2", "on parental leave")
    ]
    assert [(cell.row, cell.column, cell.after) for cell in plan.changes.cells] == [(2, 7, 5)]


def test_a_note_below_our_rows_stays() -> None:
    """Shows that a text under the names that no row of ours explains is the user's."""
    desk = Desk()
    desk.run(LAN)
    desk.type(5, 2, "Looked through with the board")
    assert desk.run(LAN).empty


def test_a_column_with_another_header_is_not_written() -> None:
    """Shows that a column whose header was replaced is left alone and told; the others are brought up to date."""
    desk = Desk()
    desk.run(LAN)
    desk.type(1, 6, "My remarks")
    plan = desk.plan(LAN._replace(coefficient=1.0, kpis=5))
    assert [(one.code, str(one.cell)) for one in plan.findings] == [("DR503", "'KPI scorecard'!F1")]
    assert {cell.column for cell in plan.changes.cells} == {7}


def test_a_worksheet_that_may_not_be_written_is_told() -> None:
    """Shows that a protected summary is no complete run."""
    desk = Desk()
    desk.run(LAN)
    closed = [sheet._replace(refusal="excel.sheet_protected") for sheet in desk.book.sheets]
    book = desk.book._replace(sheets=tuple(closed))
    plan = plan_card_sheet(book, (LAN,), ENGLISH, TODAY, authorship=GRADED)
    assert plan.changes.empty
    assert [one.code for one in plan.findings] == ["WS109"]


def test_a_name_that_is_taken_gets_a_number_and_a_renamed_worksheet_is_found() -> None:
    """Shows that marks lead to the worksheet, and that no worksheet of the user's is written into."""
    desk = Desk("KPI scorecard")
    (addition,) = desk.run(LAN).sheets
    assert addition.name == "KPI scorecard 2"
    assert desk.run(LAN).empty


def test_nothing_is_added_where_there_are_no_kpis() -> None:
    """Shows that a workbook without KPIs gets no worksheet."""
    assert Desk().run().empty


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE])
def test_no_column_is_about_money(phrases: Phrases) -> None:
    """Shows that no header of the summary speaks of pay, in either language."""
    pay = re.compile(r"salar|wage|pay|bonus|income|lương|thưởng|thu nhập|phụ cấp|tiền", re.IGNORECASE)
    texts = [phrases.text(f"scorecard.column.{concept}") for concept in COLUMNS[CARD]]
    assert [text for text in texts if pay.search(text)] == []
