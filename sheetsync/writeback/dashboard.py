"""The dashboard: single values and two short lists, in cells that carry our mark. Charts over them are the template's.

The whole worksheet is ours, so its texts are replaced without asking; a formula that somebody put there stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sheetsync.cell_text import cell_text
from sheetsync.language import Phrases
from sheetsync.model import Goals, Level
from sheetsync.results import Scorecard, Status
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Workbook, same_value
from sheetsync.writeback.columns import rounded

LIST_ROWS = 12
"""Rows of the objectives' and the groups' list."""


def dashboard_updates(
    workbook: Workbook, goals: Goals, scorecard: Scorecard, phrases: Phrases, today: date, *, changed: bool
) -> list[CellUpdate]:
    """Give the updates of the dashboard cells whose values differ; ``changed`` says that other cells are written."""
    marks = {mark.concept: mark.header for mark in workbook.marks if mark.table == "dash" and mark.header is not None}
    if not marks:
        return []
    updates = []
    for place, told, form in _wanted(marks, goals, scorecard, phrases):
        after = cell_text(told) if isinstance(told, str) else told
        sheet = workbook.sheet(place.sheet)
        if sheet.refusal is not None or (place.row, place.column) in sheet.formulas:
            continue
        before = sheet.value(place.row, place.column)
        if not same_value(before, after):
            updates.append(CellUpdate(place.sheet, place.row, place.column, before, after, form))
    stamp = marks.get("synced")
    if stamp is not None and (updates or changed):
        updates.extend(_stamp(workbook, stamp, today))
    return updates


def _stamp(workbook: Workbook, place: CellRef, today: date) -> Iterator[CellUpdate]:
    sheet = workbook.sheet(place.sheet)
    before = sheet.value(place.row, place.column)
    shown = before.date() if isinstance(before, datetime) else before
    if shown != today and sheet.refusal is None and (place.row, place.column) not in sheet.formulas:
        yield CellUpdate(place.sheet, place.row, place.column, before, today, "date")


def _wanted(
    marks: dict[str, CellRef], goals: Goals, scorecard: Scorecard, phrases: Phrases
) -> Iterator[tuple[CellRef, CellValue, str]]:
    for name, (value, form) in _scalars(goals, scorecard).items():
        if name in marks:
            yield marks[name], value, form
    if "objectives" in marks:
        yield from _list(marks["objectives"], _objective_rows(goals, scorecard, phrases), _OBJECTIVE_FORMS)
    if "groups" in marks:
        yield from _list(marks["groups"], _group_rows(scorecard, phrases), _GROUP_FORMS)


_OBJECTIVE_FORMS = ("text", "percent", "percent", "text")
_GROUP_FORMS = ("text", "percent", "text")


def _scalars(goals: Goals, scorecard: Scorecard) -> dict[str, tuple[CellValue, str]]:
    scores = scorecard.scores
    statuses = [scores[item.key].status for item in goals.key_results if item.key in scores]
    counts: dict[str, tuple[CellValue, str]] = {str(status): (statuses.count(status), "text") for status in Status}
    company = goals.settings.company.value if goals.settings else None
    return {
        "company": (company, "text"),
        "cycle": (goals.cycle.label if goals.cycle else None, "text"),
        "progress": (_rounded(scorecard.progress), "percent"),
        "expected": (_rounded(scorecard.expected), "percent"),
        **counts,
    }


def _objective_rows(goals: Goals, scorecard: Scorecard, phrases: Phrases) -> list[tuple[CellValue, ...]]:
    """Give the company's objectives first, then the teams', then the others, each as one row."""
    order = {Level.COMPANY: 0, Level.TEAM: 1}
    ranked = sorted(goals.objectives, key=lambda item: order.get(item.level.value, 2) if item.level.value else 2)
    rows: list[tuple[CellValue, ...]] = []
    for objective in ranked[:LIST_ROWS]:
        score = scorecard.scores.get(objective.key)
        if score is not None:
            status = phrases.text(f"status.{score.status}")
            rows.append((objective.title.value, _rounded(score.progress), _rounded(score.expected), status))
    return rows


def _group_rows(scorecard: Scorecard, phrases: Phrases) -> list[tuple[CellValue, ...]]:
    return [
        (group.name, _rounded(group.weighted_score, 3), group.grade and phrases.grade(group.grade))
        for group in scorecard.groups[:LIST_ROWS]
    ]


def _list(
    header: CellRef, rows: list[tuple[CellValue, ...]], forms: tuple[str, ...]
) -> Iterator[tuple[CellRef, CellValue, str]]:
    for offset in range(LIST_ROWS):
        values = rows[offset] if offset < len(rows) else (None,) * len(forms)
        for step, (value, form) in enumerate(zip(values, forms, strict=True)):
            yield CellRef(header.sheet, header.row + 1 + offset, header.column + step), value, form


def _rounded(number: float | None, digits: int = 2) -> float | None:
    return None if number is None else rounded(number, digits)
