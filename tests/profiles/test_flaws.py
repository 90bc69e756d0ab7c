"""What is told of a profile that somebody wrote wrong: the place, the words in both languages, the guess."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.scoring import profile_from
from sheetsync.scoring.profile import ProfileError

ENGLISH, VIETNAMESE = (Phrases(locales.load(language)) for language in ("en", "vi"))
GONE = object()
"""Takes a key away."""

HUGE, LONG = 10**20, 10**5000
WRONG: list[tuple[str, str, str, Any]] = [
    ("default@1", "", "name", GONE), ("default@1", "", "name", " "), ("default@1", "", "name", 5),
    ("default@1", "", "version", 0), ("default@1", "", "version", 1.5), ("default@1", "", "version", True),
    ("default@1", "", "scor", {}), ("default@1", "", "score", 3), ("default@1", "", "grade", 7),
    ("default@1", "", "grade", [3]), ("default@1", "", "grade", [{"name": "a", "from": 1}, {"name": "b", "from": 1}]),
    ("default@1", "", "grade", [{"name": "a", "from": 0, "form": 2}]),
    ("default@1", "score", "low", "opne"), ("default@1", "score", "low", 1), ("default@1", "score", "low", 2.5),
    ("default@1", "score", "high", float("nan")), ("default@1", "score", "high", float("inf")),
    ("default@1", "score", "high", HUGE), ("default@1", "score", "low", -HUGE), ("default@1", "score", "high", LONG),
    ("default@1", "rollup", "child_weight", -1), ("default@1", "rollup", "least_scored", 1.5),
    ("default@1", "rollup", "status", "weekest"), ("default@1", "rollup", "status", 4),
    ("default@1", "pace", "curve", "linaer"), ("default@1", "pace", "curve", GONE),
    ("default@1", "status", "by", "gaps"), ("default@1", "status", "at_risk", 0.05),
    ("default@1", "status", "on_track", -0.1), ("default@1", "status", "at_risk", "0.2"),
    ("default@1", "status", "quiet_before", 1.1), ("default@1", "status", "neglect_days", 0),
    ("default@1", "status", "neglect_days", "never"), ("default@1", "status", "edge", "of"),
    ("mooncamp@1", "status", "at_risk", 0.95), ("vn-kpi@1", "status", "achieved", 0.5),
    ("default@1", "pass_mark", "blank", 1.01), ("default@1", "pass_mark", "committed", -0.5),
    ("quantive@1", "bounds", "strict", "yes"), ("quantive@1", "bounds", "outside", "nothin"),
    ("engagedly@1", "bounds", "status", 1), ("google@1", "sweet_spot", "low", 0.7), ("google@1", "sweet_spot", "hi", 1),
    ("koan@1", "confidence", "low", 10), ("koan@1", "", "confidence", GONE), ("koan@1", "rollup", "status", "own"),
    ("vn-kpi@1", "kpi", "missing", "none"), ("vn-kpi@1", "kpi", "falloff", -1), ("vn-kpi@1", "kpi", "cap", 0.5),
    ("quantive@1", "kpi", "cap", GONE), ("vn-kpi@1", "kpi", "critical_below", -0.1),
    ("vn-kpi@1", "kpi", "bonus_most", -1), ("vn-kpi@1", "kpi", "penalty_most", -1),
    ("vn-kpi@1", "kpi", "step", [{"from": 0.9, "gives": 1}, {"from": 1, "gives": 0.5}]),
    ("vn-kpi@1", "kpi", "coefficient", [{"from": 0.9, "gives": -1}]),
]  # fmt: skip
CURVES: list[dict[str, Any]] = [
    {"curve": "steps"}, {"curve": "steps", "steps": 0}, {"curve": "shares"}, {"curve": "shares", "shares": [1] * 11},
    {"curve": "shares", "shares": [0] * 12}, {"curve": "shares", "shares": [-1, *[1] * 11]},
    {"curve": "working_days", "week": 8}, {"curve": "working_days", "week": 0},
    {"curve": "working_days", "holidays": "vn"}, {"curve": "working_days", "holidays": [20260101]},
    {"curve": "working_days", "holidays": ["vn", "2026-02-30"]}, {"curve": "linear", "steps": 4},
]  # fmt: skip


def broken(name: str, table: str, key: str, value: Any) -> dict[str, Any]:
    """Give a built-in profile with one key changed."""
    data: dict[str, Any] = copy.deepcopy(dict(profiles.load(name)))
    inside = data.setdefault(table, {}) if table else data
    inside.pop(key, None)
    if value is not GONE:
        inside[key] = value
    return data


def told(data: dict[str, Any]) -> list[str]:
    """Give each flaw of a profile in three lines: for who writes profiles, in English, in Vietnamese."""
    with pytest.raises(ProfileError) as caught:
        profile_from(data)
    lines = []
    for flaw in caught.value.flaws:
        near = f" ({flaw.near}?)" if flaw.near else ""
        lines.append(f"{flaw}{near}")
        for phrases in (ENGLISH, VIETNAMESE):
            params = {
                name: phrases.text(f"config.type.{value}") if name in ("expected", "found") else value
                for name, value in flaw.params.items()
            }
            lines.append(f"    {phrases.text('config.' + flaw.text, **params)}")
    return lines


def test_every_flaw_is_told(golden: Callable[[str, str], None]) -> None:
    """Shows for one slip after another what is said of it, as it was read and stored."""
    lines = [line for case in WRONG for line in told(broken(*case))]
    lines += [line for curve in CURVES for line in told(broken("default@1", "", "pace", curve))]
    golden("flaws.txt", "\n".join(lines) + "\n")


def test_one_slip_is_one_flaw() -> None:
    """Shows that a choice that does not fit another one is told at its key, and no other key of its table with it."""
    assert [line for line in told(broken("koan@1", "rollup", "status", "own")) if not line.startswith(" ")] == [
        'rollup.status: must be "weakest" where the status goes by confidence: objectives have none of their own'
    ]


def test_what_lies_on_a_limit_is_allowed() -> None:
    """Shows the smallest and largest values of each limit that a profile may hold."""
    limits: list[tuple[str, str, str, Any]] = [
        ("default@1", "", "version", 1), ("default@1", "rollup", "least_scored", 1),
        ("default@1", "rollup", "least_scored", 0), ("default@1", "status", "at_risk", 0.1),
        ("default@1", "status", "on_track", 0), ("default@1", "status", "quiet_before", 1),
        ("default@1", "status", "quiet_before", 0), ("default@1", "status", "neglect_days", 1),
        ("default@1", "status", "neglect_days", "off"), ("default@1", "pass_mark", "blank", 1),
        ("default@1", "pass_mark", "blank", 0), ("mooncamp@1", "status", "at_risk", 0.9),
        ("vn-kpi@1", "status", "achieved", 0.9), ("vn-kpi@1", "kpi", "cap", 1), ("vn-kpi@1", "kpi", "bonus_most", 0),
        ("vn-kpi@1", "kpi", "penalty_most", 0), ("vn-kpi@1", "kpi", "critical_below", 0),
        ("vn-kpi@1", "kpi", "critical_below", "off"), ("vn-kpi@1", "kpi", "falloff", 0),
    ]  # fmt: skip
    for case in limits:
        assert profile_from(broken(*case)).name == case[0].partition("@")[0]


def test_what_was_written_is_what_is_used() -> None:
    """Shows that each choice of a profile arrives where scoring looks for it."""
    data = broken("vn-kpi@1", "kpi", "cap", 1.5)
    data["kpi"] |= {"bonus_most": 0.1, "penalty_most": 0.2, "falloff": 0.3}
    data["bounds"] = {"strict": True, "outside": "nothing", "status": "at_risk"}
    data["pace"] = {"curve": "working_days", "week": 6, "holidays": ["2026-01-01"]}
    data["sweet_spot"] = {"low": 0.6, "high": 0.7}
    data["status"] |= {"edge": "at_risk", "neglect_days": 9, "quiet_before": 0.2}
    found = profile_from(data)
    assert (found.kpi.cap, found.kpi.bonus_most, found.kpi.penalty_most, found.kpi.falloff) == (1.5, 0.1, 0.2, 0.3)
    assert tuple(found.bounds) == (True, "nothing", "at_risk")
    assert (found.curve.kind, found.curve.week, len(found.curve.holidays)) == ("working_days", 6, 1)
    assert found.sweet_spot == (0.6, 0.7)
    assert (found.status.edge, found.status.neglect_days, found.status.quiet_before) == ("at_risk", 9, 0.2)
    assert profile_from(broken("default@1", "", "pace", {"curve": "working_days"})).curve.week == 5
    plain = profile_from(profiles.load("default@1"))
    assert (plain.objective_status, plain.status.edge, plain.curve.kind) == ("own", "on_track", "linear")
    assert tuple(plain.bounds) == (False, "share", "thresholds")
