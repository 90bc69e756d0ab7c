"""Checks what the mapping of a table says beyond the types of its values: rows, columns, cells, what stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sheetsync.config.keys import Accepted, Key
from sheetsync.config.problem import KeyPath, Problem, shown
from sheetsync.mapping import SHARING, SHEET_NAME, TURNED

MOST_HEADER_ROWS = 4
LETTERS = re.compile(r"[A-Za-z]{1,3}")
CELL = re.compile(r"[A-Za-z]{1,3}[1-9][0-9]{0,7}")


def letters(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    """Judge the letters of a column: one to three, as a worksheet shows them."""
    if not LETTERS.fullmatch(value):
        yield Problem(path, "no_letters", {"value": shown(value)})


def cell_address(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    """Judge from where a concept without a column is taken: a cell, or the name of the worksheet."""
    if value != SHEET_NAME and not CELL.fullmatch(value):
        yield Problem(path, "no_cell", {"value": shown(value), "name": SHEET_NAME})


def following(rows: list[int], path: KeyPath) -> Iterator[Problem]:
    """Judge the rows of a header: one to four, each directly below the one before."""
    if not 1 <= len(rows) <= MOST_HEADER_ROWS or rows != list(range(rows[0], rows[0] + len(rows))):
        yield Problem(path, "header_rows", {"value": f"[{', '.join(map(str, rows))}]", "most": MOST_HEADER_ROWS})


def across(table: Any, path: KeyPath) -> Iterator[Problem]:
    """Judge the columns of one table together; what has the wrong type was told where it stands, and is left out."""
    columns = table.get("columns") if isinstance(table, dict) else None
    if not isinstance(columns, dict):
        return
    unit, other = ("row", "column") if table.get("layout") == TURNED else ("column", "row")
    first: dict[str, str] = {}
    for concept, place, here in _places(columns, (*path, "columns")):
        if other in place:
            yield Problem((*here, other), f"no_{other}_here", {"layout": TURNED})
        told = place.get(unit)
        if not isinstance(told, str | int) or isinstance(told, bool):
            continue
        name = str(told).upper()
        if name in first and {first[name], concept} != SHARING:
            yield Problem((*here, unit), f"{unit}_twice", {"value": shown(told), "name": first[name]})
        first.setdefault(name, concept)


def _places(columns: dict[str, Any], path: KeyPath) -> Iterator[tuple[str, dict[str, Any], KeyPath]]:
    """Give each column with its concept and its path; the list of a concept's columns is taken apart."""
    for concept, told in columns.items():
        several = isinstance(told, list)
        for index, place in enumerate(told if several else [told]):
            if isinstance(place, dict):
                yield concept, place, (*path, concept, index) if several else (*path, concept)
