"""Milestones that are said to be done, in the row, in the log and in a KPI: which rule tells it, and where."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Metric, Milestones, Quantity
from sheetsync.noticed import Doubt
from sheetsync.rules import message
from tests.factories import check_in, kpi, objective, raw
from tests.rules.facts import ENGLISH, facts, found
from tests.rules.situation_parts import finished, result, typed
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


def shown(code: str, seen: Any) -> list[str]:
    """Give the English messages of a rule."""
    return [message(finding, ENGLISH) for finding in found(code, seen)]


@pytest.mark.parametrize(("share", "told_of"), [(1.5, "150%"), (-0.05, "-5%"), (1.0, None), (0.0, None), (0.5, None)])
def test_an_impossible_percentage_of_milestones_is_told(share: float, told_of: str | None) -> None:
    """Shows more than all of a list and less than none of it."""
    said = shown("RO246", facts(objective(), row(current=Quantity(share, True))))
    assert [text.partition(".")[0] for text in said] == (
        [f"The target has 2 milestones, so {told_of} cannot be done"] if told_of else []
    )


@pytest.mark.parametrize(
    ("current", "target", "said"),
    [
        (500, None, "500% cannot be done: the share that is done lies between 0% and 100%"),
        (Quantity(1.5, True), None, "150% cannot be done: the share that is done lies between 0% and 100%"),
        (
            Quantity(1.5, True),
            Quantity(1.2, True),
            "150% cannot be done: the share that is done lies between 0% and 120%",
        ),
        (Quantity(-0.05, True), None, "-5% cannot be done: the share that is done lies between 0% and 100%"),
        (Quantity(1.1, True), Quantity(1.2, True), None),
        (100, None, None),
        (Quantity(0.1 + 0.2 + 0.7, True), None, None),
        (0, 80, None),
    ],
)
def test_an_impossible_share_of_the_work_is_told(current: Any, target: Any, said: str | None) -> None:
    """Shows percent done above the whole, or above a target beyond it, and below nothing."""
    assert [text.partition(".")[0] for text in shown("RO253", finished(current, target)())] == ([said] if said else [])


def test_a_share_of_milestones_that_are_not_listed_is_one_of_the_work() -> None:
    """Shows 150 % beside a target of 100 %, and that a planned number of milestones may be exceeded."""
    assert len(told("RO253", facts(objective(), row(target=Quantity(1.0, True), current=Quantity(1.5, True))))) == 1
    planned = facts(objective(), row(target=5, current=Quantity(1.2, True)))
    assert [told(code, planned) for code in ("RO246", "RO253")] == [[], []]


@pytest.mark.parametrize(
    ("text", "weights", "total"),
    [
        ("A (50%); B (60%); C", (0.5, 0.6, 0.0), 1.1),
        ("A (50%); B (50%); C", (0.5, 0.5, 0.0), 1.0),
        ("A (50%); B (30%)", (0.5, 0.3), 0.8),
        ("A (50%); B (30%); C", (0.5, 0.3, 0.2), None),
        ("A (33.33%); B (33.33%); C (33.34%)", (0.3333, 0.3333, 0.3334), None),
        ("A (50%); B (50%); C (0%)", (0.5, 0.5, 0.0), None),
        ("A; B", (), None),
    ],
)
def test_shares_that_do_not_total_the_whole_are_told(text: str, weights: Any, total: float | None) -> None:
    """Shows too much, too little, nothing left for one, and a share of 0 % that somebody wrote."""
    target = typed(text, Milestones(("A", "B", "C")[: len(weights) or 2], weights))
    for item, place in ((row(target=target), "KR-1"), (kpi(target=target), "KPI-1")):
        hits = told("RO252", facts(objective(), item))
        assert hits == ([at(item.target, place, total=pytest.approx(total))] if total else [])


def test_an_impossible_number_is_told_where_it_was_taken_from() -> None:
    """Shows the log's cell where the log counts, a KPI's actual value, and that a mere number may be exceeded."""
    own, other = row(current=None, check_in_date=None), row("KR-2", 7, target=2, current=3)
    entry = check_in(value=22, date=date(2025, 11, 18))
    scored = kpi(target=STEPS, actual=9)
    assert told("RO246", facts(objective(), own, other, entry)) == [at(entry.value, "KR-1", current=22.0, count=2)]
    assert told("RO246", facts(objective(), scored)) == [at(scored.actual, "KPI-1", current=9.0, count=2)]
