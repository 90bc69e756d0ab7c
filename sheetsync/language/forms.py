"""How a language writes numbers, percentages, dates and money; the marks come from its locale's ``[marks]``."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from math import floor
from typing import Any

from sheetsync.language.spelling import normalise

_DASH = "–"
_SLACK = 1e-9
_COMMON = 50.0
"""Fractions below this (5,000 %) are common enough to keep their text."""
_HUGE = 1e24
"""From here on a number is told as a spreadsheet does, 1E+24: nobody counts so many digits."""
_CURRENCIES = {"dong": "VND", "dollar": "USD", "euro": "EUR"}


class Forms:
    """Writes values in the form of one language."""

    def __init__(self, language: str, data: Mapping[str, Any]) -> None:
        """Take the language's code and its locale data (``[marks]`` and, for money, ``[numbers]``)."""
        self._language = language
        self._data = data
        marks = data["marks"]
        self._decimal: str = marks["decimal"]
        self._group: str = marks["group"]
        self._percent: str = marks["percent"]
        self._date: str = marks["date"]
        self._short: str = marks["short"]
        self._months: list[str] = marks["months"]
        self._whole_percents: dict[int, str] = {}
        self._short_days: dict[datetime.date, str] = {}

    def number(self, value: float, digits: int | None = None) -> str:
        """Write a number with grouped thousands; without ``digits`` as short as it can be told, at most 15 places."""
        if not math.isfinite(value):
            return _DASH
        if abs(value) >= _HUGE:
            return f"{value:.15g}".upper().replace(".", self._decimal)
        plain = f"{value:.{digits}f}" if digits is not None else _shortest(value)
        sign = "-" if plain.startswith("-") and plain.strip("-0.") else ""
        whole, _, fraction = plain.lstrip("-").partition(".")
        grouped = f"{int(whole):,}".replace(",", self._group)
        return f"{sign}{grouped}{self._decimal}{fraction}" if fraction else f"{sign}{grouped}"

    def percent(self, fraction: float, digits: int = 0) -> str:
        """Write a fraction as a percentage, 0.52 as ``52%``; half is rounded away from zero, as a sheet does."""
        if digits == 0 and -_COMMON < fraction < _COMMON:
            # A large sheet shows the same few hundred again and again.
            whole = floor(fraction * 100 + 0.5 + _SLACK) if fraction >= 0 else -floor(-fraction * 100 + 0.5 + _SLACK)
            return self._whole_percents.get(whole) or self._whole_percent(whole)
        scale = 10**digits
        scaled = abs(fraction) * 100 * scale
        if not math.isfinite(scaled):
            return _DASH
        rounded = floor(scaled + 0.5 + _SLACK) / scale
        return self._percent.format(value=self.number(math.copysign(rounded, fraction), digits))

    def _whole_percent(self, whole: int) -> str:
        told = self._whole_percents[whole] = self._percent.format(value=self.number(whole, 0))
        return told

    def date(self, day: datetime.date) -> str:
        """Write a day with its year."""
        return self._date.format(day=day.day, month=self._months[day.month - 1], year=day.year)

    def short(self, day: datetime.date) -> str:
        """Write a day without its year."""
        told = self._short_days.get(day)
        if told is None:
            told = self._short_days[day] = self._short.format(day=day.day, month=self._months[day.month - 1])
        return told

    def money(self, value: float, unit: str | None = None) -> str:
        """Write an amount as people say it (3,7 tỷ ₫); a unit that is no currency just follows the number."""
        currency = self._currency(unit)
        if currency is None:
            gap = "" if not unit or unit.startswith("%") else " "
            return f"{self.number(value)}{gap}{unit or ''}"
        from babel.numbers import format_compact_currency, format_compact_decimal, format_currency, get_currency_symbol

        digits = 0 if abs(value) < 1_000_000 else 2
        if self._language == "vi" and digits == 0:
            return f"{self.number(round(value))} {get_currency_symbol(currency, 'vi')}"
        if self._language == "vi":  # CLDR's short Vietnamese form is "T", which nobody in a firm reads as tỷ
            told = format_compact_decimal(value, format_type="long", locale="vi", fraction_digits=digits)
            return f"{told} {get_currency_symbol(currency, 'vi')}".replace("\xa0", " ")
        if digits == 0:
            return str(format_currency(value, currency, locale=self._language))
        return str(format_compact_currency(value, currency, locale=self._language, fraction_digits=digits))

    def _currency(self, unit: str | None) -> str | None:
        if not unit:
            return None
        wanted, words = normalise(unit), self._data.get("numbers", {})
        for name, code in _CURRENCIES.items():
            if wanted == normalise(code) or wanted in map(normalise, words.get(name, ())):
                return code
        return None


def _shortest(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    plain = f"{value:.15g}"
    if "e" in plain:
        plain = f"{value:.15f}" if abs(value) < 1 else f"{value:.0f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
