"""What a worksheet is made of besides its values: formulas from what was entered, the rest where it was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sheetsync.backends.google.reader import area_of
from sheetsync.backends.google.snapshot import Grid
from sheetsync.backends.google.values import FORMULA
from sheetsync.details import MOST_TEXTS, Choice, Details
from sheetsync.workbook import Area, CellValue, column_number

_RANGE = re.compile(
    r"=?(?:(?P<sheet>'(?:[^']|'')+'|[^'!]+)!)?"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d*)(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d*))?"
)
Rows = Sequence[Sequence[CellValue]]


class FormulaTexts:
    """The formulas of one worksheet as they were entered (``details.FormulaTexts``).

    Below a formula that fills its column (ARRAYFORMULA) its text is told for the cells that nobody entered.
    """

    def __init__(self, grid: Grid, filled: frozenset[tuple[int, int]]) -> None:
        """Take what was entered, and the places that a formula fills, its own and others."""
        self._grid, self._filled = grid, filled

    def __call__(self, row: int, column: int) -> str | None:
        """Give the text of a cell's formula."""
        own = self._text(row, column)
        if own is not None or (row, column) not in self._filled:
            return own
        above = row - 1
        while (above, column) in self._filled and self._text(above, column) is None:
            above -= 1
        return self._text(above, column)

    def _text(self, row: int, column: int) -> str | None:
        entered = self._grid.value(row, column)
        return str(entered[1]).removeprefix("=") if isinstance(entered, tuple) and entered[0] == FORMULA else None


def details_in(
    sheet: Mapping[str, Any] | None, formulas: FormulaTexts, own: str, rows_of: Callable[[str], Rows]
) -> Details:
    """Give the details of a worksheet; lists, what is hidden, and the filter where ``sheet`` tells them (else None).

    ``sheet`` is what the API gives, ``rows_of`` gives the values of any worksheet by its name.
    """
    if sheet is None:
        return Details(formulas)
    chosen = sheet.get("basicFilter", {}).get("range")
    hidden_rows, hidden_columns = (frozenset(_hidden(sheet, axis)) for axis in ("row", "column"))
    size = sheet["properties"].get("gridProperties", {})
    area = area_of(chosen, size.get("rowCount", 0), size.get("columnCount", 0)) if chosen is not None else None
    return Details(formulas, tuple(_choices(sheet, own, rows_of)), hidden_rows, hidden_columns, area)


def _hidden(sheet: Mapping[str, Any], axis: str) -> Iterator[int]:
    for data in sheet.get("data", ()):
        first = data.get(f"start{axis.capitalize()}", 0) + 1
        for place, line in enumerate(data.get(f"{axis}Metadata", ()), first):
            if line.get("hiddenByUser") or line.get("hiddenByFilter"):
                yield place


def _choices(sheet: Mapping[str, Any], own: str, rows_of: Callable[[str], Rows]) -> Iterator[Choice]:
    """Give the dropdown lists; Google tells the rule of each cell, so equal rules below each other are one area."""
    runs: dict[tuple[str, tuple[str, ...]], list[Area]] = {}
    for row, column, condition in _conditions(sheet):
        told = tuple(one.get("userEnteredValue", "") for one in condition.get("values", ()))
        areas = runs.setdefault((condition.get("type", ""), told), [])
        if areas and areas[-1].last_row == row - 1 and areas[-1].first_column == column:
            areas[-1] = areas[-1]._replace(last_row=row)
        else:
            areas.append(Area(row, column, row, column))
    for (kind, told), areas in runs.items():
        texts, source = (told, "") if kind == "ONE_OF_LIST" else _listed(told, own, rows_of)
        if texts:
            yield Choice(tuple(areas), texts[:MOST_TEXTS], source)


def _conditions(sheet: Mapping[str, Any]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """Give the lists of all cells, column by column."""
    found = [
        (column, row, condition)
        for data in sheet.get("data", ())
        for row, line in enumerate(data.get("rowData", ()), data.get("startRow", 0) + 1)
        for column, cell in enumerate(line.get("values", ()), data.get("startColumn", 0) + 1)
        if (condition := cell.get("dataValidation", {}).get("condition", {})).get("type", "").startswith("ONE_OF_")
    ]
    for column, row, condition in sorted(found, key=lambda one: one[:2]):
        yield row, column, condition


def _listed(told: Sequence[str], own: str, rows_of: Callable[[str], Rows]) -> tuple[tuple[str, ...], str]:
    """Give the texts of a range; none where the rule names no plain range."""
    found = _RANGE.fullmatch(told[0]) if told else None
    if found is None:
        return (), ""
    name = (found["sheet"] or "").strip("'").replace("''", "'") or own
    left = column_number(found["left"])
    right = column_number(found["right"]) if found["right"] else left
    first = int(found["top"] or 1)
    last = int(found["bottom"]) if found["bottom"] else None if found["right"] else first
    rows = rows_of(name)[first - 1 : last]
    values = (value for row in rows for value in row[left - 1 : right] if value is not None and value != "")
    return tuple(dict.fromkeys(str(value).strip() for value in values)), name
