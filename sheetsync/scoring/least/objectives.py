"""Which one key result would have to move, and to what, to turn its objective green."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sheetsync.model import Goals, KeyResult, Objective, Reading
from sheetsync.results import Score, Scorecard, Status
from sheetsync.scoring.alignment import align
from sheetsync.scoring.card import child_weight
from sheetsync.scoring.gauge import gauge
from sheetsync.scoring.least.key_results import BEHIND, GREEN, Seeker, Statuses, Step, step_of
from sheetsync.scoring.least.subject import Found, least
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.rollup import Part, part_of, part_of_child, part_of_foreign, score_objective
from sheetsync.scoring.season import Season, judges_neglect, season_of

TRIED = 5
"""Key results that are tried, those first that can lift the objective most."""


def least_for_objective(
    goals: Goals, scorecard: Scorecard, profile: Profile, item: Objective, today: date
) -> tuple[Step, ...]:
    """Tell each key result that alone could turn the objective green, by moving to its own target at the most."""
    score = scorecard.scores[item.key]
    if score.not_scored is not None:
        return _unscored(goals, scorecard, item, score)
    if score.status not in BEHIND:
        return ()
    if score.reason.code == "neglected":
        return (Step("update_any", Status.ON_TRACK.value),)
    lift = _Lift(goals, scorecard, item, season_of(goals, profile, today))
    steps = [step for step in map(lift.step, lift.candidates()) if step is not None]
    if score.status is Status.MISSED:
        steps = [replace(step, by=score.due, over=True) for step in steps]
    return tuple(steps) or (Step("together"),)


def _unscored(goals: Goals, scorecard: Scorecard, item: Objective, score: Score) -> tuple[Step, ...]:
    """Tell what is missing in each key result that could not be scored."""
    below = [(one, scorecard.scores[one.key]) for one in goals.key_results if one.objective == item.key]
    missing = [
        Step("not_scored_item", item=one.key, title=one.title.value or "", reason=found.reason)
        for one, found in below
        if found.not_scored is not None
    ]
    return tuple(missing) or (Step("not_scored", reason=score.reason),)


class _Lift:
    """Moves one key result at a time and looks what becomes of the objective."""

    def __init__(self, goals: Goals, scorecard: Scorecard, item: Objective, season: Season) -> None:
        self._goals, self._scores, self._season, self._item = goals, scorecard.scores, season, item
        counting, beyond = season.profile.child_weight > 0, scorecard.beyond
        self._children = align(goals, beyond.cut).children if counting else {}
        self._foreign = beyond.children if counting else {}
        self._below: dict[str, list[KeyResult]] = {}
        for one in goals.key_results:
            self._below.setdefault(one.objective or "", []).append(one)
        self._parts = self._parts_of(item)
        self._judged = self._judges(item.key)

    def candidates(self) -> list[tuple[int, KeyResult]]:
        """Give the key results below their target that count, with their places; those that weigh most first."""
        places = [
            (place, one)
            for place, one in enumerate(self._below.get(self._item.key, ()))
            if self._scores[one.key].not_scored is None and self._parts[place].weight and self._room(one.key) > 0
        ]
        places.sort(key=lambda found: -self._room(found[1].key) * (self._parts[found[0]].weight or 0.0))
        return places[:TRIED]

    def _room(self, key: str) -> float:
        return 1.0 - (self._scores[key].progress or 0.0)

    def step(self, candidate: tuple[int, KeyResult]) -> Step | None:
        """Give what one key result would have to reach, or None where it cannot turn the objective by itself."""
        place, one = candidate
        seeker = Seeker(one, self._season, self._scores[one.key])
        if seeker.logged:
            return None

        def status(reading: Reading) -> Status:
            score, found = seeker.score(reading)
            part = part_of(one, score, self._parts[place].weight, found)
            parts = [*self._parts[:place], part, *self._parts[place + 1 :]]
            return score_objective(self._item, parts, self._season, judges_neglect=self._judged).status

        wanted: Statuses = GREEN
        found: Found | None = least(seeker.subject, lambda reading: status(reading) in wanted, stretch=False)
        if found is None:
            return None
        return replace(step_of(seeker.subject, found, status(found.reading)), item=one.key, title=one.title.value or "")

    def _parts_of(self, objective: Objective) -> list[Part]:
        """Give the parts of an objective as the roll-up takes them: key results, then contributing objectives."""
        season, parts = self._season, list[Part]()
        for one in self._below.get(objective.key, ()):
            score = self._scores[one.key]
            parts.append(part_of(one, score, score.given_weight, gauge(one, objective, season)))
        children, foreign = self._children.get(objective.key, ()), self._foreign.get(objective.key, ())
        each = child_weight(parts, season.profile) if children or foreign else 0.0
        for key in children:
            child = season.objectives[key]
            parts.append(part_of_child(child, self._scores[key], each, {key: self._parts_of(child)}))
        parts += [part_of_foreign(one, each) for one in foreign]
        return parts

    def _judges(self, key: str) -> bool:
        """Say whether neglect of an objective can be judged: by one of its key results, or of an objective below it."""
        if any(judges_neglect(one, self._season) for one in self._below.get(key, ())):
            return True
        if any(one.watched for one in self._foreign.get(key, ())):
            return True
        return any(self._judges(child) for child in self._children.get(key, ()))
