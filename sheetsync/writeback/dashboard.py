"""The dashboard: single values and two short lists, in cells that carry our mark. Charts over them are the template's.

The whole worksheet is ours, so its texts are replaced without asking; a formula that somebody put there stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetsync.cell_text import cell_text
from sheetsync.language import Phrases
from sheetsync.model import Goals, Level
from sheetsync.results import Finding, Scorecard, Severity, Status
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Changes, Workbook
from sheetsync.writeback.columns import rounded
from sheetsync.writeback.plan import Plan
from sheetsync.writeback.typed_over import same_day

LIST_ROWS = 12
"""Rows of the objectives' and the groups' list."""


def plan_dashboard(
    workbook: Workbook, goals: Goals, scorecard: Scorecard, phrases: Phrases, today: date, *, changed: bool
) -> Plan | None:
    """Plan the dashboard cells whose values differ; None where there is no dashboard.

    ``changed`` says that other cells of the workbook are written. Where a worksheet that cannot be written should show
    something else, a finding says so.
    """
    marks = {mark.concept: mark.header for mark in workbook.marks if mark.table == "dash" and mark.header is not None}
    if not marks:
        return None
    updates = [
        CellUpdate(*place, before, after, form)
        for place, told, form in _wanted(marks, goals, scorecard, phrases)
        for before, after in _differing(workbook, place, cell_text(told) if isinstance(told, str) else told)
    ]
    stamp = marks.get("synced")
    if stamp is not None and (updates or changed):
        updates += [CellUpdate(*stamp, before, today, "date") for before, _ in _differing(workbook, stamp, today)]
    shut: dict[str, Finding] = {}
    for update in updates:
        if reason := workbook.sheet(update.sheet).refusal:
            told = {"sheet": update.sheet, "reason": reason}
            shut.setdefault(update.sheet, Finding("WS109", Severity.WARNING, update.ref, told))
    return Plan(Changes(cells=tuple(update for update in updates if update.sheet not in shut)), tuple(shut.values()))


def _differing(workbook: Workbook, place: CellRef, after: CellValue) -> Iterator[tuple[CellValue, CellValue]]:
    """Give what stands in a cell and what shall, where the two differ and no formula of the user's stands there."""
    sheet = workbook.sheet(place.sheet)
    before = sheet.value(place.row, place.column)
    if (place.row, place.column) not in sheet.formulas and not same_day(before, after):
        yield before, after


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
    order: dict[Level | None, int] = {Level.COMPANY: 0, Level.TEAM: 1}
    ranked = sorted(goals.objectives, key=lambda item: order.get(item.level.value, 2))
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
