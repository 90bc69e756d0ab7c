"""A worksheet as a person sees it: the cells that hold something, and what merged cells cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from sheetsync.details import Details, details_of
from sheetsync.reading.totals import LONG_TOTALS
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.workbook import Area, CellValue, Worksheet

Cells = Mapping[int, CellValue]
_HEADER_DEPTH = 4
_WIDEST = 1024
"""Columns that are looked at; goals stand nowhere beyond, and a worksheet may have 16,384."""
_FIRST = 6  # cells of a row that are looked at before its blanks are counted


class Grid:
    """The filled cells of one worksheet, row by row; rows and columns count from 1."""

    def __init__(self, sheet: Worksheet, vocabulary: Vocabulary, ours: frozenset[int] = frozenset()) -> None:
        """Take a worksheet and the words of all languages; columns that are ours are left out."""
        self.sheet, self.vocabulary, self._ours = sheet, vocabulary, ours
        self._rows: dict[int, Cells] = {}

    @cached_property
    def details(self) -> Details:
        """What the worksheet is made of: formulas, dropdown lists, what is hidden."""
        return details_of(self.sheet)

    @cached_property
    def stated_headers(self) -> frozenset[int]:
        """The rows that Excel tables and the filter have for their header."""
        chosen = self.details.filter
        areas = (*self.sheet.tables, *((chosen,) if chosen is not None else ()))
        return frozenset(area.first_row for area in areas)

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The numbers of the rows that hold anything; a row of empty formatted cells holds nothing."""
        return tuple(row for row, values in enumerate(self.sheet.rows, 1) if _holds(values))

    @property
    def last(self) -> int:
        """The last row that holds anything; 0 where none does."""
        return self.filled[-1] if self.filled else 0

    def row(self, row: int) -> Cells:
        """Give the filled cells of a row by column."""
        found = self._rows.get(row)
        if found is None:
            values = self.sheet.rows[row - 1][:_WIDEST] if 1 <= row <= len(self.sheet.rows) else ()
            found = {
                column: value
                for column, value in enumerate(values, 1)
                if value is not None and value != "" and (value.__class__ is not str or not value.isspace())
            }
            for column in self._ours:
                found.pop(column, None)
            self._rows[row] = found
        return found

    @cached_property
    def width(self) -> int:
        """The number of columns of the widest row; asked of the worksheet once, which looks at every row."""
        return self.sheet.width

    def count(self, row: int) -> int:
        """Give about how many cells of a row hold something, fast: cells of white space count too."""
        values = self.sheet.rows[row - 1]
        return len(values) - values.count(None) - values.count("")

    def merge_at(self, row: int, column: int) -> Area | None:
        """Give the merged cell that covers a place; None where the cell stands alone."""
        for area in self._merges_by_row.get(row, ()):
            if area.first_column <= column <= area.last_column:
                return area
        return None

    def merges_from(self, row: int) -> Iterable[Area]:
        """Give the merged cells that begin in a row and hold something."""
        filled = self.row(row)
        return [
            area for area in self._merges_by_row.get(row, ()) if area.first_row == row and area.first_column in filled
        ]

    @cached_property
    def _merges_by_row(self) -> dict[int, list[Area]]:
        found: dict[int, list[Area]] = {}
        for area in self.sheet.merges:
            for row in range(area.first_row, min(area.last_row, area.first_row + _HEADER_DEPTH) + 1):
                found.setdefault(row, []).append(area)
        return found

    def is_band(self, row: int) -> bool:
        """Say whether one text, merged over several columns, is all that stands in a row: a heading, or a remark."""
        if len(self.row(row)) != 1:
            return False
        return any(area.last_column - area.first_column + 1 >= _LEAST_BAND for area in self.merges_from(row))

    def is_total(self, row: int) -> bool:
        """Say whether a row sums up others: one of its first texts is a word for a total."""
        totals = self.vocabulary.totals
        texts = [value for value in self.row(row).values() if isinstance(value, str)]
        if len(texts) > _MOST_TEXTS:
            return False
        for text in texts[:2]:
            words = plain(text)
            if words in totals or words in self.vocabulary.means:
                return len(words.split()) <= _MOST_WORDS
            if words.startswith(LONG_TOTALS):
                return len(words.split()) <= _MOST_WORDS and self._is_poorer(row)
            if words.split(" ", 1)[0] in totals - _NAMES_TOO:
                return len(words.split()) <= _MOST_WORDS and self._is_poorer(row)
        return False

    def _is_poorer(self, row: int) -> bool:
        """Say whether a row holds figures, but less than the rows around it: Total cost may be the name of a goal."""
        if all(isinstance(value, str) and not any(map(str.isdigit, value)) for value in self.row(row).values()):
            return False
        around = [len(self.row(other)) for other in (row - 1, row + 1, row + 2) if self.row(other)]
        return not around or len(self.row(row)) < max(around)


_LEAST_BAND = 3  # columns
_MOST_TEXTS, _MOST_WORDS = 4, 5
_NAMES_TOO = frozenset(("tong", "cong", "sum", "overall", "toan", "计", "計", "계"))
"""Words for a total that also begin names: Tổng giám đốc, Công ty."""


def _holds(values: Sequence[CellValue]) -> bool:
    """Say whether a row holds anything: rows of thousands of formatted cells are told by counting their blanks."""
    if any(map(_told, values[:_FIRST])):
        return True
    blank = values.count(None) + values.count("")
    return blank < len(values) and any(map(_told, values))


def _told(value: CellValue) -> bool:
    return value is not None and (value.__class__ is not str or (value != "" and not value.isspace()))
