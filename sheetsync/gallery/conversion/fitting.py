"""Fits the design of a template's table to what there is to write: columns of its own, and those of the periods."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sheetsync.gallery.conversion.values import WORDS, period_name
from sheetsync.gallery.design import Column, TableDesign, choices
from sheetsync.language import Phrases
from sheetsync.model import Kpi, Period

_BEFORE = {
    "okr": {"horizon": "objective", "cycle": "due", "start": "due", "agreed": "blocker"},
    "kpi": {
        "section_weight": "kpi",
        "perspective": "kpi",
        "team": "unit",
        "metric": "direction",
        "frequency": "weight",
        "period": "target",
        "baseline": "target",
        "target_to_date": "notes",
        "actual": "notes",
        "actual_to_date": "notes",
        "bonus": "notes",
        "penalty": "notes",
    },
}
"""Concepts that the templates have no column for, each with the column that it stands before."""
_FORMS = {
    "start": "date",
    **dict.fromkeys(("baseline", "actual", "target_to_date", "actual_to_date", "bonus", "penalty"), "number"),
    "section_weight": "weight",
}
_YES_NO = ("agreed",)
_POINTS = ("bonus", "penalty")
"""What stands behind the values of all periods."""
_WIDTH = 13


def fitted(design: TableDesign, phrases: Phrases, used: Collection[str], periods: Sequence[Column]) -> TableDesign:
    """Give a design with columns for all concepts in use; ``periods`` stand in the place of the months.

    A target that no row has gets no column, as it had none: each of its blank cells would be an error.
    """
    columns = [column for column in design.columns if not column.month]
    for concept, follower in _BEFORE[design.kind].items():
        if concept in used:
            columns.insert(_place(columns, follower), _column(design.kind, concept, phrases))
    points = [place for place, column in enumerate(columns) if column.concept in _POINTS]
    at = min(points, default=_place(columns, "notes"))
    columns[at:at] = periods
    return design._replace(
        columns=tuple(column for column in columns if column.concept in used or column.concept != "target")
    )


def _place(columns: Sequence[Column], concept: str) -> int:
    return next(place for place, column in enumerate(columns) if column.concept == concept)


def _column(kind: str, concept: str, phrases: Phrases) -> Column:
    listed = "yes_no" if concept in _YES_NO else concept
    words = choices(listed, phrases) if concept in WORDS else ()
    header = phrases.words(f"headers.{kind}.{concept}")[0]
    return Column(concept, header, _WIDTH, _FORMS.get(concept, "text"), choices=words)


def has_own_target(item: Kpi, period: Period) -> bool:
    """Say whether a period of a KPI has a target of its own, beside that of the row."""
    value = next((value for value in item.periods if value.period == period), None)
    return value is not None and not value.target.blank and value.target.ref != item.target.ref


def periods_of(items: Sequence[Kpi]) -> list[Period]:
    """Give all periods of the KPIs of a table, in the order of time."""
    return sorted(
        {value.period for item in items for value in item.periods}, key=lambda period: (period.start, period.end)
    )


def period_columns(items: Sequence[Kpi], shared: Collection[str], phrases: Phrases) -> list[Column]:
    """Give a column for each period, with one for its target before it where any KPI has one of its own.

    ``shared`` are the keys of the KPIs whose target for the year is shared out over its periods.
    """
    found = []
    target = phrases.words("headers.kpi.target")[0]
    for place, period in enumerate(periods_of(items)):
        name = period_name(period)
        if any(has_own_target(item, period) or item.key in shared for item in items):
            found.append(Column(f"target{place}", f"{_shown(name)} {target}", _WIDTH, "number"))
        found.append(Column(f"actual{place}", name, _WIDTH, "number"))
    return found


def _shown(name: Any) -> str:
    return name.isoformat() if isinstance(name, date) else str(name)
