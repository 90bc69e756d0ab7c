"""The retrospective of a cycle in the workbook."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.cycles.closing import Retrospective
from sheetsync.language import Phrases
from sheetsync.model import Cycle, Goals
from sheetsync.reading.pages import is_page, own_columns
from sheetsync.workbook import CellUpdate, CellValue, Changes, TableAnchor, Workbook
from sheetsync.writeback import Plan
from sheetsync.writeback.columns import COLUMNS, FOR_PEOPLE, RETRO
from sheetsync.writeback.retro_sheet import key_of, plan_retrospective, sheet_of
from tests.cycles.scene import AFTER, QUARTER, closed, firm, quarter
from tests.factories import key_result, objective
from tests.writeback.sheets import AUTHORSHIP, ENGLISH, VIETNAMESE, workbook, worksheet

NAMES = list(COLUMNS[RETRO])


class Desk:
    """A workbook in memory whose cycle is closed again and again."""

    def __init__(self, *others: str) -> None:
        """Begin with a worksheet of OKRs, and those of other names."""
        self.backend = MemoryBackend(workbook(*[worksheet([["x"]], name) for name in ("OKR", *others)]))

    @property
    def book(self) -> Workbook:
        """The workbook as it stands."""
        return self.backend.read()

    def plan(self, over: Retrospective, phrases: Phrases = ENGLISH, today: date = AFTER) -> Plan:
        """Plan a run and write nothing."""
        return plan_retrospective(self.book, over, phrases, today, authorship=AUTHORSHIP)

    def run(self, found: Goals, phrases: Phrases = ENGLISH, today: date = AFTER) -> Changes:
        """Close the cycle of some goals and write it."""
        changes = self.plan(closed(found, today), phrases, today).changes
        self.backend.apply(changes, self.book.revision)
        return changes

    def column(self, concept: str, name: str = "Retrospective Q4 2026") -> list[CellValue]:
        """Give a column of the retrospective, with its header."""
        sheet = self.book.sheet(name)
        return [sheet.value(row, NAMES.index(concept) + 1) for row in range(1, len(sheet.rows) + 1)]

    def row_of(self, key: str) -> int:
        """Give the row of a goal."""
        return self.column("key").index(key) + 1

    def type(self, row: int, concept: str, value: CellValue) -> None:
        """Type a value into a cell."""
        column = NAMES.index(concept) + 1
        before = self.book.sheet("Retrospective Q4 2026").value(row, column)
        update = CellUpdate("Retrospective Q4 2026", row, column, before, value)
        self.backend.apply(Changes(cells=(update,)), self.book.revision)


def test_the_first_close_adds_a_worksheet_of_our_own() -> None:
    """Shows totals first, amounts as people write them, and room for people that nothing is written into."""
    desk = Desk()
    desk.run(firm())
    assert desk.column("key") == [
        "Key", "Σ", "Σ Sales", "Σ Ops", "Σ @Lan", "Σ @Minh", "O-1", "KR-1", "KR-2", "O-2", "KR-3",
    ]  # fmt: skip
    assert desk.column("current")[-4:] == ["100", "10", None, "20"]
    assert desk.column("status")[-4:] == ["Achieved", "Missed", "Achieved", "Achieved"]
    for concept in FOR_PEOPLE:
        assert set(desk.column(concept)[1:]) == {None}
    name = "Retrospective Q4 2026"
    assert is_page(desk.book, name)
    assert own_columns(desk.book, name) == frozenset()
    assert sheet_of(desk.book, QUARTER) == name


def test_a_line_tells_all_of_its_goal() -> None:
    """Shows each column of a key result that fell short, and the progress of its objective."""
    desk = Desk()
    desk.run(firm())
    told = {concept: desk.column(concept)[desk.row_of("KR-2") - 1] for concept in NAMES}
    assert told == {
        "key": "KR-2", "kind": "Key result", "item": "Revenue up", "owner": "Minh", "team": "Sales",
        "commitment": None, "baseline": "0", "target": "100", "current": "10", "progress": 0.1, "score": 0.1,
        "grade": "Red", "status": "Missed", "verdict": "Missed: 0.10, needed 0.70.", "learned": None,
        "next_step": None, "synced": AFTER,
    }  # fmt: skip
    assert desk.column("progress")[desk.row_of("O-1") - 1] == 0.64
    assert desk.column("commitment")[desk.row_of("O-2") - 1] == "committed"


def test_the_rows_of_a_retrospective_can_be_found_again() -> None:
    """Shows that a new worksheet is as long as its rows, and that keys tell rows apart, then and later."""
    desk = Desk()
    first = desk.run(firm())
    name = "Retrospective Q4 2026"
    assert [one.last_row for one in first.sheets] == [11]
    assert first.anchors == (TableAnchor(name, 1, 11, (1,)),)
    found = firm()
    more = quarter(*found.objectives, *found.key_results, key_result("KR-9", row=30, target=9, current=1))
    assert desk.run(more).anchors == (TableAnchor(name, 1, 12, (1,)),)
    assert desk.run(more).anchors == ()


def test_closing_again_changes_nothing() -> None:
    """Shows no change on a later day, and none where the language of the sheet is another but what was typed stays."""
    desk = Desk()
    desk.run(firm())
    assert desk.run(firm(), today=AFTER + timedelta(days=9)).empty


def test_what_people_wrote_stays_beside_its_goal() -> None:
    """Shows what was learned untouched by a rerun with new grades, a goal that came, and one that went."""
    desk = Desk()
    desk.run(firm())
    row = desk.row_of("KR-2")
    desk.type(row, "learned", "Start earlier")
    desk.type(row, "next_step", "Stop")
    desk.type(14, "learned", "A note below everything")
    found = firm()
    better = found.key_results[1]._replace(current=found.key_results[0].current)
    gone = quarter(*found.objectives[:1], found.key_results[0], better, key_result("KR-9", row=30, target=9, current=1))
    changes = desk.run(gone)
    written = {(update.row, NAMES[update.column - 1]) for update in changes.cells}
    assert not {concept for _, concept in written} & set(FOR_PEOPLE)
    assert desk.row_of("KR-2") == row
    assert (desk.column("status")[row - 1], desk.column("learned")[row - 1]) == ("Achieved", "Start earlier")
    assert desk.row_of("KR-9") == 15
    assert desk.column("learned")[13] == "A note below everything"
    assert desk.column("verdict")[desk.row_of("KR-3") - 1] is not None


def test_columns_for_people_may_be_called_otherwise() -> None:
    """Shows that who gives the columns of what was learned another name, or takes one away, hears nothing of it."""
    desk = Desk()
    desk.run(firm())
    desk.type(1, "learned", "Bài học (anh chị tự ghi)")  # as an earlier version called it
    marks = tuple(mark._replace(header=None) if mark.concept == "next_step" else mark for mark in desk.book.marks)
    plan = plan_retrospective(desk.book._replace(marks=marks), closed(firm()), ENGLISH, AFTER, authorship=AUTHORSHIP)
    assert (plan.changes.empty, plan.findings) == (True, ())


def test_every_cycle_has_a_retrospective_of_its_own() -> None:
    """Shows that closing the next cycle adds a worksheet and leaves the old one alone, whatever it is called now."""
    desk = Desk("Retrospective Q1 2027")
    desk.run(firm())
    before = desk.book.sheet("Retrospective Q4 2026")
    later = Cycle("Q1/2027", date(2027, 1, 1), date(2027, 3, 31))
    over = closed(firm())._replace(cycle=later)
    changes = desk.plan(over).changes
    desk.backend.apply(changes, desk.book.revision)
    assert [sheet.name for sheet in changes.sheets] == ["Retrospective Q1 2027 2"]
    assert desk.book.sheet("Retrospective Q4 2026") == before
    assert sheet_of(desk.book, later) == "Retrospective Q1 2027 2"
    assert key_of(later) != key_of(QUARTER)


def test_what_was_typed_over_a_grade_is_kept_and_told() -> None:
    """Shows a verdict in somebody's own words: it stays, and a finding names its cell."""
    desk = Desk()
    desk.run(firm())
    row = desk.row_of("KR-2")
    desk.type(row, "verdict", "We ran out of stock")
    plan = desk.plan(closed(firm()))
    assert plan.changes.cells == ()
    assert [(finding.code, finding.cell.row) for finding in plan.findings if finding.cell] == [("DR501", row)]


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE])
def test_every_verdict_is_known_as_ours_in_every_language(phrases: Phrases) -> None:
    """Shows that a rerun in the other language rewrites all that we wrote, and reports nothing as typed over."""
    desk = Desk()
    odd = key_result("KR-8", row=31, objective=None, target=None, current=3)
    late = key_result("KR-7", row=30, objective=None, target=9, current=1, due=date(2027, 6, 30), start=QUARTER.start)
    found = firm()
    found = found._replace(key_results=(*found.key_results, odd, late))
    other = VIETNAMESE if phrases is ENGLISH else ENGLISH
    over = closed(found)
    desk.backend.apply(desk.plan(over, phrases).changes, desk.book.revision)
    name = next(sheet.name for sheet in desk.book.sheets if sheet.name != "OKR")
    plan = desk.plan(over, other)
    assert plan.findings == ()
    desk.backend.apply(plan.changes, desk.book.revision)
    again = Desk()
    again.backend.apply(again.plan(over, other).changes, again.book.revision)
    expected = next(sheet for sheet in again.book.sheets if sheet.name != "OKR")
    assert [list(row) for row in desk.book.sheet(name).rows][1:] == [list(row) for row in expected.rows][1:]


def test_without_its_keys_nothing_is_written() -> None:
    """Shows a deleted column of keys: which row is whose cannot be told, so the run says so and writes nothing."""
    desk = Desk()
    desk.run(firm())
    book = desk.book
    marks = tuple(mark._replace(header=None) if mark.concept == "key" else mark for mark in book.marks)
    plan = plan_retrospective(book._replace(marks=marks), closed(firm()), ENGLISH, AFTER, authorship=AUTHORSHIP)
    assert plan.changes.empty
    assert [finding.code for finding in plan.findings] == ["DR504"]


def test_a_cycle_without_a_name_goes_by_its_first_day() -> None:
    """Shows the name of a worksheet, which no sign of a cycle's name may break and which is never too long."""
    desk = Desk()
    for label in ("", "Chu kỳ [thử]: một/hai*ba của công ty rất lớn"):
        over = closed(quarter(objective()))._replace(cycle=Cycle(label, date(2026, 10, 1), date(2026, 12, 31)))
        name = desk.plan(over, VIETNAMESE).changes.sheets[0].name
        assert len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name == ("Tổng kết 01.10.2026" if not label else "Tổng kết Chu kỳ thử một hai")
