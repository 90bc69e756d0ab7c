"""What a workbook and the names of its copies tell of earlier days."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.backfilling import day_in_name, told_days
from sheetsync.cli.shipped import profile_of
from sheetsync.model import CheckIn, Cycle, Goals, Link, Quantity
from sheetsync.workbook import Cell, Workbook, Worksheet
from tests.factories import cell, goals, key_result, objective

TODAY = date(2026, 11, 10)
BOOK = Workbook("okr", "/okr.xlsx", (Worksheet("OKR", ()),), "r")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("okr 2025-10-03", date(2025, 10, 3)),
        ("okr_03.10.2025_final", date(2025, 10, 3)),
        ("3-10-2025", date(2025, 10, 3)),
        ("20251003 OKR Q4", date(2025, 10, 3)),
        ("OKR Q4 2025 (03 10 2025)", date(2025, 10, 3)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2025-02-29", None),
        ("okr Q4-2025", None),
        ("1202510031", None),
        ("2025-10.03", None),
        ("v2025-1-1 2025-10-03", date(2025, 10, 3)),
    ],
)
def test_days_in_names_are_read_as_they_are_written_here(name: str, day: date | None) -> None:
    """Shows that years first and days first are read, impossible and mixed dates are not, and the last one counts."""
    assert day_in_name(name) == day


def check_in(item: str, day: date, value: float) -> CheckIn:
    """Make one row of the log."""
    blank: Cell[str] = Cell("Check-ins", 2, 0, None, None)
    number = Quantity(value)
    return CheckIn(
        "Check-ins", 2, cell(day), cell(item), cell(number), Cell("Check-ins", 2, 0, None, None), blank, blank
    )


def logged(*entries: CheckIn) -> Goals:
    """Make goals whose row already says 9 today, with a log."""
    item = key_result("KR-1", baseline=0, target=10, current=9, check_in_date=TODAY)
    cycle = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
    return goals(objective(), item, *entries, cycle=cycle)


def test_each_day_is_judged_by_its_own_check_ins() -> None:
    """Shows that a day has what the log said by then, never what the row says today, and no day of today or later."""
    days = date(2026, 10, 5), date(2026, 10, 19), TODAY, date(2026, 12, 1)
    read = logged(*(check_in("KR-1", day, value) for day, value in zip(days, (1, 4, 9, 10), strict=True)))
    made = list(told_days(BOOK, read, profile_of("default@1"), profile_of("vn-kpi@1"), TODAY))
    assert [(shot.day, shot.whole, [one.key for one in shot.items]) for shot in made] == [
        (days[0], False, ["O-1", "KR-1"]),
        (days[1], False, ["O-1", "KR-1"]),
    ]
    assert [(one.items[1].observation.value, one.items[1].observation.progress) for one in made] == [(1, 0.1), (4, 0.4)]
    assert [one.items[0].observation.progress for one in made] == [0.1, 0.4]
    assert {concept for one in made for concept in one.items[0].says} == {"id", "title"}


def test_an_objective_is_told_of_once_all_its_key_results_were() -> None:
    """Shows that an objective has its roll-up from the day on which nothing below it is unknown, and never before."""
    items = [key_result(name, baseline=0, target=10, current=9) for name in ("KR-1", "KR-2")]
    first, second, third = date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19)
    log = check_in("KR-1", first, 2), check_in("KR-2", second, 4), check_in("KR-1", third, 6)
    cycle = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
    read = goals(objective(), *items, *log, cycle=cycle)
    made = list(told_days(BOOK, read, profile_of("default@1"), profile_of("vn-kpi@1"), TODAY))
    told = [{one.key: one.observation.progress for one in shot.items} for shot in made]
    assert told == [{"KR-1": 0.2}, {"O-1": pytest.approx(0.3), "KR-2": 0.4}, {"O-1": pytest.approx(0.5), "KR-1": 0.6}]


def test_an_objective_that_others_feed_is_not_told_of() -> None:
    """Shows that where contributing objectives count above, nothing is made up about the one above."""
    above, child = objective("O-1"), objective("O-2", aligned_to=("O-1",), link=Link.CONTRIBUTES)
    cycle = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
    read = goals(
        above, child, key_result("KR-1", baseline=0, target=10), check_in("KR-1", date(2026, 10, 5), 2), cycle=cycle
    )
    counting = profile_of("default@1")._replace(child_weight=1.0)
    made = list(told_days(BOOK, read, counting, profile_of("vn-kpi@1"), TODAY))
    assert [[one.key for one in shot.items] for shot in made] == [["KR-1"]]


def test_a_workbook_without_a_log_tells_nothing() -> None:
    """Shows that no day is made up."""
    assert list(told_days(BOOK, logged(), profile_of("default@1"), profile_of("vn-kpi@1"), TODAY)) == []
