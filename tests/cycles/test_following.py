"""The cycle after a cycle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.cli.shipped import all_words
from sheetsync.cycles.following import following, shifted, whole_months
from sheetsync.model import Cycle
from sheetsync.reading import parse_cycle

TODAY = date(2026, 1, 5)


def read(text: str) -> Cycle | None:
    """Read a cycle as the command does."""
    return parse_cycle(text, TODAY, 1, all_words())


@pytest.mark.parametrize(
    ("text", "label", "start", "due"),
    [
        ("Q3/2025", "Q4/2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("Q4/2025", "Q1/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("2025-Q4", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("Quý 4/2025", "Quý 1/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("Quý IV/2025", "Quý I/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("Quý IV", "Q1/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("H1 2026", "H2 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("Tháng 12/2025", "Tháng 1/2026", date(2026, 1, 1), date(2026, 1, 31)),
        ("T09/2025", "T10/2025", date(2025, 10, 1), date(2025, 10, 31)),
        ("FY26", "FY27", date(2027, 1, 1), date(2027, 12, 31)),
        ("2025", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("01/10/2025 - 31/12/2025", "Q1/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("15/10/2025 - 14/01/2026", "", date(2026, 1, 15), date(2026, 4, 14)),
    ],
)
def test_the_next_cycle_is_called_as_this_one_is(text: str, label: str, start: date, due: date) -> None:
    """Shows names of every form with their numbers raised; what has no name of a year goes by a plain one or none."""
    cycle = read(text)
    assert cycle is not None
    assert following(cycle, read) == Cycle(label, start, due)


@pytest.mark.parametrize(
    ("text", "label", "start"),
    [
        ("Q1 FY29", "Q2 FY29", date(2028, 7, 1)),
        ("Q2 FY29", "Q3 FY29", date(2028, 10, 1)),
        ("Q3 FY29", "Q4 FY29", date(2029, 1, 1)),
        ("Q4 FY29", "Q1 FY30", date(2029, 4, 1)),
        ("Q3 FY2029", "Q4 FY2029", date(2029, 1, 1)),
        ("FY29", "FY30", date(2029, 4, 1)),
    ],
)
def test_the_quarters_of_a_fiscal_year_keep_its_name(text: str, label: str, start: date) -> None:
    """Shows a fiscal year from April, most of which lies in the year before the one that it is called by."""

    def read_fiscal(text: str) -> Cycle | None:
        return parse_cycle(text, TODAY, 4, all_words())

    cycle = read_fiscal(text)
    assert cycle is not None
    found = following(cycle, read_fiscal)
    assert (found.label, found.start) == (label, start)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_cycles_follow_each_other_without_a_gap(start: date, days: int) -> None:
    """Shows that the next one begins on the day after, and that any that is not whole months is just as long."""
    cycle = Cycle("", start, start + timedelta(days))
    after = following(cycle, lambda _: None)
    assert after.start == cycle.due + timedelta(days=1)
    assert after.due >= after.start
    if not whole_months(cycle.start, cycle.due):
        assert after.due - after.start == cycle.due - cycle.start


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 2, 28), 1, date(2025, 3, 31)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
        (date(2025, 12, 15), 3, date(2026, 3, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_the_last_day_of_a_month_stays_one(day: date, months: int, then: date) -> None:
    """Shows months of every length."""
    assert shifted(day, months) == then
