"""Cells and amounts as plain data."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Aggregation, Bounds, Done, Frequency, Metric, Milestones, PerPeriod, Quantity, Relative
from sheetsync.report.digest.cells import (
    amount,
    cell_at,
    cell_or_none,
    current_amount,
    expected_amount,
    raw_of,
    safe,
    target_amount,
    text_of,
)
from sheetsync.report.digest.source import Place
from sheetsync.workbook import CellRef
from tests.factories import cell, check_in, key_result, kpi, objective, raw
from tests.report.digest.book import source
from tests.scoring.scene import month, percent


def test_a_cell_is_told_with_its_link() -> None:
    """Shows the four parts, and that a finding about no cell has none."""
    place = Place("book", "x", link=lambda ref: f"https://sheets.example/#{ref.a1}")
    assert cell_at(CellRef("OKR", 12, 6), place) == {
        "text": "OKR!F12", "a1": "F12", "sheet": "OKR", "url": "https://sheets.example/#F12",
    }  # fmt: skip
    assert cell_or_none(None, place) is None
    assert cell_or_none(CellRef("OKR", 12, 6), place) == cell_at(CellRef("OKR", 12, 6), place)


@pytest.mark.parametrize(
    ("url", "passes"),
    [
        ("https://a.example", True), ("HTTPS://a.example", True), ("mailto:a@b.example", True),
        ("http://a.example", False), ("javascript:alert(1)", False), ("data:text/html,x", False), ("", False),
    ],
)  # fmt: skip
def test_only_safe_links_pass(url: str, passes: bool) -> None:
    """Shows which addresses a mail may hold."""
    assert (safe(url) == url) is passes
    assert safe(None) is None


@pytest.mark.parametrize(
    ("meant", "told"),
    [
        (Quantity(0.3, True), {"number": 7.0, "percent": True, "unit": None}),
        (Quantity(3, unit="kg"), {"number": 7.0, "percent": False, "unit": "kg"}),
        (Bounds(0.8, None, True), {"number": 7.0, "percent": True, "unit": None}),
        (PerPeriod(2, Frequency.MONTH), {"number": 7.0, "percent": False, "unit": None}),
        (Relative(0.2), {"number": 7.0, "percent": False, "unit": None}),
        (None, {"number": 7.0, "percent": False, "unit": None}),
        (Done(True), None),
        (Milestones(("A",)), None),
    ],
)
def test_a_number_says_what_it_counts(meant: Any, told: Any) -> None:
    """Shows percent and unit by the value of the cell, and that steps and yes are no amounts."""
    assert amount(7.0, meant) == told
    assert amount(None, meant) is None


@given(st.floats())
def test_no_amount_is_beyond_numbers(number: float) -> None:
    """Shows that infinities and what is no number never reach a template."""
    found = amount(number, Quantity(1))
    assert (found is None) == (not math.isfinite(number))


def test_the_unit_of_the_row_comes_first() -> None:
    """Shows that the column Unit counts before what stood beside the number."""
    assert amount(7.0, Quantity(7, unit="kg"), "t") == {"number": 7.0, "percent": False, "unit": "t"}


def scored(item: Any) -> Any:
    """Give an item with its score."""
    made = source(objective(), item)
    return item, made.scorecard.scores[item.key]


def test_what_the_pace_asks_for_is_told_in_three_figures_of_the_way() -> None:
    """Shows rises and falls, percentages, and that what is not linear has none."""
    share = 51 / 91
    for low, high, want in ((0, 12e9, 6.7e9), (32, 50, 42.1), (31_000, 22_000, 25_960), (0, 5, 2.8)):
        item, score = scored(key_result(baseline=low, target=high, current=low))
        found = expected_amount(item, score)
        assert found is not None and found["number"] == want
        assert abs(low + share * (high - low) - want) <= abs(high - low) / 100
    item, score = scored(key_result(baseline=percent(20), target=percent(30), current=percent(21)))
    assert expected_amount(item, score) == {"number": 0.256, "percent": True, "unit": None}
    item, score = scored(key_result(target=Bounds(5, None), current=6, metric=Metric.AT_LEAST))
    assert expected_amount(item, score) is None
    item, score = scored(key_result(target=None))
    assert expected_amount(item, score) is None


def test_a_relative_target_is_told_in_the_unit_of_its_baseline() -> None:
    """Shows that "25 % more" of a percentage is a percentage."""
    item, score = scored(key_result(baseline=percent(20), target=Relative(0.25), current=percent(21)))
    assert target_amount(item, score) == {"number": 0.25, "percent": True, "unit": None}
    found = expected_amount(item, score)
    assert found is not None and found["percent"]


def test_a_kpis_amounts_look_like_those_of_its_periods() -> None:
    """Shows that percent is seen also where only the periods have values."""
    item, score = scored(kpi(periods=(month(9, percent(90), percent(80), 2026), month(10, percent(90), None, 2026))))
    assert current_amount(item, score) == {"number": pytest.approx(0.8), "percent": True, "unit": None}
    assert target_amount(item, score) == {"number": pytest.approx(0.9), "percent": True, "unit": None}


def test_a_mean_over_periods_is_told_as_people_write_it() -> None:
    """Shows two places of what was computed over several periods, and every place of what somebody entered."""
    low, high = date(2026, 10, 5), date(2026, 11, 5)
    entries = [check_in(date=low, value=2), check_in(date=high, value=1.3333)]
    talks = key_result(target=PerPeriod(2, Frequency.MONTH))
    made = source(talks, *entries, today=date(2026, 12, 5))
    assert current_amount(talks, made.scorecard.scores["KR-1"]) == {"number": 1.67, "percent": False, "unit": None}
    item, score = scored(kpi(periods=(month(9, 6, 4.12345, 2026),)))
    assert current_amount(item, score) == {"number": 4.12345, "percent": False, "unit": None}
    three = (month(8, 6, 4, 2026), month(9, 6, 4, 2026), month(10, 6, 5, 2026))
    item, score = scored(kpi(periods=three, aggregation=Aggregation.AVERAGE))
    assert current_amount(item, score) == {"number": 4.33, "percent": False, "unit": None}


def test_texts_are_trimmed_and_blanks_are_none() -> None:
    """Shows what counts as written."""
    assert (text_of(cell("  late ")), text_of(cell("  ")), text_of(cell(None))) == ("late", None, None)
    assert (raw_of(cell(raw("a\n b"))), raw_of(cell(None))) == ("a b", None)
