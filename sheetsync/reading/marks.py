"""Which mark parts the decimals and which the groups: told by the numbers of a column, else by those around it.

``1.234`` may be a thousand or one and a bit, and no language says which: both forms stand in Vietnamese sheets. What
the numbers of a column cannot tell, the other number columns of its table may, and then any number of its worksheet
that can be read in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sheetsync.language import normalise_all
from sheetsync.record import NamedTuple

_GROUP = 3
_SIGNS = re.compile("[.,]")


class Marks(NamedTuple):
    """The decimal and the group mark that a column uses; None where it is not known.

    ``mixed`` is set where the numbers contradict each other, so that nothing else can decide either.
    """

    decimal: str | None = None
    group: str | None = None
    mixed: bool = False


POINT = Marks(".", ",")
COMMA = Marks(",", ".")
UNKNOWN = Marks()
MIXED = Marks(mixed=True)
_ALIKE = str.maketrans("23456789", "11111111")  # so that thousands of numbers have few shapes; 0 leads differently


def infer_marks(texts: Iterable[object]) -> Marks:
    """Give the marks that the texts of a column agree upon; UNKNOWN where none shows them, MIXED where they differ."""
    together = "\n".join([text for text in texts if isinstance(text, str) and ("." in text or "," in text)])
    found = set()
    for digits in set(_finder().findall(together.translate(_ALIKE))):
        sign = decimal_sign(digits, UNKNOWN)
        if sign is not None:
            found.add(sign or ("," if "." in digits else "."))
    return _marks_of(found)


def marks_in_prose(texts: Iterable[object], beside: Iterable[str]) -> Marks:
    """Give the marks that the numbers in texts of any kind show, where they can be nothing but amounts.

    These have two groups (1.234.567), both marks (1.234,5), or one of the words ``beside`` right after decimals
    (5,5 tỷ, 12.5%); what else has a point may be an outline number, a version or a date.
    """
    together = "\n".join(normalise_all([text for text in texts if isinstance(text, str) and _SIGNS.search(text)]))
    found = {match.lastgroup or "" for match in _amounts(tuple(sorted(beside))).finditer(together)}
    return _marks_of({"," if name.startswith("comma") else "." for name in found})


def decimal_sign(digits: str, marks: Marks) -> str | None:
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


def _marks_of(decimals: set[str]) -> Marks:
    if not decimals:
        return UNKNOWN
    if len(decimals) > 1:
        return MIXED
    return POINT if decimals == {"."} else COMMA


def _grouped(digits: str, sign: str) -> bool:
    head, *groups = digits.split(sign)
    return 0 < len(head) <= _GROUP and not head.startswith("0") and all(len(group) == _GROUP for group in groups)


@cache
def _finder() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)+(?![.,]?\d)(?!/)")


@cache
def _amounts(beside: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(rf"{re.escape(word)}(?!\w)" for word in sorted(beside, key=len, reverse=True))
    forms = []
    for name, decimal, group in (("point", r"\.", ","), ("comma", ",", r"\.")):
        head = rf"[1-9]\d{{0,2}}(?:{group}\d{{3}})"
        forms.append(rf"(?P<{name}_groups>{head}{{2,}}(?:{decimal}\d+)?|{head}{decimal}\d+)(?![.,]?\d)")
        forms.append(rf"(?P<{name}_beside>\d{{1,15}}{decimal}(?:\d{{1,2}}|\d{{4,15}}) ?(?:{words}))")
    return re.compile(rf"(?<![\w.,/-])(?:{'|'.join(forms)})")
