"""Tests of what follows when rows, columns and sheets change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server.cells import CellError
from tests.sheets_server.errors import ApiError
from tests.sheets_server.spreadsheet import Spreadsheet

SIZE = 6


def labelled() -> Spreadsheet:
    """Give a sheet of six by six cells, each with a text of its own, every other named and referred to."""
    book = Spreadsheet("book")
    book.enter("Sheet1", [[f"r{row}c{column}" for column in range(SIZE)] for row in range(SIZE)])
    book.add_sheet("Refs")
    for row in range(0, SIZE, 2):
        for column in range(0, SIZE, 2):
            place = f"{'ABCDEF'[column]}{row + 1}"
            book.name("Sheet1", place, f"_r{row}c{column}")
            book.type("Refs", place, f"=Sheet1!{place}")
    return book


edits = st.one_of(
    st.tuples(st.just("insert"), st.integers(1, SIZE), st.integers(1, 2), st.just(0)),
    st.tuples(st.just("delete"), st.integers(1, SIZE), st.integers(1, 2), st.just(0)),
    st.tuples(st.just("move"), st.integers(1, SIZE - 1), st.integers(1, 2), st.integers(1, SIZE + 1)),
)


def apply(book: Spreadsheet, edit: tuple[str, int, int, int], kind: str) -> None:
    """Insert, delete or move rows or columns."""
    name, at, count, to = edit
    if name == "move":
        getattr(book, f"move_{kind}")("Sheet1", at, count, to)
    else:
        getattr(book, f"{name}_{kind}")("Sheet1", at, count)


@given(st.lists(st.tuples(edits, st.sampled_from(["rows", "columns"])), min_size=1, max_size=4))
def test_names_and_formulas_stay_with_their_cells(steps: list[tuple[tuple[str, int, int, int], str]]) -> None:
    """Shows that after any edits a name lies on the cell that it was given to, and a formula gives that cell's text.

    Both are gone, the formula with #REF!, exactly when the cell is.
    """
    book = labelled()
    for edit, kind in steps:
        apply(book, edit, kind)
    left = {value for row in book.rows("Sheet1") for value in row}
    for row in range(0, SIZE, 2):
        for column in range(0, SIZE, 2):
            label = f"r{row}c{column}"
            place = book.named(f"_{label}")
            found = book.value("Refs", f"{'ABCDEF'[column]}{row + 1}")
            if label not in left:
                assert place is None and isinstance(found, CellError) and found.type == "REF"
            else:
                assert place is not None and found == label
                assert book.value("Sheet1", place.partition("!")[2]) == label


@pytest.fixture
def book() -> Spreadsheet:
    """Give a sheet with numbers in A1:A5."""
    found = Spreadsheet("book")
    found.enter("Sheet1", [[1], [2], [3], [4], [5]])
    return found


def request(book: Spreadsheet, name: str, body: dict[str, Any]) -> None:
    """Send one request."""
    book.batch_update({"requests": [{name: body}]})


def first_sheet(book: Spreadsheet) -> dict[str, Any]:
    """Give the first sheet without its cells."""
    found: dict[str, Any] = book.resource()["sheets"][0]
    return found


def test_ranges_in_formulas_grow_and_shrink(book: Spreadsheet) -> None:
    """Shows that a sum covers what is inserted inside its range, and loses what is deleted."""
    book.type("Sheet1", "C1", "=SUM(A2:A4)+SUM($A$1:A)+SUM(3:3)")
    book.insert_rows("Sheet1", 3, 2)
    assert book.entered("Sheet1", "C1") == {"formulaValue": "=SUM(A2:A6)+SUM($A$1:A)+SUM(5:5)"}
    book.delete_rows("Sheet1", 2, 2)
    assert book.entered("Sheet1", "C1") == {"formulaValue": "=SUM(A2:A4)+SUM($A$1:A)+SUM(3:3)"}


def test_all_that_lies_on_a_sheet_follows(book: Spreadsheet) -> None:
    """Shows that merges, protections, rules, bandings, filters and metadata move with inserted rows."""
    area = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    formula = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$A2>1"}]}
    request(book, "mergeCells", {"range": {**area, "startColumnIndex": 3, "endColumnIndex": 5}})
    request(book, "addProtectedRange", {"protectedRange": {"range": area}})
    rule = {"ranges": [area], "booleanRule": {"condition": formula, "format": {"textFormat": {"bold": True}}}}
    request(book, "addConditionalFormatRule", {"rule": rule})
    request(book, "addBanding", {"bandedRange": {"range": area, "rowProperties": {"firstBandColor": {"red": 1}}}})
    request(book, "setBasicFilter", {"filter": {"range": area}})
    row = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    metadata = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"dimensionRange": row}}
    request(book, "createDeveloperMetadata", {"developerMetadata": metadata})
    book.insert_rows("Sheet1", 1, 3)
    found = first_sheet(book)
    moved = {**area, "startRowIndex": 4, "endRowIndex": 6}
    assert found["merges"] == [{**moved, "startColumnIndex": 3, "endColumnIndex": 5}]
    assert found["protectedRanges"][0]["range"] == moved
    assert found["conditionalFormats"][0]["ranges"] == [moved]
    condition = found["conditionalFormats"][0]["booleanRule"]["condition"]
    assert condition["values"] == [{"userEnteredValue": "=$A5>1"}]
    assert found["bandedRanges"][0]["range"] == moved
    assert found["basicFilter"]["range"] == moved
    lines = book.resource(fields="sheets.data.rowMetadata.developerMetadata")["sheets"][0]["data"][0]["rowMetadata"]
    assert [at for at, line in enumerate(lines) if line] == [4]
    book.delete_rows("Sheet1", 5, 2)
    gone = ("merges", "protectedRanges", "conditionalFormats", "bandedRanges", "basicFilter")
    assert not set(gone) & set(first_sheet(book))


def test_sizes_of_rows_follow(book: Spreadsheet) -> None:
    """Shows that a tall row stays tall where it goes."""
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    request(book, "updateDimensionProperties", {"range": rows, "properties": {"pixelSize": 60}, "fields": "pixelSize"})
    book.move_rows("Sheet1", 2, 1, 5)
    lines = book.resource(grid_data=True)["sheets"][0]["data"][0]["rowMetadata"]
    assert [at for at, line in enumerate(lines) if line["pixelSize"] == 60] == [3]


def test_formulas_follow_a_sheets_title(book: Spreadsheet) -> None:
    """Shows that a renamed sheet is renamed in formulas, and a deleted one leaves #REF!."""
    book.add_sheet("Other")
    book.type("Other", "A1", "=Sheet1!A2+SUM(Sheet1!A:A)")
    book.rename_sheet("Sheet1", "Mục tiêu")
    assert book.entered("Other", "A1") == {"formulaValue": "='Mục tiêu'!A2+SUM('Mục tiêu'!A:A)"}
    assert book.value("Other", "A1") == 17
    book.delete_sheet("Mục tiêu")
    assert book.entered("Other", "A1") == {"formulaValue": "=#REF!+SUM(#REF!)"}


def test_names_die_with_their_sheet(book: Spreadsheet) -> None:
    """Shows that a deleted sheet takes its names along."""
    book.name("Sheet1", "A1", "_ss_okr_score")
    book.add_sheet("Other")
    book.delete_sheet("Sheet1")
    assert book.named("_ss_okr_score") is None
    assert "namedRanges" not in book.resource()


@pytest.mark.parametrize("delete", ["sheet", "column", "row"])
def test_the_name_of_deleted_cells_stays_taken(book: Spreadsheet, delete: str) -> None:
    """Shows that a named range whose cells were deleted is shown no more, and that its name cannot be given again."""
    book.add_sheet("Other")
    book.name("Sheet1", "B2", "_ss_okr_score")
    if delete == "sheet":
        book.delete_sheet("Sheet1")
    else:
        (book.delete_columns if delete == "column" else book.delete_rows)("Sheet1", 2)
    assert "namedRanges" not in book.resource()
    with pytest.raises(ApiError, match="a named range with that name already exists"):
        book.name("Other", "A1", "_SS_okr_score")
    book.name("Other", "A1", "_ss_okr_score__2")


def test_sorting_moves_cells_and_no_names(book: Spreadsheet) -> None:
    """Shows that sorted formulas look at their own row again, and a name stays at its place."""
    book.type("Sheet1", "B1", "=A1*10")
    book.type("Sheet1", "B5", "=$A$1+A5")
    book.name("Sheet1", "A1", "_first")
    book.sort("Sheet1", "A1:B5", "A", descending=True)
    assert book.rows("Sheet1") == [[5, 10], [4], [3], [2], [1, 10]]
    assert book.entered("Sheet1", "B1") == {"formulaValue": "=$A$1+A1"}
    assert book.named("_first") == "Sheet1!A1"


def test_cut_cells_take_references_along(book: Spreadsheet) -> None:
    """Shows that formulas and names follow cells that are cut and pasted, and copies do not take them."""
    book.type("Sheet1", "C1", "=A1+SUM(A2:A3)")
    book.name("Sheet1", "A1", "_first")
    source = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 1}
    request(book, "cutPaste", {"source": source, "destination": {"sheetId": 0, "rowIndex": 5, "columnIndex": 4}})
    assert book.entered("Sheet1", "C1") == {"formulaValue": "=E6+SUM(E7:E8)"}
    assert book.named("_first") == "Sheet1!E6"
    assert book.value("Sheet1", "C1") == 6
