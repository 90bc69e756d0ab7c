"""Goals while they are put together, table by table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from sheetsync.model import CheckIn, EmptySection, Item, KeyResult, Kpi, Objective, Person, Table
from sheetsync.reading.book import Book
from sheetsync.reading.building import with_field
from sheetsync.reading.headers import doubled, finest
from sheetsync.reading.identity import named, parted
from sheetsync.reading.tables import Found
from sheetsync.workbook import Worksheet

_ID = "id"
"""The one column with our mark that is the user's: sheetsync added it, and reads it like any other."""
_STAMP = "synced"
_KEY = KeyResult._fields.index("key")
_OBJECTIVE = KeyResult._fields.index("objective")


def _renamed(item: KeyResult, key: str, objective: str | None) -> KeyResult:
    """Give a key result with another key and another key of its objective, in a tenth of the time of ``_replace``."""
    parts = (key, *item[1:_OBJECTIVE], objective, *item[_OBJECTIVE + 1 :])
    return tuple.__new__(KeyResult, parts)


class Draft:
    """What has been read so far."""

    def __init__(self, book: Book) -> None:
        """Take the book that is read; nothing has been read yet."""
        self.book = book
        self.objectives: list[Objective] = []
        self.key_results: list[KeyResult] = []
        self.kpis: list[Kpi] = []
        self.empty_sections: list[EmptySection] = []
        self.check_ins: list[CheckIn] = []
        self.people: list[Person] = []
        self.tables: dict[str, Table] = {}
        self.alike: dict[str, str] = {}

    def give_keys(self) -> None:
        """Give the rows without an id the keys that they keep; until then they are called by their places."""
        nameless, taken = self.book.take_nameless()
        if self.book.doubled:
            self._part_kpis(taken)
        if not nameless:
            return
        above = {item.key: item.key for item in self.objectives} | self._named(self.objectives, nameless, {}, taken)
        self.objectives = with_field(self.objectives, _KEY, above.values())
        keys = self._named(self.key_results, nameless, above, taken)
        self.key_results = [
            _renamed(item, keys.get(item.key, item.key), above[item.objective] if item.objective else None)
            for item in self.key_results
        ]
        keys = self._named(self.kpis, nameless, {}, taken)
        self.kpis = with_field(self.kpis, _KEY, [keys.get(item.key, item.key) for item in self.kpis])

    def _part_kpis(self, taken: set[str]) -> None:
        """Call the KPIs that share an id over people and periods by these as well."""
        keys = parted(self.kpis, taken - {kpi.id.value for kpi in self.kpis})
        places = list(keys)
        for place, item in zip(
            places, with_field([self.kpis[place] for place in places], _KEY, keys.values()), strict=True
        ):
            taken.discard(self.kpis[place].key)
            self.kpis[place] = item
        taken.update(keys.values())
        self.book.doubled.clear()

    def _named(
        self, items: Sequence[Item], nameless: Set[str], above: Mapping[str, str], taken: set[str]
    ) -> dict[str, str]:
        """Say which key stands for which place."""
        own = [item for item in items if item.key in nameless]
        found = named(own, above, taken)
        taken.update(found.keys)
        self.alike |= {found.keys[place]: found.keys[first] for place, first in found.alike.items()}
        return {item.key: key for item, key in zip(own, found.keys, strict=True)}

    def add_table(self, found: Found, key: str, rows: Sequence[int]) -> None:
        """Note where a table was found, with the columns that carry our mark; ``rows`` hold its items."""
        computed: dict[str, int] = {}
        disputed: dict[str, int] = {}
        sheet = self.book.workbook.sheet(found.sheet.name)  # what is read may be another view of it
        for mark in found.marks:
            if mark.header is not None and mark.table == key and mark.concept != _ID:
                text = sheet.value(mark.header.row, mark.header.column)
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
            doubled=doubled(finest(header.periods)),
            computed=computed,
            disputed=disputed | strayed,
            lost=lost,
            copied=self._copied(sheet, found, {*computed.values(), *disputed.values(), *strayed.values()}),
        )

    def _copied(self, sheet: Worksheet, found: Found, marked: set[int]) -> tuple[int, ...]:
        """Give the columns that read like computed ones and bear no mark; nobody else stamps when a row was synced."""
        row = sheet.rows[found.row - 1] if found.row <= len(sheet.rows) else ()
        told = {
            column: self.book.lexicon.computed(text)
            for column, text in enumerate(row, 1)
            if column not in marked and isinstance(text, str)
        }
        like = {column: concepts for column, concepts in told.items() if concepts}
        return tuple(like) if any(_STAMP in concepts for concepts in like.values()) else ()

    def _astray(self, found: Found, key: str, placed: set[str]) -> tuple[tuple[str, ...], dict[str, int]]:
        """Give the marks of a table that point at nothing or at another sheet, and those at a cell below or above."""
        lost: list[str] = []
        strayed: dict[str, int] = {}
        for mark in self.book.workbook.marks:
            if mark.table == key and mark.concept not in placed and mark.concept != _ID:
                if mark.header is None or mark.header.sheet != found.sheet.name:
                    lost.append(mark.concept)
                else:
                    strayed[mark.concept] = mark.header.column
        return tuple(lost), strayed
