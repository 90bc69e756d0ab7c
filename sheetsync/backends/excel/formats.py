"""Number formats of a workbook's styles: which cell formats show a percent sign, a date, a time or a span of time."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from sheetsync.backends.excel.markup import Element
from sheetsync.backends.excel.package import Package
from sheetsync.record import NamedTuple

Kind = Literal["plain", "percent", "date", "span"]

PERCENTS = frozenset((9, 10))
SPANS = frozenset((46,))
DATES = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
"""Ids that Excel gives its own formats; 27 to 36 and 50 to 58 are dates of East Asian editions."""


class Formats(NamedTuple):
    """What each cell format (its index in ``cellXfs``) shows: sets of indices, the rest is plain."""

    percents: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()
    spans: frozenset[int] = frozenset()


def formats_of(package: Package) -> Formats:
    """Read the number formats; a workbook without styles shows everything plainly."""
    return formats_in(package.styles) if package.styles else Formats()


def formats_in(styles: Element) -> Formats:
    """Sort the cell formats of a styles part by what they show."""
    codes = custom_codes(styles)
    holder = styles.child("cellXfs")
    kinds = [_kind_of(xf, codes) for xf in holder.children if xf.name == "xf"] if holder else []
    sets = {kind: frozenset(i for i, own in enumerate(kinds) if own == kind) for kind in ("percent", "date", "span")}
    return Formats(sets["percent"], sets["date"], sets["span"])


def custom_codes(styles: Element) -> dict[int, str]:
    """Give the format codes that the workbook defines, by their id."""
    holder = styles.child("numFmts")
    found = {}
    for element in holder.children if holder else ():
        number = element.attributes.get("numFmtId", "")
        if number.isdecimal():
            found[int(number)] = element.attributes.get("formatCode", "")
    return found


def _kind_of(xf: Element, codes: dict[int, str]) -> Kind:
    given = xf.attributes.get("numFmtId", "0")
    number = int(given) if given.isdecimal() else 0
    if number in codes:
        return kind_of_code(codes[number])
    if number in PERCENTS:
        return "percent"
    if number in SPANS:
        return "span"
    return "date" if number in DATES else "plain"


@lru_cache(maxsize=1)
def _literal() -> re.Pattern[str]:
    return re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@lru_cache(maxsize=256)
def kind_of_code(code: str) -> Kind:
    """Say what a format code shows, by its first section without literal text.

    ``[h]:mm`` is a span of time; a code with d, m, y, h or s is a date; one with % a percentage.
    """
    shown = code.split(";")[0]
    if any(sign in shown for sign in '"\\_*['):
        shown = _literal().sub("", shown)
    shown = shown.lower()
    if "general" in shown:
        return "plain"
    if "[" in shown and re.search(r"\[(?:h+|m+|s+)\]", shown):
        return "span"
    if any(letter in shown for letter in "dmyhs") and not ("e" in shown and re.search(r"[0#?]e[+-]", shown)):
        return "date"
    return "percent" if "%" in shown else "plain"
