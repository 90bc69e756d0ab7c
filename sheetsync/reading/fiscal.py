"""What the plain name of a period (``Q1/2027``) would mean in a firm whose own year does not begin in January."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Cycle
from sheetsync.reading.cycles import CycleReader
from sheetsync.reading.periods import MOST, PeriodNames, Span

_PARTS = {"quarter": "Q", "half": "H", "year": ""}


class _OwnNames(PeriodNames):
    """Takes every quarter, half and year for one of the firm's own year."""

    def span(self, text: str) -> Span | None:
        """Understand a name as others do, but for whose year it is of."""
        found = super().span(text)
        return found._replace(fiscal=True) if found is not None and found.kind in _PARTS else found


def both_readings(text: str, near: date, fiscal_start: int) -> tuple[Cycle, Cycle] | None:
    """Read the name of a cycle by the calendar, and as one of the firm's own year, which begins in ``fiscal_start``.

    The label of the second is how it is written without doubt: ``Q1 FY2027``, or two dates where the text names several
    periods. Of a name without a year both are those nearest to a day. None where the text names no period of a year, or
    says itself that the year is the firm's.
    """
    plain, own = (CycleReader(names, {}, near, fiscal_start).read(text) for names in (PeriodNames(), _OwnNames()))
    span = PeriodNames().span(text)
    if plain is None or own is None or (span is not None and (span.fiscal or span.kind not in _PARTS)):
        return None
    return plain, own._replace(label=_name_of(own, fiscal_start) or days_of(own))


def _name_of(own: Cycle, fiscal_start: int) -> str | None:
    """Name a quarter, a half or the whole of the firm's own year; None where it is none of them."""
    year = own.start.year + (own.start.month >= fiscal_start)
    for kind, letter in _PARTS.items():
        for number in range(1, MOST[kind] + 1):
            if Span(kind, number, fiscal=True).days(year, fiscal_start) == (own.start, own.due):
                return f"{letter}{number} FY{year}" if letter else f"FY{year}"
    return None


def days_of(cycle: Cycle) -> str:
    """Write a cycle as the two days that every reader of cycles understands: 01/01/2027 - 31/03/2027."""
    return f"{cycle.start:%d/%m/%Y} - {cycle.due:%d/%m/%Y}"
