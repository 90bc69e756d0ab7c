"""Rows of the new workbook: what a key result and a KPI become beside their plain cells."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.gallery.conversion.rows import Manner, kpi_rows, manner_of, okr_rows
from sheetsync.language import Lexicon, Phrases
from sheetsync.locales import load
from sheetsync.model import Aggregation, Bounds, Frequency, KeyResult, Metric, Period, PeriodValue, Quantity
from sheetsync.scoring.kpis.gauge import target_of
from sheetsync.scoring.kpis.sharing import target_in
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


def test_what_sections_weigh_and_points_are_carried_over() -> None:
    """Shows that no number of a scorecard gets lost: weights of sections, bonus and penalty points."""
    item = kpi(section="A. Tài chính", section_weight=60, bonus=5, penalty=2, target=10, actual=9)
    row = next(kpi_rows([item], PLAIN, lambda kpi, _: kpi.target))
    assert (row["section"], row["section_weight"], row["bonus"], row["penalty"]) == ("A. Tài chính", 60, 5, 2)


@pytest.mark.parametrize(("month", "due"), [(6, 60.0), (10, 100.0), (12, 120.0), (None, 120.0)])
def test_a_value_to_date_keeps_the_part_of_the_year_it_is_held_against(month: int | None, due: float) -> None:
    """Shows that a target of the year becomes one to date, because the template's own target is that of a month."""
    period = month and Period(Frequency.MONTH, date(2026, month, 1), date(2026, month, 28), f"T{month}")
    item = kpi(target=120, actual=7, actual_to_date=72, yearly=True, period=period)
    (row,) = kpi_rows([item], PLAIN, lambda kpi, value: target_in(kpi, value, Aggregation.SUM))
    assert (row["target"], row["target_to_date"]) == (None, pytest.approx(due))
    assert (row["actual"], row["actual_to_date"]) == (7, 72)


def test_a_value_to_date_alone_stands_under_its_own_header() -> None:
    """Shows that the one column of values is not written twice, as a month's value that it is not."""
    both = Cell("KPI", 6, 9, 72, Quantity(72.0))
    target = Cell("KPI", 6, 8, 80, Quantity(80.0))
    item = kpi(target=target, target_to_date=target, actual=both, actual_to_date=both)
    (row,) = kpi_rows([item], PLAIN, lambda kpi, _: kpi.target)
    assert [row[name] for name in ("target", "target_to_date", "actual", "actual_to_date")] == [None, 80, None, 72]


@pytest.mark.parametrize(("language", "written"), [("vi", "lũy kế đến nay"), ("en", "to date")])
def test_columns_to_date_say_so_in_their_rows(language: str, written: str) -> None:
    """Shows that values which hold those before them are not added up in the new workbook, and against what they go."""
    months = [Period(Frequency.MONTH, date(2025, month, 1), date(2025, month, 28), f"T{month}") for month in (1, 2)]
    target = cell(Quantity(120.0), 5, 6, "KPI")
    values = tuple(PeriodValue(one, target, cell(Quantity(9.0), 8, 6, "KPI")) for one in months)
    item = kpi(target=target, periods=values, to_date=True, yearly=True, aggregation=Aggregation.SUM)
    (row,) = kpi_rows([item], manner_of(Phrases(load(language)), NAMES, (), ("KPI-1",)), target_of)
    assert str(row["aggregation"]) == written
    assert (row["target0"], row["target1"]) == (pytest.approx(10.0), pytest.approx(20.0))
    assert Lexicon(load(language)).words("values.to_date", "sure")[0] == written
