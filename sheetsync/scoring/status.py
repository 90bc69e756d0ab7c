"""Where an item stands: the first rule that applies, and at last neglect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import NamedTuple

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


def judge(position: Position, profile: Profile, today: date) -> Verdict:
    """Give the status of a scored item, and the rule that decided it."""
    for rule in _RULES:
        verdict = rule(position, profile, today)
        if verdict is not None:
            return verdict
    status = _by_thresholds(position, profile)
    if status is Status.ON_TRACK and _neglected(position, profile, today):
        return Status.AT_RISK, Ruling.NEGLECT
    return status, Ruling.THRESHOLDS


def _not_started(position: Position, _profile: Profile, today: date) -> Verdict | None:
    if position.start is not None and today < position.start:
        return Status.NOT_STARTED, Ruling.NOT_STARTED
    return None


def _past_due(position: Position, _profile: Profile, today: date) -> Verdict | None:
    if position.due is None or today <= position.due:
        return None
    passed = position.score >= position.pass_mark - SLACK
    return (Status.ACHIEVED if passed else Status.MISSED), Ruling.PAST_DUE


def _reached(position: Position, _profile: Profile, _today: date) -> Verdict | None:
    if position.cumulative and position.progress >= 1 - SLACK:
        return Status.ACHIEVED, Ruling.REACHED
    return None


NO_VALUE_UNTIL = 0.10
"""An item without a value is not started while less than this is expected."""


def _no_value(position: Position, _profile: Profile, _today: date) -> Verdict | None:
    if position.valued:
        return None
    early = position.expected is not None and position.expected < NO_VALUE_UNTIL - SLACK
    return (Status.NOT_STARTED if early else Status.OFF_TRACK), Ruling.NO_VALUE


_RULES: tuple[Callable[[Position, Profile, date], Verdict | None], ...] = (_not_started, _past_due, _reached, _no_value)


def _by_thresholds(position: Position, profile: Profile) -> Status:
    rules = profile.status
    if rules.by == "achievement":
        if rules.achieved is not None and position.progress >= rules.achieved - SLACK:
            return Status.ACHIEVED
        return _falling(position.progress, rules.on_track, rules.at_risk)
    if _quiet(position, profile, position.expected):
        return Status.ON_TRACK
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
        return Status.ON_TRACK
    return Status.AT_RISK if value >= at_risk - SLACK else Status.OFF_TRACK


def _neglected(position: Position, profile: Profile, today: date) -> bool:
    days = profile.status.neglect_days
    if days is None or position.updated is None or _quiet(position, profile, position.pace):
        return False
    return (today - position.updated).days > days
