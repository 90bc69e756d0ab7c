"""DR5xx, seventh part: the cycle of the whole workbook, changed before it was over."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date

from sheetsync.model import Cycle
from sheetsync.past import CYCLE, CYCLE_SAYS, Past
from sheetsync.reading.pages import RETROSPECTIVE
from sheetsync.record import NamedTuple
from sheetsync.results import Severity
from sheetsync.rules.drift_agreed import settled
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule

NEAR = 7
"""In the last seventh of a cycle (13 days of a quarter, 4 of a month) the next one is planned."""


class _Told(NamedTuple):
    """The cycle that a workbook said it was about from a day on."""

    day: date
    cycle: Cycle


@rule(
    "DR526",
    "cycle-changed",
    Severity.WARNING,
    title="The cycle was changed before it was over",
    message=(
        "The cycle was {before} until {until:date}, and has been {value} since {day:date}, though {before} runs to "
        "{due:date}. All goals are measured over other days. Put {before} back; the next cycle gets a workbook of its "
        "own (sheetsync cycle next)."
    ),
)
def cycle_changed(facts: Facts) -> Hits:
    """Report a cycle of the whole workbook that was replaced by another one in its middle.

    Its first week, and that of the history, are for setting it up; in its last seventh the next one is planned. Where
    the workbook holds the retrospective of the old cycle it was closed. Runs where earlier days are remembered; stays
    until the cycle is put back, or the old one would be over.

    ## Why is this bad?
    With the cycle of next quarter no goal has begun, so nothing is behind; and what was agreed for this one is neither
    reached nor missed.

    ## Example
    20 November: Cycle Q4/2025 becomes Q1/2026

    ## Use instead
    Cycle | Q4/2025
    On 31 December "sheetsync cycle close", then "sheetsync cycle next"
    """
    now, past = facts.goals.cycle, facts.past
    if now is None or past is None or not past.nights:
        return
    told = _told(past)
    if not told or _days(told[-1].cycle) != _days(now):
        told.append(_Told(facts.today, now))
    place = len(told) - 1
    while place and _days(told[place - 1].cycle) == _days(now):
        place -= 1
    before, since = _agreed(told[: place + 1], past), told[place].day
    if before is None or _days(before) == _days(now) or _over(before, since, facts):
        return
    settings = facts.goals.settings
    params = {
        "before": before.label,
        "value": now.label,
        "until": past.nights[bisect_left(past.nights, since) - 1],
        "day": since,
        "due": before.due,
    }
    yield Hit(settings.cycle.ref if settings is not None and settings.cycle.column else None, None, params)


def _told(past: Past) -> list[_Told]:
    """Give the cycles that the workbook was about, one after the other."""
    days: dict[date, dict[str, str]] = defaultdict(dict)
    for name in CYCLE_SAYS:
        for said in past.header_statements.get((CYCLE, name), ()):
            days[said.day][name] = said.text
    found: list[_Told] = []
    says: dict[str, str] = {}
    for day in sorted(days):
        says.update(days[day])
        if len(says) == len(CYCLE_SAYS):
            label, start, due = (says[name] for name in CYCLE_SAYS)
            found.append(_Told(day, Cycle(label, date.fromisoformat(start), date.fromisoformat(due))))
    return found


def _agreed(told: list[_Told], past: Past) -> Cycle | None:
    """Give the last cycle before the one of today that stood there when it, and the history, were a week old."""
    for place in range(len(told) - 2, -1, -1):
        one, following = told[place], told[place + 1]
        begun = one.day if place else past.nights[0]  # of the first nobody knows since when it stood there
        agreed = settled(past, max(begun, one.cycle.start))
        if agreed is not None and agreed < following.day:
            return one.cycle
    return None


def _over(before: Cycle, since: date, facts: Facts) -> bool:
    """Say whether a cycle was over when it was replaced, or nearly so, is over today, or was closed."""
    left, length = (before.due - since).days, (before.due - before.start).days + 1
    closed = f"{RETROSPECTIVE}{before.start:%Y%m%d}to{before.due:%Y%m%d}"
    marks = facts.workbook.marks if facts.workbook is not None else ()
    return left <= length // NEAR or facts.today > before.due or any(mark.table == closed for mark in marks)


def _days(cycle: Cycle) -> tuple[date, date]:
    return cycle.start, cycle.due
