"""Values and formats of cells: few requests, because equal formats are written as rectangles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from sheetsync.gallery.google.area import Area, Request
from sheetsync.gallery.google.formats import Look, cell_format

EPOCH = date(1899, 12, 30)
"""Day 0 of the serial numbers that Sheets counts dates by."""
Place = tuple[int, int]


def entered(value: Any) -> dict[str, Any] | None:
    """Give a value as the user would have entered it, typed (a text stays a text); None for a blank."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, date):
        return {"numberValue": (value - EPOCH).days}
    if isinstance(value, int | float):
        return {"numberValue": value}
    return {"stringValue": value}


def value_requests(sheet_id: int, values: Mapping[Place, dict[str, Any]], notes: Mapping[Place, str]) -> list[Request]:
    """Give the one request that writes every value and note of a worksheet; none where there are none."""
    places = values.keys() | notes.keys()
    if not places:
        return []
    first, last = min(row for row, _ in places), max(row for row, _ in places)
    rows = [{"values": _cells(row, values, notes)} for row in range(first, last + 1)]
    start = {"sheetId": sheet_id, "rowIndex": first, "columnIndex": 0}
    return [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue,note"}}]


def _cells(row: int, values: Mapping[Place, dict[str, Any]], notes: Mapping[Place, str]) -> list[dict[str, Any]]:
    width = max((column + 1 for place, column in (*values, *notes) if place == row), default=0)
    return [_cell(values.get((row, column)), notes.get((row, column))) for column in range(width)]


def _cell(value: dict[str, Any] | None, note: str | None) -> dict[str, Any]:
    cell: dict[str, Any] = {"userEnteredValue": value} if value is not None else {}
    return {**cell, "note": note} if note is not None else cell


def format_requests(sheet_id: int, looks: Mapping[Place, Look]) -> list[Request]:
    """Give the requests that format cells: one for each rectangle of cells that look the same."""
    return [fill_request(area.grid(sheet_id), look) for area, look in rectangles(looks)]


def fill_request(grid: Mapping[str, int], look: Look) -> Request:
    """Give the request that formats every cell of a range alike."""
    cell = {"userEnteredFormat": cell_format(dict(look.properties))}
    return {"repeatCell": {"range": dict(grid), "cell": cell, "fields": "userEnteredFormat"}}


def rectangles(looks: Mapping[Place, Look]) -> Iterator[tuple[Area, Look]]:
    """Part formatted cells into rectangles that look the same; every cell lies in exactly one."""
    growing: dict[tuple[int, int, Look], int] = {}
    bottom = -1
    for row, runs in _rows(looks):
        kept = runs & growing.keys() if row == bottom + 1 else set()
        yield from _closed({run: top for run, top in growing.items() if run not in kept}, bottom)
        growing = {run: growing[run] if run in kept else row for run in sorted(runs)}
        bottom = row
    yield from _closed(growing, bottom)


def _closed(runs: Mapping[tuple[int, int, Look], int], bottom: int) -> Iterator[tuple[Area, Look]]:
    for (first, last, look), top in runs.items():
        yield Area(top, first, bottom, last), look


def _rows(looks: Mapping[Place, Look]) -> Iterator[tuple[int, set[tuple[int, int, Look]]]]:
    """Give each formatted row, from the top, with its runs of neighbours that look the same."""
    for row, places in groupby(sorted(looks), key=lambda place: place[0]):
        runs: list[tuple[int, int, Look]] = []
        for _, column in places:
            look = looks[row, column]
            if runs and runs[-1][1:] == (column - 1, look):
                runs[-1] = (runs[-1][0], column, look)
            else:
                runs.append((column, column, look))
        yield row, set(runs)
