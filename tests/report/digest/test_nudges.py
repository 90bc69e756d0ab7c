"""Questions to owners, and how often each was put in vain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Seen
from sheetsync.report.digest.due import Due, due_cells
from sheetsync.report.digest.nudges import PATIENCE, ignored, is_silent, question_name, to_ask
from sheetsync.report.digest.source import Source, known_of
from tests.factories import check_in, key_result, kpi, objective, raw
from tests.report.digest.book import CYCLE, TODAY, source
from tests.scoring.scene import month

DAY = timedelta(days=1)
UPDATED = TODAY - 20 * DAY


def asked(*items: Any, **given: Any) -> tuple[list[Due], Source]:
    """Give what is due of all items, with the source."""
    made = source(*items, **given)
    return due_cells(known_of(made).items, made), made


def test_a_question_is_one_value() -> None:
    """Shows the names: of a key result whatever is wrong with it, of each period of a KPI, and of a confidence."""
    item = key_result(target=10, current=5, check_in_date=UPDATED)
    for changed in (item, item._replace(current=item.current._replace(raw="half", value=None))):
        assert [question_name(due) for due in asked(objective(), changed)[0]] == ["KR-1", "KR-1|confidence"]
    found, _ = asked(kpi("KPI 1\n", periods=(month(9, 10, 9, 2026), month(10, 10, None, 2026))))
    assert [question_name(due) for due in found] == ["KPI 1|2026-10-31"]


@pytest.mark.parametrize(
    ("ago", "count"), [((19, 15, 10), 3), ((21, 20, 10), 1), ((), 0), ((5, 5, 4), 2), ((5, -32, -3652), 1)]
)
def test_only_days_since_the_value_was_touched_count(ago: tuple[int, ...], count: int) -> None:
    """Shows that what was asked until the day of the update was answered, that a day counts once, and none afar."""
    (due, *_), made = asked(objective(), key_result(target=10, current=5, check_in_date=UPDATED))
    assert ignored(due, {"KR-1": [TODAY - days * DAY for days in ago], "KR-2": [TODAY]}, made) == count


def test_what_others_do_below_my_objective_answers_nothing() -> None:
    """Shows that an update of another key result of the same objective leaves the count of mine as it is."""
    mine = key_result(target=10, current=5, check_in_date=UPDATED, owner="Lan")
    theirs = key_result("KR-2", row=7, target=10, current=5, check_in_date=TODAY, owner="Hoa")
    found, made = asked(objective(owner="Lan"), mine, theirs)
    days = {"KR-1": [TODAY - days * DAY for days in (9, 5, 2)]}
    assert [ignored(due, days, made) for due in found if due.item.key == "KR-1" and due.what == "current"] == [3]


def test_a_confidence_is_answered_by_a_confidence() -> None:
    """Shows that a value alone does not answer it, and that what was asked in an earlier cycle counts no more."""
    item = key_result(target=10, confidence=None)
    found, made = asked(objective(), item, check_in(date=TODAY, value=5))
    (due,) = [one for one in found if one.what == "confidence"]
    days = [CYCLE.start - 9 * DAY, CYCLE.start - DAY, CYCLE.start, TODAY - DAY]
    assert ignored(due, {"KR-1|confidence": days}, made) == 2


def test_an_actual_without_periods_is_answered_where_history_saw_it_change() -> None:
    """Shows the day of the change that history saw, and that without any all days of the cycle count."""
    found, made = asked(kpi(target=10, actual=raw("?")))
    days = {"KPI-1": [date(2026, 11, 2), date(2026, 11, 9)]}
    assert [ignored(due, days, made) for due in found] == [2]
    known = made._replace(goals=made.goals._replace(seen={"KPI-1": Seen(CYCLE.start, date(2026, 11, 3))}))
    assert [ignored(due, days, known) for due in found] == [1]


def test_the_third_silence_is_the_last() -> None:
    """Shows what is asked: what has not fallen silent, and of that only what may be."""
    items = [key_result(f"KR-{n}", row=5 + n, target=10, current=5, check_in_date=UPDATED) for n in (1, 2, 3)]
    found = [one for one in asked(objective(), *items)[0] if one.what == "current"]
    times = {"KR-1": PATIENCE, "KR-2": PATIENCE - 1, "KR-3": 0}
    assert [one.item.key for one in to_ask(found, lambda due: times[due.item.key])] == ["KR-2", "KR-3"]
    assert [one.item.key for one in to_ask(found, lambda _: 0, {"KR-3"})] == ["KR-3"]
    assert [is_silent(count) for count in (0, PATIENCE - 1, PATIENCE, PATIENCE + 1)] == [False, False, True, True]
