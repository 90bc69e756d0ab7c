"""Marks that follow their cells, and what the spreadsheet says of its template."""

from __future__ import annotations

import re
from collections.abc import Callable

from sheetsync.gallery.google.area import Request, one_cell
from sheetsync.workbook import column_number

_PLACE = re.compile(r"='(?P<sheet>.*)'!\$(?P<column>[A-Z]+)\$(?P<row>\d+)")
PREFIX = "_ss_"
"""How the name of every mark begins."""
PROPERTY_PREFIX = "sheetsync."
"""How the key of everything begins that a spreadsheet says of its template."""


def range_name(name: str) -> str:
    """Give the name of a mark as Sheets allows it: ``_ss.okr.progress`` is ``_ss_okr_progress`` there."""
    return name.replace(".", "_")


def mark_request(name: str, target: str, id_of: Callable[[str], int]) -> Request:
    """Give the request that names one cell, which is told as ``='Sheet name'!$W$5``."""
    found = _PLACE.fullmatch(target)
    if found is None:
        raise LookupError(f"the mark {name!r} does not point at one cell: {target!r}")
    area = one_cell(int(found["row"]) - 1, column_number(found["column"]) - 1)
    grid = area.grid(id_of(found["sheet"].replace("''", "'")))
    return {"addNamedRange": {"namedRange": {"name": range_name(name), "range": grid}}}


def property_request(name: str, value: str) -> Request:
    """Give the request that keeps a property of the template with the spreadsheet."""
    kept = {
        "metadataKey": name,
        "metadataValue": value,
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": kept}}
