"""KPIs with a row for each month, in mails and on pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Aggregation, Direction, Quantity
from sheetsync.past import OBSERVED, Past, Statement
from sheetsync.report.digest import company_digest, kpi_digest
from sheetsync.report.digest.monthly_rows import with_months_told, with_whole_kpis
from sheetsync.report.digest.page import page_digest
from sheetsync.report.digest.page_past import source_on
from sheetsync.report.digest.source import prepared
from sheetsync.scoring.kpis.joined import scored_jointly
from sheetsync.trends.kpis import kpi_trends
from tests.factories import goals, kpi
from tests.report.digest.book import TODAY, goals_of, source
from tests.scoring.scene import VN_KPI, card, month

YEAR = {place: 100.0 if place < 11 else None for place in range(1, 13)} | {8: 60.0, 10: 40.0}
"""Actuals by month, of 100 each."""


def rows(name: str = "Revenue", first: int = 5, **given: Any) -> list[Any]:
    """Make a KPI of 2026 with a row for each month."""
    shared: dict[str, Any] = {"title": name, "id": name, "target": 100, "owner": "Lan", "aggregation": Aggregation.SUM}
    return [
        kpi(f"{name}-{place}", row=first + place, period=month(place, None, None, 2026).period, actual=actual, **shared)
        for place, actual in YEAR.items()
    ]


def columns(name: str = "Revenue") -> Any:
    """Make the same KPI with a column for each month."""
    periods = tuple(month(place, 100, actual, 2026) for place, actual in YEAR.items())
    return kpi(name, title=name, owner="Lan", aggregation=Aggregation.SUM, periods=periods)


def test_mails_and_pages_show_one_kpi() -> None:
    """Shows that page, summary and the month's mail count and score it as with columns: once, over ten months."""
    other = kpi("Errors", row=99, title="Errors", owner="Lan", target=10, actual=5, direction=Direction.LOWER)
    long, wide = source(*rows(), other), source(columns(), other)
    (row, _), (expected, _) = (page_digest(one).data["kpis"]["groups"][0]["rows"] for one in (long, wide))
    left_out = ("key", "cell")
    assert {key: row[key] for key in row if key not in left_out} == {
        key: expected[key] for key in expected if key not in left_out
    }
    assert (row["title"], row["achievement"], len(row["strip"])) == ("Revenue", pytest.approx(0.9), 10)
    for digest in (page_digest, company_digest, kpi_digest):
        assert digest(long).data["verdict"] == digest(wide).data["verdict"]
    assert page_digest(long).data["verdict"]["kpis"] == 2
    told, meant = (kpi_digest(one).data["rows"] for one in (long, wide))
    assert [(one["title"], one["month"], one["span"]) for one in told] == [
        (one["title"], one["month"], one["span"]) for one in meant
    ]


def test_groups_count_kpis_and_name_the_one_that_made_them_nothing() -> None:
    """Shows two KPIs in the group of twenty-four rows, and one without an actual for its two missing months."""
    blank = [item._replace(actual=item.actual._replace(raw=None, value=None)) for item in rows("Calls", 30)]
    (group,) = (one for one in company_digest(source(*rows(), *blank)).data["kpis"]["groups"] if not one["total"])
    assert (group["name"], group["members"], group["missing"]) == ("Lan", 2, 1)


def test_what_is_remembered_of_rows_is_not_told_of_the_kpi() -> None:
    """Shows that the trend of the last row is not taken for the KPI's, which has the forecast that columns have."""
    nights = [(date(2026, 11, day), goals_of(*rows())) for day in (9, 16)]
    found = prepared(source(*rows(), nights=nights))
    (wide,) = kpi_trends(card(columns(), today=TODAY), goals(columns()), Past(), TODAY)
    assert found.past is not None
    assert not found.past.items.keys() & {item.key for item in rows()}
    assert [trend.forecast for trend in found.trends.values()] == [wide.forecast]
    assert wide.forecast is not None


def test_an_earlier_day_has_the_kpi_as_its_rows_said_then() -> None:
    """Shows values and targets that were changed since, emptied, or typed only since: they count as they were.

    Of the ten months September could not be read then, five said a number that was not scored, four what was.
    """
    day = date(2026, 11, 9)
    now = [
        item._replace(
            actual=item.actual._replace(value=None if place == 2 else Quantity(10.0 * place)),
            target=item.target._replace(value=Quantity(50)),
        )
        for place, item in enumerate(rows(), 1)
    ]
    made = source(*now, nights=[(day, goals_of(*rows()))])
    assert made.past is not None
    items = {
        item.key: made.past.items[item.key]._replace(
            statements=(
                Statement(day, "actual", "" if item.actual.blank else OBSERVED if item.row % 2 else "so many", 40.0),
                Statement(day, "target", "100", 100.0),
            )
        )
        for item in rows()
    }
    items["Revenue-9"] = items["Revenue-9"]._replace(statements=(Statement(day, "actual", "a lot"),))
    then = source_on(made._replace(past=made.past._replace(items=items), known=None), day)
    assert then is not None
    told = page_digest(then, past=True).data
    ((row,),) = (group["rows"] for group in told["kpis"]["groups"])
    assert (row["title"], row["achievement"], row["target"]["number"]) == ("Revenue", pytest.approx(560 / 900), 900.0)
    assert (told["verdict"]["kpis"], row["strip"]) == (1, [])


def test_an_earlier_day_of_which_nobody_knows_the_cells_takes_todays() -> None:
    """Shows a history that remembers what the rows scored, and not what they said."""
    found = source_on(source(*rows(), nights=[(date(2026, 11, 9), goals_of(*rows()))]), date(2026, 11, 9))
    assert found is not None
    ((row,),) = (group["rows"] for group in page_digest(found, past=True).data["kpis"]["groups"])
    assert (row["title"], row["achievement"]) == ("Revenue", pytest.approx(0.9))


def test_rows_stay_as_they_are_without_a_profile_of_kpis() -> None:
    """Shows a source that nothing could be scored by, and one in which no KPI has two rows."""
    alone = source(*rows()[:1])
    assert with_whole_kpis(alone) is alone
    without = source(*rows(), kpi_profile=None)
    assert with_whole_kpis(without) is without
    assert len(with_whole_kpis(source(*rows())).goals.kpis) == len(scored_jointly(rows(), VN_KPI, TODAY).kpis) == 1


def test_rows_of_one_name_are_told_with_their_month() -> None:
    """Shows that each of several months says which it is, and that a name that stands alone stays as it is."""
    rows = [
        kpi("K-9", row=9, title="Revenue", period=month(9, None, None, 2026).period),
        kpi("K-10", row=10, title=" revenue", period=month(10, None, None, 2026).period),
        kpi("K-11", row=11, title="Complaints", period=month(9, None, None, 2026).period),
    ]
    told = with_months_told(goals(*rows)).kpis
    assert [item.title.value for item in told] == [
        "Revenue (T9)",
        " revenue (T10)",
        "Complaints",
    ]
    assert [item.title.raw for item in told] == [item.title.raw for item in rows]


def test_kpis_without_periods_of_their_own_stay_the_very_same() -> None:
    """Shows that goals without such rows are handed on as they are."""
    given = goals(kpi(title="Revenue"), kpi("K-2", row=9, title="Revenue"))
    assert with_months_told(given) is given


def test_worksheets_of_one_month_each_make_one_page() -> None:
    """Shows a KPI of ten worksheets, which a page and the month's mail count once, with a bar for each month."""
    tabs = [item._replace(sheet=f"T{place}", table=f"T{place}") for place, item in enumerate(rows(), 1)]
    told = page_digest(source(*tabs)).data["kpis"]
    ((row,),) = (group["rows"] for group in told["groups"])
    assert (told["count"], row["achievement"], len(row["strip"])) == (1, pytest.approx(0.9), 10)
    assert kpi_digest(source(*tabs)).data["verdict"] == {"kpis": 1, "reached": 0, "missing": 0}
