"""What came of a cycle: the final grade of every objective and key result, and totals of people, teams and the firm.

The score is the one that the profile gives. Whether it was enough says the profile's pass mark for what was promised: a
committed goal needs nearly all of it, an aspirational one a good part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from sheetsync.adding import added
from sheetsync.model import Cycle, Goals, KeyResult, Metric, Objective, PerPeriod, Quantity, Reading, Target
from sheetsync.record import NamedTuple
from sheetsync.results import Reason, Score, Scorecard, Status
from sheetsync.scoring.owned.owners import owners
from sheetsync.scoring.profile import SLACK, Profile
from sheetsync.scoring.weights import resolve

COMPANY, TEAM, PERSON, OBJECTIVE, KEY_RESULT = "company", "team", "person", "objective", "key_result"


class Result(StrEnum):
    """What a goal came to: ``running`` is one whose own due day lies beyond the cycle."""

    REACHED = "reached"
    MISSED = "missed"
    RUNNING = "running"
    NOT_SCORED = "not_scored"


class Tally(NamedTuple):
    """How many key results came to what. Pairs are how many were reached, and of how many that were judged."""

    reached: int
    missed: int
    running: int
    not_scored: int
    committed: tuple[int, int] = (0, 0)
    aspirational: tuple[int, int] = (0, 0)

    @property
    def total(self) -> int:
        """How many key results there are."""
        return self.reached + self.missed + self.running + self.not_scored


class Line(NamedTuple):
    """One line of a retrospective: an objective, a key result, or a total (``company``, ``team``, ``person``).

    ``key`` is that of the item, and empty for a total. ``commitment`` is ``committed``, ``aspirational`` or empty.
    ``baseline``, ``target`` and ``current`` are what was meant; ``score`` and ``progress`` are fractions, ``mark`` is
    the score that was needed. ``weakest`` names the key result that fell farthest short, with its progress.
    """

    key: str
    kind: str
    title: str
    owner: str = ""
    team: str = ""
    commitment: str = ""
    unit: str = ""
    baseline: Quantity | None = None
    target: Target | None = None
    current: Reading | PerPeriod | None = None
    progress: float | None = None
    score: float | None = None
    grade: str | None = None
    status: Status | None = None
    result: Result | None = None
    mark: float | None = None
    due: date | None = None
    reason: Reason | None = None
    tally: Tally | None = None
    weakest: tuple[str, float] | None = None


class Retrospective(NamedTuple):
    """A closed cycle. The firm's total comes first, then teams, people, and each objective with its key results."""

    cycle: Cycle
    profile: str
    lines: tuple[Line, ...]

    @property
    def whole(self) -> Line:
        """The firm's total."""
        return self.lines[0]

    @property
    def unscored(self) -> tuple[Line, ...]:
        """The objectives and key results that have no score."""
        return tuple(line for line in self.lines if line.result is Result.NOT_SCORED)


def cycle_of(goals: Goals, scorecard: Scorecard) -> Cycle | None:
    """Give the cycle of a workbook: the one that is set, else the one that all its goals name.

    Where there is neither, it is the days from the first start to the last due of its goals.
    """
    named = {item.cycle.value for item in goals_of(goals)} - {None}
    if goals.cycle is not None or len(named) == 1:
        return goals.cycle or named.pop()
    scores = [scorecard.scores[item.key] for item in goals_of(goals)]
    starts, dues = [one.start for one in scores if one.start], [one.due for one in scores if one.due]
    return Cycle("", min(starts), max(dues)) if starts and dues and min(starts) <= max(dues) else None


def goals_of(goals: Goals) -> tuple[Objective | KeyResult, ...]:
    """Give the objectives and the key results of a workbook."""
    return *goals.objectives, *goals.key_results


def begun(goals: Goals, scorecard: Scorecard, cycle: Cycle) -> Goals:
    """Give the goals of a workbook without those that begin only after a cycle, of which they are no part."""
    later = {key for key, score in scorecard.scores.items() if score.start is not None and score.start > cycle.due}
    if not later:
        return goals
    return goals._replace(
        objectives=tuple(one for one in goals.objectives if one.key not in later),
        key_results=tuple(one for one in goals.key_results if one.key not in later),
    )


def result_of(score: Score, mark: float, cycle: Cycle, today: date) -> Result:
    """Say what a goal came to by the mark that its score needs; past its due day its status has said so already."""
    if score.score is None:
        return Result.NOT_SCORED
    if score.due is not None and score.due > cycle.due and today <= score.due:
        return Result.RUNNING
    if score.due is not None and today > score.due and score.status in (Status.ACHIEVED, Status.MISSED):
        return Result.REACHED if score.status is Status.ACHIEVED else Result.MISSED
    return Result.REACHED if score.score >= mark - SLACK else Result.MISSED


def close(goals: Goals, scorecard: Scorecard, profile: Profile, cycle: Cycle, today: date) -> Retrospective:
    """Say what came of every objective and key result, as scored on ``today``; nothing is raised for bad data."""
    below: dict[str | None, list[KeyResult]] = {}
    for one in goals.key_results:
        below.setdefault(one.objective, []).append(one)
    parents = {item.key: item for item in goals.objectives}
    desk = _Desk(goals, scorecard, profile, cycle, today, parents, below)
    results = {item.key: desk.key_result(item) for item in goals.key_results}
    objectives = {item.key: desk.objective(item, results) for item in goals.objectives}
    totals = [desk.company([*results.values()], objectives), *desk.owned(results, objectives)]
    return Retrospective(cycle, scorecard.profile, (*totals, *_in_order(goals, objectives, results)))


def _in_order(goals: Goals, objectives: dict[str, Line], results: dict[str, Line]) -> Iterator[Line]:
    """Give the lines as one reads them: key results without an objective, then each objective with its own."""
    below: dict[str | None, list[Line]] = {}
    for item in goals.key_results:
        below.setdefault(item.objective if item.objective in objectives else None, []).append(results[item.key])
    yield from below.get(None, ())
    for key, line in objectives.items():
        yield line
        yield from below.get(key, ())


class _Desk(NamedTuple):
    """What every line is made of."""

    goals: Goals
    scorecard: Scorecard
    profile: Profile
    cycle: Cycle
    today: date
    parents: Mapping[str, Objective]
    below: Mapping[str | None, Sequence[KeyResult]]

    def key_result(self, item: KeyResult) -> Line:
        """Give the line of a key result; its commitment, owner and team may be those of its objective."""
        parent = self.parents.get(item.objective or "")
        score = self.scorecard.scores[item.key]
        commitment = item.commitment.value or (parent.commitment.value if parent is not None else None)
        line = self._line(item, score, KEY_RESULT, commitment or "")
        return line._replace(
            owner=line.owner or ((parent.owner.value or "") if parent is not None else ""),
            team=line.team or ((parent.team.value or "") if parent is not None else ""),
            unit=item.unit.value or "",
            baseline=_baseline(item, score),
            target=item.target.value,
            current=_current(item, score),
        )

    def objective(self, item: Objective, results: dict[str, Line]) -> Line:
        """Give the line of an objective with the tally of its key results, and the one that fell farthest short."""
        own = [results[one.key] for one in self.below.get(item.key, ())]
        line = self._line(item, self.scorecard.scores[item.key], OBJECTIVE, item.commitment.value or "")
        missed = any(one.result is Result.MISSED for one in own)
        if self.profile.objective_status == "weakest" and missed and line.result is Result.REACHED:
            line = line._replace(result=Result.MISSED, status=Status.MISSED)
        return line._replace(tally=tally_of(own), weakest=_weakest(own))

    def _line(self, item: Objective | KeyResult, score: Score, kind: str, commitment: str) -> Line:
        mark = self.profile.pass_marks[commitment or "blank"]
        result = result_of(score, mark, self.cycle, self.today)
        settled = {Result.REACHED: Status.ACHIEVED, Result.MISSED: Status.MISSED}
        return Line(
            item.key,
            kind,
            _flat(item.title.value) or item.id.value or item.key,
            owner=_flat(item.owner.value),
            team=_flat(item.team.value),
            commitment=str(commitment),
            progress=score.progress,
            score=score.score,
            grade=score.grade,
            status=settled.get(result, score.status),
            result=result,
            mark=mark,
            due=score.due,
            reason=score.reason,
        )

    def company(self, lines: Sequence[Line], objectives: dict[str, Line]) -> Line:
        """Give the firm's total: the weighted mean of its objectives' scores, and the tally of all key results."""
        settings = self.goals.settings
        name = (settings.company.value if settings is not None else None) or ""
        chosen = self.goals.leading
        weights = resolve([one.weight for one in chosen]).numbers
        pairs = [(objectives[one.key].score, weight) for one, weight in zip(chosen, weights, strict=True)]
        score = _mean(pairs) if pairs else _mean([(line.score, 1.0) for line in lines])
        return self._total(COMPANY, _flat(name), score, lines)

    def owned(self, results: dict[str, Line], objectives: dict[str, Line]) -> Iterator[Line]:
        """Give the totals of teams and people: the mean of their key results, else of the objectives they own."""
        everybody = sorted(owners(self.goals), key=lambda one: one.kind, reverse=True)  # teams before people
        for one in everybody:
            own = [results[key] for key in one.keys if key in results]
            tops = [objectives[key] for key in one.keys if key in objectives]
            if own or tops:
                score = _mean([(line.score, 1.0) for line in own or tops])
                yield self._total(TEAM if one.kind == "team" else PERSON, one.name, score, own)

    def _total(self, kind: str, name: str, score: float | None, lines: Sequence[Line]) -> Line:
        grade = None if score is None else self.profile.grade(score)
        return Line("", kind, name, score=score, grade=grade, tally=tally_of(lines))


def tally_of(lines: Sequence[Line]) -> Tally:
    """Count what key results came to, those of each commitment apart."""
    counts = {result: sum(1 for line in lines if line.result is result) for result in Result}
    judged = [line for line in lines if line.result in (Result.REACHED, Result.MISSED)]
    pairs = []
    for commitment in ("committed", "aspirational"):
        own = [line for line in judged if line.commitment == commitment]
        pairs.append((sum(1 for line in own if line.result is Result.REACHED), len(own)))
    return Tally(
        counts[Result.REACHED], counts[Result.MISSED], counts[Result.RUNNING], counts[Result.NOT_SCORED], *pairs
    )


def _mean(pairs: Sequence[tuple[float | None, float | None]]) -> float | None:
    """Give the weighted mean of the scores there are; None where nothing that weighs anything is scored."""
    known = [(score, weight) for score, weight in pairs if score is not None and weight is not None]
    held = added(weight for _, weight in known)
    return added(score * weight for score, weight in known) / held if held > 0 else None


def _weakest(lines: Sequence[Line]) -> tuple[str, float] | None:
    missed = [line for line in lines if line.result is Result.MISSED and line.progress is not None]
    last = min(missed, key=lambda line: line.progress or 0.0, default=None)
    return (last.key if len(last.key) <= len(last.title) else last.title, last.progress or 0.0) if last else None


def _baseline(item: KeyResult, score: Score) -> Quantity | None:
    """Give the baseline as it was written, else the one that scoring took."""
    if item.baseline.value is not None or score.baseline is None:
        return item.baseline.value
    target = item.target.value
    return Quantity(score.baseline, isinstance(target, Quantity) and target.percent)


def _current(item: KeyResult, score: Score) -> Reading | PerPeriod | None:
    """Give the value that counted; of a target for each period the mean of a period."""
    if score.metric is Metric.PER_PERIOD and score.current is not None and isinstance(item.target.value, PerPeriod):
        return PerPeriod(score.current, item.target.value.frequency)
    value: Reading | None = score.source.value if score.source is not None else item.current.value
    return value


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())
