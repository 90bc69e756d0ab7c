"""Each profile's worked example: the numbers that its source prints, or those that its thresholds give by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync import profiles
from sheetsync.model import Bounds, Commitment, Link, Metric, Quantity
from sheetsync.results import Score, Status
from sheetsync.scoring import Profile, profile_from
from tests import factories
from tests.scoring.scene import START, card, notes, one

HALF = START + timedelta(days=50)
CENTURY = START + timedelta(days=100)
"""A key result from the start to here is expected at 50 % on the day HALF."""

LATER = CENTURY + timedelta(days=1)


def named(name: str) -> Profile:
    """Give a profile that comes with the program."""
    return profile_from(profiles.load(name))


def at(progress: float | None, name: str, today: date = HALF, **given: Any) -> Score:
    """Score a key result that has gone so many percent of its way, halfway to its due day."""
    given = {"metric": Metric.INCREASE, "baseline": 0, "target": 100, **given}
    return one(current=progress, start=START, due=CENTURY, today=today, profile=named(name), **given)


def objective(rows: list[dict[str, Any]], name: str, today: date = HALF) -> Score:
    """Score an objective of key results that are described by their fields."""
    items = [
        factories.key_result(f"KR-{place}", metric=Metric.INCREASE, baseline=0, target=100, check_in_date=today, **row)
        for place, row in enumerate(rows)
    ]
    return card(factories.objective("O-1"), *items, today=today, profile=named(name)).scores["O-1"]


def test_viindoo_prints_0_85() -> None:
    """Shows the source's own example: 0.84 x 30 + 0.80 x 30 + 0.90 x 40 gives 0.85."""
    found = objective([{"current": p, "weight": w} for p, w in ((84, 30), (80, 30), (90, 40))], "viindoo@1")
    assert found.score == pytest.approx(0.852)
    assert f"{found.score:.2f}" == "0.85"


@pytest.mark.parametrize(
    ("weights", "score"), [((0, 0, 0), (84 + 80 + 90) / 300), ((0, 30, 30), 0.85), ((0, 0, 40), 0.90)]
)
def test_viindoo_counts_zero_weights_as_its_source_says(weights: tuple[int, ...], score: float) -> None:
    """Shows that weights that are all 0 are equal, and that a 0 beside others counts nothing."""
    found = objective([{"current": p, "weight": w} for p, w in zip((84, 80, 90), weights, strict=True)], "viindoo@1")
    assert found.score == pytest.approx(score)


@pytest.mark.parametrize(
    ("commitment", "points", "status"),
    [
        (Commitment.ASPIRATIONAL, 70, Status.ACHIEVED),
        (Commitment.ASPIRATIONAL, 69, Status.MISSED),
        (Commitment.COMMITTED, 99, Status.MISSED),
        (Commitment.COMMITTED, 100, Status.ACHIEVED),
    ],
)
@pytest.mark.parametrize("name", ["viindoo@1", "google@1"])
def test_an_aspirational_goal_passes_at_0_7_and_a_committed_one_at_1(
    commitment: Commitment, points: float, status: Status, name: str
) -> None:
    """Shows the pass marks of Viindoo and of Google after the due day."""
    assert at(points, name, LATER, commitment=commitment).status is status


@pytest.mark.parametrize(
    ("percent", "grade"), [(100, "green"), (70, "green"), (69, "yellow"), (40, "yellow"), (39, "red"), (0, "red")]
)
def test_google_has_three_colours(percent: float, grade: str) -> None:
    """Shows green from 0.7, yellow from 0.4 and red below."""
    assert at(percent, "google@1").grade == grade


def test_google_grades_an_objective_by_the_average() -> None:
    """Shows that grades of 0.5, 0.6 and 0.9 average to two thirds, inside the sweet spot."""
    found = objective([{"current": percent} for percent in (50, 60, 90)], "google@1")
    assert found.score == pytest.approx(2 / 3)
    spot = named("google@1").sweet_spot
    assert spot is not None
    assert spot.low <= (found.score or 0) <= spot.high


def test_quantive_shows_125_percent() -> None:
    """Shows the source's figure: progress beyond the target stays 125 %, and below the start it is negative."""
    beyond = at(150, "quantive@1", baseline=100, target=140)
    assert (beyond.progress, beyond.score) == (1.25, 1.25)
    assert at(90, "quantive@1", baseline=100, target=140).score == -0.25


@pytest.mark.parametrize(("value", "score"), [(81, 1.0), (80, 0.0), (79, 0.0)])
def test_quantive_scores_0_where_a_bound_is_just_hit(value: float, score: float) -> None:
    """Shows that "stay above 80" is strict: exactly 80 scores 0, and a note says so."""
    item = factories.key_result(target=Bounds(80.0, None), baseline=50, current=value)
    found = card(item, today=HALF, profile=named("quantive@1"))
    assert found.scores["KR-1"].score == score
    assert ("bound_hit" in notes(found, "KR-1")) == (value == 80)


@pytest.mark.parametrize("bound", [Bounds(None, 5.0), Bounds(1.0, 5.0), Bounds(5.0, 9.0)])
def test_quantive_is_strict_at_every_end(bound: Bounds) -> None:
    """Shows that an upper bound and both ends of a range are outside too."""
    assert one(target=bound, current=5, today=HALF, profile=named("quantive@1")).score == 0
    assert one(target=bound, current=5, today=HALF).score == 1


def test_quantive_counts_contributing_objectives_and_not_supporting_ones() -> None:
    """Shows that a contributing objective counts as one more key result, and support does not."""
    items = [
        factories.objective("O-1"),
        factories.objective("O-2", aligned_to=("O-1",), link=Link.CONTRIBUTES),
        factories.objective("O-3", aligned_to=("O-1",), link=Link.SUPPORTS),
        *(
            factories.key_result(f"KR-{up}", objective=f"O-{up}", metric=Metric.INCREASE, target=100, current=value)
            for up, value in ((1, 50), (2, 150), (3, 0))
        ),
    ]
    found = card(*items, today=HALF, profile=named("quantive@1"))
    assert found.scores["O-1"].score == pytest.approx(1.0)


def test_perdoo_takes_the_status_of_the_weakest_key_result() -> None:
    """Shows that two key results that are done do not hide one that is far behind, though the average is 67 %."""
    found = objective([{"current": 100}, {"current": 100}, {"current": 0.5}], "perdoo@1")
    assert found.progress == pytest.approx(0.66833, abs=1e-5)
    assert (found.status, found.reason.code) == (Status.OFF_TRACK, "weakest")
    assert found.reason.params["weakest"] == "KR-2"
    assert objective([{"current": 100}, {"current": 100}, {"current": 0.5}], "default@1").status is Status.ON_TRACK


def test_perdoo_counts_negative_progress_as_0() -> None:
    """Shows that a value worse than the start neither scores below 0 nor pulls the average down."""
    assert at(-50, "perdoo@1").score == 0
    assert objective([{"current": 100}, {"current": -50}], "perdoo@1").progress == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("name", "percent", "status"),
    [
        ("mooncamp@1", 45, Status.ON_TRACK),
        ("mooncamp@1", 44.9, Status.AT_RISK),
        ("mooncamp@1", 35, Status.AT_RISK),
        ("mooncamp@1", 34.9, Status.OFF_TRACK),
        ("upraise@1", 47.5, Status.ON_TRACK),
        ("upraise@1", 47.4, Status.AT_RISK),
        ("upraise@1", 37.5, Status.AT_RISK),
        ("upraise@1", 37.4, Status.OFF_TRACK),
        ("engagedly@1", 34, Status.ON_TRACK),
        ("engagedly@1", 33.6, Status.ON_TRACK),
        ("engagedly@1", 33.5, Status.AT_RISK),
        ("engagedly@1", 17, Status.AT_RISK),
        ("engagedly@1", 16.9, Status.OFF_TRACK),
    ],
)
def test_thresholds_decide_halfway(name: str, percent: float, status: Status) -> None:
    """Shows each source's limits where 50 % is expected, on both sides of every one of them."""
    assert at(percent, name).expected == 0.5
    assert at(percent, name).status is status


@pytest.mark.parametrize(
    ("value", "today", "status"),
    [
        (80, HALF, Status.ON_TRACK),
        (79, HALF, Status.AT_RISK),
        (0, HALF, Status.AT_RISK),
        (80, LATER, Status.ACHIEVED),
        (79, LATER, Status.MISSED),
    ],
)
def test_engagedly_decides_a_threshold_when_it_is_due(value: float, today: date, status: Status) -> None:
    """Shows that a threshold is on track or behind before its due day, and achieved or not after it."""
    assert at(value, "engagedly@1", today, metric=Metric.AT_LEAST, target=80).status is status


@pytest.mark.parametrize(
    ("confidence", "status"),
    [
        (Quantity(1.0), Status.OFF_TRACK),
        (Quantity(3.0), Status.OFF_TRACK),
        (Quantity(4.0), Status.AT_RISK),
        (Quantity(7.0), Status.AT_RISK),
        (Quantity(8.0), Status.ON_TRACK),
        (Quantity(10.0), Status.ON_TRACK),
        (Quantity(0.8, True), Status.ON_TRACK),
        (Quantity(0.3, True), Status.OFF_TRACK),
        (Quantity(11.0), Status.AT_RISK),
        (None, Status.AT_RISK),
    ],
)
def test_koan_goes_by_confidence(confidence: Quantity | None, status: Status) -> None:
    """Shows 1 to 3, 4 to 7 and 8 to 10, a share of the scale, and that none (or none on the scale) is at risk."""
    found = at(20, "koan@1", confidence=confidence)
    assert (found.status, found.score) == (status, 0.2)


def test_koan_calls_nothing_without_a_value_that_has_one() -> None:
    """Shows that on the second day a value without a confidence is at risk for want of it; no value is not started."""
    tomorrow = START + timedelta(days=1)
    valued, bare = (at(value, "koan@1", tomorrow) for value in (20, None))
    assert (valued.status, valued.reason.code) == (Status.AT_RISK, "no_confidence")
    assert (bare.status, bare.reason.code) == (Status.NOT_STARTED, "no_value")


def test_koan_takes_the_newest_confidence_of_the_log() -> None:
    """Shows that a later check-in's confidence counts and an older one's does not."""
    day = HALF - timedelta(days=3)
    for logged, status in ((day, Status.OFF_TRACK), (day - timedelta(days=9), Status.ON_TRACK)):
        log = factories.check_in(date=logged, value=20, confidence=2)
        found = one(
            log,
            metric=Metric.INCREASE,
            baseline=0,
            target=100,
            current=20,
            confidence=9,
            check_in_date=HALF - timedelta(days=5),
            today=HALF,
            profile=named("koan@1"),
        )
        assert found.status is status


def test_every_profile_names_its_sources() -> None:
    """Shows that each file but our own two says in a comment where its numbers come from."""
    for name in profiles.names():
        text = (profiles.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
        if name not in ("default@1", "vn-kpi@1"):
            assert "\n# Source" in text, name
