"""The key results that somebody must decide on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sheetsync.report.digest.decisions import card_of, to_decide
from sheetsync.results import Status
from tests.factories import key_result, objective, raw
from tests.report.digest.book import CYCLE, TODAY, rescored, source


def row(number: int, **given: Any) -> Any:
    """Make a key result in its own row."""
    return key_result(f"KR-{number}", **{"row": number, "target": 100, "current": 45, "check_in_date": TODAY, **given})


def told(*items: Any, **given: Any) -> list[str]:
    """Give the keys of what must be decided, in order."""
    made = source(objective(), *items, **given)
    return [one.key for one in to_decide(made.goals.key_results, made)]


def test_what_is_asked_or_blocked_comes_first_then_what_is_off_track() -> None:
    """Shows that at risk alone is no decision, and that words on a goal that goes well are none either."""
    items = [
        row(6, current=5),
        row(7),
        row(8, blocker="Fees"),
        row(9, ask="150 m"),
        row(10, current=90, blocker="Fees"),
        row(11, current=20, ask="More"),
        row(12, current=raw("?"), blocker="x"),
    ]
    assert told(*items) == ["KR-11", "KR-8", "KR-9", "KR-6"]


def test_what_was_missed_is_decided_on_after_what_is_off_track() -> None:
    """Shows the order of the statuses, and that the furthest behind comes first among equals."""
    statuses = {"KR-6": Status.MISSED, "KR-7": Status.OFF_TRACK, "KR-8": Status.OFF_TRACK, "KR-9": Status.AT_RISK}
    items = [row(6), row(7, current=9), row(8, current=3), row(9)]
    made = rescored(source(objective(), *items), **{key: {"status": status} for key, status in statuses.items()})
    assert [one.key for one in to_decide(items, made)] == ["KR-8", "KR-7", "KR-6"]


def test_nothing_is_decided_before_the_cycle_or_where_all_goes_well() -> None:
    """Shows that no decision is made up."""
    assert told(row(6, current=80)) == []
    assert told(row(6, current=0, ask="x"), today=CYCLE.start - timedelta(days=1)) == []


def test_a_card_has_a_question_only_where_nobody_asked_for_anything() -> None:
    """Shows that what somebody wrote is never replaced."""
    asked, silent = row(6, current=5, ask="150 m"), row(7, current=5)
    made = source(objective(), asked, silent)
    assert card_of(asked, made)["question"] is None
    assert card_of(asked, made)["ask"] == "150 m"
    assert card_of(silent, made)["question"]["code"] == "target_far"


def test_what_was_missed_is_no_decision_once_the_cycle_is_over() -> None:
    """Shows that the due day still asks, that the day after asks only about what has a later due day of its own."""
    later = CYCLE.due + timedelta(days=60)
    items = [row(6, current=5, blocker="Fees"), row(7, current=5), row(8, current=5, due=later, ask="More")]
    assert told(*items, today=CYCLE.due) == ["KR-6", "KR-8", "KR-7"]
    assert told(*items, today=CYCLE.due + timedelta(days=1)) == ["KR-8"]


def test_what_was_missed_within_the_cycle_is_decided_on_until_its_end() -> None:
    """Shows that a due day of its own which has passed leaves something to decide while the cycle runs."""
    assert told(row(6, current=5, due=TODAY - timedelta(days=3))) == ["KR-6"]
