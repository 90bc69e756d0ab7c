"""RO2xx: milestones that are said to be done, though the target has no such ones."""

from __future__ import annotations

from sheetsync.model import KeyResult, Kpi
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, place
from sheetsync.rules.numbers import milestones_of, unreadable_numbers
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
    for hit in unreadable_numbers(facts):
        steps = milestones_of(facts, hit)
        if steps is not None and hit.cell not in facts.unclear:
            yield hit._replace(params={**hit.params, "names": "; ".join(steps.names)})


@rule(
    "RO246",
    "milestone-count-impossible",
    Severity.WARNING,
    title="More milestones are done than there are, or fewer than none",
    message=(
        "{current} milestones cannot be done, for the target has {count}. Write how many are done, their names, "
        "or a percentage."
    ),
)
def milestone_count_impossible(facts: Facts) -> Hits:
    """Report a number of milestones that is larger than the list in the target, or below zero.

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
    for item, params in facts.notes("milestone_count"):
        if isinstance(item, KeyResult | Kpi):
            own = item.actual if isinstance(item, Kpi) else item.current
            # The value that counts may stand in the check-in log.
            yield Hit(place(facts.scorecard.scores[item.key].source or own, item), item.key, params)
