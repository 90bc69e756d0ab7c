"""Bodies are judged by Google's own schemas, in Google's own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server.discovery import target
from tests.sheets_server.errors import ApiError
from tests.sheets_server.recordings import read
from tests.sheets_server.schema import check_request, every_misfit, fits, misfits

BATCH = "BatchUpdateSpreadsheetRequest"
ADD = "requests[0].add_sheet"


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"requests": [{"DeleteRange": {}}]}, "requests[0]",
         "Invalid JSON payload received. Unknown name \"DeleteRange\" at 'requests[0]': Cannot find field."),
        ({"request": []}, "", 'Invalid JSON payload received. Unknown name "request": Cannot find field.'),
        ({"requests": [{"addSheet": {"properties": {"headerValues": 1}}}]}, f"{ADD}.properties",
         f"Invalid JSON payload received. Unknown name \"headerValues\" at '{ADD}.properties': Cannot find field."),
        ({"requests": [{"addSheet": {"properties": {"index": "a"}}}]}, f"{ADD}.properties.index",
         f"Invalid value at '{ADD}.properties.index' (TYPE_INT32), \"a\""),
        ({"requests": [{"addSheet": {"properties": {"index": 1.5}}}]}, f"{ADD}.properties.index",
         f"Invalid value at '{ADD}.properties.index' (TYPE_INT32), 1.5"),
        ({"requests": [{"addSheet": []}]}, "requests[0]",
         "Invalid JSON payload received. Unknown name \"addSheet\" at 'requests[0]': "
         "Proto field is not repeating, cannot start list."),
        ({"requests": [{"deleteDimension": {"range": {"dimension": "LINES"}}}]},
         "requests[0].delete_dimension.range.dimension",
         "Invalid value at 'requests[0].delete_dimension.range.dimension' "
         "(type.googleapis.com/google.apps.sheets.v4.Dimension), \"LINES\""),
    ],
)  # fmt: skip
def test_misfits_are_told_as_google_does(body: dict[str, Any], field: str, sentence: str) -> None:
    """Shows the field and the sentence for unknown names, wrong types, lists and unknown words."""
    with pytest.raises(ApiError) as refusal:
        check_request("sheets", BATCH, body)
    details = refusal.value.body()["error"]["details"]
    assert details[0]["fieldViolations"] == [{"field": field, "description": sentence}]
    assert refusal.value.message == sentence


SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.floats(allow_nan=False) | st.sampled_from(["", "ROWS"])
NAMES = st.sampled_from(["range", "sheetId", "dimension", "startIndex", "requests", "deleteDimension", "values", "x"])
BODIES = st.recursive(SCALARS, lambda some: st.lists(some, max_size=2) | st.dictionaries(NAMES, some, max_size=3))


@given(BODIES)
def test_short_and_long_answer_agree(body: Any) -> None:
    """Shows that the quick check lets pass exactly those bodies in which the thorough one finds nothing."""
    for schema in (BATCH, "DeleteDimensionRequest", "ValueRange"):
        assert fits("sheets", schema, body) == (not every_misfit("sheets", schema, body))


def test_everything_wrong_is_told_at_once() -> None:
    """Shows that two mistakes make one refusal with both."""
    with pytest.raises(ApiError) as refusal:
        check_request("sheets", BATCH, {"requests": [{"a": 1}, {"b": 1}]})
    assert refusal.value.message.count("Unknown name") == 2


def test_null_means_not_given() -> None:
    """Shows that null fits everywhere, as gspread relies on."""
    check_request("sheets", "ValueRange", {"values": [["a"]], "majorDimension": None})


def test_whole_numbers_may_have_a_point() -> None:
    """Shows that 3.0 is a whole number, as it is in protocol buffers."""
    assert misfits("sheets", "GridProperties", {"rowCount": 3.0}) == []


def test_answers_of_google_fit(recordings_folder: Path) -> None:
    """Shows, over every recording, that what Google itself answered and took passes this judge."""
    judged = 0
    for path in sorted(recordings_folder.glob("*.json")):
        for one in read(path).interactions:
            meant = target(one.method, one.uri.partition("googleapis.com")[2].partition("?")[0])
            if meant is None or one.status != 200:
                continue
            operation = meant.operation
            if operation.response and isinstance(one.answered, dict):
                found = misfits(operation.api, operation.response, one.answered)
                assert found == [], (path.name, json.dumps(one.answered)[:300])
                judged += 1
            if operation.request and isinstance(one.sent, dict):
                check_request(operation.api, operation.request, one.sent)
                judged += 1
    assert judged > 0
