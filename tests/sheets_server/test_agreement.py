"""The judge of replayed answers lets pass what Google makes up, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sheets_server.agreement import Names, differences
from tests.sheets_server.recordings import read

LONG = "1abcdefghijklmnopqrstuvwxyz"
OTHER = "1ZYXWVUTSRQPONMLKJIHGFEDCBA"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {}),
        ({}, {"a": 1}),
        ([1, 2], [1]),
        ({"values": [["a", "b"]]}, {"values": [["a", "c"]]}),
        (True, 1),
        (1, "1"),
        ({"sheetId": 0}, {"sheetId": 5}),
        ({"createdTime": "2023-07-20T08:47:44.700Z"}, {"createdTime": "yesterday"}),
        ([{"sheetId": 7}, {"sheetId": 7}], [{"sheetId": 8}, {"sheetId": 9}]),
        ([{"sheetId": 7}, {"sheetId": 6}], [{"sheetId": 8}, {"sheetId": 8}]),
        ({"etag": "x"}, {"etag": 5}),
    ],
)
def test_differences_are_found(theirs: Any, ours: Any) -> None:
    """Shows that values, types, missing and additional fields, and ids used otherwise are differences."""
    assert list(differences(Names(), theirs, ours))


def test_made_up_values_may_differ() -> None:
    """Shows that ids, times and what belongs to the account differ without harm, if used alike."""
    theirs = {"id": LONG, "url2": f"x/{LONG}/y", "createdTime": "2023-07-20T08:47:44.700Z", "etag": "a"}
    ours = {"id": OTHER, "url2": f"x/{OTHER}/y", "createdTime": "2025-01-02T03:04:05.006Z", "etag": "b"}
    assert list(differences(Names(), theirs, ours)) == []


def test_later_requests_use_our_values() -> None:
    """Shows that what was made up in an answer stands in the requests after it."""
    names = Names()
    names.bind(LONG, OTHER)
    names.bind(777, 888)
    body = names.body({"range": {"sheetId": 777, "startRowIndex": 777}, "note": f"see {LONG}"})
    assert body == {"range": {"sheetId": 888, "startRowIndex": 777}, "note": f"see {OTHER}"}


def test_results_in_scrubbed_recordings_are_not_compared() -> None:
    """Shows that a formula's result may differ where cells were replaced, and the formula itself may not."""
    theirs = {"userEnteredValue": {"formulaValue": "=A1"}, "effectiveValue": {"numberValue": 1}}
    ours = {"userEnteredValue": {"formulaValue": "=A1"}, "effectiveValue": {"stringValue": ""}}
    other = {"userEnteredValue": {"formulaValue": "=A2"}, "effectiveValue": {"numberValue": 1}}
    assert list(differences(Names(scrubbed=True), theirs, ours)) == []
    assert list(differences(Names(scrubbed=True), theirs, other))
    assert list(differences(Names(), theirs, ours))


def test_recordings_are_read_in_both_spellings(tmp_path: Path) -> None:
    """Shows that bodies may be texts or objects, headers lists or texts, and that another version is refused."""
    request = {"method": "get", "uri": "https://x/v4", "body": None, "headers": {"Accept": ["*/*"]}}
    response = {"status": {"code": 200}, "headers": {"Content-Type": "text/csv"}, "body": {"string": "a,b"}}
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"version": 1, "interactions": [{"request": request, "response": response}]}))
    (one,) = read(path).interactions
    assert (one.method, one.sent, one.answered) == ("GET", None, "a,b")
    assert (one.headers["accept"], one.answer_headers["content-type"]) == ("*/*", "text/csv")
    path.write_text(json.dumps({"version": 2, "interactions": []}))
    with pytest.raises(ValueError, match="no recording of version 1"):
        read(path)
