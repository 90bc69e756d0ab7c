"""The worksheets of an OpenDocument spreadsheet, built up from the elements of its content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.percents import PercentCells
from sheetsync.errors import ReadRefused
from sheetsync.workbook import Area, CellValue, Worksheet, column_letters, no_percent

_SPAN = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_DAY = timedelta(days=1)
_URI = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 "
_OFFICE, _TABLE, _TEXT, _STYLE = (_URI.format(name) for name in ("office", "table", "text", "style"))
_TYPE, _VALUE, _FORMULA = f"{_OFFICE}value-type", f"{_OFFICE}value", f"{_TABLE}formula"
_REPEATED, _ROWS = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_ACROSS, _DOWN = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_CELL, _COVERED, _ROW = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell", f"{_TABLE}table-row"
_PARAGRAPH, _NOTE = f"{_TEXT}p", f"{_OFFICE}annotation"
_NUMBERS = ("float", "percentage", "currency")
Given = Mapping[str, str]


class Page:
    """One worksheet while it is read."""

    def __init__(self, name: str, hidden: bool, protected: bool) -> None:
        """Begin without rows."""
        self.name, self.hidden, self.protected = name, hidden, protected
        self.rows: list[list[CellValue]] = []
        self.row = self.column = self.widest = 0
        self.line: list[CellValue] = []
        self.repeats = 1
        self.formulas: set[tuple[int, int]] = set()
        self.merges: list[Area] = []
        self.percents = PercentCells()
        self.notes: dict[tuple[int, int], str] = {}

    def worksheet(self) -> Worksheet:
        """Give the worksheet as it was read."""
        return Worksheet(
            self.name,
            self.rows,
            hidden=self.hidden,
            protected=self.protected,
            formulas=frozenset(self.formulas),
            merges=tuple(self.merges),
            is_percent=self.percents or no_percent,
            notes=self.notes,
        )


class OpenSheet:
    """Handlers over the content; ``pages`` are the worksheets in their order."""

    def __init__(self, path: str) -> None:
        """Take the path, for messages."""
        self.path = path
        self.pages: list[Page] = []
        self._hidden: set[str] = set()
        self._style = ""
        self._page: Page | None = None
        self._cell: Given | None = None
        self._depth = 0
        """Of elements inside the cell, the cell itself left out."""
        self._child = self._grandchild = ""
        self._texts: list[str] = []
        self._note: list[str] = []
        self._starts = {
            f"{_STYLE}style": self._named_style,
            f"{_STYLE}table-properties": self._look,
            f"{_TABLE}table": self._begin_page,
            _ROW: self._begin_row,
            _CELL: self._begin_cell,
            _COVERED: self._begin_cell,
        }

    def start(self, name: str, given: Given) -> None:
        """Take the start of an element."""
        if self._cell is not None:
            self._depth += 1
            self._in_cell(name, given)
        elif name in self._starts:
            self._starts[name](given)

    def stop(self, name: str) -> None:
        """Take the end of an element."""
        if self._cell is not None:
            if self._depth:
                self._depth -= 1
            elif self._page is not None:
                self._end_cell(self._page, self._cell, covered=name == _COVERED)
                self._cell = None
        elif self._page is not None and name == _ROW:
            self._end_row(self._page)
        elif self._page is not None and name == f"{_TABLE}table":
            self.pages.append(self._page)
            self._page = None

    def characters(self, text: str) -> None:
        """Take character data: of paragraphs of the cell itself, and of the note on it."""
        if self._depth and self._cell is not None:
            if self._child == _PARAGRAPH:
                self._texts.append(text)
            elif self._child == _NOTE and self._depth > 1 and self._grandchild == _PARAGRAPH:
                self._note.append(text)

    def _named_style(self, given: Given) -> None:
        self._style = given.get(f"{_STYLE}name", "")

    def _look(self, given: Given) -> None:
        if given.get(f"{_TABLE}display") == "false":
            self._hidden.add(self._style)

    def _begin_page(self, given: Given) -> None:
        hidden = given.get(f"{_TABLE}style-name", "") in self._hidden
        self._page = Page(given.get(f"{_TABLE}name", ""), hidden, given.get(f"{_TABLE}protected") == "true")

    def _begin_row(self, given: Given) -> None:
        if self._page is not None:
            self._page.line, self._page.column = [], 0
            self._page.repeats = _count(given.get(_ROWS))

    def _begin_cell(self, given: Given) -> None:
        if self._page is not None:
            self._cell, self._depth, self._texts, self._note = given, 0, [], []

    def _in_cell(self, name: str, given: Given) -> None:
        if self._depth == 1:
            self._child = name
        elif self._depth == 2:
            self._grandchild = name
        if name == _PARAGRAPH:
            texts = self._texts if self._depth == 1 else self._note if self._child == _NOTE else []
            if texts:
                texts.append("\n")
        elif self._child == _PARAGRAPH and name == f"{_TEXT}s":
            self._texts.append(" " * min(_count(given.get(f"{_TEXT}c")), limits.TEXT))
        elif self._child == _PARAGRAPH and name in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self._texts.append("\t" if name.endswith("tab") else "\n")

    def _end_cell(self, page: Page, given: Given, *, covered: bool) -> None:
        repeats = _count(given.get(_REPEATED))
        value = None if covered else self._value(page, given)
        row, column = len(page.rows) + 1 + page.row, page.column + 1
        if value is not None:
            self._bound(page, row, page.column + repeats)
            page.line.extend([None] * (page.column - len(page.line)))
            page.line.extend([value] * repeats)
            self._facts(page, given, row, range(column, column + repeats))
        if self._note:
            page.notes[row, column] = "".join(self._note)
        if _ACROSS in given or _DOWN in given:
            down, across = _count(given.get(_DOWN)), _count(given.get(_ACROSS))
            if down * across > 1:
                page.merges.append(Area(row, column, row + down - 1, column + across - 1))
        page.column += repeats

    def _facts(self, page: Page, given: Given, row: int, columns: range) -> None:
        """Note the formula of a cell and its percent sign, for all rows and columns that repeat it."""
        percent, formula = given.get(_TYPE) == "percentage", _FORMULA in given
        if percent or formula:
            last = row + page.repeats - 1
            self._bound(page, last, columns[-1])
            for column in columns:
                if percent:
                    page.percents.add(column, row, last)
                if formula and len(columns) * page.repeats <= limits.SPARSE_CELLS:  # else a bomb, or one to no purpose
                    page.formulas.update((one, column) for one in range(row, last + 1))

    def _value(self, page: Page, given: Given) -> CellValue:
        kind = given.get(_TYPE, "")
        try:
            if kind in _NUMBERS:
                return float(given[_VALUE])
            if kind == "boolean":
                return given[f"{_OFFICE}boolean-value"] == "true"
            if kind == "date":
                return _date(given[f"{_OFFICE}date-value"])
            if kind == "time":
                return _span(given[f"{_OFFICE}time-value"])
        except (KeyError, ValueError, OverflowError) as error:
            cell = f"{page.name}!{column_letters(page.column + 1)}{len(page.rows) + 1}"
            raise ReadRefused("excel.damaged_cell", path=self.path, cell=cell) from error
        return given.get(f"{_OFFICE}string-value") or "".join(self._texts) or None

    def _end_row(self, page: Page) -> None:
        """Add the row as often as it is repeated; blank rows only once another follows that is not."""
        if not page.line:
            page.row += page.repeats
            return
        last = len(page.rows) + page.row + page.repeats
        page.widest = max(page.widest, len(page.line))
        self._bound(page, last, page.widest)
        page.rows.extend([[] for _ in range(page.row)])
        page.rows.extend([page.line] * page.repeats)
        page.row = 0

    def _bound(self, page: Page, row: int, column: int) -> None:
        """Refuse a worksheet that is in use beyond the limits."""
        box = row * max(column, page.widest)
        if row > limits.ROWS or column > limits.COLUMNS or box > limits.CELLS:
            last = f"{column_letters(min(column, limits.COLUMNS))}{row}"
            raise ReadRefused("excel.too_many_cells", path=self.path, sheet=page.name, last=last, limit=limits.CELLS)


def _count(text: str | None) -> int:
    """Read how often something is repeated; 1 where nothing sensible is said."""
    return max(int(text), 1) if text and text.isdecimal() and len(text) <= 9 else 1


def _date(text: str) -> date | datetime:
    whole = datetime.fromisoformat(text[:26])
    return whole if "T" in text else whole.date()


def _span(text: str) -> time | timedelta:
    """Read a time of the day, or a span of a day and more."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if match[1] or span >= _DAY:
        return -span if match[1] else span
    return time(span.seconds // 3600, span.seconds // 60 % 60, span.seconds % 60)
