"""PR4xx, fifth part: whether there is one direction: not too much at once, nothing twice, nothing reached already."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.language import fold
from sheetsync.model import BOUND_METRICS, Bounds, KeyResult, Level, Metric, Objective, Quantity
from sheetsync.results import Severity
from sheetsync.rules.drift_agreed import Move, moved_cell, moves, now_of, steps_of, told
from sheetsync.rules.facts import Facts, place, plain, shown, title_place
from sheetsync.rules.practice import MOST
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.said import targets_of_periods

MOST_OBJECTIVES = {Level.COMPANY: 5, Level.TEAM: 3, Level.INDIVIDUAL: 3}
"""Objectives of a company, of one team, and of one person in one cycle."""


@rule(
    "PR420",
    "too-many-objectives",
    Severity.HINT,
    title="Too many objectives at once",
    message="Objectives of this {level} in one cycle: {count}; up to {most} keep the focus. Which can wait?",
)
def too_many_objectives(facts: Facts) -> Hits:
    """Report, once for each, a company with more than five objectives in a cycle, a team or a person with over three.

    Teams and people are told apart by the columns Team and Owner; objectives without a level are not counted.

    ## Why is this bad?
    Where everything is a priority nothing is. People then follow the day's business, and the OKRs stand still.

    ## Example
    Eight objectives of the company for the fourth quarter.

    ## Use instead
    The three to five that matter most; the others stand on a list for the next quarter.
    """
    groups: dict[tuple[Level, str, str], list[Objective]] = {}
    for item in facts.goals.objectives:
        whose = _whose(item)
        if whose is not None:
            cycle = item.cycle.value.label if item.cycle.value else ""
            groups.setdefault((*whose, cycle), []).append(item)
    for (level, _, _), items in groups.items():
        most = MOST_OBJECTIVES[level]
        if len(items) > most:
            params = {"level": level, "count": len(items), "most": most}
            yield Hit(title_place(items[most]), items[most].key, params)


def _whose(item: Objective) -> tuple[Level, str] | None:
    level = item.level.value
    if level is None or level is Level.COMPANY:
        return (level, "") if level else None
    name = item.team.value if level is Level.TEAM else item.owner.value
    return (level, fold(name)) if name else None


MOST_OF_ONE = MOST_OBJECTIVES[Level.INDIVIDUAL] * MOST
"""Key results of one person in a cycle: as many as three objectives of five have."""


@rule(
    "PR421",
    "too-many-for-one",
    Severity.HINT,
    title="One person has too many key results",
    message="{name} has {count} key results; more than {most} nobody can keep in mind. Share some, or drop some.",
)
def too_many_for_one(facts: Facts) -> Hits:
    """Report, once, a person with more than fifteen key results in a cycle: as many as three objectives of five have.

    A key result without an owner counts for the owner of its objective.

    ## Why is this bad?
    Whoever has twenty goals works on the loudest. The others are there on paper only.

    ## Example
    Owner Lan stands beside 22 key results.

    ## Use instead
    Lan keeps the objectives; each key result has an owner in the team.
    """
    owners = {item.key: item.owner.value for item in facts.goals.objectives}
    counted: dict[tuple[str, str], list[KeyResult]] = {}
    for result in facts.goals.key_results:
        name = result.owner.value or owners.get(result.objective or "")
        if name:
            cycle = result.cycle.value.label if result.cycle.value else ""
            counted.setdefault((name, cycle), []).append(result)
    for (name, _), results in counted.items():
        if len(results) > MOST_OF_ONE:
            surplus = results[MOST_OF_ONE]
            params = {"name": name, "count": len(results), "most": MOST_OF_ONE}
            yield Hit(place(surplus.owner, surplus), surplus.key, params)


@rule(
    "PR422",
    "told-twice",
    Severity.HINT,
    title="A goal says the same thing twice",
    message="The same text stands in {first}. Remove one of the two, or say how they differ.",
)
def told_twice(facts: Facts) -> Hits:
    """Report a key result with the very text of its objective, or of an earlier key result of the same objective.

    ## Why is this bad?
    The same thing is counted twice. An objective that is its own key result is not explained by it either.

    ## Example
    Objective | Revenue up 25 %
    Key result | Revenue up 25 %

    ## Use instead
    Objective | Revenue up 25 %
    Key result | Customer base from 1000 to 1200
    """
    for item in facts.goals.objectives:
        seen: dict[str, Objective | KeyResult] = {fold(item.title.value): item} if item.title.value else {}
        for result in facts.children.get(item.key, ()):
            if not result.title.value:
                continue
            first = seen.setdefault(fold(result.title.value), result)
            if first is not result:
                yield Hit(title_place(result), result.key, {"first": title_place(first).a1})


@rule(
    "PR423",
    "held-already",
    Severity.HINT,
    title="The bound was met from the start",
    message="{baseline} at the start already meets {target}: holding it is a KPI's task. Aim at something new.",
)
def held_already(facts: Facts) -> Hits:
    """Report a key result "at least", "at most" or "between" whose baseline lies inside the bound.

    ## Why is this bad?
    It is reached on the first day, and lifts the progress of its objective for nothing. Holding a level is what KPIs
    are for.

    ## Example
    Satisfaction | at least 80 % | Baseline 84 %

    ## Use instead
    Satisfaction | increase | Baseline 84 % | Target 92 %
    """
    for result in facts.goals.key_results:
        score = facts.scorecard.scores.get(result.key)
        baseline = result.baseline.value
        if score is None or baseline is None or score.metric not in BOUND_METRICS:
            continue
        if _percent(result) is baseline.percent and _inside(result, baseline, score.metric):
            params = {"baseline": plain(baseline), "target": shown(result.target)}
            yield Hit(place(result.baseline, result), result.key, params)


def _percent(result: KeyResult) -> bool | None:
    target = result.target.value
    return target.percent if isinstance(target, Quantity | Bounds) else None


def _inside(result: KeyResult, baseline: Quantity, metric: Metric) -> bool:
    target = result.target.value
    if isinstance(target, Bounds):
        above = target.low is None or baseline.number >= target.low
        return above and (target.high is None or baseline.number <= target.high)
    if not isinstance(target, Quantity) or metric is Metric.BETWEEN:  # one number is no range
        return False
    return baseline.number >= target.number if metric is Metric.AT_LEAST else baseline.number <= target.number


@rule(
    "PR424",
    "target-moved",
    Severity.WARNING,
    title="A target was moved in mid-cycle",
    message=(
        "The target was {before} until {until:date}{steps}, and has been {target} since {day:date}. Put it back, or "
        "agree on it and note why."
    ),
)
def target_moved(facts: Facts) -> Hits:
    """Report a target that differs from the one that stood there when the cycle had been set up.

    Cycles are set up in their first week, and so are rows that are added and cells that are filled in later; the
    target of a KPI is agreed for its period, and for the cycle where one cell is the target of many periods. Another
    unit or another way to write the same number moves nothing. Runs where earlier days are remembered; stays until the
    target is put back or the cycle ends.

    ## Why is this bad?
    A target that follows the result is always reached. When the world has changed, move it openly: agree on it with
    the owner, write the reason beside it, and silence this rule in the column Ignore.

    ## Example
    1 October: Target 150
    20 November: Target 130

    ## Use instead
    Target | 150
    Notes | Supplier closed in October; 130 is what we now expect
    """
    own = facts.goals.key_results
    for move in (*moves(facts, "target", own), *moves(facts, "target", facts.goals.kpis), *_of_periods(facts)):
        params = {
            "before": told(move.before, move.cell, move.item),
            "until": move.until,
            "steps": steps_of(move),
            "target": now_of(move.cell),
            "day": move.day,
        }
        yield Hit(move.cell.ref, move.item.key, params)


def _of_periods(facts: Facts) -> Iterator[Move]:
    """Give the moved targets of the periods of KPIs that have begun, where these have cells of their own."""
    past = facts.past
    if past is None:
        return
    for item in facts.goals.kpis:
        found = past.items.get(item.key)
        if found is None:
            continue
        for name, one in targets_of_periods(item):
            move = moved_cell(facts, past, found, item, one.target, name, one.period.start)
            if move is not None:
                yield move
