"""The tree of goals shows every goal, each link once, and what it counts."""

from __future__ import annotations

import pytest
from hypothesis import given

from sheetsync.model import Level, Link
from sheetsync.results import Status
from sheetsync.scoring import score
from sheetsync.scoring.company.lines import tree_lines
from sheetsync.scoring.company.together import Surveyed, related
from sheetsync.scoring.company.tree import Scores, Tree, alone, around, tree_of
from tests.factories import goals, key_result, objective
from tests.rules.facts import ENGLISH, VIETNAMESE
from tests.scoring.company.forest import BOOKS, Oracle, Plan, counting, firm, forests, name
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI


def planted(plans: list[Plan]) -> Tree:
    """Give the tree of a plan, scored by a profile by which children count as one key result."""
    profile, scored = counting(1.0), {}
    kin = firm(plans, profile)
    for book in BOOKS:
        own = kin[book].members[book].goals
        assert own is not None
        scored[book] = Scores(score(own, profile, VN_KPI, HALF, kin[book].beyond), profile)
    return tree_of(kin["company"], scored)


@given(forests())
def test_every_goal_is_shown_and_every_loose_link_drawn(plans: list[Plan]) -> None:
    """Shows that the tree has just the links that are in no loop, and that its lines name every goal."""
    tree, oracle = planted(plans), Oracle(plans, 1.0)
    drawn = {(tie.child[1], tie.parent[1]) for ties in tree.above.values() for tie in ties}
    loose = {
        (name(child), name(aim.to))
        for child, plan in enumerate(plans)
        for aim in plan.aims
        if oracle.loose(child, aim.to)
    }
    assert drawn == loose
    lines = [line for line in tree_lines(tree, ENGLISH) if line.status is not None]
    assert {line.name for line in lines} == {goal.name for goal in tree.goals.values()}
    again = sum(max(len(ties) - 1, 0) for ties in tree.above.values())
    assert len(lines) == len(tree.goals) + again


@given(forests())
def test_shares_are_those_of_the_roll_up(plans: list[Plan]) -> None:
    """Shows that the share of a goal is its weight over the scored weight of all parts of the goal above it."""
    tree, oracle = planted(plans), Oracle(plans, 1.0)
    for place in range(len(plans)):
        children = [child for child in oracle.children(place) if oracle.progress(child) is not None]
        held = len(plans[place].values) + len(children)
        ties = tree.below.get((BOOKS[plans[place].book], name(place)), ())
        shares = {tie.child[1]: tie.share for tie in ties if tie.share is not None}
        assert shares == {name(child): pytest.approx(1 / held) for child in children}


@given(forests())
def test_the_part_around_a_goal_is_what_it_serves_and_what_serves_it(plans: list[Plan]) -> None:
    """Shows that the part has the goal, all above it, all below it, and no other."""
    tree = planted(plans)
    for node in tree.goals:
        part = around(tree, [node])
        ups, downs = {node}, {node}
        for _ in plans:
            ups |= {tie.parent for known in ups for tie in tree.above[known]}
            downs |= {tie.child for known in downs for tie in tree.below.get(known, ())}
        assert set(part.goals) == ups | downs


FIRM = {
    "company": (
        objective("O-1", level=Level.COMPANY, title="Grow", owner="Lan"),
        key_result("KR-1", objective="O-1", target=10, current=6, check_in_date=HALF),
        objective("O-2", level=Level.COMPANY, title="Last", aligned_to=("sales:O-2",)),
    ),
    "sales": (
        objective("O-1", level=Level.TEAM, title="Sell", aligned_to=("company:O-1",), link=Link.CONTRIBUTES),
        key_result("KR-2", objective="O-1", target=10, current=4, check_in_date=HALF),
        objective("O-2", level=Level.TEAM, title="Round", aligned_to=("company:O-2",), team="Sales"),
        objective("O-3", level=Level.TEAM, title="Lonely"),
        objective("O-4", level=Level.TEAM, title="Learn", aligned_to=("company:KR-1", "O-9", "plant:X"), owner="Hoa"),
    ),
}


def shown(profile_weight: float, phrases: object) -> list[str]:
    """Give the lines of the small company as text; its third workbook was not read."""
    profile = counting(profile_weight) if profile_weight else DEFAULT
    surveyed = [Surveyed(book, goals(*own, cycle=QUARTER), (profile, VN_KPI), HALF) for book, own in FIRM.items()]
    kin = related("Minh Long", [*surveyed, Surveyed("plant")])
    scored = {}
    for book in FIRM:
        own = kin[book].members[book].goals
        assert own is not None
        scored[book] = Scores(score(own, profile, VN_KPI, HALF, kin[book].beyond), profile)
    lines = tree_lines(tree_of(kin["company"], scored), phrases)  # type: ignore[arg-type]
    return [f"{line.guides}{line.name} {line.title} {line.rest}".rstrip() for line in lines]


def test_the_tree_in_words() -> None:
    """Shows the lines of a company whose children count: shares, links, a loop, an orphan, what was not read."""
    assert shown(1.0, ENGLISH) == [
        "Goals of Minh Long, from the top down (company, sales)",
        "company:O-1 Grow 50%, On track, Lan",
        "├─ sales:O-1 Sell 40%, On track, counts 50% there",
        "└─ sales:O-4 Learn Not scored, Hoa, supports, through company:KR-1, aligned to O-9, plant:X, not read",
        "company:O-2 Last Not scored, part of a circle",
        "Aligned to no goal of the company:",
        "sales:O-2 Round Not scored, Sales, part of a circle",
        "sales:O-3 Lonely Not scored",
        "Not read in this run: plant",
    ]


def test_the_tree_in_vietnamese() -> None:
    """Shows the same company by default@1, where what contributes does not count, in Vietnamese."""
    assert shown(0.0, VIETNAMESE)[:4] == [
        "Cây mục tiêu của Minh Long, từ trên xuống (company, sales)",
        "company:O-1 Grow 60%, Đúng tiến độ, Lan",
        "├─ sales:O-1 Sell 40%, Đúng tiến độ, đóng góp",
        "└─ sales:O-4 Learn Chưa tính điểm, Hoa, hỗ trợ, qua company:KR-1, liên kết với O-9, plant:X, chưa đọc",
    ]


def test_a_workbook_alone_has_a_tree_of_its_own_ids() -> None:
    """Shows a tree without names of workbooks, in which a goal below two is whole only once."""
    own = goals(
        objective("O-1"),
        objective("O-2", row=9),
        objective("O-3", aligned_to=("O-1", "O-2")),
        objective("O-4", aligned_to=("O-3",)),
        cycle=QUARTER,
    )
    tree = alone("okr", own, Scores(score(own, DEFAULT, VN_KPI, HALF), DEFAULT))
    lines = [(line.guides, line.name, line.rest.endswith("see above")) for line in tree_lines(tree, ENGLISH)][1:]
    assert lines == [
        ("", "O-1", False),
        ("└─ ", "O-3", False),
        ("   └─ ", "O-4", False),
        ("", "O-2", False),
        ("└─ ", "O-3", True),
    ]


def test_a_chain_of_two_thousand_goals_is_drawn() -> None:
    """Shows that a tree may be deeper than the program could call itself."""
    above = [None, *((f"O-{place}",) for place in range(1999))]
    own = goals(*(objective(f"O-{place}", aligned_to=up) for place, up in enumerate(above)), cycle=QUARTER)
    tree = alone("okr", own, Scores(score(own, DEFAULT, VN_KPI, HALF), DEFAULT))
    lines = [line for line in tree_lines(tree, ENGLISH) if line.status is Status.NOT_SCORED]
    assert len(lines) == 2000
