"""Tests of telling a target for the whole year from one for each month."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sheetsync.reading.understanding import understand
from sheetsync.workbook import CellValue
from tests.reading.adopted.adopting import adopted, vocabulary
from tests.reading.sheets import workbook

MONTHS = [f"T{number}" for number in range(1, 13)]


def table(header: str, *rows: Sequence[CellValue]) -> list[list[CellValue]]:
    """Make KPIs with a target and twelve months; each row is a target and the actual of every month."""
    made: list[list[CellValue]] = [["Chỉ số KPI", header, *MONTHS]]
    for place, (target, actual) in enumerate(rows):
        made.append([f"Doanh thu kênh {place + 1}", target, *[actual] * 12])
    return made


def is_yearly(rows: list[list[CellValue]]) -> bool:
    """Say what is understood of the only table."""
    (found,) = understand(workbook(KPI=rows), vocabulary()).tables
    return "annual-target" in found.traits


@pytest.mark.parametrize("header", ["Kế hoạch năm", "KH 2025", "Chỉ tiêu cả năm", "Annual target", "Target 2025"])
def test_the_words_of_the_header_decide(header: str) -> None:
    """Shows that a header that names the year makes the target a yearly one, whatever the amounts."""
    assert is_yearly(table(header, (20, 10), (30, 12), (40, 30)))


def test_the_amounts_decide_where_the_words_do_not() -> None:
    """Shows that targets of about a year's actuals are yearly, and targets of about a month's are not."""
    assert is_yearly(table("Kế hoạch", (120, 9), (240, 22), (60, 5)))
    assert not is_yearly(table("Kế hoạch", (10, 9), (20, 22), (5, 5)))
    assert not is_yearly(table("Kế hoạch", (40, 9), (20, 22), (5, 5)))


def test_a_month_is_held_against_its_share() -> None:
    """Shows that an adopted table with a yearly target is read as one, and its target keeps its cell."""
    goals = adopted(KPI=table("Kế hoạch năm", (120, 9), (240, 22)))
    assert [(kpi.yearly, kpi.target.raw, kpi.target.ref.a1) for kpi in goals.kpis] == [
        (True, 120, "B2"),
        (True, 240, "B3"),
    ]


def test_beside_values_to_date_the_month_tells() -> None:
    """Shows that a plan of many times the month's value is held against the values to date, one of its size is not."""
    header: list[CellValue] = ["Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện (tháng)", "Thực hiện (lũy kế)"]
    names = ("Doanh thu thuần", "Đơn hàng giao đúng hẹn", "Khách hàng mới")
    of_year = ((100, 9, 80), (1000, 110, 900), (200, 18, 170))
    of_month = ((10, 9, 80), (100, 110, 900), (20, 18, 170))
    for told, wanted in ((of_year, True), (of_month, False)):
        rows: list[list[CellValue]] = [header]
        rows += [[name, "tỷ", *row] for name, row in zip(names, told, strict=True)]
        assert is_yearly(rows) is wanted
