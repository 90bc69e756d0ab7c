"""A template that was built into a spreadsheet is read as the same workbook as the Excel template."""

from __future__ import annotations

from datetime import date

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.google.reader import FIELDS, reading_of
from sheetsync.cli import shipped
from sheetsync.reading import read_goals
from sheetsync.workbook import Workbook, Worksheet
from tests.gallery.conftest import Built
from tests.gallery.google.conftest import Made
from tests.sheets_server.spreadsheet import Spreadsheet

TODAY = date(2027, 3, 1)
LAST = 47
"""Last row with prepared cells of the shorter table."""


def read(spreadsheet: Spreadsheet) -> Workbook:
    """Read a spreadsheet as a run does."""
    return reading_of(spreadsheet.resource(fields=FIELDS)).workbook


def values(sheet: Worksheet) -> dict[tuple[int, int], object]:
    """Give everything that stands in a worksheet."""
    places = ((row, column) for row, cells in enumerate(sheet.rows, 1) for column in range(1, len(cells) + 1))
    return {place: sheet.value(*place) for place in places if sheet.value(*place) is not None}


def test_every_cell_holds_the_same_value(made: Made, built_in: Spreadsheet, built: Built) -> None:
    """Shows the same worksheets in the same order, and the same typed values in the same cells."""
    google, excel = read(built_in), ExcelBackend(built(made.kind, made.language)).read()
    assert [sheet.name for sheet in google.sheets] == [sheet.name for sheet in excel.sheets]
    for ours, theirs in zip(google.sheets, excel.sheets, strict=True):
        assert values(ours) == values(theirs), ours.name
        assert (ours.formulas, ours.merges) == (theirs.formulas, theirs.merges)
        assert not ours.protected


def test_marks_and_properties_are_the_same(made: Made, built_in: Spreadsheet, built: Built) -> None:
    """Shows the same marks on the same cells, of columns and of the dashboard, and the same word of the template."""
    google, excel = read(built_in), ExcelBackend(built(made.kind, made.language)).read()
    assert len(google.marks) == len(made.of("addNamedRange"))
    assert set(google.marks) == set(excel.marks)
    assert google.properties == {key: value for key, value in excel.properties.items() if key.startswith("sheetsync.")}


def test_percentages_are_shown_as_such_in_the_same_cells(made: Made, built_in: Spreadsheet, built: Built) -> None:
    """Shows that a reader finds the same cells to be percentages, down to the last row that Excel formats."""
    google, excel = read(built_in), ExcelBackend(built(made.kind, made.language)).read()
    for role in made.kind.split("-"):
        ours, theirs = google.sheet(role.upper()), excel.sheet(role.upper())
        places = [(row, column) for row in range(1, LAST + 1) for column in range(1, theirs.width + 1)]
        assert [place for place in places if ours.is_percent(*place)] == [
            place for place in places if theirs.is_percent(*place)
        ]


def test_goals_are_read_alike(made: Made, built_in: Spreadsheet, built: Built) -> None:
    """Shows the same goals, tables, people and settings, with no example among them."""
    google, excel = (
        read_goals(workbook, shipped.all_words(), today=TODAY)
        for workbook in (read(built_in), ExcelBackend(built(made.kind, made.language)).read())
    )
    assert google == excel
    assert {table.kind for table in google.tables} >= set(made.kind.split("-"))
