"""RO2xx: what was assumed, and the periods, directions and aggregations of KPIs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Aggregation, Direction, Metric
from sheetsync.rules import Facts, message
from sheetsync.workbook import Cell, Workbook, Worksheet
from tests.factories import check_in, kpi, objective, raw
from tests.rules.facts import ENGLISH, VIETNAMESE, facts, found, table
from tests.rules.situation_parts import kept, measured, one, percent, result, without_column


def months(key: str = "KPI-1", row: int = 6, **given: Any) -> Any:
    """Give a KPI with September and October."""
    usual: dict[str, Any] = {"periods": (kept("T9"), kept("T10")), "target": None, "direction": Direction.HIGHER}
    return kpi(key, row=row, **{**usual, **given})


def nowhere(row: int) -> Cell[Any]:
    """Give the cell of a KPI's concept without a column."""
    return without_column(row, "KPI")


def test_an_empty_current_is_a_hint_only_while_it_runs() -> None:
    """Before it starts, or where the log has a value, an empty Current is nothing to speak of."""
    assert len(found("RO209", one(current=None)())) == 1
    assert found("RO209", facts(objective(), result(current=None), today=date(2025, 9, 30))) == []
    logged = facts(objective(), result(current=None), check_in(date=date(2025, 11, 3), value=125))
    assert found("RO209", logged) == []
    assert found("RO209", one(current=without_column(6))()) == []
    assert found("RO209", one(current=raw("?"))()) == []


def test_a_difference_in_percent_is_told_in_percent() -> None:
    """Where the row holds a percentage, both values are shown as such, with their cells."""
    row = result(baseline=percent(10), target=percent(90), current=percent(40.5))
    seen = facts(objective(), row, result("KR-2", 7), check_in(date=date(2025, 11, 18), value=percent(52)))
    told = found("RO222", seen)
    assert [message(one, ENGLISH) for one in told] == [
        "Row and check-in log differ: 52% in 'Check-ins'!E2 counts, 40.5% in OKR!S6 does not. Update one of them."
    ]
    assert "40,5%" in message(told[0], VIETNAMESE)


def test_unreadable_values_do_not_differ() -> None:
    """An unreadable value in the log or in the row is told as such, not as a difference."""
    for log, row in ((raw("many"), 131), (125, raw("many"))):
        seen = facts(objective(), result(current=row), check_in(date=date(2025, 11, 18), value=log))
        assert found("RO222", seen) == []


def test_missing_periods_point_at_the_first_gap() -> None:
    """The finding counts and names the periods, and points at the first empty actual that is over."""
    gap = kept("T10", actual=None)
    seen = facts(months(periods=(kept("T9"), gap, kept("T11", actual=None))))
    findings = found("RO223", seen)
    assert [(one.cell, one.params["count"], one.params["periods"]) for one in findings] == [(gap.actual.ref, 1, "T10")]


def test_a_kpi_without_any_actual_is_told_once() -> None:
    """All periods empty is one cause: no actual, and not also missing periods."""
    empty = facts(months(periods=(kept("T9", actual=None), kept("T10", actual=None))))
    assert found("RO223", empty) == []
    assert [one.cell for one in found("RO235", empty)] == [empty.goals.kpis[0].periods[0].actual.ref]
    fatal = facts(months(periods=(kept("T9", actual=None), kept("T10", actual=None)), critical=True))
    assert found("RO223", fatal) == []
    assert [one.cell for one in found("RO235", fatal)] == [fatal.goals.kpis[0].periods[0].actual.ref]


@pytest.mark.parametrize(("code", "concept"), [("RO236", "direction"), ("RO237", "aggregation")])
def test_without_a_column_an_assumption_is_told_once(code: str, concept: str) -> None:
    """With a column every empty cell is a hint; without one the table gets a single hint."""
    settled: dict[str, Any] = {"direction": Direction.HIGHER, "aggregation": Aggregation.SUM}
    blank = [months(f"K{row}", row, **{**settled, concept: None}) for row in (6, 7, 8)]
    assert len(found(code, facts(*blank))) == 3
    absent = [months(f"K{row}", row, **{**settled, concept: nowhere(row)}) for row in (6, 7, 8)]
    findings = found(code, facts(*absent))
    assert [(one.item, one.cell) for one in findings] == [("K6", absent[0].title.ref)]
    other = months("K9", 9, **{**settled, concept: nowhere(9), "table": "kpi2"})
    assert len(found(code, facts(*absent, other))) == 2


def test_the_assumed_aggregation_is_named() -> None:
    """The message names what was taken, in the words of the language."""
    told = found("RO237", facts(months()))
    assert message(told[0], ENGLISH).startswith("Aggregation is empty, so “sum” was taken.")
    assert "“cộng”" in message(told[0], VIETNAMESE)


@pytest.mark.parametrize(
    ("given", "direction"),
    [
        ({"direction": Direction.LOWER, "baseline": -500}, "decrease"),
        ({"direction": Direction.HIGHER, "baseline": -100}, "increase"),
    ],
)
def test_a_contradiction_of_a_kpi_names_its_direction(given: dict[str, Any], direction: str) -> None:
    """A KPI with a negative target goes from its baseline; where its direction says otherwise it is told."""
    findings = found("RO203", measured(target=-200, actual=-150, **given)())
    assert [one.params["metric"] for one in findings] == [direction]


def sentences(seen: Facts, code: str) -> list[str]:
    """Give the English messages of a rule."""
    return [message(one, ENGLISH) for one in found(code, seen)]


def test_blank_cells_are_shown_as_a_dash() -> None:
    """A message never shows nothing where a cell is empty."""
    assert sentences(one(metric=Metric.BETWEEN, baseline=None, target=40)(), "RO225") == [
        "The target 40 does not fit the metric “between”. Change the metric, or write a target of its kind."
    ]
    assert sentences(one(current=None, target=True)(), "RO233") == []


def untargeted(header: str, *cells: Any, layout: str = "") -> Facts:
    """Give a table of two KPIs over months without a target, beside a column of that header with those cells."""
    months_of = {"periods": tuple(one._replace(target=nowhere(6)) for one in (kept("T9"), kept("T10")))}
    items = [months(f"KPI-{row}", row, target=nowhere(row), **months_of) for row in (6, 7)]
    periods = {20 + place: kept(name).period for place, name in enumerate(("T9", "T10"))}
    found = table("kpi", "KPI", without=("target",))._replace(
        unmapped={9: header}, periods=periods, first_row=6, last_row=7, layout=layout
    )
    rows = [(), (), (), (), (), *((*[None] * 8, cell) for cell in cells)]
    book = Workbook("test", "memory", (Worksheet("KPI", rows),), "1")
    return facts(*items, tables=(found,), workbook=book)


@pytest.mark.parametrize("header", ["Agreed target", "Chỉ tiêu đã chốt", "KH (theo họp)"])
def test_a_filled_column_of_targets_is_named_once(header: str) -> None:
    """Shows that the header is told in its cell, and neither missing targets nor missing actuals in each row."""
    seen = untargeted(header, 100, "110")
    assert [(str(one.cell), one.params) for one in found("WS119", seen)] == [("KPI!I4", {"header": header})]
    assert found("RO208", seen) == []
    assert found("RO223", seen) == []


def test_an_adopted_table_has_no_unknown_target() -> None:
    """Shows that who adopted a table has said which column is the target: then it is missing in each row."""
    seen = untargeted("Agreed target", 100, 110, layout="period-columns")
    assert found("WS119", seen) == []
    assert len(found("RO208", seen)) == 2


@pytest.mark.parametrize(("header", "cells"), [("Agreed target", (None, "-")), ("Remarks", (100, 110))])
def test_a_column_without_numbers_or_such_a_word_holds_no_targets(header: str, cells: tuple[Any, ...]) -> None:
    """Shows that then the targets are missing in each row; nothing is said of the actuals, which are there."""
    seen = untargeted(header, *cells)
    assert found("WS119", seen) == []
    assert len(found("RO208", seen)) == 2
    assert found("RO223", seen) == []
