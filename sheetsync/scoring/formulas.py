"""Which formula an outcome came from, as a key of the locale and the numbers that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetsync.model import Direction, Metric
from sheetsync.scoring.metrics import Outcome

Formula = tuple[str | None, Mapping[str, Any]]

_BOUNDS = (Metric.AT_LEAST, Metric.AT_MOST, Metric.BETWEEN)


def formula_of(metric: Metric | None, outcome: Outcome, *, falls: bool, direction: Direction | None = None) -> Formula:
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
    return _key(metric, outcome, falls=falls, direction=direction), numbers


def _key(metric: Metric, outcome: Outcome, *, falls: bool, direction: Direction | None) -> str:
    if metric in _BOUNDS:
        if outcome.progress == 1:
            return "inside"
        return "linear" if outcome.progress else "outside"
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
