"""Tests of the names of periods that stand inside headers."""

from __future__ import annotations

import pytest

from sheetsync.reading.understanding.period_names import HeadPeriod, counted
from tests.reading.adopted.adopting import vocabulary


def test_months_cut_short_count_only_where_they_tell() -> None:
    """Shows that jui, with which juin and juillet begin, is no month, but that longer cuts and whole names are."""
    names = vocabulary().periods
    assert names.whole("jui") is None
    assert names.whole("juin") == HeadPeriod("month", 6)
    assert names.whole("juil 2026") == HeadPeriod("month", 7, 2026)


@pytest.mark.parametrize("header", ["0月", "13月", "2026年0月", "第0周", "第54周", "0월"])
def test_a_number_that_no_period_has_names_none(header: str) -> None:
    """Shows that there is no month 0 or 13 and no week 0 or 54."""
    assert vocabulary().periods.inside(header) is None


def test_weeks_that_begin_with_0_are_no_weeks_of_a_year() -> None:
    """Shows that W0, W1, W2 count something else: a year has no week 0."""
    assert counted({4: "W0", 5: "W1", 6: "W2"}) == {}
    assert counted({4: "W1", 5: "W2", 6: "W3"})[6] == HeadPeriod("week", 3)
