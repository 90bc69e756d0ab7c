"""KPIs for which nobody gave a newer actual, by their own frequency; only history makes that a reason for a status."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Frequency, Goals, Kpi
from sheetsync.results import Reason, Score, Status
from sheetsync.scoring.patience import Leave, days_away, grace, leave_of, patience
from sheetsync.scoring.profile import Profile

USUAL_DAYS = 14
"""The days without an update where the profile says nothing of neglect."""


def neglect_kpis(goals: Goals, profile: Profile, today: date, scores: dict[str, Score]) -> None:
    """Turn KPIs on track that nobody updated into at risk, where the profile minds neglect and history is kept."""
    if not goals.seen or profile.status.neglect_days is None:
        return
    leave = leave_of(goals.people)
    for item in goals.kpis:
        score = scores[item.key]
        if score.status is not Status.ON_TRACK or item.key not in goals.seen:
            continue
        since = stale_since(item, score, goals, today, profile.status.neglect_days, leave)
        if since is not None:
            reason = Reason("kpi_neglected", {"progress": score.progress, "since": since})
            scores[item.key] = score._replace(status=Status.AT_RISK, reason=reason)


def stale_since(
    item: Kpi, score: Score, goals: Goals, today: date, days: int | None, leave: Leave | None = None
) -> date | None:
    """Give the day of the last actual of a KPI that is overdue by its own frequency; None where it is not.

    That is the end of the last period that has one (a month's actual may come as late as the profile's grace allows),
    or, without periods, the last change that history saw. ``days`` are the profile's, None for the usual ones.
    """
    seen = goals.seen.get(item.key)
    since = score.due or (seen.changed or seen.since if seen is not None else None)
    if since is None:
        return None
    allowed = patience(_minded(days), rhythm_of(item, score)) or 0
    named = (item.owner.value,) if item.owner.value else ()
    away = days_away(named, leave_of(goals.people) if leave is None else leave, since, today)
    return since if (today - since).days - away > allowed else None


def grace_of(days: int | None) -> int:
    """Give the days after the end of a period within which nobody waits for its actual; ``days`` as above."""
    return grace(_minded(days))


def _minded(days: int | None) -> int:
    return USUAL_DAYS if days is None else days


def rhythm_of(item: Kpi, score: Score) -> Frequency:
    """Give how often a KPI is measured: as it says, else as its periods are, else monthly."""
    if item.frequency.value is not None:
        return item.frequency.value
    ends = {value.period.end: value.period.frequency for value in item.periods}
    if score.due in ends:
        return ends[score.due]
    return item.period.value.frequency if item.period.value is not None else Frequency.MONTH
