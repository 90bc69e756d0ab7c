"""Columns that dropdown lists tell, filled or empty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sheetsync.reading.understanding import Reason
from tests.reading.understanding.detailed import Line, tables, told, worksheet

TITLES = ["Tăng doanh thu bán lẻ", "Giảm tỷ lệ hàng lỗi", "Tuyển thêm nhân viên mới", "Mở thêm cửa hàng"]
UNITS = ("%", "người", "triệu đồng", "khách hàng")
TEAMS = ("Phòng Kinh doanh", "Phòng Nhân sự", "Phòng Kế toán")
STATES = ("Đúng tiến độ", "Có rủi ro", "Chậm tiến độ")
PEOPLE = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Cường")


def concept_of(header: str, texts: Sequence[str], values: Sequence[str] = ()) -> str | None:
    """Give what a column with a dropdown list is taken for, in a table of KPIs."""
    lines: list[Line] = [["Tên KPI", "Kế hoạch", "Thực hiện", header]]
    lines += [[title, 100, 80, values[row] if row < len(values) else None] for row, title in enumerate(TITLES)]
    return told(worksheet(lines, lists=[("D", texts)])).get("D")


@pytest.mark.parametrize(
    ("header", "texts", "concept"),
    [
        ("Đơn vị", UNITS, "unit"),
        ("Đơn vị", TEAMS, "team"),
        ("Phụ trách", TEAMS, "team"),
        ("Phụ trách", PEOPLE, "owner"),
        ("Kết quả", STATES, "status"),
        ("Tiến độ", STATES, "status"),
        ("Progress", ("On track", "At risk", "Off track"), "status"),
        ("Chu kỳ", ("Tháng", "Quý", "Năm"), "frequency"),
        ("Xyz", UNITS, "unit"),
        ("Xyz", STATES, "status"),
        ("Xyz", TEAMS, "team"),
        ("Xyz", PEOPLE, "owner"),
        ("Xyz", ("Monthly", "Quarterly"), "frequency"),
        ("Xyz", ("Càng cao càng tốt", "Càng thấp càng tốt"), "direction"),
        ("Độ tự tin", ("Rất tốt", "Ổn", "Không ổn lắm"), "confidence"),
        ("Confidence", ("High", "Medium", "Low"), "confidence"),
    ],
)
def test_a_list_tells_an_empty_column(header: str, texts: tuple[str, ...], concept: str) -> None:
    """Shows that allowed texts decide between meanings of a header, and speak alone where it says nothing known."""
    assert concept_of(header, texts) == concept


@pytest.mark.parametrize(
    "texts", [("Có", "Không"), ("Yes", "No"), ("High", "Medium", "Low"), ("A7", "B12"), ("1", "2")]
)
def test_a_list_that_answers_anything_tells_nothing(texts: tuple[str, ...]) -> None:
    """Shows that yes and no, or high and low, under an unknown header are left alone."""
    assert concept_of("Xyz", texts) is None


def test_a_list_does_not_outvote_a_plain_word() -> None:
    """Shows that a header which says one thing is not turned into another by names in its list."""
    assert concept_of("Trạng thái", STATES) == "status"
    assert concept_of("Ghi chú", PEOPLE) == "notes"
    assert concept_of("Độ ưu tiên", ("High", "Medium", "Low")) == "priority"


def test_a_list_helps_a_column_that_is_hardly_filled() -> None:
    """Shows that one odd value weighs less than the list, and that the reason names the list."""
    assert concept_of("Đơn vị", UNITS, ["Phòng IT"]) == "unit"
    lines: list[Line] = [["KPI", "Target", "Actual", "Đơn vị"], *([title, 5, 4, None] for title in TITLES)]
    column = tables(worksheet(lines, lists=[("D", UNITS)]))[0].of("unit")[0]
    assert column.reason == Reason("list", {"texts": "%, người, triệu đồng, …"})


def test_a_list_elsewhere_says_nothing() -> None:
    """Shows that a list that only one of many rows offers is not taken for the column's."""
    lines: list[Line] = [["KPI", "Target", "Actual", "Xyz"], *([title, 5, 4, None] for title in TITLES * 5)]
    made = worksheet(lines, lists=[("D", UNITS)])
    one = made.details().choices[0] if made.details else None
    assert one is not None
    few = one._replace(areas=(one.areas[0]._replace(last_row=3),))
    details = made.details() if made.details else None
    assert details is not None
    assert told(made._replace(details=lambda: details._replace(choices=(few,)))).get("D") is None
    assert told(made)["D"] == "unit"
