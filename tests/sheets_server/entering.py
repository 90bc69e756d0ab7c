"""What Google makes of text that a user types into a cell: numbers, dates, formulas, in the marks of the locale."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from tests.sheets_server.cells import Entered, Formula, keepable
from tests.sheets_server.locales import Forms
from tests.sheets_server.serials import serial

CURRENCIES = "$€£¥₫₩₹฿"
TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
WORDS = re.compile(r"(?:(\d{1,2})[\s-]+)?([^\W\d]+)\.?[\s-]*(?:(\d{1,2}),?)?[\s,-]*(\d{4})?")


class Typed(NamedTuple):
    """What typing gives: the content, and the number format that it brings along, if any."""

    value: Entered
    format: dict[str, Any] | None = None


def typed(text: Any, forms: Forms, current: dict[str, Any] | None, today: date) -> Typed:
    """Give what a cell whose number format is `current` holds after `text` was typed; values other than text stay."""
    if not isinstance(text, str):
        return Typed(keepable(text))
    if text.startswith("'"):
        return Typed(keepable(text[1:]))
    if (current or {}).get("type") == "TEXT":
        return Typed(keepable(text))
    if text.startswith("=") and len(text) > 1:
        return Typed(Formula(text))
    bare = text.strip()
    if bare.upper() in {"TRUE", "FALSE"}:
        return Typed(bare.upper() == "TRUE")
    found = _number(bare, forms) or _moment(bare, forms, today)
    if found is None:
        return Typed(keepable(text))
    return _under(found, current)


def _under(found: Typed, current: dict[str, Any] | None) -> Typed:
    """Give a cell that has a number format keeps it; a plain number typed under a percent format is a percentage."""
    if current is None:
        return found
    if current.get("type") == "PERCENT" and found.format is None and isinstance(found.value, int | float):
        return Typed(found.value / 100)
    dates = {"DATE", "TIME", "DATE_TIME"}
    if found.format is not None and (current.get("type") in dates) != (found.format.get("type") in dates):
        return found
    return Typed(found.value)


def _number(text: str, forms: Forms) -> Typed | None:
    sign, bare = 1, text
    if bare.startswith("(") and bare.endswith(")"):
        sign, bare = -1, bare[1:-1]
    bare, currency = _without_currency(bare, forms)
    if bare[:1] in {"-", "+"}:
        sign, bare = sign * (-1 if bare[0] == "-" else 1), bare[1:].strip()
    if not currency:
        bare, currency = _without_currency(bare, forms)
    percent = bare.endswith("%")
    found = _numeral(forms).fullmatch(bare.removesuffix("%").rstrip() if percent else bare)
    if found is None or (percent and currency):
        return None
    plain = re.sub(r"[\s\u00a0\u202f]", "", found[1] or "").replace(forms.group, "")
    decimals = found[2] or ""
    if not plain and not decimals:
        return None
    value = sign * float(f"{plain or 0}.{decimals or 0}{found[3] or ''}")
    grouped = plain != (found[1] or "")
    value = value / 100 if percent else value
    whole = int(value) if value.is_integer() and abs(value) < 1e15 else value
    return Typed(whole, _format(bool(decimals), grouped, percent, currency, bool(found[3]), forms))


@lru_cache(maxsize=64)
def _numeral(forms: Forms) -> re.Pattern[str]:
    spaced = forms.group in "\u00a0\u202f "
    group = "[ \u00a0\u202f]" if spaced else re.escape(forms.group)
    return re.compile(
        rf"(\d{{1,3}}(?:{group}\d{{3}})+|\d*)(?:{re.escape(forms.decimal)}(\d*))?(E[+-]?\d+)?", re.IGNORECASE
    )


def _without_currency(text: str, forms: Forms) -> tuple[str, str]:
    marks = [forms.currency, *CURRENCIES]
    for mark in marks:
        if text.startswith(mark):
            return text[len(mark) :].strip(), mark
        if text.endswith(mark):
            return text[: -len(mark)].strip(), mark
    return text, ""


def _format(
    decimals: bool, grouped: bool, percent: bool, currency: str, exponent: bool, forms: Forms
) -> dict[str, Any] | None:
    digits = "0.00" if decimals else "0"
    if percent:
        return {"type": "PERCENT", "pattern": digits + "%"}
    if currency:
        picture = "#,##0.00" if decimals else "#,##0"
        first = currency != forms.currency or forms.currency_first
        return {"type": "CURRENCY", "pattern": f'"{currency}"{picture}' if first else f'{picture}"{currency}"'}
    if exponent:
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return {"type": "NUMBER", "pattern": "#,##" + digits} if grouped else None


def _moment(text: str, forms: Forms, today: date) -> Typed | None:
    time = TIME.fullmatch(text)
    if time is not None:
        part = _time(time)
        return None if part is None else Typed(part, {"type": "TIME", "pattern": _time_pattern(time)})
    day_text, _, time_text = text.rpartition(" ")
    time = TIME.fullmatch(time_text) if day_text else None
    found = _day(day_text.strip() if time else text, forms, today)
    if found is None:
        return None
    if time is None:
        return found
    part = _time(time)
    if part is None or not isinstance(found.value, int):
        return None
    pattern = f"{(found.format or {})['pattern']} {_time_pattern(time)}"
    return Typed(found.value + part, {"type": "DATE_TIME", "pattern": pattern})


def _time(found: re.Match[str]) -> float | None:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    if minute > 59 or second > 59 or hour > 23:
        return None
    return (hour * 3600 + minute * 60 + second) / 86_400


def _time_pattern(found: re.Match[str]) -> str:
    return "h:mm" + (":ss" if found[3] else "") + (" am/pm" if found[4] else "")


def _day(text: str, forms: Forms, today: date) -> Typed | None:
    if found := ISO.fullmatch(text):
        mark = found[2]
        return _dated(int(found[1]), int(found[3]), int(found[4]), f"yyyy{mark}mm{mark}dd")
    if (found := SHORT.fullmatch(text)) and _dotted(found, forms):
        first, last = int(found[1]), int(found[3])
        day, month = (first, last) if forms.order.index("d") < forms.order.index("m") else (last, first)
        if forms.order.startswith("y") and found[4]:
            return None
        year = _full_year(found[4]) if found[4] else today.year
        pattern = forms.date_pattern if found[4] else _without_year(forms)
        return _dated(year, month, day, pattern)
    return _worded(text, forms, today)


def _dotted(found: re.Match[str], forms: Forms) -> bool:
    """Whether dots are a mark of dates here, and not of numbers."""
    return found[2] != "." or "." in forms.date_pattern


def _without_year(forms: Forms) -> str:
    return re.sub(r"[^dm]*y+[^dm]*", "", forms.date_pattern)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 30 else 1900)


def _worded(text: str, forms: Forms, today: date) -> Typed | None:
    found = WORDS.fullmatch(text)
    if found is None or (found[1] and found[3]) or not (found[1] or found[3]):
        return None
    english = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    name = found[2].lower().rstrip(".")
    for names in (forms.months, forms.short_months):
        for month, known in enumerate(names, 1):
            if name == known.lower().rstrip("."):
                return _dated_worded(found, month, today)
    if name[:3] in english and forms.months[0] == "January":
        return _dated_worded(found, english.index(name[:3]) + 1, today) if len(name) <= 4 else None
    return None


def _dated_worded(found: re.Match[str], month: int, today: date) -> Typed | None:
    pattern = ("d mmm" if found[1] else "mmm d") + (" yyyy" if found[4] else "")
    return _dated(int(found[4] or today.year), month, int(found[1] or found[3]), pattern)


def _dated(year: int, month: int, day: int, pattern: str) -> Typed | None:
    try:
        moment = datetime(year, month, day)
    except ValueError:
        return None
    return Typed(serial(moment.date()), {"type": "DATE", "pattern": pattern})
