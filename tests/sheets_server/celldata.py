"""Cells as Google's CellData, as much of each as a mask asks for."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.area import Box, Json
from tests.sheets_server.book import Sheet
from tests.sheets_server.cells import BLANK, Cell, Formula, Value, entered_resource, number, value_resource
from tests.sheets_server.fields import Mask
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.grid import Row
from tests.sheets_server.numberformat import DATES, general, pattern_of, shown


class CellWriter:
    """Writes the cells of one sheet under one mask over CellData."""

    def __init__(self, calculation: Calculation, sheet: Sheet, mask: Mask) -> None:
        self.calculation = calculation
        self.sheet = sheet
        self.mask = mask
        self.forms = calculation.forms
        self.entered = "userEnteredValue" in mask
        self.effective = "effectiveValue" in mask
        self.formatted = "formattedValue" in mask
        self.user_format = "userEnteredFormat" in mask
        self.effective_format = "effectiveFormat" in mask
        self.narrow = not (mask.below("userEnteredValue").everything and mask.below("effectiveValue").everything)
        self.rest = tuple(name for name in ("note", "dataValidation") if name in mask)
        self._formats: dict[tuple[int, int], Any] = {}
        self._kept: list[Any] = []
        self.bare = mask.below("effectiveFormat").picked(self._worn(BLANK, None))

    def rows(self, box: Box) -> list[Json]:
        """Give the RowData of a rectangle, without the blank cells and rows at its end."""
        found: list[Json] = []
        for at, row in enumerate(self.sheet.grid.rows[box.top : box.bottom], box.top):
            values = self._row(row, at, box)
            found.append({"values": values} if values else {})
        while found and not found[-1]:
            found.pop()
        return found

    def _row(self, row: Row, at: int, box: Box) -> list[Json]:
        cells = row[box.left : box.right]
        values = [{} if cell is None else self.cell(cell, at, column) for column, cell in enumerate(cells, box.left)]
        end = len(cells)
        while end and cells[end - 1] is None:
            end -= 1
        return values[:end]

    def cell(self, cell: Cell, row: int, column: int) -> Json:
        """Give the CellData of a cell at that place."""
        entered, own, note, validation, rest = cell
        if entered is None:
            found: Json = {}
        elif type(entered) is Formula:
            found = self._calculated(cell, row, column)
        else:
            found = self._plain(entered, own)  # type: ignore[arg-type]
        if own is None and type(entered) is not Formula:
            if self.effective_format:
                found["effectiveFormat"] = self.bare
        else:
            self._dress(found, cell, row, column)
        if note is not None or validation is not None or rest is not None:
            self._extras(found, cell)
        return found

    def _plain(self, entered: float | str | bool, own: Json | None) -> Json:
        kind = type(entered)
        if kind is str:
            value: Json = {"stringValue": entered}
        elif kind is int:
            value = {"numberValue": entered}
        else:
            value = {"boolValue": entered} if kind is bool else {"numberValue": number(entered)}  # type: ignore[arg-type]
        found: Json = {}
        if self.narrow:
            self._narrow(found, value, value)
        else:
            if self.entered:
                found["userEnteredValue"] = value
            if self.effective:
                found["effectiveValue"] = value
        if self.formatted:
            found["formattedValue"] = entered if kind is str else self._shown(entered, own and own.get("numberFormat"))
        return found

    def _dress(self, found: Json, cell: Cell, row: int, column: int) -> None:
        if self.user_format and cell.format:
            found["userEnteredFormat"] = self._picked(cell.format)
        if self.effective_format:
            found["effectiveFormat"] = self._effective(cell, row, column)

    def _shown(self, value: Value, number_format: Json | None) -> str:
        if number_format is None and isinstance(value, int | float) and not isinstance(value, bool):
            return general(value, self.forms)
        return shown(value, number_format, self.forms)

    def _calculated(self, cell: Cell, row: int, column: int) -> Json:
        found: Json = {}
        value = self.calculation.value(self.sheet.id, row, column)
        self._narrow(found, entered_resource(cell.entered), value_resource(value))
        if self.formatted and value is not None:
            look = self.calculation.number_format(self.sheet.id, row, column)
            found["formattedValue"] = self._shown(value, look)
        return found

    def _narrow(self, found: Json, entered: Json | None, effective: Json | None) -> None:
        if self.entered and entered is not None:
            found["userEnteredValue"] = self.mask.below("userEnteredValue").picked(entered)
        if self.effective and effective is not None:
            found["effectiveValue"] = self.mask.below("effectiveValue").picked(effective)

    def _picked(self, own: Json) -> Any:
        key = (id(own), -1)
        if key not in self._formats:
            self._kept.append(own)
            self._formats[key] = self.mask.below("userEnteredFormat").picked(own)
        return self._formats[key]

    def _effective(self, cell: Cell, row: int, column: int) -> Any:
        look = None
        if isinstance(cell.entered, Formula) and cell.number_format is None:
            look = self.calculation.number_format(self.sheet.id, row, column)
        key = (id(cell.format), id(look))
        if key not in self._formats:
            self._kept.append((cell.format, look))  # an id stays its own while the object lives
            self._formats[key] = self.mask.below("effectiveFormat").picked(self._worn(cell, look))
        return self._formats[key]

    def _worn(self, cell: Cell, look: Json | None) -> Json:
        """All that a cell wears: the spreadsheet's default, what the user gave it, and what its formula brings."""
        default = self.calculation.book.properties["defaultFormat"]
        found = {**default, **(cell.format or {})}
        found["textFormat"] = {**default.get("textFormat", {}), **(cell.format or {}).get("textFormat", {})}
        number_format = cell.number_format or look
        if number_format:
            kind = number_format.get("type")
            known = kind in DATES or kind in {"CURRENCY", "PERCENT", "NUMBER", "SCIENTIFIC"}
            pattern = {"pattern": pattern_of(number_format, self.forms)} if known else {}
            found["numberFormat"] = {**number_format, **pattern}
        return found

    def _extras(self, found: Json, cell: Cell) -> None:
        if cell.note and "note" in self.rest:
            found["note"] = cell.note
        if cell.validation and "dataValidation" in self.rest:
            found["dataValidation"] = self.mask.below("dataValidation").picked(cell.validation)
        for name, value in (cell.rest or {}).items():
            if name in self.mask:
                found[name] = self.mask.below(name).picked(value)
