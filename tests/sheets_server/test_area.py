"""Tests of A1 notation and areas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server.area import Area, Box, a1, area_of, column_of, letters, parse_a1, quoted, split_title
from tests.sheets_server.errors import ApiError


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("B5", Area(0, 4, 5, 1, 2)),
        ("$B$5", Area(0, 4, 5, 1, 2)),
        ("A1:B2", Area(0, 0, 2, 0, 2)),
        ("D4:A1", Area(0, 0, 4, 0, 4)),
        ("A:B", Area(0, None, None, 0, 2)),
        ("2:3", Area(0, 1, 3, None, None)),
        ("A2:2", Area(0, 1, 2, 0, None)),
        ("B3:B", Area(0, 2, None, 1, 2)),
        ("aa10", Area(0, 9, 10, 26, 27)),
    ],
)
def test_notation_is_read(text: str, area: Area) -> None:
    """Shows that cells, rectangles, whole and open rows and columns are read, swapped ends too."""
    assert parse_a1(text) == area


@pytest.mark.parametrize("text", ["", "A", "5", "A0", "Sheet1!A1", "A1:B2:C3", "ABCD1", "Score"])
def test_other_text_is_no_notation(text: str) -> None:
    """Shows that what names no range is not taken for one."""
    assert parse_a1(text) is None


@pytest.mark.parametrize(
    ("title", "written"),
    [("Sheet1", "Sheet1"), ("Mục tiêu", "'Mục tiêu'"), ("It's", "'It''s'"), ("A1", "'A1'"), ("2025", "'2025'")],
)
def test_titles_are_quoted_where_needed(title: str, written: str) -> None:
    """Shows that a title that is no plain word is written in quotes, and read from them again."""
    assert quoted(title) == written
    assert split_title(f"{written}!B2") == (title, "B2")


def test_quoted_title_alone_names_the_sheet() -> None:
    """Shows that a title in quotes without a range is a title."""
    assert split_title("'It''s'") == ("It's", None)
    assert split_title("B2") == (None, "B2")


@given(st.integers(0, 20_000))
def test_columns_are_lettered(column: int) -> None:
    """Shows that letters and numbers of columns are two forms of one thing."""
    assert column_of(letters(column)) == column


@given(st.integers(0, 99), st.integers(1, 9), st.integers(0, 99), st.integers(1, 9))
def test_boxes_are_written_as_they_are_read(top: int, height: int, left: int, width: int) -> None:
    """Shows that what a rectangle is written as names that rectangle."""
    box = Box(top, top + height, left, left + width)
    assert parse_a1(a1(box), 7) == box.on(7)


def test_grid_range_keeps_what_was_said() -> None:
    """Shows that open sides stay open, a 0 stays, and the id of the first sheet is left out as Google does."""
    assert area_of({"sheetId": 0, "startRowIndex": 0}).resource() == {"startRowIndex": 0}
    assert area_of({"sheetId": 5, "endColumnIndex": 2}).resource() == {"sheetId": 5, "endColumnIndex": 2}


def test_range_must_not_end_before_it_starts() -> None:
    """Shows that an empty range is refused."""
    with pytest.raises(ApiError, match="endRowIndex must be greater"):
        area_of({"startRowIndex": 3, "endRowIndex": 3})


def test_areas_meet_and_hold_each_other() -> None:
    """Shows that open sides reach everything on the same sheet and nothing on another."""
    column, cell = Area(1, None, None, 2, 3), Area(1, 4, 5, 2, 3)
    assert column.meets(cell) and column.holds(cell) and not cell.holds(column)
    assert not column.meets(Area(2, 4, 5, 2, 3))
    assert not column.meets(Area(1, 4, 5, 3, 4))
