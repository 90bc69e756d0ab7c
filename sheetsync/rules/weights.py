"""LI3xx: weights among siblings, as scoring resolved them."""

from __future__ import annotations

from sheetsync.model import Item, Kpi, Objective
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, Share, group_place, name_of, place
from sheetsync.rules.registry import Hit, Hits, rule


def group_name(item: Item) -> str:
    """Give what people call a group of siblings, by its objective or by one of its members."""
    if isinstance(item, Objective):
        return name_of(item)
    if isinstance(item, Kpi):
        return item.section or item.owner.value or item.sheet
    return item.sheet


@rule(
    "LI306",
    "weights-total",
    Severity.WARNING,
    title="Weights do not total 100 %",
    message="The weights in {group} total {total} instead of 100%, so they are divided by their sum. Correct one.",
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
    for item, params in facts.notes("weights_total"):
        if item is not None:
            told = {"group": group_name(item), "total": Share(params["total"])}
            yield Hit(group_place(item, facts), item.key, told)


@rule(
    "LI307",
    "weights-all-zero",
    Severity.WARNING,
    title="All weights are zero",
    message="All weights in {group} are 0, so they count equally. Give them weights, or empty the cells.",
)
def weights_all_zero(facts: Facts) -> Hits:
    """Report a group of siblings, or the sections of a worksheet, whose weights are all zero.

    ## Why is this bad?
    If nothing counts there is no mean. Counting all equally is a guess.

    ## Example
    Weight | 0
    Weight | 0

    ## Use instead
    Weight | 50%
    Weight | 50%
    """
    for item, _ in facts.notes("weights_equal"):
        if item is not None:
            yield Hit(group_place(item, facts), item.key, {"group": group_name(item)})
    for item, _ in facts.notes("section_weights_equal"):
        if isinstance(item, Kpi):
            yield Hit(place(item.section_weight, item), item.key, {"group": item.sheet})


@rule(
    "LI308",
    "weights-nothing-left",
    Severity.ERROR,
    title="A row without a weight counts for nothing",
    message="The other weights use up 100%, so this row counts for nothing. Give it a weight, and the others less.",
)
def weights_nothing_left(facts: Facts) -> Hits:
    """Report a row without a weight whose siblings share out all of 100 % already.

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
    for item, _ in facts.notes("weight_without_remainder"):
        if item is not None:
            yield Hit(place(item.weight, item), item.key, {})


@rule(
    "LI309",
    "weights-mean-used",
    Severity.WARNING,
    title="A row has no weight beside others that have one",
    message="This row has no weight, and takes the mean of its siblings, {weight}. Write the weight that is meant.",
)
def weights_mean_used(facts: Facts) -> Hits:
    """Report a row without a weight beside siblings with plain weights such as 5, 3, 2.

    ## Why is this bad?
    An empty cell is taken as the mean of the others. Whoever left it empty may have meant zero.

    ## Example
    Weight | 5
    Weight | (empty)

    ## Use instead
    Weight | 5
    Weight | 3
    """
    for item, params in facts.notes("weights_mean_used"):
        if item is not None:
            yield Hit(place(item.weight, item), item.key, {"weight": params["weight"]})


MOST = 1000
"""How many times the next one a weight may be; beyond it the others together are less than rounding."""


@rule(
    "LI315",
    "weight-outweighs",
    Severity.WARNING,
    title="One weight outweighs all others",
    message="The weight {weight} is more than {most} times any other in {group}, so nothing else counts. Correct it.",
)
def weight_outweighs(facts: Facts) -> Hits:
    """Report a weight that is more than a thousand times each other weight of its siblings.

    ## Why is this bad?
    The objective then says what one key result says. Mostly a number of another column was typed here, or the point
    of a decimal was lost.

    ## Example
    Weight | 50000000
    Weight | 30

    ## Use instead
    Weight | 50
    Weight | 30
    """
    for siblings in _siblings(facts):
        given = sorted((one.weight.value.number, place) for place, one in enumerate(siblings) if one.weight.value)
        if len(given) >= 2 and given[-1][0] > MOST * max(given[-2][0], 0.0) > 0:
            heavy = siblings[given[-1][1]]
            told = {"weight": given[-1][0], "most": MOST, "group": group_name(heavy)}
            yield Hit(place(heavy.weight, heavy), heavy.key, told)


def _siblings(facts: Facts) -> list[list[Item]]:
    """Give the rows whose weights are held against each other."""
    groups: dict[tuple[str, str | None], list[Item]] = {}
    for result in facts.goals.key_results:
        groups.setdefault(("key_result", result.objective), []).append(result)
    for kpi in facts.goals.kpis:
        groups.setdefault((kpi.table, kpi.section or kpi.owner.value), []).append(kpi)
    for objective in facts.goals.objectives:
        groups.setdefault((objective.table, None), []).append(objective)
    return list(groups.values())
