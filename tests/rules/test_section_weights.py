"""What sections of a KPI worksheet weigh: the cell, the words, and where one finding stands for another."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Quantity
from tests.factories import raw
from tests.rules.facts import found
from tests.rules.situation_parts import blocks, empty_section, percent

CODES = ("LI316", "LI317", "LI318", "LI319", "RO217", "RO201", "LI307")


def told(seen: Any) -> dict[str, dict[str, Any]]:
    """Give what the rules about sections say, by code; each says it once."""
    hits = {code: found(code, seen) for code in CODES}
    assert all(len(findings) <= 1 for findings in hits.values()), hits
    return {code: {**findings[0].params} for code, findings in hits.items() if findings}


@pytest.mark.parametrize(
    ("weights", "wanted"),
    [
        ((percent(60), percent(40)), {}),
        ((60, 40), {}),
        ((5, 3, 2), {}),
        ((None, None), {}),
        ((percent(60),), {}),
        ((percent(60), percent(39.99)), {}),
        ((percent(60), percent(30)), {"LI316": {"total": pytest.approx(0.9)}}),
        ((60, 60), {"LI316": {"total": pytest.approx(1.2)}}),
        ((percent(60), None), {"LI317": {"section": "2. Nhóm", "share": 0.4}}),
        ((6, None, 2), {"LI317": {"section": "2. Nhóm", "share": pytest.approx(1 / 3)}}),
        ((percent(60), percent(40), None), {"LI318": {"section": "3. Nhóm"}}),
        ((0, 0), {"LI307": {"group": "KPI"}}),
        ((0, None), {"LI307": {"group": "KPI"}}),
        ((percent(60), percent(40), Quantity(-5.0)), {"RO217": {"weight": -5.0}}),
        ((percent(60), raw("nhiều")), {"RO201": {"concept": "section_weight", "kind": "kpi", "raw": "nhiều"}}),
    ],
)
def test_what_is_said_of_the_weights_of_sections(weights: tuple[Any, ...], wanted: Any) -> None:
    """Shows each kind of weights, sound and not, with the numbers that the message tells."""
    assert told(blocks(*weights)()) == wanted


def test_a_finding_points_at_the_weight() -> None:
    """Shows the cells: of the section in question, and of the first section where all of them are meant."""
    seen = blocks(percent(60), None)()
    assert found("LI317", seen)[0].cell == seen.goals.kpis[1].section_weight.ref
    seen = blocks(percent(60), percent(30))()
    assert found("LI316", seen)[0].cell == seen.goals.kpis[0].section_weight.ref


def test_a_total_is_not_told_where_an_empty_section_explains_it() -> None:
    """Shows that a section without KPIs is named once, at its weight, and only silences the table that it is in."""
    seen = blocks(percent(60), percent(30))()
    goals = seen.goals._replace(empty_sections=(empty_section(percent(10)),))
    said = seen._replace(goals=goals)
    assert told(said) == {"LI319": {"section": "Z. Trống", "weight": 0.1}}
    assert found("LI319", said)[0].cell == goals.empty_sections[0].weight.ref
    other = seen._replace(goals=goals._replace(empty_sections=(empty_section(percent(10), "kpi2"),)))
    assert told(other).keys() == {"LI316", "LI319"}
