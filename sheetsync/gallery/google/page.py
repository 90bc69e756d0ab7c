"""One worksheet: takes the calls that a worksheet of XlsxWriter takes, and gives the requests that make it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sheetsync.gallery.google.area import Area, Request
from sheetsync.gallery.google.cells import Place, entered, fill_request, format_requests, value_requests
from sheetsync.gallery.google.charts import Chart
from sheetsync.gallery.google.conditional import conditional_rule, rule_requests
from sheetsync.gallery.google.formats import Look, colour, column_pixels, row_pixels
from sheetsync.gallery.google.paper import Paper
from sheetsync.gallery.google.protection import Refusal, protection_requests, refuses
from sheetsync.gallery.google.validation import validation_request

ROOM = 3
"""Empty columns at the right of a list, for those that the user adds."""
MOST_ROWS = 500
"""Rows that are prepared at most. Every formatted cell comes along whenever the spreadsheet is read, and rows that the
user adds at the bottom take over what the row above them has."""
BASE = Look((("font_name", "Calibri"), ("font_size", 11)))
"""The look of every cell that nobody formats."""


class Page(Paper):
    """The worksheet of a name; its id is chosen by us, so that other requests of the batch can name it."""

    def __init__(self, name: str, sheet_id: int, id_of: Callable[[str], int]) -> None:
        """Take the worksheet's name and id, and what gives the id of each worksheet of this spreadsheet."""
        self.name = name
        self.sheet_id = sheet_id
        self._id_of = id_of
        self._values: dict[Place, dict[str, Any]] = {}
        self._notes: dict[Place, str] = {}
        self._looks: dict[Place, Look] = {}
        self._columns: dict[int, tuple[float, Look | None]] = {}
        self._heights: dict[int, float] = {}
        self._merges: list[Area] = []
        self._validations: list[tuple[Area, dict[str, Any]]] = []
        self._refusals: list[Refusal] = []
        self._rules: list[tuple[Area, dict[str, Any]]] = []
        self._charts: list[tuple[int, int, Chart]] = []
        self._filter: Area | None = None
        self._frozen = (0, 0)
        self._grid_lines = True
        self._locked = False

    def write(self, row: int, column: int, value: Any, look: Look | None = None) -> None:
        """Write a value of any kind. A text stays a text, also where it looks like a formula or a number."""
        told = entered(value)
        if told is not None:
            self._values[row, column] = told
        if look is not None:
            self._looks[row, column] = look

    write_string = write_number = write_datetime = write_blank = write

    def write_formula(self, row: int, column: int, formula: str, look: Look | None, value: Any = None) -> None:
        """Write a formula; Sheets finds its value by itself."""
        del value
        self.write(row, column, None, look)
        self._values[row, column] = {"formulaValue": formula}

    def write_comment(self, row: int, column: int, text: str, options: Mapping[str, Any]) -> None:
        """Write a note; its author and size, which Sheets does not keep, are left out."""
        del options
        self._notes[row, column] = text

    def merge_range(
        self, first_row: int, first_column: int, last_row: int, last_column: int, text: str, look: Look
    ) -> None:
        """Merge cells and write a text into them."""
        area = Area(first_row, first_column, last_row, last_column)
        self._merges.append(area)
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                self.write(row, column, None, look)
        self.write(first_row, first_column, text, look)

    def set_column(self, first: int, last: int, width: float, look: Look | None = None) -> None:
        """Set the width of columns in characters, and the look of their cells that are not written."""
        for column in range(first, last + 1):
            self._columns[column] = (width, look)

    def set_row(self, row: int, height: float) -> None:
        """Set the height of a row in points."""
        self._heights[row] = height

    def freeze_panes(self, row: int, column: int) -> None:
        """Keep the rows above and the columns before a cell in sight."""
        self._frozen = (row, column)

    def hide_gridlines(self, option: int) -> None:
        """Hide the lines between cells; 2 hides them on screen as well as on paper."""
        self._grid_lines = option != 2

    def data_validation(self, *told: Any) -> None:
        """Limit what may be typed into an area; where nothing may, the area is protected instead."""
        area, options = _prepared(*told[:4]), told[4]
        if refuses(options):
            self._refusals.append(Refusal(area, options["error_message"]))
        else:
            self._validations.append((area, options))

    def conditional_format(self, *told: Any) -> None:
        """Colour an area by what stands in it; what is told first counts first."""
        self._rules.append((_prepared(*told[:4]), told[4]))

    def autofilter(self, *area: int) -> None:
        """Give the header of an area its filter buttons."""
        self._filter = Area(*area)

    def protect(self, password: str, options: Mapping[str, Any]) -> None:
        """Lock what is otherwise only warned of. Sheets knows no passwords and no list of what is allowed beside."""
        del password, options
        self._locked = True

    def insert_chart(self, row: int, column: int, chart: Chart) -> None:
        """Put a chart with its upper left corner at a cell."""
        self._charts.append((row, column, chart))

    def adding(self, place: int, tab: str | None) -> Request:
        """Give the request that adds the worksheet, still empty, at a place among the others from 0."""
        properties: dict[str, Any] = {
            "sheetId": self.sheet_id,
            "title": self.name,
            "index": place,
            "gridProperties": self._grid(),
        }
        if tab is not None:
            properties["tabColorStyle"] = colour(tab)
        return {"addSheet": {"properties": properties}}

    def filling(self, editors: Sequence[str]) -> list[Request]:
        """Give the requests that fill the worksheet; ``editors`` may write where it is locked."""
        own = self.sheet_id
        rules = (conditional_rule(own, area, options) for area, options in self._rules)
        return [
            *self._sizes(),
            *self._backgrounds(),
            *format_requests(own, self._looks),
            *({"mergeCells": {"range": area.grid(own), "mergeType": "MERGE_ALL"}} for area in self._merges),
            *value_requests(own, self._values, self._notes),
            *(validation_request(own, area, options) for area, options in self._validations),
            *rule_requests([rule for rule in rules if rule is not None]),
            *protection_requests(own, self._refusals, locked=self._locked, editors=editors),
            *self._filtering(),
            *(chart.request(own, row, column, self._id_of) for row, column, chart in self._charts),
        ]

    def _extent(self) -> tuple[int, int]:
        """Give the number of rows and of columns that something is set for."""
        areas = [*self._merges, *(area for area, _ in (*self._validations, *self._rules))]
        rows = [row for row, _ in (*self._looks, *self._values)] + [area.last_row for area in areas]
        columns = [*self._columns, *(column for _, column in (*self._looks, *self._values))]
        return max(rows) + 1, max(columns) + 1

    def _grid(self) -> dict[str, Any]:
        rows, columns = self._extent()
        frozen = dict(zip(("frozenRowCount", "frozenColumnCount"), self._frozen, strict=True))
        return {
            "rowCount": rows + (0 if self._frozen[0] else 1),
            "columnCount": columns + (ROOM if self._frozen[0] else 0),
            **{name: count for name, count in frozen.items() if count},
            **({} if self._grid_lines else {"hideGridlines": True}),
        }

    def _sizes(self) -> list[Request]:
        widths = {column: column_pixels(width) for column, (width, _) in self._columns.items()}
        heights = {row: row_pixels(height) for row, height in self._heights.items()}
        return [*self._lengths("COLUMNS", widths), *self._lengths("ROWS", heights)]

    def _lengths(self, dimension: str, pixels: Mapping[int, int]) -> list[Request]:
        """Give one request for each stretch of neighbours of the same size."""
        # Neighbours keep the same distance to their number of order, so a gap begins another stretch.
        order = enumerate(sorted(pixels))
        stretches = groupby(order, key=lambda one: (one[1] - one[0], pixels[one[1]]))
        return [self._length(dimension, [place for _, place in group], size) for (_, size), group in stretches]

    def _length(self, dimension: str, places: Sequence[int], size: int) -> Request:
        span = {"sheetId": self.sheet_id, "dimension": dimension, "startIndex": places[0], "endIndex": places[-1] + 1}
        return {"updateDimensionProperties": {"range": span, "properties": {"pixelSize": size}, "fields": "pixelSize"}}

    def _backgrounds(self) -> list[Request]:
        """Give the look of cells that nobody has written: the base, and over it that of columns under a header."""
        requests = [fill_request({"sheetId": self.sheet_id}, BASE)]
        looks = {column: look for column, (_, look) in self._columns.items() if look is not None}
        order = enumerate(sorted(looks))
        for (_, look), group in groupby(order, key=lambda one: (one[1] - one[0], looks[one[1]])):
            columns = [column for _, column in group]
            span = {"startColumnIndex": columns[0], "endColumnIndex": columns[-1] + 1}
            requests.append(fill_request({"sheetId": self.sheet_id, "startRowIndex": self._frozen[0], **span}, look))
        return requests

    def _filtering(self) -> list[Request]:
        if self._filter is None:
            return []
        area = self._filter._replace(last_row=self._extent()[0] - 1)  # Excel finds the end of the rows, Sheets does not
        return [{"setBasicFilter": {"filter": {"range": area.grid(self.sheet_id)}}}]


def _prepared(first_row: int, first_column: int, last_row: int, last_column: int) -> Area:
    return Area(first_row, first_column, min(last_row, MOST_ROWS - 1), last_column)
