"""A period in each row and a KPI in each column, which become a row for each KPI and a column for each period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.reading.adopted.unfolding.unfolded import Head, Merged, Spot, Unfolded, compact, header_text
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import Head as Heading
from sheetsync.reading.understanding.header_blocks import heads_of
from sheetsync.reading.understanding.outcome import Column, Reason, Table
from sheetsync.reading.understanding.period_columns import FINEST
from sheetsync.reading.understanding.period_names import HeadPeriod
from sheetsync.reading.understanding.period_rows import attributes, periods_of
from sheetsync.reading.understanding.row_words import role_of
from sheetsync.record import NamedTuple

_SURE = 0.85


class _Kpi(NamedTuple):
    """One KPI: the cell that names it, and the columns of its actuals and targets."""

    name: Spot
    columns: Mapping[str, int]


def period_rows(grid: Grid, table: Table) -> Unfolded | None:
    """Make a row of every KPI, with its values of all periods in columns."""
    if table.layout != "period-rows" or not table.of("period"):
        return None
    kpis = _kpis(grid, table)
    periods = _periods(grid, table)
    said = attributes(grid, table)
    roles = [role for role in ("target", "current") if any(role in kpi.columns for kpi in kpis)]
    heads = [_head(grid, table, table.header_rows[0], "kpi")]
    heads += [_head(grid, table, row, concept) for concept, row in said.items()]
    heads += [_period(grid, table, row, name, role) for row, name in periods.items() for role in roles]
    merged = Merged(grid, 1, table.last_data_row)
    lines = [(table.header_rows[-1], _line(merged, kpi, list(said.values()), list(periods), roles)) for kpi in kpis]
    return compact(grid, table, heads, lines, "period-columns")


def _kpis(grid: Grid, table: Table) -> Sequence[_Kpi]:
    """Give the KPIs from left to right: each a column, or a group of them for its target and its actual."""
    headings = heads_of(grid, table.header_rows)
    found: dict[tuple[int, int], _Kpi] = {}
    for column in table.of("kpi_value"):
        heading = headings.get(column.column, Heading(column.header))
        role = role_of(grid, heading.own)
        name = _name(grid, table, column, heading, role)
        known = found.get((name.row, name.column), _Kpi(name, {}))
        role = role or "current"
        if role not in known.columns:
            found[name.row, name.column] = known._replace(columns={**known.columns, role: column.column})
    return list(found.values())


def _name(grid: Grid, table: Table, column: Column, heading: Heading, role: str) -> Spot:
    """Give the cell that names a KPI; columns that are only called target and actual are of the worksheet's one KPI."""
    rows = table.header_rows
    if role and not heading.group:
        return Spot(grid.sheet.name, rows[-1])
    for row in rows if role else reversed(rows):
        for place in range(column.column, 0, -1):  # a group's word stands above its first column
            text = grid.row(row).get(place)
            if text is not None:
                return Spot(text, row, place)
            if not role:
                break
    return Spot(column.header, rows[-1])


def _periods(grid: Grid, table: Table) -> dict[int, str]:
    """Give the rows of the shortest kind of period with their names: quarters among months only sum them up."""
    column = table.of("period")[0].column
    found = {
        row: period
        for row, period in periods_of(grid, column, table.header_rows).items()
        if table.first_data_row <= row <= table.last_data_row
    }
    kinds = [period.kind for period in found.values()]
    finest = next((kind for kind in FINEST if kinds.count(kind) > 1), kinds[0] if kinds else "")
    years = _years(grid, table, column)
    return {row: _named(period, years.get(row, 0)) for row, period in found.items() if period.kind == finest}


def _years(grid: Grid, table: Table, column: int) -> dict[int, int]:
    """Give the years that stand in a column of their own left of the periods, or in a row above some of them."""
    found: dict[int, int] = {}
    year = 0
    for row in grid.filled:
        if table.first_data_row <= row <= table.last_data_row or row in table.header_rows:
            told = [_year(grid, value) for place, value in grid.row(row).items() if place < column]
            alone = _year(grid, grid.row(row).get(column)) if len(grid.row(row)) == 1 else 0
            year = alone or next((one for one in told if one), year)
            found[row] = year
    return found


def _year(grid: Grid, value: object) -> int:
    whole = str(int(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
    period = grid.vocabulary.periods.whole(whole) if isinstance(whole, str) else None
    return period.year if period is not None and period.kind == "year" else 0


def _named(period: HeadPeriod, year: int) -> str:
    year = period.year or year
    return f"{period.kind} {period.number}" + (f" {year}" if year else "")


def _head(grid: Grid, table: Table, row: int, concept: str) -> Head:
    column = table.of("period")[0].column
    place = next((one for one in range(column, 0, -1) if one in grid.row(row)), 0)
    text = grid.row(row).get(place)
    reason = Reason("value_of_kpi" if concept == "kpi" else "row_label")
    return Head(Spot(text, row, place), Column(concept, 0, header_text(text), _SURE, reason))


def _period(grid: Grid, table: Table, row: int, name: str, role: str) -> Head:
    column = table.of("period")[0].column
    value = grid.row(row).get(column)
    return Head(Spot(value, row, column), Column(role, 0, header_text(value), _SURE, Reason("period_row"), period=name))


def _line(merged: Merged, kpi: _Kpi, said: Sequence[int], periods: Sequence[int], roles: Sequence[str]) -> list[Spot]:
    """Give the virtual row of a KPI."""
    line = [kpi.name]
    for row in said:
        spots = [merged.spot(row, column) for column in kpi.columns.values()]
        line.append(next((spot for spot in spots if spot.value is not None), Spot(None, row)))
    return line + [_amount(merged, row, kpi.columns.get(role, 0)) for row in periods for role in roles]


def _amount(merged: Merged, row: int, column: int) -> Spot:
    return Spot(merged.grid.row(row).get(column), row, column)
