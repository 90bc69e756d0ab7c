"""Every rule finds what it is for, and leaves alone what its manual advises instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sheetsync.language import Phrases
from sheetsync.results import Finding, Severity
from sheetsync.rules import RULES, message
from sheetsync.workbook import CellRef
from tests.rules.facts import ENGLISH, VIETNAMESE, found
from tests.rules.situations import SITUATIONS

MADE_ELSEWHERE: dict[str, dict[str, Any]] = {
    "WS108": {"sheet": "OKR", "columns": "Progress, Status"},
    "WS109": {"sheet": "OKR", "reason": "excel.row_order"},
    "DR501": {"value": "nearly done", "column": "status"},
    "DR502": {"value": "0.5", "column": "progress"},
    "DR503": {"sheet": "OKR", "column": "status"},
    "DR504": {"sheet": "OKR", "column": "why"},
    "DR510": {},
    "DR511": {},
    "DR512": {"value": "On track", "column": "status", "before": "Off track", "until": date(2025, 11, 19)},
}
"""Findings of rules that only have texts, with the parameters that the write-back gives."""


def test_every_rule_has_a_situation() -> None:
    """A new rule cannot be added without a situation that it reports and one that it does not."""
    assert set(SITUATIONS) | set(MADE_ELSEWHERE) == set(RULES)
    assert all((RULES[code].look is None) == (code in MADE_ELSEWHERE) for code in RULES)


OPINIONS = ("PR412", "PR413", "PR415", "PR416", "PR417", "PR418", "PR419")
"""Rules about taste, which run only where somebody asks for them."""


def test_opinions_are_hints_that_are_off() -> None:
    """Shows that rules about taste are hints and off, and that only one other rule, about a guess, is off too."""
    off = {code for code, rule in RULES.items() if not rule.on}
    assert off == {*OPINIONS, "RO220"}
    assert {RULES[code].severity for code in off} == {Severity.HINT}


PRACTICE_WARNINGS = {"PR401", "PR402", "PR405", "PR406", "PR407", "PR411", "PR424"}


def test_practice_never_fails_a_workbook() -> None:
    """Shows which rules of practice warn; all others hint, and none is an error."""
    severities = {code: rule.severity for code, rule in RULES.items() if rule.family == "PR" and code < "PR425"}
    assert {code for code, severity in severities.items() if severity is Severity.WARNING} == PRACTICE_WARNINGS
    assert Severity.ERROR not in severities.values()


@pytest.mark.parametrize("code", SITUATIONS)
def test_reports_what_is_wrong(code: str) -> None:
    """The rule reports its bad situation once, in a cell that exists, with the severity that it is registered with."""
    findings = found(code, SITUATIONS[code].bad())
    assert len(findings) == 1
    assert findings[0].severity is RULES[code].severity
    cell = findings[0].cell
    assert cell is None or (cell.row >= 1 and cell.column >= 1)


@pytest.mark.parametrize("code", SITUATIONS)
def test_leaves_good_alone(code: str) -> None:
    """The rule finds nothing in the situation that its manual advises."""
    assert found(code, SITUATIONS[code].good()) == []


def _told(code: str) -> Finding:
    if code in MADE_ELSEWHERE:
        return Finding(code, RULES[code].severity, CellRef("OKR", 6, 12), MADE_ELSEWHERE[code])
    return found(code, SITUATIONS[code].bad())[0]


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
def test_messages(phrases: Phrases, golden: Callable[[str, str], None]) -> None:
    """All messages, as people read them, are those that were looked at and stored."""
    told = [(code, _told(code)) for code in RULES]
    lines = [f"{code} {finding.cell or ''}\n    {message(finding, phrases)}" for code, finding in told]
    golden(f"messages.{phrases.language}.txt", "\n".join(lines) + "\n")
