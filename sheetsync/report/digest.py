"""What the company's summary shows, as plain data in the order of its telling: verdict, decisions, table, wins, data.

The form is ``report.v1``: dicts, lists, texts, numbers and dates only. It is the contract for everybody who writes
templates; no object with behaviour ever reaches one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.model import Done, Goals, KeyResult, Kpi, KpiLink, Level, Objective, Quantity
from sheetsync.record import NamedTuple
from sheetsync.results import Digest, Finding, Score, Scorecard, Serving, Severity, Status
from sheetsync.scoring.patience import Leave, days_away, leave_of
from sheetsync.workbook import Cell, CellRef

SCHEMA = "report.v1"
CARDS = 3
"""Decisions that are shown; more would not be decided in one meeting."""
ROWS = 12
"""Rows of a table; the others are counted."""
LINKED = 3
"""KPIs that are shown beside an objective; the others are counted."""
PROBLEMS = 5
"""Cells with bad data that are named; the others are counted."""
WINS = 4
"""Wins that are told."""
FRESH_DAYS = 7
"""A key result counts as updated where its last update is at most this many days old."""

GOOD = (Status.ACHIEVED, Status.ON_TRACK)
BAD = {Status.OFF_TRACK: 0, Status.MISSED: 1, Status.AT_RISK: 2}
"""Statuses that need a decision, the gravest first."""
UNDER_WAY = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.NOT_SCORED)
"""Statuses of key results that somebody should keep up to date."""


class Place(NamedTuple):
    """Where the workbook is: its name, its path or address as text, and a link to a cell where there is one.

    ``link`` takes a cell and gives an https address, or None; a file on a disk has no link that a mail could open.
    """

    name: str
    text: str
    url: str | None = None
    link: Callable[[CellRef], str | None] = lambda ref: None  # noqa: ARG005 - a place without links


class Source(NamedTuple):
    """Everything that a summary is made of."""

    goals: Goals
    scorecard: Scorecard
    findings: Sequence[Finding]
    today: date
    place: Place
    message: Callable[[Finding], str]
    company: str | None = None


def company_digest(source: Source) -> Digest:
    """Give the company's summary of one workbook."""
    objectives = _objectives(source)
    decisions = _decisions(source)
    scores = source.scorecard
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": "company",
        "company": source.company or _company(source) or source.place.name,
        "today": source.today,
        "week": _week(source.today),
        "cycle": _cycle(source),
        "workbook": {"name": source.place.name, "place": source.place.text, "url": _safe(source.place.url)},
        "verdict": {
            "objectives": len(objectives),
            "on_pace": sum(1 for row in objectives if row["status"] in GOOD),
            "decisions": len(decisions),
        },
        "overall": {"progress": scores.progress, "expected": scores.expected, "change": None},
        "updated": _updated(source),
        "decisions": decisions[:CARDS],
        "more_decisions": max(0, len(decisions) - CARDS),
        "objectives": objectives[:ROWS],
        "more_objectives": max(0, len(objectives) - ROWS),
        "kpis": _kpis(source),
        **_wins(source),
        **_problems(source),
    }
    return Digest("company", data)


def _company(source: Source) -> str | None:
    return source.goals.settings.company.value if source.goals.settings else None


def _week(today: date) -> dict[str, date]:
    monday = today - timedelta(days=today.weekday())
    return {"start": monday, "end": monday + timedelta(days=6)}


def _cycle(source: Source) -> dict[str, Any] | None:
    """Give the cycle with the number of the running week, counted from the Monday in or before its first day."""
    cycle = source.goals.cycle
    if cycle is None:
        return None
    first = cycle.start - timedelta(days=cycle.start.weekday())
    weeks = (cycle.due - first).days // 7 + 1
    week = (source.today - first).days // 7 + 1
    running = cycle.start <= source.today <= cycle.due
    return {
        "label": cycle.label,
        "start": cycle.start,
        "due": cycle.due,
        "week": week if running else None,
        "weeks": weeks,
    }


def _objectives(source: Source) -> list[dict[str, Any]]:
    """Give the company's objectives, or all where none is the company's; those that need attention first."""
    goals, scores = source.goals, source.scorecard.scores
    chosen = [item for item in goals.objectives if item.level.value is Level.COMPANY] or list(goals.objectives)
    rows = [(item, scores[item.key]) for item in chosen if item.key in scores]
    rows.sort(key=lambda row: _ATTENTION.get(row[1].status, 5))
    under: dict[str | None, list[str]] = defaultdict(list)
    for one in goals.key_results:
        under[one.objective].append(one.key)
    return [
        {
            "title": item.title.value or item.key,
            "owner": item.owner.value,
            "status": score.status.value,
            "progress": score.progress,
            "expected": score.expected,
            "change": score.change,
            "scored": score.scored,
            "total": score.total,
            **_linked(item.key, under[item.key], source),
        }
        for item, score in rows
    ]


def _linked(objective: str, key_results: Sequence[str], source: Source) -> dict[str, Any]:
    """Give the KPIs that serve an objective or one of its key results, each once: red guards first, then guards."""
    servings = source.scorecard.servings
    found: dict[str, Serving] = {}
    for one in (one for key in (objective, *key_results) for one in servings.get(key, ())):
        if one.kpi not in found or one.link == KpiLink.GUARDS:
            found[one.kpi] = one
    shown = sorted(found.values(), key=lambda one: (one.link != KpiLink.GUARDS, one.status not in BAD))
    rows = [
        {
            "title": one.title,
            "link": one.link,
            "status": one.status.value,
            "achievement": one.achievement,
            "cell": _finding_cell(one.cell, source.place),
        }
        for one in shown[:LINKED]
    ]
    return {"kpis": rows, "more_kpis": max(0, len(shown) - LINKED)}


_ATTENTION = {Status.OFF_TRACK: 0, Status.MISSED: 1, Status.AT_RISK: 2, Status.NOT_SCORED: 3, Status.NOT_STARTED: 4}


def _decisions(source: Source) -> list[dict[str, Any]]:
    """Give the key results that somebody must decide on: with a blocker or an ask first, then by gravity and gap."""
    scores = source.scorecard.scores
    found = [
        (item, scores[item.key])
        for item in source.goals.key_results
        if item.key in scores and scores[item.key].status in BAD
    ]
    asked = [row for row in found if not (row[0].ask.blank and row[0].blocker.blank)]
    off = [row for row in found if row not in asked and row[1].status is not Status.AT_RISK]
    return [_card(item, score, source) for item, score in (*_by_gravity(asked), *_by_gravity(off))]


def _by_gravity(rows: Iterable[tuple[KeyResult, Score]]) -> list[tuple[KeyResult, Score]]:
    return sorted(rows, key=lambda row: (BAD[row[1].status], _gap(row[1])))


def _gap(score: Score) -> float:
    return (score.progress or 0.0) - (score.expected or 0.0)


def _card(item: KeyResult, score: Score, source: Source) -> dict[str, Any]:
    return {
        "title": item.title.value or item.key,
        "status": score.status.value,
        "owner": item.owner.value,
        "team": item.team.value,
        "progress": score.progress,
        "expected": score.expected,
        "change": score.change,
        "current": _amount(score.current, item.current, item.unit.value, score.source),
        "target": _amount(score.target, item.target, item.unit.value),
        "blocker": _text(item.blocker),
        "ask": _text(item.ask),
        "cell": _cell(item.current if item.current.column else item.title, source.place),
    }


def _amount(
    number: float | None, cell: Cell[Any], unit: str | None, source: Cell[Any] | None = None
) -> dict[str, Any] | None:
    """Give a number with what it counts; None where a number says nothing (milestones, yes and no)."""
    meant = source.value if source is not None and source.value is not None else cell.value
    if number is None or isinstance(meant, Done) or (meant is not None and not isinstance(meant, Quantity)):
        return None
    percent = isinstance(meant, Quantity) and meant.percent
    own = meant.unit if isinstance(meant, Quantity) else None
    return {"number": number, "percent": percent, "unit": unit or own}


def _text(cell: Cell[str]) -> str | None:
    return cell.value.strip() if cell.value and cell.value.strip() else None


def _cell(cell: Cell[Any], place: Place) -> dict[str, Any]:
    ref = cell.ref
    return {"text": str(ref), "a1": ref.a1, "sheet": ref.sheet, "url": _safe(place.link(ref))}


def _safe(url: str | None) -> str | None:
    """Let through links that a mail client may open: https and mailto."""
    return url if url is not None and url.lower().startswith(("https://", "mailto:")) else None


def _updated(source: Source) -> dict[str, Any]:
    """Count the key results that are under way by whether their last update is fresh; the stale ones by team.

    Days on which an owner is away do not count.
    """
    scores = source.scorecard.scores
    running = [item for item in source.goals.key_results if item.key in scores and scores[item.key].status in UNDER_WAY]
    given = source.scorecard.taken  # a KPI gives these their value, and nobody is asked for it
    leave, owners = leave_of(source.goals.people), {one.key: one.owner.value for one in source.goals.objectives}
    asked = [item for item in running if item.key not in given]
    stale = [
        item
        for item in asked
        if not _is_fresh(scores[item.key], source.today, item.owner.value or owners.get(item.objective or ""), leave)
    ]
    teams = Counter(item.team.value or "" for item in stale)
    return {
        "fresh": len(running) - len(stale),
        "total": len(running),
        "stale": len(stale),
        "days": FRESH_DAYS,
        "teams": [{"team": team or None, "count": count} for team, count in teams.most_common()],
        "known": any(score.last_update is not None for score in scores.values()),
    }


def _is_fresh(score: Score, today: date, owner: str | None, leave: Leave) -> bool:
    if score.last_update is None:
        return False
    days: int = (today - score.last_update).days
    if days > FRESH_DAYS and leave and owner:
        days -= days_away((owner,), leave, score.last_update, today)
    return days <= FRESH_DAYS


def _kpis(source: Source) -> dict[str, Any] | None:
    if not source.goals.kpis:
        return None
    scores = source.scorecard.scores
    low = [
        (item, scores[item.key])
        for item in source.goals.kpis
        if item.key in scores and scores[item.key].status in (Status.OFF_TRACK, Status.MISSED)
    ]
    low.sort(key=lambda row: (not row[0].critical.value, row[1].progress or 0.0))
    groups = [
        {
            "name": group.name,
            "total": group.kind == "table",
            "weighted_score": group.weighted_score,
            "grade": group.grade,
            "zeroed_by": _kpi_title(group.zeroed_by, source.goals.kpis),
            "missing": len(group.missing),
            "members": len(group.members),
        }
        for group in source.scorecard.groups
    ]
    return {
        "groups": groups[:ROWS],
        "more_groups": max(0, len(groups) - ROWS),
        "low": [_kpi_row(item, score, source) for item, score in low[:PROBLEMS]],
        "more_low": max(0, len(low) - PROBLEMS),
    }


def _kpi_title(key: str | None, kpis: Sequence[Kpi]) -> str | None:
    return next((kpi.title.value or kpi.key for kpi in kpis if kpi.key == key), None) if key else None


def _kpi_row(item: Kpi, score: Score, source: Source) -> dict[str, Any]:
    return {
        "title": item.title.value or item.key,
        "group": item.section or item.team.value or item.owner.value,
        "critical": bool(item.critical.value),
        "achievement": score.progress,
        "status": score.status.value,
        "cell": _cell(item.title, source.place),
    }


def _wins(source: Source) -> dict[str, Any]:
    """Give what was reached, to be celebrated: objectives first, then key results, never a rank."""
    items: tuple[Objective | KeyResult, ...] = (*source.goals.objectives, *source.goals.key_results)
    scores = source.scorecard.scores
    won = [item for item in items if item.key in scores and scores[item.key].status is Status.ACHIEVED]
    told = [
        {
            "title": item.title.value or item.key,
            "owner": item.owner.value,
            "progress": scores[item.key].progress,
            "early_days": _early(scores[item.key], source.today),
        }
        for item in won[:WINS]
    ]
    return {"wins": told, "more_wins": max(0, len(won) - WINS)}


def _early(score: Score, today: date) -> int | None:
    return (score.due - today).days if isinstance(score.due, date) and score.due > today else None


def _problems(source: Source) -> dict[str, Any]:
    """Give the cells that are wrong, errors first, each with what to do."""
    wrong = [finding for finding in source.findings if finding.severity is Severity.ERROR]
    told = [
        {"cell": _finding_cell(finding.cell, source.place), "code": finding.code, "message": source.message(finding)}
        for finding in wrong[:PROBLEMS]
    ]
    return {"problems": told, "more_problems": max(0, len(wrong) - PROBLEMS)}


def _finding_cell(ref: CellRef | None, place: Place) -> Mapping[str, Any] | None:
    if ref is None:
        return None
    return {"text": str(ref), "a1": ref.a1, "sheet": ref.sheet, "url": _safe(place.link(ref))}
