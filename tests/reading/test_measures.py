"""What the cells of one row say together."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Bounds, Done, Milestones, PerPeriod, Quantity, Relative
from tests.reading.sheets import key_result, kpi, read

PERCENT_45 = Quantity(0.45, percent=True)


def number(value: float) -> Quantity:
    """Give a plain quantity."""
    return Quantity(float(value))


def test_native_numbers_stay_as_they_are() -> None:
    """Plain numbers are read as written."""
    found = key_result(Baseline=10, Target=20.5, Current=0)
    assert (found.baseline.value, found.target.value, found.current.value) == (number(10), number(20.5), number(0))


def test_a_percent_format_makes_a_percentage() -> None:
    """0.3 shown as 30 % is thirty per cent."""
    found = key_result(percent=(1, 2), Target=0.3, Current=0.12)
    assert found.target.value == Quantity(0.3, percent=True)
    assert found.current.value == Quantity(0.12, percent=True)


@pytest.mark.parametrize(
    ("unit", "target", "current", "read"),
    [
        ("%", "30%", 45, PERCENT_45),
        ("%", "30%", "45", PERCENT_45),
        ("phần trăm", "≥ 80%", 45, PERCENT_45),
        ("", "80%", 45, PERCENT_45),
        ("", "80%", 0.45, PERCENT_45),
        ("", "120%", 1.1, Quantity(1.1, percent=True)),
        ("", "80%", 1, Quantity(1.0, percent=True)),
        ("%", "5%", 1, Quantity(0.01, percent=True)),
        ("%", "5%", 0, Quantity(0.0, percent=True)),
        ("khách", "25%", 560, number(560)),
        ("%", 60, 45, number(45)),
    ],
)
def test_percentages_and_plain_numbers_of_a_row_come_to_one_scale(
    unit: str, target: Any, current: Any, read: Quantity
) -> None:
    """45 beside 30 % is 45 %; a number that plainly counts something else is left alone."""
    assert key_result(Unit=unit, Target=target, Current=current).current.value == read


def test_a_plain_target_follows_the_percentages_beside_it() -> None:
    """The odd one out is brought to the scale of the others, a bound too."""
    found = key_result(Unit="%", Baseline="50%", Target=">= 80", Current="65%")
    assert found.target.value == Bounds(0.8, None, percent=True)


@pytest.mark.parametrize(
    ("target", "current", "expected"),
    [
        ("15,5 tỷ", 12, (15.5, 12)),
        (15.5, "500 triệu", (15.5, 0.5)),
        (15.5, "12.000.000.000", (15.5, 12e9)),
        ("15,5", "12", (15.5, 12)),
    ],
)
def test_a_word_of_size_counts_in_the_unit_of_the_row(target: Any, current: Any, expected: tuple[float, float]) -> None:
    """Where the row counts in tỷ, 500 triệu is a half; a number without such a word is as written."""
    found = key_result(Unit="tỷ đồng", Target=target, Current=current)
    assert (found.target.value, found.current.value) == tuple(map(number, expected))


def test_bounds_and_rates_count_in_the_unit_of_the_row_too() -> None:
    """The size in a bound, a way and a monthly rate is the row's own."""
    assert key_result(Unit="tỷ", Target="từ 2 tỷ đến 3 tỷ").target.value == Bounds(2.0, 3.0)
    assert key_result(Unit="tỷ", Target="10-20").target.value == Bounds(10.0, 20.0)
    rate = key_result(Unit="tỷ", Target="500 triệu/tháng").target.value
    assert isinstance(rate, PerPeriod)
    assert rate.number == 0.5


def test_a_target_of_both_ends_gives_the_baseline_too() -> None:
    """From 35 to 68 fills a blank baseline, whose number then stands in the target's cell."""
    found = key_result(Baseline=None, Target="từ 35 tỷ lên 68 tỷ", Unit="tỷ đồng", Current=50)
    assert (found.baseline.value, found.target.value) == (number(35), number(68))
    assert found.baseline.ref == found.target.ref
    assert found.current.value == number(50)


def test_a_baseline_of_its_own_wins() -> None:
    """Only a blank baseline is filled."""
    found = key_result(Baseline=40, Target="từ 35 lên 68")
    assert (found.baseline.value, found.target.value) == (number(40), number(68))


@pytest.mark.parametrize(("metric", "target"), [("tăng", number(20)), ("trong khoảng", Bounds(10.0, 20.0))])
def test_the_metric_tells_a_way_from_a_range(metric: str, target: Any) -> None:
    """From ten to twenty is a way to go for a metric that grows."""
    found = key_result(Metric=metric, Baseline=None, Target="từ 10 đến 20")
    assert found.target.value == target
    assert found.baseline.value == (number(10) if metric == "tăng" else None)


@pytest.mark.parametrize(
    ("metric", "target", "current", "answer"),
    [
        ("yes/no", "có", "x", Done(True)),
        ("có/không", "x", "không", Done(False)),
        ("yes/no", None, 1, Done(True)),
        ("yes/no", True, False, Done(False)),
        ("yes/no", 1, 0, Done(False)),
        (None, "xong", "x", Done(True)),
        (None, "done", 1, Done(True)),
        (None, "done", "chưa xong", Done(False)),
    ],
)
def test_a_yes_no_row_reads_every_way_of_saying_it(metric: Any, target: Any, current: Any, answer: Done) -> None:
    """A cross, a one and TRUE are yes where the metric or the target says that yes or no is asked."""
    assert key_result(Metric=metric, Target=target, Current=current).current.value == answer


@pytest.mark.parametrize(
    ("metric", "target", "current"),
    [
        ("yes/no", None, 75),
        ("yes/no", 150, 75),
        ("yes/no", 150, 1),
        ("yes/no", "150 stores", "1"),
        (None, "yes", 120),
        ("yes/no", "done", -1),
        ("yes/no", "yes", "120%"),
    ],
)
def test_a_number_that_is_no_answer_is_unreadable(metric: Any, target: Any, current: Any) -> None:
    """Shows that 75 is neither yes nor no, and that 1 is none beside a target that counts something."""
    found = key_result(Metric=metric, Target=target, Current=current).current
    assert (found.value, found.raw) == (None, current)


@pytest.mark.parametrize(
    ("target", "current", "value"),
    [
        ("yes", 0.9, Quantity(0.9)),
        ("yes", "30%", Quantity(0.3, percent=True)),
        ("yes", "100%", Done(True)),
        ("yes", "0%", Done(False)),
        (150, "yes", Done(True)),
        ("100%", 1, Done(True)),
    ],
)
def test_shares_and_spoken_answers_stay_what_they_are(target: Any, current: Any, value: Any) -> None:
    """Shows that all and nothing of it are answers, a share is a share, and a spoken answer needs no fitting target."""
    assert key_result(Metric="yes/no", Target=target, Current=current).current.value == value


def test_other_metrics_read_numbers_beside_a_yes() -> None:
    """Shows that a percentage done stays one, whatever stands in the target."""
    found = key_result(Metric="percent done", Target="done", Current="120%").current
    assert found.value == Quantity(1.2, percent=True)


def test_months_and_the_log_are_asked_for_answers_too() -> None:
    """Shows a KPI over months and a check-in: a number is no answer there either."""
    (scored,) = read(KPI=[["KPI", "Direction", "Target", "T1", "T2"], ["Audit", "đạt/không đạt", "đạt", 50, 1]]).kpis
    assert [one.actual.value for one in scored.periods] == [None, Done(True)]
    okr = [["ID", "Key result", "Owner", "Metric", "Target"], ["KR-1", "Audit", "An", "yes/no", "yes"]]
    log = [["Date", "KR ID", "Value"], ["2025-11-10", "KR-1", 75], ["2025-11-11", "KR-1", "x"]]
    assert [entry.value.value for entry in read(OKR=okr, Log=log).check_ins] == [None, Done(True)]


def test_a_cross_in_a_row_of_numbers_is_unreadable() -> None:
    """Nothing is a yes where a number is asked."""
    assert key_result(Target=20, Current="x").current.unreadable


def test_milestones_done_are_named_by_the_target() -> None:
    """Names, numbers and percentages all say how far a list of steps is."""
    steps = "1. Khảo sát; 2. Thiết kế; 3. Chạy thử"
    assert key_result(Target=steps, Current="khao sat, Thiết kế").current.value == Milestones(("Khảo sát", "Thiết kế"))
    assert key_result(Target=steps, Current="1;3").current.value == Milestones(("Khảo sát", "Chạy thử"))
    assert key_result(Target=steps, Current="50%").current.value == Quantity(0.5, percent=True)
    assert key_result(Target=steps, Current="gần xong").current.unreadable


def test_the_unit_of_the_row_may_follow_a_number() -> None:
    """A unit of the firm's own is understood in its own row only."""
    assert key_result(Unit="rổ", Target="12 rổ").target.value == Quantity(12.0, unit="rổ")
    assert key_result(Unit="kg", Target="12 rổ").target.unreadable


@pytest.mark.parametrize("blank", ["-", "–", "N/A", "n/a", "chưa có", "  ", "", None])
def test_words_for_nothing_are_blank(blank: str | None) -> None:
    """A dash is an empty cell, not a wrong one."""
    found = key_result(Target=20, Current=blank)
    assert found.current.raw is None
    assert found.current.blank


@pytest.mark.parametrize("broken", ["#N/A", "#DIV/0!", "khoảng một nửa", "abc", float("nan"), float("inf")])
def test_what_cannot_be_read_keeps_its_text(broken: Any) -> None:
    """The raw value stays for the rules to show."""
    found = key_result(Target=20, Current=broken)
    assert found.current.unreadable
    assert found.current.raw is broken


@pytest.mark.parametrize("language", ["vi", "en", None])
@pytest.mark.parametrize("target", ["1.234", "1,234"])
def test_no_language_settles_what_an_unclear_number_means(language: str | None, target: str) -> None:
    """Both forms stand in the sheets of either language: a number that nothing explains is left to the rules."""
    assert key_result(language, Target=target).target.unreadable


def test_another_column_of_the_table_shows_the_marks() -> None:
    """A clear number in one column settles an unclear one in the next."""
    assert key_result(Target="1.234", Current="12,5").target.value == number(1234)
    assert key_result(Target="1.234", Current="12.5").target.value == number(1.234)


def test_a_relative_target_reads_with_its_baseline_untouched() -> None:
    """A growth of 25 % leaves a baseline of 500 alone."""
    found = key_result(Baseline=500, Target="tăng 25%", Current=560)
    assert found.target.value == Relative(0.25)
    assert found.baseline.value == number(500)


@pytest.mark.parametrize(("baseline", "current"), [("50%", "52%"), (50, 52), (0.5, "52%"), ("50%", 52)])
def test_percentage_points_make_percentages_of_the_numbers_beside_them(baseline: Any, current: Any) -> None:
    """Shows that a row whose target is five points more counts percentages, however its numbers are typed."""
    found = key_result(Baseline=baseline, Target="+5 điểm phần trăm", Current=current)
    assert found.target.value == Relative(0.05, points=True)
    assert (found.baseline.value, found.current.value) == (Quantity(0.5, percent=True), Quantity(0.52, percent=True))


def test_percentage_points_of_what_is_no_percentage_are_unreadable() -> None:
    """Shows that 500 orders and five points more is left to the rules; without a baseline the points stay."""
    found = key_result(Baseline=500, Target="+5 pp", Current=510)
    assert found.target.unreadable
    assert found.baseline.value == number(500)
    assert key_result(Target="+5 pp", Current="52%").target.value == Relative(0.05, points=True)


def test_a_percentage_below_zero_beside_a_plain_baseline_is_a_change() -> None:
    """Shows that -20% says the same as a text and as a number, in a row and beside each metric."""
    for metric in (None, "decrease"):
        typed = key_result(percent=(3,), Metric=metric, Baseline=100, Target=-0.2, Current=90)
        text = key_result(Metric=metric, Baseline=100, Target="-20%", Current=90)
        assert typed.target.value == text.target.value == Relative(-0.2)
        assert typed.baseline.value == number(100)
        assert typed.current.value == number(90)


@pytest.mark.parametrize(
    ("percent", "row"),
    [
        ((1, 2), {"Baseline": 0.1, "Target": -0.2}),
        ((2, 3), {"Baseline": 5, "Target": -0.2, "Current": 0.01}),
        ((2,), {"Baseline": -5, "Target": -0.2}),
        ((2,), {"Baseline": None, "Target": -0.2}),
        ((2,), {"Baseline": 50, "Target": -0.2, "Unit": "%"}),
    ],
)
def test_a_percentage_below_zero_among_percentages_is_a_level(percent: tuple[int, ...], row: dict[str, Any]) -> None:
    """Shows a margin that falls below zero, and rows of which nobody can tell."""
    assert key_result(percent=percent, **row).target.value == Quantity(-0.2, percent=True)


def test_periods_of_a_kpi_read_like_a_row() -> None:
    """The target of a KPI lends its scale to every period."""
    found = kpi(["KPI", "Unit", "Target", "T10", "T11"], ["Đúng hạn", "%", "95%", 90, "92%"])
    assert [entry.actual.value for entry in found.periods] == [Quantity(0.9, True), Quantity(0.92, True)]
