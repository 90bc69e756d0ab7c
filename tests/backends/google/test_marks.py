"""Our marks: which named ranges of a spreadsheet are ours, and where they stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.marks import Mark, mark_name, marks_of, numbered, table_and_concept

CELL = {"sheetId": 7, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 5, "endColumnIndex": 6}


def named(name: str, place: dict[str, Any] | None = None) -> dict[str, Any]:
    """Make a named range as the API gives it."""
    return {"namedRangeId": "1a", "name": name, "range": CELL if place is None else place}


@pytest.mark.parametrize(
    "name",
    [
        "progress",
        "ss_okr_progress",
        "_SS_okr_progress",
        "_ss_",
        "_ss_okr",
        "_ss_okr_",
        "_ss__progress",
        "'Copy of OKR'!_ss_okr_progress",
        "Copy!_ss_okr_progress",
        "_ss_old_plan!_ss_okr_progress",
        "'_ss_a_b'!_ss_okr_progress",
        "",
    ],
)
def test_a_strange_name_is_not_ours(name: str) -> None:
    """Shows that a user's own names are left alone, and those that were copied with a duplicated worksheet too."""
    assert marks_of({"namedRanges": [named(name), named("_ss_okr_score")]}).keys() == {"_ss_okr_score"}


def test_a_place_counts_from_one() -> None:
    """Shows where a mark stands: what the API leaves out is 0, the first worksheet's id included."""
    told = [named("_ss_okr_progress"), named("_ss_okr_score", {"endRowIndex": 1, "endColumnIndex": 1})]
    marks = marks_of({"namedRanges": told})
    assert [marks["_ss_okr_progress"].place, marks["_ss_okr_score"].place] == [(7, 2, 6), (0, 1, 1)]
    assert marks["_ss_okr_progress"] == Mark("1a", 7, 2, 6)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ({"sheetId": 7, "startColumnIndex": 5, "endColumnIndex": 6}, (7, 1, 6)),
        ({"sheetId": 7, "startRowIndex": 1, "endRowIndex": 9, "startColumnIndex": 5, "endColumnIndex": 8}, (7, 2, 6)),
    ],
)
def test_a_mark_that_somebody_stretched_stands_at_its_first_cell(
    place: dict[str, int], wanted: tuple[int, ...]
) -> None:
    """Shows that a range which was made larger by hand still tells its first cell."""
    assert marks_of({"namedRanges": [named("_ss_okr_progress", place)]})["_ss_okr_progress"].place == wanted


@pytest.mark.parametrize("told", [{"name": "_ss_okr_progress", "range": {}}, {"name": "_ss_okr_progress"}])
def test_a_mark_without_a_place_is_none(told: dict[str, Any]) -> None:
    """Shows that a name whose cells are gone does not point at the first cell of the first worksheet."""
    assert marks_of({"namedRanges": [told]}) == {}


def test_no_names_at_all() -> None:
    """Shows that a spreadsheet without named ranges, whose list Google leaves out, has no marks."""
    assert marks_of({}) == {}


KEYS = st.from_regex(r"[a-z]+[0-9]*", fullmatch=True)


@given(table=KEYS, concept=st.lists(KEYS, min_size=1, max_size=3).map("_".join))
def test_a_name_tells_table_and_concept(table: str, concept: str) -> None:
    """Shows that a mark's name can be parted again, however many words its concept has."""
    assert table_and_concept(mark_name(table, concept)) == (table, concept)


def test_a_mark_made_anew_counts_for_the_one_before() -> None:
    """Shows that a mark whose plain name Google would not give again is known by the same name, the newest first."""
    other = CELL | {"startColumnIndex": 8, "endColumnIndex": 9}
    told = [named("_ss_okr_progress__10", other), named("_ss_okr_progress__2"), named("_ss_okr_weighted_score__2")]
    marks = marks_of({"namedRanges": told})
    assert {name: mark.column for name, mark in marks.items()} == {"_ss_okr_progress": 9, "_ss_okr_weighted_score": 6}
    assert marks_of({"namedRanges": told[::-1]}) == marks


@given(table=KEYS, concept=KEYS, attempt=st.integers(1, 99))
def test_every_attempt_names_one_mark(table: str, concept: str, attempt: int) -> None:
    """Shows that the number in a name never changes which mark it is."""
    name = mark_name(table, concept)
    assert list(marks_of({"namedRanges": [named(numbered(name, attempt))]})) == [name]
