"""Status: the first rule that applies, and at last neglect; each rule, its boundary and its place in the order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Commitment, Metric, no_cell
from sheetsync.results import Status
from tests.factories import check_in, key_result, objective, raw
from tests.scoring.scene import DUE, HALF, QUARTER, START, card, changed, notes, one

LONG: Any = {"start": date(2025, 1, 1), "due": date(2025, 4, 11)}
"""A hundred days, so that each day is one percent."""


def on(day: int, current: float | None, **given: Any) -> Any:
    """Score a key result of 0 → 100 on a day of the hundred."""
    today = LONG["start"] + timedelta(days=day)
    given.setdefault("check_in_date", today)
    return one(metric=Metric.INCREASE, baseline=0, target=100, current=current, today=today, **LONG, **given)


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        (60, Status.ON_TRACK),
        (40, Status.ON_TRACK),
        (39.99, Status.AT_RISK),
        (25, Status.AT_RISK),
        (24.99, Status.OFF_TRACK),
        (-30, Status.OFF_TRACK),
    ],
)
def test_the_gap_decides_with_its_bounds_included(progress: float, status: Status) -> None:
    """Half is expected: a gap of 0.10 is on track, of 0.25 at risk, more is off track; unrounded."""
    assert on(50, progress).status is status


def test_a_rounding_error_does_not_cross_a_threshold() -> None:
    """0.30 − 0.20 is a hair above 0.10 in binary, and still on track."""
    assert 0.30 - 0.20 > 0.0999999
    assert on(30, 20).status is Status.ON_TRACK
    assert on(70, 60 - 1e-8).status is Status.ON_TRACK


@pytest.mark.parametrize(("day", "status"), [(9, Status.ON_TRACK), (10, Status.AT_RISK)])
def test_the_first_tenth_is_quiet(day: int, status: Status) -> None:
    """Nothing is at risk before expected reaches 0.10; from then on the gap counts."""
    assert on(day, -5).status is status


def test_nothing_is_off_track_before_a_tenth_is_expected() -> None:
    """Even far below the baseline."""
    assert on(9, -500).status is Status.ON_TRACK
    assert on(10, -500).status is Status.OFF_TRACK


def test_a_broken_bound_is_off_track_from_the_first_day() -> None:
    """Bounds are excepted from the quiet tenth."""
    assert one(metric=Metric.AT_LEAST, target=90, current=50, today=START).status is Status.OFF_TRACK


def test_not_scored_comes_first() -> None:
    """Even before its start, and after its due day."""
    assert one(target=raw("?"), current=1, today=START - timedelta(days=9)).status is Status.NOT_SCORED
    assert one(target=raw("?"), current=1, today=DUE + timedelta(days=9)).status is Status.NOT_SCORED


def test_before_the_start_it_is_not_started() -> None:
    """The day before the first day, even with all of it reached; on the first day no more."""
    assert one(target=10, current=10, today=START - timedelta(days=1)).status is Status.NOT_STARTED
    assert one(target=10, current=10, today=START).status is Status.ACHIEVED


@pytest.mark.parametrize(
    ("commitment", "current", "status"),
    [
        (Commitment.COMMITTED, 10, Status.ACHIEVED),
        (Commitment.COMMITTED, 9.9, Status.MISSED),
        (Commitment.ASPIRATIONAL, 7, Status.ACHIEVED),
        (Commitment.ASPIRATIONAL, 6.9, Status.MISSED),
        (None, 7, Status.ACHIEVED),
        (None, 6.9, Status.MISSED),
        (None, None, Status.MISSED),
    ],
)
def test_after_due_the_pass_mark_decides(commitment: Commitment | None, current: float | None, status: Status) -> None:
    """Committed must reach 1.0, aspirational and blank 0.7; without a value it is missed."""
    found = one(baseline=0, target=10, current=current, commitment=commitment, today=DUE + timedelta(days=1))
    assert found.status is status


def test_a_key_result_without_commitment_has_its_objectives() -> None:
    """A committed objective's key results must be reached in full, unless they say otherwise."""
    after = DUE + timedelta(days=1)
    items = [
        objective(commitment=Commitment.COMMITTED),
        key_result("KR-1", target=10, current=8),
        key_result("KR-2", target=10, current=8, commitment=Commitment.ASPIRATIONAL),
    ]
    found = card(*items, today=after).scores
    assert (found["KR-1"].status, found["KR-2"].status) == (Status.MISSED, Status.ACHIEVED)


def test_reached_is_achieved_at_once_for_cumulative_metrics() -> None:
    """100 % of an increase stays reached; a bound that holds is only on track."""
    assert one(target=10, current=10).status is Status.ACHIEVED
    assert one(target=10, current=9.999).status is Status.ON_TRACK
    assert one(metric=Metric.AT_LEAST, target=10, current=10).status is Status.ON_TRACK


def test_reached_is_achieved_even_when_neglected() -> None:
    """Neglect turns only "on track"; what is reached needs no update."""
    assert one(target=10, current=10, check_in_date=START).status is Status.ACHIEVED


@pytest.mark.parametrize(
    ("day", "status"),
    [(0, Status.NOT_STARTED), (9, Status.NOT_STARTED), (10, Status.OFF_TRACK), (50, Status.OFF_TRACK)],
)
def test_without_a_value(day: int, status: Status) -> None:
    """Not started while less than 0.10 is expected, then off track."""
    assert on(day, None).status is status


def test_a_value_of_0_is_a_value() -> None:
    """A typed 0 goes by the thresholds: half is expected, so it is off track with another reason."""
    assert on(50, 0).reason.code == "pace_updated"
    assert on(50, None).reason.code == "no_value_late"


@pytest.mark.parametrize(("days", "status"), [(14, Status.ON_TRACK), (15, Status.AT_RISK)])
def test_neglect_turns_on_track_into_at_risk_after_14_days(days: int, status: Status) -> None:
    """Fourteen days without an update are fine, fifteen are not."""
    found = one(target=10, current=6, check_in_date=HALF - timedelta(days=days))
    assert found.status is status


def test_neglect_changes_nothing_else() -> None:
    """At risk stays at risk and off track off track, however old."""
    assert one(baseline=0, target=100, current=35, check_in_date=START).status is Status.AT_RISK
    assert one(baseline=0, target=100, current=5, check_in_date=START).status is Status.OFF_TRACK
    assert one(baseline=0, target=100, current=5, check_in_date=START).reason.code == "pace_updated"


def test_neglect_counts_from_the_latest_of_start_and_check_in() -> None:
    """A check-in before the start does not age it; without any check-in the start counts."""
    start = HALF - timedelta(days=14)
    late: dict[str, Any] = {"target": 10, "current": 6, "start": start}
    assert one(**late, check_in_date=date(2025, 6, 1)).status is Status.ON_TRACK
    assert one(**late, check_in_date=None).status is Status.ON_TRACK
    assert one(**{**late, "start": start - timedelta(days=1)}, check_in_date=None).status is Status.AT_RISK


def test_the_log_counts_as_a_check_in() -> None:
    """A row of the log within 14 days keeps it on track."""
    item = key_result(target=10, current=6)
    assert card(item, check_in(date=HALF, value=6)).scores["KR-1"].status is Status.ON_TRACK
    assert card(item, check_in(date=START, value=6)).scores["KR-1"].status is Status.AT_RISK


def test_neglect_waits_for_a_tenth_of_the_time_too() -> None:
    """Nothing is at risk in the first tenth of a long cycle."""
    year: dict[str, Any] = {
        "start": date(2025, 1, 1),
        "due": date(2027, 12, 31),
        "target": 10,
        "current": 1,
        "check_in_date": None,
    }
    assert one(**year, today=date(2025, 3, 1)).status is Status.ON_TRACK
    assert one(**{**year, "current": 5}, today=date(2025, 6, 1)).status is Status.AT_RISK


def test_without_check_in_column_and_log_neglect_is_not_applied_and_a_hint_says_so() -> None:
    """One hint for the table, at its first key result."""
    blind: Any = {"target": 10, "current": 6, "check_in_date": no_cell("OKR", 6)}
    found = card(key_result("KR-1", **blind), key_result("KR-2", **blind))
    assert found.scores["KR-1"].status is Status.ON_TRACK
    assert "neglect_not_applied" in notes(found, "KR-1")
    assert "neglect_not_applied" not in notes(found, "KR-2")
    with_column = card(key_result("KR-1", target=10, current=6))
    assert "neglect_not_applied" not in notes(with_column, "KR-1")
    told_by_weeks = card(key_result("KR-1", **blind), key_result("KR-2", **{**blind, "check_in_date": HALF}))
    assert "neglect_not_applied" not in notes(told_by_weeks, "KR-1")


def test_a_neglected_reason_names_the_date_and_no_age() -> None:
    """The reason holds the day of the last update, so that it stays the same every night."""
    found = one(target=10, current=6, check_in_date=date(2025, 10, 20))
    assert found.reason.code == "neglected"
    assert found.reason.params["since"] == date(2025, 10, 20)


def test_status_by_ratio() -> None:
    """A profile may compare progress ÷ expected: 0.95 on track, 0.75 at risk."""
    profile = changed(status={"by": "ratio", "on_track": 0.95, "at_risk": 0.75})
    statuses = [
        one(metric=Metric.INCREASE, baseline=0, target=100, current=current, today=LONG["start"] + timedelta(days=50),
            check_in_date=LONG["start"] + timedelta(days=50), profile=profile, **LONG).status
        for current in (47.5, 47.4, 37.5, 37.4)
    ]  # fmt: skip
    assert statuses == [Status.ON_TRACK, Status.AT_RISK, Status.AT_RISK, Status.OFF_TRACK]


def test_neglect_can_be_off() -> None:
    """A profile without neglect_days never applies it."""
    profile = changed(status={"neglect_days": None})
    assert one(target=10, current=6, check_in_date=START, profile=profile).status is Status.ON_TRACK


def test_the_objectives_status_goes_by_its_own_gap() -> None:
    """Two key results far apart: the objective's mean decides, not the weaker one."""
    items = [key_result("KR-1", target=10, current=10), key_result("KR-2", target=10, current=1)]
    found = card(objective(), *items).scores
    assert found["KR-2"].status is Status.OFF_TRACK
    assert found["O-1"].status in (Status.ON_TRACK, Status.AT_RISK)
    assert found["O-1"].progress == pytest.approx(0.55)
    assert QUARTER.due == found["O-1"].due
