"""Two or three rows for each KPI, the target above the actual, which become one row with both for every period.

The row that stands for a KPI is its first one: its name stands there or is merged from there on, and there a person
looks for what is said of the whole KPI.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Table
from sheetsync.reading.understanding.row_words import roles
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_VALUES = ("current", "period_value", "target")
_DONE = ("current", "current_to_date", "baseline", "progress", "score", "weighted_score", "expected", "variance")


class _Kpi(NamedTuple):
    """The rows of one KPI: the first, and those of its target and its actual."""

    first: int
    rows: tuple[int, ...]
    roles: Mapping[str, int]


def target_and_actual_rows(grid: Grid, table: Table) -> Unfolded | None:
    """Join the rows of each KPI; None where the rows are not by turns target and actual."""
    periods = [column for column in table.columns if column.period and column.concept in _VALUES]
    titles = (*table.of("kpi"), *table.of("key_result"), *table.of("objective"))
    if not periods or not titles:
        return None
    column, told = roles(grid, _rows(grid, table), min(one.column for one in periods))
    if not told:
        return None
    kept = [one for one in table.columns if one not in periods and (one.column != column or one in titles)]
    sheet = InPlace(grid, table)
    targets = {one.column: sheet.add(Spot(one.header, table.header_rows[-1], one.column)) for one in periods}
    for kpi in _kpis(grid, table, told, titles[0].column, column):
        _join(grid, sheet, kpi, kept, targets)
    pairs = [
        (one._replace(concept="current"), one._replace(concept="target", column=targets[one.column])) for one in periods
    ]
    return sheet.unfolded([*kept, *(one for pair in pairs for one in pair)], "period-columns")


def _rows(grid: Grid, table: Table) -> list[int]:
    return [row for row in grid.filled if table.first_data_row <= row <= table.last_data_row]


def _kpis(grid: Grid, table: Table, told: Mapping[int, str], title: int, column: int) -> Iterator[_Kpi]:
    """Give the KPIs from top to bottom: a new name, or a role that was there already, begins a new one.

    A row without either, such as one of percentages, only says more of the KPI above it.
    """
    rows: list[int] = []
    found: dict[str, int] = {}
    name: CellValue = None
    for row in _rows(grid, table):
        role, text = told.get(row, ""), grid.row(row).get(title)
        own = text is not None and (title != column or not role)
        if rows and ((own and text != name) or role in found):
            yield from _done(rows, found)
            rows, found = [], {}
        if own:
            name = text
        if own or rows:
            rows.append(row)
            found.update({role: row} if role else {})
    yield from _done(rows, found)


def _done(rows: Sequence[int], found: Mapping[str, int]) -> Iterator[_Kpi]:
    if "target" in found or "current" in found:
        yield _Kpi(rows[0], tuple(rows), dict(found))


def _join(grid: Grid, sheet: InPlace, kpi: _Kpi, kept: Sequence[Column], targets: Mapping[int, int]) -> None:
    """Bring everything that the rows of a KPI say into its first one."""
    said = {column.column: _said(grid, sheet, kpi, column) for column in kept}
    values = [
        (place, Spot(grid.row(row).get(column), row, column))
        for column, target in targets.items()
        for role, place in (("target", target), ("current", column))
        if (row := kpi.roles.get(role, 0))
    ]
    for row in kpi.rows:
        sheet.clear(row)
    for place, spot in (*said.items(), *values):
        sheet.put(kpi.first, place, spot)


def _said(grid: Grid, sheet: InPlace, kpi: _Kpi, column: Column) -> Spot:
    """Give what a column says of a KPI: an amount comes from the row of its role, the rest from the first that has it.

    So a total of the targets is not taken for what was done so far.
    """
    role = "target" if column.concept == "target" else "current" if column.concept in _DONE else ""
    rows = kpi.rows if not role else (kpi.roles[role],) if role in kpi.roles else ()
    for row in rows:
        value = grid.row(row).get(column.column)
        if value is not None:
            return Spot(value, row, column.column)
    return Spot(None, kpi.first) if role else sheet.at(kpi.first, column.column)
