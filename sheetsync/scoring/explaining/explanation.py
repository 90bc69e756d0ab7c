"""How one item's numbers came about, as plain data; ``explaining`` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sheetsync.results import Group, Reason
from sheetsync.scoring.explaining.together import LinkLine, TakenFrom
from sheetsync.scoring.least.key_results import Step


@dataclass(frozen=True, slots=True)
class Input:
    """One value that went into the formula. ``cell`` is where it stands (``OKR!F12``), or None where it has no cell.

    ``value`` is what was read, ``text`` what stood there where it could not be read. ``remark`` is a key
    (``explain.remark.<key>``) or empty.
    """

    name: str
    value: float | str | bool | None
    percent: bool
    cell: str | None
    text: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """A key result or contributing objective of an objective, or a member of a group, with what it counts."""

    key: str
    name: str
    status: str
    progress: float | None
    score: float | None
    weight: float | None


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period of a KPI: what stood there, and whether it was ``used``, ``left_out`` or is ``running``."""

    label: str
    use: str
    target: float | str | bool | None
    actual: float | str | bool | None
    percent: bool
    cell: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The total of a group that a KPI counts in: its section or person, then the whole table where it has a total.

    ``before`` is the total without ``bonus`` and ``penalty`` (fractions of its 100 points). ``given_weight`` is what
    a section weighs itself and ``weight`` its share of the table; both None where sections weigh nothing. ``own`` is
    the share that the KPI has in its section.
    """

    kind: str
    name: str
    score: float | None
    grade: str | None
    coefficient: float | None
    before: float | None
    bonus: float
    penalty: float
    zeroed: bool
    weight: float | None
    given_weight: float | None
    own: float | None


def group_line(group: Group, own: float | None = None) -> GroupLine:
    """Give the line of a group; ``own`` is the share of it that the KPI explained has, where there is one."""
    return GroupLine(
        kind=group.kind,
        name=group.name,
        score=group.weighted_score,
        grade=group.grade,
        coefficient=group.coefficient,
        before=group.before_points,
        bonus=group.bonus,
        penalty=group.penalty,
        zeroed=group.zeroed_by is not None,
        weight=group.weight,
        given_weight=group.given_weight,
        own=own,
    )


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decided one item's numbers. Shares are fractions; ``formula`` is a key of the locale.

    ``numbers`` fill the formula. ``rule`` is the status rule that decided, ``thresholds`` what it compared with.
    ``weights`` is the form in which its group's weights were read (percent, fraction, ratio, equal). An end of
    ``score_range`` is None where the profile leaves it open. ``least`` is the least that would turn it green.
    """

    key: str
    kind: str
    title: str
    cell: str
    profile: str
    today: date
    status: str
    reason: Reason
    rule: str
    metric: str | None = None
    formula: str | None = None
    numbers: Mapping[str, Any] = field(default_factory=dict)
    percent: bool = False
    inputs: tuple[Input, ...] = ()
    progress: float | None = None
    score: float | None = None
    score_range: tuple[float | None, float | None] = (0.0, 1.0)
    expected: float | None = None
    expects: str | None = None
    curve: str = "linear"
    start: date | None = None
    due: date | None = None
    thresholds: Mapping[str, Any] = field(default_factory=dict)
    given_weight: float | None = None
    weight: float | None = None
    weights: str = "equal"
    children: tuple[Child, ...] = ()
    scored: int = 0
    total: int = 0
    periods: tuple[PeriodLine, ...] = ()
    aggregation: str | None = None
    group: str | None = None
    group_score: float | None = None
    groups: tuple[GroupLine, ...] = ()
    grade: str | None = None
    notes: tuple[Reason, ...] = ()
    least: tuple[Step, ...] = ()
    links: tuple[LinkLine, ...] = ()
    taken: TakenFrom | None = None
    alarm: Reason | None = None
    """KPIs that serve a goal or goals that a KPI serves; the KPI that gave the current value; what red guards say."""
