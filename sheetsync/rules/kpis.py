"""RO2xx: the periods, the direction and the aggregation of KPIs, as scoring took them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sheetsync.model import Aggregation, Kpi, Period, Quantity
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts, place
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.unscored import never_measured
from sheetsync.workbook import Cell, CellRef

_Value = tuple[Period, Cell[Any], Kpi]
"""A period for which a KPI has a value, with the cell to point at."""


@rule(
    "RO223",
    "period-missing",
    Severity.WARNING,
    title="A past period of a KPI has no actual",
    message="Past periods without an actual: {count} ({periods}). They are left out; fill them in.",
)
def period_missing(facts: Facts) -> Hits:
    """Report a KPI with a target but no actual in a period that is over, once for each KPI.

    ## Why is this bad?
    The period is left out of target and actual alike, so a bad month that nobody entered makes the year look better.

    ## Example
    T9: target 100, actual (empty), in November

    ## Use instead
    T9: target 100, actual 92
    """
    for item, params in facts.notes("missing_period"):
        score = facts.scorecard.scores.get(item.key) if isinstance(item, Kpi) else None
        if score is None or score.not_scored is NotScored.NO_TARGET:  # then it is not the actuals that are missing
            continue
        if isinstance(item, Kpi) and not never_measured(score):
            yield Hit(_first_blank(item, facts), item.key, params)


def _first_blank(kpi: Kpi, facts: Facts) -> CellRef:
    past = (one.actual for one in kpi.periods if one.period.end < facts.today and one.actual.blank)
    return place(next(past, kpi.actual), kpi)


def _once_without_column(facts: Facts, code: str, concept: str) -> Iterator[tuple[Kpi, object]]:
    """Give the KPIs of a note; of a table that does not have the column at all only the first one."""
    told = set()
    for item, params in facts.notes(code):
        if not isinstance(item, Kpi):
            continue
        if not getattr(item, concept).column:
            if item.table in told:
                continue
            told.add(item.table)
        yield item, params.get(concept)


@rule(
    "RO236",
    "direction-assumed",
    Severity.HINT,
    title="A KPI does not say which way is good",
    message=(
        "Which way is good is not said, so higher is taken as better. Write higher, lower or within range under "
        "Direction, or say it in the name: Complaints (lower is better)."
    ),
)
def direction_assumed(facts: Facts) -> Hits:
    """Report a KPI whose direction is empty, so that higher was taken as better; once where there is no such column.

    ## Why is this bad?
    For costs, complaints and absences the opposite is true, and the worst month would be the best.

    ## Example
    KPI | Complaints | Direction (empty)

    ## Use instead
    KPI | Complaints | Direction lower is better
    """
    for kpi, _ in _once_without_column(facts, "direction_assumed_higher", "direction"):
        yield Hit(place(kpi.direction, kpi), kpi.key, {})


@rule(
    "RO237",
    "aggregation-assumed",
    Severity.HINT,
    title="A KPI does not say how its periods become one number",
    message="Aggregation is empty, so “{aggregation}” was taken. Write sum, average, last, min or max.",
)
def aggregation_assumed(facts: Facts) -> Hits:
    """Report a KPI over several periods whose aggregation is empty; once where there is no such column.

    ## Why is this bad?
    Revenue adds up over the months, a satisfaction rate does not: the wrong choice gives a number that means nothing.

    ## Example
    KPI | Satisfaction | T1 90%, T2 92% | Aggregation (empty)

    ## Use instead
    KPI | Satisfaction | T1 90%, T2 92% | Aggregation average
    """
    for kpi, aggregation in _once_without_column(facts, "aggregation_assumed", "aggregation"):
        yield Hit(place(kpi.aggregation, kpi), kpi.key, {"aggregation": aggregation})


@rule(
    "RO255",
    "target-of-other-time",
    Severity.ERROR,
    title="A KPI's target is for another time than its columns",
    message=(
        "The target {target} cannot be shared out over columns such as {period}: that is sure only of amounts that "
        "add up, over months, quarters or weeks of which it holds a whole number. Write the target for one column."
    ),
)
def target_of_other_time(facts: Facts) -> Hits:
    """Report a KPI whose target says for how long it is, where the columns hold something else.

    A target for a longer time is shared out where the values add up: 1200 a year are 100 a month. A target of 25 a week
    is none for a month, which is no whole number of weeks; and an average is not a twelfth of the year's.

    ## Why is this bad?
    Held against a whole month, 25 a week would be reached four times over. The KPI is not scored.

    ## Example
    Target | 25/week
    T1 | 100

    ## Use instead
    Target | 110
    T1 | 100
    """
    for item, params in facts.notes("target_of_other_time"):
        if isinstance(item, Kpi):
            told = {"target": params["target"], "period": params["period"]}
            yield Hit(params["cell"], item.key, told)


@rule(
    "RO257",
    "to-date-unclear",
    Severity.WARNING,
    title="The values of a KPI may be to date, or to be added up",
    message=(
        "“{raw}” and these values leave open whether each of them holds those before it, so “{aggregation}” was taken. "
        "Write “to date” if each does, “sum” if not."
    ),
)
def to_date_unclear(facts: Facts) -> Hits:
    """Report a KPI whose aggregation leaves open whether a value holds those before it.

    Cumulative means both: values to date, and months that are to be added up. Values that fall are added up. Of those
    that never fall the last one counts, where it is about as many times the first as there are periods; else they are
    added up, too. Where the word is clear (to date, YTD), values that fall are reported.

    ## Why is this bad?
    Values to date that are added up count January twelve times; months that are not count eleven of twelve for nothing.

    ## Example
    Aggregation | cumulative | T1 10 | T2 20 | T3 30

    ## Use instead
    Aggregation | to date | T1 10 | T2 20 | T3 30
    """
    rows = {(kpi.sheet, kpi.row): kpi for kpi in facts.goals.kpis}
    for doubt in facts.goals.doubts:
        kpi = rows.get((doubt.cell.sheet, doubt.cell.row)) if doubt.kind == "to_date" else None
        if kpi is not None:
            yield Hit(doubt.cell.ref, kpi.key, {"raw": doubt.cell.raw, "aggregation": _TAKEN[kpi.to_date]})


_TAKEN = {True: Aggregation.LAST, False: Aggregation.SUM}


@rule(
    "RO258",
    "periods-of-last-year",
    Severity.WARNING,
    title="Values of last year count in the results of this one",
    message=(
        "{first} to {last} lie before {cycle}, yet their values count. Move the values of last year to a workbook of "
        "their own; or correct the year in the headers or in the worksheet's name, or the cycle in Settings."
    ),
)
def periods_of_last_year(facts: Facts) -> Hits:
    """Report, once for each table, KPIs with values for periods that ended a year before the cycle ends, or earlier.

    The twelve months until the end of the cycle are never reported, whenever the firm's year begins. A table of last
    year beside one of this year is left as it is instead (WS121).

    ## Why is this bad?
    The achievement is that of last year, or of two years together, and looks like this year's.

    ## Example
    Settings: Cycle | 2026
    T1/2025 10 | T2/2025 12

    ## Use instead
    Settings: Cycle | 2026
    T1/2026 10 | T2/2026 12
    """
    cycle = facts.goals.cycle
    if cycle is None:
        return
    before = min(cycle.due - timedelta(days=_YEAR), cycle.start - timedelta(days=1))
    told: dict[str, list[_Value]] = {}
    for kpi in facts.goals.kpis:
        for period, cell in _valued(kpi):
            told.setdefault(kpi.table, []).append((period, cell, kpi))
    for key, values in told.items():
        found = [one for one in values if one[0].end <= before]
        if found:
            (period, cell, kpi), last = min(found, key=_start), max(found, key=_start)
            at = _header_of(period, kpi, key, facts)
            params = {"first": period.label, "last": last[0].label, "cycle": cycle.label}
            yield Hit(at or cell.ref, None if at else kpi.key, params)


@rule(
    "RO262",
    "periods-ahead",
    Severity.WARNING,
    title="Values stand under periods that have not begun",
    message=(
        "{first} to {last} have not begun yet, so their values do not count. If they are last year's, write that year "
        "under Cycle in Settings, or as cycle in the configuration; if they are forecasts, move them elsewhere."
    ),
)
def periods_ahead(facts: Facts) -> Hits:
    """Report, once for each table, values under three or more periods that begin after today and name no year.

    Zeros do not count, nor do columns such as T1/2027, which say themselves whose they are.

    ## Why is this bad?
    Columns such as T1 to T12 belong to the year that the sheet names, else to the running one. In January last year's
    sheet is then read as this year's: nothing of it counts any more, and the year that is over looks like an empty one.

    ## Example
    On 5 January 2026, without a cycle: T1 100 | T2 104 | T3 98 | T4 101

    ## Use instead
    Settings: Cycle | 2025
    """
    told: dict[str, dict[Period, tuple[Cell[Any], Kpi]]] = {}
    for kpi in facts.goals.kpis:
        for period, cell in _valued(kpi):
            if period.start > facts.today and not _names_year(period) and _amount(kpi, cell) != 0:
                told.setdefault(kpi.table, {}).setdefault(period, (cell, kpi))
    for key, found in told.items():
        if len(found) >= _SEVERAL:
            ahead = sorted(found, key=lambda period: period.start)
            cell, kpi = found[ahead[0]]
            at = _header_of(ahead[0], kpi, key, facts)
            params = {"first": ahead[0].label, "last": ahead[-1].label}
            yield Hit(at or cell.ref, None if at else kpi.key, params)


_SEVERAL = 3
"""Periods ahead with a value from which on they are told; fewer may be a contract that is signed already."""


def _names_year(period: Period) -> bool:
    years = {period.start.year, period.end.year}
    return any(re.search(rf"{year}|[/'’.-] ?{year % 100:02}$", period.label) for year in years)


def _amount(kpi: Kpi, cell: Cell[Any]) -> Any:
    value = kpi.actual.value if cell is kpi.period else cell.value
    return value.number if isinstance(value, Quantity) else value


def _header_of(period: Period, kpi: Kpi, key: str, facts: Facts) -> CellRef | None:
    """Give the header of a period in a table; None where it has none."""
    table = facts.tables.get(key)
    column = next((one for one, known in table.periods.items() if known == period), None) if table else None
    return None if table is None or column is None else CellRef(kpi.sheet, table.header_row, column)


_YEAR = 365


def _valued(kpi: Kpi) -> Iterator[tuple[Period, Cell[Any]]]:
    """Give the periods for which a KPI has a value, each with the cell to point at."""
    for one in kpi.periods:
        if one.actual.value is not None:
            yield one.period, one.actual
    if not kpi.periods and kpi.period.value is not None and kpi.actual.value is not None:
        yield kpi.period.value, kpi.period


def _start(one: _Value) -> date:
    return one[0].start
