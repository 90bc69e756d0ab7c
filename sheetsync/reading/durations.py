"""Hours and minutes in rows that count in one of them: ``1h30``, ``2 giờ 15 phút``, ``90 phút``, ``90'``."""

from __future__ import annotations

import re
from functools import cache

from sheetsync.language import fold
from sheetsync.model import Quantity
from sheetsync.reading.numbers import Number
from sheetsync.reading.words import Words

_HOUR = 60.0


def minutes_in(word: str, words: Words) -> float | None:
    """Give how many minutes a word means: 1 or 60; None for any other. Its accents count where it has any."""
    return words.clocks.get(fold(word))


def clock_of(unit: str | None, words: Words) -> float | None:
    """Give how many minutes the unit of a row is, such as giờ or phút/đơn; None where it is neither."""
    return minutes_in(unit.partition("/")[0], words) if unit else None


def in_unit(text: str, number: Number | None, unit: str, clock: float, words: Words) -> Number | None:
    """Give what a text says in a row whose ``unit`` is so many minutes (``clock``); ``number`` is what it says alone.

    What is no time stays as it is. The factor of what is converted is that by which a number before it counts too,
    where a range says its unit once: 60-90 phút.
    """
    if number is not None:
        told = minutes_in(number.quantity.unit, words) if number.quantity.unit else None
        if told is None or told == clock:
            return number
        return _number(number.quantity.number * told, told * number.factor, unit, clock)._replace(plus=number.plus)
    found = _minutes(text, words)
    return _number(*found, unit, clock) if found is not None else None


def _number(minutes: float, each: float, unit: str, clock: float) -> Number:
    return Number(Quantity(round(minutes / clock, 12), unit=unit), each / clock)


def _minutes(text: str, words: Words) -> tuple[float, float] | None:
    """Read hours with minutes behind them, or minutes before their sign, and how many minutes one of the former is.

    None where that is not certain.
    """
    match = _shape().fullmatch(fold(text))
    if match is None:
        return None
    hours, hour, minutes, sign = match.groups(default="")
    named = minutes_in(sign, words) == 1
    if not hour:
        return (float(minutes), 1.0) if named or (sign in words.minute_signs and not sign.isalpha()) else None
    known = named or sign in words.minute_signs or (not sign and len(minutes) == 2)  # 1h5 may be half an hour
    if minutes_in(hour, words) != _HOUR or not known or int(minutes) >= _HOUR:
        return None
    return int(hours) * _HOUR + int(minutes), _HOUR


@cache
def _shape() -> re.Pattern[str]:
    return re.compile(r"(?:(\d{1,4}) ?([^\W\d_]+) ?)?(\d{1,4}) ?([^\W\d_]+|['’′])?\.?")
