"""Who stopped updating: the key results under way whose last update lies further back than their own rhythm allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sheetsync.model import Goals, KeyResult
from sheetsync.record import NamedTuple
from sheetsync.results import Scorecard, Status
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.season import Season, away_of, patience_of, season_of

UNDER_WAY = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})


class Stale(NamedTuple):
    """A key result that nobody updated since the day ``since``, that of its last update."""

    item: KeyResult
    since: date


def stale_key_results(goals: Goals, scorecard: Scorecard, profile: Profile, today: date) -> Iterator[Stale]:
    """Give the key results that nobody updated for longer than ``profile`` allows, in the order of their rows.

    Each is due by its own rhythm where it has a recurring target; days on which the owner is on leave do not count.
    Nothing where the profile does not mind neglect.
    """
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
        if (today - since).days - away_of(item, since, season) > (patience_of(item, season) or 0):
            yield Stale(item, score.last_update)
