"""RO260: shares of a whole that are more than the whole."""

from __future__ import annotations

from sheetsync.model import Bounds, Direction, KeyResult, Kpi, Metric, Quantity
from sheetsync.reading.held import Held, values_of
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, Share
from sheetsync.rules.percentages import counts_percent, percent_mixed
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.sizes import result_implausible

FROM, WHOLE = 0.5, 1.0
"""A target in between is most likely that of a share; a smaller one may be a growth, all of it a plan to be beaten."""
LOW = 0.2
"""Where less is better, a target up to this is most likely that of a share."""
MOST = 1.5
"""So much of the whole is beyond what a plan that is beaten brings."""

_UNCOMPARED = (Metric.YES_NO, Metric.MILESTONE, Metric.PER_PERIOD, Metric.PERCENT_DONE)


@rule(
    "RO260",
    "share-implausible",
    Severity.WARNING,
    title="A share is more than the whole",
    message=(
        "{concept} is {value}, and the target is {target}. A share lies between 0% and 100%: a digit may be too many, "
        "or a mark missing. If it is no share, silence this rule in the column Ignore."
    ),
)
def share_implausible(facts: Facts) -> Hits:
    """Report a value of 150 % or more, or below 0 %, whose target is at least 50 % and below 100 %.

    Where less is better, it is a value of 150 % or more, and a target of up to 20 %. Numbers without a percent sign are
    looked at where the unit is %. Not where the baseline lies above 100 %, too, and not where RO224, RO248 or RO253
    tells the row already.

    ## Why is this bad?
    An attendance of 193 % is 93 % with a digit too many, yet the row is green with more than 200 %, and lifts its
    objective.

    ## Example
    Unit | %
    Target | ≥ 95
    Current | 193

    ## Use instead
    Unit | %
    Target | ≥ 95
    Current | 93
    """
    items = (item for items in (facts.goals.key_results, facts.goals.kpis) for item in items)
    hits = [hit for item in items if (hit := _of(item, facts)) is not None]
    told = {hit.item for look in (percent_mixed, result_implausible) for hit in look(facts)} if hits else ()
    return [hit for hit in hits if hit.item not in told]


def _of(item: KeyResult | Kpi, facts: Facts) -> Hit | None:
    """Give the first value of a row that is beyond its whole."""
    target = item.target.value
    if target.__class__ is not Quantity and target.__class__ is not Bounds:
        return None
    level = _level(target)
    whole = 1.0 if target.percent else 100.0
    if level is None or not 0 < level < whole or item.metric.value in _UNCOMPARED:
        return None
    if not (target.percent or level > 1) or _is_plainly_within(item, whole, facts):
        return None
    falls = _falls(item, target)
    if not (level <= LOW * whole if falls else level >= FROM * whole):
        return None
    baseline = item.baseline.value
    if baseline is not None and (baseline.percent is not target.percent or baseline.number > whole):
        return None
    found = (held for held in values_of(item, facts.log) if _beyond(held, target.percent, whole, falls))
    held = next(found, None)
    if held is None or not (target.percent or counts_percent(facts, item)):
        return None
    params = {"concept": held.concept, "kind": held.kind, "value": Share(held.value.number / whole)}
    return Hit(held.cell.ref, item.key, {**params, "target": Share(level / whole)})


def _is_plainly_within(item: KeyResult | Kpi, whole: float, facts: Facts) -> bool:
    """Say whether there is nothing to look at, as nearly everywhere: one value, and that a share of the whole."""
    if item.__class__ is not KeyResult or item.key in facts.log:
        return False
    value = item.current.value
    return value.__class__ is not Quantity or 0 <= value.number < MOST * whole


def _level(target: Quantity | Bounds) -> float | None:
    if isinstance(target, Quantity):
        return target.number
    return target.low if target.low is not None else target.high


def _falls(item: KeyResult | Kpi, target: Quantity | Bounds) -> bool:
    """Say whether less is better."""
    if isinstance(target, Bounds):
        return target.low is None
    if isinstance(item, Kpi):
        return item.direction.value is Direction.LOWER
    baseline = item.baseline.value
    down = item.metric.value in (Metric.DECREASE, Metric.AT_MOST)
    return down or item.falls or (baseline is not None and baseline.number > target.number)


def _beyond(held: Held, percent: bool, whole: float, falls: bool) -> bool:
    value = held.value
    if not isinstance(value, Quantity) or value.percent is not percent or value.unit is not None:
        return False
    return value.number >= MOST * whole or (value.number < 0 and not falls)
