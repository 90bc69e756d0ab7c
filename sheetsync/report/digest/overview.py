"""What stands at the top of every digest: who reads what of which workbook and day, and how the whole stands."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sheetsync.report.digest.cells import safe
from sheetsync.report.digest.items import team_of
from sheetsync.report.digest.source import Source, given_of, is_over, known_of
from sheetsync.report.digest.stale import FRESH_DAYS, is_under_way, lapse_of
from sheetsync.report.digest.weeks import overall_change, overall_weeks

SCHEMA = "report.v1"


def head(kind: str, source: Source) -> dict[str, Any]:
    """Give what every kind of digest has."""
    return {
        "schema": SCHEMA,
        "kind": kind,
        "company": source.company or company_named(source) or source.place.name,
        "today": source.today,
        "read_at": source.read_at,
        "zone": source.zone,
        "week": week_of(_told_on(source)),
        "cycle": cycle_of(source),
        "workbook": {"name": source.place.name, "place": source.place.text, "url": safe(source.place.url)},
        "recipient": _recipient(source),
        "links": {"report": _https(source.report_url), "stop": safe(source.stop)},
    }


def company_named(source: Source) -> str | None:
    """Give the company's name as the workbook's own settings say it."""
    return source.goals.settings.company.value if source.goals.settings else None


def week_of(today: date) -> dict[str, date]:
    """Give Monday and Sunday of the week of a day."""
    monday = today - timedelta(days=today.weekday())
    return {"start": monday, "end": monday + timedelta(days=6)}


def cycle_of(source: Source) -> dict[str, Any] | None:
    """Give the cycle with the number of the week told of, counted from the Monday in or before its first day.

    Before the first day of the cycle and after its last there is no such number.
    """
    cycle = source.goals.cycle
    if cycle is None:
        return None
    first = cycle.start - timedelta(days=cycle.start.weekday())
    day = _told_on(source)
    running = cycle.start <= source.today <= cycle.due and day >= first
    return {
        "label": cycle.label,
        "start": cycle.start,
        "due": cycle.due,
        "week": (day - first).days // 7 + 1 if running else None,
        "weeks": (cycle.due - first).days // 7 + 1,
        "over": is_over(source),
    }


def _told_on(source: Source) -> date:
    """Give a day of the week told of."""
    return source.today if source.about is None else source.about[0]


def _recipient(source: Source) -> dict[str, Any] | None:
    one = source.recipient
    if one is None:
        return None
    given = given_of(one.name, source) or one.name
    return {"name": one.name, "given": given, "honorific": one.honorific, "role": one.role, "team": one.team}


def _https(url: str | None) -> str | None:
    return url if url is not None and url.lower().startswith("https://") else None


def overall(source: Source) -> dict[str, Any]:
    """Give progress and pace of the whole, what it gained since the last weekly mark, and its weeks."""
    scores = source.scorecard
    return {
        "progress": scores.progress,
        "expected": scores.expected,
        "change": overall_change(source),
        "weeks": overall_weeks(source),
    }


def updated(source: Source) -> dict[str, Any]:
    """Count the key results that are under way by whether their last update is fresh; the stale ones by team.

    Days on which an owner is away do not count, and those that a KPI gives their value are fresh: nobody is asked.
    """
    running = [item for item in source.goals.key_results if is_under_way(item, source)]
    stale = [item for item in running if lapse_of(item, source) is not None]
    teams = Counter(team_of(item, source) or "" for item in stale)
    return {
        "fresh": len(running) - len(stale),
        "total": len(running),
        "stale": len(stale),
        "days": FRESH_DAYS,
        "teams": [{"team": team or None, "count": count} for team, count in teams.most_common()],
        "known": known_of(source).dated,
    }
