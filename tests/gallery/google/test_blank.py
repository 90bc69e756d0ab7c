"""Only a blank spreadsheet is built into; whatever anybody entered stops it."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.errors import WriteRefused
from sheetsync.gallery.google.blank import FIELDS, Leavings, leavings, stands
from sheetsync.gallery.google.marks import range_name
from tests.gallery.google.conftest import make
from tests.sheets_server.schema import misfits

BLANK = {"sheetId": 0, "title": "Sheet1", "sheetType": "GRID"}


def spreadsheet(*sheets: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Give a spreadsheet as Google tells of one, with worksheets in place of the usual empty one."""
    told: dict[str, Any] = {"properties": {"title": "Plans"}, "sheets": list(sheets) or [{"properties": BLANK}], **more}
    assert misfits("sheets", "Spreadsheet", told) == []
    return told


def cell(content: dict[str, Any]) -> dict[str, Any]:
    """Give a worksheet with one cell, C3, that holds something."""
    rows = [{}, {"values": []}, {"values": [{}, content]}]
    return {"properties": BLANK, "data": [{"startColumn": 1, "rowData": rows}]}


def test_a_new_spreadsheet_is_blank() -> None:
    """Shows that the empty worksheet of a new spreadsheet is what makes way."""
    assert leavings(spreadsheet()) == Leavings(((0, "Sheet1"),))


def test_cells_that_were_only_formatted_are_blank() -> None:
    """Shows that data without anything entered does not stop a template."""
    assert leavings(spreadsheet(cell({}))) == Leavings(((0, "Sheet1"),))


@pytest.mark.parametrize("content", [
    {"userEnteredValue": {"stringValue": "x"}},
    {"userEnteredValue": {"numberValue": 0}},
    {"userEnteredValue": {"boolValue": False}},
    {"userEnteredValue": {"formulaValue": "=NOW()"}},
    {"note": "remember"},
    {"pivotTable": {"source": {"sheetId": 0}}},
])  # fmt: skip
def test_anything_entered_stops_it(content: dict[str, Any]) -> None:
    """Shows that a text, a zero, a formula, a note or a pivot table is told with worksheet and cell."""
    with pytest.raises(WriteRefused) as refused:
        leavings(spreadsheet({"properties": {**BLANK, "sheetId": 5, "title": "Notes"}}, cell(content)))
    assert refused.value.key == "template.not_blank"
    assert refused.value.params == {"path": "Plans", "cell": "Sheet1!C3"}


@pytest.mark.parametrize("sheet", [
    {"properties": {**BLANK, "sheetType": "OBJECT"}},
    {"properties": BLANK, "charts": [{"chartId": 4}]},
    {"properties": BLANK, "slicers": [{"slicerId": 4}]},
])  # fmt: skip
def test_a_chart_stops_it(sheet: dict[str, Any]) -> None:
    """Shows that a chart is never deleted with its worksheet, although no cell holds anything."""
    with pytest.raises(WriteRefused):
        leavings(spreadsheet(sheet))


def test_a_spreadsheet_that_was_built_is_known_again() -> None:
    """Shows how a batch whose answer got lost is found to have been made, or not."""
    made = make("kpi", "vi")
    built = [{"properties": one["properties"]} for one in made.of("addSheet")]
    assert stands(spreadsheet(*built), made.requests)
    assert not stands(spreadsheet(), made.requests)
    assert not stands(spreadsheet(*built, {"properties": BLANK}), made.requests)


def test_only_what_carries_our_names_is_cleared() -> None:
    """Shows that left-over marks and properties of ours are found, and those of others are not."""
    found = leavings(spreadsheet(
        namedRanges=[
            {"namedRangeId": "a", "name": range_name("_ss.okr.why")},
            {"namedRangeId": "b", "name": "Budget"},
        ],
        developerMetadata=[
            {"metadataId": 1, "metadataKey": "sheetsync.template"},
            {"metadataId": 2, "metadataKey": "budget.year"},
        ],
    ))  # fmt: skip
    assert (found.named_ranges, found.metadata) == (("a",), (1,))


def test_the_mask_asks_for_all_that_is_looked_at() -> None:
    """Shows that every field on which the answer depends stands in the mask of the read."""
    for name in ("sheetId", "title", "sheetType", "charts", "slicers", "startRow", "startColumn", "userEnteredValue",
                 "note", "pivotTable", "namedRangeId", "metadataId", "metadataKey"):  # fmt: skip
        assert name in FIELDS
