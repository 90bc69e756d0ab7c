"""For how long the targets of KPIs are, as their header says it: Target (year), Kế hoạch 2026, Chỉ tiêu tháng."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sheetsync.language import normalise
from sheetsync.model import Frequency
from sheetsync.reading.book import Book
from sheetsync.reading.headers import HeaderPeriod, finest, role_of
from sheetsync.workbook import CellValue

if TYPE_CHECKING:
    from sheetsync.reading.tables import Header

_LONGEST = 40
"""Characters of a header that names targets and their time; longer ones are prose."""


def with_target_time(book: Book, values: Sequence[CellValue], header: Header) -> Header:
    """Give a header of KPIs with the time that its targets are for; its column may be known by nothing else."""
    places = header.columns.get("target")
    if places is not None:
        told = values[places[0] - 1]
        time = _time(book, told) if isinstance(told, str) else None
        return header if time is None else header._replace(target_time=time)
    several = finest(header.periods)
    if any(entry.target for entry in several.values()):
        return header
    found = {column: time for column, text in header.unmapped.items() if (time := _time(book, text)) is not None}
    found |= dict.fromkeys(_years_around(header, several), Frequency.YEAR)
    if len(found) > 1:  # the one that is for just the time of a column says most
        kinds = {entry.period.frequency for entry in several.values()}
        found = {column: time for column, time in found.items() if time in kinds}
    if len(found) != 1:
        return header
    ((column, time),) = found.items()
    return header._replace(
        columns={**header.columns, "target": (column,)},
        unmapped={place: text for place, text in header.unmapped.items() if place != column},
        periods={place: entry for place, entry in header.periods.items() if place != column},
        target_time=time,
    )


def _years_around(header: Header, several: dict[int, HeaderPeriod]) -> list[int]:
    """Give the columns of targets for a year in which all columns of shorter periods lie: Kế hoạch 2026."""
    if not several:
        return []
    # A week lies in the year of most of its days: the first one often begins before New Year's Day.
    days = [entry.period.start + (entry.period.end - entry.period.start) / 2 for entry in several.values()]
    first, last = min(days), max(days)
    return [
        column
        for column, entry in header.periods.items()
        if entry.target
        and not entry.to_date
        and entry.period.frequency is Frequency.YEAR
        and entry.period.start <= first <= last <= entry.period.end
    ]


def _time(book: Book, text: str) -> Frequency | None:
    """Give the time that a header of targets names, such as a year; None where it names none, or is none of targets."""
    if len(text) > _LONGEST:
        return None
    role, rest = role_of(book, normalise(text))
    if role != "target":
        return None
    name = book.words.frequencies.get(rest)
    if name is not None:
        return Frequency(name)
    span = book.names.span(rest)
    return Frequency.YEAR if span is not None and span.kind == "year" else None
