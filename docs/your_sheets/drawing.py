"""Draws worksheets as people make them: letterheads, borders, fills, merged cells, notes below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from sheetsync.workbook import CellValue, column_letters

Say = Callable[[str, str], str]
"""Gives the first text on the Vietnamese page, the second on the English one."""
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "bold": {"bold": True},
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "middle": {"align": "center"},
    "strong": {"bold": True, "align": "center"},
    "small": {"italic": True, "align": "center"},
    "note": {"italic": True, "font_color": "#595959"},
    "header": {"bold": True, "border": 1, "align": "center", "text_wrap": True},
    "numbers": {"italic": True, "border": 1, "align": "center", "font_size": 8},
    "cell": {"border": 1, "text_wrap": True},
    "centred": {"border": 1, "align": "center", "text_wrap": True},
    "group": {"border": 1, "bold": True, "bg_color": "#DDDDDD"},
    "total": {"border": 1, "bold": True, "bg_color": "#FFF2CC"},
    "red": {"bold": True, "font_color": "#C00000"},
}


class Style(NamedTuple):
    """What differs from one sheet's hand to another's: its font, and the colours of its header."""

    font: str = "Calibri"
    fill: str = "#1F4E79"
    ink: str = "#FFFFFF"


class Page:
    """A worksheet that is filled from top to bottom; columns count from 0, rows are numbered as on the screen."""

    def __init__(self, book: Any, name: str, widths: Sequence[float], style: Style) -> None:
        self._book, self._style = book, style
        self.sheet = book.add_worksheet(name)
        self.forms: dict[int, str] = {}
        """The number format of a column."""
        self.last = 0
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)

    def row(self, *values: CellValue, look: str = "cell", at: int = 0, height: float | None = None) -> int:
        """Write the next row; a text that begins with ``=`` is a formula, None a cell with a look and nothing in it."""
        for place, value in enumerate(values, at):
            self._put(self.last, place, value, self._format(look, self.forms.get(place), value))
        if height is not None:
            self.sheet.set_row(self.last, height)
        self.last += 1
        return self.last

    def header(self, headers: str, height: float | None = None) -> None:
        """Write the next row as a header; a bar parts one column's from the next."""
        self.row(*headers.split("|"), look="header", height=height)

    def blank(self, count: int = 1) -> None:
        """Leave rows empty."""
        self.last += count

    def span(self, first: int, last: int, text: CellValue, look: str, *, up: int = 0, down: int = 0) -> None:
        """Merge cells of the row written last, or of the rows that begin ``up`` rows above it and go ``down`` rows."""
        row = self.last - 1 - up
        shown = self._format(look, self.forms.get(first), text)
        self.sheet.merge_range(row, first, row + down, last, text, shown)

    def over(self, first: int, last: int, text: CellValue, look: str) -> int:
        """Write the next row as one merged cell."""
        self.last += 1
        self.span(first, last, text, look)
        if look == "title":
            self.sheet.set_row(self.last - 1, 22)
        return self.last

    def _put(self, row: int, place: int, value: CellValue, shown: Any) -> None:
        if value is None:
            self.sheet.write_blank(row, place, None, shown)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, place, value, shown)
        else:
            self.sheet.write(row, place, value, shown)

    def sum(self, place: int, formula: str, value: float, look: str = "total") -> None:
        """Write a formula with its result into the row written last."""
        self.sheet.write_formula(self.last - 1, place, formula, self._format(look, self.forms.get(place), value), value)

    def ratio(self, place: int, actual: float, target: float) -> None:
        """Write the quotient of the two cells on the left of a cell, actual over target, into the row written last."""
        letters = column_letters(place), column_letters(place - 1)
        self.sum(place, f"={letters[0]}{self.last}/{letters[1]}{self.last}", actual / target, "cell")

    def _format(self, look: str, form: str | None, value: CellValue) -> Any:
        about: dict[str, Any] = {"font_name": self._style.font, "font_size": 10, "valign": "vcenter", **LOOKS[look]}
        if look == "header":
            about |= {"bg_color": self._style.fill, "font_color": self._style.ink}
        if isinstance(value, date):
            about["num_format"] = form or "dd/mm/yyyy"
        elif form is not None and look not in ("header", "numbers") and not isinstance(value, str):
            about["num_format"] = form
        if isinstance(value, date) and look == "cell":
            about["align"] = "center"
        return self._book.add_format(about)


class Drawn(NamedTuple):
    """A kind of sheet: the names of its file in both languages, and how its worksheets are drawn."""

    vi: str
    en: str
    draw: Callable[[Any, Say], None]

    def file(self, language: str) -> str:
        """Give the file's name in a language."""
        return f"{self.vi if language == 'vi' else self.en}.xlsx"

    def write(self, folder: Path, language: str) -> Path:
        """Write the workbook into a folder."""
        path = folder / self.file(language)
        with xlsxwriter.Workbook(str(path)) as book:
            self.draw(book, lambda vi, en: vi if language == "vi" else en)
        return path
