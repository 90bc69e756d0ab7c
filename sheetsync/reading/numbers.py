"""Numbers as people type them: ``1.234.567,89``, ``1,234.5``, ``30%``, ``500 triệu``, ``5,5 tỷ``, ``(1.200)``.

Whether a point or a comma parts the decimals is never guessed from one number alone: ``1.234`` is ambiguous, and
``marks`` says what the numbers around it show. Where they show nothing it is unreadable.
"""

from __future__ import annotations

import math
import re
from functools import cache

from sheetsync.language import normalise
from sheetsync.model import Quantity
from sheetsync.reading.marks import COMMA, POINT, UNKNOWN, Marks, decimal_sign
from sheetsync.reading.words import Suffix, Words
from sheetsync.record import NamedTuple

_GROUP = 3
_LIMIT = 1e300


class Number(NamedTuple):
    """A number that was read, with the size in words (nghìn, triệu, k), a plus sign or percentage points beside it."""

    quantity: Quantity
    factor: float = 1.0
    plus: bool = False
    points: bool = False


@cache
def _bare(marks: Marks) -> re.Pattern[str]:
    group, decimal = re.escape(marks.group or ""), re.escape(marks.decimal or "")
    return re.compile(rf"-?(?:[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[0-9]{{1,15}})(?:{decimal}[0-9]{{1,15}})?")


def bare_number(text: str, marks: Marks) -> float | None:
    """Read a number of digits and known marks on the short way; None where it is anything more."""
    if marks.decimal is None or marks.group is None or _bare(marks).fullmatch(text) is None:
        return None
    return float(text.replace(marks.group, "").replace(marks.decimal, "."))


@cache
def _shape() -> re.Pattern[str]:
    sign, prefix = r"(?P<sign>[-+\u2212\u2013]?)", r"(?P<prefix>[^\d\s.,()+\-]{0,4})"
    return re.compile(rf"{sign} ?{prefix} ?(?P<inner>[-\u2212]?)(?P<digits>\d[\d.,'’ ]*|[.,]\d+)(?P<suffix>.*)")


def parse_number(text: str, words: Words, marks: Marks = UNKNOWN, unit: str | None = None) -> Number | None:
    """Read a number from a text; None where it is no number, is ambiguous, or has words around that say nothing.

    ``unit`` is the unit of the row, which may stand after the number even where no lexicon knows it.
    """
    plain = normalise(text)
    negative = plain.startswith("(") and plain.endswith(")")
    match = _shape().fullmatch(plain[1:-1].strip() if negative else plain)
    if match is None:
        return None
    before = words.prefixes.get(match["prefix"]) if match["prefix"] else Suffix()
    behind = match["suffix"].strip(" .")
    if behind[:1] == "(" and behind[-1:] == ")":  # 12 (ngày)
        behind = behind[1:-1].strip()
    if behind in words.capitals and not (before and before.unit) and not _ends_in_capital(text):
        after = Suffix(unit=unit) if unit and normalise(unit) == behind else None
    else:
        after = _suffix(behind, words, unit)
    number = number_of(match["digits"].strip(), marks)
    if (
        number is None
        or before is None
        or after is None
        or (before.percent and after.percent)
        or (before.unit and after.percent)
    ):
        return None
    signs = [negative, match["sign"] not in ("", "+"), match["inner"] != ""]
    if sum(signs) > 1:
        return None
    percent = before.percent or after.percent
    value = number * after.factor * (-1 if any(signs) else 1)
    quantity = Quantity(_hundredth(value) if percent else value, percent, after.unit or before.unit)
    points = before.points or after.points
    return Number(quantity, after.factor, match["sign"] == "+", points) if abs(value) < _LIMIT else None


def number_of(digits: str, marks: Marks = UNKNOWN) -> float | None:
    """Give the number that bare digits with points, commas and spaces mean; None where that is not certain."""
    if digits.isdecimal():
        return float(digits)
    if " " in digits or "'" in digits or "’" in digits:
        head, *groups = digits.replace("'", " ").replace("’", " ").split(" ")
        last = re.split("[.,]", groups[-1])
        if len(head) > _GROUP or any(len(group) != _GROUP for group in (*groups[:-1], last[0])) or len(last) > 2:
            return None
        digits = head + "".join(groups)
        return float(digits.replace(",", ".")) if digits.replace(",", "", 1).replace(".", "", 1).isdecimal() else None
    sign = decimal_sign(digits, marks)
    if sign is None:
        return None
    whole, _, fraction = digits.rpartition(sign) if sign else (digits, "", "")
    plain = whole.replace(".", "").replace(",", "") or "0"
    return float(f"{plain}.{fraction or '0'}") if (plain + (fraction or "0")).isdecimal() else None


def _suffix(text: str, words: Words, unit: str | None) -> Suffix | None:
    """Understand what stands beside a number: nothing, a size, a unit, a percent sign, or a size and a unit."""
    if not text:
        return Suffix()
    known = words.suffixes.get(text)
    if known is not None:
        return known
    if unit and text == normalise(unit):
        return Suffix(unit=unit)
    size, _, rest = text.partition(" ") if text.isascii() else _parted(text, words)
    first, second = words.suffixes.get(size), words.suffixes.get(rest)
    if second is None and unit and rest == normalise(unit):
        second = Suffix(unit=unit)
    if first is not None and second is not None and first.factor != 1.0 and not second.percent:
        return Suffix(first.factor * second.factor, second.unit)
    return None


def _parted(text: str, words: Words) -> tuple[str, str, str]:
    """Part a size from what follows it, which in some scripts takes no space: 万人."""
    if " " in text:
        return text.partition(" ")
    size = max((word for word in words.sizes if text.startswith(word)), key=len, default=text)
    return size, "", text[len(size) :]


def _ends_in_capital(text: str) -> bool:
    """Say whether the last letter of a text is a capital: 5 M are millions, 5 m may be metres."""
    return next((letter.isupper() for letter in reversed(text) if letter.isalpha()), False)


def readings(text: str) -> tuple[float, float] | None:
    """Give what the first number of a text that has two meanings may mean: ``1.234`` is 1234 or 1.234."""
    for digits in _unclear().findall(text):
        if decimal_sign(digits, UNKNOWN) is None:
            first, second = number_of(digits, COMMA), number_of(digits, POINT)
            if first is not None and second is not None:
                return max(first, second), min(first, second)
    return None


@cache
def _unclear() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,/])\d{1,3}[.,]\d{3}(?![.,]?\d)")


def _hundredth(value: float) -> float:
    """Give a percentage as a fraction without the noise of a division: 30.3 % is 0.303."""
    exact = value / 100
    return round(exact, 12) if math.isfinite(exact) and abs(exact) < 1e3 else exact


def scale_of(unit: str, words: Words) -> float:
    """Give the size that a unit's words carry: 1e9 for ``tỷ đồng``, 1 for ``khách``."""
    plain = normalise(unit)
    if plain in words.capitals and not _ends_in_capital(unit):
        return 1.0
    found = _suffix(plain, words, None)
    return found.factor if found is not None else 1.0
