"""Sheets with the columns, wording and layout of published templates, and tables that are no goals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Table, Understanding, Vocabulary, understand
from sheetsync.workbook import Area, CellValue, Workbook, Worksheet

VOCABULARY = Vocabulary(word_lists())
X = None


def understood(*sheets: Worksheet) -> Understanding:
    """Understand a workbook of some worksheets."""
    return understand(Workbook("published.xlsx", "memory", sheets, "1"), VOCABULARY)


def only(rows: Sequence[Sequence[CellValue]], name: str = "Sheet1", merges: tuple[Area, ...] = ()) -> Table:
    """Understand a worksheet that has one table."""
    (table,) = understood(Worksheet(name, rows, merges=merges)).tables
    return table


def columns(table: Table) -> dict[str, str]:
    """Give the letters of each concept."""
    return {concept: " ".join(column.letters for column in table.of(concept)) for concept in table.concepts}


def test_a_form_with_letterhead_two_header_rows_and_sections() -> None:
    """Shows the Vietnamese evaluation form: Hiện tại is the baseline here, Chỉ tiêu the target."""
    title = ["STT", "Nội dung đánh giá", "Trọng số", "Tần suất (Ngày/tháng/năm)"]
    down = tuple(Area(8, column, 9, column) for column in (1, 2, 3, 4, 8, 9, 10))
    table = only(
        [
            [X],
            [X, "TẬP ĐOÀN ABC", X, X, X, X, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [X, X, X, X, X, X, "Độc lập - Tự do - Hạnh phúc"],
            ["BẢNG ĐÁNH GIÁ THỰC HIỆN CÔNG VIỆC"],
            ["Họ và tên: Nguyễn Văn A", X, X, "Chức danh: Nhân viên"],
            ["Bộ phận: Kinh doanh", X, X, "Tháng 5/2024"],
            [X],
            [*title, "Chỉ số đo lường", X, X, "Thực hiện", "% Thực hiện", "Kết quả (TS*TH)"],
            [X, X, X, X, "Thước đo", "Hiện tại", "Chỉ tiêu", X, X, X],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)=(8)/(7)", "(10)"],
            ["A", "Đánh giá KPI (70%)", 70],
            ["I.", "Tài chính", 40],
            [1, "Doanh thu bán hàng", 20, "Tháng", "Triệu đồng", 100, 120, 110, 0.9167, 18.3],
            [2, "Lợi nhuận gộp", 20, "Tháng", "%", 20, 25, 25, 1, 20],
            ["II.", "Khách hàng", 30],
            [1, "Số khách hàng mới", 15, "Tháng", "Khách hàng", 10, 12, 9, 0.75, 11.25],
            [2, "Tỷ lệ hài lòng", 15, "Quý", "%", 90, 95, 96, 1.01, 15],
            [X, "Tổng cộng", 100, X, X, X, X, X, X, 88],
            [X],
            [X, "Người được đánh giá", X, X, "Quản lý trực tiếp", X, X, "Giám đốc"],
            [X, "(Ký, ghi rõ họ tên)"],
        ],
        merges=(Area(8, 5, 8, 7), Area(4, 1, 4, 10), *down),
    )
    assert (table.kind, table.header_rows, table.first_data_row, table.last_data_row) == ("kpi", (8, 9), 11, 17)
    assert (table.layout, table.traits) == ("sections", ("form",))
    assert columns(table) == {
        "order": "A", "kpi": "B", "weight": "C", "frequency": "D", "unit": "E", "baseline": "F", "target": "G",
        "current": "H", "progress": "I", "weighted_score": "J",
    }  # fmt: skip


def test_a_legend_below_is_no_data() -> None:
    """Shows a short evaluation sheet with a legend: Đơn vị is the unit, Mức the target."""
    table = only(
        [
            ["BẢNG TỔNG HỢP ĐÁNH GIÁ CHỈ TIÊU"],
            ["Chức danh:", "Trưởng phòng"],
            ["Bộ phận:", "Kinh doanh"],
            [],
            ["Stt", "Chỉ tiêu đánh giá", "Đơn vị", "Mức", "Thực tế", "%", "Điểm", "Diễn giải"],
            [1, "Doanh số", "tỷ", 10, 9, 0.9, 4, X],
            [2, "Số hợp đồng mới", "HĐ", 5, 5, 1, 5, X],
            [3, "Tỷ lệ khiếu nại", "%", 2, 3, 0.67, 2, "Do lỗi giao hàng"],
            [],
            ["A: dưới 60%", 1],
            ["B: 60-70%", 2],
        ]
    )
    assert (table.header_rows, table.first_data_row, table.last_data_row) == ((5,), 6, 8)
    assert columns(table) | {"order": "A"} == {
        "order": "A", "kpi": "B", "unit": "C", "target": "D", "current": "E", "progress": "F", "score": "G",
        "notes": "H",
    }  # fmt: skip


def test_last_year_beside_this_years_plan_is_the_baseline() -> None:
    """Shows plan and actual with the year before, and a column that is their quotient."""
    table = only(
        [
            ["STT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023", "Kế hoạch năm 2024", "Thực hiện năm 2024", "So sánh", X],
            [X, X, X, X, X, X, "TH/KH", "2024/2023"],
            [1, "Doanh thu", "tỷ đồng", 100, 120, 118, 0.983, 1.18],
            [2, "Lợi nhuận", "tỷ đồng", 10, 12, 13, 1.083, 1.3],
            [3, "Lao động", "người", 50, 55, 54, 0.98, 1.08],
        ],
        merges=(Area(1, 7, 1, 8), *(Area(1, column, 2, column) for column in range(1, 7))),
    )
    found = columns(table)
    assert table.header_rows == (1, 2)
    assert (found["baseline"], found["target"], found["current"], found["progress"]) == ("D", "E", "F", "G")
    assert table.of("progress")[0].reason.key == "quotient"


def test_quarters_with_target_and_actual_beside_each_other() -> None:
    """Shows that every quarter's column is found, with its period."""
    table = only(
        [
            [
                "KPI ID",
                "KPI Name",
                "Department",
                "Q1 Target",
                "Q1 Actual",
                "Q2 Target",
                "Q2 Actual",
                "Variance",
                "Status",
            ],
            ["K1", "Revenue", "Sales", "500,000", "480,000", "510,000", "530,000", "+28", "On Track"],
            ["K2", "Retention", "CS", "93.4%", "91%", "94%", "95%", "-3.0%", "Behind"],
        ]
    )
    found = columns(table)
    assert (found["target"], found["current"]) == ("D F", "E G")
    assert (table.layout, table.traits) == ("period-columns", ("period-blocks",))
    assert [column.period for column in table.of("target")] == ["quarter 1", "quarter 2"]


def test_target_and_actual_in_rows_by_turns_are_told() -> None:
    """Shows that the months are found where target and actual alternate down the sheet."""
    table = only(
        [
            ["KPI", "ĐVT", "Loại", "T1", "T2", "T3"],
            ["Doanh thu", "tr", "KH", 10, 11, 12],
            [X, X, "TH", 9, 10, 12],
            ["Khách mới", "khách", "KH", 5, 5, 5],
            [X, X, "TH", 4, 6, 5],
        ]
    )
    assert "target-and-actual-rows" in table.traits
    assert columns(table)["current"] == "D E F"


def test_monthly_and_cumulative_actuals_are_kept_apart() -> None:
    """Shows the columns of a Vietnamese KPI app: Tên đơn vị is the team, Đơn vị tính the unit."""
    header = ["Tên đơn vị", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Tháng", "Năm", "Thực hiện (tháng)"]
    table = only(
        [
            [*header, "Thực hiện (lũy kế)", "Trọng số", "Ghi chú", "Điểm"],
            ["Đội 1", "Điện thương phẩm", "triệu kWh", 120.5, 5, 2025, 10.2, 50.1, 0.2, X, 9],
            ["Đội 2", "Tổn thất", "%", 3.2, 5, 2025, 3.1, 3.2, 0.3, X, 10],
        ]
    )
    found = columns(table)
    assert (found["team"], found["kpi"], found["unit"], found["target"]) == ("A", "B", "C", "D")
    assert (found["current"], found["current_to_date"], found["period"]) == ("G", "H", "E")


def test_a_check_in_log_is_no_table_of_goals() -> None:
    """Shows that a log with date, key result and value is told as check-ins."""
    table = only(
        [["Date", "KR ID", "Value", "Notes"], [date(2026, 1, 1), "KR1", 3, X], [date(2026, 1, 8), "KR2", 4, "late"]]
    )
    assert table.kind == "check-ins"
    assert columns(table) == {"check_in_date": "A", "id": "B", "current": "C", "notes": "D"}


def test_goals_in_columns_with_headers_down_the_side() -> None:
    """Shows a transposed table, whose concepts stand in rows."""
    table = only(
        [
            ["", "O1", "O2", "O3"],
            ["Objective", "Grow", "Delight", "Hire"],
            ["Key Result", "Revenue 10%", "NPS 50", "Hire 5"],
            ["Owner", "Ann", "Ben", "Cleo"],
            ["Target", 10, 50, 5],
            ["Current", 5, 40, 2],
        ]
    )
    assert table.layout == "transposed"
    assert {column.concept: column.column for column in table.columns} == {
        "objective": 2, "key_result": 3, "owner": 4, "target": 5, "current": 6,
    }  # fmt: skip


def test_a_row_for_each_week_with_kpis_as_columns() -> None:
    """Shows that the headers are taken as KPIs where the rows are periods."""
    table = only([["Week", "Revenue", "Churn"], ["Week 1", 100, 1], ["Week 2", 120, 0], ["Week 3", 90, 2]])
    assert (table.layout, columns(table)) == ("period-rows", {"period": "A", "kpi_value": "B C"})


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Họ và tên", "Bộ phận", *range(1, 32)], [1, "Nguyễn Văn A", "KD", *"x" * 31], [2, "Trần B", "KT"]],
        [["STT", "Tên hàng", "ĐVT", "Số lượng", "Đơn giá", "Thành tiền"], [1, "Bút", "cái", 10, 5000, 50000]],
        [["Task", "Owner", "Due date", "Status"], ["Book venue", "Ann", date(2025, 1, 1), "Done"]],
        [["Dear all"], ["this is a letter"]],
        [],
        [[X, "", "  "]] * 50,
    ],
)  # fmt: skip
def test_other_tables_are_no_goals(rows: list[list[CellValue]]) -> None:
    """Shows that attendance, invoice, checklist, letter and empty worksheets give no table of OKRs or KPIs."""
    assert understood(Worksheet("Sheet1", rows)).goals == ()


def test_the_nearest_header_says_what_it_lacks() -> None:
    """Shows that the reader of an invoice is told which row came nearest, and why it is no table of goals."""
    rows: Sequence[Sequence[CellValue]] = [["STT", "Tên hàng", "ĐVT", "Số lượng"], [1, "Bút", "cái", 10]]
    nearest = understood(Worksheet("Hóa đơn", rows)).nearest
    assert nearest is not None
    assert (nearest.sheet, nearest.row, nearest.reason.key) == ("Hóa đơn", 1, "nothing_of_goals")


def test_a_header_that_the_cells_contradict_is_refused() -> None:
    """Shows that a column called Target that holds people is left alone, with the reason."""
    table = only(
        [
            ["Objective", "Key result", "Target", "Current"],
            ["Grow", "Revenue to 10 million", "Alice Brown", 3],
            ["Grow", "Ten new large customers", "John Smith", 4],
            ["Care", "Fewer complaints every week", "Maria Garcia", 5],
        ]
    )
    assert table.of("target") == ()
    assert [(left.column, left.concept) for left in table.refused] == [(3, "target")]


def test_our_own_dashboard_is_not_taken_for_goals() -> None:
    """Shows that a page that only shows goals is left out where another worksheet holds them."""
    goals: Sequence[Sequence[CellValue]] = [
        ["Objective", "Key result", "Target"],
        ["Grow", "Revenue to 10 million", 10],
    ]
    shown: Sequence[Sequence[CellValue]] = [["Objective", "Progress", "Status"], ["Grow", 0.5, "On track"]]
    found = understood(Worksheet("Dashboard", shown), Worksheet("OKR", goals))
    assert [table.sheet for table in found.tables] == ["OKR"]


def test_a_column_without_a_header_may_name_the_rows() -> None:
    """Shows that texts left of the target are the KPIs where only their header is missing, with little confidence."""
    table = only(
        [
            ["", "Weight", "Target", "Actual"],
            ["Revenue from new markets", 0.4, 100, 80],
            ["Customer satisfaction", 0.3, 90, 85],
            ["Employee turnover rate", 0.3, 10, 12],
        ]
    )
    assert columns(table) == {"kpi": "A", "weight": "B", "target": "C", "current": "D"}
    assert table.of("kpi")[0].confidence < 0.6


def test_of_two_plans_the_later_year_is_the_target() -> None:
    """Shows a plan for next year beside this year's plan and its expected outcome."""
    table = only(
        [
            ["STT", "Nội dung chỉ tiêu", "ĐVT", "Kế hoạch 2024", "Ước TH 2024", "KH 2025", "Đơn vị chủ trì"],
            ["I", "CHỈ TIÊU KINH TẾ"],
            [1, "Tốc độ tăng trưởng", "%", 7, 6.5, 7.5, "Sở KHĐT"],
            [2, "Thu ngân sách địa phương", "Tỷ đồng", 1000, 990, 1100, "Sở Tài chính"],
        ]
    )
    found = columns(table)
    assert (found["baseline"], found["target"], found["team"]) == ("E", "F", "G")


def test_week_columns_beside_a_current_value_are_its_history() -> None:
    """Shows that the column Current is where things stand, and the weeks only tell how it came there."""
    table = only(
        [
            ["Objective", "Key Result", "Owner", "Target", "Current", "W1", "W2", "W3"],
            ["Grow", "Reach 100k in sales", "Ann", 100, 40, 10, 20, 40],
            ["Grow", "Sign 20 partners", "Ben", 20, 4, 1, 2, 4],
        ]
    )
    assert (columns(table)["current"], columns(table)["period_value"]) == ("E", "F G H")


def test_objectives_and_key_results_in_one_column() -> None:
    """Shows that a column of both is told as both, with its layout."""
    table = only(
        [
            ["Objectives and Key Results", "Owner", "Confidence", "Score"],
            ["O1: Become the market leader"],
            ["KR1: Reach 1M in revenue", "Ann", 0.7, 0.4],
            ["KR2: Win 20 accounts", "Ben", 0.5, 0.3],
        ]
    )
    assert (columns(table)["objective"], columns(table)["key_result"]) == ("A", "A")
    assert table.layout == "objective-rows"


def test_worksheets_that_are_alike_are_told() -> None:
    """Shows that a worksheet for each person is seen as such."""
    rows: Sequence[Sequence[CellValue]] = [["KPI", "Target", "Actual"], ["Revenue of the month", 10, 9]]
    found = understood(*(Worksheet(name, rows) for name in ("An", "Bình", "Cường")))
    assert all("sheet-per-member" in table.traits for table in found.tables)
