"""Explanations: the formula with its numbers, the cells, the weights, the rule, the profile, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import (
    Aggregation,
    Bounds,
    Direction,
    Done,
    Frequency,
    KpiLink,
    Link,
    Metric,
    Milestones,
    PerPeriod,
)
from sheetsync.scoring import Explanation, explain, explain_lines
from sheetsync.workbook import Cell
from tests.factories import check_in, goals, key_result, kpi, objective, raw
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI, card, changed, month, percent

EN, VI = (Phrases(locales.load(language)) for language in ("en", "vi"))


NPS = Cell("OKR", 7, 18, "≥ 60", Bounds(60, None))


def told(key: str, *items: Any, today: date = HALF, profile: Any = DEFAULT) -> Explanation:
    """Explain one of some items."""
    found = card(*items, today=today, profile=profile)
    return explain(goals(*items, cycle=QUARTER), found, profile, VN_KPI, key, today)


def line(explanation: Explanation, start: str, phrases: Phrases = EN) -> str:
    """Give the one line that begins so."""
    found = [one for one in explain_lines(explanation, phrases) if one.startswith(start)]
    assert len(found) == 1, explain_lines(explanation, phrases)
    return found[0]


FULL = key_result(
    title="Phản hồi nhanh", metric=Metric.INCREASE, baseline=30, target=80, current=52,
    weight=percent(40), check_in_date=date(2025, 11, 5),
)  # fmt: skip


def test_a_key_result_is_explained_line_by_line(golden: Callable[[str, str], None]) -> None:
    """The whole explanation of a plain key result and of its objective, in both languages."""
    items = [
        objective(title="Khách hàng hài lòng"),
        FULL,
        key_result("KR-2", title="NPS", target=NPS, current=66),
    ]
    for language, phrases in (("en", EN), ("vi", VI)):
        texts = ["\n".join(explain_lines(told(key, *items), phrases)) for key in ("KR-1", "KR-2", "O-1")]
        golden(f"goals.{language}.txt", "\n\n".join(texts) + "\n")


def test_a_kpi_is_explained_line_by_line(golden: Callable[[str, str], None]) -> None:
    """The whole explanation of a KPI with months left out and running, in both languages."""
    items = [
        kpi(
            title="Doanh thu", owner="Lan", weight=percent(60), direction=Direction.HIGHER,
            periods=(month(8, 100, 90), month(9, 100, None), month(10, 100, 110), month(11, 100, 20)),
        ),
        kpi("KPI-2", title="Khiếu nại", owner="Lan", weight=percent(40), target=5, actual=4, direction=Direction.LOWER),
    ]  # fmt: skip
    for language, phrases in (("en", EN), ("vi", VI)):
        texts = ["\n".join(explain_lines(told(key, *items), phrases)) for key in ("KPI-1", "KPI-2")]
        golden(f"kpis.{language}.txt", "\n\n".join(texts) + "\n")


@pytest.mark.parametrize(
    ("given", "formula"),
    [
        ({"baseline": 30, "target": 80, "current": 52}, "(52 − 30) / (80 − 30) = 44%"),
        ({"baseline": -10, "target": 20, "current": -1}, "((-1) − (-10)) / (20 − (-10)) = 30%"),
        ({"baseline": percent(10), "target": percent(30), "current": percent(20)}, "(20% − 10%) / (30% − 10%) = 50%"),
        ({"target": 3, "current": 1}, "(1 − 0) / (3 − 0) = 33.3%"),
        ({"target": 10}, "no current value: 0%"),
        ({"target": Bounds(60, None), "current": 66}, "66 is within the target: 100%"),
        (
            {"target": Bounds(60, None), "current": 50},
            "50 is outside the target (60) and no baseline lies further out: 0%",
        ),
        ({"target": Bounds(60, None), "current": 50, "baseline": 40}, "(50 − 40) / (60 − 40) = 50%"),
        ({"target": Milestones(("a", "b", "c", "d")), "current": 3}, "3 of 4 milestones, by their weights: 75%"),
        ({"metric": Metric.YES_NO, "current": Done(True)}, "done counts as 100%, not done as 0%: 100%"),
        ({"metric": Metric.RATIO, "target": 8, "current": 4}, "4 / 8 = 50%"),
        ({"metric": Metric.RATIO, "target": 4, "current": 8, "falls": True}, "4 / 8 = 50%"),
    ],
)
def test_the_formula_is_filled_with_the_numbers_of_the_row(given: dict[str, Any], formula: str) -> None:
    """What stands in the formula is what was computed, in the unit of the row."""
    explanation = told("KR-1", key_result(**given))
    assert line(explanation, "Progress: ") == f"Progress: {formula}"


@pytest.mark.parametrize(
    ("given", "formula"),
    [
        ({"target": 8, "actual": 4}, "4 / 8 = 50%"),
        ({"target": 4, "actual": 8, "direction": Direction.LOWER}, "4 / 8 = 50%"),
        ({"target": 4, "actual": 0, "direction": Direction.LOWER}, "0 is 0 or less, and less is better: the cap, 120%"),
        ({"target": 0, "actual": 2, "direction": Direction.LOWER}, "the target is 0, so only 0 gives 100%: 2 gives 0%"),
        ({"target": Bounds(5, 9), "actual": 7}, "7 is within the target: 100%"),
        ({"target": Bounds(5, 9), "actual": 11}, "11 is outside the range (nearest bound 9): 0%"),
        ({"target": 100, "actual": 96, "metric": Metric.STEPS}, "96 / 100, on the profile's ladder: 60%"),
        ({"target": -4, "baseline": -8, "actual": -6}, "((-6) − (-8)) / ((-4) − (-8)) = 50%"),
        ({"target": 100}, "no actual in any complete period: counts as 0"),
    ],
)
def test_the_formula_of_a_kpi(given: dict[str, Any], formula: str) -> None:
    """Each way to count achievement has its own formula."""
    assert line(told("KPI-1", kpi(**given)), "Progress: ") == f"Progress: {formula}"


def test_inputs_name_their_cells_and_the_log() -> None:
    """Each input stands with its cell; a value from the log says so; an empty one too."""
    explanation = told("KR-1", key_result(target=80), check_in(date=HALF, value=52))
    inputs = {one.name: one for one in explanation.inputs}
    assert (inputs["current"].cell, inputs["current"].remark) == ("'Check-ins'!E2", "from_log")
    assert (inputs["baseline"].value, inputs["baseline"].remark) == (None, "blank")
    assert line(explanation, "  Current") == "  Current: 52 ('Check-ins'!E2), from the check-in log"
    assert "empty" in line(explanation, "  Baseline")


def test_what_could_not_be_read_is_shown_as_it_stands() -> None:
    """An unscored item has no formula, but its cells and the text in them."""
    explanation = told("KR-1", key_result(target=raw("nhiều hơn"), current=1))
    assert explanation.formula is None
    assert "nhiều hơn" in line(explanation, "  Target")
    assert not any(one.startswith("Rule") for one in explain_lines(explanation, EN))


@pytest.mark.parametrize(
    ("given", "today", "rule"),
    [
        ({"current": 6}, date(2025, 9, 1), "Rule: before its first day"),
        ({"current": 6}, date(2026, 1, 5), "Rule: after the due day"),
        ({"current": 10}, HALF, "Rule: from 100%"),
        ({}, HALF, "Rule: without a value"),
        ({"current": 4}, HALF, "Rule: expected − progress"),
        ({"current": 6, "check_in_date": None}, HALF, "Rule: more than 14 days"),
    ],
)
def test_the_rule_that_decided_is_told(given: dict[str, Any], today: date, rule: str) -> None:
    """Each status names its rule with the thresholds of the profile."""
    item = key_result(**{"target": 10, "check_in_date": HALF, **given})
    assert line(told("KR-1", item, today=today), "Rule").startswith(rule)


def test_weights_are_told_as_given_and_as_used() -> None:
    """40 % of two scored of 80 %: half of what is scored."""
    explanation = told("KR-1", objective(), FULL, key_result("KR-2", target=10, current=1, weight=percent(40)))
    assert line(explanation, "Weight") == "Weight: 50% of what is scored in its group; given 40%, read as percent"


def test_children_that_contribute_are_told_with_their_share() -> None:
    """A contributing objective stands beside the key results where it counts."""
    items = [
        objective("O-1"),
        objective("O-2", aligned_to=("O-1",), link=Link.CONTRIBUTES),
        key_result("KR-1", target=10, current=2),
        key_result("KR-2", target=10, current=8, objective="O-2"),
    ]
    counting = told("O-1", *items, profile=changed(rollup={"child_weight": 1}))
    assert [(child.key, child.weight) for child in counting.children] == [("KR-1", 0.5), ("O-2", 0.5)]
    assert [child.key for child in told("O-1", *items).children] == ["KR-1"]


def test_assumptions_are_told() -> None:
    """What scoring assumed stands in the explanation."""
    lines = explain_lines(told("KR-1", key_result(target=80, current=20)), EN)
    assert "Assumed: the empty baseline counts as 0" in lines


def test_an_unknown_key_is_a_key_error() -> None:
    """Nobody has that key."""
    with pytest.raises(KeyError):
        told("KR-9", FULL)


def test_an_explanation_is_plain_data() -> None:
    """It becomes JSON without knowing anything of its classes."""
    items = [objective(), FULL, kpi(target=PerPeriod(2, Frequency.MONTH), actual=1)]
    for key in ("KR-1", "O-1", "KPI-1"):
        assert json.loads(json.dumps(asdict(told(key, *items)), default=str))["key"] == key


def test_links_between_okrs_and_kpis_are_explained(golden: Callable[[str, str], None]) -> None:
    """The explanation of an objective with a red guard, of a key result that a KPI measures, and of both KPIs."""
    items = [
        objective(title="Khách hàng quay lại"),
        key_result(title="Đơn hàng mới", target=40, unit="đơn"),
        kpi(
            title="Số đơn hàng", unit="đơn", aggregation=Aggregation.SUM, direction=Direction.HIGHER, section="Bán",
            periods=(month(8, 10, 9), month(10, 10, 7), month(11, 10, 9)),
            aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES,
        ),
        kpi(
            "KPI-2", row=7, title="Tỷ lệ hài lòng", target=100, actual=62, direction=Direction.HIGHER, section="Chăm",
            aligned_to=("O-1",), kpi_link=KpiLink.GUARDS,
        ),
    ]  # fmt: skip
    for language, phrases in (("en", EN), ("vi", VI)):
        keys = ("O-1", "KR-1", "KPI-1", "KPI-2")
        texts = ["\n".join(explain_lines(told(key, *items, today=date(2025, 12, 5)), phrases)) for key in keys]
        golden(f"together.{language}.txt", "\n\n".join(texts) + "\n")
