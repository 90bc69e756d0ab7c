"""The cells of one table: what each computed cell shall show, and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sheetsync.language import Phrases
from sheetsync.model import Goals, KeyResult, Kpi, Objective, Table
from sheetsync.results import Finding, Score, Scorecard, Severity, Status
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Worksheet, same_value
from sheetsync.writeback.authorship import LONGEST_SENTENCE, Authorship
from sheetsync.writeback.columns import COLUMNS, Column


class TableWriter:
    """Plans the updates of one table; ``findings`` then holds what was typed over."""

    def __init__(
        self,
        table: Table,
        sheet: Worksheet,
        end: int,
        placed: Mapping[str, int],
        phrases: Phrases,
        authorship: Authorship,
        today: date,
    ) -> None:
        """Take the table, the row before which it ends, the place of each computed column, and the words."""
        self._table = table
        self._end = end
        self._sheet = sheet
        known = COLUMNS[table.kind]
        self._columns = [(known[concept], place) for concept, place in placed.items() if concept != "synced"]
        self._synced = placed.get("synced")
        self._phrases = phrases
        self._authorship = authorship
        self._today = today
        self._status = {status: phrases.text(f"status.{status}") for status in Status}
        self.findings: list[Finding] = []

    def updates(self, goals: Goals, scorecard: Scorecard) -> list[CellUpdate]:
        """Give the updates of every row of the table whose shown values differ."""
        updates: list[CellUpdate] = []
        rows: set[int] = set()
        for item in self._items(goals):
            score = scorecard.scores.get(item.key)
            rows.add(item.row)
            if score is not None:
                self._row(item.row, score, updates)
        self._clear_left_over(rows, updates)
        return updates

    def _items(self, goals: Goals) -> Sequence[Objective | KeyResult | Kpi]:
        own = self._table.key
        if self._table.kind == "kpi":
            return [kpi for kpi in goals.kpis if kpi.table == own]
        objectives = [item for item in goals.objectives if item.table == own and item.own_row]
        return [*objectives, *(item for item in goals.key_results if item.table == own)]

    def _row(self, row: int, score: Score, updates: list[CellUpdate]) -> None:
        moved = False
        for column, place in self._columns:
            wanted = self._wanted(column, score)
            stands = self._sheet.value(row, place)
            if same_value(stands, wanted):
                continue
            if not self._may_write(row, place, column, stands):
                continue
            updates.append(CellUpdate(self._table.sheet, row, place, stands, wanted, column.form))
            moved = moved or not column.quiet
        if self._synced is not None:
            self._stamp(row, self._synced, moved, updates)

    def _stamp(self, row: int, place: int, moved: bool, updates: list[CellUpdate]) -> None:
        stands = self._sheet.value(row, place)
        if (stands is not None and not moved) or _day(stands) == self._today:
            return
        if self._may_write(row, place, COLUMNS[self._table.kind]["synced"], stands):
            updates.append(CellUpdate(self._table.sheet, row, place, stands, self._today, "date"))

    def _wanted(self, column: Column, score: Score) -> CellValue:
        if column.number is not None:
            number = column.number(score)
            return None if number is None else round(number, column.digits) + 0.0
        if column.concept == "status":
            return self._status[score.status]
        if column.concept == "grade":
            return self._grade(score)
        if column.concept == "trend":
            return None if score.trend is None else self._phrases.text(f"trend.{score.trend}")
        return self._why(score)

    def _grade(self, score: Score) -> str | None:
        key = f"grade.{score.grade}"
        return self._phrases.text(key) if score.grade is not None and self._phrases.has(key) else score.grade

    def _why(self, score: Score) -> str:
        told = self._phrases.text(f"why.{score.reason.code}", **score.reason.params)
        return told if len(told) <= LONGEST_SENTENCE else told[: LONGEST_SENTENCE - 1] + "…"

    def _may_write(self, row: int, place: int, column: Column, stands: CellValue) -> bool:
        """Say whether the cell holds nothing of the user's; if it does, note a finding."""
        if (row, place) in self._sheet.formulas:
            self._typed_over("DR502", row, place, column, stands)
            return False
        if not self._authorship.could_be_ours(column.concept, column.form, stands):
            self._typed_over("DR501", row, place, column, stands)
            return False
        return True

    def _typed_over(self, code: str, row: int, place: int, column: Column, stands: CellValue) -> None:
        params = {"value": "" if stands is None else str(stands), "column": column.concept}
        self.findings.append(Finding(code, Severity.WARNING, CellRef(self._table.sheet, row, place), params))

    def _clear_left_over(self, rows: set[int], updates: list[CellUpdate]) -> None:
        """Empty the computed cells of rows that held an item once: those with a Synced date, but no item any more."""
        if self._synced is None:
            return
        for row in range(self._table.header_row + 1, self._end):
            if row in rows or _day(self._sheet.value(row, self._synced)) is None:
                continue
            for column, place in [*self._columns, (COLUMNS[self._table.kind]["synced"], self._synced)]:
                stands = self._sheet.value(row, place)
                if stands is not None and self._may_write(row, place, column, stands):
                    updates.append(CellUpdate(self._table.sheet, row, place, stands, None, column.form))


def _day(value: CellValue) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
