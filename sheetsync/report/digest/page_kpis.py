"""The scorecards of the page: every KPI in its group, with its periods, and the group's total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetsync.model import Kpi
from sheetsync.report.digest.kpi_month import strip_of
from sheetsync.report.digest.kpis import groups
from sheetsync.report.digest.page_view import Row, View
from sheetsync.report.digest.source import known_of
from sheetsync.results import Status

REACHED = (Status.ACHIEVED,)


def scorecards(view: View) -> dict[str, Any] | None:
    """Give all KPIs of the page by their groups; None where there is none. What is in no group stands first."""
    rows = {key: row for key, row in view.rows.items() if row["kind"] == "kpi"}
    if not rows:
        return None
    told: list[dict[str, Any]] = []
    seen: set[str] = set()
    for group, total in zip(view.source.scorecard.groups, groups(view.source), strict=True):
        mine = [key for key in group.members if key in rows]
        whole = len(mine) == len(group.members)
        told += [_group(total if whole else None, [key for key in mine if key not in seen], rows, view)] if mine else []
        seen.update(mine)
    rest = [key for key in rows if key not in seen]
    reached = sum(1 for row in rows.values() if row["status"] in REACHED)
    first = [_group(None, rest, rows, view)] if rest else []
    return {"count": len(rows), "reached": reached, "groups": [*first, *told]}


def _group(total: Row | None, keys: Sequence[str], rows: dict[str, Row], view: View) -> dict[str, Any]:
    """Give one group with its total, where the page has all of it; a KPI of two groups stands in the first."""
    none = dict.fromkeys(("name", "weighted_score", "grade", "zeroed_by"))
    empty = {**none, "total": False, "missing": 0, "members": len(keys)}
    teams = sorted({number for key in keys for number in view.teams(key)})
    return {**empty, **(total or {}), "teams": teams, "rows": [_kpi(key, rows[key], view) for key in keys]}


def _kpi(key: str, row: Row, view: View) -> dict[str, Any]:
    item = known_of(view.source).items[key]
    assert isinstance(item, Kpi)  # noqa: S101 - its row says so
    told = {name: row[name] for name in ("key", "title", "owner", "status", "target", "cell")}
    return {
        **told,
        "actual": row["current"],
        "achievement": row["progress"],
        "critical": bool(item.critical.value),
        "teams": view.teams(key),
        "strip": [] if view.past else strip_of(item, view.source),
    }
