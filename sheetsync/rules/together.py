"""LI33x: links between OKRs and KPIs. PR425: what a KPI says that guards a goal."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.language import fold
from sheetsync.model import KeyResult, Kpi, KpiLink, Link, Objective
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, Share, place, title_place
from sheetsync.rules.registry import Hit, Hits, rule


def _linked(facts: Facts) -> Iterator[tuple[Kpi, str]]:
    """Give every name in the Aligned to of a KPI."""
    for item in facts.goals.kpis:
        for name in item.aligned_to.value or ():
            yield item, name


@rule(
    "LI330",
    "kpi-goal-missing",
    Severity.WARNING,
    title="A KPI is aligned to a goal that does not exist",
    message="Aligned to “{goal}”, but no objective and no key result of this workbook has that id. Correct the id.",
)
def kpi_goal_missing(facts: Facts) -> Hits:
    """Report an id in a KPI's Aligned to that no objective and no key result of the workbook has.

    A workbook that holds KPIs alone is left in peace: its goals may stand elsewhere.

    ## Why is this bad?
    The KPI serves nothing: it guards no goal, gives no key result its value, and is shown beside none.

    ## Example
    KPI-3 Satisfaction | Aligned to: O-11, where the last objective is O-4

    ## Use instead
    KPI-3 Satisfaction | Aligned to: O-4
    """
    if not facts.goals.objectives and not facts.goals.key_results:
        return
    for item, name in _linked(facts):
        if fold(name) not in facts.by_id and fold(name) not in facts.kpi_names:
            yield Hit(item.aligned_to.ref, item.key, {"goal": name})


@rule(
    "LI331",
    "kpi-serves-kpi",
    Severity.WARNING,
    title="A KPI is aligned to a KPI",
    message="“{kpi}” is a KPI, and a KPI serves objectives and key results only. The link is left out.",
)
def kpi_serves_kpi(facts: Facts) -> Hits:
    """Report a KPI whose Aligned to names a KPI: another one, or itself, which would be a circle.

    ## Why is this bad?
    A chain of KPIs may run in a circle and ends at no goal, so nobody sees what the number is good for.

    ## Example
    KPI-3 Satisfaction | Aligned to: KPI-1

    ## Use instead
    KPI-3 Satisfaction | Aligned to: O-1
    """
    for item, name in _linked(facts):
        if fold(name) not in facts.by_id and fold(name) in facts.kpi_names:
            yield Hit(item.aligned_to.ref, item.key, {"kpi": name})


@rule(
    "LI332",
    "goal-aligned-to-kpi",
    Severity.WARNING,
    title="A goal is aligned to a KPI",
    message="“{kpi}” is a KPI. Write “measured by” under Link of a key result that it measures, else align the KPI.",
)
def goal_aligned_to_kpi(facts: Facts) -> Hits:
    """Report an objective, or a key result that is not "measured by" it, whose Aligned to names a KPI.

    ## Why is this bad?
    A goal serves a larger goal; a KPI serves goals. Turned round, the link says nothing and is left out.

    ## Example
    O-2 Happy customers | Aligned to: KPI-3

    ## Use instead
    KPI-3 Satisfaction | Aligned to: O-2 | Link type: guards
    """
    for item in facts.linked:
        if isinstance(item, KeyResult) and item.link.value is Link.MEASURED_BY:
            continue
        for name in item.aligned_to.value or ():
            if facts.is_kpi(name):
                yield Hit(item.aligned_to.ref, item.key, {"kpi": name})


@rule(
    "LI333",
    "kpi-measures-objective",
    Severity.WARNING,
    title="A KPI measures an objective instead of a key result",
    message="“{goal}” is an objective and has no value of its own. Name the key result that this KPI measures.",
)
def kpi_measures_objective(facts: Facts) -> Hits:
    """Report a KPI that "measures" an objective.

    ## Why is this bad?
    An objective gets its progress from its key results, so the KPI's number would go nowhere.

    ## Example
    KPI-1 Orders | Aligned to: O-1 | Link type: measures

    ## Use instead
    KPI-1 Orders | Aligned to: KR-1 | Link type: measures
    """
    for item, name in _linked(facts):
        goal = facts.by_id.get(fold(name))
        if item.kpi_link.value is KpiLink.MEASURES and isinstance(goal, Objective):
            yield Hit(item.aligned_to.ref, item.key, {"goal": name})


@rule(
    "LI334",
    "kpi-link-leads-nowhere",
    Severity.WARNING,
    title="A link between a goal and a KPI names no other end",
    message="The link says “{raw}”, but Aligned to does not say which one. Write its id under Aligned to.",
)
def kpi_link_leads_nowhere(facts: Facts) -> Hits:
    """Report a KPI that guards or measures while its Aligned to is empty, and a key result that names no KPI.

    ## Why is this bad?
    Somebody meant the KPI to watch over a goal or to give it its number, and it does neither.

    ## Example
    KPI-3 Satisfaction | Link type: guards | Aligned to: (empty)

    ## Use instead
    KPI-3 Satisfaction | Link type: guards | Aligned to: O-1
    """
    for kpi in facts.goals.kpis:
        if kpi.kpi_link.value in (KpiLink.GUARDS, KpiLink.MEASURES) and kpi.aligned_to.blank:
            yield Hit(place(kpi.aligned_to, kpi), kpi.key, {"raw": kpi.kpi_link.raw})
    for item in facts.goals.key_results:
        if item.link.value is Link.MEASURED_BY:
            names = item.aligned_to.value or ()
            if not any(facts.is_kpi(name) for name in names) and all(fold(name) in facts.by_id for name in names):
                yield Hit(place(item.aligned_to, item), item.key, {"raw": item.link.raw})


@rule(
    "LI335",
    "kpi-unit-differs",
    Severity.ERROR,
    title="A key result and the KPI that measures it count in different units",
    message=(
        "“{kpi}” counts in “{kpi_unit}”, this key result in “{unit}”, so no value was taken. Use one unit, with % in "
        "both rows or in neither."
    ),
)
def kpi_unit_differs(facts: Facts) -> Hits:
    """Report a key result whose KPI has another unit, or is a percentage where the other one is not.

    ## Why is this bad?
    12 billion beside a target of 12,000 million would look like nothing at all. The KPI's value is not taken.

    ## Example
    KR-1 Revenue, unit m ₫ | KPI-1 Revenue, unit bn ₫, measures KR-1

    ## Use instead
    KR-1 Revenue, unit bn ₫ | KPI-1 Revenue, unit bn ₫, measures KR-1
    """
    for item, params in facts.notes("kpi_unit_differs"):
        if isinstance(item, KeyResult):
            yield Hit(place(item.unit, item), item.key, params)
    for item, params in facts.notes("kpi_kind_differs"):
        if isinstance(item, KeyResult):
            own, theirs = (PERCENT, PLAIN) if params["percent"] else (PLAIN, PERCENT)
            yield Hit(place(item.target, item), item.key, {"kpi": params["kpi"], "unit": own, "kpi_unit": theirs})


PERCENT, PLAIN = "percent", "plain"
"""How numbers count, where it is not their units that differ; names of texts in the locales."""


@rule(
    "LI336",
    "kpi-source-not-scored",
    Severity.WARNING,
    title="The KPI that measures a key result is not scored itself",
    message="“{kpi}” gives this key result no value, for it is not scored itself. Its own row says why.",
)
def kpi_source_not_scored(facts: Facts) -> Hits:
    """Report a key result whose KPI has no target, no actual, or a cell that could not be read.

    ## Why is this bad?
    A number that cannot be trusted on its own row is not worth more in another one.

    ## Example
    KPI-1 Orders | Target (empty) | measures KR-1

    ## Use instead
    KPI-1 Orders | Target 100 | measures KR-1
    """
    for item, params in facts.notes("kpi_not_scored"):
        if isinstance(item, KeyResult):
            yield Hit(place(item.current, item), item.key, {"kpi": params["kpi"]})


@rule(
    "LI337",
    "kpi-source-unclear",
    Severity.WARNING,
    title="It is not clear which KPI row measures a key result",
    message="More than one row could give this key result its value: {kpis}. None was taken; leave one of them.",
)
def kpi_source_unclear(facts: Facts) -> Hits:
    """Report a key result that several KPIs measure, or one whose id stands in several rows of the same time.

    One KPI with a row for each month is no such case: its months are put together.

    ## Why is this bad?
    Two sources rarely agree, and which of them counted would be an accident.

    ## Example
    KPI-1 and KPI-2 | Link type: measures | Aligned to: KR-1

    ## Use instead
    KPI-1 | Link type: measures | Aligned to: KR-1
    KPI-2 | Link type: supports | Aligned to: KR-1
    """
    for item, params in facts.notes("kpi_sources_several"):
        if isinstance(item, KeyResult):
            yield Hit(place(item.current, item), item.key, {"kpis": params["kpis"]})
    for item, params in facts.notes("kpi_not_one_row"):
        if isinstance(item, KeyResult):
            yield Hit(place(item.current, item), item.key, {"kpis": f"{params['kpi']} × {params['count']}"})


@rule(
    "LI338",
    "kpi-to-date-without-start",
    Severity.WARNING,
    title="A KPI to date lacks its value at the start of the key result",
    message="“{kpi}” counts from January, and its value before {start:date} is missing, so no value was taken.",
)
def kpi_to_date_without_start(facts: Facts) -> Hits:
    """Report a key result whose KPI holds values to date, where none ends on the day before the key result starts.

    ## Why is this bad?
    What was reached before the key result began is not its own. Without that number it cannot be taken off.

    ## Example
    KR-1 from October | KPI-1 to date: Oct 95, Nov 100

    ## Use instead
    KR-1 from October | KPI-1 to date: Sep 80, Oct 95, Nov 100
    """
    for item, params in facts.notes("kpi_to_date"):
        if isinstance(item, KeyResult):
            yield Hit(place(item.current, item), item.key, params)


@rule(
    "LI339",
    "kpi-differs",
    Severity.HINT,
    title="A typed value differs from that of the KPI that measures the key result",
    message="{used} in {used_at} counts, but “{kpi}” says {other} in {other_at}. Empty the cell to take the KPI's.",
)
def kpi_differs(facts: Facts) -> Hits:
    """Report a key result that a KPI measures, whose typed value is another number than the KPI's.

    What somebody typed for the key result, in its row or in the check-in log, always counts before the KPI's.

    ## Why is this bad?
    The same thing is told by two numbers, and people will ask which of them is right.

    ## Example
    KR-1 | Current 20, where KPI-1 sums up to 16

    ## Use instead
    KR-1 | Current (empty): 16 is taken from KPI-1 every night
    """
    for item, params in facts.notes("kpi_differs"):
        if isinstance(item, KeyResult):
            told = {name: params[name] for name in ("kpi", "used_at", "other_at")}
            values = {name: _shown(params[name], percent=params["percent"]) for name in ("used", "other")}
            yield Hit(params["used_at"], item.key, {**told, **values})


def _shown(value: float | str | bool, *, percent: bool) -> float | str | bool:
    return Share(value) if percent and isinstance(value, float) else value


@rule(
    "PR425",
    "guard-red",
    Severity.WARNING,
    title="A KPI that guards a goal is red",
    message="KPI “{kpi}” guards this goal and is red: {achievement:percent} of its target. Decide what comes first.",
)
def guard_red(facts: Facts) -> Hits:
    """Report an objective or key result of which a guarding KPI is off track, once for each such KPI.

    A guard only tells. It never changes a score or a status.

    ## Why is this bad?
    A KPI keeps the business steady while an OKR breaks through. Growth that is paid for with unhappy customers or
    tired people does not last.

    ## Example
    O-1 Double the orders, on track | KPI-3 On-time delivery, guards O-1: 62 % of its target

    ## Use instead
    O-1 Double the orders, on track | KPI-3 On-time delivery, guards O-1: 97 % of its target
    """
    from sheetsync.scoring.together.serving import red_guards

    for key, servings in facts.scorecard.servings.items():
        item = facts.items.get(key)
        for one in red_guards(servings):
            if item is not None:
                yield Hit(title_place(item), key, {"kpi": one.title, "achievement": one.achievement})
