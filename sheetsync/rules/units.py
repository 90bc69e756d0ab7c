"""RO2xx: numbers of one row that are written in different units."""

from __future__ import annotations

from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule


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
    without a unit is in the one that the column Unit names: under kg, 5 tons and 3000 do not go together. Hours and
    minutes alone are converted, where the column Unit names one of the two: under hours, 90 minutes is 1.5.

    ## Why is this bad?
    5000 divided by 100,000,000 means nothing. The row is not scored, unless the number in another unit counts for
    nothing any more, such as that of an older check-in.

    ## Example
    Target | 5000 USD
    Current | 100 million VND

    ## Use instead
    Target | 5000 USD
    Current | 3900 USD
    """
    for item in facts.in_words:
        for one in item.unlike:
            params = {"concept": one.concept, "other_concept": one.other_concept, "kind": one.kind}
            yield Hit(one.cell.ref, item.key, {**params, "raw": one.cell.raw, "other": one.other.raw})
