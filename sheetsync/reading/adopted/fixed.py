"""Concepts that stand once for a whole table: the person of a form, the month after which a worksheet is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sheetsync.mapping import SHEET_NAME
from sheetsync.model import Cycle, Period
from sheetsync.reading.book import Book
from sheetsync.reading.periods import Span
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.workbook import Cell, Worksheet, column_number

_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.IGNORECASE)
_LABELLED = re.compile(r"[^:：]{1,60}[:：]\s*")


class Fixed:
    """The concepts that one worksheet's table has outside its columns."""

    def __init__(self, book: Book, sheet: Worksheet, told: Mapping[str, str], vocabulary: Vocabulary) -> None:
        """Take where each concept stands: a cell, or the worksheet's name."""
        self._book, self._vocabulary, self._sheet = book, vocabulary, sheet.name
        cells = {concept: _cell(sheet, place) for concept, place in told.items()}
        self._cells = {concept: self._read(concept, cell) for concept, cell in cells.items()}

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that could be read there."""
        return tuple(concept for concept, cell in self._cells.items() if cell.value is not None)

    def give(self, item: Any) -> Any:
        """Give an item with what stands for the whole table, where its own row says nothing."""
        fields: tuple[str, ...] = item._fields
        missing = {
            concept: cell for concept, cell in self._cells.items() if concept in fields and getattr(item, concept).blank
        }
        return item._replace(**missing) if missing else item

    def _read(self, concept: str, cell: Cell[Any]) -> Cell[Any]:
        text = str(cell.raw).strip() if cell.raw is not None else ""
        readers: Mapping[str, Callable[[str], object]] = {"period": self._period, "cycle": self._cycle}
        read = readers.get(concept, _plain)
        return cell._replace(value=read(text)) if text else cell

    def _period(self, text: str) -> Period | None:
        found = self._days(text)
        return Period(found[0].frequency, *found[1], _plain(text) or text) if found is not None else None

    def _cycle(self, text: str) -> Cycle | None:
        label = _plain(text) or text
        found = self._book.cycles.read(label)
        days = self._days(text) if found is None else None
        return found if days is None else Cycle(label, *days[1])

    def _days(self, text: str) -> tuple[Span, tuple[date, date]] | None:
        """Give the period that a text names somewhere, with its days."""
        named = self._vocabulary.periods.inside(text)
        if named is None or named.kind == "day":
            return None
        span = Span(named.kind, named.number, named.year or None)
        days = self._book.days_of(span, self._sheet)
        return (span, days) if days is not None else None


def _plain(text: str) -> str | None:
    """Give a text without the label before its colon (``Họ tên: Nguyễn Văn An``)."""
    return _LABELLED.sub("", text, count=1).strip() or None


def _cell(sheet: Worksheet, place: str) -> Cell[Any]:
    match = _PLACE.fullmatch(place.replace("$", ""))
    if place == SHEET_NAME or match is None:
        return Cell(sheet.name, 1, 0, sheet.name, None)
    row, column = int(match[2]), column_number(match[1])
    return Cell(sheet.name, row, column, sheet.value(row, column), None)
