"""The JSON forms of what a run found and did: plain dicts with a schema name, the contract for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from sheetsync.cli.links import cell_link, named_link
from sheetsync.language import Phrases
from sheetsync.results import Finding, Score, Serving
from sheetsync.rules import RULES, message
from sheetsync.scoring import Explanation
from sheetsync.sync import Evaluation
from sheetsync.workbook import CellRef, CellUpdate, ColumnAddition, Disturbance, NoteUpdate, SheetAddition

if TYPE_CHECKING:
    from sheetsync.quality import Grade
    from sheetsync.scoring.owned.portfolio import Portfolio


def to_text(document: Mapping[str, Any]) -> str:
    """Give a document as JSON text; dates are ISO, cells are ``Sheet!A1``."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=plain)


def plain(value: Any) -> Any:
    """Give a value that JSON has no form for as one that it has."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def finding_form(finding: Finding, phrases: Phrases, links: Mapping[str, str]) -> dict[str, Any]:
    """Give one finding, with its sentence in the language of the phrases."""
    return {
        "code": finding.code,
        "name": RULES[finding.code].name,
        "severity": finding.severity.value,
        "cell": str(finding.cell) if finding.cell else None,
        "link": cell_link(links, finding.cell),
        "item": finding.item,
        "message": message(finding, phrases),
        "params": {name: _param(value) for name, value in finding.params.items()},
    }


def _param(value: Any) -> Any:
    return str(value) if isinstance(value, CellRef) else value


def score_form(score: Score) -> dict[str, Any]:
    """Give one score; fractions are 0..1."""
    return {
        "key": score.key,
        "kind": score.kind,
        "status": score.status.value,
        "progress": score.progress,
        "expected": score.expected,
        "score": score.score,
        "weight": score.weight,
        "metric": score.metric.value if score.metric else None,
        "not_scored": score.not_scored.value if score.not_scored else None,
        "weighted_score": score.weighted_score,
        "grade": score.grade,
    }


def quality_form(grade: Grade, phrases: Phrases) -> dict[str, Any]:
    """Give the quality of one objective: its points of 7, its letter, and every attribute with its reasons."""
    from sheetsync.quality import reason_text

    marks = [
        {
            "attribute": mark.attribute.value,
            "standing": mark.standing.value,
            "reasons": [
                {"code": one.code, "params": dict(one.params), "text": reason_text(one, phrases)}
                for one in mark.reasons
            ],
        }
        for mark in grade.marks
    ]
    return {"key": grade.key, "grade": grade.letter, "points": grade.points, "of": len(marks), "attributes": marks}


def update_form(update: CellUpdate | NoteUpdate, links: Mapping[str, str]) -> dict[str, Any]:
    """Give one cell, or one note, to be written."""
    return {
        "cell": str(update.ref),
        "link": cell_link(links, update.ref),
        "before": update.before,
        "after": update.after,
    }


def column_form(column: ColumnAddition, links: Mapping[str, str]) -> dict[str, Any]:
    """Give one column to be added."""
    link = cell_link(links, column.header)
    return {"header": str(column.header), "link": link, "text": column.text, "concept": column.concept}


def sheet_form(sheet: SheetAddition) -> dict[str, Any]:
    """Give one worksheet to be added; it has no address yet."""
    columns = [
        {"header": str(CellRef(sheet.name, 1, place)), "text": column.text, "concept": column.concept}
        for place, column in enumerate(sheet.columns, 1)
    ]
    return {"sheet": sheet.name, "columns": columns}


def explanation_form(evaluation: Evaluation, explanation: Explanation, phrases: Phrases) -> dict[str, Any]:
    """Give an explanation, with a link beside every cell; that of an objective with its quality."""
    form = {"workbook": evaluation.name, **asdict(explanation)}
    graded = [grade for grade in _grades(evaluation) if grade.key == explanation.key]
    form["quality"] = quality_form(graded[0], phrases) if graded else None
    taken = form["taken"]["periods"] if form["taken"] else ()
    for one in (form, *form["inputs"], *form["periods"], *form["links"], *taken):
        one["link"] = named_link(evaluation.links, one["cell"])
    return form


def portfolio_form(evaluation: Evaluation, owned: Portfolio) -> dict[str, Any]:
    """Give what a person or team owns, with a link beside every cell."""
    form = {"workbook": evaluation.name, **asdict(owned)}
    for line in form["lines"]:
        line["link"] = named_link(evaluation.links, line["cell"])
    return form


def disturbance_form(one: Disturbance, links: Mapping[str, str]) -> dict[str, Any]:
    """Give one cell of the user's that was hit and put back."""
    cell, link = str(one.cell), cell_link(links, one.cell)
    return {"cell": cell, "link": link, "restored": one.restored, "certain": one.certain}


def evaluation_form(evaluation: Evaluation, phrases: Phrases) -> dict[str, Any]:
    """Give what was understood of one workbook: profile, scores and findings."""
    return {
        "workbook": evaluation.name,
        "path": evaluation.location,
        "profile": evaluation.scorecard.profile,
        "kpi_profile": evaluation.scorecard.kpi_profile,
        "progress": evaluation.scorecard.progress,
        "expected": evaluation.scorecard.expected,
        "scores": [score_form(score) for score in evaluation.scorecard.scores.values()],
        "links": [serving_form(one, evaluation.links) for one in _servings(evaluation)],
        "findings": [finding_form(finding, phrases, evaluation.links) for finding in evaluation.findings],
        "quality": [quality_form(grade, phrases) for grade in _grades(evaluation)],
    }


def _servings(evaluation: Evaluation) -> list[Serving]:
    return [one for own in evaluation.scorecard.servings.values() for one in own]


def serving_form(one: Serving, links: Mapping[str, str]) -> dict[str, Any]:
    """Give one KPI that serves a goal: what it does for it, and how it stands (``achievement``: 1 is 100 %)."""
    cell, link = str(one.cell), cell_link(links, one.cell)
    told = {"kpi": one.kpi, "goal": one.goal, "role": one.link, "status": one.status.value}
    return {**told, "achievement": one.achievement, "cell": cell, "link": link}


def _grades(evaluation: Evaluation) -> tuple[Grade, ...]:
    from sheetsync.quality import grades

    return grades(evaluation.goals, evaluation.scorecard, evaluation.findings, evaluation.today)
