"""Periods that a row tells in two cells: the number of a month under *Tháng*, and a year in a column beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import Period
from sheetsync.reading.book import Book
from sheetsync.reading.columns import Columns
from sheetsync.reading.raws import text_of
from sheetsync.reading.tables import Found
from sheetsync.workbook import Cell, CellValue

_YEARS = range(1990, 2200)


def with_bare_periods(book: Book, found: Found, columns: Columns, cells: list[Cell[Any]]) -> list[Cell[Any]]:
    """Read the periods of rows by their header too, where they are mere numbers, and by the year beside them.

    A 3 under *Tháng* or *Month* is March, under *Quý* the third quarter; a year that the cell itself names wins.
    """
    column = found.header.columns["period"][0] if "period" in found.header.columns else 0
    years = _years(book, found, columns)
    if not column or not (any(years) or any(cell.value is None and cell.raw is not None for cell in cells)):
        return cells
    header = text_of(found.sheet.rows[found.row - 1][column - 1]) or ""
    return [
        cell._replace(value=_period(book, header, cell, year, found.sheet.name) or cell.value)
        for cell, year in zip(cells, years, strict=True)
    ]


def _years(book: Book, found: Found, columns: Columns) -> list[int | None]:
    """Give the year that stands in each row under a header that says no more than year."""
    words = {normalise(word) for word in book.words.lexicon.words("values.periods", "year")}
    beside = next((place for place, header in found.header.unmapped.items() if normalise(header) in words), None)
    return [_year(raw) for raw in columns.raws(beside)] if beside is not None else [None] * len(columns.rows)


def _year(raw: CellValue) -> int | None:
    text = text_of(raw) if not isinstance(raw, date) else None
    return int(text) if text is not None and text.isdecimal() and int(text) in _YEARS else None


def _period(book: Book, header: str, cell: Cell[Any], year: int | None, sheet: str) -> Period | None:
    """Read one period; None where neither its text nor its header makes one of it, or nothing is to be added."""
    raw: CellValue = cell.raw
    text = None if isinstance(raw, date | bool) else text_of(raw)
    if text is None:
        return None
    span = book.names.span(text)
    if span is None and text.isdecimal():
        text = f"{header} {int(text)}"
        span = book.names.span(text)
    if span is None or (cell.value is not None and (year is None or span.year is not None)):
        return None
    if span.year is None and year is not None:
        text, span = f"{text}/{year}", span._replace(year=year)
    days = book.days_of(span, sheet)
    return None if days is None else Period(span.frequency, *days, text)
