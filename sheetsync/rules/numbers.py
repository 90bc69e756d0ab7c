"""RO2xx: numbers that cannot be read, and numbers beyond every scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.language import fold
from sheetsync.model import Done, KeyResult, Kpi, Milestones
from sheetsync.results import Severity
from sheetsync.rules.answers import asks_answer
from sheetsync.rules.facts import Facts, unreadable
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import Cell, CellRef


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
    “3 tỷ rưỡi” is 3.5 billion; half of it is added to whole numbers only, and not to hundreds of thousands: “500 nghìn
    rưỡi” may be meant for 550 thousand. “1h30”, “2 giờ 15 phút” and “90'” are numbers in a row whose unit is hours or
    minutes (giờ, phút, h, min, phút/đơn), and in no other; “1h5” may be five minutes or half an hour.
    A current value may also be yes or no, or a list of milestones that are done; the baseline of a yes-or-no goal says
    nothing, and may be a word.

    ## Why is this bad?
    The row is not scored: a guess would be worse than nothing.

    ## Example
    Current | about half, I think

    ## Use instead
    Current | 52%
    """
    told = {*facts.unclear, *off_scale(facts)}
    hits = (hit for hit in facts.unread_numbers if hit.cell not in told)
    return [hit for hit in hits if milestones_of(facts, hit) is None and not is_no_answer(facts, hit)]


def milestones_of(facts: Facts, hit: Hit) -> Milestones | None:
    """Give the list of milestones in whose terms a value is read, None where it is a number."""
    item = facts.items.get(hit.item) if hit.item is not None and hit.params["concept"] in _VALUES else None
    steps = item.target.value if isinstance(item, KeyResult | Kpi) else None
    return steps if isinstance(steps, Milestones) else None


def off_scale(facts: Facts) -> set[CellRef]:
    """Give the places of the numbers that cannot be compared with others of their rows, as some are on a scale."""
    return {doubt.cell.ref for doubt in facts.goals.doubts if doubt.kind == "scale"}


def is_no_answer(facts: Facts, hit: Hit) -> bool:
    """Say whether what cannot be read is the value of a goal that is done or not, where yes or no is asked."""
    return hit.item is not None and hit.params["concept"] in _VALUES and asks_answer(facts.items.get(hit.item))


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
