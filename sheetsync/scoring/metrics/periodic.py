"""A target that starts anew in each week or month."""

from __future__ import annotations

from sheetsync.adding import added
from sheetsync.model import Metric, PerPeriod, Quantity
from sheetsync.results import NotScored
from sheetsync.scoring.metrics.registry import Expects, Outcome, Terms, metric, refused, usable


@metric(Metric.PER_PERIOD, Expects.ALWAYS)
def per_period(terms: Terms) -> Outcome:
    """Meet a target for each week or month: the mean over complete periods of actual / target, at most 1 each."""
    target = terms.target
    if not isinstance(target, PerPeriod):
        return refused(NotScored.NO_TARGET if target is None else NotScored.WRONG_TARGET_KIND)
    if target.number <= 0:
        return refused(NotScored.TARGET_NOT_POSITIVE, None, target.number)
    if terms.actuals is None:
        return _typed_mean(terms, target.number)
    if not terms.actuals:
        return refused(NotScored.NO_PERIOD, None, target.number)
    count = len(terms.actuals)
    progress = added(min(actual / target.number, 1.0) for actual in terms.actuals) / count
    if not usable(progress):
        return refused(NotScored.OUT_OF_RANGE, None, target.number)
    return Outcome(progress, None, None, target.number, added(terms.actuals) / count)


def _typed_mean(terms: Terms, target: float) -> Outcome:
    """Without a log, the typed current value is the mean of a period."""
    if terms.current is None:
        return Outcome(0.0, None, None, target, None, False)
    if not isinstance(terms.current, Quantity):
        return refused(NotScored.WRONG_CURRENT_KIND, None, target)
    mean = terms.current.number
    progress = min(mean / target, 1.0)
    return Outcome(progress, None, None, target, mean) if usable(progress) else refused(NotScored.OUT_OF_RANGE)
