"""Tests of what typing gives, locale by locale."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.sheets_server.cells import Formula
from tests.sheets_server.entering import Typed, typed
from tests.sheets_server.locales import forms

TODAY = date(2025, 11, 21)
DATE = "DATE"


def entered(text: Any, locale: str = "en_US", current: dict[str, Any] | None = None) -> Typed:
    """Type a text on a fixed day."""
    return typed(text, forms(locale), current, TODAY)


@pytest.mark.parametrize(
    ("locale", "text", "value", "pattern"),
    [
        ("en_US", "42", 42, None),
        ("en_US", "0042", 42, None),
        ("en_US", " -1.5 ", -1.5, None),
        ("en_US", "(3)", -3, None),
        ("en_US", ".5", 0.5, None),
        ("en_US", "1,234", 1234, "#,##0"),
        ("en_US", "1,234.5", 1234.5, "#,##0.00"),
        ("en_US", "12%", 0.12, "0%"),
        ("en_US", "12.5%", 0.125, "0.00%"),
        ("en_US", "$1,200", 1200, '"$"#,##0'),
        ("en_US", "-$5.50", -5.5, '"$"#,##0.00'),
        ("en_US", "1.2E3", 1200, "0.00E+00"),
        ("vi_VN", "1,5", 1.5, None),
        ("vi_VN", "1.234,5", 1234.5, "#,##0.00"),
        ("vi_VN", "1.234.567", 1234567, "#,##0"),
        ("vi_VN", "12,5%", 0.125, "0.00%"),
        ("vi_VN", "1.000 ₫", 1000, '#,##0"₫"'),
        ("de_DE", "1.234,5", 1234.5, "#,##0.00"),
        ("fr_FR", "1 234,5", 1234.5, "#,##0.00"),
    ],
)
def test_numbers_are_read_by_the_locale(locale: str, text: str, value: float, pattern: str | None) -> None:
    """Shows that marks of decimals and thousands, percent and currency are the locale's, and bring a format along."""
    found = entered(text, locale)
    assert found.value == value
    assert (found.format or {}).get("pattern") == pattern


@pytest.mark.parametrize(
    ("locale", "text"),
    [("vi_VN", "1.5"), ("en_US", "1,5"), ("en_US", "KR-1"), ("en_US", "12 apples"), ("en_US", "%"), ("en_US", "-")],
)
def test_other_text_stays_text(locale: str, text: str) -> None:
    """Shows that what is no number in the locale stays the text that was typed."""
    assert entered(text, locale) == Typed(text)


@pytest.mark.parametrize(
    ("locale", "text", "day", "pattern"),
    [
        ("en_US", "2020-01-01", date(2020, 1, 1), "yyyy-mm-dd"),
        ("en_US", "3/4/2025", date(2025, 3, 4), "m/d/yyyy"),
        ("vi_VN", "3/4/2025", date(2025, 4, 3), "d/m/yyyy"),
        ("vi_VN", "03-04-25", date(2025, 4, 3), "d/m/yyyy"),
        ("en_GB", "31/12/2025", date(2025, 12, 31), "dd/mm/yyyy"),
        ("de_DE", "31.12.2025", date(2025, 12, 31), "dd.mm.yyyy"),
        ("en_US", "12/31", date(2025, 12, 31), "m/d"),
        ("en_US", "Nov 21, 2025", date(2025, 11, 21), "mmm d yyyy"),
        ("en_US", "21 November 2025", date(2025, 11, 21), "d mmm yyyy"),
        ("de_DE", "3. März 2025", None, None),
    ],
)
def test_dates_are_read_by_the_locale(locale: str, text: str, day: date | None, pattern: str | None) -> None:
    """Shows that the order of day and month is the locale's, and a form that is not known stays text."""
    found = entered(text, locale)
    if day is None:
        assert found == Typed(text)
        return
    assert found.value == (day - date(1899, 12, 30)).days
    assert found.format == {"type": DATE, "pattern": pattern}


@pytest.mark.parametrize("text", ["31/2/2025", "2025-13-01", "25:00", "9:75"])
def test_impossible_moments_stay_text(text: str) -> None:
    """Shows that a day or an hour that does not exist is text."""
    assert entered(text, "vi_VN") == Typed(text)


def test_times_are_parts_of_a_day() -> None:
    """Shows that times and moments are numbers with the fitting format."""
    assert entered("6:00 PM") == Typed(0.75, {"type": "TIME", "pattern": "h:mm am/pm"})
    moment = entered("2020-01-01 12:00")
    assert moment == Typed(43831.5, {"type": "DATE_TIME", "pattern": "yyyy-mm-dd h:mm"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("=A1+1", Formula("=A1+1")),
        ("=", "="),
        ("'42", "42"),
        ("'=A1", "=A1"),
        ("", None),
        (5, 5),
        (None, None),
    ],
)
def test_other_kinds(text: Any, value: Any) -> None:
    """Shows truth values, formulas, the apostrophe that makes text of all, and values that are no text."""
    assert entered(text).value == value


def test_cells_format_changes_what_typing_means() -> None:
    """Shows that a plain number under percent is a percentage, and all under plain text is text."""
    percent = {"type": "PERCENT", "pattern": "0%"}
    assert entered("50", current=percent) == Typed(0.5)
    assert entered("50%", current=percent) == Typed(0.5)
    assert entered("=A1", current={"type": "TEXT"}) == Typed("=A1")
    assert entered("3/4/2025", current={"type": DATE, "pattern": "dd/mm"}).format is None
    assert entered("3/4/2025", current=percent).format == {"type": DATE, "pattern": "m/d/yyyy"}
