"""What a user's cell says, in the form in which it is remembered."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.reading.raws import text_of
from sheetsync.snapshot import Said
from sheetsync.workbook import Cell


def said_of(cell: Cell[Any]) -> Said:
    """Give what a cell says. A date says its day, so that another way to type the same one is no change."""
    value = cell.value
    if value is None or value.__class__ is str:
        return Said(text_in(cell))
    number = getattr(value, "number", None)
    text = value.isoformat() if isinstance(value, date) else text_in(cell)
    return Said(text, float(number) if number is not None else None)


def text_in(cell: Cell[Any]) -> str:
    """Give the text of a cell as it stands there, with single spaces; empty for a blank one."""
    raw = cell.raw
    if raw is None:
        return ""
    return " ".join((raw if raw.__class__ is str else text_of(raw) or "").split())
