"""What words in the cells of a row say of the whole row: objective or key result, target or actual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sheetsync.reading.understanding.candidates import begins_with_any
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.outcome import Column, Reason, Table
from sheetsync.reading.understanding.period_columns import Periods
from sheetsync.workbook import CellValue

OBJECTIVE, KEY_RESULT = "objective", "key_result"
INITIATIVE = "initiative"
_ROLES = ("target", "current")
_COMPUTED = ("progress", "variance", "score", "weighted_score", "status")
_SURE, _FAIR = 0.9, 0.7
_MOSTLY, _OFTEN = 0.9, 0.5
_PROBED = 40
_MAY_BE_TITLES = ("notes", "initiative", "metric", "other", "section")
_CODE = re.compile(r"(?:O\d{1,2}\s?[-.]?\s?)(KR)\s?\d{1,2}\b|(O|KR|KQ)\s?\d{1,2}(?:[.,]\d{1,2})*\b", re.IGNORECASE)
_NAMED = re.compile(r"([^\W\d][^:：\d]{0,30}?)\s*#?\d{0,2}(?:[.,]\d{1,2})*\s*(?:[:：]|[.)](?=\s)|\s[-–—]\s|$)")
_OBJECTIVES, _KEY_RESULTS = ("o", "obj"), ("kr", "kq", "krs")


def level_of(grid: Grid, value: CellValue) -> str:
    """Give what a word, a code or the beginning of a title calls its row: objective or key_result; else nothing."""
    if not isinstance(value, str):
        return ""
    text = value.strip()
    code = _CODE.match(text)
    if code is not None:
        return OBJECTIVE if (code[1] or code[2]).upper() == "O" else KEY_RESULT
    named = _NAMED.match(text)
    words = plain(named[1]) if named is not None else ""
    if words in (*_OBJECTIVES, *_KEY_RESULTS):
        return OBJECTIVE if words in _OBJECTIVES else KEY_RESULT
    told = grid.vocabulary.exactly(named[1]) if named is not None else {}
    best = max(told, key=lambda name: told[name], default="")
    return best if best in (OBJECTIVE, KEY_RESULT) and told[best] >= _SURE else ""


def is_initiative(grid: Grid, value: CellValue) -> bool:
    """Say whether the only word of a cell calls its row something to be done, which is neither of the two."""
    told = grid.vocabulary.exactly(value.strip()) if isinstance(value, str) else {}
    return told.get(INITIATIVE, 0.0) >= _SURE


def levels(grid: Grid, rows: Sequence[int], columns: Iterable[int]) -> tuple[int, dict[int, str]]:
    """Find the column whose words say of nearly every row whether it is an objective or a key result.

    Rows that the same column calls initiatives, tasks or actions are told as such.
    """
    for column in columns:
        if sum(1 for row in rows[:_PROBED] if level_of(grid, grid.row(row).get(column))) < _OFTEN * len(rows[:_PROBED]):
            continue
        found = {row: level for row in rows if (level := level_of(grid, grid.row(row).get(column)))}
        if set(found.values()) != {OBJECTIVE, KEY_RESULT}:
            continue
        rest = [row for row in rows if row not in found and is_initiative(grid, grid.row(row).get(column))]
        if len(found) + len(rest) >= _MOSTLY * len(rows):
            return column, {**found, **dict.fromkeys(rest, INITIATIVE)}
    return 0, {}


def role_of(grid: Grid, value: CellValue) -> str:
    """Give what a word says that its row or column holds: target, current, or an empty text."""
    told = grid.vocabulary.exactly(value) if isinstance(value, str) else {}
    best = max((name for name in told if name in _ROLES), key=lambda name: told[name], default="")
    return best if best and told[best] >= _FAIR else ""


def roles(grid: Grid, rows: Sequence[int], first_period: int) -> tuple[int, dict[int, str]]:
    """Find the column left of the periods that says of the rows by turns target and actual, and what it says."""
    best: tuple[int, dict[int, str]] = (0, {})
    for column in range(1, first_period):
        told = {row: role for row in rows[:_PROBED] if (role := _role(grid, grid.row(row).get(column)))}
        if not told:  # asking a thousand names for a word that the first ones do not have takes long
            continue
        told |= {row: role for row in rows[_PROBED:] if (role := _role(grid, grid.row(row).get(column)))}
        counts = [list(told.values()).count(role) for role in _ROLES]
        if min(counts) >= 1 and len(told) >= _OFTEN * len(rows) and len(told) > len(best[1]):
            best = (column, told)
    return best


def _role(grid: Grid, value: CellValue) -> str:
    """Give what a word left of the periods says of its row: target, current, or computed from them."""
    role = role_of(grid, value)
    if role or not isinstance(value, str):
        return role
    told = grid.vocabulary.exactly(value)
    best = max(told, key=lambda name: told[name], default="")
    return "computed" if value.strip() == "%" or (best in _COMPUTED and told[best] >= _FAIR) else ""


def told_by_rows(grid: Grid, table: Table, rows: Sequence[int], periods: Periods) -> Table:
    """Correct a table by what its rows say: objectives and key results in one column, targets above actuals."""
    return (
        _with_levels(grid, table, rows)
        or _with_bands(grid, table, rows)
        or _with_roles(grid, table, rows, periods)
        or table
    )


def bands(grid: Grid, table: Table) -> list[int]:
    """Give the rows of a table that are one text over all its columns, but for remarks: headings above goals."""
    rows = [row for row in grid.filled if table.first_data_row <= row <= table.last_data_row and grid.is_band(row)]
    endings = grid.vocabulary.endings
    return [row for row in rows if not any(begins_with_any(str(text), endings) for text in grid.row(row).values())]


def _with_bands(grid: Grid, table: Table, rows: Sequence[int]) -> Table | None:
    """Take titles below headings that call themselves objectives for key results."""
    titles = [column for column in table.columns if column.concept in (OBJECTIVE, KEY_RESULT, "kpi")]
    if len(titles) != 1:
        return None
    headings = bands(grid, table)
    named = [row for row in headings if any(level_of(grid, text) == OBJECTIVE for text in grid.row(row).values())]
    if not named or len(named) < _MOSTLY * len(headings) or titles[0].concept == OBJECTIVE:
        return None
    columns = [_below_bands(grid, rows, column) for column in table.columns]
    return table._replace(kind="okr", layout="objective-rows", columns=tuple(columns))


def _below_bands(grid: Grid, rows: Sequence[int], column: Column) -> Column:
    """Give a column for key results below headings: numbers that begin anew below each are no ids."""
    if column.concept == "kpi":
        return column._replace(concept=KEY_RESULT)
    told = [value for row in rows if (value := grid.row(row).get(column.column)) is not None]
    again = column.concept == "id" and len(set(told)) < len(told)
    return column._replace(concept="order") if again else column


def _with_levels(grid: Grid, table: Table, rows: Sequence[int]) -> Table | None:
    """Take a column of titles for objectives and key results both, where words tell which row is which."""
    titles = [column for column in table.columns if column.concept in (OBJECTIVE, KEY_RESULT, "kpi")]
    if len(titles) > 1 or not table.columns:
        return None
    named = [row for row in rows if not titles or titles[0].column in grid.row(row)]
    near = range(1, max(column.column for column in table.columns) + 1)
    place, found = levels(grid, named, near)
    title = titles[0] if titles else _titles_beside(grid, table, named, place)
    if not found or title is None:
        return None
    both = [title._replace(concept=OBJECTIVE), title._replace(concept=KEY_RESULT)]
    kept = [
        one
        for one in table.columns
        if one.column != title.column and (one.column != place or one.concept in ("id", "order"))
    ]
    columns = sorted((*kept, *both), key=lambda one: one.column)
    unmapped = tuple(left for left in table.unmapped if left.column != title.column)
    return table._replace(kind="okr", layout="objective-rows", columns=tuple(columns), unmapped=unmapped)


def _titles_beside(grid: Grid, table: Table, rows: Sequence[int], place: int) -> Column | None:
    """Find the titles right of the codes that tell the rows apart: texts of several words, hardly two of them alike."""
    known = {column.column: column for column in table.columns if column.concept in _MAY_BE_TITLES}
    known |= {left.column: Column(OBJECTIVE, left.column, left.header, _FAIR, Reason("names_rows"), left.samples)
              for left in table.unmapped}  # fmt: skip
    for column in sorted(known):
        texts = [text for row in rows if isinstance(text := grid.row(row).get(column), str)]
        wordy = sum(1 for text in texts if len(text.split()) > 1)
        if place and column > place and min(len(set(texts)), wordy) >= _MOSTLY * len(rows):
            return known[column]._replace(confidence=_FAIR, reason=Reason("names_rows"))
    return None


def _with_roles(grid: Grid, table: Table, rows: Sequence[int], periods: Periods) -> Table | None:
    """Take a list of names with periods for KPIs, where its rows are by turns target and actual."""
    if table.kind != "other" or not periods.columns or not table.of("kpi"):
        return None
    column, told = roles(grid, rows, min(one.column for one in periods.columns))
    if not told:
        return None
    kept = [one for one in table.columns if one.column != column or one.concept == "kpi"]
    actuals = [one._replace(concept="current", reason=Reason("period")) for one in periods.columns]
    columns: list[Column] = sorted((*kept, *actuals), key=lambda one: one.column)
    return table._replace(kind="kpi", layout="period-columns", columns=tuple(columns))
