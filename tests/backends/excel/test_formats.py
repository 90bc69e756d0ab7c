"""Number formats: what a code shows."""

from __future__ import annotations

import pytest

from sheetsync.backends.excel.formats import kind_of_code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "plain"),
        ("0", "plain"),
        ("#,##0.00", "plain"),
        ('0.0" %"', "plain"),
        (r"0\%", "plain"),
        ("0.00E+00", "plain"),
        ("[Red]0", "plain"),
        ('"day" 0', "plain"),
        ("@", "plain"),
        ("#,##0 [$₫-42A]", "plain"),
        ("0%", "percent"),
        ("0.0%;[Red]-0.0%", "percent"),
        ("_(* 0%_)", "percent"),
        ("dd/mm/yyyy", "date"),
        ("[$-42A]d mmmm yyyy", "date"),
        ("hh:mm", "date"),
        ('"Ngày" d', "date"),
        ("[h]:mm", "span"),
        ("[mm]:ss", "span"),
    ],
)
def test_what_a_code_shows(code: str, kind: str) -> None:
    """Shows that literal text, colours and currencies do not make a percentage or a date of a number."""
    assert kind_of_code(code) == kind
