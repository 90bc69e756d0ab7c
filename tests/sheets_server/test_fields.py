"""Tests of field masks."""

from __future__ import annotations

import pytest

from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import parse, response_mask, update_mask

SHEET = {
    "properties": {"title": "A", "gridProperties": {"rowCount": 3, "columnCount": 4}},
    "merges": [{"startRowIndex": 0, "endRowIndex": 2}],
}


@pytest.mark.parametrize(
    ("mask", "picked"),
    [
        ("*", SHEET),
        ("properties.title", {"properties": {"title": "A"}}),
        ("properties/title", {"properties": {"title": "A"}}),
        ("properties(title)", {"properties": {"title": "A"}}),
        ("properties.gridProperties(rowCount)", {"properties": {"gridProperties": {"rowCount": 3}}}),
        ("merges.endRowIndex,properties", {"properties": SHEET["properties"], "merges": [{"endRowIndex": 2}]}),
        ("properties.title,properties", {"properties": SHEET["properties"]}),
        ("properties.*", {"properties": SHEET["properties"]}),
    ],
)
def test_mask_picks(mask: str, picked: object) -> None:
    """Shows that dots, slashes, brackets and stars pick the same fields as at Google."""
    assert response_mask(mask, "Sheet").picked(SHEET) == picked


@pytest.mark.parametrize("mask", ["", ",", "a(", "a)", "a..b", "a b", "a(b", "a,,b", "()"])
def test_broken_mask_is_none(mask: str) -> None:
    """Shows that what is no mask is not guessed at."""
    assert parse(mask) is None


def test_unknown_path_is_told_as_google_does() -> None:
    """Shows that an unknown field of an answer is a 400 that names the whole path."""
    with pytest.raises(ApiError, match="Request contains an invalid argument") as caught:
        response_mask("sheets(properties,sheetProperties)", "Spreadsheet")
    violation = caught.value.body()["error"]["details"][0]["fieldViolations"][0]
    assert violation == {
        "field": "sheets.sheetProperties",
        "description": "Error expanding 'fields' parameter. "
        "Cannot find matching fields for path 'sheets.sheetProperties'.",
    }


def test_update_needs_a_field() -> None:
    """Shows that a request without a mask is refused, and one with an unknown field too."""
    with pytest.raises(ApiError, match="At least one field must be listed"):
        update_mask("", "CellData")
    with pytest.raises(ApiError, match="Invalid field: value"):
        update_mask("value", "CellData")


def test_merging_sets_and_clears_what_is_named() -> None:
    """Shows that what is named and not given is cleared, and what is not named stays."""
    old = {"a": 1, "b": {"c": 2, "d": 3}, "e": 4}
    mask = parse("a,b.c,f")
    assert mask is not None
    assert mask.merged(old, {"b": {"c": 9, "d": 9}, "f": 5}) == {"b": {"c": 9, "d": 3}, "e": 4, "f": 5}
