"""The worksheet that shows the history, as whole runs with a real history write it night after night."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sheetsync.cli.shipped import words_of
from sheetsync.evaluating import evaluate
from sheetsync.reading.pages import is_page
from sheetsync.workbook import CellUpdate, CellValue, Changes, TableAnchor
from tests.books import OKR_ROWS, SETTINGS_ROWS, VIETNAMESE_ROWS, Rows
from tests.test_history_run import Firm

MONDAY = date(2026, 11, 2)
NAME, WIDTH = "History", 11


class Weeks(Firm):
    """A firm that wants to see its history in the workbook."""

    def __init__(self, folder: Path, **given: object) -> None:
        super().__init__(folder / "history.sqlite3", given.pop("rows", OKR_ROWS), history_worksheet=True, **given)  # type: ignore[arg-type]
        self.day = MONDAY

    def nights(self, count: int) -> None:
        """Sync so many nights, one after the other; the value of KR-1 grows by one each night."""
        for _ in range(count):
            self.sync(self.day)
            value = self.cell("KR-1", str(self.backend.read().sheet("OKR").rows[0][6]))
            assert isinstance(value, int)
            self.type("KR-1", str(self.backend.read().sheet("OKR").rows[0][6]), value + 1)
            self.day += timedelta(days=1)

    def nights_at_rest(self, count: int) -> None:
        """Sync so many nights in which nobody types anything."""
        for _ in range(count):
            self.sync(self.day)
            self.day += timedelta(days=1)

    def quiet(self) -> bool:
        """Say whether a second run of the last day writes nothing."""
        self.sync(self.day - timedelta(days=1))
        return self.sync(self.day - timedelta(days=1)).receipt is None

    def shown(self, name: str = NAME) -> list[list[CellValue]]:
        """Give the rows of the worksheet, as wide as ours."""
        sheet = self.backend.read().sheet(name)
        return [[sheet.value(row, column) for column in range(1, WIDTH + 1)] for row in range(1, len(sheet.rows) + 1)]

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Let somebody type into the worksheet."""
        workbook = self.backend.read()
        before = workbook.sheet(NAME).value(row, column)
        self.backend.apply(Changes(cells=(CellUpdate(NAME, row, column, before, value),)), workbook.revision)


@pytest.fixture
def firm(tmp_path: Path) -> Weeks:
    """Give a firm that has synced since Monday of week 45."""
    return Weeks(tmp_path)


def test_a_week_gets_its_rows_once_it_is_over(firm: Weeks) -> None:
    """Shows that there is no worksheet before the first Monday after, and what its rows then say."""
    firm.nights(7)
    assert NAME not in [sheet.name for sheet in firm.backend.read().sheets]
    firm.nights(1)
    head, *rows = firm.shown()
    week = date(2026, 11, 8)
    assert head == [
        "Week to", "ID", "Title", "Owner", "Progress", "Expected", "Score", "Status",
        "All: week to", "All: progress", "All: expected",
    ]  # fmt: skip
    assert rows == [
        [week, "O-1", "Grow online", "Lan", 0.41, 0.42, 0.41, "On track", week, 0.41, 0.42],
        [week, "KR-1", "Orders a day", "Lan", 0.62, 0.42, 0.62, "On track", None, None, None],
        [week, "KR-2", "Repeat buyers", "Bảo", 0.2, 0.42, 0.2, "At risk", None, None, None],
    ]
    assert is_page(firm.backend.read(), NAME)


def test_a_second_run_writes_nothing_and_later_weeks_go_below(firm: Weeks) -> None:
    """Shows that a week is written once, whatever changes after it, and that the next one is added behind it."""
    firm.nights(8)
    first = firm.shown()
    firm.nights(6)
    assert firm.shown() == first
    assert firm.quiet()
    firm.type("KR-2", "Key result", "Buyers who come back")
    firm.nights(1)
    rows = firm.shown()
    assert rows[1:4] == [[*old[:8], *rows[at][8:]] for at, old in enumerate(first[1:], 1)]
    assert [row[0] for row in rows[4:]] == [date(2026, 11, 15)] * 3
    assert [row[8] for row in rows[1:]] == [date(2026, 11, 8), date(2026, 11, 15), None, None, None, None]
    assert firm.quiet()


def test_the_rows_of_the_history_can_be_found_again(firm: Weeks) -> None:
    """Shows that a new worksheet is as long as its rows, and that titles, ids and weeks tell rows apart."""
    firm.nights(7)
    job = firm.job(firm.day)
    with firm.histories.look() as looked:
        first = evaluate(firm.backend.read(), job, looked).changes
    assert [(one.name, one.last_row) for one in first.sheets] == [(NAME, 4)]
    assert [one for one in first.anchors if one.sheet == NAME] == [TableAnchor(NAME, 1, 4, (3, 2, 1))]
    firm.nights(7)
    with firm.histories.look() as looked:
        later = evaluate(firm.backend.read(), firm.job(firm.day), looked).changes
    assert [one for one in later.anchors if one.sheet == NAME] == [TableAnchor(NAME, 1, 7, (3, 2, 1))]


def test_rows_may_be_sorted_and_stay_when_their_items_go(firm: Weeks) -> None:
    """Shows that rows are known by what they say, and that a record outlives its goal."""
    firm.nights(8)
    book = firm.backend.read()
    rows = [list(row) for row in book.sheet(NAME).rows]
    turned = [rows[0], *([*back[:8], *front[8:]] for back, front in zip(rows[:0:-1], rows[1:], strict=True))]
    sheets = tuple(one._replace(rows=turned) if one.name == NAME else one for one in book.sheets)
    firm.backend = type(firm.backend)(book._replace(sheets=sheets))
    assert firm.quiet()
    assert [list(row) for row in firm.backend.read().sheet(NAME).rows] == turned
    firm.keep([row for row in firm.backend.read().sheet("OKR").rows if row[0] != "KR-2"])  # type: ignore[misc]
    firm.nights(7)
    told = [(row[0], row[1]) for row in firm.shown()[1:]]
    assert (date(2026, 11, 8), "KR-2") in told
    assert (date(2026, 11, 15), "KR-2") not in told


@pytest.mark.parametrize(("manner", "code", "stays"), [("restore", "DR512", False), ("keep", "DR501", True)])
def test_what_was_typed_over_a_record_is_told(tmp_path: Path, manner: str, code: str, stays: bool) -> None:
    """Shows that a typed value is put back or kept as the configuration says, and a finding names it either way."""
    firm = Weeks(tmp_path, on_conflict=manner)
    firm.nights(8)
    firm.put(3, 5, 0.99)
    outcome = firm.sync(firm.day)
    told = [(one.code, one.cell.a1 if one.cell else "", one.params["value"], one.params["column"])
            for one in outcome.evaluation.findings if one.cell and one.cell.sheet == NAME]  # fmt: skip
    assert told == [(code, "E3", 0.99, "progress")]
    assert (firm.shown()[2][4] == 0.99) is stays
    firm.put(2, 2, "X-9")
    firm.sync(firm.day + timedelta(days=1))
    assert [row[1] for row in firm.shown()[1:]] == (["X-9"] if stays else ["O-1"]) + ["KR-1", "KR-2"]


def test_a_remark_over_the_mean_of_a_week_stays(firm: Weeks) -> None:
    """Shows that a text in the place of a mean is kept and told, and that a number there gives way to the mean."""
    firm.nights(8)
    firm.put(2, 10, "about half")
    outcome = firm.sync(firm.day)
    told = [(one.code, one.cell.a1) for one in outcome.evaluation.findings if one.cell and one.cell.sheet == NAME]
    assert told == [("DR501", "J2")]
    assert firm.shown()[1][8:] == [date(2026, 11, 8), "about half", 0.42]
    firm.put(2, 10, 0.99)
    firm.sync(firm.day + timedelta(days=1))
    assert firm.shown()[1][8:] == [date(2026, 11, 8), 0.41, 0.42]


def test_a_history_that_may_not_be_written_is_told(firm: Weeks) -> None:
    """Shows that a protected worksheet of weeks stays as it is, and that the run is no complete one."""
    firm.nights(8)
    book, before = firm.backend.read(), firm.shown()
    shut = tuple(one._replace(refusal="excel.sheet_protected") if one.name == NAME else one for one in book.sheets)
    firm.backend = type(firm.backend)(book._replace(sheets=shut))
    firm.nights(6)
    outcome = firm.sync(firm.day)
    assert [(one.code, one.params["sheet"]) for one in outcome.refused] == [("WS109", NAME)]
    assert firm.shown() == before


def test_a_status_in_another_language_was_typed_by_nobody(firm: Weeks) -> None:
    """Shows that the words of a workbook that changes its language change, and that this is no finding."""
    firm.nights(8)
    outcome = firm.sync(firm.day, language="vi")
    assert [one for one in outcome.evaluation.findings if one.cell and one.cell.sheet == NAME] == []
    assert [row[7] for row in firm.shown()[1:]] == ["Đúng tiến độ", "Đúng tiến độ", "Chậm tiến độ"]


def test_another_status_was_typed_by_somebody(firm: Weeks) -> None:
    """Shows that a word which is ours, but not for how the goal stood, is put back and told."""
    firm.nights(8)
    firm.put(3, 8, "Achieved")
    told = [one.params for one in firm.sync(firm.day).evaluation.findings if one.code == "DR512"]
    assert [(one["value"], one["column"]) for one in told] == [("Achieved", "status")]
    assert firm.shown()[2][7] == "On track"


PLANT: Rows = [
    ["ID", "Objective", "Key result", "Level", "Weight", "Metric", "Baseline", "Target", "Current"],
    ["O-1", "Grow online", None, "Company", 3, None, None, None, None],
    ["KR-1", None, "Shop open", None, None, "Yes/No", None, "Yes", "No"],
    ["O-2", "Earn", None, "Company", 1, None, None, None, None],
    ["KR-2", None, "Revenue", None, None, None, 0, 10, 4],
    ["O-3", "Hire", None, "Team", None, None, None, None, None],
    ["KR-3", None, "People", None, None, None, 0, 10, 10],
]


def test_paces_and_the_whole_are_those_of_the_scorecard(tmp_path: Path) -> None:
    """Shows that a goal due at once has no pace before its day, and that company objectives count by their weights."""
    firm = Weeks(tmp_path, rows=PLANT)
    firm.nights_at_rest(8)
    _, *rows = firm.shown()
    assert [(row[1], row[4], row[5]) for row in rows] == [
        ("O-1", 0, 0), ("KR-1", 0, 0), ("O-2", 0.4, 0.42), ("KR-2", 0.4, 0.42), ("O-3", 1, 0.42), ("KR-3", 1, 0.42),
    ]  # fmt: skip
    assert rows[0][8:] == [date(2026, 11, 8), 0.1, pytest.approx(0.105, abs=0.006)]


def test_the_worksheet_in_vietnamese(tmp_path: Path) -> None:
    """Shows name and headers in a Vietnamese workbook, and that the goals of the firm are read as before."""
    firm = Weeks(tmp_path, rows=VIETNAMESE_ROWS)
    firm.nights(8)
    rows = firm.shown("Lịch sử")
    assert rows[0][:3] == ["Tuần đến ngày", "Mã", "Tên"]
    assert len(rows) == 4
    assert words_of("vi").header("Tuần đến ngày", "okr") is None
    assert [one.key for one in firm.sync(firm.day).evaluation.goals.key_results] == ["KR-1", "KR-2"]


def test_without_the_wish_nothing_is_shown(tmp_path: Path) -> None:
    """Shows that the worksheet is opt-in."""
    firm = Firm(tmp_path / "history.sqlite3", OKR_ROWS)
    for days in range(9):
        firm.sync(MONDAY + timedelta(days=days))
    assert [sheet.name for sheet in firm.backend.read().sheets] == ["OKR", "Settings"]
    assert len(SETTINGS_ROWS) == 2
