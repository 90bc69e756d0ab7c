"""What is said of a workbook in which no OKR or KPI table was found: what came nearest, why not, and what to do."""

from __future__ import annotations

from sheetsync.cli.speech import say
from sheetsync.details import is_uncalculated
from sheetsync.names import first_of
from sheetsync.reading.understanding import Nearest, Understanding
from sheetsync.workbook import CellValue, Workbook, Worksheet

_NAMED = 6
"""Headers or worksheets that are named; more would hide the sentence."""
_LONGEST = 30


def nothing_found(workbook: Workbook, understood: Understanding) -> str:
    """Say that there is no table of goals, which row came nearest to being the header of one, and what to do."""
    name, advice = workbook.name, say("adopt.nothing.advice")
    if any(map(is_uncalculated, workbook.sheets)):
        return say("adopt.nothing.uncalculated", name=name)
    if not any(_filled(sheet) for sheet in workbook.sheets):
        return say("adopt.nothing.empty", name=name, advice=advice)
    near = understood.nearest
    if near is None:
        sheets = _listed([sheet.name for sheet in workbook.sheets if _filled(sheet)])
        return say("adopt.nothing.no_header", name=name, sheets=sheets, advice=advice)
    because = say(f"adopt.lack.{near.reason.key}")
    headers = _headers(workbook, near)
    return say(
        "adopt.nothing.nearest",
        name=name,
        sheet=near.sheet,
        row=near.row,
        headers=headers,
        because=because,
        advice=advice,
    )


def _filled(sheet: Worksheet) -> bool:
    return any(value is not None and value != "" for row in sheet.rows for value in row)


def _headers(workbook: Workbook, near: Nearest) -> str:
    """Give what stands in the row, as its owner wrote it, so that it is known again."""
    rows = workbook.sheet(near.sheet).rows
    values = rows[near.row - 1] if near.row <= len(rows) else ()
    return _listed([_short(value) for value in values if isinstance(value, str) and value.strip()])


def _short(value: CellValue) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _listed(names: list[str]) -> str:
    return first_of(names, _NAMED) or "–"
