"""What counts in an objective."""

from __future__ import annotations

from sheetsync.model import Level, Link
from sheetsync.report.digest.feeding import company_objectives, feeds_of
from tests.factories import key_result, objective
from tests.report.digest.book import source
from tests.scoring.scene import changed

ITEMS = (
    objective("O-1", level=Level.COMPANY),
    objective("O-2", level=Level.TEAM, aligned_to=("O-1",), link=Link.CONTRIBUTES, row=9),
    objective("O-3", level=Level.TEAM, aligned_to=("O-1",), link=Link.SUPPORTS, row=12),
    key_result("KR-1", weight=3, target=10, current=5),
    key_result("KR-2", weight=1, target=10, current=5, row=7),
    key_result("KR-3", objective="O-2", target=10, current=5, row=10),
)


def test_key_results_count_by_their_weights_and_children_by_the_profile() -> None:
    """Shows the weights that roll-up took: a child weighs its share of the mean key result, a supporter nothing."""
    told = source(*ITEMS, profile=changed(rollup={"child_weight": 0.5}))
    feeds = [(feed.item.key if feed.item else None, feed.weight) for feed in feeds_of(told.goals.objectives[0], told)]
    assert feeds == [("KR-1", 3), ("KR-2", 1), ("O-2", 1.0)]


def test_children_count_nothing_where_the_profile_says_so() -> None:
    """Shows that the default profile counts key results alone, and so does a source without a profile."""
    for told in (source(*ITEMS), source(*ITEMS)._replace(profile=None)):
        assert [feed.item.key for feed in feeds_of(told.goals.objectives[0], told) if feed.item] == ["KR-1", "KR-2"]


def test_the_companys_objectives_make_up_the_whole_or_all_do() -> None:
    """Shows which objectives are taken."""
    assert [one.key for one in company_objectives(source(*ITEMS))] == ["O-1"]
    assert [one.key for one in company_objectives(source(*ITEMS[1:]))] == ["O-2", "O-3"]
