"""Columns that look alike and are not: totals of blocks, weights of objectives, and shares in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.reading.understanding import understand
from sheetsync.workbook import Area, CellValue, Workbook, Worksheet, column_letters
from tests.reading.adopted.adopting import vocabulary


def columns(
    rows: Sequence[Sequence[CellValue]], merges: Sequence[Area] = (), name: str = "Sheet1"
) -> Mapping[str, str]:
    """Give the letters of the columns of each concept of the only table."""
    sheet = Worksheet(name, rows, merges=tuple(merges))
    (table,) = understand(Workbook("x.xlsx", "memory", (sheet,), "1"), vocabulary()).tables
    told: dict[str, str] = {}
    for column in table.columns:
        told[column.concept] = told.get(column.concept, "") + column_letters(column.column)
    return told


def test_totals_of_blocks_are_no_target_and_no_actual() -> None:
    """Shows that the quarter and the year beside months of target and actual are left alone."""
    blocks = ("Jan", "Feb", "Mar", "Q1", "Full year 2026")
    top: list[CellValue] = ["KPI", "Owner", *(part for block in blocks for part in (block, None))]
    under: list[CellValue] = [None, None, *(["Target", "Actual"] * len(blocks))]
    names = ("Revenue of all shops", "Orders taken online", "Complaints by customers")
    sums: list[CellValue] = [*([100, 90] * 3), 300, 270, 1200, 270]
    rows: list[list[CellValue]] = [top, under]
    rows += [[name, "Ann Lee", *sums] for name in names]
    merges = [
        *(Area(1, place, 2, place) for place in (1, 2)),
        *(Area(1, place, 1, place + 1) for place in range(3, 13, 2)),
    ]
    assert columns(rows, merges) == {"kpi": "A", "owner": "B", "target": "CEG", "current": "DFH"}


def test_the_weight_of_a_key_result_is_not_that_of_its_objective() -> None:
    """Shows that of two columns of weights the one that every key result fills is taken."""
    rows: list[list[CellValue]] = [
        ["Objective", "Weight", "Key result", "Weight", "Target", "Current"],
        ["Expand to Asia", 60, "Open 3 offices", 50, 3, 1],
        [None, None, "Hire 12 people", 50, 12, 7],
        ["Cut our cost", 40, "Lower the bill of the cloud", 100, 20, 10],
    ]
    assert columns(rows)["weight"] == "D"


def test_a_share_that_comes_again_in_blocks_is_no_weight() -> None:
    """Shows that the % of a month and of the months so far are both shares reached, though one adds up to 2."""
    rows: list[list[CellValue]] = [
        ["TT", "Chỉ tiêu", "ĐVT", "Tháng 10", None, None, "Lũy kế 10 tháng", None, None],
        [None, None, None, "Kế hoạch", "Thực hiện", "%", "Kế hoạch", "Thực hiện", "%"],
        [1, "Doanh thu", "tỷ", 10, 9, 0.9, 100, 95, 0.95],
        [2, "Sản lượng", "tấn", 100, 110, 1.1, 1000, 1020, 1.02],
    ]
    merges = [*(Area(1, place, 2, place) for place in (1, 2, 3)), Area(1, 4, 1, 6), Area(1, 7, 1, 9)]
    told = columns(rows, merges)
    assert "weight" not in told
    assert (told["target"][0], told["current"][0], told["progress"][0]) == ("D", "E", "F")


def test_kpis_may_be_called_what_they_count() -> None:
    """Shows that Leads and Deals are names of KPIs below such a header, though they are units elsewhere."""
    rows: list[list[CellValue]] = [
        ["KPI", "Target", "Actual", "Owner"],
        ["Leads", 100, 90, "Ann"],
        ["Deals", 10, 9, "Bob"],
    ]
    assert columns(rows) == {"kpi": "A", "target": "B", "current": "C", "owner": "D"}


def test_goals_of_work_with_plan_and_actual_are_kpis() -> None:
    """Shows that a word for objectives and KPIs both is the KPI where the worksheet's name says so."""
    rows: list[list[CellValue]] = [["STT", "Mục tiêu công việc", "ĐVT", "KH 2026", "TH 2026"]]
    names = ("Tuyển dụng đủ nhân sự", "Giờ đào tạo bình quân", "Khóa đào tạo nội bộ")
    rows += [[n, name, "giờ", 60, 48] for n, name in enumerate(names, 1)]
    assert columns(rows, name="KPI HCNS") == {"order": "A", "kpi": "B", "unit": "C", "target": "D", "current": "E"}


def test_a_row_of_rising_months_is_no_row_of_column_numbers() -> None:
    """Shows that a KPI whose months rise by one each is data, while (1), (2), (3) below a header are numbers."""
    header: list[CellValue] = ["CHỈ TIÊU", "ĐVT", *(f"T{month}" for month in range(1, 13))]
    rows: list[list[CellValue]] = [["Doanh thu", "trđ", *range(90, 102)], ["Hợp đồng", "HĐ", *[9] * 12]]
    sheet = Worksheet("KPI", [header, *rows])
    assert understand(Workbook("x.xlsx", "memory", (sheet,), "1"), vocabulary()).tables[0].first_data_row == 2
    numbered = Worksheet("KPI", [header, [f"({place})" for place in range(1, 15)], *rows])
    assert understand(Workbook("x.xlsx", "memory", (numbered,), "1"), vocabulary()).tables[0].first_data_row == 3


def test_met_and_not_met_beside_a_target_are_what_was_reached() -> None:
    """Shows that a result in words is the actual where the table has no other, and a status where it has one."""
    rows: list[list[CellValue]] = [["STT", "Chỉ tiêu", "Yêu cầu", "Kết quả"]]
    names = ("Báo cáo thuế quý", "Kiểm kê tài sản", "Đối chiếu công nợ")
    rows += [[n, name, "Hoàn thành", ("Đạt", "Chưa đạt")[n % 2]] for n, name in enumerate(names, 1)]
    assert columns(rows, name="KPI")["current"] == "D"
    numbers: list[CellValue] = ["Thực hiện", 1, 1, 0]
    both = [[*row, value] for row, value in zip(rows, numbers, strict=True)]
    assert columns(both, name="KPI")["current"] == "E"
