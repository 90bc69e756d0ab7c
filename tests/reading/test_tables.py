"""Tables: where they are, of which kind, and what their columns are."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.workbook import CellRef, CellValue, ColumnMark, Worksheet
from tests.reading.sheets import OKR, key_result, read, workbook

BODY: list[CellValue] = ["KR-1", "Grow", "Revenue", "An", "increase", "tỷ", 0.5, 1, 5, 3, "31/12/2025"]


def test_titles_above_the_header_are_passed_over() -> None:
    """The header is found wherever it stands."""
    goals = read(OKR=[["OKR QUÝ 4"], [], ["Công ty:", "Minh Long"], [], OKR, BODY])
    assert (goals.tables[0].header_row, goals.tables[0].first_row, goals.tables[0].last_row) == (5, 6, 6)


def test_columns_in_any_order_with_strangers_between_them() -> None:
    """A header that says nothing to us is noted with its column, and its cells are nobody's business."""
    goals = read(OKR=[["Màu", "Target", "Tiến độ", "Key result", None], ["đỏ", 5, 0.4, "Revenue", "x"]])
    assert goals.tables[0].columns == {"target": (2,), "key_result": (4,)}
    assert goals.tables[0].unmapped == {1: "Màu", 3: "Tiến độ"}


def test_a_header_that_stands_twice_is_noted_and_the_first_is_used() -> None:
    """Both columns are known, one is read."""
    goals = read(OKR=[["Key result", "Target", "Target"], ["Revenue", 5, 6]])
    assert goals.tables[0].columns["target"] == (2, 3)
    assert goals.key_results[0].target.raw == 5


@pytest.mark.parametrize(
    "header",
    [
        ["Mã", "Mục tiêu", "Kết quả then chốt", "Ban đầu", "Goal", "Hiện tại"],
        ["ID", "Objective", "Key result", "Baseline", "Goal", "Current"],
        ["ID", "Goal", "Key result", "Baseline", "Target", "Current"],
    ],
)
def test_a_word_for_the_objective_and_the_target_is_what_the_other_one_is_not(header: list[CellValue]) -> None:
    """Shows that a target renamed Goal never turns an objective of Mục tiêu, which may mean both, into the target."""
    goals = read(OKR=[header, ["KR-1", "Grow", "Revenue", 0, 5, 3]])
    assert goals.tables[0].columns["objective"] == (2,)
    assert goals.tables[0].columns["target"] == (5,)


def test_several_tables_of_one_kind_are_numbered() -> None:
    """On one worksheet or on two, each has its own key, and titles between them are no rows."""
    goals = read(
        OKR=[OKR, BODY, [], ["OKR PHÒNG KINH DOANH"], OKR, ["KR-2", *BODY[1:]]], Sales=[OKR, ["KR-3", *BODY[1:]]]
    )
    assert [(table.key, table.sheet, table.header_row) for table in goals.tables] == [
        ("okr", "OKR", 1),
        ("okr2", "OKR", 5),
        ("okr3", "Sales", 1),
    ]
    assert [item.table for item in goals.key_results] == ["okr", "okr2", "okr3"]
    assert goals.tables[0].last_row == 2


def test_a_header_that_comes_again_begins_a_new_table() -> None:
    """A repeated header is no row of data, even without a blank row above it."""
    goals = read(OKR=[OKR, BODY, OKR, ["KR-2", *BODY[1:]]])
    assert [item.key for item in goals.key_results] == ["KR-1", "KR-2"]


@pytest.mark.parametrize(
    ("name", "headers", "kind"),
    [
        ("A", ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện"], "okr"),
        ("A", ["Objective", "Target", "Owner", "Due"], "okr"),
        ("A", ["Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện"], "kpi"),
        ("A", ["KPI", "T1", "T2"], "kpi"),
        ("A", ["Ngày", "Mã KR", "Giá trị", "Ghi chú"], "check-ins"),
        ("A", ["Họ tên", "Email", "Phòng ban"], "people"),
        ("Check-ins", ["Ngày cập nhật", "Mã", "Kết quả then chốt", "Thực hiện"], "check-ins"),
        ("OKR", ["Ngày cập nhật", "Mã", "Kết quả then chốt", "Thực hiện"], "okr"),
    ],
)
def test_the_headers_decide_the_kind_of_a_table(name: str, headers: list[str], kind: str) -> None:
    """Where two kinds fit alike the name of the worksheet decides."""
    goals = read(workbook((), **{name: [headers, ["x"] * len(headers)]}))
    assert [table.kind for table in goals.tables] == [kind]


@pytest.mark.parametrize(
    "rows",
    [
        [["Việc", "Xong"], ["Mua giấy", "x"]],
        [["Mục tiêu của chúng ta là khách hàng"], ["Owner"]],
        [["a", "b", "c"], [1, 2, 3]],
    ],
)
def test_a_sheet_without_a_table_is_named(rows: list[list[Any]]) -> None:
    """It is not taken for something that it is not, and the nearest row is shown."""
    goals = read(Việc=rows)
    assert goals.tables == ()
    assert [entry.sheet for entry in goals.unread] == ["Việc"]


def test_the_nearest_row_names_what_it_had() -> None:
    """A half header says which concepts were found, so that the message can say what is missing."""
    goals = read(X=[["Báo cáo"], ["Owner", "Due", "Unit", "Note"], ["An", 1, 2, 3]])
    assert goals.unread[0].row == 2
    assert "owner" in goals.unread[0].nearest


def test_empty_sheets_and_our_own_pages_are_not_reported() -> None:
    """Guide and dashboard are no tables and need none."""
    goals = read(Guide=[["How to use this workbook"]], Tổng_quan=[["Minh Long"]], Empty=[], Blank=[["", None]])
    assert goals.unread == ()


def test_a_dashboard_of_ours_shows_goals_and_holds_none() -> None:
    """Its block of objectives is not read as a table; the same sheet without our marks is the user's."""
    rows: list[list[Any]] = [["Objective", "Progress", "Owner", "Target"], ["Grow", 0.5, "An", 5]]
    mark = ColumnMark("dash", "objectives", CellRef("Tổng quan", 1, 1))
    assert read(workbook([mark], **{"Tổng quan": rows})).tables == ()
    assert len(read(workbook((), **{"Tổng quan": rows})).tables) == 1


def test_a_hidden_sheet_without_a_table_is_nobodys_concern() -> None:
    """Lists behind dropdowns are hidden; a hidden table is read all the same."""
    lists = Worksheet("Lists", [["increase", "decrease"]], hidden=True)
    goals = read(Lists=lists, OKR=Worksheet("OKR", [OKR, BODY], hidden=True))
    assert goals.unread == ()
    assert len(goals.key_results) == 1


def marked(header: str | None, concept: str = "progress", table: str = "okr", row: int = 1) -> Any:
    """Read a table whose fourth column carries our mark under a header."""
    rows: list[list[Any]] = [["Key result", "Target", "Tiến độ", header, "Màu"], ["Revenue", 5, 0.1, 0.6, "đỏ"]]
    mark = ColumnMark(table, concept, CellRef("OKR", row, 4))
    return read(workbook([mark], OKR=rows)).tables[0]


def test_a_marked_column_is_ours_and_one_that_only_looks_so_is_not() -> None:
    """The user's own Tiến độ stays a stranger's column beside our Progress."""
    table = marked("Progress")
    assert table.computed == {"progress": 4}
    assert table.unmapped == {3: "Tiến độ", 5: "Màu"}
    assert table.disputed == {}


@pytest.mark.parametrize("header", ["Owner", "Status", "Bất kỳ", None])
def test_a_mark_under_another_header_is_disputed(header: str | None) -> None:
    """Such a column is neither ours nor the user's: it is mapped to nothing."""
    table = marked(header)
    assert (table.computed, table.disputed) == ({}, {"progress": 4})
    assert "owner" not in table.columns
    assert 4 not in table.unmapped


def test_a_mark_that_lost_its_cell_is_lost() -> None:
    """A deleted header, and one that points at another worksheet, are told apart from a moved one."""
    rows: list[list[Any]] = [["Key result", "Target"], ["Revenue", 5]]
    marks = [
        ColumnMark("okr", "progress", None),
        ColumnMark("okr", "score", CellRef("Other", 1, 1)),
        ColumnMark("okr", "status", CellRef("OKR", 9, 3)),
        ColumnMark("dash", "progress", None),
    ]
    table = read(workbook(marks, OKR=rows)).tables[0]
    assert table.lost == ("progress", "score")
    assert table.disputed == {"status": 3}


def test_a_table_keeps_the_key_that_its_marks_carry() -> None:
    """Tables that change places keep their keys; a new one takes a free key."""
    mark = ColumnMark("okr2", "progress", CellRef("B", 1, 3))
    first = ColumnMark("okr", "progress", CellRef("A", 1, 3))
    rows: list[list[Any]] = [["Key result", "Target", "Progress"], ["Revenue", 5, None]]
    goals = read(workbook([mark, first], B=rows, A=rows, C=rows))
    assert [(table.key, table.sheet) for table in goals.tables] == [("okr2", "B"), ("okr", "A"), ("okr3", "C")]


def test_the_same_mark_of_another_table_is_not_ours() -> None:
    """A mark of a KPI table does not make a column of an OKR table ours."""
    table = marked("Progress", table="kpi")
    assert table.computed == {}


def test_rows_of_different_lengths_are_read() -> None:
    """A short row is blank where it ends."""
    goals = read(OKR=Worksheet("OKR", [["Key result", "Target", "Current"], ["Revenue", 5], ("Profit",)]))
    assert [(item.title.value, item.current.blank) for item in goals.key_results] == [
        ("Revenue", True),
        ("Profit", True),
    ]


def test_a_cell_knows_its_place() -> None:
    """Every value carries the worksheet, row and column that it came from."""
    found = key_result(Target=5)
    assert str(found.target.ref) == "OKR!C2"


def test_two_headers_of_one_word_are_two_of_one_thing() -> None:
    """Shows Chỉ tiêu twice beside the KPI's name: the first is the target, and the second is told as another one."""
    goals = read(KPI=[["Mã", "Tên KPI", "ĐVT", "Chỉ tiêu", "Chỉ tiêu", "Thực hiện"], ["K-1", "Sales", "", 100, 50, 90]])
    assert (goals.tables[0].columns["kpi"], goals.tables[0].columns["target"]) == ((2,), (4, 5))
    assert goals.kpis[0].target.raw == 100


def test_one_word_may_name_two_things_where_nothing_else_does() -> None:
    """Shows Chỉ tiêu as the KPI's name and as its target where no other column is either."""
    goals = read(KPI=[["Mã", "Chỉ tiêu", "ĐVT", "Chỉ tiêu", "Thực hiện"], ["K-1", "Sales", "", 50, 90]])
    assert (goals.tables[0].columns["kpi"], goals.tables[0].columns["target"]) == ((2,), (4,))
