"""Kinds of rows that concern no profile in particular: aggregation, sections, points, and what the curve expects."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from sheetsync.model import Bounds, Direction, Metric, Quantity
from tests import factories
from tests.scoring.scene import DUE, START, VN_KPI, card, kpi, month, one


class Kind(NamedTuple):
    """One kind of row: its formula over the cells ``{A}`` to ``{H}`` of the row, random inputs, and our own answer."""

    formula: str
    inputs: Callable[[random.Random], list[float]]
    ours: Callable[[list[float]], float | None]


def _numbers(count: int) -> Callable[[random.Random], list[float]]:
    return lambda chance: [round(chance.uniform(-200, 200), 3) for _ in range(count)]


def _rising(chance: random.Random) -> list[float]:
    start = chance.uniform(-100, 100)
    return [start, start + chance.uniform(0.01, 300), chance.uniform(-400, 600)]


def _falling(chance: random.Random) -> list[float]:
    start = chance.uniform(-100, 100)
    return [start, start - chance.uniform(0.01, 300), chance.uniform(-600, 400)]


def _range(chance: random.Random) -> list[float]:
    low = chance.uniform(-50, 50)
    return [chance.uniform(-150, 150), low, low + chance.uniform(0, 60), chance.uniform(-150, 150)]


def _plan(chance: random.Random) -> list[float]:
    return [chance.choice([0.0, chance.uniform(0.1, 100)]), chance.choice([0.0, chance.uniform(-20, 200)])]


def _positive(chance: random.Random) -> list[float]:
    return [chance.uniform(1, 100), chance.uniform(-20, 200)]


def _mean(chance: random.Random) -> list[float]:
    return [*(chance.uniform(-0.5, 1.8) for _ in range(3)), *(chance.randint(1, 9) for _ in range(3))]


def _months(chance: random.Random) -> list[float]:
    return [*(chance.uniform(10, 100) for _ in range(3)), *(chance.uniform(0, 120) for _ in range(3))]


def _days(chance: random.Random) -> list[float]:
    return [chance.randint(-20, 120)]


def _roll_up(row: list[float]) -> float | None:
    items = [
        factories.key_result(f"KR-{place}", baseline=0, target=1, current=row[place], weight=row[place + 3])
        for place in range(3)
    ]
    return card(factories.objective(), *items).scores["O-1"].progress


def _wide(row: list[float]) -> float | None:
    return kpi(*[month(8 + place, row[place], row[place + 3]) for place in range(3)]).progress


def _weighted(row: list[float]) -> float | None:
    items = [
        factories.kpi(f"K-{place}", target=1, actual=row[place], weight=row[place + 3], row=place + 6)
        for place in range(3)
    ]
    return card(*items, kpi=VN_KPI).groups[0].weighted_score


def _blocks(chance: random.Random) -> list[float]:
    """Give achievements of three KPIs, their weights, and the weights of a section of two and one of one."""
    return [*_mean(chance), chance.uniform(1, 9) * 10, chance.uniform(1, 9) * 10]


def _block_total(row: list[float]) -> float | None:
    items = [
        factories.kpi(
            f"K-{place}", target=1, actual=row[place], weight=row[place + 3] * 1000, row=place + 6,
            section="AAB"[place], section_weight=row[6 if place < 2 else 7] * 1000,
        )
        for place in range(3)
    ]  # fmt: skip
    return card(*items, kpi=VN_KPI).groups[-1].weighted_score


def _pointed(chance: random.Random) -> list[float]:
    return [*_mean(chance), chance.uniform(0, 30), chance.choice([-1, 1]) * chance.uniform(0, 30)]


def _with_points(row: list[float]) -> float | None:
    items = [
        factories.kpi(f"K-{place}", target=1, actual=row[place], weight=row[place + 3], row=place + 6)
        for place in range(3)
    ]
    items[0] = items[0]._replace(bonus=factories.cell(Quantity(row[6])))
    items[2] = items[2]._replace(penalty=factories.cell(Quantity(row[7])))
    return card(*items, kpi=VN_KPI).groups[0].weighted_score


def _to_date(row: list[float]) -> float | None:
    return kpi(
        *[month(place + 1, None, row[place]) for place in range(3)], target=row[3], yearly=True, to_date=True
    ).progress


def _expected(row: list[float]) -> float | None:
    return one(target=10, current=5, today=START + timedelta(days=int(row[0]))).expected


LENGTH = (DUE - START).days
KINDS: dict[str, Kind] = {
    "increase": Kind(
        "({C}-{A})/({B}-{A})",
        _rising,
        lambda row: one(metric=Metric.INCREASE, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "decrease": Kind(
        "({A}-{C})/({A}-{B})",
        _falling,
        lambda row: one(metric=Metric.DECREASE, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "at least": Kind(
        "IF({C}>={B},1,IF({A}<{B},MAX(0,({C}-{A})/({B}-{A})),0))",
        _numbers(3),
        lambda row: one(metric=Metric.AT_LEAST, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "at most": Kind(
        "IF({C}<={B},1,IF({A}>{B},MAX(0,({A}-{C})/({A}-{B})),0))",
        _numbers(3),
        lambda row: one(metric=Metric.AT_MOST, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "between": Kind(
        "IF(AND({D}>={B},{D}<={C}),1,IF(AND({D}<{B},{A}<{B}),MAX(0,1-({B}-{D})/({B}-{A})),"
        "IF(AND({D}>{C},{A}>{C}),MAX(0,1-({D}-{C})/({A}-{C})),0)))",
        _range,
        lambda row: one(baseline=row[0], target=Bounds(row[1], row[2]), current=row[3]).progress,
    ),
    "higher": Kind(
        "MAX(0,MIN(1.2,{B}/{A}))",
        _positive,
        lambda row: kpi(direction=Direction.HIGHER, target=row[0], actual=row[1]).score,
    ),
    "lower": Kind(
        "IF({A}=0,IF({B}<=0,1,0),IF({B}<=0,1.2,MIN(1.2,{A}/{B})))",
        _plan,
        lambda row: kpi(direction=Direction.LOWER, target=row[0], actual=row[1]).score,
    ),
    "ladder": Kind(
        "IF({B}/{A}>=1,1,IF({B}/{A}>=0.95,0.6,IF({B}/{A}>=0.9,0.4,0)))",
        lambda chance: [100.0, round(chance.uniform(80, 110), 1)],
        lambda row: kpi(metric=Metric.STEPS, target=row[0], actual=row[1]).progress,
    ),
    "months": Kind("SUM({D}:{F})/SUM({A}:{C})", _months, _wide),
    "roll-up": Kind("(MEDIAN(0,1,{A})*{D}+MEDIAN(0,1,{B})*{E}+MEDIAN(0,1,{C})*{F})/SUM({D}:{F})", _mean, _roll_up),
    "scorecard": Kind(
        "(MEDIAN(0,1.2,{A})*{D}+MEDIAN(0,1.2,{B})*{E}+MEDIAN(0,1.2,{C})*{F})/SUM({D}:{F})", _mean, _weighted
    ),
    "blocks": Kind(
        "((MEDIAN(0,1.2,{A})*{D}+MEDIAN(0,1.2,{B})*{E})/({D}+{E})*{G}+MEDIAN(0,1.2,{C})*{H})/({G}+{H})",
        _blocks,
        _block_total,
    ),
    "points": Kind(
        "MEDIAN(0,1.2,(MEDIAN(0,1.2,{A})*{D}+MEDIAN(0,1.2,{B})*{E}+MEDIAN(0,1.2,{C})*{F})/SUM({D}:{F})"
        "+{G}/100-ABS({H})/100)",
        _pointed,
        _with_points,
    ),
    "to date": Kind("{C}/({D}*3/12)", lambda chance: [chance.uniform(1, 90) for _ in range(4)], _to_date),
    "pace": Kind(f"MEDIAN(0,1,{{A}}/{LENGTH})", _days, _expected),
}
