"""What tells an objective from a key result, or a section from a KPI, where their titles stand in one column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.outcome import Table
from sheetsync.workbook import CellValue

OBJECTIVE, KEY_RESULT = "objective", "key_result"
MEASURES = ("target", "current", "baseline")
"""What people type for a key result; progress and scores are often computed for objectives as well."""
_SURE = 0.9
_MOSTLY = 0.9
_CODE = re.compile(r"(O|KR)\s?\d{1,2}(?:[.,]\d{1,2})*\b|(?:O\d{1,2}\s?[-.]\s?)(KR)\s?\d{1,2}\b", re.IGNORECASE)
_NAMED = re.compile(r"([^\W\d][^:：\d]{1,30}?)\s*#?\d{0,2}(?:[.,]\d{1,2})*\s*(?:[:：]|[.)](?=\s)|\s[-–—]\s|$)")
_OUTLINE = re.compile(r"\(?(\d{1,3}(?:[.,]\d{1,3})*)[.,)]?")
_PREFIX = re.compile(r"\s*(\d{1,2}(?:[.,]\d{1,2})+[.,)]?|\d{1,2}[.,)]|[IVX]{1,4}[.)]|[A-Z][.)])\s+\S")
_ROMAN, _LETTER = re.compile(r"[IVX]{1,5}"), re.compile(r"[A-Za-z]")
_BULLETS = frozenset("-–—+•*")


def told_level(grid: Grid, value: CellValue) -> str:
    """Give what a word, a code or the beginning of a title calls its row: objective or key_result; else nothing."""
    if not isinstance(value, str):
        return ""
    text = value.strip()
    code = _CODE.match(text)
    if code is not None:
        return KEY_RESULT if (code[1] or code[2]).upper() == "KR" else OBJECTIVE
    named = _NAMED.match(text)
    if named is None:
        return ""
    if plain(named[1]) in ("o", "kr"):
        return OBJECTIVE if plain(named[1]) == "o" else KEY_RESULT
    told = grid.vocabulary.exactly(named[1])
    best = max(told, key=lambda name: told[name], default="")
    return best if best in (OBJECTIVE, KEY_RESULT) and told[best] >= _SURE else ""


def by_words(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> dict[int, str]:
    """Find the column whose words say of nearly every row whether it is an objective or a key result."""
    for column in columns:
        found = {row: level for row in rows if (level := told_level(grid, grid.row(row).get(column)))}
        if set(found.values()) == {OBJECTIVE, KEY_RESULT} and len(found) >= _MOSTLY * len(rows):
            return found
    return {}


def by_parents(grid: Grid, rows: Sequence[int], ids: Sequence[int], columns: Sequence[int]) -> dict[int, int]:
    """Give the depth of each row by a column that holds the code of the row's parent."""
    for identity in ids:
        codes = {code: row for row in rows if (code := _code(grid.row(row).get(identity)))}
        for column in columns:
            parents = {row: code for row in rows if (code := _code(grid.row(row).get(column)))}
            known = [code for row, code in parents.items() if codes.get(code, row) != row]
            if column != identity and len(parents) >= 2 and len(known) >= _MOSTLY * len(parents) < len(rows):
                return {row: _ancestors(row, parents, codes) for row in rows}
    return {}


def _code(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().casefold() if isinstance(value, str | int | float) else ""


def _ancestors(row: int, parents: Mapping[int, str], codes: Mapping[str, int]) -> int:
    seen = {row}
    while (row := codes.get(parents.get(row, ""), 0)) and row not in seen:
        seen.add(row)
    return len(seen) - 1


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


def by_measures(told: Mapping[int, bool]) -> dict[int, str]:
    """Take rows without any amount, each above rows that have one, for objectives; nothing where it does not come out.

    At least two objectives must be there, the first of them on top, or else all that lacks an amount may be new.
    """
    rows = list(told)
    bare = [row for row in rows if not told[row]]
    if len(bare) < 2 or not rows or told[rows[0]]:
        return {}
    followed = [place for place, row in enumerate(rows[:-1]) if not told[row] and told[rows[place + 1]]]
    if len(followed) < len(bare) or len(rows) < 2 * len(bare):
        return {}
    return {row: KEY_RESULT if told[row] else OBJECTIVE for row in rows}
