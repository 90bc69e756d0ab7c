"""What stands around a table and holds for all of it: the person of a form, the quarter in its title, its month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from sheetsync.mapping import SHEET_NAME
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.outcome import Table
from sheetsync.reading.understanding.shapes import is_name, is_team
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.workbook import CellRef

_WANTED: Mapping[str, str] = {"owner": "owner", "name": "owner", "team": "team"}
_DEPTH = 25  # rows above a header
_FAIR = 0.7
_LONGEST = 80
_REACH = 4  # cells to the right of a label in which its value may stand
_TITLES = ("objective", "key_result")
_CYCLES = ("month", "quarter", "half", "year")


def fixed_above(grid: Grid, table: Table, others: Sequence[Table]) -> dict[str, str]:
    """Give the cells above a table that name owner, team or (for objectives) the cycle of all of it.

    Only concepts that have no column; a cell is given as ``C5``. Rows of ``others`` on the worksheet do not count.
    """
    top = table.header_rows[0]
    near = [row for row in range(max(1, top - _DEPTH), top) if grid.row(row)]
    taken = [(other.header_rows[0], other.last_data_row) for other in others]
    rows = [row for row in near if not any(first <= row <= last for first, last in taken)]
    found: dict[str, str] = {}
    for row in rows:
        for concept, column in _labelled(grid, row):
            if concept not in table.concepts:
                found.setdefault(concept, _a1(row, column))
    if table.kind == "okr" and not {"cycle", "period"} & {*table.concepts}:
        titles = {column.column for column in table.columns if column.concept in _TITLES}
        above, inside = next(_cycles(grid, rows), None), next(_cycles(grid, table.header_rows, titles), None)
        title = above or _cycle_in_name(grid) or inside
        if title is not None:
            found["cycle"] = title
    return found


def _cycle_in_name(grid: Grid) -> str | None:
    period = grid.vocabulary.periods.inside(grid.sheet.name)
    return SHEET_NAME if period is not None and period.kind in _CYCLES else None


def _labelled(grid: Grid, row: int) -> Iterator[tuple[str, int]]:
    """Give the concepts that a row of a letterhead names, each with the column in which its value stands."""
    cells = grid.row(row)
    for column, value in cells.items():
        if not isinstance(value, str) or len(value) > _LONGEST:
            continue
        label, _, rest = value.replace("：", ":").partition(":")
        concept = _concept(grid.vocabulary, label)
        if concept is None:
            continue
        if rest.strip(" ._…"):
            yield concept, column
        elif not rest.strip():
            beside = next((other for other in range(column + 1, column + 1 + _REACH) if other in cells), None)
            text = cells.get(beside) if beside is not None else None
            if beside is not None and isinstance(text, str) and ":" not in text and not _names_any(grid, text):
                yield concept, beside


def _names_any(grid: Grid, text: str) -> bool:
    """Say whether a text is a label itself, so that nothing was filled in before it."""
    return bool(grid.vocabulary.exactly(text)) and not is_team(plain(text), grid.vocabulary.teams)


def _concept(vocabulary: Vocabulary, label: str) -> str | None:
    told = vocabulary.exactly(label)
    best = max(told, key=lambda name: told[name], default="")
    return _WANTED.get(best) if told.get(best, 0.0) >= _FAIR else None


def _cycles(grid: Grid, rows: Sequence[int], columns: Set[int] | None = None) -> Iterator[str]:
    """Give the cells, of some columns or all, whose text names a quarter, half-year, month or year; the last first."""
    for row in reversed(rows):
        for column, value in grid.row(row).items():
            if isinstance(value, str) and len(value) <= _LONGEST and (columns is None or column in columns):
                period = grid.vocabulary.periods.inside(value)
                if period is not None and period.kind in _CYCLES:
                    yield _a1(row, column)


def fixed_by_name(names: Sequence[str], vocabulary: Vocabulary, kind: str) -> str | None:
    """Say what worksheets that are alike are called after: ``period`` or ``cycle``, ``team``, ``owner``; else None."""
    periods = [vocabulary.periods.inside(name) for name in names]
    if all(period is not None and period.kind in _CYCLES for period in periods):
        return "period" if kind == "kpi" else "cycle"
    if sum(1 for name in names if is_team(plain(name), vocabulary.teams)) >= 0.5 * len(names):
        return "team"
    return "owner" if sum(1 for name in names if is_name(name)) >= 0.5 * len(names) else None


def _a1(row: int, column: int) -> str:
    return CellRef("", row, column).a1
