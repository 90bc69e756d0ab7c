"""The methods of `spreadsheets.values`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.sheets_server.appending import table_at
from tests.sheets_server.area import Area, Box, Json, letters, parse_a1, split_title
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import Cell, CellError, Formula, keepable, number
from tests.sheets_server.entering import typed
from tests.sheets_server.errors import ApiError
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.locales import forms
from tests.sheets_server.numberformat import DATES, shown
from tests.sheets_server.state import State
from tests.sheets_server.structure import append, insert

Params = dict[str, Any]
#: The id of a sheet, the rectangle that was written there, and in how many cells.
Written = tuple[int, Box, int]


class Rendering:
    """How values are given back: formatted, unformatted or as formulas; dates as numbers or as text."""

    def __init__(self, calculation: Calculation, params: Params, prefix: str = "") -> None:
        def param(name: str) -> Any:
            return params.get(prefix + name[0].upper() + name[1:] if prefix else name)

        self.calculation = calculation
        self.value_option = param("valueRenderOption") or "FORMATTED_VALUE"
        self.dates_as_text = param("dateTimeRenderOption") == "FORMATTED_STRING"

    def cell(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Any:
        """Give one value, an empty text where there is none."""
        if self.value_option == "FORMULA" and isinstance(cell.entered, Formula):
            return cell.entered.text
        value = self.calculation.value(sheet.id, row, column)
        if value is None:
            return ""
        look = self.calculation.number_format(sheet.id, row, column)
        dated = look is not None and look.get("type") in DATES and self.dates_as_text
        if self.value_option == "FORMATTED_VALUE" or dated or isinstance(value, CellError):
            return shown(value, look, self.calculation.forms)
        return value if isinstance(value, str | bool) else number(value)

    def block(self, sheet: Sheet, box: Box, dimension: str) -> list[list[Any]]:
        """Give the values of a rectangle, without what is blank at the ends."""
        rows: list[list[Any]] = []
        for at, cells in enumerate(sheet.grid.rows[box.top : box.bottom], box.top):
            part = enumerate(cells[box.left : box.right], box.left)
            rows.append(["" if cell is None else self.cell(sheet, at, column, cell) for column, cell in part])
        if dimension == "COLUMNS":
            width = max(map(len, rows), default=0)
            rows = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
        return _trimmed(rows)


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def given_rows(body: Json) -> list[list[Any]]:
    """Give the values of a ValueRange row by row; columns of unequal length leave cells alone."""
    values = body.get("values") or []
    for part in [values, *(values if isinstance(values, list) else ())]:
        if not isinstance(part, list):
            raise ApiError(
                400, f"Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"{part}\""
            )
    if body.get("majorDimension") != "COLUMNS":
        return values
    height = max(map(len, values), default=0)
    return [[column[at] if at < len(column) else None for column in values] for at in range(height)]


def write(book: Book, sheet: Sheet, top: int, left: int, rows: list[list[Any]], option: str | None) -> int:
    """Write values from a place on, skipping None; give how many cells were written."""
    if option not in {"RAW", "USER_ENTERED"}:
        raise ApiError(400, "'valueInputOption' is required but not specified")
    marks, count = forms(book.properties["locale"]), 0
    for at, values in enumerate(rows, top):
        cells = []
        for column, value in enumerate(values, left):
            cell = sheet.grid.cell(at, column)
            if value is not None:
                count += 1
                if option == "RAW":
                    cell = cell.with_value(keepable(value))
                else:
                    found = typed(value, marks, cell.number_format, book.moment.date())
                    cell = cell.with_value(found.value).dressed(found.format)
            cells.append(cell)
        sheet.grid.put_row(at, left, cells)
    return count


def placed(book: Book, text: str, rows: list[list[Any]]) -> tuple[Sheet, Box]:
    """Give where values go: from the range's first cell on, and beyond its end only from a single cell."""
    area = book.area(text)
    sheet, asked = book.sheet(area.sheet), book.box(area)
    height, width = len(rows), max(map(len, rows), default=0)
    box = Box(asked.top, asked.top + max(height, 1), asked.left, asked.left + max(width, 1))
    single = area.bottom == (area.top or 0) + 1 and area.right == (area.left or 0) + 1
    if not single and area.bottom is not None and box.bottom > area.bottom:
        raise ApiError(400, f"{_within(sheet, area, asked)}, but tried writing to row [{area.bottom + 1}]")
    if not single and area.right is not None and box.right > area.right:
        raise ApiError(400, f"{_within(sheet, area, asked)}, but tried writing to column [{letters(area.right)}]")
    book.exact(box.on(sheet.id))
    book.permit(box.on(sheet.id))
    return sheet, box


def _within(sheet: Sheet, area: Area, box: Box) -> str:
    bottom, right = area.bottom or box.bottom, area.right or box.right
    return f"Requested writing within range [{sheet.written(Box(box.top, bottom, box.left, right))}]"


def yes(value: Any) -> bool:
    """Read a truth value of a query."""
    return value is True or str(value).lower() == "true"


class Values(State):
    """What answers `spreadsheets.values`; params are the query, or the body's other fields."""

    def values_get(self, range: str, params: Params | None = None) -> Json:  # noqa: A002 - Google's name
        """Answer `values.get`."""
        with self.lock:
            return self._read(range, params or {}, Rendering(self.calculation(), params or {}))

    def _read(self, text: str, params: Params, rendering: Rendering) -> Json:
        area = self.book.area(text)
        sheet, box = self.book.sheet(area.sheet), self.book.box(area)
        return self._value_range(sheet, box, params.get("majorDimension"), rendering)

    def _value_range(self, sheet: Sheet, box: Box, dimension: str | None, rendering: Rendering) -> Json:
        major = "COLUMNS" if dimension == "COLUMNS" else "ROWS"
        found: Json = {"range": sheet.written(box), "majorDimension": major}
        values = rendering.block(sheet, box, major)
        return {**found, "values": values} if values else found

    def values_batch_get(self, ranges: Sequence[str], params: Params | None = None) -> Json:
        """Answer `values.batchGet`."""
        with self.lock:
            rendering = Rendering(self.calculation(), params or {})
            found = [self._read(text, params or {}, rendering) for text in ranges]
            return {"spreadsheetId": self.id, **({"valueRanges": found} if found else {})}

    def values_update(self, range: str, body: Json, params: Params | None = None) -> Json:  # noqa: A002
        """Answer `values.update`."""
        with self.lock:
            _check_range(range, body)
            option = (params or {}).get("valueInputOption")
            place = self.change(lambda book: _updated(book, range, body, option))
            return self._update_response(place, body, params or {})

    def _update_response(self, place: Written, body: Json, params: Params) -> Json:
        sheet_id, box, count = place
        sheet = self.book.sheet(sheet_id)
        found: Json = {"spreadsheetId": self.id, "updatedRange": sheet.written(box)}
        if count:
            found |= {
                "updatedRows": box.bottom - box.top,
                "updatedColumns": box.right - box.left,
                "updatedCells": count,
            }
        if yes(params.get("includeValuesInResponse")):
            rendering = Rendering(self.calculation(), params, "response")
            found["updatedData"] = self._value_range(sheet, box, body.get("majorDimension"), rendering)
        return found

    def values_batch_update(self, body: Json) -> Json:
        """Answer `values.batchUpdate`: all ranges, or none."""
        with self.lock:
            data = body.get("data") or []
            option = body.get("valueInputOption")
            places = self.change(lambda book: [_updated(book, one.get("range") or "", one, option) for one in data])
            responses = [self._update_response(place, one, body) for place, one in zip(places, data, strict=True)]
            return {"spreadsheetId": self.id, **_totals(responses), "responses": responses}

    def values_append(self, range: str, body: Json, params: Params | None = None) -> Json:  # noqa: A002
        """Answer `values.append`: the values go below the table that the range finds."""
        with self.lock:
            query = params or {}
            _check_range(range, body)
            table, place = self.change(lambda book: _appended(book, range, body, query))
            found: Json = {"spreadsheetId": self.id}
            if table is not None:
                found["tableRange"] = table
            return {**found, "updates": self._update_response(place, body, query)}

    def values_clear(self, range: str) -> Json:  # noqa: A002
        """Answer `values.clear`: contents go, formats stay."""
        with self.lock:
            return {"spreadsheetId": self.id, "clearedRange": self.change(lambda book: _cleared(book, range))}

    def values_batch_clear(self, body: Json) -> Json:
        """Answer `values.batchClear`."""
        with self.lock:
            ranges = body.get("ranges") or []
            cleared = self.change(lambda book: [_cleared(book, text) for text in ranges])
            return {"spreadsheetId": self.id, "clearedRanges": cleared}


def _check_range(text: str, body: Json) -> None:
    if body.get("range") and body["range"] != text:
        raise ApiError(400, f"Requested range [{text}] does not match the range in the body [{body['range']}].")


def _updated(book: Book, text: str, body: Json, option: str | None) -> Written:
    rows = given_rows(body)
    sheet, box = placed(book, text, rows)
    return sheet.id, box, write(book, sheet, box.top, box.left, rows, option)


def _appended(book: Book, text: str, body: Json, params: Params) -> tuple[str | None, Written]:
    rows = given_rows(body)
    area = book.area(text)
    sheet, asked = book.sheet(area.sheet), book.box(area)
    table = table_at(sheet, asked)
    top, left = (asked.top, asked.left) if table is None else (table.bottom, table.left)
    height, width = len(rows), max(map(len, rows), default=0)
    if params.get("insertDataOption") == "INSERT_ROWS" and table is not None and top < sheet.grid.row_count:
        insert(book, sheet, "ROWS", top, height, before=True)
    for dimension, end in (("ROWS", top + height), ("COLUMNS", left + width)):
        if end > sheet.size(dimension):
            append(book, sheet, dimension, end - sheet.size(dimension))
    box = Box(top, top + max(height, 1), left, left + max(width, 1))
    book.permit(box.on(sheet.id))
    count = write(book, sheet, top, left, rows, params.get("valueInputOption"))
    return None if table is None else sheet.written(table), (sheet.id, box, count)


def _cleared(book: Book, text: str) -> str:
    area = book.area(text)
    sheet, box = book.sheet(area.sheet), book.box(area)
    book.permit(box.on(sheet.id))
    for row, column, cell in list(sheet.grid.cells(box)):
        if cell.entered is not None:
            sheet.grid.put(row, column, cell.with_value(None))
    return sheet.written(box)


def _totals(responses: list[Json]) -> Json:
    """Add up responses: rows and columns that several ranges share count once."""
    rows, columns, sheets = set[tuple[str | None, int]](), set[tuple[str | None, int]](), set[str | None]()
    for one in responses:
        title, rest = split_title(one["updatedRange"])
        area = parse_a1(rest or "")
        if area is None or not one.get("updatedCells"):
            continue
        sheets.add(title)
        rows.update((title, row) for row in range(area.top or 0, area.bottom or 0))
        columns.update((title, column) for column in range(area.left or 0, area.right or 0))
    cells = sum(one.get("updatedCells", 0) for one in responses)
    if not cells:
        return {}
    return {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": cells,
        "totalUpdatedSheets": len(sheets),
    }
