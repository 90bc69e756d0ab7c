"""Who owns what: people and teams of a workbook, found by name, with everything that is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Direction
from sheetsync.scoring.owned.lines import portfolio_lines
from sheetsync.scoring.owned.owners import owners, owners_called
from sheetsync.scoring.owned.portfolio import Portfolio, portfolio
from tests.factories import goals, key_result, kpi, objective, person
from tests.scoring.scene import HALF, QUARTER, card, percent

EN, VI = (Phrases(locales.load(language)) for language in ("en", "vi"))

SHEET: tuple[Any, ...] = (
    objective(title="Khách hàng hài lòng", owner="Trần Thị Lan", team="Kinh doanh"),
    key_result(title="Phản hồi nhanh", baseline=30, target=80, current=52, weight=percent(40), check_in_date=HALF),
    key_result("KR-2", title="NPS", target=60, current=10, owner="Lê Hòa; Phạm Hoa", check_in_date=HALF),
    kpi(
        title="Doanh thu", owner="Trần Thị Lan", target=100, actual=96, weight=percent(100), direction=Direction.HIGHER
    ),
    person("Trần Thị Lan", email="lan@minhlong.vn", team="Kinh doanh"),
    person("Lê Hòa", team="Kho"),
    person("Ngô Lan", team="Kho"),
)


def called(text: str, *items: Any) -> list[str]:
    """Give the names that a text may mean."""
    return [one.name for one in owners_called(goals(*(items or SHEET)), text)]


def owned(text: str) -> Portfolio:
    """Gather what the one whom a text means owns."""
    found = card(*SHEET)
    (one,) = owners_called(goals(*SHEET, cycle=QUARTER), text)
    return portfolio(goals(*SHEET, cycle=QUARTER), found, one)


def test_everything_of_a_person_and_of_a_team_is_told(golden: Callable[[str, str], None]) -> None:
    """Shows the whole screen of a person and of a team in both languages."""
    for language, phrases in (("en", EN), ("vi", VI)):
        texts = ["\n".join(portfolio_lines(owned(name), phrases)) for name in ("Trần Thị Lan", "Kho", "Ngô Lan")]
        golden(f"owned.{language}.txt", "\n\n".join(texts) + "\n")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Trần Thị Lan", ["Trần Thị Lan"]),
        ("  tran thi LAN ", ["Trần Thị Lan"]),
        ("LAN@minhlong.vn", ["Trần Thị Lan"]),
        ("tran lan", ["Trần Thị Lan"]),
        ("kinh doanh", ["Kinh doanh"]),
        ("lan", ["Trần Thị Lan", "Ngô Lan"]),
        ("Lê Hòa", ["Lê Hòa"]),
        ("hòa", ["Lê Hòa", "Phạm Hoa"]),
        ("", []),
        ("Nobody", []),
    ],
)
def test_a_name_is_found_without_its_case_and_accents(text: str, names: list[str]) -> None:
    """Shows that a name in full wins, that a part of it will do, and that several are all told."""
    assert called(text) == names


def test_names_that_differ_in_an_accent_are_two_people() -> None:
    """Shows that Hòa and Hoa stay apart, and that each is found by the name as it is written."""
    sheet = (key_result(owner="Hòa"), key_result("KR-2", owner="Hoa"))
    assert called("Hoa", *sheet) == ["Hoa"]
    assert called("Hòa", *sheet) == ["Hòa"]
    assert called("HÒA", *sheet) == ["Hòa"]


def test_a_key_result_without_an_owner_is_its_objectives_owners() -> None:
    """Shows that the owner and the team of an objective answer for key results that name nobody."""
    assert [line.key for line in owned("Trần Thị Lan").lines] == ["O-1", "KR-1", "KPI-1"]
    assert [line.key for line in owned("Kinh doanh").lines] == ["O-1", "KR-1", "KPI-1"]
    assert [line.key for line in owned("Kho").lines] == ["KR-2"]


def test_a_team_that_owns_in_its_own_name_is_no_person() -> None:
    """Shows that a team's name in the column of owners still means the team."""
    found = owners(goals(objective(owner="Kho", team="Kho")))
    assert [(one.kind, one.name) for one in found] == [("team", "Kho")]


@given(st.lists(st.sampled_from(["An", "Bo", "Chi", "An; Bo"]), min_size=1, max_size=8))
def test_every_row_is_owned_by_exactly_those_whom_it_names(names: list[str]) -> None:
    """Shows that nothing is lost and nothing is given to anybody else."""
    rows = [key_result(f"KR-{place}", owner=name, objective=None) for place, name in enumerate(names)]
    shares = {one.name: set(one.keys) for one in owners(goals(*rows))}
    for place, name in enumerate(names):
        assert {who for who, keys in shares.items() if f"KR-{place}" in keys} == set(name.split("; "))
