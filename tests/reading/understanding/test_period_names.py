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


def test_so_many_months_are_no_month() -> None:
    """Shows that ten months are neither October nor a period, while the first six are a half."""
    assert vocabulary().periods.inside("TH 10 tháng") is None
    assert vocabulary().periods.without("th 10 thang") == "th"
    assert vocabulary().meanings("TH 10 tháng").keys() == {"current"}
    assert vocabulary().periods.whole("6 tháng đầu năm") == HeadPeriod("half", 1)


def test_the_days_of_a_week_in_brackets_leave_it_a_week() -> None:
    """Shows that a week with its days behind it is a period, and a month with other words in brackets none."""
    assert vocabulary().periods.whole("Tuần 1\n(1-7/11)") == HeadPeriod("week", 1)
    assert vocabulary().periods.whole("T1 (KH)") is None
