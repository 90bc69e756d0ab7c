"""Cycles and names of periods."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading import parse_cycle
from tests.reading.sheets import LEXICON, TODAY

Q4 = (date(2025, 10, 1), date(2025, 12, 31))
OCTOBER = (date(2025, 10, 1), date(2025, 10, 31))


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        *((text, *Q4) for text in ("Q4/2025", "2025-Q4", "Q4 2025", "Q4/25", "Q4-2025", "4Q25", "Quý 4/2025")),
        *((text, *Q4) for text in ("Quý IV", "Quý IV/2025", "quý 4 năm 2025", "Năm 2025 quý 4", "Q4", "Quarter 4")),
        ("01/10/2025 - 31/12/2025", *Q4),
        ("01/10/2025–31/12/2025", *Q4),
        ("từ 01/10/2025 đến 31/12/2025", *Q4),
        *((text, *OCTOBER) for text in ("T10/2025", "Tháng 10/2025", "tháng mười 2025", "October 2025", "Oct-25")),
        *((text, *OCTOBER) for text in ("10/2025", "2025-10", "M10 2025", "T10")),
        ("H1 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("6 tháng cuối năm", date(2025, 7, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("Năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        *(
            (text, *Q4)
            for text in ("Q4.2025", "Q4'25", "quý tư 2025", "Quý bốn năm 2025", "Q.IV/2025", "Chu kỳ Q4/2025")
        ),
        *((text, *Q4) for text in ("Tháng 10-12/2025", "T10-12/2025", "tháng 10–12 năm 2025", "OKR Quý IV/2025")),
        *((text, date(2025, 7, 1), date(2025, 12, 31)) for text in ("H2/25", "2H25", "nửa cuối 2025", "Quý 3-4/2025")),
        *((text, date(2025, 7, 1), date(2025, 12, 31)) for text in ("quý 3 + 4/2025", "Quý III và IV/2025")),
        ("6T đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("4 tháng cuối năm 2025", date(2025, 9, 1), date(2025, 12, 31)),
        ("giai đoạn 2024-2026", date(2024, 1, 1), date(2026, 12, 31)),
        *((text, date(2025, 4, 1), date(2026, 3, 31)) for text in ("2025-2026", "năm 2025-2026", "NTC 2026")),
        *((text, date(2025, 4, 1), date(2026, 3, 31)) for text in ("năm tài chính 2026", "Năm TC 2025-2026")),
        *((text, date(2025, 4, 1), date(2025, 6, 30)) for text in ("Quý 1 năm tài chính 2026", "Q1 FY2025-26")),
        ("W14/2025", date(2025, 3, 31), date(2025, 4, 6)),
        ("Tuần 14", date(2026, 3, 30), date(2026, 4, 5)),
        ("Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("T1–T3/2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("T10/2025-T3/2026", date(2025, 10, 1), date(2026, 3, 31)),
        ("từ tháng 10 đến tháng 12", date(2025, 10, 1), date(2025, 12, 31)),
        ("Jan-Mar 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("Q1-Q2/2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("2024–2026", date(2024, 1, 1), date(2026, 12, 31)),
        ("9 tháng đầu năm 2025", date(2025, 1, 1), date(2025, 9, 30)),
        ("9T/2025", date(2025, 1, 1), date(2025, 9, 30)),
        ("01/10-31/12/2023", date(2023, 10, 1), date(2023, 12, 31)),
        ("15/11 - 15/02/2024", date(2023, 11, 15), date(2024, 2, 15)),
        ("FY26", date(2025, 4, 1), date(2026, 3, 31)),
        ("FY 2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("Q1 FY26", date(2025, 4, 1), date(2025, 6, 30)),
        ("FY26-Q4", date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_cycle_is_understood(text: str, start: date, due: date) -> None:
    """Every usual name of a quarter, month, half, year or span of days is read; the firm's year begins in April."""
    found = parse_cycle(text, TODAY, 4, LEXICON)
    assert found is not None
    assert (found.label, found.start, found.due) == (text, start, due)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Q5",
        "Q0/2025",
        "T13",
        "T0",
        "W60/2025",
        "soon",
        "1-2",
        "2025-26",
        "Q4/2025/2026",
        "1850",
        "2200",
        "T12-T10",
        "10-12/2025",
        "quý 4 + 3/2025",
        "quý năm 2025 2026",
        "Chu kỳ",
        "chu kỳ tới",
        "T1-Q3",
        "1-3",
    ],
)
def test_what_is_no_cycle_is_none(text: str) -> None:
    """A name that could not be a time frame of ours is not one."""
    assert parse_cycle(text, TODAY, 1, LEXICON) is None


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("NH 25-26", date(2025, 9, 1), date(2026, 8, 31)),
        ("năm học 2025-2026", date(2025, 9, 1), date(2026, 8, 31)),
        ("HK1 2025-2026", date(2025, 9, 1), date(2026, 2, 28)),
        ("học kỳ 2 năm học 2025-2026", date(2026, 3, 1), date(2026, 8, 31)),
        ("2025-2026", date(2025, 9, 1), date(2026, 8, 31)),
        ("HK1 2026", date(2025, 9, 1), date(2026, 2, 28)),
        ("HK II/2026", date(2026, 3, 1), date(2026, 8, 31)),
        ("semester 1 2026", date(2025, 9, 1), date(2026, 2, 28)),
    ],
)
def test_a_school_year_needs_to_be_told_when_it_begins(text: str, start: date, due: date) -> None:
    """The months of a school's year are those of the firm's own; without them nobody knows its days."""
    found = parse_cycle(text, TODAY, 9, LEXICON)
    assert found is not None
    assert (found.start, found.due) == (start, due)
    assert parse_cycle(text, TODAY, 1, LEXICON) is None


@pytest.mark.parametrize(
    "text", ["6 tháng 12", "9 tháng", "2 weeks", "3 quý", "2 tuần", "QV", "whole", "6 tháng 6 tháng"]
)
def test_a_length_of_time_is_no_period(text: str) -> None:
    """Two weeks and nine months are no names, and 6 tháng 12 may be a day in December."""
    assert parse_cycle(text, TODAY, 1, LEXICON) is None


@pytest.mark.parametrize("text", ["01/10/2025 - 03/12/2025", "05/11/2025 – 06/12/2025"])
def test_two_days_that_may_be_read_either_way_are_no_cycle(text: str) -> None:
    """Where both orders of day and month give a stretch of time, nobody knows which is meant."""
    assert parse_cycle(text, TODAY, 1, LEXICON) is None


def test_the_end_of_a_cycle_may_settle_its_start() -> None:
    """One clear day shows the order of both; so does an end that would lie before its start."""
    found = parse_cycle("10/01/2025 - 12/31/2025", TODAY, 1, LEXICON)
    assert found is not None
    assert (found.start, found.due) == Q4
    found = parse_cycle("11/10/2025 - 10/11/2025", TODAY, 1, LEXICON)
    assert found is not None
    assert (found.start, found.due) == (date(2025, 10, 11), date(2025, 11, 10))


def test_an_end_before_its_start_is_no_cycle() -> None:
    """Two dates in the wrong order are no time frame."""
    assert parse_cycle("31/12/2025 - 01/10/2025", TODAY, 1, LEXICON) is None


def test_the_command_line_needs_no_lexicon() -> None:
    """The common names are known without any locale at hand."""
    assert parse_cycle("Quý IV/2025", TODAY) == parse_cycle("Quý IV/2025", TODAY, 1, LEXICON)
    assert parse_cycle("Q1/2027", TODAY) is not None


@pytest.mark.parametrize(
    ("start", "first"), [(1, date(2026, 1, 1)), (4, date(2025, 4, 1)), (10, date(2025, 10, 1)), (12, date(2025, 12, 1))]
)
def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends(start: int, first: date) -> None:
    """Where the firm's year begins in January it is the calendar year."""
    found = parse_cycle("FY26", TODAY, start, LEXICON)
    assert found is not None
    assert found.start == first
    assert (found.due - found.start).days == 364


@given(
    quarter=st.integers(1, 4),
    today=st.dates(date(1992, 1, 1), date(2098, 1, 1)),
    shape=st.sampled_from(["Q{}", "Quý {}", "{}Q"]),
)
def test_a_quarter_without_a_year_is_the_nearest(quarter: int, today: date, shape: str) -> None:
    """No other year has that quarter closer to today."""
    found = parse_cycle(shape.format(quarter), today)
    assert found is not None
    assert (found.start.month - 1) // 3 + 1 == quarter
    away = max((found.start - today).days, (today - found.due).days, 0)
    assert away <= 184


@given(text=st.text(alphabet="q tQuý0123456789/-.FYH", max_size=14))
def test_no_text_makes_reading_fail(text: str) -> None:
    """Any text is a cycle or none, and no cycle ends before it begins."""
    found = parse_cycle(text, TODAY, 7, LEXICON)
    assert found is None or found.start <= found.due
