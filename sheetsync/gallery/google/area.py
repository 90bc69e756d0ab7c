"""Rectangles of cells, counted from 0 as XlsxWriter and Google do, and the requests' form of them."""

from __future__ import annotations

from typing import Any

from sheetsync.record import NamedTuple

Request = dict[str, Any]


class Area(NamedTuple):
    """A rectangle of cells: rows and columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def grid(self, sheet_id: int) -> dict[str, int]:
        """Give the rectangle as a GridRange, whose ends are not included."""
        return {
            "sheetId": sheet_id,
            "startRowIndex": self.first_row,
            "endRowIndex": self.last_row + 1,
            "startColumnIndex": self.first_column,
            "endColumnIndex": self.last_column + 1,
        }


def one_cell(row: int, column: int) -> Area:
    """Give the rectangle of a single cell."""
    return Area(row, column, row, column)
