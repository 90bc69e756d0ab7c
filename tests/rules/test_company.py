"""Links between the workbooks of a company, levels that are upside down, and goals that count in several others."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Level, Link
from sheetsync.results import Circle
from sheetsync.rules import Facts
from sheetsync.rules.facts import group_place, title_place
from sheetsync.scoring.company.together import Surveyed, related
from tests.factories import goals, key_result, objective
from tests.rules.facts import facts
from tests.rules.situation_parts import company, pair, result
from tests.rules.test_places import at, told

COMPANY, TEAM, ONE = Level.COMPANY, Level.TEAM, Level.INDIVIDUAL


@pytest.mark.parametrize(
    ("lower", "upper", "down"),
    [
        (COMPANY, TEAM, True), (COMPANY, ONE, True), (TEAM, ONE, True), (TEAM, TEAM, False), (TEAM, COMPANY, False),
        (ONE, TEAM, False), (COMPANY, COMPANY, False), (None, ONE, False), (COMPANY, None, False),
    ],
)  # fmt: skip
def test_what_is_upside_down(lower: Any, upper: Any, down: bool) -> None:
    """Shows every two levels, where the link names the other objective or a key result of it."""
    for parent, level in (("o-2", None), ("KR-2", None), ("KR-2", upper)):
        above = objective("O-2", row=8, level=upper)
        item = objective(level=lower, aligned_to=("O-9", parent))
        seen = facts(item, above, result("KR-2", 9, objective="O-2", level=level))
        assert told("LI325", seen) == ([at(item.aligned_to, "O-1", parent=parent)] if down else [])


def test_a_key_result_of_nobody_has_no_level() -> None:
    """Shows that a link to a key result of no objective, or of one without a level, says nothing."""
    for row in (result("KR-2", 9, objective=None), result("KR-2", 9, objective="O-7"), result("KR-2", 9)):
        item = objective("O-3", row=12, level=COMPANY, aligned_to=("KR-2",))
        assert told("LI325", facts(objective(), item, row)) == []
    strange = objective("XXXX", row=5, level=ONE)
    item = objective("O-3", row=12, level=COMPANY, aligned_to=("KR-2",))
    assert told("LI325", facts(strange, item, result("KR-2", 9, objective=None))) == []


def kin_of(*own: Any, **others: tuple[Any, ...] | None) -> dict[str, Any]:
    """Give what a workbook "sales" with these goals sees of others; None was not read."""
    beside = [Surveyed(name, None if items is None else goals(*items)) for name, items in others.items()]
    return {"kin": related("Minh Long", [Surveyed("sales", goals(*own)), *beside])["sales"]}


def test_a_goal_of_another_workbook_has_a_level_too() -> None:
    """Shows a team's objective aligned to a person's of another workbook, directly or by its key result."""
    other = objective("O-9", level=ONE), key_result("KR-9", objective="O-9"), key_result("KR-8", objective="O-8")
    for parent, down in (("there:O-9", True), ("O-9", True), ("KR-9", True), ("KR-8", False), ("O-5", False)):
        item = objective("O-2", level=TEAM, aligned_to=(parent,))
        seen = facts(item, **kin_of(item, there=other))
        assert told("LI325", seen) == ([at(item.aligned_to, "O-2", parent=parent)] if down else [])


def linked(parent: str, **others: Any) -> tuple[Any, Facts]:
    """Give an objective that is aligned to a name, and the facts of its workbook among others."""
    item = objective("O-2", aligned_to=(parent,))
    return item, facts(item, **kin_of(item, **others))


def test_where_a_link_between_workbooks_leads() -> None:
    """Shows cell and params of each way in which a link to another workbook may end."""
    first = (objective("O-7"),)
    item, seen = linked("company:O-9", company=first)
    assert told("LI320", seen) == [at(item.aligned_to, "O-2", parent="company:O-9", there="company", id="O-9")]
    item, seen = linked("compnay:O-9", company=first)
    assert told("LI321", seen) == [
        at(item.aligned_to, "O-2", parent="compnay:O-9", name="compnay", known="sales, company")
    ]
    item, seen = linked("plant:O-1", company=first, plant=None)
    assert told("LI322", seen) == [at(item.aligned_to, "O-2", parent="plant:O-1", names="plant")]
    item, seen = linked("o-7", company=first, market=first)
    names = "company:o-7, market:o-7"
    assert told("LI323", seen) == [at(item.aligned_to, "O-2", parent="o-7", names=names)]
    for code in ("LI320", "LI321", "LI322", "LI323"):
        item, seen = linked("company:O-7", company=first)
        assert told(code, seen) == []
        assert told(code, facts(objective(aligned_to=("company:O-9",)))) == []


@pytest.mark.parametrize(("count", "more"), [(8, ""), (9, ", …")])
def test_up_to_eight_workbooks_are_named(count: int, more: str) -> None:
    """Shows how many workbooks a message names of those that a name may lead into, or stands in."""
    names = [f"w{place}" for place in range(1, count + 1)]
    _, seen = linked("O-1", **dict.fromkeys(names))
    assert [params["names"] for _, _, params in told("LI322", seen)] == [", ".join(names[:8]) + more]
    _, seen = linked("O-7", **{name: (objective("O-7"),) for name in names})
    assert [params["names"] for _, _, params in told("LI323", seen)] == [
        ", ".join(f"{one}:O-7" for one in names[:8]) + more
    ]
    _, seen = linked("x:O-7", **dict.fromkeys(names[1:], ()))
    assert [params["known"] for _, _, params in told("LI321", seen)] == [", ".join(["sales", *names[1:]][:8]) + more]


def test_a_workbook_that_was_not_read_is_told_once_where_goals_count() -> None:
    """Shows one finding for each unread workbook, at the first objective, by profiles in which lower goals count."""
    item = objective("O-2")
    own = {"there": None, "read": (objective("O-9"),), "gone": None}
    seen = facts(item, objective("O-3", row=8), profile="viindoo@1", **kin_of(item, **own))
    assert told("LI324", seen) == [(title_place(item), "O-2", {"name": name}) for name in ("there", "gone")]
    assert told("LI324", seen._replace(profile=None)) == []
    assert told("LI324", facts(item, **kin_of(item, **own))) == []
    assert told("LI324", facts(key_result(target=5), profile="viindoo@1", **kin_of(**own))) == []


@pytest.mark.parametrize(
    ("parents", "names"),
    [
        (("O-1", "O-3"), "O-1, O-3"),
        (("O-1", "o-3", "O-4", "O-5"), "O-1, O-3, O-4, …"),
        (("O-1", "o-1 "), None),
        (("O-1",), None),
        (("O-1", "KR-1"), None),
        (("O-1", "O-9"), None),
        (("KR-1", "O-1", "there:O-9"), "O-1, there:O-9"),
        (("O-1", "there:KR-9"), None),
    ],
)
def test_what_counts_in_several_others(parents: tuple[str, ...], names: str | None) -> None:
    """Shows that only different objectives that exist count, in this workbook or in others, by the names they have."""
    item = objective("O-2", row=20, link=Link.CONTRIBUTES, aligned_to=parents)
    above = [objective(f"O-{place}", row=place) for place in (1, 3, 4, 5)]
    own = (item, *above, result())
    there = objective("O-9"), key_result("KR-9", objective="O-9")
    other = kin_of(*own, there=there) if any(":" in parent for parent in parents) else {}
    seen = facts(*own, profile="viindoo@1", **other)
    assert told("LI326", seen) == ([at(item.aligned_to, "O-2", names=names)] if names else [])
    assert told("LI326", facts(*own, **other)) == []
    assert told("LI326", seen._replace(profile=None)) == []


def test_only_what_contributes_counts_twice() -> None:
    """Shows that objectives that are aligned to several others without contributing are left alone."""
    above = [objective(f"O-{place}", row=place) for place in (1, 3)]
    for link in (None, Link.SUPPORTS):
        item = objective("O-2", row=20, link=link, aligned_to=("O-1", "O-3"))
        assert told("LI326", facts(item, *above, profile="viindoo@1")) == []


def test_a_circle_through_other_workbooks_is_told_at_its_own_goal() -> None:
    """Shows the whole way round, beginning and ending with the same name, and no finding for a goal of elsewhere."""
    item = objective("O-2", aligned_to=("there:O-9",))
    seen = facts(item, result("KR-1", 7))
    for key, expected in (
        ("O-2", [at(item.aligned_to, "O-2", path="sales:O-2 → there:O-9 → sales:O-2")]),
        ("O-9", []),
        ("KR-1", []),
    ):
        beyond = seen.scorecard.beyond._replace(circles=(Circle(("sales:O-2", "there:O-9"), key),))
        assert told("LI302", seen._replace(scorecard=seen.scorecard._replace(beyond=beyond))) == expected


def test_a_loop_of_one_is_no_circle() -> None:
    """Shows that a goal aligned to itself is not told as a circle, while the circle behind it is."""
    one = objective("O-1", aligned_to=("O-1",))
    two, three = objective("O-2", row=8, aligned_to=("O-3",)), objective("O-3", row=9, aligned_to=("O-2",))
    seen = facts(one, two, three)
    assert [params["path"] for _, _, params in told("LI302", seen)] == ["O-2 → O-3 → O-2"]
    assert told("LI303", seen) == [at(one.aligned_to, "O-1")]


def test_where_a_group_of_weights_is_told() -> None:
    """Shows the title of an objective with key results, the weight of other first members, and no place of nobody."""
    above, below, _ = items = pair(weight=3)
    lonely = objective("O-2", row=9, weight=4)
    seen = facts(*items, lonely)
    assert group_place(None, seen) is None
    assert group_place(above, seen) == above.title.ref
    assert group_place(lonely, seen) == lonely.weight.ref
    assert group_place(below, seen) == below.weight.ref


def test_rows_are_known_by_id_before_key() -> None:
    """Shows that a name in Aligned to means the row with that id, else the row with that key, in rows of both kinds."""
    first = objective("k1", id="O-1", row=5)
    second = objective("O-1", id="O-2", row=6)
    third = key_result("k3", id="KR-3", row=7)
    named = objective("k4", id="O-4", row=7, own_row=False)
    seen = facts(first, second, third, named)
    known = {name: item.key for name, item in seen.by_id.items()}
    assert known == {"o-1": "k1", "o-2": "O-1", "kr-3": "k3", "o-4": "k4", "k1": "k1", "k3": "k3"}
    assert seen.repeated == []
    assert company("O-1")().by_id.keys() == {"o-2", "kr-1"}
