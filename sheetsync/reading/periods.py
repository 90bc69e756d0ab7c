"""Names of periods: ``T10``, ``Tháng 10/2025``, ``Jan``, ``W14``, ``Quý IV``, ``2025-Q4``, ``H1 2026``, ``FY26``.

A name gives a span (which month of which year, if it says one); the span becomes days once it is known which year a
name without one means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property

from sheetsync.language import normalise
from sheetsync.model import Cycle, Frequency
from sheetsync.reading.dates import FIRST_YEAR, LAST_YEAR
from sheetsync.record import NamedTuple

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPOKEN = {"mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
"""How Vietnamese say the number of a quarter: quý một, quý tư."""
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
MOST = {"month": 12, "quarter": 4, "half": 2, "year": 1, "week": 53}
"""How many periods of each kind a year has at most."""
_FREQUENCY = {
    "week": Frequency.WEEK,
    "month": Frequency.MONTH,
    "quarter": Frequency.QUARTER,
    "half": Frequency.QUARTER,
    "year": Frequency.YEAR,
}

_LONGEST = 60  # characters of a name
_CENTURY = 2000  # of years with two digits
_WORD_OR_NUMBER = r"[^\W\d_]+(?:_[^\W_]+)*|\d+(?:_[^\W_]+)*"
_SEPARATORS = " /.,()'’_-"

PLAIN: Mapping[str, tuple[str, ...]] = {
    "week": ("week", "tuan", "w"),
    "month": ("month", "thang", "t", "m"),
    "quarter": ("quarter", "quy", "q"),
    "half": ("half", "h"),
    "year": ("year", "nam", "cy"),
    "fiscal": ("fy", "nam tai chinh"),
    "school": ("nam hoc", "school year"),
    "term": ("hoc ky", "hk"),
    "whole_year": ("ca nam",),
    "first_half": ("6 thang dau nam",),
    "second_half": ("6 thang cuoi nam",),
}
"""Words that are understood where no locale is at hand, as on a command line; normalised."""


class Span(NamedTuple):
    """A period by its place in a year: ``kind`` is week, month, quarter, half or year; ``number`` counts from 1.

    ``year`` is None where none is named. ``fiscal`` is set where the name says that the year is the firm's own, and
    ``school`` where it is that of a school, whose days are known only where the firm's own year says when it begins.
    """

    kind: str
    number: int
    year: int | None = None
    fiscal: bool = False
    school: bool = False

    @property
    def frequency(self) -> Frequency:
        """How often such a period comes; a half year counts with the quarters."""
        return _FREQUENCY[self.kind]

    def days(self, year: int, fiscal_start: int = 1) -> tuple[date, date] | None:
        """Give the first and the last day in a year; a fiscal year is named by the year in which it ends."""
        if not FIRST_YEAR <= year <= LAST_YEAR or self.number > MOST[self.kind]:
            return None
        if self.school and fiscal_start == 1:
            return None
        if self.kind == "week":
            try:
                monday = date.fromisocalendar(year, self.number, 1)
            except ValueError:
                return None
            return monday, monday + timedelta(days=6)
        length = _MONTHS_OF[self.kind]
        first = (self.number - 1) * length
        if self.fiscal and fiscal_start > 1:
            first += fiscal_start - 1 - 12
        return _month(year, first), _month(year, first + length) - timedelta(days=1)


def nearest_year(span: Callable[[int], tuple[date, date] | None], today: date) -> int:
    """Give the year in which a period lies nearest to today; of two at the same distance the later."""

    def distance(year: int) -> tuple[float, int]:
        days = span(year)
        if days is None:
            return float("inf"), -year
        return max((days[0] - today).days, (today - days[1]).days, 0), -year

    return min((today.year - 1, today.year, today.year + 1), key=distance)


def year_in(cycle: Cycle | None, today: date) -> Callable[[int, int], int]:
    """Give a function that finds the year of a month and day: inside the cycle, else nearest to it, else to today."""

    def year_for(month: int, day: int) -> int:
        def days(year: int) -> tuple[date, date] | None:
            try:
                return date(year, month, day), date(year, month, day)
            except ValueError:
                return None

        if cycle is None:
            return nearest_year(days, today)
        middle = cycle.start + (cycle.due - cycle.start) / 2
        return nearest_year(days, middle)

    return year_for


class PeriodNames:
    """Understands names of periods with the words that it is given."""

    def __init__(self, words: Mapping[str, tuple[str, ...]] = PLAIN, months: Mapping[str, int] | None = None) -> None:
        """Take normalised words by kind (see PLAIN) and the normalised names of months."""
        self._kinds = {word.replace(" ", "_"): kind for kind in PLAIN for word in words.get(kind, ())}
        self._months = {name.replace(" ", "_"): number for name, number in (months or {}).items()}

    @cached_property
    def _phrases(self) -> re.Pattern[str] | None:
        """The words that have a space in them."""
        phrases = sorted((word for word in (*self._kinds, *self._months) if "_" in word), key=len, reverse=True)
        told = "|".join(re.escape(word.replace("_", " ")) for word in phrases)
        return re.compile(rf"(?<!\w)(?:{told})(?!\w)") if told else None

    def span(self, text: str) -> Span | None:
        """Read the name of a period; None where it is none."""
        plain = normalise(text)
        if len(plain) > _LONGEST:
            return None
        if " " in plain and self._phrases is not None:
            plain = self._phrases.sub(lambda match: match[0].replace(" ", "_"), plain)
        if re.sub(_WORD_OR_NUMBER, "", plain).strip(_SEPARATORS):
            return None
        draft = _Draft()
        for token in re.findall(_WORD_OR_NUMBER, plain):
            if not self._take(token, draft):
                return None
        return draft.span()

    def _take(self, token: str, draft: _Draft) -> bool:
        if token.isdecimal():
            return draft.number(int(token), len(token))
        if token in _ROMAN and draft.kind in ("quarter", "half") and draft.place is None:
            return draft.number(_ROMAN[token], 1)
        if draft.kind == "quarter" and draft.place is None and token in _SPOKEN:
            return draft.number(_SPOKEN[token], 1)
        if token in self._months:
            return draft.named("month", self._months[token])
        kind = self._kinds.get(token)
        if kind in ("first_half", "second_half"):
            draft.counted = token[0].isdecimal()
            return draft.named("half", 1 if kind == "first_half" else 2)
        if kind == "whole_year":
            return draft.named("year", 1)
        if kind in ("year", "fiscal", "school"):
            draft.fiscal |= kind != "year"
            draft.school |= kind == "school"
            return draft.year_follows()
        if kind == "term":
            draft.fiscal = draft.school = True
            return draft.begins("half")
        if kind is not None:
            return draft.begins(kind, behind=len(token) == 1 and kind != "month")
        return self._joined(token, draft)

    def _joined(self, token: str, draft: _Draft) -> bool:
        """Take a letter with its Roman number: QIV, HKII."""
        head = token.rstrip("iv")
        if head == token or head not in self._kinds:
            return False
        return self._take(head, draft) and self._take(token[len(head) :], draft)


class _Draft:
    """A span while its words come in, one by one."""

    def __init__(self) -> None:
        self.kind: str | None = None
        self.place: int | None = None
        self.year: int | None = None
        self.fiscal = self.school = False
        self.counted = (
            False  # begins with a number (6 tháng), so that another short one is no year: 6 tháng 12 is a day
        )
        self._loose: int | None = None
        self._year_next = self._year_named = False

    def begins(self, kind: str, behind: bool = False) -> bool:
        """Take the word of a kind of period; its number follows, or came before it where it may stand behind (2Q)."""
        if self.kind is not None or (self._loose is not None and not behind):
            return False
        self.kind, self.place, self._loose = kind, self._loose, None
        return True

    def named(self, kind: str, place: int) -> bool:
        """Take a name that says kind and number at once, such as January."""
        return self._loose is None and self.begins(kind) and self.number(place, 1)

    def year_follows(self) -> bool:
        """Take a word for the year; two or four digits must follow."""
        self._year_next = self._year_named = True
        return self.year is None

    def number(self, value: int, digits: int) -> bool:
        """Take a number: the place in the year, the year, or a place whose kind is not known yet."""
        short = self._year_next or (self._placed and not self.counted) or self._year_named
        if digits == 4 or (digits == 2 and short):
            return self._take_year(value if digits == 4 else value + _CENTURY)
        if digits > 2 or self._year_next:
            return False
        if self.kind is not None and self.place is None:
            self.place = value
            return True
        free = self.kind is None and self._loose is None
        self._loose = value
        return free

    def _take_year(self, year: int) -> bool:
        """Take a year, or the second one of a firm's or a school's year such as FY 2025-26."""
        first = self.year is None or (self.fiscal and year == self.year + 1)
        self.year, self._year_next = year, False
        return first

    @property
    def _placed(self) -> bool:
        return self.kind is not None and self.place is not None

    def span(self) -> Span | None:
        """Give what was taken, where it is a whole name of a period."""
        if self._loose is not None and self.kind is None and self.year is not None and not self._year_next:
            self.kind, self.place, self._loose = "month", self._loose, None
        if self.kind is None and self.year is not None:
            self.kind, self.place = "year", 1
        if self.kind is None or self.place is None or self._loose is not None:
            return None
        if not 1 <= self.place <= MOST[self.kind]:
            return None
        return Span(self.kind, self.place, self.year, self.fiscal, self.school)


def _month(year: int, offset: int) -> date:
    """Give the first day of a month; 0 is January of the year, -1 the December before."""
    years, month = divmod(offset, 12)
    return date(year + years, month + 1, 1)
