"""Objectives and key results in one table."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sheetsync.model import Commitment, Goals, Horizon, Level, Link, Metric, Quantity
from sheetsync.workbook import Area, CellValue, Worksheet
from tests.reading.sheets import key_result, read

HEAD: list[CellValue] = ["ID", "Objective", "Key result", "Target"]


def tree(goals: Goals) -> dict[str | None, list[str]]:
    """Give the keys of key results by the key of their objective."""
    found: dict[str | None, list[str]] = {}
    for item in goals.key_results:
        found.setdefault(item.objective, []).append(item.key)
    return found


def test_key_results_belong_to_the_objective_above_them() -> None:
    """Blank rows do not part them."""
    goals = read(
        OKR=[
            HEAD,
            ["O-1", "Grow", None, None],
            ["KR-1", None, "Revenue", 5],
            [],
            ["KR-2", "", "Profit", 6],
            ["O-2", "Please", None, None],
            ["KR-3", None, "Rating", 7],
        ]
    )
    assert tree(goals) == {"O-1": ["KR-1", "KR-2"], "O-2": ["KR-3"]}
    assert [item.own_row for item in goals.objectives] == [True, True]
    assert [(item.row, item.title.value) for item in goals.objectives] == [(2, "Grow"), (6, "Please")]


def test_a_flat_table_names_its_objective_beside_each_key_result() -> None:
    """The same name is the same objective, whatever its case; such an objective has no row of its own."""
    goals = read(
        OKR=[
            [*HEAD, "Team", "Owner"],
            ["KR-1", "Grow", "Revenue", 5, "Sales", "An"],
            ["KR-2", "", "Profit", 6, "Sales", "Bo"],
            ["KR-3", "GROW ", "Margin", 7, "Sales", "An"],
            ["KR-4", "Please", "Rating", 8, "Care", "An"],
        ]
    )
    grow, please = goals.objectives
    assert tree(goals) == {grow.key: ["KR-1", "KR-2", "KR-3"], please.key: ["KR-4"]}
    assert (grow.own_row, grow.title.value, grow.team.value) == (False, "Grow", "Sales")
    assert (grow.id.blank, grow.owner.blank, grow.weight.column) == (True, True, 0)
    assert (grow.key[:-4], please.key[:-4]) == ("grow-", "please-")


def test_an_own_row_gives_a_named_objective_its_place() -> None:
    """Whether it stands above or below the rows that name it, it is one objective."""
    above = read(OKR=[HEAD, ["O-1", "Grow", None, None], ["KR-1", "Grow", "Revenue", 5]])
    below = read(OKR=[HEAD, ["KR-1", "Grow", "Revenue", 5], ["O-1", "Grow", None, None], ["KR-2", None, "Profit", 5]])
    assert tree(above) == {"O-1": ["KR-1"]}
    assert len(below.objectives) == 1
    assert (below.objectives[0].own_row, below.objectives[0].row) == (True, 3)
    assert tree(below) == {below.objectives[0].key: ["KR-1", "KR-2"]}


def test_a_merged_objective_speaks_for_all_its_rows() -> None:
    """A merged cell covers its key results; a merged owner too, but never a merged number."""
    sheet = Worksheet(
        "OKR",
        [
            ["Objective", "Key result", "Owner", "Target"],
            ["Grow", "Revenue", "An", 5],
            [None, "Profit", None, None],
            ["Please", "Rating", "Bo", 7],
        ],
        merges=(Area(2, 1, 3, 1), Area(2, 3, 3, 3), Area(2, 4, 3, 4)),
    )
    goals = read(OKR=sheet)
    assert len(goals.objectives) == 2
    assert [item.owner.value for item in goals.key_results] == ["An", "An", "Bo"]
    assert goals.key_results[1].owner.row == 2
    assert goals.key_results[1].target.blank
    assert goals.key_results[0].objective == goals.key_results[1].objective


def test_a_key_result_above_all_objectives_has_none() -> None:
    """Nothing is invented for it."""
    assert read(OKR=[HEAD, ["KR-1", None, "Revenue", 5]]).key_results[0].objective is None


def test_rows_that_are_no_goals_are_left_out() -> None:
    """Examples, totals, notes, signatures and ids prepared for later rows are not goals."""
    goals = read(
        OKR=[
            ["Mã", "Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Trọng số", "Bỏ qua"],
            ["O-0", "Mục tiêu mẫu", None, None, None, "Ví dụ"],
            ["KR-0", None, "Kết quả mẫu", 5, 1, "vi du"],
            ["O-1", "Tăng trưởng", None, None, None, None],
            ["KR-1", None, "Doanh thu", 5, 0.4, "RO203, LI301"],
            ["KR-2", None, "Tổng doanh thu", 5, 0.6, None],
            ["Tổng cộng", None, None, None, 1, None],
            ["Tổng cộng trọng số", None, None, 3, 1, None],
            ["KR-3", None, None, None, None, None],
            ["Người lập biểu", None, None, None, None, None],
        ]
    )
    assert [item.key for item in goals.objectives] == ["O-1"]
    assert [item.key for item in goals.key_results] == ["KR-1", "KR-2"]
    assert goals.key_results[0].ignore.value == frozenset({"RO203", "LI301"})
    assert (goals.tables[0].first_row, goals.tables[0].last_row) == (2, 6)


def test_a_row_of_column_numbers_is_no_goal() -> None:
    """Forms number their columns right below the header."""
    goals = read(OKR=[["Objective", "Key result", "Target"], [1, 2, 3], ["Grow", "Revenue", 5]])
    assert [item.title.value for item in goals.key_results] == ["Revenue"]


def test_a_row_that_measures_something_counts_even_without_a_name() -> None:
    """A forgotten title is for the rules to report, not for reading to hide."""
    goals = read(OKR=[HEAD, ["O-1", "Grow", None, None], ["KR-1", None, None, 5]])
    assert [(item.key, item.title.blank) for item in goals.key_results] == [("KR-1", True)]


def test_an_id_that_stands_twice_gets_its_place() -> None:
    """Scores of both rows stay apart; a row without an id is named by its text."""
    goals = read(
        OKR=[HEAD, ["O-1", "Grow", None, None], ["KR-1", None, "A", 5], ["KR-1", None, "B", 5], [None, None, "C", 5]]
    )
    assert [item.key for item in goals.key_results][:2] == ["KR-1", "KR-1@OKR!4"]
    assert goals.key_results[2].key.startswith("c-")
    assert [item.id.value for item in goals.key_results] == ["KR-1", "KR-1", None]


def test_numbers_serve_as_ids() -> None:
    """1 and 1.1 are ids as they look in the sheet."""
    goals = read(OKR=[HEAD, [1.0, "Grow", None, None], [1.1, None, "Revenue", 5]])
    assert tree(goals) == {"1": ["1.1"]}


def test_the_words_of_a_row_are_read() -> None:
    """Every choice is understood in either language, and a wrong one keeps its text."""
    row: dict[str, Any] = {
        "Level": "Cấp công ty",
        "Horizon": "chiến lược",
        "Aligned_to": "O-1; Tăng trưởng, O-2",
        "Link": "Contributes",
        "Metric": "tối đa",
        "Type": "khát vọng",
        "Agreed": "✓",
        "Start": "01/10/2025",
        "Due": datetime(2025, 12, 31),
        "Cycle": "Q4/2025",
        "Check_in": "05/11",
    }
    found = key_result(**row)
    assert found.level.unreadable
    assert found.level.raw == "Cấp công ty"
    assert found.horizon.value is Horizon.STRATEGIC
    assert found.aligned_to.value == ("O-1", "Tăng trưởng", "O-2")
    assert found.link.value is Link.CONTRIBUTES
    assert found.metric.value is Metric.AT_MOST
    assert found.commitment.value is Commitment.ASPIRATIONAL
    assert found.agreed.value is True
    assert (found.start.value, found.due.value) == (date(2025, 10, 1), date(2025, 12, 31))
    assert found.cycle.value is not None
    assert found.cycle.value.due == date(2025, 12, 31)
    assert found.check_in_date.value == date(2025, 11, 5)
    assert key_result(Level="công ty").level.value is Level.COMPANY


def test_a_comma_in_a_title_does_not_part_an_alignment() -> None:
    """What an objective is called is one name; anything else with a comma is several."""
    goals = read(
        OKR=[
            ["Objective", "Key result", "Aligned to", "Target"],
            ["Doanh thu, lợi nhuận", None, None, None],
            ["Bán hàng", None, "doanh thu, lợi nhuận; O-9, O-8", None],
        ]
    )
    assert goals.objectives[1].aligned_to.value == ("doanh thu, lợi nhuận", "O-9", "O-8")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (0.7, Quantity(0.7)),
        ("70%", Quantity(0.7, percent=True)),
        ("7/10", Quantity(0.7, percent=True)),
        (4, Quantity(4.0)),
        ("Rất tốt", Quantity(0.8, percent=True)),
        ("Medium", Quantity(0.5, percent=True)),
        ("Không ổn lắm", Quantity(0.2, percent=True)),
        ("12/10", None),
        ("maybe", None),
        (True, None),
    ],
)
def test_confidence_is_a_number_a_share_or_a_word(raw: Any, value: Quantity | None) -> None:
    """A share of the whole scale and a word lie between 0 and 1; a bare number keeps its scale."""
    assert key_result(Confidence=raw).confidence.value == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("30%", Quantity(0.3, percent=True)),
        (0.3, Quantity(0.3)),
        (30, Quantity(30.0)),
        ("5", Quantity(5.0)),
        (True, None),
    ],
)
def test_weights_are_read_as_written(raw: Any, value: Quantity | None) -> None:
    """Percent, fraction or plain: the group decides later."""
    assert key_result(Weight=raw).weight.value == value


@pytest.mark.parametrize(
    ("title", "metric", "unit", "falls"),
    [
        ("Giảm tỷ lệ trả hàng", None, None, True),
        ("giam chi phi", None, None, True),
        ("Tỷ lệ lỗi dưới 2%", None, None, True),
        ("Cut churn", None, None, True),
        ("Doanh thu", "Giảm", None, True),
        ("Doanh thu", None, None, False),
        ("Nâng cấp hạ tầng mạng", None, None, False),
        ("Mở rộng ra Hà Nội", None, None, False),
        ("Ha Noi", None, None, False),
        ("Cutting-edge product", None, None, True),
        ("Không giảm chất lượng", None, None, False),
        ("Go paperless", None, None, False),
    ],
)
def test_a_word_tells_that_less_is_better(title: str, metric: str | None, unit: str | None, falls: bool) -> None:
    """Whole words count, with their accents, and known phrases that mean something else do not."""
    assert key_result(Key_result=title, Metric=metric, Unit=unit, Target=5).falls is falls


def test_a_concept_without_a_column_has_blank_cells() -> None:
    """Such a cell has column 0 and its own row."""
    found = key_result(Target=5)
    assert (found.blocker.column, found.blocker.row, found.blocker.blank) == (0, 2, True)
