"""A large random workbook and what the released profiles make of it: a hand on every number that must never change."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sheetsync.model import (
    Bounds,
    Commitment,
    Direction,
    Done,
    Frequency,
    Goals,
    Link,
    Metric,
    Milestones,
    PerPeriod,
    Quantity,
    Relative,
)
from sheetsync.results import Score, Scorecard
from tests import factories
from tests.factories import raw
from tests.scoring.scene import DUE, QUARTER, START, month

GOLDEN = Path(__file__).parent / "golden" / "released.json"
"""What ``default@1`` and ``vn-kpi@1`` gave when they were released. It is never written again."""

DAYS = (date(2025, 9, 20), date(2025, 10, 5), date(2025, 11, 15), date(2025, 12, 31), date(2026, 1, 20))
"""Before the quarter, in its quiet first tenth, in its middle, on its last day, and after it."""

Chance = random.Random


def workbook() -> Goals:
    """Give 80 objectives with up to six key results each, check-ins for some, and 150 KPIs; always the same."""
    chance = random.Random(20251115)  # noqa: S311 - numbers for a test
    objectives = [_objective(number, chance) for number in range(80)]
    items = [
        factories.key_result(f"KR-{number}-{place}", objective=f"O-{number}", row=6 + place, **_key_result(chance))
        for number in range(80)
        for place in range(chance.randint(0, 6))
    ]
    kpis = [factories.kpi(f"KPI-{number}", row=6 + number, **_kpi(number, chance)) for number in range(150)]
    log = [
        factories.check_in(item.key, date=_day(chance), value=Quantity(round(chance.uniform(0, 120), 2)))
        for item in items
        if chance.random() < 0.15
    ]
    return factories.goals(*objectives, *items, *kpis, *log, cycle=QUARTER)


def _objective(number: int, chance: Chance) -> Any:
    above = (f"O-{chance.randrange(number)}",) if number and chance.random() < 0.5 else None
    return factories.objective(
        f"O-{number}",
        aligned_to=above,
        link=chance.choice([Link.CONTRIBUTES, Link.SUPPORTS, None]),
        commitment=chance.choice([*Commitment, None]),
        weight=chance.choice([None, None, Quantity(30.0)]),
    )


def _day(chance: Chance) -> date:
    return START + timedelta(days=chance.randint(-10, (DUE - START).days + 10))


def _number(chance: Chance) -> Quantity:
    return Quantity(chance.choice([0.0, 1.0, 100.0, -50.0, round(chance.uniform(-200, 900), 3)]))


def _target(chance: Chance) -> Any:
    low = round(chance.uniform(-20, 80), 2)
    return chance.choice(
        [
            _number(chance),
            _number(chance),
            _number(chance),
            Bounds(low, None),
            Bounds(None, low),
            Bounds(low, low + 25),
            Relative(round(chance.uniform(-0.6, 0.6), 2)),
            Milestones(("design", "build", "launch")),
            PerPeriod(float(chance.randint(1, 5)), Frequency.WEEK),
            Done(True),
            None,
            raw("about ten"),
        ]
    )


def _reading(chance: Chance) -> Any:
    return chance.choice([*([_number(chance)] * 5), Done(chance.random() < 0.5), Milestones(("design",)), None])


def _key_result(chance: Chance) -> dict[str, Any]:
    return {
        "metric": chance.choice([None, None, Metric.INCREASE, Metric.DECREASE, *Metric]),
        "baseline": chance.choice([None, _number(chance), _number(chance)]),
        "target": _target(chance),
        "current": _reading(chance),
        "weight": chance.choice([None, None, Quantity(float(chance.randint(0, 5))), Quantity(0.3, True)]),
        "start": chance.choice([None, None, None, START + timedelta(days=20)]),
        "due": chance.choice([None, None, None, DUE - timedelta(days=20)]),
        "check_in_date": chance.choice([None, _day(chance)]),
        "commitment": chance.choice([None, None, *Commitment]),
        "confidence": chance.choice([None, Quantity(float(chance.randint(0, 10)))]),
        "falls": chance.random() < 0.1,
    }


def _kpi(number: int, chance: Chance) -> dict[str, Any]:
    plain = {
        "metric": chance.choice([None, None, None, Metric.RATIO, Metric.STEPS, Metric.AT_MOST, Metric.YES_NO]),
        "direction": chance.choice([None, *Direction]),
        "baseline": chance.choice([None, None, _number(chance)]),
        "target": _target(chance),
        "weight": chance.choice([None, Quantity(0.2, True), Quantity(10.0)]),
        "critical": chance.choice([None, None, True]),
        "section": f"Section {number // 10}" if number % 30 < 20 else None,
    }
    if chance.random() < 0.5:
        return {**plain, "actual": _reading(chance)}
    months = chance.sample(range(1, 13), 3)
    return {**plain, "periods": tuple(month(one, _number(chance), _reading(chance)) for one in months)}


def row_of(score: Score) -> list[Any]:
    """Give every number of a score, and what was said of it."""
    numbers = (score.progress, score.expected, score.score, score.weight, score.weighted_score, score.coefficient)
    code = score.reason.code
    return [score.status.value, score.grade, AT_RELEASE.get(code, code), *numbers]


AT_RELEASE = {"kpi_critical_missing": "kpi_critical"}
"""What is said in more ways since: the code that stood for it then. Numbers know no such thing."""


def told(card: Scorecard) -> dict[str, Any]:
    """Give a whole scorecard as plain data."""
    groups = [[group.name, group.weighted_score, group.grade, group.coefficient] for group in card.groups]
    return {
        "profiles": [card.profile, card.kpi_profile],
        "whole": [card.progress, card.expected],
        "groups": groups,
        "scores": {key: row_of(score) for key, score in card.scores.items()},
    }


def remembered() -> dict[str, Any]:
    """Give what the released profiles gave on each day."""
    found: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found
