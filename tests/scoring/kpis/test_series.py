"""Worksheets that are one a month: which they are, and the KPIs that stand in all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Aggregation, Kpi
from sheetsync.scoring.kpis.joined import joined, scored_jointly, with_kpis_joined
from sheetsync.scoring.kpis.series import series_of
from sheetsync.scoring.kpis.summary import summarise
from tests import factories
from tests.scoring.kpis.test_several_rows import OVER, columns
from tests.scoring.scene import VN_KPI, card, month, percent


def tab(number: int, sheet: str, *values: tuple[str, Any, Any], owner: str = "Lan", **given: Any) -> list[Kpi]:
    """Make the worksheet of a month with KPIs as name, target and actual."""
    return [
        factories.kpi(
            f"{name}-{number}",
            **{"id": None, "title": name, "row": row, "sheet": sheet, "table": sheet, "owner": owner, **given},
            period=month(number).period,
            target=target,
            actual=actual,
        )
        for row, (name, target, actual) in enumerate(values, 5)
    ]


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("Tháng 8", "Tháng 9", "Tháng 10"), 3),
        (("KPI T8.2025", "KPI T9.2025", "KPI T10.2025"), 3),
        (("Aug", "Sept", "October"), 3),
        (("Sales 8", "Stores 9", "Sales 10"), 2),
        (("Sales", "Stores", "Service"), 0),
    ],
)
def test_worksheets_that_are_called_alike_are_one_series(names: tuple[str, str, str], count: int) -> None:
    """Shows names that differ in numbers and months alone."""
    items = [item for number, name in enumerate(names, 8) for item in tab(number, name, ("Calls", 10, 9))]
    found = series_of(items)
    assert len(found) == count
    assert len(set(found.values())) == (1 if count else 0)


def test_worksheets_of_one_month_or_of_several_are_no_series() -> None:
    """Shows two of the same month, one that holds two months, and one whose rows have columns for months."""
    same = [*tab(8, "KPI 1", ("Calls", 10, 9)), *tab(8, "KPI 2", ("Calls", 10, 9))]
    two = [*tab(8, "KPI 1", ("Calls", 10, 9)), *tab(9, "KPI 1", ("Mails", 10, 9)), *tab(10, "KPI 2", ("Calls", 10, 9))]
    wide = [*tab(8, "KPI 1", ("Calls", 10, 9)), columns("K-1", {9: (10, 9)}, sheet="KPI 2", table="KPI 2")]
    assert [dict(series_of(items)) for items in (same, two, wide, [])] == [{}, {}, {}, {}]


def year(**given: Any) -> list[Kpi]:
    """Make three months of two KPIs, of which the second begins in the second month."""
    given = {"aggregation": Aggregation.SUM, **given}
    return [
        *tab(7, "Tháng 7", ("Calls", 100, 20), **given),
        *tab(8, "Tháng 8", ("Calls", 100, 130), ("Mails", 50, 50), **given),
        *tab(9, "Tháng 9", ("Calls", 100, 30), ("Mails", 50, 25), **given),
    ]


def test_a_kpi_of_all_months_is_one_with_its_totals() -> None:
    """Shows what columns would give, and totals over the months, called by the first and the last of them.

    Each worksheet keeps its own in the scorecard, and in the summary of people.
    """
    items = [*year(weight=percent(50)), *tab(10, "Other", ("Visits", 1, 1), owner="Bảo")]
    found = scored_jointly(items, VN_KPI, OVER)
    goals, told = with_kpis_joined(factories.goals(*items), card(*items, today=OVER), found)
    assert [(item.key, item.table) for item in goals.kpis] == [
        ("Calls-9", "Tháng 9"),
        ("Mails-9", "Tháng 9"),
        ("Visits-10", "Other"),
    ]
    calls = columns("Calls", {7: (100, 20), 8: (100, 130), 9: (100, 30)}, aggregation=Aggregation.SUM)
    assert told.scores["Calls-9"].progress == card(calls, today=OVER).scores["Calls"].progress == pytest.approx(0.6)
    assert [(one.name, one.members) for one in told.groups] == [
        ("Lan", ("Calls-9", "Mails-9")),
        ("Bảo", ("Visits-10",)),
    ]
    assert told.groups[0].weighted_score == pytest.approx(0.5 * 0.6 + 0.5 * 0.75)
    lines = summarise(factories.goals(*items), card(*items, today=OVER), VN_KPI, OVER)
    assert [(line.name, line.sheet, line.kpis) for line in lines if line.level == "person"] == [
        ("Lan", "Tháng 7", 1),
        ("Lan", "Tháng 8", 2),
        ("Lan", "Tháng 9", 2),
        ("Bảo", "Other", 1),
    ]


def test_the_total_of_worksheets_without_groups_names_the_first_and_the_last() -> None:
    """Shows the months that are over: of those to come nothing counts."""
    found = scored_jointly(year(owner=None), VN_KPI, date(2025, 9, 10))
    assert [group.name for groups in found.groups.values() for group in groups] == ["Tháng 7 – Tháng 8"]


def test_worksheets_stay_apart_where_each_is_asked_for() -> None:
    """Shows that nothing is put together over worksheets where that is not wanted."""
    assert len(joined(year(), OVER, over_worksheets=False).kpis) == 5
    assert len(joined(year(), OVER).kpis) == 2


def test_points_of_all_worksheets_count_as_in_rows() -> None:
    """Shows 6 bonus points in one of two months: 3 in the total of the series, as with a row for each month."""
    tabs = [*tab(8, "T8", ("Calls", 10, 9), bonus=6), *tab(9, "T9", ("Calls", 10, 9), penalty=2)]
    ((group,),) = scored_jointly(tabs, VN_KPI, OVER).groups.values()
    assert (group.bonus, group.penalty, group.weighted_score) == pytest.approx((0.03, 0.01, 0.92))
    together = [item._replace(sheet="KPI", table="KPI", row=row) for row, item in enumerate(tabs, 5)]
    (rows_group,) = card(*together, today=OVER).groups
    assert (group.bonus, group.penalty) == (rows_group.bonus, rows_group.penalty)
