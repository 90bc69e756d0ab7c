"""What the page of a workbook shows, on the shapes of the mails and without their caps. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sheetsync.adding import mean
from sheetsync.model import KeyResult
from sheetsync.report.digest.decisions import card_of, to_decide
from sheetsync.report.digest.items import capped
from sheetsync.report.digest.overview import head, overall, updated
from sheetsync.report.digest.page_kpis import scorecards
from sheetsync.report.digest.page_lists import drift_of, movers_of, problems_of, stale_of
from sheetsync.report.digest.page_tree import Links, branches, kept, links_of
from sheetsync.report.digest.page_view import Row, Scope, View, scope_of, view_of
from sheetsync.report.digest.page_weeks import Member, frame_of, heat_map, mean_pace, mean_weeks, pace_chart
from sheetsync.report.digest.questions import GOOD
from sheetsync.report.digest.source import Source, known_of, prepared
from sheetsync.report.digest.stale import is_under_way
from sheetsync.report.digest.weeks import whole_pace
from sheetsync.report.digest.wins import wins_between
from sheetsync.results import Digest, Status

__all__ = ["Scope", "page_digest", "scope_of"]

CARDS, ROWS = 24, 40
"""Decisions, and waiting key results, that the page names; the others are counted. The tree has them all."""
TOLD = (
    *(Status.OFF_TRACK, Status.MISSED, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED),
    *(Status.NOT_STARTED, Status.NOT_SCORED),
)
"""The order in which statuses are counted."""


def page_digest(source: Source, scope: Scope | None = None, *, past: bool = False) -> Digest:
    """Give all that the page of a workbook shows, or of one team's or person's part of it.

    ``past`` says that the source is that of an earlier day (``page_past.source_on``): what no history tells is left
    out.
    """
    view = view_of(prepared(source), scope, past=past)
    tree, results, kpis = _tree(view), view.results(), scorecards(view)
    decisions = _decisions(view)
    whole = part_of(view) if view.limited else overall(view.source)
    data: dict[str, Any] = {
        **head("page", view.source),
        "scope": None if scope is None else {"kind": scope.kind, "name": scope.name},
        "left_out": past,
        "cycle_forgotten": view.source.cycle_forgotten,
        "verdict": verdict(tree, len(decisions), kpis) | on_pace_of(results),
        "statuses": counted(results),
        "overall": whole,
        "updated": _updated(view, results),
        "pace": _pace(view, whole),
        "teams": list(view.numbers),
        "tree": tree,
        "weeks_shown": weeks_shown(tree),
        "heat": _heat(view),
        "kpis": kpis,
        "movers": movers_of(view),
        **capped(decisions, CARDS, "decisions"),
        "wins": _wins(view),
        **capped(stale_of(view), ROWS, "stale"),
        **problems_of(view),
        **drift_of(view),
    }
    return Digest("page", data)


def _tree(view: View) -> list[dict[str, Any]]:
    """Give the rows of the tree. A page of a part shows the goals above it too, so that it is seen what it is for."""
    links = links_of(view.source.goals)
    wanted = {key for key, row in view.rows.items() if row["kind"] != "kpi"}
    shown = kept(links, wanted) if view.limited else wanted
    return grown(links, {key: view.all[key] for key in shown if key in view.all}, view)


def grown(links: Links, rows: Mapping[str, Row], view: View) -> list[dict[str, Any]]:
    """Give rows in the order of the tree; each is of every team that something below it is of."""
    below = {key: [one for one in keys if one in rows] for key, keys in links.below.items()}
    order = [one for one in branches(Links(links.tops, below)) if one.key in rows]
    teams: dict[str, set[int]] = {}
    for one in reversed(order):
        teams[one.key] = set(view.teams(one.key)).union(*(teams.get(key, ()) for key in links.below.get(one.key, ())))
    return [
        {**rows[one.key], "depth": one.depth, "goes_on": one.goes_on, "teams": sorted(teams[one.key])} for one in order
    ]


def verdict(tree: Sequence[Row], decisions: int, kpis: Mapping[str, Any] | None) -> dict[str, int]:
    """Count the company's objectives (all, where none is the company's), as the mail does."""
    objectives = [row for row in tree if row["kind"] == "objective"]
    chosen = [row for row in objectives if row["level"] == "company"] or objectives
    return {
        "objectives": len(chosen),
        "on_pace": sum(1 for row in chosen if row["status"] in GOOD),
        "achieved": _achieved(chosen),
        "decisions": decisions,
        "kpis": kpis["count"] if kpis else 0,
        "reached": kpis["reached"] if kpis else 0,
    }


def counted(results: Iterable[Row]) -> list[dict[str, Any]]:
    """Count key results by status, those that need attention first."""
    counts = Counter(row["status"] for row in results)
    return [{"status": one.value, "count": counts[one.value]} for one in TOLD if counts[one.value]]


def on_pace_of(results: Sequence[Row]) -> dict[str, int]:
    """Count the key results, those in time and those achieved: a page of a part is judged by these."""
    in_time = sum(1 for row in results if row["status"] in GOOD)
    return {"key_results": len(results), "in_time": in_time, "completed": _achieved(results)}


def _achieved(rows: Iterable[Row]) -> int:
    return sum(1 for row in rows if row["status"] == Status.ACHIEVED.value)


def part_of(view: View) -> dict[str, Any]:
    """Give the plain mean of a part's key results: weights hold among the siblings of an objective, not across."""
    both = [row for row in view.results() if row["progress"] is not None and row["expected"] is not None]
    changes = [row["change"] for row in both if row["change"] is not None]
    return {
        "progress": mean([min(max(row["progress"], 0.0), 1.0) for row in both]),
        "expected": mean([row["expected"] for row in both]),
        "change": mean(changes) if len(changes) == len(both) else None,
        "weeks": mean_weeks(view.source, _members(view)),
    }


def weeks_shown(tree: Iterable[Row]) -> int:
    """Give how many weeks the small curves of the tree tell; 0 where nothing is known of any."""
    return max((len(row["weeks"]) for row in tree if any(week is not None for week in row["weeks"])), default=0)


def _updated(view: View, results: Sequence[Row]) -> dict[str, Any]:
    told = {**updated(view.source), "all": len(results)}
    if not view.limited:
        return told
    items = (one for one in view.source.goals.key_results if one.key in view.rows)
    total = sum(1 for one in items if is_under_way(one, view.source))
    stale = sum(1 for row in results if row["stale"])
    return {**told, "fresh": total - stale, "total": total, "stale": stale}


def _decisions(view: View) -> list[dict[str, Any]]:
    """Give what must be decided, as the mail has it, of the rows of the page."""
    if view.past:
        return []
    found = (item for item in view.source.goals.key_results if item.key in view.rows)
    return view.marked({**view.rows[item.key], **card_of(item, view.source)} for item in to_decide(found, view.source))


def _wins(view: View) -> list[dict[str, Any]]:
    """Give all that was reached in the cycle, and what nobody knows the day of."""
    cycle = view.source.goals.cycle
    first = cycle.start if cycle is not None else date.min
    won = wins_between(first, view.source.today, view.source, view.rows)
    return [{**one, "teams": [view.numbers[one["team"]]] if one["team"] in view.numbers else []} for one in won]


def _members(view: View) -> list[Member]:
    """Give the key results of a part of which today's progress and pace are known."""
    known = known_of(view.source).items
    rows = (row for row in view.results() if row["progress"] is not None and row["expected"] is not None)
    return [Member(item, row["weeks"]) for row in rows if isinstance(item := known[row["key"]], KeyResult)]


def _pace(view: View, whole: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the chart of the whole, or of a part; None before a cycle, or where nothing is known of it."""
    frame, source = frame_of(view.source), view.source
    if frame is None:
        return None
    members = _members(view)
    return pace_chart(
        frame,
        source.today,
        whole,
        lambda days: mean_pace(days, source, members) if view.limited else whole_pace(days, source),
    )


def _heat(view: View) -> dict[str, Any] | None:
    """Give the heat map of the teams; None where no key result names one."""
    known = known_of(view.source)
    teams: dict[str, list[Member]] = {name: [] for name in view.numbers}
    for row in view.results():
        item = known.items[row["key"]]
        if isinstance(item, KeyResult):
            for name in known.teams.get(item.key, ()):
                teams[name].append(Member(item, row["weeks"]))
    found = heat_map(view.source, {name: members for name, members in teams.items() if members})
    if found is not None:
        for row in found["rows"]:
            row["teams"] = [view.numbers[row["team"]]]
    return found
