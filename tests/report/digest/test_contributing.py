"""What a team does for the company's objectives."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Level, Link
from sheetsync.report.digest.contributing import contributes
from sheetsync.scoring import Profile
from tests.factories import key_result, objective
from tests.report.digest.book import source
from tests.scoring.scene import DEFAULT, changed

CHILDREN = changed(rollup={"child_weight": 1.0})


def shares(*items: Any, keys: set[str], profile: Profile = DEFAULT) -> list[tuple[str, float | None]]:
    """Give the objectives that are fed, with the shares."""
    found = contributes(keys, source(*items, profile=profile))
    return [(one["title"], one["share"]) for one in found]


COMPANY = objective("O-1", title="Grow", level=Level.COMPANY)
OWN = [key_result("KR-1", weight=60, target=10, current=5), key_result("KR-2", weight=40, target=10, current=5, row=7)]


def child(key: str, link: Link | None, above: str = "O-1", row: int = 20) -> Any:
    """Make an objective of a team with a key result, linked to one above it."""
    return objective(key, level=Level.TEAM, aligned_to=(above,), link=link, row=row)


def below(key: str, row: int) -> Any:
    """Make the key result of an objective."""
    return key_result(f"{key}-KR", objective=key, target=10, current=5, row=row)


def test_key_results_of_the_team_count_by_their_weights() -> None:
    """Shows the share of one of two key results, of both, and that nothing is told where it has none."""
    assert shares(COMPANY, *OWN, keys={"KR-1"}) == [("Grow", 0.6)]
    assert shares(COMPANY, *OWN, keys={"KR-1", "KR-2"}) == [("Grow", 1.0)]
    assert shares(COMPANY, *OWN, keys={"KR-9"}) == []


def test_a_child_of_the_team_counts_with_the_weight_of_the_profile() -> None:
    """Shows that it counts beside the key results as roll-up takes it, and only supports where the profile says 0."""
    items = [COMPANY, *OWN, child("O-2", Link.CONTRIBUTES), below("O-2", 21)]
    ((_, share),) = shares(*items, keys={"O-2"}, profile=CHILDREN)
    assert share == pytest.approx(1 / 3)
    assert shares(*items, keys={"O-2"}) == [("Grow", None)]


def test_a_link_that_only_supports_has_no_share() -> None:
    """Shows that the objective is named all the same."""
    for link in (Link.SUPPORTS, None):
        items = [COMPANY, *OWN, child("O-2", link), below("O-2", 21)]
        assert shares(*items, keys={"O-2"}, profile=CHILDREN) == [("Grow", None)]


def test_what_stands_between_passes_the_share_on() -> None:
    """Shows that a team which feeds half of a child has half of the child's share."""
    items = [
        COMPANY,
        child("O-2", Link.CONTRIBUTES),
        key_result("KR-5", objective="O-2", weight=1, target=10, current=5, row=21),
        key_result("KR-6", objective="O-2", weight=1, target=10, current=5, row=22),
    ]
    ((_, share),) = shares(*items, keys={"KR-5"}, profile=CHILDREN)
    assert share == pytest.approx(0.5)


def test_a_loop_ends() -> None:
    """Shows that objectives that contribute to one another in a circle count nothing, and nothing hangs."""
    items = [
        objective("O-1", title="A", level=Level.COMPANY, aligned_to=("O-2",), link=Link.CONTRIBUTES),
        objective("O-2", title="B", level=Level.COMPANY, aligned_to=("O-1",), link=Link.CONTRIBUTES, row=9),
        below("O-1", 6),
        below("O-2", 10),
    ]
    assert shares(*items, keys={"O-1-KR"}, profile=CHILDREN) == [("A", 1.0)]


def test_an_objective_without_key_results_gives_no_share() -> None:
    """Shows that nothing is divided by nothing, and that where no objective is the company's only links are told."""
    assert shares(COMPANY, keys={"O-1"}) == []
    items = [objective("O-1", title="Grow", level=Level.TEAM), *OWN, child("O-2", None), below("O-2", 21)]
    assert shares(*items, keys={"KR-1", "O-2"}) == [("Grow", None)]
