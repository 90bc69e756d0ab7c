"""What one rule alone says of its bad situation: where, about which item, and in which words."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from sheetsync.model import KeyResult, Kpi, Objective
from sheetsync.results import Finding
from sheetsync.rules import RULES, Facts, message
from sheetsync.rules.registry import Hit
from tests.rules.facts import ENGLISH, VIETNAMESE
from tests.rules.situations import SITUATIONS

GOLDEN = Path(__file__).parent / "golden"


def hits(code: str, seen: Facts) -> list[Hit]:
    """Give what a rule finds when it runs by itself."""
    look = RULES[code].look
    assert look is not None
    return list(look(seen))


def stored(language: str) -> dict[str, tuple[str, str]]:
    """Give for each rule the cell and the message that were looked at and stored."""
    lines = (GOLDEN / f"messages.{language}.txt").read_text(encoding="utf-8").splitlines()
    return {head[:5]: (head[6:].strip(), text.strip()) for head, text in zip(lines[::2], lines[1::2], strict=True)}


STORED = {"en": stored("en"), "vi": stored("vi")}


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_rule_by_itself_says_what_all_of_them_say(code: str) -> None:
    """Shows that a rule needs no other one: alone it names the same cell, in the same words, in both languages."""
    (hit,) = hits(code, SITUATIONS[code].bad())
    finding = Finding(code, RULES[code].severity, hit.cell, hit.params, hit.item)
    for phrases in (ENGLISH, VIETNAMESE):
        told = (str(finding.cell or ""), message(finding, phrases).strip())
        assert told == STORED[phrases.language][code]


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_rule_by_itself_leaves_good_alone(code: str) -> None:
    """Shows that a rule that runs alone finds nothing in what its manual advises."""
    assert hits(code, SITUATIONS[code].good()) == []


ABOUT_SEVERAL = ("WS105", "RO231", "RO254")
"""A copied table is about no one item; a row of the log is about the key result that it names."""


@pytest.mark.parametrize("code", [code for code in SITUATIONS if code not in ABOUT_SEVERAL])
def test_a_finding_in_the_row_of_an_item_is_about_that_item(code: str) -> None:
    """Shows that what is reported in a goal's row stands in that goal's Why, and what is elsewhere in nobody's."""
    seen = SITUATIONS[code].bad()
    (hit,) = hits(code, seen)
    goals: list[Objective | KeyResult | Kpi] = [*seen.goals.objectives, *seen.goals.key_results, *seen.goals.kpis]
    here = [
        item.key for item in goals if hit.cell is not None and (item.sheet, item.row) == (hit.cell.sheet, hit.cell.row)
    ]
    assert hit.item in here if here else hit.item is None


MORE = {"RO207": {"baseline"}, "RO214": {"target"}, "RO216": {"baseline"}, "DR518": {"concept"}}
"""What programs get beside what the message tells."""
WITHOUT_TABLE = {"WS102"}
"""A row that only looks like the header of a table belongs to none."""


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_finding_has_the_parameters_of_its_message(code: str) -> None:
    """Shows that programs get what the message tells, and of concepts the kind of table beside."""
    seen = SITUATIONS[code].bad()
    (hit,) = hits(code, seen)
    named = {name for _, name, _, _ in Formatter().parse(RULES[code].message) if name is not None}
    about = {"concept", "concepts"} & set(hit.params)
    assert set(hit.params) - {"kind"} == named | MORE.get(code, set())
    assert ("kind" in hit.params) is bool(about)
    if about:
        kinds = {(table.sheet, table.kind) for table in seen.goals.tables} | {("Settings", "settings")}
        assert hit.cell is not None
        assert (hit.cell.sheet, hit.params["kind"]) in kinds or code in WITHOUT_TABLE
