"""A scoring profile: the numbers that a firm chose, read from plain data with every problem told at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from math import isfinite
from typing import Any

from sheetsync.adding import added
from sheetsync.errors import ConfigError
from sheetsync.record import NamedTuple
from sheetsync.scoring.profile_options import BoundRules, Span, bound_rules, ends, span
from sheetsync.scoring.profile_reading import Flaw, Reader
from sheetsync.scoring.working_days import holidays_of

SLACK = 1e-9
"""Comparisons with a threshold forgive this much, so that 0.1 + 0.2 still counts as 0.3."""


class ProfileError(ConfigError):
    """A profile has unknown keys or impossible numbers; ``flaws`` holds every one, ``problems`` as English text."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        """Take all problems at once."""
        super().__init__(problems=tuple(map(str, flaws)))
        self.flaws = flaws


class Grade(NamedTuple):
    """A name for every score from ``floor`` up."""

    name: str
    floor: float


class Rung(NamedTuple):
    """One step of a ladder: from ``floor`` up (included) it gives ``gives``."""

    floor: float
    gives: float


class Curve(NamedTuple):
    """How much of the way is expected when: ``kind`` is ``linear``, ``steps``, ``shares`` or ``working_days``.

    ``steps`` is how many equal steps a cycle has; ``shares`` are twelve weights, January first. ``week`` is how many
    days from Monday on are worked, ``holidays`` the days that are not, sorted.
    """

    kind: str = "linear"
    steps: int = 1
    shares: tuple[float, ...] = ()
    week: int = 5
    holidays: tuple[date, ...] = ()


class Thresholds(NamedTuple):
    """When an item is on track or at risk, and how that is measured.

    ``by`` is ``gap`` (expected minus progress, at most), ``ratio`` (progress to expected, at least), ``achievement``
    (progress alone, at least; from ``achieved`` up it is achieved) or ``confidence`` (what the owner believes, on the
    profile's scale, at least). ``neglect_days`` is None where neglect is off. ``edge`` is the status of what lies
    exactly on ``on_track``: ``on_track`` or ``at_risk``.
    """

    by: str
    on_track: float
    at_risk: float
    achieved: float | None = None
    quiet_before: float = 0.0
    neglect_days: int | None = None
    edge: str = "on_track"


class KpiRules(NamedTuple):
    """What holds for KPIs alone; see the comments in ``vn-kpi@1.toml``.

    ``cap`` is what a KPI reaches at most where less is better and the profile's range is open at its top.
    ``bonus_most`` and ``penalty_most`` are the most that bonus and penalty points add to a total or take from it
    (0.1 is 10 points of 100); None is no limit but the profile's range.
    """

    missing: str
    falloff: float
    critical_below: float | None
    ladder: tuple[Rung, ...]
    coefficients: tuple[Rung, ...]
    cap: float | None = None
    bonus_most: float | None = None
    penalty_most: float | None = None


class Profile(NamedTuple):
    """A named and versioned set of choices. Shares are fractions; ``full_name`` goes into history and explanations.

    ``low`` and ``high`` hold the score, ``rollup_low`` and ``rollup_high`` what a child counts in its parent; an open
    end is an infinity. ``objective_status`` is ``own`` (by its own progress) or ``weakest`` (that of its weakest part).
    ``confidence`` is the scale of confidence, ``sweet_spot`` where the scores of good stretch goals lie.
    """

    name: str
    version: int
    low: float
    high: float
    rollup_low: float
    rollup_high: float
    child_weight: float
    least_scored: float
    curve: Curve
    status: Thresholds
    pass_marks: Mapping[str, float]
    grades: tuple[Grade, ...]
    kpi: KpiRules
    bounds: BoundRules = BoundRules()
    objective_status: str = "own"
    confidence: Span | None = None
    sweet_spot: Span | None = None

    @property
    def full_name(self) -> str:
        """The name with its version, such as ``default@1``."""
        return f"{self.name}@{self.version}"

    @property
    def cap(self) -> float:
        """What is reached at most where less is better and nothing at all was used up."""
        return self.high if isfinite(self.high) or self.kpi.cap is None else self.kpi.cap

    def clamp(self, progress: float) -> float:
        """Give the score of a progress: clamped to the profile's range."""
        if progress > self.high:
            return self.high
        return max(self.low, progress)

    def clamp_child(self, progress: float) -> float:
        """Give what a child's progress counts in its parent's."""
        if progress > self.rollup_high:
            return self.rollup_high
        return max(self.rollup_low, progress)

    def grade(self, score: float) -> str | None:
        """Give the name of the highest grade whose floor the score reaches; None where there is none."""
        for grade in self.grades:
            if score >= grade.floor - SLACK:
                return grade.name
        return None


def climb(ladder: tuple[Rung, ...], value: float) -> float:
    """Give what the highest rung that the value reaches gives; 0 below the last. Lower bounds are included."""
    for rung in ladder:
        if value >= rung.floor - SLACK:
            return rung.gives
    return 0.0


def profile_from(mapping: Mapping[str, Any]) -> Profile:
    """Make a profile of plain data (parsed TOML).

    Raises ProfileError with every unknown key and impossible number at once.
    """
    problems: list[Flaw] = []
    top = Reader(mapping, problems)
    profile = _read(top)
    top.finish()
    if problems:
        raise ProfileError(tuple(problems))
    return profile


def _read(top: Reader) -> Profile:
    low, high = ends(top.table("score"))
    rollup = top.table("rollup")
    rollup_low, rollup_high = ends(rollup)
    profile = Profile(
        name=top.text("name"),
        version=top.whole("version", least=1),
        low=low,
        high=high,
        rollup_low=rollup_low,
        rollup_high=rollup_high,
        child_weight=rollup.number("child_weight", least=0.0),
        least_scored=rollup.number("least_scored", least=0.0, most=1.0),
        curve=_curve(top.table("pace")),
        status=_thresholds(top.table("status")),
        pass_marks=_pass_marks(top.table("pass_mark"), high),
        grades=tuple(Grade(name, floor) for name, floor in _grades(top)),
        kpi=_kpi_rules(top.table("kpi"), capped=isfinite(high)),
        bounds=bound_rules(top.table("bounds")),
        objective_status=rollup.choice("status", ("own", "weakest")) if rollup.has("status") else "own",
        confidence=span(top, "confidence"),
        sweet_spot=span(top, "sweet_spot"),
    )
    _judge_together(top, rollup, profile)
    return profile


def _judge_together(top: Reader, rollup: Reader, profile: Profile) -> None:
    """Complain of choices that need one another."""
    if profile.status.by != "confidence":
        return
    if profile.confidence is None:
        told = "is missing; a status by confidence needs its scale"
        top.complain("confidence", told, "profile_needs", needs="confidence")
    if profile.objective_status != "weakest":
        told = 'must be "weakest" where the status goes by confidence: objectives have none of their own'
        rollup.complain("status", told, "profile_weakest_only")


def _curve(pace: Reader) -> Curve:
    kind = pace.choice("curve", ("linear", "steps", "shares", "working_days"))
    steps = pace.whole("steps", least=1) if kind == "steps" else 1
    shares = pace.numbers("shares", count=12) if kind == "shares" else ()
    if kind == "shares" and shares and not added(shares) > 0:
        pace.complain("shares", "must not all be 0", "profile_all_zero", what="shares")
    worked = kind == "working_days"
    week = int(pace.number("week", least=1.0, most=7.0, default=5.0)) if worked else 5
    return Curve(kind, steps, shares, week, pace.parsed("holidays", partial(holidays_of, week=week)) if worked else ())


def _thresholds(status: Reader) -> Thresholds:
    by = status.choice("by", ("gap", "ratio", "achievement", "confidence"))
    on_track, at_risk = status.number("on_track", least=0.0), status.number("at_risk", least=0.0)
    if by == "gap" and at_risk < on_track:
        told = f"must not be below on_track ({on_track:g})"
        status.complain("at_risk", told, "profile_too_low", value=f"{at_risk:g}", low=f"on_track ({on_track:g})")
    if by != "gap" and at_risk > on_track:
        told = f"must not be above on_track ({on_track:g})"
        status.complain("at_risk", told, "profile_too_high", value=f"{at_risk:g}", high=f"on_track ({on_track:g})")
    achieved = status.number("achieved", least=on_track) if by == "achievement" else None
    return Thresholds(
        by=by,
        on_track=on_track,
        at_risk=at_risk,
        achieved=achieved,
        quiet_before=status.number("quiet_before", least=0.0, most=1.0, default=0.0),
        neglect_days=status.whole("neglect_days", least=1) if status.is_on("neglect_days") else None,
        edge=status.choice("edge", ("on_track", "at_risk")) if status.has("edge") else "on_track",
    )


def _pass_marks(table: Reader, high: float) -> Mapping[str, float]:
    return {
        name: table.number(name, least=0.0, most=high if high > 0 else None)
        for name in ("committed", "aspirational", "blank")
    }


def _grades(top: Reader) -> list[tuple[str, float]]:
    rows = top.rows("grade")
    grades = [(row.text("name"), row.number("from")) for row in rows]
    _falling(top, "grade", [floor for _, floor in grades])
    return grades


def _kpi_rules(kpi: Reader, *, capped: bool) -> KpiRules:
    return KpiRules(
        missing=kpi.choice("missing", ("zero", "left_out")),
        falloff=kpi.number("falloff", least=0.0, default=0.0),
        critical_below=kpi.number("critical_below", least=0.0) if kpi.is_on("critical_below") else None,
        ladder=_ladder(kpi, "step"),
        coefficients=_ladder(kpi, "coefficient"),
        cap=kpi.number("cap", least=1.0) if kpi.has("cap") or not capped else None,
        bonus_most=kpi.number("bonus_most", least=0.0) if kpi.has("bonus_most") else None,
        penalty_most=kpi.number("penalty_most", least=0.0) if kpi.has("penalty_most") else None,
    )


def _ladder(table: Reader, key: str) -> tuple[Rung, ...]:
    ladder = tuple(Rung(row.number("from"), row.number("gives", least=0.0)) for row in table.rows(key))
    _falling(table, key, [rung.floor for rung in ladder])
    return ladder


def _falling(table: Reader, key: str, floors: list[float]) -> None:
    if any(upper <= lower for upper, lower in pairwise(floors)):
        told = "must be listed from the highest `from` to the lowest, each once"
        table.complain(key, told, "profile_falling", what=key)
