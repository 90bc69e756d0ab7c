"""What all items of one workbook are scored with: the profile, today, the check-in log, the dates of the cycle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sheetsync.model import NOTHING, Cycle, Frequency, Goals, KeyResult, Objective, PerPeriod, Seen
from sheetsync.record import NamedTuple
from sheetsync.scoring.current import Log, read_log
from sheetsync.scoring.pace import Frame, dates_of, expected_share
from sheetsync.scoring.patience import Leave, days_away, leave_of, patience
from sheetsync.scoring.profile import Profile


class Season(NamedTuple):
    """The surroundings of an item.

    ``frames`` remembers the pace of each pair of dates, ``inherited`` that of key results without dates of their own
    by their objective.
    """

    profile: Profile
    today: date
    log: Log
    keeps_log: bool
    cycle: Cycle | None
    objectives: dict[str, Objective]
    frames: dict[tuple[date, date], Frame]
    inherited: dict[str | None, Frame]
    from_kpis: frozenset[str] = frozenset()
    """Key results whose current value a KPI gives; nobody could update them more often, so they are never neglected."""
    seen: Mapping[str, Seen] = NOTHING
    """What history knows of the items."""
    dated: bool = True
    """Whether any table has a place for the date of an update."""
    leave: Leave = NOTHING
    """When people are away, by name and address."""
    owners: Mapping[str, tuple[str, ...]] = NOTHING
    """The owners of the key results below each objective; gathered only where somebody is away."""


def season_of(goals: Goals, profile: Profile, today: date) -> Season:
    """Gather what is the same for all items."""
    return Season(
        profile=profile,
        today=today,
        log=read_log(goals.check_ins, today),
        keeps_log=bool(goals.check_ins) or any(table.kind == "check-ins" for table in goals.tables),
        cycle=goals.cycle,
        objectives={objective.key: objective for objective in goals.objectives},
        frames={},
        inherited={},
        from_kpis=goals.from_kpis,
        seen=goals.seen,
        dated=any("check_in_date" in one.columns or one.kind == "check-ins" for one in goals.tables),
        leave=(leave := leave_of(goals.people)),
        owners=_owners(goals) if leave else NOTHING,
    )


def _owners(goals: Goals) -> dict[str, tuple[str, ...]]:
    """Gather the owners of the key results below each objective."""
    found: dict[str, dict[str, None]] = {}
    for item in goals.key_results:
        if item.objective is not None and item.owner.value:
            found.setdefault(item.objective, {})[item.owner.value] = None
    return {key: tuple(names) for key, names in found.items()}


def frame_of(item: KeyResult, parent: Objective | None, season: Season) -> Frame:
    """Give the dates of a key result, and the share of the way expected by today."""
    if item.start.raw is not None or item.due.raw is not None or item.cycle.raw is not None:
        return frame_between(*dates_of(item, parent, season.cycle), season)
    found = season.inherited.get(item.objective)
    if found is None:
        found = frame_between(*dates_of(item, parent, season.cycle), season)
        season.inherited[item.objective] = found
    return found


def frame_between(start: date | None, due: date | None, season: Season) -> Frame:
    """Give the pace between two dates; None where one is missing or they are in the wrong order."""
    if start is None or due is None or due < start:
        return Frame(start, due, None)
    found = season.frames.get((start, due))
    if found is None:
        pace = expected_share(start, due, season.today, season.profile.curve)
        found = Frame(start, due, pace, start <= season.today <= due)
        season.frames[start, due] = found
    return found


def judges_neglect(item: KeyResult, season: Season) -> bool:
    """Say whether neglect can be judged: by a check-in column or log, columns of weeks that told a date, or history."""
    if item.key in season.from_kpis:
        return False
    return has_date(item, season) or item.key in season.seen


def has_date(item: KeyResult, season: Season) -> bool:
    """Say whether there is a place in the workbook where the date of its update is kept."""
    return season.keeps_log or item.check_in_date.column > 0 or item.check_in_date.value is not None


def watched_since(key: str, start: date | None, updated: date | None, season: Season, *, dated: bool) -> date | None:
    """Give the day from which neglect counts: the latest of start and last update.

    Where nothing but history could tell of an update, it counts from the day on which history began at the earliest.
    """
    seen = season.seen.get(key) if season.seen and not dated else None
    known = [day for day in (start, updated, seen.since if seen is not None else None) if day is not None]
    return max(known, default=None)


def away_of(item: KeyResult | Objective, since: date | None, season: Season) -> int:
    """Count the days since an update on which its owner was away; of an objective without one, all below it."""
    if not season.leave or since is None:
        return 0
    parent = season.objectives.get(item.objective or "") if isinstance(item, KeyResult) else None
    named = item.owner.value or (parent.owner.value if parent is not None else None)
    owners = (named,) if named else season.owners.get(item.key, ())
    return days_away(owners, season.leave, since, season.today)


def patience_of(item: KeyResult, season: Season) -> int | None:
    """Give the days without an update after which a key result is neglected, by its own rhythm where it has one.

    Its rhythm counts only where history is kept, so that no status changes without any; None where neglect is off.
    """
    target = item.target.value
    rhythm = target.frequency if isinstance(target, PerPeriod) and item.key in season.seen else Frequency.WEEK
    return patience(season.profile.status.neglect_days, rhythm)
