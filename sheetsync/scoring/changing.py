"""Goals as they would be with other values, so that scoring itself tells what would come of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.model import CheckIn, KeyResult, Quantity, Reading, no_cell
from sheetsync.scoring.current import entries_of, name_of
from sheetsync.scoring.season import Season
from sheetsync.workbook import Cell


def with_current(item: KeyResult, reading: Reading, season: Season) -> tuple[KeyResult, Season]:
    """Give a key result as if somebody had put in a current value today.

    Where it has check-ins it is one more of them, because the log wins on the same day; else it is the row's own.
    """
    entries = entries_of(item, season.log)
    if not entries:
        day = holding(item.check_in_date, season.today)
        return item._replace(current=holding(item.current, reading), check_in_date=day), season
    place: Cell[Any] = item.current if item.current.column else no_cell(item.sheet, item.row)
    entry = check_in_of(item, holding(place, reading), season.today)
    name = name_of(item.id.value) if item.id.value and name_of(item.id.value) in season.log else name_of(item.key)
    return item, season._replace(log={**season.log, name: [*entries, entry]})


def check_in_of(item: KeyResult, value: Cell[Any], today: date, confidence: Cell[Any] | None = None) -> CheckIn:
    """Make the check-in that somebody would write today, with a value, a confidence, or both."""
    blank: Cell[Any] = no_cell(item.sheet, item.row)
    return CheckIn(
        sheet=item.sheet,
        row=item.row,
        date=holding(blank, today),
        item=holding(blank, item.id.value or item.key),
        value=value,
        confidence=blank if confidence is None else confidence,
        blocker=blank,
        note=blank,
    )


def holding(cell: Cell[Any], value: Any) -> Cell[Any]:
    """Give a cell at the same place with another value."""
    raw = value.number if isinstance(value, Quantity) else str(value)
    return cell._replace(raw=raw, value=value)
