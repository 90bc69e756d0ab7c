"""What the workbook says of itself: rows of a word and a value beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetsync.model import Settings, no_cell
from sheetsync.reading.book import Book
from sheetsync.workbook import Cell, CellValue, Worksheet

_SEARCHED = 60
_WIDEST = 4  # columns between the word and its value
_NEEDED = 2  # words that make a sheet a settings sheet, whatever its name


def read_settings(book: Book, sheet: Worksheet) -> Settings | None:
    """Read the settings of a worksheet; None where it holds none."""
    found: dict[str, Cell[Any]] = {}
    for row, values in enumerate(sheet.rows[:_SEARCHED], 1):
        for column, word in enumerate(values[: _WIDEST + 1], 1):
            if not isinstance(word, str) or not word.strip():
                continue
            concept = book.lexicon.header(word, "settings")
            if concept is not None and concept not in found:
                found[concept] = _beside(sheet, row, column)
            break
    named = book.lexicon.sheet_kind(sheet.name) == "settings"
    if len(found) < (1 if named else _NEEDED):
        return None
    return _settings(book, sheet, found)


def _beside(sheet: Worksheet, row: int, word: int) -> Cell[Any]:
    """Give the first cell with something in it to the right of a word."""
    for column in range(word + 1, word + 1 + _WIDEST):
        raw = sheet.value(row, column)
        if raw is not None and not (isinstance(raw, str) and not raw.strip()):
            return Cell(sheet.name, row, column, raw, _text(raw))
    return Cell(sheet.name, row, word + 1, None, None)


def _text(raw: CellValue) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()


def _settings(book: Book, sheet: Worksheet, found: Mapping[str, Cell[Any]]) -> Settings:
    def cell(concept: str) -> Cell[Any]:
        return found.get(concept) or no_cell(sheet.name, 1)

    cycle, language = cell("cycle"), cell("language")
    if cycle.value is not None:
        cycle = cycle._replace(value=book.cycles.read(cycle.value))
    if language.value is not None:
        language = language._replace(value=book.lexicon.value("language", language.value))
    return Settings(cell("company"), cycle, cell("profile"), cell("kpi_profile"), language)
