"""PR4xx, third part: whether anybody looks at the goals between their first and their last day."""

from __future__ import annotations

from datetime import timedelta

from sheetsync.results import Severity, Status
from sheetsync.rules.facts import Facts, title_place
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.scoring.season import Season, away_of, patience_of, season_of
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


_RUNNING = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})


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
    profile = facts.profile
    if profile is None or profile.status.neglect_days is None:
        return
    latest = facts.today - timedelta(days=profile.status.neglect_days)
    season: Season | None = None
    for result in facts.goals.key_results:
        score = facts.scorecard.scores.get(result.key)
        if score is None or score.last_update is None or score.status not in _RUNNING:
            continue
        if result.key in facts.scorecard.taken:  # nobody could enter a newer value than the KPI's last period
            continue
        if score.last_update >= latest:
            continue
        season = season or season_of(facts.goals, profile, facts.today)
        gone = (facts.today - score.last_update).days - away_of(result, score.last_update, season)
        if gone > (patience_of(result, season) or 0):
            yield Hit(title_place(result), result.key, {"day": score.last_update})
