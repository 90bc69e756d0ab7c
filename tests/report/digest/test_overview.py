"""What stands at the top of every digest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from sheetsync.report.digest import Recipient
from sheetsync.report.digest.overview import cycle_of, head, overall, updated, week_of
from tests.factories import key_result, objective, person
from tests.report.digest.book import TODAY, source, weekly


def test_the_head_says_who_reads_what() -> None:
    """Shows the recipient with the name to call, the moment of reading, and the links."""
    moment = datetime(2026, 11, 21, 2, 10, tzinfo=timezone(timedelta(hours=7)))
    told = source(
        person("Trần Lan", email="lan@a.vn"),
        recipient=Recipient("Trần Lan", "team", "chị", "Sales"), read_at=moment, zone="GMT+7",
        report_url="https://a.example/r", stop="mailto:okr@a.example?subject=STOP%20team", company="Acme",
    )  # fmt: skip
    data = head("team", told)
    assert data["recipient"] == {
        "name": "Trần Lan", "given": "Lan", "honorific": "chị", "role": "team", "team": "Sales",
    }  # fmt: skip
    assert data["links"] == {"report": "https://a.example/r", "stop": "mailto:okr@a.example?subject=STOP%20team"}
    assert (data["schema"], data["kind"], data["company"]) == ("report.v1", "team", "Acme")
    assert (data["read_at"], data["zone"]) == (moment, "GMT+7")


@pytest.mark.parametrize("url", ["http://a.example", "mailto:a@b.example", "javascript:x", None])
def test_a_report_is_linked_by_https_alone(url: str | None) -> None:
    """Shows that another address is left out."""
    assert head("company", source(report_url=url))["links"]["report"] is None


def test_what_nobody_knows_is_none() -> None:
    """Shows the head of a source with defaults: the workbook's name stands for the company."""
    data = head("company", source(cycle=None))
    assert (data["company"], data["cycle"], data["recipient"]) == ("book", None, None)
    assert data["links"] == {"report": None, "stop": None}


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 9, 30), None), (date(2026, 10, 1), 1), (date(2026, 10, 4), 1), (date(2026, 10, 5), 2),
        (date(2026, 12, 31), 14), (date(2027, 1, 1), None),
    ],
)  # fmt: skip
def test_weeks_are_counted_from_the_monday_before_the_cycle(today: date, week: int | None) -> None:
    """Shows the number of the running week at its bounds."""
    told = cycle_of(source(today=today))
    assert told is not None and (told["week"], told["weeks"]) == (week, 14)


def test_a_week_is_monday_to_sunday() -> None:
    """Shows the week of a Saturday, a Sunday and a Monday."""
    for day, monday in ((TODAY, 16), (date(2026, 11, 22), 16), (date(2026, 11, 23), 23)):
        start = date(2026, 11, monday)
        assert week_of(day) == {"start": start, "end": start + timedelta(days=6)}


@pytest.mark.parametrize(
    ("today", "monday", "week"),
    [
        (date(2026, 11, 23), date(2026, 11, 16), 8), (date(2026, 10, 5), date(2026, 9, 28), 1),
        (date(2026, 12, 31), date(2026, 12, 28), 14), (date(2027, 1, 4), date(2026, 12, 28), None),
    ],
)  # fmt: skip
def test_a_mail_tells_of_the_week_that_it_is_about(today: date, monday: date, week: int | None) -> None:
    """Shows week and number of the check-in that a mail reports, though the next one began; none once all is over."""
    sunday = monday + timedelta(days=6)
    told = head("company", source(today=today, about=(monday, sunday)))
    assert (told["week"], told["cycle"]["week"]) == ({"start": monday, "end": sunday}, week)


def test_the_weeks_end_with_the_one_that_a_mail_is_about() -> None:
    """Shows on a Monday that the week which has just begun is none of those that the company is told of."""

    def items(week: int) -> list[object]:
        return [objective(), key_result(baseline=0, target=100, current=week * 6)]

    monday = date(2026, 11, 23)
    told = source(*items(8), today=monday, nights=weekly(items), about=(date(2026, 11, 16), date(2026, 11, 22)))
    assert [one["week"] for one in overall(told)["weeks"]] == list(range(1, 9))
    assert len(overall(told._replace(about=None))["weeks"]) == 9


def test_the_whole_has_its_weeks_and_its_change() -> None:
    """Shows what the headline is made of."""

    def items(week: int) -> list[object]:
        return [objective(), key_result(baseline=0, target=100, current=week * 6)]

    found = overall(source(*items(8), nights=weekly(items)))
    assert (found["progress"], found["change"]) == (0.48, pytest.approx(0.06))
    assert len(found["weeks"]) == 8
    assert overall(source(*items(8)))["weeks"] == []


def test_values_are_fresh_by_their_own_rhythm_and_the_stale_ones_are_counted_by_team() -> None:
    """Shows the counts, the teams with most first, and that nobody is named."""
    old = {"target": 10, "current": 5, "check_in_date": TODAY - timedelta(days=9)}
    items = [
        objective(owner="Lan"),
        key_result("KR-1", row=6, team="A", **old),
        key_result("KR-2", row=7, team="B", **old),
        key_result("KR-3", row=8, team="B", **old),
        key_result("KR-4", row=9, **old),
        key_result("KR-5", row=10, target=10, current=5, check_in_date=TODAY),
        key_result("KR-6", row=11, target=10, current=10, check_in_date=TODAY),
    ]
    found = updated(source(*items))
    assert (found["fresh"], found["total"], found["stale"], found["known"]) == (1, 5, 4, True)
    assert found["teams"] == [{"team": "B", "count": 2}, {"team": "A", "count": 1}, {"team": None, "count": 1}]


def test_without_any_date_nothing_is_known_of_updates() -> None:
    """Shows that nothing is called stale where no date is kept."""
    found = updated(source(objective(), key_result(target=10, current=5)))
    assert (found["known"], found["stale"], found["total"]) == (False, 0, 1)


def test_a_moment_keeps_its_offset() -> None:
    """Shows that the moment of reading is handed through as it is."""
    moment = datetime(2026, 11, 20, 19, 10, tzinfo=UTC)
    assert head("company", source(read_at=moment))["read_at"] is moment
