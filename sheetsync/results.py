"""What the pure core gives: scores, findings, and the reason behind each. No text in any language stands here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sheetsync.model import NOTHING, Metric
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell, CellRef


class Severity(StrEnum):
    """How much a finding weighs; only an error can fail a check by default."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Finding(NamedTuple):
    """Something that is wrong, or could be better, in the user's data.

    ``params`` holds plain data only (numbers, dates, texts from the sheet, CellRefs); the words are made at the edge.
    ``item`` is the key of the objective, key result or KPI that it is about.
    """

    code: str
    severity: Severity
    cell: CellRef | None
    params: Mapping[str, Any]
    item: str | None = None


class Status(StrEnum):
    """Where an item stands today."""

    NOT_SCORED = "not_scored"
    NOT_STARTED = "not_started"
    ACHIEVED = "achieved"
    MISSED = "missed"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class NotScored(StrEnum):
    """Why an item has no score."""

    UNREADABLE_TARGET = "unreadable_target"
    UNREADABLE_BASELINE = "unreadable_baseline"
    UNREADABLE_CURRENT = "unreadable_current"
    NO_TARGET = "no_target"
    TARGET_IS_BASELINE = "target_is_baseline"
    DIRECTION_CONTRADICTS = "direction_contradicts"
    DIRECTION_UNKNOWN = "direction_unknown"
    DECREASE_WITHOUT_BASELINE = "decrease_without_baseline"
    RELATIVE_WITHOUT_BASELINE = "relative_without_baseline"
    TARGET_NOT_POSITIVE = "target_not_positive"
    NEGATIVE_TARGET = "negative_target"
    NEGATIVE_WEIGHT = "negative_weight"
    NO_PERIOD = "no_period"
    TOO_FEW_SCORED = "too_few_scored"
    NO_KEY_RESULT = "no_key_result"
    NO_CYCLE = "no_cycle"
    WRONG_TARGET_KIND = "wrong_target_kind"
    WRONG_CURRENT_KIND = "wrong_current_kind"
    DUE_BEFORE_START = "due_before_start"
    OUT_OF_RANGE = "out_of_range"
    NO_ACTUAL = "no_actual"
    UNITS_DIFFER = "units_differ"


class Reason(NamedTuple):
    """The reason for a status: a code (text ``why.<code>`` in the locale) and plain params."""

    code: str
    params: Mapping[str, Any]


WITHOUT_ACTUAL = ("kpi_missing", "kpi_missing_row", "kpi_critical_missing")
"""The codes of reasons of a KPI, or of its row for one period, that reached nothing because it has no actual at all."""


class Score(NamedTuple):
    """What was computed for one objective, key result or KPI. Fractions are 0..1 where 1 is 100 %.

    ``progress`` is where it stands (never clamped), ``score`` the grade clamped by the profile, ``expected`` the pace.
    For a KPI ``progress`` is its achievement before the cap and ``score`` after it. ``weight`` is its share among its
    siblings as used, ``given_weight`` the number that was resolved before shares were taken.
    ``baseline``, ``target`` and ``current`` are the numbers that went into the formula, ``source`` the cell that the
    current value came from (the row's own, or one of the check-in log).
    """

    key: str
    kind: str
    status: Status
    reason: Reason
    progress: float | None = None
    expected: float | None = None
    score: float | None = None
    metric: Metric | None = None
    not_scored: NotScored | None = None
    weight: float | None = None
    given_weight: float | None = None
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    source: Cell[Any] | None = None
    start: Any = None
    due: Any = None
    last_update: Any = None
    scored: int = 0
    total: int = 0
    weighted_score: float | None = None
    grade: str | None = None
    coefficient: float | None = None
    trend: str | None = None
    change: float | None = None
    forecast: float | None = None
    """Change since the last weekly mark and forecast of the end; both need earlier days to be known."""


class Group(NamedTuple):
    """The total of a group of KPIs: weighted score (a fraction, 1 is 100 %), grade, coefficient.

    ``kind`` is ``section``, ``person`` (its owner, where there are no sections) or ``table`` (the whole worksheet,
    where the weights total 100 % over it and not in each group, or where there is neither section nor owner;
    ``name`` is then the worksheet's). ``zeroed_by`` is the key of the critical KPI that made it 0, ``missing`` are
    the keys of KPIs without an actual that counted as 0. ``before_points`` is the weighted score before ``bonus`` and
    ``penalty`` (fractions of its 100 points). Where sections weigh something themselves, ``weight`` is the share that
    the section has of the table, and ``given_weight`` the number that was read for it.
    """

    name: str
    kind: str
    members: tuple[str, ...]
    weighted_score: float | None
    grade: str | None
    coefficient: float | None
    zeroed_by: str | None = None
    missing: tuple[str, ...] = ()
    before_points: float | None = None
    bonus: float = 0.0
    penalty: float = 0.0
    weight: float | None = None
    given_weight: float | None = None


class Serving(NamedTuple):
    """A KPI that serves an objective or a key result; both are keys. ``link`` is one of ``model.KpiLink``.

    ``achievement`` is what it reached of its target (1 is 100 %), None where it has no score.
    """

    kpi: str
    goal: str
    link: str
    status: Status
    achievement: float | None
    title: str
    cell: CellRef


class TakenPeriod(NamedTuple):
    """One complete period of a KPI that went into the current value of a key result, with its cell."""

    label: str
    value: float | str | bool | None
    percent: bool
    cell: CellRef


class Taken(NamedTuple):
    """Where the current value of a key result was taken from: a KPI (its key), and its periods.

    ``aggregation`` is how several periods became one number; None where there was one.
    """

    kpi: str
    title: str
    aggregation: str | None
    periods: tuple[TakenPeriod, ...]


class Foreign(NamedTuple):
    """An objective of another workbook of the company that contributes to one of this workbook, as it is scored there.

    ``score.key`` is its id with its workbook's name before it (``sales:O-1``). ``lasting`` is True where what it
    reached stays reached, ``valued`` where somebody gave a value, ``watched`` where neglect can be judged.
    """

    title: str
    score: Score
    lasting: bool
    valued: bool
    watched: bool


class Circle(NamedTuple):
    """An alignment loop through several workbooks: the ids along it, and the key of one of its own objectives here."""

    names: tuple[str, ...]
    key: str


class Beyond(NamedTuple):
    """What the links between the workbooks of a company mean for the scores of one of them.

    ``children`` maps the key of an objective to those that contribute to it from other workbooks; ``cut`` are the
    links of this workbook (child, parent) that are ignored because they are part of a loop through other workbooks.
    """

    children: Mapping[str, tuple[Foreign, ...]] = NOTHING
    cut: frozenset[tuple[str, str]] = frozenset()
    circles: tuple[Circle, ...] = ()


ALONE = Beyond()
"""What no other workbook says anything about."""


class Scorecard(NamedTuple):
    """All scores of one workbook by key, and the profiles (``name@version``) that chose the formulas."""

    profile: str
    kpi_profile: str
    scores: Mapping[str, Score]
    groups: tuple[Group, ...] = ()
    loops: tuple[tuple[str, ...], ...] = ()
    """Alignment loops, each as the keys that form it; every edge of a loop was ignored."""
    progress: float | None = None
    expected: float | None = None
    """Progress and pace of the whole: the weighted mean of the company's objectives (of all, where none is the
    company's), as roll-up takes it. None where too little of their weight is scored."""
    notes: Mapping[str, tuple[Reason, ...]] = NOTHING
    """Assumptions that scoring made for an item (baseline taken as 0, mean weight), for rules to report as hints."""
    beyond: Beyond = ALONE
    """What came from the other workbooks of the company."""
    servings: Mapping[str, tuple[Serving, ...]] = NOTHING
    """The KPIs that serve each objective and key result, by its key, in the order of their rows."""
    alarms: Mapping[str, Reason] = NOTHING
    """What guards in red say beside the reason for a status (``guard.<code>`` in the locale), by the goal's key."""
    taken: Mapping[str, Taken] = NOTHING
    """The key results whose current value is a KPI's, by their keys."""


class Digest(NamedTuple):
    """What a mail or a page shows: plain dict, list, str, number and date only. ``data`` is the view model."""

    kind: str
    data: Mapping[str, Any]
