"""What was expected of an item on any day, along the curve by which it is scored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetsync.model import Item, KeyResult, Kpi, Metric, Objective, PerPeriod
from sheetsync.record import NamedTuple
from sheetsync.results import Score, Scorecard
from sheetsync.scoring.feeding import Feed, Structure, feeds_of
from sheetsync.scoring.metrics import METRICS, Expects
from sheetsync.scoring.pace import complete_periods, expected_share
from sheetsync.scoring.profile import Curve, Profile

_STRAIGHT = Curve()
_RATIOS = (Metric.RATIO, Metric.STEPS)


class Paces(NamedTuple):
    """Tells paces of other days from the scores of ``today``; ``profile`` is what they were scored by."""

    structure: Structure
    scorecard: Scorecard
    profile: Profile | None
    today: date

    def on(self, item: Item, day: date) -> float | None:
        """Give the pace of an item on a day by today's dates and weights; None where it has none today.

        On the day of the scores it is what was scored: a key result's by its metric along the profile's curve (a
        straight line without a profile), an objective's the mean of what counts in it by their weights, a KPI's the
        same always. A target for each week or month has none before the first of them is over: nobody is late for it.
        """
        score = self.scorecard.scores.get(item.key)
        if score is None or score.expected is None or isinstance(item, Kpi):
            return None if score is None else score.expected
        if isinstance(item, Objective):
            return self._mean(feeds_of(item, self.structure, self.scorecard, self.profile), day)
        return self._of_key_result(item, score, day)

    def then(self, item: Item | None, remembered: float | None, day: date) -> float | None:
        """Give the pace of an item at the end of a day, of which a pace of that day or an earlier one is remembered.

        A pace moves by itself, so that what was remembered may be older. It holds where today's dates tell nothing of
        the day: of a row that has gone (None), of a KPI, and before the item began.
        """
        score = None if item is None else self.scorecard.scores.get(item.key)
        begun = score is not None and isinstance(score.start, date) and score.start <= day
        if item is None or not begun or remembered is None:
            return remembered
        told = self.on(item, day)
        return remembered if told is None else told

    def _of_key_result(self, item: KeyResult, score: Score, day: date) -> float | None:
        expects = METRICS[score.metric].expects if score.metric is not None else Expects.ALWAYS
        if self._is_early(item, score, day):
            return None
        if expects is Expects.ALWAYS or (item.falls and score.metric in _RATIOS):
            return score.expected
        if not isinstance(score.start, date) or not isinstance(score.due, date):
            return score.expected
        if expects is Expects.AT_DUE:
            return 1.0 if day >= score.due else 0.0
        return self._share(score, day)

    def _is_early(self, item: KeyResult, score: Score, day: date) -> bool:
        """Say whether a day before that of the scores lies in the first period of a target for each period."""
        target, start, due = item.target.value, score.start, score.due
        if not isinstance(target, PerPeriod) or not isinstance(start, date) or not isinstance(due, date):
            return False
        return start <= day < self.today and not complete_periods(start, due, day, target.frequency)

    def _share(self, score: Score, day: date) -> float:
        return expected_share(score.start, score.due, day, self.profile.curve if self.profile else _STRAIGHT)

    def _mean(self, feeds: Iterator[Feed], day: date) -> float | None:
        weights = expected = 0.0
        for feed in feeds:
            if feed.weight is None or feed.score.not_scored is not None or feed.score.progress is None:
                continue
            pace = self._of_foreign(feed.score, day) if feed.item is None else self.on(feed.item, day)
            if pace is None and isinstance(feed.item, KeyResult) and self._is_early(feed.item, feed.score, day):
                continue  # it was not scored then
            if pace is None:
                return None
            weights += feed.weight
            expected += feed.weight * pace
        return expected / weights if weights > 0 else None

    def _of_foreign(self, score: Score, day: date) -> float | None:
        """Give the pace of an objective of another workbook: along its dates, since its parts are not known here."""
        if score.expected is None or day == self.today:
            return score.expected
        dated = isinstance(score.start, date) and isinstance(score.due, date)
        return self._share(score, day) if dated else score.expected
