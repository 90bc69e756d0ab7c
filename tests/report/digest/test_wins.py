"""What was reached, and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Bounds
from sheetsync.past import Statement
from sheetsync.report.digest import company_digest, wins_digest
from sheetsync.report.digest.wins import early_days, new_wins, wins_between
from sheetsync.results import Reason, Score, Status
from tests.factories import key_result, objective
from tests.report.digest.book import CYCLE, MARK, TODAY, goals_of, source, weekly


def ways(*values: float) -> Any:
    """Give nights a week apart on which the key result of an objective stood at these values."""
    return weekly(lambda week: [objective(), key_result(baseline=0, target=100, current=values[week - 1])], len(values))


DONE = (objective(owner="Lan"), key_result(baseline=0, target=100, current=100))


def days(*values: float, **given: Any) -> list[Any]:
    """Give the days of the new wins, after these weeks."""
    return [(one["kind"], one["day"]) for one in new_wins(source(*DONE, nights=ways(*values), **given))]


def test_a_win_of_today_is_new() -> None:
    """Shows that what was not there last night is won today: the objective first."""
    assert days(60, 80) == [("objective", TODAY), ("key_result", TODAY)]


def test_a_win_is_new_for_a_week() -> None:
    """Shows the first night that saw it, and that older ones are not told again."""
    assert days(60, 80, 100) == [("objective", MARK), ("key_result", MARK)]
    assert days(60, 100, 100) == []


@pytest.mark.parametrize(("day", "told"), [(MARK + timedelta(days=6), 2), (MARK + timedelta(days=7), 0)])
def test_the_week_counts_today(day: date, told: int) -> None:
    """Shows both sides of the bound."""
    assert len(new_wins(source(*DONE, nights=ways(60, 80, 100), today=day))) == told


def test_a_win_that_was_lost_and_won_again_is_told_once() -> None:
    """Shows that the first day counts."""
    assert days(100, 80, 80) == []


@pytest.mark.parametrize(
    ("values", "today", "told"), [((60, 80, 80), 80, 0), ((60, 80, 80), 100, 2), ((60, 100, 100), 100, 0)]
)
def test_what_the_end_of_the_cycle_alone_made_achieved_is_no_win(
    values: tuple[float, ...], today: float, told: int
) -> None:
    """Shows that on the day after the end 80 %, which passes, is no news, and what was filled on the last day is."""
    end = CYCLE.due + timedelta(days=1)
    nights = weekly(
        lambda week: [objective(owner="Lan"), key_result(baseline=0, target=100, current=values[week - 1])],
        len(values),
        date(2026, 12, 28),
    )
    items = (objective(owner="Lan"), key_result(baseline=0, target=100, current=today))
    assert len(new_wins(source(*items, nights=nights, today=end))) == told


def test_a_bound_that_was_kept_all_along_is_no_win_on_the_day_after() -> None:
    """Shows that being inside a bound on the last day is news only where it was not inside the week before."""

    def kept(*values: float) -> int:
        target = Bounds(None, 6)
        nights = weekly(
            lambda week: [objective(), key_result(target=target, current=values[week - 1])], 3, date(2026, 12, 28)
        )
        item = key_result(target=target, current=values[-1])
        return len(new_wins(source(objective(), item, nights=nights, today=CYCLE.due + timedelta(days=1))))

    assert kept(5, 5, 5) == 0
    assert kept(7, 7, 5) == 2


def test_a_win_of_an_earlier_cycle_does_not_count() -> None:
    """Shows that only the days of the item's own time are looked at."""
    nights = [(day, goals_of(*DONE)) for day in (date(2026, 9, 21), date(2026, 9, 28))]
    assert [one["day"] for one in new_wins(source(*DONE, nights=nights))] == [TODAY, TODAY]


def test_a_win_is_not_of_the_day_on_which_the_cycle_before_was_graded() -> None:
    """Shows that what the old quarter's end made achieved, while the workbook was still about it, is no earlier win."""
    done = [objective(), key_result(baseline=0, target=10, current=10)]
    late = CYCLE.start + timedelta(days=5)
    made = source(*done, nights=[(CYCLE.start, goals_of(*done)), (TODAY - timedelta(days=1), goals_of(*done))])
    assert made.past is not None
    said = Statement(CYCLE.start - timedelta(days=9), "start", "2026-07-01"), Statement(late, "start", "2026-10-01")
    told = made._replace(past=made.past._replace(header_statements={("cycle", "start"): said}))
    assert new_wins(made) == []
    assert [won["day"] for won in new_wins(told)] == [TODAY - timedelta(days=1)] * 2


def test_a_win_counts_from_the_first_day_of_the_item_itself() -> None:
    """Shows that what stood there before its own first day is no win of it."""
    late = (objective(), key_result(baseline=0, target=100, current=100, start=MARK))
    found = new_wins(source(*late, nights=ways(100, 100, 100)), {"KR-1"})
    assert [one["day"] for one in found] == [MARK]


def test_without_a_history_all_that_is_reached_is_told_without_a_day() -> None:
    """Shows that nobody knows when, and so nothing is left out."""
    found = new_wins(source(*DONE))
    assert [(one["day"], one["early_days"]) for one in found] == [(None, 40), (None, 40)]


def test_early_days_are_those_from_the_win_to_the_due_day() -> None:
    """Shows that the number does not shrink day by day, and that a late win has none."""
    found = new_wins(source(*DONE, nights=ways(60, 80, 100)))
    assert {one["early_days"] for one in found} == {(date(2026, 12, 31) - MARK).days}
    score = Score("KR-1", "key_result", Status.ACHIEVED, Reason("reached", {}), due=TODAY)
    assert early_days(score, TODAY) is None
    assert early_days(score._replace(due=None), TODAY) is None


def test_who_reached_it_is_told_also_for_a_blank_owner() -> None:
    """Shows the objective's owner, and what a person is called by."""
    found = new_wins(source(objective(owner="Trần Thị Lan", team="Sales"), DONE[1]))
    assert [(one["owner"], one["given"], one["team"]) for one in found] == [("Trần Thị Lan", "Lan", "Sales")] * 2


def test_many_wins_are_cut_and_counted() -> None:
    """Shows that a mail about something else tells four, in the order of the sheet."""
    items = [key_result(f"KR-{row}", row=row, title=f"W{row}", target=10, current=10) for row in range(6, 12)]
    data = company_digest(source(objective(), *items)).data
    assert [one["title"] for one in data["wins"]] == ["Grow", "W6", "W7", "W8"]
    assert data["more_wins"] == 3


def test_wins_can_be_limited_to_some_items_and_days() -> None:
    """Shows the key results of one owner, and a time in which nothing was won."""
    told = source(*DONE, nights=ways(60, 80, 100))
    assert [one["kind"] for one in wins_between(MARK, MARK, told, {"KR-1"})] == ["key_result"]
    assert wins_between(MARK - timedelta(days=7), MARK - timedelta(days=1), told) == []


def test_the_mail_of_wins_tells_the_week_that_ends_today_or_another() -> None:
    """Shows the period of the digest, and what it holds."""
    told = source(*DONE, nights=ways(60, 80, 100))
    data = wins_digest(told).data
    assert data["period"] == {"start": TODAY - timedelta(days=6), "end": TODAY}
    assert (len(data["wins"]), data["more_wins"]) == (2, 0)
    earlier = wins_digest(told, MARK - timedelta(days=7), MARK - timedelta(days=1)).data
    assert (earlier["wins"], earlier["period"]["end"]) == ([], MARK - timedelta(days=1))
