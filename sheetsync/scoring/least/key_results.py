"""The least change that would turn an item green: which value, by when; or why no value can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sheetsync.model import Goals, KeyResult, Metric, Objective, Quantity, Reading
from sheetsync.results import Reason, Score, Status
from sheetsync.scoring.card import score_key_result
from sheetsync.scoring.changing import with_current
from sheetsync.scoring.current import entries_of
from sheetsync.scoring.gauge import Gauge, gauge
from sheetsync.scoring.least.subject import Found, Subject, least, subject_of
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.season import Season, season_of

GREEN = frozenset((Status.ON_TRACK, Status.ACHIEVED))
BEHIND = frozenset((Status.AT_RISK, Status.OFF_TRACK, Status.MISSED))

Statuses = frozenset[Status]


@dataclass(frozen=True, slots=True)
class Step:
    """One change that would turn an item green, or the reason why there is none; ``code`` is ``explain.least.<code>``.

    ``value`` turns it and a hair less does not; ``shown`` is the same as a person is told it, rounded to the safe side.
    ``status`` is what it then has, ``by`` the last day for it (None: today), ``over`` says that this day has passed.
    ``item`` is the key result that would have to move, where that is another than the one explained; ``names`` are the
    milestones to finish.
    """

    code: str
    status: str = ""
    value: float | None = None
    shown: float | None = None
    now: float | None = None
    percent: bool = False
    unit: str = ""
    by: date | None = None
    over: bool = False
    item: str | None = None
    title: str = ""
    names: tuple[str, ...] = ()
    reason: Reason | None = None


def least_for_key_result(
    goals: Goals, profile: Profile, item: KeyResult, score: Score, today: date
) -> tuple[Step, ...]:
    """Tell what would turn a key result green today, and what it needs to be achieved at its due day.

    Nothing is told of what is green, or has not begun; of what is not scored, only what is missing.
    """
    if score.not_scored is not None:
        return (Step("not_scored", reason=score.reason),)
    if score.status not in BEHIND:
        return ()
    season = season_of(goals, profile, today)
    if score.reason.code == "neglected":
        steps = [Step("update", Status.ON_TRACK.value)]
    else:
        steps = Seeker(item, season, score).steps(GREEN)
    if profile.status.by == "confidence" and score.status is not Status.MISSED:
        steps.insert(0, _confidence(profile, score))
    if score.status is Status.MISSED:
        return tuple(replace(step, by=score.due, over=True) for step in steps)
    if score.due is not None:
        later = Seeker(item, season_of(goals, profile, score.due + timedelta(days=1)), score)
        final = later.steps(frozenset((Status.ACHIEVED,)), by=score.due)
        steps += [step for step in final if step.code != "impossible" and not _told(step, steps)]
    return tuple(steps)


def _confidence(profile: Profile, score: Score) -> Step:
    """Tell from which confidence on it is on track."""
    mark, stated = profile.status.on_track, score.reason.params.get("confidence")
    code = "confidence" if profile.status.edge == "on_track" else "confidence_over"
    return Step(code, Status.ON_TRACK.value, value=mark, shown=mark, now=stated)


def _told(step: Step, steps: Sequence[Step]) -> bool:
    return any((one.code, one.shown, one.names) == (step.code, step.shown, step.names) for one in steps)


class Seeker:
    """Looks for the least change of one key result's current value that gives it one of some statuses."""

    def __init__(self, item: KeyResult, season: Season, score: Score) -> None:
        """Take the key result, its surroundings on the day to be judged, and its score of today."""
        self._item, self._season = item, season
        self._parent: Objective | None = season.objectives.get(item.objective or "")
        self._weight = (score.given_weight, score.weight)
        self._found = gauge(item, self._parent, season)
        self.subject = subject_of(
            self._found.metric,
            self._found.source.value,
            item.target.value,
            item.baseline.value,
            self._found.outcome,
            item.unit.value or "",
        )

    @property
    def logged(self) -> bool:
        """Whether its value is what its check-ins of each period add up to, so that no one number stands for it."""
        return self._found.metric is Metric.PER_PERIOD and bool(entries_of(self._item, self._season.log))

    def score(self, reading: Reading) -> tuple[Score, Gauge]:
        """Score it as if that value had been put in on the day."""
        item, season = with_current(self._item, reading, self._season)
        found = gauge(item, self._parent, season)
        return score_key_result(item, found, self._weight, self._parent, season), found

    def steps(self, wanted: Statuses, by: date | None = None) -> list[Step]:
        """Give the least change after which it has one of the statuses, or why there is none."""
        if self.logged:
            return [Step("periods", by=by)]
        found = least(self.subject, lambda reading: self.score(reading)[0].status in wanted)
        if found is None:
            return [Step("impossible", by=by)]
        return [step_of(self.subject, found, self.score(found.reading)[0].status, by)]


def step_of(subject: Subject, found: Found, status: Status, by: date | None = None) -> Step:
    """Make the step that tells a reading."""
    current = subject.current
    number = found.reading.number if isinstance(found.reading, Quantity) else None
    return Step(
        code=found.code,
        status=status.value,
        value=number,
        shown=found.turn.shown if found.turn is not None else number,
        now=current.number if isinstance(current, Quantity) else None,
        percent=isinstance(found.reading, Quantity) and found.reading.percent,
        unit=subject.unit_told,
        by=by,
        names=found.names,
    )
