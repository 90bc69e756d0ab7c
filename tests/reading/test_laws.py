"""Laws that hold for every workbook."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.model import Goals, Objective
from sheetsync.reading.building import build
from sheetsync.workbook import Cell
from tests.reading.sheets import OKR, read, workbook

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["30%", "5,5 tỷ", "x", "#N/A", "1. A; 2. B", "từ 3 lên 5", "Q4/2025", "05/11", ">= 5", "-", "Tổng cộng"]
    ),
    st.datetimes(datetime(1900, 1, 1), datetime(9999, 1, 1)),
    st.dates(),
    st.times(),
    st.timedeltas(),
)
HEADERS = [
    "ID",
    "Objective",
    "Key result",
    "Owner",
    "Unit",
    "Weight",
    "Baseline",
    "Target",
    "Current",
    "Due",
    "Confidence",
]
KPI = ["ID", "KPI", "Unit", "Weight", "Target", "T10", "T11 KH", "T11 TH", "Period", "Critical"]
LOG = ["Date", "KR ID", "Key result", "Value", "Confidence"]
BODY: list[list[Any]] = [
    ["O-1", "Tăng trưởng", None, "An", None, None, None, None, None, None, None],
    ["KR-1", None, "Doanh thu", "An", "tỷ", "40%", "1.234,5", "từ 5 tỷ đến 6 tỷ", "5,5 tỷ", "31/12/2025", "Ổn"],
    ["KR-2", None, "Giảm lỗi", "Bình", "%", "60%", "5%", "≤ 3%", 4, datetime(2025, 12, 1), "7/10"],
    ["KR-3", "Khách hàng", "Khảo sát", "An", None, None, None, "A; B", "a", "05/11", 0.5],
]


def told(goals: Goals) -> list[Any]:
    """Give everything that was read but the columns that it was read from."""
    items: list[Any] = [*goals.objectives, *goals.key_results]
    return [
        tuple(
            (value.raw, value.value) if isinstance(value, Cell) else value
            for value in (getattr(item, name) for name in item._fields)
        )
        for item in items
    ]


@settings(max_examples=60, deadline=None)
@given(
    order=st.permutations(range(len(HEADERS))), extra=st.lists(st.integers(0, len(HEADERS)), max_size=4), blank=CELLS
)
def test_the_order_of_columns_and_strangers_among_them_do_not_count(
    order: list[int], extra: list[int], blank: Any
) -> None:
    """Shuffled columns with foreign ones in between give the same goals."""
    rows = [[row[place] for place in order] for row in [HEADERS, *BODY]]
    for number, place in enumerate(extra):
        for row in rows:
            row.insert(place, f"Cột {number}" if row is rows[0] else blank)
    assert told(read(OKR=rows)) == told(read(OKR=[HEADERS, *BODY]))


@settings(max_examples=150, deadline=None)
@given(
    okr=st.lists(st.lists(CELLS, max_size=len(HEADERS)), max_size=6),
    kpi=st.lists(st.lists(CELLS, max_size=len(KPI)), max_size=4),
    log=st.lists(st.lists(CELLS, max_size=len(LOG)), max_size=4),
    people=st.lists(st.lists(CELLS, max_size=3), max_size=3),
    language=st.sampled_from(["vi", "en", None]),
)
def test_nothing_that_stands_in_a_cell_makes_reading_fail(
    okr: Any, kpi: Any, log: Any, people: Any, language: Any
) -> None:
    """Numbers, texts, dates, truth values and odd characters anywhere: reading gives goals, and keys are unique."""
    goals = read(
        OKR=[HEADERS, *okr],
        KPI=[KPI, *kpi],
        Log=[LOG, *log],
        People=[["Name", "Email", "Team"], *people],
        Settings=[["Language", language], ["Cycle", "Q4/2025"]],
    )
    items: list[Any] = [*goals.objectives, *goals.key_results, *goals.kpis]
    keys = [item.key for item in items]
    assert len(keys) == len(set(keys))
    for found in goals.key_results:
        assert found.target.raw is not None or found.target.value is None


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_any_sheet_is_read_without_failing(rows: Any) -> None:
    """A worksheet of anything is a table, or it is named as unread, or it is empty."""
    goals = read(workbook(X=rows))
    assert len(goals.tables) + len(goals.unread) <= 1 or goals.tables


def test_what_is_read_twice_is_the_same() -> None:
    """Reading has no memory."""
    assert told(read(OKR=[OKR, *BODY])) == told(read(OKR=[OKR, *BODY]))


def test_items_are_frozen_however_they_were_made() -> None:
    """The fast way of making items gives what the constructor gives, and nobody can change it."""
    item = read(OKR=[HEADERS, *BODY]).objectives[0]
    assert Objective(*(getattr(item, name) for name in Objective._fields)) == item
    with pytest.raises(AttributeError):
        item.key = "other"  # type: ignore[misc]


def test_a_forgotten_field_is_refused() -> None:
    """An item is whole or it is not made."""
    with pytest.raises(TypeError, match="own_row"):
        build(Objective, 1, key=["O-1"])


def test_odd_values_keep_their_type() -> None:
    """Times and spans of time are no numbers; they stay unreadable with what stood there."""
    for odd in (time(8, 30), timedelta(hours=2), date(2025, 1, 1)):
        found = read(OKR=[["Key result", "Target"], ["Revenue", odd]]).key_results[0]
        assert found.target.unreadable
        assert found.target.raw == odd
