"""Profiles as data: what they hold, and every problem told at once."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sheetsync import profiles
from sheetsync.errors import ConfigError
from sheetsync.scoring import ProfileError, profile_from
from sheetsync.scoring.profile import climb
from sheetsync.scoring.profile_reading import Flaw
from tests.scoring.scene import DEFAULT, VN_KPI


def data(name: str = "default@1") -> dict[str, Any]:
    """Give a profile's data to spoil."""
    return copy.deepcopy(dict(profiles.load(name)))


def problems(spoiled: dict[str, Any]) -> tuple[str, ...]:
    """Give the problems that a profile has."""
    with pytest.raises(ProfileError) as error:
        profile_from(spoiled)
    return error.value.problems


def test_default_holds_the_numbers_of_the_design() -> None:
    """default@1: score 0..1, gap 0.10 and 0.25, quiet below 0.10, 14 days, no children, pass marks, grades."""
    assert (DEFAULT.low, DEFAULT.high, DEFAULT.rollup_low, DEFAULT.rollup_high) == (0, 1, 0, 1)
    assert DEFAULT.status[:6] == ("gap", 0.10, 0.25, None, 0.10, 14)
    assert DEFAULT.child_weight == 0
    assert DEFAULT.pass_marks == {"committed": 1.0, "aspirational": 0.7, "blank": 0.7}
    assert [grade.floor for grade in DEFAULT.grades] == [0.7, 0.4, 0.0]


def test_vn_kpi_holds_the_numbers_of_the_design() -> None:
    """vn-kpi@1: cap 1.2, achievement 1/0.9/0.7, missing counts 0, bands, ladder, coefficients, critical below 0.7."""
    assert VN_KPI.high == 1.2
    assert VN_KPI.status[:4] == ("achievement", 0.9, 0.7, 1.0)
    assert VN_KPI.kpi.missing == "zero"
    assert VN_KPI.kpi.falloff == 0
    assert VN_KPI.grades == (("A", 1.0), ("B", 0.9), ("C", 0.7), ("D", 0.0))
    assert VN_KPI.kpi.ladder == ((1.0, 1.0), (0.95, 0.6), (0.9, 0.4))
    assert VN_KPI.kpi.coefficients == ((1.0, 1.0), (0.9, 0.8), (0.8, 0.7), (0.7, 0.5))
    assert VN_KPI.kpi.critical_below == 0.7


def test_all_problems_are_told_at_once_with_their_place() -> None:
    """Unknown keys, wrong types and impossible numbers of several tables come in one error."""
    spoiled = data()
    spoiled["status"]["on_trak"] = 0.2
    spoiled["status"]["at_risk"] = 0.01
    spoiled["rollup"]["least_scored"] = 1.5
    spoiled["score"]["low"] = "none"
    spoiled["colour"] = "red"
    told = problems(spoiled)
    assert any(line.startswith("status.on_trak: unknown key") and '"on_track"' in line for line in told)
    assert any(line.startswith("status.at_risk: must not be below on_track") for line in told)
    assert any(line.startswith("rollup.least_scored: must not be above 1") for line in told)
    assert any(line.startswith("score.low: must be a number") for line in told)
    assert any(line.startswith("colour: unknown key") for line in told)
    assert len(told) == 5


def test_a_profile_error_is_a_configuration_error() -> None:
    """It has the exit code of a wrong configuration."""
    assert issubclass(ProfileError, ConfigError)
    assert ProfileError((Flaw(("a",), "unknown", {}, None, "unknown key"),)).exit_code == 2


@pytest.mark.parametrize(
    ("table", "key", "value", "told"),
    [
        ("score", "high", 0.0, "score.low: must be below high"),
        ("score", "high", float("nan"), "score.high: must be a number"),
        ("score", "high", True, "score.high: must be a number"),
        ("rollup", "child_weight", -1, "rollup.child_weight: must not be below 0"),
        ("pace", "curve", "square", "pace.curve: must be one of linear, steps, shares"),
        ("pace", "curve", "steps", "pace.steps: is missing"),
        ("pace", "curve", "shares", "pace.shares: is missing"),
        ("status", "by", "feeling", "status.by: must be one of gap, ratio, achievement"),
        ("status", "by", "achievement", "status.achieved: is missing"),
        ("status", "by", "ratio", "status.at_risk: must not be above on_track"),
        ("status", "neglect_days", 0, "status.neglect_days: must not be below 1"),
        ("status", "neglect_days", 1.5, "status.neglect_days: must be a whole number"),
        ("status", "on_track", None, "status.on_track: is missing"),
        ("pass_mark", "committed", 2, "pass_mark.committed: must not be above 1"),
        ("kpi", "missing", "maybe", "kpi.missing: must be one of zero, left_out"),
        ("kpi", "step", [{"from": 0.5, "gives": 1}, {"from": 0.5, "gives": 0}], "kpi.step: must be listed from"),
        ("kpi", "step", [{"from": 0.5}], "kpi.step[1].gives: is missing"),
        ("kpi", "step", "none", "kpi.step: must be a list of tables"),
    ],
)
def test_impossible_values_are_refused(table: str, key: str, value: object, told: str) -> None:
    """Each impossible value has its own problem with the place of the key."""
    spoiled = data()
    if value is None:
        del spoiled[table][key]
    else:
        spoiled[table][key] = value
    assert any(line.startswith(told) for line in problems(spoiled))


@pytest.mark.parametrize("shares", [[1] * 11, [0] * 12, [1] * 11 + [-1], ["a"] * 12])
def test_monthly_shares_are_twelve_numbers_that_do_not_all_vanish(shares: list[object]) -> None:
    """Too few, only zeros, negative ones and texts are refused."""
    spoiled = data()
    spoiled["pace"] = {"curve": "shares", "shares": shares}
    assert any(line.startswith("pace.shares") for line in problems(spoiled))


def test_a_table_that_is_no_table_is_told() -> None:
    """A plain value where a table must stand is a problem and no traceback."""
    assert any(line.startswith("status: must be a table") for line in problems({**data(), "status": 3}))


def test_nothing_at_all_is_told_key_by_key() -> None:
    """An empty profile names every key that is missing."""
    told = problems({})
    assert {"name", "version", "score.low", "pace.curve", "status.by", "kpi.missing"} <= {
        line.partition(":")[0] for line in told
    }


@pytest.mark.parametrize(
    ("value", "gives"), [(1.3, 1.0), (1.0, 1.0), (0.9999, 0.6), (0.95, 0.6), (0.9, 0.4), (0.89, 0)]
)
def test_a_ladder_includes_its_lower_bounds(value: float, gives: float) -> None:
    """The rung's floor itself counts, and below the last it is 0."""
    assert climb(VN_KPI.kpi.ladder, value) == gives


@pytest.mark.parametrize(
    ("score", "grade"), [(1.2, "A"), (1.0, "A"), (0.99, "B"), (0.9, "B"), (0.7, "C"), (0.69, "D"), (0, "D")]
)
def test_bands_a_to_d(score: float, grade: str) -> None:
    """A from 100, B from 90, C from 70, else D."""
    assert VN_KPI.grade(score) == grade


@pytest.mark.parametrize(("score", "grade"), [(0.7, "green"), (0.69, "yellow"), (0.4, "yellow"), (0.39, "red")])
def test_grades_of_default(score: float, grade: str) -> None:
    """Green from 0.7, yellow from 0.4, red below."""
    assert DEFAULT.grade(score) == grade


def test_comparisons_forgive_a_rounding_error() -> None:
    """0.1 + 0.2 + 0.4 reaches 0.7."""
    assert DEFAULT.grade(0.1 + 0.2 + 0.4 - 1e-12) == "green"
