"""Tests of columns of check-ins beside key results."""

from __future__ import annotations

from datetime import date

from sheetsync.workbook import CellValue, Worksheet
from tests.reading.adopted.unfolding.flattening import column, flat, flattened, places
from tests.reading.sheets import Rows


def test_the_newest_filled_month_is_where_things_stand() -> None:
    """Shows the current value of each row, with the end of its month as the day of the check-in."""
    found = flat(
        [
            ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Tháng 10/2025", "Tháng 11/2025", "Tháng 12/2025"],
            ["Tăng trưởng doanh thu", "Doanh thu đạt 10 tỷ", 10, 1, 3, "-"],
            [None, "20 khách hàng mới", 20, 2, 5, 9],
            ["Khách hàng hài lòng", "NPS đạt 50", 50, None, None, None],
        ]
    )
    assert column(found, "current") == [3, 9, None]
    assert column(found, "check_in_date") == [date(2025, 11, 30), date(2025, 12, 31), None]
    assert places(found, "current")[:2] == [(2, 5), (3, 6)]
    assert places(found, "check_in_date")[:2] == [(2, 0), (3, 0)]
    assert found.own_rows


def test_weeks_of_a_quarter_have_no_certain_day() -> None:
    """Shows that W1 to W4 may count from anywhere, so that no day is made up; later weeks are those of the year."""
    title: list[CellValue] = ["Objective", "Key Result", "Target"]
    row: list[CellValue] = ["Grow revenue", "Revenue to 10m", 10, 1, 3]
    early = flat([[*title, "W1", "W2"], row, row], name="OKR 2026")
    assert early.table.of("check_in_date") == ()
    late = flat([[*title, "W40", "W41"], row, row], name="OKR 2026")
    assert column(late, "check_in_date") == [date(2026, 10, 11)] * 2


def test_first_days_of_months_stand_for_the_months() -> None:
    """Shows that true dates a month apart mean months, and a week apart the days themselves."""
    title: list[CellValue] = ["Objective", "Key Result", "Target"]
    row: list[CellValue] = ["Grow revenue", "Revenue to 10m", 10, 1, 3]
    months = flat([[*title, date(2026, 1, 1), date(2026, 2, 1)], row, row])
    assert column(months, "check_in_date") == [date(2026, 2, 28)] * 2
    weeks = flat([[*title, date(2026, 1, 5), date(2026, 1, 12)], row, row])
    assert column(weeks, "check_in_date") == [date(2026, 1, 12)] * 2


def test_a_current_column_stands_above_the_check_ins() -> None:
    """Shows that nothing is unfolded where the sheet itself says where things stand."""
    rows: Rows = [
        ["Objective", "Key Result", "Target", "Current", "W1", "W2"],
        ["Grow revenue", "Revenue to 10m", 10, 4, 1, 3],
        ["Delight customers", "NPS above fifty", 50, 41, 30, 41],
    ]
    assert flattened(Worksheet("OKR", rows)) is None


def test_weeks_counted_from_0_are_no_weeks_of_the_year() -> None:
    """Shows that W0, which no year has, leaves the newest value to the weeks that there are."""
    title: list[CellValue] = ["Objective", "Key Result", "Target"]
    row: list[CellValue] = ["Grow revenue", "Revenue to 10m", 10, *range(1, 17)]
    found = flat([[*title, *(f"W{number}" for number in range(16))], row, row], name="OKR 2026")
    assert column(found, "current") == [16, 16]


def test_the_53rd_week_of_a_year_ends_in_the_next_one() -> None:
    """Shows the last day of week 53 in a year that has one; in another year no day is made up for it."""
    title: list[CellValue] = ["Objective", "Key Result", "Target"]
    row: list[CellValue] = ["Grow revenue", "Revenue to 10m", 10, 1, 3]
    long = flat([[*title, "W52", "W53"], row, row], name="OKR 2026")
    assert column(long, "check_in_date") == [date(2027, 1, 3)] * 2
    short = flat([[*title, "W52", "W53"], row, row], name="OKR 2025")
    assert set(column(short, "check_in_date")) == {None}


def test_a_blank_current_value_is_the_newest_of_its_weeks() -> None:
    """Shows that a row whose current value is not filled in takes its newest check-in, and the others keep theirs."""
    found = flat(
        [
            ["Objective", "Key Result", "Target", "Current", "W1", "W2", "W3"],
            ["Be the default choice", "Sign 40 clinics", 40, 26, 12, 20, 25],
            [None, "Launch billing", 1, None, 0, 1, None],
            [None, "Hire ten nurses", 10, None, None, None, None],
        ]
    )
    assert column(found, "current") == [26, 1, None]
    assert places(found, "current")[:2] == [(2, 4), (3, 6)]
