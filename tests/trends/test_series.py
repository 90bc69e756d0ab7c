"""Tests of weekly marks, and of the snapshots of one item."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Cycle, Metric
from sheetsync.past import CYCLE, Observation, Past, Remembered, Statement
from sheetsync.results import Reason, Score, Status
from sheetsync.trends.series import Snapshots, begun_on, counts_since, last_mark, marks_between

MONDAY = date(2026, 11, 16)


def score(progress: float, **given: object) -> Score:
    """Make the score of today of a key result that rises from 0 to 100."""
    fields = {"metric": Metric.INCREASE, "baseline": 0.0, "target": 100.0, "current": progress * 100, **given}
    return Score("KR-1", "key_result", Status.ON_TRACK, Reason("pace", {}), progress=progress, **fields)  # type: ignore[arg-type]


def remembered(*told: tuple[date, float]) -> Remembered:
    """Make the memory of values by day, out of 100."""
    seen = tuple(Observation(day, value=value, progress=value / 100, target=100.0) for day, value in told)
    return Remembered("KR-1", "key_result", told[0][0], told[-1][0], seen)


@pytest.mark.parametrize(("days", "back"), [(0, 7), (1, 1), (4, 4), (6, 6)])
def test_the_mark_is_the_monday_before(days: int, back: int) -> None:
    """Shows that the last mark is this week's Monday, and on a Monday the one a week ago."""
    today = MONDAY + timedelta(days=days)
    assert last_mark(today) == today - timedelta(days=back)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_mark_lies_within_the_week_before(today: date) -> None:
    """Shows that the mark is a Monday, and one to seven days back."""
    mark = last_mark(today)
    assert mark.weekday() == 0 and 1 <= (today - mark).days <= 7


def test_marks_of_a_cycle() -> None:
    """Shows that the marks run from the first on or after the beginning to the last before today."""
    assert marks_between(date(2026, 11, 2), MONDAY) == (date(2026, 11, 2), date(2026, 11, 9))
    assert marks_between(MONDAY, MONDAY) == ()


def test_a_value_holds_until_the_next_one_while_somebody_looks() -> None:
    """Shows that a value stands on later nights, but is not known where nobody looked for a week."""
    past = remembered((date(2026, 11, 2), 20), (date(2026, 11, 12), 40))
    nights = tuple(date(2026, 11, 2) + timedelta(days=day) for day in range(15))
    seen = Snapshots(score(0.4), past._replace(last=nights[-1]), nights)
    assert seen.progress(date(2026, 11, 9)) == pytest.approx(0.2)
    assert seen.progress(date(2026, 11, 13)) == pytest.approx(0.4)
    assert seen.progress(date(2026, 11, 1)) is None
    assert Snapshots(score(0.4), past, ()).progress(date(2026, 11, 10)) is None


def test_a_target_that_moved_is_no_step() -> None:
    """Shows that earlier values are held against today's target."""
    past = remembered((date(2026, 11, 2), 20))
    seen = Snapshots(score(0.1, target=200.0, current=20.0), past, (date(2026, 11, 2),))
    assert seen.progress(date(2026, 11, 3)) == pytest.approx(0.1)


def test_another_cycle_is_another_goal() -> None:
    """Shows that what an id stood for before its cycle began is not taken for the beginning of this one."""
    past = remembered((date(2026, 9, 28), 90), (date(2026, 10, 8), 5))
    seen = Snapshots(score(0.05), past, (date(2026, 9, 28), date(2026, 10, 8)), since=date(2026, 10, 1))
    assert seen.progress(date(2026, 10, 2)) is None
    assert seen.progress(date(2026, 10, 9)) == pytest.approx(0.05)


def test_since_when_nothing_moves() -> None:
    """Shows that the day is found on which today's value was first seen, and none where it is new today."""
    past = remembered((date(2026, 11, 2), 20), (date(2026, 11, 5), 40), (date(2026, 11, 6), 40))
    assert Snapshots(score(0.4), past, ()).moved() == date(2026, 11, 5)
    assert Snapshots(score(0.5), past, ()).moved() is None


def test_what_was_seen_of_the_cycle_before_does_not_count() -> None:
    """Shows that an item with the workbook's dates counts from the night that saw its cycle, one of its own by them."""
    begun, late = date(2026, 10, 1), date(2026, 10, 7)
    cycle = Cycle("Q4/2026", begun, date(2026, 12, 31))
    told = Statement(date(2026, 9, 1), "start", "2026-07-01"), Statement(late, "start", begun.isoformat())
    past = Past(header_statements={(CYCLE, "start"): told})
    assert (begun_on(cycle, past, MONDAY), begun_on(cycle, Past(), MONDAY), begun_on(None, past, MONDAY)) == (
        late,
        begun,
        None,
    )
    assert counts_since(score(0.1, start=begun), cycle, late) == late
    own = date(2026, 7, 1)
    assert counts_since(score(0.1, start=own), cycle, late) == own
    assert counts_since(score(0.1), cycle, late) is None
