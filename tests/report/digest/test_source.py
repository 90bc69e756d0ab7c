"""What every digest is made of."""

from __future__ import annotations

import pytest

from sheetsync.names import folded
from sheetsync.report.digest import prepared
from sheetsync.report.digest.source import given_of, identity, known_of, named, owned_by
from tests.factories import key_result, kpi, objective, person
from tests.report.digest.book import source

PEOPLE = (person("Trần Thị Lan", email="lan@a.vn", team="Sales"), person("Hoa", row=3))


def test_a_source_is_prepared_once() -> None:
    """Shows that what was gathered is kept, and gathered where nobody did it."""
    plain = source(objective(), key_result())
    once = prepared(plain)
    assert prepared(once) is once
    assert known_of(once) is once.known
    assert known_of(plain) == once.known


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Nguyễn Văn An", "An"),
        ("lan@a.vn", "Lan"),
        ("LAN@A.VN", "Lan"),
        ("bao.tran@b.vn", "bao.tran"),
        ("Trần Thị Lan; Nguyễn Hoa", "Lan, Hoa"),
        ("An / an", "An, an"),
        ("  ", None),
        (None, None),
    ],
)
def test_people_are_called_by_the_last_word_of_their_name(text: str | None, given: str | None) -> None:
    """Shows names, addresses of people who are known and who are not, several in one cell, and nobody."""
    assert given_of(text, source(*PEOPLE)) == given


def test_names_and_addresses_of_one_person_are_one() -> None:
    """Shows the identity of a name in any spelling of case, accents apart."""
    called = known_of(source(*PEOPLE)).called
    assert identity(" trần  THỊ lan", called) == identity("lan@a.vn", called) == "trần thị lan"
    assert identity("Hòa", called) != identity("Hoa", called)
    assert folded("Hòa") == folded("Hòa")


def test_what_somebody_owns_is_in_the_order_of_the_sheet() -> None:
    """Shows objectives, key results and KPIs of one owner, each once, with blank owners from the objective."""
    items = [
        objective(owner="Trần Thị Lan"),
        key_result("KR-1"),
        key_result("KR-2", owner="Hoa, lan@a.vn", row=7),
        key_result("KR-3", owner="Hoa", row=8),
        kpi(owner="Trần Thị Lan"),
        kpi("KPI-2", row=7),
    ]
    told = source(*items, *PEOPLE)
    assert owned_by("trần thị lan", told) == ("O-1", "KR-1", "KR-2", "KPI-1")
    assert owned_by("lan@a.vn", told) == owned_by("Trần Thị Lan", told)
    assert owned_by("hoa", told) == ("KR-2", "KR-3")
    assert owned_by("Nobody", told) == ()
    assert named(told.goals.key_results[0], told) == ("Trần Thị Lan",)
    assert named(told.goals.kpis[1], told) == ()


def test_of_two_rows_with_one_key_the_first_counts() -> None:
    """Shows that an id that stands twice breaks nothing."""
    first, second = key_result("KR-1", title="A"), key_result("KR-1", title="B", row=7)
    assert known_of(source(objective(), first, second)).items["KR-1"] is first


def test_a_key_result_without_an_objective_has_no_owner_of_its_own() -> None:
    """Shows that nothing is invented where no objective stands above it."""
    told = source(key_result(objective=None), key_result("KR-2", objective="O-9", row=7))
    assert [named(one, told) for one in told.goals.key_results] == [(), ()]
