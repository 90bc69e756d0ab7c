"""Goals while they are put together, table by table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetsync.model import CheckIn, KeyResult, Kpi, Objective, Person, Table
from sheetsync.reading.book import Book
from sheetsync.reading.tables import Found


@dataclass(slots=True)
class Draft:
    """What has been read so far."""

    book: Book
    objectives: list[Objective] = field(default_factory=list)
    key_results: list[KeyResult] = field(default_factory=list)
    kpis: list[Kpi] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)

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
            first_row=found.row + 1,
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
