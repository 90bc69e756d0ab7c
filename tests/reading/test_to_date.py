"""KPIs whose aggregation speaks of values to date: when the last value holds all others, and when nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Aggregation, Frequency, Kpi, PerPeriod, Quantity
from tests.reading.sheets import read

MONTHS = [f"T{number}" for number in range(1, 13)]
RUNNING = (10, 20, 30, 40)
GROWING = (100, 105, 110, 112)
FALLING = (10, 12, 9, 14)


EACH_MONTH, PLAIN = PerPeriod(120.0, Frequency.MONTH), Quantity(120.0)


def row(word: str | None, *values: Any, header: str = "Chỉ tiêu", target: Any = 120) -> tuple[Kpi, list[Any]]:
    """Read a KPI with an aggregation and its months, and what was doubted."""
    goals = read(KPI=[["Tên KPI", "Cách gộp", header, *MONTHS], ["Đơn hàng", word, target, *values]])
    return goals.kpis[0], [doubt.kind for doubt in goals.doubts]


@pytest.mark.parametrize(
    "word", ["YTD", "to date", "Running total", "year to date", "lũy kế đến nay", "Luỹ kế từ đầu năm"]
)
def test_a_clear_word_makes_values_to_date(word: str) -> None:
    """Shows that the last value counts whatever the values are, and that it is doubted only where they fall."""
    for values in (RUNNING, GROWING, (None, None, 30)):
        found, doubts = row(word, *values)
        assert (found.to_date, found.aggregation.value, doubts) == (True, Aggregation.SUM, [])
    found, doubts = row(word, *FALLING)
    assert (found.to_date, doubts) == (True, ["to_date"])


@pytest.mark.parametrize("word", ["cộng dồn", "Lũy kế", "luỹ kế", "tích lũy", "cumulative", "accumulated", "LK"])
@pytest.mark.parametrize(
    ("values", "to_date", "doubts"),
    [
        (RUNNING, True, ["to_date"]),
        (GROWING, False, ["to_date"]),
        (FALLING, False, []),
        ((10,), False, []),
        ((), False, []),
        ((None, None, 30), False, ["to_date"]),
        ((None, None, 30, 41), True, ["to_date"]),
        ((None, None, 30, 31), False, ["to_date"]),
        ((0, 0, 5), True, ["to_date"]),
        ((0, 0, 0), False, ["to_date"]),
        (("x", 10, 20), True, ["to_date"]),
    ],
)
def test_a_loose_word_is_told_by_the_values(
    word: str, values: tuple[Any, ...], to_date: bool, doubts: list[str]
) -> None:
    """Shows which values are taken for ones to date, which are added up, and which of both is doubted."""
    found, doubted = row(word, *values)
    assert (found.to_date, found.aggregation.value, doubted) == (to_date, Aggregation.SUM, doubts)


@pytest.mark.parametrize("word", ["tổng", "sum", None, "cuối kỳ"])
def test_other_words_say_nothing_of_it(word: str | None) -> None:
    """Shows that months are months where nothing speaks of values to date."""
    found, doubts = row(word, *RUNNING)
    assert (found.to_date, doubts) == (False, [])


def test_shares_to_date_are_no_parts_of_a_year() -> None:
    """Shows that a percentage counts as the last one, of which a year's target has no share in a month."""
    found, _ = row("YTD", 0.5, 0.6, target="90%", header="Chỉ tiêu năm")
    assert (found.to_date, found.aggregation.value, found.yearly) == (True, Aggregation.LAST, True)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Chỉ tiêu tháng", PerPeriod(120.0, Frequency.MONTH)),
        ("Chỉ tiêu năm", Quantity(120.0)),
        ("Chỉ tiêu", Quantity(120.0)),
    ],
)
def test_a_target_for_a_month_is_one_for_each(header: str, target: Any) -> None:
    """Shows that values to date are not held against the target of a single month, where the header tells it."""
    assert row("YTD", *RUNNING, header=header)[0].target.value == target
    assert row("tổng", *RUNNING, header=header)[0].target.value == PLAIN


def test_headers_to_date_leave_nothing_to_doubt() -> None:
    """Shows that a loose word is no doubt where the headers say that the values are to date."""
    goals = read(KPI=[["KPI", "Aggregation", "Target", "YTD Jan", "YTD Feb"], ["Orders", "cumulative", 120, 10, 11]])
    assert (goals.kpis[0].to_date, goals.doubts) == (True, ())
