"""Takes everything of its owner's out of what Google says of a spreadsheet, and leaves its form.

Every text is replaced unless its field is known to hold a word of the API's own; so what a later version of the API
adds is replaced too. Numbers of cells get other digits, dates are shifted, formulas keep functions and references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sheetsync.backends.google.formula_texts import scrubbed_format, scrubbed_formula, scrubbed_range
from sheetsync.backends.google.pseudonyms import Pseudonyms

OWN_WORDS = frozenset(
    ("autoRecalc", "dimension", "domain", "recalculationInterval", "sheetType", "status", "type", "visibility")
)
"""Fields whose texts are the API's own words in capitals (``NUMBER``, ``GRID``)."""

SETTINGS = {
    "locale": re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_[A-Z]{2})?"),
    "timeZone": re.compile(r"[A-Z][A-Za-z]+(?:/[A-Za-z_]+(?:[+-]\d{1,2})?){0,2}"),
    "metadataKey": re.compile(r"sheetsync\.[a-z]{1,12}"),
    "fields": re.compile(r"[A-Za-z,.()*/]+"),
    "name": re.compile(r"_ss_[a-z]{2,5}\d*_[a-z_]{2,20}(?:__\d)?"),
}
"""Fields that nobody writes a text of his own into, with the form of what is kept of them."""

_WORD = re.compile(r"[A-Z][A-Z0-9_]*")
_DATES = frozenset(("DATE", "DATE_TIME"))
_IDS = ("Id", "Ids", "consumer")
_RANGES = frozenset(("responseRanges", "ranges", "range", "updatedRange"))


def texts_of(value: Any) -> Iterator[str]:
    """Give every text in an answer or a body, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part)


def dates_of(value: Any) -> Iterator[float]:
    """Give the number of every cell that is shown as a date: another answer may show it without its format."""
    if isinstance(value, Mapping):
        if _format_kind(value) in _DATES:
            parts = (value.get(name) for name in ("userEnteredValue", "effectiveValue"))
            yield from (part["numberValue"] for part in parts if isinstance(part, Mapping) and "numberValue" in part)
        for part in value.values():
            yield from dates_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from dates_of(part)


def _format_kind(cell: Mapping[str, Any]) -> str:
    form = cell.get("effectiveFormat")
    number = form.get("numberFormat") if isinstance(form, Mapping) else None
    return str(number.get("type", "")) if isinstance(number, Mapping) else ""


def pseudonyms_for(documents: list[Any], secret: bytes | None = None) -> Pseudonyms:
    """Give pseudonyms that share no stretch with any text of the documents, and that shift all their dates alike."""
    return Pseudonyms(texts_of(documents), secret, dates_of(documents))


def scrubbed(value: Any, names: Pseudonyms, field: str = "") -> Any:
    """Give a JSON value without anything of its owner's; ``field`` is the name of the field that it stands in."""
    if isinstance(value, Mapping):
        return _object(value, names)
    if isinstance(value, list):
        return [scrubbed(one, names, field) for one in value]
    if isinstance(value, str):
        return _text(value, names, field)
    if isinstance(value, bool) or value is None:
        return value
    if field == "numberValue" or field.endswith(_IDS):
        return names.number(value)
    return value


def _object(value: Mapping[str, Any], names: Pseudonyms) -> dict[str, Any]:
    made = {key: scrubbed(part, names, key) for key, part in value.items()}
    if isinstance(value.get("pattern"), str):
        made["pattern"] = scrubbed_format(value["pattern"], names)
    return made


def _text(value: str, names: Pseudonyms, field: str) -> str:
    if field in OWN_WORDS and _WORD.fullmatch(value):
        return value
    if field in SETTINGS and SETTINGS[field].fullmatch(value):
        return value
    if field == "formulaValue":
        return scrubbed_formula(value, names)
    if field in _RANGES:
        return scrubbed_range(value, names)
    if field.endswith(_IDS):
        return names.identifier(value)
    return names.text(value)
