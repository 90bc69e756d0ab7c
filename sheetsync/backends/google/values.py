"""What stands in a cell: Google's typed values, the plain form in which they are compared, and Python's.

``Entered`` is what a user entered: None, a number, a text, ``("=", formula)`` or ``("?", True)`` for a truth value. The
marked pairs keep ``==`` exact: TRUE is not 1, and a formula is not the text that looks like it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sheetsync.workbook import CellValue

Entered = None | float | str | tuple[str, Any]
FORMULA, TRUTH = "=", "?"

Form = tuple[str, str]
"""A number format: its type, and its pattern, which may be empty."""

PLAIN: Form = ("", "")
"""Stands for no number format at all."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet has no time zone
_DAY = 86_400_000
"""Milliseconds; finer parts of a second are lost in the numbers that stand for moments."""

_ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "#LOADING!",
}
"""Google's kinds of errors as a cell shows them (ErrorType of the Sheets API, v4)."""


def entered(value: Mapping[str, Any] | None) -> Entered:
    """Give an ExtendedValue of Google's in the plain form."""
    if not value:
        return None
    if "numberValue" in value:
        return float(value["numberValue"])
    if "stringValue" in value:
        return str(value["stringValue"]) or None
    if "boolValue" in value:
        return (TRUTH, bool(value["boolValue"]))
    if "formulaValue" in value:
        return (FORMULA, str(value["formulaValue"]))
    return None


def extended(value: Entered) -> dict[str, Any]:
    """Give the plain form as an ExtendedValue; nothing at all where the cell shall be empty."""
    if value is None:
        return {}
    if isinstance(value, tuple):
        return {"formulaValue" if value[0] == FORMULA else "boolValue": value[1]}
    return {"numberValue": value} if isinstance(value, float) else {"stringValue": value}


def shown(value: Mapping[str, Any] | None, kind: str | None) -> CellValue:
    """Give an effective ExtendedValue as Python has it; ``kind`` is the type of the cell's number format."""
    if not value:
        return None
    if "numberValue" in value:
        return _number(value["numberValue"], kind)
    if "stringValue" in value:
        return str(value["stringValue"])
    if "boolValue" in value:
        return bool(value["boolValue"])
    if "errorValue" in value:
        return _ERRORS.get(value["errorValue"].get("type", ""), "#ERROR!")
    return None


def _number(number: float, kind: str | None) -> CellValue:
    try:
        if kind == "DATE":
            return moment(number) if number % 1 else moment(number).date()
        if kind == "DATE_TIME":
            return moment(number)
        if kind == "TIME":
            return moment(number).time() if 0 <= number < 1 else timedelta(days=number)
    except OverflowError:  # no day of the calendar: it stays the number that it is
        return number
    return number


def moment(number: float) -> datetime:
    """Give the moment that a number of days stands for; OverflowError where it lies beyond the calendar."""
    return _EPOCH + timedelta(milliseconds=round(number * _DAY))


def to_enter(value: CellValue) -> Entered:
    """Give a Python value in the plain form; dates and times become the number of days that stands for them."""
    if isinstance(value, bool):
        return (TRUTH, value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((value - _EPOCH.date()).days)
    if isinstance(value, time):
        return to_enter(datetime.combine(_EPOCH, value))
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return value or None


def form_of(cell: Mapping[str, Any]) -> Form | None:
    """Give the number format that a cell wears, or None."""
    told = cell.get("effectiveFormat", {}).get("numberFormat")
    return (told.get("type", ""), told.get("pattern", "")) if told else None


def kind_of(value: CellValue) -> str | None:
    """Give the type of number format that a Python value needs in order to read back as what it is."""
    if isinstance(value, datetime):
        return "DATE_TIME"
    if isinstance(value, date):
        return "DATE"
    return "TIME" if isinstance(value, time | timedelta) else None
