"""Where new columns may go."""

from __future__ import annotations

from sheetsync.workbook import Area
from sheetsync.writeback.room import free_columns
from tests.writeback.sheets import HEADERS, table, worksheet


def test_the_columns_right_beside_the_table_are_taken_first() -> None:
    """Show that new columns stand directly beside the last header."""
    assert free_columns(table(), worksheet([HEADERS, ["O-1"]]), 3) == (6, 7, 8)


def test_a_value_far_below_keeps_a_column_the_users() -> None:
    """Show that one note in row 40 is enough to leave its column alone."""
    rows: list[list[str | None]] = [list(HEADERS), *([[]] * 38), [None] * 6 + ["my note"]]
    assert free_columns(table(), worksheet(rows), 2) == (8, 9)


def test_a_formula_without_a_value_keeps_a_column_the_users() -> None:
    """Show that a formula whose cached value is empty still counts as the user's."""
    sheet = worksheet([HEADERS], formulas=frozenset({(9, 6)}))
    assert free_columns(table(), sheet, 1) == (7,)


def test_merged_ranges_tables_and_the_print_area_are_left_alone() -> None:
    """Show that columns reached by a merge, an Excel table or the print area are passed over."""
    merged = worksheet([HEADERS], merges=(Area(1, 1, 1, 7),))
    assert free_columns(table(), merged, 1) == (8,)
    second = worksheet([HEADERS], tables=(Area(1, 7, 9, 8),))
    assert free_columns(table(), second, 2) == (9, 10)
    printed = worksheet([HEADERS], print_area=Area(1, 1, 50, 10))
    assert free_columns(table(), printed, 1) == (11,)


def test_no_room_is_said_and_not_made() -> None:
    """Show that a worksheet which is used up to its last column gets no column."""
    full = worksheet([HEADERS], merges=(Area(1, 1, 1, 16_384),))
    assert free_columns(table(), full, 1) is None


def test_columns_promised_to_another_table_are_passed_over() -> None:
    """Show that two tables below each other never get the same new column."""
    assert free_columns(table(), worksheet([HEADERS, ["O-1"]]), 2, (6, 7)) == (8, 9)
