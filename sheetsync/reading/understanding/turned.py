"""Tables that are turned: headers in the first column with a goal in each column, and a row for each period."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.reading.understanding.candidates import is_numbering
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Left, Reason, Table
from sheetsync.workbook import CellValue

_GOALS = ("objective", "key_result", "kpi")
_LEAST_LABELS = 4
_LEAST_PERIODS = 3
_DEPTH = 60
_SURE, _FAIR = 0.85, 0.7
_LONGEST = 60


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
        kind = "okr" if {"objective", "key_result"} & concepts else "kpi"
        return Table(grid.sheet.name, kind, "transposed", rows[:1], rows[0], rows[-1], columns)
    return None


def _labels(grid: Grid, column: int) -> dict[int, tuple[str, float]]:
    """Give the rows whose first cell names a concept that no row above has named."""
    found: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for row in grid.filled[:_DEPTH]:
        text = grid.row(row).get(column)
        if not isinstance(text, str) or min(grid.row(row)) != column or len(grid.row(row)) < 2:
            continue
        told = grid.vocabulary.exactly(text)
        best = max(told, key=lambda name: told[name] - (0.5 if name in taken else 0.0), default=None)
        if best is not None and best not in taken and told[best] >= _FAIR:
            found[row] = (best, told[best])
            taken.add(best)
    return found


def _has_header(grid: Grid, row: int) -> bool:
    """Say whether the first label stands in a row that names other concepts too, and so is a header after all."""
    told = [grid.vocabulary.exactly(value) for value in grid.row(row).values() if isinstance(value, str)]
    return sum(1 for one in told if one) > 0.5 * len(told)


def _right(grid: Grid, row: int, column: int) -> tuple[CellValue, ...]:
    return tuple(value for other, value in grid.row(row).items() if other > column)[:3]


def period_rows(grid: Grid) -> Table | None:
    """Find a table with a period in each row and a KPI in each column."""
    for column in _first_columns(grid):
        rows = [row for row in grid.filled if _is_period(grid, grid.row(row).get(column))]
        if len(rows) < _LEAST_PERIODS or len(rows) < 0.5 * (rows[-1] - rows[0] + 1):
            continue
        header = next((row for row in reversed(grid.filled) if row < rows[0] and not is_numbering(grid.row(row))), None)
        if header is None:
            continue
        heads = {c: v for c, v in grid.row(header).items() if c != column and isinstance(v, str) and len(v) <= _LONGEST}
        values = {c: head for c, head in heads.items() if _holds_numbers(grid, rows, c)}
        if len(values) >= 2 and (_are_named(grid, rows, column) or _speaks_of_kpis(grid, header)):
            return _table_of_periods(grid, column, header, rows, values)
    return None


def _are_named(grid: Grid, rows: list[int], column: int) -> bool:
    """Say whether the periods are named: rows of mere dates may be prices or payments as well."""
    return all(isinstance(grid.row(row).get(column), str | int) for row in rows)


def _speaks_of_kpis(grid: Grid, header: int) -> bool:
    """Say whether the worksheet's name or a cell down to the header speaks of KPIs."""
    texts = [str(value) for row in range(1, header + 1) for value in grid.row(row).values()]
    return any("kpi" in text.casefold() or "okr" in text.casefold() for text in (grid.sheet.name, *texts))


def _first_columns(grid: Grid) -> list[int]:
    return sorted({min(grid.row(row)) for row in grid.filled[:_DEPTH]})[:3]


def _is_period(grid: Grid, value: CellValue) -> bool:
    return value is not None and grid.vocabulary.periods.whole(value) is not None


def _holds_numbers(grid: Grid, rows: list[int], column: int) -> bool:
    told = [value for row in rows if (value := grid.row(row).get(column)) is not None]
    numbers = [value for value in told if isinstance(value, int | float) and not isinstance(value, bool)]
    return len(numbers) >= max(2, 0.6 * len(told))


def _table_of_periods(grid: Grid, column: int, header: int, rows: list[int], values: Mapping[int, str]) -> Table:
    head = grid.row(header).get(column)
    columns = [Column("period", column, str(head or ""), _SURE, Reason("period_row"), _below(grid, rows, column))]
    left = []
    for place, text in values.items():
        told = grid.vocabulary.exactly(text)
        if told and max(told, key=lambda name: told[name]) in ("notes", "other", "order", "variance"):
            left.append(Left(place, text, Reason("unsure"), "", _below(grid, rows, place)))
            continue
        columns.append(Column("kpi_value", place, text, _FAIR, Reason("value_of_kpi"), _below(grid, rows, place)))
    return Table(grid.sheet.name, "kpi", "period-rows", (header,), rows[0], rows[-1], tuple(columns), tuple(left))


def _below(grid: Grid, rows: list[int], column: int) -> tuple[CellValue, ...]:
    return tuple(value for row in rows if (value := grid.row(row).get(column)) is not None)[:3]


def turned(grid: Grid) -> Table | None:
    """Find a turned table on a worksheet that has no table of goals the usual way round."""
    return transposed(grid) or period_rows(grid)
