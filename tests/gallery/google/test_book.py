"""The listener takes the calls of XlsxWriter in XlsxWriter's own form."""

from __future__ import annotations

import inspect
from datetime import date
from typing import Any

import pytest
import xlsxwriter.chart
import xlsxwriter.workbook
import xlsxwriter.worksheet

from sheetsync.gallery.demo import demo_content
from sheetsync.gallery.google import requests
from sheetsync.gallery.google.book import Book
from sheetsync.gallery.google.charts import Chart
from sheetsync.gallery.google.page import Page
from tests.gallery.conftest import PHRASES
from tests.sheets_server.schema import misfits

PAIRS = [(Book, xlsxwriter.workbook.Workbook), (Page, xlsxwriter.worksheet.Worksheet), (Chart, xlsxwriter.chart.Chart)]
OURS = {"adding", "filling", "request"}
"""What gives the requests; it has no counterpart."""


def calls(kind: type) -> set[str]:
    """Give the names of what can be called from outside."""
    return {name for name, one in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_every_call_exists_in_xlsxwriter(ours: type, theirs: type) -> None:
    """Shows that the listener knows no call which would fail when an Excel file is made."""
    assert {name for name in calls(ours) - OURS if not callable(getattr(theirs, name, None))} == set()


@pytest.mark.parametrize("language", list(PHRASES))
def test_the_workbook_of_the_demo_can_be_built_too(language: str) -> None:
    """Shows that rows that are no examples, columns of the user's own and formulas have a form in Google."""
    phrases = PHRASES[language]
    made = requests("okr-kpi", phrases, demo_content(language, date(2026, 11, 21)))
    assert misfits("sheets", "BatchUpdateSpreadsheetRequest", {"requests": made}) == []
    values = [cell["userEnteredValue"] for one in made for row in one.get("updateCells", {}).get("rows", ())
              for cell in row["values"] if "userEnteredValue" in cell]  # fmt: skip
    formulas = [value["formulaValue"] for value in values if "formulaValue" in value]
    assert len(formulas) == 7
    assert "='OKR'!W7" in formulas


def test_ids_are_given_in_order_around_those_taken() -> None:
    """Shows small ids for worksheets, of which none is given twice."""
    book = Book({1, 3})
    assert [book.add_worksheet(name).sheet_id for name in "abc"] == [2, 4, 5]


def test_equal_formats_are_one() -> None:
    """Shows that a format is known by its properties, in whatever order they are told."""
    book = Book(())
    one, other = book.add_format({"bold": True, "border": 1}), book.add_format({"border": 1, "bold": True})
    assert one == other
    assert (one.num_format, book.add_format({"num_format": "0%"}).num_format) == ("General", "0%")


def grid(page: Page) -> dict[str, Any]:
    """Give the size and set-up of a worksheet's grid."""
    told: dict[str, Any] = page.adding(0, None)["addSheet"]["properties"]["gridProperties"]
    return told


def test_a_grid_holds_all_that_is_set_and_room_for_the_users_columns() -> None:
    """Shows that a list reaches down to its last dropdown, and has empty columns at its right."""
    page = Book(()).add_worksheet("List")
    page.set_column(0, 4, 12)
    page.freeze_panes(3, 0)
    page.data_validation(3, 1, 300, 1, {"validate": "list", "source": ["a"]})
    page.hide_gridlines(2)
    assert grid(page) == {"rowCount": 301, "columnCount": 8, "frozenRowCount": 3, "hideGridlines": True}


def test_neighbours_of_one_size_share_a_request() -> None:
    """Shows that sizes are set by stretches, and that a gap or another size begins a new one."""
    page = Book(()).add_worksheet("Sizes")
    page.set_column(0, 2, 10)
    page.set_column(3, 3, 12)
    page.set_column(5, 5, 12)
    spans = [(one["updateDimensionProperties"]["range"]["startIndex"],
              one["updateDimensionProperties"]["range"]["endIndex"],
              one["updateDimensionProperties"]["properties"]["pixelSize"])
             for one in page.filling(()) if "updateDimensionProperties" in one]  # fmt: skip
    assert spans == [(0, 3, 75), (3, 4, 89), (5, 6, 89)]


def test_filter_buttons_reach_over_all_rows() -> None:
    """Shows that the filter, whose end Excel finds by itself, is told where its rows end."""
    page = Book(()).add_worksheet("Filter")
    page.set_column(0, 1, 10)
    page.conditional_format(5, 0, 99, 0, {"type": "data_bar", "min_value": 0, "max_value": 1, "bar_color": "#5EEAD4"})
    page.autofilter(4, 0, 4, 1)
    (told,) = [one["setBasicFilter"]["filter"]["range"] for one in page.filling(()) if "setBasicFilter" in one]
    assert (told["startRowIndex"], told["endRowIndex"], told["endColumnIndex"]) == (4, 100, 2)
