"""What was expected of an item on any day, along the curve that scoring uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetsync.model import KeyResult, Kpi, Metric, Objective
from sheetsync.report.digest.feeding import Feed, feeds_of
from sheetsync.report.digest.source import Item, Source
from sheetsync.results import Score
from sheetsync.scoring.metrics import METRICS, Expects
from sheetsync.scoring.pace import expected_share
from sheetsync.scoring.profile import Curve

_STRAIGHT = Curve()
_RATIOS = (Metric.RATIO, Metric.STEPS)


def expected_on(item: Item, day: date, source: Source) -> float | None:
    """Give the pace of an item on a day by today's dates and weights; None where it has none today.

    On the day of the scores it is what was scored: a key result's by its metric along the profile's curve (a straight
    line without a profile), an objective's the mean of what counts in it by their weights, a KPI's the same always.
    """
    score = source.scorecard.scores.get(item.key)
    if score is None or score.expected is None or isinstance(item, Kpi):
        return None if score is None else score.expected
    if isinstance(item, Objective):
        return _mean(feeds_of(item, source), day, source)
    return _of_key_result(item, score, day, source)


def _of_key_result(item: KeyResult, score: Score, day: date, source: Source) -> float | None:
    expects = METRICS[score.metric].expects if score.metric is not None else Expects.ALWAYS
    if expects is Expects.ALWAYS or (item.falls and score.metric in _RATIOS):
        return score.expected
    if not isinstance(score.start, date) or not isinstance(score.due, date):
        return score.expected
    if expects is Expects.AT_DUE:
        return 1.0 if day >= score.due else 0.0
    return _share(score, day, source)


def _share(score: Score, day: date, source: Source) -> float:
    return expected_share(score.start, score.due, day, source.profile.curve if source.profile else _STRAIGHT)


def _mean(feeds: Iterator[Feed], day: date, source: Source) -> float | None:
    weights = expected = 0.0
    for feed in feeds:
        if feed.weight is None or feed.score.not_scored is not None or feed.score.progress is None:
            continue
        pace = _of_foreign(feed.score, day, source) if feed.item is None else expected_on(feed.item, day, source)
        if pace is None:
            return None
        weights += feed.weight
        expected += feed.weight * pace
    return expected / weights if weights > 0 else None


def _of_foreign(score: Score, day: date, source: Source) -> float | None:
    """Give the pace of an objective of another workbook: along its dates, since its parts are not known here."""
    if score.expected is None or day == source.today:
        return score.expected
    dated = isinstance(score.start, date) and isinstance(score.due, date)
    return _share(score, day, source) if dated else score.expected
