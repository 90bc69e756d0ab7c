"""Baseline and target inside the text of a key result."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sheetsync.model import Metric, Quantity
from sheetsync.reading.marks import COMMA
from sheetsync.reading.moves import Move
from sheetsync.reading.targets import Texts
from sheetsync.reading.titles import TitleNumbers
from sheetsync.reading.words import Words
from tests.reading.sheets import LEXICON, read

WORDS = Words(LEXICON)
TITLES = TitleNumbers(WORDS, Texts(WORDS, COMMA))


def move(low: float, high: float, **both: Any) -> Move:
    """Give a way from one number to another."""
    return Move(Quantity(low, **both), Quantity(high, **both))


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Tăng doanh thu từ 35 tỷ lên 68 tỷ", move(35e9, 68e9)),
        ("Tăng doanh thu từ 2 tỷ rưỡi lên 3 tỷ rưỡi", move(2.5e9, 3.5e9)),
        ("Dat doanh thu 3 ty ruoi dong", Quantity(3.5e9, unit="VND")),
        ("KR2. Tăng doanh thu từ 35 lên 68 tỷ trong Q4/2025", move(35e9, 68e9)),
        ("Tang doanh thu tu 35 ty len 68 ty", move(35e9, 68e9)),
        ("Tăng doanh thu từ 35 tỷ (2024) lên 68 tỷ (2025)", move(35e9, 68e9)),
        ("Increase NPS from 30 to 50", move(30, 50)),
        ("NPS 30 → 50", move(30, 50)),
        ("Tăng NPS từ 30 đến 50", move(30, 50)),
        ("Giảm tỷ lệ lỗi từ 5% xuống còn 3%", move(0.05, 0.03, percent=True)),
        ("Reduce churn from 5 to 3%", move(0.05, 0.03, percent=True)),
        ("Move page load time from 4s to 2s", move(4, 2, unit="s")),
        ("Grow MRR from $1,2M to $2M (from Jan to Dec)", move(1.2e6, 2e6, unit="USD")),
        ("Nâng điểm hài lòng từ 4,2/5 lên 4,5/5", move(4.2, 4.5, unit="/5")),
        ("Tăng đơn hàng từ 1.200 lên 2.500 đơn", move(1200, 2500, unit="đơn")),
        ("Increase NPS from 30 to 50 and hire 5 people", move(30, 50)),
        ("Đạt 500 khách hàng mới", Quantity(500, unit="khách hàng")),
        ("1.2 Đạt 500 khách hàng mới trong quý 4/2025", Quantity(500, unit="khách hàng")),
        ("Ký thêm 5 hợp đồng trước 31/12/2025", Quantity(5, unit="hợp đồng")),
        ("Launch 2 new products", Quantity(2)),
        ("Đạt doanh thu 68 tỷ trong năm 2025", Quantity(68e9)),
        ("Reach revenue of $5M", Quantity(5e6, unit="USD")),
        ("Có 90% nhân viên hài lòng", Quantity(0.9, percent=True)),
    ],
)
def test_a_text_of_one_meaning_is_read(title: str, found: Any) -> None:
    """Shows that one pair with a word of change, or one number behind a verb that aims at it, is taken."""
    assert TITLES.read(title) == found


@pytest.mark.parametrize(
    "title",
    [
        "Tăng A từ 3 lên 5, giảm B từ 5 xuống 3",
        "Tuyển từ 10 đến 20 người",
        "Hire from 10 to 20 engineers",
        "Open from 8 to 17",
        "Tăng lương từ tháng 1 đến tháng 6",
        "Tăng doanh thu từ 2024 lên 2025",
        "Từ 2024 đến 2025 tăng doanh thu",
        "Increase trips from 1/5 to 3/5",
        "Tăng từ 35 tỷ lên 68",
        "Tăng từ 300 nghìn lên 500 nghìn rưỡi",
        "Đạt 3,5 tỷ rưỡi",
        "Grow from 300 thousand to 500 thousand and a half",
        "Giảm số lỗi từ 10 lỗi xuống 5 ngày",
        "Giảm tỷ lệ lỗi từ 5% xuống 3 lỗi",
        "Nâng điểm từ 3 lên 4 - 5",
        "Giữ nguyên từ 5 lên 5",
        "Đạt 500 khách hàng mới và 20 đại lý",
        "Đạt 5-7 hợp đồng",
        "Đạt 2025 khách hàng",
        "Hoàn thành 12/2023",
        "Hoàn thành giai đoạn 2",
        "Launch version 2.0",
        "Đạt chứng chỉ ISO 9001",
        "Đạt top 10",
        "Kỳ 5 hoàn thành báo cáo",
        "Tăng 20% doanh thu",
        "Answer in 24 hours",
        "Giữ chi phí dưới 5 tỷ",
        "Làm tốt hơn",
        "Đạt 500 " + "x" * 400,
        "",
    ],
)
def test_a_text_of_several_meanings_or_none_is_left_alone(title: str) -> None:
    """Shows that ranges, years, dates, names with numbers, two aims, and relative growth give no target."""
    assert TITLES.read(title) is None


@example("Tăng doanh thu", 0, 2010, " triệu")
@example("Tăng doanh thu", 2039, 5, " khách")
@given(
    before=st.sampled_from(["Tăng doanh thu", "Giảm chi phí", "KR1: Nâng NPS", "đưa số khách"]),
    low=st.integers(0, 10**6),
    high=st.integers(0, 10**6),
    size=st.sampled_from(["", " triệu", "%", " khách", "k"]),
)
def test_every_pair_reads_back(before: str, low: int, high: int, size: str) -> None:
    """Shows that whatever the two numbers are, they come back as they were written; equal ones say nothing.

    Bare numbers that could be years are another matter.
    """
    assume(size or not any(1900 <= number <= 2200 for number in (low, high)))
    found = TITLES.read(f"{before} từ {low}{size} lên {high}{size}")
    if low == high:
        assert found is None
        return
    assert isinstance(found, Move)
    factor = {"": 1, " triệu": 1e6, "%": 0.01, " khách": 1, "k": 1e3}[size]
    assert (found.start.number, found.target.number) == pytest.approx((low * factor, high * factor), abs=1e-9)


@given(title=st.text(max_size=60))
def test_any_text_can_be_asked(title: str) -> None:
    """Shows that no text makes reading fail."""
    assert isinstance(TITLES.read(f"Tăng {title} từ 3 lên {title}"), Move | Quantity | None)


def test_a_metric_of_another_kind_asks_for_no_numbers() -> None:
    """Shows that a yes or no, and a single number under the metric decrease, take nothing from the text."""
    assert TITLES.read("Tăng NPS từ 30 lên 50", Metric.YES_NO) is None
    assert TITLES.read("Đạt 5 lỗi", Metric.DECREASE) is None
    assert TITLES.read("Giảm lỗi từ 9 xuống 5", Metric.DECREASE) == move(9, 5)


def rows(*titles: str, **more: Any) -> Any:
    """Read key results without a column of targets; ``more`` are further columns with one value for every row."""
    return read(OKR=[["Key result", "Owner", *more], *([title, "An", *more.values()] for title in titles)]).key_results


def test_a_table_without_targets_takes_them_from_its_texts() -> None:
    """Shows that baseline and target stand at the place of the text, which stays their raw value."""
    first, second, third = rows("Tăng doanh thu từ 35 tỷ lên 68 tỷ", "Đạt 500 khách hàng mới", "Làm tốt hơn")
    assert (first.baseline.value, first.target.value) == (Quantity(35e9), Quantity(68e9))
    assert first.target.ref == first.baseline.ref == first.title.ref
    assert first.target.raw == first.baseline.raw == first.title.raw
    assert (second.baseline.blank, second.target.value) == (True, Quantity(500, unit="khách hàng"))
    assert (third.target.raw, third.target.value, third.target.column) == (None, None, 0)


def test_a_column_of_targets_keeps_its_blanks() -> None:
    """Shows that a blank target stays blank wherever the table has a place for it."""
    found = rows("Tăng doanh thu từ 35 tỷ lên 68 tỷ", Target=None)[0]
    assert found.target.blank
    assert found.baseline.blank


def test_the_columns_of_the_row_come_first() -> None:
    """Shows that a baseline of its own column counts, and that a unit with a size counts in that size."""
    found = rows("Tăng doanh thu từ 35 tỷ lên 68 tỷ", Baseline=40, Unit="tỷ")[0]
    assert (found.baseline.value, found.target.value) == (Quantity(40), Quantity(68))
    found = rows("Tăng doanh thu từ 35 tỷ lên 68 tỷ", Unit="tỷ", Current="40 tỷ")[0]
    assert [cell.value.number for cell in (found.baseline, found.target, found.current)] == [35, 68, 40]


def test_an_unclear_number_in_a_text_is_not_taken() -> None:
    """Shows that 1.234 in a text gives no target unless the worksheet shows what its point means."""
    assert rows("Tăng đơn hàng từ 1.200 lên 2.500 đơn")[0].target.value is None
    clear = rows("Tăng đơn hàng từ 1.200 lên 2.500 đơn", "Tăng doanh thu từ 1.200.000 lên 2.500.000 đồng")[0]
    assert (clear.baseline.value, clear.target.value) == (Quantity(1200, unit="đơn"), Quantity(2500, unit="đơn"))
