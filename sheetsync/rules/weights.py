"""LI3xx: weights among siblings, as scoring resolved them."""

from __future__ import annotations

from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, group_place
from sheetsync.rules.registry import Hit, Hits, rule


def _noted(facts: Facts, code: str) -> Hits:
    for item, params in facts.notes(code):
        yield Hit(group_place(item, facts), item.key if item is not None else None, params)


@rule(
    "LI306",
    "weights-total",
    Severity.WARNING,
    title="Weights do not total 100 %",
    message=(
        "The weights of {group} total {total:percent.2} rather than 100%. They are divided by their sum. Correct one."
    ),
)
def weights_total(facts: Facts) -> Hits:
    """Report a group of siblings whose weights are percentages and do not total 100 % (to within 0.01).

    Siblings are the key results of an objective, the objectives of a level, or the KPIs of a section.

    ## Why is this bad?
    The shares that people read are not the shares that count: at a total of 120 % every row counts for less than it
    says.

    ## Example
    Weight | 50%
    Weight | 40%
    Weight | 30%

    ## Use instead
    Weight | 40%
    Weight | 30%
    Weight | 30%
    """
    yield from _noted(facts, "weights_total")


@rule(
    "LI307",
    "weights-all-zero",
    Severity.WARNING,
    title="All weights are zero",
    message="All weights of {group} are 0, so they count equally. Give them weights, or empty the cells.",
)
def weights_all_zero(facts: Facts) -> Hits:
    """Report a group of siblings whose weights are all zero.

    ## Why is this bad?
    If nothing counts there is no mean. Counting all equally is a guess.

    ## Example
    Weight | 0
    Weight | 0

    ## Use instead
    Weight | 50%
    Weight | 50%
    """
    yield from _noted(facts, "weights_equal")


@rule(
    "LI308",
    "weights-nothing-left",
    Severity.ERROR,
    title="Rows without a weight count for nothing",
    message=(
        "The weights given for {group} use up 100%, so {count} rows without a weight count for nothing. Share anew."
    ),
)
def weights_nothing_left(facts: Facts) -> Hits:
    """Report a group in which some rows have no weight, and those that have one leave nothing over.

    ## Why is this bad?
    Rows without a weight share what is left of 100 %. Where nothing is left, their progress is worth nothing, and
    nobody decided that.

    ## Example
    Weight | 60%
    Weight | 40%
    Weight | (empty)

    ## Use instead
    Weight | 50%
    Weight | 30%
    Weight | 20%
    """
    yield from _noted(facts, "weights_blank_nothing_left")


@rule(
    "LI309",
    "weights-mean-used",
    Severity.WARNING,
    title="Some rows have no weight beside others that have one",
    message="{count} rows of {group} have no weight; they take the mean of the others. Fill in their weights.",
)
def weights_mean_used(facts: Facts) -> Hits:
    """Report a group with plain weights (5, 3, 2) in which some cells are empty.

    ## Why is this bad?
    An empty cell is taken as the mean of the others. Whoever left it empty may have meant zero.

    ## Example
    Weight | 5
    Weight | (empty)

    ## Use instead
    Weight | 5
    Weight | 3
    """
    yield from _noted(facts, "weights_mean_used")
