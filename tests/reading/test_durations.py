"""Hours and minutes as people type them, in the unit of their row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Bounds, Frequency, PerPeriod, Quantity
from sheetsync.reading.durations import minutes_in
from sheetsync.reading.words import Words
from sheetsync.workbook import Cell
from tests.reading.sheets import LEXICON, OKR, key_result, kpi, read

WORDS = Words(LEXICON)


def current(text: str, unit: str | None) -> float | None:
    """Give the number that a current value is in its row's unit; None where it cannot be read."""
    return number(key_result(Unit=unit, Target=5, Current=text).current)


def number(cell: Cell[Any]) -> float | None:
    """Give the number of a cell."""
    assert cell.value is None or isinstance(cell.value, Quantity)
    return cell.value.number if cell.value is not None else None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("1h30", 1.5), ("1h30'", 1.5), ("1H30’", 1.5), ("1h30p", 1.5), ("1 h 30 ph", 1.5), ("1h30m", 1.5)),
        *(("2 giờ 15 phút", 2.25), ("2 gio 15 phut", 2.25), ("2 tiếng 15", 2.25), ("2 hours 15 minutes", 2.25)),
        *(("1h05", 1 + 5 / 60), ("1h5'", 1 + 5 / 60), ("1 giờ 5 phút", 1 + 5 / 60), ("0h45", 0.75), ("120h00", 120)),
        *(("90 phút", 1.5), ("90'", 1.5), ("90 min", 1.5), ("90 mins", 1.5), ("45,5 phút", 45.5 / 60)),
        *(("2 giờ", 2), ("2h", 2), ("2,5 giờ", 2.5), ("2 giờ rưỡi", 2.5), ("2 hours", 2), ("2", 2)),
    ],
)
def test_hours_and_minutes_are_read_in_the_unit_of_the_row(text: str, hours: float) -> None:
    """Shows each way to write a time, in a row that counts in hours and in one that counts in minutes."""
    for unit in ("giờ", "Giờ", "h", "hours", "tiếng", "gio", "giờ/đơn"):
        assert current(text, unit) == pytest.approx(hours)
    for unit in ("phút", "min", "minutes", "phut", "phút/đơn"):
        assert current(text, unit) == pytest.approx(2 if text == "2" else 60 * hours)


@pytest.mark.parametrize("unit", [None, "đơn", "ngày", "%", "giây", "km/h", "giỏ", "nghìn giờ"])
def test_elsewhere_a_time_of_several_parts_stays_unread(unit: str | None) -> None:
    """Shows that 1h30 is a number only where the row counts in hours or minutes: giỏ is a basket."""
    assert current("1h30", unit) is None
    assert current("2 giờ 15 phút", unit) is None


ODD = ("1h5", "1h60", "1h75'", "1,5h30", "1h30 2", "h30", "1h-30", "1h30x", "1 ngày 30", "30'1")


@pytest.mark.parametrize("text", ODD)
def test_what_may_mean_two_times_or_none_is_not_read(text: str) -> None:
    """Shows that 1h5 (five minutes, or half an hour) and odd parts stay unread in an hour's row too."""
    assert current(text, "giờ") is None


@given(hours=st.integers(0, 500), minutes=st.integers(0, 59))
def test_parts_add_up(hours: int, minutes: int) -> None:
    """Shows that any hours and minutes are so many minutes."""
    assert current(f"{hours}h{minutes:02}", "phút") == 60 * hours + minutes
    assert current(f"{hours} giờ {minutes} phút", "giờ") == pytest.approx(hours + minutes / 60)


def test_baselines_targets_and_bounds_are_read_alike() -> None:
    """Shows both ends of a row, a bound, a range, a move, and one that is only about right."""
    row = key_result(Unit="giờ", Baseline="3h30", Target="90 phút", Current="2 giờ 45 phút")
    assert [cell.value for cell in (row.baseline, row.target, row.current)] == [
        Quantity(3.5, unit="giờ"), Quantity(1.5, unit="giờ"), Quantity(2.75, unit="giờ")
    ]  # fmt: skip
    told = {
        "≤ 90 phút": Bounds(None, 1.5),
        "tối đa 1h30": Bounds(None, 1.5),
        "1h30 - 2h": Bounds(1.5, 2),
        "30 phút trở xuống": Bounds(None, 0.5),
        "60-90 phút": Bounds(1, 1.5),
        "30 phút - 2 giờ": Bounds(0.5, 2),
        "1 - 1h30": Bounds(1, 1.5),
        "±15 phút": Bounds(-0.25, 0.25),
    }
    for text, bounds in told.items():
        assert key_result(Unit="giờ", Target=text, Current=1).target.value == bounds
    for text, ends in {"100-120 giờ": (6000, 7200), "30 phút - 2 giờ": (30, 120), "1 - 1h30": (60, 90)}.items():
        assert key_result(Unit="phút", Target=text, Current=1).target.value == Bounds(*ends)
    weekly = key_result(Unit="giờ", Target="90 phút/tuần", Current=1).target.value
    assert weekly == PerPeriod(1.5, Frequency.WEEK)
    moved = key_result(Unit="giờ", Target="từ 2 giờ xuống 90 phút", Current="1h45")
    assert (moved.baseline.value, moved.target.value) == (Quantity(2, unit="giờ"), Quantity(1.5, unit="giờ"))
    assert current("khoảng 90 phút", "giờ") == 1.5


def test_months_and_the_log_are_read_in_the_unit_of_their_row() -> None:
    """Shows the months of a KPI, and a check-in."""
    found = kpi(["KPI", "Unit", "Target", "T10", "T11"], ["Thời gian giao", "phút", "1h", "1h10", 55])
    assert [number(entry.actual) for entry in found.periods] == [70, 55]
    assert [number(entry.target) for entry in found.periods] == [60, 60]
    row: list[Any] = ["KR-1", None, "Giao nhanh", "An", None, "giờ", 1, 3, 1, None, None]
    log = [["Date", "KR ID", "Value"], ["05/11", "KR-1", "1h30"], ["06/11", "KR-1", "80 phút"]]
    goals = read(OKR=[OKR, ["O-1", "Grow", *[None] * 9], row], Log=log)
    assert [number(entry.value) for entry in goals.check_ins] == [1.5, pytest.approx(4 / 3)]


@pytest.mark.parametrize(
    ("unit", "target", "value", "differ"),
    [
        ("giờ", "≤ 2", "90 phút", False),
        ("giờ", "≤ 90 phút", 1.2, False),
        ("giờ", "≤ 90 phút", "1h20", False),
        ("phút/đơn", "≤ 2 giờ", "90 phút", False),
        (None, "≤ 90 phút", "2 giờ", True),
        ("giờ", "2 ngày", 12, True),
        ("giờ", "2 giờ", "90 giây", True),
    ],
)
def test_converted_times_are_in_one_unit(unit: str | None, target: str, value: Any, differ: bool) -> None:
    """Shows that RO247 is told where nothing was converted, and only there."""
    assert bool(key_result(Unit=unit, Target=target, Current=value).unlike) is differ


def test_words_for_hours_and_minutes_are_known_with_their_accents() -> None:
    """Shows which words are so many minutes, and that accents count where there are any."""
    told = {word: minutes_in(word, WORDS) for word in ("giờ", "GIỜ", "gio", "giỏ", "phút", "h", "min", "ngày", "")}
    assert told == {
        "giờ": 60, "GIỜ": 60, "gio": 60, "giỏ": None, "phút": 1, "h": 60, "min": 1, "ngày": None, "": None
    }  # fmt: skip
