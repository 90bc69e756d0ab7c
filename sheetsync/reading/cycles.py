"""Cycles: the time frame of goals, as a name of a period or as two dates."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from sheetsync.language import Lexicon, normalise
from sheetsync.model import Cycle
from sheetsync.reading.dates import Order, order_of, parse_date
from sheetsync.reading.periods import PeriodNames, Span, nearest_year, year_in
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


_LONGEST = 60
_YEARS = 2


_LEADS = ("chu ky ", "giai doan ", "cycle ", "okr ", "kpi ")
"""Words that may stand before a cycle and say no more than that it is one; normalised."""


@cache
def _months_of_year() -> re.Pattern[str]:
    """Find the first or the last months of a year, which must be said to be those: 9 tháng đầu năm 2025, 9T/2025."""
    year = r"(?: |/|-)?(?:nam )?(20\d\d)"
    return re.compile(rf"(\d{{1,2}}) ?(?:(?:thang|t) (dau|cuoi)(?: nam)?(?:{year})?|(?:thang|t|m){year})")


@cache
def _joint() -> re.Pattern[str]:
    listed = r"\s*-\s*(?=(?:\d{1,2}|[iv]+)\s*(?:/|nam )\s*20\d\d$)"  # T10-12/2025, tháng 10-12 năm 2025
    both = r"\s*[+&]\s*|\s+(?:va|and)\s+"
    spoken = r"\s+(?:den|toi|to|until)\s+"
    return re.compile(rf"\s*[–—→]\s*|{spoken}|{both}|{listed}|\s*-\s*(?=[^\W\d_]|20\d\d$)|\s+-\s+")


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
            found = self._read(text)
            plain = normalise(text)
            if found is None and plain.startswith(_LEADS):
                found = self._read(plain[next(len(lead) for lead in _LEADS if plain.startswith(lead)) :])
            self._known[text] = found and found._replace(label=text.strip())
        return self._known[text]

    def _read(self, text: str) -> Cycle | None:
        return self._named(text) or self._ranged(text) or self._dated(text)

    def _named(self, text: str) -> Cycle | None:
        span = self._names.span(text)
        if span is None:
            return None
        year = span.year or nearest_year(lambda year: span.days(year, self._fiscal_start), self._today)
        days = span.days(year, self._fiscal_start)
        return Cycle(text.strip(), *days) if days else None

    def _ranged(self, text: str) -> Cycle | None:
        """Read periods of one kind from one to another (T1–T3/2025), or a count of months of a year (9 tháng đầu)."""
        plain = normalise(text)
        if len(plain) > _LONGEST or not any(sign.isdigit() for sign in plain):
            return None
        months = _months_of_year().fullmatch(plain)
        if months is not None:
            return self._counted(text, int(months[1]), months[2] == "cuoi", months[3] or months[4])
        ends = _joint().split(plain.removeprefix("tu "))
        if len(ends) != 2:
            return None
        first, last = (self._names.span(end) for end in ends)
        word = re.match(r"[^\W\d_]+", ends[0])
        if first is not None and word is not None and (last is None or last.kind != first.kind):
            last = self._names.span(f"{word[0]} {ends[1]}")  # quý 3-4/2025: said once for both
        return self._through(text, first, last)

    def _counted(self, text: str, count: int, at_the_end: bool, told: str | None) -> Cycle | None:
        """Give the first or the last months of a year."""
        if not 2 <= count <= 11:
            return None
        year = int(told) if told else None
        first, last = (13 - count, 12) if at_the_end else (1, count)
        return self._through(text, Span("month", first, year), Span("month", last, year))

    def _through(self, text: str, first: Span | None, last: Span | None) -> Cycle | None:
        """Give the days from the beginning of one period to the end of another of its kind."""
        if first is None or last is None or first.kind != last.kind or first.school != last.school:
            return None
        if first.kind == "year" and (last.year or 0) - (first.year or 0) < _YEARS:
            if self._fiscal_start == 1 or not (first.year and last.year):
                return None  # 2024-2025 may be two years, or the one of a school
            own = last._replace(fiscal=True).days(last.year, self._fiscal_start)
            return Cycle(text.strip(), *own) if own else None

        def days(year: int) -> tuple[date, date] | None:
            begun = first.days(first.year or year, self._fiscal_start)
            done = last.days(last.year or year, self._fiscal_start)
            return (begun[0], done[1]) if begun and done and begun[0] < done[0] else None

        found = days(last.year or first.year or nearest_year(days, self._today))
        return Cycle(text.strip(), *found) if found else None

    def _dated(self, text: str) -> Cycle | None:
        ends = re.split(r"\s+[-–—]\s+|\s*[–—→]\s*|\s+(?:den|to|until)\s+", normalise(text).removeprefix("tu "))
        if len(ends) == 1:
            ends = re.split(r"(?<=\d{4})\s*-\s*(?=\d{1,2}[/.])|(?<=/\d\d)-(?=\d{1,2}/\d{1,2}/\d{4}$)", ends[0])
        if len(ends) != 2:
            return None
        order = order_of(end.strip() for end in ends)
        orders = (Order.DAY_FIRST, Order.MONTH_FIRST) if order is Order.UNKNOWN else (order,)
        found = {self._between(text.strip(), ends, way) for way in orders} - {None}
        return found.pop() if len(found) == 1 else None

    def _between(self, label: str, ends: list[str], order: Order) -> Cycle | None:
        year_for = year_in(None, self._today)
        due = parse_date(ends[1].strip(), self._months, year_for, order)
        if due is not None and str(due.year) in ends[1]:
            last = due
            year_for = lambda month, day: last.year - ((month, day) > (last.month, last.day))  # noqa: E731 - one rule
        start = parse_date(ends[0].strip(), self._months, year_for, order)
        return Cycle(label, start, due) if start and due and start <= due else None
