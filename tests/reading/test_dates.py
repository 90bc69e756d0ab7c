"""Dates as people type them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Cycle
from sheetsync.reading.dates import Order, order_of, parse_date
from sheetsync.reading.periods import year_in
from sheetsync.reading.words import Words
from tests.reading.sheets import LEXICON, TODAY

MONTHS = Words(LEXICON).months
YEAR_FOR = year_in(None, TODAY)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (datetime(2025, 12, 31), date(2025, 12, 31)),
        (datetime(2025, 12, 31, 14, 30), date(2025, 12, 31)),
        (date(2025, 12, 31), date(2025, 12, 31)),
        ("31/12/2025", date(2025, 12, 31)),
        ("5/11/25", date(2025, 11, 5)),
        ("05.11.2025", date(2025, 11, 5)),
        ("05-11-2025", date(2025, 11, 5)),
        ("2025-11-05", date(2025, 11, 5)),
        ("2025-11-05T10:00:00", date(2025, 11, 5)),
        ("05/11/2025 14:30", date(2025, 11, 5)),
        ("2 Jan 2026", date(2026, 1, 2)),
        ("2-Jan-26", date(2026, 1, 2)),
        ("Jan 2, 2026", date(2026, 1, 2)),
        ("5th November 2025", date(2025, 11, 5)),
        ("ngày 5 tháng 11 năm 2025", date(2025, 11, 5)),
        ("5 tháng 11", date(2025, 11, 5)),
        ("5 thg 11, 2025", date(2025, 11, 5)),
        ("05/11", date(2025, 11, 5)),
        ("05/01", date(2026, 1, 5)),
        ("12/31/2025", date(2025, 12, 31)),
    ],
)
def test_a_date_is_understood(raw: Any, day: date) -> None:
    """True dates, slashes, ISO and words are read; a day without a year is the one nearest to today."""
    assert parse_date(raw, MONTHS, YEAR_FOR) == day


@pytest.mark.parametrize(
    "raw",
    [
        "30/02/2025",
        "31/12/1989",
        "1/1/2101",
        "32/13/2025",
        "05.11",
        "Q4",
        "soon",
        "",
        2025,
        123456,
        True,
        "1/1/1",
        datetime(1900, 1, 1),
    ],
)
def test_what_is_no_date_of_our_time_is_unreadable(raw: Any) -> None:
    """Impossible days, numbers that count no day of our time and years out of 1990 to 2100 are not dates."""
    assert parse_date(raw, MONTHS, YEAR_FOR) is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["05/11/2025", "31/12/2025"], Order.DAY_FIRST),
        (["05/11/2025", "12/31/2025"], Order.MONTH_FIRST),
        (["05/11/2025"], Order.UNKNOWN),
        (["05.11.2025", "31.12.2025"], Order.UNKNOWN),
        (["31/12/2025", "12/31/2025"], Order.MIXED),
        (["13/11/2025"], Order.DAY_FIRST),
        (["11/13/2025"], Order.MONTH_FIRST),
        (["12/11/2025", "11/12/2025"], Order.UNKNOWN),
        (["32/12/2025", "12/32/2025"], Order.UNKNOWN),
        ([None, 5, "soon"], Order.UNKNOWN),
    ],
)
def test_a_column_shows_what_comes_first(texts: list[Any], order: Order) -> None:
    """A number above twelve shows it, where slashes or hyphens part the numbers."""
    assert order_of(texts) == order


def test_the_order_of_the_column_decides_what_could_be_either() -> None:
    """In a column that contradicts itself only dates that are clear by themselves are read."""
    assert parse_date("05/11/2025", MONTHS, YEAR_FOR, Order.MONTH_FIRST) == date(2025, 5, 11)
    assert parse_date("05/11/2025", MONTHS, YEAR_FOR, Order.MIXED) is None
    assert parse_date("05/11/2025", MONTHS, YEAR_FOR, Order.UNKNOWN) is None
    assert parse_date("05.11.2025", MONTHS, YEAR_FOR, Order.UNKNOWN) == date(2025, 11, 5)
    assert parse_date("11/11/2025", MONTHS, YEAR_FOR, Order.MIXED) == date(2025, 11, 11)
    assert parse_date("31/12/2025", MONTHS, YEAR_FOR, Order.MIXED) == date(2025, 12, 31)


def test_a_day_without_a_year_lies_in_the_cycle() -> None:
    """In a cycle that goes over New Year the day falls on the right side of it."""
    year_for = year_in(Cycle("FY26", date(2025, 4, 1), date(2026, 3, 31)), date(2030, 1, 1))
    assert parse_date("05/11", MONTHS, year_for) == date(2025, 11, 5)
    assert parse_date("05/02", MONTHS, year_for) == date(2026, 2, 5)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)), language=st.sampled_from(["en", "vi"]))
def test_a_date_that_a_language_writes_reads_back(day: date, language: str) -> None:
    """Our own dates are always understood."""
    assert parse_date(Phrases(load(language)).date(day), MONTHS, YEAR_FOR) == day


@given(text=st.text(alphabet="0123456789/.- thangjuy", max_size=16))
def test_no_text_makes_reading_fail(text: str) -> None:
    """Any text is a date of our time or none."""
    found = parse_date(text, MONTHS, YEAR_FOR)
    assert found is None or 1990 <= found.year <= 2100
