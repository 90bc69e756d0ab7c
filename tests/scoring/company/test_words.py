"""What is drawn and said of a tree of goals, line by line; and small companies whose links are given by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Level, Link
from sheetsync.results import Reason, Score, Status
from sheetsync.scoring import score
from sheetsync.scoring.company.kin import Kin
from sheetsync.scoring.company.lines import Line, tree_lines
from sheetsync.scoring.company.together import Surveyed, called, led_to, related
from sheetsync.scoring.company.tree import Goal, Scores, Tie, Tree, tree_of
from tests.factories import goals, key_result, objective
from tests.scoring.company.forest import counting
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI

EN = Phrases(locales.load("en"))


def goal(key: str, **given: Any) -> Goal:
    """Give a goal of the workbook ``okr`` at 50 %."""
    own = Score(key, "objective", Status.ON_TRACK, Reason("reached", {}), progress=0.5)
    fields: dict[str, Any] = {name: given.pop(name) for name in ("score", "lost", "unread", "circle") if name in given}
    item = objective(key, title=f"Goal  {key}", **given)
    plain: dict[str, Any] = {"node": ("okr", key), "name": key, "item": item, "score": own}
    return Goal(**(plain | fields))


def tree(*made: Goal, ties: tuple[tuple[str, str], ...] = (), tops: str = "", **given: Any) -> Tree:
    """Give a tree of goals with links from the first to the second."""
    below: dict[Any, list[Tie]] = {}
    for child, parent in ties:
        below.setdefault(("okr", parent), []).append(Tie(("okr", child), ("okr", parent), False))
    plain: dict[str, Any] = {"company": "", "workbooks": ("okr",), "unread": (), "above": {}, "orphans": ()}
    known = {one.node: one for one in made}
    rest = {"goals": known, "below": {node: tuple(own) for node, own in below.items()}}
    return Tree(**{**plain, **rest, "tops": tuple(("okr", key) for key in tops.split()), **given})


def drawn(one: Tree) -> list[str]:
    """Give each line without its title."""
    return [f"{line.guides}{line.name}{' | ' if line.status else ''}{line.rest}" for line in tree_lines(one, EN)]


def test_guides_go_on_beside_what_has_more_below_it() -> None:
    """Shows a goal with two below it, of which the first and the last have goals of their own."""
    ties = (("B", "A"), ("C", "A"), ("D", "B"), ("E", "B"), ("F", "C"))
    found = tree(*map(goal, "ABCDEF"), ties=ties, tops="A")
    assert [line.guides + line.name for line in tree_lines(found, EN)][1:] == [
        "A",
        "├─ B",
        "│  ├─ D",
        "│  └─ E",
        "└─ C",
        "   └─ F",
    ]


def test_what_stands_below_two_is_whole_below_the_first_and_only_named_below_the_second() -> None:
    """Shows a goal with one below it twice, and one with nothing below it that needs no hint."""
    ties = (("C", "A"), ("C", "B"), ("D", "C"), ("D", "B"))
    found = drawn(tree(*map(goal, "ABCD"), ties=ties, tops="A B"))
    assert found[1:] == [
        "A | 50%, On track",
        "└─ C | 50%, On track, supports",
        "   └─ D | 50%, On track, supports",
        "B | 50%, On track",
        "├─ C | 50%, On track, supports, its goals: see above",
        "└─ D | 50%, On track, supports",
    ]


@pytest.mark.parametrize(
    ("given", "rest"),
    [
        ({}, "50%, On track"),
        ({"score": None}, "read only for the others"),
        ({"score": None, "owner": "Lan"}, "read only for the others, Lan"),
        ({"score": Score("A", "objective", Status.NOT_SCORED, Reason("x", {}))}, "Not scored"),
        ({"score": Score("A", "objective", Status.OFF_TRACK, Reason("x", {}), progress=0.0)}, "0%, Off track"),
        ({"team": "Sales"}, "50%, On track, Sales"),
        ({"team": "Sales", "owner": "Lan"}, "50%, On track, Lan"),
        ({"circle": True}, "50%, On track, part of a circle"),
        ({"lost": ("X", "Y")}, "50%, On track, aligned to X, Y, not found"),
        ({"unread": ("p:X", "q:Y")}, "50%, On track, aligned to p:X, q:Y, not read"),
    ],
)
def test_what_is_said_of_a_goal(given: dict[str, Any], rest: str) -> None:
    """Shows progress, status, owner before team, and links that lead round, nowhere, or into what was not read."""
    (_, line) = tree_lines(tree(goal("A", **given), tops="A"), EN)
    status = given["score"].status if given.get("score") else Status.NOT_SCORED if "score" in given else Status.ON_TRACK
    assert line == Line("", status, "A", "Goal A", rest)
    (_, line) = tree_lines(tree(goal("A", **given), tops="A"), EN, [("okr", "A")])
    assert line.marked is True


@pytest.mark.parametrize(
    ("tie", "rest"),
    [
        ({"contributes": False}, "supports"),
        ({"contributes": True}, "contributes"),
        ({"contributes": True, "share": 0.25}, "counts 25% there"),
        ({"contributes": True, "share": 0.0}, "counts 0% there"),
        ({"contributes": False, "through": "KR-1"}, "supports, through KR-1"),
    ],
)
def test_what_is_said_of_a_link(tie: dict[str, Any], rest: str) -> None:
    """Shows what counts with its share, what would, what does not, and by which key result."""
    link = Tie(("okr", "B"), ("okr", "A"), **tie)
    found = tree(goal("A"), goal("B"), tops="A", below={("okr", "A"): (link,)})
    assert drawn(found)[-1] == f"└─ B | 50%, On track, {rest}"


@pytest.mark.parametrize(
    ("given", "head"),
    [
        ({}, "Goals of okr, from the top down"),
        ({"company": "Minh Long"}, "Goals of Minh Long, from the top down (okr)"),
        ({"company": "M", "workbooks": ("a", "b")}, "Goals of M, from the top down (a, b)"),
    ],
)
def test_the_head(given: dict[str, Any], head: str) -> None:
    """Shows one workbook alone, a company of one, and of two."""
    assert drawn(tree(**given)) == [head]


def test_what_is_missing_stands_at_the_end() -> None:
    """Shows orphans under their own heading, profiles by which nothing counts, and all that was not read."""
    found = tree(
        goal("A"),
        goal("B"),
        tops="A",
        company="M",
        orphans=(("okr", "B"),),
        uncounted=("x@1", "y@1"),
        unread=("p", "q"),
    )
    assert drawn(found)[1:] == [
        "A | 50%, On track",
        "Aligned to no goal of the company:",
        "B | 50%, On track",
        "By x@1, y@1, goals that contribute do not count in those above them.",
        "Not read in this run: p, q",
    ]


def company(sales: list[Any], weight: float = 1.0, **more: list[Any]) -> dict[str, Kin]:
    """Give a company whose upper workbook has an objective with one key result at 60 %, and one of the company's."""
    upper = [
        objective("O-1", level=Level.COMPANY),
        key_result("KR-1", target=10, baseline=0, current=6, check_in_date=HALF, weight=2),
        *more.pop("upper", []),
    ]
    books = {"company": upper, "sales": sales, **more}
    profile = counting(weight) if weight else DEFAULT
    surveyed = [Surveyed(name, goals(*own, cycle=QUARTER), (profile, VN_KPI), HALF) for name, own in books.items()]
    return related("Minh Long", surveyed)


BELOW: list[Any] = [
    objective("O-5", title="Sell", aligned_to=("company:O-1",), link=Link.CONTRIBUTES),
    key_result("KR-5", objective="O-5", target=10, baseline=0, current=3, check_in_date=HALF),
]


def test_what_another_workbook_contributes() -> None:
    """Shows its title, its name there, its score, and that it lasts, has a value and is watched."""
    (one,) = company(BELOW)["company"].beyond.children["O-1"]
    assert (one.title, one.score.key, one.score.progress) == ("Sell", "sales:O-5", 0.3)
    assert (one.lasting, one.valued, one.watched) == (True, True, True)
    blank = [BELOW[0], key_result("KR-5", objective="O-5", target=10, baseline=0, check_in_date=HALF)]
    (one,) = company(blank)["company"].beyond.children["O-1"]
    assert (one.lasting, one.valued, one.score.progress) == (True, False, 0.0)
    (one,) = company([BELOW[0]])["company"].beyond.children["O-1"]
    assert (one.lasting, one.valued, one.watched, one.score.not_scored is not None) == (True, False, False, True)
    assert called(objective("k", id=None), "sales") == "sales:k"


@pytest.mark.parametrize(("weight", "share", "progress"), [(1.0, 0.5, 0.45), (0.5, 1 / 3, 0.5), (3.0, 0.75, 0.375)])
def test_the_share_of_what_contributes_from_another_workbook(weight: float, share: float, progress: float) -> None:
    """Shows the weight of a child beside one key result: as much, half, three times; 60 % and 30 % put together."""
    kin, profile = company(BELOW, weight), counting(weight)
    own = kin["company"].members["company"].goals
    assert own is not None
    card = score(own, profile, VN_KPI, HALF, kin["company"].beyond)
    assert card.scores["O-1"].progress == pytest.approx(progress)
    found = tree_of(kin["company"], {"company": Scores(card, profile)})
    (tie,) = found.below[("company", "O-1")]
    assert (tie.child, tie.contributes, tie.through) == (("sales", "O-5"), True, "")
    assert tie.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("O-5", (("sales", "O-5"), True)),
        ("KR-5", (("sales", "O-5"), False)),
        ("company:O-1", (("company", "O-1"), True)),
        ("company:kr-1", (("company", "O-1"), False)),
        ("O-1", (("company", "O-1"), True)),
        ("O-77", None),
        ("x:O-1", None),
        ("company:O-77", None),
    ],
)
def test_where_a_link_leads(text: str, place: Any) -> None:
    """Shows rows of its own and of another workbook, by objective and key result, and names of nothing."""
    assert led_to(text, company(BELOW)["sales"]) == place


@pytest.mark.parametrize(
    ("items", "reached"),
    [
        ((objective("O-5"),), False),
        ((objective("O-5", level=Level.COMPANY),), True),
        ((objective("O-5", level=Level.TEAM, aligned_to=("company:O-1",)),), True),
        ((objective("O-5", level=Level.TEAM, aligned_to=("company:KR-1",)),), True),
        ((objective("O-5", aligned_to=("company:O-8",)),), False),
        ((objective("O-5", aligned_to=("nowhere",)),), True),
        ((objective("O-5", aligned_to=("O-5",)),), True),
        ((objective("O-5", aligned_to=("O-6",)), objective("O-6")), False),
        ((objective("O-5", aligned_to=("O-6",)), objective("O-6", aligned_to=("O-5",))), False),
        ((objective("O-5", aligned_to=("O-6", "company:O-1")), objective("O-6", aligned_to=("O-5",))), True),
        (
            (
                objective("O-5", aligned_to=("KR-6",)),
                objective("O-6", aligned_to=("company:O-1",)),
                key_result("KR-6", objective="O-6"),
            ),
            True,
        ),
        ((objective("O-5", aligned_to=("KR-6",)), objective("O-6"), key_result("KR-6", objective="O-6")), False),
    ],
)
def test_whether_a_chain_leads_to_the_company(items: tuple[Any, ...], reached: bool) -> None:
    """Shows links up, across, round, to nothing, and through a key result."""
    kin = company(list(items), upper=[objective("O-8", level=Level.TEAM)])["sales"]
    assert kin.reaches_company(kin.members["sales"].objectives["O-5"]) is reached
