"""Tests of the mapping that is proposed for what was understood."""

from __future__ import annotations

from sheetsync.mapping import APART, BESIDE
from sheetsync.reading.adopted.proposal import proposed
from sheetsync.reading.understanding import understand
from tests.reading.adopted.adopting import by, mapped, vocabulary
from tests.reading.sheets import Rows, workbook

FLAT: Rows = [["KPI", "ĐVT", "Kế hoạch", "Thực hiện"], ["Doanh thu", "tỷ", 20, 10], ["Đơn hàng", "đơn", 30, 12]]


def test_a_flat_table_is_written_beside() -> None:
    """Shows that each column comes with its concept, place and words, and that computed columns go beside it."""
    (table,) = mapped(KPI=FLAT)
    assert table.worksheets == ("KPI",)
    assert (table.kind, table.layout, table.header_rows, table.computed) == ("kpi", "flat", (1,), BESIDE)
    assert [(column.concept, column.place, column.header) for column in table.columns] == [
        ("kpi", 1, "KPI"),
        ("unit", 2, "ĐVT"),
        ("target", 3, "Kế hoạch"),
        ("current", 4, "Thực hiện"),
    ]


def test_months_are_left_to_their_headers() -> None:
    """Shows that columns of periods are not written down: they are recognised anew on every run."""
    rows: Rows = [["KPI", "Chỉ tiêu", "Tháng 1", "Tháng 2"], ["Doanh thu", 20, 10, 12], ["Đơn hàng", 30, 12, 14]]
    (table,) = mapped(KPI=rows)
    assert [column.header for column in table.columns] == ["KPI", "Chỉ tiêu"]


def test_what_has_no_row_of_its_own_goes_apart() -> None:
    """Shows that key results in columns and tables side by side get their computed columns in a worksheet of ours."""
    columns: Rows = [
        ["Mục tiêu", "KR1", "KR2", "KR3"],
        *([f"Mục tiêu lớn {n}", f"Doanh thu {n}", f"Khách hàng {n}", f"Đơn hàng {n}"] for n in range(3)),
    ]
    assert [table.computed for table in mapped(OKR=columns)] == [APART]
    rows: Rows = [*FLAT, ["Khách mới", "người", 40, 20]]
    beside: Rows = [[*row, None, *row] for row in rows]
    assert [table.computed for table in mapped(KPI=beside)] == [APART, APART]


def test_worksheets_that_are_alike_share_one_mapping() -> None:
    """Shows that a worksheet a person makes one entry that names them all, and others of another form their own."""
    tables = mapped(An=FLAT, Bình=FLAT, Chi=FLAT, Khác=[["x"], [], *FLAT])
    assert sorted(len(table.worksheets) for table in tables) == [1, 3]


def test_a_proposal_reads_what_was_understood() -> None:
    """Shows that a workbook that is read by its proposal has no header that changed and no table that is missing."""
    goals = by(mapped(KPI=FLAT), workbook(KPI=FLAT))
    assert (goals.header_changes, goals.missing) == ((), ())
    assert len(goals.kpis) == 2


def test_tasks_alone_name_no_kpis() -> None:
    """Shows that a table whose only names are tasks is not written down, since nothing of it could be read."""
    understood = understand(workbook(KPI=[["Nhiệm vụ", *row] for row in FLAT]), vocabulary())
    (table,) = understood.tables
    tasks = [column._replace(concept="initiative") if column.concept == "kpi" else column for column in table.columns]
    assert proposed(understood._replace(tables=(table._replace(columns=tuple(tasks)),))) == ()
