"""Rows of the new workbook: what a key result and a KPI become beside their plain cells."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.gallery.conversion.rows import Manner, kpi_rows, okr_rows
from sheetsync.model import Bounds, Frequency, KeyResult, Metric, Period, PeriodValue, Quantity
from sheetsync.workbook import Cell
from tests.factories import cell, key_result, kpi, objective

NAMES = {"O-1": "O1", "KR-1": "KR1.1", "KR-2": "KR0.1", "KPI-1": "KPI-1"}
PLAIN, AS_READ = Manner(("Có", "Không"), NAMES), Manner(("Có", "Không"), NAMES, as_read=("KR-1",))


def test_key_results_stand_below_their_objective_and_others_first() -> None:
    """Shows that a key result of no objective comes before all, so that it belongs to none in the new sheet either."""
    items = (key_result("KR-1"), key_result("KR-2", objective=None))
    assert [row["id"] for row in okr_rows((objective(),), items, PLAIN)] == ["KR0.1", "O1", "KR1.1"]


def test_alignments_name_the_new_ids() -> None:
    """Shows that an alignment to a row which got a new id follows it, and one to anything else stays."""
    aligned = cell(("O-1", "Hội đồng"))
    (row, *_) = okr_rows((), (key_result("KR-1", objective=None, aligned_to=aligned),), PLAIN)
    assert row["aligned_to"] == "O1; Hội đồng"


@pytest.mark.parametrize(
    ("item", "manner", "metric"),
    [
        (key_result(falls=True, target=5), AS_READ, "decrease"),
        (key_result(falls=True, target=5), PLAIN, None),
        (key_result(falls=True, target=5, baseline=9), AS_READ, None),
        (key_result(falls=True, target=Bounds(None, 5)), AS_READ, None),
        (key_result(falls=False, target=5), AS_READ, None),
        (key_result(falls=True, target=5, metric=Metric.AT_MOST), AS_READ, "at_most"),
    ],
)
def test_a_word_of_another_language_becomes_the_metric(item: KeyResult, manner: Manner, metric: str | None) -> None:
    """Shows that "less is better" is told by the metric where scores came out differently and nothing else tells it."""
    assert next(okr_rows((), (item,), manner))["metric"] == metric


def test_a_unit_beside_the_numbers_gets_its_own_column() -> None:
    """Shows that days written into the cells become the unit, where none stood and all agree."""
    days = Cell("OKR", 6, 9, "60 ngày", Quantity(60, unit="ngày"))
    weeks = Cell("OKR", 6, 10, "9 tuần", Quantity(9, unit="tuần"))
    alike, mixed = key_result(target=days, current=days), key_result(target=days, current=weeks)
    told = key_result(target=days, unit="giờ")
    assert [next(okr_rows((), (one,), PLAIN))["unit"] for one in (alike, mixed, told)] == ["ngày", None, "giờ"]


def test_a_period_has_a_target_only_where_it_has_one_of_its_own() -> None:
    """Shows that the row's target is not repeated for each month."""
    months = [Period(Frequency.MONTH, date(2026, month, 1), date(2026, month, 28), f"T{month}") for month in (1, 2)]
    target, own = cell(Quantity(100.0), 5, 6, "KPI"), cell(Quantity(120.0), 9, 6, "KPI")
    values = (
        PeriodValue(months[0], target, cell(Quantity(90.0), 8, 6, "KPI")),
        PeriodValue(months[1], own, cell(Quantity(80.0), 10, 6, "KPI")),
    )
    (row,) = kpi_rows((kpi(target=target, periods=values),), PLAIN, lambda _item, value: value.target)
    assert {name: row.get(name) for name in ("target", "target0", "actual0", "target1", "actual1")} == {
        "target": 100, "target0": None, "actual0": 90, "target1": 120, "actual1": 80,
    }  # fmt: skip
