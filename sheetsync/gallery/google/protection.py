"""Protection of the computed columns: a warning to whoever types there, or a lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetsync.gallery.google.area import Area, Request
from sheetsync.record import NamedTuple


class Refusal(NamedTuple):
    """Cells that are not to be typed into, and the sentence that says why."""

    area: Area
    why: str


def refuses(options: dict[str, Any]) -> bool:
    """Say whether a validation in the words of XlsxWriter lets nothing through: Google protects such cells instead."""
    return (options["validate"], options.get("value")) == ("custom", "=FALSE")


def protection_requests(
    sheet_id: int, refusals: Sequence[Refusal], *, locked: bool, editors: Sequence[str]
) -> list[Request]:
    """Give the requests that protect cells, from their header down to rows that are yet to come.

    Without a lock Sheets asks "are you sure?" and stops nobody, so that sorting and inserting rows keep working. With
    one only the editors (e-mail addresses) and the owner may write; where none are named, Google takes the caller.
    """
    return [
        {"addProtectedRange": {"protectedRange": {**_range(sheet_id, one), **_who(locked=locked, editors=editors)}}}
        for one in _joined(refusals)
    ]


def _range(sheet_id: int, refusal: Refusal) -> dict[str, Any]:
    grid = refusal.area.grid(sheet_id)
    del grid["endRowIndex"]
    return {"range": {**grid, "startRowIndex": refusal.area.first_row - 1}, "description": refusal.why}


def _who(*, locked: bool, editors: Sequence[str]) -> dict[str, Any]:
    if not locked:
        return {"warningOnly": True}  # Google refuses editors beside it
    return {"warningOnly": False, **({"editors": {"users": list(editors)}} if editors else {})}


def _joined(refusals: Sequence[Refusal]) -> list[Refusal]:
    """Make one of neighbouring columns that are refused in the same rows."""
    joined: list[Refusal] = []
    for one in refusals:
        before = joined[-1].area if joined else None
        area = one.area
        if before is not None and before == area._replace(
            first_column=before.first_column, last_column=area.first_column - 1
        ):
            joined[-1] = one._replace(area=before._replace(last_column=area.last_column))
        else:
            joined.append(one)
    return joined
