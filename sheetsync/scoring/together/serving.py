"""How the KPIs stand that serve a goal, and what those that guard it say when they are red."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sheetsync.model import Goals, KeyResult, Kpi, KpiLink
from sheetsync.results import Reason, Score, Serving, Status
from sheetsync.scoring.together.links import called, goals_by_name, kpis_by_name, linked, links_of_kpis, sources_of

RED = (Status.OFF_TRACK, Status.MISSED)
"""The statuses of a KPI that raise the alarm of a goal that it guards."""
_LONGEST_NAME = 28
"""Characters of a KPI's title that a sentence in a cell has room for."""


def servings_of(goals: Goals, scores: Mapping[str, Score]) -> dict[str, tuple[Serving, ...]]:
    """Give the KPIs that serve each objective and key result, by its key.

    Of a KPI that has a row for each period the newest row that is scored speaks for all.
    """
    if not linked(goals):
        return {}
    named, rows = goals_by_name(goals), kpis_by_name(goals.kpis)
    found: dict[str, dict[str, tuple[Kpi, KpiLink]]] = {}
    for kpi, goal, link in links_of_kpis(goals.kpis, named):
        if link is not KpiLink.MEASURES or isinstance(goal, KeyResult):
            newer = _newer(found.setdefault(goal.key, {}).get(called(kpi)), kpi, scores)
            found[goal.key][called(kpi)] = (newer, link)
    for key, sources in sources_of(goals).items():
        for name in sources:
            if name not in found.get(key, {}):  # what the KPI's own row says of the link stays
                speaking = None
                for kpi in rows[name]:
                    speaking = (_newer(speaking, kpi, scores), KpiLink.MEASURES)
                if speaking is not None:
                    found.setdefault(key, {})[name] = speaking
    keys = [item.key for items in (goals.objectives, goals.key_results) for item in items if item.key in found]
    return {key: tuple(_serving(kpi, key, link, scores) for kpi, link in found[key].values()) for key in keys}


def _newer(known: tuple[Kpi, KpiLink] | None, kpi: Kpi, scores: Mapping[str, Score]) -> Kpi:
    if known is None:
        return kpi
    return max(known[0], kpi, key=lambda one: _day(scores[one.key]) if one.key in scores else date.min)


def _day(score: Score) -> date:
    scored = score.score is not None and isinstance(score.due, date)
    return score.due if scored else date.min


def _serving(kpi: Kpi, goal: str, link: KpiLink, scores: Mapping[str, Score]) -> Serving:
    score = scores[kpi.key]
    reached = score.progress if score.not_scored is None and score.progress is not None else score.score
    return Serving(kpi.key, goal, link.value, score.status, reached, kpi.title.value or kpi.key, kpi.title.ref)


def red_guards(servings: Iterable[Serving]) -> list[Serving]:
    """Give the guards among some KPIs that are red, the lowest first."""
    red = [one for one in servings if one.link == KpiLink.GUARDS and one.status in RED]
    return sorted(red, key=lambda one: one.achievement or 0.0)


def alarms_of(servings: Mapping[str, tuple[Serving, ...]]) -> dict[str, Reason]:
    """Give what is said beside the status of each goal that has a red guard: the lowest, and how many more."""
    found = {}
    for goal, own in servings.items():
        red = red_guards(own)
        if red:
            params = {"kpi": _short(red[0].title), "achievement": red[0].achievement, "count": len(red) - 1}
            found[goal] = Reason("one" if len(red) == 1 else "several", params)
    return found


def _short(title: str) -> str:
    told = " ".join(title.split())
    return told if len(told) <= _LONGEST_NAME else told[: _LONGEST_NAME - 1].rstrip() + "…"
