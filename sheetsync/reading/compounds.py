"""Amounts told in several parts: ``1 tỷ 200 triệu``, ``1tr5`` and ``2 tỷ 3`` with a number behind, ``3 tỷ rưỡi``."""

from __future__ import annotations

import re
from functools import cache

from sheetsync.language import normalise
from sheetsync.model import Quantity
from sheetsync.reading.marks import Marks
from sheetsync.reading.numbers import Number, number_of
from sheetsync.reading.words import Suffix, Words

_CLEAR_TAILS = (1, 3)
"""How many digits behind a size mean its decimals in whatever way they are read: 2 tỷ 3, 2 tỷ 350."""
_CLOSE_TAIL = 2
"""So many do only where no space parts them from the size: 1tr25 is 1.25 million, 2 tỷ 35 may be 2,035 million."""
_THOUSAND = 1e3
_HALVED_THOUSANDS = 100
"""Thousands and a half are said of fewer than so many: 2 nghìn rưỡi; 500 nghìn rưỡi may be meant for 550 nghìn."""
_LONGEST = 60


@cache
def _shape() -> re.Pattern[str]:
    return re.compile(r"(?:\d[\d.,]* ?[^\W\d_][^\d.,]*)+(?:\d[\d.,]*)?")


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(r"(\d[\d.,]*)( ?)([^\d.,]*)")


def parse_compound(text: str, words: Words, marks: Marks) -> Number | None:
    """Read an amount of several parts; None where it is none, or may mean two amounts."""
    plain = normalise(text)
    sign = -1.0 if plain[:1] in ("-", "\u2212") else 1.0
    plain = plain.lstrip("-\u2212").rstrip(" .")
    if len(plain) > _LONGEST or _shape().fullmatch(plain) is None:
        return None
    pieces = [(digits, word.strip(), word) for digits, _, word in _piece().findall(plain)]
    if len(pieces) < 2:
        found = _and_a_half(*pieces[0][:2], words)
    else:
        found = _with_tail(pieces, words) or _summed(pieces, words, marks)
    return found and found._replace(quantity=found.quantity._replace(number=sign * found.quantity.number))


def _summed(pieces: list[tuple[str, str, str]], words: Words, marks: Marks) -> Number | None:
    """Add parts whose sizes fall: 1 tỷ 200 triệu."""
    total, above, unit = 0.0, float("inf"), None
    for place, (digits, word, _) in enumerate(pieces):
        suffix, number = _size(word, words), number_of(digits, marks)
        last = place == len(pieces) - 1
        if suffix is None or number is None or suffix.percent or (suffix.unit and not last):
            return None
        if suffix.factor == 1.0:
            return None
        if number * suffix.factor >= above or not (last or digits.isdecimal()):
            return None
        total, above, unit = total + number * suffix.factor, suffix.factor, suffix.unit
    return Number(Quantity(total, unit=unit), _size_of(pieces, words))


def _with_tail(pieces: list[tuple[str, str, str]], words: Words) -> Number | None:
    """Take a number right behind a size as its decimals: 1tr5 is 1.5 million; a currency may follow."""
    if len(pieces) != 2:
        return None
    (whole, word, spaced), (tail, behind, _) = pieces
    size, after = words.suffixes.get(word), words.suffixes.get(behind) if behind else Suffix()
    if word not in words.carries or size is None or not (whole.isdecimal() and tail.isdecimal()):
        return None
    close = not spaced.endswith(" ")
    if after is None or (behind and not (close and after.unit in words.currencies)):
        return None
    if len(tail) not in _CLEAR_TAILS and not (len(tail) == _CLOSE_TAIL and close):
        return None
    return Number(Quantity(round(float(f"{whole}.{tail}") * size.factor, 6), unit=after.unit), size.factor)


def _and_a_half(whole: str, said: str, words: Words) -> Number | None:
    """Add half of its size or unit to a whole number: 3 tỷ rưỡi, 2 triệu rưỡi đồng, 2 giờ rưỡi; a unit may follow."""
    half = next((half for half in words.halves if f" {half} " in f"{said} "), None)
    if half is None or not whole.isdecimal():
        return None
    word, _, behind = f"{said} ".partition(f" {half} ")
    size, after = words.suffixes.get(word), words.suffixes.get(behind.strip()) if behind else Suffix()
    if size is None or after is None or word in words.capitals:
        return None
    fits = size.unit is not None and not behind if size.factor == 1.0 else after.factor == 1.0 and not after.percent
    if not fits or (size.factor == _THOUSAND and int(whole) >= _HALVED_THOUSANDS):
        return None
    return Number(Quantity((int(whole) + 0.5) * size.factor, unit=size.unit or after.unit), size.factor)


def _size(word: str, words: Words) -> Suffix | None:
    """Give what a word of a part says; a size may have a currency behind it (triệu VND)."""
    known = words.suffixes.get(word)
    if known is not None:
        return known
    size, _, rest = word.partition(" ")
    first, second = words.suffixes.get(size), words.suffixes.get(rest)
    if first is None or second is None or first.factor == 1.0 or second.unit not in words.currencies:
        return None
    return Suffix(first.factor, second.unit)


def _size_of(pieces: list[tuple[str, str, str]], words: Words) -> float:
    first = _size(pieces[0][1], words)
    return first.factor if first is not None else 1.0
