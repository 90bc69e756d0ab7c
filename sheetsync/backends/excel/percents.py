"""Which cells are shown with a percent sign, held as runs of rows by column: a whole column is one run."""

from __future__ import annotations

from array import array
from bisect import bisect_right


class PercentCells:
    """Collects such cells, and answers which they are (``workbook.PercentFormats``)."""

    __slots__ = ("_ordered", "_runs")

    def __init__(self) -> None:
        """Begin without any."""
        self._runs: dict[int, tuple[array[int], array[int]]] = {}
        self._ordered = True

    def __bool__(self) -> bool:
        return bool(self._runs)

    def add(self, column: int, first: int, last: int) -> None:
        """Add cells of a column, from a first to a last row."""
        runs = self._runs.get(column)
        if runs is None:
            self._runs[column] = array("L", (first,)), array("L", (last,))
        elif first == runs[1][-1] + 1:
            runs[1][-1] = last
        else:
            self._ordered = self._ordered and first > runs[1][-1]
            runs[0].append(first)
            runs[1].append(last)

    def __call__(self, row: int, column: int) -> bool:
        """Say whether a cell is shown with a percent sign."""
        runs = self._runs.get(column)
        if runs is None:
            return False
        if not self._ordered:  # rows out of order stand only in damaged sheets
            return any(first <= row <= last for first, last in zip(*runs, strict=True))
        at = bisect_right(runs[0], row) - 1
        return at >= 0 and row <= runs[1][at]
