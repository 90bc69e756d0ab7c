"""From a cell that was read to what is written for it: its meaning where that is known, else what stood there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from sheetsync.gallery.content import Share, Verbatim, cycle_text
from sheetsync.model import Bounds, Cycle, Done, Period, Quantity, Relative
from sheetsync.workbook import Cell, CellValue

_GROUP = 3
_LETTERS = {1: "T", 3: "Q", 6: "H"}
"""What stands before the number of a month, a quarter or a half year, in every language; by months."""
WORDS = frozenset(
    (
        *("level", "horizon", "link", "kpi_link", "metric", "commitment", "agreed", "direction", "frequency"),
        *("aggregation", "critical"),
    )
)
"""Concepts whose cells hold one of a few words."""


def plain(raw: CellValue) -> Any:
    """Give a raw value as it can be written: days as days, spans of time as texts."""
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == time() else str(raw)
    if isinstance(raw, time | timedelta):
        return str(raw)
    if isinstance(raw, str):
        return Verbatim(raw) if raw.strip() else None
    return raw


def word(cell: Cell[Any]) -> Any:
    """Give the name of a word's meaning (``at_least``, ``yes``), or what stood there."""
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Enum) else text(cell)


def text(cell: Cell[Any]) -> Any:
    """Give a text: what was read of it, or what stood there."""
    if isinstance(cell.value, str):
        return Verbatim(cell.value)
    raw = plain(cell.raw)
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return raw if raw is None else Verbatim(raw)


def day(cell: Cell[Any]) -> Any:
    """Give a day, or what stood there."""
    return cell.value if isinstance(cell.value, date) else plain(cell.raw)


def span(cell: Cell[Any]) -> Any:
    """Give a cycle or a period by a name that says its year, or what stood there."""
    value = cell.value
    if isinstance(value, Cycle):
        return Verbatim(calendar_name(value.start, value.due) or cycle_text(value._replace(label="")))
    if isinstance(value, Period):
        return value.start if value.start == value.end else period_name(value)
    return plain(cell.raw)


def amount(cell: Cell[Any], yes_no: tuple[str, str], *, as_read: bool = False) -> Any:
    """Give a number, a bound or a yes; what means something else stays as it stood there, and so does all ``as_read``.

    ``yes_no`` are the words for a yes and a no. A number that stood there as one stays what it was.
    """
    value, raw = cell.value, cell.raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        share = isinstance(value, Quantity | Bounds) and value.percent and _same(value, raw)
        return Share(raw) if share or isinstance(value, Relative) else raw
    if as_read and raw is not None:
        return plain(raw)
    if isinstance(value, Quantity):
        return Share(value.number) if value.percent else value.number
    if isinstance(value, Bounds):
        return _bounds(value)
    if isinstance(value, Relative) and value.signed:
        unit = " pp" if value.points else "%"
        return Verbatim(f"{'+' if value.change >= 0 else '-'}{number_text(abs(value.change) * 100)}{unit}")
    if isinstance(value, Done):
        return Verbatim(yes_no[0] if value.yes else yes_no[1])
    return plain(raw)


def _same(value: Quantity | Bounds, raw: float) -> bool:
    """Say whether a number is the share that it was read as, and not a count of hundredths (95 beside the unit %)."""
    ends = (value.number,) if isinstance(value, Quantity) else (value.low, value.high)
    return raw in ends


def _bounds(value: Bounds) -> Verbatim:
    low, high = (None if end is None else _end(end, value.percent) for end in (value.low, value.high))
    if low is None:
        return Verbatim(f"<= {high}")
    return Verbatim(f">= {low}" if high is None else f"{low} - {high}")


def _end(number: float, percent: bool) -> str:
    return f"{number_text(number * 100)}%" if percent else number_text(number)


def number_text(number: float) -> str:
    """Write a number so that it can be read in one way only: a point for decimals, never exactly three of them."""
    shown = f"{round(number, 12):.12f}".rstrip("0").rstrip(".")
    decimals = shown.partition(".")[2]
    return f"{shown}0" if len(decimals) == _GROUP else shown


def period_name(period: Period) -> Any:
    """Name a period by its days; one that does not begin with one of the calendar keeps its own name, a day is one."""
    if period.start == period.end:
        return period.start
    return Verbatim(calendar_name(period.start, period.end) or period.label)


def calendar_name(start: date, end: date) -> str | None:
    """Name a month, quarter, half year, year or week: ``T10/2026``, ``Q4/2026``, ``H2/2026``, ``2026``, ``W46/2026``.

    None where the days, both included, are none of these.
    """
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and months == 12 and start.month == 1:
        return str(start.year)
    if whole and months in _LETTERS and (start.month - 1) % months == 0:
        return f"{_LETTERS[months]}{(start.month - 1) // months + 1}/{start.year}"
    if (end - start).days == 6 and start.weekday() == 0:
        year, week, _ = start.isocalendar()
        return f"W{week}/{year}"
    return None
