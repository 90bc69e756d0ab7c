"""The requests of a write: every cell once, no other cell, and new columns that push others aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.batch import (
    cell_requests,
    column_requests,
    growth_requests,
    mark_request,
    number_format,
    renamed,
)
from sheetsync.backends.google.intent import Insertion
from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.reader import SheetFacts
from sheetsync.backends.google.settle import Put
from sheetsync.backends.google.values import FORMULA, PLAIN, TRUTH, Entered, Form, extended
from sheetsync.palette import STATUS_COLOURS, rgb
from sheetsync.workbook import CellRef, ColumnAddition
from tests.sheets_server.schema import misfits
from tests.sheets_server.spreadsheet import Spreadsheet

VALUES: st.SearchStrategy[Entered] = st.one_of(
    st.none(), st.floats(0, 9), st.sampled_from(["x", "=1+1"]), st.just((TRUTH, True)), st.just((FORMULA, "=A1"))
)
FORMS: st.SearchStrategy[Form | None] = st.sampled_from([None, None, PLAIN, ("DATE", ""), ("PERCENT", "0%")])
PUTS = st.dictionaries(
    st.tuples(st.sampled_from([0, 7]), st.integers(1, 6), st.integers(1, 6)), st.tuples(VALUES, FORMS), max_size=30
).map(lambda cells: [Put(*place, value, None, form) for place, (value, form) in cells.items()])


def named_cells(requests: Sequence[dict[str, Any]]) -> list[tuple[tuple[int, int, int], dict[str, Any], str]]:
    """Give every cell that the requests name, as often as they do, with what is written and the mask."""
    found = []
    for request in requests:
        (own,) = request.values()
        place = own["range"]
        rows = range(place["startRowIndex"], place["endRowIndex"])
        columns = range(place["startColumnIndex"], place["endColumnIndex"])
        assert [len(row["values"]) for row in own["rows"]] == [len(columns)] * len(rows)
        found += [
            ((place["sheetId"], row + 1, column + 1), own["rows"][down]["values"][right], own["fields"])
            for down, row in enumerate(rows)
            for right, column in enumerate(columns)
        ]
    return found


@given(puts=PUTS, order=st.randoms(use_true_random=False))
def test_the_blocks_name_every_cell_once_and_no_other(puts: list[Put], order: Any) -> None:
    """Shows that each cell stands in exactly one rectangle, with its value, and a format only where it gets one."""
    order.shuffle(puts)
    found = named_cells(cell_requests(puts))
    assert sorted(place for place, _, _ in found) == sorted(put[:3] for put in puts)
    wanted = {put[:3]: put for put in puts}
    for place, cell, fields in found:
        put = wanted[place]
        assert cell["userEnteredValue"] == extended(put.value)
        assert ("numberFormat" in fields) == (put.form is not None)
        format_told = cell.get("userEnteredFormat", {}).get("numberFormat")
        assert format_told == (number_format(put.form) if put.form and put.form != PLAIN else None)


@given(rows=st.integers(1, 9), columns=st.integers(1, 9))
def test_a_full_rectangle_is_one_request(rows: int, columns: int) -> None:
    """Shows that neighbours share a request: a night's write of whole columns is one rectangle."""
    puts = [Put(0, row, column, 1.0, None) for row in range(1, rows + 1) for column in range(1, columns + 1)]
    assert len(cell_requests(puts)) == 1


def test_a_value_is_typed() -> None:
    """Shows that a text which begins with an equals sign is written as a text, and nothing as an empty cell."""
    told = {value: named_cells(cell_requests([Put(0, 1, 1, value, None)]))[0][1] for value in ("=1+1", None, 1.5)}
    assert told == {
        "=1+1": {"userEnteredValue": {"stringValue": "=1+1"}},
        None: {"userEnteredValue": {}},
        1.5: {"userEnteredValue": {"numberValue": 1.5}},
    }


def test_a_format_that_is_taken_away() -> None:
    """Shows that a cell which shall have no format is named with the format's mask and without a format."""
    (request,) = cell_requests([Put(0, 1, 1, 1.0, None, PLAIN)])
    assert request["updateCells"]["fields"] == "userEnteredValue,userEnteredFormat.numberFormat"
    assert request["updateCells"]["rows"] == [{"values": [{"userEnteredValue": {"numberValue": 1.0}}]}]


def test_a_format_without_a_pattern_is_that_of_the_locale() -> None:
    """Shows that a date is given its kind alone, so that Google shows it as people there write dates."""
    assert [number_format(form) for form in (("DATE", ""), ("PERCENT", "0%"))] == [
        {"type": "DATE"},
        {"type": "PERCENT", "pattern": "0%"},
    ]


def facts(*, columns: int = 10, sheet: int = 0) -> SheetFacts:
    """Give the facts of a worksheet of that width."""
    return SheetFacts(sheet, "Sheet1", 100, columns, (), ())


def new(
    column: int, concept: str, *, row: int = 1, last: int = 4, table: str = "okr", form: str = "percent"
) -> ColumnAddition:
    """Make a new column."""
    return ColumnAddition(
        CellRef("Sheet1", row, column), concept, table, concept, form, 10, last, (("On track", "on_track"),)
    )


def book(width: int = 10) -> Spreadsheet:
    """Make a spreadsheet whose cells hold their own places, and nothing in D and E."""
    made = Spreadsheet("1Batch")
    made.delete_columns("Sheet1", 1, 26 - width)
    made.enter(
        "Sheet1", [[f"{letter}{row}" if letter not in "DE" else None for letter in "ABCDEFG"] for row in range(1, 5)]
    )
    return made


def sent(made: Spreadsheet, requests: list[dict[str, Any]]) -> None:
    """Send requests as a batch, after they were judged by Google's schema."""
    body = {"requests": requests}
    assert misfits("sheets", "BatchUpdateSpreadsheetRequest", body) == []
    made.batch_update(body)


def test_new_columns_push_what_stands_at_the_right() -> None:
    """Shows that a column is inserted, so that nothing is hit; names, formats and colours follow their columns."""
    made = book()
    made.type("Sheet1", "A6", "=F1&G1")
    insertions = [Insertion(facts(), 4, ((new(4, "score"),), (new(5, "status", form="text"),)))]
    sent(made, column_requests(insertions))
    assert made.rows("Sheet1")[0] == ["A1", "B1", "C1", None, None, None, None, "F1", "G1"]
    assert made.value("Sheet1", "A6") == "F1G1"
    assert [made.named("_ss_okr_score"), made.named("_ss_okr_status")] == ["Sheet1!D1", "Sheet1!E1"]
    assert made.shown("Sheet1", "D2") == ""
    made.enter("Sheet1", [[0.5, 0.5]], at="D2")
    assert [made.shown("Sheet1", place) for place in ("D2", "E2")] == ["50%", "0.5"]


def test_a_new_column_takes_no_choices_over() -> None:
    """Shows that a list of choices at the left, which is copied into an inserted column, does not bar our values."""
    made = book()
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "C2"}]}, "strict": True}
    place = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 2, "endColumnIndex": 3}
    made.batch_update({"requests": [{"setDataValidation": {"range": place, "rule": rule}}]})
    sent(made, column_requests([Insertion(facts(), 4, ((new(4, "score"),),))]))
    told = made.resource(ranges=["Sheet1!C2:D4"], fields="sheets.data.rowData.values.dataValidation")
    rows = [row["values"] for row in told["sheets"][0]["data"][0]["rowData"]]
    ruled = [["dataValidation" in cell for cell in row] for row in rows]
    assert all(row[0] for row in ruled)
    assert not any(any(row[1:]) for row in ruled)


def looks(made: Spreadsheet, sheet: str) -> dict[str, Any]:
    """Give all that a worksheet looks like: its cells, widths, and colours."""
    (told,) = made.resource(ranges=[sheet], grid_data=True)["sheets"]
    (data,) = told["data"]
    widths = [column["pixelSize"] for column in data["columnMetadata"]]
    return {"rows": data.get("rowData", []), "widths": widths, "colours": told.get("conditionalFormats", [])}


def dress(made: Spreadsheet, sheet: int, column: int) -> None:
    """Let a user give a column (from 1) choices, a number format, a colour by a word, wrapped lines and a width."""
    place = {"sheetId": sheet, "startRowIndex": 0, "endRowIndex": 9}
    place |= {"startColumnIndex": column - 1, "endColumnIndex": column}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}]}}
    look = {"numberFormat": {"type": "CURRENCY", "pattern": "0 ₫"}, "wrapStrategy": "CLIP"}
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "theirs"}]}
    colour = {"condition": condition, "format": {"textFormat": {"italic": True}}}
    wide = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": column - 1, "endIndex": column}
    made.batch_update(
        {
            "requests": [
                {"setDataValidation": {"range": place, "rule": rule}},
                {"repeatCell": {"range": place, "cell": {"userEnteredFormat": look}, "fields": "userEnteredFormat"}},
                {"addConditionalFormatRule": {"rule": {"ranges": [place], "booleanRule": colour}, "index": 0}},
                {"updateDimensionProperties": {"range": wide, "properties": {"pixelSize": 77}, "fields": "pixelSize"}},
            ]
        }
    )


@pytest.mark.parametrize("form", ["percent", "prose", "text", "link", "date"])
def test_what_stands_beside_a_new_column_keeps_its_look(form: str) -> None:
    """Shows that choices, formats, colours and widths of users' columns stay, on both sides and below the table."""
    made = book()
    made.type("Sheet1", "D7", "below")
    for column in (3, 4, 5, 6):
        dress(made, 0, column)
    plain = looks(made, "Sheet1")
    sent(made, column_requests([Insertion(facts(), 4, ((new(4, "why", form=form),),))]))
    now = looks(made, "Sheet1")
    others = [
        {**row, "values": row["values"][:3] + row["values"][4:]} if "values" in row else row for row in now["rows"]
    ]
    assert others == plain["rows"]
    assert now["widths"] == [*plain["widths"][:3], 75, *plain["widths"][3:]]
    body = {"startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 3, "endColumnIndex": 4}
    ours, *theirs = now["colours"]
    assert [{"sheetId": 0, **place} for place in ours["ranges"]] == [{"sheetId": 0, **body}]
    told = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "On track"}]}
    assert ours["booleanRule"]["condition"] == told
    look = ours["booleanRule"]["format"]
    assert look["textFormat"]["bold"]
    assert look["backgroundColor"] == pytest.approx(rgb(STATUS_COLOURS["on_track"][1]))
    assert len(theirs) == len(plain["colours"])


@pytest.mark.parametrize(
    ("form", "wrapped", "pattern"),
    [("prose", "WRAP", None), ("percent", "CLIP", "0%"), ("text", "CLIP", None), ("number", "CLIP", "0.00")],
)
def test_a_new_column_has_the_look_of_its_form(form: str, wrapped: str, pattern: str | None) -> None:
    """Shows that a sentence goes on in a second line, and other columns wrap as their neighbour."""
    made = book()
    dress(made, 0, 3)
    sent(made, column_requests([Insertion(facts(), 4, ((new(4, "why", form=form),),))]))
    told = made.resource(ranges=["Sheet1!D2:D4"], fields="sheets.data.rowData.values.userEnteredFormat")
    cells = [row["values"][0]["userEnteredFormat"] for row in told["sheets"][0]["data"][0]["rowData"]]
    assert [cell["wrapStrategy"] for cell in cells] == [wrapped] * 3
    assert [cell.get("numberFormat", {}).get("pattern") for cell in cells] == [pattern] * 3


def test_new_columns_and_rows_of_another_worksheet_leave_the_first_alone() -> None:
    """Shows that every request names its worksheet; Google takes the first one where none is named."""
    made = book()
    made.add_sheet("Second", rows=20, columns=5)
    second = made.sheet_id("Second")
    made.enter("Second", [["a", "b"]])
    plain = looks(made, "Sheet1")
    column = ColumnAddition(CellRef("Second", 1, 6), "why", "okr", "why", "prose", 10, 4, (("On track", "on_track"),))
    requests = column_requests([Insertion(SheetFacts(second, "Second", 20, 5, (), ()), 6, ((column,),))])
    sent(made, [*requests, *growth_requests({second: 7}), *cell_requests([Put(second, 27, 6, "x", None)])])
    assert looks(made, "Sheet1") == plain
    assert made.named("_ss_okr_why") == "Second!F1"
    assert [made.value("Second", place) for place in ("A1", "B1", "F27")] == ["a", "b", "x"]
    sent(made, [mark_request(Mark(next(iter(made.book.named_ranges))["namedRangeId"], second, 1, 6), 3)])
    assert made.named("_ss_okr_why") == "Second!F3"


def test_two_runs_of_columns_and_one_beyond_the_edge() -> None:
    """Shows that columns in two places, the second beyond the grid, land where the plan says."""
    made = book(width=8)
    insertions = [
        Insertion(facts(columns=8), 4, ((new(4, "score"),),)),
        Insertion(
            facts(columns=8), 9, ((new(9, "progress", table="kpi", row=2),), (new(10, "grade", table="kpi", row=2),))
        ),
        Insertion(facts(columns=8), 12, ((new(12, "why"),),)),
    ]
    sent(made, column_requests(insertions))
    assert made.rows("Sheet1")[0] == ["A1", "B1", "C1", None, None, None, "F1", "G1"]
    names = ["_ss_okr_score", "_ss_kpi_progress", "_ss_kpi_grade", "_ss_okr_why"]
    assert [made.named(name) for name in names] == ["Sheet1!D1", "Sheet1!J2", "Sheet1!K2", "Sheet1!O1"]


def test_two_tables_share_a_new_column() -> None:
    """Shows that a column is inserted once where two tables of a worksheet use it, and carries both marks."""
    made = book()
    shared = Insertion(facts(), 8, ((new(8, "score"), new(8, "score", table="kpi", row=20, last=30)), (new(9, "why"),)))
    sent(made, column_requests([shared]))
    assert made.rows("Sheet1")[0] == ["A1", "B1", "C1", None, None, "F1", "G1"]
    names = ["_ss_okr_score", "_ss_kpi_score", "_ss_okr_why"]
    assert [made.named(name) for name in names] == ["Sheet1!H1", "Sheet1!H20", "Sheet1!I1"]


def test_a_mark_is_moved_to_its_row() -> None:
    """Shows that a mark keeps its column and its name when it is put into another row."""
    made = book()
    name_id = made.name("Sheet1", "C1", "_ss_okr_score")
    sent(made, [mark_request(Mark(name_id, 0, 1, 3), 4)])
    assert made.named("_ss_okr_score") == "Sheet1!C4"


def test_only_names_are_renamed() -> None:
    """Shows that another attempt differs in the names of new marks alone, and that the first one is as it was."""
    requests = column_requests([Insertion(facts(), 4, ((new(4, "score"),),))])
    assert renamed(requests, 1) == requests
    third = renamed(requests, 3)
    changed = [(one, other) for one, other in zip(requests, third, strict=True) if one != other]
    assert [other["addNamedRange"]["namedRange"]["name"] for _, other in changed] == ["_ss_okr_score__3"]
    assert changed[0][0]["addNamedRange"]["namedRange"]["name"] == "_ss_okr_score"
