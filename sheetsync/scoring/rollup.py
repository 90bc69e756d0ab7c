"""An objective from its key results, and from the objectives that contribute to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sheetsync.model import KeyResult, Objective
from sheetsync.results import NotScored, Reason, Score, Status
from sheetsync.scoring.metrics.registry import Expects
from sheetsync.scoring.profile import SLACK
from sheetsync.scoring.season import Season, frame_between
from sheetsync.scoring.status import Position, Ruling, judge


class Part(NamedTuple):
    """One thing that counts in an objective: a key result, or a contributing objective.

    ``weight`` is None where it never counts (a negative weight). ``lasting`` is True where what it reached stays
    reached, ``valued`` where somebody gave a value.
    """

    name: str
    weight: float | None
    score: Score
    lasting: bool
    valued: bool


class Rolled(NamedTuple):
    """The weighted means of an objective's parts, or the reason why it has none."""

    progress: float | None
    score: float | None
    expected: float | None
    problem: NotScored | None


def roll_up(parts: Sequence[Part], season: Season) -> Rolled:
    """Give the weighted means of progress (each part clamped), score, and expected, over the scored weight."""
    profile = season.profile
    if not parts:
        return Rolled(None, None, None, NotScored.NO_KEY_RESULT)
    total = held = progress = score = expected = 0.0
    paced = True
    for _, weight, part, _, _ in parts:
        if weight is None:
            continue
        total += weight
        if part.not_scored is not None or part.progress is None or part.score is None:
            continue
        held += weight
        progress += weight * profile.clamp_child(part.progress)
        score += weight * part.score
        if part.expected is None:
            paced = False
        else:
            expected += weight * part.expected
    if held <= 0 or held / total < profile.least_scored - SLACK:
        return Rolled(None, None, None, NotScored.TOO_FEW_SCORED)
    return Rolled(progress / held, score / held, expected / held if paced else None, None)


def score_objective(objective: Objective, parts: Sequence[Part], season: Season, *, judges_neglect: bool) -> Score:
    """Give the score of an objective from its parts, which are scored already."""
    own = [part for part in parts if part.score.kind == "key_result"]
    counting = [part for part in parts if part.weight is not None and part.score.not_scored is None]
    rolled = roll_up(parts, season)
    start, due = _dates(objective, parts, season)
    updated = max((part.score.last_update for part in parts if part.score.last_update is not None), default=None)
    counted = sum(1 for part in own if part.score.not_scored is None)
    if rolled.progress is None or rolled.score is None:
        problem = rolled.problem or NotScored.TOO_FEW_SCORED
        params = {"scored": counted, "total": len(own)}
        status, reason = Status.NOT_SCORED, Reason(problem.value, params)
    else:
        position = Position(
            progress=rolled.progress,
            score=rolled.score,
            expected=rolled.expected,
            pace=frame_between(start, due, season).pace,
            start=start,
            due=due,
            pass_mark=pass_mark(objective.commitment.value, season),
            valued=any(part.valued for part in counting),
            cumulative=all(part.lasting for part in counting),
            always=False,
            updated=max(filter(None, (start, updated)), default=None) if judges_neglect else None,
        )
        status, ruling = judge(position, season.profile, season.today)
        reason = _reason(position, status, ruling, counting, (counted, len(own)))
    return Score(
        key=objective.key,
        kind="objective",
        status=status,
        reason=reason,
        progress=rolled.progress,
        expected=rolled.expected,
        score=rolled.score,
        not_scored=rolled.problem,
        start=start,
        due=due,
        last_update=updated,
        scored=counted,
        total=len(own),
        grade=season.profile.grade(rolled.score) if rolled.score is not None else None,
    )


def pass_mark(commitment: str | None, season: Season) -> float:
    """Give the score that counts as achieved at the due day."""
    return season.profile.pass_marks[commitment or "blank"]


def _dates(objective: Objective, parts: Sequence[Part], season: Season) -> tuple[date | None, date | None]:
    """Give the objective's own dates, its own cycle's, its parts' where it has no row, else the workbook's cycle's."""
    starts = [part.score.start for part in parts if part.score.start is not None]
    dues = [part.score.due for part in parts if part.score.due is not None]
    own, cycle = objective.cycle.value, season.cycle
    start = objective.start.value or (own.start if own else None)
    due = objective.due.value or (own.due if own else None)
    if cycle is not None and objective.own_row:
        return start or cycle.start, due or cycle.due
    return start or min(starts, default=cycle and cycle.start), due or max(dues, default=cycle and cycle.due)


def _reason(
    position: Position, status: Status, ruling: Ruling, counting: Sequence[Part], counted: tuple[int, int]
) -> Reason:
    params: dict[str, Any] = {"progress": position.progress, "expected": position.expected}
    if ruling is Ruling.NOT_STARTED:
        return Reason("starts", {"start": position.start})
    if ruling is Ruling.PAST_DUE:
        code = "passed" if status is Status.ACHIEVED else "missed"
        return Reason(code, {"score": position.score, "mark": position.pass_mark, "due": position.due})
    if ruling is Ruling.REACHED:
        return Reason("reached", params)
    if ruling is Ruling.NO_VALUE:
        return Reason("no_value_late" if status is Status.OFF_TRACK else "no_value", params)
    if ruling is Ruling.NEGLECT:
        return Reason("neglected", {**params, "since": position.updated})
    return _weakest(params, counting, counted)


def _weakest(params: dict[str, Any], counting: Sequence[Part], counted: tuple[int, int]) -> Reason:
    """Name the part that lags most, and how many key results were scored where not all were."""
    code = "objective" if params["expected"] is not None else "objective_progress"
    last = min(counting, key=lambda part: part.score.progress or 0.0)
    params.update(scored=counted[0], total=counted[1], weakest=last.name, weakest_progress=last.score.progress)
    if counted[0] < counted[1]:
        return Reason(code + "_partly", params)
    return Reason(code + "_one" if len(counting) == 1 else code, params)


def part_of(item: KeyResult, score: Score, weight: float | None, *, valued: bool, expects: Expects | None) -> Part:
    """Make the part that a key result is in its objective."""
    return Part(item.id.value or item.title.value or item.key, weight, score, expects is not Expects.ALWAYS, valued)


def part_of_child(child: Objective, score: Score, weight: float, parts: Mapping[str, Sequence[Part]]) -> Part:
    """Make the part that a contributing objective is in the one above it."""
    below = [part for part in parts.get(child.key, ()) if part.score.not_scored is None]
    return Part(
        name=child.id.value or child.title.value or child.key,
        weight=weight,
        score=score,
        lasting=all(part.lasting for part in below),
        valued=any(part.valued for part in below),
    )
