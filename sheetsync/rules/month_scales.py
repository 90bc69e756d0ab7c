"""RO2xx: KPIs of which some numbers are fractions of 1 and others percent, with no sign that says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sheetsync.model import Aggregation, Direction, Frequency, Kpi, Quantity
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import Cell

FEWEST = 3
"""So many periods must have a value."""
PERCENT = (2.0, 150.0)
"""What is percent without a sign lies within these numbers; 1 to 2 may be either, and says nothing."""
APART = 20
"""The least percentage is so many times the largest fraction, or more."""
WIDE = 2
"""Fractions as percent lie among the percentages, or so many times beyond them."""

_Numbers = list[tuple[float, Cell[Any]]]


@rule(
    "RO261",
    "months-on-two-scales",
    Severity.WARNING,
    title="Some numbers of a KPI are fractions, and others percent",
    message=(
        "{value} and {other} stand in one row, and look like a fraction of 1 and percent. Nothing is "
        "converted. Write all numbers of the row alike, targets too: with % behind them, or all on one scale."
    ),
)
def months_on_two_scales(facts: Facts) -> Hits:
    """Report a KPI some of whose months, or whose months and target, look like 0.85 and others like 85.

    Three months must have a value, all numbers lie below 1 or from 2 to 150, and the fractions as percent must fit
    among the others. Where all months are alike and only the target differs, it is told only of a KPI of which more is
    better. Not of sums and of targets for a year, where the unit measures something (tons, đồng), where any number has
    a percent sign, and where the unit is %: of that RO224 tells.

    ## Why is this bad?
    The mean of 0.85 and 85 is 43, and with the target 90 the KPI is off track, though it is near its target.

    ## Example
    Target | 90
    Jan | 0.85
    Feb | 85
    Mar | 88

    ## Use instead
    Target | 90
    Jan | 85
    Feb | 85
    Mar | 88
    """
    for kpi in facts.goals.kpis:
        if len(kpi.periods) >= FEWEST and _may_mix(kpi):
            found = _of_kpi(kpi)
            if found is not None and not _measures(facts, kpi):
                cell, value, other = found
                yield Hit(cell.ref, kpi.key, {"value": value, "other": other})


def _may_mix(kpi: Kpi) -> bool:
    """Say whether numbers below 1 stand beside others, which hardly any row has; sums and years are not looked at."""
    if kpi.yearly or kpi.aggregation.value is Aggregation.SUM:
        return False
    low = high = False
    for _, wanted, actual in kpi.periods:
        for value in (actual.value, wanted.value):
            if type(value) is Quantity:
                if value.number >= 1:
                    high = True
                elif value.number > 0:
                    low = True
    return (low and (high or kpi.target.value is not None)) or (high and _below_one(kpi.target.value))


def _below_one(value: object) -> bool:
    return type(value) is Quantity and 0 < value.number < 1


def _of_kpi(kpi: Kpi) -> tuple[Cell[Any], float, float] | None:
    """Give the first of the numbers that are fewer, what it is, and one of the others; None where all are alike."""
    held: dict[Frequency, list[Cell[Any]]] = {}
    for period, _, actual in kpi.periods:
        if actual.value is not None:
            held.setdefault(period.frequency, []).append(actual)
    alike: list[list[Cell[Any]]] = sorted(held.values(), key=len)
    actuals = _plain(alike[-1]) if alike else None
    if actuals is None or len(actuals) < FEWEST:
        return None
    targets = _plain([kpi.target, *(period.target for period in kpi.periods)])
    if targets is None:
        return None
    small = [one for one in (*actuals, *targets) if one[0] < 1]
    large = [one for one in (*actuals, *targets) if one[0] >= PERCENT[0]]
    if not small or not large or not _fit([one[0] for one in small], [one[0] for one in large]):
        return None
    low, high = [one for one in actuals if one[0] < 1], [one for one in actuals if one[0] >= PERCENT[0]]
    if not (low and high) and kpi.direction.value is not Direction.HIGHER:
        return None
    fewer, others = (low or high, large if low else small)
    if high and len(high) < len(low):
        fewer, others = high, small
    return fewer[0][1], fewer[0][0], others[0][0]


def _plain(cells: Iterable[Cell[Any]]) -> _Numbers | None:
    """Give the numbers other than 0; None where one may be no percentage, or is no plain number."""
    found: _Numbers = []
    for cell in cells:
        value = cell.value
        if value is None:
            continue
        if type(value) is not Quantity or value.percent or value.unit not in (None, "/100"):
            return None
        if not 0 <= value.number <= PERCENT[1]:
            return None
        if value.number:
            found.append((value.number, cell))
    return found


def _fit(small: list[float], large: list[float]) -> bool:
    """Say whether fractions would be percentages such as the others."""
    if APART * max(small) > min(large):
        return False
    return min(large) / WIDE <= 100 * min(small) and 100 * max(small) <= WIDE * max(large)


def _measures(facts: Facts, kpi: Kpi) -> bool:
    """Say whether the unit of a row measures something, or says that its numbers are percent."""
    unit = facts.unit_of(kpi)
    return facts.units.has_size(kpi.unit.value or "") or (
        unit is not None and (unit.measured or unit.kind == "percent")
    )
