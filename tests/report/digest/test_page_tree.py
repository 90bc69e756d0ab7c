"""The order in which the page shows goals."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Level
from sheetsync.report.digest.page_tree import DEEPEST, branches, kept, links_of
from tests.factories import goals, key_result, objective


def order(*items: object) -> list[tuple[str, int]]:
    """Give the rows of the tree: key and depth."""
    return [(one.key, one.depth) for one in branches(links_of(goals(*items)))]


def test_key_results_stand_below_their_objective_and_aligned_objectives_below_those() -> None:
    """Shows the tree of a company: its objective, the key results, then a team's objective with its own."""
    items = [
        objective("O-2", level=Level.TEAM, aligned_to=("O-1",)),
        key_result("KR-3", objective="O-2"),
        objective("O-1", level=Level.COMPANY),
        key_result("KR-1", objective="O-1"),
        key_result("KR-2", objective="O-1"),
    ]
    assert order(*items) == [("O-1", 0), ("KR-1", 1), ("KR-2", 1), ("O-2", 1), ("KR-3", 2)]


def test_a_sibling_that_follows_is_told() -> None:
    """Shows which rows are joined by a line to the next one of the same depth."""
    items = [objective("O-1"), key_result("KR-1"), key_result("KR-2"), objective("O-2", aligned_to=("KR-1",))]
    told = {one.key: one.goes_on for one in branches(links_of(goals(*items)))}
    assert told == {"O-1": False, "KR-1": True, "KR-2": True, "O-2": False}


def test_the_companys_objectives_stand_first() -> None:
    """Shows that a goal which stands under nothing comes after those of the company."""
    items = [objective("O-1", level=Level.TEAM), objective("O-2", level=Level.COMPANY)]
    assert [key for key, _ in order(*items)] == ["O-2", "O-1"]


def test_key_results_of_no_objective_stand_at_the_end() -> None:
    """Shows that a key result above which nothing stands is shown all the same."""
    assert order(key_result("KR-1", objective=None), objective("O-1")) == [("O-1", 0), ("KR-1", 0)]


def test_a_page_of_a_part_keeps_what_it_is_for() -> None:
    """Shows that the goals above a wanted one are kept, and its siblings are not."""
    items = [
        objective("O-1"),
        key_result("KR-1"),
        objective("O-2", aligned_to=("O-1",)),
        key_result("KR-2", objective="O-2"),
    ]
    assert kept(links_of(goals(*items)), {"KR-2"}) == {"KR-2", "O-2", "O-1"}
    assert kept(links_of(goals(*items)), set()) == set()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25), st.lists(st.integers(0, 9), max_size=12))
def test_every_goal_is_shown_exactly_once(links: list[tuple[int, int]], parents: list[int]) -> None:
    """Shows that no link, loop or missing name loses a row, doubles one, or sets one in too deep."""
    aligned: dict[int, list[str]] = {}
    for child, parent in links:
        aligned.setdefault(child, []).append(f"O-{parent}")
    names = {number: tuple(aligned.get(number, ())) or None for number in range(10)}
    items: list[Any] = [objective(f"O-{number}", aligned_to=told) for number, told in names.items()]
    items += [key_result(f"KR-{number}", objective=f"O-{parent}") for number, parent in enumerate(parents)]
    rows = list(branches(links_of(goals(*items))))
    assert sorted(one.key for one in rows) == sorted(item.key for item in items)
    assert all(0 <= one.depth <= DEEPEST for one in rows)
    assert not rows or rows[0].depth == 0
    assert all(after.depth <= before.depth + 1 for before, after in pairwise(rows))
