"""Tests of what stands around a table and holds for all of it."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.reading.understanding import Table, understand
from tests.reading.adopted.adopting import vocabulary
from tests.reading.sheets import Rows, workbook

KPIS: Rows = [["KPI", "ĐVT", "Kế hoạch", "Thực hiện"], ["Doanh thu", "tỷ", 20, 10], ["Đơn hàng", "đơn", 30, 12]]
OKRS: Rows = [["Objective", "Key result", "Target", "Current"], ["Grow", "Revenue", 20, 10], [None, "Orders", 30, 12]]


def understood(**sheets: Any) -> list[Table]:
    """Give the tables that are understood of worksheets by name."""
    return list(understand(workbook(**sheets), vocabulary()).tables)


@pytest.mark.parametrize(
    ("above", "fixed"),
    [
        ([["Họ và tên:", "Nguyễn Văn An", "Phòng ban:", "Kinh doanh"]], {"owner": "B1", "team": "D1"}),
        ([["Họ tên: Nguyễn Văn An"], ["Bộ phận: Kinh doanh"]], {"owner": "A1", "team": "A2"}),
        ([["Owner", None, "Mary Smith"]], {"owner": "C1"}),
        ([["Họ và tên:", None, "Phòng ban:", None]], {}),
        ([["Họ và tên: ......................"]], {}),
        ([["Người lập:", "Trần Thị Bình"]], {}),
    ],
)
def test_the_person_block_names_owner_and_team(above: Rows, fixed: dict[str, str]) -> None:
    """Shows that labels above a table name who it is for where something is filled in, and that forms may be blank."""
    (table,) = understood(KPI=[*above, [], *KPIS])
    assert table.fixed == fixed


def test_a_column_speaks_louder_than_the_block_above() -> None:
    """Shows that a table with owners of its own takes none from above."""
    rows: Rows = [
        ["Họ và tên:", "Nguyễn Văn An"],
        [],
        *([*row, owner] for row, owner in zip(KPIS, _OWNERS, strict=True)),
    ]
    (table,) = understood(KPI=rows)
    assert table.fixed == {}


_OWNERS = ("Người phụ trách", "Trần Thị Bình", "Lê Hoàng Nam")


@pytest.mark.parametrize("title", ["OKR Q4 2025", "OKR QUÝ IV/2025", "Mục tiêu năm 2025", "OKR tháng 11/2025"])
def test_the_title_names_the_cycle_of_objectives(title: str) -> None:
    """Shows that a title with a quarter, month or year gives objectives their cycle, but KPIs no period."""
    assert understood(OKR=[[title], [], *OKRS])[0].fixed == {"cycle": "A1"}
    assert understood(KPI=[[title], [], *KPIS])[0].fixed == {}


def test_the_name_of_the_worksheet_or_its_first_header_names_the_cycle() -> None:
    """Shows that a worksheet called after a quarter gives its objectives the cycle, and so does their own header."""
    assert understood(OKR_Q4_2025=OKRS)[0].fixed == {"cycle": "worksheet"}
    rows: Rows = [["OKRs Q4 2025", "Key result", "Target", "Current"], *OKRS[1:]]
    assert understood(OKR=rows)[0].fixed == {"cycle": "A1"}


def test_columns_of_months_name_no_cycle() -> None:
    """Shows that the months above columns of check-ins are not the cycle of the objectives."""
    rows: Rows = [
        ["Objective", "Key result", "Target", "Jan", "Feb"],
        ["Grow", "Revenue", 20, 5, 8],
        [None, "Orders", 9, 1, 2],
    ]
    assert understood(OKR=rows)[0].fixed == {}


def test_the_header_of_another_table_is_no_label() -> None:
    """Shows that a table above, whose header also says Team, names nothing for the one below it."""
    above: Rows = [["KPI", "Target", "Actual", "Team"], ["Revenue", 20, 10, "Sales"], ["Orders", 30, 12, "Sales"]]
    below: Rows = [["Measure", "Unit", "Target", "Actual"], ["Churn", "%", 5, 7], ["NPS", "points", 40, 35]]
    tables = understood(KPI=[*above, [], [], *below])
    assert [table.fixed for table in tables] == [{}, {}]


@pytest.mark.parametrize(
    ("names", "fixed"),
    [
        (("Nguyen Van An", "Tran Thi Binh", "Le Hoang Nam"), {"owner": "worksheet"}),
        (("Sales", "Marketing", "Finance"), {"team": "worksheet"}),
        (("T1", "T2", "T3"), {"period": "worksheet"}),
        (("Alpha", "Beta", "Gamma"), {}),
    ],
)
def test_worksheets_that_are_alike_are_called_after_something(names: tuple[str, ...], fixed: dict[str, str]) -> None:
    """Shows that a worksheet for each person, team or month gives its KPIs their owner, team or period."""
    tables = understood(**{name.replace(" ", "_"): KPIS for name in names})
    assert [table.fixed for table in tables] == [fixed] * 3
