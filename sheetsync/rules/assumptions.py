"""RO2xx: what scoring had to assume because a cell was empty, and values that disagree. Hints, mostly."""

from __future__ import annotations

from sheetsync.model import KeyResult, Kpi, Quantity
from sheetsync.results import Severity, Status
from sheetsync.rules.facts import Facts, Share, place, shown
from sheetsync.rules.registry import Hit, Hits, rule


@rule(
    "RO209",
    "current-missing",
    Severity.HINT,
    title="There is no current value yet",
    message="No current value yet, so progress counts as 0. Fill in Current, even if nothing has changed.",
)
def current_missing(facts: Facts) -> Hits:
    """Report a key result under way that has no current value, in its row or in the check-in log.

    ## Why is this bad?
    An empty cell may mean "nothing done" or "nobody looked". It counts as no progress.

    ## Example
    Baseline 120 | Target 150 | Current (empty)

    ## Use instead
    Baseline 120 | Target 150 | Current 120
    """
    quiet = (Status.NOT_SCORED, Status.NOT_STARTED)
    scores = facts.scorecard.scores
    for result in facts.goals.key_results:
        if result.current.value is not None or not result.current.column or not result.current.blank:
            continue
        score = scores.get(result.key)
        if score is not None and score.current is None and score.source is None and score.status not in quiet:
            yield Hit(place(result.current, result), result.key, {})


@rule(
    "RO218",
    "baseline-assumed",
    Severity.HINT,
    title="An empty baseline counts as 0",
    message="The baseline is empty and counts as 0. Write where it started; a 0 is fine if that is true.",
)
def baseline_assumed(facts: Facts) -> Hits:
    """Report a key result that is to rise and has no baseline.

    ## Why is this bad?
    From 0 to 150 with 120 today looks like 80 % done; from 120 to 150 it is the first day.

    ## Example
    Baseline (empty) | Target 150 | Current 120

    ## Use instead
    Baseline 120 | Target 150 | Current 120
    """
    for item, _ in facts.notes("baseline_assumed_zero"):
        if isinstance(item, KeyResult | Kpi):
            yield Hit(place(item.baseline, item), item.key, {})


@rule(
    "RO243",
    "target-from-title",
    Severity.HINT,
    title="The target was taken from the text",
    message=(
        "The table has no column for targets, so the target {target} was taken from the text (baseline: {baseline}). "
        "If that is wrong, add a column Target and write it there."
    ),
)
def target_from_title(facts: Facts) -> Hits:
    """Report a key result whose target, and its baseline where it names one, stand only in its text.

    A text is read so only in a table without a column for targets, and only if it can mean one thing: one pair of
    numbers with a word of change (from 30 to 50), or one number behind a verb that aims at it (sign 5 new partners).

    ## Why is this bad?
    It is not bad, but a text is easily reworded, and then the goal has another target without anybody deciding so.

    ## Example
    Key result | Increase NPS from 30 to 50

    ## Use instead
    Key result | Increase NPS
    Baseline | 30
    Target | 50
    """
    for result in facts.goals.key_results:
        target = result.target
        if not target.column or target.column != result.title.column:
            continue  # as nearly everywhere
        if isinstance(target.value, Quantity) and target.ref == result.title.ref:
            ours = result.baseline.ref == result.title.ref or not result.baseline.blank
            baseline = shown(result.baseline) if ours else "–"
            yield Hit(target.ref, result.key, {"target": shown(target), "baseline": baseline})


@rule(
    "RO219",
    "percent-with-baseline",
    Severity.HINT,
    title="A percentage done has a baseline or another target than 100 %",
    message=(
        "The metric is “percent done”, but the way goes to {target}; it is scored as an increase. Change the metric."
    ),
)
def percent_with_baseline(facts: Facts) -> Hits:
    """Report the metric "percent done" beside a baseline, or beside a target other than 100 %.

    ## Why is this bad?
    Percent done means: this share of the work is finished. A satisfaction that rises from 70 % to 90 % is something
    else, and is scored as an increase.

    ## Example
    Metric | percent done
    Baseline | 70%
    Target | 90%

    ## Use instead
    Metric | increase
    Baseline | 70%
    Target | 90%
    """
    for item, _ in facts.notes("percent_with_baseline"):
        if isinstance(item, KeyResult | Kpi):
            yield Hit(place(item.metric, item), item.key, {"target": shown(item.target)})


@rule(
    "RO220",
    "metric-guessed",
    Severity.HINT,
    title="The metric was taken from the numbers",
    message="The metric is empty and was taken as “{metric}” from the numbers. Write it, so that nobody has to guess.",
    on=False,
)
def metric_guessed(facts: Facts) -> Hits:
    """Report a key result whose metric is empty, so that baseline and target decided. Runs only when switched on.

    ## Why is this bad?
    A slip in one number would turn an increase into a decrease, and nothing would contradict.

    ## Example
    Metric (empty) | Baseline 120 | Target 150

    ## Use instead
    Metric increase | Baseline 120 | Target 150
    """
    for item, _ in facts.notes("metric_guessed"):
        score = facts.scorecard.scores.get(item.key) if item is not None else None
        if isinstance(item, KeyResult | Kpi) and score is not None and score.metric is not None:
            yield Hit(place(item.metric, item), item.key, {"metric": score.metric})


@rule(
    "RO222",
    "log-differs",
    Severity.HINT,
    title="The row and the check-in log differ",
    message=(
        "Row and check-in log differ: {used} in {used_at} counts, {other} in {other_at} does not. Update one of them."
    ),
)
def log_differs(facts: Facts) -> Hits:
    """Report a key result whose Current differs from the newest row of the check-in log.

    The later of the two counts; a Current without a check-in date gives way to the log.

    ## Why is this bad?
    People read one number in the row and another in the report.

    ## Example
    Current | 120, and in the log on 05/11: 131

    ## Use instead
    Keep the numbers in one place: in the log, or in Current with its check-in date.
    """
    for item, params in facts.notes("log_differs_from_row"):
        # A value that cannot be read has a finding of its own (RO201).
        if isinstance(item, KeyResult) and params["used"] is not None and params["other"] is not None:
            percent = isinstance(item.current.value, Quantity) and item.current.value.percent
            told = {name: _as_percent(params[name]) if percent else params[name] for name in ("used", "other")}
            yield Hit(place(item.current, item), item.key, {**params, **told})


def _as_percent(value: object) -> object:
    return Share(value) if isinstance(value, float) else value


@rule(
    "RO244",
    "bound-only-hit",
    Severity.HINT,
    title="A value lies exactly on its bound, which scores 0 here",
    message=(
        "The value is exactly the target, {target}. By {profile} a bound is strict, so that this scores 0. Go beyond "
        "it, or set the target where reaching it is enough."
    ),
)
def bound_only_hit(facts: Facts) -> Hits:
    """Report a value that lies exactly on the bound of "at least", "at most" or "between", by a profile that is strict.

    Only profiles with strict bounds, such as quantive@1, ask for more than the bound itself.

    ## Why is this bad?
    Everybody believes that the goal is reached, and its score is 0.

    ## Example
    Metric | at least
    Target | 95%
    Current | 95%

    ## Use instead
    Metric | at least
    Target | 94.9%
    Current | 95%
    """
    card = facts.scorecard
    for item, _ in facts.notes("bound_hit"):
        if isinstance(item, KeyResult | Kpi):
            profile = card.kpi_profile if isinstance(item, Kpi) else card.profile
            yield Hit(place(item.target, item), item.key, {"target": shown(item.target), "profile": profile})
