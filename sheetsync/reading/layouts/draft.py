"""Goals while they are put together, table by table."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.model import CheckIn, KeyResult, Kpi, Objective, Person, Table
from sheetsync.reading.book import Book
from sheetsync.reading.tables import Found


class Draft:
    """What has been read so far."""

    def __init__(self, book: Book) -> None:
        """Take the book that is read; nothing has been read yet."""
        self.book = book
        self.objectives: list[Objective] = []
        self.key_results: list[KeyResult] = []
        self.kpis: list[Kpi] = []
        self.check_ins: list[CheckIn] = []
        self.people: list[Person] = []
        self.tables: dict[str, Table] = {}

    def add_table(self, found: Found, key: str, rows: Sequence[int]) -> None:
        """Note where a table was found, with the columns that carry our mark; ``rows`` hold its items."""
        computed: dict[str, int] = {}
        disputed: dict[str, int] = {}
        for mark in found.marks:
            if mark.header is not None and mark.table == key:
                text = found.sheet.value(mark.header.row, mark.header.column)
                agrees = isinstance(text, str) and mark.concept in self.book.lexicon.computed(text)
                (computed if agrees else disputed)[mark.concept] = mark.header.column
        lost, strayed = self._astray(found, key, computed.keys() | disputed.keys())
        header = found.header
        self.tables[key] = Table(
            key=key,
            kind=header.kind,
            sheet=found.sheet.name,
            header_row=found.row,
            first_row=found.row + 1 + found.skipped,
            last_row=max(rows, default=found.row),
            columns=header.columns,
            unmapped=header.unmapped,
            periods={column: entry.period for column, entry in header.periods.items()},
            computed=computed,
            disputed=disputed | strayed,
            lost=lost,
        )

    def _astray(self, found: Found, key: str, placed: set[str]) -> tuple[tuple[str, ...], dict[str, int]]:
        """Give the marks of a table that point at nothing or at another sheet, and those at a cell below or above."""
        lost: list[str] = []
        strayed: dict[str, int] = {}
        for mark in self.book.workbook.marks:
            if mark.table == key and mark.concept not in placed:
                if mark.header is None or mark.header.sheet != found.sheet.name:
                    lost.append(mark.concept)
                else:
                    strayed[mark.concept] = mark.header.column
        return tuple(lost), strayed
