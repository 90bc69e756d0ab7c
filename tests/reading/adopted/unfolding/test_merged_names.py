"""Tests of KPIs whose name is merged over the rows of several people."""

from __future__ import annotations

from sheetsync.workbook import Area, Worksheet
from tests.reading.adopted.adopting import adopted
from tests.reading.sheets import Rows

ROWS: Rows = [
    ["Chỉ tiêu", "Nhân viên", "Chỉ tiêu giao", "Thực hiện"],
    ["Doanh số (trđ)", "Lan", 200, 180],
    [None, "Tú", 300, 330],
    [None, "Hoa", 250, 200],
    ["Khách mới", "Lan", 10, 9],
    [None, "Tú", 12, 15],
    [None, "(ghi chú)"],
]
MERGES = (Area(2, 1, 4, 1), Area(5, 1, 7, 1))


def test_a_merged_name_is_that_of_every_row_with_an_amount() -> None:
    """Shows that each person's row has the KPI's name, and that a row without any amount is no KPI."""
    found = adopted(KPI=Worksheet("KPI", ROWS, merges=MERGES)).kpis
    assert [(kpi.row, kpi.title.value, kpi.owner.value) for kpi in found] == [
        (2, "Doanh số (trđ)", "Lan"),
        (3, "Doanh số (trđ)", "Tú"),
        (4, "Doanh số (trđ)", "Hoa"),
        (5, "Khách mới", "Lan"),
        (6, "Khách mới", "Tú"),
    ]
    assert [kpi.actual.ref.row for kpi in found] == [2, 3, 4, 5, 6]
