"""Which metric an item has where its Metric cell is blank."""

from __future__ import annotations

from sheetsync.model import Bounds, Done, Metric, Milestones, PerPeriod, Quantity, Reading, Relative, Target
from sheetsync.record import NamedTuple
from sheetsync.results import NotScored, Reason

METRIC_GUESSED = Reason("metric_guessed", {})


class Choice(NamedTuple):
    """The metric that was chosen, or why none could be; ``guessed`` where the row alone does not say it."""

    metric: Metric | None
    problem: NotScored | None = None
    guessed: bool = False


def choose(target: Target | None, baseline: Quantity | None, current: Reading | None, *, falls: bool) -> Choice:
    """Choose a metric from the kind of the target, and for a number from the sign of target − baseline.

    With neither metric nor baseline it grows from 0, unless a word says that less is better.
    """
    if isinstance(target, Quantity):
        return _by_numbers(target.number, baseline, falls=falls)
    if target is None:
        done = isinstance(current, Done)
        return Choice(Metric.YES_NO, guessed=True) if done else Choice(None, NotScored.NO_TARGET)
    if isinstance(target, Relative):
        return _by_change(target, baseline, falls=falls)
    if isinstance(target, Bounds):
        return Choice(_by_bounds(target))
    return Choice(_BY_KIND[type(target)])


_BY_KIND: dict[type, Metric] = {
    Milestones: Metric.MILESTONE,
    PerPeriod: Metric.PER_PERIOD,
    Done: Metric.YES_NO,
}


def _by_numbers(target: float, baseline: Quantity | None, *, falls: bool) -> Choice:
    if baseline is not None:
        return Choice(Metric.INCREASE if target >= baseline.number else Metric.DECREASE)
    if falls:
        return Choice(None, NotScored.DIRECTION_UNKNOWN)
    return Choice(Metric.INCREASE, guessed=True)


def _by_change(target: Relative, baseline: Quantity | None, *, falls: bool) -> Choice:
    if baseline is None:
        return Choice(None, NotScored.RELATIVE_WITHOUT_BASELINE)
    if target.signed:
        return Choice(Metric.INCREASE if target.change >= 0 else Metric.DECREASE)
    return Choice(Metric.DECREASE) if falls else Choice(None, NotScored.DIRECTION_UNKNOWN)


def _by_bounds(target: Bounds) -> Metric:
    if target.low is not None and target.high is not None:
        return Metric.BETWEEN
    return Metric.AT_LEAST if target.high is None else Metric.AT_MOST
