"""Values of cells: Google's typed ones, the plain form, and Python's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.values import FORMULA, TRUTH, Entered, entered, extended, kind_of, shown, to_enter
from sheetsync.workbook import CellValue, same_value

TEXTS = st.text(max_size=20)
ENTERED = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS.filter(bool),
    st.booleans().map(lambda truth: (TRUTH, truth)),
    TEXTS.map(lambda text: (FORMULA, "=" + text)),
)
MOMENTS = st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
TIMES = st.times().map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
LONG = st.timedeltas(timedelta(days=1), timedelta(days=9999)).map(
    lambda long: timedelta(milliseconds=long // timedelta(milliseconds=1))
)


@given(value=ENTERED)
def test_what_is_entered_survives_the_way_to_google_and_back(value: Entered) -> None:
    """Shows that the plain form and Google's say the same, with truth, number, text and formula kept apart."""
    back = entered(extended(value))
    assert back == value
    assert type(back) is type(value)


def test_kinds_never_equal_one_another() -> None:
    """Shows that TRUE is not 1, and that a formula is not the text which looks like it."""
    given_values: list[dict[str, Any]] = [
        {"boolValue": True},
        {"numberValue": 1},
        {"stringValue": "1"},
        {"stringValue": "=A1"},
        {"formulaValue": "=A1"},
        {"boolValue": False},
        {"numberValue": 0},
    ]
    plain = [entered(value) for value in given_values]
    assert all(left != right for at, left in enumerate(plain) for right in plain[:at])


@pytest.mark.parametrize("value", [None, {}, {"stringValue": ""}, {"errorValue": {"type": "N_A"}}])
def test_nothing_entered(value: dict[str, Any] | None) -> None:
    """Shows that no value, an empty text, and what no user can enter are nothing."""
    assert entered(value) is None


@pytest.mark.parametrize(
    ("value", "kind", "wanted"),
    [
        ({"numberValue": 46_346}, "DATE", date(2026, 11, 20)),
        ({"numberValue": 46_346}, "DATE_TIME", datetime(2026, 11, 20)),
        ({"numberValue": 46_346}, "NUMBER", 46_346),
        ({"numberValue": 46_346}, None, 46_346),
        ({"numberValue": 46_346.5}, "DATE", datetime(2026, 11, 20, 12)),
        ({"numberValue": 0}, "DATE", date(1899, 12, 30)),
        ({"numberValue": -1}, "DATE", date(1899, 12, 29)),
        ({"numberValue": 0.75}, "TIME", time(18)),
        ({"numberValue": 1.25}, "TIME", timedelta(hours=30)),
        ({"numberValue": -0.25}, "TIME", timedelta(hours=-6)),
        ({"numberValue": 1 / 3}, "TIME", time(8)),
        ({"stringValue": "46346"}, "DATE", "46346"),
        ({"stringValue": ""}, None, ""),
        ({"boolValue": True}, "DATE", True),
        ({"boolValue": False}, None, False),
        ({"numberValue": 0.15}, "PERCENT", 0.15),
        ({"errorValue": {"type": "DIVIDE_BY_ZERO", "message": "x"}}, "DATE", "#DIV/0!"),
        ({"errorValue": {"type": "N_A"}}, None, "#N/A"),
        ({"errorValue": {"type": "LOADING"}}, None, "#LOADING!"),
        ({"errorValue": {"type": "A_NEW_KIND"}}, None, "#ERROR!"),
        ({"errorValue": {}}, None, "#ERROR!"),
        ({}, "DATE", None),
        (None, None, None),
    ],
)
def test_what_is_shown(value: dict[str, Any] | None, kind: str | None, wanted: CellValue) -> None:
    """Shows that a number becomes a date, moment, time or duration by its format, and errors what a cell shows."""
    got = shown(value, kind)
    assert got == wanted
    assert type(got) is type(wanted)


@pytest.mark.parametrize("kind", ["DATE", "DATE_TIME", "TIME"])
@pytest.mark.parametrize("number", [2_958_466, 9.9e9, 1e300, -1e300, -693_595, 1.7e308])
def test_a_number_beyond_the_calendar_stays_a_number(number: float, kind: str) -> None:
    """Shows that what is formatted as a date and is none (an amount of money, say) is given as the number it is."""
    got = shown({"numberValue": number}, kind)
    assert got == (timedelta(days=number) if kind == "TIME" and abs(number) < 999_999_999 else number)


@given(value=st.one_of(st.dates(date(1900, 3, 1), date(2199, 12, 31)), MOMENTS, TIMES, LONG))
def test_a_moment_reads_back(value: date | datetime | time | timedelta) -> None:
    """Shows that a date, moment, time or duration of a day and more is what it was, to the millisecond."""
    number = to_enter(value)
    assert isinstance(number, float)
    got = shown({"numberValue": number}, kind_of(value))
    assert got == value
    if not isinstance(value, datetime):
        assert type(got) is type(value)


@given(value=st.one_of(TEXTS, st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_plain_value_reads_back(value: CellValue) -> None:
    """Shows that texts and numbers need no format, and come back as they were."""
    assert kind_of(value) is None
    assert same_value(shown(extended(to_enter(value)), None), value)


def test_truth_is_entered_as_truth() -> None:
    """Shows that TRUE and FALSE are not written as 1 and 0, and that an empty text empties a cell."""
    assert [to_enter(value) for value in (True, False, "", None)] == [(TRUTH, True), (TRUTH, False), None, None]
    assert shown(extended(to_enter(False)), None) is False
