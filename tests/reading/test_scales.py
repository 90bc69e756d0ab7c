"""Numbers on a scale beside percentages, beside other scales and beside plain numbers."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Bounds, Milestones, Quantity, Relative
from tests.reading.sheets import OKR, key_result, kpi, read


def share(number: float) -> Quantity:
    """Give a percentage."""
    return Quantity(number, percent=True)


@pytest.mark.parametrize(
    ("row", "target", "current"),
    [
        ({"Metric": "percent done", "Target": None, "Current": "4/5"}, None, share(0.8)),
        ({"Metric": "percent done", "Target": "100%", "Current": "4/5"}, share(1.0), share(0.8)),
        ({"Metric": "percent done", "Target": "4/5", "Current": "2/5"}, share(0.8), share(0.4)),
        ({"Target": "80%", "Current": "8/10"}, share(0.8), share(0.8)),
        ({"Target": "≥ 80%", "Current": "7/10"}, Bounds(0.8, None, percent=True), share(0.7)),
        ({"Target": "≥ 4/5", "Current": "75%"}, Bounds(0.8, None, percent=True), share(0.75)),
        ({"Target": 80, "Unit": "%", "Current": "8/10"}, share(0.8), share(0.8)),
        ({"Target": "4/5", "Current": "80%"}, share(0.8), share(0.8)),
        ({"Target": "4/5", "Current": "8/10"}, share(0.8), share(0.8)),
        ({"Target": "≥ 4/5 điểm", "Current": "8/10"}, Bounds(0.8, None, percent=True), share(0.8)),
        ({"Unit": "/5", "Target": 4, "Current": "8/10"}, share(0.8), share(0.8)),
        ({"Unit": "điểm/5", "Target": "80%", "Current": 4}, share(0.8), share(0.8)),
        ({"Baseline": "3/5", "Target": "+5 pp", "Current": "4/5"}, Relative(0.05, points=True), share(0.8)),
    ],
)
def test_a_number_on_a_scale_is_a_share_of_it_beside_percentages_and_other_scales(
    row: dict[str, Any], target: Any, current: Any
) -> None:
    """Shows that 8/10 is 80 % where the row counts in percent, and where its scales differ."""
    found = key_result(**row)
    assert (found.target.value, found.current.value) == (target, current)


@pytest.mark.parametrize(
    ("row", "target", "current"),
    [
        ({"Target": "4,5/5", "Current": "4,2/5"}, Quantity(4.5, unit="/5"), Quantity(4.2, unit="/5")),
        ({"Target": 4.5, "Current": "4,2/5"}, Quantity(4.5), Quantity(4.2, unit="/5")),
        ({"Target": 4, "Current": "5/5"}, Quantity(4), Quantity(5, unit="/5")),
        ({"Target": "9/10", "Current": 8}, Quantity(9, unit="/10"), Quantity(8)),
        ({"Unit": "/5", "Target": 4, "Current": "3/5"}, Quantity(4), Quantity(3, unit="/5")),
        ({"Unit": "bài/tháng", "Target": "80%", "Current": 40}, share(0.8), share(0.4)),
        ({"Target": 90, "Current": "85/100"}, Quantity(90), Quantity(85, unit="/100")),
        ({"Target": 9, "Current": "8/100"}, Quantity(9), Quantity(8, unit="/100")),
        ({"Metric": "decrease", "Target": 9, "Current": "85/100"}, Quantity(9), Quantity(85, unit="/100")),
        ({"Target": "≥ 4/5", "Current": "4,2/5"}, Bounds(4, None), Quantity(4.2, unit="/5")),
        (
            {"Metric": "milestone", "Target": "A; B; C", "Current": "2/3"},
            Milestones(("A", "B", "C")),
            Quantity(2, unit="/3"),
        ),
    ],
)
def test_numbers_of_one_scale_stay_what_they_are(row: dict[str, Any], target: Any, current: Quantity) -> None:
    """Shows that a row on one scale counts in its points, the plain numbers that fit on it too."""
    found = key_result(**row)
    assert (found.target.value, found.current.value) == (target, current)


@pytest.mark.parametrize(
    "row",
    [
        {"Target": 9, "Current": "85/100"},
        {"Target": "9/10", "Current": 85},
        {"Target": 80, "Current": "8/10"},
        {"Unit": "/5", "Target": 80, "Current": "4/5"},
        {"Baseline": 3, "Target": "4/5", "Current": "8/10"},
    ],
)
def test_a_plain_number_that_is_not_on_the_scale_leaves_the_row_without_a_value(row: dict[str, Any]) -> None:
    """Shows what cannot be compared, once with a doubt at the current value."""
    goals = read(OKR=[["Key result", "Owner", *row], ["Rating", "An", *row.values()]])
    current = goals.key_results[0].current
    assert current.unreadable
    assert [(doubt.kind, doubt.cell.ref) for doubt in goals.doubts] == [("scale", current.ref)]


def test_a_baseline_that_is_not_on_the_scale_is_told_where_there_is_no_current_value() -> None:
    """Shows the cell that is marked, and that the target stays."""
    found = key_result(Baseline=70, Target="4/5", Current=None)
    assert found.baseline.unreadable
    assert found.target.value == Quantity(4, unit="/5")


@pytest.mark.parametrize(
    ("target", "typed", "value"),
    [
        ("80%", "8/10", share(0.8)),
        ("4/5", "8/10", Quantity(4.0)),
        ("4/5", "80%", Quantity(4.0)),
        ("4/5", "4,2/5", Quantity(4.2, unit="/5")),
        ("≥ 4/5", "8/10", Quantity(4.0)),
        ("≥ 4/5", 4.2, Quantity(4.2)),
    ],
)
def test_the_log_is_read_on_the_scale_of_the_row(target: str, typed: str | float, value: Quantity) -> None:
    """Shows that 8/10 in the log is four of five where the row counts so."""
    row = ["KR-1", None, "Rating", "An", None, None, 1, None, target, None, None]
    goals = read(
        OKR=[OKR, ["O-1", "Grow", *[None] * 9], row], Log=[["Date", "KR ID", "Value"], ["05/11", "KR-1", typed]]
    )
    assert [entry.value.value for entry in goals.check_ins] == [value]


def test_a_log_that_cannot_be_compared_is_told_at_its_own_cell() -> None:
    """Shows the doubt in the log, and months of a KPI."""
    row = ["KR-1", None, "Rating", "An", None, None, 1, None, 9, None, None]
    log = [["Date", "KR ID", "Value"], ["20/11", "KR-1", "85/100"]]
    goals = read(OKR=[OKR, ["O-1", "Grow", *[None] * 9], row], Log=log)
    assert [str(doubt.cell.ref) for doubt in goals.doubts] == ["Log!C2"]
    found = kpi(["KPI", "Unit", "Target", "T10", "T11"], ["Đánh giá", "điểm", "80%", "8/10", "85/100"])
    assert [entry.actual.value for entry in found.periods] == [share(0.8), share(0.85)]


@pytest.mark.parametrize("given", [{"Target": 4.5}, {"Target": "≥ 4,5"}, {"Baseline": 3.5, "Target": 4}])
def test_a_value_out_of_ten_beside_one_out_of_five_is_told(given: dict[str, Any]) -> None:
    """Shows that 4.5 is not held against eight of ten, nor 3.5 to 4, while a whole 4 may be four of ten."""
    assert key_result(**given, Current="8/10").current.unreadable
    assert key_result(**given, Current="4/10").current.value == Quantity(4, unit="/10")
    assert key_result(Target=4, Current="8/10").current.value == Quantity(8, unit="/10")


@pytest.mark.parametrize(
    ("target", "months", "shares"),
    [
        ("9/10", ["4/5", "8/10", "8/10"], [0.8, 0.8, 0.8]),
        ("4,5/5", ["8/10", 4.2, "4,1/5"], [0.8, 0.84, 0.82]),
        ("≥ 4/5", [4.2, "80%", None], [0.84, 0.8, None]),
    ],
)
def test_the_months_of_a_kpi_are_on_one_scale(target: str, months: list[Any], shares: list[float | None]) -> None:
    """Shows that no month is a hundredth of another because one of them was typed on another scale."""
    found = kpi(["KPI", "Target", "T10", "T11", "T12"], ["Rating", target, *months])
    wanted = [None if one is None else share(one) for one in shares]
    assert [entry.actual.value for entry in found.periods] == wanted
    assert len({entry.target.value for entry in found.periods}) == 1


def test_a_month_on_another_scale_than_a_plain_target_is_told() -> None:
    """Shows that 8/10 is left out and doubted among months of 4.2 against 4.5."""
    goals = read(KPI=[["KPI", "Target", "T10", "T11"], ["Rating", 4.5, "8/10", 4.2]])
    assert [entry.actual.value for entry in goals.kpis[0].periods] == [None, Quantity(4.2)]
    assert [(doubt.kind, str(doubt.cell.ref)) for doubt in goals.doubts] == [("scale", "KPI!C2")]


@pytest.mark.parametrize(
    ("unit", "target", "months", "unread"),
    [
        (None, 8, ("8/10", 8.5, "9/10", 85), [85]),
        ("điểm", 8, (85, "8/10", 8.5, 90), [85, 90]),
        (None, None, (8.5, "8/10", 85), [85]),
        (None, "≥ 8", ("8/10", 8.5, 85), [85]),
        (None, 4, ("4/5", 8, 4.5), [8]),
        (None, 8, ("8/10", 8.5, 10, "9/10"), []),
        (None, None, ("8/10", "4/5", 8.5), []),
        (None, None, ("85/100", 8.5, 85), []),
        ("%", 80, ("8/10", 85), []),
        (None, "80%", ("8/10", 85), []),
        (None, 8, (8, 8.5, 9, 85), []),
    ],
)
def test_a_month_beyond_the_scale_of_the_others_is_told(
    unit: Any, target: Any, months: tuple[Any, ...], unread: list[float]
) -> None:
    """Shows that 85 is not averaged with months out of ten, and that numbers which may be on the scale stay."""
    header = ["KPI", "Unit", "Target", *(f"T{number}" for number in range(1, len(months) + 1))]
    goals = read(KPI=[header, ["Đánh giá", unit, target, *months]])
    actuals = [entry.actual for entry in goals.kpis[0].periods]
    assert [cell.raw for cell in actuals if cell.unreadable] == unread
    assert [(doubt.kind, doubt.cell.raw) for doubt in goals.doubts] == [("scale", raw) for raw in unread]


def test_beside_a_target_that_is_not_on_the_scale_its_months_stay() -> None:
    """Shows that 85 is held against the target 90, and that the months out of ten are told instead."""
    header = ["KPI", "Target", "T1", "T2", "T3"]
    goals = read(KPI=[header, ["Đánh giá", 90, 85, "8/10", "9/10"]])
    actuals = [entry.actual for entry in goals.kpis[0].periods]
    assert [cell.raw for cell in actuals if cell.unreadable] == ["8/10", "9/10"]
