"""RO261: which numbers of a KPI are fractions beside percent, and which may well be true."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Aggregation, Direction, Frequency, Period, Quantity
from sheetsync.rules import Facts
from tests.factories import kpi
from tests.rules.facts import facts, found
from tests.rules.situation_parts import kept

MIXED = (0.85, 85, 0.9, 88)


def seen(*actuals: Any, target: Any = 90, of_row: Any = None, **given: Any) -> Facts:
    """Give the facts of a KPI with values from September on, each beside a target."""
    months = [kept(f"T{month}", actual, target) for month, actual in enumerate(actuals, 9)]
    return facts(kpi(target=of_row, periods=tuple(months), **{"direction": Direction.HIGHER, **given}))


def told(*actuals: Any, **given: Any) -> list[tuple[float, float]]:
    """Give the two numbers that RO261 holds against each other."""
    return [(hit.params["value"], hit.params["other"]) for hit in found("RO261", seen(*actuals, **given))]


@pytest.mark.parametrize(
    ("actuals", "target", "pair"),
    [
        (MIXED, 90, (0.85, 85)),
        (MIXED, 0.9, (0.85, 85)),
        (MIXED, None, (0.85, 85)),
        ((85, 88, 95, 0.91), 90, (0.91, 85)),
        ((0.85, 0.88, 95, 0.91), 0.9, (95, 0.85)),
        ((0.85, 0, 88, 1), 90, (0.85, 88)),
        ((0.85, None, 88, 90), 90, (0.85, 88)),
        ((0.85, 0.88, 0.9), 90, (0.85, 90)),
        ((85, 88, 90), 0.9, (85, 0.9)),
        ((0.02, 3, 2, 3), 3, (0.02, 3)),
    ],
)
def test_fractions_beside_percent_are_told_once(actuals: tuple[Any, ...], target: Any, pair: Any) -> None:
    """Shows that the numbers that are fewer are told, be they fractions or percent, beside any target."""
    assert told(*actuals, target=target) == [pair]
    assert told(*actuals, target=None, of_row=target) == [pair]


@pytest.mark.parametrize(
    ("actuals", "given"),
    [
        ((85, 88, 90), {}),
        ((0.85, 0.9, 0.95), {"target": 0.9}),
        ((0.85, 85), {}),
        ((0.85, 85, 200), {}),
        ((0.85, 85, -5), {}),
        ((0.85, 5, 12, 30), {"target": 50}),
        ((0.2, 85, 88, 90), {}),
        ((0.9, 15, 20, 25), {"target": 20}),
        ((85, 88, "90%"), {}),
        (MIXED, {"target": 900}),
        (MIXED, {"aggregation": Aggregation.SUM}),
        (MIXED, {"yearly": True, "target": None, "of_row": 90}),
        (MIXED, {"unit": "tấn"}),
        (MIXED, {"unit": "tỷ đồng"}),
        (MIXED, {"unit": "tỷ"}),
        (MIXED, {"unit": "%"}),
        ((0.85, 0.88, 0.9), {"direction": None}),
        ((30, 40, 25), {"target": 0.5, "direction": Direction.LOWER}),
    ],
)
def test_what_may_be_true_is_left_alone(actuals: tuple[Any, ...], given: dict[str, Any]) -> None:
    """Shows that amounts, sums, numbers of another size and rows on one scale are not told."""
    assert told(*actuals, **given) == []


def test_words_for_points_say_nothing_of_the_scale() -> None:
    """Shows that a unit that counts, such as points, does not keep the rule from telling."""
    assert told(*MIXED, unit="điểm") == told(*MIXED, unit="xyz") == [(0.85, 85)]


def test_points_of_a_hundred_are_percent() -> None:
    """Shows that 85/100 counts as 85, and that other scales are left to the rules about these."""
    months = [kept(f"T{month}", actual, 90) for month, actual in ((9, 85), (10, 0.9), (11, 88))]
    for scale, times in (("/100", 1), ("/10", 0)):
        told_on = months[0].actual._replace(value=Quantity(85, unit=scale))
        periods = (months[0]._replace(actual=told_on), *months[1:])
        assert len(found("RO261", facts(kpi(target=None, periods=periods, direction=Direction.HIGHER)))) == times


def test_quarters_do_not_count_as_months() -> None:
    """Shows that only periods of one length are held against each other."""
    months = [kept(f"T{month}", 85, 90) for month in (9, 10, 11)]
    quarter = kept("T12", 0.85, 90)
    third = Period(Frequency.QUARTER, quarter.period.start, quarter.period.end, "Q4")
    periods = (*months, quarter._replace(period=third))
    assert found("RO261", facts(kpi(target=None, periods=periods, direction=Direction.HIGHER))) == []


def test_a_percent_sign_makes_the_whole_row_clear() -> None:
    """Shows that a row in which one number is a percentage is left to the reading and to RO224."""
    months = [kept("T9", 85, 90), kept("T10", 0.85, 90), kept("T11", 88, 90)]
    percent = months[1].actual._replace(value=Quantity(0.85, percent=True))
    periods = (months[0], months[1]._replace(actual=percent), months[2])
    assert found("RO261", facts(kpi(target=None, periods=periods, direction=Direction.HIGHER))) == []


def test_a_row_is_told_by_one_rule_only() -> None:
    """Shows that neither RO248 nor RO250 tells what RO261 tells, and that RO224 tells it of percent."""
    hits = seen(0.8, 0.85, 90, target=0.9)
    assert [len(found(code, hits)) for code in ("RO224", "RO248", "RO250", "RO261")] == [0, 0, 0, 1]
    assert len(found("RO224", seen(*MIXED, unit="%"))) == 2
