"""Which current value counts: the row's own, or one of the check-in log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sheetsync.model import CheckIn, Done, KeyResult, Milestones, Quantity, Reading
from sheetsync.record import NamedTuple
from sheetsync.results import Reason
from sheetsync.workbook import Cell

Log = Mapping[str, Sequence[CheckIn]]
"""The check-ins of each item that were made by today, oldest first; on the same day the lower row is the later."""


class Current(NamedTuple):
    """The cell whose value counts, and the day of the item's last update (None where none is known)."""

    cell: Cell[Reading]
    updated: date | None
    notes: tuple[Reason, ...] = ()


def name_of(text: str) -> str:
    """Give an id as it is compared: without case and surrounding space."""
    return text.strip().casefold()


def read_log(check_ins: Iterable[CheckIn], today: date) -> Log:
    """Sort the check-ins made by today to their items. One without a readable date or item is left out."""
    log: dict[str, list[CheckIn]] = {}
    for check_in in check_ins:
        day, item = check_in.date.value, check_in.item.value
        if day is not None and item is not None and day <= today:
            log.setdefault(name_of(item), []).append(check_in)
    for entries in log.values():
        entries.sort(key=_day)
    return log


def _day(check_in: CheckIn) -> date:
    day = check_in.date.value
    return day if day is not None else date.min


def entries_of(item: KeyResult, log: Log) -> Sequence[CheckIn]:
    """Give the check-ins of a key result, oldest first."""
    named = item.id.value
    found = log.get(name_of(named)) if named else None
    return found or log.get(name_of(item.key), ())


def current_of(item: KeyResult, entries: Sequence[CheckIn], today: date, changed: date | None = None) -> Current:
    """Choose the later of the newest check-in with a value and the row's own Current with its check-in date.

    Without a date on the row the log wins, unless history saw Current change on a later day (``changed``); on the same
    day it wins always. A check-in date after today counts as none. A change that was seen is an update.
    """
    row_day = item.check_in_date.value
    if row_day is not None and row_day > today:
        row_day = None
    if not entries:
        return Current(item.current, max((day for day in (row_day, changed) if day is not None), default=None))
    last = _day(entries[-1])
    updated = max(last, row_day or last, changed or last)
    newest = next((entry for entry in reversed(entries) if not entry.value.blank), None)
    if newest is None:
        return Current(item.current, updated)
    if item.current.blank:
        return Current(newest.value, updated)
    row_day = row_day or changed
    log_wins = row_day is None or _day(newest) >= row_day
    cell, other = (newest.value, item.current) if log_wins else (item.current, newest.value)
    return Current(cell, updated, _difference(cell, other))


def _difference(used: Cell[Reading], other: Cell[Reading]) -> tuple[Reason, ...]:
    if used.value == other.value:
        return ()
    params = {"used": plain(used.value), "other": plain(other.value), "used_at": used.ref, "other_at": other.ref}
    return (Reason("log_differs_from_row", params),)


def plain(reading: Reading | None) -> float | str | bool | None:
    """Give a current value as plain data: its number, its names joined, or yes and no as True and False."""
    if isinstance(reading, Quantity):
        return reading.number
    if isinstance(reading, Milestones):
        return ", ".join(reading.names)
    return reading.yes if isinstance(reading, Done) else None
