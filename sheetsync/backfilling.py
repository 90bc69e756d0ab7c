"""Finds earlier days in what a workbook itself still tells: its check-in log and the periods of its KPIs. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from sheetsync.model import Goals
from sheetsync.observing import observe
from sheetsync.scoring import Profile, score
from sheetsync.scoring.current import entries_of, read_log
from sheetsync.snapshot import Said, Snapshot
from sheetsync.workbook import Workbook

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH, _DAY = r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
_DATES = (
    re.compile(rf"(?<!\d){_YEAR}(?P<sign>[-._ ]?){_MONTH}(?P=sign){_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}(?P<sign>[-._ ]){_MONTH}(?P=sign){_YEAR}(?!\d)"),
)


def day_in_name(name: str) -> date | None:
    """Give the day that stands in the name of a file: 2025-10-03, 20251003, 03.10.2025, 3-10-2025; the last of several.

    A day before a month, as in all of Europe and Vietnam; None where there is no such day.
    """
    found = [match for pattern in _DATES for match in pattern.finditer(name)]
    days = (_day(match) for match in sorted(found, key=re.Match.start, reverse=True))
    return next((day for day in days if day is not None), None)


def _day(match: re.Match[str]) -> date | None:
    if not match["sign"] and len(match[0]) != 8:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def told_days(
    workbook: Workbook, goals: Goals, profile: Profile, kpi_profile: Profile, today: date
) -> Iterator[Snapshot]:
    """Give what a workbook tells of every day before today, the earliest first, and only of the items it tells of.

    A check-in tells how its key result stood on its date, a complete period with an actual how its KPI stood on the
    day after; an objective is told of once all of its key results were. Targets and baselines are those of today: what
    they were is not told.
    """
    bare = _without_current(goals)
    asked = _with_objectives(_asked(goals, today), goals, profile)
    for day in sorted(asked):
        card = score(bare, profile, kpi_profile, day)
        seen = observe(workbook, bare, card, day, profile=profile)
        items = tuple(
            one._replace(says=_named(one.says), sheet="", row=0) for one in seen.items if one.key in asked[day]
        )
        told = tuple(one for one in items if one.observation.progress is not None or one.observation.value is not None)
        if told:
            yield Snapshot(day, told, whole=False)


def _named(says: Mapping[str, Said]) -> dict[str, Said]:
    """Keep what a row is called; nobody knows what its other cells said then."""
    return {concept: says[concept] for concept in ("id", "title") if concept in says}


def _without_current(goals: Goals) -> Goals:
    """Take away what the rows say of today, so that a day in the past is judged by its check-ins."""
    items = tuple(
        item._replace(
            current=item.current._replace(raw=None, value=None),
            check_in_date=item.check_in_date._replace(raw=None, value=None),
            confidence=item.confidence._replace(raw=None, value=None),
            blocker=item.blocker._replace(raw=None, value=None),
        )
        for item in goals.key_results
    )
    return goals._replace(key_results=items)


def _asked(goals: Goals, today: date) -> dict[date, set[str]]:
    """Give the days that are told of, each with the keys of its items."""
    log = read_log(goals.check_ins, today)
    entries = ((entry.date.value, item.key) for item in goals.key_results for entry in entries_of(item, log))
    periods = (
        (one.period.end + timedelta(days=1), kpi.key)
        for kpi in goals.kpis
        for one in kpi.periods
        if not one.actual.blank
    )
    asked: dict[date, set[str]] = {}
    for day, key in chain(entries, periods):
        if day is not None and day < today:
            asked.setdefault(day, set()).add(key)
    return asked


def _with_objectives(asked: Mapping[date, set[str]], goals: Goals, profile: Profile) -> dict[date, set[str]]:
    """Add the objectives: on each day of their key results from which on nothing of them is unknown.

    One to which others contribute is left out: what these were is another question.
    """
    below: dict[str, set[str]] = {}
    for item in goals.key_results:
        below.setdefault(item.objective or "", set()).add(item.key)
    fed = {name for one in goals.objectives for name in one.aligned_to.value or ()} if profile.child_weight > 0 else ()
    whole = {one.key: below[one.key] for one in goals.objectives if one.key in below and one.key not in fed}
    known: set[str] = set()
    found: dict[date, set[str]] = {}
    for day in sorted(asked):
        known |= asked[day]
        told = {key for key, items in whole.items() if items <= known and not items.isdisjoint(asked[day])}
        found[day] = asked[day] | told
    return found
