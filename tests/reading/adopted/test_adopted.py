"""Tests of the way from an adopted worksheet to goals."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Done, KpiLink, Metric, Quantity
from sheetsync.workbook import Area, CellRef, ColumnMark, Worksheet
from tests.reading.adopted.adopting import adopted, by, mapped
from tests.reading.sheets import Rows, workbook

FORM: Rows = [
    ["CÔNG TY CỔ PHẦN MINH LONG"],
    ["BẢNG ĐÁNH GIÁ THỰC HIỆN CÔNG VIỆC"],
    ["Họ và tên:", "Nguyễn Văn An", None, "Bộ phận: Kinh doanh"],
    [],
    ["STT", "Nội dung đánh giá", "Trọng số", "Chỉ số đo lường", None, "Thực hiện"],
    [None, None, None, "Hiện tại", "Chỉ tiêu", None],
    [1, 2, 3, 4, 5, 6],
    ["A", "Tài chính"],
    [1, "Doanh thu thuần (tỷ đồng)", 0.4, 10, 20, 15],
    [2, "Công nợ quá hạn", 0.2, 5, 2, 3],
    ["B", "Khách hàng"],
    [3, "Khách hàng mới", 0.4, 30, 40, 50],
    ["Tổng cộng", None, 1],
    [],
    ["Người lập", None, "Giám đốc"],
]
MERGES = (*(Area(5, column, 6, column) for column in (1, 2, 3, 6)), Area(5, 4, 5, 5))


def form(name: str = "KPI") -> Worksheet:
    """Make a form with letterhead, person block, a header of two rows, sections, a total and signatures."""
    return Worksheet(name, FORM, merges=MERGES)


def test_a_form_becomes_kpis_in_sections() -> None:
    """Shows that letterhead, column numbers, totals and signatures are no KPIs, and that headings make sections."""
    goals = adopted(KPI=form())
    assert [(kpi.row, kpi.section, kpi.title.value) for kpi in goals.kpis] == [
        (9, "Tài chính", "Doanh thu thuần (tỷ đồng)"),
        (10, "Tài chính", "Công nợ quá hạn"),
        (12, "Khách hàng", "Khách hàng mới"),
    ]
    first = goals.kpis[0]
    assert (first.baseline.value, first.target.value, first.actual.value) == (
        Quantity(10.0),
        Quantity(20.0),
        Quantity(15.0),
    )
    assert first.actual.ref == CellRef("KPI", 9, 6)


def test_the_person_above_owns_every_row() -> None:
    """Shows that name and department of the person block hold for all KPIs, with the cells in which they stand."""
    goals = adopted(KPI=form())
    assert {(kpi.owner.value, kpi.owner.ref.a1, kpi.team.value, kpi.team.ref.a1) for kpi in goals.kpis} == {
        ("Nguyễn Văn An", "B3", "Kinh doanh", "D3")
    }


def test_the_table_says_where_it_stands() -> None:
    """Shows that the table keeps its header rows, its first row of data, its layout and what is fixed."""
    table = adopted(KPI=form()).tables[0]
    assert (table.top_row, table.header_row, table.first_row, table.last_row) == (5, 6, 8, 12)
    assert table.layout == "sections"
    assert table.fixed == ("owner", "team")
    assert not table.apart


def test_the_quarter_in_the_title_is_the_cycle() -> None:
    """Shows that a title that names a quarter gives objectives and key results their cycle."""
    rows: Rows = [
        ["OKR QUÝ 4/2025"],
        [],
        ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện"],
        ["Tăng trưởng", "Doanh thu", 20, 10],
        [None, "Khách hàng", 30, 12],
    ]
    goals = adopted(OKR=rows)
    cycles = {item.cycle.value for item in goals.key_results}
    assert {(cycle.start, cycle.due) for cycle in cycles if cycle} == {(date(2025, 10, 1), date(2025, 12, 31))}


def test_worksheets_of_months_give_their_kpis_the_period() -> None:
    """Shows that in a workbook with a worksheet a month each KPI belongs to the month of its worksheet."""
    rows: Rows = [["KPI", "ĐVT", "Kế hoạch", "Thực hiện"], ["Doanh thu", "tỷ", 20, 10], ["Đơn hàng", "đơn", 30, 12]]
    goals = adopted(workbook(T1=rows, T2=rows, T3=rows))
    periods = [kpi.period.value for kpi in goals.kpis]
    assert [period.start.month for period in periods if period] == [1, 1, 2, 2, 3, 3]
    assert [len(one.worksheets) for one in mapped(T1=rows, T2=rows, T3=rows)] == [3]


def test_new_months_need_no_new_mapping() -> None:
    """Shows that a column of a month that came after adopting is read by the old mapping."""
    before: Rows = [["KPI", "Chỉ tiêu", "Tháng 1", "Tháng 2"], ["Doanh thu", 20, 10, 12], ["Đơn hàng", 30, 12, 14]]
    after: Rows = [[*before[0], "Tháng 3"], [*before[1], 15], [*before[2], 16]]
    goals = by(mapped(KPI=before), workbook(KPI=after))
    assert [len(kpi.periods) for kpi in goals.kpis] == [3, 3]


def test_our_own_columns_are_not_read() -> None:
    """Shows that computed columns beside an adopted table, by their marks, are no part of what is understood."""
    rows: Rows = [
        ["KPI", "Chỉ tiêu", "Thực hiện", "Tiến độ", "Tỷ lệ hoàn thành"],
        ["Doanh thu", 20, 10, 0.4, 0.5],
        ["Đơn hàng", 30, 12, 0.3, 0.4],
    ]
    marks = (ColumnMark("kpi", "achievement", CellRef("KPI", 1, 5)),)
    goals = adopted(workbook(marks, KPI=rows))
    assert goals.tables[0].computed == {"achievement": 5}
    assert 5 not in goals.tables[0].unmapped


def test_other_worksheets_are_taken_for_no_goals() -> None:
    """Shows that beside an adopted table only check-ins, people and settings are read from other worksheets."""
    table: Rows = [["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện"], ["Lớn lên", "Doanh thu", 20, 10]]
    tables = mapped(OKR=table)
    people: Rows = [["Tên", "Email", "Phòng ban"], ["An", "an@minhlong.vn", "Kinh doanh"]]
    goals = by(tables, workbook(OKR=table, Nháp=table, Nhân_sự=people))
    assert {item.sheet for item in goals.key_results} == {"OKR"}
    assert [person.name.value for person in goals.people] == ["An"]


def test_several_key_results_in_a_row_point_at_their_own_cells() -> None:
    """Shows that key results in columns KR1 to KR3 keep the cell in which each stands, and need a place apart."""
    rows = [["Mục tiêu", "KR1", "KR2", "KR3", "Người phụ trách"]]
    rows += [[f"Mục tiêu lớn {n}", f"Doanh thu {n}", f"Khách hàng {n}", f"Đơn hàng {n}", "An"] for n in range(3)]
    goals = adopted(OKR=rows)
    assert [item.title.ref.a1 for item in goals.key_results][:4] == ["B2", "C2", "D2", "B3"]
    assert {item.objective for item in goals.key_results} == {item.key for item in goals.objectives}
    assert goals.tables[0].apart


def test_computed_columns_beside_unfolded_rows_stay_ours() -> None:
    """Shows that marks beside a table with a row for the plan and one for the actual are compared on the real sheet."""
    rows: Rows = [
        ["STT", "Chỉ tiêu", "ĐVT", "Nội dung", "T8", "T9", "T10", "Tỷ lệ hoàn thành"],
        [1, "Doanh thu", "tỷ", "Kế hoạch", 10, 10, 12, 0.9],
        [None, None, None, "Thực hiện", 8, 11, 9, None],
        [2, "Đơn hàng", "đơn", "Kế hoạch", 100, 100, 120, 0.8],
        [None, None, None, "Thực hiện", 90, 120, 80, None],
    ]
    marks = (ColumnMark("kpi", "achievement", CellRef("KPI", 1, 8)),)
    goals = adopted(workbook(marks, KPI=rows))
    assert [(kpi.row, kpi.title.value, len(kpi.periods)) for kpi in goals.kpis] == [
        (2, "Doanh thu", 3),
        (4, "Đơn hàng", 3),
    ]
    assert (goals.tables[0].computed, goals.tables[0].disputed) == ({"achievement": 8}, {})


def test_a_turned_table_lacks_no_column() -> None:
    """Shows that a table whose concepts stand in rows is known to have them, without any column of them."""
    rows: Rows = [
        ["Mục tiêu", "Tăng trưởng", "Con người", "Khách hàng"],
        ["Kết quả then chốt", "Doanh thu 20 tỷ", "Tuyển 5 người", "NPS 50"],
        ["Chỉ tiêu", 20, 5, 50],
        ["Thực hiện", 10, 2, 40],
        ["Người phụ trách", "An", "Bình", "Chi"],
    ]
    goals = adopted(OKR=rows)
    assert [item.owner.ref.a1 for item in goals.key_results] == ["B5", "C5", "D5"]
    assert goals.tables[0].columns == {}
    assert {"objective", "key_result", "target", "current", "owner"} == set(goals.tables[0].fixed)


def test_a_percentage_alone_says_how_far_a_key_result_is() -> None:
    """Shows that progress is taken for the current value where nothing else is, and is not held against the target."""
    rows: Rows = [
        ["OKR QUÝ 4 NĂM 2025"],
        ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Tiến độ", "Người phụ trách"],
        ["Tăng trưởng", "Tăng doanh thu từ 35 tỷ lên 68 tỷ", 68, "60%", "Lan"],
        ["Tăng trưởng", "Ký hợp đồng mới với đại lý", 12, "40%", "Tuấn"],
        ["Vận hành", "Giảm tỷ lệ lỗi ở xưởng", "2%", None, "Hoa"],
    ]
    results = adopted(OKR=rows).key_results
    assert [result.current.value for result in results] == [Quantity(0.6, True), Quantity(0.4, True), None]
    assert {result.metric.value for result in results} == {Metric.PERCENT_DONE}
    assert {(result.target.value, result.baseline.value) for result in results} == {(None, None)}
    assert results[0].current.ref == CellRef("OKR", 3, 4)


def test_a_current_value_goes_before_a_percentage() -> None:
    """Shows that a column of progress is left to its owner where the current values stand beside it."""
    rows: Rows = [
        ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện", "Tiến độ"],
        ["Tăng trưởng", "Ký hợp đồng mới với đại lý", 12, 6, "50%"],
        ["Tăng trưởng", "Mở cửa hàng ở miền Trung", 4, 1, "25%"],
    ]
    first = adopted(OKR=rows).key_results[0]
    assert (first.metric.value, first.target.value, first.current.value) == (None, Quantity(12.0), Quantity(6.0))


def test_a_column_of_choices_without_any_is_left_alone() -> None:
    """Shows that a column Type that tells objectives from key results is no unreadable commitment."""
    rows: Rows = [
        ["Code", "Parent", "Type", "Title", "Owner", "Target", "Actual"],
        ["O1", None, "Objective", "Grow the business in the south", "An", None, None],
        ["KR1", "O1", "Key Result", "Revenue of new shops", "An", 20, 10],
        ["KR2", "O1", "Key Result", "Customers won this year", "Bình", 30, 12],
    ]
    told = [item.commitment.column for item in adopted(OKR=rows).key_results]
    assert told == [0, 0]
    rows = [[*row[:2], "committed" if place else "Type", *row[3:]] for place, row in enumerate(rows)]
    assert [item.commitment.value for item in adopted(OKR=rows).key_results] == ["committed", "committed"]


def test_an_adopted_scorecard_names_the_goals_that_it_serves() -> None:
    """Shows that columns with the goal and the kind of link are read in a form of one's own, below a letterhead."""
    rows: Rows = [
        ["CÔNG TY CỔ PHẦN MINH LONG"],
        [],
        ["STT", "Mã", "Tên KPI", "Trọng số", "Chỉ tiêu", "Thực hiện", "Liên kết OKR", "Loại liên kết"],
        [1, "K1", "Doanh thu thuần", 0.5, 20, 15, "O-1", "bảo vệ"],
        [2, "K2", "Khách hàng mới", 0.3, 40, 50, "KR-1", "đo lường"],
        [3, "K3", "Khiếu nại", 0.2, 4, 5],
    ]
    goals = adopted(KPI=Worksheet("KPI", rows))
    assert [(kpi.aligned_to.value, kpi.kpi_link.value) for kpi in goals.kpis] == [
        (("O-1",), KpiLink.GUARDS),
        (("KR-1",), KpiLink.MEASURES),
        (None, None),
    ]


def test_kpis_that_only_tell_a_percentage_are_scored_by_it() -> None:
    """Shows that without target and actual the percentage done is taken, as with key results; it is not 0."""
    goals = adopted(
        KPI=[
            ["STT", "Chỉ tiêu công việc", "Trọng số", "Mức độ hoàn thành", "Điểm"],
            [1, "Hoàn thiện hồ sơ dự thầu", 40, "90%", 36],
            [2, "Quyết toán công trình A", 40, "75%", 30],
            [3, "Đào tạo nhân sự mới", 20, "100%", 20],
        ]
    )
    assert [(kpi.metric.value, kpi.actual.value) for kpi in goals.kpis] == [
        (Metric.PERCENT_DONE, Quantity(share, percent=True)) for share in (0.9, 0.75, 1.0)
    ]


def test_goals_told_as_done_are_no_second_header() -> None:
    """Shows that the first rows of data stay data though their words (done, met) could also stand in a header."""
    goals = adopted(
        OKR=[
            ["OKR Q3/2026"],
            ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Kết quả", "Đánh giá"],
            ["Số hóa phòng kế toán", "Triển khai phần mềm MISA", "Hoàn thành", "Hoàn thành", "Đạt"],
            [None, "Đối soát tự động", "Hoàn thành", "Chưa hoàn thành", "Chưa đạt"],
            [None, "Thời gian khóa sổ", "≤ 5 ngày", "6 ngày", "Chưa đạt"],
        ]
    )
    assert [(item.row, item.current.value) for item in goals.key_results] == [
        (3, Done(True)),
        (4, Done(False)),
        (5, Quantity(6.0, unit="ngày")),
    ]


def test_an_amount_among_percentages_done_is_none() -> None:
    """Shows that 6 days under Progress are not 6 %, while 4/5 is 80 %."""
    goals = adopted(
        OKR=[
            ["Mục tiêu", "Kết quả then chốt", "Tiến độ", "Người phụ trách"],
            ["Kế toán nhanh hơn", "Triển khai phần mềm", "60%", "Lan"],
            [None, "Khóa sổ nhanh", "6 ngày", "Tú"],
            [None, "Đối soát tự động", "4/5", "Tú"],
        ]
    )
    assert [item.current.value for item in goals.key_results] == [
        Quantity(0.6, percent=True),
        None,
        Quantity(0.8, percent=True),
    ]


def test_scores_from_0_to_1_stand_for_progress_where_nothing_else_does() -> None:
    """Shows that typed scores say how far key results are, unless another column does, or they have another scale."""
    rows: Rows = [
        ["#", "Mục tiêu / Kết quả then chốt", "Chủ trì", "Điểm"],
        ["O1", "Kho vận hành không sai sót", "Dũng", 0.55],
        ["KR1.1", "Kiểm kê chu kỳ mọi vị trí", "Dũng", 0.7],
        ["KR1.2", "Sai lệch tồn kho giảm", "Hà", 0.4],
    ]
    assert [item.current.value for item in adopted(OKR=rows).key_results] == [Quantity(0.7), Quantity(0.4)]
    tens = [rows[0], *([*row[:3], 7] for row in rows[1:])]
    assert [item.current.value for item in adopted(OKR=tens).key_results] == [None, None]
