"""When people are away, as they write it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading.dates import Order
from sheetsync.reading.leave import leave_times
from sheetsync.reading.periods import year_in
from tests.reading.sheets import read

TODAY = date(2025, 11, 15)
TET = (date(2025, 12, 20), date(2026, 1, 5))


def times(raw: Any, order: Order = Order.UNKNOWN, today: date = TODAY) -> Any:
    """Read one cell."""
    return leave_times([raw], year_in(None, today), order)[raw]


@pytest.mark.parametrize(
    "text",
    ["20/12–05/01", "20/12 - 05/01", "20/12-05/01", "20/12/2025 – 05/01/2026", "từ 20/12 đến 05/01", "20/12 to 05/01",
     "2025-12-20 - 2026-01-05", "2025-12-20..2026-01-05", "20/12 - 05/01/2026"],
)  # fmt: skip
def test_a_time_over_the_turn_of_the_year(text: str) -> None:
    """Shows that the common ways to write a time give its days, the second year after the first."""
    assert times(text) == (TET,)


@pytest.mark.parametrize(
    "text", ["20/12-05/01; 02/02", "20/12–05/01, 02/02", "02/02\n20/12–05/01", "02/02 và 20/12–05/01"]
)
def test_several_times(text: str) -> None:
    """Shows that several times are given in order, single days among them."""
    assert times(text, Order.DAY_FIRST) == (TET, (date(2026, 2, 2), date(2026, 2, 2)))


@pytest.mark.parametrize("day", [date(2025, 12, 24), datetime(2025, 12, 24)])
def test_a_true_date_is_one_day(day: Any) -> None:
    """Shows that a date cell is one day away."""
    assert times(day) == ((date(2025, 12, 24), date(2025, 12, 24)),)


def test_in_summer_the_next_winter_is_meant() -> None:
    """Shows that the second day never comes before the first, however far today is."""
    assert times("20/12–05/01", today=date(2025, 7, 1)) == (TET,)


@pytest.mark.parametrize(
    "text", ["soon", "20/12 - 05/01 - 07/01", "20/12; soon", "32/12", "x" * 500, True, "20/12/2023 - 05/01/2026"]
)
def test_what_is_no_time(text: Any) -> None:
    """Shows that a cell of which any part cannot be read is not read at all."""
    assert times(text) is None


def test_of_two_readings_the_short_one_is_meant() -> None:
    """Shows that 05/01–10/01 is five days in January, and a time that is short both ways is not guessed."""
    assert times("05/01–10/01") == ((date(2026, 1, 5), date(2026, 1, 10)),)
    assert times("05/01–06/02") is None
    assert times("05/01–06/02", Order.DAY_FIRST) == ((date(2026, 1, 5), date(2026, 2, 6)),)


@given(st.text(alphabet="0123456789/-–;, .a", max_size=40), st.sampled_from(Order))
def test_whatever_is_typed_gives_times_in_order_or_nothing(text: str, order: Order) -> None:
    """Shows that no text breaks the reader, and that every time begins before it ends."""
    for start, end in times(text, order) or ():
        assert start <= end


@pytest.mark.parametrize(
    ("sheet", "head"), [("Nhân sự", ["Họ tên", "Email", "Nghỉ phép"]), ("People", ["Name", "E-mail", "Leave"])]
)
def test_the_column_is_read_in_both_languages(sheet: str, head: list[str]) -> None:
    """Shows that the People sheet tells who is away; what cannot be read keeps its text, and blank is blank."""
    rows = [["Trần An", "an@example.com", "20/12–05/01"], ["Lê Bình", None, "cuối năm"], ["Vũ Chi", None, None]]
    sheets: dict[str, Any] = {sheet: [head, *rows]}
    people = read(**sheets).people
    assert [one.leave.value for one in people] == [(TET,), None, None]
    assert [one.leave.unreadable for one in people] == [False, True, False]
