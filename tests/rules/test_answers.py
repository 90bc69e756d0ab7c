"""Goals that are done or not: numbers that are no answer, targets that count something, and parts of an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Done, Metric
from sheetsync.noticed import Doubt
from sheetsync.workbook import Cell
from tests.factories import cell, check_in, kpi, objective, raw
from tests.rules.facts import facts
from tests.rules.situation_parts import kept, percent, result
from tests.rules.test_places import at, told


def row(key: str = "KR-1", number: int = 6, **given: Any) -> Any:
    """Give a key result that is done or not, of which nothing else is known."""
    usual = {"metric": Metric.YES_NO, "unit": None, "baseline": None, "target": None, "current": None}
    return result(key, number, **{**usual, **given})


def test_what_is_no_answer_is_told_by_one_rule() -> None:
    """Shows row, log and KPI: nobody who was asked for yes or no is told to write a number with a unit."""
    own = row(current=raw("75"))
    other = row("KR-2", 7, metric=None, target=Cell("OKR", 7, 21, "yes", Done(True)))
    entry = check_in("KR-2", value=raw("120"), date=date(2025, 11, 18))
    scored = kpi(target=Done(True), actual=raw("50"))
    seen = facts(objective(), own, other, entry, scored)
    assert told("RO233", seen) == [
        at(own.current, "KR-1", current="75", target=Metric.YES_NO),
        at(scored.actual, "KPI-1", current="50", target=Done(True)),
        at(entry.value, "KR-2", current="120", target="yes"),
    ]
    assert told("RO201", seen) == []
    assert told("RO225", seen) == []


def test_a_number_with_two_meanings_is_told_once() -> None:
    """Shows that 1.234 is told as a doubt, and as no answer all the same by nobody else."""
    own = row(current=raw("1.234"))
    seen = facts(objective(), own, doubts=(Doubt("number", own.current, (1234.0, 1.234)),))
    assert [len(told(code, seen)) for code in ("RO238", "RO201", "RO233")] == [1, 0, 0]


@pytest.mark.parametrize(("current", "count"), [(raw("75"), 1), (None, 1), (Done(True), 0), (Done(False), 0)])
def test_a_target_that_counts_fits_only_spoken_answers(current: Any, count: int) -> None:
    """Shows that the target is told beside a number and beside nothing, and that nothing else is told of the value."""
    own = row(target=150, current=current)
    seen = facts(objective(), own)
    expected = [at(own.target, "KR-1", target=150.0, metric=Metric.YES_NO)]
    assert told("RO225", seen) == expected * count
    assert told("RO233", seen) == []
    assert told("RO225", facts(objective(), row(target=1, current=current))) == []


def test_a_kpi_of_months_is_judged_by_all_of_them() -> None:
    """Shows that one number among spoken answers makes the target a wrong one, and that empty months say nothing."""

    def scored(*actuals: Any) -> Any:
        months = tuple(
            kept(name)._replace(actual=cell(value, 40 + place, 6, "KPI"))
            for place, (name, value) in enumerate(zip(("T9", "T10", "T11"), actuals, strict=True))
        )
        return facts(kpi(metric=Metric.YES_NO, target=100, periods=months))

    assert told("RO225", scored(Done(True), Done(False), None)) == []
    assert len(told("RO225", scored(Done(True), raw("50"), None))) == 1


def test_a_part_of_an_answer_is_a_hint() -> None:
    """Shows the value that counts, be it in the log; all, nothing, and other metrics are left alone."""
    own, other = row(current=percent(30)), row("KR-2", 7, metric=None, target=Done(True))
    rest = [row("KR-3", 8, current=1), row("KR-4", 9, current=0), row("KR-5", 10, metric=None, target=1, current=0.5)]
    entry = check_in("KR-2", value=0.9, date=date(2025, 11, 18))
    seen = facts(objective(), own, other, *rest, entry)
    assert [(cell, item) for cell, item, _ in told("RO256", seen)] == [
        (own.current.ref, "KR-1"),
        (entry.value.ref, "KR-2"),
    ]
