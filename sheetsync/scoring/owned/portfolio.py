"""What one person or team owns, with the scores of it all, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sheetsync.model import Goals, Item
from sheetsync.results import Reason, Score, Scorecard
from sheetsync.scoring.explaining.explanation import GroupLine, group_line
from sheetsync.scoring.owned.owners import Owner


@dataclass(frozen=True, slots=True)
class OwnedLine:
    """One thing that somebody owns. Shares are fractions; ``weight`` is the share that it has in ``group``.

    ``group`` is the key of its objective, or the name of its group of KPIs; ``owner`` is what the row says.
    """

    key: str
    kind: str
    title: str
    cell: str
    owner: str
    status: str
    reason: Reason
    progress: float | None
    expected: float | None
    score: float | None
    weight: float | None
    grade: str | None
    group: str | None
    alarm: Reason | None = None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that one person or team owns. ``statuses`` counts the lines by status.

    ``beside`` are the teams of a person, and the people of a team. ``groups`` are the totals in which their KPIs count.
    """

    kind: str
    name: str
    profile: str
    kpi_profile: str
    beside: tuple[str, ...]
    lines: tuple[OwnedLine, ...]
    groups: tuple[GroupLine, ...]
    statuses: Mapping[str, int]


def portfolio(goals: Goals, scorecard: Scorecard, owner: Owner) -> Portfolio:
    """Gather what a person or team owns, in the order of the sheet."""
    items = {one.key: one for one in goals.items}
    lines = tuple(_line(items[key], scorecard.scores[key], scorecard) for key in owner.keys if key in scorecard.scores)
    return Portfolio(
        kind=owner.kind,
        name=owner.name,
        profile=scorecard.profile,
        kpi_profile=scorecard.kpi_profile,
        beside=owner.beside,
        lines=lines,
        groups=_groups(scorecard, frozenset(owner.keys)),
        statuses=dict(Counter(line.status for line in lines)),
    )


def _line(item: Item, score: Score, scorecard: Scorecard) -> OwnedLine:
    group = next((one.name for one in scorecard.groups if score.key in one.members), None)
    return OwnedLine(
        key=score.key,
        kind=score.kind,
        title=" ".join((item.title.value or "").split()),
        cell=str(item.title.ref),
        owner=item.owner.value or "",
        status=score.status.value,
        reason=score.reason,
        alarm=scorecard.alarms.get(score.key),
        progress=score.progress,
        expected=score.expected,
        score=score.score,
        weight=score.weight,
        grade=score.grade,
        group=group if score.kind == "kpi" else getattr(item, "objective", None),
    )


def _groups(scorecard: Scorecard, keys: frozenset[str]) -> tuple[GroupLine, ...]:
    """Give the totals that their KPIs count in: of their own rows alone, where there are such, before the others'."""
    found = [one for one in scorecard.groups if keys & set(one.members)]
    own = [one for one in found if set(one.members) <= keys] or found
    return tuple(map(group_line, own))
