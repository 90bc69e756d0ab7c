"""Milestones that are said to be done, in the row, in the log and in a KPI: which rule tells it, and where."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.model import Metric, Milestones
from sheetsync.noticed import Doubt
from tests.factories import check_in, kpi, objective, raw
from tests.rules.facts import facts
from tests.rules.situation_parts import result, typed
from tests.rules.test_places import at, told

STEPS = typed("1. Offer; 2. Audit", Milestones(("Offer", "Audit")))
NAMES = "Offer; Audit"


def row(key: str = "KR-1", number: int = 6, **given: Any) -> Any:
    """Give a key result whose target lists two milestones."""
    return result(key, number, **{"metric": Metric.MILESTONE, "unit": None, "baseline": None, "target": STEPS, **given})


def test_what_is_not_in_the_list_is_told_by_one_rule() -> None:
    """Shows row and log: where the target lists milestones, nobody is told to write a number with a unit."""
    own, entry = row(current=raw("Offer, party")), check_in(value=raw("Party"), date=date(2025, 11, 18))
    plain = result("KR-2", 7, current=raw("a lot"))
    seen = facts(objective(), own, plain, entry)
    assert told("RO245", seen) == [
        at(own.current, "KR-1", concept="current", kind="okr", raw="Offer, party", names=NAMES),
        at(entry.value, "KR-1", concept="value", kind="check-ins", raw="Party", names=NAMES),
    ]
    assert told("RO201", seen) == [at(plain.current, "KR-2", concept="current", kind="okr", raw="a lot")]


def test_a_weight_is_never_a_milestone() -> None:
    """Shows that other cells of such a row are still numbers."""
    own = row(weight=raw("heavy"))
    seen = facts(objective(), own)
    assert told("RO245", seen) == []
    assert told("RO201", seen) == [at(own.weight, "KR-1", concept="weight", kind="okr", raw="heavy")]


def test_a_number_with_two_meanings_is_told_once() -> None:
    """Shows that 1.234 is told as what it is, a doubt, and by nobody else."""
    own = row(current=raw("1.234"))
    doubt = Doubt("number", own.current, (1234.0, 1.234))
    seen = facts(objective(), own, doubts=(doubt,))
    assert [len(told(code, seen)) for code in ("RO238", "RO201", "RO245")] == [1, 0, 0]


def test_an_impossible_number_is_told_where_it_was_taken_from() -> None:
    """Shows the log's cell where the log counts, a KPI's actual value, and that a mere number may be exceeded."""
    own, other = row(current=None, check_in_date=None), row("KR-2", 7, target=2, current=3)
    entry = check_in(value=22, date=date(2025, 11, 18))
    scored = kpi(target=STEPS, actual=9)
    assert told("RO246", facts(objective(), own, other, entry)) == [at(entry.value, "KR-1", current=22.0, count=2)]
    assert told("RO246", facts(objective(), scored)) == [at(scored.actual, "KPI-1", current=9.0, count=2)]
