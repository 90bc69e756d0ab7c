"""Who stopped updating: the items under way whose last update lies further back than their own rhythm allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sheetsync.model import Goals, KeyResult, Kpi
from sheetsync.record import NamedTuple
from sheetsync.results import Scorecard, Status
from sheetsync.scoring.patience import days_away, leave_of
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.season import Season, away_of, patience_of, season_of

UNDER_WAY = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})


class Stale(NamedTuple):
    """An item that nobody updated.

    ``since`` is the day of its last update, ``days`` how many passed since then, or since it began where that is later,
    on which its owner was there. ``owner`` is who stands beside it, else beside its objective.
    """

    item: KeyResult | Kpi
    since: date
    days: int
    owner: str | None = None


def stale_items(goals: Goals, scorecard: Scorecard, profile: Profile, today: date) -> Iterator[Stale]:
    """Give the items that nobody updated for longer than ``profile`` allows, in the order of their rows.

    A key result is due by its own rhythm where it has a recurring target, a KPI by its frequency; days on which the
    owner is on leave do not count. Nothing where the profile does not mind neglect; KPIs only where history is kept and
    their own profile minds it.
    """
    yield from stale_key_results(goals, scorecard, profile, today)
    leave = leave_of(goals.people)
    for item in goals.kpis:
        score = scorecard.scores.get(item.key)
        since = score.reason.params.get("since") if score and score.reason.code == "kpi_neglected" else None
        if isinstance(since, date):
            named = (item.owner.value,) if item.owner.value else ()
            days = (today - since).days - days_away(named, leave, since, today)
            yield Stale(item, since, days, item.owner.value)


def stale_key_results(goals: Goals, scorecard: Scorecard, profile: Profile, today: date) -> Iterator[Stale]:
    """Give the key results among them."""
    if profile.status.neglect_days is None:
        return
    latest = today - timedelta(days=profile.status.neglect_days)
    season: Season | None = None
    for item in goals.key_results:
        score = scorecard.scores.get(item.key)
        if score is None or score.last_update is None or score.status not in UNDER_WAY:
            continue
        # A goal that has just begun may hold the last value of the cycle before.
        since = max(score.last_update, score.start) if isinstance(score.start, date) else score.last_update
        # Nobody could enter a newer value than the last period of a KPI that gives it.
        if item.key in scorecard.taken or since >= latest:
            continue
        season = season or season_of(goals, profile, today)
        days = (today - since).days - away_of(item, since, season)
        if days > (patience_of(item, season) or 0):
            parent = season.objectives.get(item.objective or "")
            yield Stale(item, score.last_update, days, item.owner.value or (parent.owner.value if parent else None))
