"""The run of one workbook: what is done in which order, what is refused, and that a second run does nothing."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.cli.shipped import rule_words
from sheetsync.errors import LockHeld, SheetsyncError, WorkbookChanged, WriteRefused
from sheetsync.results import Status
from sheetsync.rules import RuleSettings
from sheetsync.sync import evaluate, run
from sheetsync.workbook import CellRef, Changes, Disturbance, Receipt, Workbook
from tests.books import OKR_ROWS, SETTINGS_ROWS, VIETNAMESE_ROWS, Rows, book, job


def unlocked() -> AbstractContextManager[object]:
    """Give a lock that is always free."""
    return nullcontext()


class ChangingBackend(MemoryBackend):
    """A workbook into which somebody else writes just before the first applies."""

    def __init__(self, workbook: Workbook, times: int) -> None:
        """Take the workbook, and how often somebody is faster."""
        super().__init__(workbook)
        self.times = times
        self.applied = 0

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Refuse as a real backend does when the file is no longer what was read."""
        self.applied += 1
        if self.applied <= self.times:
            raise WorkbookChanged(path="book.xlsx")
        return super().apply(changes, revision)


def header_of(backend: MemoryBackend, text: str) -> int:
    """Give the column of a header, from 1."""
    return list(backend.read().sheet("OKR").rows[0]).index(text) + 1


def test_a_run_adds_the_computed_columns_and_fills_them() -> None:
    """Show that a workbook without computed columns gets them, with the numbers that were computed."""
    backend = MemoryBackend(book())
    outcome = run(backend, job(), unlocked)
    sheet = backend.read().sheet("OKR")
    assert outcome.receipt is not None
    assert sheet.value(3, header_of(backend, "Progress")) == round(50 / 90, 2)
    assert sheet.value(4, header_of(backend, "Status")) == "Off track"
    assert sheet.value(2, header_of(backend, "Progress")) == round((50 / 90 + 0.2) / 2, 2)


def test_a_second_run_writes_nothing() -> None:
    """Show that the same day with the same inputs makes no write."""
    backend = MemoryBackend(book())
    run(backend, job(), unlocked)
    revision = backend.read().revision
    outcome = run(backend, job(), unlocked)
    assert outcome.receipt is None
    assert backend.read().revision == revision


def test_a_dry_run_writes_nothing_and_still_plans() -> None:
    """Show that the plan of a dry run is there, and the workbook as it was."""
    backend = MemoryBackend(book())
    outcome = run(backend, job(), unlocked, dry_run=True)
    assert outcome.receipt is None
    assert not outcome.evaluation.changes.empty
    assert backend.read().revision == "book#0"


def test_users_cells_are_as_they_were() -> None:
    """Show that every cell that the user wrote stands where it stood."""
    backend = MemoryBackend(book())
    run(backend, job(), unlocked)
    for before, after in zip(OKR_ROWS, backend.read().sheet("OKR").rows, strict=True):
        assert list(after[: len(before)]) == before


@pytest.mark.parametrize("severity", [{}, {"WS109": None}])
def test_a_rule_that_is_switched_off_makes_no_run_complete(severity: dict[str, None]) -> None:
    """Show that a worksheet that could not be written counts as refused, whatever the configuration shows of it."""
    closed = [sheet._replace(refusal="excel.sheet_protected") for sheet in book().sheets]
    task = job()._replace(rules=RuleSettings(severity=severity, words=rule_words()))
    outcome = run(MemoryBackend(book()._replace(sheets=tuple(closed))), task, unlocked)
    assert [one.code for one in outcome.refused] == ["WS109"]
    assert ("WS109" in {one.code for one in outcome.evaluation.findings}) is not bool(severity)


@pytest.mark.parametrize("rows", [[], [["Name", "Phone"], ["Lan", "0901"]]])
def test_a_workbook_without_goals_is_refused(rows: list[list[Any]]) -> None:
    """Show that a workbook which holds nothing to score is not written."""
    with pytest.raises(WriteRefused) as refused:
        run(MemoryBackend(book(rows)), job(), unlocked)
    assert refused.value.key == "guard.empty"
    assert refused.value.exit_code == 3


def test_a_kpi_may_keep_one_id_over_several_people() -> None:
    """Show that such rows are scored and written each, and that a second row of one person is refused."""
    head: list[Any] = ["ID", "KPI", "Owner", "Target", "Actual"]
    rows: Rows = [head, ["K-1", "Revenue", "Lan", 10, 5], ["K-1", "Revenue", "Bảo", 10, 8]]
    outcome = run(MemoryBackend(book(rows)), job(), unlocked)
    assert outcome.receipt is not None
    assert {score.key: score.progress for score in outcome.evaluation.scorecard.scores.values()} == {
        "K-1-lan": 0.5,
        "K-1-bao": 0.8,
    }
    with pytest.raises(WriteRefused):
        run(MemoryBackend(book([*rows, rows[1]])), job(), unlocked)


def test_repeated_ids_are_refused_by_name() -> None:
    """Show that a repeated id stops the write and is named."""
    rows: Rows = [*OKR_ROWS, ["KR-2", None, "Again", "Lan", 0, 5, 1, None]]
    with pytest.raises(WriteRefused) as refused:
        run(MemoryBackend(book(rows)), job(), unlocked)
    assert refused.value.params["ids"] == "KR-2"


def test_a_workbook_that_changed_is_planned_once_more() -> None:
    """Show that one change by somebody else is survived."""
    backend = ChangingBackend(book(), times=1)
    assert run(backend, job(), unlocked).receipt is not None
    assert backend.applied == 2


def test_a_workbook_that_keeps_changing_is_left_alone() -> None:
    """Show that after a second change nothing is written."""
    backend = ChangingBackend(book(), times=2)
    with pytest.raises(WorkbookChanged):
        run(backend, job(), unlocked)
    assert backend.read().revision == "book#0"


class DisturbingBackend(ChangingBackend):
    """A workbook in which a cell of the user's is hit at every reading and at every write."""

    def read(self) -> Workbook:
        """Tell of a cell that an earlier run had hit."""
        return super().read()._replace(disturbed=(hit(len(self.hits)),))

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Tell of a cell that was hit, in the receipt or in the failure."""
        self.hits.append(0)
        try:
            return super().apply(changes, revision)._replace(disturbed=(hit(10),))
        except WorkbookChanged as error:
            error.disturbed = (hit(20 + self.applied),)
            raise

    def __init__(self, times: int) -> None:
        """Take how often somebody is faster."""
        super().__init__(book(), times)
        self.hits: list[int] = []


def hit(number: int) -> Disturbance:
    """Give a cell of the user's that was hit, known by its row."""
    return Disturbance(CellRef("OKR", number + 1, 1), "O-1")


def test_every_cell_that_was_hit_is_told_whatever_comes_after() -> None:
    """Show that disturbances of a first attempt, of readings and of the write itself all reach the outcome."""
    backend = DisturbingBackend(times=1)
    outcome = run(backend, job(), unlocked)
    assert sorted(one.cell.row - 1 for one in outcome.disturbed) == [0, 1, 10, 21]


def test_a_failure_tells_the_cells_that_were_hit_before_it() -> None:
    """Show that a run which ends in an error carries every disturbance with it, also where a guard refuses."""
    with pytest.raises(WorkbookChanged) as changed:
        run(DisturbingBackend(times=2), job(), unlocked)
    assert sorted(one.cell.row - 1 for one in changed.value.disturbed) == [0, 1, 21, 22]
    empty = MemoryBackend(book([])._replace(disturbed=(hit(7),)))
    with pytest.raises(WriteRefused) as refused:
        run(empty, job(), unlocked)
    assert refused.value.disturbed == (hit(7),)


def test_the_lock_is_taken_before_anything_is_read() -> None:
    """Show that a held lock stops the run."""

    def held() -> AbstractContextManager[object]:
        raise LockHeld(path="book.xlsx")

    with pytest.raises(SheetsyncError) as refused:
        run(MemoryBackend(book()), job(), held)
    assert refused.value.exit_code == 11


def test_the_language_of_the_headers_decides_where_nothing_else_does() -> None:
    """Show that a Vietnamese sheet gets Vietnamese columns without being told to."""
    backend = MemoryBackend(book(VIETNAMESE_ROWS))
    run(backend, job(), unlocked)
    sheet = backend.read().sheet("OKR")
    assert sheet.value(4, header_of(backend, "Trạng thái")) == "Nguy cơ không đạt"


@pytest.mark.parametrize("given", ["settings", "configuration"])
def test_settings_and_configuration_choose_the_language(given: str) -> None:
    """Show that the workbook's own setting, or the configuration, wins over the headers."""
    settings: Rows = [*SETTINGS_ROWS, ["Language", "vi"]] if given == "settings" else SETTINGS_ROWS
    chosen = job(language="vi") if given == "configuration" else job()
    assert evaluate(book(settings=settings), chosen).phrases.language == "vi"


def test_a_profile_that_nobody_knows_is_reported_and_the_default_serves() -> None:
    """Show that a misspelt profile in the workbook is a finding, never a silent choice."""
    settings: Rows = [*SETTINGS_ROWS, ["Profile", "gogle"]]
    evaluation = evaluate(book(settings=settings), job())
    assert evaluation.scorecard.profile == "default@1"
    assert any("gogle" in str(finding.params.values()) for finding in evaluation.findings)


def test_a_row_that_cannot_be_read_is_a_finding_and_stays_unscored() -> None:
    """Show that text in a number cell is reported with its cell, and the row has no score."""
    rows: Rows = [*OKR_ROWS[:3], ["KR-2", None, "Repeat buyers", "Bảo", 0, 500, "about half", None]]
    evaluation = evaluate(book(rows), job())
    assert evaluation.scorecard.scores["KR-2"].status is Status.NOT_SCORED
    assert "OKR!G4" in {str(finding.cell) for finding in evaluation.findings}


def test_rules_that_are_switched_off_stay_silent() -> None:
    """Show that the configuration's severities reach every finding."""
    rows: Rows = [*OKR_ROWS[:3], ["KR-2", None, "Repeat buyers", "Bảo", 0, 500, "about half", None]]
    codes = {finding.code for finding in evaluate(book(rows), job()).findings}
    silent = evaluate(book(rows), job(rules=dict.fromkeys(codes)))
    assert silent.findings == ()
