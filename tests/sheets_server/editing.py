"""The hands of another user: edits as they are made in the browser while a program works on the spreadsheet.

Rows and columns count from 1 here, `sheet` is a title, and places are in A1 notation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sheetsync.uncollected import uncollected
from tests.sheets_server.area import Area, Box, Json, column_of, parse_a1
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import BLANK, Cell, Value, entered_resource, keepable
from tests.sheets_server.entering import typed
from tests.sheets_server.errors import ApiError
from tests.sheets_server.locales import forms
from tests.sheets_server.numberformat import shown
from tests.sheets_server.requests import perform
from tests.sheets_server.requests.order import sort_rows
from tests.sheets_server.state import State
from tests.sheets_server.structure import delete, insert, move


class Editing(State):
    """What another user may do; they own the spreadsheet, so no protection stops them."""

    def _edit(self, sheet: str, work: Callable[[Book, Sheet], object]) -> object:
        return self.change(lambda book: work(book, _titled(book, sheet)), others=True)

    def type(self, sheet: str, at: str, text: Any) -> None:
        """Type into a cell as in the browser: the locale decides, formulas begin with `=`."""

        def work(book: Book, found: Sheet) -> None:
            row, column = _place(at)
            _grow(found, row + 1, column + 1)
            cell = found.grid.cell(row, column)
            new = typed(text, forms(book.properties["locale"]), cell.number_format, book.moment.date())
            found.grid.put(row, column, cell.with_value(new.value).dressed(new.format))

        self._edit(sheet, work)

    def enter(self, sheet: str, rows: Iterable[Sequence[Any]], at: str = "A1") -> None:
        """Put plain values into cells as they are: nothing is read into a text; None empties a cell.

        A `Formula` is a formula. The grid grows as far as it must.
        """
        block = [list(row) for row in rows]

        def work(_: Book, found: Sheet) -> None:
            top, left = _place(at)
            _grow(found, top + len(block), left + max(map(len, block), default=0))
            for row, values in enumerate(block, top):
                old = [found.grid.cell(row, column) for column in range(left, left + len(values))]
                new = [
                    Cell(keepable(value)) if cell is BLANK else cell.with_value(keepable(value))
                    for cell, value in zip(old, values, strict=True)
                ]
                found.grid.put_row(row, left, new)

        with uncollected():
            self._edit(sheet, work)

    def value(self, sheet: str, at: str) -> Value:
        """Give the effective value of a cell, a `CellError` where it is an error."""
        row, column = _place(at)
        return self.calculation().value(_titled(self.book, sheet).id, row, column)

    def shown(self, sheet: str, at: str) -> str:
        """Give what a cell shows."""
        row, column = _place(at)
        calculation, sheet_id = self.calculation(), _titled(self.book, sheet).id
        look = calculation.number_format(sheet_id, row, column)
        return shown(calculation.value(sheet_id, row, column), look, calculation.forms)

    def entered(self, sheet: str, at: str) -> Json | None:
        """Give the user-entered value of a cell as Google's ExtendedValue, None where there is none."""
        row, column = _place(at)
        return entered_resource(_titled(self.book, sheet).grid.cell(row, column).entered)

    def rows(self, sheet: str) -> list[list[Value]]:
        """Give the effective values of all rows up to the last that holds something."""
        found = _titled(self.book, sheet)
        calculation = self.calculation()
        return [
            [calculation.value(found.id, at, column) for column in range(len(row))]
            for at, row in enumerate(found.grid.rows)
        ]

    def insert_rows(self, sheet: str, at: int, count: int = 1) -> None:
        """Insert blank rows above row `at`."""
        self._edit(sheet, lambda book, found: insert(book, found, "ROWS", at - 1, count, before=at > 1))

    def delete_rows(self, sheet: str, at: int, count: int = 1) -> None:
        """Delete rows from row `at` on."""
        self._edit(sheet, lambda book, found: delete(book, found, "ROWS", at - 1, at - 1 + count))

    def move_rows(self, sheet: str, first: int, count: int, to: int) -> None:
        """Move rows above row `to`, as counted before the move."""
        self._edit(sheet, lambda book, found: move(book, found, "ROWS", first - 1, first - 1 + count, to - 1))

    def insert_columns(self, sheet: str, at: int, count: int = 1) -> None:
        """Insert blank columns left of column `at`."""
        self._edit(sheet, lambda book, found: insert(book, found, "COLUMNS", at - 1, count, before=at > 1))

    def delete_columns(self, sheet: str, at: int, count: int = 1) -> None:
        """Delete columns from column `at` on."""
        self._edit(sheet, lambda book, found: delete(book, found, "COLUMNS", at - 1, at - 1 + count))

    def move_columns(self, sheet: str, first: int, count: int, to: int) -> None:
        """Move columns left of column `to`, as counted before the move."""
        self._edit(sheet, lambda book, found: move(book, found, "COLUMNS", first - 1, first - 1 + count, to - 1))

    def sort(self, sheet: str, area: str, column: str | int, descending: bool = False) -> None:
        """Sort the rows of an area by a column, named by its letter or its number in the sheet."""
        index = column_of(column) if isinstance(column, str) else column - 1
        spec = {"dimensionIndex": index, "sortOrder": "DESCENDING" if descending else "ASCENDING"}
        self._edit(sheet, lambda book, found: sort_rows(book, found, _box(found, area), [spec]))

    def rename_sheet(self, sheet: str, title: str) -> None:
        """Give a sheet another title."""
        self._request({"updateSheetProperties": _titled_properties(self.book, sheet, title)})

    def add_sheet(self, title: str, *, rows: int = 1000, columns: int = 26) -> int:
        """Add a sheet at the end and give its id."""
        size = {"rowCount": rows, "columnCount": columns}
        reply = self._request({"addSheet": {"properties": {"title": title, "gridProperties": size}}})
        return int(reply["addSheet"]["properties"]["sheetId"])

    def delete_sheet(self, sheet: str) -> None:
        """Delete a sheet."""
        self._request({"deleteSheet": {"sheetId": _titled(self.book, sheet).id}})

    def sheet_id(self, sheet: str) -> int:
        """Give the id of a sheet."""
        return _titled(self.book, sheet).id

    def protect(
        self, sheet: str, area: str | None = None, *, editors: Sequence[str] = (), warning: bool = False
    ) -> int:
        """Protect an area, or the sheet, so that only these people (and the owner) may edit; give the id of it."""
        found = _titled(self.book, sheet)
        place = Area(found.id) if area is None else _box(found, area).on(found.id)
        users = {"users": list(editors)} if editors else {}
        given = {"range": place.resource(), "warningOnly": warning, "editors": users}
        return int(
            self._request({"addProtectedRange": {"protectedRange": given}})["addProtectedRange"]["protectedRange"][
                "protectedRangeId"
            ]
        )

    def name(self, sheet: str, area: str, name: str) -> str:
        """Give an area a name and give the id of it."""
        found = _titled(self.book, sheet)
        given = {"name": name, "range": _box(found, area).on(found.id).resource()}
        return str(
            self._request({"addNamedRange": {"namedRange": given}})["addNamedRange"]["namedRange"]["namedRangeId"]
        )

    def named(self, name: str) -> str | None:
        """Give where a named range lies, as `Sheet!B5`, or None where there is no such name."""
        area = self.book.named(name)
        if area is None:
            return None
        sheet = self.book.sheet(area.sheet)
        return sheet.written(area.within(sheet.grid.row_count, sheet.grid.column_count))

    def merge(self, sheet: str, area: str) -> None:
        """Merge an area into one cell."""
        found = _titled(self.book, sheet)
        self._request({"mergeCells": {"range": _box(found, area).on(found.id).resource()}})

    def _request(self, request: Json) -> Json:
        """Let the other user do what one request of a batch does."""
        replies = self.change(lambda book: perform(book, [request]), others=True)
        return replies[0]


def _titled(book: Book, title: str) -> Sheet:
    found = book.titled(title)
    if found is None:
        raise ApiError(400, f"There is no sheet {title!r}; there are {[sheet.title for sheet in book.sheets]}.")
    return found


def _titled_properties(book: Book, sheet: str, title: str) -> Json:
    return {"properties": {"sheetId": _titled(book, sheet).id, "title": title}, "fields": "title"}


def _place(at: str) -> tuple[int, int]:
    area = parse_a1(at)
    if area is None or area.top is None or area.left is None:
        raise ApiError(400, f"{at!r} names no cell.")
    return area.top, area.left


def _box(sheet: Sheet, text: str) -> Box:
    area = parse_a1(text, sheet.id)
    if area is None:
        raise ApiError(400, f"{text!r} names no area.")
    return area.within(sheet.grid.row_count, sheet.grid.column_count)


def _grow(sheet: Sheet, rows: int, columns: int) -> None:
    sheet.grid.resize(max(rows, sheet.grid.row_count), max(columns, sheet.grid.column_count))
