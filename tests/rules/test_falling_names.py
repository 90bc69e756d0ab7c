"""RO263: names of KPIs that say less is better, and those in which such a word says nothing."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.model import Bounds, Direction
from tests.factories import kpi
from tests.rules.facts import facts, found
from tests.scoring.scene import month


def words(*titles: str, direction: Direction | None = None, **given: object) -> list[object]:
    """Give the words for which KPIs of these names are told."""
    rows = [
        kpi(f"K-{row}", row=row, title=title, target=4, actual=5, direction=direction, **given)
        for row, title in enumerate(titles, 5)
    ]
    return [hit.params["word"] for hit in found("RO263", facts(*rows))]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Giảm khiếu nại", "giảm"),
        ("Cắt giảm chi phí in ấn", "cắt giảm"),
        ("Rút ngắn thời gian giao", "rút ngắn"),
        ("Reduce complaints", "reduce"),
        ("Cutting waste", "cutting"),
    ],
)
def test_a_name_that_begins_with_less_is_told(title: str, word: str) -> None:
    """Shows that the verb at the beginning of a name is found, in both languages."""
    assert words(title) == [word]


@pytest.mark.parametrize(
    "title",
    [
        "Đơn giao dưới 24 giờ",
        "Doanh thu hàng giảm giá",
        "Giảm giá cho khách quen",
        "Hà Nội: doanh thu",
        "Orders below 24 h",
        "Doanh thu",
    ],
)
def test_other_names_say_nothing(title: str) -> None:
    """Shows that a word inside a name, and one that means something else, is no reason to ask."""
    assert words(title) == []


def test_a_direction_answers() -> None:
    """Shows that whoever says which way is good is not asked, whatever it is."""
    assert words("Giảm khiếu nại", direction=Direction.LOWER) == []
    assert words("Giảm chi phí (mức đã giảm)", direction=Direction.HIGHER) == []


def test_a_kpi_with_a_row_for_each_month_is_told_once() -> None:
    """Shows that the same name in several rows is one question."""
    assert words("Giảm khiếu nại", "Giảm khiếu nại", "Giảm tồn kho") == ["giảm", "giảm"]


def losses(*titles: str, **given: object) -> list[object]:
    """Give the words for which KPIs of these names are told as counting losses."""
    rows = [kpi(f"K-{row}", row=row, title=title, target=5, actual=8, **given) for row, title in enumerate(titles, 5)]
    return [hit.params["word"] for hit in found("RO264", facts(*rows))]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Số khiếu nại", "khiếu nại"),
        ("Tỷ lệ hàng lỗi", "hàng lỗi"),
        ("TỶ LỆ NGHỈ VIỆC (%)", "nghỉ việc"),
        ("Tổng số vụ tai nạn lao động", "tai nạn"),
        ("Chi phí quảng cáo/doanh thu", "chi phí"),
        ("Thời gian giao hàng trung bình", "thời gian giao hàng"),
        ("Ty le hang loi", "hang loi"),
        ("Number of complaints", "complaints"),
        ("Average wait time", "wait"),
        ("Operating costs", "operating costs"),
    ],
)
def test_a_name_that_counts_losses_is_told(title: str, word: str) -> None:
    """Shows that what a firm wants fewer of is found behind words that only count, in both languages."""
    assert losses(title, direction=None) == [word]
    assert losses(title, direction=Direction.LOWER) == []


@pytest.mark.parametrize(
    "title",
    [
        "Tỷ lệ khiếu nại được giải quyết",
        "Khiếu nại xử lý đúng hạn",
        "Chi phí tiết kiệm được",
        "Số ngày không tai nạn",
        "Độ chính xác tồn kho",
        "Doanh thu/chi phí",
        "Thu hồi nợ xấu",
        "Complaints resolved in a day",
        "Cost savings",
        "Bugs closed on time",
        "Days without accidents",
    ],
)
def test_what_is_done_about_losses_is_no_loss(title: str) -> None:
    """Shows that a name which speaks of solving, saving or having none is left alone."""
    assert losses(title, direction=None) == []


def test_a_target_that_is_a_bound_says_which_way_is_good() -> None:
    """Shows that at most five needs no direction."""
    rows = kpi("K-1", title="Số khiếu nại", target=Bounds(None, 5.0), actual=8, direction=None)
    assert found("RO264", facts(rows)) == []


def test_what_has_no_score_is_not_asked_about() -> None:
    """Shows that a KPI whose target cannot be read is told for that alone: no number of it is the wrong way round."""
    assert found("RO264", facts(kpi("K-1", title="Số khiếu nại", target=None, actual=8, direction=None))) == []


def below(title: str, baseline: float | None, **given: object) -> int:
    """Give how often a KPI planned at 100 is told for its start."""
    return len(found("RO265", facts(kpi("K-1", title=title, baseline=baseline, target=100, actual=90, **given))))


def test_a_plan_below_the_last_year_is_asked_about() -> None:
    """Shows that revenue planned below last year's is told, since less is then taken as better."""
    assert below("Doanh thu", 120, direction=None) == 1


@pytest.mark.parametrize("title", ["Tỷ lệ hàng lỗi", "Giảm công nợ", "Chi phí vận chuyển"])
def test_a_name_that_says_less_needs_no_question(title: str) -> None:
    """Shows that a plan below the start is what such a name promises."""
    assert below(title, 120, direction=None) == 0


def test_a_plan_above_the_start_or_a_direction_is_no_question() -> None:
    """Shows that nothing is asked where the plan rises, where a direction stands, or without a start."""
    assert below("Doanh thu", 80, direction=None) == 0
    assert below("Doanh thu", 120, direction=Direction.HIGHER) == 0
    assert below("Doanh thu", None, direction=None) == 0


def test_worksheets_that_are_one_a_month_ask_once() -> None:
    """Shows complaints, and a plan below last year's, in three worksheets of a month each."""
    months = (9, 10, 11)
    for code, given in (("RO264", {"title": "Complaints"}), ("RO265", {"title": "Revenue", "baseline": 9})):
        tabs = [
            kpi(f"K-{number}", id=None, sheet=f"T{number}", table=f"T{number}", period=month(number).period,
                direction=None, target=4, actual=5, **given)
            for number in months
        ]  # fmt: skip
        (finding,) = found(code, facts(*tabs, today=date(2025, 12, 20)))
        assert finding.item == "K-9"
