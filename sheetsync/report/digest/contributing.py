"""What a team does for the company's objectives: the share of their score that it has in its hands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sheetsync.model import Level, Objective
from sheetsync.report.digest.feeding import company_objectives, feeds_of
from sheetsync.report.digest.source import Source
from sheetsync.scoring.alignment import above_of
from sheetsync.scoring.current import name_of


def contributes(keys: Collection[str], source: Source) -> list[dict[str, Any]]:
    """Give the company's objectives that the items of a team feed or support, in the order of their rows.

    ``share`` is the share of the objective's weight that lies in the team's key results and contributing objectives,
    through objectives between them too; None where links only support, and so count nothing.
    """
    supported = _supported(keys, source)
    rows = []
    for one in company_objectives(source):
        share = _share(one, keys, source) if one.level.value is Level.COMPANY else 0.0
        if share > 0 or one.key in supported:
            score = source.scorecard.scores[one.key]
            rows.append(
                {
                    "title": one.title.value or one.key,
                    "share": share if share > 0 else None,
                    "progress": score.progress,
                    "expected": score.expected,
                    "status": score.status.value,
                }
            )
    return rows


def _share(objective: Objective, keys: Collection[str], source: Source) -> float:
    total = own = 0.0
    for feed in feeds_of(objective, source):
        if feed.weight is None:
            continue
        total += feed.weight
        if feed.item is not None and feed.item.key in keys:
            own += feed.weight
        elif isinstance(feed.item, Objective):
            own += feed.weight * _share(feed.item, keys, source)
    return own / total if total > 0 else 0.0


def _supported(keys: Collection[str], source: Source) -> set[str]:
    """Give the company's objectives to which an objective of the team is linked in any way, its own left out."""
    goals = source.goals
    linked = [one for one in goals.objectives if one.key in keys and one.aligned_to.value]
    if not linked:
        return set()
    above = above_of(goals.objectives, goals.key_results)
    names = (name_of(name) for one in linked for name in one.aligned_to.value or ())
    return {above[name][0] for name in names if name in above} - set(keys)
