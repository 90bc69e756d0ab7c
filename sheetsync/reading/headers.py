"""Periods in the headers of a KPI sheet: a column for each month, week or quarter, single or as target and actual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from sheetsync.language import normalise
from sheetsync.model import Frequency, Period
from sheetsync.reading.book import Book
from sheetsync.reading.dates import Order, order_of, parse_date
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_LONGEST = 40
_LONGEST_DATE = 12
_LAST_YEAR = 2100  # larger numbers may count days
_REGULAR = ((7, 7), (28, 31), (89, 92), (365, 366))
"""Days from one date to the next, at least and at most, for weeks, months, quarters and years."""


class HeaderPeriod(NamedTuple):
    """A period in a header; ``target`` is True where the header says that the column holds targets.

    ``to_date`` is True where it says that the column holds what was reached since the year began (``YTD Mar``).
    """

    period: Period
    target: bool = False
    to_date: bool = False


def header_periods(
    book: Book, values: Sequence[CellValue], ours: frozenset[int], sheet: str = ""
) -> dict[int, HeaderPeriod]:
    """Give the columns of a header row whose headers name periods, from left to right.

    The name of the ``sheet`` may say their year.
    """
    found = {
        column: period
        for column, text in enumerate(values, 1)
        if isinstance(text, str) and column not in ours and (period := _named(book, text, sheet)) is not None
    }
    found |= _dated(book, values, ours)
    found |= _counted(book, values, ours, sheet)
    return dict(sorted(found.items()))


def finest(periods: Mapping[int, HeaderPeriod]) -> dict[int, HeaderPeriod]:
    """Give the columns of the shortest kind of period; quarters and years beside months are totals.

    Values to date are totals too, and count only where no column holds what one period brought by itself.
    """
    order = list(Frequency)
    to_date = all(entry.to_date for entry in periods.values() if not entry.target)
    alike = {column: entry for column, entry in periods.items() if entry.to_date is to_date}
    shortest = min((order.index(entry.period.frequency) for entry in alike.values()), default=0)
    return {column: entry for column, entry in alike.items() if entry.period.frequency is order[shortest]}


def doubled(periods: Mapping[int, HeaderPeriod]) -> dict[int, int]:
    """Give the columns that hold the same of the same days as an earlier one, each with that one; it is not read."""
    first: dict[tuple[object, ...], int] = {}
    found = {}
    for column, entry in periods.items():
        known = first.setdefault((*entry.period[:3], *entry[1:]), column)
        if known != column:
            found[column] = known
    return found


def names_to_date(book: Book, text: str) -> bool:
    """Say whether a header names values since the year began, whatever else it says."""
    plain = f" {' '.join(normalise(text).replace('(', ' ').replace(')', ' ').split())} "
    return any(f" {word} " in plain for word in book.words.periods["to_date"])


def _named(book: Book, text: str, sheet: str) -> HeaderPeriod | None:
    if len(text) > _LONGEST:
        return None
    role, rest = role_of(book, normalise(text))
    to_date, rest = _to_date(book, rest)
    if to_date and not role:
        role, rest = role_of(book, rest)
    span = book.names.span(rest)
    days = book.days_of(span, sheet) if span is not None else None
    if span is None or days is None:
        return None
    return HeaderPeriod(Period(span.frequency, *days, " ".join(text.split())), role == "target", to_date)


def _to_date(book: Book, plain: str) -> tuple[bool, str]:
    """Part the words for values to date from the name of a period: ``ytd mar``, ``t3 lũy kế``."""
    for word in book.words.periods["to_date"]:
        rest = _behind(word, plain) or _before(word, plain)
        if rest:
            return True, rest
    return False, plain


def role_of(book: Book, plain: str) -> tuple[str, str]:
    """Part the word for target or actual from a normalised name of a period: ``t1 kh``, ``jan (actual)``."""
    plain = " ".join(plain.replace("(", " ").replace(")", " ").split())
    for role in ("target", "actual"):
        words = book.words.periods[role]
        for rest in (*(_behind(word, plain) for word in words), *(_before(word, plain) for word in words)):
            if rest:
                return role, rest
    return "", plain


def _behind(word: str, plain: str) -> str:
    """Give what follows a word that begins a text, after spaces or signs; nothing where that is not so."""
    rest = plain[len(word) :] if plain.startswith(word) else ""
    start = next((place for place, sign in enumerate(rest) if sign.isalnum()), 0)
    return rest[start:] if start else ""


def _before(word: str, plain: str) -> str:
    """Give what stands before a word that ends a text."""
    return _behind(word[::-1], plain[::-1])[::-1]


def _dated(book: Book, values: Sequence[CellValue], ours: frozenset[int]) -> dict[int, HeaderPeriod]:
    """Read dates as headers, true ones first; how far they lie apart says what they mean."""
    days = {
        column: value.date() if isinstance(value, datetime) else value
        for column, value in enumerate(values, 1)
        if isinstance(value, date) and column not in ours
    }
    days = days or _counted_days(values, ours) or _written_days(book, values, ours)
    return {column: HeaderPeriod(period) for column, period in dated(days).items()}


def dated(days: Mapping[int, date]) -> dict[int, Period]:
    """Give the periods that dates above columns mean by how far they lie apart; none for a single date."""
    gaps = _gaps(days)
    if not gaps:
        return {}
    frequency = _frequency(min(gaps))
    return {column: _period(day, frequency) for column, day in days.items()}


def _gaps(days: Mapping[int, date]) -> list[int]:
    """Give how many days lie between each day and the next."""
    return [(later - earlier).days for earlier, later in pairwise(sorted(set(days.values())))]


def _counted_days(values: Sequence[CellValue], ours: frozenset[int]) -> dict[int, date]:
    """Read dates whose cells lost their format, and show the number of the day; only where they come regularly."""
    numbers = {
        column: value
        for column, value in enumerate(values, 1)
        if isinstance(value, int | float) and not isinstance(value, bool) and column not in ours and value > _LAST_YEAR
    }
    days = {column: parse_date(value, {}, _no_year) for column, value in numbers.items()}
    known = {column: day for column, day in days.items() if day is not None}
    return known if len(known) == len(days) and _regular(_gaps(known)) else {}


def _written_days(book: Book, values: Sequence[CellValue], ours: frozenset[int]) -> dict[int, date]:
    """Read texts that are dates with their year; where day and month could be either, only one order is regular."""
    texts = {column: text for column, text in enumerate(values, 1) if isinstance(text, str) and column not in ours}
    order = order_of(texts.values(), years=True)
    ways = []
    for way in (Order.DAY_FIRST, Order.MONTH_FIRST) if order is Order.UNKNOWN else (order,):
        days = {
            column: parse_date(text, book.words.months, _no_year, way)
            for column, text in texts.items()
            if text[:1].isdecimal() and len(text) <= _LONGEST_DATE
        }
        ways.append({column: day for column, day in days.items() if day is not None})
    regular = [days for place, days in enumerate(ways) if _regular(_gaps(days)) and days not in ways[:place]]
    return regular[0] if len(regular) == 1 else {}


def _regular(gaps: Sequence[int]) -> bool:
    """Say whether dates come once a week, month, quarter or year."""
    return bool(gaps) and any(least <= min(gaps) and max(gaps) <= most for least, most in _REGULAR)


def _no_year(month: int, day: int) -> int:
    """Give no year to a date without one, which then is none."""
    del month, day
    return 0


def _frequency(gap: int) -> Frequency:
    for most, frequency in ((2, Frequency.DAY), (9, Frequency.WEEK), (45, Frequency.MONTH), (120, Frequency.QUARTER)):
        if gap <= most:
            return frequency
    return Frequency.YEAR


def _period(day: date, frequency: Frequency) -> Period:
    first, last = day, day
    if frequency is Frequency.WEEK:
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    elif frequency is not Frequency.DAY:
        months = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}[frequency]
        place = (day.month - 1) // months * months
        first, following = date(day.year, place + 1, 1), place + months
        last = date(day.year + following // 12, following % 12 + 1, 1) - timedelta(days=1)
    return Period(frequency, first, last, day.isoformat())


def _counted(book: Book, values: Sequence[CellValue], ours: frozenset[int], sheet: str) -> dict[int, HeaderPeriod]:
    """Read the bare numbers 1 to 12 in a row as months, years in a row as years."""
    numbers = {
        column: int(value)
        for column, value in enumerate(values, 1)
        if isinstance(value, int | float) and not isinstance(value, bool) and column not in ours and value == value // 1
    }
    told = list(numbers.values())
    if told == list(range(1, 13)):
        names = {column: f"m{number}" for column, number in numbers.items()}
    elif len(told) >= 2 and told == list(range(told[0], told[0] + len(told))) and 1990 <= told[0] <= 2100:
        names = {column: str(number) for column, number in numbers.items()}
    else:
        return {}
    found = {}
    for column, name in names.items():
        span = book.plain_names.span(name)
        days = book.days_of(span, sheet) if span is not None else None
        if span is not None and days is not None:
            found[column] = HeaderPeriod(Period(span.frequency, *days, str(numbers[column])))
    return found
