"""The digest of a page, field by field: the shapes of the mails, and what only a page has."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.report.digest.page import CARDS, ROWS
from sheetsync.report.digest.page_lists import MOVERS, PLACES
from sheetsync.report.digest.page_tree import DEEPEST
from sheetsync.report.digest.schema_shapes import (
    COUNT,
    DAY,
    NUMBER,
    OWNER,
    ROW_STATUS,
    SHAPES,
    TEAM,
    TEXT,
    YES_NO,
    Fields,
    Form,
    Shape,
    maybe,
    one_of,
    rows,
    shaped,
)

_PLACE: Form = {"type": "number", "minimum": 0, "maximum": 1}
_POINT: Form = {"type": "array", "items": _PLACE, "minItems": 2, "maxItems": 2}
_TEAMS = (
    rows({"type": "integer", "minimum": 1}),
    "Numbers, from 1, of its teams in the page's list of teams: by these the page is filtered.",
)
_ITEM: Fields = {
    **SHAPES["item"].fields,
    "scored": (COUNT, "Key results of an objective that could be scored."),
    "total": (COUNT, "Key results of an objective."),
    "kpis": (rows("linked_kpi"), "All KPIs that serve an objective, red guards first."),
    "more_kpis": (COUNT, "How many more: none on a page."),
    "teams": _TEAMS,
}

PAGE_PARTS: Mapping[str, Shape] = {
    "scope": Shape("The part of a workbook that a page is limited to.", {
        "kind": (one_of("team", "person"), "Whose it is."),
        "name": (TEXT, "The team or person, as the sheet has it."),
    }),
    "page_verdict": Shape("The first sentence.", {
        "objectives": (COUNT, "The company's objectives (all, where none is the company's)."),
        "on_pace": (COUNT, "Those of them on track or achieved."),
        "achieved": (COUNT, "Those of them that are achieved; once the cycle is over, this is how it ended."),
        "decisions": (COUNT, "Key results that must be decided on, also those beyond the cap."),
        "kpis": (COUNT, "KPIs."),
        "reached": (COUNT, "Those that reached their target."),
        "key_results": (COUNT, "Key results of the page, by which a page of a part is judged."),
        "in_time": (COUNT, "Those of them on track or achieved."),
        "completed": (COUNT, "Those of them that are achieved; once the cycle is over, this is how it ended."),
    }),
    "status_count": Shape("How many key results have a status.", {
        "status": ROW_STATUS,
        "count": (COUNT, "Key results."),
    }),
    "page_updated": Shape("How fresh the values are.", {
        "fresh": (COUNT, "Key results under way whose value is not stale."),
        "total": (COUNT, "Key results under way."),
        "stale": (COUNT, "Those that nobody updated within their rhythm."),
        "days": (COUNT, "The days of the usual rhythm."),
        "teams": (rows("stale_team"), "The stale ones of the workbook by team, most first."),
        "known": (YES_NO, "Whether any day of an update is known; else nothing can be said."),
        "all": (COUNT, "All key results of the page."),
    }),
    "pace": Shape("The curves of the whole. Places are from 0, the first day of the cycle, to 1, its last.", {
        "weeks": (rows(maybe(_PLACE)), "Where each week ends; null where the number has no room (the last but one)."),
        "expected": (rows(_POINT), "The pace: place and progress of each point."),
        "label": (maybe(_POINT), "The point at which the pace is called by its name, unless a curve is in the way."),
        "actual": (rows(_POINT), "What was reached, up to today."),
        "today": (_PLACE, "Where today is."),
        "now": (_PLACE, "Progress today, from 0 to 1."),
        "below": (YES_NO, "Whether it is behind its pace."),
        "forecast": (maybe(shaped("pace_forecast")), "The end of the cycle; null where too little is known."),
    }),
    "pace_forecast": Shape("Where the whole ends if it goes on so.", {
        "low": (_PLACE, "In 80 of 100 cases it ends above this"),
        "final": (_PLACE, "The middle of what is likely."),
        "high": (_PLACE, "and below this."),
    }),
    "branch": Shape("A row of the tree of goals, in its order.", {
        **_ITEM,
        "depth": ({"type": "integer", "minimum": 0, "maximum": DEEPEST}, "How far it is set in."),
        "goes_on": (YES_NO, "Whether another row of the same goal follows further down."),
    }),
    "page_item": Shape("A key result in a list of the page.", _ITEM),
    "heat": Shape("How far each team was before or behind its pace.", {
        "weeks": (rows(COUNT), "The numbers of the weeks of the cycle."),
        "rows": (rows("heat_row"), "A row a team, in the order of the workbook."),
    }),
    "heat_row": Shape("One team over the weeks.", {
        "team": TEAM,
        "cells": (rows("heat_cell"), "A cell a week."),
        "teams": _TEAMS,
    }),
    "heat_cell": Shape("One team in one week.", {
        "gap": (maybe(NUMBER), "Progress less pace, the mean over the team's key results; null where not known."),
        "tone": (maybe(one_of("g1", "g2", "a1", "a2", "r1", "r2")), "Green, amber or red; 2 is the strong one."),
        "ahead": (YES_NO, "Whether the week is yet to come."),
    }),
    "scorecards": Shape("All KPIs by their groups.", {
        "count": (COUNT, "KPIs."),
        "reached": (COUNT, "Those that reached their target."),
        "groups": (rows("scorecard"), "The groups; what is in none stands first."),
    }),
    "scorecard": Shape("A group of KPIs. Its total is there only where the page has all of it.", {
        **{name: form for name, form in SHAPES["group"].fields.items() if name != "name"},
        "name": (maybe(TEXT), "A section, a person, or the worksheet; null without a total."),
        "teams": _TEAMS,
        "rows": (rows("scored_kpi"), "Its KPIs; one of two groups stands in the first."),
    }),
    "scored_kpi": Shape("A KPI with its periods.", {
        "key": (TEXT, "Names it in this workbook; not meant to be shown."),
        "title": (TEXT, "As it stands in the sheet."),
        "owner": OWNER,
        "status": ROW_STATUS,
        "target": (maybe(shaped("amount")), "Over its complete periods."),
        "actual": (maybe(shaped("amount")), "Over the same periods."),
        "achievement": (maybe(NUMBER), "What it reached of its target."),
        "critical": (YES_NO, "Whether its group is made 0 by it."),
        "teams": _TEAMS,
        "strip": (rows("strip_point"), "Its last complete periods, oldest first; none of an earlier day."),
        "cell": (shaped("cell"), "Where it stands."),
    }),
    "movers": Shape("The key results that moved most.", {
        "up": (rows("page_item", MOVERS), "Those that went up, most first."),
        "down": (rows("page_item", MOVERS), "Those that went down, most first."),
        "since": (DAY, "The weekly mark since which they moved."),
    }),
    "page_win": Shape("Something that was reached.", {**SHAPES["win"].fields, "teams": _TEAMS}),
    "place": Shape("A cell that is wrong.", {
        **SHAPES["problem"].fields,
        "severity": (one_of("error", "warning"), "How grave it is."),
        "teams": _TEAMS,
    }),
    "moved": Shape("Something that was moved, typed over, renamed or taken away.", {
        **SHAPES["drift"].fields,
        "severity": (one_of("error", "warning", "hint"), "How grave it is."),
        "teams": _TEAMS,
    }),
}  # fmt: skip
"""The shapes that only a page has."""

PAGE: Fields = {
    "scope": (maybe(shaped("scope")), "The part that the page is limited to; null for the whole workbook."),
    "left_out": (YES_NO, "Whether it is of an earlier day, so that what no history tells is left out."),
    "cycle_forgotten": (YES_NO, "Whether nobody knows which cycle the workbook was about on that day."),
    "verdict": (shaped("page_verdict"), "The first sentence."),
    "statuses": (rows("status_count"), "Key results by status, those that need attention first."),
    "overall": (shaped("overall"), "The whole against its pace; of a part the plain mean of its key results."),
    "updated": (shaped("page_updated"), "How fresh the values are."),
    "pace": (maybe(shaped("pace")), "The curves; null before a cycle and without one, or where nothing is known."),
    "teams": (rows(TEXT), "The teams that the page can be filtered by; their numbers count from 1."),
    "tree": (rows("branch"), "All goals, each below what it serves."),
    "weeks_shown": (COUNT, "How many weeks the small curves of the tree tell."),
    "heat": (maybe(shaped("heat")), "Teams by week; null where no key result names a team, or nothing is known."),
    "kpis": (maybe(shaped("scorecards")), "The scorecards; null where there is no KPI."),
    "movers": (shaped("movers"), "What moved since the last weekly mark."),
    "decisions": (rows("page_item", CARDS), "What must be decided, blocked and asked for first."),
    "more_decisions": (COUNT, "How many more."),
    "wins": (rows("page_win"), "All that was reached in the cycle."),
    "stale": (rows("page_item", ROWS), "What waits for an update, longest first."),
    "more_stale": (COUNT, "How many more."),
    "problems": (rows("place", PLACES), "Cells that are wrong, errors first."),
    "more_problems": (COUNT, "How many more."),
    "drift": (rows("moved", PLACES), "What was changed in mid-cycle; never among the problems too."),
    "more_drift": (COUNT, "How many more."),
}
"""What a page has besides what every digest begins with."""
