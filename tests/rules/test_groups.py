"""Rules about people and weights: who belongs together, and where the line lies."""

from __future__ import annotations

import pytest

from sheetsync.model import Quantity
from tests.factories import cell, key_result, kpi, objective, person, raw
from tests.rules.facts import facts
from tests.rules.test_places import at, told


@pytest.mark.parametrize("between", [",", ";", "/", "\n", "&", "+", ", ,"])
def test_several_owners_are_judged_one_by_one(between: str) -> None:
    """Shows each sign that parts names, and that the same cell text is told in every row in which it stands."""
    one, two = key_result("KR-1", owner=f"An{between}Bo"), kpi(owner=f"An{between}Bo")
    assert told("LI304", facts(one, two, person("An"))) == [
        at(one.owner, "KR-1", name="Bo"),
        at(two.owner, "KPI-1", name="Bo"),
    ]


def test_a_name_with_a_comma_may_be_one_person() -> None:
    """Shows that a whole cell that names a person is not taken apart, and that a team of any row may own."""
    whole, team = objective(owner="Lan, Phòng 2"), key_result(owner="Care", team="Care")
    assert told("LI304", facts(whole, team, person("Lan, Phòng 2"))) == []


def test_teams_are_those_of_the_people() -> None:
    """Shows an unknown team of an objective, a key result and a KPI, and several known ones in one cell."""
    above, below, measured = objective(team="Care"), key_result(team="Legal"), kpi(team="Legal")
    both = key_result("KR-2", team="Sales & Care", row=8)
    half = key_result("KR-3", team="Sales, Legal", row=9)
    people = (person("An", team="Sales"), person("Bo", team="care", row=3))
    assert told("LI305", facts(above, below, both, half, measured, *people)) == [
        at(below.team, "KR-1", team="Legal"),
        at(half.team, "KR-3", team="Sales, Legal"),
        at(measured.team, "KPI-1", team="Legal"),
    ]
    assert told("LI305", facts(below, person("An"))) == []


def test_a_person_stands_once_on_the_sheet_of_people() -> None:
    """Shows the second row of a name, in any spelling, with the cell of the first; rows without a name are no one."""
    first, again = person("An Bùi"), person(" an  bùi", row=5)
    nobody = [person(None, row=row) for row in (7, 8)]  # type: ignore[arg-type]
    assert told("LI314", facts(key_result(), first, again, *nobody)) == [
        at(again.name, None, name=" an  bùi", first=first.name.ref.a1)
    ]


def test_one_weight_outweighs_only_beyond_a_thousand_times() -> None:
    """Shows the line, among key results, objectives and KPIs of a section, and that one alone outweighs nobody."""
    level = [key_result("KR-1", weight=1), key_result("KR-2", weight=1000, row=7)]
    heavy = [key_result("KR-3", objective="O-2", weight=1), key_result("KR-4", objective="O-2", weight=1001, row=9)]
    above = [objective("O-1", weight=5000, row=3), objective("O-2", weight=2, row=4)]
    alone = [kpi("K-1", section="A", weight=9e9), kpi("K-2", section="B", weight=1, row=7)]
    group = [kpi("K-3", section="C", weight=1, row=8), kpi("K-4", section="C", weight=5000, row=9)]
    zero = [key_result("KR-5", objective=None, weight=0, row=11), key_result("KR-6", objective=None, weight=7, row=12)]
    assert told("LI315", facts(*above, *level, *heavy, *zero, *alone, *group)) == [
        at(heavy[1].weight, "KR-4", weight=1001.0, most=1000, group="OKR"),
        at(group[1].weight, "K-4", weight=5000.0, most=1000, group="C"),
        at(above[0].weight, "O-1", weight=5000.0, most=1000, group="O-1"),
    ]


def test_a_negative_weight_is_told_at_an_item_and_at_a_section() -> None:
    """Shows a key result, an objective and a section that would weigh less than nothing, with what stands there."""
    below = [key_result("KR-1", weight=-5, target=9), key_result("KR-2", weight=3, row=7, target=9)]
    block = cell(Quantity(-0.2, True), 26, 6, "KPI")
    parts = [
        kpi("K-1", section="A", section_weight=block, target=5, actual=4),
        kpi("K-2", section="B", section_weight=cell(Quantity(1.0, True), 26, 7, "KPI"), row=7, target=5, actual=4),
    ]
    found = told("RO217", facts(objective(), *below, *parts))
    assert [(where, item) for where, item, _ in found] == [
        (below[0].weight.ref, "KR-1"),
        (block.ref, "K-1"),
    ]


def test_weights_that_are_all_zero_are_told_for_items_and_for_sections() -> None:
    """Shows one finding for a group of key results, and one for the sections of a table."""
    below = [key_result(f"KR-{row}", weight=0, row=row, target=9) for row in (6, 7)]
    parts = [
        kpi(f"K-{name}", section=name, section_weight=cell(Quantity(0.0), 26, row, "KPI"), row=row, target=5, actual=4)
        for row, name in ((6, "A"), (7, "B"))
    ]
    found = told("LI307", facts(objective(), *below, *parts))
    assert [params["group"] for _, _, params in found] == ["O-1", "KPI"]
    assert found[1][:2] == (parts[0].section_weight.ref, "K-A")


def test_a_leave_that_is_none_is_told() -> None:
    """Shows the cell of a person's leave that cannot be read."""
    away = person("An", leave=raw("in May"))
    assert told("LI340", facts(key_result(), away)) == [at(away.leave, None, raw="in May")]


def test_a_negative_weight_is_told_beside_what_else_is_wrong() -> None:
    """Shows that a row whose current value cannot be read hears of its negative weight too; 0 is no such weight."""
    below = key_result("KR-1", current=raw("abc"), weight=-5, target=9)
    found = told("RO217", facts(objective(), below, key_result("KR-2", row=7, weight=0, target=9)))
    assert found == [at(below.weight, "KR-1", weight=-5.0)]
