"""Where an item stands: the first rule that applies, and at last neglect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from sheetsync.record import NamedTuple
from sheetsync.results import Status
from sheetsync.scoring.profile import SLACK, Profile, Thresholds


class Ruling(Enum):
    """Which rule decided a status."""

    NOT_STARTED = "not_started"
    PAST_DUE = "past_due"
    REACHED = "reached"
    NO_VALUE = "no_value"
    CONFIDENCE = "confidence"
    NO_CONFIDENCE = "no_confidence"
    BOUND = "bound"
    THRESHOLDS = "thresholds"
    NEGLECT = "neglect"


class Position(NamedTuple):
    """What the rules look at. Shares are fractions.

    ``expected`` is what the metric expects today, ``pace`` the share of the way by the curve alone (both None without
    dates). ``always`` is True for metrics that must hold on every day. ``updated`` is None where neglect cannot be
    judged; otherwise the latest of start and last update. ``confidence`` stands on the profile's scale, and is None
    where none was given or nobody asks for it. ``bound`` is True for a target that holds or breaks. ``away`` are the
    days since the last update on which nobody could have made one, ``patience`` is how many days an item of its rhythm
    may go without one (None: as many as the profile says).
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
    confidence: float | None = None
    bound: bool = False
    away: int = 0
    patience: int | None = None


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
_BROKEN = (Status.AT_RISK, Ruling.BOUND)
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
    status, ruling = _under_way(position, profile)
    if status is _ON_TRACK and _neglected(position, profile, today):
        return _NEGLECTED
    return status, ruling


def _under_way(position: Position, profile: Profile) -> Verdict:
    """Judge what has begun, is not over and not reached, before neglect is looked at."""
    if profile.status.by == "confidence":
        return _by_confidence(position, profile)
    if not position.valued:
        return _EARLY if _is_early(position) else _LATE
    if position.bound and position.progress < 1 and profile.bounds.status == "at_risk":
        return _BROKEN
    return _by_thresholds(position, profile), _THRESHOLDS


def _is_early(position: Position) -> bool:
    return position.expected is not None and position.expected < NO_VALUE_UNTIL - SLACK


def _by_confidence(position: Position, profile: Profile) -> Verdict:
    """Judge by what the owner believes; without it at risk, except a bound that holds, and what has no value yet."""
    if position.confidence is not None:
        return _falling(position.confidence, profile.status), Ruling.CONFIDENCE
    if position.always and position.valued and position.progress >= 1:
        return _ON_TRACK, Ruling.NO_CONFIDENCE
    return _EARLY if not position.valued and _is_early(position) else (_AT_RISK, Ruling.NO_CONFIDENCE)


def _by_thresholds(position: Position, profile: Profile) -> Status:
    rules = profile.status
    if rules.by == "achievement":
        if rules.achieved is not None and position.progress >= rules.achieved - SLACK:
            return Status.ACHIEVED
        return _falling(position.progress, rules)
    if _quiet(position, profile, position.expected):
        return _ON_TRACK
    expected = position.expected or 0.0
    if rules.by == "ratio":
        ratio = position.progress / expected if expected > 0 else 1.0
        return _falling(ratio, rules)
    return _falling(position.progress - expected, rules, -1)


def _quiet(position: Position, profile: Profile, share: float | None) -> bool:
    """Say whether it is too early for "at risk" and "off track"; never for a bound."""
    return not position.always and share is not None and share < profile.status.quiet_before - SLACK


def _falling(value: float, rules: Thresholds, sign: int = 1) -> Status:
    """Compare with the thresholds times ``sign``; what lies on the first of them is at risk where the edge says so."""
    slack = SLACK if rules.edge == "on_track" else -SLACK
    if value >= sign * rules.on_track - slack:
        return _ON_TRACK
    return _AT_RISK if value >= sign * rules.at_risk - SLACK else _OFF_TRACK


_WORST_FIRST = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.ON_TRACK,
    Status.NOT_STARTED,
    Status.ACHIEVED,
)


def weakest(statuses: Sequence[Status]) -> tuple[Status, int]:
    """Give the status of the weakest of scored parts, and its place; the first of several that are alike.

    What was reached beside what has not begun is on track: together they are neither.
    """
    place = min(range(len(statuses)), key=lambda one: _WORST_FIRST.index(statuses[one]))
    found = statuses[place]
    if found is Status.NOT_STARTED and Status.ACHIEVED in statuses:
        return _ON_TRACK, place
    return found, place


def _neglected(position: Position, profile: Profile, today: date) -> bool:
    days = profile.status.neglect_days
    if days is None or position.updated is None or _quiet(position, profile, position.pace):
        return False
    return (today - position.updated).days - position.away > (days if position.patience is None else position.patience)
