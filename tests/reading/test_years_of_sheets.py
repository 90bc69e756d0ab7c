"""The year of periods that name none, where the name of their worksheet says it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Cycle, Goals
from sheetsync.workbook import CellValue
from tests.reading.adopted.adopting import adopted
from tests.reading.sheets import read, workbook

MONTHS: list[CellValue] = [f"T{place}" for place in range(1, 13)]
YEAR_2025 = Cycle("2025", date(2025, 1, 1), date(2025, 12, 31))


def wide(header: list[CellValue] = MONTHS) -> list[list[CellValue]]:
    """Give a KPI with these columns, and a value in the first."""
    return [["KPI", "Target", *header], ["Revenue", 100, 90, *[None] * (len(header) - 1)]]


def years(goals: Goals) -> dict[str, int]:
    """Give the year of the first period of each worksheet's KPI."""
    found = {item.sheet: item.periods[0].period if item.periods else item.period.value for item in goals.kpis}
    return {name: period.start.year for name, period in found.items() if period is not None}


@pytest.mark.parametrize("cycle", [None, YEAR_2025])
@pytest.mark.parametrize(
    "rows",
    [
        wide(),
        wide([*range(1, 13)]),
        [["KPI", "Kỳ", "Target", "Actual"], ["Revenue", "T3", 100, 90]],
        [["KPI", "Tháng", "Target", "Actual"], ["Revenue", 3, 100, 90]],
    ],
)
def test_each_of_several_years_is_that_of_its_worksheet(rows: list[list[CellValue]], cycle: Cycle | None) -> None:
    """Shows names, numbers and cells of periods, with a cycle and without; an exact year in a header wins over all."""
    sheets: dict[str, Any] = {"KPI_2024": rows, "KPI_2025": rows, "Other": rows}
    goals = read(cycle=cycle, **sheets)
    left = {one.sheet: one.start.year for one in goals.other_cycles}
    assert years(goals) | left == {"KPI 2024": 2024, "KPI 2025": 2025, "Other": 2025}
    told = wide(["T1/2023", "T2/2023"])
    assert years(read(cycle=cycle, KPI_2024=told)) == {"KPI 2024": 2023}


def test_a_name_alone_says_nothing_against_the_cycle() -> None:
    """Shows last year's file with a new cycle in its settings, whose worksheet has kept its old name."""
    assert years(read(cycle=YEAR_2025, KPI_2024=wide())) == {"KPI 2024": 2025}
    assert years(read(KPI_2024=wide())) == {"KPI 2024": 2024}


def test_a_fiscal_year_over_two_years_is_the_cycles() -> None:
    """Shows that January belongs to the second of the cycle's two years, though the worksheet names the first."""
    cycle = Cycle("FY25", date(2025, 4, 1), date(2026, 3, 31))
    goals = read(cycle=cycle, fiscal_start=4, KPI_2025=wide(["T4", "T1"]))
    assert [one.period.start for one in goals.kpis[0].periods] == [date(2025, 4, 1), date(2026, 1, 1)]


def test_a_name_with_two_years_or_none_says_nothing() -> None:
    """Shows names that say no one year."""
    assert years(read(KPI_2023_2024=wide(), KPI_120241=wide())) == {"KPI 2023 2024": 2025, "KPI 120241": 2025}


def test_adopted_worksheets_have_their_years_too() -> None:
    """Shows two years of a workbook in a form of its own."""
    values: list[CellValue] = [100, 90, 95, 80, *[None] * 9]
    header: list[CellValue] = ["Chỉ tiêu KPI", "Kế hoạch tháng", *MONTHS]
    rows = [header, ["Doanh thu", *values], ["Số đơn", *values], ["Số khách", *values]]
    goals = adopted(workbook(KPI_2024=rows, KPI_2025=rows), today=date(2025, 1, 10))
    assert years(goals) == {"KPI 2024": 2024, "KPI 2025": 2025}, "last year's last numbers are still awaited"
