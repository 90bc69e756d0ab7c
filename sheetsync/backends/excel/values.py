"""Cell values as they stand in a worksheet part: what a cell's type and text mean, and how a value is written."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.formats import Formats
from sheetsync.cell_text import cell_text
from sheetsync.errors import WriteRefused
from sheetsync.workbook import CellRef, CellValue

DAY = timedelta(days=1)
MIDNIGHT = datetime.combine(date.min, time.min)


def serial(value: date | time | timedelta, date1904: bool) -> float:
    """Give the serial number of a date, moment, time or span: days since the workbook's epoch.

    In the 1900 system Excel counts a 29 February 1900 that never was, so days before 1 March 1900 are one less.
    Dates before the epoch give a negative number.
    """
    if isinstance(value, timedelta):
        return value / DAY
    if isinstance(value, time):
        return (datetime.combine(MIDNIGHT, value.replace(tzinfo=None)) - MIDNIGHT) / DAY
    moment = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime.combine(value, time.min)
    if date1904:
        return (moment - datetime(1904, 1, 1)) / DAY  # noqa: DTZ001 - a sheet knows no time zones
    days = (moment - datetime(1899, 12, 30)) / DAY  # noqa: DTZ001 - as above
    return days if days >= 61 else days - 1


def moment(number: float, date1904: bool) -> CellValue:
    """Give the date, moment or time of a serial number, to the millisecond; the number itself beyond year 9999.

    Below 1 it is a time of day; a negative number, which Excel shows as ``####``, counts back from midnight.
    """
    if number < 1:
        return (MIDNIGHT + timedelta(milliseconds=round(number % 1 * 86_400_000))).time()
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 31 if number < 60 else 30)  # noqa: DTZ001
    try:
        found = epoch + timedelta(milliseconds=round(number * 86_400_000))
    except OverflowError:
        return number
    return found.date() if number == int(number) else found


def decoded(kind: bytes, text: str, style: int, formats: Formats, date1904: bool, strings: list[str]) -> CellValue:
    """Give the value of a cell from its ``t`` attribute, its text and its format; ValueError where they disagree.

    ``text`` is the text of ``<v>``, or that of ``<is>`` for an inline string.
    """
    if kind == b"inlineStr" or kind == b"str":
        return unescaped_text(text) or None
    if not text:
        return None
    if kind == b"s":
        return strings[int(text)] or None
    if kind == b"b":
        return {"1": True, "0": False, "true": True, "false": False}[text.strip()]
    if kind == b"e":
        return text
    if kind == b"d":
        return _iso(text)
    if kind not in (b"n", b""):
        raise ValueError(kind)
    number = float(text)
    if style in formats.dates:
        return moment(number, date1904)
    return timedelta(days=number) if style in formats.spans else number


def _iso(text: str) -> CellValue:
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text


@lru_cache(maxsize=1)
def _hexadecimal() -> re.Pattern[str]:
    return re.compile(r"_x([0-9A-Fa-f]{4})_")


@lru_cache(maxsize=1)
def _before_escape() -> re.Pattern[str]:
    """Match the line before what looks like an escape; two of them may share one."""
    return re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def unescaped_text(text: str) -> str:
    """Give the text of a string with Excel's ``_xHHHH_`` escapes resolved."""
    if "_x" not in text:
        return text
    return _hexadecimal().sub(lambda found: chr(int(found.group(1), 16)), text)


def clean_text(text: str, cell: CellRef, path: str) -> str:
    """Give text as it will stand in a cell: without control characters, every line end as one; too long is refused."""
    text = cell_text(text)
    long = 2 * len(text) > limits.TEXT
    if long and len(text) + sum(character > "\uffff" for character in text) > limits.TEXT:
        raise WriteRefused("excel.text_too_long", path=path, cell=str(cell), limit=limits.TEXT)
    return text


def encoded_text(text: str) -> str:
    """Give the inner XML of a ``<t>`` element; what looks like an escape is escaped itself, so that it stays text."""
    if "_x" in text:
        text = _before_escape().sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
