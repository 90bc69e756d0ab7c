"""An objective from its key results, and from the objectives that contribute to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sheetsync.model import KeyResult, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import Foreign, NotScored, Reason, Score, Status
from sheetsync.scoring.gauge import Gauge
from sheetsync.scoring.metrics import Expects
from sheetsync.scoring.pace import Frame
from sheetsync.scoring.profile import SLACK
from sheetsync.scoring.season import Season, away_of, frame_between, watched_since
from sheetsync.scoring.status import Position, Ruling, judge, weakest


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
    """The weighted means of an objective's parts, or the reason why it has none.

    ``counting`` are the scored parts that carry weight or may; ``scored`` and ``total`` count the key results.
    ``lasting`` says that all of them last, ``valued`` that one of them has a value.
    """

    progress: float | None
    score: float | None
    expected: float | None
    problem: NotScored | None
    counting: Sequence[Part] = ()
    scored: int = 0
    total: int = 0
    lasting: bool = True
    valued: bool = False


_figures = itemgetter(*map(Score._fields.index, ("kind", "progress", "expected", "score", "not_scored")))


def roll_up(parts: Sequence[Part], season: Season) -> Rolled:
    """Give the weighted means of progress (each part clamped), score, and expected, over the scored weight."""
    low, high, clamp = season.profile.rollup_low, season.profile.rollup_high, season.profile.clamp_child
    weights = held = progress = score = expected = 0.0
    paced, scored, own, counting = True, 0, 0, []
    lasting, valued = True, False
    for part in parts:
        _, weight, found, lasts, has_value = part
        kind, reached, pace, points, problem = _figures(found)
        own += kind == "key_result"
        if weight is None:
            continue
        weights += weight
        if problem is not None or reached is None or points is None:
            continue
        counting.append(part)
        scored += kind == "key_result"
        held += weight
        progress += weight * (reached if low < reached < high else clamp(reached))
        score += weight * points
        lasting, valued = lasting and lasts, valued or has_value
        if pace is None:
            paced = False
        else:
            expected += weight * pace
    if not parts:
        return Rolled(None, None, None, NotScored.NO_KEY_RESULT)
    if held <= 0 or held / weights < season.profile.least_scored - SLACK:
        return Rolled(None, None, None, NotScored.TOO_FEW_SCORED, counting, scored, own)
    means = progress / held, score / held, expected / held if paced else None
    return Rolled(*means, None, counting, scored, own, lasting, valued)


def score_objective(objective: Objective, parts: Sequence[Part], season: Season, *, judges_neglect: bool) -> Score:
    """Give the score of an objective from its parts, which are scored already."""
    rolled = roll_up(parts, season)
    start, due = _dates(objective, parts, season)
    updated = max([day for part in parts if (day := part.score.last_update) is not None], default=None)
    if rolled.problem is not None or rolled.progress is None or rolled.score is None:
        params = {"scored": rolled.scored, "total": rolled.total}
        status, reason = Status.NOT_SCORED, Reason((rolled.problem or NotScored.TOO_FEW_SCORED).value, params)
    else:
        since = watched_since(objective.key, start, updated, season, dated=season.dated) if judges_neglect else None
        position = _position(objective, rolled, frame_between(start, due, season), since, season)
        if season.leave:
            position = position._replace(away=away_of(objective, since, season))
        status, ruling = judge(position, season.profile, season.today)
        reason = _reason(position, status, ruling, rolled)
        if season.profile.objective_status == "weakest" and ruling is not Ruling.NOT_STARTED:
            status, reason = _of_weakest(position, rolled)
    grade = season.profile.grade(rolled.score) if rolled.score is not None else None
    # By position, because there are tens of thousands and names take twice as long.
    return Score(
        objective.key, "objective", status, reason, rolled.progress, rolled.expected, rolled.score, None,
        rolled.problem, None, None, None, None, None, None, start, due, updated, rolled.scored, rolled.total, None,
        grade,
    )  # fmt: skip


def _position(objective: Objective, rolled: Rolled, frame: Frame, since: date | None, season: Season) -> Position:
    """Gather what the status rules look at; what was reached lasts where it lasts in every part."""
    return Position(
        rolled.progress or 0.0,
        rolled.score or 0.0,
        rolled.expected,
        frame.pace,
        frame.start,
        frame.due,
        pass_mark(objective.commitment.value, season),
        rolled.valued,
        rolled.lasting,
        False,
        since,
    )


def pass_mark(commitment: str | None, season: Season) -> float:
    """Give the score that counts as achieved at the due day."""
    return season.profile.pass_marks[commitment or "blank"]


def _dates(objective: Objective, parts: Sequence[Part], season: Season) -> tuple[date | None, date | None]:
    """Give the objective's own dates, its own cycle's, its parts' where it has no row, else the workbook's cycle's."""
    own, cycle = objective.cycle.value, season.cycle
    start = objective.start.value or (own.start if own else None)
    due = objective.due.value or (own.due if own else None)
    if cycle is not None and objective.own_row:
        return start or cycle.start, due or cycle.due
    starts = [part.score.start for part in parts if part.score.start is not None]
    dues = [part.score.due for part in parts if part.score.due is not None]
    return start or min(starts, default=cycle and cycle.start), due or max(dues, default=cycle and cycle.due)


def _reason(position: Position, status: Status, ruling: Ruling, rolled: Rolled) -> Reason:
    params: dict[str, Any] = {"progress": position.progress, "expected": position.expected}
    if ruling is Ruling.THRESHOLDS:
        return _weakest(params, rolled)
    if ruling is Ruling.NOT_STARTED:
        return Reason("starts", {"start": position.start})
    if ruling is Ruling.PAST_DUE:
        code = "passed" if status is Status.ACHIEVED else "missed"
        return Reason(code, {"score": position.score, "mark": position.pass_mark, "due": position.due})
    if ruling is Ruling.REACHED:
        return Reason("reached", params)
    if ruling is Ruling.NO_VALUE:
        late = status is Status.OFF_TRACK and position.expected is not None
        return Reason("no_value_late" if late else "no_value", params)
    return Reason("neglected", {**params, "since": position.updated})


def _of_weakest(position: Position, rolled: Rolled) -> tuple[Status, Reason]:
    """Give the status of the weakest part that carries weight, and name that part."""
    parts = [part for part in rolled.counting if part.weight]
    status, place = weakest([part.score.status for part in parts])
    params: dict[str, Any] = {"progress": position.progress, "expected": position.expected}
    params["weakest"] = _short(parts[place].name)
    return status, Reason("weakest", params)


_LONGEST_NAME = 40
"""Characters of a title that a sentence in a cell has room for."""


def _short(name: str) -> str:
    """Give a name on one line, cut where it is a long title."""
    told = " ".join(name.split())
    return told if len(told) <= _LONGEST_NAME else told[: _LONGEST_NAME - 1].rstrip() + "…"


def _weakest(params: dict[str, Any], rolled: Rolled) -> Reason:
    """Name the part that lags most, and how many key results were scored where not all were."""
    code = "objective" if params["expected"] is not None else "objective_progress"
    reached = [part.score.progress or 0.0 for part in rolled.counting]
    last = rolled.counting[reached.index(min(reached))]
    params["scored"], params["total"] = rolled.scored, rolled.total
    params["weakest"], params["weakest_progress"] = _short(last.name), last.score.progress
    if rolled.scored < rolled.total:
        return Reason(code + "_partly", params)
    return Reason(code + "_one" if len(rolled.counting) == 1 else code, params)


def part_of(item: KeyResult, score: Score, weight: float | None, found: Gauge) -> Part:
    """Make the part that a key result is in its objective."""
    name = item.id.value or item.title.value or item.key
    return Part(name, weight, score, found.expects is not _ALWAYS, found.outcome.valued)


_ALWAYS = Expects.ALWAYS


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


def part_of_foreign(child: Foreign, weight: float) -> Part:
    """Make the part that an objective of another workbook is in the one that it contributes to."""
    return Part(child.score.key, weight, child.score, child.lasting, child.valued)
