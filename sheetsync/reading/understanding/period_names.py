"""Names of periods inside headers, in every language at hand: ``Target 2025``, ``T1 KH``, ``2024年1月``, true dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sheetsync.language import normalise
from sheetsync.reading.periods import MOST, PLAIN, PeriodNames
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.words import shortened
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_KINDS = ("week", "month", "quarter", "half", "year")
_SIGNS = re.compile(  # in the plain spelling of headers, which takes Korean signs apart
    normalise(
        r"(?:(\d{4})\s*(?:年|년)\s*)?(?:第?\s*([一二三四1-4])\s*(?:季度?|四半期|분기)"
        r"|(\d{1,2}|十[一二]?|[一二三四五六七八九])\s*(?:月份?|월)|第?\s*(\d{1,2})\s*(?:周|週|주차|주))"
    )
)
_SIGNS_YEAR = re.compile(normalise(r"(\d{4})\s*(?:年度?|년도?)"))
_DIGITS = "一二三四五六七八九十"
_WEEK = re.compile(r"(?:w|wk|s|sem|kw|н|нед)\.?\s?(\d{1,2})", re.IGNORECASE)
"""Weeks cut short, which only a run of them tells apart from other names."""
_LEAST_WEEKS, _LONGEST_WEEK = 3, 12
_NUMBERED = re.compile(r"(?:\s+#?\d{1,2}|\s+[ivx]{1,3}|(?<=[^\W\d_])\d{1,2})$|^\d{1,2}\s+(?=[^\W\d]{2})")
_DAYS_OF = re.compile(r"\(\s*\d[\d\s/.,\-–—]*\)\s*$")
"""The days of a week or month in brackets behind its name: Tuần 1 (1-7/11)."""
_MONTHS_LONG = re.compile(r"\b\d{1,2} (?:thang|months?)(?: dau nam)?\b")
"""So many months from the first of the year on, which is no month: TH 10 tháng, 9 tháng đầu năm."""
YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 40
_MOST_WORDS = 5
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class HeadPeriod(NamedTuple):
    """A period that a header names: its kind (day, week, month ..), number, and year (0 if not told)."""

    kind: str
    number: int
    year: int = 0


class PeriodHeadings:
    """Finds periods in header texts; keeps its answers."""

    def __init__(self, data: Sequence[Mapping[str, Any]]) -> None:
        """Take the word lists of all languages."""
        words: dict[str, tuple[str, ...]] = {}
        months: dict[str, int] = {}
        for one in data:
            told = {**one.get("cells", {}), **one.get("values", {}).get("periods", {})}
            for kind in (*_KINDS, "first_half", "second_half"):
                words[kind] = (*words.get(kind, PLAIN.get(kind, ())), *map(normalise, told.get(kind, ())))
            months |= shortened([normalise(name) for name in told.get("months", ())])
        self._names = PeriodNames(words, months)
        self._bare = {word for kind in _KINDS for word in words[kind] if len(word) > 2}
        self._months = months
        self._known: dict[str, tuple[HeadPeriod | None, str]] = {}

    def whole(self, value: CellValue) -> HeadPeriod | None:
        """Give the period that a header is the name of, and nothing more; None where it is none."""
        if isinstance(value, datetime | date):
            return HeadPeriod("day", value.month * 100 + value.day, value.year)
        if not isinstance(value, str) or len(value) > _LONGEST:
            return None
        period, rest = self._parted(plain(_DAYS_OF.sub("", value) if "(" in value else value))
        return period if not rest else None

    def inside(self, value: CellValue) -> HeadPeriod | None:
        """Give the period that is named anywhere in a header."""
        if not isinstance(value, str):
            return self.whole(value)
        return self._parted(plain(value))[0] if len(value) <= 2 * _LONGEST else None

    def is_kind(self, text: str) -> bool:
        """Say whether a header is only the word for a kind of period, such as Month or Quý."""
        return plain(text) in self._bare

    def without(self, words: str) -> str:
        """Give a plain header without the name of its period, or without the number that counts it."""
        words = self._without_length(words)
        period, rest = self._parted(words)
        return rest if period is not None else _NUMBERED.sub("", words).strip()

    def _parted(self, words: str) -> tuple[HeadPeriod | None, str]:
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = self._part(words)
        return found

    def _part(self, words: str) -> tuple[HeadPeriod | None, str]:
        words = self._without_length(words)
        named = any(sign.isdigit() for sign in words) or not self._months.keys().isdisjoint(words.split())
        if not named and words[-1:] not in ("i", "v"):
            return self._part_signs(words)
        tokens = words.split()
        for size in range(min(len(tokens), _MOST_WORDS), 0, -1):
            for place in range(len(tokens) - size + 1):
                span = self._names.span(" ".join(tokens[place : place + size]))
                if span is not None:
                    rest = [token for token in (*tokens[:place], *tokens[place + size :]) if token not in _GLUE]
                    return HeadPeriod(span.kind, span.number, span.year or 0), " ".join(rest)
        return self._part_signs(words)

    def _without_length(self, words: str) -> str:
        """Give a plain header without so many months that are no period of their own, as the first six are."""
        long = _MONTHS_LONG.search(words)
        if long is None or self._names.span(long[0]) is not None:
            return words
        return " ".join((words[: long.start()] + words[long.end() :]).split())

    def _part_signs(self, words: str) -> tuple[HeadPeriod | None, str]:
        whole = _SIGNS_YEAR.fullmatch(words)
        if whole is not None:
            return HeadPeriod("year", 1, int(whole[1])), ""
        match = _SIGNS.search(words)
        if match is None:
            return None, words
        year = int(match[1] or 0)
        kind = "quarter" if match[2] else "month" if match[3] else "week"
        number = _counted_by(match[2] or match[3] or match[4])
        if not 1 <= number <= MOST[kind]:
            return None, words
        rest = " ".join((words[: match.start()] + " " + words[match.end() :]).split())
        return HeadPeriod(kind, number, year), rest


def _is_week(value: CellValue) -> re.Match[str] | None:
    return _WEEK.fullmatch(value.strip()) if isinstance(value, str) and len(value) <= _LONGEST_WEEK else None


def _counted_by(digit: str) -> int:
    """Give the number that digits, or the Chinese signs for 1 to 12, stand for."""
    if digit.isdigit():
        return int(digit)
    return sum(_DIGITS.index(sign) + 1 for sign in digit)


_GLUE = frozenset(("trong", "cua", "for", "of", "in", "cho", "den", "del", "de", "do", "da", "на", "за", "fur", "nam"))


def counted(values: Mapping[int, CellValue]) -> dict[int, HeadPeriod]:
    """Read bare numbers in a row as months 1 to 12, or years that follow each other, and S1, S2, S3 as weeks."""
    weeks = {column: int(match[1]) for column, value in values.items() if (match := _is_week(value)) is not None}
    of_a_year = all(1 <= number <= MOST["week"] for number in weeks.values())
    in_turn = all(two - one == 1 for one, two in pairwise(weeks.values()))
    if len(weeks) >= _LEAST_WEEKS and of_a_year and in_turn:
        return {column: HeadPeriod("week", number) for column, number in weeks.items()}
    numbers = {
        column: int(value)
        for column, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    }
    told = list(numbers.values())
    if told[:12] == list(range(1, 13)) and told[12:13] != [13]:
        return {column: HeadPeriod("month", number) for column, number in list(numbers.items())[:12]}
    rising = len(told) >= 2 and told == list(range(told[0], told[0] + len(told)))
    if rising and _FIRST_YEAR <= told[0] <= _LAST_YEAR:
        return {column: HeadPeriod("year", 1, number) for column, number in numbers.items()}
    return {}


def year_in(text: str) -> int:
    """Give the year that a text names; 0 where it names none, or several."""
    years = set(YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else 0
