"""How a locale writes numbers, dates and formulas."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_symbol, get_territory_currencies

from tests.sheets_server.errors import ApiError


class Forms(NamedTuple):
    """The marks of a locale, the order of its dates (`dmy`), its date pattern, and its names of months and days."""

    decimal: str
    group: str
    separator: str
    order: str
    date_pattern: str
    currency: str
    currency_first: bool
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]


@cache
def forms(locale: str) -> Forms:
    """Give the forms of a locale such as `vi_VN`; one that nobody knows is refused as Google does."""
    try:
        known = Locale.parse(locale)
    except (UnknownLocaleError, ValueError) as error:
        raise ApiError(400, f"Unsupported locale: {locale}") from error
    symbols = known.number_symbols
    marks = symbols.get("latn", symbols)
    pattern = known.date_formats["short"].pattern
    order = "".join(dict.fromkeys(letter for letter in pattern.lower() if letter in "dmy"))
    currency = (get_territory_currencies(known.territory or "US") or ["USD"])[0]
    return Forms(
        decimal=marks["decimal"],
        group=marks["group"],
        separator=";" if marks["decimal"] == "," else ",",
        order=order,
        date_pattern=_date_pattern(pattern),
        currency=get_currency_symbol(currency, known),
        currency_first=known.currency_formats["standard"].pattern.startswith("¤"),
        months=_names(known.months["format"]["wide"]),
        short_months=_names(known.months["format"]["abbreviated"]),
        days=_days(known, "wide"),
        short_days=_days(known, "abbreviated"),
    )


def _names(found: dict[int, str]) -> tuple[str, ...]:
    return tuple(str(found[month]) for month in range(1, 13))


def _days(known: Locale, width: str) -> tuple[str, ...]:
    return tuple(str(known.days["format"][width][day]) for day in range(7))


def _date_pattern(pattern: str) -> str:
    """Babel's short pattern with a full year, as Google's default has it: `M/d/yyyy`."""
    found = pattern.replace("yyyy", "y").replace("yy", "y").replace("y", "yyyy")
    return found.replace("MM", "mm").replace("M", "m") if "M" in found else found
