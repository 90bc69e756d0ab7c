"""RO2xx: further reasons why a row is not scored: its values, its weight, its periods, the rows below it."""

from __future__ import annotations

from sheetsync.model import KeyResult, Kpi
from sheetsync.results import WITHOUT_ACTUAL, NotScored, Score, Severity
from sheetsync.rules.answers import targets_unfit, wanted
from sheetsync.rules.facts import Facts, lacks_actual, place, shown, title_place
from sheetsync.rules.numbers import is_no_answer
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.scoring.kpis.series import series_of
from sheetsync.scoring.kpis.several_rows import wholes_of_tables


@rule(
    "RO217",
    "negative-weight",
    Severity.ERROR,
    title="A weight is negative",
    message="A weight of {weight} cannot count. Write 0 to leave this row out of the total, or a positive weight.",
)
def negative_weight(facts: Facts) -> Hits:
    """Report a weight below zero, of a row or of a section.

    ## Why is this bad?
    A negative weight would turn progress into loss. The row is not scored, and a section counts for nothing.

    ## Example
    Weight | -20%

    ## Use instead
    Weight | 20%
    """
    for item in facts.items.values():  # whatever else keeps the row from being scored
        if item.weight.value is not None and item.weight.value.number < 0:
            yield Hit(place(item.weight, item), item.key, {"weight": shown(item.weight)})
    for kpi, params in facts.notes("section_weight_negative"):
        if isinstance(kpi, Kpi):
            yield Hit(params["cell"], kpi.key, {"weight": shown(kpi.section_weight)})


@rule(
    "RO233",
    "current-kind-mismatch",
    Severity.ERROR,
    title="The current value does not fit the target",
    message=(
        "“{current}” does not fit the target {target}. Write a value of the same kind: a number beside a number, yes "
        "or no beside yes or no."
    ),
)
def current_kind_mismatch(facts: Facts) -> Hits:
    """Report a current value of another kind than the target: a yes beside a number, a list beside a percentage.

    Of a goal that is done or not any number but 0 and 1 (0 % and 100 %) is such a value, also in the check-in log; a
    share such as 30 % counts as not done.

    ## Why is this bad?
    The formula has no place for it, and the row is not scored.

    ## Example
    Target | 150
    Current | yes

    ## Use instead
    Target | 150
    Current | 131
    """
    for item, score in facts.unmeasured(NotScored.WRONG_CURRENT_KIND):
        cell = score.source or (item.actual if isinstance(item, Kpi) else item.current)
        yield Hit(place(cell, item), item.key, {"current": shown(cell), "target": shown(item.target)})
    told = {item.key for item, _ in targets_unfit(facts)}  # there RO225 says what is wrong
    for hit in facts.unread_numbers:
        about = facts.items.get(hit.item or "")
        if hit.cell in facts.unclear or not is_no_answer(facts, hit):
            continue
        if isinstance(about, KeyResult | Kpi) and about.key not in told:
            yield hit._replace(params={"current": hit.params["raw"], "target": wanted(about)})


@rule(
    "RO234",
    "number-too-large",
    Severity.ERROR,
    title="The numbers are too large, or too close together, to divide",
    message="These numbers are too large, or too close together, to divide. Check baseline, target and current value.",
)
def number_too_large(facts: Facts) -> Hits:
    """Report numbers between which no share can be computed, such as a current value with three hundred digits.

    ## Why is this bad?
    The result would be infinite, and would spoil every total above it.

    ## Example
    Current | 1E+308
    Target | 0.0000001

    ## Use instead
    Current | 120
    Target | 150
    """
    for item, _ in facts.unmeasured(NotScored.OUT_OF_RANGE):
        yield Hit(place(item.target, item), item.key, {})


@rule(
    "RO229",
    "no-period-yet",
    Severity.HINT,
    title="No period is complete yet",
    message="No period is complete yet, so there is nothing to score. It is scored once the first one is over.",
)
def no_period_yet(facts: Facts) -> Hits:
    """Report a KPI, or a goal for each week or month, of which no period is over yet.

    Of a KPI with a row for each month one row says so, and none once a month is over.

    ## Why is this bad?
    It is not bad, only early: a running month is shown, but it would be unfair to score it against a whole one.

    ## Example
    A monthly KPI on the tenth day of its first month.

    ## Use instead
    Wait until the month is over; or measure it every week.
    """
    early = [item for item, _ in facts.not_scored(NotScored.NO_PERIOD)]
    told = _told_by_others(facts) if any(isinstance(item, Kpi) and item.period.value for item in early) else ()
    for item in early:
        if item.key not in told:
            yield Hit(title_place(item), item.key, {})


def _told_by_others(facts: Facts) -> set[str]:
    """Give the rows of months to come of KPIs with a row for each month: one row speaks where no month is over yet."""
    found: set[str] = set()
    for whole in wholes_of_tables(facts.goals.kpis, facts.today, series_of(facts.goals.kpis)):
        over = [row.period.value is not None and row.period.value.end < facts.today for row in whole.rows]
        found.update(row.key for row in (whole.rows if any(over) else whole.rows[1:]))
    return found


@rule(
    "RO235",
    "actual-missing",
    Severity.WARNING,
    title="A KPI has no actual value",
    message="No actual value has been entered, so this KPI has no result. Fill it in.",
)
def actual_missing(facts: Facts) -> Hits:
    """Report a KPI with a target and without any actual value.

    ## Why is this bad?
    A KPI that nobody measures does not keep anything steady.

    ## Example
    Target 100 | Actual (empty)

    ## Use instead
    Target 100 | Actual 92
    """
    told = {table.key for table in facts.goals.tables if lacks_actual(table)}  # once, by WS102
    for kpi in facts.goals.kpis:
        if never_measured(facts.scorecard.scores.get(kpi.key)) and kpi.table not in told:
            cell = next((period.actual for period in kpi.periods if period.actual.blank), kpi.actual)
            yield Hit(place(cell, kpi), kpi.key, {})


def never_measured(score: Score | None) -> bool:
    """Say whether a KPI has no actual at all; the profile either leaves it out or counts it as 0."""
    return score is not None and (score.not_scored is NotScored.NO_ACTUAL or score.reason.code in WITHOUT_ACTUAL)


_TOLD_ALREADY = ({NotScored.NO_CYCLE}, {NotScored.NO_TARGET})
"""Where this is wrong with every key result, the workbook (WS107) or the objective (PR402) has a finding for it."""


@rule(
    "RO230",
    "too-few-scored",
    Severity.WARNING,
    title="Too little of an objective can be scored",
    message="Only {scored} of {total} key results can be scored, too few for the objective. Repair the others first.",
)
def too_few_scored(facts: Facts) -> Hits:
    """Report an objective of whose key results less than half, by weight, can be scored.

    ## Why is this bad?
    The mean of the rest would say more about what is missing than about the goal, so the objective has no score.

    ## Example
    Three of four key results have no target.

    ## Use instead
    Give every key result a baseline, a target and a current value.
    """
    for item, score in facts.not_scored(NotScored.TOO_FEW_SCORED):
        results = facts.children.get(item.key, ())
        causes = {facts.scorecard.scores[result.key].not_scored for result in results}
        if causes in _TOLD_ALREADY:
            continue
        yield Hit(title_place(item), item.key, {"scored": score.scored, "total": score.total})
