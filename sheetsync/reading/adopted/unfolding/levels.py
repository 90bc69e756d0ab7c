"""What tells an objective from a key result, or a section from a KPI, where their titles stand in one column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Table
from sheetsync.reading.understanding.row_words import KEY_RESULT, OBJECTIVE
from sheetsync.workbook import CellValue

MEASURES = ("target", "current", "baseline")
"""What people type for a key result; progress and scores are often computed for objectives as well."""
_MAY_NAME_PARENTS = ("aligned_to", "section", "perspective", "level", "notes")
_MOSTLY = 0.9
_OUTLINE = re.compile(r"\(?(\d{1,3}(?:[.,]\d{1,3})*)[.,)]?")
_PREFIX = re.compile(r"\s*(\d{1,2}(?:[.,]\d{1,2})+[.,)]?|\d{1,2}[.,)]|[IVX]{1,4}[.)]|[A-Z][.)])\s+\S")
_ROMAN, _LETTER = re.compile(r"[IVX]{1,5}"), re.compile(r"[A-Za-z]")
_BULLETS = frozenset("-–—+•*")


def by_parents(grid: Grid, table: Table, rows: Sequence[int], ids: Sequence[int]) -> dict[int, int]:
    """Give the row of the parent of each row that has one, by a column that holds the code of the parent.

    Mere numbers may be codes and may be amounts: they count where no row is a parent that has an amount itself.
    """
    amounts = measured(grid, table, rows)
    meant = {column.column for column in table.columns if column.concept not in _MAY_NAME_PARENTS}
    columns = sorted({column for row in rows for column in grid.row(row)} - meant)
    for identity in ids:
        codes = {code: row for row in rows if (code := _code(grid.row(row).get(identity)))}
        for column in columns:
            told = {row: code for row in rows if (code := _code(grid.row(row).get(column)))}
            known = {row: codes[code] for row, code in told.items() if codes.get(code, row) != row}
            if column == identity or len(told) < 2 or len(told) == len(rows) or len(known) < _MOSTLY * len(told):
                continue
            if not all(code.isdecimal() for code in told.values()) or not any(map(amounts.get, known.values())):
                return known
    return {}


def ancestors(row: int, parents: Mapping[int, int]) -> list[int]:
    """Give the rows above a row, from its parent up; a circle of parents ends where it closes."""
    found: list[int] = []
    while (row := parents.get(row, 0)) and row not in found:
        found.append(row)
    return found


def _code(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().casefold() if isinstance(value, str | int | float) else ""


def by_numbers(grid: Grid, rows: Sequence[int], columns: Sequence[int], titles: Sequence[int]) -> dict[int, int]:
    """Give the depth of each row by numbers such as 1, 1.1 and 1,1,1, below letters or Roman numbers, or within titles.

    Each way of numbering is one level; one that was not seen above is a level deeper.
    """
    for told in (
        *({row: _style(grid.row(row).get(column)) for row in rows} for column in columns),
        *({row: _style_in(grid.row(row).get(column)) for row in rows} for column in titles),
    ):
        styles = {row: style for row, style in told.items() if style}
        if len(styles) >= _MOSTLY * len(rows) and len(set(styles.values())) >= 2:
            return _depths(styles)
    return {}


def _depths(styles: Mapping[int, str]) -> dict[int, int]:
    above: list[str] = []
    found = {}
    for row, style in styles.items():
        if style in above:
            del above[above.index(style) + 1 :]
        else:
            above.append(style)
        found[row] = len(above) - 1
    return found


def _style(value: CellValue) -> str:
    """Give the way in which a row is numbered; Excel makes a date of 1.1, and a number anyway."""
    if isinstance(value, date):
        return "number 2"
    if isinstance(value, bool) or value is None:
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    outline = _OUTLINE.fullmatch(text)
    if outline is not None:
        return f"number {len(re.split('[.,]', outline[1]))}"
    if text in _BULLETS:
        return text
    text = text.strip("().,:/ ")
    if _ROMAN.fullmatch(text):
        return "roman"
    if _LETTER.fullmatch(text):
        return "capital" if text.isupper() else "letter"
    return ""


def _style_in(value: CellValue) -> str:
    """Give the way in which a title is numbered at its beginning."""
    match = _PREFIX.match(value) if isinstance(value, str) else None
    return _style(match[1]) if match is not None else ""


def measured(grid: Grid, table: Table, rows: Sequence[int]) -> dict[int, bool]:
    """Say of each row whether it has an amount, or something of a period."""
    columns = [column.column for column in table.columns if column.concept in MEASURES or column.period]
    return {row: not grid.row(row).keys().isdisjoint(columns) for row in rows}


def by_measures(told: Mapping[int, bool], *, named: bool = False) -> dict[int, str]:
    """Take rows without any amount, each above rows that have one, for objectives; nothing where it does not come out.

    At least two objectives must be there, the first of them on top, or else all that lacks an amount may be new; one is
    enough above two rows or more where the header says that it stands there (``named``).
    """
    rows = list(told)
    bare = [row for row in rows if not told[row]]
    if not bare or told[rows[0]] or (len(bare) < 2 and not (named and len(rows) > 2)):
        return {}
    followed = [place for place, row in enumerate(rows[:-1]) if not told[row] and told[rows[place + 1]]]
    if len(followed) < len(bare) or len(rows) < 2 * len(bare):
        return {}
    return {row: KEY_RESULT if told[row] else OBJECTIVE for row in rows}
