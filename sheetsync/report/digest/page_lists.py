"""The lists of the page: what moved, what waits for an update, what is wrong in the data, what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sheetsync.report.digest.page_view import View
from sheetsync.report.digest.problems import is_drift, problem_of, since
from sheetsync.results import Finding, Severity
from sheetsync.trends.series import last_mark

MOVERS = 5
"""Goals that are told as moved up, and as moved down."""
LEAST_MOVE = 0.005
"""The smallest change (a fraction) that is told as one: half a point."""
PLACES = 60
"""Findings that are told; the others are counted."""
_GRAVITY = (Severity.ERROR, Severity.WARNING)


def movers_of(view: View) -> dict[str, Any]:
    """Give the key results that moved most since the last weekly mark, up and down."""
    rows = [row for row in view.results() if row["change"] is not None and row["progress"] is not None]
    up = sorted((row for row in rows if row["change"] >= LEAST_MOVE), key=lambda row: -row["change"])
    down = sorted((row for row in rows if row["change"] <= -LEAST_MOVE), key=lambda row: row["change"])
    told = {"up": view.marked(up[:MOVERS]), "down": view.marked(down[:MOVERS])}
    return {**told, "since": last_mark(view.source.today)}


def stale_of(view: View) -> list[dict[str, Any]]:
    """Give the key results that wait for an update, those that wait longest first."""
    return view.marked(sorted((row for row in view.results() if row["stale"]), key=_last_update))


def _last_update(row: Mapping[str, Any]) -> date:
    return row["last_update"] or date.min


def problems_of(view: View) -> dict[str, Any]:
    """Give the cells that are wrong, errors before warnings, each with what to do; what drifted is told apart."""
    found = [one for one in _findings(view, drifted=False) if one.severity in _GRAVITY]
    found.sort(key=lambda one: _GRAVITY.index(one.severity))
    rows = [_row(one, view) for one in found[:PLACES]]
    return {"problems": rows, "more_problems": len(found) - len(rows)}


def drift_of(view: View) -> dict[str, Any]:
    """Give what was changed in mid-cycle, or in our own columns, the gravest first; ``day`` is since when, if known."""
    found = sorted(_findings(view, drifted=True), key=lambda one: [*Severity].index(one.severity))
    rows = [{**_row(one, view), "day": since(one)} for one in found[:PLACES]]
    return {"drift": rows, "more_drift": len(found) - len(rows)}


def _findings(view: View, *, drifted: bool) -> Iterable[Finding]:
    """Give the findings of the rows of the page; those about no row only where it is of the whole workbook."""
    for one in view.source.findings:
        mine = one.item in view.rows if one.item is not None else not view.limited
        if mine and is_drift(one) is drifted:
            yield one


def _row(finding: Finding, view: View) -> dict[str, Any]:
    """Give a finding as the mails have it, with its severity and the numbers of its teams."""
    told = {"severity": finding.severity.value, "teams": view.teams(finding.item)}
    return {**problem_of(finding, view.source), **told}
