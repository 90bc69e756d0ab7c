"""A template looks the same in both places, cell by cell, as an independent reader of the Excel file sees it."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sheetsync.gallery.google.page import MOST_ROWS
from tests.gallery.conftest import Built
from tests.gallery.google.conftest import Made
from tests.sheets_server.spreadsheet import Spreadsheet

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
VERTICAL = {"top": "TOP", "center": "MIDDLE"}
HORIZONTAL = {"left": "LEFT", "center": "CENTER"}
Pair = tuple[dict[str, Any], Worksheet]


@pytest.fixture
def pairs(made: Made, built_in: Spreadsheet, built: Built) -> list[Pair]:
    """Give each worksheet as the stand-in of Google and as openpyxl show it."""
    book = openpyxl.load_workbook(built(made.kind, made.language))
    sheets = built_in.resource(grid_data=True)["sheets"]
    return [(sheet, book[sheet["properties"]["title"]]) for sheet in sheets]


def hexed(style: dict[str, Any]) -> str:
    """Give a colour of Google's as Excel writes it."""
    rgb = style.get("rgbColor", {})
    return "FF" + "".join(f"{round(rgb.get(part, 0) * 255):02X}" for part in ("red", "green", "blue"))


def cell_of(sheet: dict[str, Any], row: int, column: int) -> dict[str, Any]:
    """Give one cell of Google's, counted from 1; an empty one where there is none."""
    (block,) = sheet["data"]
    rows = block.get("rowData", [])
    cells = rows[row - 1].get("values", []) if row <= len(rows) else []
    found: dict[str, Any] = cells[column - 1] if column <= len(cells) else {}
    return found


def google_look(form: dict[str, Any]) -> dict[str, Any]:
    """Give what is compared of a cell's format in Google."""
    text = form.get("textFormat", {})
    fill = form.get("backgroundColorStyle")
    return {
        "fill": hexed(fill) if fill else None,
        "ink": hexed(text["foregroundColorStyle"]) if "foregroundColorStyle" in text else "FF000000",
        "font": (text.get("fontFamily"), text.get("fontSize"), text.get("bold", False), text.get("italic", False)),
        "wrap": form.get("wrapStrategy") == "WRAP",
        "vertical": form.get("verticalAlignment"),
        "horizontal": form.get("horizontalAlignment"),
        "line": hexed(form["borders"]["top"]["colorStyle"]) if "borders" in form else None,
        "number": form.get("numberFormat", {}).get("pattern", "General"),
    }


def excel_look(cell: Any) -> dict[str, Any]:
    """Give the same of a cell's format in the Excel file."""
    font, align, top = cell.font, cell.alignment, cell.border.top
    return {
        "fill": cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None,
        "ink": font.color.rgb if font.color is not None and font.color.type == "rgb" else "FF000000",
        "font": (font.name, font.sz, bool(font.b), bool(font.i)),
        "wrap": bool(align.wrap_text),
        "vertical": VERTICAL.get(align.vertical),
        "horizontal": HORIZONTAL.get(align.horizontal),
        "line": top.color.rgb if top is not None and top.style else None,
        "number": cell.number_format,
    }


def test_every_cell_has_the_same_format(pairs: list[Pair]) -> None:
    """Shows fill, ink, font, wrapping, alignment, lines and number format of every cell that Excel formats."""
    compared = 0
    for google, excel in pairs:
        for row in excel.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell) or not cell.has_style:
                    continue
                form = cell_of(google, cell.row, cell.column).get("userEnteredFormat", {})
                assert google_look(form) == excel_look(cell), (excel.title, cell.coordinate)
                compared += 1
    assert compared > 500


def test_columns_and_rows_have_the_same_size(pairs: list[Pair]) -> None:
    """Shows each column within a pixel of its width in Excel, and each row that Excel sizes of the same height."""
    for google, excel in pairs:
        (block,) = google["data"]
        widths = [one["pixelSize"] for one in block["columnMetadata"]]
        for key, column in excel.column_dimensions.items():
            assert column.min is not None
            assert column.max is not None
            for place in range(column.min - 1, column.max):
                assert abs(widths[place] - round(column.width * 7)) <= 1, (excel.title, key)
        for number, row in excel.row_dimensions.items():
            if row.height is not None:
                assert block["rowMetadata"][number - 1]["pixelSize"] == round(row.height * 4 / 3)


def test_the_same_rows_and_columns_stay_in_sight(pairs: list[Pair]) -> None:
    """Shows the same frozen rows and columns, and no lines between the cells in either."""
    for google, excel in pairs:
        grid = google["properties"]["gridProperties"]
        column, row = grid.get("frozenColumnCount", 0), grid.get("frozenRowCount", 0)
        frozen = f"{get_column_letter(column + 1)}{row + 1}"
        assert (frozen if frozen != "A1" else None) == excel.freeze_panes
        assert grid.get("hideGridlines", False) == (not excel.sheet_view.showGridLines)


def test_every_note_is_there(pairs: list[Pair]) -> None:
    """Shows the note of each computed column's header, word for word, and no other."""
    for google, excel in pairs:
        noted = {cell.coordinate: cell.comment.text for row in excel.iter_rows() for cell in row if cell.comment}
        (block,) = google["data"]
        found = {
            f"{get_column_letter(column)}{row}": cell["note"]
            for row, cells in enumerate(block.get("rowData", ()), 1)
            for column, cell in enumerate(cells.get("values", ()), 1)
            if "note" in cell
        }
        assert found == noted


def test_dropdowns_reach_the_same_cells(pairs: list[Pair]) -> None:
    """Shows a rule on the same cells, but for computed columns, which are protected in Google instead."""
    for google, excel in pairs:
        for one in excel.data_validations.dataValidation:
            (place,) = one.sqref.ranges
            for row in (place.min_row, min(place.max_row, MOST_ROWS)):
                rule = cell_of(google, row, place.min_col).get("dataValidation")
                assert (rule is None) == (one.type == "custom"), (excel.title, place)
