"""What is written for a cell that was read: its meaning in a form that can be read in one way only."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.gallery.content import Share, Verbatim
from sheetsync.gallery.conversion.values import (
    amount,
    calendar_name,
    day,
    number_text,
    period_name,
    plain,
    span,
    text,
    word,
)
from sheetsync.model import Bounds, Cycle, Done, Frequency, Level, Milestones, Period, Quantity, Relative
from sheetsync.reading.marks import infer_marks, marks_in_prose
from sheetsync.reading.periods import PeriodNames
from sheetsync.workbook import Cell, CellValue

WORDS = ("Có", "Không")


def cell(raw: CellValue, value: Any = None) -> Cell[Any]:
    """Give a cell in which something stood."""
    return Cell("KPI", 5, 3, raw, value)


@pytest.mark.parametrize(
    ("raw", "value", "expected"),
    [
        (1200.5, Quantity(1200.5), 1200.5),
        ("1.200,5", Quantity(1200.5), 1200.5),
        ("5,5 tỷ", Quantity(5.5e9), 5.5e9),
        ("30%", Quantity(0.3, percent=True), Share(0.3)),
        (0.3, Quantity(0.3, percent=True), Share(0.3)),
        (95, Quantity(0.95, percent=True), 95),
        (80, Bounds(80, None), 80),
        ("ít nhất 20", Bounds(20, None), ">= 20"),
        ("≤ 2,5%", Bounds(None, 0.025, percent=True), "<= 2.5%"),
        ("5 đến 7", Bounds(5, 7), "5 - 7"),
        (-0.2, Relative(-0.2), Share(-0.2)),
        ("giảm 1,5%", Relative(-0.015), "-1.5%"),
        ("tăng 5 điểm phần trăm", Relative(0.05, points=True), "+5 pp"),
        ("cải thiện 10%", Relative(0.1, signed=False), "cải thiện 10%"),
        ("xong", Done(True), "Có"),
        ("✗", Done(False), "Không"),
        ("1. Thử; 2. Chạy", Milestones(("Thử", "Chạy")), "1. Thử; 2. Chạy"),
        ("khoảng mười", None, "khoảng mười"),
        (None, None, None),
        ("  ", None, None),
    ],
)
def test_amounts_are_written_by_what_they_mean(raw: CellValue, value: Any, expected: object) -> None:
    """Shows numbers as numbers, shares as percentages, bounds with signs, and what has no such form as it stood."""
    found = amount(cell(raw, value), WORDS)
    assert found == expected
    assert isinstance(found, Share) == isinstance(expected, Share)


@pytest.mark.parametrize(("raw", "value"), [("1.200,5", Quantity(1200.5)), ("ít nhất 20", Bounds(20, None))])
def test_as_read_leaves_the_text(raw: str, value: Any) -> None:
    """Shows that a text stays as it stood where its meaning did not survive in another form."""
    assert amount(cell(raw, value), WORDS, as_read=True) == raw


@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_a_number_in_a_text_is_never_unclear(number: float) -> None:
    """Shows that the text of any number reads back to it, and looks like no thousand with a mark for groups."""
    shown = number_text(number)
    assert float(shown) == pytest.approx(number, abs=1e-11, rel=1e-11)
    assert not ("." in shown and len(shown.partition(".")[2]) == 3)
    assert infer_marks([shown]).decimal in (".", None)
    assert not marks_in_prose([shown], []).mixed


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["week", "month", "quarter", "half", "year"]))
def test_a_period_of_the_calendar_is_named_so_that_it_reads_back(first: date, kind: str) -> None:
    """Shows that the name of any week, month, quarter, half year and year gives the very same days again."""
    start, end = _period(first, kind)
    name = calendar_name(start, end)
    found = PeriodNames().span((name or "").lower())
    assert found is not None
    assert found.year is not None
    assert found.days(found.year) == (start, end)


def _period(day: date, kind: str) -> tuple[date, date]:
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = first.month + months
    return first, date(day.year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)


def test_other_spans_keep_their_own_name() -> None:
    """Shows that a span of odd days is told by its days, and a period by what its header said."""
    odd = Cycle("BẢNG MỤC TIÊU QUÝ 4", date(2025, 10, 3), date(2025, 12, 24))
    assert span(cell("BẢNG MỤC TIÊU QUÝ 4", odd)) == "2025-10-03 - 2025-12-24"
    assert span(cell("Quý 4", Cycle("Quý 4", date(2025, 10, 1), date(2025, 12, 31)))) == "Q4/2025"
    assert period_name(Period(Frequency.WEEK, date(2025, 1, 1), date(2025, 1, 9), "Đợt 1")) == "Đợt 1"
    assert period_name(Period(Frequency.DAY, date(2025, 1, 9), date(2025, 1, 9), "9/1")) == date(2025, 1, 9)
    assert span(cell("sớm nhất", None)) == "sớm nhất"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (datetime(2026, 1, 5), date(2026, 1, 5)),
        (datetime(2026, 1, 5, 8, 30), "2026-01-05 08:30:00"),
        (time(8, 30), "08:30:00"),
        (timedelta(days=2), "2 days, 0:00:00"),
        (True, True),
        ("=1+1", "=1+1"),
    ],
)
def test_any_raw_value_can_be_written(raw: CellValue, expected: object) -> None:
    """Shows that days, times and texts that look like formulas are values that a worksheet can hold."""
    found = plain(raw)
    assert found == expected
    assert type(found) in (type(expected), Verbatim)


def test_words_days_and_texts() -> None:
    """Shows names of words, days as days, whole numbers without a point, and unknown words as they stood."""
    assert word(cell("công ty", Level.COMPANY)) == "company"
    assert word(cell("x", True)) == "yes"
    assert isinstance(word(cell("phòng khác")), Verbatim)
    assert day(cell("31/12/2026", date(2026, 12, 31))) == date(2026, 12, 31)
    assert day(cell("cuối năm")) == "cuối năm"
    assert text(cell(2026.0)) == "2026"
    assert text(cell(None)) is None
