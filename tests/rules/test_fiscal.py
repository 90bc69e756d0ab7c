"""WS120: names of quarters and years that are taken by the calendar, where the firm's year begins in another month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Cycle, Frequency, Period
from sheetsync.rules import message
from tests.factories import kpi, objective
from tests.rules.facts import CYCLE, ENGLISH, VIETNAMESE, facts, found, settings, table
from tests.rules.situation_parts import pair, result, typed

FISCAL = Cycle("FY2026", date(2025, 4, 1), date(2026, 3, 31))
AUTUMN = Period(Frequency.QUARTER, date(2025, 10, 1), date(2025, 12, 31), "Q4")


def told(*items: Any, fiscal_start: int = 4, **given: Any) -> list[tuple[str | None, str, str, date, date]]:
    """Give where WS120 is told, of which words, what it advises, and the days of that."""
    hits = found("WS120", facts(*items, fiscal_start=fiscal_start, **given))
    return [
        (hit.cell and str(hit.cell), *(hit.params[name] for name in ("raw", "own", "own_first", "own_last")))
        for hit in hits
    ]


@pytest.mark.parametrize(
    ("label", "first", "last", "own"),
    [
        ("Q4/2025", "2025-10-01", "2025-12-31", "Q4 FY2025"),
        ("chu kỳ Quý IV/2025", "2025-10-01", "2025-12-31", "Q4 FY2025"),
        ("Quý 4", "2025-10-01", "2025-12-31", "Q4 FY2026"),
        ("H2/2025", "2025-07-01", "2025-12-31", "H2 FY2025"),
        ("2025", "2025-01-01", "2025-12-31", "FY2025"),
        ("Q3-Q4/2025", "2025-07-01", "2025-12-31", "H2 FY2025"),
        ("Q2-Q4/2025", "2025-04-01", "2025-12-31", "01/07/2024 - 31/03/2025"),
    ],
)
def test_plain_names_are_told(label: str, first: str, last: str, own: str) -> None:
    """Shows that quarters, halves and years without FY are told, with the name that the other meaning has."""
    cycle = Cycle(label, date.fromisoformat(first), date.fromisoformat(last))
    assert [line[1:3] for line in told(*pair(), cycle=cycle)] == [(label, own)]
    assert told(*pair(), cycle=cycle, fiscal_start=1) == []


@pytest.mark.parametrize(
    "label",
    ["Q3 FY2026", "FY2026 Q3", "01/10/2025 - 31/12/2025", "T10-T12/2025", "T10/2025", "Oct-Dec 2025", "W45/2025"],
)
def test_what_has_one_meaning_is_well(label: str) -> None:
    """Shows that names with FY, dates, months and weeks are not told, whatever month the year begins in."""
    assert told(*pair(), cycle=CYCLE._replace(label=label)) == []


def test_the_place_is_that_of_the_setting_or_none() -> None:
    """Shows that a cycle of the Settings sheet is told in its cell, one of the configuration for the workbook."""
    days = (date(2024, 1, 1), date(2024, 3, 31))
    here = told(*pair(), cycle=CYCLE, settings=settings(cycle=CYCLE))
    assert here == [("Settings!B3", "Q4/2025", "Q4 FY2025", date(2025, 1, 1), date(2025, 3, 31))]
    assert [line[0] for line in told(*pair(), cycle=CYCLE, settings=settings(cycle=Cycle("Q1/2024", *days)))] == [None]


def test_dates_of_ones_own_need_no_cycle() -> None:
    """Shows that the cycle is not told where every goal states both dates, or its objective does."""
    own: dict[str, Any] = {"start": CYCLE.start, "due": CYCLE.due}
    assert told(objective(), result(**own)) == []
    assert told(objective(**own), result()) == []
    assert len(told(objective(), result(start=CYCLE.start))) == 1
    assert len(told(objective(), result(**own), kpi(target=1, actual=1))) == 1


def test_rows_are_told_once_for_each_name() -> None:
    """Shows cycles and dates of rows: a quarter as due date too, and each name in its first row."""
    months = Cycle("T10/2025", date(2025, 10, 1), date(2025, 10, 31))
    due = typed("Q4/2025", CYCLE.due, 20)
    rows = [
        result("KR-1", 6, cycle=CYCLE),
        result("KR-2", 7, cycle=CYCLE),
        result("KR-3", 8, cycle=months),
        result("KR-4", 9, cycle=CYCLE._replace(label="Q3 FY26")),
        result("KR-5", 10, due=typed("31/12/2025", CYCLE.due, 20)),
    ]
    assert [line[:3] for line in told(objective(), *rows, cycle=None)] == [
        (str(rows[0].cycle.ref), "Q4/2025", "Q4 FY2025")
    ]
    assert [line[1] for line in told(objective(), result(start=CYCLE.start, due=due), cycle=None)] == ["Q4/2025"]
    both: dict[str, Any] = {"start": CYCLE.start, "due": CYCLE.due}
    assert told(objective(), result(cycle=CYCLE, **both), cycle=None) == []


@pytest.mark.parametrize(("cycle", "told_of"), [(FISCAL, True), (None, True), (Cycle("", *CYCLE[1:]), False)])
def test_quarters_of_kpis(cycle: Cycle | None, told_of: bool) -> None:
    """Shows that Q4 above a column is told once a table, unless the cycle's days show that the calendar is meant."""
    spring = AUTUMN._replace(label="Q1", start=date(2026, 1, 1), end=date(2026, 3, 31))
    kpis = table("kpi", "KPI")._replace(periods={12: AUTUMN, 13: spring})
    own = ("KPI!L4", "Q4", "Q4 FY2026", date(2026, 1, 1), date(2026, 3, 31))
    assert told(kpi(target=1, actual=1), cycle=cycle, tables=(kpis,)) == ([own] if told_of else [])
    named = kpi(target=1, actual=1, period=AUTUMN)
    assert [line[:2] for line in told(named, cycle=cycle)] == ([(str(named.period.ref), "Q4")] if told_of else [])


def test_months_above_columns_are_well() -> None:
    """Shows that months are the same in every year."""
    month = Period(Frequency.MONTH, date(2025, 10, 1), date(2025, 10, 31), "T10")
    assert (
        told(kpi(target=1, actual=1), cycle=FISCAL, tables=(table("kpi", "KPI")._replace(periods={12: month}),)) == []
    )


def test_the_message_says_both_meanings() -> None:
    """Shows in both languages which days were taken, and what to write for either meaning."""
    hit = found("WS120", facts(*pair(), fiscal_start=4))[0]
    english, vietnamese = message(hit, ENGLISH), message(hit, VIETNAMESE)
    assert "(1 Oct 2025 to 31 Dec 2025)" in english
    assert "Q4 FY2025 (1 Jan 2025 to 31 Mar 2025)" in english
    assert "(01/10/2025 đến 31/12/2025)" in vietnamese
    assert "Q4 FY2025 (01/01/2025 đến 31/03/2025)" in vietnamese
