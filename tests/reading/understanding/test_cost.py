"""How much work worksheets of any kind make, in calls of functions, which no slow machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Vocabulary, understand
from sheetsync.workbook import Workbook, Worksheet
from tests.reading.understanding.wild_sizes import HEAD, ROW, SIZES

VOCABULARY = Vocabulary(word_lists())
MOST = 6_000_000
"""Calls that take well below five seconds on any machine of today."""
_TIMES = 30


@pytest.mark.parametrize("name", SIZES)
def test_no_worksheet_makes_much_work(name: str) -> None:
    """Shows that the work is bounded for noise, for the largest sizes that Excel knows, and for texts without end."""
    workbook = Workbook("large.xlsx", "memory", (SIZES[name](_TIMES),), "1")
    understand(Workbook("small.xlsx", "memory", (Worksheet("S", [HEAD, ROW]),), "1"), VOCABULARY)
    assert calls(lambda: understand(workbook, VOCABULARY)) <= MOST


def test_twice_as_many_rows_make_at_most_twice_the_work() -> None:
    """Shows that the work grows no faster than the worksheet."""
    few, many = (
        Workbook("rows.xlsx", "memory", (Worksheet("S", [HEAD, *[ROW] * count]),), "1") for count in (4_000, 8_000)
    )
    understand(few, VOCABULARY)
    assert calls(lambda: understand(many, VOCABULARY)) <= 2.2 * calls(lambda: understand(few, VOCABULARY))


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, of Python and of C, that some work makes."""
    count = 0

    def told(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(told)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
