"""Tells the trend of every item of a scorecard, and fills in its change and its forecast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sheetsync.model import BOUND_METRICS, Commitment, Goals, Metric
from sheetsync.past import Past, Remembered
from sheetsync.record import NamedTuple
from sheetsync.results import Score, Scorecard
from sheetsync.trends.calibration import MARGIN
from sheetsync.trends.projection import Projection, project
from sheetsync.trends.series import Snapshots, begun_on, counts_since, last_mark, marks_between
from sheetsync.trends.trend import Forecast, Point, Share, Trend

FEWEST = 3
"""Snapshots (of earlier weeks, and today's) without which nothing is forecast."""
LOW, HIGH = 0.1 - MARGIN, 0.9 + MARGIN
"""The interval leaves out a tenth of the cases on either side, once what is not known of other work is taken back."""
PRIORS: Mapping[Commitment | None, float] = {Commitment.COMMITTED: 1.0}
USUAL_END = 0.7
"""What is assumed of the end before anything is seen: a committed goal is reached, another ends where OKRs usually do
(re:Work, "grade OKRs": the sweet spot is 0.6 to 0.7)."""
_FULL = frozenset((Metric.PERCENT_DONE, Metric.MILESTONE, Metric.PER_PERIOD))
"""Metrics of which there is no more than all."""
_UNSEEN = frozenset((Metric.YES_NO,))
_RISING = frozenset((Metric.INCREASE, Metric.DECREASE, Metric.PERCENT_DONE, Metric.MILESTONE))
"""Metrics of which nothing was done on the first day."""
_STEADY = frozenset((Metric.INCREASE, Metric.DECREASE))
_SAME = 1e-9
_WEEK = timedelta(days=7)


class Outlook(NamedTuple):
    """What the trend of one item is made of, beside its score: what is remembered, and the day.

    ``nights`` are the days on which anybody looked, ``prior`` is where such a goal usually ends, ``share`` the curve of
    the cycle, ``since`` the first day that is about it, where that is later than its start.
    """

    past: Remembered
    nights: tuple[date, ...]
    today: date
    prior: float = USUAL_END
    share: Share | None = None
    since: date | None = None


def with_trends(
    scorecard: Scorecard, goals: Goals, past: Past | None, today: date, share: Share | None = None
) -> Scorecard:
    """Give the scorecard with ``change`` and ``forecast`` where the past tells them; the same one without a past.

    Of KPIs whose periods tell no ``trend`` it is filled in too. ``share`` is the curve of the profile
    (``scoring.pace.share_by``); without it time counts evenly. Nothing else of the scores changes.
    """
    if past is None or not past.items:
        return scorecard
    scores = dict(scorecard.scores)
    for trend in trends_of(scorecard, goals, past, today, share):
        ahead = trend.forecast.final if trend.forecast is not None else None
        if trend.change is not None or ahead is not None or trend.direction is not None:
            score = scores[trend.key]
            way = score.trend or trend.direction
            scores[trend.key] = score._replace(change=trend.change, forecast=ahead, trend=way)
    return scorecard._replace(scores=scores)


def trends_of(
    scorecard: Scorecard, goals: Goals, past: Past, today: date, share: Share | None = None
) -> Iterator[Trend]:
    """Tell the trend of every scored item of which anything is remembered, in the order of its rows."""
    commitments = {one.key: one.commitment.value for one in goals.objectives}
    commitments.update(
        (one.key, one.commitment.value or commitments.get(one.objective or "")) for one in goals.key_results
    )
    begun = begun_on(goals.cycle, past, today)
    for key, commitment in commitments.items():
        found, score = past.items.get(key), scorecard.scores.get(key)
        if found is not None and score is not None:
            since = counts_since(score, goals.cycle, begun)
            yield trend_of(score, Outlook(found, past.nights, today, PRIORS.get(commitment, USUAL_END), share, since))
    if goals.kpis:
        from sheetsync.trends.kpis import kpi_trends

        yield from kpi_trends(scorecard, goals, past, today)


def trend_for(
    key: str, scorecard: Scorecard, goals: Goals, past: Past | None, today: date, share: Share | None = None
) -> Trend | None:
    """Tell the trend of one item; None where nothing is remembered of it, or nothing is kept at all."""
    if past is None:
        return None
    return next((trend for trend in trends_of(scorecard, goals, past, today, share) if trend.key == key), None)


def trend_of(score: Score, outlook: Outlook) -> Trend:
    """Tell how one objective or key result moves and where it ends; ``lack`` says why nothing is forecast."""
    snapshots = Snapshots(score, outlook.past, outlook.nights, outlook.since or score.start)
    trend = moved_since(Trend(score.key, due=score.due), score, snapshots, outlook.today)
    lack = _lack(score, outlook.today)
    if lack:
        return trend._replace(lack=lack)
    points, real = _points(score, snapshots, outlook)
    trend = trend._replace(points=points)
    if real < FEWEST:
        return trend._replace(lack="too_few")
    found = project(points, outlook.prior, 1.0 - points[-1].share)
    if found is None:
        return trend._replace(lack="too_few")
    weeks = (points[-1].day - points[0].day).days / 7
    slope = found.seen * (points[-1].share - points[0].share) / weeks if weeks else None
    return trend._replace(slope=slope, forecast=_forecast(score, found, outlook.today))


def moved_since(trend: Trend, score: Score, snapshots: Snapshots, today: date) -> Trend:
    """Tell what changed since the last weekly mark, and since when nothing moves."""
    if score.progress is None:
        return trend
    mark = last_mark(today)
    before = snapshots.progress(mark)
    since = snapshots.moved() if score.progress < 1 - _SAME else None
    return trend._replace(
        mark=mark,
        before=before,
        change=None if before is None else score.progress - before,
        flat_weeks=0 if since is None else (today - since).days // 7,
        flat_since=since,
    )


def _lack(score: Score, today: date) -> str:
    """Say why nothing can be forecast, whatever is remembered; empty where something may be."""
    if score.progress is None or score.not_scored is not None:
        return "not_scored"
    if score.metric in BOUND_METRICS:
        return "bound"
    if score.metric in _UNSEEN:
        return "yes_no"
    if score.start is None or score.due is None or score.due <= score.start:
        return "no_dates"
    if today < score.start:
        return "not_begun"
    return "over" if today >= score.due else ""


def _points(score: Score, snapshots: Snapshots, outlook: Outlook) -> tuple[tuple[Point, ...], int]:
    """Give the snapshots to go by, and how many of them anybody saw: the weekly marks and today.

    On its first day such a goal stood at its baseline, which nobody needs to have seen.
    """
    start, due, today = score.start, score.due, outlook.today
    told = [(mark, snapshots.progress(mark)) for mark in marks_between(start, today)]
    known = [(day, progress) for day, progress in told if progress is not None]
    real = len(known) + 1
    as_of = _as_of(score, snapshots, today)
    known = [(day, progress) for day, progress in known if day < as_of]
    known.append((as_of, score.progress or 0.0))
    if score.metric in _RISING and known[0][0] > start:
        known.insert(0, (start, 0.0))
    points = [Point(day, _share(start, due, day, outlook.share), progress) for day, progress in known]
    return tuple(points), real


def _as_of(score: Score, snapshots: Snapshots, today: date) -> date:
    """Give the day of which today's value tells: that of its last change or update, within a week; else today.

    Most people put values in once a week. What was put in on Friday says where it stood on Friday, and nothing of the
    days since; what nobody has touched for longer stands still.
    """
    told = [day for day in (snapshots.moved(), score.last_update) if day is not None and day <= today]
    last = max(told, default=today)
    return last if today - last <= _WEEK else today


def _share(start: date, due: date, day: date, share: Share | None) -> float:
    if share is not None:
        return share(start, due, day)
    return min(max((day - start).days / (due - start).days, 0.0), 1.0)


def _forecast(score: Score, found: Projection, today: date) -> Forecast:
    final, low, high = (_ended(score, found.at(level)) for level in (0.5, LOW, HIGH))
    reach = [_reached(found.now, end, score.due, today) for end in (final, low, high)]
    return Forecast(
        final=final,
        low=low,
        high=high,
        value=_value(score, final),
        value_low=_value(score, low),
        value_high=_value(score, high),
        reach=reach[0],
        earliest=reach[2],
        latest=reach[1],
        chance=found.chance(),
        rate=found.rate,
        seen=found.seen,
        prior=found.prior,
        weight=found.weight,
    )


def _ended(score: Score, progress: float) -> float:
    """Hold an end in what the metric can say; an objective takes no more of a key result than all of it."""
    if score.metric in _FULL or score.kind == "objective":
        return min(max(progress, 0.0), max(1.0, score.progress or 0.0))
    return progress


def _value(score: Score, progress: float) -> float | None:
    low, high = score.baseline, score.target
    if score.metric not in _STEADY or low is None or high is None:
        return None
    return low + progress * (high - low)


def _reached(now: float, final: float, due: date, today: date) -> date | None:
    """Give the day on which a straight way to ``final`` meets the target; None where it lies too far, or behind."""
    if now >= 1 - _SAME:
        return today
    pace = (final - now) / (due - today).days
    if pace <= 0:
        return None
    days = (1 - now) / pace
    farthest = 2 * (due - today).days
    return today + timedelta(days=round(days)) if days <= farthest else None
