"""RO2xx: which cells are unreadable, and which numbers are beyond every scale."""

from __future__ import annotations

import pytest

from sheetsync.rules import message
from tests.factories import check_in, kpi, objective, raw
from tests.rules.facts import ENGLISH, TODAY, facts, found
from tests.rules.situation_parts import doubtful, kept, measured, one, result, step


@pytest.mark.parametrize("concept", ["baseline", "current", "weight", "confidence"])
def test_each_number_of_a_key_result_is_looked_at(concept: str) -> None:
    """An unreadable number of a key result is reported in its own cell, with what stands there."""
    seen = one(**{concept: raw("a few")})()
    findings = found("RO201", seen)
    assert [(one.params["concept"], one.params["raw"], one.item) for one in findings] == [(concept, "a few", "KR-1")]
    assert findings[0].cell == getattr(seen.goals.key_results[0], concept).ref


def test_a_number_that_is_not_on_the_scale_of_its_row_is_told_once() -> None:
    """Shows that nobody is told that 85/100 is no number, since it only cannot be compared with a plain 9."""
    seen = doubtful("scale", "85/100", "current")()
    assert [len(found(code, seen)) for code in ("RO251", "RO201")] == [1, 0]


def test_the_baseline_of_a_yes_or_no_goal_may_be_a_word() -> None:
    """A "no" in the baseline of a yes-or-no goal is no mistake; an unreadable weight of it still is."""
    assert found("RO201", facts(objective(), step(baseline=raw("no")), result("KR-2", 7))) == []
    assert len(found("RO201", facts(objective(), step(weight=raw("much")), result("KR-2", 7)))) == 1


@pytest.mark.parametrize("concept", ["baseline", "actual", "weight"])
def test_each_number_of_a_kpi_is_looked_at(concept: str) -> None:
    """An unreadable number of a KPI is reported."""
    assert [one.params["concept"] for one in found("RO201", measured(**{concept: raw("a few")})())] == [concept]


def test_weights_of_objectives_and_periods_of_kpis_are_looked_at() -> None:
    """An objective's weight, and target and actual of each period, are read too."""
    seen = facts(objective(weight=raw("much")), result(), result("KR-2", 7))
    assert [str(one.cell) for one in found("RO201", seen)] == [str(seen.goals.objectives[0].weight.ref)]
    month = kept("T10")
    broken = month._replace(
        target=month.target._replace(raw="plenty", value=None), actual=month.actual._replace(raw="some", value=None)
    )
    seen = facts(kpi(periods=(kept("T9"), broken), target=None))
    assert [one.cell for one in found("RO201", seen)] == [broken.actual.ref]
    assert [one.cell for one in found("RO202", seen)] == [broken.target.ref]


def test_a_target_shared_by_all_periods_is_told_once() -> None:
    """One unreadable target cell behind several months is one finding."""
    month = kept("T9")
    shared = month.target._replace(raw="plenty", value=None)
    periods = tuple(kept(name)._replace(target=shared) for name in ("T9", "T10"))
    assert len(found("RO202", facts(kpi(periods=periods, target=None)))) == 1


@pytest.mark.parametrize(("value", "beyond"), [(0, False), (100, False), (-0.1, True), (100.1, True)])
def test_confidence_bounds(value: float, beyond: bool) -> None:
    """Confidence from 0 to 100 is within some scale, in the row as in the log; both ends are included."""
    assert bool(found("RO226", one(confidence=value)())) is beyond
    entry = check_in(date=TODAY, value=131, confidence=value)
    seen = facts(objective(), result(), result("KR-2", 7), entry)
    assert [one.cell for one in found("RO226", seen)] == ([entry.confidence.ref] if beyond else [])


def test_long_texts_are_cut() -> None:
    """A novel in a cell is quoted by its beginning, on one line."""
    told = message(found("RO201", one(current=raw("many\nlines " * 50))())[0], ENGLISH)
    assert "many lines many lines" in told
    assert "…" in told
    assert len(told) < 200
