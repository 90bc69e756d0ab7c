"""What is said of an explanation, sentence by sentence, from numbers that stand there already."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.results import Reason
from sheetsync.scoring.explaining.explanation import Child, Explanation, GroupLine, Input, PeriodLine
from sheetsync.scoring.explaining.lines import explain_lines
from sheetsync.scoring.explaining.together import LinkLine, TakenFrom, TakenLine

EN = Phrases(locales.load("en"))
HEAD = ["KR-1: Calls (OKR!C6)", "Not scored. No key result"]


def told(**given: Any) -> list[str]:
    """Tell an explanation of a key result with nothing in it but what is given, without head and profile."""
    plain: dict[str, Any] = {"key": "KR-1", "kind": "key_result", "title": "Calls", "cell": "OKR!C6"}
    rest = {"profile": "default@1", "today": date(2025, 11, 15), "status": "not_scored", "rule": "not_scored"}
    why = Reason("no_key_result", {})
    lines = explain_lines(Explanation(**{**plain, **rest, "reason": why, **given}), EN)
    assert lines[:2] == HEAD
    assert lines[-1] == "Profile: default@1"
    return lines[2:-1]


def test_nothing_is_told_of_what_is_not_there() -> None:
    """Shows that an explanation without numbers is its head, its status and its profile."""
    assert told() == []
    assert told(kind="objective") == []
    assert told(weight=0.5) == []
    assert told(given_weight=0.5) == []
    assert told(kind="objective", weight=0.5, given_weight=0.5) == []


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Input("target", None, False, None), "Target: no such column"),
        (Input("target", None, False, None, "x", "blank"), "Target: no such column"),
        (Input("target", None, False, "OKR!E6", "", "blank"), "Target: empty (OKR!E6)"),
        (Input("current", 0.0, False, "OKR!F6"), "Current: 0 (OKR!F6)"),
        (Input("current", 0.5, True, "OKR!F6"), "Current: 50% (OKR!F6)"),
        (Input("current", 0.125, True, "OKR!F6"), "Current: 12.5% (OKR!F6)"),
        (Input("current", None, False, "OKR!F6"), "Current: none (OKR!F6)"),
        (Input("current", True, False, "OKR!F6"), "Current: yes (OKR!F6)"),
        (Input("current", False, True, "OKR!F6"), "Current: no (OKR!F6)"),
        (Input("current", "a, b", True, "OKR!F6"), "Current: a, b (OKR!F6)"),
        (Input("target", 2.0, False, "OKR!E6", "2/tháng"), "Target: 2/tháng (OKR!E6)"),
        (Input("target", None, False, "OKR!E6", "soon", "unreadable"), "Target: soon (OKR!E6), not readable"),
        (Input("current", 3.0, False, "Log!B2", "", "from_log"), "Current: 3 (Log!B2), from the check-in log"),
        (
            Input("bonus", 2.0, False, None, "", "mean_of_periods"),
            "Bonus points: 2, the mean over the complete periods",
        ),
    ],
)
def test_an_input(one: Input, said: str) -> None:
    """Shows each kind of value, what is blank or could not be read, and a column that does not exist."""
    assert told(inputs=(one, one)) == ["  " + said] * 2


SCORES: list[tuple[dict[str, Any], str]] = [
    ({"score": 0.0}, "Score: 0%, progress held within 0% and 100%"),
    ({"score": 1.0, "score_range": (-0.5, 1.2)}, "Score: 100%, progress held within -50% and 120%"),
    ({"score": 1.0, "grade": "A"}, "Score: 100%, progress held within 0% and 100%; grade A"),
    ({"score": 3.0, "score_range": (None, None)}, "Score: 300%, progress as it is, with no limit"),
    ({"score": 3.0, "score_range": (0.0, None)}, "Score: 300%, progress as it is, but not below 0%"),
    ({"score": -3.0, "score_range": (None, 1.5)}, "Score: -300%, progress as it is, but not above 150%"),
    (
        {"score": 1.0, "score_range": (0.0, None), "grade": "A"},
        "Score: 100%, progress as it is, but not below 0%; grade A",
    ),
]


@pytest.mark.parametrize(("given", "said"), SCORES)
def test_a_score_and_what_it_is_held_within(given: dict[str, Any], said: str) -> None:
    """Shows ranges closed and open at either end, with a grade and without; the sweet spot only where there is one."""
    assert told(**given) == [said]
    spot = told(**given, thresholds={"sweet_spot": (0.6, 0.7)})
    assert spot == [said, "A stretch goal is set well where its score lies from 60% to 70%"]
    assert told(thresholds={"sweet_spot": (0.6, 0.7)}) == []


@pytest.mark.parametrize(
    ("form", "given", "share", "said"),
    [
        ("percent", 0.4, 0.5, "50% of what is scored in its group; given 40%, read as percent"),
        ("fraction", 0.125, 1.0, "100% of what is scored in its group; given 12.5%, read as fraction of 1"),
        ("ratio", 2.0, 1 / 3, "33.3% of what is scored in its group; given 2, read as plain ratio"),
        ("equal", 1.0, 0.0, "0% of what is scored in its group; given 1, read as all equal"),
    ],
)
def test_a_weight_is_told_as_it_was_given(form: str, given: float, share: float, said: str) -> None:
    """Shows percent and fractions in percent, ratios and what was never given as plain numbers."""
    for kind in ("key_result", "kpi"):
        assert told(kind=kind, weights=form, given_weight=given, weight=share) == ["Weight: " + said]


def group(**given: Any) -> GroupLine:
    """Give the total of a section."""
    plain: dict[str, Any] = {"kind": "section", "name": "Sales", "score": None, "grade": None, "coefficient": None}
    rest: dict[str, Any] = {"before": None, "bonus": 0.0, "penalty": 0.0, "zeroed": False}
    return GroupLine(**{**plain, **rest, "weight": None, "given_weight": None, "own": None, **given})


BLOCK = {"given_weight": 0.6, "weight": 0.5, "own": 0.25}
POINTS = {"score": 0.9, "before": 0.855, "bonus": 0.05, "penalty": 0.005}
GROUPS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    (BLOCK, ["Section Sales: given 60%, 50% of the table; in it this KPI has 25%"]),
    ({**BLOCK, "given_weight": 1.0}, ["Section Sales: given 100%, 50% of the table; in it this KPI has 25%"]),
    ({**BLOCK, "given_weight": 1.5}, ["Section Sales: given 1.5, 50% of the table; in it this KPI has 25%"]),
    ({**BLOCK, "given_weight": 3.0}, ["Section Sales: given 3, 50% of the table; in it this KPI has 25%"]),
    ({**BLOCK, "weight": None}, []),
    ({**BLOCK, "own": None}, []),
    ({**BLOCK, "given_weight": None}, []),
    ({"score": 0.0}, ["Group Sales: 0%"]),
    ({"score": 0.125, "grade": "A"}, ["Group Sales: 12.5%"]),
    ({"score": 0.5, "coefficient": 1.0}, ["Group Sales: 50%"]),
    ({"score": 0.5, "grade": "A", "coefficient": 0.0}, ["Group Sales: 50%", "  grade A, coefficient 0"]),
    (POINTS, ["Points of Sales: 85.5 by the weights + 5 bonus − 0.5 penalty = 90", "Group Sales: 90%"]),
    (
        {**POINTS, "penalty": 0.0},
        ["Points of Sales: 85.5 by the weights + 5 bonus − 0 penalty = 90", "Group Sales: 90%"],
    ),
    (
        {**POINTS, "bonus": 0.0},
        ["Points of Sales: 85.5 by the weights + 0 bonus − 0.5 penalty = 90", "Group Sales: 90%"],
    ),
    ({**POINTS, "bonus": 0.0, "penalty": 0.0}, ["Group Sales: 90%"]),
    ({**POINTS, "before": None}, ["Group Sales: 90%"]),
    ({**POINTS, "zeroed": True}, ["Group Sales: 90%"]),
    ({**POINTS, "score": None}, []),
    (
        {**POINTS, "before": 1 / 3, "bonus": 1e-8},
        ["Points of Sales: 33.333333 by the weights + 0.000001 bonus − 0.5 penalty = 90", "Group Sales: 90%"],
    ),
]


@pytest.mark.parametrize(("given", "said"), GROUPS)
def test_the_total_of_a_group(given: dict[str, Any], said: list[str]) -> None:
    """Shows what a section weighs, its points beside the weights, total, grade and coefficient: each where it is."""
    assert told(kind="kpi", groups=(group(**given),)) == said


def test_an_objective_tells_what_was_scored_and_each_part() -> None:
    """Shows how many key results count, a part that weighs something and one that does not; nothing for no parts."""
    parts = (Child("KR-1", "Calls", "on_track", 0.5, 0.5, 0.25), Child("KR-2", "Mails", "not_scored", None, None, None))
    counted = "1 of 2 key results scored; below 50% of the weight there is no score"
    each = ["  KR-1 Calls: 50%, weight 25%, On track", "  KR-2 Mails: Not scored, does not count"]
    given: dict[str, Any] = {"scored": 1, "total": 2, "numbers": {"least_scored": 0.5}, "children": parts}
    assert told(kind="objective", **given) == [counted, *each]
    assert told(kind="kpi", **given) == each
    assert told(kind="objective", **{**given, "total": 0}) == each


def test_periods_are_told_with_how_they_were_put_together() -> None:
    """Shows a period in percent and one in numbers, with an aggregation and without; no heading where none are."""
    one = PeriodLine("T9", "used", 0.5, None, True, "KPI!K6")
    two = PeriodLine("T10", "left_out", 12.0, 3.5, False, "KPI!L6")
    each = ["  T9: target 50%, actual none (KPI!K6), ", "  T10: target 12, actual 3.5 (KPI!L6), "]
    for aggregation, head in ((None, "Periods:"), ("sum", "Periods, sum over the complete ones:")):
        first, *rest = told(kind="kpi", periods=(one, two), aggregation=aggregation)
        assert first == head
        assert all(line.startswith(start) for line, start in zip(rest, each, strict=True))
    assert told(kind="kpi", aggregation="sum") == []
    (_, line) = told(kind="kpi", periods=(PeriodLine("T9", "used", 0.5, 0.25, True, "KPI!K6"),))
    assert line.startswith("  T9: target 50%, actual 25% (KPI!K6), ")


def test_notes_are_told_where_there_are_words_for_them() -> None:
    """Shows an assumption, and that one without words is left out."""
    notes = (Reason("direction_assumed_higher", {}), Reason("nothing_of_that_name", {}))
    (line,) = told(notes=notes)
    assert line == "Assumed: " + EN.text("explain.note.direction_assumed_higher")


def test_a_link_is_told_from_the_side_that_is_explained() -> None:
    """Shows a guard of a goal (with what guards never do), the same for the KPI, a share of 0 and none, a way round."""
    guard = LinkLine("K-1", "Bad  days", "kpi", "guards", "off_track", None, "KPI!C6")
    lines = told(links=(guard,))
    assert len(lines) == 2
    assert lines[1] == EN.text("explain.together.only_tells")
    assert "K-1" in lines[0]
    assert "Bad days" in lines[0]
    assert "none" in lines[0]
    assert "KPI!C6" in lines[0]
    assert EN.text("status.off_track") in lines[0]
    assert len(told(kind="kpi", links=(guard,))) == 1
    assert told(kind="kpi", links=(guard,)) != lines[:1]
    supports = LinkLine("K-1", "Bad", "kpi", "supports", "on_track", 0.0, "KPI!C6", "KR-7")
    (line,) = told(links=(supports,))
    assert "0%" in line
    assert "none" not in line
    assert "KR-7" in line


@pytest.mark.parametrize(
    ("value", "percent", "said"),
    [(0.5, True, "50.0%"), (2.0, False, "2"), (True, False, "yes"), (False, True, "no"), ("a", True, "a")],
)
@pytest.mark.parametrize("aggregation", [None, "to_date", "sum"])
def test_a_value_that_a_kpi_gave(value: Any, percent: bool, said: str, aggregation: str | None) -> None:
    """Shows from which KPI it came, how, and each cell with its label where it has one."""
    cells = (TakenLine("T9", value, percent, "KPI!K6"), TakenLine("", value, percent, "KPI!L6"))
    head, one, alone = told(taken=TakenFrom("K-1", "Big  orders", aggregation, cells))
    params = {"id": "K-1", "title": "Big orders"}
    key = {None: "taken_one", "to_date": "taken_to_date"}.get(aggregation, "taken")
    if aggregation == "sum":
        params["aggregation"] = EN.text("explain.aggregation.sum")
    assert head == EN.text(f"explain.together.{key}", **params)
    assert one == EN.text("explain.together.taken_cell", label="T9", value=said, cell="KPI!K6")
    assert alone == EN.text("explain.together.taken_alone", label="", value=said, cell="KPI!L6")


RULES: dict[str, Any] = {
    "by": "gap",
    "edge": "on_track",
    "on_track": 0.1,
    "at_risk": 0.165,
    "achieved": 0.7,
    "quiet_before": 0.1,
    "neglect_days": 14,
    "no_value_until": 0.25,
    "pass_mark": 0.7,
}


@pytest.mark.parametrize(
    ("given", "key", "gap"),
    [
        ({"progress": 0.3, "expected": 0.5}, "gap", "20%"),
        ({"progress": 0.5, "expected": 0.375}, "gap", "-12.5%"),
        ({"progress": 0.5}, "gap", None),
        ({"progress": 0.3, "expected": 0.5, "thresholds": {**RULES, "edge": "at_risk"}}, "gap_edge", "20%"),
        ({"rule": "not_started", "thresholds": {**RULES, "edge": "at_risk"}}, "not_started", None),
        ({"rule": "past_due"}, "past_due", None),
    ],
)
def test_the_rule_that_decided(given: dict[str, Any], key: str, gap: str | None) -> None:
    """Shows the thresholds in percent, with a digit where they have one, and the gap: expected less reached."""
    dates = {"start": date(2025, 10, 1), "due": date(2025, 12, 31)}
    shown = {"on_track": "10%", "at_risk": "16.5%", "achieved": "70%"}
    thresholds = {**RULES, **given.pop("thresholds", {})}
    said = EN.text(f"explain.rule.{key}", gap=gap, **dates, **{**thresholds, **shown})
    assert told(**{"rule": "thresholds", "thresholds": thresholds, **dates, **given})[-1] == said


def test_thresholds_of_confidence_stand_as_they_are() -> None:
    """Shows a confidence of 7 as 7 and not as 700 %."""
    thresholds = {**RULES, "by": "confidence", "on_track": 7.0, "at_risk": 4.5}
    shown = {**thresholds, "on_track": "7", "at_risk": "4.5", "achieved": "0.7"}
    said = EN.text("explain.rule.confidence", gap=None, start=None, due=None, **shown)
    assert told(rule="confidence", thresholds=thresholds) == [said]


@pytest.mark.parametrize(
    ("numbers", "percent", "said"),
    [
        (
            {"baseline": -5.0, "target": 10.0, "current": 0.0, "progress": 1 / 3},
            False,
            "(0 − (-5)) / (10 − (-5)) = 33.3%",
        ),
        ({"baseline": 0.0, "target": 0.125, "current": 0.5, "progress": 4.0}, True, "(50% − 0%) / (12.5% − 0%) = 400%"),
        ({"baseline": 0.0, "target": 8.0, "current": None, "progress": None}, False, "(none − 0) / (8 − 0) = none"),
        ({"baseline": 0.0, "target": 1.0, "current": 2.0, "progress": 3e12}, False, "= 3,000,000,000,000"),
    ],
)
def test_the_formula_is_filled_with_its_numbers(numbers: dict[str, Any], percent: bool, said: str) -> None:
    """Shows negative numbers in brackets, shares in percent, and a progress that nobody would read as percent."""
    (line,) = told(formula="linear", numbers=numbers, percent=percent)
    assert said in line
