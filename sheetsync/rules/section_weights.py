"""LI3xx: what the sections of a KPI worksheet weigh, as scoring resolved it."""

from __future__ import annotations

from sheetsync.model import Kpi
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, Share, place, shown
from sheetsync.rules.registry import Hit, Hits, rule


@rule(
    "LI316",
    "section-weights-total",
    Severity.WARNING,
    title="The weights of the sections do not total 100 %",
    message="The weights of the sections total {total} instead of 100%, so they are divided by their sum. Correct one.",
)
def section_weights_total(facts: Facts) -> Hits:
    """Report a KPI worksheet whose sections weigh percentages that do not total 100 % (to within 0.01).

    Where a section has no KPIs, that is reported instead.

    ## Why is this bad?
    A section counts for another share than everybody reads beside its name.

    ## Example
    A. Finance | 60%
    B. Customers | 30%
    C. People | 20%

    ## Use instead
    A. Finance | 50%
    B. Customers | 30%
    C. People | 20%
    """
    empty = {section.table for section in facts.goals.empty_sections}
    for item, params in facts.notes("section_weights_total"):
        if isinstance(item, Kpi) and item.table not in empty:
            yield Hit(place(item.section_weight, item), item.key, {"total": Share(params["total"])})


@rule(
    "LI317",
    "section-without-weight",
    Severity.WARNING,
    title="A section has no weight beside others that have one",
    message="The section {section} has no weight, while others have one; it counts for {share}. Write what is meant.",
)
def section_without_weight(facts: Facts) -> Hits:
    """Report a section without a weight of its own in a worksheet where other sections have one.

    It takes what the others leave of 100 %, or the mean of plain weights such as 5, 3, 2.

    ## Why is this bad?
    Nobody decided what it counts for, and every new section changes it.

    ## Example
    A. Finance | 60%
    B. Customers | (empty)

    ## Use instead
    A. Finance | 60%
    B. Customers | 40%
    """
    for item, params in facts.notes("section_weight_assumed"):
        if isinstance(item, Kpi):
            told = {"section": params["section"], "share": Share(params["share"])}
            yield Hit(place(item.section_weight, item), item.key, told)


@rule(
    "LI318",
    "section-counts-nothing",
    Severity.ERROR,
    title="A section without a weight counts for nothing",
    message=("The other sections use up 100%, so {section} counts for nothing. Give it a weight, and the others less."),
)
def section_counts_nothing(facts: Facts) -> Hits:
    """Report a section without a weight where the other sections share out all of 100 % already.

    ## Why is this bad?
    Whatever is reached in it, the total stays the same, and nobody decided that.

    ## Example
    A. Finance | 60%
    B. Customers | 40%
    C. People | (empty)

    ## Use instead
    A. Finance | 50%
    B. Customers | 30%
    C. People | 20%
    """
    for item, params in facts.notes("section_weight_nothing_left"):
        if isinstance(item, Kpi):
            yield Hit(place(item.section_weight, item), item.key, {"section": params["section"]})


@rule(
    "LI319",
    "section-empty",
    Severity.WARNING,
    title="A section weighs something and has no KPIs",
    message=(
        "The section {section} weighs {weight} and has no KPIs, so the other sections share its weight. "
        "Add its KPIs, or remove the section and correct the other weights."
    ),
)
def section_empty(facts: Facts) -> Hits:
    """Report a section of a KPI worksheet that has a weight and no KPI.

    ## Why is this bad?
    The weights of the other sections grow without anybody noticing, and what the section stood for is not measured.

    ## Example
    A. Finance | 60%
    1. Revenue
    B. Customers | 40%

    ## Use instead
    A. Finance | 60%
    1. Revenue
    B. Customers | 40%
    1. Satisfaction
    """
    for section in facts.goals.empty_sections:
        told = {"section": section.name, "weight": shown(section.weight)}
        yield Hit(section.weight.ref, None, told)
