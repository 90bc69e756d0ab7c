"""WS1xx: quarters and years that are read by the calendar, in a firm whose own year begins in another month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from sheetsync.model import Frequency, Goals, KeyResult, Objective
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.scoring.pace import dates_of
from sheetsync.workbook import CellRef

_Named = tuple[CellRef | None, str | None, str, tuple[date, date] | None]
"""Where a period is named, in which item, by which words, and the days that these were taken for where known."""


@rule(
    "WS120",
    "calendar-in-fiscal-year",
    Severity.WARNING,
    title="A quarter or year may be meant as one of the fiscal year",
    message=(
        "“{raw}” is read by the calendar ({first:date} to {last:date}), but your fiscal year begins in month {month}. "
        "If that is meant, write {own} ({own_first:date} to {own_last:date}); if not, write a cycle as two days, or "
        "switch this rule off."
    ),
)
def calendar_in_fiscal_year(facts: Facts) -> Hits:
    """Report names of quarters, halves and years without FY where ``fiscal_start`` names another month than January.

    Looked at are the cycle of the workbook, cycles and dates of rows, and the quarters of KPI tables; each name is told
    once. Cycles with FY, months, and goals with a start and a due date of their own are well. FY2027 is the year that
    ends in 2027.

    ## Why is this bad?
    In a firm whose year begins in April, people who say Q1 often mean April to June. Pace and status of every goal are
    then those of another quarter, and nothing shows it.

    ## Example
    Cycle | Q1/2027

    ## Use instead
    Cycle | Q1 FY2027
    """
    if facts.fiscal_start == 1:
        return
    from sheetsync.reading.fiscal import both_readings  # few firms have a year of their own

    cycle = facts.goals.cycle
    near = facts.today if cycle is None else cycle.start + (cycle.due - cycle.start) / 2
    told: set[str] = set()
    for at, item, raw, days in _named(facts):
        found = both_readings(raw, near, facts.fiscal_start) if raw not in told else None
        told.add(raw)
        if found is None:
            continue
        taken, own = found
        taken = taken if days is None else taken._replace(start=days[0], due=days[1])
        if (taken.start, taken.due) != (own.start, own.due):
            params = {"raw": raw, "first": taken.start, "last": taken.due}
            other = {"own": own.label, "own_first": own.start, "own_last": own.due, "month": facts.fiscal_start}
            yield Hit(at, item, params | other)


def _named(facts: Facts) -> Iterator[_Named]:
    """Give every name of a period from which dates are taken, the workbook's cycle first."""
    goals = facts.goals
    if goals.cycle is not None and _counts(facts):
        stated = goals.settings.cycle if goals.settings is not None else None
        at = stated.ref if stated is not None and stated.value == goals.cycle else None
        yield at, None, goals.cycle.label, (goals.cycle.start, goals.cycle.due)
    rows: tuple[tuple[Objective | KeyResult, ...], ...] = (goals.objectives, goals.key_results)
    for item in chain.from_iterable(rows):
        named = item.cycle.value
        if named is not None and (item.start.value is None or item.due.value is None):
            yield item.cycle.ref, item.key, named.label, (named.start, named.due)
        for cell in (item.start, item.due):
            if cell.value is not None and isinstance(cell.raw, str):
                yield cell.ref, item.key, cell.raw, None
    if goals.cycle is None or goals.cycle.start.month == facts.fiscal_start:
        yield from _quarters(goals)


def _counts(facts: Facts) -> bool:
    """Say whether something takes its dates from the cycle of the workbook."""
    above = {item.key: item for item in facts.goals.objectives}
    return bool(facts.goals.kpis) or any(
        None in dates_of(item, above.get(item.objective or ""), None) for item in facts.goals.key_results
    )


def _quarters(goals: Goals) -> Iterator[_Named]:
    """Give the first quarter of each table of KPIs, and the quarters that rows of KPIs are for."""
    for table in goals.tables:
        for column, period in sorted(table.periods.items()):
            if period.frequency is Frequency.QUARTER:
                yield CellRef(table.sheet, table.header_row, column), None, period.label, (period.start, period.end)
                break
    for kpi in goals.kpis:
        period_of = kpi.period.value
        if period_of is not None and period_of.frequency is Frequency.QUARTER:
            yield kpi.period.ref, kpi.key, period_of.label, (period_of.start, period_of.end)
