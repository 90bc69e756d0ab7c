"""RO260: shares that are more than the whole, and what is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Bounds, Direction, Metric
from sheetsync.rules import message
from tests.factories import check_in, kpi, objective
from tests.rules.facts import ENGLISH, facts, found
from tests.rules.situation_parts import kept, measured, one, percent, result, typed


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"target": 95, "current": 193, "unit": "%"}, True),
        ({"target": 95, "current": 149, "unit": "%"}, False),
        ({"target": 95, "current": -5, "unit": "%"}, True),
        ({"target": 95, "current": 193, "unit": "orders"}, False),
        ({"target": 95, "current": 193, "unit": None}, False),
        ({"target": percent(95), "current": percent(193), "unit": None}, True),
        ({"target": percent(50), "current": percent(150)}, True),
        ({"target": percent(49), "current": percent(193)}, False),
        ({"target": percent(100), "current": percent(193)}, False),
        ({"target": percent(95), "current": percent(193), "baseline": percent(110)}, False),
        ({"target": percent(95), "current": percent(193), "baseline": percent(80)}, True),
        ({"target": typed("≥ 95%", Bounds(0.95, None, True)), "current": percent(193), "metric": None}, True),
        ({"target": typed("≤ 5%", Bounds(None, 0.05, True)), "current": percent(193), "metric": None}, True),
        ({"target": typed("≤ 5%", Bounds(None, 0.05, True)), "current": percent(-3), "metric": None}, False),
        ({"target": typed("≤ 60%", Bounds(None, 0.6, True)), "current": percent(193), "metric": None}, False),
        ({"target": percent(5), "baseline": percent(20), "current": percent(193), "metric": Metric.DECREASE}, True),
        ({"target": percent(95), "current": percent(193), "metric": Metric.PERCENT_DONE}, False),
        ({"target": percent(95), "current": None}, False),
        ({"target": 0.95, "current": 1.93, "unit": "%"}, False),
        ({"target": None, "current": percent(193)}, False),
        ({"target": 95, "current": 150, "unit": "%"}, True),
        ({"target": 95, "current": 0, "unit": "%"}, False),
        ({"target": 50, "current": 193, "unit": "%"}, True),
        ({"target": 49, "current": 193, "unit": "%"}, False),
        ({"target": 20, "current": 193, "unit": "%", "metric": Metric.DECREASE}, True),
        ({"target": 21, "current": 193, "unit": "%", "metric": Metric.DECREASE}, False),
        ({"target": 1, "current": 193, "unit": "%", "metric": Metric.DECREASE}, False),
        ({"target": 2, "current": 160, "unit": "%", "metric": Metric.AT_MOST}, True),
        ({"target": percent(15), "baseline": percent(30), "current": percent(160), "metric": None}, True),
        ({"target": percent(15), "baseline": percent(15), "current": percent(160), "metric": None}, False),
        ({"target": percent(15), "current": percent(160), "metric": None, "falls": True}, True),
        ({"target": percent(15), "baseline": percent(100), "current": percent(160), "metric": None}, True),
        ({"target": percent(95), "current": percent(193), "baseline": 50}, False),
        ({"target": 95, "current": percent(193), "unit": "%"}, False),
    ],
)
def test_which_share_is_more_than_the_whole(given: dict[str, Any], told: bool) -> None:
    """Shows both directions, plain numbers under %, and growths and plans, which may well be more."""
    usual = {"unit": "%", "baseline": None, "metric": Metric.INCREASE}
    assert [str(hit.cell) for hit in found("RO260", one(**{**usual, **given})())] == (["OKR!S6"] if told else [])


@pytest.mark.parametrize(("direction", "told"), [(Direction.HIGHER, 1), (Direction.LOWER, 0)])
def test_the_direction_of_a_kpi_decides(direction: Direction, told: int) -> None:
    """Shows that of a rate that is to fall below 95 % nothing is known."""
    assert len(found("RO260", measured(direction=direction, target=percent(95), actual=percent(193))())) == told


def test_the_log_and_months_are_looked_at_once() -> None:
    """Shows the cell in the log, and the first such month of a KPI."""
    entry = check_in(value=193, date=date(2025, 11, 18))
    own = result(unit="%", baseline=None, target=95, current=None, check_in_date=None)
    (hit,) = found("RO260", facts(objective(), own, result("KR-2", 7), entry))
    assert hit.cell == entry.value.ref
    assert message(hit, ENGLISH).startswith("Value is 193%, and the target is 95%. ")
    months = (kept("T9", 92, 95), kept("T10", 193, 95), kept("T11", 290, 95))
    (hit,) = found("RO260", facts(kpi(unit="%", target=95, periods=months, direction=Direction.HIGHER)))
    assert hit.cell == months[1].actual.ref


def test_what_another_rule_tells_is_not_told_twice() -> None:
    """Shows a plain number beside a percentage, and a value of ten times the target."""
    mixed = one(unit=None, baseline=None, target=percent(95), current=193)()
    far = one(unit="%", baseline=None, target=95, current=1930)()
    assert [[len(found(code, seen)) for code in ("RO260", "RO224", "RO248")] for seen in (mixed, far)] == [
        [0, 1, 0],
        [0, 0, 1],
    ]
