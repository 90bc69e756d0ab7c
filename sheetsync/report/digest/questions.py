"""The one question that helps most with an item. What the sheet asks for is never replaced by advice."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.model import Item, KeyResult, Kpi
from sheetsync.report.digest.cells import raw_of, text_of
from sheetsync.report.digest.source import Source, is_settled
from sheetsync.report.digest.stale import lapse_of
from sheetsync.results import NotScored, Score, Status
from sheetsync.workbook import Cell

GOOD = (Status.ACHIEVED, Status.ON_TRACK)
BAD = {Status.OFF_TRACK: 0, Status.MISSED: 1, Status.AT_RISK: 2}
"""Statuses that need a decision, the gravest first."""
FALLS = 0.005
"""Half a point: what loses less looks unmoved, rounded to whole percent."""
FLAT_WEEKS = 2
"""Whole weeks without any movement after which somebody should ask."""
_UNREADABLE = {
    NotScored.UNREADABLE_CURRENT: "current",
    NotScored.UNREADABLE_TARGET: "target",
    NotScored.UNREADABLE_BASELINE: "baseline",
}


def question_of(item: Item, source: Source) -> dict[str, Any] | None:
    """Give a code and its params; None where there is nothing to ask. The first that fits, the most concrete first.

    ``not_readable`` {raw, concept}: the cell says something that is no value. ``blocked`` {}: a blocker stands there.
    ``stale`` {since, days}: nobody updated it; ``since`` is None where there is no value yet. ``falling`` {change}: it
    lost at least half a point since the last weekly mark. ``flat_weeks`` {weeks, since}: nothing moved for so many
    whole weeks. ``target_far`` {gap, final}: it is not on pace; ``final`` is where it will end as forecast, None where
    nothing is.

    Of a goal whose cycle has ended only what cannot be read is asked: that keeps it from its final grade.
    """
    score = source.scorecard.scores.get(item.key)
    if score is None:
        return None
    trend = source.trends.get(item.key)
    unreadable = unreadable_cell(item, score)
    if unreadable is not None:
        concept, cell = unreadable
        return _asked("not_readable", raw=raw_of(cell), concept=concept)
    if is_settled(item, source):
        return None
    if not isinstance(item, Kpi) and text_of(item.blocker) is not None and score.status is not Status.ACHIEVED:
        return _asked("blocked")
    lapse = lapse_of(item, source)
    if lapse is not None:
        return _asked("stale", since=lapse.since, days=lapse.days)
    if isinstance(item, KeyResult) and score.current is None and score.status in BAD:
        return _asked("stale", since=None, days=_days_of(score, source))
    if score.change is not None and score.change <= -FALLS and score.status not in GOOD:
        return _asked("falling", change=score.change)
    if trend is not None and trend.flat_weeks >= FLAT_WEEKS and score.status in BAD:
        return _asked("flat_weeks", weeks=trend.flat_weeks, since=trend.flat_since)
    if score.status in BAD and score.expected is not None:
        return _asked("target_far", gap=score.expected - (score.progress or 0.0), final=score.forecast)
    return None


def _days_of(score: Score, source: Source) -> int:
    """Give how many days an item has been under way."""
    return (source.today - score.start).days if isinstance(score.start, date) else 0


def unreadable_cell(item: Item, score: Score) -> tuple[str, Cell[Any]] | None:
    """Give the cell for which an item cannot be scored, with its concept; None where it can be read."""
    concept = _UNREADABLE.get(score.not_scored) if score.not_scored is not None else None
    if concept is None or not isinstance(item, KeyResult | Kpi):
        return None
    own: Cell[Any] = getattr(item, "actual" if isinstance(item, Kpi) and concept == "current" else concept)
    if own.unreadable:
        return concept, own
    if isinstance(item, Kpi) and concept in ("current", "target"):
        name = "actual" if concept == "current" else "target"
        found = next((cell for one in item.periods if (cell := getattr(one, name)).unreadable), None)
        return None if found is None else (concept, found)
    source = score.source
    return (concept, source) if source is not None and source.unreadable else None


def _asked(code: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "params": params}
