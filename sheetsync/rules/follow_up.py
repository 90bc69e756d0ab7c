"""PR4xx, third part: whether anybody looks at the goals between their first and their last day."""

from __future__ import annotations

from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, title_place
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.scoring.stale import stale_key_results
from sheetsync.workbook import CellRef


@rule(
    "PR410",
    "no-check-ins",
    Severity.HINT,
    title="Nothing tells when goals were last updated",
    message="Nothing tells when these key results were last updated. Add a column Check-in, or keep a check-in log.",
)
def no_check_ins(facts: Facts) -> Hits:
    """Report, once for each table, key results for which neither a check-in date nor a check-in log is kept.

    ## Why is this bad?
    A goal that nobody follows up becomes a goal on paper: the third mistake that teachers of the method warn of.
    Without dates a value of last month looks like one of today.

    ## Example
    Key result | Target | Current

    ## Use instead
    Key result | Target | Current | Check-in
    """
    for item, _ in facts.notes("neglect_not_applied"):
        table = facts.tables.get(item.table) if item is not None else None
        if table is not None:
            yield Hit(CellRef(table.sheet, table.header_row, 1), None, {})


@rule(
    "PR411",
    "no-follow-up",
    Severity.WARNING,
    title="A key result was not followed up",
    message="Last updated on {day:date}. Look at it again, and enter a value even if nothing has changed.",
)
def no_follow_up(facts: Facts) -> Hits:
    """Report a running key result whose last update lies further back than the profile allows (14 days by default).

    Days on which its owner is on leave, by the People sheet, do not count.

    ## Why is this bad?
    What is not looked at does not move. A short check-in every week or two is what keeps an OKR alive.

    ## Example
    On 20 November: last check-in on 16 October

    ## Use instead
    A new value, or the same value with today's date.
    """
    if facts.profile is not None:
        for stale in stale_key_results(facts.goals, facts.scorecard, facts.profile, facts.today):
            yield Hit(title_place(stale.item), stale.item.key, {"day": stale.since})
