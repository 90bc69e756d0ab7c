"""What becomes of parameters in a message: words of the language, numbers, dates, quotes and reasons of backends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sheetsync.results import Finding, Severity
from sheetsync.rules import RULES, Facts, Rule, message
from sheetsync.rules.facts import Share
from sheetsync.rules.messages import LONGEST_QUOTE, doc_sections, message_template, reason, sections, title
from sheetsync.rules.registry import Hits, declare, is_silenced, rule, silences_nothing
from sheetsync.workbook import CellRef
from tests.rules.facts import ENGLISH, VIETNAMESE


def said(code: str, phrases: Any = ENGLISH, **params: Any) -> str:
    """Give the message of a finding with these parameters."""
    return message(Finding(code, Severity.HINT, CellRef("OKR", 6, 1), params), phrases)


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (Share(0.95), "95%", "95%"),
        (Share(0.405), "40.5%", "40,5%"),
        (Share(0.12345), "12.35%", "12,35%"),
        (Share(0.1234), "12.34%", "12,34%"),
        (Share(0.333333), "33.33%", "33,33%"),
        (Share(-0.2), "-20%", "-20%"),
        (1234.5, "1,234.5", "1.234,5"),
        (7, "7", "7"),
        (True, "TRUE", "TRUE"),
        (False, "FALSE", "FALSE"),
        (date(2025, 12, 31), "31 Dec 2025", "31/12/2025"),
        (datetime(2025, 12, 31, 8, 30), "31 Dec 2025", "31/12/2025"),
        ("  two \n words ", "two words", "two words"),
        ("x" * LONGEST_QUOTE, "x" * LONGEST_QUOTE, "x" * LONGEST_QUOTE),
        ("x" * (LONGEST_QUOTE + 1), "x" * (LONGEST_QUOTE - 1) + "…", "x" * (LONGEST_QUOTE - 1) + "…"),
    ],
)
def test_how_a_cell_is_shown(value: Any, english: str, vietnamese: str) -> None:
    """Shows numbers, percentages with as many digits as they need, dates and long texts in both languages."""
    for phrases, shown in ((ENGLISH, english), (VIETNAMESE, vietnamese)):
        assert f"“{shown}”" in said("RO212", phrases, target=value)


@pytest.mark.parametrize(
    ("code", "params", "parts"),
    [
        ("RO204", {"concept": "due", "kind": "okr", "raw": "soon"}, ["Due says “soon”"]),
        ("RO204", {"concept": "due", "raw": "soon"}, ["Due says “soon”"]),
        ("RO201", {"concept": "value", "kind": "check-ins", "raw": "?"}, ["Value says “?”"]),
        ("RO224", {"concept": "current", "other_concept": "target", "kind": "okr", "plain": 93, "percent": Share(0.95)},
         ["Current is the plain number 93, but Target is 95%"]),
        ("WS102", {"concepts": ("target", "owner"), "kind": "okr"}, ["no column says: Target, Owner."]),
        ("DR505", {"moves": ("a", "b", "c", "d")}, ["(a, b, c, …)"]),
        ("DR505", {"moves": ("a", "b")}, ["(a, b)"]),
        ("RO206", {"concept": "level", "kind": "okr", "raw": "x", "choices": "level"}, ["company, team, individual"]),
        ("RO206", {"concept": "agreed", "kind": "okr", "raw": "x", "choices": "yes_no"}, ["yes, no"]),
        ("DR501", {"value": 5, "column": "status"}, ["“5”", "Status"]),
        ("DR501", {"value": 5, "column": "no such"}, ["no such"]),
        ("RO237", {"aggregation": "sum"}, ["“sum”"]),
        ("PR420", {"level": "company", "count": 6, "most": 5}, ["Objectives of this company", ": 6; up to 5"]),
        ("WS109", {"sheet": "OKR", "reason": "no.such"}, ["not written: no.such"]),
    ],
)  # fmt: skip
def test_names_become_words(code: str, params: dict[str, Any], parts: list[str]) -> None:
    """Shows the names of concepts, columns and choices in the words of English, and lists cut where they are long."""
    told = said(code, **params)
    assert [part for part in parts if part not in told] == []


@pytest.mark.parametrize(
    ("key", "given", "parts"),
    [
        ("excel.damaged", {"part": "xl/styles.xml"}, "the file is damaged (at xl/styles.xml)"),
        ("excel.damaged", {}, "the file is damaged (at )"),
        ("excel.damaged_cell", {"cell": "C7"}, "cell C7 holds"),
        ("excel.damaged_cell", {}, "cell  holds"),
    ],
)
def test_a_reason_names_what_is_known_of_it(key: str, given: dict[str, str], parts: str) -> None:
    """Shows the part or the cell that a backend names, an empty place where it names none, and never the file."""
    told = reason(key, given, ENGLISH)
    assert parts in told
    assert not told.startswith((":", " "))


def made(**given: Any) -> Rule:
    """Make a rule that is not registered."""
    usual: dict[str, Any] = {
        "code": "RO999", "name": "no-rule", "severity": Severity.HINT, "title": "A title",
        "message": "A {b} c {d:date}.", "look": None,
        "doc": "What.\n\n## Why is this bad?\nWhy.\n\n## Example\nA\n\n## Use instead\nB\n",
    }  # fmt: skip
    return Rule(**{**usual, **given})


def test_a_manual_is_split_at_the_first_of_each_heading() -> None:
    """Shows the four parts, trimmed, and that a heading that stands twice parts only once."""
    parts = {"what": "What.", "why": "Why.", "example": "A", "instead": "B"}
    assert doc_sections(made()) == sections(made(), ENGLISH) == parts
    twice = made(doc=f"{made().doc}\n## Use instead\nC")
    assert doc_sections(twice)["instead"] == "B\n\n## Use instead\nC"
    for heading in ("## Why is this bad?", "## Example", "## Use instead"):
        with pytest.raises(ValueError, match="RO999"):
            doc_sections(made(doc=made().doc.replace(heading, "")))


def test_a_template_shows_an_ellipsis_for_each_parameter() -> None:
    """Shows the message of a rule without a sheet."""
    assert message_template(made(), ENGLISH) == "A … c …."


def test_titles_come_from_the_language_or_the_rule() -> None:
    """Shows that English titles are those of the rules, and Vietnamese ones are others."""
    for code, one in RULES.items():
        assert title(code, ENGLISH) == one.title
        assert title(code, VIETNAMESE) != one.title


def nothing(facts: Facts) -> Hits:
    """Find nothing."""
    return ()


@pytest.mark.parametrize(
    ("code", "name"), [("RO208", "no-such-rule"), ("RO999", "target-missing"), ("RO208", "target-missing")]
)
def test_codes_and_names_are_taken_once(code: str, name: str) -> None:
    """Shows that neither a code nor a name can be given twice, whichever way a rule is registered."""
    known = dict(RULES)
    texts: dict[str, Any] = {"title": "t", "message": "m"}
    with pytest.raises(ValueError, match=f"{code} {name}"):
        declare(code, name, Severity.HINT, manual="", **texts)
    with pytest.raises(ValueError, match=f"{code} {name}"):
        rule(code, name, Severity.HINT, **texts)(nothing)
    assert known == RULES


@pytest.mark.parametrize(
    ("word", "silenced"),
    [
        ("RO208", True), ("ro208", True), ("RO2", True), ("RO", True), ("target-missing", True),
        ("Target-Missing", True), ("R", False), ("RO209", False),
        ("target", False), ("", False), ("PR", False), ("RO2081", False),
    ],
)  # fmt: skip
def test_what_silences_a_rule(word: str, silenced: bool) -> None:
    """Shows code, beginning of a code and name, in any case, but never one letter alone."""
    assert is_silenced("RO208", (word,)) is silenced
    assert is_silenced("RO208", ("XX", word)) is silenced
    assert is_silenced("RO208", ()) is False


def test_words_that_silence_nothing() -> None:
    """Shows which words of an Ignore cell name no rule."""
    words = ("RO208", "RO", "R", "R209", "target-missing", "target", "DR5", "DR6")
    assert [word for word in words if silences_nothing(word)] == ["R", "R209", "target", "DR6"]


def looked(facts: Facts) -> Hits:
    """Say what the rule is."""
    return ()


@pytest.mark.parametrize("on", [None, True, False])
def test_a_rule_is_registered_as_it_was_given(on: bool | None) -> None:
    """Shows code, name, severity, texts, manual, function and whether it runs; the function stays as it was."""
    texts: dict[str, Any] = {"title": "A title", "message": "A message."}
    switch: dict[str, Any] = {} if on is None else {"on": on}
    try:
        assert rule("RO998", "one-rule", Severity.HINT, **texts, **switch)(looked) is looked
        declare("RO999", "other-rule", Severity.ERROR, manual="Manual.", **texts)
        manual = "Say what the rule is."
        assert RULES["RO998"] == Rule(
            code="RO998", name="one-rule", severity=Severity.HINT, doc=manual, look=looked, on=on is not False, **texts
        )
        assert RULES["RO999"] == Rule(
            code="RO999", name="other-rule", severity=Severity.ERROR, doc="Manual.", look=None, on=True, **texts
        )
    finally:
        for code in ("RO998", "RO999"):
            RULES.pop(code, None)


def test_a_function_without_a_manual_has_an_empty_one() -> None:
    """Shows that a rule whose function says nothing has no manual, rather than none at all."""
    try:
        silent = rule("RO998", "one-rule", Severity.HINT, title="t", message="m")(lambda facts: facts and ())
        assert (RULES["RO998"].doc, RULES["RO998"].look) == ("", silent)
    finally:
        RULES.pop("RO998", None)
