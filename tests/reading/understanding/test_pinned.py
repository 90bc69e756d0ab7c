"""Tests of finding an adopted table again after its owner has worked in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.mapping import ColumnMapping, TableMapping
from sheetsync.model import Goals
from sheetsync.workbook import CellValue
from tests.reading.adopted.adopting import by, mapped
from tests.reading.sheets import Rows, workbook

HEADER: list[CellValue] = ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện", "Người phụ trách"]
ROWS: list[list[CellValue]] = [
    HEADER,
    ["Tăng trưởng", "Doanh thu", 20, 10, "An"],
    [None, "Khách hàng mới", 30, 12, "Bình"],
    ["Con người", "Tuyển dụng", 5, 2, "Chi"],
]


def told(goals: Goals) -> list[tuple[object, ...]]:
    """Give what is read of every key result, without places."""
    return [
        (item.title.value, item.target.value, item.current.value, item.owner.value)
        for item in sorted(goals.key_results, key=lambda item: str(item.title.value))
    ]


def test_an_inserted_row_and_column_change_nothing() -> None:
    """Shows that rows and columns that came before the table are followed without a word of complaint."""
    rows: list[list[CellValue]] = [["Báo cáo"], [], *([None, *row] for row in ROWS)]
    goals = by(mapped(OKR=ROWS), workbook(OKR=rows))
    assert told(goals) == told(by(mapped(OKR=ROWS), workbook(OKR=ROWS)))
    assert {change.moved_to - change.cell.column for change in goals.header_changes} == {1}


@given(st.permutations(range(5)))
def test_columns_in_another_order_are_followed(order: list[int]) -> None:
    """Shows that the words of the headers decide: columns in any order are read as they were adopted."""
    rows = [[row[place] for place in order] for row in ROWS]
    goals = by(mapped(OKR=ROWS), workbook(OKR=rows))
    assert [item[0] for item in told(goals)] == ["Doanh thu", "Khách hàng mới", "Tuyển dụng"]
    assert told(goals) == told(by(mapped(OKR=ROWS), workbook(OKR=ROWS)))


def test_a_header_with_other_words_is_not_read() -> None:
    """Shows that a column whose words have changed is left alone and told, with what stood there and what stands."""
    rows: Rows = [[*HEADER[:2], "Ngân sách", *HEADER[3:]], *ROWS[1:]]
    goals = by(mapped(OKR=ROWS), workbook(OKR=rows))
    assert [item.target.column for item in goals.key_results] == [0, 0, 0]
    (change,) = goals.header_changes
    assert (change.concept, change.expected, change.cell.raw, change.cell.ref.a1, change.moved_to) == (
        "target",
        "Chỉ tiêu",
        "Ngân sách",
        "C1",
        0,
    )


def test_accents_capitals_and_spaces_make_no_difference() -> None:
    """Shows that a header that was only written in another way is the same header."""
    rows: Rows = [["MỤC TIÊU ", "Ket qua then chot", "Chỉ\ntiêu", "thực hiện:", "Người  phụ trách"], *ROWS[1:]]
    goals = by(mapped(OKR=ROWS), workbook(OKR=rows))
    assert goals.header_changes == ()
    assert told(goals) == told(by(mapped(OKR=ROWS), workbook(OKR=ROWS)))


def test_a_table_that_is_gone_is_told() -> None:
    """Shows that a worksheet in which the headers no longer stand gives no goals, and says which were looked for."""
    goals = by(mapped(OKR=ROWS), workbook(OKR=[["Ghi chú"], ["Xem tệp khác"]]))
    assert not goals.key_results
    (missing,) = goals.missing
    assert (missing.worksheet, missing.row) == ("OKR", 1)
    assert "Chỉ tiêu" in missing.headers


def test_a_worksheet_that_is_gone_is_told() -> None:
    """Shows that a mapping whose worksheet was renamed or deleted is told with its name."""
    goals = by(mapped(OKR=ROWS), workbook(Other=ROWS))
    assert [(missing.worksheet, missing.row) for missing in goals.missing] == [("OKR", 0)]


def test_one_of_several_worksheets_that_is_gone_is_told() -> None:
    """Shows that of worksheets that share a mapping the one that is gone is named, and the others are read."""
    tables = mapped(An=ROWS, Bình=ROWS, Chi=ROWS)
    goals = by(tables, workbook(An=ROWS, Chi=ROWS))
    assert [missing.worksheet for missing in goals.missing] == ["Bình"]
    assert {item.sheet for item in goals.key_results} == {"An", "Chi"}


def test_a_new_worksheet_of_the_same_form_is_told() -> None:
    """Shows that a worksheet with all headers of an adopted one that no mapping names is told, and not read."""
    goals = by(mapped(An=ROWS), workbook(An=ROWS, Bình=[["x"], [], *ROWS], Khác=[HEADER[:3], *ROWS[1:]]))
    assert [(one.sheet, one.row, one.like) for one in goals.lookalikes] == [("Bình", 3, "An")]
    assert {item.sheet for item in goals.key_results} == {"An"}


def test_a_star_stands_for_any_part_of_a_name() -> None:
    """Shows that one mapping reads every worksheet whose name fits, also those that are added later."""
    (one,) = mapped(OKR_An=ROWS)
    goals = by([one._replace(worksheets=("OKR *",))], workbook(OKR_An=ROWS, OKR_Bình=ROWS, Khác=ROWS))
    assert {item.sheet for item in goals.key_results} == {"OKR An", "OKR Bình"}


def test_two_columns_of_the_same_words_stay_apart() -> None:
    """Shows that of two columns with the same header each keeps the meaning that it was given."""
    rows: Rows = [["KPI", "Giá trị", "Giá trị"], ["Doanh thu", 20, 10], ["Đơn hàng", 30, 15]]
    table = TableMapping(
        ("KPI",),
        "kpi",
        "flat",
        (1,),
        (ColumnMapping("kpi", 1, "KPI"), ColumnMapping("target", 2, "Giá trị"), ColumnMapping("current", 3, "Giá trị")),
    )
    kpis = by([table], workbook(KPI=rows)).kpis
    assert [(kpi.target.raw, kpi.actual.raw) for kpi in kpis] == [(20, 10), (30, 15)]


def test_a_column_without_words_moves_with_its_neighbours() -> None:
    """Shows that a column without a header is found beside the columns that it stood beside."""
    table = TableMapping(
        ("KPI",),
        "kpi",
        "flat",
        (1,),
        (ColumnMapping("kpi", 1, ""), ColumnMapping("target", 2, "Kế hoạch"), ColumnMapping("current", 3, "Thực hiện")),
    )
    rows: list[list[CellValue]] = [[None, "Kế hoạch", "Thực hiện"], ["Doanh thu", 20, 10], ["Đơn hàng", 30, 15]]
    moved: Rows = [["x", *row] for row in rows]
    kpis = by([table], workbook(KPI=moved)).kpis
    assert [(kpi.title.raw, kpi.target.raw) for kpi in kpis] == [("Doanh thu", 20), ("Đơn hàng", 30)]
