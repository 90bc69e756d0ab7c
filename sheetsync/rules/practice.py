"""PR4xx, first part: what the method asks of a good OKR, judged from numbers, dates and links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sheetsync.language import fold
from sheetsync.model import Goals, Horizon, KeyResult, Level, Link, Metric, Objective, Quantity
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts, has_column, place, title_place
from sheetsync.rules.registry import Hit, Hits, rule

FEWEST, MOST = 2, 5
"""Key results of an objective, as the method advises: fewer say too little, more dilute focus."""


@rule(
    "PR401",
    "key-result-count",
    Severity.WARNING,
    title="An objective has too few or too many key results",
    message="Key results here: {count}; two to five are best. Fewer say too little, more dilute the focus.",
)
def key_result_count(facts: Facts) -> Hits:
    """Report an objective with one key result, or with more than five.

    ## Why is this bad?
    One number rarely tells the whole story, and invites to chase it alone. Beyond five nobody remembers them, and
    nothing is first.

    ## Example
    One objective with nine key results.

    ## Use instead
    Keep the three that matter most; make the others tasks, or KPIs.
    """
    for item in facts.goals.objectives:
        results = facts.children.get(item.key)
        if results is not None and not FEWEST <= len(results) <= MOST:
            yield Hit(title_place(item), item.key, {"count": len(results)})


@rule(
    "PR402",
    "objective-without-measure",
    Severity.WARNING,
    title="Nothing measures an objective",
    message="None of the key results ({count}) has a target, so nobody can tell when the objective is reached.",
)
def objective_without_measure(facts: Facts) -> Hits:
    """Report an objective whose key results are all without a target.

    ## Why is this bad?
    An inspiring objective that cannot be measured is the second of the two mistakes that teachers of the method name
    first: in the end everybody remembers it differently.

    ## Example
    Delight our customers
    – Better service
    – Happier people

    ## Use instead
    Delight our customers
    – Satisfaction from 78 % to 90 %
    – Answers within 4 hours, from 11
    """
    bare = {item.key for item, _ in facts.not_scored(NotScored.NO_TARGET)}
    if not bare:
        return
    for item in facts.goals.objectives:
        results = facts.children.get(item.key)
        if results and all(result.key in bare for result in results):
            yield Hit(title_place(item), item.key, {"count": len(results)})


_WITHOUT_UNIT = frozenset({Metric.YES_NO, Metric.MILESTONE, Metric.PERCENT_DONE})


@rule(
    "PR403",
    "key-result-incomplete",
    Severity.HINT,
    title="A key result lacks its unit, owner or date",
    message=(
        "Still missing here: {concepts}. A good key result says from what to what, in which unit, by whom and when."
    ),
)
def key_result_incomplete(facts: Facts) -> Hits:
    """Report what a key result leaves open of unit, owner and due date, in one finding.

    Owner and due date may stand in the objective's row, and the cycle may give the date. Columns that the table does
    not have at all are told once for the table (WS112). A missing baseline or target has rules of its own.

    ## Why is this bad?
    A number without a unit is misread, and a goal without an owner or a date waits for somebody else.

    ## Example
    Revenue | Baseline 3 | Target 4

    ## Use instead
    Revenue | billion ₫ | Baseline 3 | Target 4 | Owner Lan | Due 31/12/2025
    """
    owners = {item.key: item for item in facts.goals.objectives}
    dated = facts.goals.cycle is not None
    for result in facts.goals.key_results:
        if result.owner.value is not None and result.unit.value is not None and (dated or result.due.value is not None):
            continue  # nearly every row, so the others may take their time
        missing = _missing(result, owners.get(result.objective or ""), dated)
        if missing:
            yield Hit(title_place(result), result.key, {"concepts": missing, "kind": "okr"})


def _missing(result: KeyResult, parent: Objective | None, dated: bool) -> tuple[str, ...]:
    missing = []
    if has_column(result.unit) and result.unit.blank and _needs_unit(result):
        missing.append("unit")
    if has_column(result.owner) and result.owner.blank and (parent is None or parent.owner.blank):
        missing.append("owner")
    known = dated or not result.cycle.blank or (parent is not None and not (parent.due.blank and parent.cycle.blank))
    if has_column(result.due) and result.due.blank and not known:
        missing.append("due")
    return tuple(missing)


def _needs_unit(result: KeyResult) -> bool:
    target = result.target.value
    if not isinstance(target, Quantity) or result.metric.value in _WITHOUT_UNIT:
        return False
    return not target.percent and target.unit is None


TACTICAL_DAYS = 190
"""Two quarters and a few days: the longest time frame of a tactical goal."""
STRATEGIC_DAYS = 80
"""Nearly a quarter: the shortest time frame of a strategic goal."""


@rule(
    "PR404",
    "horizon-mismatch",
    Severity.HINT,
    title="Horizon and time frame do not fit",
    message=(
        "A {horizon} goal over {days} days ({first:date} to {last:date}). "
        "Tactical: up to half a year; strategic: longer."
    ),
)
def horizon_mismatch(facts: Facts) -> Hits:
    """Report a tactical objective that runs for more than two quarters, or a strategic one shorter than a quarter.

    ## Why is this bad?
    A tactical goal that takes a year cannot be corrected in time; a strategy of a few weeks is a task.

    ## Example
    Horizon | tactical
    Start, Due | 01/01/2025, 31/12/2025

    ## Use instead
    Horizon | strategic
    Start, Due | 01/01/2025, 31/12/2025
    """
    for item in facts.goals.objectives:
        horizon = item.horizon.value
        if horizon is None:
            continue
        cycle = item.cycle.value or facts.goals.cycle
        first = item.start.value or (cycle.start if cycle else None)
        last = item.due.value or (cycle.due if cycle else None)
        if first is None or last is None or last < first:
            continue
        days = (last - first).days + 1
        if days > TACTICAL_DAYS if horizon is Horizon.TACTICAL else days < STRATEGIC_DAYS:
            params = {"horizon": horizon, "days": days, "first": first, "last": last}
            yield Hit(item.horizon.ref, item.key, params)


@rule(
    "PR405",
    "not-aligned",
    Severity.WARNING,
    title="A team's objective is not aligned to the company's",
    message="This team's objective leads to no objective of the company. Write into Aligned to which one it serves.",
)
def not_aligned(facts: Facts) -> Hits:
    """Report a team's objective from which no chain of links leads to an objective of the company.

    Workbooks of the same company are looked at together, where they were read. Where no objective of the company
    was read, teams are not judged: it may stand elsewhere.

    ## Why is this bad?
    A team can reach all its goals while the company misses its own.

    ## Example
    O-5 | team | Aligned to: (empty)

    ## Use instead
    O-5 | team | Aligned to: O-1
    """
    objectives = facts.goals.objectives
    led = any(item.level.value is Level.COMPANY for item in objectives)
    if not led and (facts.kin is None or not any(member.led for member in facts.kin.others)):
        return
    owners = {item.key: item for item in objectives}
    for item in objectives:
        pending = item.link.value is Link.CONTRIBUTES and item.aligned_to.blank  # told by LI313
        if item.level.value is Level.TEAM and not pending and not _reaches_company(item, owners, facts):
            yield Hit(place(item.aligned_to, item), item.key, {})


def _reaches_company(item: Objective, owners: dict[str, Objective], facts: Facts) -> bool:
    if facts.kin is not None:
        return facts.kin.reaches_company(item)
    waiting: list[Objective | KeyResult] = [item]
    seen = {item.key}
    while waiting:
        here = waiting.pop()
        if here.level.value is Level.COMPANY:
            return True
        parents = [facts.by_id.get(fold(parent)) for parent in here.aligned_to.value or ()]
        if isinstance(here, KeyResult):
            parents.append(owners.get(here.objective or ""))
        elif any(parent is None or parent is here for parent in parents):
            # The link has a finding of its own (LI301, LI303); what it was meant to name nobody knows.
            return True
        for parent in parents:
            if parent is not None and parent.key not in seen:
                seen.add(parent.key)
                waiting.append(parent)
    return False


HIGH_PROGRESS = 0.9
EARLY_SHARE = 1 / 3
_CUMULATIVE = frozenset({Metric.INCREASE, Metric.DECREASE, Metric.PERCENT_DONE, Metric.MILESTONE})


@rule(
    "PR408",
    "sandbagging",
    Severity.HINT,
    title="A goal was nearly reached at once",
    message=(
        "{progress:percent} reached with most of the time left (due {due:date}). Was the target too easy? Aim higher."
    ),
)
def sandbagging(facts: Facts) -> Hits:
    """Report a key result with over 90 % of its way behind it in the first third of its time.

    Bounds and yes-or-no goals are not judged: they are reached or not.

    ## Why is this bad?
    Targets that are set low are reached early, and nobody learns what would have been possible. If it was truly a
    great start, celebrate it, and set the next target.

    ## Example
    Ten days into the quarter: 95 %

    ## Use instead
    Raise the target together with the owner, and note why.
    """
    for result in facts.goals.key_results:
        score = facts.scorecard.scores.get(result.key)
        if score is None or score.progress is None or score.progress < HIGH_PROGRESS:
            continue
        if score.metric not in _CUMULATIVE or not score.start or not score.due:
            continue
        third = (score.due - score.start) * EARLY_SHARE
        if timedelta(0) <= facts.today - score.start <= third:
            yield Hit(title_place(result), result.key, {"progress": score.progress, "due": score.due})


@rule(
    "PR409",
    "not-agreed",
    Severity.HINT,
    title="A goal is not agreed with its owner",
    message="Agreed is not ticked here. Talk it over with the owner, and write yes when it is agreed.",
)
def not_agreed(facts: Facts) -> Hits:
    """Report a goal that the column Agreed does not confirm: it says no, or nothing.

    Key results of an agreed objective are agreed too, and so is an objective whose key results all are. Where nobody
    has filled in anything yet, only the first goal of the table is reported.

    ## Why is this bad?
    People do not pull for goals that were handed to them: lack of agreement is why OKRs fail most often.

    ## Example
    Agreed | no

    ## Use instead
    Agreed | yes
    """
    goals = facts.goals
    used = {item.table for items in (goals.objectives, goals.key_results) for item in items if not item.agreed.blank}
    told: set[str] = set()
    for item in _not_agreed(goals):
        if item.table in used or item.table not in told:
            told.add(item.table)
            yield Hit(item.agreed.ref, item.key, {})


def _not_agreed(goals: Goals) -> Iterator[Objective | KeyResult]:
    """Give the goals that say no to Agreed, or nothing where nothing near them says yes; in the order of rows."""
    agreed = {item.key for item in goals.objectives if item.agreed.value}
    below: dict[str, list[bool]] = {}
    for result in goals.key_results:
        below.setdefault(result.objective or "", []).append(bool(result.agreed.value))
    found: list[Objective | KeyResult] = []
    for item in goals.objectives:
        whole = item.agreed.blank and below.get(item.key) and all(below[item.key])
        if item.own_row and _open(item.agreed) and not whole:
            found.append(item)
    for result in goals.key_results:
        handed_down = result.agreed.blank and result.objective in agreed
        if _open(result.agreed) and not handed_down:
            found.append(result)
    yield from sorted(found, key=lambda one: (one.table, one.row))


def _open(cell: Any) -> bool:
    return bool(cell.column) and not cell.value and not cell.unreadable
