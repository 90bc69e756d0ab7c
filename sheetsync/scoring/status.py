"""Where an item stands: the first rule that applies, and at last neglect."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sheetsync.record import NamedTuple
from sheetsync.results import Status
from sheetsync.scoring.profile import SLACK, Profile


class Ruling(Enum):
    """Which rule decided a status."""

    NOT_SCORED = "not_scored"
    NOT_STARTED = "not_started"
    PAST_DUE = "past_due"
    REACHED = "reached"
    NO_VALUE = "no_value"
    THRESHOLDS = "thresholds"
    NEGLECT = "neglect"


class Position(NamedTuple):
    """What the rules look at. Shares are fractions.

    ``expected`` is what the metric expects today, ``pace`` the share of the way by the curve alone (both None without
    dates). ``always`` is True for metrics that must hold on every day. ``updated`` is None where neglect cannot be
    judged; otherwise the latest of start and last update.
    """

    progress: float
    score: float
    expected: float | None
    pace: float | None
    start: date | None
    due: date | None
    pass_mark: float
    valued: bool = True
    cumulative: bool = True
    always: bool = False
    updated: date | None = None


Verdict = tuple[Status, Ruling]


NO_VALUE_UNTIL = 0.10
"""An item without a value is not started while less than this is expected."""

_REACHED = (Status.ACHIEVED, Ruling.REACHED)
_NOT_STARTED = (Status.NOT_STARTED, Ruling.NOT_STARTED)
_PASSED = (Status.ACHIEVED, Ruling.PAST_DUE)
_MISSED = (Status.MISSED, Ruling.PAST_DUE)
_EARLY = (Status.NOT_STARTED, Ruling.NO_VALUE)
_LATE = (Status.OFF_TRACK, Ruling.NO_VALUE)
_NEGLECTED = (Status.AT_RISK, Ruling.NEGLECT)
_ON_TRACK, _AT_RISK, _OFF_TRACK = Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK
_THRESHOLDS = Ruling.THRESHOLDS


def judge(position: Position, profile: Profile, today: date) -> Verdict:
    """Give the status of a scored item, and the rule that decided it: the first that applies, and at last neglect."""
    start, due = position.start, position.due
    if start is not None and today < start:
        return _NOT_STARTED
    if due is not None and today > due:
        return _PASSED if position.score >= position.pass_mark - SLACK else _MISSED
    if position.cumulative and position.progress >= 1 - SLACK:
        return _REACHED
    expected = position.expected
    if not position.valued:
        return _EARLY if expected is not None and expected < NO_VALUE_UNTIL - SLACK else _LATE
    status = _by_thresholds(position, profile)
    if status is _ON_TRACK and _neglected(position, profile, today):
        return _NEGLECTED
    return status, _THRESHOLDS


def _by_thresholds(position: Position, profile: Profile) -> Status:
    rules = profile.status
    if rules.by == "achievement":
        if rules.achieved is not None and position.progress >= rules.achieved - SLACK:
            return Status.ACHIEVED
        return _falling(position.progress, rules.on_track, rules.at_risk)
    if _quiet(position, profile, position.expected):
        return _ON_TRACK
    expected = position.expected or 0.0
    if rules.by == "ratio":
        ratio = position.progress / expected if expected > 0 else 1.0
        return _falling(ratio, rules.on_track, rules.at_risk)
    return _falling(position.progress - expected, -rules.on_track, -rules.at_risk)


def _quiet(position: Position, profile: Profile, share: float | None) -> bool:
    """Say whether it is too early for "at risk" and "off track"; never for a bound."""
    return not position.always and share is not None and share < profile.status.quiet_before - SLACK


def _falling(value: float, on_track: float, at_risk: float) -> Status:
    if value >= on_track - SLACK:
        return _ON_TRACK
    return _AT_RISK if value >= at_risk - SLACK else _OFF_TRACK


def _neglected(position: Position, profile: Profile, today: date) -> bool:
    days = profile.status.neglect_days
    if days is None or position.updated is None or _quiet(position, profile, position.pace):
        return False
    return (today - position.updated).days > days
