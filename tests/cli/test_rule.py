"""``sheetsync rule``: the manual page of a rule, and the list of all, in both languages."""

from __future__ import annotations

import json

import pytest

from sheetsync.rules import RULES
from tests.cli.conftest import Caller


@pytest.mark.parametrize("code", ["RO203", "ro203", "direction-contradicts"])
@pytest.mark.parametrize(("language", "title"), [("en", "contradict"), ("vi", "trái với con số")])
def test_a_rule_is_found_by_code_and_by_name(call: Caller, code: str, language: str, title: str) -> None:
    """The page begins with code and name, and is written in the language of the call."""
    done = call("--lang", language, "rule", code)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("RO203 direction-contradicts (")
    assert title in done.out


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_list_names_every_rule(call: Caller, language: str) -> None:
    """Without a code every rule has its line: code, severity, title."""
    lines = call("--lang", language, "rule").out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == list(RULES)
    assert all(len(line.split("  ", 2)[-1].strip()) > 5 for line in lines)


def test_a_rule_that_is_off_says_so(call: Caller) -> None:
    """Rules that are off by default are marked in the list."""
    off = {rule.code for rule in RULES.values() if not rule.on}
    assert off
    lines = call("--lang", "vi", "rule").out.splitlines()
    assert {line.partition(" ")[0] for line in lines if line.split()[1] == "tắt"} == off


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(("code", "near"), [("R0203", "RO203"), ("direction-contradict", "direction-contradicts")])
def test_an_unknown_rule_suggests_those_near_it(call: Caller, language: str, code: str, near: str) -> None:
    """A misspelt code or name ends with 2 and names the nearest."""
    done = call("--lang", language, "rule", code)
    assert (done.code, done.out) == (2, "")
    assert near in done.err


def test_json_of_one_rule_carries_its_schema(call: Caller) -> None:
    """One rule as JSON has code, name, severity, title and page."""
    told = json.loads(call("rule", "RO203", "--json").out)
    assert (told["schema"], told["code"], told["severity"]) == ("sheetsync.rule.v1", "RO203", "error")
    assert told["page"].startswith("# RO203")


def test_json_of_all_rules_carries_its_schema(call: Caller) -> None:
    """All rules as JSON, in the language of the call."""
    told = json.loads(call("--lang", "vi", "rule", "--json").out)
    assert told["schema"] == "sheetsync.rules.v1"
    assert [rule["code"] for rule in told["rules"]] == list(RULES)
    assert "trái với con số" in next(rule["title"] for rule in told["rules"] if rule["code"] == "RO203")
