"""What all items of one workbook are scored with: the profile, today, the check-in log, the dates of the cycle."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Cycle, Goals, KeyResult, Objective
from sheetsync.record import NamedTuple
from sheetsync.scoring.current import Log, read_log
from sheetsync.scoring.pace import Frame, dates_of, expected_share
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
    )


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
    """Say whether neglect can be judged: there is a check-in column or log, or columns of weeks told a date."""
    if item.key in season.from_kpis:
        return False
    return season.keeps_log or item.check_in_date.column > 0 or item.check_in_date.value is not None
