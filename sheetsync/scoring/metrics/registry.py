"""What a metric is: one decorated function that turns the terms of an item into an outcome.

The register also feeds dropdowns and the manual: each entry has its name and its function's docstring.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from sheetsync.model import Direction, Metric, Quantity, Reading, Target
from sheetsync.record import NamedTuple
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.profile import Profile


class Terms(NamedTuple):
    """What goes into a metric's formula. Blank cells are None; unreadable ones never come here.

    ``falls`` says that words of the item mean "less is better", ``direction`` is a KPI's. ``actuals`` are the sums of
    the complete periods of a per-period target, or None where there is no log.
    """

    baseline: Quantity | None
    target: Target | None
    current: Reading | None
    profile: Profile
    falls: bool = False
    direction: Direction | None = None
    actuals: tuple[float, ...] | None = None


class Outcome(NamedTuple):
    """What a metric found: progress, or the reason why there is none, with the numbers that were used.

    ``target`` of a range is its nearest bound. ``valued`` is False where no current value was given (progress is 0).
    """

    progress: float | None
    problem: NotScored | None = None
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    valued: bool = True
    notes: tuple[Reason, ...] = ()


class Expects(Enum):
    """What is expected of a metric on the way to its due day."""

    PACE = "pace"
    """The share of the way that the curve gives for today; what was reached stays reached (cumulative)."""
    ALWAYS = "always"
    """All of it, on every day: it holds or it does not, and can be lost again."""
    AT_DUE = "at_due"
    """Nothing until the due day, then all of it (cumulative)."""


Measure = Callable[[Terms], Outcome]


class MetricRule(NamedTuple):
    """One metric: its name, its formula, what it expects, and which cells it reads."""

    metric: Metric
    measure: Measure
    expects: Expects
    reads_baseline: bool
    reads_target: bool
    doc: str


METRICS: dict[Metric, MetricRule] = {}
"""Every metric by its name, in the order of the manual."""


def metric(
    name: Metric, expects: Expects, *, reads_baseline: bool = False, reads_target: bool = True
) -> Callable[[Measure], Measure]:
    """Enter a function into the register under a metric's name."""

    def enter(measure: Measure) -> Measure:
        doc = " ".join((measure.__doc__ or "").split())
        METRICS[name] = MetricRule(name, measure, expects, reads_baseline, reads_target, doc)
        return measure

    return enter


FARTHEST = 1e12
"""Progress beyond this many times the way comes from numbers that do not belong together."""


def usable(progress: float) -> bool:
    """Say whether a progress can be told and added up: finite, and not absurdly large."""
    return -FARTHEST <= progress <= FARTHEST


SLACK = 1e-9
"""What the noise of a division may add to a share."""


def impossible_share(share: float, most: float) -> tuple[Reason, ...]:
    """Note a share of the work that nobody can have done: below none, or above the most that is aimed at."""
    if -SLACK <= share <= most + SLACK:
        return ()
    return (Reason("share_impossible", {"current": share, "most": most}),)


def refused(problem: NotScored, baseline: float | None = None, target: float | None = None) -> Outcome:
    """Give the outcome of an item that cannot be scored."""
    return Outcome(None, problem, baseline, target)
