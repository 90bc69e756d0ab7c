"""Tests of how numbers look."""

from __future__ import annotations

import pytest

from tests.sheets_server.cells import CellError, Value
from tests.sheets_server.locales import forms
from tests.sheets_server.numberformat import shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (42.0, "42"),
        (1 / 3, "0.3333333333"),
        (100 / 3, "33.33333333"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "-0.5"),
        (1e15, "1E+15"),
        (1.5e-10, "1.5E-10"),
        (123456789012345, "123456789012345"),
        (12345.678, "12345.678"),
        (True, "TRUE"),
        ("x", "x"),
        (None, ""),
        (CellError("DIVIDE_BY_ZERO"), "#DIV/0!"),
        (CellError("N_A"), "#N/A"),
    ],
)
def test_values_without_a_format(value: Value, text: str) -> None:
    """Shows what cells without a number format show."""
    assert shown(value, None, forms("en_US")) == text


@pytest.mark.parametrize(
    ("locale", "kind", "pattern", "value", "text"),
    [
        ("en_US", "NUMBER", "#,##0.00", 1234.5, "1,234.50"),
        ("vi_VN", "NUMBER", "#,##0.00", 1234.5, "1.234,50"),
        ("en_US", "PERCENT", "0%", 0.125, "13%"),
        ("en_US", "PERCENT", "0.0%", 0.125, "12.5%"),
        ("en_US", "PERCENT", None, 0.5, "50.00%"),
        ("en_US", "NUMBER", "0.##", 1.5, "1.5"),
        ("en_US", "NUMBER", "000", 7, "007"),
        ("en_US", "NUMBER", "#,##0", -1234, "-1,234"),
        ("en_US", "NUMBER", "0;(0);zero", -5, "(5)"),
        ("en_US", "NUMBER", "0;(0);zero", 0, "zero"),
        ("en_US", "CURRENCY", '"$"#,##0.00', 5, "$5.00"),
        ("vi_VN", "CURRENCY", None, 1000, "1.000,00₫"),
        ("en_US", "SCIENTIFIC", "0.00E+00", 12345, "1.23E+04"),
        ("en_US", "NUMBER", '0" days"', 3, "3 days"),
        ("en_US", "NUMBER", "[Red]0", 3, "3"),
        ("en_US", "DATE", "yyyy-mm-dd", 43831, "2020-01-01"),
        ("vi_VN", "DATE", None, 43831, "1/1/2020"),
        ("en_US", "DATE", "d mmm yyyy", 43831, "1 Jan 2020"),
        ("en_US", "DATE", "dddd", 43831, "Wednesday"),
        ("en_US", "TIME", "h:mm am/pm", 0.75, "6:00 PM"),
        ("en_US", "DATE_TIME", "yyyy-mm-dd hh:mm:ss", 43831.5, "2020-01-01 12:00:00"),
        ("en_US", "TIME", "[h]:mm", 1.5, "36:00"),
        ("en_US", "TEXT", "@", 5, "5"),
    ],
)
def test_patterns(locale: str, kind: str, pattern: str | None, value: float, text: str) -> None:
    """Shows that patterns are followed in the marks of the locale."""
    number_format = {"type": kind, **({"pattern": pattern} if pattern else {})}
    assert shown(value, number_format, forms(locale)) == text
