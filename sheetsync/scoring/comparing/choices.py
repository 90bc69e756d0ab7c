"""Every choice of a profile as a code and plain data, and how one profile takes over a single choice of another.

The words stand in the locale: ``profile.choice.<code>``, and the name of what is chosen ``profile.aspect.<name>``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from sheetsync.record import NamedTuple
from sheetsync.scoring.profile import Profile


class Choice(NamedTuple):
    """What a profile chose in one aspect: the code of its words, and what stands in them. Shares are fractions."""

    code: str
    params: Mapping[str, Any]


class Aspect(NamedTuple):
    """One thing that a profile decides: what it chose, and the first profile with that choice of the second."""

    name: str
    choice: Callable[[Profile], Choice]
    taken: Callable[[Profile, Profile], Profile]


def _range(low: float, high: float) -> Choice:
    held = {"low": low if isfinite(low) else None, "high": high if isfinite(high) else None}
    if isfinite(low) and isfinite(high):
        return Choice("range", held)
    return Choice("range_low" if isfinite(low) else "range_high" if isfinite(high) else "range_open", held)


def _bounds(profile: Profile) -> Choice:
    return Choice("bounds_strict" if profile.bounds.strict else "bounds_included", {})


def _outside(profile: Profile) -> Choice:
    return Choice(f"outside_{profile.bounds.outside}", {})


def _broken(profile: Profile) -> Choice:
    return Choice(f"broken_{profile.bounds.status}", {})


def _children(profile: Profile) -> Choice:
    weight = profile.child_weight
    return Choice("children" if weight > 0 else "children_none", {"weight": weight})


def _curve(profile: Profile) -> Choice:
    kind = profile.curve.kind
    known = kind if kind in ("linear", "steps", "shares", "working_days") else "other"
    return Choice(f"curve_{known}", {"steps": profile.curve.steps, "kind": kind})


def _status(profile: Profile) -> Choice:
    rules, scale = profile.status, profile.confidence
    edge = "_edge" if rules.edge == "at_risk" else ""
    params = {"on_track": rules.on_track, "at_risk": rules.at_risk, "achieved": rules.achieved}
    ends = {"low": scale.low, "high": scale.high} if scale is not None else {}
    return Choice(f"status_{rules.by}{edge}", {**params, **ends})


def _quiet(profile: Profile) -> Choice:
    share = profile.status.quiet_before
    return Choice("quiet" if share > 0 else "quiet_none", {"share": share})


def _neglect(profile: Profile) -> Choice:
    days = profile.status.neglect_days
    return Choice("neglect_off" if days is None else "neglect", {"days": days})


def _sweet_spot(profile: Profile) -> Choice:
    spot = profile.sweet_spot
    return Choice("sweet_spot", spot._asdict()) if spot is not None else Choice("sweet_spot_none", {})


def _grades(profile: Profile) -> Choice:
    return Choice("grades" if profile.grades else "grades_none", {"grades": profile.grades})


def _critical(profile: Profile) -> Choice:
    mark = profile.kpi.critical_below
    return Choice("critical_none" if mark is None else "critical", {"mark": mark})


def _falloff(profile: Profile) -> Choice:
    share = profile.kpi.falloff
    return Choice("falloff" if share > 0 else "falloff_none", {"share": share})


def _points(profile: Profile) -> Choice:
    bonus, penalty = profile.kpi.bonus_most, profile.kpi.penalty_most
    limits = ("_bonus" if bonus is not None else "") + ("_penalty" if penalty is not None else "")
    return Choice(f"points{limits or '_open'}", {"bonus": bonus, "penalty": penalty})


def _ladder(name: str) -> Callable[[Profile], Choice]:
    def choice(profile: Profile) -> Choice:
        rungs = profile.kpi.ladder if name == "ladder" else profile.kpi.coefficients
        return Choice(name if rungs else f"{name}_none", {"rungs": rungs})

    return choice


def _fields(*names: str) -> Callable[[Profile, Profile], Profile]:
    """Give the function that takes whole fields over."""
    return lambda to, other: to._replace(**{name: getattr(other, name) for name in names})


def _inside(field: str, *names: str) -> Callable[[Profile, Profile], Profile]:
    """Give the function that takes fields of a record inside the profile over."""

    def taken(to: Profile, other: Profile) -> Profile:
        inner, source = getattr(to, field), getattr(other, field)
        return to._replace(**{field: inner._replace(**{name: getattr(source, name) for name in names})})

    return taken


def _rest(to: Profile, other: Profile) -> Profile:
    return other._replace(name=to.name, version=to.version)


def _by_status(to: Profile, other: Profile) -> Profile:
    taken = _inside("status", "by", "on_track", "at_risk", "achieved", "edge")(to, other)
    return taken._replace(confidence=other.confidence)


OTHER = "other"

ASPECTS = (
    Aspect("bounds", _bounds, _inside("bounds", "strict")),
    Aspect("outside", _outside, _inside("bounds", "outside")),
    Aspect("clamp", lambda profile: _range(profile.low, profile.high), _fields("low", "high")),
    Aspect(
        "rollup",
        lambda profile: _range(profile.rollup_low, profile.rollup_high),
        _fields("rollup_low", "rollup_high"),
    ),
    Aspect("children", _children, _fields("child_weight")),
    Aspect(
        "least_scored",
        lambda profile: Choice("least_scored", {"share": profile.least_scored}),
        _fields("least_scored"),
    ),
    Aspect("curve", _curve, _fields("curve")),
    Aspect("thresholds", _status, _by_status),
    Aspect("broken", _broken, _inside("bounds", "status")),
    Aspect("quiet", _quiet, _inside("status", "quiet_before")),
    Aspect("neglect", _neglect, _inside("status", "neglect_days")),
    Aspect("objective", lambda one: Choice(f"objective_{one.objective_status}", {}), _fields("objective_status")),
    Aspect("pass_mark", lambda one: Choice("pass_mark", dict(one.pass_marks)), _fields("pass_marks")),
    Aspect("sweet_spot", _sweet_spot, _fields("sweet_spot")),
    Aspect("grades", _grades, _fields("grades")),
    Aspect("missing", lambda one: Choice(f"missing_{one.kpi.missing}", {}), _inside("kpi", "missing")),
    Aspect("falloff", _falloff, _inside("kpi", "falloff", "cap")),
    Aspect("ladder", _ladder("ladder"), _inside("kpi", "ladder")),
    Aspect("coefficient", _ladder("coefficient"), _inside("kpi", "coefficients")),
    Aspect("critical", _critical, _inside("kpi", "critical_below")),
    Aspect("points", _points, _inside("kpi", "bonus_most", "penalty_most")),
    Aspect(OTHER, lambda one: Choice("other", {"profile": one.full_name}), _rest),
)
"""What a profile decides, in the order in which scoring comes upon it: measure, hold, add up, expect, judge, grade.

The last one stands for what has no words of its own, so that no difference is ever without a reason.
"""
