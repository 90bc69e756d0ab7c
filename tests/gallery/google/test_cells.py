"""Values are typed, and formats become few rectangles that cover exactly the formatted cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.gallery.google.cells import entered, rectangles, value_requests
from sheetsync.gallery.google.formats import Look

LOOKS = [Look((("bold", True),)), Look((("italic", True),)), Look()]
CELLS = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.sampled_from(LOOKS))


@pytest.mark.parametrize(("value", "told"), [
    (None, None),
    ("", None),
    (0, {"numberValue": 0}),
    (0.35, {"numberValue": 0.35}),
    (True, {"boolValue": True}),
    ("=1+1", {"stringValue": "=1+1"}),
    ("0042", {"stringValue": "0042"}),
    (date(2027, 1, 1), {"numberValue": 46388}),
    (date(1899, 12, 31), {"numberValue": 1}),
])  # fmt: skip
def test_values_are_typed(value: object, told: dict[str, object] | None) -> None:
    """Shows that a text never becomes a formula or a number, and a date becomes its serial number."""
    assert entered(value) == told


@given(CELLS)
def test_rectangles_cover_each_cell_once_with_its_look(cells: dict[tuple[int, int], Look]) -> None:
    """Shows that painting the rectangles gives back exactly the formatted cells, and none is painted twice."""
    painted: dict[tuple[int, int], Look] = {}
    for area, look in rectangles(cells):
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                assert (row, column) not in painted
                painted[row, column] = look
    assert painted == cells


def test_a_block_of_one_look_is_one_rectangle() -> None:
    """Shows that sixty prepared rows of equal cells need a single request."""
    cells = {(row, column): LOOKS[0] for row in range(60) for column in range(8)}
    assert len(list(rectangles(cells))) == 1


def test_values_and_notes_are_one_request_from_the_first_row() -> None:
    """Shows that blanks between values stay blank, and that a note may stand on a cell without a value."""
    values: dict[tuple[int, int], dict[str, Any]] = {(2, 1): {"stringValue": "a"}, (4, 0): {"numberValue": 5}}
    (request,) = value_requests(9, values, {(2, 2): "why"})
    told = request["updateCells"]
    assert told["start"] == {"sheetId": 9, "rowIndex": 2, "columnIndex": 0}
    assert [row["values"] for row in told["rows"]] == [
        [{}, {"userEnteredValue": {"stringValue": "a"}}, {"note": "why"}],
        [],
        [{"userEnteredValue": {"numberValue": 5}}],
    ]


def test_a_worksheet_without_values_needs_no_request() -> None:
    """Shows that nothing is sent where nothing is written."""
    assert value_requests(9, {}, {}) == []
