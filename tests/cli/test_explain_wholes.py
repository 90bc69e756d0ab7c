"""``sheetsync explain`` of KPIs that have a row for each month: each row by itself, and the KPI that they make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Caller
from tests.cli.month_rows import month_rows

NOVEMBER = ("long.xlsx", "--today", "2026-11-03")


@pytest.fixture
def long(here: Path) -> Path:
    """Write a KPI sheet with a row for each month and each quarter of two KPIs."""
    return month_rows(here / "long.xlsx")


@pytest.mark.parametrize(("asked", "head"), [("K1", "K1: Revenue"), ("revenue", "K1: Revenue"), ("Orders", ": Orders")])
def test_a_kpi_is_explained_over_all_its_months(call: Caller, long: Path, asked: str, head: str) -> None:
    """Shows it by id and by name: what its months add up to, each with its cell, and its group of two KPIs.

    The rows of its quarters are totals, and count beside no months.
    """
    done = call("--lang", "en", "explain", asked, *NOVEMBER)
    assert (done.code, done.err) == (0, "")
    assert head in done.out.splitlines()[0]
    assert ("600 / 1,000 = 60%" if "Revenue" in head else "500 / 500 = 100%") in done.out
    assert "T10/2026: target" in done.out
    assert "Q3/2026" not in done.out
    assert sum("weight 60%" in line or "weight 40%" in line for line in done.out.splitlines()) == 2


def test_a_row_is_still_explained_by_itself(call: Caller, long: Path) -> None:
    """Shows a month and a quarter by their own keys, and a row by its cell."""
    for asked, told in (("K1-2026-10", "60 / 100"), ("K1-2026-q3", "180 / 300"), ("KPI!H2", "60 / 100")):
        assert told in call("--lang", "en", "explain", asked, *NOVEMBER).out


def test_another_month_is_tried_in_the_whole(call: Caller, long: Path) -> None:
    """Shows what one month more would make of the KPI and its group, and that an actual of no month is refused."""
    done = call("--lang", "en", "explain", "K1", *NOVEMBER, "--set", "T10/2026=500")
    assert done.code == 0
    for told in ("Progress: 60% → 104%", "Score: 76% → 102.4%"):
        assert told in done.out
    refused = call("--lang", "en", "explain", "K1", *NOVEMBER, "--set", "actual=500")
    assert (refused.code, "T10/2026" in refused.err) == (2, True)


def test_as_json_it_has_the_name_that_its_rows_share(call: Caller, long: Path) -> None:
    """Shows key and periods in the document of a KPI of several rows."""
    (one,) = json.loads(call("explain", "--json", "K1", *NOVEMBER).out)["explanations"]
    assert (one["key"], one["progress"], len(one["periods"])) == ("K1", pytest.approx(0.6), 11)


def test_a_night_that_remembers_the_rows_changes_nothing_of_it(call: Caller, long: Path) -> None:
    """Shows that the change and forecast of the last row are not told of the KPI."""
    asked = ("--lang", "en", "explain", "K1")
    before = call(*asked, *NOVEMBER).out
    for day in ("2026-11-02", "2026-11-03"):
        assert call("sync", "long.xlsx", "--today", day).code == 0
    assert call(*asked, *NOVEMBER).out == before
