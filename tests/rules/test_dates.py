"""RO2xx and PR4xx: dates, cycles, time frames, and what was not followed up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sheetsync.model import Cycle, Horizon
from sheetsync.workbook import Cell
from tests.factories import check_in, kpi, objective, person, raw
from tests.rules.facts import CYCLE, TODAY, facts, found
from tests.rules.situation_parts import one, result

DAY = timedelta(days=1)
HALF = Cycle("H1/2026", date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("due", "outside"),
    [(CYCLE.start, False), (CYCLE.due, False), (CYCLE.start - DAY, True), (CYCLE.due + DAY, True)],
)
def test_due_dates_and_the_cycle(due: date, outside: bool) -> None:
    """First and last day belong to the cycle; the day before and the day after do not."""
    start = due - 30 * DAY
    assert bool(found("RO211", one(start=start, due=due)())) is outside
    assert bool(found("RO211", facts(objective(start=start, due=due), result(), result("KR-2", 7)))) is outside


def test_the_nearest_cycle_counts() -> None:
    """The row's own cycle stands above its objective's, and that above the workbook's."""
    due = date(2026, 3, 31)
    assert found("RO211", one(due=due, cycle=HALF)()) == []
    seen = facts(objective(cycle=HALF), result(due=due), result("KR-2", 7, due=due, cycle=CYCLE))
    assert [one.item for one in found("RO211", seen)] == ["KR-2"]
    assert found("RO211", facts(objective(), result(due=due), cycle=None)) == []


def test_a_strategic_key_result_may_run_on() -> None:
    """A key result's own horizon counts as its objective's does; a tactical one is reported."""
    due = date(2026, 3, 31)
    assert found("RO211", one(due=due, horizon=Horizon.STRATEGIC)()) == []
    assert len(found("RO211", one(due=due, horizon=Horizon.TACTICAL)())) == 1


def test_reversed_dates_of_an_objective() -> None:
    """Start after due in an objective's own row is reported there; one day is enough, the same day is fine."""
    bad = facts(objective(start=date(2025, 12, 2), due=date(2025, 12, 1)), result(due=CYCLE.due, start=CYCLE.start))
    assert [(one.item, one.cell) for one in found("RO210", bad)] == [("O-1", bad.goals.objectives[0].due.ref)]
    good = facts(objective(start=date(2025, 12, 1), due=date(2025, 12, 1)), result(due=CYCLE.due, start=CYCLE.start))
    assert found("RO210", good) == []


def test_a_start_after_the_cycle_is_reported_at_the_start() -> None:
    """Where only the start was typed, and the cycle ends before it, the start is the cell to look at."""
    seen = one(start=date(2026, 2, 1))()
    assert [one.cell for one in found("RO210", seen)] == [seen.goals.key_results[0].start.ref]


@pytest.mark.parametrize(("day", "future"), [(TODAY, False), (TODAY + DAY, True)])
def test_future_check_ins(day: date, future: bool) -> None:
    """A check-in of today counts, in the row as in the log; one of tomorrow does not."""
    assert bool(found("RO221", one(check_in_date=day)())) is future
    seen = facts(objective(), result(), result("KR-2", 7), check_in(date=day, value=131))
    assert [one.item for one in found("RO221", seen)] == (["KR-1"] if future else [])


@pytest.mark.parametrize(
    ("day", "far"),
    [(date(1999, 12, 31), True), (date(2000, 1, 1), False), (date(2100, 12, 31), False), (date(2101, 1, 1), True)],
)
def test_far_away_dates(day: date, far: bool) -> None:
    """Years from 2000 to 2100 are plausible."""
    assert bool(found("RO228", one(due=day)())) is far


@pytest.mark.parametrize("concept", ["start", "due", "check_in_date"])
def test_unreadable_dates_name_their_column(concept: str) -> None:
    """Each date of a row is looked at."""
    assert [one.params["concept"] for one in found("RO204", one(**{concept: raw("soon")})())] == [concept]


def test_unreadable_dates_of_the_log_and_periods_of_kpis() -> None:
    """The date of a check-in, and the period of a KPI, are looked at too."""
    seen = facts(objective(), result(), result("KR-2", 7), check_in(date=raw("yesterday"), value=5))
    assert [(one.params["concept"], one.item) for one in found("RO204", seen)] == [("date", "KR-1")]
    seen = facts(kpi(target=1, actual=1, period=raw("soon")))
    assert [one.params["concept"] for one in found("RO232", seen)] == ["period"]


@pytest.mark.parametrize(
    ("horizon", "days", "wrong"),
    [
        (Horizon.TACTICAL, 190, False),
        (Horizon.TACTICAL, 191, True),
        (Horizon.STRATEGIC, 80, False),
        (Horizon.STRATEGIC, 79, True),
    ],
)
def test_horizons(horizon: Horizon, days: int, wrong: bool) -> None:
    """A tactical objective lasts up to two quarters, a strategic one at least about one; both ends are included."""
    start = date(2025, 10, 1)
    seen = facts(objective(horizon=horizon, start=start, due=start + (days - 1) * DAY), result(), result("KR-2", 7))
    findings = found("PR404", seen)
    assert bool(findings) is wrong
    assert all(one.params["days"] == days for one in findings)


@pytest.mark.parametrize(("ago", "forgotten"), [(14, False), (15, True)])
def test_follow_up(ago: int, forgotten: bool) -> None:
    """A key result is forgotten after more than the profile's 14 days, not on the last of them."""
    assert bool(found("PR411", one(check_in_date=TODAY - ago * DAY)())) is forgotten


def test_who_is_on_leave_follows_nothing_up() -> None:
    """Days on which the owner is away do not count, the others do."""
    seen = [
        facts(objective(), result(owner="Lan", check_in_date=TODAY - 20 * DAY), person("Lan", leave=(days,)))
        for days in ((TODAY - 10 * DAY, TODAY + 5 * DAY), (TODAY - 4 * DAY, TODAY))
    ]
    assert [bool(found("PR411", one)) for one in seen] == [False, True]


def test_what_is_finished_needs_no_follow_up() -> None:
    """A key result that is achieved already, or over, is not called forgotten."""
    old = TODAY - 40 * DAY
    assert found("PR411", one(check_in_date=old, current=150)()) == []
    assert found("PR411", facts(objective(), result(check_in_date=old), today=CYCLE.due + DAY)) == []


@pytest.mark.parametrize(("today", "early"), [(date(2025, 10, 31), True), (date(2025, 11, 1), False)])
def test_sandbagging_is_judged_in_the_first_third(today: date, early: bool) -> None:
    """The first third of the 91 days between first and due day ends after 30 of them."""
    seen = facts(objective(), result(current=147, check_in_date=date(2025, 10, 10)), result("KR-2", 7), today=today)
    assert bool([one for one in found("PR408", seen) if one.item == "KR-1"]) is early


@pytest.mark.parametrize(("current", "easy"), [(146.9, False), (147, True), (160, True)])
def test_sandbagging_begins_at_nine_tenths(current: float, easy: bool) -> None:
    """From 120 to 150 nine tenths are 147."""
    seen = facts(objective(), result(current=current, check_in_date=date(2025, 10, 2)), today=date(2025, 10, 5))
    assert bool(found("PR408", seen)) is easy


@pytest.mark.parametrize(
    ("start", "early"),
    [
        (date(2024, 10, 1), True),
        (date(2024, 12, 31), True),
        (date(2024, 9, 30), False),
        (date(2025, 1, 1), False),
        (date(2025, 7, 1), False),
        (date(2023, 11, 1), False),
        (date(2024, 2, 29), False),
    ],
)
def test_a_start_that_is_a_year_early(start: date, early: bool) -> None:
    """Shows that only a start that lies inside the cycle a year later is a slip; other goals began long ago."""
    hits = found("RO211", one(start=start)())
    assert [(hit.params["concept"], hit.params["day"]) for hit in hits] == [("start", start)] * early
    assert found("RO211", one(start=start, horizon=Horizon.STRATEGIC)()) == []


def test_a_start_in_the_year_before_a_whole_year_is_no_slip() -> None:
    """Shows that nothing is further before a year than a year, and inside it one year later."""
    year = Cycle("2025", date(2025, 1, 1), date(2025, 12, 31))
    assert found("RO211", one(start=date(2024, 12, 1), cycle=year)()) == []
    short = Cycle("T2/2025", date(2025, 2, 1), date(2025, 2, 28))
    assert found("RO211", one(start=date(2024, 2, 29), cycle=short)()) == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/12/1926", date(1926, 12, 31)),
        ("12-31-1926", date(1926, 12, 31)),
        ("1926.12.31", date(1926, 12, 31)),
        ("5/6/2926", date(2926, 6, 5)),
    ],
)
def test_a_date_of_another_century_is_far_away_and_a_date(written: str, day: date) -> None:
    """Shows a text with its whole year, and true dates: RO228 tells the year, and nobody that it is no date."""
    noon = datetime(day.year, day.month, day.day, 12)
    for value in (raw(written), Cell("OKR", 6, 30, day, None), Cell("OKR", 6, 30, noon, None)):
        seen = one(due=value)()
        assert [hit.params["day"] for hit in found("RO228", seen)] == [day]
        assert found("RO204", seen) == []


@pytest.mark.parametrize(
    "written", ["31/13/1926", "31/12-1926", "1926", "31/12/26", "0/0/1926", "1/2/3/1926", "31/02/2026", "1/1/0900"]
)
def test_what_is_no_date_stays_none(written: str) -> None:
    """Shows that days that do not exist, and texts of another form, are told as before."""
    seen = one(due=raw(written))()
    assert found("RO228", seen) == []
    assert len(found("RO204", seen)) == 1


def test_check_ins_of_another_century_are_told_too() -> None:
    """Shows the row's own date of check-in, and the log."""
    far = Cell("OKR", 6, 31, date(1926, 11, 3), None)
    seen = facts(objective(), result(check_in_date=far), result("KR-2", 7), check_in(date=raw("03/11/1926"), value=1))
    assert [hit.params["concept"] for hit in found("RO228", seen)] == ["check_in_date", "date"]
    assert found("RO204", seen) == []


@pytest.mark.parametrize(
    ("day", "told"), [(date(2025, 8, 30), True), (date(2025, 8, 31), False), (date(2025, 11, 3), False)]
)
def test_a_check_in_of_long_before_the_start(day: date, told: bool) -> None:
    """Shows that 31 days before the first day are a last look, and one more is too old; later check-ins take over."""
    entry = check_in(date=day, value=125)
    assert bool(found("RO254", facts(objective(), result(current=None), entry))) is told
    later = check_in(date=date(2025, 11, 4), value=126, row=3)
    assert found("RO254", facts(objective(), result(current=None), entry, later)) == []
    assert found("RO254", facts(objective(), result(current=None), entry, today=date(2025, 9, 30))) == []


def test_the_start_of_the_row_is_what_a_check_in_is_old_against() -> None:
    """Shows that a goal that runs since spring may have been checked in June; a value in the row is not the log's."""
    entry = check_in(date=date(2025, 6, 1), value=125)
    assert found("RO254", facts(objective(), result(current=None, start=date(2025, 4, 1)), entry)) == []
    assert found("RO254", facts(objective(), result(current=125, check_in_date=date(2025, 11, 3)), entry)) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"due": date(2025, 12, 1)}, [("due", "due")]),
        ({"due": date(2025, 11, 30)}, []),
        ({"start": date(2025, 10, 14)}, [("start", "start")]),
        ({"start": date(2025, 10, 15), "due": date(2025, 11, 1)}, []),
        ({"start": date(2025, 10, 1), "due": date(2025, 10, 10)}, [("start", "start"), ("due", "start")]),
        ({"start": date(2025, 12, 1), "due": date(2025, 12, 9)}, [("start", "due"), ("due", "due")]),
        ({"due": date(2026, 1, 31)}, []),
        ({"start": date(2025, 12, 1)}, []),
        ({}, []),
    ],
)
def test_dates_beside_those_of_the_objective(given: dict[str, Any], told: list[tuple[str, str]]) -> None:
    """Shows every side; what is outside of the cycle, or due before it starts, other rules tell."""
    parent = objective(start=date(2025, 10, 15), due=date(2025, 11, 30))
    hits = found("RO259", facts(parent, result(**given), result("KR-2", 7)))
    assert [(hit.params["concept"], hit.params["other_concept"]) for hit in hits] == told


def test_only_dates_in_a_row_of_its_own_hold_an_objective() -> None:
    """Shows that an objective without dates, or one that is named beside its key results, binds nobody."""
    own = result(due=date(2025, 12, 1))
    assert found("RO259", facts(objective(), own)) == []
    assert found("RO259", facts(objective(due=date(2025, 11, 30), own_row=False), own)) == []
    assert len(found("RO259", facts(objective(due=date(2025, 11, 30)), own))) == 1
