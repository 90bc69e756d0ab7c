"""RO2xx: dates and cycles of rows and check-ins."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from sheetsync.model import Cycle, Horizon, KeyResult, Objective
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts, place, unreadable
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.words import fold
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
    return [hit for hit in unreadable_dates(facts) if hit.cell not in facts.unclear]


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
    title="A goal is due outside its cycle",
    message=(
        "Due on {due:date}, outside of the cycle {cycle} ({first:date} to {last:date}). Correct the date or the cycle."
    ),
)
def outside_cycle(facts: Facts) -> Hits:
    """Report a goal whose due date lies before or after the cycle that it belongs to.

    The cycle is that of the row, else that of its objective, else that of the workbook. Strategic goals may run longer.

    ## Why is this bad?
    When the cycle is closed, the goal is graded before its time, or was over before the cycle began.

    ## Example
    Cycle | Q4/2025
    Due | 31/03/2026

    ## Use instead
    Cycle | Q4/2025
    Due | 31/12/2025
    """
    owners: dict[str | None, Objective] = {item.key: item for item in facts.goals.objectives}
    for item in _dated(facts):
        due = item.due.value
        if due is None:
            continue
        parent = owners.get(item.objective) if isinstance(item, KeyResult) else None
        cycle = _cycle_of(item, parent, facts.goals.cycle)
        if cycle is not None and not cycle.start <= due <= cycle.due and not _strategic(item, parent):
            params = {"due": due, "cycle": cycle.label, "first": cycle.start, "last": cycle.due}
            yield Hit(item.due.ref, item.key, params)


def _cycle_of(item: Objective | KeyResult, parent: Objective | None, default: Cycle | None) -> Cycle | None:
    if item.cycle.value is not None:
        return item.cycle.value
    return parent.cycle.value if parent is not None and parent.cycle.value is not None else default


def _strategic(item: Objective | KeyResult, parent: Objective | None) -> bool:
    stated = item.horizon.value or (parent.horizon.value if parent is not None else None)
    return stated is Horizon.STRATEGIC


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
    Severity.WARNING,
    title="A date is far away",
    message="{concept} is {day:date}, which is hardly meant. Check the year.",
)
def date_implausible(facts: Facts) -> Hits:
    """Report a start or due date before the year 2000 or after 2100.

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
