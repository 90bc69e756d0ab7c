"""RO2xx: dates and cycles of rows and check-ins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sheetsync.language import fold
from sheetsync.model import Cycle, Horizon, KeyResult, Objective
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts, place, unreadable
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import Cell


def _dated(facts: Facts) -> tuple[Objective | KeyResult, ...]:
    return (*facts.goals.objectives, *facts.goals.key_results)


def _log_item(facts: Facts, named: Cell[str]) -> str | None:
    item = facts.by_id.get(fold(named.value or ""))
    return item.key if item is not None else None


@rule(
    "RO204",
    "date-not-readable",
    Severity.ERROR,
    title="A date cannot be read",
    message="{concept} says “{raw}”, which is not a date. Write it like 31/12/2025 or 2025-12-31.",
)
def date_not_readable(facts: Facts) -> Hits:
    """Report a start, due or check-in date that is not a date.

    ## Why is this bad?
    The date is left out: the goal runs over the whole cycle instead, or the check-in does not count.

    ## Example
    Due | end of the rainy season

    ## Use instead
    Due | 31/12/2025
    """
    hits = (hit for hit in unreadable_dates(facts) if hit.cell not in facts.unclear)
    return [hit for hit in hits if far_day(hit.params["raw"]) is None]  # RO228 tells those


def unreadable_dates(facts: Facts) -> Iterator[Hit]:
    """Give every date that could not be read, also those that may mean two days."""
    for concept in ("start", "due"):
        for item, cell in unreadable(_dated(facts), concept):
            yield Hit(cell.ref, item.key, {"concept": concept, "kind": "okr", "raw": cell.raw})
    for result, cell in unreadable(facts.goals.key_results, "check_in_date"):
        yield Hit(cell.ref, result.key, {"concept": "check_in_date", "kind": "okr", "raw": cell.raw})
    for entry in facts.goals.check_ins:
        if entry.date.unreadable:
            params = {"concept": "date", "kind": "check-ins", "raw": entry.date.raw}
            yield Hit(entry.date.ref, _log_item(facts, entry.item), params)


@rule(
    "RO210",
    "dates-reversed",
    Severity.ERROR,
    title="A goal is due before it starts",
    message="Due on {due:date}, but starting on {start:date}. Correct one of the two dates.",
)
def dates_reversed(facts: Facts) -> Hits:
    """Report a goal whose start lies after its due date; dates may come from its objective or its cycle.

    ## Why is this bad?
    There is no pace to hold: the goal would be late before it begins.

    ## Example
    Start | 31/12/2025
    Due | 01/10/2025

    ## Use instead
    Start | 01/10/2025
    Due | 31/12/2025
    """
    for objective in facts.goals.objectives:
        start, due = objective.start.value, objective.due.value
        if start is not None and due is not None and start > due:
            yield Hit(objective.due.ref, objective.key, {"start": start, "due": due})
    for item, score in facts.not_scored(NotScored.DUE_BEFORE_START):
        if isinstance(item, KeyResult):
            at = item.due if not item.due.blank or item.start.blank else item.start
            yield Hit(place(at, item), item.key, {"start": score.start, "due": score.due})


@rule(
    "RO211",
    "outside-cycle",
    Severity.WARNING,
    title="A date of a goal lies outside its cycle",
    message=(
        "{concept} on {day:date}, outside of the cycle {cycle} ({first:date} to {last:date}). Correct the date or the "
        "cycle."
    ),
)
def outside_cycle(facts: Facts) -> Hits:
    """Report a goal whose due date lies before or after the cycle that it belongs to.

    The cycle is that of the row, else that of its objective, else that of the workbook. Strategic goals may run longer.
    A start is reported where it looks like a slip in the year: further before the cycle than that is long, and inside
    it one year later. Other goals may have begun long ago.

    ## Why is this bad?
    When the cycle is closed, the goal is graded before its time, or was over before the cycle began. One that starts a
    year too early should be nearly done on its first day.

    ## Example
    Cycle | Q4/2025
    Due | 31/03/2026

    ## Use instead
    Cycle | Q4/2025
    Due | 31/12/2025
    """
    owners: dict[str | None, Objective] = {item.key: item for item in facts.goals.objectives}
    for item in _dated(facts):
        start, due = item.start.value, item.due.value
        if due is None and start is None:
            continue
        parent = owners.get(item.objective) if isinstance(item, KeyResult) else None
        cycle = _cycle_of(item, parent, facts.goals.cycle)
        if cycle is None or _strategic(item, parent):
            continue
        told = {"kind": "okr", "cycle": cycle.label, "first": cycle.start, "last": cycle.due}
        if start is not None and _is_year_early(start, cycle):
            yield Hit(item.start.ref, item.key, {"concept": "start", "day": start, **told})
        if due is not None and not cycle.start <= due <= cycle.due:
            yield Hit(item.due.ref, item.key, {"concept": "due", "day": due, **told})


def _is_year_early(start: date, cycle: Cycle) -> bool:
    """Say whether a start lies further before a cycle than that is long, and a year later inside it."""
    if (cycle.start - start).days <= (cycle.due - cycle.start).days + 1:
        return False
    later = (start.year + 1, start.month, start.day)
    return (cycle.start.year, cycle.start.month, cycle.start.day) <= later <= cycle.due.timetuple()[:3]


def _cycle_of(item: Objective | KeyResult, parent: Objective | None, default: Cycle | None) -> Cycle | None:
    if item.cycle.value is not None:
        return item.cycle.value
    return parent.cycle.value if parent is not None and parent.cycle.value is not None else default


def _strategic(item: Objective | KeyResult, parent: Objective | None) -> bool:
    stated = item.horizon.value or (parent.horizon.value if parent is not None else None)
    return stated is Horizon.STRATEGIC


@rule(
    "RO259",
    "outside-objective",
    Severity.WARNING,
    title="A key result runs at another time than its objective",
    message=(
        "{concept} on {day:date}, but the objective has {other_concept} on {limit:date}. Correct one of the two dates."
    ),
)
def outside_objective(facts: Facts) -> Hits:
    """Report a key result with a date after the due date of its objective, or before the start of it.

    Only dates in the objective's own row count. A date that lies outside the cycle, too, is told by RO211.

    ## Why is this bad?
    The objective is graded while this key result is still running, or long after it was over.

    ## Example
    Objective: Due | 30/11/2025
    Key result: Due | 31/12/2025

    ## Use instead
    Objective: Due | 31/12/2025
    Key result: Due | 31/12/2025
    """
    dated = (item for item in facts.goals.objectives if item.own_row and (item.start.value or item.due.value))
    owners = {item.key: item for item in dated}
    hits: list[Hit] = []
    for result in facts.goals.key_results if owners else ():
        own, parent = (result.start.value, result.due.value), owners.get(result.objective or "")
        if parent is not None and own not in ((None, None), (parent.start.value, parent.due.value)):
            hits += _outside(result, parent)
    told = {hit.cell for look in (outside_cycle, dates_reversed) for hit in look(facts)} if hits else ()
    return [hit for hit in hits if hit.cell not in told]


def _outside(result: KeyResult, parent: Objective) -> Iterator[Hit]:
    for concept, cell in (("start", result.start), ("due", result.due)):
        limit = _passed(cell.value, parent) if cell.value is not None else None
        if limit is not None:
            params = {"concept": concept, "kind": "okr", "day": cell.value, "other_concept": limit}
            yield Hit(cell.ref, result.key, {**params, "limit": getattr(parent, limit).value})


def _passed(day: date, parent: Objective) -> str | None:
    """Give which date of an objective a day lies beyond."""
    start, due = parent.start.value, parent.due.value
    if due is not None and day > due:
        return "due"
    return "start" if start is not None and day < start else None


@rule(
    "RO221",
    "check-in-in-future",
    Severity.WARNING,
    title="A check-in lies in the future",
    message="A check-in on {day:date} lies in the future and does not count yet. Correct the date.",
)
def check_in_in_future(facts: Facts) -> Hits:
    """Report a check-in, in the row or in the log, that is dated after today.

    ## Why is this bad?
    What has not happened yet is not counted, so the value that was just typed seems to be lost. Most often day and
    month were swapped.

    ## Example
    On 5 November: Check-in | 11/12/2025

    ## Use instead
    Check-in | 05/11/2025
    """
    today = facts.today
    for result in facts.goals.key_results:
        day = result.check_in_date.value
        if day is not None and day > today:
            yield Hit(result.check_in_date.ref, result.key, {"day": day})
    for entry in facts.goals.check_ins:
        day = entry.date.value
        if day is not None and day > today:
            yield Hit(entry.date.ref, _log_item(facts, entry.item), {"day": day})


@rule(
    "RO231",
    "check-in-without-date",
    Severity.WARNING,
    title="A check-in has no date",
    message="This check-in for {item} has no date, so its value does not count. Fill in the day.",
)
def check_in_without_date(facts: Facts) -> Hits:
    """Report a row of the check-in log that has a value and no date.

    ## Why is this bad?
    The newest check-in counts. One without a date has no place in that order, and its value is left out.

    ## Example
    (empty) | KR-3 | 120

    ## Use instead
    05/11/2025 | KR-3 | 120
    """
    for entry in facts.goals.check_ins:
        if entry.date.blank and entry.value.value is not None:
            at = (entry.date if entry.date.column else entry.value).ref
            yield Hit(at, _log_item(facts, entry.item), {"item": entry.item.value or "–"})


FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years beyond which a date is a slip: 1900 is what a sheet makes of 0, 9999 its last day."""


@rule(
    "RO228",
    "date-implausible",
    Severity.ERROR,
    title="A date is far away",
    message="{concept} is {day:date}, which is hardly meant. Check the year.",
)
def date_implausible(facts: Facts) -> Hits:
    """Report a date before the year 2000 or after 2100. Those of other centuries are left out besides.

    ## Why is this bad?
    A goal that runs from 1900 has used up all its time, and one that runs to 9999 never gets late.

    ## Example
    Due | 31/12/9999

    ## Use instead
    Due | 31/12/2025
    """
    for concept in ("start", "due"):
        get = attrgetter(concept)
        for item in _dated(facts):
            day = get(item).value
            if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
                yield Hit(get(item).ref, item.key, {"concept": concept, "kind": "okr", "day": day})
    for hit in unreadable_dates(facts):
        far = far_day(hit.params["raw"])
        if far is not None:
            yield hit._replace(params={"concept": hit.params["concept"], "kind": hit.params["kind"], "day": far})


def far_day(raw: Any) -> date | None:
    """Give the day that stands in a cell, or is written there with its whole year, where its year is hardly meant."""
    day = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else None
    if isinstance(raw, str):
        day = _written(raw)
    return day if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR else None


def _written(text: str) -> date | None:
    """Read 31/12/1926, 12/31/1926 and 1926-12-31; only the year matters."""
    import re  # a sheet has such dates once in a blue moon

    found = re.fullmatch(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})", text.strip())
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    for year, month, day in ((first, second, third), (third, second, first), (third, first, second)):
        if year >= _FOUR_DIGITS:
            with suppress(ValueError):  # in this order it is no day
                return date(year, month, day)
    return None


_FOUR_DIGITS = 1000


@rule(
    "RO254",
    "check-in-before-start",
    Severity.HINT,
    title="The value that counts is older than its goal",
    message=(
        "The newest check-in is of {day:date}, long before the start on {start:date}, and its value counts. Correct "
        "the date, or check in again."
    ),
)
def check_in_before_start(facts: Facts) -> Hits:
    """Report a key result that has begun, and whose value comes from a check-in of more than a month before its start.

    A last look in the weeks before the start is left alone: it tells where the goal begins.

    ## Why is this bad?
    Most often day and month were swapped, or it is the row of another cycle: progress is then counted from a value that
    nobody has seen since.

    ## Example
    Cycle | Q4/2025, from 01/10/2025
    Check-in | 01/06/2025 | KR-3 | 120

    ## Use instead
    Check-in | 06/11/2025 | KR-3 | 120
    """
    days = {entry.value.ref: entry for entry in facts.goals.check_ins if entry.date.value is not None}
    for result in facts.goals.key_results if days else ():
        score = facts.scorecard.scores.get(result.key)
        entry = days.get(score.source.ref) if score is not None and score.source is not None else None
        if score is None or entry is None or entry.date.value is None or score.start is None:
            continue
        if score.start <= facts.today and (score.start - entry.date.value).days > _MONTH:
            yield Hit(entry.date.ref, result.key, {"day": entry.date.value, "start": score.start})


_MONTH = 31


@rule(
    "RO232",
    "cycle-not-readable",
    Severity.ERROR,
    title="A cycle or period cannot be read",
    message="{concept} says “{raw}”, which is no time frame. Write it like Q4/2025, H1/2026, T10/2025 or FY26.",
)
def cycle_not_readable(facts: Facts) -> Hits:
    """Report a cycle of a goal, or a period of a KPI, that cannot be read.

    ## Why is this bad?
    The goal is paced by another cycle than people think, and the KPI's numbers belong to no month.

    ## Example
    Cycle | soon

    ## Use instead
    Cycle | Q4/2025
    """
    for item, cell in unreadable(_dated(facts), "cycle"):
        yield Hit(cell.ref, item.key, {"concept": "cycle", "kind": "okr", "raw": cell.raw})
    for kpi in facts.goals.kpis:
        if kpi.period.unreadable:
            yield Hit(kpi.period.ref, kpi.key, {"concept": "period", "kind": "kpi", "raw": kpi.period.raw})
