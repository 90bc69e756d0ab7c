"""What sheetsync says of the rows that were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from sheetsync import profiles
from sheetsync.model import (
    Bounds,
    CheckIn,
    Commitment,
    Cycle,
    Direction,
    Done,
    Frequency,
    Link,
    Metric,
    Milestones,
    PerPeriod,
    Quantity,
)
from sheetsync.results import Group, Score
from sheetsync.scoring import Profile, profile_from
from tests import factories
from tests.factories import cell, raw
from tests.scoring.oracle.draws import Row, told_on
from tests.scoring.scene import card

PLACES = (1, 2, 3, 4)
Answer = Mapping[str, float | str | None]
_EPOCH = date(1899, 12, 30)


@cache
def profile_named(name: str) -> Profile:
    """Load a built-in profile."""
    return profile_from(profiles.load(f"{name}@1"))


def day(number: Any) -> date:
    """Give the date that a spreadsheet's number of a day means."""
    return _EPOCH + timedelta(days=int(number))


def answer(kind: str, row: Row, profile: Profile, *, own_dates: bool) -> Answer:
    """Score one row of a kind under a profile; the dates stand on the row itself or are the workbook's cycle."""
    if kind == "objective":
        return _objective(row, profile)
    if kind == "scorecard":
        return _scorecard(row, profile)
    if kind.startswith("kpi"):
        return _told(card(_kpi(kind, row), kpi=profile).scores["KPI-1"])
    item, log = _key_result(kind, row)
    dates = {"start": cell(day(row["start"])), "due": cell(day(row["due"]))} if own_dates else {}
    cycle = None if own_dates else Cycle("drawn", day(row["start"]), day(row["due"]))
    scored = card(item._replace(**dates), *log, today=day(row["today"]), profile=profile, cycle=cycle)
    return _told(scored.scores["KR-1"])


def _told(score: Score) -> Answer:
    if score.not_scored is not None:
        return {"score": score.score, "status": score.status.value, "grade": score.grade}
    found = {"score": score.score, "expected": score.expected, "status": score.status.value, "grade": score.grade}
    return found if score.progress is None else {**found, "progress": score.progress}


def _quantity(value: Any, *, percent: bool = False) -> Any:
    return None if value is None else Quantity(float(value), percent)


def _fields(kind: str, row: Row) -> dict[str, Any]:
    """Give baseline, target and current of a key result."""
    percent = kind == "percent done"
    plain = {name: _quantity(row.get(name), percent=percent) for name in ("baseline", "target", "current")}
    if kind == "between":
        return {**plain, "target": Bounds(float(row["low"] or 0), float(row["high"] or 0))}
    if kind == "yes or no":
        current = row["current"]
        return {"target": Done(row["wanted"] == 1), "current": None if current is None else Done(current == 1)}
    if kind == "milestone":
        weights = tuple(float(row[f"w{place}"] or 0) for place in PLACES)
        done = tuple("abcd"[place - 1] for place in PLACES if row[f"d{place}"])
        return {"target": Milestones(tuple("abcd"), weights), "current": Milestones(done) if row["said"] else None}
    if kind.startswith("per "):
        frequency = Frequency.MONTH if kind != "per week" else Frequency.WEEK
        return {"target": PerPeriod(float(row["target"] or 0), frequency), "current": plain["current"]}
    return plain


METRIC_OF = {
    "increase": Metric.INCREASE,
    "decrease": Metric.DECREASE,
    "at least": Metric.AT_LEAST,
    "at most": Metric.AT_MOST,
    "between": Metric.BETWEEN,
    "milestone": Metric.MILESTONE,
    "milestones counted": Metric.MILESTONE,
    "yes or no": Metric.YES_NO,
    "percent done": Metric.PERCENT_DONE,
    "percent points": Metric.PERCENT_DONE,
    "per month": Metric.PER_PERIOD,
    "per week": Metric.PER_PERIOD,
    "per period, typed": Metric.PER_PERIOD,
}


def _shared(row: Row) -> dict[str, Any]:
    """Give the fields that key results and objectives have alike."""
    return {"commitment": Commitment(str(row["commitment"])) if row["commitment"] else None}


def _key_result(kind: str, row: Row) -> tuple[Any, list[CheckIn]]:
    log = [
        factories.check_in(date=day(told_on(row, place)), value=row[f"p{place}"], row=1 + place)
        for place in PLACES
        if row.get(f"p{place}") is not None
    ]
    checked = None if log or row["updated"] is None else day(row["updated"])
    item = factories.key_result(
        metric=METRIC_OF[kind],
        check_in_date=checked,
        confidence=_quantity(row["confidence"]),
        **_fields(kind, row),
        **_shared(row),
    )
    return item, log


def _kpi(kind: str, row: Row) -> Any:
    actual = row["actual"]
    if kind == "kpi pass or fail":
        answered = None if actual is None else Done(actual == 1)
        return factories.kpi(target=Done(row["wanted"] == 1), actual=answered)
    if kind == "kpi range":
        return factories.kpi(target=Bounds(float(row["low"] or 0), float(row["high"] or 0)), actual=actual)
    metric = Metric.STEPS if kind == "kpi steps" else Metric.RATIO
    direction = Direction.LOWER if kind == "kpi lower" else Direction.HIGHER
    return factories.kpi(metric=metric, direction=direction, target=row["target"], actual=actual)


def _weight(row: Row, place: int) -> Any:
    return _quantity(row[f"w{place}"], percent=row["percent"] == 1)


def _objective(row: Row, profile: Profile) -> Answer:
    updated = None if row["updated"] is None else day(row["updated"])
    items = [
        factories.key_result(
            f"KR-{place}", metric=Metric.INCREASE, baseline=0, target=1, weight=_weight(row, place),
            current=raw("half") if row[f"u{place}"] else row[f"c{place}"], check_in_date=updated, row=10 + place,
            confidence=_quantity(row[f"confidence{place}"]),
        )
        for place in PLACES
    ]  # fmt: skip
    objectives = [factories.objective(**_shared(row))]
    if row["child"] is not None:
        objectives.append(factories.objective("O-2", aligned_to=("O-1",), link=Link.CONTRIBUTES, row=20))
        items.append(
            factories.key_result(
                "KR-9", objective="O-2", metric=Metric.INCREASE, baseline=0, target=1, current=row["child"],
                check_in_date=updated, row=21,
            )
        )  # fmt: skip
    cycle = Cycle("drawn", day(row["start"]), day(row["due"]))
    return _told(card(*objectives, *items, today=day(row["today"]), profile=profile, cycle=cycle).scores["O-1"])


def _scorecard(row: Row, profile: Profile) -> Answer:
    items = [
        factories.kpi(
            f"K-{place}", metric=Metric.RATIO, direction=Direction.HIGHER, target=row[f"t{place}"],
            actual=row[f"a{place}"], weight=_weight(row, place), critical=row[f"k{place}"] == 1, row=5 + place,
        )
        for place in PLACES
    ]  # fmt: skip
    total: Group = card(*items, kpi=profile).groups[0]
    return {"total": total.weighted_score, "grade": total.grade, "coefficient": total.coefficient}
