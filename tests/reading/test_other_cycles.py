"""Worksheets of several cycles in one workbook: which of them is followed, and which stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Cycle, Goals
from sheetsync.reading import read_goals
from sheetsync.workbook import CellRef, CellValue, ColumnMark
from tests.reading.adopted.adopting import adopted
from tests.reading.sheets import LEXICON, workbook

Q3 = Cycle("Q3/2025", date(2025, 7, 1), date(2025, 9, 30))
Q4 = Cycle("Q4/2025", date(2025, 10, 1), date(2025, 12, 31))
Rows = list[list[CellValue]]
NOVEMBER = date(2025, 11, 20)


def okr(ids: str = "", **columns: CellValue) -> Rows:
    """Give an objective with one key result; ``ids`` goes before their ids, further columns hold the same below."""
    header: list[CellValue] = ["ID", "Objective", "Key result", "Target", "Current", *columns]
    rows: Rows = [[f"{ids}O-1", "Grow", None, None, None], [f"{ids}KR-1", None, "Revenue", 100, 50]]
    return [header, *([*row, *columns.values()] for row in rows)]


def kpi(year: int | None = None, ids: bool = True, months: int = 12) -> Rows:
    """Give a KPI with a column for each month."""
    header = [f"T{month}" + (f"/{year}" if year else "") for month in range(1, months + 1)]
    return [["ID", "KPI", "Target", *header], ["K-1" if ids else None, "Revenue", 100, *[90] * months]]


def read(today: date = NOVEMBER, cycle: Cycle | None = None, **sheets: Any) -> Goals:
    """Read worksheets by name."""
    return read_goals(workbook(**sheets), LEXICON, today=today, cycle=cycle)


def followed(goals: Goals) -> list[str]:
    """Give the worksheets whose goals count."""
    return list(dict.fromkeys(item.sheet for item in goals.items))


def left(goals: Goals) -> list[tuple[str, bool]]:
    """Give the worksheets that stay as they are, and which of them are still to come."""
    return [(one.sheet, one.ahead) for one in goals.other_cycles]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("OKR_Q3_2025", "OKR_Q4_2025"),
        ("OKR-Q3-2025", "OKR-Q4-2025"),
        ("Quý III năm 2025", "Quý IV năm 2025"),
        ("Q3", "Q4"),
        ("T10/2025", "T11/2025"),
        ("OKR 2024", "OKR 2025"),
        ("6 tháng đầu năm 2025", "6 tháng cuối năm 2025"),
    ],
)
def test_the_worksheet_of_the_running_cycle_is_followed(earlier: str, later: str) -> None:
    """Shows copies with the same ids that are told apart by their names, in whichever order they stand."""
    for names in ((earlier, later), (later, earlier)):
        sheets: dict[str, Any] = {name: okr() for name in names}
        goals = read(**sheets)
        assert followed(goals) == [later.replace("_", " ")]
        assert left(goals) == [(earlier.replace("_", " "), False)]
        assert [item.key for item in goals.key_results] == ["KR-1"]
        assert [table.sheet for table in goals.tables] == [later.replace("_", " ")]


def test_cycles_are_told_by_rows_before_names() -> None:
    """Shows a column Cycle in worksheets whose names say nothing, and one against its worksheet's name."""
    assert followed(read(Old=okr(Cycle="Q3/2025"), New=okr(Cycle="Q4/2025"))) == ["New"]
    assert left(read(OKR_Q3=okr(Cycle="Q4/2025"), New=okr(Cycle="Q4/2025"))) == []


def test_the_other_copy_is_of_the_chosen_cycle() -> None:
    """Shows the worksheet without a cycle of its own beside the record of last quarter."""
    assert followed(read(cycle=Q4, OKR=okr(), OKR_Q3=okr())) == ["OKR"]
    assert left(read(OKR=okr(), OKR_Q3=okr())) == [], "nobody says what OKR is about"


def test_a_chosen_cycle_stands_for_today() -> None:
    """Shows that each of two worksheets can be followed on any day."""
    sheets: dict[str, Any] = {"OKR_Q3": okr(), "OKR_Q4": okr()}
    for today in (date(2025, 8, 1), NOVEMBER):
        assert left(read(today, Q3, **sheets)) == [("OKR Q4", True)]
        assert left(read(today, Q4, **sheets)) == [("OKR Q3", False)]


def test_objectives_with_the_same_ids_change_over_on_the_first_day() -> None:
    """Shows the last day of a quarter and the first of the next."""
    sheets: dict[str, Any] = {"Q3_2025": okr(), "Q4_2025": okr()}
    assert left(read(date(2025, 9, 30), **sheets)) == [("Q4 2025", True)]
    assert left(read(date(2025, 10, 1), **sheets)) == [("Q3 2025", False)]


def test_without_ids_in_common_last_numbers_may_come_in_late() -> None:
    """Shows that both quarters are read for two weeks, and the next one before it begins."""
    sheets: dict[str, Any] = {"Q3_2025": okr("A"), "Q4_2025": okr("B")}
    assert left(read(date(2025, 9, 1), **sheets)) == []
    assert left(read(date(2025, 10, 14), **sheets)) == []
    assert left(read(date(2025, 10, 15), **sheets)) == [("Q3 2025", False)]


def test_a_goal_that_is_still_due_is_followed() -> None:
    """Shows a worksheet of last quarter with a date in this one."""
    sheets: dict[str, Any] = {"Q3_2025": okr("A", Due="30/11/2025"), "Q4_2025": okr("B")}
    assert left(read(**sheets)) == []
    assert left(read(date(2026, 1, 20), **sheets)) == []
    assert left(read(date(2026, 1, 20), **sheets, Q1_2026=okr("C"))) == [("Q3 2025", False), ("Q4 2025", False)]


def test_cycles_that_overlap_and_names_that_say_none_are_all_followed() -> None:
    """Shows the year beside its quarter, teams, numbers, and the last cycle where no later one has begun."""
    assert left(read(OKR_2025=okr("A"), Q4_2025=okr("B"))) == []
    assert left(read(Sales=okr("A"), Q3_2025=okr("B"))) == []
    assert left(read(OKR_T1=okr("A"), OKR_T2=okr("B"))) == [], "they may be teams 1 and 2"
    assert left(read(Q2_Q3_2025=okr("A"), Q4_2025=okr("B"))) == []
    assert left(read(date(2026, 5, 1), Q3_2025=okr("A"))) == []


def test_last_years_kpis_count_no_more() -> None:
    """Shows years told by names and by headers, with the same ids and without, after the year's last numbers."""
    for one, other in ((kpi(), kpi(months=10)), (kpi(2024), kpi(2025)), (kpi(ids=False), kpi(ids=False))):
        goals = read(KPI_2024=one, KPI_2025=other)
        assert (followed(goals), left(goals)) == (["KPI 2025"], [("KPI 2024", False)])
        assert [one.period.start.year for one in goals.kpis[0].periods[:1]] == [2025]


def test_kpis_change_over_when_the_last_month_is_in() -> None:
    """Shows that December's numbers are read in January, and the new worksheet with the same ids only then."""
    sheets: dict[str, Any] = {"KPI_2025": kpi(), "KPI_2026": kpi()}
    assert left(read(date(2026, 1, 14), **sheets)) == [("KPI 2026", True)]
    assert left(read(date(2026, 1, 15), **sheets)) == [("KPI 2025", False)]


def test_worksheets_that_are_parts_of_one_year_belong_together() -> None:
    """Shows months and quarters of KPIs, which are told as one series; with the same ids only one can be followed."""
    long: Rows = [["ID", "KPI", "Kỳ", "Target", "Actual"], ["K-1", "Revenue", "T9", 100, 90]]
    other = [long[0], ["K-1", "Revenue", "T10", 100, 95]]
    assert left(read(Tháng_9=long, Tháng_10=other)) == []
    quarter = [["ID", "KPI", "Target", "T7", "T8", "T9"], ["K-7", "Revenue", 100, 90, 91, 92]]
    next_one: Rows = [["ID", "KPI", "Target", "T10", "T11", "T12"], ["K-8", "Revenue", 100, 90, 91, 92]]
    assert left(read(KPI_Q3=quarter, KPI_Q4=next_one)) == []
    same: Rows = [next_one[0], ["K-7", *next_one[1][1:]]]
    assert left(read(KPI_Q3=quarter, KPI_Q4=same)) == [("KPI Q3", False)]


def test_a_row_for_each_month_of_last_year() -> None:
    """Shows a long table of a whole year beside that of this one."""
    rows: Rows = [["KPI", "Tháng", "Target", "Actual"]]
    rows += [["Revenue", month, 100, 90] for month in range(1, 13)]
    assert left(read(KPI_2024=rows, KPI_2025=rows[:9])) == [("KPI 2024", False)]


def test_check_ins_stay_with_the_goals_of_their_time() -> None:
    """Shows a log of both quarters: by id where only one has it, by date where both have, else where it can belong."""
    head = ["Date", "KR ID", "Value"]
    then, now = date(2025, 8, 5), date(2025, 11, 5)
    both = [[then, "KR-1", 10], [now, "kr-1", 50], [None, "KR-1", 51], [then, "KR-9", 1]]
    goals = read(Q3_2025=okr(), Q4_2025=okr(), Check_ins=[head, *both])
    assert [entry.value.raw for entry in goals.check_ins] == [50, 51, 1]
    parted = [[now, "AKR-1", 10], [now, "BKR-1", 50]]
    goals = read(Q3_2025=okr("A"), Q4_2025=okr("B"), Check_ins=[head, *parted])
    assert [entry.value.raw for entry in goals.check_ins] == [50]


def test_adopted_worksheets_are_told_apart_by_their_titles() -> None:
    """Shows a form of its own, whose cycle stands above the table."""
    header: list[CellValue] = ["Mục tiêu", "Kết quả then chốt", "Đầu kỳ", "Chỉ tiêu", "Thực hiện", "Người phụ trách"]
    rows: Rows = [
        ["Tăng trưởng", "Doanh thu", 100, 200, 150, "An"],
        [None, "Đại lý mới", 0, 20, 15, "Bình"],
        ["Hài lòng", "Điểm hài lòng", 3, 5, 4, "Chi"],
    ]
    goals = adopted(workbook(Một=[["OKR QUÝ 3/2025"], header, *rows], Hai=[["OKR QUÝ 4/2025"], header, *rows]))
    assert (followed(goals), left(goals)) == (["Hai"], [("Một", False)])
    assert [(one.label, one.followed) for one in goals.other_cycles] == [("OKR QUÝ 3/2025", "Hai")]


def test_computed_columns_that_came_with_a_copy_are_noticed() -> None:
    """Shows columns that read like ours without our mark; without the stamp of a sync they are the firm's own."""
    (table,) = read(OKR=okr(Progress=0.5, Region="South", Synced=date(2025, 9, 20))).tables
    assert table.copied == (6, 8)
    (table,) = read(OKR=okr(Progress=0.5, Score=0.5, Status="On track")).tables
    assert table.copied == ()
    header = okr(Progress=0.5, Synced=None)[0]
    marks = [ColumnMark("okr", name, CellRef("OKR", 1, header.index(text) + 1)) for name, text in
             (("progress", "Progress"), ("synced", "Synced"))]  # fmt: skip
    (table,) = read_goals(workbook(marks, OKR=okr(Progress=0.5, Synced=None)), LEXICON, today=NOVEMBER).tables
    assert table.copied == ()
