"""Profiles of one's own: what they extend, what they change, and every slip told with its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import locales, profiles
from sheetsync.cli.shipped import known_profiles, own_names, profile_flaws, profiles_with
from sheetsync.config.keys import Accepted
from sheetsync.config.load import load_config
from sheetsync.config.profile_keys import TABLES
from sheetsync.config.profiles import laid_over, own_profiles
from sheetsync.errors import ConfigError
from sheetsync.language import Phrases
from sheetsync.scoring import profile_from, score
from sheetsync.scoring.comparing.lines import profile_lines
from tests import factories
from tests.config.conftest import Complain, Load

WORKBOOK = '[workbook.a]\npath = "a.xlsx"\n'
ACCEPTED = Accepted(profiles=known_profiles(), profile_data=profiles.load, profile_flaws=profile_flaws)


def test_a_profile_says_only_what_is_different(load: Load) -> None:
    """Shows that a profile keeps everything of what it extends but the keys it names, and has a name and version."""
    text = f"{WORKBOOK}profile = 'minh'\n[profile.minh]\nextends = 'default@1'\nversion = 3\nstatus.on_track = 0.2\n"
    workbook = load(text, ACCEPTED).workbooks["a"]
    own = profiles_with(workbook.profiles)("minh")
    base = profile_from(profiles.load("default@1"))
    assert own.full_name == "minh@3"
    assert own == base._replace(name="minh", version=3, status=base.status._replace(on_track=0.2))
    assert profiles_with(workbook.profiles)("minh@3") == own
    assert profiles_with(workbook.profiles)("default") == base
    assert set(own_names(workbook.profiles)) == {"minh", "minh@3"}


def test_a_profile_may_extend_another_of_ones_own_and_lists_are_replaced_whole(load: Load) -> None:
    """Shows a chain of two, whatever their order, and bands that take the place of all bands."""
    text = f"""{WORKBOOK}
[profile.strict]
extends = "firm"
status.at_risk = 0.15
[profile.firm]
extends = "default@1"
[[profile.firm.grade]]
name = "passed"
from = 0.5
"""
    found = profiles_with(load(text, ACCEPTED).workbooks["a"].profiles)("strict")
    assert (found.status.on_track, found.status.at_risk) == (0.1, 0.15)
    assert found.grades == (("passed", 0.5),)


def test_what_plays_no_part_any_more_is_left_out(load: Load) -> None:
    """Shows that a profile which judges by the gap may extend one that has a mark for achieved."""
    change = "status = { by = 'gap', on_track = 0.1, at_risk = 0.2 }\nkpi.critical_below = 'off'\n"
    text = f"{WORKBOOK}[profile.b]\nextends = 'vn-kpi@1'\n{change}"
    found = profiles_with(load(text, ACCEPTED).workbooks["a"].profiles)("b")
    assert (found.status.by, found.status.achieved, found.kpi.critical_below) == ("gap", None, None)


def test_profiles_hold_for_the_files_below_and_not_for_others(load: Load, complain: Complain) -> None:
    """Shows that an included file may use a profile of the file above it, and the one above none of the file below."""
    firm = "[profile.firm]\nextends = 'default@1'\n"
    uses = "[workbook.b]\npath = 'b.xlsx'\nprofile = 'firm@1'\n"
    config = load(f"include = ['below.toml']\n{firm}", ACCEPTED, **{"below.toml": uses})
    assert "firm" in config.workbooks["b"].profiles
    told = complain(f"include = ['below.toml']\n{uses}", ACCEPTED, **{"below.toml": firm})
    assert told[0].startswith('sheetsync.toml:4:1: workbook.b.profile: "firm@1" is not allowed')


def test_everything_that_is_wrong_is_told_at_once_with_its_place(complain: Complain) -> None:
    """Shows unknown keys, impossible numbers, wrong types, loops and names of built-in profiles, each at its line."""
    text = """[workbook.a]
path = "a.xlsx"
profile = "frim"
[profile.firm]
extends = "defualt@1"
[profile.default]
extends = "default@1"
[profile.one]
extends = "two"
[profile.two]
extends = "one"
[profile.odd]
extends = "default@1"
status.on_trak = 0.1
status.neglect_days = 0
score = { low = 2, high = 1 }
pass_mark.blank = "x"
[[profile.odd.grade]]
name = "A"
from = 0.1
[[profile.odd.grade]]
name = "B"
from = 0.9
[profile.bare]
"""
    told = complain(text, ACCEPTED)
    starts = (
        'sheetsync.toml:3:1: workbook.a.profile: "frim" is not allowed; did you mean "firm"?',
        'sheetsync.toml:5:1: profile.firm.extends: "defualt@1" is no profile; did you mean "default@1"?',
        'sheetsync.toml:6:10: profile.default: "default" is a profile that comes with sheetsync',
        "sheetsync.toml:11:1: profile.two.extends: these profiles extend one another: one → two → one",
        'sheetsync.toml:14:8: profile.odd.status.on_trak: unknown key; did you mean "on_track"?',
        "sheetsync.toml:15:8: profile.odd.status.neglect_days: 0 is too low; at least 1",
        "sheetsync.toml:16:11: profile.odd.score.low: low (2) must be below high (1)",
        "sheetsync.toml:17:11: profile.odd.pass_mark.blank: must be a number with a point, not a text",
        "sheetsync.toml:18:15: profile.odd.grade: grade must be listed from the highest",
        "sheetsync.toml:24:10: profile.bare.extends: is missing",
    )
    assert len(told) == len(starts), told
    for line, start in zip(told, starts, strict=True):
        assert line.startswith(start), line


@pytest.mark.parametrize("names", [["a"], ["a", "b"], [f"p{n}" for n in range(50)]])
def test_a_loop_of_any_length_is_told_once(complain: Complain, names: list[str]) -> None:
    """Shows that profiles that extend one another in a ring end in one message and no recursion."""
    ring = zip(names, [*names[1:], names[0]], strict=True)
    text = WORKBOOK + "".join(f"[profile.{name}]\nextends = '{above}'\n" for name, above in ring)
    assert len([line for line in complain(text, ACCEPTED) if "extend one another" in line]) == 1


def test_two_profiles_named_alike_are_refused(complain: Complain) -> None:
    """Shows names that differ only in case, the same name in two files, and the same table twice in one."""
    firm, same = "[profile.firm]\nextends = 'default@1'\n", "[profile.Firm]\nextends = 'default@1'\n"
    told = complain(WORKBOOK + firm + same, ACCEPTED)
    assert told == (
        "sheetsync.toml:5:10: profile.Firm: there is a profile of this name in sheetsync.toml already; give one of "
        "them another name",
    )
    below = complain(f"include = ['b.toml']\n{WORKBOOK}{firm}", ACCEPTED, **{"b.toml": same})
    assert below[0].startswith("b.toml:1:10: profile.Firm: there is a profile of this name in sheetsync.toml already")
    assert len(complain(WORKBOOK + firm + firm, ACCEPTED)) == 1


@pytest.mark.parametrize("name", ['"a b"', '"x@2"', '"1st"', '""'])
def test_a_name_that_cannot_be_called_is_refused(complain: Complain, name: str) -> None:
    """Shows that spaces, an @ and a digit at the beginning are no part of a name."""
    told = complain(f"{WORKBOOK}[profile.{name}]\nextends = 'default@1'\n", ACCEPTED)
    assert any("is no name for a profile" in line for line in told)


def test_the_newest_version_of_a_built_in_profile_cannot_be_extended(complain: Complain) -> None:
    """Shows that a version must be named, because tomorrow's newest is another one."""
    told = complain(f"{WORKBOOK}[profile.firm]\nextends = 'default'\n", ACCEPTED)
    assert 'did you mean "default@1"?' in told[0]


@pytest.mark.parametrize("value", ["3", "'x'", "[]", "{ a = 3 }"])
def test_what_is_no_table_is_told(complain: Complain, value: str) -> None:
    """Shows that anything else in the place of a profile, or of all of them, is a message and no traceback."""
    assert complain(f"profile.firm = {value}\n{WORKBOOK}", ACCEPTED)
    assert complain(f"profile = {value}\n{WORKBOOK}", ACCEPTED)
    assert complain(f"{WORKBOOK}[profile.firm]\nextends = {value}\n", ACCEPTED)
    assert complain(f"{WORKBOOK}[profile.firm]\nextends = 'default@1'\nstatus = {value}\n", ACCEPTED)


def test_problems_are_told_in_vietnamese_too(tmp_path: Any, vietnamese: Phrases) -> None:
    """Shows that no English is left in a Vietnamese message about a profile."""
    file = tmp_path / "sheetsync.toml"
    file.write_text(f"{WORKBOOK}[profile.f]\nextends = 'default@1'\nstatus.at_risk = 0.01\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file, vietnamese, ACCEPTED)
    assert caught.value.problems[0].endswith("profile.f.status.at_risk: 0.01 quá thấp; ít nhất là on_track (0.1)")


def test_the_schema_knows_the_keys_that_the_reader_of_profiles_knows() -> None:
    """Shows that an editor's completion has each key of a profile, and none that the reader refuses."""
    base: dict[str, Any] = dict(profiles.load("default@1"))
    assert {flaw[0][0] for flaw in profile_flaws({**base, **dict.fromkeys(TABLES, 3)})} >= set(TABLES) - {"confidence"}
    for name, schema in TABLES.items():
        if "properties" not in schema:
            continue
        spoiled = {**base, name: {**dict(base.get(name, {})), "no_such_key": 1}}
        if name == "status":
            spoiled[name]["by"] = "achievement"
        told = next(flaw for flaw in profile_flaws(spoiled) if flaw[0] == (name, "no_such_key"))
        assert set(told[2]["allowed"].split(", ")) == set(schema["properties"])


@given(st.recursive(st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3)))
def test_laying_over_nothing_or_itself_changes_nothing(data: Any) -> None:
    """Shows that a table over an empty one is itself, and so is a table over itself."""
    table = {"a": data}
    assert laid_over({}, table) == laid_over(table, {}) == laid_over(table, table) == table


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("status.on_track = nan", "nan is no number that anything can be compared with"),
        ("score.high = inf", "inf is no number that anything can be compared with"),
        ("rollup.child_weight = 1e300", "1e+300 is too high; at most 1e+09"),
        ("score.low = -1e300", "-1e+300 is too low; at least -1e+09"),
        (f"status.neglect_days = {'9' * 400}", "is too high; at most 1e+09"),
        ("pass_mark.blank = 1.5", "1.5 is too high; at most 1"),
        ("rollup.least_scored = 2", "2 is too high; at most 1"),
        ("status.by = 'confidence'", "profile.odd.confidence: confidence is missing, which this choice needs"),
        ("status.by = 'feeling'", '"feeling" is not allowed; allowed: gap, ratio, achievement, confidence'),
        ("bounds.strict = 'yes'", "must be true or false, not a text"),
        ("bounds.outsid = 'nothing'", 'unknown key; did you mean "outside"?'),
        ("sweet_spot = { low = 0.7, high = 0.6 }", "low (0.7) must be below high (0.6)"),
    ],
)
def test_impossible_choices_are_refused(complain: Complain, line: str, told: str) -> None:
    """Shows that each impossible number or word of an own profile has its message."""
    text = f"{WORKBOOK}[profile.odd]\nextends = 'default@1'\n{line}\n"
    assert any(told in problem for problem in complain(text, ACCEPTED)), complain(text, ACCEPTED)


WORDS = st.sampled_from(
    ["off", "open", "gap", "ratio", "confidence", "achievement", "weakest", "nothing", "at_risk", ""]
)
LEAVES = st.one_of(st.booleans(), st.integers(), st.floats(), WORDS)
KEYS = sorted({"x", "from", "gives", "name", "extends", "version", "steps", "curve", "step", "cap", *TABLES})
KEYS += sorted({key for schema in TABLES.values() for key in schema.get("properties", ())})
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner, max_size=4) | st.lists(inner, max_size=2),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5), st.sampled_from(profiles.names()))
def test_whatever_a_profile_says_is_taken_or_told(table: dict[str, Any], base: str) -> None:
    """Shows that any data at all gives messages or a profile that is made and told without a traceback."""
    own = own_profiles({"odd": {**table, "extends": base}}, {}, {}, ACCEPTED, "sheetsync.toml")
    english = Phrases(locales.load("en"))
    for problem in own.problems:
        key = f"config.{problem.text}" + ("_near" if problem.near is not None else "")
        assert english.text(key, **{"near": problem.near, **problem.params})
    if not own.problems:
        profile = profile_from(own.profiles["odd"])
        assert len(profile_lines(profile, english)) >= 20
        assert score(factories.goals(factories.key_result(target=5, current=2)), profile, profile, date(2026, 1, 1))
