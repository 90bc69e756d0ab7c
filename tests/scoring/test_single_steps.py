"""Single steps of scoring, each called by itself: judging, rolling up, the usual way, weights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import NOWHERE, Cycle, Metric, Quantity
from sheetsync.results import NotScored, Reason, Score, Status
from sheetsync.scoring.pace import Frame
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.rollup import Part, roll_up, score_objective
from sheetsync.scoring.season import season_of
from sheetsync.scoring.status import Position, Ruling, judge, weakest
from sheetsync.scoring.usual import Usual
from sheetsync.scoring.weights import Weights, resolve
from tests.factories import cell, goals, key_result, objective, person
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, START, changed, percent

RATIO = changed(status={"by": "ratio", "on_track": 0.9, "at_risk": 0.7})
EDGE = changed(status={"edge": "at_risk"})
AT = Position(0.5, 0.5, 0.5, 0.5, START, DUE, 0.7)


def at(progress: float, expected: float | None = 0.5, **given: Any) -> Position:
    """Give a position on the way."""
    return AT._replace(**{"progress": progress, "score": progress, "expected": expected, **given})


@pytest.mark.parametrize(
    ("position", "profile", "status", "ruling"),
    [
        (at(0.4), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.399), DEFAULT, "at_risk", Ruling.THRESHOLDS),
        (at(0.25), DEFAULT, "at_risk", Ruling.THRESHOLDS),
        (at(0.249), DEFAULT, "off_track", Ruling.THRESHOLDS),
        (at(0.4), EDGE, "at_risk", Ruling.THRESHOLDS),
        (at(0.401), EDGE, "on_track", Ruling.THRESHOLDS),
        (at(0.25), EDGE, "at_risk", Ruling.THRESHOLDS),
        (at(0.45), RATIO, "on_track", Ruling.THRESHOLDS),
        (at(0.449), RATIO, "at_risk", Ruling.THRESHOLDS),
        (at(0.35), RATIO, "at_risk", Ruling.THRESHOLDS),
        (at(0.349), RATIO, "off_track", Ruling.THRESHOLDS),
        (at(0.0, 0.0, always=True), RATIO, "on_track", Ruling.THRESHOLDS),
        (at(-0.2, 0.09), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(-0.2, 0.1), DEFAULT, "off_track", Ruling.THRESHOLDS),
        (at(-0.2, 0.09, always=True), DEFAULT, "off_track", Ruling.THRESHOLDS),
        (at(1.0), DEFAULT, "achieved", Ruling.REACHED),
        (at(0.999), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(1.0, cumulative=False), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.0, 0.09, valued=False), DEFAULT, "not_started", Ruling.NO_VALUE),
        (at(0.0, 0.1, valued=False), DEFAULT, "off_track", Ruling.NO_VALUE),
        (at(0.0, None, valued=False), DEFAULT, "off_track", Ruling.NO_VALUE),
        (at(0.5, start=HALF + timedelta(days=1)), DEFAULT, "not_started", Ruling.NOT_STARTED),
        (at(0.5, start=HALF), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.7, due=HALF - timedelta(days=1)), DEFAULT, "achieved", Ruling.PAST_DUE),
        (at(0.69, due=HALF - timedelta(days=1)), DEFAULT, "missed", Ruling.PAST_DUE),
        (at(0.7, due=HALF), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.5, updated=HALF - timedelta(days=14)), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.5, updated=HALF - timedelta(days=15)), DEFAULT, "at_risk", Ruling.NEGLECT),
        (at(0.5, updated=HALF - timedelta(days=15), away=1), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.5, updated=HALF - timedelta(days=15), patience=15), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.5, updated=HALF - timedelta(days=15), patience=3, away=12), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.5, updated=HALF - timedelta(days=15), pace=0.09), DEFAULT, "on_track", Ruling.THRESHOLDS),
        (at(0.3, updated=HALF - timedelta(days=15)), DEFAULT, "at_risk", Ruling.THRESHOLDS),
    ],
)
def test_a_position_is_judged(position: Position, profile: Profile, status: str, ruling: Ruling) -> None:
    """Shows both sides of every bound: gap, ratio, edge, quiet start, no value, first and last day, neglect."""
    found = judge(position, profile, HALF)
    assert (found[0].value, found[1]) == (status, ruling)


@pytest.mark.parametrize(
    ("statuses", "status", "place"),
    [
        (["on_track", "off_track", "off_track"], "off_track", 1),
        (["achieved", "not_started"], "on_track", 1),
        (["not_started", "not_started"], "not_started", 0),
        (["achieved", "achieved"], "achieved", 0),
        (["at_risk", "missed"], "missed", 1),
        (["on_track", "at_risk"], "at_risk", 1),
    ],
)
def test_the_weakest_of_some_statuses(statuses: list[str], status: str, place: int) -> None:
    """Shows the order from missed to achieved, the first of equals, and what is neither begun nor done."""
    assert weakest([Status(one) for one in statuses]) == (Status(status), place)


def part(progress: float | None, weight: float | None = 1.0, expected: float | None = 0.5, **given: Any) -> Part:
    """Give a part with a key result's score; None is not scored."""
    status = Status.NOT_SCORED if progress is None else Status.ON_TRACK
    held = None if progress is None else min(max(progress, 0.0), 1.0)
    score = Score(
        "KR",
        given.pop("kind", "key_result"),
        status,
        Reason("x", {}),
        progress,
        expected,
        held,
        not_scored=NotScored.NO_TARGET if progress is None else None,
        start=START,
        due=DUE,
    )
    return Part(**{"name": "KR", "weight": weight, "score": score, "lasting": True, "valued": True, **given})


SEASON = season_of(goals(cycle=QUARTER), DEFAULT, HALF)


@pytest.mark.parametrize(
    ("parts", "means", "problem", "rest"),
    [
        ([], None, NotScored.NO_KEY_RESULT, (0, 0, True, False)),
        ([part(0.5)], (0.5, 0.5, 0.5), None, (1, 1, True, True)),
        ([part(0.2, 3.0), part(0.6, 1.0, 0.1)], (0.3, 0.3, 0.4), None, (2, 2, True, True)),
        ([part(3.0), part(-1.0)], (0.5, 0.5, 0.5), None, (2, 2, True, True)),
        ([part(0.5), part(0.1, None)], (0.5, 0.5, 0.5), None, (1, 2, True, True)),
        ([part(0.5), part(None)], (0.5, 0.5, 0.5), None, (1, 2, True, True)),
        ([part(0.5), part(None, 1.5)], None, NotScored.TOO_FEW_SCORED, (1, 2, True, False)),
        ([part(0.5, 0.0)], None, NotScored.TOO_FEW_SCORED, (1, 1, True, False)),
        ([part(0.5), part(0.5, 1.0, None)], (0.5, 0.5, None), None, (2, 2, True, True)),
        ([part(0.5), part(0.7, kind="objective")], (0.6, 0.6, 0.5), None, (1, 1, True, True)),
        ([part(0.5, lasting=False), part(0.5, valued=False)], (0.5, 0.5, 0.5), None, (2, 2, False, True)),
        ([part(0.5, valued=False), part(0.5, valued=False)], (0.5, 0.5, 0.5), None, (2, 2, True, False)),
    ],
)
def test_parts_are_rolled_up(parts: list[Part], means: Any, problem: NotScored | None, rest: tuple[Any, ...]) -> None:
    """Shows weighted means, what is held, negative weights, too little weight, no pace, what lasts and has a value."""
    found = roll_up(parts, SEASON)
    assert found.problem is problem
    assert (found.progress, found.score, found.expected) == (
        (None, None, None) if means is None else tuple(None if one is None else pytest.approx(one) for one in means)
    )
    assert (found.scored, found.total, found.lasting, found.valued) == rest


@pytest.mark.parametrize(
    ("given", "cycle", "start", "due"),
    [
        ({}, QUARTER, START, DUE),
        ({"start": HALF}, QUARTER, HALF, DUE),
        ({"due": HALF}, QUARTER, START, HALF),
        ({"cycle": Cycle("x", HALF, HALF)}, QUARTER, HALF, HALF),
        ({}, None, START, DUE),
        ({"own_row": False}, Cycle("x", HALF, HALF), START, DUE),
        ({"start": HALF}, None, HALF, DUE),
    ],
)
def test_the_dates_of_an_objective(given: dict[str, Any], cycle: Any, start: date, due: date) -> None:
    """Shows its own dates, its cycle's, the workbook's, and those of its parts where it has no row or no cycle."""
    season = season_of(goals(cycle=cycle), DEFAULT, HALF)
    found = score_objective(objective(**given), [part(0.5), part(0.4)], season, judges_neglect=False)
    assert (found.start, found.due) == (start, due)
    assert found.progress == pytest.approx(0.45)


def usual(item: Any, profile: Profile = DEFAULT, *others: Any, today: date = HALF) -> Any:
    """Measure a key result below O-1 by the usual way; the dates of the quarter have been met before."""
    season = season_of(goals(objective(), item, *others, cycle=QUARTER), profile, today)
    season.inherited["O-1"] = season.frames[START, DUE] = Frame(START, DUE, 0.5, True)
    taken = Usual(season)
    way = taken.measure(item)
    return None if way is None else (way, taken.score(item, way, 2.0, 0.5))


def row(**given: Any) -> Any:
    """Give a key result from 0 to 100 that was updated today."""
    return key_result(
        **{"metric": Metric.INCREASE, "baseline": 0, "target": 100, "current": 60, "check_in_date": HALF, **given}
    )


@pytest.mark.parametrize(
    ("given", "others"),
    [
        ({"metric": None}, ()),
        ({"metric": Metric.RATIO}, ()),
        ({"baseline": None}, ()),
        ({"current": None}, ()),
        ({"target": percent(5)}, ()),
        ({"baseline": 100}, ()),
        ({"start": HALF}, ()),
        ({"start": date(2025, 11, 1), "due": DUE}, ()),
        ({}, (person("An", leave=((HALF, HALF),)),)),
    ],
)
def test_what_is_not_usual_is_left_to_the_general_way(given: dict[str, Any], others: tuple[Any, ...]) -> None:
    """Shows no metric, another one, blanks, mixed percent, no way at all, dates of its own, somebody on leave."""
    assert usual(row(**given), DEFAULT, *others) is None
    assert usual(row(), RATIO) is None


@pytest.mark.parametrize(
    ("current", "updated", "status", "code"),
    [
        (40, HALF, "on_track", "pace_updated"),
        (39.9, HALF, "at_risk", "pace_updated"),
        (25, HALF, "at_risk", "pace_updated"),
        (24.9, HALF, "off_track", "pace_updated"),
        (100, HALF, "achieved", "reached_updated"),
        (100, None, "achieved", "reached"),
        (60, HALF - timedelta(days=14), "on_track", "pace_updated"),
        (60, HALF - timedelta(days=15), "at_risk", "neglected"),
        (60, None, "at_risk", "neglected"),
        (39, None, "at_risk", "pace"),
        (60, HALF + timedelta(days=1), "at_risk", "neglected"),
    ],
)
def test_the_usual_way_judges_by_the_gap_to_one_half(current: float, updated: Any, status: str, code: str) -> None:
    """Shows both sides of each bound, and updates today, 14 and 15 days ago, never, and tomorrow."""
    item = row(current=current, check_in_date=updated)
    _, made = usual(item)
    score = made.score
    assert (score.status.value, score.reason.code) == (status, code)
    seen = updated if updated is not None and updated <= HALF else None
    assert (score.progress, score.expected, score.last_update) == (current / 100, 0.5, seen)
    assert (score.baseline, score.target, score.current, score.source) == (0.0, 100.0, current, item.current)
    assert (score.weight, score.given_weight, made.weight, made.name) == (0.5, 2.0, 2.0, "KR-1")
    assert score.grade == DEFAULT.grade(current / 100)
    whole = {"progress": current / 100, "expected": 0.5, "due": DUE}
    if code.startswith("pace"):
        assert dict(score.reason.params) == ({**whole, "updated": seen} if seen else whole)
    if code == "neglected":
        assert dict(score.reason.params) == {"progress": 0.6, "expected": 0.5, "since": seen or START}


def test_the_usual_way_without_a_place_for_dates() -> None:
    """Shows that no neglect is judged, and edges of another profile."""
    _, made = usual(row(check_in_date=NOWHERE))
    assert (made.score.status.value, made.score.reason.code) == ("on_track", "pace")
    assert usual(row(current=40), EDGE)[1].score.status.value == "at_risk"
    assert usual(row(current=41), EDGE)[1].score.status.value == "on_track"


def numbers(*given: Any) -> Weights:
    """Resolve weights; plain numbers are numbers."""
    return resolve([cell(Quantity(float(one)) if isinstance(one, int | float) else one) for one in given])


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ((), Weights("equal", (), 0.0)),
        ((None, None), Weights("equal", (1.0, 1.0), 2.0)),
        ((1, 3), Weights("ratio", (1.0, 3.0), 4.0)),
        ((0, 0), Weights("ratio", (1.0, 1.0), 2.0, all_zero=True)),
        ((-1, -1), Weights("ratio", (None, None), 0.0)),
        ((0, -1), Weights("ratio", (1.0, None), 1.0, all_zero=True)),
        ((50, 50), Weights("percent", (0.5, 0.5), 1.0)),
        ((50, 60), Weights("percent", (0.5, 0.6), 1.1, off=True)),
        ((0.5, 0.5), Weights("fraction", (0.5, 0.5), 1.0)),
        ((0.5, 0.75), Weights("fraction", (0.5, 0.75), 1.25, off=True)),
        ((1, 3, None), Weights("ratio", (1.0, 3.0, 2.0), 6.0, assumed=(2,))),
        ((50, None, None), Weights("percent", (0.5, 0.25, 0.25), 1.0)),
        ((50, 50, None), Weights("percent", (0.5, 0.5, 0.0), 1.0, starved=(2,))),
        ((2, -1, None), Weights("ratio", (2.0, None, 2.0), 4.0, assumed=(2,))),
    ],
)
def test_weights_are_resolved(given: tuple[Any, ...], found: Weights) -> None:
    """Shows all fields for nothing given, ratios, percent and fractions, blanks, zeros and negative weights."""
    made = numbers(*given)
    assert made.total == pytest.approx(found.total)
    assert made._replace(total=found.total) == found
