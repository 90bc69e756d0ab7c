"""Columns whose words say which way is good."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sheetsync.model import Direction
from tests.reading.adopted.adopting import adopted
from tests.reading.understanding.detailed import Line, told, worksheet

TITLES = ["Doanh thu bán lẻ", "Chi phí vận chuyển", "Ngày tồn kho bình quân", "Số khách hàng mới"]


def concepts(header: str, words: Sequence[str], *, before: bool = True) -> dict[str, str]:
    """Give what the columns are taken for where one of words stands before the target or behind the actual."""
    names = ["Tên KPI", header, "Mục tiêu", "Thực tế"] if before else ["Tên KPI", "Mục tiêu", "Thực tế", header]
    lines: list[Line] = [names]
    for title, word in zip(TITLES, words, strict=True):
        lines.append([title, word, 10, 9] if before else [title, 10, 9, word])
    return told(worksheet(lines))


@pytest.mark.parametrize("header", ["Xu hướng", "Loại", "Trend", "Chiều", "Kiểu KPI"])
@pytest.mark.parametrize(
    "words",
    [("↑", "↓", "↓", "↑"), ("Tăng", "Giảm", "Giảm", "Tăng"), ("Max", "Min", "Min", "Max"),
     ("Thuận", "Nghịch", "Nghịch", "Thuận")],
)  # fmt: skip
def test_words_of_direction_before_the_target_say_which_way_is_good(header: str, words: Sequence[str]) -> None:
    """Shows that arrows, or up and down, among the definitions are the direction, not a trend or a type."""
    assert concepts(header, words)["B"] == "direction"


def test_up_and_down_behind_the_actual_tell_how_it_moved() -> None:
    """Shows that the same words behind the results stay a trend, since nobody says there what is wanted."""
    assert concepts("Xu hướng", ("Tăng", "Giảm", "Giảm", "Tăng"), before=False)["D"] == "trend"


def test_a_phrase_of_direction_says_so_wherever_it_stands() -> None:
    """Shows that *the lower the better* is a direction also behind the results and under an unknown header."""
    words = ("càng cao càng tốt", "càng thấp càng tốt", "càng thấp càng tốt", "càng cao càng tốt")
    assert concepts("Quy ước", words, before=False)["D"] == "direction"


def test_other_words_are_left_to_their_header() -> None:
    """Shows that one word that is no direction leaves the column what its header says."""
    assert concepts("Loại", ("Tăng", "Giảm", "Duy trì", "Tăng"))["B"] != "direction"


def test_costs_with_an_arrow_down_are_read_as_less_is_better() -> None:
    """Shows that the arrows reach the KPIs: 5 of 4 is worse where the arrow points down."""
    rows = [["STT", "KPI", "Xu hướng", "ĐVT", "Mục tiêu", "Thực tế"], [1, "Doanh thu", "↑", "tỷ", 10, 9],
            [2, "Chi phí", "↓", "tỷ", 4, 5], [3, "Lỗi giao hàng", "Min", "lỗi", 5, 4]]  # fmt: skip
    directions = [kpi.direction.value for kpi in adopted(KPI=rows).kpis]
    assert directions == [Direction.HIGHER, Direction.LOWER, Direction.LOWER]


@pytest.mark.parametrize("words", ["càng ít càng tốt", "càng nhỏ càng tốt", "the lower the better"])
def test_phrases_of_direction_in_a_name(words: str) -> None:
    """Shows further phrases by which people say in a KPI's name that less is better."""
    rows = [["KPI", "Mục tiêu", "Thực tế"], *([f"Số lần vi phạm {n} ({words})", 2, 3] for n in ("ca", "kho", "xe"))]
    assert {kpi.direction.value for kpi in adopted(KPI=rows).kpis} == {Direction.LOWER}
