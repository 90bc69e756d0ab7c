"""Dropdowns with the words of the language, and dates that are dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.gallery.design import load_table, load_texts
from sheetsync.gallery.google.area import Area
from sheetsync.gallery.google.page import MOST_ROWS
from sheetsync.gallery.google.validation import validation_request
from sheetsync.gallery.tables import HEADER
from tests.gallery.conftest import PHRASES
from tests.gallery.google.conftest import Made

AREA = Area(5, 1, 1000, 1)


def rule(made: Made, role: str, column: int) -> dict[str, Any] | None:
    """Give the rule of a column's cells below the header."""
    own = made.id_of(role)
    found = [one for one in made.of("setDataValidation")
             if (one["range"]["sheetId"], one["range"]["startColumnIndex"]) == (own, column)]  # fmt: skip
    for one in found:
        assert (one["range"]["startRowIndex"], one["range"]["endRowIndex"]) == (HEADER + 1, MOST_ROWS)
    assert len(found) <= 1
    return found[0]["rule"] if found else None


def test_each_column_takes_what_its_design_says(made: Made) -> None:
    """Shows a strict dropdown for choices, an open one of the people for owners, and dates for dates."""
    phrases = PHRASES[made.language]
    people = phrases.words("sheets.people")[0]
    for role in made.kind.split("-"):
        for place, column in enumerate(load_table(role, phrases, load_texts(made.language)).columns):
            found = rule(made, role, place)
            if column.computed or not (column.choices or column.people or column.form == "date"):
                assert found is None, column.concept
                continue
            assert found is not None, column.concept
            kind, values = found["condition"]["type"], found["condition"]["values"]
            told = [one["userEnteredValue"] for one in values]
            if column.choices:
                assert (kind, tuple(told), found["strict"]) == ("ONE_OF_LIST", column.choices, True)
            elif column.people:
                assert (kind, told, found["strict"]) == ("ONE_OF_RANGE", [f"='{people}'!$A$4:$A"], False)
            else:
                assert (kind, told, found["strict"]) == ("DATE_ON_OR_AFTER", ["=DATE(2000;1;1)"], False)


def test_a_list_of_cells_and_a_list_of_words_are_told_apart() -> None:
    """Shows that a source which is a text is a range, and a sequence is the words themselves."""
    cells = validation_request(3, AREA, {"validate": "list", "source": "=A1:A9", "error_type": "warning"})
    assert cells["setDataValidation"]["rule"]["condition"]["type"] == "ONE_OF_RANGE"
    words = validation_request(3, AREA, {"validate": "list", "source": ["a", "b"]})
    assert words["setDataValidation"]["rule"]["condition"]["type"] == "ONE_OF_LIST"


@pytest.mark.parametrize("options", [
    {"validate": "whole", "criteria": ">", "value": 3},
    {"validate": "date", "criteria": "<", "value": date(2000, 1, 1)},
])  # fmt: skip
def test_a_limit_without_a_form_is_told(options: dict[str, Any]) -> None:
    """Shows that a validation which somebody adds for Excel alone does not vanish unseen."""
    with pytest.raises(LookupError, match="no form in Google"):
        validation_request(1, AREA, options)
