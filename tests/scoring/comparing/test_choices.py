"""What each aspect of a profile is, as a code with its numbers; and what counts as the same score."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from sheetsync.results import Reason, Score, Status
from sheetsync.scoring.comparing.choices import ASPECTS, Choice
from sheetsync.scoring.comparing.comparison import Compared
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.profile_options import Span
from tests.scoring.scene import DEFAULT, VN_KPI

CHOICE = {aspect.name: aspect.choice for aspect in ASPECTS}


def inside(field: str, profile: Profile = DEFAULT, **given: Any) -> Profile:
    """Give a profile with fields of a record in it changed."""
    return profile._replace(**{field: getattr(profile, field)._replace(**given)})


def kpi(**given: Any) -> Profile:
    """Give vn-kpi@1 with another rule for KPIs."""
    return inside("kpi", VN_KPI, **given)


GAP = {"on_track": 0.1, "at_risk": 0.25, "achieved": None}


@pytest.mark.parametrize(
    ("aspect", "profile", "code", "params"),
    [
        ("clamp", DEFAULT, "range", {"low": 0.0, "high": 1.0}),
        ("clamp", DEFAULT._replace(high=inf), "range_low", {"low": 0.0, "high": None}),
        ("clamp", DEFAULT._replace(low=-inf), "range_high", {"low": None, "high": 1.0}),
        ("clamp", DEFAULT._replace(low=-inf, high=inf), "range_open", {"low": None, "high": None}),
        ("rollup", DEFAULT._replace(rollup_high=1.5), "range", {"low": 0.0, "high": 1.5}),
        ("rollup", DEFAULT._replace(rollup_low=-inf), "range_high", {"low": None, "high": 1.0}),
        ("bounds", inside("bounds", strict=True), "bounds_strict", {}),
        ("bounds", inside("bounds", strict=False), "bounds_included", {}),
        ("outside", inside("bounds", outside="nothing"), "outside_nothing", {}),
        ("broken", inside("bounds", status="at_risk"), "broken_at_risk", {}),
        ("children", DEFAULT, "children_none", {"weight": 0.0}),
        ("children", DEFAULT._replace(child_weight=0.5), "children", {"weight": 0.5}),
        ("least_scored", DEFAULT, "least_scored", {"share": 0.5}),
        ("curve", DEFAULT, "curve_linear", {"steps": DEFAULT.curve.steps, "kind": "linear"}),
        ("curve", inside("curve", kind="steps", steps=4), "curve_steps", {"steps": 4, "kind": "steps"}),
        ("curve", inside("curve", kind="shares"), "curve_shares", {"steps": DEFAULT.curve.steps, "kind": "shares"}),
        ("curve", inside("curve", kind="moon"), "curve_other", {"steps": DEFAULT.curve.steps, "kind": "moon"}),
        ("thresholds", DEFAULT, "status_gap", GAP),
        ("thresholds", inside("status", edge="at_risk"), "status_gap_edge", GAP),
        ("thresholds", DEFAULT._replace(confidence=Span(1.0, 9.0)), "status_gap", {**GAP, "low": 1.0, "high": 9.0}),
        ("quiet", inside("status", quiet_before=0.0), "quiet_none", {"share": 0.0}),
        ("quiet", DEFAULT, "quiet", {"share": 0.1}),
        ("neglect", DEFAULT, "neglect", {"days": 14}),
        ("neglect", inside("status", neglect_days=None), "neglect_off", {"days": None}),
        ("objective", DEFAULT, "objective_own", {}),
        ("pass_mark", DEFAULT, "pass_mark", {"committed": 1.0, "aspirational": 0.7, "blank": 0.7}),
        ("sweet_spot", DEFAULT._replace(sweet_spot=None), "sweet_spot_none", {}),
        ("sweet_spot", DEFAULT._replace(sweet_spot=Span(0.6, 0.7)), "sweet_spot", {"low": 0.6, "high": 0.7}),
        ("grades", DEFAULT, "grades", {"grades": DEFAULT.grades}),
        ("grades", DEFAULT._replace(grades=()), "grades_none", {"grades": ()}),
        ("missing", VN_KPI, "missing_zero", {}),
        ("falloff", VN_KPI, "falloff_none", {"share": 0.0}),
        ("falloff", kpi(falloff=0.3), "falloff", {"share": 0.3}),
        ("ladder", VN_KPI, "ladder", {"rungs": VN_KPI.kpi.ladder}),
        ("ladder", kpi(ladder=()), "ladder_none", {"rungs": ()}),
        ("coefficient", VN_KPI, "coefficient", {"rungs": VN_KPI.kpi.coefficients}),
        ("coefficient", kpi(coefficients=()), "coefficient_none", {"rungs": ()}),
        ("critical", VN_KPI, "critical", {"mark": 0.7}),
        ("critical", kpi(critical_below=None), "critical_none", {"mark": None}),
        ("points", kpi(bonus_most=None, penalty_most=None), "points_open", {"bonus": None, "penalty": None}),
        ("points", kpi(bonus_most=0.0, penalty_most=None), "points_bonus", {"bonus": 0.0, "penalty": None}),
        ("points", kpi(bonus_most=None, penalty_most=0.2), "points_penalty", {"bonus": None, "penalty": 0.2}),
        ("points", kpi(bonus_most=0.1, penalty_most=0.2), "points_bonus_penalty", {"bonus": 0.1, "penalty": 0.2}),
        ("other", VN_KPI, "other", {"profile": "vn-kpi@1"}),
    ],
)
def test_what_a_profile_chose(aspect: str, profile: Profile, code: str, params: dict[str, Any]) -> None:
    """Shows the code and the numbers of each choice, and 0 told apart from nothing."""
    found = CHOICE[aspect](profile)
    assert found == Choice(code, found.params)
    assert dict(found.params) == params


def pair(first: float | None, second: float | None, other: Status = Status.ON_TRACK) -> Compared:
    """Give an item with two scores."""
    one = Score("KR-1", "key_result", Status.ON_TRACK, Reason("x", {}), score=first)
    return Compared("KR-1", "key_result", one, one._replace(score=second, status=other), ())


@pytest.mark.parametrize(
    ("first", "second", "differs", "difference"),
    [
        (0.5, 0.5, False, 0.0),
        (0.5, 0.6, True, 0.1),
        (0.5, 0.5 + 1e-10, False, 1e-10),
        (0.5, 0.5 + 1e-8, True, 1e-8),
        (None, None, False, 0.0),
        (None, 0.5, True, inf),
        (0.5, None, True, inf),
        (0.0, None, True, inf),
    ],
)
def test_what_counts_as_another_score(first: Any, second: Any, differs: bool, difference: float) -> None:
    """Shows a rounding error, more than that, no score at all, and another status at the same score."""
    found = pair(first, second)
    assert found.differs is differs
    assert found.difference == pytest.approx(difference)
    assert pair(first, second, Status.AT_RISK).differs is True
