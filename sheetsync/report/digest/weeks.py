"""The weeks of the cycle up to now: how every item stood at the end of each, and how the whole did.

A week ends with its weekly mark, as trends take it: the night to Monday shows what the week has left. Its point is
called by the Sunday before. The running week stands as today; on a Monday the week before stands as today too, since
nothing else has seen its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.model import Objective
from sheetsync.past import Past
from sheetsync.record import NamedTuple
from sheetsync.report.digest.feeding import company_objectives
from sheetsync.report.digest.paces import expected_on
from sheetsync.report.digest.source import Source
from sheetsync.results import NotScored, Score
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.rollup import Part, roll_up
from sheetsync.scoring.season import Season, season_of
from sheetsync.scoring.weights import resolve
from sheetsync.trends.series import Snapshots, begun_on, counts_since, last_mark

_WEEK = timedelta(days=7)


class Week(NamedTuple):
    """One week of the cycle: its number from 1, its Sunday or today, and the night that saw its end.

    ``mark`` is None where it stands as today.
    """

    number: int
    day: date
    mark: date | None


def weeks_of(source: Source) -> list[Week]:
    """Give the weeks of the cycle that have begun; none without a cycle, or before its first day.

    The first week is that of the cycle's first day, Monday to Sunday, and the last that of its last day.
    """
    cycle, today = source.goals.cycle, source.today
    if cycle is None or today < cycle.start:
        return []
    sunday = cycle.start + timedelta(days=6 - cycle.start.weekday())
    found: list[Week] = []
    while sunday < today and sunday - _WEEK < cycle.due:
        mark = sunday + timedelta(days=1)
        found.append(Week(len(found) + 1, sunday, mark if mark < today else None))
        sunday += _WEEK
    if sunday - _WEEK < cycle.due:
        found.append(Week(len(found) + 1, today, None))
    return found


def item_weeks(key: str, source: Source) -> list[float | None]:
    """Give the progress of an item at the end of each week, held against today's target; None where nobody knows."""
    score = source.scorecard.scores.get(key)
    if score is None or source.past is None:
        return []
    at = progress_at(score, source)
    return [score.progress if week.mark is None else at(week.mark) for week in weeks_of(source)]


class _At:
    """Gives the progress of one item at the end of earlier days."""

    def __init__(self, score: Score, source: Source) -> None:
        past = source.past or Past()
        found, cycle = past.items.get(score.key), source.goals.cycle
        since = counts_since(score, cycle, begun_on(cycle, past, source.today)) if score.kind != "kpi" else None
        self._snapshots = None if found is None else Snapshots(score, found, past.nights, since)

    def __call__(self, day: date) -> float | None:
        found = None if self._snapshots is None else self._snapshots.progress(day)
        return None if found is None else found + 0.0  # a value below a falling baseline can make it -0.0


def progress_at(score: Score, source: Source) -> _At:
    """Give a function that tells the progress of an item at the end of a day before today."""
    return _At(score, source)


def overall_weeks(source: Source) -> list[dict[str, Any]]:
    """Give progress and pace of the whole at the end of each week, as plain data; none without a profile or a past.

    A week that began after the one told of is left out.

    Progress is rolled up anew for each week as the whole is: the mean of the company's objectives (of all where none is
    the company's), weighted by today's weights, each held in the profile's range, over those that were known then;
    None where too little of the weight was known. The pace is that of today's dates and weights along the profile's
    curve.
    """
    if source.profile is None or source.past is None:
        return []
    whole = _whole(source, source.profile)
    return [
        {"week": week.number, "day": week.day, **dict(zip(("progress", "expected"), whole.on(week), strict=True))}
        for week in weeks_of(source)
        if source.about is None or week.day <= source.about[1]
    ]


def overall_change(source: Source) -> float | None:
    """Give what the whole gained since the last weekly mark (a fraction), over the objectives known at both ends."""
    if source.profile is None or source.past is None:
        return None
    return _whole(source, source.profile).change(last_mark(source.today))


def whole_now(source: Source) -> tuple[float | None, float | None]:
    """Give progress and pace of the whole, rolled up anew from the scores of its objectives; None without a profile."""
    if source.profile is None:
        return None, None
    whole = _whole(source, source.profile)
    paces = {one.key: source.scorecard.scores[one.key].expected for one, _ in whole.objectives}
    return whole.rolled(whole.now(), paces)


def whole_pace(days: Sequence[date], source: Source) -> list[float | None]:
    """Give the pace of the whole on some days, before and after today, by today's dates and weights."""
    if source.profile is None:
        return [None for _ in days]
    whole = _whole(source, source.profile)
    reached = whole.now()
    paces = ({one.key: expected_on(one, day, source) for one, _ in whole.objectives} for day in days)
    return [whole.rolled(reached, pace)[1] for pace in paces]


class _Whole(NamedTuple):
    """The objectives that make up the whole with their weights of today, and what they are rolled up by."""

    source: Source
    objectives: Sequence[tuple[Objective, float | None]]
    season: Season

    def on(self, week: Week) -> tuple[float | None, float | None]:
        """Give progress and pace at the end of a week."""
        card = self.source.scorecard
        if week.mark is None and week.day == self.source.today:
            return card.progress, card.expected
        reached = self.now() if week.mark is None else self.then(week.mark)
        paces = {one.key: expected_on(one, week.day, self.source) for one, _ in self.objectives}
        return self.rolled(reached, paces)

    def change(self, mark: date) -> float | None:
        """Give what was gained since a day, over the objectives that were known then."""
        then = {key: progress for key, progress in self.then(mark).items() if progress is not None}
        now = {key: progress if key in then else None for key, progress in self.now().items()}
        (before, _), (after, _) = self.rolled(then, {}), self.rolled(now, {})
        return None if before is None or after is None else after - before

    def now(self) -> dict[str, float | None]:
        """Give how the objectives stand today."""
        return {one.key: self.source.scorecard.scores[one.key].progress for one, _ in self.objectives}

    def then(self, mark: date) -> dict[str, float | None]:
        """Give how they stood at the end of a day."""
        scores = self.source.scorecard.scores
        return {one.key: progress_at(scores[one.key], self.source)(mark) for one, _ in self.objectives}

    def rolled(
        self, reached: Mapping[str, float | None], paces: Mapping[str, float | None]
    ) -> tuple[float | None, float | None]:
        """Roll up what the objectives reached, and their paces; None where too little of their weight is known."""
        scores = self.source.scorecard.scores
        parts = [
            Part(one.key, weight, _then(scores[one.key], reached.get(one.key), paces), lasting=True, valued=True)
            for one, weight in self.objectives
        ]
        found = roll_up(parts, self.season)
        return found.progress, found.expected


def _whole(source: Source, profile: Profile) -> _Whole:
    chosen = company_objectives(source)
    weights = resolve([one.weight for one in chosen]).numbers
    return _Whole(source, list(zip(chosen, weights, strict=True)), season_of(source.goals, profile, source.today))


def _then(score: Score, progress: float | None, paces: Mapping[str, float | None]) -> Score:
    """Give an objective's score with what it was: rolling up looks at nothing but these fields."""
    problem = NotScored.TOO_FEW_SCORED if progress is None else None
    return score._replace(
        progress=progress, score=progress, expected=paces.get(score.key), not_scored=problem, kind="objective"
    )
