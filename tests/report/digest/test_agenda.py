"""What a team talks about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sheetsync.report.digest import team_digest
from sheetsync.report.digest.agenda import AGENDA, agenda_of, to_discuss
from tests.factories import key_result, objective, raw
from tests.report.digest.book import CYCLE, TODAY, source


def told(*items: Any, today: date = TODAY) -> list[tuple[str, str]]:
    """Give the agenda as keys and questions."""
    made = source(objective(), *items, today=today)
    return [(one["key"], one["question"]["code"]) for one in agenda_of(to_discuss(made.goals.key_results, made), made)]


def row(number: int, **given: Any) -> Any:
    """Make a key result in its own row."""
    return key_result(f"KR-{number}", **{"row": number, "target": 100, "current": 60, "check_in_date": TODAY, **given})


def test_what_must_be_decided_comes_first_and_each_has_a_question() -> None:
    """Shows the order: blocked, off track, at risk, not readable, stale."""
    items = [
        row(6, check_in_date=TODAY - timedelta(days=9)),
        row(7, current=raw("half")),
        row(8, current=40),
        row(9, current=5),
        row(10, current=45, blocker="Fees"),
        row(11),
    ]
    assert told(*items) == [
        ("KR-10", "blocked"),
        ("KR-9", "target_far"),
        ("KR-8", "target_far"),
        ("KR-7", "not_readable"),
        ("KR-6", "stale"),
    ]


def test_an_agenda_has_at_most_five_items_of_five_minutes() -> None:
    """Shows the cap, and what is said of the time."""
    items = [row(number, current=5, team="Sales") for number in range(6, 14)]
    data = team_digest(source(objective(), *items), "Sales").data
    assert (len(data["agenda"]), data["minutes"]) == (AGENDA, 25)
    assert data["verdict"]["to_discuss"] == 8


def test_nothing_to_talk_about_is_no_agenda() -> None:
    """Shows that what goes well and is fresh raises no question."""
    assert told(row(6), row(7, current=100)) == []


def test_what_was_missed_raises_no_question_once_the_cycle_is_over() -> None:
    """Shows that only what keeps a final grade from being given is left to talk about."""
    items = [row(6, current=5), row(7, current=45, blocker="Fees"), row(8, current=raw("half"))]
    assert told(*items, today=CYCLE.due + timedelta(days=3)) == [("KR-8", "not_readable")]
