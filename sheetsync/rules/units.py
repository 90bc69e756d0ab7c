"""RO2xx: numbers of one row that are written in different units."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.model import Bounds, KeyResult, Kpi
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.measured import Held, aims_of, is_plain, values_of
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.unit_words import Unit, clash


@rule(
    "RO247",
    "units-differ",
    Severity.ERROR,
    title="Numbers of one row are in different units",
    message=(
        "{concept} says “{raw}”, but {other_concept} says “{other}”: these are different units, and nothing is "
        "converted. Write both in the same unit."
    ),
)
def units_differ(facts: Facts) -> Hits:
    """Report two numbers of a row (baseline, target, current or actual, also in the check-in log) in different units.

    Words for one unit are one unit: VND and đồng, hours and h. So are words of size such as million. Words for what is
    counted (orders, customers) are not held against each other, for they may be two names of one thing. A number
    without a unit is in the one that the column Unit names: under kg, 5 tons and 3000 do not go together.

    ## Why is this bad?
    5000 is divided by 100,000,000 as if they were the same money. The row is scored all the same, and its result
    means nothing.

    ## Example
    Target | 5000 USD
    Current | 100 million VND

    ## Use instead
    Target | 5000 USD
    Current | 3900 USD
    """
    for item in facts.in_words:
        yield from _of_row(item, facts)


def _of_row(item: KeyResult | Kpi, facts: Facts) -> Iterator[Hit]:
    held = [*aims_of(item), *values_of(item, facts)]
    found = [(one, facts.units.written(one.cell)) for one in held]
    written = [(one, unit) for one, unit in found if unit is not None]
    if not written:
        return
    first, unit = written[0]
    for one, other in written[1:]:
        # A plain number beside a percentage is told by RO224.
        if clash(unit, other) and first.value.percent is one.value.percent:
            yield _hit(item, one, first)
    stated = facts.units.named(item.unit.value) if item.unit.value else None
    if stated is not None and _beside(stated, unit) and any(told is None and _in_unit(one) for one, told in found):
        yield _hit(item, first, Held("unit", first.kind, item.unit))


def _beside(stated: Unit, unit: Unit) -> bool:
    """Say whether a unit contradicts the row's own, where what is counted is named loosely: contracts, 5 tỷ đồng."""
    return stated.measured and unit.measured and clash(stated, unit)


def _in_unit(one: Held) -> bool:
    """Say whether a number or a bound says no unit of its own, so that it is in that of the row."""
    return is_plain(one.cell) or (isinstance(one.value, Bounds) and not one.value.percent)


def _hit(item: KeyResult | Kpi, one: Held, other: Held) -> Hit:
    params = {"concept": one.concept, "other_concept": other.concept, "kind": one.kind}
    return Hit(one.cell.ref, item.key, {**params, "raw": one.cell.raw, "other": other.cell.raw})
