"""The run of one workbook with a real history: what is remembered, what comes of it, and that nothing is done twice."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.cli.remembering import HistoryAt
from sheetsync.errors import HistoryUnavailable
from sheetsync.evaluating import evaluate
from sheetsync.history import History
from sheetsync.sync import Job, Outcome, run
from sheetsync.workbook import CellUpdate, CellValue, Changes
from tests.books import Rows, book, job

DAY = date(2026, 11, 16)
HEADER: list[CellValue] = ["ID", "Objective", "Key result", "Owner", "Baseline", "Target", "Current", "Check-in"]


def unlocked() -> AbstractContextManager[object]:
    """Give a lock that is always free."""
    return nullcontext()


class Firm:
    """A workbook in memory whose owner edits it by day, and a history beside it; each run is one of a night."""

    def __init__(self, path: Path, rows: Rows | None = None, **given: Any) -> None:
        self.histories = HistoryAt(path)
        self.path = path
        self.given = given
        self.backend = MemoryBackend(book(rows or goals_rows()))

    def job(self, day: date) -> Job:
        """Give the job of a day."""
        return job(**self.given)._replace(today=day, place="file:/books/book.xlsx")

    def sync(self, day: date, **changed: Any) -> Outcome:
        """Run the sync of a night."""
        return run(self.backend, self.job(day)._replace(**changed), unlocked, histories=self.histories)

    def type(self, key: str, header: str, value: CellValue) -> None:
        """Let the user type into the cell of a row, known by its id, and of a column, known by its header."""
        row, column = self.place(key, header)
        workbook = self.backend.read()
        before = workbook.sheet("OKR").value(row, column)
        self.backend.apply(Changes(cells=(CellUpdate("OKR", row, column, before, value),)), workbook.revision)

    def cell(self, key: str, header: str) -> CellValue:
        """Give what stands in a cell."""
        return self.backend.read().sheet("OKR").value(*self.place(key, header))

    def place(self, key: str, header: str) -> tuple[int, int]:
        """Give row and column of a cell."""
        rows = self.backend.read().sheet("OKR").rows
        return next(at for at, row in enumerate(rows, 1) if row[0] == key), list(rows[0]).index(header) + 1

    def reorder(self, order: list[int], columns: int | None = None) -> None:
        """Put the rows below the header into another order; with ``columns`` only their first cells."""
        workbook = self.backend.read()
        sheet = workbook.sheet("OKR")
        rows = [list(row) for row in sheet.rows]
        moved = [rows[0], *(rows[at] for at in order)]
        if columns is not None:
            moved = [[*new[:columns], *old[columns:]] for new, old in zip(moved, rows, strict=True)]
        sheets = tuple(one._replace(rows=moved) if one.name == "OKR" else one for one in workbook.sheets)
        self.backend = MemoryBackend(workbook._replace(sheets=sheets))

    def keep(self, rows: Rows) -> None:
        """Let the user's own columns hold other rows; the computed columns are those of the rows before."""
        workbook = self.backend.read()
        sheets = tuple(one._replace(rows=rows) if one.name == "OKR" else one for one in workbook.sheets)
        self.backend = MemoryBackend(workbook._replace(sheets=sheets))

    def counts(self) -> tuple[int, int, int]:
        """Count the runs, observations and statements in the history."""
        with History.open(self.path) as history:
            keys = {one.key for one in history.entries()}
            entries = [entry for key in keys for entry in history.series(1, key)]
            observed = sum(1 for entry in entries if entry.statement is None)
            return len(history.runs()), observed, len(entries) - observed


def goals_rows(count: int = 2) -> Rows:
    """Give an objective with some key results."""
    results: Rows = [
        [f"KR-{number}", None, f"Result number {number}", "Lan", 0, 100, 20 + number, date(2026, 11, 14)]
        for number in range(1, count + 1)
    ]
    return [HEADER, ["O-1", "Grow online", None, "Lan", None, None, None, None], *results]


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    """Give a workbook that was never synced, and the place of a history that has not begun."""
    return Firm(tmp_path / "history.sqlite3")


def codes(outcome: Outcome, *wanted: str) -> list[str]:
    """Give the codes of the findings that a test is about."""
    return [one.code for one in outcome.evaluation.findings if one.code in wanted]


def test_a_second_run_of_a_day_writes_and_records_nothing(firm: Firm) -> None:
    """Shows that the same inputs on the same company day make no write and no observation; the run itself is logged."""
    assert firm.sync(DAY).receipt is not None
    runs, *kept = firm.counts()
    assert firm.sync(DAY).receipt is None
    assert firm.counts() == (runs + 1, *kept)


def test_the_log_says_how_a_night_was_scored_and_what_it_wrote(tmp_path: Path) -> None:
    """Shows profiles, language and cells of a run, the state that it left, and that a sheet left out makes it partial.

    With the profiles an old score can be computed again.
    """
    firm = Firm(tmp_path / "history.sqlite3", profile="google@1", language="vi")
    firm.sync(DAY)
    book = firm.backend.read()
    shut = tuple(one._replace(refusal="excel.row_order") if one.name == "OKR" else one for one in book.sheets)
    firm.backend = MemoryBackend(book._replace(sheets=shut))
    firm.sync(DAY + timedelta(days=1))
    with History.open(firm.path) as history:
        newest, first = history.runs()
    assert (first.profile, first.kpi_profile, first.language) == ("google@1", "vn-kpi@1", "vi")
    assert (first.outcome, first.cells, newest.outcome, newest.cells) == ("complete", 18, "partial", None)


def test_change_and_forecast_are_written_from_the_history(firm: Firm) -> None:
    """Shows that Change tells what moved since the last weekly mark, and Forecast appears once enough was seen."""
    start = DAY - timedelta(days=28)
    for week in range(5):
        day = start + timedelta(days=7 * week)
        firm.type("KR-1", "Current", 20 + 10 * week)
        outcome = firm.sync(day)
    assert firm.cell("KR-1", "Change") == pytest.approx(0.1)
    assert isinstance(firm.cell("KR-1", "Forecast"), float)
    assert firm.cell("KR-2", "Change") == 0
    assert outcome.evaluation.past is not None
    assert len(outcome.evaluation.past.nights) == 4


def test_synced_stays_for_expected_forecast_and_why_alone(firm: Firm) -> None:
    """Shows that on a later day only cells with another shown value are written, and that these do not move Synced."""
    firm.sync(DAY)
    second = DAY + timedelta(days=3)
    firm.sync(second)
    before = firm.backend.read().sheet("OKR").rows
    outcome = firm.sync(second + timedelta(days=2))
    header, after = list(before[0]), firm.backend.read().sheet("OKR").rows
    changed = {
        header[at] for old, new in zip(before, after, strict=True) for at in range(len(header)) if old[at] != new[at]
    }
    assert outcome.receipt is not None
    assert changed <= {"Expected", "Why", "Forecast"}
    assert "Expected" in changed
    assert firm.cell("KR-1", "Synced") == second


def test_neglect_counts_from_what_history_saw(firm: Firm) -> None:
    """Shows that a Current that was seen to change counts as an update, though the date on the row is old."""
    alone = Firm(firm.path.with_name("other.sqlite3"))
    for one in (firm, alone):
        one.type("KR-1", "Current", 99)
        one.type("KR-1", "Check-in", date(2026, 10, 20))
    firm.sync(DAY - timedelta(days=3))
    firm.type("KR-1", "Current", 98)
    firm.sync(DAY)
    alone.sync(DAY)
    assert alone.cell("KR-1", "Status") == "At risk"
    assert firm.cell("KR-1", "Status") == "On track"


def test_what_was_typed_over_is_put_back_once_it_is_reported_and_kept(firm: Firm) -> None:
    """Shows that a typed status is reported for a week, stands in the history, and is replaced once."""
    firm.sync(DAY)
    computed = firm.cell("KR-1", "Status")
    firm.type("KR-1", "Status", "On track")
    firm.type("KR-2", "Progress", 0.95)
    outcome = firm.sync(DAY + timedelta(days=1))
    assert codes(outcome, "DR501", "DR512") == ["DR512", "DR512"]
    assert [one.item for one in outcome.evaluation.findings if one.code == "DR512"] == ["KR-1", "KR-2"]
    told = [one.params for one in outcome.evaluation.findings if one.code == "DR512"]
    assert [(one["value"], one["before"], one["until"]) for one in told] == [
        ("On track", computed, DAY),
        (0.95, 0.22, DAY),
    ]
    assert (firm.cell("KR-1", "Status"), firm.cell("KR-2", "Progress")) == (computed, 0.22)
    with History.open(firm.path) as history:
        said = [one.statement for one in history.series(1, "KR-1") if one.statement is not None]
    assert [one.text for one in said if one.concept == "typed status"] == ["On track"]
    kept = firm.counts()[1:]
    again = firm.sync(DAY + timedelta(days=1))
    assert (again.receipt, firm.counts()[1:]) == (None, kept)
    for outcome in (again, firm.sync(DAY + timedelta(days=8))):
        repeated = [one.params for one in outcome.evaluation.findings if one.code == "DR512"]
        assert sorted(repeated, key=str) == sorted(told, key=str)
    assert codes(firm.sync(DAY + timedelta(days=9)), "DR501", "DR512") == []


@pytest.mark.parametrize(("typed", "told"), [(date(2026, 11, 1), []), (date(2027, 1, 1), ["DR512"])])
def test_a_date_typed_over_the_last_sync_is_put_back(firm: Firm, typed: date, told: list[str]) -> None:
    """Shows that a row in which nothing else is to be written gets its date back; an earlier one may be of a copy."""
    firm.sync(DAY)
    firm.sync(DAY + timedelta(days=1))
    stood = firm.cell("KR-1", "Synced")
    firm.type("KR-1", "Synced", typed)
    outcome = firm.sync(DAY + timedelta(days=1))
    assert firm.cell("KR-1", "Synced") == stood
    assert codes(outcome, "DR501", "DR512") == told


def test_what_was_typed_over_twice_is_told_as_it_is_now(firm: Firm) -> None:
    """Shows that a cell that was typed over again is told once, with what was typed last."""
    firm.sync(DAY)
    for number, typed in enumerate(("Great", "Fine"), 1):
        firm.type("KR-1", "Status", typed)
        outcome = firm.sync(DAY + timedelta(days=number))
        assert [one.params["value"] for one in outcome.evaluation.findings if one.code == "DR512"] == [typed]
    quiet = firm.sync(DAY + timedelta(days=3))
    (told,) = [one.params for one in quiet.evaluation.findings if one.code == "DR512"]
    assert (told["value"], told["until"]) == ("Fine", DAY + timedelta(days=1))


@pytest.mark.parametrize("given", ["keep", "ask"])
def test_what_was_typed_over_may_be_kept(tmp_path: Path, given: str) -> None:
    """Shows that keep leaves what was typed and reports it every night, and so does ask without anybody to ask."""
    firm = Firm(tmp_path / "history.sqlite3", on_conflict=given)
    firm.sync(DAY)
    firm.type("KR-1", "Status", "On track")
    for later in (1, 1, 2):
        outcome = firm.sync(DAY + timedelta(days=later))
        assert codes(outcome, "DR501", "DR512") == ["DR501"]
        assert firm.cell("KR-1", "Status") == "On track"


def test_a_person_may_be_asked(tmp_path: Path) -> None:
    """Shows that each typed cell is put to the person, with what was typed and what would stand there."""
    firm = Firm(tmp_path / "history.sqlite3", on_conflict="ask")
    firm.sync(DAY)
    computed = firm.cell("KR-1", "Status")
    firm.type("KR-1", "Status", "On track")
    firm.type("KR-2", "Status", "Achieved")
    asked = []

    def ask(cell: Any, concept: str, stands: CellValue, after: CellValue) -> bool:
        asked.append((concept, stands, after))
        return stands == "On track"

    firm.sync(DAY + timedelta(days=1), ask=ask)
    assert asked == [("status", "On track", computed), ("status", "Achieved", computed)]
    assert (firm.cell("KR-1", "Status"), firm.cell("KR-2", "Status")) == (computed, "Achieved")


def test_without_a_history_of_the_row_what_was_typed_stays(firm: Firm) -> None:
    """Shows that on the first night with a history a text that sheetsync cannot have written is kept and reported."""
    run(firm.backend, firm.job(DAY), unlocked)
    firm.type("KR-1", "Status", "nearly done")
    outcome = firm.sync(DAY + timedelta(days=1))
    assert (firm.cell("KR-1", "Status"), codes(outcome, "DR501", "DR512")) == ("nearly done", ["DR501"])
    assert outcome.evaluation.begins


@pytest.mark.parametrize("header", ["Status", "Synced"])
def test_the_first_day_of_a_history_leaves_what_was_typed_until_the_next(firm: Firm, header: str) -> None:
    """Shows that a second run of that day does what the first did, and that the next night puts it back and tells it.

    What is typed over what that day itself has written is put back at once, as ever.
    """
    run(firm.backend, firm.job(DAY), unlocked)
    firm.type("KR-1", header, "nearly done")
    day = DAY + timedelta(days=1)
    for _ in range(2):
        outcome = firm.sync(day)
        assert (firm.cell("KR-1", header), codes(outcome, "DR501", "DR512")) == ("nearly done", ["DR501"])
    assert outcome.receipt is None
    computed = firm.cell("KR-2", "Status")
    firm.type("KR-2", "Status", "done")
    assert codes(firm.sync(day), "DR501", "DR512") == ["DR501", "DR512"]
    assert (firm.cell("KR-1", header), firm.cell("KR-2", "Status")) == ("nearly done", computed)
    outcome = firm.sync(day + timedelta(days=1))
    assert sorted(codes(outcome, "DR501", "DR512")) == ["DR512", "DR512"]
    assert firm.cell("KR-1", header) != "nearly done"


@pytest.mark.parametrize("columns", [None, len(HEADER)])
def test_rows_that_were_sorted_were_not_typed_over(tmp_path: Path, columns: int | None) -> None:
    """Shows that sorted rows make no false finding, also where only the user's columns were sorted."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(5))
    firm.sync(DAY)
    firm.reorder([1, 6, 5, 4, 3, 2], columns)
    outcome = firm.sync(DAY + timedelta(days=1))
    assert codes(outcome, "DR501", "DR512") == []
    assert [firm.cell(f"KR-{number}", "Progress") for number in range(1, 6)] == [0.21, 0.22, 0.23, 0.24, 0.25]


def test_an_older_copy_of_the_workbook_was_not_typed_over(firm: Firm) -> None:
    """Shows that putting back a copy of another day makes no finding about typed cells."""
    firm.sync(DAY)
    older = firm.backend.read()
    firm.type("KR-1", "Current", 80)
    firm.type("KR-2", "Current", 90)
    firm.sync(DAY + timedelta(days=1))
    firm.backend = MemoryBackend(older)
    outcome = firm.sync(DAY + timedelta(days=2))
    assert codes(outcome, "DR501", "DR512") == []
    assert firm.cell("KR-1", "Progress") == 0.21


def test_a_row_keeps_its_past_under_another_key(tmp_path: Path) -> None:
    """Shows that a row without an id whose title was edited keeps its history and its cells."""
    rows = goals_rows(4)
    for row in rows[1:]:
        row[0] = None
    firm = Firm(tmp_path / "history.sqlite3", rows)
    firm.sync(DAY)
    edited = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    edited[3][2] = "Result number 2, online"
    firm.keep(edited)
    outcome = firm.sync(DAY + timedelta(days=1))
    assert codes(outcome, "DR501", "DR512") == []
    past = outcome.evaluation.past
    assert past is not None
    assert all(item.first == DAY for item in past.items.values())
    assert {item.key for item in outcome.evaluation.goals.key_results} <= past.items.keys()


def test_an_id_that_names_another_thing_is_told(firm: Firm) -> None:
    """Shows that a reused id is a finding for a week, and that its row begins without a past."""
    firm.sync(DAY)
    firm.type("KR-2", "Key result", "Two drivers hired")
    firm.type("KR-2", "Owner", "Bảo")
    firm.type("KR-2", "Target", 2)
    outcome = firm.sync(DAY + timedelta(days=1))
    assert codes(outcome, "DR513") == ["DR513"]
    assert outcome.evaluation.past is not None
    assert "KR-2" not in outcome.evaluation.past.items
    for day in (1, 1, 8):
        (told,) = [one for one in firm.sync(DAY + timedelta(days=day)).evaluation.findings if one.code == "DR513"]
        assert told.item == "KR-2"
        assert (told.params["until"], told.params["day"]) == (DAY, DAY + timedelta(days=1))
        assert told.params["before"] != "Two drivers hired"
    assert codes(firm.sync(DAY + timedelta(days=9)), "DR513") == []


def test_a_history_that_cannot_be_used_stops_the_sync_and_nothing_else(firm: Firm) -> None:
    """Shows that without its history a workbook is scored and planned, but not written."""
    firm.path.write_bytes(b"no database at all" * 100)
    with pytest.raises(HistoryUnavailable) as refused:
        firm.sync(DAY)
    assert refused.value.exit_code == 3
    assert firm.backend.read().revision == "book#0"
    with firm.histories.look() as looked:
        found = evaluate(firm.backend.read(), firm.job(DAY), looked)
    assert found.past is None
    assert found.unremembered is not None
    assert not found.changes.empty


def test_a_history_that_was_deleted_begins_anew(firm: Firm) -> None:
    """Shows that a new history begins, knows the cells that stand there for ours, and that this is told once."""
    firm.sync(DAY)
    firm.path.unlink()
    outcome = firm.sync(DAY + timedelta(days=1))
    assert outcome.evaluation.begins
    firm.type("KR-1", "Status", "On track")
    outcome = firm.sync(DAY + timedelta(days=2))
    assert not outcome.evaluation.begins
    assert codes(outcome, "DR501", "DR512") == ["DR512"]


def test_a_first_sync_does_not_speak_of_an_earlier_one(firm: Firm) -> None:
    """Shows that nothing is told of a history that there never was."""
    assert not firm.sync(DAY).evaluation.begins


def test_a_clock_that_jumps_changes_no_answer(firm: Firm) -> None:
    """Shows that a night ten years ahead, and one an hour back, leave one snapshot a day and the same answers."""
    firm.sync(DAY)
    firm.type("KR-1", "Current", 50)
    firm.sync(DAY + timedelta(days=3653))
    firm.type("KR-1", "Current", 40)
    outcome = firm.sync(DAY + timedelta(days=1))
    assert codes(outcome, "DR501", "DR512") == []
    assert firm.sync(DAY + timedelta(days=1)).receipt is None
    with History.open(firm.path) as history:
        values = [
            next(one.observation.value for one in history.as_of(DAY + timedelta(days=later)) if one.key == "KR-1")
            for later in (0, 1, 2, 3652, 3653)
        ]
        assert values == [21, 40, 40, 40, 50]
        assert history.past(1, DAY + timedelta(days=4000)).nights == tuple(
            DAY + timedelta(days=n) for n in (0, 1, 3653)
        )
