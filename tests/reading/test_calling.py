"""Items are called by their keys, their cells and their titles."""

from __future__ import annotations

import pytest

from sheetsync.reading.calling import called
from sheetsync.workbook import Area, CellValue, Worksheet
from tests.reading.sheets import read

ROWS: list[list[CellValue]] = [
    ["ID", "Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Chỉ tiêu", "Thực hiện"],
    ["O-1", "Tăng trưởng", None, "An", None, None],
    ["KR-1", None, "Doanh thu bán lẻ", "An", 20, 5],
    [None, None, "Khách hàng mới", "Bình", 400, 90],
    [None, None, "Mở cửa hàng", "Chi", 4, 1],
    [None, None, "Mở kho", "Chi", 4, 1],
]
KPI: list[list[CellValue]] = [["Tên KPI", "Chỉ tiêu", "T1", "T2"], ["Doanh thu", 5, 4, 3], ["Mở kho", 5, 4, 3]]
GOALS = read(OKR=ROWS, KPI_T10=KPI)


def titles(text: str) -> list[str | None]:
    """Give the titles of what a text may mean."""
    return [item.title.value for item in called(GOALS, text)]


@pytest.mark.parametrize(
    "text",
    ["KR-1", " kr-1 ", "OKR!3", "OKR!C3", "okr!f3", "OKR!$F$3", "'OKR'!A3", "Doanh thu bán lẻ", "doanh thu ban le."],
)
def test_each_way_of_calling_finds_the_one(text: str) -> None:
    """Shows id, row, any cell of the row, and the title, however they are typed."""
    assert titles(text) == ["Doanh thu bán lẻ"]


def test_a_row_without_an_id_answers_to_its_key_and_the_beginning_of_it() -> None:
    """Shows that the four signs at the end of a key need not be typed."""
    (item,) = called(GOALS, "Khách hàng mới")
    assert titles(item.key) == titles(item.key[:-5]) == titles("khach hang") == ["Khách hàng mới"]


def test_worksheets_with_spaces_and_columns_of_months_are_found() -> None:
    """Shows the cell of a month in a worksheet whose name needs quotes, with and without them."""
    assert titles("'KPI T10'!D2") == titles("KPI T10!D2") == titles("'KPI T10'!2") == ["Doanh thu"]


@pytest.mark.parametrize(
    ("text", "count"), [("Mở kho", 2), ("mo-", 3), ("OKR!99", 0), ("Nhân sự!3", 0), ("", 0), (" - ", 0)]
)
def test_what_is_not_clear_gives_several_and_what_is_unknown_none(text: str, count: int) -> None:
    """Shows that nothing is guessed."""
    assert len(called(GOALS, text)) == count


def test_of_a_row_that_names_both_the_cell_decides() -> None:
    """Shows a flat list with merged objectives: the objective's cell means it, every other cell the key result."""
    head: list[CellValue] = ["Objective", "Key result", "Target"]
    sheet = Worksheet("OKR", [head, ["Grow", "A", 1], [None, "B", 2]], merges=(Area(2, 1, 3, 1),))
    goals = read(OKR=sheet)
    found = {
        text: [item.title.value for item in called(goals, text)] for text in ("OKR!A2", "OKR!B2", "OKR!2", "OKR!C3")
    }
    assert found == {"OKR!A2": ["Grow"], "OKR!B2": ["A"], "OKR!2": ["A"], "OKR!C3": ["B"]}
