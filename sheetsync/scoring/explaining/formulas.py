"""Which formula an outcome came from, as a key of the locale and the numbers that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetsync.model import BOUND_METRICS, Direction, Metric
from sheetsync.scoring.metrics import Outcome
from sheetsync.scoring.metrics.bounds import BOUND_HIT
from sheetsync.scoring.profile_options import BoundRules

Formula = tuple[str | None, Mapping[str, Any]]


def formula_of(
    metric: Metric | None,
    outcome: Outcome,
    *,
    falls: bool,
    direction: Direction | None = None,
    bounds: BoundRules = BoundRules(),  # noqa: B008 - a record that nobody can change
) -> Formula:
    """Give the formula's key (``explain.formula.<key>``) and its numbers; no key where nothing was computed."""
    numbers = {
        "baseline": outcome.baseline,
        "target": outcome.target,
        "current": outcome.current,
        "progress": outcome.progress,
    }
    if metric is None or outcome.progress is None:
        return None, numbers
    if not outcome.valued:
        return "no_value", numbers
    if metric in BOUND_METRICS:
        return _of_bounds(outcome, bounds), numbers
    return _key(metric, outcome, falls=falls, direction=direction), numbers


def _of_bounds(outcome: Outcome, bounds: BoundRules) -> str:
    if outcome.progress == 1:
        return "inside"
    if any(note.code == BOUND_HIT for note in outcome.notes):
        return "on_bound"
    if outcome.progress:
        return "linear"
    return "outside_nothing" if bounds.outside == "nothing" else "outside"


def _key(metric: Metric, outcome: Outcome, *, falls: bool, direction: Direction | None) -> str:
    if metric in (Metric.RATIO, Metric.STEPS):
        return _ratio(metric, outcome, falls=falls, direction=direction)
    if metric in (Metric.MILESTONE, Metric.YES_NO, Metric.PER_PERIOD):
        return metric.value
    return "linear"


def _ratio(metric: Metric, outcome: Outcome, *, falls: bool, direction: Direction | None) -> str:
    if direction is Direction.RANGE:
        return "inside" if outcome.progress == 1 else "range"
    if outcome.baseline is not None:
        return "linear"
    lower = direction is Direction.LOWER or (direction is None and falls)
    if metric is Metric.STEPS:
        return "steps_lower" if lower else "steps"
    if not lower:
        return "ratio"
    if outcome.target == 0:
        return "none_allowed"
    return "ratio_lower" if outcome.current is not None and outcome.current > 0 else "ratio_cap"
