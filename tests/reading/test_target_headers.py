"""For how long the targets of a KPI sheet are: headers that name a year, a quarter or a month."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Aggregation, Frequency, PerPeriod, Quantity
from tests.reading.sheets import read

MONTHS = ["T1", "T2", "T3"]
QUARTERS = ["Q1", "Q2", "Q3"]


def first(header: str | list[str], columns: list[str], *target: Any, aggregation: str | None = None) -> Any:
    """Read the first KPI of a table whose targets stand under a header."""
    headers = [header] if isinstance(header, str) else header
    row = ["Sales", aggregation, *(target or [1200] * len(headers)), *[100] * len(columns)]
    return read(KPI=[["KPI", "Aggregation", *headers, *columns], row]).kpis[0]


@pytest.mark.parametrize(
    "header",
    [
        *("Mục tiêu năm", "Target (year)", "Chỉ tiêu năm", "Kế hoạch 2025", "KH năm 2025", "Kế hoạch cả năm"),
        *("Yearly target", "Annual plan", "Chỉ tiêu / năm", "CHI TIEU NAM", "2025 target"),
    ],
)
def test_a_target_of_the_year_is_known_by_its_header(header: str) -> None:
    """Shows that the column is read and known to be for the year, whatever else names it, beside months or quarters."""
    for columns in (MONTHS, QUARTERS):
        found = first(header, columns)
        assert (found.target.value, found.yearly) == (Quantity(1200.0), True)
        assert [one.period.label for one in found.periods] == columns


@pytest.mark.parametrize("weeks", [["W1", "W2", "W3"], ["Tuần 1", "Tuần 2"], ["W51", "W52"]])
def test_a_target_of_the_year_stands_beside_weeks_that_reach_into_another_one(weeks: list[str]) -> None:
    """Shows that the first week counts to its year, though it begins before New Year's Day."""
    found = first("Kế hoạch 2025", weeks)
    assert (found.target.value, found.yearly) == (Quantity(1200.0), True)


@pytest.mark.parametrize(
    "header", ["Monthly target", "Chỉ tiêu tháng", "Kế hoạch hằng tháng", "Target/month", "Target"]
)
def test_a_target_of_a_month_is_that_of_each_month(header: str) -> None:
    """Shows that what is for the time of one column counts in each of them as it stands."""
    found = first(header, MONTHS)
    assert (found.target.value, found.yearly) == (Quantity(1200.0), False)
    assert all(one.target is found.target for one in found.periods)


@pytest.mark.parametrize(
    ("aggregation", "value"),
    [
        (None, PerPeriod(1200.0, Frequency.QUARTER)),
        ("sum", PerPeriod(1200.0, Frequency.QUARTER)),
        ("average", Quantity(1200.0)),
    ],
)
def test_amounts_of_another_time_say_of_which(aggregation: str | None, value: Any) -> None:
    """Shows that a quarter's amount over months says so; an average is the same in every month."""
    assert first("Mục tiêu quý", MONTHS, aggregation=aggregation).target.value == value
    assert first("Mục tiêu quý", QUARTERS, aggregation=aggregation).target.value == Quantity(1200.0)
    assert first("Chỉ tiêu tháng", QUARTERS, "95%").target.value == Quantity(0.95, percent=True)
    assert first("Chỉ tiêu tháng", QUARTERS, 5, aggregation="sum").target.value == PerPeriod(5.0, Frequency.MONTH)


@pytest.mark.parametrize(
    ("header", "period", "aggregation", "value"),
    [
        ("Chỉ tiêu quý", "T9/2025", "cộng", PerPeriod(1200.0, Frequency.QUARTER)),
        ("Quarterly target", "T9/2025", None, PerPeriod(1200.0, Frequency.QUARTER)),
        ("Chỉ tiêu quý", "Q3/2025", "cộng", Quantity(1200.0)),
        ("Chỉ tiêu quý", "T9/2025", "trung bình", Quantity(1200.0)),
        ("Chỉ tiêu quý", None, "cộng", Quantity(1200.0)),
        ("Monthly target", "T9/2025", "sum", Quantity(1200.0)),
        ("Chỉ tiêu", "T9/2025", "cộng", Quantity(1200.0)),
    ],
)
def test_amounts_of_another_time_than_their_row_say_of_which(
    header: str, period: str | None, aggregation: str | None, value: Any
) -> None:
    """Shows a quarter's amount beside rows of months, and what is the same at all times or for just that time."""
    head = ["KPI", "Aggregation", "Period", header, "Actual"]
    assert read(KPI=[head, ["Sales", aggregation, period, 1200, 95]]).kpis[0].target.value == value


def test_of_several_times_that_of_the_columns_is_taken() -> None:
    """Shows a year's plan beside the month's, and a year that is not that of the columns."""
    both = first(["Chỉ tiêu năm", "Chỉ tiêu tháng"], MONTHS, 1200, 100)
    assert (both.target.value, both.yearly) == (Quantity(100.0), False)
    assert first(["Kế hoạch 2024", "Kế hoạch 2025"], MONTHS, 900, 1200).target.value == Quantity(1200.0)
    for headers in (["Kế hoạch 2024"], ["Chỉ tiêu năm", "Kế hoạch năm"]):
        assert first(headers, MONTHS).target.column == 0


def test_months_with_targets_of_their_own_need_none() -> None:
    """Shows that the plan of the year beside those of the months stays a total."""
    found = first(["KH 2025"], ["T1 KH", "T1 TH", "T2 KH", "T2 TH"])
    assert found.target.column == 0
    assert [one.target.raw for one in found.periods] == [100, 100]


def test_a_known_target_column_wins() -> None:
    """Shows that Target stays the target beside a column for the year, and that other headers are left alone."""
    found = first(["Target", "Chỉ tiêu năm"], MONTHS, 100, 1200)
    assert (found.target.value, found.yearly, found.aggregation.value) == (Quantity(100.0), False, None)
    assert first("Target as agreed in May", MONTHS).target.column == 0
    assert first("Năm", MONTHS).target.column == 0
    assert first("Target (year)", MONTHS, aggregation="sum").aggregation.value is Aggregation.SUM


def test_one_target_and_one_actual_are_read_alike() -> None:
    """Shows a table without columns of periods."""
    (found,) = read(KPI=[["KPI", "Owner", "Chỉ tiêu năm", "Actual"], ["Sales", "An", 1200, 900]]).kpis
    assert (found.target.value, found.actual.value, found.yearly) == (Quantity(1200.0), Quantity(900.0), True)
