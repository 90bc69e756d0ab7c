"""Weights that keep their ratios, and what a finding about a moved cell says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from sheetsync.model import Quantity
from sheetsync.past import Statement
from sheetsync.results import Finding, Severity
from sheetsync.rules import Facts, message
from sheetsync.rules.registry import Hit
from tests.factories import key_result, kpi, objective
from tests.rules.facts import ENGLISH, TODAY, VIETNAMESE, facts
from tests.rules.remembering import gone, hits, past, said
from tests.rules.situation_parts import SEEN, pair, result

SPOKEN = ENGLISH, VIETNAMESE


def weighed(*weights: Any, before: Iterable[float], table: str = "okr") -> Facts:
    """Give the facts of key results with these weights, of which the first ones had others before."""
    rows = [key_result(f"KR-{row}", row=row, target=5, weight=weight) for row, weight in enumerate(weights, 6)]
    known = [
        gone(f"KR-{row}", row=row, statements=(Statement(SEEN[0], "weight", f"{number}", number),))
        for row, number in enumerate(before, 6)
    ]
    return facts(objective(), *rows, past=past(*known))


@pytest.mark.parametrize(
    ("weights", "before", "told"),
    [
        ((20, 30, 50), (0.2, 0.3, 0.5), 0),
        ((0.2, 0.3, 0.5), (20, 30, 50), 0),
        ((20, 30, 51), (0.2, 0.3, 0.5), 3),
        ((20, 30, 50.00001), (0.2, 0.3, 0.5), 0),
        ((20, 30, 50.001), (0.2, 0.3, 0.5), 3),
        ((2, 3, 5), (0.2, 0.3, 0.5), 3),
        ((16, 24, 40, 20), (20, 30, 50), 0),
        ((16, 24, 40, None), (20, 30, 50), 3),
        ((16, 24, 50, 20), (20, 30, 50), 2),
        ((16, None, 40, 20), (20, 30, 50), 3),
        ((0, 0, 0, 20), (20, 30, 50), 3),
        ((20, 30, 0.5), (0.2, 0.3, 0.5), 2),
        ((20, 30, 60), (20, 30, 50), 1),
    ],
)
def test_weights_that_keep_their_ratios(weights: tuple[Any, ...], before: tuple[float, ...], told: int) -> None:
    """Shows that percent may become numbers and old weights make room for a new one, all together or not at all."""
    assert len(hits("DR515", weighed(*weights, before=before))) == told


def test_weights_are_held_against_those_beside_them() -> None:
    """Shows groups of their own: key results of an objective, objectives, KPIs of a section or of a person."""
    first = [key_result(f"KR-{row}", row=row, target=5, weight=20, objective="O-1") for row in (6, 7)]
    second = [key_result(f"KR-{row}", row=row, target=5, weight=30, objective="O-2") for row in (9, 10)]
    goals = objective(weight=1), objective("O-2", row=8, weight=2)
    kpis = [kpi(f"K-{row}", row=row, target=9, actual=9, weight=5, section=name) for row, name in ((6, "A"), (7, "B"))]
    mine = [kpi(f"K-{row}", row=row, target=9, actual=9, weight=5, owner=name) for row, name in ((8, "An"), (9, "Bo"))]
    told = {"KR-6": 0.2, "KR-7": 0.2, "KR-9": 0.3, "KR-10": 0.3, "O-2": 1, "K-6": 0.05, "K-8": 0.05}
    known = [gone(key, statements=(Statement(SEEN[0], "weight", f"{one}", one),)) for key, one in told.items()]
    same = [gone(key, statements=(Statement(SEEN[0], "weight", "5", 5.0),)) for key in ("K-7", "K-9")]
    same.append(gone("O-1", statements=(Statement(SEEN[0], "weight", "1", 1.0),)))
    seen = facts(*goals, *first, *second, *kpis, *mine, past=past(*known, *same))
    assert [one.item for one in hits("DR515", seen)] == ["O-2"]


def test_a_weight_that_was_blanked_is_told_as_people_read_it() -> None:
    """Shows percent where the others beside it are percent, or where all are gone that made 100 %; else numbers."""

    def said(weights: tuple[Any, ...], before: tuple[float, ...]) -> list[tuple[str, str]]:
        found = hits("DR515", weighed(*weights, before=before))
        texts = [
            [message(Finding("DR515", Severity.WARNING, None, one.params), phrases) for phrases in SPOKEN]
            for one in found
        ]
        return [(one.split(" until")[0], other.split("từ ")[1].split(". ")[0]) for one, other in texts]

    percents = [Quantity(number, percent=True) for number in (0.2, 0.3)]
    blanked = "20/11/2025 là ô trống"
    assert said((*percents, None), (0.2, 0.3, 0.5)) == [("Weight was 50%", blanked)]
    assert said((None, None, None), (0.2, 0.3, 0.5)) == [
        (f"Weight was {one}", blanked) for one in ("20%", "30%", "50%")
    ]
    assert said((2, 3, None), (2, 3, 0.5)) == [("Weight was 0.5", blanked)]
    assert said((None, None), (1, 0.5)) == [("Weight was 1", blanked), ("Weight was 0.5", blanked)]
    (filled,) = hits("DR515", weighed(2, None, before=(2, 3)))
    assert "and has been blank since 20 Nov 2025" in message(
        Finding("DR515", Severity.WARNING, None, filled.params), ENGLISH
    )


def test_a_moved_cell_says_its_concept_and_kind() -> None:
    """Shows the whole params of moved owners, dates, baselines and texts, for goals and KPIs in their order."""
    goal, one, _ = items = pair(due=date(2025, 12, 31))
    row = kpi(title="Orders", target=100, actual=90, owner="Lan", baseline=3)
    texts = {"owner": "Hà", "due": "2025-12-01", "baseline": "100", "title": "Fewer"}
    statements = tuple(Statement(SEEN[0], name, text, 100.0 if text == "100" else None) for name, text in texts.items())
    known = past(*(gone(key, statements=statements) for key in ("O-1", "KR-1", "KPI-1")))
    since = {"until": SEEN[2], "day": TODAY}

    def told(item: Any, name: str, concept: str, value: Any, kind: str = "okr") -> Hit:
        before = {"due": date(2025, 12, 1), "baseline": 100.0}.get(name, texts[name])
        steps: dict[str, Any] = {} if name == "title" else {"steps": ()}
        params = {"concept": concept, "kind": kind, "before": before, "value": value, **since, **steps}
        return Hit(getattr(item, name).ref, item.key, params)

    seen = facts(*items, row, past=known)
    owners = [told(goal, "owner", "owner", "Lan"), told(one, "owner", "owner", "Lan")]
    assert hits("DR516", seen) == [*owners, told(row, "owner", "owner", "Lan", "kpi")]
    assert hits("DR517", seen) == [told(goal, "due", "due", None), told(one, "due", "due", date(2025, 12, 31))]
    assert hits("DR514", seen) == [
        told(one, "baseline", "baseline", 120.0), told(row, "baseline", "baseline", 3.0, "kpi"),
    ]  # fmt: skip
    assert hits("DR518", seen) == [
        told(goal, "title", "objective", "Grow"),
        told(one, "title", "key_result", "More orders, KR-1"),
        told(row, "title", "kpi", "Orders", "kpi"),
    ]


def test_texts_that_a_formula_made_are_left_alone() -> None:
    """Shows that a formula in the title, at whatever time, means that nobody reworded it; other formulas do not."""
    made = Statement(SEEN[1], "title", "Fewer", None, True)
    other = Statement(SEEN[1], "current", "3", None, True)
    first = Statement(SEEN[0], "title", "Fewer")
    for last, count in ((made, 0), (other, 1)):
        known = gone("KR-1", statements=(first, last))
        assert len(hits("DR518", facts(*pair(), past=past(known)))) == count


def test_an_objective_beside_its_key_results_is_not_judged() -> None:
    """Shows that owner, date, weight and text of an objective without a row of its own are not told."""
    texts = {"owner": "Hà", "due": "2025-12-01", "weight": "7", "title": "Fewer"}
    known = past(gone("O-1", statements=said(**texts)))
    named = objective(own_row=False, owner="Lan", weight=3, due=date(2025, 12, 31))
    for code in ("DR515", "DR516", "DR517", "DR518"):
        assert hits(code, facts(named, result(), past=known)) == []
        assert len(hits(code, facts(named._replace(own_row=True), result(), past=known))) == 1
