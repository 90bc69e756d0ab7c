"""What two profiles make of the same workbook, and which rule makes the difference.

One profile is turned into the other choice by choice, in the order in which scoring comes upon them, and the workbook
is scored after each. The first choice after which an item's score or status is another one is why it differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf

from sheetsync.model import Goals
from sheetsync.record import NamedTuple
from sheetsync.results import Score
from sheetsync.scoring.card import score
from sheetsync.scoring.comparing.choices import ASPECTS, Aspect
from sheetsync.scoring.profile import Profile

ALIKE = 1e-9
"""Scores that differ by less than this are the same."""


class Compared(NamedTuple):
    """One item under both profiles. ``because`` are the aspects that changed its score or status, the first one first.

    It may hold an aspect although score and status are the same at the end: then two choices cancel out.
    """

    key: str
    kind: str
    first: Score
    second: Score
    because: tuple[Aspect, ...]

    @property
    def difference(self) -> float:
        """How far the scores lie apart; an infinity where only one of them is scored at all."""
        one, other = self.first.score, self.second.score
        if one is None or other is None:
            return 0.0 if one is other else inf
        return abs(one - other)

    @property
    def differs(self) -> bool:
        """Say whether score or status is another one."""
        return not _same(self.first, self.second)


class Comparison(NamedTuple):
    """A workbook under two profiles: its items, those that differ most first, and how many statuses changed.

    ``changed`` and ``counted`` are by kind: ``objective``, ``key_result``, ``kpi``.
    """

    first: Profile
    second: Profile
    items: tuple[Compared, ...]
    changed: Mapping[str, int]
    counted: Mapping[str, int]


KINDS = ("objective", "key_result", "kpi")


def compare(goals: Goals, first: Profile, second: Profile, today: date) -> Comparison:
    """Score a workbook by both profiles, its KPIs too, and tell for each item what makes the difference."""
    before = dict(score(goals, first, first, today).scores)
    after = score(goals, second, second, today).scores
    because = _because(goals, first, second, today)
    items = [Compared(key, one.kind, one, after[key], tuple(because.get(key, ()))) for key, one in before.items()]
    items.sort(key=_size)  # stable: what is alike stays in the order of the workbook
    changed = {kind: sum(one.kind == kind and one.first.status != one.second.status for one in items) for kind in KINDS}
    counted = {kind: sum(one.kind == kind for one in items) for kind in KINDS}
    return Comparison(first, second, tuple(items), changed, counted)


def _size(one: Compared) -> tuple[float, bool]:
    difference = one.difference if one.difference > ALIKE else 0.0
    return -difference, one.first.status == one.second.status


def _because(goals: Goals, first: Profile, second: Profile, today: date) -> dict[str, list[Aspect]]:
    """Give, for each item, the aspects that change it on the way from the first profile to the second."""
    found: dict[str, list[Aspect]] = {}
    current, scores = first, score(goals, first, first, today).scores
    for aspect in ASPECTS:
        changed = aspect.taken(current, second)
        if changed == current:
            continue
        following = score(goals, changed, changed, today).scores
        for key, one in following.items():
            if not _same(scores[key], one):
                found.setdefault(key, []).append(aspect)
        current, scores = changed, following
    return found


def _same(one: Score, other: Score) -> bool:
    if one.status is not other.status or (one.score is None) != (other.score is None):
        return False
    return one.score is None or other.score is None or abs(one.score - other.score) <= ALIKE
