"""Loops of alignment: found whole, told in order, and every edge of them ignored."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Link
from sheetsync.scoring.alignment import align
from tests.factories import goals, key_result, objective
from tests.scoring.scene import HALF, card, changed


def net(edges: dict[str, tuple[str, ...]], *more: Any) -> Any:
    """Give objectives that contribute to others."""
    return goals(*[objective(key, aligned_to=up or None, link=Link.CONTRIBUTES) for key, up in edges.items()], *more)


@pytest.mark.parametrize(
    ("edges", "loops"),
    [
        ({"A": ("B",), "B": ("A",)}, (("A", "B"),)),
        ({"A": ("A",)}, (("A",),)),
        ({"A": ("C",), "B": ("A",), "C": ("B",)}, (("A", "C", "B"),)),
        ({"A": ("B",), "B": ("C",), "C": ()}, ()),
        ({"A": ("B",), "B": ("A",), "C": ("D",), "D": ("C",)}, (("A", "B"), ("C", "D"))),
        ({"A": ("B",), "B": ("C",), "C": ("B",), "D": ("A",)}, (("B", "C"),)),
        ({"A": ("B", "C"), "B": ("A",), "C": ("A",)}, (("A", "B", "C"),)),
        ({"A": ("nobody",)}, ()),
    ],
)
def test_loops_are_found(edges: dict[str, tuple[str, ...]], loops: tuple[tuple[str, ...], ...]) -> None:
    """Two, one, three, chains without a loop, several loops, a loop inside a chain, two that share an objective."""
    assert align(net(edges)).loops == loops


def test_every_edge_of_a_loop_is_ignored_and_the_others_count() -> None:
    """A ↔ B is a loop; C contributes to B from outside, and that still counts."""
    found = align(net({"A": ("B",), "B": ("A",), "C": ("B",)}))
    assert {parent: list(children) for parent, children in found.children.items()} == {"B": ["C"]}


def test_a_loop_changes_no_score() -> None:
    """With children that count, the two objectives of a loop are scored by their key results alone."""
    profile = changed(rollup={"child_weight": 1})
    items: list[Any] = [
        objective("A", aligned_to=("B",), link=Link.CONTRIBUTES),
        objective("B", aligned_to=("A",), link=Link.CONTRIBUTES),
        key_result("KR-A", objective="A", target=10, current=2, check_in_date=HALF),
        key_result("KR-B", objective="B", target=10, current=8, check_in_date=HALF),
    ]
    found = card(*items, profile=profile)
    assert (found.scores["A"].progress, found.scores["B"].progress) == (0.2, 0.8)
    assert found.loops == (("A", "B"),)


def test_a_loop_through_a_key_result_is_a_loop() -> None:
    """A is aligned to a key result of B, and B to A."""
    found = align(net({"A": ("KR-B",), "B": ("A",)}, key_result("KR-B", objective="B")))
    assert found.loops == (("A", "B"),)
    assert not found.children


def test_a_long_chain_needs_no_recursion() -> None:
    """Five thousand objectives in one chain, and in one loop."""
    count = 5_000
    chain = {f"O{n}": (f"O{n + 1}",) for n in range(count)}
    assert align(net({**chain, f"O{count}": ()})).loops == ()
    assert len(align(net({**chain, f"O{count}": ("O0",)})).loops[0]) == count + 1


def test_children_come_before_those_they_contribute_to() -> None:
    """Whatever the order of the rows."""
    order = align(net({"A": (), "B": ("A",), "C": ("B",), "D": ("A", "C")})).order
    assert order.index("D") < order.index("C") < order.index("B") < order.index("A")


def test_the_first_of_two_equal_ids_is_meant() -> None:
    """A duplicate id is a finding elsewhere; here it cannot be two parents."""
    first, second = objective("one", id="X"), objective("two", id="X")
    child = objective("child", aligned_to=("x ",), link=Link.CONTRIBUTES)
    assert list(align(goals(first, second, child)).children) == ["one"]
