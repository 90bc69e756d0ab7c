"""What was reached, to be celebrated: objectives first, then key results, in the order of their rows; never a rank."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, timedelta
from typing import Any

from sheetsync.model import Item, KeyResult, Objective
from sheetsync.past import Remembered
from sheetsync.record import NamedTuple
from sheetsync.report.digest.items import kind_of, team_of
from sheetsync.report.digest.source import Source, given_of, is_settled, known_of
from sheetsync.results import Score, Status
from sheetsync.scoring.profile import SLACK
from sheetsync.trends.series import begun_on, counts_since

WINS = 4
"""Wins that are told in a mail about something else."""
NEW_DAYS = 7
"""A win is new for a week, today included."""


class Reached(NamedTuple):
    """What was reached, and on which day; None where nobody can tell."""

    item: Item
    score: Score
    day: date | None


def new_wins(source: Source, keys: Container[str] | None = None) -> list[dict[str, Any]]:
    """Give what was reached within the last week; without a history all that is reached, since nobody knows when."""
    first = source.today - timedelta(days=NEW_DAYS - 1)
    return wins_between(first, source.today, source, keys)


def wins_between(first: date, last: date, source: Source, keys: Container[str] | None = None) -> list[dict[str, Any]]:
    """Give what was reached from one day to another, both included, and still is; ``keys`` limits it to these."""
    return [
        _told(won, source)
        for won in reached(source)
        if (keys is None or won.item.key in keys) and (won.day is None or first <= won.day <= last)
    ]


def reached(source: Source) -> Iterator[Reached]:
    """Give the objectives and key results that are achieved today.

    What passes only because the cycle has ended, short of its target, was graded and not reached: no day brought it.
    """
    scores = source.scorecard.scores
    items: tuple[Objective | KeyResult, ...] = (*source.goals.objectives, *source.goals.key_results)
    for item in items:
        score = scores.get(item.key)
        if score is None or score.status is not Status.ACHIEVED:
            continue
        ended = is_settled(item, source)
        if not ended or _is_whole(score.progress):
            yield Reached(item, score, reached_on(score, source, ended=ended))


def reached_on(score: Score, source: Source, *, ended: bool = False) -> date | None:
    """Give the day on which an achieved item was first seen achieved in its cycle; None where no history tells.

    A win that is lost and won again is told once. What was achieved already when it was first seen has that day. A
    bound that is kept is achieved only once all is over (``ended``): its day is the first on which it was kept.
    """
    if source.past is None or not source.past.nights:
        return None
    found = source.past.items.get(score.key)
    if found is None:
        return source.today
    cycle = source.goals.cycle
    since = counts_since(score, cycle, begun_on(cycle, source.past, source.today))
    return _first_achieved(found, since, source.today, ended=ended)


def _is_whole(progress: float | None) -> bool:
    return progress is not None and progress >= 1 - SLACK


def _first_achieved(found: Remembered, since: date | None, today: date, *, ended: bool) -> date | None:
    start = max(since or date.min, found.cycle_start or date.min)
    seen = [one for one in found.observations if one.day >= start]
    won = (one.day for one in seen if one.status == Status.ACHIEVED or (ended and _is_whole(one.progress)))
    return next(won, today)


def _told(won: Reached, source: Source) -> dict[str, Any]:
    owner = known_of(source).owner.get(won.item.key)
    return {
        "title": won.item.title.value or won.item.key,
        "owner": owner,
        "given": given_of(owner, source),
        "team": team_of(won.item, source),
        "kind": kind_of(won.item),
        "progress": won.score.progress,
        "early_days": early_days(won.score, won.day or source.today),
        "day": won.day,
    }


def early_days(score: Score, day: date) -> int | None:
    """Give by how many days something was reached before its due day; None where it was not before."""
    return (score.due - day).days if isinstance(score.due, date) and score.due > day else None
