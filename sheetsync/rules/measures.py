"""RO2xx: why scoring could not measure a row. Scoring decided; these rules say it in words and point at the cell."""

from __future__ import annotations

from sheetsync.model import Direction, Kpi, Metric
from sheetsync.results import NotScored, Severity
from sheetsync.rules.answers import targets_unfit
from sheetsync.rules.facts import Facts, place, shown
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.target_headers import headers_of_targets


def _target_hits(facts: Facts, why: NotScored) -> Hits:
    for item, _ in facts.unmeasured(why):
        params = {"target": shown(item.target), "baseline": shown(item.baseline)}
        yield Hit(place(item.target, item), item.key, params)


def _baseline_hits(facts: Facts, why: NotScored) -> Hits:
    for item, _ in facts.unmeasured(why):
        yield Hit(place(item.baseline, item), item.key, {"target": shown(item.target)})


@rule(
    "RO203",
    "direction-contradicts",
    Severity.ERROR,
    title="The direction contradicts the numbers",
    message=(
        "The direction “{metric}” contradicts the numbers: baseline {baseline}, target {target}. "
        "Swap the two numbers, or change the direction."
    ),
)
def direction_contradicts(facts: Facts) -> Hits:
    """Report a stated direction that the baseline and the target contradict.

    ## Why is this bad?
    Either a number or the word is wrong. Scored one way the goal may be reached by doing worse, so it is not scored.

    ## Example
    Metric | decrease
    Baseline | 10
    Target | 50

    ## Use instead
    Metric | decrease
    Baseline | 50
    Target | 10
    """
    for item, score in facts.unmeasured(NotScored.DIRECTION_CONTRADICTS):
        stated = _WAYS.get(item.direction.value) if isinstance(item, Kpi) else item.metric.value
        way = stated or score.metric or Metric.INCREASE
        params = {"metric": way, "target": shown(item.target), "baseline": shown(item.baseline)}
        yield Hit(place(item.target, item), item.key, params)


_WAYS: dict[Direction | None, Metric] = {
    Direction.HIGHER: Metric.INCREASE,
    Direction.LOWER: Metric.DECREASE,
    Direction.RANGE: Metric.BETWEEN,
}


@rule(
    "RO207",
    "target-equals-baseline",
    Severity.ERROR,
    title="Target and baseline are the same",
    message=(
        "Target and baseline are both {target}: there is no way to go. Correct one, or choose the metric “at least”."
    ),
)
def target_equals_baseline(facts: Facts) -> Hits:
    """Report a target that equals the baseline, unless it is a bound to hold.

    ## Why is this bad?
    Progress is the way gone from baseline to target; where the way is zero there is nothing to divide by. If the point
    is to hold a level, that is a bound.

    ## Example
    Metric | increase
    Baseline | 80%
    Target | 80%

    ## Use instead
    Metric | at least
    Target | 80%
    """
    yield from _target_hits(facts, NotScored.TARGET_IS_BASELINE)


@rule(
    "RO208",
    "target-missing",
    Severity.ERROR,
    title="The target is missing",
    message="There is no target, so nothing can be measured. Write the number that is to be reached.",
)
def target_missing(facts: Facts) -> Hits:
    """Report a key result or KPI without a target, in a table with a column for it (else WS102, WS119).

    ## Why is this bad?
    A goal without a number is a wish: nobody can tell how far it is, or when it is reached.

    ## Example
    Key result | More orders from regular customers
    Target | (empty)

    ## Use instead
    Key result | More orders from regular customers
    Baseline | 120
    Target | 150
    """
    told = {table.key for table, _ in headers_of_targets(facts)}  # WS119 names the column
    for item, _ in facts.unmeasured(NotScored.NO_TARGET):
        if item.table in told:
            continue
        if item.target.column or (isinstance(item, Kpi) and item.periods):
            yield Hit(place(item.target, item), item.key, {})


@rule(
    "RO212",
    "relative-without-baseline",
    Severity.ERROR,
    title="A relative target has no baseline",
    message="The target “{target}” is a change, but the baseline is empty: nobody knows of what. Fill in the baseline.",
)
def relative_without_baseline(facts: Facts) -> Hits:
    """Report a target such as "improve by 50 %" beside an empty baseline.

    ## Why is this bad?
    Half of an unknown number is unknown. The row is not scored.

    ## Example
    Target | -50%, written as "reduce by 50%"
    Baseline | (empty)

    ## Use instead
    Target | reduce by 50%
    Baseline | 24 hours
    """
    yield from _baseline_hits(facts, NotScored.RELATIVE_WITHOUT_BASELINE)


@rule(
    "RO213",
    "decrease-without-baseline",
    Severity.ERROR,
    title="A decrease has no baseline",
    message="To bring something down to {target} one must know where it starts. Fill in the baseline.",
)
def decrease_without_baseline(facts: Facts) -> Hits:
    """Report a key result that is to fall, beside an empty baseline.

    ## Why is this bad?
    A rise can start from zero; a fall cannot. Without its start there is no way to say how far it has come.

    ## Example
    Metric | decrease
    Baseline | (empty)
    Target | 2%

    ## Use instead
    Metric | decrease
    Baseline | 5%
    Target | 2%
    """
    yield from _baseline_hits(facts, NotScored.DECREASE_WITHOUT_BASELINE)


@rule(
    "RO214",
    "direction-unknown",
    Severity.ERROR,
    title="Nobody can tell which way is good",
    message=(
        "Neither the metric nor the numbers say whether more or less is good. Choose a metric, or fill in the baseline."
    ),
)
def direction_unknown(facts: Facts) -> Hits:
    """Report a row of which neither the metric nor the numbers tell the direction.

    Its words speak of less beside an empty baseline, or its target is a change without up or down.

    ## Why is this bad?
    Counted from zero upwards, "complaints down to 10" would be done at ten complaints and better at twenty.

    ## Example
    Key result | Cut complaints
    Target | 10

    ## Use instead
    Key result | Cut complaints
    Metric | decrease
    Baseline | 35
    Target | 10
    """
    yield from _baseline_hits(facts, NotScored.DIRECTION_UNKNOWN)


@rule(
    "RO215",
    "target-not-positive",
    Severity.ERROR,
    title="A target of zero or less leaves nothing to reach",
    message=(
        "Without a baseline a target of {target} leaves nothing to reach. Fill in the baseline, or correct it; if it "
        "is something of which none may happen, write lower is better under Direction (KPI)."
    ),
)
def target_not_positive(facts: Facts) -> Hits:
    """Report a target of zero or less where something is to rise, or to be done again and again, from nothing.

    ## Why is this bad?
    An empty baseline counts as 0, and from 0 there is no way up to a target that is not above it.

    ## Example
    Key result | Profit back in black
    Baseline | (empty)
    Target | 0

    ## Use instead
    Key result | Profit back in black
    Baseline | -300 million
    Target | 0
    """
    yield from _baseline_hits(facts, NotScored.TARGET_NOT_POSITIVE)


@rule(
    "RO216",
    "negative-target",
    Severity.ERROR,
    title="A KPI's target is negative",
    message="A target of {target} cannot be divided by. Fill in a baseline, or measure something that is positive.",
)
def negative_target(facts: Facts) -> Hits:
    """Report a KPI whose target is negative and that has no baseline.

    ## Why is this bad?
    A KPI is the actual value divided by the target. With a negative target a larger loss would give a better score.

    ## Example
    KPI | Result of the new branch
    Target | -200 million

    ## Use instead
    KPI | Result of the new branch
    Baseline | -500 million
    Target | -200 million
    """
    yield from _target_hits(facts, NotScored.NEGATIVE_TARGET)


@rule(
    "RO225",
    "target-kind-mismatch",
    Severity.ERROR,
    title="The target does not fit the metric",
    message="The target {target} does not fit the metric “{metric}”. Change the metric, or write a target of its kind.",
)
def target_kind_mismatch(facts: Facts) -> Hits:
    """Report a target that its metric cannot use: a range for an increase, one number for "between".

    Beside yes/no it is a number other than 1 and 0, unless the value says yes or no in words.

    ## Why is this bad?
    The formula of the metric has no place for such a target, and the row is not scored.

    ## Example
    Metric | between
    Target | 40

    ## Use instead
    Metric | between
    Target | 35–40
    """
    apart = {item.key for item, _ in facts.notes("target_of_other_time") if item is not None}  # RO255 says more
    for item, score in facts.unmeasured(NotScored.WRONG_TARGET_KIND):
        if item.key in apart:
            continue
        stated = item.metric.value or score.metric or Metric.INCREASE
        yield Hit(place(item.target, item), item.key, {"target": shown(item.target), "metric": stated})
    for item, target in targets_unfit(facts):
        yield Hit(place(target, item), item.key, {"target": shown(target), "metric": Metric.YES_NO})
