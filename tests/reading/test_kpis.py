"""KPI tables, long and wide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sheetsync.model import Aggregation, Bounds, Cycle, Direction, Frequency, Kpi, KpiLink, Metric, Quantity
from sheetsync.workbook import Cell, Worksheet
from tests.reading.sheets import kpi, read

Q4_2025 = Cycle("Q4/2025", date(2025, 10, 1), date(2025, 12, 31))


def test_a_long_table_has_one_target_and_one_actual() -> None:
    """Every column of a KPI is read in either language."""
    found = kpi(
        [
            "Tên KPI",
            "Viễn cảnh",
            "ĐVT",
            "Tần suất",
            "Chiều tốt",
            "Cách gộp",
            "Trọng yếu",
            "Trọng số",
            "Chỉ tiêu",
            "Thực hiện",
        ],
        ["Đơn hỏng", "Nội bộ", "%", "hằng tháng", "càng thấp càng tốt", "trung bình", "x", "20%", "≤ 2%", "1,5%"],
    )
    assert (found.title.value, found.perspective.value, found.unit.value) == ("Đơn hỏng", "Nội bộ", "%")
    assert (found.frequency.value, found.direction.value) == (Frequency.MONTH, Direction.LOWER)
    assert (found.aggregation.value, found.critical.value) == (Aggregation.AVERAGE, True)
    assert (found.weight.value, found.target.value) == (Quantity(0.2, True), Bounds(None, 0.02, True))
    assert found.actual.value == Quantity(0.015, True)
    assert found.periods == ()


@pytest.mark.parametrize(
    ("headers", "labels"),
    [
        (["T1", "T2", "T3"], [(2025, 1), (2025, 2), (2025, 3)]),
        (["Tháng 10", "Tháng 11", "Tháng 12"], [(2025, 10), (2025, 11), (2025, 12)]),
        (["Jan", "Feb"], [(2025, 1), (2025, 2)]),
        (["Jan 2026", "T2/2026"], [(2026, 1), (2026, 2)]),
        ([datetime(2025, 10, 1), datetime(2025, 11, 1)], [(2025, 10), (2025, 11)]),
        (list(range(1, 13)), [(2025, month) for month in range(1, 13)]),
    ],
)
def test_a_wide_table_has_a_column_for_each_month(headers: list[Any], labels: list[tuple[int, int]]) -> None:
    """Months are known by name, number and true date; the year that is not named is today's."""
    found = kpi(["KPI", "Target", *headers], ["Revenue", 5, *range(len(headers))])
    assert [(entry.period.start.year, entry.period.start.month) for entry in found.periods] == labels
    assert all(entry.period.frequency is Frequency.MONTH for entry in found.periods)
    assert [entry.actual.value for entry in found.periods] == [Quantity(float(place)) for place in range(len(headers))]
    assert all(entry.target is found.target for entry in found.periods)


@pytest.mark.parametrize(
    ("headers", "frequency", "first"),
    [
        (["W14", "W15"], Frequency.WEEK, date(2025, 3, 31)),
        (["Tuần 14", "Tuần 15"], Frequency.WEEK, date(2025, 3, 31)),
        (["Quý 3", "Quý 4"], Frequency.QUARTER, date(2025, 7, 1)),
        (["Q3/2025", "Q4/2025"], Frequency.QUARTER, date(2025, 7, 1)),
        ([2024, 2025], Frequency.YEAR, date(2024, 1, 1)),
        ([datetime(2025, 11, 3), datetime(2025, 11, 10)], Frequency.WEEK, date(2025, 11, 3)),
        ([datetime(2025, 11, 3), datetime(2025, 11, 4)], Frequency.DAY, date(2025, 11, 3)),
        ([datetime(2025, 1, 1), datetime(2025, 4, 1)], Frequency.QUARTER, date(2025, 1, 1)),
    ],
)
def test_other_periods_are_known_too(headers: list[Any], frequency: Frequency, first: date) -> None:
    """Weeks, quarters and years by name, and true dates by how far they lie apart."""
    found = kpi(["KPI", "Target", *headers], ["Revenue", 5, 1, 2])
    assert (found.periods[0].period.frequency, found.periods[0].period.start) == (frequency, first)


@pytest.mark.parametrize(
    "headers",
    [
        ["T10 KH", "T10 TH", "T11 KH", "T11 TH"],
        ["KH T10", "TH T10", "KH T11", "TH T11"],
        ["Oct target", "Oct actual", "Nov target", "Nov actual"],
        ["T10 (kế hoạch)", "T10 (thực hiện)", "T11 - KH", "T11 - TH"],
    ],
)
def test_target_and_actual_may_stand_in_pairs(headers: list[str]) -> None:
    """Each period then has a target of its own."""
    found = kpi(["KPI", "Weight", *headers], ["Revenue", 1, 5, 4, 6, 7])
    told = [(entry.period.start.month, entry.target.value, entry.actual.value) for entry in found.periods]
    assert told == [(10, Quantity(5.0), Quantity(4.0)), (11, Quantity(6.0), Quantity(7.0))]


def test_totals_beside_months_are_no_periods() -> None:
    """Quarters and years beside months would count twice."""
    goals = read(KPI=[["KPI", "Target", "T10", "T11", "T12", "Quý 4", "2025"], ["Revenue", 5, 1, 2, 3, 6, 6]])
    assert [entry.period.label for entry in goals.kpis[0].periods] == ["T10", "T11", "T12"]
    assert set(goals.tables[0].periods) == {3, 4, 5, 6, 7}


def test_the_year_of_a_period_comes_from_the_cycle() -> None:
    """In a year of the firm that begins in April, January belongs to the year after."""
    rows = [["KPI", "Target", "T4", "T1"], ["Revenue", 5, 1, 2]]
    fiscal = Cycle("FY26", date(2025, 4, 1), date(2026, 3, 31))
    assert [entry.period.start for entry in read(KPI=rows, cycle=fiscal).kpis[0].periods] == [
        date(2025, 4, 1),
        date(2026, 1, 1),
    ]
    assert read(KPI=rows, cycle=Q4_2025).kpis[0].periods[0].period.start == date(2025, 1, 1)


def test_rows_without_numbers_are_sections() -> None:
    """A heading names the section of what follows; a KPI with an id of its own is a KPI even when it is bare."""
    goals = read(
        KPI=[
            ["Mã", "Tên KPI", "ĐVT", "Trọng số", "Chỉ tiêu", "Thực hiện"],
            ["A", "Tài chính", None, None, None, None],
            ["KPI-1", "Doanh thu", "tỷ", 0.5, 5, 4],
            ["KPI-2", "Chưa có số", None, None, None, None],
            ["II", "Khách hàng"],
            ["KPI-3", "Hài lòng", "%", 0.5, 90, 80],
            [None, "Tổng cộng", None, 1, None, None],
        ]
    )
    assert [(item.key, item.section) for item in goals.kpis] == [
        ("KPI-1", "Tài chính"),
        ("KPI-2", "Tài chính"),
        ("KPI-3", "Khách hàng"),
    ]


def test_a_section_column_wins_and_blank_cells_continue_it() -> None:
    """Groups may stand in a column of their own."""
    goals = read(KPI=[["Nhóm KPI", "KPI", "Target"], ["Tài chính", "A", 1], [None, "B", 2], ["Nội bộ", "C", 3]])
    assert [item.section for item in goals.kpis] == ["Tài chính", "Tài chính", "Nội bộ"]


def test_a_long_table_may_have_a_period_column() -> None:
    """The period of a row is read from text, from a number or from a true date."""
    goals = read(
        KPI=[
            ["KPI", "Tháng", "Target", "Actual"],
            ["A", "T10/2025", 5, 4],
            ["A", datetime(2025, 11, 1), 5, 4],
            ["A", "?", 5, 4],
        ]
    )
    told = [item.period.value and (item.period.value.start, item.period.value.end) for item in goals.kpis]
    assert told == [(date(2025, 10, 1), date(2025, 10, 31)), (date(2025, 11, 1), date(2025, 11, 30)), None]


def test_the_figure_to_date_serves_where_there_is_no_other() -> None:
    """Beside the month's own actual it is left alone."""
    assert kpi(["KPI", "Kế hoạch", "Lũy kế"], ["Doanh thu", 5, 4]).actual.value == Quantity(4.0)
    both = kpi(["KPI", "Kế hoạch", "Thực hiện (lũy kế)", "Thực hiện (tháng)"], ["Doanh thu", 5, 4, 3])
    assert both.actual.value == Quantity(3.0)


@pytest.mark.parametrize(
    ("headers", "concepts"),
    [
        (["Chỉ tiêu", "Kế hoạch", "Thực hiện"], ["kpi", "target", "actual"]),
        (["Tên KPI", "Chỉ tiêu", "Thực hiện"], ["kpi", "target", "actual"]),
        (["Mục tiêu", "KPI", "Chỉ tiêu", "Thực hiện"], ["goal", "kpi", "target", "actual"]),
        (["KPI", "Mục tiêu", "Thực hiện"], ["kpi", "target", "actual"]),
        (["Thước đo", "Hiện tại", "Chỉ tiêu", "Thực hiện"], ["kpi", "baseline", "target", "actual"]),
        (["KPI", "Đơn vị", "ĐVT", "Kế hoạch"], ["kpi", "team", "unit", "target"]),
        (["KPI", "Đơn vị", "Phòng ban", "Kế hoạch"], ["kpi", "unit", "team", "target"]),
        (["KPI", "Đội", "Đơn vị", "Kế hoạch"], ["kpi", "team", "unit", "target"]),
    ],
)
def test_the_set_of_headers_decides_what_a_word_means(headers: list[str], concepts: list[str]) -> None:
    """Chỉ tiêu is the KPI beside Kế hoạch, and the target beside Tên KPI."""
    found = read(KPI=[headers, ["x", *range(1, len(headers))]]).tables[0]
    assert {columns[0]: concept for concept, columns in found.columns.items()} == dict(enumerate(concepts, 1))


@pytest.mark.parametrize(
    "heads",
    [
        ["01/10/2025", "01/11/2025", "01/12/2025"],
        ["10/1/2025", "11/1/2025", "12/1/2025"],
        ["31/10/2025", "30/11/2025", "31/12/2025"],
        ["2025-10-01", "2025-11-01", "2025-12-01"],
        [45931, 45962, 45992],
        ["Oct-25", "Nov-25", "Dec-25"],
        ["10/2025", "11/2025", "12/2025"],
    ],
)
def test_dates_above_columns_are_months_however_they_are_written(heads: list[Any]) -> None:
    """Texts and numbers of days that come once a month name the months, whichever of day and month comes first."""
    periods = kpi(["KPI", "Target", *heads], ["Revenue", 10, 1, 2, 3]).periods
    assert [(entry.period.start.month, entry.period.start.year) for entry in periods] == [
        (10, 2025),
        (11, 2025),
        (12, 2025),
    ]
    assert {entry.period.frequency for entry in periods} == {Frequency.MONTH}


def test_numbers_above_columns_that_come_at_random_are_no_dates() -> None:
    """Three large numbers in a header are just that."""
    assert kpi(["KPI", "Unit", "Target", 45931, 45940, 45999], ["Revenue", "đ", 10, 1, 2, 3]).periods == ()


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        ("Nợ quá hạn (càng thấp càng tốt)", Direction.LOWER),
        ("Complaints – LOWER is better", Direction.LOWER),
        ("No qua han (cang thap cang tot)", Direction.LOWER),
        ("Doanh thu (càng cao càng tốt)", Direction.HIGHER),
        ("Lower back pain courses", None),
        ("Giảm khiếu nại", None),
        ("Waste: lower is better, sales: higher is better", None),
    ],
)
def test_a_title_may_spell_out_the_direction(title: str, direction: Direction | None) -> None:
    """Shows that a whole phrase in the title is the direction, with the title as its place; a mere word is none."""
    found = kpi(["KPI", "Target", "Actual"], [title, 200, 260])
    assert found.direction.value is direction
    assert (found.direction.column == found.title.column) == (direction is not None)


def test_the_column_of_directions_goes_before_the_title() -> None:
    """Shows that what stands in its own column counts, and that an unreadable cell there stays one."""
    headers = ["KPI", "Chiều tốt", "Chỉ tiêu", "Thực hiện"]
    assert kpi(headers, ["Lỗi (càng thấp càng tốt)", "càng cao càng tốt", 2, 3]).direction.value is Direction.HIGHER
    assert kpi(headers, ["Lỗi (càng thấp càng tốt)", "lung tung", 2, 3]).direction.unreadable


def test_bonus_and_penalty_points_have_columns_and_pay_has_none() -> None:
    """Shows that points are read, and that no header of pay is ever taken for anything."""
    pay = [
        "Lương",
        "Thưởng",
        "Tiền lương",
        "Salary",
        "Bonus",
        "Lương P3",
        "Phụ cấp",
        "Thu nhập",
        "Điểm thưởng trực tiếp",
    ]
    row = ["Doanh thu", 10, 8, 5, 2, *[7_000_000] * len(pay)]
    goals = read(KPI=[["Tên KPI", "Chỉ tiêu", "Thực hiện", "Điểm cộng", "Điểm trừ", *pay], row])
    (item,) = goals.kpis
    assert (item.bonus.value, item.penalty.value) == (Quantity(5.0), Quantity(2.0))
    assert all(value.raw != 7_000_000 for value in item if isinstance(value, Cell))
    assert set(goals.tables[0].unmapped.values()) == set(pay)


@pytest.mark.parametrize(
    ("headers", "to_date"),
    [
        (["Tháng 1", "Lũy kế tháng 1", "Tháng 2", "Lũy kế tháng 2"], False),
        (["T1", "T1 lũy kế", "T2", "T2 (lũy kế)"], False),
        (["Lũy kế T1", "Lũy kế T2"], True),
        (["YTD Jan", "YTD Feb"], True),
        (["Actual YTD Jan", "Actual YTD Feb"], True),
        (["TH T1", "LK T1", "TH T2", "LK T2"], False),
    ],
)
def test_columns_to_date_never_stand_among_months(headers: list[str], to_date: bool) -> None:
    """Shows that values to date are told from those of a month, and are read only where there are no others."""
    found = kpi(["KPI", "Target", *headers], ["Revenue", 10, *([5, 5, 7, 12] if len(headers) == 4 else [5, 12])])
    assert found.to_date is to_date
    wanted = [5.0, 12.0] if to_date else [5.0, 7.0]
    assert [entry.actual.value for entry in found.periods] == [Quantity(number) for number in wanted]


def test_a_column_to_date_stands_beside_the_month() -> None:
    """Shows that month and year to date are four columns, each read as what it is."""
    headers = ["Tên KPI", "Kế hoạch", "Thực hiện tháng", "Kế hoạch lũy kế", "Thực hiện lũy kế"]
    found = kpi(headers, ["Doanh thu", 10, 8, 100, 90])
    cells = (found.target, found.actual, found.target_to_date, found.actual_to_date)
    assert [cell.value for cell in cells] == [Quantity(number) for number in (10.0, 8.0, 100.0, 90.0)]


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (["ID", "KPI", "Target", "Actual", "Aligned to", "Link type"], ("supports", "Health metric", "measures")),
        (["Mã", "Tên KPI", "Chỉ tiêu", "Thực hiện", "Liên kết với", "Kiểu liên kết"], ("hỗ trợ", "Bảo vệ", "đo lường")),
    ],
)
def test_a_kpi_names_the_goals_that_it_serves(headers: list[str], words: tuple[str, ...]) -> None:
    """Shows both columns in both languages: several ids in a cell, every kind of link, a blank and a strange one."""
    rows: list[list[Any]] = [
        ["KPI-1", "Revenue", 100, 90, "O-1; KR-2", words[0]],
        ["KPI-2", "Complaints", 100, 90, "O-1", words[1]],
        ["KPI-3", "Orders", 100, 90, "KR-1", words[2]],
        ["KPI-4", "Calls", 100, 90],
        ["KPI-5", "Visits", 100, 90, "O-1", "https://example.com"],
    ]
    found = read(KPI=[headers, *rows]).kpis
    assert [(one.aligned_to.value, one.kpi_link.value) for one in found] == [
        (("O-1", "KR-2"), KpiLink.SUPPORTS),
        (("O-1",), KpiLink.GUARDS),
        (("KR-1",), KpiLink.MEASURES),
        (None, None),
        (("O-1",), None),
    ]
    assert found[4].kpi_link.unreadable


@pytest.mark.parametrize(
    ("text", "metric"),
    [("Đạt/Không đạt", Metric.YES_NO), ("bậc thang", Metric.STEPS), ("yes/no", Metric.YES_NO), ("tỷ lệ", None)],
)
def test_pass_or_fail_may_stand_where_the_direction_is_asked_for(text: str, metric: Metric | None) -> None:
    """Shows that it is the metric, with its cell, and that no other metric is taken from there."""
    headers = ["Tên KPI", "Chiều tốt", "Chỉ tiêu", "Thực hiện"]
    item = kpi(headers, ["Báo cáo đúng hạn", text, "Đạt", "Đạt"])
    assert item.metric.value is metric
    assert item.direction.unreadable is (metric is None)
    assert metric is None or str(item.metric.ref) == "KPI!B2"


def test_a_metric_of_its_own_goes_before_one_in_the_direction() -> None:
    """Shows that a direction which cannot be read stays so where the metric is told already."""
    headers = ["Tên KPI", "Cách tính điểm", "Chiều tốt", "Chỉ tiêu", "Thực hiện"]
    item = kpi(headers, ["Báo cáo", "tỷ lệ", "đạt/không đạt", 1, 1])
    assert (item.metric.value, item.direction.unreadable) == (Metric.RATIO, True)


@pytest.mark.parametrize("again", ["T2", "Tháng 2", "Feb"])
def test_a_month_that_stands_twice_is_read_once(again: str) -> None:
    """Shows that the first of two columns of one month counts, however the second spells it, and which they are."""
    goals = read(KPI=[["KPI", "Target", "T1", "T2", again, "T4"], ["Revenue", 100, 90, 91, 0, 94]])
    (found,) = goals.kpis
    assert [(entry.period.label, entry.actual.raw) for entry in found.periods] == [("T1", 90), ("T2", 91), ("T4", 94)]
    assert goals.tables[0].doubled == {5: 4}


def test_targets_and_actuals_of_one_month_are_two_columns() -> None:
    """Shows that a month may have its target, its actual and its value to date beside each other."""
    header = ["KPI", "T1 KH", "T1 TH", "T1 lũy kế", "T2 KH", "T2 TH", "T2 lũy kế"]
    goals = read(KPI=[header, ["Revenue", 100, 90, 90, 100, 80, 170]])
    assert goals.tables[0].doubled == {}
    assert [(one.target.raw, one.actual.raw) for one in goals.kpis[0].periods] == [(100, 90), (100, 80)]
    twice = read(KPI=[["KPI", "T1 KH", "T1 TH", "T1 KH", "T2 TH"], ["Revenue", 100, 90, 50, 80]])
    assert twice.tables[0].doubled == {4: 2}
    assert twice.kpis[0].periods[0].target.raw == 100


def percents(columns: set[int], *row: Any) -> Kpi:
    """Read one KPI over five months of which some columns are shown with a percent sign."""
    header = ["KPI", "Unit", "Baseline", "Target", "T1", "T2", "T3", "T4", "T5"]
    return read(KPI=Worksheet("KPI", [header, row], is_percent=lambda _, column: column in columns)).kpis[0]


@pytest.mark.parametrize("target", [95, "95%"])
def test_the_months_of_a_row_count_in_the_same_terms(target: Any) -> None:
    """Shows that months typed as 10 % and as 90 are both percentages, whatever the target's form, and so is 80."""
    found = percents({5, 6}, "CSAT", None, 80, target, 0.1, 0.2, 90, None, "92")
    assert found.baseline.value == Quantity(0.8, percent=True)
    assert {one.target.value for one in found.periods} == {Quantity(0.95, percent=True)}
    told = [Quantity(number, percent=True) for number in (0.1, 0.2, 0.9, 0.92)]
    assert [one.actual.value for one in found.periods if one.actual.value] == told


def test_months_that_make_no_sense_as_percentages_stay_as_they_are_written() -> None:
    """Shows that not a month of such a row is changed alone, so that the mixture can be told; % as the unit decides."""
    found = percents({5}, "Sales", None, None, 95, 0.1, 290, 90)
    assert [one.target.value for one in found.periods[:3]] == [Quantity(95.0)] * 3
    assert [one.actual.value for one in found.periods[:2]] == [Quantity(0.1, percent=True), Quantity(290.0)]
    stated = percents({5}, "Growth", "%", None, 95, 0.1, 290, 90)
    assert [one.actual.value for one in stated.periods[:3]] == [Quantity(one, percent=True) for one in (0.1, 2.9, 0.9)]


def test_milestones_of_months_may_be_a_share_and_a_number() -> None:
    """Shows that a number of milestones beside a percentage of them is no percentage."""
    header = ["KPI", "Metric", "Target", "T1", "T2"]
    sheet = Worksheet("KPI", [header, ["Move", "milestone", "A; B; C; D", 0.5, 3]], is_percent=lambda _, at: at == 4)
    (found,) = read(KPI=sheet).kpis
    assert [one.actual.value for one in found.periods] == [Quantity(0.5, percent=True), Quantity(3.0)]
