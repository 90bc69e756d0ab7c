"""Milestones, yes/no and per-period targets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Bounds, Done, Frequency, Metric, Milestones, PerPeriod
from sheetsync.results import NotScored, Status
from tests.factories import check_in, key_result, raw
from tests.scoring.scene import DUE, HALF, card, notes, one, percent

STEPS = Milestones(("Research", "Build", "Launch", "Review"))
WEIGHED = Milestones(("Research", "Build", "Launch"), (50, 30, 20))


@pytest.mark.parametrize(
    ("target", "current", "progress"),
    [
        (STEPS, Milestones(("Research", "build ")), 0.5),
        (STEPS, Milestones(("1", "3")), 0.5),
        (STEPS, Milestones(()), 0.0),
        (STEPS, Milestones(("Research", "Research")), 0.25),
        (STEPS, Milestones(STEPS.names), 1.0),
        (STEPS, 1, 0.25),
        (STEPS, 9, 1.0),
        (STEPS, -1, 0.0),
        (STEPS, percent(30), 0.3),
        (STEPS, Done(True), 1.0),
        (WEIGHED, Milestones(("Research",)), 0.5),
        (WEIGHED, Milestones(("Build", "Launch")), 0.5),
        (WEIGHED, 2, 0.8),
        (WEIGHED, 1.5, 0.65),
        (Milestones(("a", "b"), (0, 0)), 1, 0.5),
        (Milestones(("a", "b"), (1,)), 1, 0.5),
        (Milestones(("a", "b"), (0, float("inf"))), Milestones(("b",)), 0.5),
        (Milestones(("a", "b"), (1e308, 1e308)), Milestones(("b",)), 0.5),
        (Milestones(("a", "b"), (-1, 2)), Milestones(("b",)), 0.5),
        (5, 2, 0.4),
        (5, Milestones(("x", "y")), 0.4),
        (None, percent(60), 0.6),
    ],
)
def test_milestones_count_by_their_weights(target: Any, current: Any, progress: float) -> None:
    """Named, numbered, counted or a percentage; equal weights where none (or no usable ones) are given."""
    assert one(metric=Metric.MILESTONE, target=target, current=current).progress == pytest.approx(progress)


def test_a_list_of_milestones_chooses_its_metric() -> None:
    """A blank metric beside a list is milestones, and they follow the pace."""
    found = one(target=STEPS, current=1)
    assert found.metric is Metric.MILESTONE
    assert found.expected == pytest.approx(45 / 91)


def test_an_unknown_milestone_is_noted_and_not_counted() -> None:
    """A name that is not in the list adds nothing and is told."""
    found = card(key_result(target=STEPS, current=Milestones(("Research", "Party"))))
    assert found.scores["KR-1"].progress == 0.25
    assert found.notes["KR-1"][0].params == {"names": "Party"}


@pytest.mark.parametrize(
    ("target", "current", "noted"),
    [
        (STEPS, 4, False),
        (STEPS, 4.5, True),
        (STEPS, 44, True),
        (STEPS, -1, True),
        (STEPS, 0, False),
        (STEPS, percent(110), False),
        (5, 6, False),
        (5, -1, True),
    ],
)
def test_a_number_of_milestones_that_cannot_be_done_is_noted(target: Any, current: Any, noted: bool) -> None:
    """Shows that more than the list has and fewer than none are told; more than a planned number is over-delivery."""
    found = card(key_result(metric=Metric.MILESTONE, target=target, current=current))
    told = [reason.params for reason in found.notes.get("KR-1", ()) if reason.code == "milestone_count"]
    size = len(STEPS.names) if target is STEPS else 5
    assert told == ([{"current": current, "count": size}] if noted else [])


@pytest.mark.parametrize(
    ("target", "current", "problem"),
    [
        (None, 2, NotScored.NO_TARGET),
        (None, None, NotScored.NO_TARGET),
        (Bounds(1, 2), 1, NotScored.WRONG_TARGET_KIND),
        (0, 1, NotScored.WRONG_TARGET_KIND),
        (raw("…"), 1, NotScored.UNREADABLE_TARGET),
    ],
)
def test_milestones_that_cannot_be_scored(target: Any, current: Any, problem: NotScored) -> None:
    """A count without a list, and targets that are no list, are not scored."""
    assert one(metric=Metric.MILESTONE, target=target, current=current).not_scored is problem


@pytest.mark.parametrize(
    ("current", "progress"),
    [(Done(True), 1.0), (Done(False), 0.0), (1, 1.0), (0, 0.0), (percent(100), 1.0), (percent(99), 0.0), (None, 0.0)],
)
def test_yes_or_no_is_1_or_0(current: Any, progress: float) -> None:
    """Yes is 1, no and nothing are 0, and there is nothing in between; the target may be blank."""
    assert one(metric=Metric.YES_NO, current=current).progress == progress


def test_yes_or_no_needs_no_readable_target() -> None:
    """What stands in Target beside yes/no is only a description."""
    assert one(metric=Metric.YES_NO, target=raw("Ký hợp đồng"), current=Done(True)).progress == 1


def test_a_wanted_no_is_reached_by_no() -> None:
    """Target no (no accident): no is 1, yes is 0."""
    assert one(target=Done(False), current=Done(False)).progress == 1
    assert one(target=Done(False), current=Done(True)).progress == 0


def test_yes_in_current_alone_chooses_yes_or_no() -> None:
    """Neither metric nor target, and Current says done: yes/no, noted as a guess."""
    found = card(key_result(current=Done(True)))
    assert (found.scores["KR-1"].metric, found.scores["KR-1"].progress) == (Metric.YES_NO, 1.0)
    assert "metric_guessed" in notes(found, "KR-1")


def test_yes_or_no_expects_nothing_until_due_then_all() -> None:
    """Expected is 0 the day before the due day and 1 on it; a no is on track until then."""
    before = one(metric=Metric.YES_NO, current=Done(False), today=DUE.replace(day=30))
    on_it = one(metric=Metric.YES_NO, current=Done(False), today=DUE)
    assert (before.expected, before.status) == (0.0, Status.ON_TRACK)
    assert (on_it.expected, on_it.status) == (1.0, Status.OFF_TRACK)


def test_yes_or_no_without_a_value_is_not_started_until_due() -> None:
    """Nothing is expected, so an empty cell is "not started"; after the due day it is missed."""
    assert one(metric=Metric.YES_NO, today=HALF).status is Status.NOT_STARTED
    assert one(metric=Metric.YES_NO, today=date(2026, 1, 1)).status is Status.MISSED


TALKS = PerPeriod(2, Frequency.MONTH)


def log(*entries: tuple[int, int, Any]) -> list[Any]:
    """Give check-ins by month, day and value."""
    return [
        check_in(date=date(2025, month, day), value=value, row=row) for row, (month, day, value) in enumerate(entries)
    ]


def test_per_period_is_the_mean_over_complete_periods() -> None:
    """Check-ins of a period are summed; each period counts at most 1; the running one does not count."""
    entries = log((10, 5, 1), (10, 20, 3), (11, 4, 1), (12, 1, 9))
    assert one(*entries, target=TALKS, today=date(2025, 12, 2)).progress == pytest.approx((1 + 0.5) / 2)
    assert one(*entries, target=TALKS, today=date(2025, 11, 30)).progress == 1.0


def test_a_period_without_a_check_in_counts_0() -> None:
    """A month in which nothing was logged lowers the mean."""
    assert one(*log((10, 5, 2)), target=TALKS, today=date(2025, 12, 1)).progress == 0.5


def test_without_a_complete_period_per_period_is_not_scored() -> None:
    """In its first month, and on the month's last day, there is nothing to judge yet."""
    entries = log((10, 5, 1))
    assert one(*entries, target=TALKS, today=date(2025, 10, 31)).not_scored is NotScored.NO_PERIOD
    assert one(*entries, target=TALKS, today=date(2025, 11, 1)).progress == 0.5


def test_who_entered_nothing_in_the_first_period_is_not_late() -> None:
    """Before the first month is over nothing is due, with a log or without: one status, and no jump by a check-in."""
    assert one(target=TALKS, today=date(2025, 10, 4)).not_scored is NotScored.NO_PERIOD
    assert one(target=TALKS, today=date(2025, 10, 31)).not_scored is NotScored.NO_PERIOD
    late = one(target=TALKS, today=date(2025, 11, 1))
    assert (late.progress, late.status, late.reason.code) == (0.0, Status.OFF_TRACK, "no_value_late")
    assert one(target=TALKS, today=date(2025, 9, 30)).status is Status.NOT_STARTED
    assert one(target=TALKS, current=1, today=date(2025, 10, 4)).progress == 0.5
    assert (
        one(target=TALKS, start=date(2025, 10, 1), due=date(2025, 10, 20), today=date(2025, 10, 21)).status
        is Status.MISSED
    )


def test_per_period_without_a_log_takes_current_as_the_mean() -> None:
    """Typed 1.5 a month of 2 is 75 %, and more than 2 is no more than 100 %."""
    assert one(target=TALKS, current=1.5).progress == 0.75
    assert one(target=TALKS, current=5).progress == 1.0
    assert one(target=TALKS).progress == 0.0


def test_weeks_run_from_the_start() -> None:
    """A week is seven days from the item's first day; the day after the due day is no period of its own."""
    weekly = PerPeriod(1, Frequency.WEEK)
    start, due = date(2025, 10, 1), date(2025, 10, 22)
    entries = log((10, 7, 1), (10, 8, 1), (10, 22, 1))
    found = one(*entries, target=weekly, start=start, due=due, today=date(2025, 10, 23))
    assert found.progress == pytest.approx(2 / 3)


def test_named_steps_and_a_yes_in_the_log_are_counted() -> None:
    """A check-in may name what was done, or say yes."""
    entries = log((10, 5, Milestones(("talk A",))), (10, 9, Done(True)))
    assert one(*entries, target=TALKS, today=date(2025, 11, 1)).progress == 1.0


def test_per_period_is_on_track_by_its_rate_and_never_achieved_early() -> None:
    """The rate is compared with the whole rate: half of it is off track, all of it stays on track until due."""
    assert one(target=TALKS, current=1).status is Status.OFF_TRACK
    assert one(target=TALKS, current=2).status is Status.ON_TRACK
    assert one(target=TALKS, current=2, today=date(2026, 1, 1)).status is Status.ACHIEVED


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"target": PerPeriod(0, Frequency.MONTH), "current": 1}, NotScored.TARGET_NOT_POSITIVE),
        ({"metric": Metric.PER_PERIOD, "target": 5, "current": 1}, NotScored.WRONG_TARGET_KIND),
        ({"metric": Metric.PER_PERIOD, "current": 1}, NotScored.NO_TARGET),
        ({"target": TALKS, "current": Done(True)}, NotScored.WRONG_CURRENT_KIND),
    ],
)
def test_per_period_that_cannot_be_scored(given: dict[str, Any], problem: NotScored) -> None:
    """A target of nothing, one without a period, and a yes are not scored."""
    assert one(**given).not_scored is problem


def test_an_unreadable_check_in_of_a_period_is_not_scored() -> None:
    """A value in the log that cannot be read is never counted as 0."""
    entries = log((10, 5, 1), (10, 9, raw("many")))
    assert one(*entries, target=TALKS, today=date(2025, 11, 1)).not_scored is NotScored.UNREADABLE_CURRENT
