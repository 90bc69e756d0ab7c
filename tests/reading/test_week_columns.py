"""Columns of weeks, months and dates beside key results, as the days that they tell of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sheetsync.evaluating import goals_of
from sheetsync.model import CheckIn, Done, Quantity
from sheetsync.reading.week_columns import with_week_columns
from sheetsync.workbook import CellValue
from tests.books import Rows, book, job
from tests.reading.adopted.adopting import by, mapped
from tests.reading.sheets import workbook

TODAY = date(2026, 11, 21)
HEAD: list[CellValue] = ["ID", "Objective", "Key result", "Owner", "Baseline", "Target", "Current"]
CYCLE = [["Cycle", "Q4/2026"]]


def told(rows: Rows, settings: Rows | None = None) -> dict[tuple[str, date], Any]:
    """Give what the columns of an OKR worksheet tell: id and day to number, or to another kind of value."""
    made = book(rows, CYCLE if settings is None else settings)
    work = job()
    return _told(with_week_columns(made, goals_of(made, work), work.lexicon, TODAY).check_ins)


def _told(entries: tuple[CheckIn, ...]) -> dict[tuple[str, date], Any]:
    found: dict[tuple[str, date], Any] = {}
    for one in entries:
        value = one.value.value
        assert one.item.value is not None
        assert one.date.value is not None
        found[one.item.value, one.date.value] = value.number if isinstance(value, Quantity) else value
    return found


def row(*values: CellValue, name: str = "KR-1", current: CellValue = 60, target: CellValue = 100) -> list[CellValue]:
    """Make the row of a key result with what stands in the columns of its periods."""
    return [name, "Grow", "Orders a day", "Lan", 0, target, current, *values]


@pytest.mark.parametrize(
    ("headers", "days"),
    [
        (["W40", "W41", "W42"], [date(2026, 10, 4), date(2026, 10, 11), date(2026, 10, 18)]),
        (["W1", "W2", "W3"], [date(2026, 10, 4), date(2026, 10, 11), date(2026, 10, 18)]),
        (["Tuần 1", "Tuần 2", "Tuần 3"], [date(2026, 10, 4), date(2026, 10, 11), date(2026, 10, 18)]),
        (["Week 2", "Week 3", "Week 4"], [date(2026, 10, 11), date(2026, 10, 18), date(2026, 10, 25)]),
        (["T10", "T11", "T12"], [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]),
        (["Tháng 10", "Tháng 11", "Tháng 12"], [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]),
        (["Tháng 1", "Tháng 2", "Tháng 3"], [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]),
        (["Oct", "Nov", "Dec"], [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]),
        (["10/2026", "11/2026", "12/2026"], [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]),
        (["5/10", "12/10", "19/10"], [date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19)]),
        (
            [date(2026, 10, 2), datetime(2026, 10, 9), date(2026, 10, 20)],
            [date(2026, 10, 2), date(2026, 10, 9), date(2026, 10, 20)],
        ),
        (
            [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)],
            [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)],
        ),
    ],
    ids=str,
)
def test_each_column_counts_for_the_end_of_its_period(headers: list[CellValue], days: list[date]) -> None:
    """Shows which day weeks, months and dates mean: those without a year lie in the cycle, or are counted from it."""
    assert told([[*HEAD, *headers], row(10, 25, 60)]) == {
        ("KR-1", day): value for day, value in zip(days, (10, 25, 60), strict=True)
    }


def test_a_percentage_beside_plain_numbers_is_so_many_of_them() -> None:
    """Shows that 40% in a column is half of a plain 80, as it is in the log."""
    assert told([[*HEAD, "W40", "W41"], row("25%", "40%", current=None, target=80)]) == {
        ("KR-1", date(2026, 10, 4)): 25,
        ("KR-1", date(2026, 10, 11)): 40,
    }


def test_without_a_cycle_low_weeks_mean_no_days() -> None:
    """Shows that weeks which may be counted from anywhere are left out, and those of the calendar are not."""
    assert told([[*HEAD, "W1", "W2"], row(10, 20)], []) == {}
    assert told([[*HEAD, "W45", "W46"], row(10, 20)], []) == {
        ("KR-1", date(2026, 11, 8)): 10,
        ("KR-1", date(2026, 11, 15)): 20,
    }


def test_blank_weeks_and_words_for_nothing_tell_nothing() -> None:
    """Shows that only filled cells make an entry, and text that is no value makes none."""
    rows = [[*HEAD, "W1", "W2", "W3", "W4"], row(10, None, "-", "soon")]
    assert told(rows) == {("KR-1", date(2026, 10, 4)): 10}


def test_values_that_add_up_to_the_current_one_are_added() -> None:
    """Shows that what each week brought is summed up from the baseline, where most rows say that it was meant so."""
    rows: Rows = [
        [*HEAD, "W1", "W2", "W3"],
        row(10, 20, 30, name="KR-1", current=60),
        row(5, 5, 5, name="KR-2", current=15),
        ["KR-3", "Grow", "Buyers", "Lan", 100, 200, 107, 3, None, 4],
    ]
    found = told(rows)
    weeks = date(2026, 10, 4), date(2026, 10, 11), date(2026, 10, 18)
    assert [found["KR-1", week] for week in weeks] == [10, 30, 60]
    assert [found["KR-2", week] for week in weeks] == [5, 10, 15]
    assert [found["KR-3", week] for week in (weeks[0], weeks[2])] == [103, 107]


def test_targets_of_a_period_are_no_values() -> None:
    """Shows that of a planned and an actual column for each month only the actual one counts."""
    rows = [[*HEAD, "T10 KH", "T10 TH", "T11 KH", "T11 TH"], row(30, 10, 60, 25)]
    assert told(rows) == {("KR-1", date(2026, 10, 31)): 10, ("KR-1", date(2026, 11, 30)): 25}


def test_a_single_column_and_a_column_with_a_meaning_are_left_alone() -> None:
    """Shows that one lone period, and columns that are Current or Due already, make no history."""
    assert told([[*HEAD, "W45"], row(10)]) == {}


def test_percentages_yes_and_periods_are_read_as_in_current() -> None:
    """Shows that values of weeks are read in the light of their row: 45 of 90 %, done, two talks a month."""
    rows: Rows = [
        [*HEAD, "T10", "T11"],
        row("30%", "45%", name="KR-1", current="45%", target="90%"),
        row(None, "x", name="KR-2", current=None, target="xong"),
        row(2, 1, name="KR-3", current=3, target="2 mỗi tháng"),
    ]
    found = told(rows)
    ends = date(2026, 10, 31), date(2026, 11, 30)
    assert [found["KR-1", end] for end in ends] == [pytest.approx(0.3), pytest.approx(0.45)]
    assert isinstance(found["KR-2", ends[1]], Done)
    assert [found["KR-3", end] for end in ends] == [2, 1]  # each for itself, though they add up


def test_columns_of_an_adopted_table_are_read_too() -> None:
    """Shows that an adopted table tells its weeks, with and without a column for the current value, in two rows too."""
    names = [f"Doanh thu vùng {place}" for place in ("Bắc", "Trung", "Nam")]
    plain: Rows = [["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện", "Tuần 1", "Tuần 2"]]
    plain += [["Lớn lên", name, 20, 10, 4, 10] for name in names]
    newest: Rows = [["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Tuần 1", "Tuần 2"]]
    newest += [["Lớn lên", name, 20, 4, 10] for name in names]
    for rows in (plain, newest):
        tables = mapped(OKR=rows)
        made = workbook(OKR=rows, Cài_đặt=[["Chu kỳ", "Q4/2026"], ["Công ty", "Minh Long"]])
        goals = by(tables, made)
        assert goals.cycle is not None
        found = _told(with_week_columns(made, goals, job().lexicon, TODAY).check_ins)
        assert sorted({day for _, day in found}) == [date(2026, 10, 4), date(2026, 10, 11)]
        assert list(found.values()) == [4, 10] * 3


def test_two_rows_of_headers_are_read_together() -> None:
    """Shows that a group such as T10 above plan and actual names both of its columns."""
    rows: Rows = [
        ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện", "Tháng 10", None, "Tháng 11", None],
        [None, None, None, None, "KH", "TH", "KH", "TH"],
    ]
    rows += [[f"Lớn lên {n}", f"Doanh thu vùng {n}", 20, 10, 5, 4, 12, 10] for n in range(3)]
    tables = mapped(OKR=rows)
    made = workbook(OKR=rows, Cài_đặt=[["Chu kỳ", "Q4/2026"], ["Công ty", "Minh Long"]])
    found = _told(with_week_columns(made, by(tables, made), job().lexicon, TODAY).check_ins)
    assert list(found.values()) == [4, 10] * 3
