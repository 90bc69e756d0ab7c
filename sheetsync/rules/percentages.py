"""RO224: percentages and plain numbers in one row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sheetsync.model import Bounds, KeyResult, Kpi, Metric, Quantity, Relative, Target
from sheetsync.reading.held import Held
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, Share
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import Cell

PLAIN_NUMBER = 1.5
"""A plain number above this beside a percentage was most likely meant as percent: 93 beside 95 %."""
APART = 40
"""Of two plain numbers under the unit %, one is most likely a fraction where the other is so many times as large."""


@rule(
    "RO224",
    "percent-mixed",
    Severity.ERROR,
    title="Percentages and plain numbers are mixed",
    message=(
        "{concept} is the plain number {plain:number}, but {other_concept} is {percent}. "
        "Write both with or both without %."
    ),
)
def percent_mixed(facts: Facts) -> Hits:
    """Report a row in which one value is a percentage and another a plain number, such as 93 beside 95 %.

    The target may be a bound or a range too; where it is a change (-20%), baseline and current value are compared. Of
    the check-in log the first such value is told. Small plain numbers such as 0.93 are taken as they stand: in a
    sheet 93 % is that number. So they are mixed with plain numbers such as 93 where the unit is % and one is forty
    times the other, or more.

    ## Why is this bad?
    To a computer 93 is a hundred times more than 95 %, and the row would shine in green.

    ## Example
    Target | 95%
    Current | 93

    ## Use instead
    Target | 95%
    Current | 93%
    """
    log = facts.log
    for result in facts.goals.key_results:
        target, baseline = result.target.value, result.baseline.value
        if result.metric.value in _OWN_PERCENT:
            if result.metric.value is Metric.PERCENT_DONE:
                yield from _fractions(facts, result, Held("current", "okr", result.current), target)
            continue
        if type(target) is Quantity and type(baseline) is Quantity:
            if baseline.percent is not target.percent:
                yield from _mixed(result, Held("baseline", "okr", result.baseline), "target", target)
            if APART * target.number <= baseline.number:
                yield from _whole_baseline(facts, result, target, baseline)
        value = result.current.value
        if log and result.key in log:
            yield from islice(_of_log(facts, result, target), 1)
        if type(value) is Quantity and not _plainly_alike(value, target):
            yield from _value(facts, result, Held("current", "okr", result.current), target)
    for kpi in facts.goals.kpis:
        pairs = [(kpi.target, kpi.actual), *((period.target, period.actual) for period in kpi.periods)]
        for wanted, actual in pairs:
            if type(actual.value) is Quantity and not _plainly_alike(actual.value, wanted.value):
                yield from _value(facts, kpi, Held("actual", "kpi", actual), wanted.value)


_OWN_PERCENT = frozenset({Metric.PERCENT_DONE, Metric.MILESTONE, Metric.YES_NO, Metric.PER_PERIOD})
"""Metrics whose current value may be a percentage of the work, whatever the target is."""


def _plainly_alike(value: Quantity, target: Target | None) -> bool:
    """Say whether there is nothing to look at, as nearly everywhere: two percentages, or two numbers above 1."""
    if type(target) is not Quantity or value.percent is not target.percent:
        return False
    return value.percent or (value.number > 1 and target.number > 1)


def _value(facts: Facts, item: KeyResult | Kpi, held: Held, target: Target | None) -> Iterator[Hit]:
    """Hold a value against the target, or against the baseline where the target is a change of it."""
    value = held.value
    if type(target) is Relative:
        baseline = _as_typed(item.baseline, value)
        if baseline is not None and value.percent is not baseline.percent:
            yield from _mixed(item, held, "baseline", baseline)
        return
    aim = _aim(target, value)
    if aim is None:
        return
    if value.percent is not aim.percent:
        yield from _mixed(item, held, "target", aim)
    elif not value.percent:
        yield from _fractions(facts, item, held, target)


def _aim(target: Target | None, value: Quantity) -> Quantity | None:
    """Give the number that a value is held against: of a bound or a range the nearest end."""
    if type(target) is Quantity:
        return target
    if type(target) is not Bounds:
        return None
    ends = [end for end in (target.low, target.high) if end is not None]
    return Quantity(min(ends, key=lambda end: abs(end - value.number)), target.percent)


def _as_typed(baseline: Cell[Any], value: Quantity) -> Quantity | None:
    """Give the baseline of a change; one that was read as percent beside a change (-10 %) as the number it is."""
    found = baseline.value
    if type(found) is not Quantity:
        return None
    read_as_percent = found.percent and isinstance(baseline.raw, int | float) and baseline.raw != found.number
    if read_as_percent and value.percent and value.number < 0 < found.number:
        return found._replace(number=found.number * 100, percent=False)
    return found


def _fractions(facts: Facts, item: KeyResult | Kpi, held: Held, target: Target | None) -> Iterator[Hit]:
    """Report a fraction (0.4) beside a plain number of percent (80), both without a percent sign."""
    value = held.value
    aim = _aim(target, value) if type(value) is Quantity else None
    if aim is None or aim.percent or value.percent:
        return
    small, large = sorted((abs(value.number), abs(aim.number)))
    if not (0 < small <= 1 and large > PLAIN_NUMBER and large >= APART * small) or abs(value.number) == 1:
        return
    baseline = item.baseline.value
    began_large = type(baseline) is Quantity and abs(baseline.number) > PLAIN_NUMBER
    if (began_large and abs(value.number) == large) or not counts_percent(facts, item):
        return  # from 30 down to 0.5 percent, and still at 25
    if abs(value.number) == small:
        fraction = held.cell._replace(value=value._replace(percent=True))
        yield from _mixed(item, held._replace(cell=fraction), "target", aim)
    else:
        yield from _mixed(item, held, "target", Quantity(aim.number, percent=True))


def _of_log(facts: Facts, result: KeyResult, target: Target | None) -> Iterator[Hit]:
    """Hold the values of the check-in log against the target, as the row's own current value is."""
    for entry in facts.log[result.key]:
        value = entry.value.value
        if type(value) is Quantity and not _plainly_alike(value, target):
            yield from _value(facts, result, Held("current", "okr", entry.value), target)


def _whole_baseline(facts: Facts, result: KeyResult, target: Quantity, baseline: Quantity) -> Iterator[Hit]:
    """Report a baseline such as 62 above a fraction (0.85), where nothing says that it is to fall so far."""
    if target.percent or baseline.percent or not 0 < target.number <= 1 or result.falls:
        return
    if result.metric.value in (Metric.DECREASE, Metric.AT_MOST) or not counts_percent(facts, result):
        return
    value = result.current.value
    if value is None or (type(value) is Quantity and not value.percent and value.number <= 1):
        share = Quantity(target.number, percent=True)
        yield from _mixed(result, Held("baseline", "okr", result.baseline), "target", share)


def counts_percent(facts: Facts, item: KeyResult | Kpi) -> bool:
    """Say whether a row counts in percent: by its unit, or as a share of the work."""
    if item.metric.value is Metric.PERCENT_DONE:
        return True
    unit = facts.unit_of(item)
    return unit is not None and unit.kind == "percent"


def _mixed(item: KeyResult | Kpi, held: Held, other: str, beside: Quantity) -> Iterator[Hit]:
    value = held.value
    percent, plain = (value, beside) if value.percent else (beside, value)
    if abs(plain.number) <= PLAIN_NUMBER or percent.number == 0:
        return
    names = (other, held.concept) if value.percent else (held.concept, other)
    params = {
        "concept": names[0],
        "other_concept": names[1],
        "kind": held.kind,
        "plain": plain.number,
        "percent": Share(percent.number),
    }
    yield Hit(held.cell.ref, item.key, params)
