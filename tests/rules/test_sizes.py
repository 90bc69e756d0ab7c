"""RO248 to RO250: numbers that are most likely of different sizes, and those that may well be true."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Bounds, Direction, Frequency, Metric, PerPeriod, Quantity
from sheetsync.rules import message
from tests.factories import check_in, kpi, objective
from tests.rules.facts import ENGLISH, VIETNAMESE, facts, found
from tests.rules.situation_parts import kept, measured, one, percent, result, typed

BILLIONS = typed("5 tỷ", Quantity(5e9))


def told(code: str, seen: Any) -> list[str]:
    """Give the cells in which a rule is told."""
    return [str(hit.cell) for hit in found(code, seen)]


@pytest.mark.parametrize(
    ("given", "far"),
    [
        ({"target": 50, "current": 500}, True),
        ({"target": 50, "current": 499}, False),
        ({"target": 10, "current": 999}, False),
        ({"target": 10, "current": 1000}, True),
        ({"target": 5, "current": typed("3 tỷ", Quantity(3e9), 19)}, True),
        ({"target": 5, "current": 3_000_000_000}, True),
        ({"target": 50, "current": -600}, True),
        ({"target": percent(50), "current": percent(4500)}, True),
        ({"target": percent(20), "current": percent(310)}, False),
        ({"target": 101, "baseline": 100, "current": 130}, False),
        ({"target": 400, "baseline": 500, "current": 450_000, "metric": Metric.DECREASE}, True),
        ({"target": 20, "baseline": 30, "current": 45, "metric": Metric.DECREASE}, False),
        ({"target": 4e9, "baseline": 5e9, "current": 4.5, "metric": Metric.DECREASE}, True),
        ({"target": 400, "baseline": 500, "current": 0, "metric": Metric.DECREASE}, False),
        ({"target": 0, "baseline": 5, "current": 5000, "metric": Metric.DECREASE}, False),
        ({"target": typed("≥ 95", Bounds(95, None)), "current": 9500, "metric": None}, True),
        ({"target": typed("≤ 20", Bounds(None, 20)), "current": 1999, "metric": None}, False),
        ({"target": typed("≤ 20", Bounds(None, 20)), "current": 2000, "metric": None}, True),
        ({"target": typed("≤ 5000", Bounds(None, 5000)), "current": 6, "metric": None}, False),
        ({"target": typed("≤ 5000", Bounds(None, 5000)), "current": 5, "metric": None}, True),
        ({"target": 50, "current": None}, False),
    ],
)
def test_how_far_a_result_may_be_from_its_target(given: dict[str, Any], far: bool) -> None:
    """Ten times is too far where a hundred is not needed: of small targets, of limits; steps between are no sizes."""
    usual = {"unit": "orders", "baseline": None, "metric": Metric.INCREASE}
    assert told("RO248", one(**{**usual, **given})()) == (["OKR!S6"] if far else [])


@pytest.mark.parametrize(
    ("direction", "target", "actual", "far"),
    [
        (Direction.HIGHER, 50, 500, True),
        (Direction.HIGHER, 50, 450, False),
        (Direction.HIGHER, 5, 3000, True),
        (Direction.LOWER, 20, 1, False),
        (Direction.LOWER, 20, 300, False),
        (Direction.LOWER, 20, 2000, True),
        (Direction.LOWER, 5000, 3, True),
        (Direction.LOWER, 5000, 0, False),
    ],
)
def test_how_far_a_kpi_may_be_from_its_target(direction: Direction, target: float, actual: float, far: bool) -> None:
    """One complaint instead of twenty is true; a hundred times the target, or a thousandth of it, hardly is."""
    seen = measured(direction=direction, target=target, actual=actual)()
    assert told("RO248", seen) == ([str(seen.goals.kpis[0].actual.ref)] if far else [])


def test_the_value_that_counts_is_told_with_target_and_progress() -> None:
    """The log's cell is named where the log counts; percentages are told as such."""
    entry = check_in(value=percent(4500), date=date(2025, 11, 18))
    own = result(baseline=None, target=percent(50), current=None, check_in_date=None)
    (hit,) = found("RO248", facts(objective(), own, result("KR-2", 7), entry))
    assert hit.cell == entry.value.ref
    assert message(hit, ENGLISH).startswith("The value 4,500% is very far from the target 50% (progress 9,000%). ")
    assert message(hit, VIETNAMESE).startswith("Giá trị 4.500% cách chỉ tiêu 50% quá xa (tiến độ 9.000%). ")


def test_what_another_rule_tells_is_told_once() -> None:
    """Percentages among plain numbers and different units are told by their own rules."""
    mixed = one(unit=None, baseline=None, target=percent(95), current=193)()
    units = (typed("50 USD", Quantity(50, unit="USD")), typed("30 triệu đồng", Quantity(3e7), 19))
    differing = one(unit=None, baseline=None, target=units[0], current=units[1])()
    assert [told("RO248", seen) for seen in (mixed, differing)] == [[], []]
    assert (len(told("RO224", mixed)), len(told("RO247", differing))) == (1, 1)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"current": 3}, "OKR!S6"),
        ({"current": typed("3", Quantity(3), 19)}, "OKR!S6"),
        ({"current": 3, "unit": "dong"}, "OKR!S6"),
        ({"current": 3, "target": typed("≥ 5 tỷ", Bounds(5e9, None)), "metric": None}, "OKR!S6"),
        ({"current": 4, "target": 4, "baseline": typed("5,5 tỷ", Quantity(5.5e9), 17)}, "OKR!S6"),
        ({"current": typed("3 tỷ", Quantity(3e9), 19), "baseline": 2}, "OKR!Q6"),
        ({"current": 3, "target": typed("5k", Quantity(5000))}, "OKR!S6"),
        ({"current": 4, "target": typed("3 tỷ rưỡi", Quantity(3.5e9))}, "OKR!S6"),
        ({"current": 3, "target": typed("5 nghìn rưỡi", Quantity(5500)), "unit": "followers"}, None),
        ({"current": 3, "target": typed("5k", Quantity(5000)), "unit": "followers"}, None),
        ({"current": 3, "unit": "tỷ đồng"}, None),
        ({"current": 3, "unit": "triệu"}, None),
        ({"current": 0}, None),
        ({"current": typed("3 khách", Quantity(3, unit="khách"), 19)}, None),
        ({"current": percent(3)}, None),
        ({"current": 4_000_000}, None),
        ({"current": 3_000_000_000}, None),
        ({"current": 3, "target": typed("5.000.000.000", Quantity(5e9))}, None),
        ({"current": 6, "target": typed("5k", Quantity(5000))}, None),
        ({"current": 8000, "baseline": 3, "target": typed("10k", Quantity(10_000))}, None),
        ({"current": None}, None),
        ({"current": 4000}, "OKR!S6"),
        ({"current": 99_999}, "OKR!S6"),
        ({"current": 400_000}, None),
        ({"current": 4000, "unit": "triệu"}, None),
        ({"current": 300, "target": typed("500 triệu", Quantity(5e8))}, "OKR!S6"),
        ({"current": 60_000, "target": typed("500 triệu", Quantity(5e8))}, "OKR!S6"),
        ({"current": 4000, "target": 5e9, "unit": "VND"}, "OKR!S6"),
        ({"current": 4, "target": 5e9, "unit": "đồng"}, "OKR!S6"),
        ({"current": 4000, "target": 5e9, "unit": "triệu đồng"}, None),
        ({"current": 4000, "target": 5e9, "unit": "khách"}, None),
        ({"current": 4000, "target": 5e9}, None),
        ({"current": 0, "target": 5e9, "unit": "VND"}, None),
        ({"current": 150_000, "target": 5e9, "unit": "VND"}, None),
        ({"current": 4000, "target": 9e7, "unit": "VND"}, None),
        ({"current": 0.8, "target": typed("1 tỷ/tháng", PerPeriod(1e9, Frequency.MONTH))}, "OKR!S6"),
    ],
)
def test_which_number_lacks_its_size(given: dict[str, Any], place: str | None) -> None:
    """A bare number is told beside one with a word of size, where it would fit with that word and is nothing without.

    Millions in full beside billions in words are well, and so is what stands under a unit that has the size.
    """
    usual = {"unit": None, "baseline": None, "target": BILLIONS}
    assert told("RO249", one(**{**usual, **given})()) == ([] if place is None else [place])


def test_months_without_a_size_are_told_once() -> None:
    """The first month of a KPI stands for all of them; the log is looked at as the row is."""
    months = tuple(kept(name, 3)._replace(target=BILLIONS) for name in ("T9", "T10"))
    scored = kpi(unit=None, target=BILLIONS, periods=months)
    assert told("RO249", facts(scored)) == [str(months[0].actual.ref)]
    entry = check_in(value=3, date=date(2025, 11, 18))
    own = result(unit=None, baseline=None, target=BILLIONS, current=None, check_in_date=None)
    assert told("RO249", facts(objective(), own, result("KR-2", 7), entry)) == [str(entry.value.ref)]


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ((5, 6, 600), 2),
        ((600, 6, 5), 0),
        ((5, 6, 599), None),
        ((5, 0, 600), None),
        ((5, 600), None),
        ((600, 600, 5), None),
    ],
)
def test_one_month_that_is_out_of_line(values: tuple[float, ...], place: int | None) -> None:
    """A month is told that is a hundred times every other one, of which there are two that are not 0."""
    months = tuple(kept(name, value) for name, value in zip(("T9", "T10", "T11"), values, strict=False))
    seen = facts(kpi(target=None, periods=months))
    assert told("RO250", seen) == ([] if place is None else [str(months[place].actual.ref)])


def test_a_month_in_another_unit_is_told_by_its_unit() -> None:
    """A month in đồng among others in dollars is told once, and so is a month that makes the whole implausible."""
    months = tuple(kept(name, 400) for name in ("T9", "T10", "T11"))
    odd = months[2].actual._replace(raw="10 triệu đồng", value=Quantity(1e7))
    target = typed("500 USD", Quantity(500, unit="USD"))
    seen = facts(kpi(unit=None, target=target, periods=(*months[:2], months[2]._replace(actual=odd))))
    assert [len(told(code, seen)) for code in ("RO247", "RO248", "RO250")] == [1, 0, 0]
    months = (kept("T9", 40_000_000, 500), *(kept(name, 400, 500) for name in ("T10", "T11")))
    seen = facts(kpi(unit=None, target=None, periods=months))
    assert [len(told(code, seen)) for code in ("RO247", "RO248", "RO250")] == [0, 0, 1]
