"""What an id with or without a workbook's name leads to, seen from one workbook of a company."""

from __future__ import annotations

import pytest

from sheetsync.model import Level
from sheetsync.scoring.company.kin import Found, Kin, Where, at_home
from sheetsync.scoring.company.together import Surveyed, related
from tests.factories import goals, key_result, objective


def seen(*own: object, name: str = "sales") -> Kin:
    """Give a company as its workbook sees it: two that were read beside it, and one that was not."""
    upper = goals(objective("O-1", level=Level.COMPANY), objective("O-7"), key_result("KR-1"), objective("A:1"))
    lower = goals(objective("O-7"), objective("M-1", aligned_to=("company:O-1",)))
    members = [Surveyed("company", upper), Surveyed("Nhà máy", lower), Surveyed("clients/minh-long")]
    return related("Minh Long", [*members, Surveyed(name, goals(*own))])[name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("company:O-1", Found(Where.THERE, ("company",), "O-1")),
        (" COMPANY: o-1 ", Found(Where.THERE, ("company",), "o-1")),
        ("company:KR-1", Found(Where.THERE, ("company",), "KR-1")),
        ("company:A:1", Found(Where.THERE, ("company",), "A:1")),
        ("nhà máy:M-1", Found(Where.THERE, ("Nhà máy",), "M-1")),
        ("M-1", Found(Where.THERE, ("Nhà máy",), "M-1")),
        ("O-7", Found(Where.AMBIGUOUS, ("company", "Nhà máy"), "O-7")),
        ("company:O-2", Found(Where.MISSING_THERE, ("company",), "O-2")),
        ("sales:O-2", Found(Where.MISSING_THERE, ("sales",), "O-2")),
        ("clients/minh-long:O-1", Found(Where.UNREAD, ("clients/minh-long",), "O-1")),
        ("O-99", Found(Where.UNREAD, ("clients/minh-long",), "O-99")),
        ("compnay:O-1", Found(Where.NO_WORKBOOK, ("company", "Nhà máy", "clients/minh-long", "sales"), "compnay")),
        ("Our aim: grow", Found(Where.UNREAD, ("clients/minh-long",), "Our aim: grow")),
        ("company:", Found(Where.MISSING_THERE, ("company",), "")),
    ],
)
def test_a_name_leads_where_it_says(text: str, found: Found) -> None:
    """Shows ids with a workbook's name, in any spelling of it, ids that one or more have, and what was not read."""
    assert seen(objective("O-5")).find(text) == found


def test_everything_read_and_nothing_found_is_nowhere() -> None:
    """Shows that an id which no workbook has is missing, once all were read."""
    kin = related("Minh Long", [Surveyed("company", goals(objective("O-1"))), Surveyed("sales", goals())])["sales"]
    assert kin.find("O-9") == Found(Where.NOWHERE)


def test_the_longest_name_of_a_workbook_wins() -> None:
    """Shows a workbook whose name begins with another one's, and a colon."""
    members = [
        Surveyed("a", goals(objective("b:O-1"))),
        Surveyed("a:b", goals(objective("O-1"))),
        Surveyed("c", goals()),
    ]
    assert related("", members)["c"].find("a:b:O-1") == Found(Where.THERE, ("a:b",), "O-1")


def test_its_own_name_before_an_id_means_its_own_row() -> None:
    """Shows sales:O-5 read as O-5 in sales, an id that has a colon in it kept, and other names left alone."""
    own = goals(
        objective("O-5"), objective("sales:X"), objective("O-6", aligned_to=("Sales: O-5", "company:O-1", "sales:X"))
    )
    home = at_home(own, seen(*own.objectives))
    assert home.objectives[2].aligned_to.value == ("O-5", "company:O-1", "sales:X")
    assert home.objectives[2].aligned_to.raw == own.objectives[2].aligned_to.raw
    assert home.objectives[:2] == own.objectives[:2]


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("company:O-1", True),
        ("company:KR-1", True),
        ("company:O-7", False),
        ("M-1", True),
        ("clients/minh-long:O-1", True),
    ],
)
def test_a_chain_through_other_workbooks_reaches_the_company_or_not(text: str, reaches: bool) -> None:
    """Shows links to a goal of the company, its key result, a goal that serves none, a chain, and what nobody knows."""
    own = objective("O-5", aligned_to=(text,), level=Level.TEAM)
    assert seen(own).reaches_company(own) is reaches
