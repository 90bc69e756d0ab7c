"""Cell values: serial numbers, escapes and numbers, each against its own reading and against openpyxl's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from sheetsync.backends.excel.values import encoded_text, moment, serial, unescaped_text

DAYS = st.dates(date(1904, 1, 3), date(9999, 12, 30))


@given(DAYS, st.booleans())
def test_a_date_reads_back(day: date, date1904: bool) -> None:
    """Shows that the number of a day is that day again, in both calendars."""
    assert moment(serial(day, date1904), date1904) == day


@given(DAYS, st.booleans())
def test_openpyxl_sees_the_same_day(day: date, date1904: bool) -> None:
    """Shows that the numbers mean the same to another library."""
    found = from_excel(serial(day, date1904), CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900)
    assert isinstance(found, datetime)
    assert found.date() == day


@given(st.datetimes(datetime(1904, 1, 3), datetime(9999, 12, 30)), st.booleans())
def test_a_moment_reads_back_to_the_millisecond(instant: datetime, date1904: bool) -> None:
    """Shows that a moment survives but for what a number of days cannot hold."""
    found = moment(serial(instant, date1904), date1904)
    whole = (
        found if isinstance(found, datetime) else datetime.combine(found, time()) if isinstance(found, date) else None
    )
    assert whole is not None
    assert abs(whole - instant) <= timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (date(1900, 1, 1), 1),
        (date(1900, 2, 28), 59),
        (date(1900, 3, 1), 61),
        (date(2025, 11, 20), 45981),
        (datetime(2025, 11, 20, 12), 45981.5),
        (time(6), 0.25),
        (timedelta(hours=36), 1.5),
    ],
)
def test_known_serial_numbers(value: date | time | timedelta, number: float) -> None:
    """Shows numbers as Excel gives them, with its 29 February 1900."""
    assert serial(value, date1904=False) == number


@given(st.text() | st.lists(st.sampled_from(["_x0041", "_", "x0041_", "_x005F_", "a"]), max_size=6).map("".join))
def test_a_text_survives_its_escapes(text: str) -> None:
    """Shows that whatever looks like an escape stays text: encoded and decoded it is the same."""
    from html import unescape

    plain = "".join(character for character in text if character not in "\r&")
    assert unescaped_text(unescape(encoded_text(plain))) == plain
