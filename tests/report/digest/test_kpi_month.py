"""The month in KPIs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Bounds, Frequency, Period
from sheetsync.report.digest import ROWS, kpi_digest
from sheetsync.report.digest.kpi_month import STRIP, last_month
from tests.factories import kpi, person
from tests.report.digest.book import TODAY, source
from tests.scoring.scene import month, value_of


def months(*actuals: Any, first: int = 1, target: float = 100, **given: Any) -> Any:
    """Make a KPI with these actuals in the months of 2026."""
    periods = tuple(month(place, target, actual, 2026) for place, actual in enumerate(actuals, first))
    return kpi(**{"periods": periods, **given})


def digest(*items: Any, team: str | None = None, today: date = TODAY, **given: Any) -> Any:
    """Give the data of the month."""
    return kpi_digest(source(*items, today=today, **given), team).data


@pytest.mark.parametrize(
    ("today", "start", "end"),
    [
        (date(2026, 11, 21), date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 12, 1), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 10, 1), date(2026, 10, 31)),
        (date(2027, 1, 1), date(2026, 12, 1), date(2026, 12, 31)),
        (date(2028, 3, 15), date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_the_month_is_the_last_complete_one(today: date, start: date, end: date) -> None:
    """Shows the bounds, over the turn of the year and in a leap year."""
    assert last_month(today) == (start, end)


def test_a_row_tells_the_whole_and_the_month_alone() -> None:
    """Shows achievement over all complete periods, and target and actual of October by themselves."""
    (row,) = digest(months(90, 110, first=9, unit="₫"))["rows"]
    assert (row["achievement"], row["actual"]["number"], row["target"]["number"]) == (1.0, 200.0, 200.0)
    assert row["month"]["actual"] == {"number": 110.0, "percent": False, "unit": "₫"}
    assert (row["month"]["achievement"], row["month"]["status"]) == (pytest.approx(1.1), "achieved")


def test_of_rows_for_each_month_that_of_the_month_is_told() -> None:
    """Shows that a KPI with a row for each month is one row of the mail, with its month, and counts once."""
    rows = [
        kpi(f"KPI-2026-{place}", row=place, title="Revenue", period=month(place, None, None, 2026).period, **given)
        for place, given in ((9, {"target": 100, "actual": 90}), (10, {"target": 100, "actual": 110}))
    ]
    found = digest(*rows, kpi("KPI-11", row=11, title="Revenue", period=month(11, None, None, 2026).period, target=100))
    assert [row["title"] for row in found["rows"]] == ["Revenue (T10)"]
    assert found["verdict"] == {"kpis": 1, "reached": 1, "missing": 0}


def test_a_month_without_a_figure_reached_nothing() -> None:
    """Shows that a KPI on plan so far counts in a month only with that month's actual, and a quarter's not at all."""
    quarter = value_of(Period(Frequency.QUARTER, date(2026, 7, 1), date(2026, 9, 30), "Q3"), 100, 120)
    items = [
        months(150, None, first=9, title="Blank"),
        months(50, 110, first=9, key="KPI-2", row=7),
        kpi("KPI-3", target=5, actual=6, row=8),
        kpi("KPI-4", periods=(quarter,), row=9),
    ]
    data = digest(*items)
    assert data["verdict"] == {"kpis": 3, "reached": 2, "missing": 1}
    (blank,) = [one for one in data["rows"] if one["title"] == "Blank"]
    assert (blank["status"], blank["month"]["actual"], blank["month"]["status"]) == ("achieved", None, None)


def test_a_mail_of_a_month_tells_of_that_month() -> None:
    """Shows the month that a mail reports, also where it is looked at before that month has ended."""
    november = (date(2026, 11, 1), date(2026, 11, 30))
    for today in (TODAY, date(2026, 12, 4)):
        data = digest(months(90, 110, None, first=9), today=today, about=november)
        assert data["month"] == {"label": "11/2026", "start": november[0], "end": november[1]}
        assert data["verdict"] == {"kpis": 1, "reached": 0, "missing": 1}
        assert (data["rows"][0]["month"]["actual"], data["missing"][0]["periods"]) == (None, ["T11"])


def test_a_month_that_has_not_ended_is_not_in_the_whole_yet() -> None:
    """Shows that what is scored of a row, and the periods it is of, stay those of the day that is looked at."""
    periods = tuple(month(number, Bounds(2, 6), actual, 2026) for number, actual in ((9, 4), (10, 5), (11, 3)))
    november = (date(2026, 11, 1), date(2026, 11, 30))
    told = {}
    for today in (date(2026, 11, 29), date(2026, 12, 4)):
        (row,) = digest(kpi(periods=periods), today=today, about=november)["rows"]
        told[today.month] = [row["actual"]["number"], row["target"]["number"], row["target"]["to"], row["span"]["last"]]
        assert (row["month"]["actual"]["number"], row["month"]["whole"]) == (3, False)
    assert told == {11: [9, 4, 12, "T10"], 12: [12, 6, 18, "T11"]}


def test_a_row_says_of_which_periods_its_total_is() -> None:
    """Shows the first and the last period that were added up; none for a value without time, or without any actual."""
    told = [
        digest(item)["rows"][0]["span"]
        for item in (
            months(90, 95, None, first=8),
            months(90, first=10),
            kpi(target=5, actual=5),
            months(None, first=10),
        )
    ]
    assert told == [{"first": "T8", "last": "T9", "count": 2}, {"first": "T10", "last": "T10", "count": 1}, None, None]
    alone = {item: digest(months(*item, first=9))["rows"][0]["month"]["whole"] for item in ((None, 95), (90, 95))}
    assert alone == {(None, 95): True, (90, 95): False}


def test_a_range_is_shown_as_a_range() -> None:
    """Shows both ends of a target that is a range, of the row and of the month; a bound alone has one number."""
    periods = tuple(month(number, Bounds(2, 6), 5, 2026) for number in (9, 10))
    (row,) = digest(kpi(periods=periods, unit="°C"))["rows"]
    whole = {"number": 2, "to": 6, "percent": False, "unit": "°C"}
    assert (row["target"], row["month"]["target"]) == ({**whole, "number": 4, "to": 12}, whole)
    (row,) = digest(kpi(target=Bounds(None, 6), actual=5))["rows"]
    assert row["target"] == {"number": 6, "percent": False, "unit": None}


def test_the_strip_has_the_last_twelve_complete_periods_of_the_kpis_own() -> None:
    """Shows that each is judged by itself, that the running month is left out, and that a gap stays a gap."""
    actuals = (60, 75, None, 95, 100, 100, 100, 100, 100, 100)
    (row,) = digest(months(*actuals, 1000))["rows"]
    assert [one["status"] for one in row["strip"][:5]] == ["off_track", "at_risk", None, "on_track", "achieved"]
    assert row["strip"][2] == {"label": "T3", "achievement": None, "status": None}
    assert len(row["strip"]) == 10
    old = tuple(month(number, 100, 100, 2025) for number in range(6, 13))
    (row,) = digest(kpi(periods=old + tuple(month(number, 100, 90, 2026) for number in range(1, 11))))["rows"]
    assert len(row["strip"]) == STRIP
    assert [one["label"] for one in row["strip"]][:3] == ["T11", "T12", "T1"]


def test_a_quarterly_kpi_has_no_month_and_its_own_strip() -> None:
    """Shows that a quarter that ends elsewhere is not taken for a month."""
    quarters = tuple(
        value_of(Period(Frequency.QUARTER, date(2026, first, 1), date(2026, first + 2, 30), name), 100, 90, 30 + first)
        for first, name in ((1, "Q1"), (4, "Q2"), (7, "Q3"))
    )
    (row,) = digest(kpi(periods=quarters))["rows"]
    assert row["month"] is None
    assert [one["label"] for one in row["strip"]] == ["Q1", "Q2", "Q3"]


def test_missing_actuals_are_named_with_their_owner_and_periods() -> None:
    """Shows the last cell to fill, and that a running month misses nothing."""
    item = months(90, None, 90, None, first=7, owner="Trần Lan", team="Sales")
    data = digest(item, months(90, None, first=10, key="KPI-2", row=7), kpi("KPI-3", target=5, row=8))
    assert [one["title"] for one in data["missing"]] == ["Revenue", "Revenue"]
    first, second = data["missing"]
    assert (first["owner"], first["given"], first["team"]) == ("Trần Lan", "Lan", "Sales")
    assert first["periods"] == ["T8", "T10"]
    assert first["cell"]["a1"] == item.periods[3].actual.ref.a1
    assert (second["periods"], second["owner"]) == ([], None)
    assert data["verdict"] == {"kpis": 3, "reached": 0, "missing": 2}


def test_a_kpi_that_reached_its_month_and_had_missed_the_one_before_is_a_win() -> None:
    """Shows that a KPI that is always green is no news, and a first period is."""
    items = [
        months(90, 100, first=9, title="Up"),
        months(100, 120, first=9, key="KPI-2", title="Green", row=7),
        months(100, first=10, key="KPI-3", title="New", row=8),
        months(100, 90, first=9, key="KPI-4", title="Down", row=9),
        months(None, 100, first=9, key="KPI-5", title="Back", row=10),
    ]
    data = digest(*items)
    assert [one["title"] for one in data["wins"]] == ["Up", "New", "Back"]
    assert {one["kind"] for one in data["wins"]} == {"kpi"}


@pytest.mark.parametrize(("today", "won"), [(date(2026, 10, 4), 1), (date(2026, 11, 4), 0), (date(2027, 1, 4), 0)])
def test_what_a_quarter_brought_is_told_in_one_month(today: date, won: int) -> None:
    """Shows that the third quarter is celebrated in October, not again in November, and not in place of the fourth."""
    quarters = [Period(Frequency.QUARTER, date(2026, 7, 1), date(2026, 9, 30), "Q3")]
    quarters.append(Period(Frequency.QUARTER, date(2026, 10, 1), date(2026, 12, 31), "Q4"))
    values = [value_of(period, 10, 10 if period.label == "Q3" else None) for period in quarters]
    assert len(digest(kpi(periods=tuple(values)), today=today)["wins"]) == won


def test_a_team_sees_its_own_kpis_and_the_groups_that_they_are_in() -> None:
    """Shows that groups of others are left out, and that the owner's team counts."""
    items = [
        months(90, first=10, section="Money", team="Sales"),
        months(50, first=10, key="KPI-2", section="Goods", row=7),
        months(50, first=10, key="KPI-3", section="Staff", owner="Lan", row=8),
        person("Lan", team="Sales"),
    ]
    data = digest(*items, team="sales")
    assert [one["name"] for one in data["groups"]] == ["Money", "Staff"]
    assert (len(data["rows"]), [one["group"] for one in data["low"]]) == (2, ["Staff"])
    assert len(digest(*items)["rows"]) == 3


def test_many_kpis_are_cut_those_that_need_attention_stay() -> None:
    """Shows the cap, and that the worst is never cut."""
    items = [months(100, first=10, key=f"KPI-{number}", row=number) for number in range(6, 26)]
    data = digest(*items, months(10, first=10, key="KPI-99", row=99, title="Bad"))
    assert (len(data["rows"]), data["more_rows"]) == (ROWS, 21 - ROWS)
    assert data["rows"][0]["title"] == "Bad"


def test_without_a_profile_the_strip_has_labels_alone() -> None:
    """Shows that nothing is judged by guesswork."""
    data = kpi_digest(source(months(90, first=10))._replace(kpi_profile=None)).data
    assert data["rows"][0]["strip"] == [{"label": "T10", "achievement": None, "status": None}]
    assert data["wins"] == []


def test_a_workbook_without_kpis_has_an_empty_month() -> None:
    """Shows nothing instead of an error."""
    data = digest()
    assert (data["rows"], data["groups"], data["verdict"]) == ([], [], {"kpis": 0, "reached": 0, "missing": 0})
