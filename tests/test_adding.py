"""Numbers are added alike by every Python, so that no score changes with it."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.adding import added, mean
from sheetsync.scoring import score
from tests.scoring.released import DAYS, remembered, told, workbook
from tests.scoring.scene import DEFAULT, VN_KPI

GOALS = workbook()


def carrying(numbers: Iterable[Any], start: Any = 0) -> Any:
    """Add as ``sum`` does from Python 3.12 on: what rounding loses is carried along to the end (Neumaier's way)."""
    whole, lost = start, 0.0
    for number in numbers:
        grown = whole + number
        if isinstance(number, float):
            lost += (whole - grown) + number if abs(whole) >= abs(number) else (number - grown) + whole
        whole = grown
    return whole + lost if lost else whole


def test_the_other_way_gives_other_numbers() -> None:
    """Ten tenths are one where the loss is carried along; here nothing is, and they are a little less."""
    tenths = [0.1] * 10
    assert (carrying(tenths), added(tenths)) == (1.0, 0.9999999999999999)


@given(st.lists(st.floats(allow_nan=False, width=32) | st.integers(-9, 9), max_size=8))
def test_numbers_are_added_from_left_to_right(numbers: list[float]) -> None:
    """The result is that of adding one number after the other."""
    total: float = 0
    for number in numbers:
        total = total + number
    assert added(iter(numbers)) == total or total != total  # infinite both ways is no number


def test_a_mean_is_of_what_is_there() -> None:
    """Numbers have a mean, none have none, and what is added for it is added in the same way."""
    assert (mean([1, 2, 6]), mean(()), mean([0.1] * 10)) == (3.0, None, added([0.1] * 10) / 10)


@pytest.mark.parametrize("today", DAYS)
def test_no_score_depends_on_how_a_python_sums(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    """The released numbers come out to the last digit where ``sum`` carries along what rounding loses."""
    monkeypatch.setattr(builtins, "sum", carrying)
    found = told(score(GOALS, DEFAULT, VN_KPI, today))
    expected = remembered()[today.isoformat()]
    for part in ("scores", "whole", "groups"):
        assert found[part] == expected[part]
