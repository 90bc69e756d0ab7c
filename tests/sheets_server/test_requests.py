"""Tests of the requests about sheets, rows and columns, and what lies on sheets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.errors import ApiError
from tests.sheets_server.spreadsheet import Spreadsheet

Json = dict[str, Any]
AREA = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}


@pytest.fixture
def book() -> Spreadsheet:
    """Give a spreadsheet with a small table."""
    found = Spreadsheet("book")
    found.enter("Sheet1", [["Name", "Points"], ["b", 2], ["a", 3], ["b", 2]])
    return found


def send(book: Spreadsheet, name: str, **body: Any) -> Json:
    """Send a batch of one request and give the content of its reply."""
    reply: Json = book.batch_update({"requests": [{name: body}]})["replies"][0].get(name, {})
    return reply


def titles(book: Spreadsheet) -> list[str]:
    """Give the titles of the sheets in their order."""
    return [sheet["properties"]["title"] for sheet in book.resource()["sheets"]]


def properties(book: Spreadsheet) -> Json:
    """Give the properties of the first sheet."""
    found: Json = book.resource()["sheets"][0]["properties"]
    return found


def lines(dimension: str, start: int, end: int) -> Json:
    """Give a DimensionRange of the first sheet."""
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def test_index_is_counted_before_the_move(book: Spreadsheet) -> None:
    """Shows that a sheet goes before the one that stands at the index now."""
    for title in ("B", "C"):
        book.add_sheet(title)
    send(book, "updateSheetProperties", properties={"sheetId": 0, "index": 2}, fields="index")
    assert titles(book) == ["B", "Sheet1", "C"]
    send(book, "updateSheetProperties", properties={"sheetId": 0, "index": 2}, fields="index")
    assert titles(book) == ["B", "Sheet1", "C"]
    send(book, "updateSheetProperties", properties={"sheetId": 0}, fields="index")
    assert titles(book) == ["Sheet1", "B", "C"]


def test_sheet_is_added_as_its_properties_say(book: Spreadsheet) -> None:
    """Shows that id, place, size, colour and frozen rows of a new sheet are those given."""
    grid = {"rowCount": 5, "columnCount": 2, "frozenRowCount": 1}
    given = {"sheetId": 7, "title": "T", "index": 0, "gridProperties": grid, "tabColor": {"red": 1}}
    reply = send(book, "addSheet", properties=given)["properties"]
    style = {"tabColorStyle": {"rgbColor": {"red": 1}}}
    assert reply == {**given, "sheetType": "GRID", **style}
    assert titles(book) == ["T", "Sheet1"]


def test_size_is_set_and_cuts_what_lies_beyond(book: Spreadsheet) -> None:
    """Shows that a smaller grid loses cells, and a mask leaves the other side as it is."""
    size = {"rowCount": 2, "columnCount": 1}
    changed = {"sheetId": 0, "gridProperties": size}
    send(book, "updateSheetProperties", properties=changed, fields="gridProperties.rowCount")
    assert properties(book)["gridProperties"] == {"rowCount": 2, "columnCount": 26}
    assert book.rows("Sheet1") == [["Name", "Points"], ["b", 2]]


def test_all_rows_cannot_be_frozen(book: Spreadsheet) -> None:
    """Shows that a sheet must keep a row that scrolls."""
    changed = {"sheetId": 0, "gridProperties": {"frozenRowCount": 1000}}
    with pytest.raises(ApiError, match="can't freeze all"):
        send(book, "updateSheetProperties", properties=changed, fields="gridProperties.frozenRowCount")


def test_last_visible_sheet_cannot_be_hidden(book: Spreadsheet) -> None:
    """Shows that one sheet stays visible."""
    with pytest.raises(ApiError, match="can't hide all"):
        send(book, "updateSheetProperties", properties={"sheetId": 0, "hidden": True}, fields="hidden")


def test_copy_of_a_sheet_is_its_own(book: Spreadsheet) -> None:
    """Shows that a duplicate has the cells and what lies on them, at its own id."""
    send(book, "mergeCells", range=AREA)
    reply = send(book, "duplicateSheet", sourceSheetId=0, insertSheetIndex=1, newSheetName="Twin")["properties"]
    book.type("Twin", "A1", "changed")
    assert book.value("Sheet1", "A1") == "Name"
    merges = book.resource()["sheets"][1]["merges"]
    assert merges == [{"sheetId": reply["sheetId"], **AREA}]


def test_properties_of_the_spreadsheet(book: Spreadsheet) -> None:
    """Shows that locale and time zone can be changed to known ones only."""
    send(book, "updateSpreadsheetProperties", properties={"locale": "vi_VN"}, fields="locale")
    book.type("Sheet1", "D1", "1,5")
    assert book.value("Sheet1", "D1") == 1.5
    for field, value in (("timeZone", "Mars/Base"), ("locale", "tlh"), ("title", "")):
        with pytest.raises(ApiError):
            send(book, "updateSpreadsheetProperties", properties={field: value}, fields=field)


def test_rows_inherit_what_stands_before_or_after(book: Spreadsheet) -> None:
    """Shows that inserted rows wear the format of their neighbour, and none of its content."""
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    send(book, "repeatCell", range={**AREA, "endRowIndex": 1}, cell=cell, fields="userEnteredFormat")
    send(book, "insertDimension", range=lines("ROWS", 1, 2), inheritFromBefore=True)
    found = book.resource(fields="sheets.data.rowData.values(userEnteredFormat,userEnteredValue)")
    rows = found["sheets"][0]["data"][0]["rowData"]
    assert rows[1] == {"values": [cell, cell]}
    with pytest.raises(ApiError, match="inherit from before"):
        send(book, "insertDimension", range=lines("ROWS", 0, 1), inheritFromBefore=True)


def test_not_all_rows_can_be_deleted(book: Spreadsheet) -> None:
    """Shows that a sheet keeps a row."""
    with pytest.raises(ApiError, match="You can't delete all the rows on the sheet"):
        send(book, "deleteDimension", range=lines("ROWS", 0, 1000))


def test_columns_fit_their_texts(book: Spreadsheet) -> None:
    """Shows that autoResizeDimensions widens a column by its longest text."""
    book.enter("Sheet1", [["x" * 40]])
    send(book, "autoResizeDimensions", dimensions=lines("COLUMNS", 0, 2))
    columns = book.resource(grid_data=True)["sheets"][0]["data"][0]["columnMetadata"]
    assert columns[0]["pixelSize"] > columns[1]["pixelSize"] > 0


def test_groups_lie_in_each_other(book: Spreadsheet) -> None:
    """Shows that a group within a group is one level deeper, and the deepest goes first."""
    send(book, "addDimensionGroup", range=lines("ROWS", 0, 5))
    reply = send(book, "addDimensionGroup", range=lines("ROWS", 1, 3))
    assert [group["depth"] for group in reply["dimensionGroups"]] == [1, 2]
    send(book, "deleteDimensionGroup", range=lines("ROWS", 1, 3))
    assert [group["depth"] for group in book.resource()["sheets"][0]["rowGroups"]] == [1]


def test_cells_are_inserted_and_deleted_with_a_shift(book: Spreadsheet) -> None:
    """Shows that insertRange and deleteRange move only the cells of the range's columns or rows."""
    cell = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}
    book.type("Sheet1", "D1", "=B3")
    send(book, "insertRange", range=cell, shiftDimension="ROWS")
    assert book.rows("Sheet1")[1:] == [["b"], ["a", 2], ["b", 3], [None, 2]]
    assert book.value("Sheet1", "D1") == 3
    send(book, "deleteRange", range=cell, shiftDimension="ROWS")
    assert book.rows("Sheet1")[1:] == [["b", 2], ["a", 3], ["b", 2]]


def test_merge_keeps_the_first_content(book: Spreadsheet) -> None:
    """Shows that merging empties all but the first cell, and parts of a merge cannot be merged again."""
    send(book, "mergeCells", range=AREA, mergeType="MERGE_COLUMNS")
    assert book.rows("Sheet1")[:2] == [["Name", "Points"], []]
    with pytest.raises(ApiError, match="You must select all cells in a merged range"):
        send(book, "unmergeCells", range={**AREA, "endRowIndex": 1})
    send(book, "unmergeCells", range=AREA)
    assert "merges" not in book.resource()["sheets"][0]


def test_names_must_be_names(book: Spreadsheet) -> None:
    """Shows that a name must not look like a cell, hold blanks, or be taken."""
    send(book, "addNamedRange", namedRange={"name": "_ss_okr_score", "range": AREA})
    for name in ("A1", "two words", "", "R1C1", "_SS_okr_score", "true"):
        with pytest.raises(ApiError):
            send(book, "addNamedRange", namedRange={"name": name, "range": AREA})


def test_others_protection_stops_the_robot(book: Spreadsheet) -> None:
    """Shows that what somebody else protected cannot be written, cleared, deleted or unprotected by the robot."""
    protected = book.protect("Sheet1", "A2:B2", editors=["an@example.com"])
    value = {"rows": [{"values": [{"userEnteredValue": {"numberValue": 1}}]}], "fields": "userEnteredValue"}
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 0}
    sent: list[tuple[str, Json]] = [
        ("updateCells", {**value, "start": start}),
        ("repeatCell", {"range": {**AREA, "sheetId": 0}, "cell": {}, "fields": "userEnteredValue"}),
        ("deleteDimension", {"range": lines("ROWS", 1, 2)}),
        ("deleteProtectedRange", {"protectedRangeId": protected}),
        ("deleteSheet", {"sheetId": 0}),
    ]
    book.add_sheet("Other")
    for name, body in sent:
        with pytest.raises(ApiError, match=r"You are trying to edit a protected cell or object"):
            send(book, name, **body)
    with pytest.raises(ApiError, match=r"^You are trying to edit a protected cell"):
        book.values_update("Sheet1!A2", {"values": [[1]]}, {"valueInputOption": "RAW"})
    send(book, "updateCells", **value, start={**start, "rowIndex": 2})
    book.type("Sheet1", "A2", "mine")
    assert book.rows("Sheet1")[1:3] == [["mine", 2], [1, 3]]


def test_protections_say_who_may_edit(book: Spreadsheet) -> None:
    """Shows `requestingUserCanEdit`: false for others' protection, true for warnings and for the robot's own."""
    book.protect("Sheet1", "A1:A2")
    book.protect("Sheet1", "B1:B2", warning=True)
    send(book, "addProtectedRange", protectedRange={"range": AREA, "editors": {"users": ["an@example.com"]}})
    found = book.resource()["sheets"][0]["protectedRanges"]
    assert [one["requestingUserCanEdit"] for one in found] == [False, True, True]
    assert "an@example.com" in found[2]["editors"]["users"] and len(found[2]["editors"]["users"]) == 2


def test_protected_sheet_may_leave_cells_free(book: Spreadsheet) -> None:
    """Shows that a protection of the sheet holds but for its free ranges."""
    book.protect("Sheet1")
    with pytest.raises(ApiError, match="protected"):
        book.values_clear("Sheet1!D5")


def test_conditional_formats_keep_their_order(book: Spreadsheet) -> None:
    """Shows that a rule goes where its index says, moves, changes and is deleted."""
    for size in (10, 20):
        look = {"textFormat": {"fontSize": size}}
        rule = {"ranges": [AREA], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": look}}
        send(book, "addConditionalFormatRule", rule=rule, index=0)

    def sizes() -> list[int]:
        found = book.resource()["sheets"][0].get("conditionalFormats", [])
        return [one["booleanRule"]["format"]["textFormat"]["fontSize"] for one in found]

    assert sizes() == [20, 10]
    send(book, "updateConditionalFormatRule", sheetId=0, index=0, newIndex=1)
    assert sizes() == [10, 20]
    send(book, "deleteConditionalFormatRule", sheetId=0, index=0)
    assert sizes() == [20]
    with pytest.raises(ApiError, match="No conditional format on sheet: 0 at index: 1"):
        send(book, "deleteConditionalFormatRule", sheetId=0, index=1)


def test_tables_have_columns_and_a_name(book: Spreadsheet) -> None:
    """Shows that a table's columns are named by their headers, formulas know its name, and its end empties it."""
    table = send(book, "addTable", table={"name": "Goals", "range": {**AREA, "endRowIndex": 4}})["table"]
    assert [one["columnName"] for one in table["columnProperties"]] == ["Name", "Points"]
    book.type("Sheet1", "D1", "=COUNTA(Goals)")
    assert book.value("Sheet1", "D1") == 8
    assert book.resource()["sheets"][0]["tables"][0]["tableId"] == table["tableId"]
    send(book, "deleteTable", tableId=table["tableId"])
    assert book.value("Sheet1", "A1") is None


def test_charts_are_kept(book: Spreadsheet) -> None:
    """Shows that a chart is given back, follows its cells, and can be deleted."""
    spec = {"title": "T", "basicChart": {"domains": [{"domain": {"sourceRange": {"sources": [AREA]}}}]}}
    chart = send(book, "addChart", chart={"spec": spec, "position": {"overlayPosition": {"anchorCell": {}}}})["chart"]
    book.insert_rows("Sheet1", 1)
    kept = book.resource()["sheets"][0]["charts"][0]
    source = kept["spec"]["basicChart"]["domains"][0]["domain"]["sourceRange"]["sources"][0]
    assert (source["startRowIndex"], source["endRowIndex"]) == (1, 3)
    send(book, "deleteEmbeddedObject", objectId=chart["chartId"])
    assert "charts" not in book.resource()["sheets"][0]


def test_metadata_is_attached_changed_and_deleted(book: Spreadsheet) -> None:
    """Shows that metadata of the spreadsheet and a sheet stand where they belong, and filters find them."""
    template = {"metadataKey": "sheetsync.template", "metadataValue": "okr", "visibility": "DOCUMENT"}
    for location in ({"spreadsheet": True}, {"sheetId": 0}):
        send(book, "createDeveloperMetadata", developerMetadata={**template, "location": location})
    found = book.resource()
    assert found["developerMetadata"][0]["location"] == {"locationType": "SPREADSHEET", "spreadsheet": True}
    assert found["sheets"][0]["developerMetadata"][0]["metadataValue"] == "okr"
    where = {"developerMetadataLookup": {"metadataKey": "sheetsync.template", "locationType": "SPREADSHEET"}}
    send(
        book,
        "updateDeveloperMetadata",
        dataFilters=[where],
        developerMetadata={"metadataValue": "kpi"},
        fields="metadataValue",
    )
    assert book.resource(fields="developerMetadata.metadataValue") == {"developerMetadata": [{"metadataValue": "kpi"}]}
    assert len(send(book, "deleteDeveloperMetadata", dataFilter=where)["deletedDeveloperMetadata"]) == 1
    assert "developerMetadata" not in book.resource()


@pytest.mark.parametrize("missing", ["metadataKey", "visibility", "location"])
def test_metadata_needs_key_place_and_visibility(book: Spreadsheet, missing: str) -> None:
    """Shows that incomplete metadata is refused."""
    full: Json = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    del full[missing]
    with pytest.raises(ApiError, match="Developer metadata must have"):
        send(book, "createDeveloperMetadata", developerMetadata=full)


def test_copies_fill_a_larger_place(book: Spreadsheet) -> None:
    """Shows that a copied row fills a place of several rows, its formulas moved along."""
    book.type("Sheet1", "C2", "=B2*2")
    source = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 3}
    send(book, "copyPaste", source=source, destination={**source, "endRowIndex": 4})
    assert [book.value("Sheet1", f"C{row}") for row in (2, 3, 4)] == [4, 6, 4]
    values = {"source": source, "destination": {**source, "startColumnIndex": 3, "endColumnIndex": 4}}
    send(book, "copyPaste", **values, pasteType="PASTE_VALUES")
    assert book.entered("Sheet1", "D2") == {"numberValue": 4}


def test_text_is_found_and_replaced(book: Spreadsheet) -> None:
    """Shows what findReplace changes and counts."""
    reply = send(book, "findReplace", find="b", replacement="x", allSheets=True)
    assert reply == {"valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1, "occurrencesChanged": 2}
    assert [row[0] for row in book.rows("Sheet1")] == ["Name", "x", "a", "x"]


def test_doubled_rows_go(book: Spreadsheet) -> None:
    """Shows that a row that stood above is removed and counted."""
    reply = send(book, "deleteDuplicates", range={**AREA, "endRowIndex": 4})
    assert reply == {"duplicatesRemovedCount": 1}
    assert book.rows("Sheet1") == [["Name", "Points"], ["b", 2], ["a", 3]]


def test_sorting_by_several_columns(book: Spreadsheet) -> None:
    """Shows that the first column matters most and blanks come last in both directions."""
    book.enter("Sheet1", [["c", None]], at="A5")
    area = {"startRowIndex": 1, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 2}
    specs = [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}, {"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    send(book, "sortRange", range=area, sortSpecs=specs)
    assert [row[0] for row in book.rows("Sheet1")[1:]] == ["a", "b", "b", "c"]


def test_spreadsheet_has_a_limit(book: Spreadsheet) -> None:
    """Shows that ten million cells are the most."""
    with pytest.raises(ApiError, match="limit of 10000000 cells"):
        send(book, "appendDimension", sheetId=0, dimension="ROWS", length=400_000)
