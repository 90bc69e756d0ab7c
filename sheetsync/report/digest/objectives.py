"""The company's objectives, each with how much of it is scored and the KPIs that serve it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetsync.model import KpiLink, Objective
from sheetsync.report.digest.cells import cell_at
from sheetsync.report.digest.feeding import company_objectives
from sheetsync.report.digest.items import by_attention, item_of
from sheetsync.report.digest.questions import BAD
from sheetsync.report.digest.source import Source, known_of
from sheetsync.results import Serving

LINKED = 3
"""KPIs that are shown beside an objective; the others are counted."""


def objectives(source: Source) -> list[Objective]:
    """Give the company's objectives, or all where none is the company's; those that need attention first."""
    return by_attention(company_objectives(source), source)


def objective_of(item: Objective, source: Source, linked: int = LINKED) -> dict[str, Any]:
    """Give one objective with at most so many of the KPIs that serve it or one of its key results."""
    score = source.scorecard.scores[item.key]
    below = [one.key for one in known_of(source).structure.under.get(item.key, ())]
    counts = {"scored": score.scored, "total": score.total}
    return {**item_of(item, source), **counts, **_serving((item.key, *below), source, linked)}


def _serving(keys: Sequence[str], source: Source, linked: int) -> dict[str, Any]:
    """Give the KPIs that serve some goals, each once: red guards first, then guards."""
    servings = source.scorecard.servings
    found: dict[str, Serving] = {}
    for one in (one for key in keys for one in servings.get(key, ())):
        if one.kpi not in found or one.link == KpiLink.GUARDS:
            found[one.kpi] = one
    shown = sorted(found.values(), key=lambda one: (one.link != KpiLink.GUARDS, one.status not in BAD))
    rows = [
        {
            "title": one.title,
            "link": str(one.link),
            "status": one.status.value,
            "achievement": one.achievement,
            "cell": cell_at(one.cell, source.place),
        }
        for one in shown[:linked]
    ]
    return {"kpis": rows, "more_kpis": max(0, len(shown) - linked)}
