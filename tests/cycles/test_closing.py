"""What a cycle came to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import profiles
from sheetsync.cycles.closing import Result, begun, cycle_of
from sheetsync.model import Cycle, Frequency, Metric, PerPeriod
from sheetsync.results import Status
from sheetsync.scoring import profile_from, score
from tests.cycles.scene import (
    AFTER,
    ASPIRATIONAL,
    COMMITTED,
    DEFAULT,
    NEXT,
    QUARTER,
    VN_KPI,
    closed,
    firm,
    line_of,
    quarter,
)  # fmt: skip
from tests.factories import check_in, goals, key_result, objective, raw


@pytest.mark.parametrize(
    ("commitment", "current", "result"),
    [
        (COMMITTED, 100, Result.REACHED),
        (COMMITTED, 99, Result.MISSED),
        (ASPIRATIONAL, 70, Result.REACHED),
        (ASPIRATIONAL, 69, Result.MISSED),
        (None, 70, Result.REACHED),
    ],
)
def test_a_commitment_needs_all_and_a_stretch_a_good_part(commitment: object, current: int, result: Result) -> None:
    """Shows that the profile's pass mark for what was promised decides, and that status and result agree."""
    line = line_of(closed(quarter(key_result(baseline=0, target=100, current=current, commitment=commitment))), "KR-1")
    assert line.result is result
    assert line.status is (Status.ACHIEVED if result is Result.REACHED else Status.MISSED)
    assert line.mark == (1.0 if commitment is COMMITTED else 0.7)
    assert line.score == current / 100


def test_a_key_result_takes_commitment_owner_and_team_from_its_objective() -> None:
    """Shows that what stands with the objective alone counts for its key results too."""
    above = objective(commitment=COMMITTED, owner="Lan", team="Sales")
    line = line_of(closed(quarter(above, key_result(baseline=0, target=100, current=80))), "KR-1")
    assert (line.commitment, line.owner, line.team, line.result) == ("committed", "Lan", "Sales", Result.MISSED)


def test_lines_are_in_the_order_in_which_one_reads_them() -> None:
    """Shows the firm's total first, then teams, people, and each objective with its key results below it."""
    found = closed(firm())
    assert [line.key or f"{line.kind} {line.title}".strip() for line in found.lines] == [
        "company", "team Sales", "team Ops", "person Lan", "person Minh", "O-1", "KR-1", "KR-2", "O-2", "KR-3",
    ]  # fmt: skip


def test_totals_count_key_results_and_mean_their_scores() -> None:
    """Shows the firm's score as that of its objectives, a person's as that of the key results they own."""
    found = closed(firm())
    whole = found.whole
    assert whole.tally is not None
    assert (whole.tally.reached, whole.tally.missed, whole.tally.total) == (2, 1, 3)
    assert whole.tally.committed == (1, 1)
    assert whole.score == pytest.approx((0.64 + 1.0) / 2)
    minh = line_of(found, "Minh")
    assert minh.tally is not None
    assert (minh.tally.reached, minh.tally.missed) == (1, 1)
    assert minh.score == pytest.approx((0.1 + 1.0) / 2)


def test_an_objective_names_the_key_result_that_fell_farthest_short() -> None:
    """Shows the weakest of those that were missed, and none where all were reached."""
    found = closed(firm())
    assert line_of(found, "O-1").weakest == ("KR-2", 0.1)
    assert line_of(found, "O-2").weakest is None


def test_what_cannot_be_scored_is_named() -> None:
    """Shows an unreadable value as a goal without a grade, never as one that was missed."""
    found = closed(quarter(key_result(baseline=0, target=100, current=raw("about half"))))
    assert [line.key for line in found.unscored] == ["KR-1"]
    assert found.whole.tally is not None
    assert (found.whole.tally.missed, found.whole.tally.not_scored) == (0, 1)


def test_a_goal_that_runs_beyond_the_cycle_is_not_judged() -> None:
    """Shows a due day of its own after the cycle's: it runs on, until that day has passed."""
    own = key_result(baseline=0, target=100, current=40, start=date(2026, 10, 1), due=date(2027, 6, 30))
    assert line_of(closed(quarter(own)), "KR-1").result is Result.RUNNING
    assert line_of(closed(quarter(own), today=date(2027, 7, 1)), "KR-1").result is Result.MISSED


def test_an_early_close_judges_by_today() -> None:
    """Shows that before the due day the score is held against the mark, whatever the pace says."""
    half = quarter(key_result(baseline=0, target=100, current=50))
    assert line_of(closed(half, today=date(2026, 11, 1)), "KR-1").result is Result.MISSED


def test_the_weakest_key_result_decides_where_the_profile_says_so() -> None:
    """Shows that by perdoo's way an objective is missed with its weakest key result, early and late."""
    perdoo = profile_from(profiles.load("perdoo@1"))
    found = quarter(
        objective(),
        key_result("KR-1", baseline=0, target=100, current=100),
        key_result("KR-2", row=7, baseline=0, target=100, current=60),
    )
    for day in (date(2026, 12, 20), AFTER):
        assert line_of(closed(found, today=day, profile=perdoo), "O-1").result is Result.MISSED


def test_a_recurring_key_result_counts_every_period_of_its_cycle() -> None:
    """Shows two a month over a quarter: months from the log, at most one each, and the mean of a month as the end."""
    talks = key_result(metric=Metric.PER_PERIOD, target=PerPeriod(2, Frequency.MONTH))
    log = [
        check_in("KR-1", row=2, date=date(2026, 10, 9), value=1),
        check_in("KR-1", row=3, date=date(2026, 10, 30), value=1),
        check_in("KR-1", row=4, date=date(2026, 11, 12), value=4),
        check_in("KR-1", row=5, date=date(2026, 12, 30), value=1),
        check_in("KR-1", row=6, date=date(2027, 1, 3), value=9),
    ]
    line = line_of(closed(quarter(talks, *log)), "KR-1")
    assert line.score == pytest.approx((1 + 1 + 0.5) / 3)
    assert isinstance(line.current, PerPeriod)
    assert line.current.number == pytest.approx(7 / 3)
    assert line.current.frequency is Frequency.MONTH


@pytest.mark.parametrize(("times", "expected"), [(13, 1.0), (12, 12 / 13), (0, 0.0)])
def test_a_weekly_key_result_counts_thirteen_weeks(times: int, expected: float) -> None:
    """Shows one a week over a quarter of 92 days: thirteen whole weeks, and a week without a check-in counts as 0."""
    post = key_result(metric=Metric.PER_PERIOD, target=PerPeriod(1, Frequency.WEEK))
    days = [date.fromordinal(QUARTER.start.toordinal() + 7 * week) for week in range(times)]
    log = [check_in("KR-1", row=row, date=day, value=1) for row, day in enumerate(days, 2)]
    silent = check_in("KR-1", row=99, date=QUARTER.start, value=0)
    assert line_of(closed(quarter(post, *log, silent)), "KR-1").score == pytest.approx(expected)


def test_the_cycle_is_the_workbooks_or_spans_its_goals() -> None:
    """Shows that without a cycle the first start and the last due day are taken, and that there may be none."""
    dated = key_result(baseline=0, target=9, current=3, start=date(2026, 10, 1), due=date(2026, 12, 15))
    later = key_result("KR-2", row=7, baseline=0, target=9, start=date(2026, 11, 1), due=date(2026, 12, 31))

    def cycle(found: object) -> Cycle | None:
        return cycle_of(found, score(found, DEFAULT, VN_KPI, AFTER))  # type: ignore[arg-type]

    assert cycle(quarter(dated)) == QUARTER
    assert cycle(goals(dated, later)) == Cycle("", QUARTER.start, QUARTER.due)
    assert cycle(goals(key_result(target=9))) is None


@given(st.lists(st.floats(0, 150), min_size=1, max_size=6), st.integers(0, 400))
def test_every_goal_comes_to_one_thing(values: list[float], days: int) -> None:
    """Shows that the tally of the whole counts each key result once, on any day."""
    results = [key_result(f"KR-{n}", row=n + 6, baseline=0, target=100, current=v) for n, v in enumerate(values)]
    found = closed(quarter(objective(), *results), today=date.fromordinal(QUARTER.start.toordinal() + days))
    assert found.whole.tally is not None
    assert found.whole.tally.total == len(values)


def test_goals_that_begin_after_a_cycle_are_none_of_it() -> None:
    """Shows what is left of two quarters in one workbook: the goals of the first, and those without days."""
    later = key_result("KR-2", objective="O-2", baseline=0, target=100, current=10, cycle=NEXT)
    seen = quarter(objective(), objective("O-2", cycle=NEXT), key_result(baseline=0, target=100, current=80), later)
    left = begun(seen, score(seen, DEFAULT, VN_KPI, AFTER), QUARTER)
    assert ([one.key for one in left.objectives], [one.key for one in left.key_results]) == (["O-1"], ["KR-1"])


def test_the_cycle_that_all_goals_name_is_closed() -> None:
    """Shows a workbook that says no cycle, whose goals name one; two of them are no one cycle."""
    named = key_result(baseline=0, target=100, current=80, cycle=QUARTER)
    seen = goals(objective(cycle=QUARTER), named, cycle=None)
    assert cycle_of(seen, score(seen, DEFAULT, VN_KPI, AFTER)) == QUARTER
    seen = goals(objective("O-2", cycle=NEXT), named, cycle=None)
    assert cycle_of(seen, score(seen, DEFAULT, VN_KPI, AFTER)) == Cycle("", QUARTER.start, NEXT.due)
