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
