"""RO2xx: milestones and shares of work that cannot be done, and milestones whose shares do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.adding import added
from sheetsync.model import KeyResult, Kpi, Milestones
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, Share, place
from sheetsync.rules.numbers import milestones_of
from sheetsync.rules.registry import Hit, Hits, rule


@rule(
    "RO245",
    "milestone-not-listed",
    Severity.ERROR,
    title="A milestone is not in the list",
    message=(
        "{concept} says “{raw}”, but the target lists: {names}. Name those that are done as they stand there, or by "
        "their numbers, or write how many."
    ),
)
def milestone_not_listed(facts: Facts) -> Hits:
    """Report a current value, also in the check-in log, of which not all is in the target's list of milestones.

    ## Why is this bad?
    Nobody can tell which milestones are meant, and the row is not scored.

    ## Example
    Target | 1. Offer; 2. Audit; 3. On the shelf
    Current | Offer, audit passed

    ## Use instead
    Target | 1. Offer; 2. Audit; 3. On the shelf
    Current | Offer, Audit
    """
    for hit in facts.unread_numbers:
        steps = milestones_of(facts, hit)
        if steps is not None and hit.cell not in facts.unclear:
            yield hit._replace(params={**hit.params, "names": "; ".join(steps.names)})


@rule(
    "RO246",
    "milestone-count-impossible",
    Severity.WARNING,
    title="More milestones are done than there are, or fewer than none",
    message=(
        "The target has {count} milestones, so {current} cannot be done. Write how many are done, their names, or a "
        "percentage."
    ),
)
def milestone_count_impossible(facts: Facts) -> Hits:
    """Report a number or percentage of milestones that is larger than the list in the target, or below zero.

    A target that is a number alone may be exceeded: whoever planned five workshops may hold six.

    ## Why is this bad?
    It is a slip of the keyboard, or the number counts something else. Yet the row is scored, with all milestones done
    or none.

    ## Example
    Target | 1. Offer; 2. Audit; 3. On the shelf
    Current | 22

    ## Use instead
    Target | 1. Offer; 2. Audit; 3. On the shelf
    Current | 2
    """
    yield from _noted(facts, "milestone_count")
    for hit in _noted(facts, "milestone_share"):
        yield hit._replace(params={**hit.params, "current": Share(hit.params["current"])})


def _noted(facts: Facts, code: str) -> Iterator[Hit]:
    """Give what scoring noted of values, each at the cell that counts, which may stand in the check-in log."""
    for item, params in facts.notes(code):
        if isinstance(item, KeyResult | Kpi):
            own = item.actual if isinstance(item, Kpi) else item.current
            yield Hit(place(facts.scorecard.scores[item.key].source or own, item), item.key, params)


_EXACT = 1e-4
"""Shares that differ by no more than this from 100 % total it, as weights do."""


@rule(
    "RO252",
    "milestone-shares-total",
    Severity.WARNING,
    title="The shares of milestones do not total 100 %",
    message=(
        "The shares of the milestones total {total}: they are divided by their sum, and a milestone for which nothing "
        "is left counts for nothing. Make them total 100%, with a share for each."
    ),
)
def milestone_shares_total(facts: Facts) -> Hits:
    """Report milestones whose shares do not total 100 % (to within 0.01), or leave nothing for those that have none.

    Milestones without a share in brackets get equal parts of what the others leave of 100 %.

    ## Why is this bad?
    The shares that people read are not the shares that count, and a milestone that is done may count for nothing.

    ## Example
    Target | Offer (50%); Audit (60%); On the shelf

    ## Use instead
    Target | Offer (30%); Audit (50%); On the shelf (20%)
    """
    items: tuple[KeyResult | Kpi, ...] = (*facts.goals.key_results, *facts.goals.kpis)
    for item in items:
        steps = item.target.value
        if isinstance(steps, Milestones) and steps.weights:
            total = added(steps.weights)
            # Where each has a share of its own, one of 0 % is meant.
            idle = 0.0 in steps.weights and str(item.target.raw).count("%") < len(steps.names)
            if idle or abs(total - 1) > _EXACT:
                yield Hit(place(item.target, item), item.key, {"total": Share(total)})


@rule(
    "RO253",
    "percent-done-impossible",
    Severity.WARNING,
    title="More than all of the work is done, or less than nothing",
    message=(
        "{current} cannot be done: the share that is done lies between 0% and {most}. Correct the value, or choose "
        "another metric."
    ),
)
def percent_done_impossible(facts: Facts) -> Hits:
    """Report a value of percent done that is below 0 % or above 100 %; a target above 100 % is the limit where it is.

    ## Why is this bad?
    It is a slip of the keyboard, or the number counts something else. Yet the row is scored, with all of it done or
    nothing.

    ## Example
    Metric | percent done
    Current | 500

    ## Use instead
    Metric | percent done
    Current | 50%
    """
    for hit in _noted(facts, "share_impossible"):
        yield hit._replace(params={name: Share(share) for name, share in hit.params.items()})
