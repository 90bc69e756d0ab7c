"""What somebody could put in as the current value of one thing that is measured, and the least of it that does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from math import isfinite

from sheetsync.adding import added
from sheetsync.model import Bounds, Done, Metric, Milestones, Quantity, Reading, Target
from sheetsync.record import NamedTuple
from sheetsync.scoring.least.turning import Turn, turn
from sheetsync.scoring.metrics import Outcome

Holds = Callable[[Reading], bool]

_MOST = 1_000_000
"""More milestones than this are none that anybody counts."""


class Subject(NamedTuple):
    """What a current value is held against. ``aim`` is the number that the formula reached for."""

    metric: Metric | None
    current: Reading | None
    target: Target | None
    baseline: Quantity | None
    aim: float | None
    unit: str = ""

    @property
    def unit_told(self) -> str:
        """The unit of the row, else the one that stands beside the target."""
        return self.unit or (isinstance(self.target, Quantity) and self.target.unit) or ""

    @property
    def percent(self) -> bool:
        """Whether a current value is a percentage."""
        if isinstance(self.current, Quantity):
            return self.current.percent
        if _is_share(self.metric, self.target):
            return True
        return isinstance(self.target, Quantity | Bounds) and self.target.percent

    @property
    def start(self) -> float:
        """Where it stands: the current value, else the baseline, else 0."""
        if isinstance(self.current, Quantity):
            return self.current.number
        if isinstance(self.current, Done):
            return float(self.current.yes)
        return self.baseline.number if self.baseline is not None else 0.0


def subject_of(
    metric: Metric | None,
    current: Reading | None,
    target: Target | None,
    baseline: Quantity | None,
    outcome: Outcome,
    unit: str,
) -> Subject:
    """Give what a current value is held against; a share of the work is a percentage, also where 20 was typed."""
    if _is_share(metric, target):
        # A lone number up to 1 would be read as a share and one above it as percent, so that 1 were more than 20.
        if isinstance(current, Quantity) and outcome.current is not None:
            current = Quantity(outcome.current, True)
        if baseline is not None and outcome.baseline is not None:
            baseline = Quantity(outcome.baseline, True)
    return Subject(metric, current, target, baseline, outcome.target, unit)


def _is_share(metric: Metric | None, target: Target | None) -> bool:
    """Say whether a share of the work is asked for, and no plain number such as 100 says on which scale."""
    if metric is not Metric.PERCENT_DONE:
        return False
    return target.percent if isinstance(target, Quantity) else target is None or isinstance(target, Done)


class Found(NamedTuple):
    """The least reading. ``code`` says how it is told, ``names`` are the milestones that are still to be finished."""

    code: str
    reading: Reading
    turn: Turn | None = None
    names: tuple[str, ...] = ()


def least(subject: Subject, holds: Holds, *, stretch: bool = True) -> Found | None:
    """Give the least reading for which something holds; without ``stretch`` none that goes beyond the target."""
    if subject.metric is Metric.YES_NO:
        done = Done(subject.target.yes if isinstance(subject.target, Done) else True)
        return Found("done", done) if holds(done) else None
    shared = isinstance(subject.current, Quantity) and subject.current.percent
    if subject.metric is Metric.MILESTONE and not shared:
        return _milestones(subject, holds)
    return _number(subject, holds, stretch=stretch)


def _number(subject: Subject, holds: Holds, *, stretch: bool) -> Found | None:
    start, percent = subject.start, subject.percent

    def enough(number: float) -> bool:
        return holds(Quantity(number, percent))

    if subject.current is None and enough(start):
        return Found("enter", Quantity(start, percent))
    for goal in _goals(subject, start, stretch=stretch):
        found = turn(enough, start, goal)
        if found is not None:
            code = ("rise" if goal > start else "fall") + ("_beyond" if found.beyond else "")
            return Found(code, Quantity(found.value, percent), found)
    return None


def _goals(subject: Subject, start: float, *, stretch: bool) -> list[float]:
    """Give the values that ought to do: target or nearest bound, all of it, and last what lies behind the target."""
    target, goals = subject.target, list[float]()
    if isinstance(target, Quantity):
        goals.append(target.number)
    if isinstance(target, Bounds):
        ends = sorted((end for end in (target.low, target.high) if end is not None), key=lambda end: abs(end - start))
        goals += [*ends, *([added(ends) / 2] if len(ends) == 2 else [])]
    if subject.aim is not None:
        goals.append(subject.aim)
    if subject.metric in (Metric.PERCENT_DONE, Metric.MILESTONE):
        goals += [1.0, 100.0]
    if stretch:
        goals += [goal + (goal - start or abs(goal) or 1.0) for goal in goals[:2]]
    return [goal for goal in dict.fromkeys(goals) if isfinite(goal)]


def _milestones(subject: Subject, holds: Holds) -> Found | None:
    """Give the fewest milestones: by name the weightiest that are still open, else the first so many."""
    target, current = subject.target, subject.current
    if isinstance(target, Milestones) and (current is None or isinstance(current, Milestones)):
        return _named(target, current, holds)
    count = len(target.names) if isinstance(target, Milestones) else 0.0
    count = target.number if isinstance(target, Quantity) else count
    first = int(current.number) + 1 if isinstance(current, Quantity) else 1
    numbers = range(max(first, 1), int(min(count, _MOST)) + 1)
    # By halving: somebody may have written an amount where a number of milestones belongs.
    place = bisect_left(numbers, True, key=lambda number: holds(Quantity(float(number))))
    return Found("milestones", Quantity(float(numbers[place]))) if place < len(numbers) else None


def _named(target: Milestones, current: Milestones | None, holds: Holds) -> Found | None:
    done = list(current.names) if current is not None else []
    weights = dict(zip(target.names, target.weights, strict=False))
    left = sorted((name for name in target.names if name not in done), key=lambda name: -weights.get(name, 1.0))
    for count in range(1, len(left) + 1):
        reached = Milestones((*done, *left[:count]))
        if holds(reached):
            return Found("finish", reached, None, tuple(left[:count]))
    return None
