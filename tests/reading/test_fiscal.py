"""Names of periods in a firm whose own year does not begin in January."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Cycle
from sheetsync.reading.cycles import parse_cycle
from sheetsync.reading.fiscal import both_readings, days_of

NEAR = date(2026, 10, 1)


@given(start=st.integers(2, 12), year=st.integers(2001, 2098), name=st.sampled_from(["Q1", "Q4", "H1", "H2", ""]))
def test_the_name_that_is_advised_is_read_as_the_days_beside_it(start: int, year: int, name: str) -> None:
    """Shows that what a message tells people to write means what it says, and so do the two days."""
    found = both_readings(f"{name}/{year}" if name else str(year), NEAR, start)
    assert found is not None
    for text, cycle in ((found[1].label, found[1]), (days_of(found[0]), found[0])):
        told = parse_cycle(text, NEAR, start)
        assert told is not None
        assert (told.start, told.due) == (cycle.start, cycle.due)


@pytest.mark.parametrize("text", ["soon", "FY2027", "Q1 FY2027", "W14/2027", "T10/2025", "NH 2026-2027", "31/12/2026"])
def test_what_names_no_part_of_a_year_has_no_two_readings(text: str) -> None:
    """Shows that months, weeks, days and names with FY are left alone."""
    assert both_readings(text, NEAR, 4) is None


def test_dates_are_the_same_in_both() -> None:
    """Shows that two dates mean the same days in every firm."""
    plain, own = both_readings("01/10/2025 - 31/12/2025", NEAR, 4) or (Cycle("", NEAR, NEAR),) * 2
    assert plain[1:] == own[1:] == (date(2025, 10, 1), date(2025, 12, 31))
