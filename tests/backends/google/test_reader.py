"""Readings: what the core and a write are told about a spreadsheet, out of Google's answer."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from sheetsync.backends.google.reader import FIELDS, Reading, reading_of
from sheetsync.workbook import Area, CellRef, ColumnMark
from tests.sheets_server.fields import response_mask
from tests.sheets_server.spreadsheet import Spreadsheet

ID = "1Read_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def book() -> Spreadsheet:
    """Make a spreadsheet with one small worksheet."""
    made = Spreadsheet(ID, "Plan")
    made.enter("Sheet1", [["ID", "Progress"], ["KR-1", 0.5]])
    return made


def read(made: Spreadsheet, *ranges: str) -> Reading:
    """Read a spreadsheet as the backend does."""
    return reading_of(made.resource(fields=FIELDS, ranges=ranges))


def answer(**sheet: Any) -> dict[str, Any]:
    """Make an answer with one worksheet; what Google leaves out is left out."""
    properties = {"title": "A", "gridProperties": {"rowCount": 10, "columnCount": 5}}
    return {"spreadsheetId": ID, "sheets": [{"properties": properties, **sheet}]}


def cells(*rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make the data of a worksheet."""
    return [{"rowData": [{"values": row} for row in rows]}]


def test_the_mask_is_google_s() -> None:
    """Shows that every field which is asked for exists, and that the answer to an empty spreadsheet can be read."""
    assert "sheets" in response_mask(FIELDS, "Spreadsheet")
    reading = read(Spreadsheet(ID))
    assert reading.workbook.name == "Untitled spreadsheet"
    assert reading.workbook.sheet("Sheet1").rows == []


def test_formulas_errors_and_spilled_cells() -> None:
    """Shows that a formula counts at its cell and at each that it fills, and that an error reads as a cell shows it."""
    array = {"userEnteredValue": {"formulaValue": "={1;2}"}, "effectiveValue": {"numberValue": 1}}
    error = {"userEnteredValue": {"formulaValue": "=1/0"}, "effectiveValue": {"errorValue": {"type": "DIVIDE_BY_ZERO"}}}
    spilled = {"effectiveValue": {"numberValue": 2}, "userEnteredValue": {}}
    blank = {"userEnteredValue": {"formulaValue": '=""'}, "effectiveValue": {"stringValue": ""}}
    sheet = reading_of(
        answer(data=cells([array, error, {}], [spilled, blank, {"effectiveFormat": {}}]))
    ).workbook.sheet("A")
    assert sheet.formulas == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert [sheet.value(*place) for place in ((1, 1), (2, 1), (1, 2), (2, 2), (2, 3))] == [1, 2, "#DIV/0!", None, None]


def test_formats_decide_what_a_number_is() -> None:
    """Shows that dates, times and percentages are told by the formats of cells."""
    made = book()
    for place, text in (("A3", "2026-11-20"), ("B3", "18:30"), ("C3", "12%"), ("D3", "12"), ("E3", "'12%")):
        made.type("Sheet1", place, text)
    sheet = read(made).workbook.sheet("Sheet1")
    assert [sheet.value(3, column) for column in range(1, 6)] == [date(2026, 11, 20), time(18, 30), 0.12, 12, "12%"]
    assert [sheet.is_percent(3, column) for column in range(1, 7)] == [False, False, True, False, False, False]
    assert not sheet.is_percent(99, 99)


def test_several_ranges_of_one_worksheet_keep_their_places() -> None:
    """Shows that values, formulas, notes and formats stand where they are, whatever range they came with."""
    formula = {"userEnteredValue": {"formulaValue": "=1"}, "effectiveValue": {"numberValue": 1}}
    formatted = {**formula, "effectiveFormat": {"numberFormat": {"type": "PERCENT"}}}
    text = {"userEnteredValue": {"stringValue": "a"}, "effectiveValue": {"stringValue": "a"}}
    below = {"startRow": 4, "startColumn": 2, "rowData": [{"values": [{"note": "look"}, formatted]}]}
    data = [below, *cells([text])]
    reading = reading_of(answer(data=data))
    sheet = reading.workbook.sheet("A")
    assert (sheet.value(1, 1), sheet.value(5, 4)) == ("a", 1)
    assert sheet.formulas == {(5, 4)}
    assert sheet.notes == {(5, 3): "look"}
    assert sheet.is_percent(5, 4)
    assert [reading.facts["A"].form_of(*place) for place in ((5, 4), (5, 3), (1, 1), (9, 9))] == [
        ("PERCENT", ""),
        *[None] * 3,
    ]


def test_a_chart_s_worksheet_is_left_out() -> None:
    """Shows that worksheets without cells are no worksheets, whatever else stands between them."""
    told = answer()
    told["sheets"].insert(0, {"properties": {"sheetId": 5, "title": "Chart", "sheetType": "OBJECT"}})
    reading = reading_of(told)
    assert [sheet.name for sheet in reading.workbook.sheets] == ["A"]
    assert reading.facts.keys() == {"A"}
    assert reading.workbook.sheets[0].link.endswith("#gid=0")


def test_merges_tables_and_whole_columns() -> None:
    """Shows that an area without an end reaches to the end of the grid."""
    merges = [{"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 3}]
    tables = [{"range": {"startColumnIndex": 3, "endColumnIndex": 4}}, {}]
    sheet = reading_of(answer(merges=merges, tables=tables)).workbook.sheet("A")
    assert sheet.merges == (Area(2, 1, 2, 3),)
    assert sheet.tables == (Area(1, 4, 10, 4),)


@pytest.mark.parametrize(
    ("protection", "closed", "may"),
    [
        ({"range": {}}, True, {"A1": False, "E10": False}),
        ({"range": {}, "requestingUserCanEdit": True}, False, {"A1": True, "E10": True}),
        ({"range": {}, "warningOnly": True}, False, {"A1": True}),
        ({"range": {}, "unprotectedRanges": [{"startRowIndex": 2}]}, False, {"A1": False, "A2": False, "A3": True}),
        ({"range": {"startColumnIndex": 1, "endColumnIndex": 2}}, False, {"A1": True, "B1": False, "B10": False}),
        ({"namedRangeId": "x"}, False, {"A1": True}),
    ],
)
def test_protection(protection: dict[str, Any], closed: bool, may: dict[str, bool]) -> None:
    """Shows what may be edited: not what others protect, save its unprotected parts; a warning bars nobody."""
    reading = reading_of(answer(protectedRanges=[protection]))
    sheet = reading.workbook.sheet("A")
    assert (sheet.protected, sheet.refusal) == (closed, "google.protected_sheet" if closed else None)
    told = {place: reading.facts["A"].may_edit(int(place[1:]), ord(place[0]) - 64) for place in may}
    assert told == may


def test_two_protections_bar_each_for_itself() -> None:
    """Shows that what one protection leaves open may still be barred by another."""
    open_row = {"startRowIndex": 2, "endRowIndex": 3}
    own = [{"range": {}, "unprotectedRanges": [open_row]}, {"range": {"startColumnIndex": 0, "endColumnIndex": 1}}]
    facts = reading_of(answer(protectedRanges=own)).facts["A"]
    assert [facts.may_edit(*place) for place in ((3, 1), (3, 2), (1, 2))] == [False, True, False]


def test_hidden_marks_links_and_properties() -> None:
    """Shows that marks name worksheets, that links open them, and that foreign names and metadata are left out."""
    made = book()
    made.add_sheet("Tháng 1")
    made.name("Tháng 1", "C2", "_ss_kpi_grade")
    made.name("Sheet1", "B1", "_ss_okr_weighted_score")
    made.name("Sheet1", "B1", "progress")
    for key, value in (("sheetsync.template", "okr"), ("other.tool", "x")):
        metadata = {
            "metadataKey": key,
            "metadataValue": value,
            "location": {"spreadsheet": True},
            "visibility": "DOCUMENT",
        }
        made.batch_update({"requests": [{"createDeveloperMetadata": {"developerMetadata": metadata}}]})
    hide = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}
    made.batch_update({"requests": [{"updateSheetProperties": hide}]})
    workbook = read(made).workbook
    assert set(workbook.marks) == {
        ColumnMark("kpi", "grade", CellRef("Tháng 1", 2, 3)),
        ColumnMark("okr", "weighted_score", CellRef("Sheet1", 1, 2)),
    }
    assert workbook.properties == {"sheetsync.template": "okr"}
    assert [sheet.hidden for sheet in workbook.sheets] == [True, False]
    assert workbook.location == f"https://docs.google.com/spreadsheets/d/{ID}/edit"
    assert workbook.sheets[0].link == f"{workbook.location}#gid=0"


def test_some_worksheets_only() -> None:
    """Shows that a mark on a worksheet that is not read is not told, though its name stays taken."""
    made = book()
    made.add_sheet("Other's")
    made.name("Other's", "C2", "_ss_kpi_grade")
    reading = read(made, "'Sheet1'")
    assert [sheet.name for sheet in reading.workbook.sheets] == ["Sheet1"]
    assert reading.workbook.marks == ()
    assert "_ss_kpi_grade" in reading.snapshot.marks
    assert [sheet.name for sheet in read(made, "'Other''s'").workbook.sheets] == ["Other's"]
