"""What is said of a what-if, sentence by sentence, from numbers that stand there already."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.results import Reason
from sheetsync.scoring.what_if.lines import what_if_lines
from sheetsync.scoring.what_if.outcome import Change, Shift, Standing, WhatIf

EN = Phrases(locales.load("en"))
GREEN, RED = Reason("no_value", {"expected": None}), Reason("no_key_result", {})


def told(changes: tuple[Change, ...] = (), shifts: tuple[Shift, ...] = ()) -> list[str]:
    """Tell what was set and what moved, without the first line and the last two."""
    lines = what_if_lines(WhatIf("KR-1", "default@1", date(2025, 11, 15), False, changes, shifts), EN)
    assert lines[0] == "What if KR-1 said something else?"
    assert lines[-2:] == ["Profile: default@1", "Nothing was written."]
    return lines[1:-2]


def moved(before: Standing, after: Standing, kind: str = "key_result") -> list[str]:
    """Tell one thing that moved, without its name."""
    first, *rest = told(shifts=(Shift("KR-1", kind, "Calls", "OKR!C6", before, after),))
    heads = {"group": "Total of Calls", "company": "Whole workbook"}
    assert first == heads.get(kind, "KR-1: Calls (OKR!C6)")
    return rest


@pytest.mark.parametrize(
    ("field", "before", "after", "percent", "said"),
    [
        ("current", 20.0, 80.0, False, "Current: 20 → 80"),
        ("current", None, 0.0, False, "Current: none → 0"),
        ("weight", 0.25, 0.333, True, "Weight: 25% → 33.3%"),
        ("target", 0.0, None, True, "Target: 0% → none"),
        ("current", False, True, False, "Current: no → yes"),
        ("current", "a, b", "a", True, "Current: a, b → a"),
        ("T9", 1.0, 2.5, False, "T9: 1 → 2.5"),
    ],
)
def test_what_was_set(field: str, before: Any, after: Any, percent: bool, said: str) -> None:
    """Shows numbers, shares, yes and no, names, nothing at all, and a field that has no name but its own."""
    assert told((Change(field, "OKR!F6", before, after, percent),)) == ["  " + said]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {}, []),
        ({"progress": 0.2}, {"progress": 0.8}, ["Progress: 20% → 80%"]),
        ({"progress": 0.2}, {"progress": 0.2}, ["Progress: 20% → 20%"]),
        ({}, {"score": 0.0}, ["Score: none → 0%"]),
        ({"score": 0.125}, {}, ["Score: 12.5% → none"]),
        ({"weight": 0.5}, {"weight": 0.5}, []),
        ({"weight": 0.5}, {"weight": 0.25}, ["Weight: 50% → 25%"]),
        ({"weight": None}, {"weight": 1.0}, ["Weight: none → 100%"]),
        ({"grade": "A"}, {"grade": "A"}, []),
        ({"grade": "A"}, {"grade": None}, ["Grade: A → none"]),
        ({"status": "at_risk"}, {"status": "on_track"}, ["Status: At risk → On track"]),
        ({"status": "at_risk"}, {"status": "at_risk"}, ["Status: At risk → At risk"]),
        ({"reason": RED}, {"reason": RED}, []),
        ({"reason": RED}, {"reason": None}, []),
        ({"reason": GREEN}, {"reason": RED}, ["Then: No key result"]),
    ],
)
def test_before_and_after(before: dict[str, Any], after: dict[str, Any], said: list[str]) -> None:
    """Shows what is told of each number: 0 as 0, nothing as none, a weight and a grade only where they move."""
    for kind in ("key_result", "group", "company"):
        assert moved(Standing(**before), Standing(**after), kind) == ["  " + one for one in said]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.5, "50%"), (0.333, "33.3%"), (1 / 3, "33.3%"), (0.07, "7%"), (0.29, "29%"), (-0.5, "-50%"), (12.0, "1,200%"),
        (0.0001, "0.0%"), (1.005, "100.5%"),
    ],
)  # fmt: skip
def test_a_share_has_a_digit_only_where_it_needs_one(share: float, said: str) -> None:
    """Shows whole percent where that is exact, 0.07 and 0.29 among them, and one digit elsewhere."""
    assert moved(Standing(score=share), Standing(score=share))[0].removeprefix("  Score: ") == f"{said} → {said}"


def test_a_huge_share_is_told_without_digits() -> None:
    """Shows that beyond a million millions no digit is told, of either sign."""
    for share in (3.7e12 + 0.00061, -3.7e12 - 0.00061):
        assert "." not in moved(Standing(score=share), Standing(score=share))[0]
    assert "." in moved(Standing(score=100000.00061), Standing(score=100000.00061))[0]
