"""The scorecards of the KPIs: their groups, and those that lag."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sheetsync.model import Kpi
from sheetsync.report.digest.cells import cell_of
from sheetsync.report.digest.items import ROWS, capped
from sheetsync.report.digest.source import Source
from sheetsync.results import Score, Status

LOW = 5
"""Lagging KPIs that are named; the others are counted."""


def kpis(source: Source) -> dict[str, Any] | None:
    """Give groups and lagging KPIs; None where there is no KPI."""
    if not source.goals.kpis:
        return None
    return {**capped(groups(source), ROWS, "groups"), **capped(low(source), LOW, "low")}


def groups(source: Source) -> list[dict[str, Any]]:
    """Give the totals of the groups, in the order of their rows."""
    titles = {kpi.key: kpi.title.value or kpi.key for kpi in reversed(source.goals.kpis)}
    return [
        {
            "name": group.name,
            "total": group.kind == "table",
            "weighted_score": group.weighted_score,
            "grade": group.grade,
            "zeroed_by": titles.get(group.zeroed_by) if group.zeroed_by else None,
            "missing": len(group.missing),
            "members": len(group.members),
        }
        for group in source.scorecard.groups
    ]


def low(source: Source, keys: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Give the KPIs far below their target, critical ones first, then the lowest; ``keys`` limits it to these.

    How far one without an actual is from its target nobody knows: its group counts it.
    """
    scores = source.scorecard.scores
    bad = (Status.OFF_TRACK, Status.MISSED)
    chosen = [item for item in scored_kpis(source) if keys is None or item.key in keys]
    found = [item for item in chosen if scores[item.key].status in bad and scores[item.key].progress is not None]
    found.sort(key=lambda item: (not item.critical.value, scores[item.key].progress or 0.0))
    return [kpi_row(item, scores[item.key], source) for item in found]


def kpi_row(item: Kpi, score: Score, source: Source) -> dict[str, Any]:
    """Give one KPI as it stands in a list."""
    return {
        "title": item.title.value or item.key,
        "group": group_of(item),
        "critical": bool(item.critical.value),
        "achievement": score.progress,
        "status": score.status.value,
        "cell": cell_of(item.title, source.place),
    }


def group_of(item: Kpi) -> str | None:
    """Give what a KPI is grouped by: its section, else its team, else its owner."""
    return item.section or item.team.value or item.owner.value


def scored_kpis(source: Source) -> Sequence[Kpi]:
    """Give the KPIs that have a score, also one that says why it has none."""
    return [item for item in source.goals.kpis if item.key in source.scorecard.scores]
