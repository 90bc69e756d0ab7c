"""Hidden rows, columns and worksheets, filters, and formatted but empty cells."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.workbook import Area, CellValue
from tests.reading.understanding.detailed import Line, tables, told, worksheet

HEADER = ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện"]
ROWS: list[Line] = [[f"Mục tiêu số {row // 3}", f"Kết quả then chốt thứ {row}", 10, row] for row in range(9)]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    """Shows that what is hidden belongs to the table, and that the table says how much is hidden."""
    found = tables(worksheet([HEADER, *ROWS], hidden_columns="C", hidden_rows=[3, 4, 40]))[0]
    assert found.concepts == ("objective", "key_result", "target", "current")
    assert (found.first_data_row, found.last_data_row) == (2, 10)
    assert (found.hidden_columns, found.hidden_rows, found.filtered) == ((3,), 2, False)


def test_rows_that_a_filter_hides_belong_to_the_table() -> None:
    """Shows that a filter changes nothing but what is told of it."""
    plain = tables(worksheet([HEADER, *ROWS]))[0]
    found = tables(worksheet([HEADER, *ROWS], hidden_rows=range(8, 11), filter=Area(1, 1, 10, 4)))[0]
    assert found == plain._replace(hidden_rows=3, filtered=True, score=found.score)


def test_a_hidden_helper_column_comes_second() -> None:
    """Shows that of two columns that may be the actual the visible one is taken."""
    lines: list[Line] = [["KPI", "Thực hiện", "Chỉ tiêu", "Thực tế"], *([row[1], 7, 10, 8] for row in ROWS)]
    assert told(worksheet(lines))["B"] == "current"
    assert told(worksheet(lines, hidden_columns="B"))["D"] == "current"


def test_a_hidden_worksheet_of_lists_is_no_table() -> None:
    """Shows that lists which others choose from are passed over, but hidden goals are read."""
    lists: list[Line] = [
        ["Name", "Position", "Team", "Unit"],
        *(["Nguyễn Văn An", "Giám đốc", "Phòng IT", "%"] for _ in range(4)),
    ]
    goals = worksheet([HEADER, *ROWS], name="OKR", lists=[("E", ["a"])], source="Lists")
    shown = tables(goals, worksheet(lists, name="Lists"))
    assert {table.sheet for table in shown} == {"OKR", "Lists"}
    assert {table.sheet for table in tables(goals, worksheet(lists, name="Lists", hidden=True))} == {"OKR"}
    hidden_goals = worksheet([HEADER, *ROWS], name="Lists", hidden=True)
    assert {table.sheet for table in tables(goals, hidden_goals)} == {"OKR", "Lists"}


@given(st.integers(0, 400), st.integers(0, 60), st.sampled_from([None, ""]))
@settings(max_examples=20, deadline=None)
def test_formatted_but_empty_cells_change_nothing(below: int, beside: int, blank: CellValue) -> None:
    """Shows that empty cells which only carry a format are as if they were not there."""
    bare = [HEADER, *ROWS]
    padded: list[Line] = [*([*row, *[blank] * beside] for row in bare), *[[blank] * (4 + beside)] * below]
    assert tables(worksheet(padded)) == tables(worksheet(bare))


def test_a_filter_begins_at_the_header() -> None:
    """Shows that rows above the one at which a filter or an Excel table begins, and rows below it, are no header."""
    data: list[Line] = [[row[1], 3, 5, 10] for row in ROWS]
    odd, plain = ["Tên", "Số", "Mức", "Abc"], ["Chỉ tiêu", "KH", "TH", "Xyz"]
    above, below = worksheet([odd, plain, *data]), worksheet([HEADER, odd, *data])
    assert tables(above)[0].header_rows == (1,)
    assert tables(worksheet([odd, plain, *data], filter=Area(2, 1, 11, 4)))[0].header_rows == (2,)
    assert tables(above._replace(tables=(Area(2, 1, 11, 4),)))[0].header_rows == (2,)
    assert tables(below)[0].header_rows == (1, 2)
    assert tables(below._replace(tables=(Area(1, 1, 11, 4),)))[0].header_rows == (1,)
