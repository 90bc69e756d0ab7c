"""Tests of tables with a period in each row and a KPI in each column."""

from __future__ import annotations

from datetime import date

from sheetsync.workbook import Area
from tests.reading.adopted.unfolding.flattening import column, flat, items, places
from tests.reading.sheets import Rows


def test_rows_that_say_more_of_each_kpi_become_columns() -> None:
    """Shows owner, unit and target above the months, and that every KPI gets its own."""
    found = flat(
        [
            ["Tháng", "Doanh thu", "Khách mới"],
            ["Phụ trách", "An", "Bình"],
            ["Đơn vị", "triệu", "khách"],
            ["Mục tiêu", 100, 20],
            ["T1", 90, 15],
            ["T2", 95, 22],
            ["T3", None, 21],
        ],
        name="KPI",
    )
    assert found.table.layout == "period-columns"
    assert items(found) == [
        {
            "kpi": "Doanh thu", "owner": "An", "unit": "triệu", "target": 100,
            "current month 1": 90, "current month 2": 95,
        },
        {
            "kpi": "Khách mới", "owner": "Bình", "unit": "khách", "target": 20,
            "current month 1": 15, "current month 2": 22, "current month 3": 21,
        },
    ]  # fmt: skip
    assert places(found, "target") == [(4, 2), (4, 3)]


def test_a_target_below_the_periods_counts_and_an_average_does_not() -> None:
    """Shows that rows below are read by their words."""
    found = flat(
        [
            ["Week", "New leads", "Demos"],
            ["Week 1", 90, 4],
            ["Week 2", 110, 6],
            ["Week 3", 105, 5],
            ["Target", 100, 5],
            ["Average", 101.7, 5],
        ],
        name="KPI",
    )
    assert column(found, "target") == [100, 5]
    assert column(found, "current week 3") == [105, 5]
    assert [one.period for one in found.table.of("current")] == ["week 1", "week 2", "week 3"]


def test_a_team_over_several_kpis_is_that_of_each() -> None:
    """Shows a row of groups above the header."""
    found = flat(
        [
            [None, "Phòng Kinh doanh", None, "Phòng Nhân sự"],
            ["Tuần", "Doanh số", "Khách mới", "Tuyển dụng"],
            ["Tuần 1", 90, 15, 1],
            ["Tuần 2", 95, 22, 2],
            ["Tuần 3", 99, 21, 3],
        ],
        [Area(1, 2, 1, 3)],
        name="KPI",
    )
    assert column(found, "team") == ["Phòng Kinh doanh", "Phòng Kinh doanh", "Phòng Nhân sự"]


def test_target_and_actual_beside_each_other_are_of_one_kpi() -> None:
    """Shows two columns for each KPI, below its merged name."""
    found = flat(
        [
            ["Tháng", "Doanh thu", None, "Khách mới", None],
            [None, "KH", "TH", "KH", "TH"],
            ["T1/2025", 90, 80, 15, 10],
            ["T2/2025", 95, 100, 22, 20],
            ["T3/2025", 99, 90, 21, 22],
        ],
        [Area(1, 1, 2, 1), Area(1, 2, 1, 3), Area(1, 4, 1, 5)],
        name="KPI",
    )
    assert column(found, "kpi") == ["Doanh thu", "Khách mới"]
    assert column(found, "target month 2 2025") == [95, 22]
    assert column(found, "current month 2 2025") == [100, 20]


def test_quarters_among_months_only_sum_them_up() -> None:
    """Shows that the shortest kind of period is read."""
    found = flat(
        [
            ["Month", "Revenue", "New clients"],
            ["Jan 2026", 10, 1],
            ["Feb 2026", 11, 2],
            ["Mar 2026", 12, 3],
            ["Q1 2026", 33, 6],
            ["Apr 2026", 13, 4],
        ],
        name="KPI",
    )
    assert [one.period for one in found.table.of("current")] == [f"month {month} 2026" for month in (1, 2, 3, 4)]


def test_a_year_in_a_column_of_its_own_belongs_to_the_months() -> None:
    """Shows Năm and Tháng as two columns of numbers."""
    found = flat(
        [["Năm", "Tháng", "Doanh thu", "Khách mới"], *([2025, month, 90 + month, month] for month in (10, 11, 12))],
        name="KPI",
    )
    assert [one.period for one in found.table.of("current")] == ["month 10 2025", "month 11 2025", "month 12 2025"]


def test_dates_stay_dates_in_the_virtual_header() -> None:
    """Shows that a log by date keeps the day of each row."""
    days = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]
    values: Rows = [[day, 900, 40] for day in days]
    found = flat([["Date", "Revenue", "Calls"], *values], name="KPI log")
    assert [one.period for one in found.table.of("current")] == ["day 105 2026", "day 112 2026", "day 119 2026"]
    assert [found.sheet.rows[0][one.column - 1] for one in found.table.of("current")] == days
