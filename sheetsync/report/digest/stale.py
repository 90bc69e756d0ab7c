"""Whose value is older than its own rhythm allows, as a reader would see it the day before a check-in."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Frequency, Item, KeyResult, Kpi, Objective, PerPeriod
from sheetsync.record import NamedTuple
from sheetsync.report.digest.source import Source, is_settled, known_of
from sheetsync.results import Score, Status
from sheetsync.scoring.kpis.neglect import stale_since
from sheetsync.scoring.patience import days_away, patience

FRESH_DAYS = 7
"""A key result of the usual weekly rhythm counts as updated where its last update is at most this many days old."""
UNDER_WAY = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.NOT_SCORED)
"""Statuses of key results that somebody should keep up to date, as long as their cycle runs."""


class Lapse(NamedTuple):
    """Since when nobody updated an item (None: never), and for how many days on which its owner was there."""

    since: date | None
    days: int


def lapse_of(item: Item, source: Source) -> Lapse | None:
    """Tell whether nobody updated an item for longer than its own rhythm; None where it is fresh, or nobody must.

    A key result is due every week, or once in the period of its recurring target; a KPI by its frequency, with the
    grace of its profile; days on which the owner is away do not count. An objective is stale where all that is under
    way below it is. Where the workbook tells no day of any update, nothing is stale.
    """
    score = source.scorecard.scores.get(item.key)
    if score is None:
        return None
    if isinstance(item, Objective):
        return _of_objective(item, source)
    if isinstance(item, Kpi):
        return _of_kpi(item, score, source)
    return _of_key_result(item, score, source) if is_asked(item, source) else None


def is_under_way(item: KeyResult, source: Source) -> bool:
    """Say whether a key result has begun, is not reached, and can still be moved."""
    score = source.scorecard.scores.get(item.key)
    return score is not None and score.status in UNDER_WAY and not is_settled(item, source)


def is_asked(item: KeyResult, source: Source) -> bool:
    """Say whether somebody should keep a key result up to date: it is under way, and no KPI gives its value."""
    return item.key not in source.scorecard.taken and is_under_way(item, source)


def _of_key_result(item: KeyResult, score: Score, source: Source) -> Lapse | None:
    known, today = known_of(source), source.today
    if not known.dated:
        return None
    since = score.last_update or score.start
    if not isinstance(since, date):
        return Lapse(None, 0)
    target = item.target.value
    rhythm = target.frequency if isinstance(target, PerPeriod) else Frequency.WEEK
    allowed = patience(FRESH_DAYS, rhythm) or FRESH_DAYS
    days: int = (today - since).days
    owner = known.owner.get(item.key)
    if days > allowed and known.leave and owner:
        days -= days_away((owner,), known.leave, since, today)
    return Lapse(score.last_update, days) if days > allowed else None


def _of_kpi(item: Kpi, score: Score, source: Source) -> Lapse | None:
    minded = source.kpi_profile.status.neglect_days if source.kpi_profile is not None else None
    since = stale_since(item, score, source.goals, source.today, minded, known_of(source).leave)
    return None if since is None else Lapse(since, (source.today - since).days)


def _of_objective(item: Objective, source: Source) -> Lapse | None:
    below = [one for one in known_of(source).structure.under.get(item.key, ()) if is_asked(one, source)]
    lapses = [lapse_of(one, source) for one in below]
    told = [lapse for lapse in lapses if lapse is not None]
    return min(told, key=lambda lapse: lapse.days) if told and len(told) == len(lapses) else None
