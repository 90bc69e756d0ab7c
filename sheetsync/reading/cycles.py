"""Cycles: the time frame of goals, as a name of a period or as two dates."""

from __future__ import annotations

import re
from datetime import date

from sheetsync.language import Lexicon, normalise
from sheetsync.model import Cycle
from sheetsync.reading.dates import Order, order_of, parse_date
from sheetsync.reading.periods import PeriodNames, nearest_year, year_in
from sheetsync.reading.words import Words


def parse_cycle(text: str, today: date, fiscal_start: int = 1, lexicon: Lexicon | None = None) -> Cycle | None:
    """Read a cycle such as ``Q4/2025``, ``Quý IV``, ``H1 2026``, ``FY26`` or ``01/10/2025 - 31/12/2025``.

    A name without a year means the one nearest to today. ``fiscal_start`` is the month (1 to 12) in which the firm's
    year begins; it counts only where the name says fiscal year, which is named by the year in which it ends. Without a
    lexicon the common English and Vietnamese words are known, but no names of months. None where it is no cycle.
    """
    words = Words(lexicon) if lexicon is not None else None
    names = PeriodNames(words.periods, words.months) if words is not None else PeriodNames()
    return CycleReader(names, words.months if words is not None else {}, today, fiscal_start).read(text)


class CycleReader:
    """Reads cycles; keeps what it has read, since a column holds the same few over and over."""

    def __init__(self, names: PeriodNames, months: dict[str, int], today: date, fiscal_start: int) -> None:
        """Take the names of periods and months, today, and the month in which a fiscal year begins."""
        self._names, self._months = names, months
        self._today, self._fiscal_start = today, fiscal_start
        self._known: dict[str, Cycle | None] = {}

    def read(self, text: str) -> Cycle | None:
        """Read a cycle from a text."""
        if text not in self._known:
            self._known[text] = self._named(text) or self._dated(text)
        return self._known[text]

    def _named(self, text: str) -> Cycle | None:
        span = self._names.span(text)
        if span is None:
            return None
        year = span.year or nearest_year(lambda year: span.days(year, self._fiscal_start), self._today)
        days = span.days(year, self._fiscal_start)
        return Cycle(text.strip(), *days) if days else None

    def _dated(self, text: str) -> Cycle | None:
        ends = re.split(r"\s+[-–—]\s+|\s*[–—→]\s*|\s+(?:den|to|until)\s+", normalise(text).removeprefix("tu "))
        if len(ends) == 1:
            ends = re.split(r"(?<=\d{4})\s*-\s*(?=\d{1,2}[/.])", ends[0])
        if len(ends) != 2:
            return None
        order = order_of(end.strip() for end in ends)
        orders = (Order.DAY_FIRST, Order.MONTH_FIRST) if order is Order.UNKNOWN else (order,)
        found = {self._between(text.strip(), ends, way) for way in orders} - {None}
        return found.pop() if len(found) == 1 else None

    def _between(self, label: str, ends: list[str], order: Order) -> Cycle | None:
        year_for = year_in(None, self._today)
        start, due = (parse_date(end.strip(), self._months, year_for, order) for end in ends)
        return Cycle(label, start, due) if start and due and start <= due else None
