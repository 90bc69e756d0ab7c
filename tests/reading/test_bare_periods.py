"""Periods of KPI rows that are told by a number under a header, and by a year in a column beside it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sheetsync.model import Cycle
from sheetsync.workbook import CellValue
from tests.reading.sheets import read

YEAR_2026 = Cycle("2026", date(2026, 1, 1), date(2026, 12, 31))


def starts(header: list[str], *rows: list[CellValue], cycle: Cycle | None = None) -> list[date | None]:
    """Give the first day of each row's period; what stands before it in a row is the KPI."""
    goals = read(
        KPI=[["KPI", *header, "Target", "Actual"], *([f"A{place}", *row, 5, 4] for place, row in enumerate(rows))],
        cycle=cycle,
    )
    return [item.period.value and item.period.value.start for item in goals.kpis]


@pytest.mark.parametrize(
    ("header", "numbers", "first"),
    [
        ("Tháng", [1, 3.0, "12"], [date(2025, 1, 1), date(2025, 3, 1), date(2025, 12, 1)]),
        ("Month", [2, "03"], [date(2025, 2, 1), date(2025, 3, 1)]),
        ("Quý", [1, 4], [date(2025, 1, 1), date(2025, 10, 1)]),
        ("Quarter", [2], [date(2025, 4, 1)]),
        ("Kỳ", [3], [None]),
        ("Tháng", [13, 0, 2.5, "?"], [None, None, None, None]),
    ],
)
def test_a_number_is_what_its_header_says(header: str, numbers: list[CellValue], first: list[date | None]) -> None:
    """Shows that a 3 under Month is March of the year at hand, and that nothing is made of what is no month."""
    assert starts([header], *([number] for number in numbers)) == first


def test_the_year_is_that_of_the_cycle() -> None:
    """Shows that months without a year are those of the workbook's own year, whatever day it is."""
    assert starts(["Tháng"], [3], cycle=YEAR_2026) == [date(2026, 3, 1)]


@pytest.mark.parametrize("headers", [["Tháng", "Năm"], ["Month", "Year"], ["Quý", "Năm"]])
def test_a_year_beside_it_counts(headers: list[str]) -> None:
    """Shows that a year in a column of its own decides, for a named month too, unless the cell itself names one."""
    whole = headers[0][0] + "2" if headers[0] != "Month" else "Feb"
    found = starts(headers, [1, 2024], [whole, 2024], [f"{whole}/2023", 2024], [1, None], [1, "sau"])
    month = 4 if headers[0] == "Quý" else 2
    assert found == [
        date(2024, 1, 1),
        date(2024, month, 1),
        date(2023, month, 1),
        date(2025, 1, 1),
        date(2025, 1, 1),
    ]


def test_true_dates_stay_as_they_are() -> None:
    """Shows that a date is a period of its own year."""
    assert starts(["Tháng", "Năm"], [datetime(2025, 11, 1), 2024]) == [date(2025, 11, 1)]
