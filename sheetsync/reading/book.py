"""What every part of reading shares: the workbook, the words, today, the cycle, and the keys given out so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cached_property

from sheetsync.language import Lexicon
from sheetsync.model import Cycle
from sheetsync.noticed import Doubt
from sheetsync.reading.cycles import CycleReader
from sheetsync.reading.evidence import Evidence
from sheetsync.reading.pages import marks_page
from sheetsync.reading.periods import PeriodNames, Span, nearest_year, year_in
from sheetsync.reading.words import Words
from sheetsync.workbook import ColumnMark, Workbook, Worksheet

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class Book:
    """One workbook while it is read."""

    def __init__(self, workbook: Workbook, lexicon: Lexicon, today: date, fiscal_start: int) -> None:
        """Take what is read and what it is read with; the cycle follows from the settings."""
        self.workbook, self.lexicon, self.today, self.fiscal_start = workbook, lexicon, today, fiscal_start
        self.words = Words(lexicon)
        self.cycle: Cycle | None = None
        self.doubts: dict[Doubt, None] = {}
        self._used: set[str] = set()
        self._nameless: set[str] = set()
        self.doubled: set[str] = set()
        """The ids that were used twice."""
        self._evidence: dict[str, Evidence] = {}
        self.speakers: dict[tuple[str, ...], Book] = {}
        """This book with the words of further languages, as far as its adopted tables asked for them."""

    def speaking(self, lexicon: Lexicon) -> Book:
        """Give the same book read with other words; keys and doubts are those of both."""
        other = Book(self.workbook, lexicon, self.today, self.fiscal_start)
        other.cycle, other.doubts = self.cycle, self.doubts
        other._used, other._nameless, other.doubled = self._used, self._nameless, self.doubled
        return other

    @cached_property
    def names(self) -> PeriodNames:
        """Understands names of periods in the languages at hand."""
        return PeriodNames(self.words.periods, self.words.months)

    @cached_property
    def plain_names(self) -> PeriodNames:
        """Understands the short names that need no language."""
        return PeriodNames()

    @cached_property
    def cycles(self) -> CycleReader:
        """Reads cycles."""
        return CycleReader(self.names, self.words.months, self.today, self.fiscal_start)

    @cached_property
    def year_for(self) -> Callable[[int, int], int]:
        """Finds the year of a month and day that were written without one."""
        return year_in(self.cycle, self.today)

    def evidence(self, sheet: Worksheet) -> Evidence:
        """Give what the texts of a worksheet show of numbers and dates."""
        return self._evidence.setdefault(sheet.name, Evidence(sheet, self.words))

    def days_of(self, span: Span, sheet: str = "") -> tuple[date, date] | None:
        """Give the days of a named period.

        A year that is not named comes from the name of the worksheet, else from the cycle, else from today.
        """
        told = span.year or self._years.get(sheet)
        if told is not None:
            return span.days(told, self.fiscal_start)
        if self.cycle is None:
            return span.days(self.today.year, self.fiscal_start)
        start, due = self.cycle.start, self.cycle.due
        year = start.year if start.year == due.year else nearest_year(span.days, start + (due - start) / 2)
        return span.days(year, self.fiscal_start)

    @cached_property
    def _years(self) -> dict[str, int]:
        """The years that the names of worksheets say (``KPI 2025``).

        A name beside the cycle's years counts only where another one is within them: the only one may be an old name.
        """
        years = {sheet.name: told for sheet in self.workbook.sheets if (told := _year_told(sheet.name))}
        if self.cycle is None:
            return years
        own = range(self.cycle.start.year, self.cycle.due.year + 1)
        others = {name: year for name, year in years.items() if year not in own}
        return others if len(others) < len(years) else {}

    def marks_at(self, sheet: str, row: int) -> tuple[ColumnMark, ...]:
        """Give our column marks in one row."""
        return self._marks.get((sheet, row), ())

    def marks_on(self, sheet: str) -> list[ColumnMark]:
        """Give our column marks on one worksheet."""
        return [mark for (name, _), marks in self._marks.items() if name == sheet for mark in marks]

    def key(self, identity: str | None, sheet: str, row: int, part: str = "") -> str:
        """Give the key of a row: its id, or for now its place; a second use of an id gets the place too."""
        key = identity or f"{sheet}!{row}{part}"
        if key in self._used:
            if identity is not None:
                self.doubled.add(identity)
            key = f"{key}@{sheet}!{row}"
            while key in self._used:  # several items stand in one row
                key += "+"
        self._used.add(key)
        if not identity:
            self._nameless.add(key)
        return key

    def take_nameless(self) -> tuple[set[str], set[str]]:
        """Give the places that were handed out as keys, which then are free again, and all other keys."""
        nameless, self._nameless = self._nameless, set()
        self._used -= nameless
        return nameless, self._used

    @cached_property
    def _marks(self) -> dict[tuple[str, int], tuple[ColumnMark, ...]]:
        found: dict[tuple[str, int], tuple[ColumnMark, ...]] = {}
        for mark in self.workbook.marks:
            if mark.header is not None and not marks_page(mark.table):
                place = (mark.header.sheet, mark.header.row)
                found[place] = (*found.get(place, ()), mark)
        return found


def _year_told(name: str) -> int | None:
    """Give the one year that a name says."""
    years = set(_YEAR.findall(name))
    return int(years.pop()) if len(years) == 1 else None
