"""Tables that are turned: headers in the first column with a goal in each column, and a row for each period."""

from __future__ import annotations

import re

from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import Head
from sheetsync.reading.understanding.key_result_groups import key_result_groups, repeated
from sheetsync.reading.understanding.outcome import Column, Reason, Table
from sheetsync.reading.understanding.period_rows import period_rows
from sheetsync.workbook import CellValue

_CODE = re.compile(r"[^\W\d_]{1,6}[-_.]\d+(?:[-_.]\w+)*")
"""Names of rows such as KPI-01, which name no concept."""
_NAMES_TOO = frozenset(("variance", "other", "section", "perspective", "initiative", "team", "notes", "blocker"))
"""Concepts whose words are names of goals as well: growth, customers, quality."""
_GOALS = ("objective", "key_result", "kpi")
_LEAST_LABELS = 4
_DEPTH = 60
_SURE, _FAIR = 0.85, 0.7


def transposed(grid: Grid) -> Table | None:
    """Find a table whose first column names the concepts, one a row; its ``columns`` then name rows."""
    for column in (1, 2):
        labels = _labels(grid, column)
        if len(labels) < _LEAST_LABELS or not set(_GOALS) & {concept for concept, _ in labels.values()}:
            continue
        filled = [len([other for other in grid.row(row) if other > column]) for row in labels]
        if sorted(filled)[len(filled) // 2] < 2 or _has_header(grid, min(labels)):
            continue
        rows = tuple(sorted(labels))
        columns = tuple(
            Column(
                concept,
                row,
                str(grid.row(row)[column]),
                _SURE * strength,
                Reason("row_label"),
                _right(grid, row, column),
            )
            for row, (concept, strength) in sorted(labels.items())
        )
        concepts = {one.concept for one in columns}
        kind = "kpi" if "kpi" in concepts and "key_result" not in concepts else "okr"
        return Table(grid.sheet.name, kind, "transposed", rows[:1], rows[0], rows[-1], columns)
    return None


def _labels(grid: Grid, column: int) -> dict[int, tuple[str, float]]:
    """Give the rows whose first cell names a concept that no row above has named, or one of a further key result."""
    texts = {
        row: text
        for row in grid.filled[:_DEPTH]
        if isinstance(text := grid.row(row).get(column), str)
        and not _CODE.fullmatch(text.strip())
        and min(grid.row(row)) == column
        and len(grid.row(row)) >= 2
    }
    members = key_result_groups({row: Head(text) for row, text in texts.items()}, grid.vocabulary)
    again = repeated(members)
    found: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for row, text in texts.items():
        told = grid.vocabulary.exactly(text)
        best = max(told, key=lambda name: told[name] - (0.5 if name in taken else 0.0), default=None)
        if row in members and not members[row].words:
            found[row] = ("key_result", 1.0)
        elif row in again and again[row] in found:
            found[row] = found[again[row]]
        elif best is not None and best not in taken and told[best] >= _FAIR:
            found[row] = (best, told[best])
            taken.add(best)
    return found


def _has_header(grid: Grid, row: int) -> bool:
    """Say whether the first label stands in a row that names other concepts too, and so is a header after all."""
    told = [grid.vocabulary.exactly(value) for value in grid.row(row).values() if isinstance(value, str)]
    return sum(1 for one in told if not one.keys() <= _NAMES_TOO) > 0.5 * len(told)


def _right(grid: Grid, row: int, column: int) -> tuple[CellValue, ...]:
    return tuple(value for other, value in grid.row(row).items() if other > column)[:3]


def turned(grid: Grid) -> Table | None:
    """Find a turned table on a worksheet that has no table of goals the usual way round."""
    return period_rows(grid) or transposed(grid)
