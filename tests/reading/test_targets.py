"""Targets and current values that are more than a number."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Bounds, Done, Frequency, Metric, Milestones, PerPeriod, Quantity, Relative
from sheetsync.reading.moves import Move
from sheetsync.reading.targets import Texts
from sheetsync.reading.words import Words
from tests.reading.sheets import LEXICON

TEXTS = Texts(Words(LEXICON))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("20", Quantity(20.0)),
        ("25%", Quantity(0.25, percent=True)),
        (">=20", Bounds(20.0, None)),
        ("≥ 80%", Bounds(0.8, None, percent=True)),
        ("> 5", Bounds(5.0, None)),
        ("<= 5", Bounds(None, 5.0)),
        ("≤5%", Bounds(None, 0.05, percent=True)),
        ("tối đa 5", Bounds(None, 5.0)),
        ("Không quá 3 ngày", Bounds(None, 3.0)),
        ("ít nhất 50", Bounds(50.0, None)),
        ("at least 50 customers", Bounds(50.0, None)),
        ("up to 5", Bounds(None, 5.0)),
        ("10-20", Bounds(10.0, 20.0)),
        ("10 – 20", Bounds(10.0, 20.0)),
        ("10-20%", Bounds(0.1, 0.2, percent=True)),
        ("từ 10 đến 20", Bounds(10.0, 20.0)),
        ("between 10 and 20", Bounds(10.0, 20.0)),
        ("10 - 20 triệu", Bounds(10e6, 20e6)),
        ("-10% đến +10%", Bounds(-0.1, 0.1, percent=True)),
        ("từ 35 tỷ lên 68 tỷ", Move(Quantity(35e9), Quantity(68e9))),
        ("từ 35 lên 68 tỷ", Move(Quantity(35e9), Quantity(68e9))),
        ("giảm từ 5% xuống còn 3%", Move(Quantity(0.05, True), Quantity(0.03, True))),
        ("increase from 5% to 8%", Move(Quantity(0.05, True), Quantity(0.08, True))),
        ("5 → 10", Move(Quantity(5.0), Quantity(10.0))),
        ("+20%", Relative(0.2)),
        ("tăng 25%", Relative(0.25)),
        ("giảm 50%", Relative(-0.5)),
        ("reduce by 30 %", Relative(-0.3)),
        ("improve by 50%", Relative(0.5, signed=False)),
        ("cải thiện 50%", Relative(0.5, signed=False)),
        ("+5pp", Relative(0.05, points=True)),
        ("+5 điểm phần trăm", Relative(0.05, points=True)),
        ("+2,5 điểm %", Relative(0.025, points=True)),
        ("+5 percentage points", Relative(0.05, points=True)),
        ("+1 p.p.", Relative(0.01, points=True)),
        ("-5 pp", Relative(-0.05, points=True)),
        ("tăng 5 điểm phần trăm", Relative(0.05, points=True)),
        ("giảm 3 pp", Relative(-0.03, points=True)),
        ("cải thiện 5 pp", Relative(0.05, signed=False, points=True)),
        ("55 pp", Quantity(0.55, percent=True)),
        ("2/tháng", PerPeriod(2.0, Frequency.MONTH)),
        ("2 lần/tháng", PerPeriod(2.0, Frequency.MONTH)),
        ("2 buổi chia sẻ mỗi tháng", PerPeriod(2.0, Frequency.MONTH)),
        ("2 a month", PerPeriod(2.0, Frequency.MONTH)),
        ("2 per week", PerPeriod(2.0, Frequency.WEEK)),
        ("500 triệu/tháng", PerPeriod(500e6, Frequency.MONTH)),
        ("1. A; 2. B (30%); 3. C", Milestones(("A", "B", "C"), (0.35, 0.3, 0.35))),
        ("- Lên kế hoạch\n- Làm thử\n- Chạy thật", Milestones(("Lên kế hoạch", "Làm thử", "Chạy thật"))),
        ("A (60%)\nB (40%)", Milestones(("A", "B"), (0.6, 0.4))),
        ("có/không", Done(True)),
        ("Có", Done(True)),
        ("✓", Done(True)),
        ("Đạt", Done(True)),
        ("done", Done(True)),
        ("TRUE", Done(True)),
    ],
)
def test_a_target_says_what_it_asks_for(text: str, target: Any) -> None:
    """Bounds, ranges, changes, rates, milestones and yes are all read, in both languages."""
    assert TEXTS.target(text) == target


@pytest.mark.parametrize(
    "text",
    [
        "khoảng một nửa",
        "khoảng 10-15",
        "≥ ~80",
        "Hoàn thành 12/2023",
        "2025-10-20",
        "+5",
        "≥ 80%\n(theo khảo sát)",
        "tăng lên 80%",
        "tăng 5 khách",
        "2 - 3/tháng",
        "x",
        "không",
        "nhiều hơn",
        "từ 5 đến nhiều",
        "5% - 10 khách",
        ";;",
        "tối đa",
        "≥95%: 100; ≥90%: 60; <90%: 0",
        "≥ 95% => 100\n≥ 90% => 60",
        "100% = 10đ; 90% = 8đ",
        "100% = 10 điểm; 90% = 8 điểm; còn lại: 0",
        "≥95%: Tốt; ≥80%: Khá; còn lại: Yếu",
        "95% trở lên: 100; từ 90% đến 95%: 60; dưới 90%: 0",
        "80-95%: 60; 95-100%: 100",
        "Tốt ≥95%; Khá ≥80%",
        "Tốt (≥95%); Khá (≥80%); Yếu",
        "Xuất sắc từ 100% trở lên; Tốt từ 95%",
        "Tốt: ≥95%; Khá: ≥80%",
        "A ≥ 4,5; B ≥ 4; C ≥ 3,5",
    ],
)
def test_a_target_that_could_mean_anything_is_unreadable(text: str) -> None:
    """What cannot be measured with certainty is left to the rules."""
    assert TEXTS.target(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Pilot: 3 cửa hàng Hà Nội; Mở rộng",
        "5/10: Ký hợp đồng; 20/11: Giao hàng",
        "1 - Thử; 2 - Chạy",
        "Ký ≥ 5 hợp đồng đầu tiên; Giao hàng",
        "Pilot with NPS ≥ 40; Roll out to all stores",
        "50%: xong bản thử; 100%: chạy thật",
        "Q4: ra mắt; Q1: mở rộng",
        "Trên 100 khách: mở chi nhánh; Trên 200 khách: mở kho",
    ],
)
def test_steps_with_numbers_in_their_names_are_steps(text: str) -> None:
    """Shows that a number, a date or a bound in a name makes no ladder of a list."""
    found = TEXTS.target(text)
    assert isinstance(found, Milestones)
    assert found.names == tuple(text.split("; "))


def test_the_metric_decides_what_a_text_means() -> None:
    """A cross is a yes, commas part milestones, and a range is a way to go, where the metric says so."""
    assert TEXTS.target("x", Metric.YES_NO) == Done(True)
    assert TEXTS.target("không", Metric.YES_NO) == Done(False)
    assert TEXTS.target("Plan, pilot, launch", Metric.MILESTONE) == Milestones(("Plan", "pilot", "launch"))
    assert TEXTS.target("từ 5 đến 10", Metric.INCREASE) == Move(Quantity(5.0), Quantity(10.0))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Plan", ("Plan",)),
        ("plan, Pilot", ("Plan", "Pilot")),
        ("1, 3", ("Plan", "Launch, big")),
        ("2", ("Pilot",)),
        ("1. Plan\n2. Pilot", ("Plan", "Pilot")),
        ("Pilot (30%)", ("Pilot",)),
        ("Launch, big", ("Launch, big",)),
        ("Plan, Plan", ("Plan",)),
    ],
)
def test_steps_that_are_done_are_named_or_numbered(text: str, names: tuple[str, ...]) -> None:
    """The names that come back are those of the target's own list."""
    steps = Milestones(("Plan", "Pilot", "Launch, big"))
    assert TEXTS.steps_done(text, steps) == Milestones(names)


@pytest.mark.parametrize("text", ["Plan, party", "4", "soon", ""])
def test_a_step_that_is_not_in_the_list_is_unreadable(text: str) -> None:
    """One unknown step makes the whole cell unreadable."""
    assert TEXTS.steps_done(text, Milestones(("Plan", "Pilot"))) is None


def test_shares_that_are_left_are_divided_among_the_rest() -> None:
    """Steps without a share divide what the others leave, which may be nothing."""
    found = TEXTS.milestones("A (70%); B (50%); C")
    assert found is not None
    assert found.weights == (0.7, 0.5, 0.0)
