"""Tables lying on their side: the concepts stand in the first column, and every column further right is a goal."""

from __future__ import annotations

from sheetsync.reading.adopted.unfolding.unfolded import AMOUNTS, Head, Merged, Spot, Unfolded, compact
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Table

_GOAL = ("objective", "key_result", "kpi", "target", "current", "baseline")
_TITLES = ("key_result", "kpi", "objective")


def transposed(grid: Grid, table: Table) -> Unfolded | None:
    """Make a row of every column that holds a goal; the ``columns`` of a transposed table name rows."""
    if table.layout != "transposed" or not table.columns:
        return None
    label = min(grid.row(table.columns[0].column), default=1)
    merged = Merged(grid, table.first_data_row, table.last_data_row)
    named = [column.column for column in table.columns if column.concept in _GOAL]
    titles = [column for name in _TITLES for column in table.of(name)]
    at = (titles[0] if titles else table.columns[0]).column
    goals = sorted({column for row in named for column in grid.row(row) if column > label})
    lines = []
    for goal in goals:
        spots = [merged.spot(column.column, goal) for column in table.columns]
        lines.append(
            (at, [_kept(spot, column.concept, goal) for spot, column in zip(spots, table.columns, strict=True)])
        )
    heads = [Head(Spot(grid.row(column.column).get(label), column.column, label), column) for column in table.columns]
    return compact(grid, table, heads, lines, "flat")


def _kept(spot: Spot, concept: str, goal: int) -> Spot:
    """Leave an amount in the first of the columns over which its cell is merged."""
    return Spot(None, spot.row) if concept in AMOUNTS and spot.column != goal else spot
