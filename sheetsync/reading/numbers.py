"""Numbers as people type them: ``1.234.567,89``, ``1,234.5``, ``30%``, ``500 triệu``, ``5,5 tỷ``, ``(1.200)``.

Whether a point or a comma parts the decimals is never guessed from one number alone: ``1.234`` is ambiguous, and the
other numbers of its column, then of its table, then the language of the workbook decide. Where none can, it is
unreadable.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from sheetsync.language import normalise
from sheetsync.model import Quantity
from sheetsync.reading.words import Suffix, Words
from sheetsync.record import NamedTuple

_GROUP = 3
_LIMIT = 1e300


class Marks(NamedTuple):
    """The decimal and the group mark that a column uses; None where it is not known."""

    decimal: str | None = None
    group: str | None = None


_ALIKE = str.maketrans("23456789", "11111111")  # so that thousands of numbers have few shapes; 0 leads differently
POINT = Marks(".", ",")
COMMA = Marks(",", ".")
UNKNOWN = Marks()


class Number(NamedTuple):
    """A number that was read, and whether a word of size (nghìn, triệu, k) or a plus sign stood with it."""

    quantity: Quantity
    factor: float = 1.0
    plus: bool = False


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
    return re.compile(rf"{sign} ?{prefix} ?(?P<inner>[-\u2212]?)(?P<digits>\d[\d.,' ]*|[.,]\d+)(?P<suffix>.*)")


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
    after = _suffix(match["suffix"].strip(" ."), words, unit)
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
    return Number(quantity, after.factor, match["sign"] == "+") if abs(value) < _LIMIT else None


def number_of(digits: str, marks: Marks = UNKNOWN) -> float | None:
    """Give the number that bare digits with points, commas and spaces mean; None where that is not certain."""
    if " " in digits or "'" in digits:
        head, *groups = digits.replace("'", " ").split(" ")
        last = re.split("[.,]", groups[-1])
        if len(head) > _GROUP or any(len(group) != _GROUP for group in (*groups[:-1], last[0])) or len(last) > 2:
            return None
        digits = head + "".join(groups)
        return float(digits.replace(",", ".")) if digits.replace(",", "", 1).replace(".", "", 1).isdecimal() else None
    sign = _decimal_sign(digits, marks)
    if sign is None:
        return None
    whole, _, fraction = digits.rpartition(sign) if sign else (digits, "", "")
    plain = whole.replace(".", "").replace(",", "") or "0"
    return float(f"{plain}.{fraction or '0'}") if (plain + (fraction or "0")).isdecimal() else None


def _decimal_sign(digits: str, marks: Marks) -> str | None:
    """Give the sign that parts the decimals, an empty text where there are none, None where nobody can know."""
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        return ""
    if points and commas:
        last = max(digits.rfind("."), digits.rfind(","))
        sign, other = digits[last], "," if digits[last] == "." else "."
        return sign if digits.count(sign) == 1 and _grouped(digits[:last], other) else None
    sign = "." if points else ","
    if points + commas > 1:
        return "" if _grouped(digits, sign) else None
    if digits.endswith(sign):
        return None
    if not _grouped(digits, sign):
        return sign
    return sign if marks.decimal == sign else "" if marks.group == sign else None


def _grouped(digits: str, sign: str) -> bool:
    head, *groups = digits.split(sign)
    return 0 < len(head) <= _GROUP and not head.startswith("0") and all(len(group) == _GROUP for group in groups)


def infer_marks(texts: Iterable[object]) -> Marks:
    """Give the marks that the texts of a column agree upon; UNKNOWN where none shows them, or they contradict."""
    together = "\n".join([text for text in texts if isinstance(text, str) and ("." in text or "," in text)])
    found = set()
    for digits in set(_finder().findall(together.translate(_ALIKE))):
        sign = _decimal_sign(digits, UNKNOWN)
        if sign is not None:
            found.add(sign or ("," if "." in digits else "."))
    if len(found) != 1:
        return UNKNOWN
    return POINT if found == {"."} else COMMA


@cache
def _finder() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)+(?![.,]?\d)(?!/)")


def _suffix(text: str, words: Words, unit: str | None) -> Suffix | None:
    """Understand what stands beside a number: nothing, a size, a unit, a percent sign, or a size and a unit."""
    if not text:
        return Suffix()
    known = words.suffixes.get(text)
    if known is not None:
        return known
    if unit and text == normalise(unit):
        return Suffix(unit=unit)
    size, _, rest = text.partition(" ")
    first, second = words.suffixes.get(size), words.suffixes.get(rest)
    if second is None and unit and rest == normalise(unit):
        second = Suffix(unit=unit)
    if first is not None and second is not None and first.factor != 1.0 and not second.percent:
        return Suffix(first.factor * second.factor, second.unit)
    return None


def _hundredth(value: float) -> float:
    """Give a percentage as a fraction without the noise of a division: 30.3 % is 0.303."""
    exact = value / 100
    return round(exact, 12) if math.isfinite(exact) and abs(exact) < 1e3 else exact


def scale_of(unit: str, words: Words) -> float:
    """Give the size that a unit's words carry: 1e9 for ``tỷ đồng``, 1 for ``khách``."""
    found = _suffix(normalise(unit), words, None)
    return found.factor if found is not None else 1.0
