"""The workbooks of a company are scored together: what contributes counts, and no loop between them does harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Link
from sheetsync.results import ALONE
from sheetsync.scoring import score
from sheetsync.scoring.company.kin import at_home
from sheetsync.scoring.company.together import Surveyed, related
from tests.factories import goals, key_result, objective
from tests.scoring.company.forest import BOOKS, Oracle, Plan, counting, firm, forests, name
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI


@given(forests(), st.sampled_from((0.5, 1.0, 2.0)))
def test_scores_are_those_of_one_heap(plans: list[Plan], child_weight: float) -> None:
    """Shows that each objective's progress is what the design says, wherever its children stand."""
    profile, oracle = counting(child_weight), Oracle(plans, child_weight)
    kin = firm(plans, profile)
    for number, book in enumerate(BOOKS):
        own = kin[book].members[book].goals
        assert own is not None
        scores = score(own, profile, VN_KPI, HALF, kin[book].beyond).scores
        for place, plan in enumerate(plans):
            if plan.book == number:
                assert scores[name(place)].progress == pytest.approx(oracle.progress(place), abs=1e-9)


@given(forests())
def test_nothing_changes_where_children_do_not_count(plans: list[Plan]) -> None:
    """Shows that by default@1 no workbook's scores hang on another one's."""
    kin = firm(plans, DEFAULT)
    for book in BOOKS:
        own = kin[book].members[book].goals
        assert own is not None
        together = score(own, DEFAULT, VN_KPI, HALF, kin[book].beyond)
        apart = score(own, DEFAULT, VN_KPI, HALF)
        assert {key: one.progress for key, one in together.scores.items()} == {
            key: one.progress for key, one in apart.scores.items()
        }


@pytest.mark.parametrize("length", range(2, 51))
def test_a_loop_of_any_length_is_told_in_each_of_its_workbooks_and_counts_nowhere(length: int) -> None:
    """Shows, for loops through two or three workbooks, every objective scored alone, and the whole loop in order."""
    used = BOOKS[: 2 + length % 2]
    items: dict[str, list[object]] = {book: [] for book in used}
    for place in range(length):
        book, above = used[place % len(used)], (place + 1) % length
        text = f"{used[above % len(used)]}:{name(above)}"
        items[book].append(objective(name(place), aligned_to=(text,), link=Link.CONTRIBUTES))
        items[book].append(key_result(f"KR-{place}", objective=name(place), target=100, current=place))
    surveyed = [
        Surveyed(book, goals(*own, cycle=QUARTER), (counting(1.0), VN_KPI), HALF) for book, own in items.items()
    ]
    kin = related("Minh Long", surveyed)
    whole = [f"{used[place % len(used)]}:{name(place)}" for place in range(length)]
    for book in used:
        own = kin[book].members[book].goals
        assert own is not None
        found = score(own, counting(1.0), VN_KPI, HALF, kin[book].beyond)
        assert {found.scores[one.key].progress for one in own.objectives} == {
            int(one.key.removeprefix("O-")) / 100 for one in own.objectives
        }
        (circle,) = found.beyond.circles
        at = whole.index(circle.names[0])
        assert list(circle.names) == [*whole[at:], *whole[:at]]
        assert circle.names[0] == f"{book}:{circle.key}"


def test_a_chain_that_goes_back_and_forth_settles() -> None:
    """Shows sixty goals, each in the other workbook than the next, counted from the last one up to the first."""
    items: dict[str, list[object]] = {"company": [], "sales": []}
    books = tuple(items)
    for place in range(60):
        above = (f"{books[(place - 1) % 2]}:{name(place - 1)}",) if place else None
        items[books[place % 2]].append(objective(name(place), aligned_to=above, link=Link.CONTRIBUTES))
    items[books[1]].append(key_result("KR-1", objective=name(59), target=100, current=40))
    surveyed = [
        Surveyed(book, goals(*own, cycle=QUARTER), (counting(1.0), VN_KPI), HALF) for book, own in items.items()
    ]
    (top,) = related("Minh Long", surveyed)["company"].beyond.children[name(0)]
    assert top.score.key == "sales:O-1"
    assert top.score.progress == pytest.approx(0.4)


def test_a_workbook_that_was_not_read_gives_nothing() -> None:
    """Shows that without the team's workbook the company's objective stands on its own key result."""
    upper = Surveyed("company", goals(objective("O-1"), key_result(current=5, target=10), cycle=QUARTER))
    upper = upper._replace(profiles=(counting(1.0), VN_KPI), today=HALF)
    kin = related("Minh Long", [upper, Surveyed("sales", failed=True)])
    assert kin["company"].beyond == ALONE
    assert [(one.name, one.goals, one.failed) for one in kin["company"].others] == [("sales", None, True)]


def test_a_link_inside_a_workbook_is_cut_where_the_loop_goes_through_another_one() -> None:
    """Shows company:O-1 → O-2 → sales:O-3 → company:O-1: the first link counts no more, though both stand together."""
    company = goals(
        objective("O-1", aligned_to=("O-2",), link=Link.CONTRIBUTES),
        objective("O-2", aligned_to=("sales:O-3",), link=Link.CONTRIBUTES),
        key_result("KR-1", objective="O-1", target=10, current=9),
        key_result("KR-2", objective="O-2", target=10, current=1),
        cycle=QUARTER,
    )
    sales = goals(objective("O-3", aligned_to=("company:O-1",)), cycle=QUARTER)
    both = (counting(1.0), VN_KPI)
    kin = related("Minh Long", [Surveyed("company", company, both, HALF), Surveyed("sales", sales, both, HALF)])
    assert kin["company"].beyond.cut == {("O-1", "O-2")}
    found = score(at_home(company, kin["company"]), *both, HALF, kin["company"].beyond)
    assert found.scores["O-2"].progress == pytest.approx(0.1)
    assert score(company, *both, HALF).scores["O-2"].progress == pytest.approx(0.5)
