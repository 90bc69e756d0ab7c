"""The cells of one table: what each computed cell shall show, and what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sheetsync.language import Phrases
from sheetsync.model import Goals, KeyResult, Kpi, Objective, Table
from sheetsync.results import Finding, Score, Scorecard, Severity, Status
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Worksheet, same_value
from sheetsync.writeback.authorship import LONGEST_SENTENCE, Authorship
from sheetsync.writeback.columns import COLUMNS, Column, rounded


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
        self._known = COLUMNS[table.kind]
        self._phrases = phrases
        self._columns = [
            (self._known[concept], place, self._giver(self._known[concept]))
            for concept, place in placed.items()
            if concept != "synced"
        ]
        self._synced = placed.get("synced")
        own = frozenset(placed.values())
        self._formulas = {place for place in sheet.formulas if place[1] in own}
        self._authorship = authorship
        self._today = today
        self.findings: list[Finding] = []

    def updates(self, goals: Goals, scorecard: Scorecard) -> list[CellUpdate]:
        """Give the updates of every row of the table whose shown values differ."""
        updates: list[CellUpdate] = []
        rows: set[int] = set()
        scores = scorecard.scores
        for item in self._items(goals):
            row = item.row
            rows.add(row)
            score = scores.get(item.key)
            if score is not None:
                self._row(row, score, updates)
        self._clear_left_over(rows, updates)
        return updates

    def _items(self, goals: Goals) -> Sequence[Objective | KeyResult | Kpi]:
        own = self._table.key
        if self._table.kind == "kpi":
            return [kpi for kpi in goals.kpis if kpi.table == own]
        objectives = [item for item in goals.objectives if item.table == own and item.own_row]
        return [*objectives, *(item for item in goals.key_results if item.table == own)]

    def _row(self, row: int, score: Score, updates: list[CellUpdate]) -> None:
        cells = self._sheet.rows[row - 1]
        width = len(cells)
        moved = False
        for column, place, give in self._columns:
            stands = cells[place - 1] if place <= width else None
            if stands == "":
                stands = None
            wanted = give(score)
            if stands is wanted or (stands is not None and same_value(stands, wanted)):
                continue
            if (stands is not None or self._formulas) and not self._may_write(row, place, column, stands):
                continue
            updates.append(CellUpdate(self._table.sheet, row, place, stands, wanted, column.form))
            moved = moved or not column.quiet
        if self._synced is not None:
            self._stamp(row, self._synced, moved, updates)

    def _stamp(self, row: int, place: int, moved: bool, updates: list[CellUpdate]) -> None:
        stands = self._sheet.value(row, place)
        if (stands is not None and not moved) or _day(stands) == self._today:
            return
        if self._may_write(row, place, self._known["synced"], stands):
            updates.append(CellUpdate(self._table.sheet, row, place, stands, self._today, "date"))

    def _giver(self, column: Column) -> Callable[[Score], CellValue]:
        """Give the function that tells what a cell of a column shall show."""
        if column.number is not None:
            return _number_giver(column.number, column.digits)
        if column.concept == "status":
            words = {status: self._phrases.text(f"status.{status}") for status in Status}
            return lambda score: words[score.status]
        if column.concept == "grade":
            return self._grade
        if column.concept == "trend":
            return self._trend
        return self._why

    def _grade(self, score: Score) -> str | None:
        key = f"grade.{score.grade}"
        return self._phrases.text(key) if score.grade is not None and self._phrases.has(key) else score.grade

    def _trend(self, score: Score) -> str | None:
        return None if score.trend is None else self._phrases.text(f"trend.{score.trend}")

    def _why(self, score: Score) -> str:
        reason = score.reason
        told = self._phrases.text(f"why.{reason.code}", **reason.params)
        return told if len(told) <= LONGEST_SENTENCE else told[: LONGEST_SENTENCE - 1] + "…"

    def _may_write(self, row: int, place: int, column: Column, stands: CellValue) -> bool:
        """Say whether the cell holds nothing of the user's; if it does, note a finding."""
        if (row, place) in self._formulas:
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
            own = [(column, place) for column, place, _ in self._columns]
            for column, place in [*own, (self._known["synced"], self._synced)]:
                stands = self._sheet.value(row, place)
                if stands is not None and self._may_write(row, place, column, stands):
                    updates.append(CellUpdate(self._table.sheet, row, place, stands, None, column.form))


def _number_giver(number: Callable[[Score], float | None], digits: int) -> Callable[[Score], CellValue]:
    def give(score: Score) -> CellValue:
        found = number(score)
        return None if found is None else rounded(found, digits)

    return give


def _day(value: CellValue) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
