"""How progress is measured: one decorated function a metric, entered in ``METRICS``."""

from __future__ import annotations

from sheetsync.scoring.metrics import bounds, linear, periodic, ratio, steps_done
from sheetsync.scoring.metrics.registry import METRICS, Expects, MetricRule, Outcome, Terms

__all__ = [
    "METRICS",
    "Expects",
    "MetricRule",
    "Outcome",
    "Terms",
    "bounds",
    "linear",
    "periodic",
    "ratio",
    "steps_done",
]
