"""What is told of the aggregation of KPIs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Aggregation, Cycle
from sheetsync.noticed import Doubt
from sheetsync.rules import message
from sheetsync.workbook import Cell
from tests.factories import kpi
from tests.rules.facts import ENGLISH, facts, found, table
from tests.rules.situation_parts import kept
from tests.scoring.scene import month


@pytest.mark.parametrize(("to_date", "taken"), [(True, "“last” was taken"), (False, "“sum” was taken")])
def test_a_doubt_of_values_to_date_says_what_was_taken(to_date: bool, taken: str) -> None:
    """Shows both ways in which such a row counts, and that another row of the worksheet is left alone."""
    said = Cell("KPI", 6, 5, "cumulative", Aggregation.SUM)
    other = kpi("KPI-2", row=7, target=100, aggregation=Aggregation.SUM)
    seen = facts(kpi(target=100, aggregation=said, to_date=to_date), other, doubts=(Doubt("to_date", said),))
    (finding,) = found("RO257", seen)
    assert (finding.item, finding.cell) == ("KPI-1", said.ref)
    assert taken in message(finding, ENGLISH)


def years(*cycle: date, **given: Any) -> list[Any]:
    """Give what is told of the months September to December 2025 of two KPIs in a cycle."""
    months = tuple(kept(f"T{month}", given.get("actual", 92)) for month in (9, 10, 11, 12))
    periods = {20 + place: one.period for place, one in enumerate(months)} if given.get("wide", True) else {}
    tables = (table("kpi", "KPI")._replace(periods=periods),)
    items = (kpi(periods=months), kpi("KPI-2", row=7, periods=months))
    return found("RO258", facts(*items, cycle=Cycle("C", *cycle), tables=tables))


@pytest.mark.parametrize(
    ("start", "due", "last"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "T12"),
        (date(2026, 10, 1), date(2026, 12, 31), "T12"),
        (date(2026, 7, 1), date(2026, 9, 30), "T9"),
        (date(2026, 4, 1), date(2026, 6, 30), None),
        (date(2025, 4, 1), date(2026, 12, 31), None),
        (date(2025, 1, 1), date(2025, 12, 31), None),
    ],
)
def test_months_of_the_year_before_are_told_once(start: date, due: date, last: str | None) -> None:
    """Shows that both KPIs have one finding, at the header of the first such month, and none within twelve months."""
    told = [(str(one.cell), one.params["first"], one.params["last"]) for one in years(start, due)]
    assert told == ([] if last is None else [("KPI!T4", "T9", last)])


def test_months_without_values_or_headers() -> None:
    """Shows that empty months say nothing, and that the value itself is named where no header is known."""
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert years(*year, actual=None) == []
    (finding,) = years(*year, wide=False)
    assert (finding.item, finding.cell) == ("KPI-1", kept("T9").actual.ref)


def test_a_row_for_each_month_is_told_at_its_period() -> None:
    """Shows a long table, in which each row has its own period, and a workbook without a cycle."""
    row = kpi(target=100, actual=92, period=kept("T9").period)
    cycle = Cycle("2026", date(2026, 1, 1), date(2026, 12, 31))
    (finding,) = found("RO258", facts(row, kpi("KPI-2", row=7, target=100, period=kept("T9").period), cycle=cycle))
    assert (finding.item, finding.cell) == ("KPI-1", row.period.ref)
    assert found("RO258", facts(row, cycle=None)) == []


def test_months_that_have_not_begun_are_told_once() -> None:
    """Shows one finding for both KPIs at the header of the first month ahead, whatever the cycle; none for fewer."""
    months = tuple(kept(f"T{month}") for month in (9, 10, 11, 12))
    tables = (table("kpi", "KPI")._replace(periods={20 + at: one.period for at, one in enumerate(months)}),)
    items = (kpi(periods=months), kpi("KPI-2", row=7, periods=months))
    for cycle in (None, Cycle("2025", date(2025, 1, 1), date(2025, 12, 31))):
        (finding,) = found("RO262", facts(*items, cycle=cycle, tables=tables, today=date(2025, 9, 20)))
        assert (str(finding.cell), finding.params) == ("KPI!U4", {"first": "T10", "last": "T12"})
    assert found("RO262", facts(*items, tables=tables, today=date(2025, 10, 1))) == []


def test_months_ahead_that_hold_nothing_are_left_alone() -> None:
    """Shows that blanks, zeros and months with a year say nothing; the months of a long table stand in its rows."""
    day = date(2025, 8, 20)
    for actual in (None, 0):
        empty = tuple(kept(f"T{month}", actual) for month in (9, 10, 11, 12))
        assert found("RO262", facts(kpi(periods=empty), today=day)) == []
    rows = [
        kpi(f"KPI-{month}", row=month, target=100, actual=92, period=kept(f"T{month}").period) for month in (9, 10, 11)
    ]
    months = [kept(f"T{month}") for month in (9, 10, 11, 12)]
    for form in ("{}/2025", "{}-25"):
        named = [one._replace(period=one.period._replace(label=form.format(one.period.label))) for one in months]
        assert found("RO262", facts(kpi(periods=tuple(named)), today=day)) == []
    (finding,) = found("RO262", facts(*rows, today=day))
    assert (finding.item, finding.cell) == ("KPI-9", rows[0].period.ref)


@pytest.mark.parametrize(("today", "rows"), [(date(2025, 1, 20), {5, 40}), (date(2025, 2, 3), {40})])
def test_of_months_to_come_one_row_speaks_until_the_first_is_over(today: date, rows: set[int]) -> None:
    """Shows that a year that was prepared row by row is no flood of hints, and a KPI of one later month is told."""
    year = [
        kpi(f"K-{number}", id="K", row=4 + number, target=100, period=month(number).period) for number in range(1, 13)
    ]
    later = kpi("L", row=40, title="Later", target=100, period=month(6).period)
    assert {one.cell.row for one in found("RO229", facts(*year, later, today=today)) if one.cell} == rows
