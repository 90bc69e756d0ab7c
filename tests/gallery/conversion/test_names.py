"""Ids of rows in a workbook that was made of another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.gallery.conversion.names import named
from tests.factories import goals, key_result, kpi, objective


def test_rows_without_an_id_get_one_by_their_place() -> None:
    """Shows O1, KR1.1 and KPI-1 where none stood, and key results without an objective under 0."""
    read = goals(
        objective("a", id=None),
        key_result("b", id=None, objective="a"),
        key_result("c", id=None, objective="a"),
        key_result("d", id=None, objective=None),
        kpi("e", id=None),
    )
    assert named(read) == {"a": "O1", "b": "KR1.1", "c": "KR1.2", "d": "KR0.1", "e": "KPI-1"}


def test_own_ids_stay_and_are_never_given_again() -> None:
    """Shows that an id that stands anywhere in the workbook is kept, and no other row gets it."""
    read = goals(objective("a", id=None), objective("b", id="O1"), key_result("c", id="kr1.1", objective="a"))
    assert named(read) == {"a": "O1-2", "b": "O1", "c": "kr1.1"}


def test_a_kpi_keeps_one_id_over_people_but_not_over_tables() -> None:
    """Shows that rows of one table may share an id where their owners differ, and else get ids of their own."""
    read = goals(
        kpi("a", id="K1", owner="An"),
        kpi("b", id="K1", owner="Bình"),
        kpi("c", id="K1", owner="Bình"),
        kpi("d", id="K1", owner="Chi", table="kpi2"),
    )
    found = named(read)
    assert (found["a"], found["b"]) == ("K1", "K1")
    assert len({found["c"], found["d"], "K1"}) == 3


@given(st.lists(st.one_of(st.none(), st.sampled_from(["O1", "o1", "KR1.1", "KR0.1", "x", "KR0.1-2"])), max_size=12))
def test_no_two_key_results_share_an_id(ids: list[str | None]) -> None:
    """Shows that whatever ids stood there, every row has one in the end, and none that another has."""
    read = goals(*(key_result(f"key {place}", id=own, objective=None) for place, own in enumerate(ids)))
    found = [name.casefold() for name in named(read).values()]
    assert len(found) == len(ids) == len(set(found))
