"""Computed columns are protected: by a warning that stops nobody, or by a lock."""

from __future__ import annotations

import pytest

from sheetsync.gallery.google.area import Area
from sheetsync.gallery.google.protection import Refusal, protection_requests
from sheetsync.gallery.tables import HEADER
from tests.gallery.conftest import PHRASES
from tests.gallery.google.conftest import Made, make
from tests.gallery.opened import COMPUTED


def test_typing_into_a_computed_column_is_warned_of(made: Made) -> None:
    """Shows one warning over all computed columns of each table, header included, down to rows yet to come."""
    told = [one["protectedRange"] for one in made.of("addProtectedRange")]
    protected = {one["range"]["sheetId"]: one for one in told}
    assert set(protected) == {made.id_of(role) for role in made.kind.split("-")}
    heads = {(one["namedRange"]["range"]["sheetId"], one["namedRange"]["range"]["startColumnIndex"])
             for one in made.of("addNamedRange") if "_dash_" not in one["namedRange"]["name"]}  # fmt: skip
    for role in made.kind.split("-"):
        own = made.id_of(role)
        place = protected[own]["range"]
        columns = range(place["startColumnIndex"], place["endColumnIndex"])
        assert {(own, column) for column in columns} == {one for one in heads if one[0] == own}
        assert len(columns) == len(COMPUTED[role])
        assert (place["startRowIndex"], "endRowIndex" in place) == (HEADER, False)


def test_a_warning_names_no_editors(made: Made) -> None:
    """Shows a warning without editors, which Google refuses beside it, and with the reason in the language."""
    for one in made.of("addProtectedRange"):
        protected = one["protectedRange"]
        assert protected["warningOnly"] is True
        assert "editors" not in protected
        assert "sheetsync" in protected["description"]


@pytest.mark.parametrize("language", list(PHRASES))
def test_a_lock_names_who_may_write(language: str) -> None:
    """Shows that a protected template locks the same cells for all but the caller."""
    warned = make("okr-kpi", language).of("addProtectedRange")
    locked = make("okr-kpi", language, protect=True, editors=["robot@example.com"]).of("addProtectedRange")
    assert [one["protectedRange"]["range"] for one in locked] == [one["protectedRange"]["range"] for one in warned]
    for one in locked:
        assert one["protectedRange"]["warningOnly"] is False
        assert one["protectedRange"]["editors"] == {"users": ["robot@example.com"]}


def test_without_a_known_address_google_takes_the_caller() -> None:
    """Shows that no empty list of editors is sent."""
    for one in make("okr", "en", protect=True).of("addProtectedRange"):
        assert (one["protectedRange"]["warningOnly"], "editors" in one["protectedRange"]) == (False, False)


def test_only_neighbours_in_the_same_rows_become_one() -> None:
    """Shows that a gap between columns, or another height, begins another protection."""
    places = [Area(5, 2, 9, 2), Area(5, 3, 9, 3), Area(5, 5, 9, 5), Area(5, 6, 8, 6)]
    made = protection_requests(1, [Refusal(area, "no") for area in places], locked=False, editors=())
    ranges = [one["addProtectedRange"]["protectedRange"]["range"] for one in made]
    assert [(one["startColumnIndex"], one["endColumnIndex"]) for one in ranges] == [(2, 4), (5, 6), (6, 7)]
