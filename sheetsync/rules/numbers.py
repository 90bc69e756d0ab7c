"""RO2xx: numbers that cannot be read, and numbers that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.model import Done, KeyResult, Kpi, Metric, Milestones, Quantity
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, Item, Share, unreadable
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.words import fold
from sheetsync.workbook import Cell


@rule(
    "RO201",
    "number-not-readable",
    Severity.ERROR,
    title="A number cannot be read",
    message="{concept} says “{raw}”, which is not a number. Write it like 1250, 30%, 5.5 billion, or leave it empty.",
)
def number_not_readable(facts: Facts) -> Hits:
    """Report a baseline, current value, actual, weight or confidence that is not a number.

    Numbers may carry a unit, a percent sign or a word such as million; Vietnamese and English marks are both read.
    A current value may also be yes or no, or a list of milestones that are done; the baseline of a yes-or-no goal says
    nothing, and may be a word.

    ## Why is this bad?
    The row is not scored: a guess would be worse than nothing.

    ## Example
    Current | about half, I think

    ## Use instead
    Current | 52%
    """
    hits = (hit for hit in unreadable_numbers(facts) if hit.cell not in facts.unclear)
    return [hit for hit in hits if milestones_of(facts, hit) is None]


def milestones_of(facts: Facts, hit: Hit) -> Milestones | None:
    """Give the list of milestones in whose terms a value is read, None where it is a number."""
    item = facts.items.get(hit.item) if hit.item is not None and hit.params["concept"] in _VALUES else None
    steps = item.target.value if isinstance(item, KeyResult | Kpi) else None
    return steps if isinstance(steps, Milestones) else None


_VALUES = ("current", "value", "actual")
"""Where a value of a goal may stand: in its row, in the check-in log, in a KPI's row or month."""


def unreadable_numbers(facts: Facts) -> Iterator[Hit]:
    """Give every number but a target that could not be read, also those that have two meanings."""
    for objective, cell in unreadable(facts.goals.objectives, "weight"):
        yield _unreadable("weight", "okr", cell, objective.key)
    for concept in ("baseline", "current", "weight", "confidence"):
        for result, cell in unreadable(facts.goals.key_results, concept):
            if concept != "baseline" or not isinstance(result.target.value, Done):
                yield _unreadable(concept, "okr", cell, result.key)
    yield from _of_kpis(facts)
    for concept in ("value", "confidence"):
        for entry, cell in unreadable(facts.goals.check_ins, concept):
            named = facts.by_id.get(fold(entry.item.value or ""))
            yield _unreadable(concept, "check-ins", cell, named.key if named is not None else None)


def _of_kpis(facts: Facts) -> Iterator[Hit]:
    for concept in ("baseline", "actual", "weight", "bonus", "penalty"):
        for kpi, cell in unreadable(facts.goals.kpis, concept):
            yield _unreadable(concept, "kpi", cell, kpi.key)
    blocks = {cell.ref: (kpi, cell) for kpi, cell in reversed([*unreadable(facts.goals.kpis, "section_weight")])}
    for kpi, cell in blocks.values():  # one cell stands for all KPIs of its section
        yield _unreadable("section_weight", "kpi", cell, kpi.key)
    for kpi in facts.goals.kpis:
        for period in kpi.periods:
            if period.actual.unreadable:
                yield _unreadable("actual", "kpi", period.actual, kpi.key)


def _unreadable(concept: str, kind: str, cell: Cell[Any], item: str | None) -> Hit:
    return Hit(cell.ref, item, {"concept": concept, "kind": kind, "raw": cell.raw})


@rule(
    "RO202",
    "target-not-readable",
    Severity.ERROR,
    title="A target cannot be read",
    message="The target “{raw}” cannot be read. Write a number (30%), a bound (≥ 80%), a range (5–7), or 2 per month.",
)
def target_not_readable(facts: Facts) -> Hits:
    """Report a target that is neither a number, a bound, a range, a change, a rhythm, a list of steps nor a yes.

    ## Why is this bad?
    What cannot be read cannot be measured, and the row is not scored.

    ## Example
    Target | as high as possible

    ## Use instead
    Target | 30%
    """
    return [hit for hit in unreadable_targets(facts) if hit.cell not in facts.unclear]


def unreadable_targets(facts: Facts) -> Iterator[Hit]:
    """Give every target that could not be read, also those that have two meanings."""
    for result, cell in unreadable(facts.goals.key_results, "target"):
        yield Hit(cell.ref, result.key, {"raw": cell.raw})
    for kpi in facts.goals.kpis:
        cells = [kpi.target, *(period.target for period in kpi.periods)]
        for cell in dict.fromkeys(cell for cell in cells if cell.unreadable):
            yield Hit(cell.ref, kpi.key, {"raw": cell.raw})


PLAIN_NUMBER = 1.5
"""A plain number above this beside a percentage was most likely meant as percent: 93 beside 95 %."""


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

    Small plain numbers such as 0.93 are taken as they stand: in a sheet 93 % is that number.

    ## Why is this bad?
    To a computer 93 is a hundred times more than 95 %, and the row would shine in green.

    ## Example
    Target | 95%
    Current | 93

    ## Use instead
    Target | 95%
    Current | 93%
    """
    for result in facts.goals.key_results:
        target = result.target.value
        if type(target) is not Quantity or result.metric.value in _OWN_PERCENT:
            continue
        baseline, current = result.baseline.value, result.current.value
        if type(baseline) is Quantity and baseline.percent is not target.percent:
            yield from _mixed(result, "okr", "baseline", result.baseline, baseline, target)
        if type(current) is Quantity and current.percent is not target.percent:
            yield from _mixed(result, "okr", "current", result.current, current, target)
    for kpi in facts.goals.kpis:
        yield from _kpi_mixed(kpi)


_OWN_PERCENT = frozenset({Metric.PERCENT_DONE, Metric.MILESTONE, Metric.YES_NO, Metric.PER_PERIOD})
"""Metrics whose current value may be a percentage of the work, whatever the target is."""


def _kpi_mixed(kpi: Kpi) -> Iterator[Hit]:
    pairs = [(kpi.target, kpi.actual), *((period.target, period.actual) for period in kpi.periods)]
    for target, actual in pairs:
        wanted, found = target.value, actual.value
        if type(wanted) is Quantity and type(found) is Quantity and wanted.percent is not found.percent:
            yield from _mixed(kpi, "kpi", "actual", actual, found, wanted)


def _mixed(item: Item, kind: str, concept: str, cell: Cell[Any], value: Quantity, target: Quantity) -> Iterator[Hit]:
    percent, plain = (value, target) if value.percent else (target, value)
    if abs(plain.number) <= PLAIN_NUMBER or percent.number == 0:
        return
    names = ("target", concept) if value.percent else (concept, "target")
    params = {
        "concept": names[0],
        "other_concept": names[1],
        "kind": kind,
        "plain": plain.number,
        "percent": Share(percent.number),
    }
    yield Hit(cell.ref, item.key, params)


CONFIDENCE = (0.0, 100.0)
"""Every scale in use (0 to 1, 1 to 5, 1 to 10, percent) lies within these numbers."""


@rule(
    "RO226",
    "confidence-out-of-range",
    Severity.WARNING,
    title="A confidence is beyond every scale",
    message="A confidence of {stated:number} is beyond every scale. Write a percentage, or a number from 0 to 10.",
)
def confidence_out_of_range(facts: Facts) -> Hits:
    """Report a confidence below 0 or above 100.

    ## Why is this bad?
    Confidence says what the owner believes. A number beyond the scale is a slip of the finger, and says nothing.

    ## Example
    Confidence | 700

    ## Use instead
    Confidence | 70%
    """
    low, high = CONFIDENCE
    for result in facts.goals.key_results:
        stated = result.confidence.value
        if stated is not None and not low <= stated.number <= high:
            yield Hit(result.confidence.ref, result.key, {"stated": stated.number})
    for entry in facts.goals.check_ins:
        stated = entry.confidence.value
        if stated is not None and not low <= stated.number <= high:
            yield Hit(entry.confidence.ref, None, {"stated": stated.number})
