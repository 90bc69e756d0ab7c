"""What is carried from one cycle into the next: goals with new baselines and dates, KPIs with their next periods.

An id stays with its goal, so that history goes on; a goal that is left behind takes its id with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sheetsync.cycles.closing import KEY_RESULT, OBJECTIVE, Line, Result, Retrospective, goals_of
from sheetsync.cycles.kpis import next_kpis
from sheetsync.cycles.weights import balanced
from sheetsync.model import (
    BOUND_METRICS,
    Bounds,
    Cycle,
    Goals,
    KeyResult,
    Metric,
    Objective,
    Quantity,
    Relative,
)
from sheetsync.record import NamedTuple
from sheetsync.results import Score, Scorecard
from sheetsync.scoring.current import name_of
from sheetsync.workbook import Cell, CellValue

Goal = TypeVar("Goal", Objective, KeyResult)
_STAYS_DONE = (Metric.MILESTONE, Metric.PERCENT_DONE)
"""Metrics of which what is done stays done: the current value goes on."""


class Carry(StrEnum):
    """Which goals go on: those that were not reached, all, or none."""

    UNFINISHED = "unfinished"
    ALL = "all"
    NONE = "none"


class Carried(NamedTuple):
    """The goals of the next cycle. ``left`` are the keys of goals that end with this one.

    ``reached`` are carried though they were reached: their targets have to be set anew. ``parted`` are those that were
    aligned to a goal that is left behind, and are aligned to it no more. ``running`` go on as they stand. ``missed``
    are key results among ``left`` that were not reached, or have no grade: they end since their objective was reached.
    """

    goals: Goals
    left: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


class Course(NamedTuple):
    """From which cycle to which, and which goals go along. ``keep_targets`` is about KPIs."""

    old: Cycle
    new: Cycle
    carry: Carry
    keep_targets: bool = True


def carried(goals: Goals, scorecard: Scorecard, closed: Retrospective, course: Course) -> Carried:
    """Give the goals that go on into the next cycle, ready to be written into a new workbook.

    Targets stay, and wait to be agreed anew. The baseline is the last current value; check-ins, confidence, blockers
    and asks stay behind. People and settings go along.
    """
    lines = {line.key: line for line in closed.lines if line.kind in (OBJECTIVE, KEY_RESULT)}
    objectives, results = _chosen(goals, lines, course.carry)
    going: tuple[Objective | KeyResult, ...] = (*objectives, *results)
    kept = {item.key for item in going}
    left = tuple(item.key for item in goals_of(goals) if item.key not in kept)
    ended = frozenset(name_of(name) for item in goals_of(goals) if item.key not in kept for name in _names(item))
    mover = _Mover(scorecard.scores, lines, course, ended, frozenset(kpi.sheet for kpi in goals.kpis))
    moved = [mover.objective(item) for item in objectives]
    followed = balanced([mover.key_result(item) for item in results], goals)
    after = goals._replace(
        cycle=course.new,
        objectives=tuple(moved),
        key_results=tuple(followed),
        kpis=next_kpis(goals.kpis, course.new, keep_targets=course.keep_targets, ended=ended),
        check_ins=(),
    )
    return Carried(
        after,
        left=left,
        reached=tuple(key for key, line in lines.items() if key in kept and line.result is Result.REACHED),
        parted=tuple(item.key for item in going if mover.parts(item)),
        running=tuple(key for key, line in lines.items() if key in kept and line.result is Result.RUNNING),
        missed=tuple(key for key in left if course.carry is Carry.UNFINISHED and _is_missed(lines[key])),
    )


def _names(item: Objective | KeyResult) -> tuple[str, ...]:
    """Give what a goal may be called by where another one is aligned to it."""
    return (item.key, item.id.value) if item.id.value else (item.key,)


def _chosen(goals: Goals, lines: Mapping[str, Line], carry: Carry) -> tuple[list[Objective], list[KeyResult]]:
    """Choose what goes on. An objective that goes on leaves its reached key results behind, unless all were reached.

    One that was reached goes on too where a key result of it still runs, or was a commitment that was missed.
    """
    if carry is Carry.NONE:
        return [], []
    if carry is Carry.ALL:
        return list(goals.objectives), list(goals.key_results)
    below: dict[str | None, list[KeyResult]] = {None: [], **{item.key: [] for item in goals.objectives}}
    for result in goals.key_results:
        below[result.objective if result.objective in below else None].append(result)
    objectives: list[Objective] = []
    going = {one.key for one in below[None] if _is_open(lines[one.key])}
    for item in goals.objectives:
        own = below[item.key]
        reached = lines[item.key].result is Result.REACHED
        kept = [one for one in own if (_is_owed if reached else _is_open)(lines[one.key])]
        if kept or not reached:
            objectives.append(item)
            going |= {one.key for one in kept or own}
    return objectives, [one for one in goals.key_results if one.key in going]


def _is_open(line: Line) -> bool:
    return line.result is not Result.REACHED


def _is_missed(line: Line) -> bool:
    return line.kind == KEY_RESULT and _is_open(line)


def _is_owed(line: Line) -> bool:
    return line.result is Result.RUNNING or (line.result is Result.MISSED and line.commitment == "committed")


class _Mover(NamedTuple):
    """Moves one goal into the next cycle."""

    scores: Mapping[str, Score]
    lines: Mapping[str, Line]
    course: Course
    ended: frozenset[str]
    kpi_sheets: frozenset[str]

    def objective(self, item: Objective) -> Objective:
        """Give an objective as it begins the next cycle; one that runs on stays as it is."""
        item = self._aligned(item)
        return item if self._runs(item) else self._begun(item)

    def key_result(self, item: KeyResult) -> KeyResult:
        """Give a key result as it begins the next cycle, from where it ended; one that runs on keeps its values."""
        item, score = self._aligned(item), self.scores[item.key]
        if self._runs(item):
            day = _cell(item.check_in_date, score.last_update or item.check_in_date.value)
            return item._replace(current=_last(item, score, self.kpi_sheets), check_in_date=day)
        begun = self._begun(item)
        current = _last(item, score, self.kpi_sheets) if score.metric in _STAYS_DONE else _blank(item.current)
        return begun._replace(
            baseline=self._baseline(item, score),
            target=_target(item, score),
            current=current,
            confidence=_blank(item.confidence),
            check_in_date=_blank(item.check_in_date),
        )

    def parts(self, item: Objective | KeyResult) -> bool:
        """Say whether a goal was aligned to one that is left behind."""
        return any(name_of(name) in self.ended for name in item.aligned_to.value or ())

    def _runs(self, item: Objective | KeyResult) -> bool:
        return self.lines[item.key].result is Result.RUNNING

    def _aligned(self, item: Goal) -> Goal:
        if not self.parts(item):
            return item
        names = tuple(name for name in item.aligned_to.value or () if name_of(name) not in self.ended)
        link = item.link if names else _blank(item.link)
        return item._replace(
            link=link, aligned_to=item.aligned_to._replace(raw="; ".join(names) or None, value=names or None)
        )

    def _begun(self, item: Goal) -> Goal:
        """Move the dates, and leave behind what belongs to the cycle that is over."""
        start, due = self._days(item)
        return item._replace(
            start=start,
            due=due,
            cycle=_blank(item.cycle),
            agreed=_blank(item.agreed),
            blocker=_blank(item.blocker),
            ask=_blank(item.ask),
        )

    def _days(self, item: Goal) -> tuple[Cell[date], Cell[date]]:
        """Give start and due as far into the new cycle as they were into the old, inside it and in their order."""
        first, last = (self._day(cell) for cell in (item.start, item.due))
        if first.value is not None and last.value is not None and first.value > last.value:
            first = _cell(first, self.course.new.start)
        return first, last

    def _day(self, cell: Cell[date]) -> Cell[date]:
        old, new = self.course.old, self.course.new
        if cell.value is None:
            return _blank(cell)
        if cell.value <= old.start:
            return _cell(cell, new.start)
        left = max(old.due - cell.value, timedelta(0))  # a due day counts from the end: the last day stays the last
        return _cell(cell, max(new.due - left, new.start))

    def _baseline(self, item: KeyResult, score: Score) -> Cell[Any]:
        """Give the last current value where the way to the target begins there; where it leads nowhere, the old one."""
        value = score.source.value if score.source is not None else None
        if score.score is None or not isinstance(value, Quantity) or score.metric in (*_STAYS_DONE, *_WITHOUT):
            return item.baseline
        if score.metric in BOUND_METRICS:
            return item.baseline if _inside(item.target.value, value) else _amount(item.baseline, value)
        if self.lines[item.key].result is Result.REACHED or (score.progress or 0.0) >= 1:
            return item.baseline
        return _amount(item.baseline, value)


_WITHOUT = (Metric.YES_NO, Metric.PER_PERIOD, Metric.RATIO, Metric.STEPS, None)
"""Metrics that begin at nothing in each cycle, or that have no baseline."""


def _inside(target: object, value: Quantity) -> bool:
    if not isinstance(target, Bounds):
        return False
    low, high = target.low, target.high
    return (low is None or value.number >= low) and (high is None or value.number <= high)


def _target(item: KeyResult, score: Score) -> Cell[Any]:
    """Keep the target; one that was stated as a change stands for the number that it meant."""
    value = score.source.value if score.source is not None else item.baseline.value
    if not isinstance(item.target.value, Relative) or score.target is None or not isinstance(value, Quantity):
        return item.target
    return _amount(item.target, Quantity(score.target, value.percent, value.unit))


def _last(item: KeyResult, score: Score, kpi_sheets: Collection[str]) -> Cell[Any]:
    """Give the value that counted, of the log or of the row, as the row's own; one of a KPI goes on coming from it."""
    source = score.source
    if source is None or source.sheet in kpi_sheets:
        return item.current
    return item.current._replace(raw=source.raw, value=source.value)


def _amount(cell: Cell[Any], value: Quantity) -> Cell[Any]:
    return cell._replace(raw=None, value=value)


def _blank(cell: Cell[Any]) -> Cell[Any]:
    return _cell(cell, None)


def _cell(cell: Cell[Any], value: CellValue) -> Cell[Any]:
    """Give a cell of the same place that holds a plain value."""
    return cell._replace(raw=value, value=value)
