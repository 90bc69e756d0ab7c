"""Two or three rows for each KPI, the target above the actual, which become one row with both for every period.

The row that stands for a KPI is its first one: its name stands there or is merged from there on, and there a person
looks for what is said of the whole KPI.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Table
from sheetsync.reading.understanding.period_rows import role_of
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_COMPUTED = ("progress", "variance", "score", "weighted_score", "status")
_SURE = 0.7
_OFTEN = 0.5
_VALUES = ("current", "period_value", "target")


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
    column, roles = _roles(grid, table, min(one.column for one in periods))
    if not roles:
        return None
    kept = [one for one in table.columns if one not in periods and (one.column != column or one in titles)]
    sheet = InPlace(grid, table)
    targets = {one.column: sheet.add(Spot(one.header, table.header_rows[-1], one.column)) for one in periods}
    for kpi in _kpis(grid, table, roles, titles[0].column, column):
        _join(grid, sheet, kpi, kept, targets)
    pairs = [
        (one._replace(concept="current"), one._replace(concept="target", column=targets[one.column])) for one in periods
    ]
    return sheet.unfolded([*kept, *(one for pair in pairs for one in pair)], "period-columns")


def _roles(grid: Grid, table: Table, first_period: int) -> tuple[int, dict[int, str]]:
    """Find the column that says of each row whether it holds targets or actuals, and what it says."""
    rows = _rows(grid, table)
    best: tuple[int, dict[int, str]] = (0, {})
    for column in range(1, first_period):
        told = {row: role for row in rows if (role := _role(grid, grid.row(row).get(column)))}
        counts = [list(told.values()).count(role) for role in ("target", "current")]
        if min(counts) >= 1 and len(told) >= _OFTEN * len(rows) and len(told) > len(best[1]):
            best = (column, told)
    return best


def _rows(grid: Grid, table: Table) -> list[int]:
    return [row for row in grid.filled if table.first_data_row <= row <= table.last_data_row]


def _role(grid: Grid, value: CellValue) -> str:
    """Give what a word left of the periods says of its row: target, current, or computed from them."""
    role = role_of(grid, value)
    if role or not isinstance(value, str):
        return role
    told = grid.vocabulary.exactly(value)
    best = max(told, key=lambda name: told[name], default="")
    return "computed" if value.strip() == "%" or (best in _COMPUTED and told[best] >= _SURE) else ""


def _kpis(grid: Grid, table: Table, roles: Mapping[int, str], title: int, column: int) -> Iterator[_Kpi]:
    """Give the KPIs from top to bottom: a new name, or a role that was there already, begins a new one."""
    rows: list[int] = []
    found: dict[str, int] = {}
    name: CellValue = None
    for row in _rows(grid, table):
        role = roles.get(row, "")
        told = grid.row(row).get(title)
        own = told is not None and (title != column or not role)
        begins = (own and told != name) or (role and role in found) or not role
        if begins and rows:
            yield from _done(rows, found)
            rows, found = [], {}
        if own:
            name = told
        if role or (title == column and own):
            rows.append(row)
            if role:
                found[role] = row
    yield from _done(rows, found)


def _done(rows: Sequence[int], found: Mapping[str, int]) -> Iterator[_Kpi]:
    if "target" in found or "current" in found:
        yield _Kpi(rows[0], tuple(rows), dict(found))


def _join(grid: Grid, sheet: InPlace, kpi: _Kpi, kept: Sequence[Column], targets: Mapping[int, int]) -> None:
    """Bring everything that the rows of a KPI say into its first one."""
    said = {
        column.column: next(
            (
                Spot(value, row, column.column)
                for row in kpi.rows
                if (value := grid.row(row).get(column.column)) is not None
            ),
            sheet.at(kpi.first, column.column),
        )
        for column in kept
    }
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
