"""KPIs under headings that carry a weight of their own: the headings become sections, and are no KPIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from sheetsync.adding import added
from sheetsync.reading.adopted.unfolding.levels import by_numbers
from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Reason, Table

_TELLING = ("unit", "metric", "direction", "frequency", "baseline", "target", "current", "current_to_date", "owner")
"""What a KPI has and the heading of a section has not, whatever its weight."""
_NUMBERING = ("order", "id")
_WHOLES = (1.0, 100.0)
_TOLERANCE = 0.005


def weighted_sections(grid: Grid, table: Table) -> Unfolded | None:
    """Name for every KPI the heading above it, and leave the headings out; None where none of them has a weight."""
    if table.kind != "kpi" or not table.of("kpi") or not table.of("weight"):
        return None
    title, weight = table.of("kpi")[0].column, table.of("weight")[0].column
    rows = [row for row in grid.filled if table.first_data_row <= row <= table.last_data_row and title in grid.row(row)]
    headings = _headings(grid, table, rows, weight)
    if not any(weight in grid.row(row) for row in headings):
        return None
    return _named(grid, table, rows, headings, title, weight)


def _headings(grid: Grid, table: Table, rows: Sequence[int], weight: int) -> list[int]:
    """Give the rows with nothing but a title and a weight that have KPIs below, as numbers or weights tell."""
    telling = [column.column for column in table.columns if column.concept in _TELLING or column.period]
    if not telling:
        return []
    bare = {row for row in rows if grid.row(row).keys().isdisjoint(telling) and not grid.is_total(row)}
    numbering = [column.column for name in _NUMBERING for column in table.of(name)]
    if not bare:
        return []
    depths = by_numbers(grid, rows, numbering, [table.of("kpi")[0].column])
    if depths:
        above = {
            row
            for row, following in pairwise(rows)
            if row in bare and depths.get(following, 0) > depths.get(row, len(depths))
        }
        levels = {depths[row] for row in above}
        # A heading may have no KPIs (yet): it is numbered as those that have some.
        return [row for row in rows if row in above or (row in bare and depths.get(row) in levels)]
    numbered = any(column in grid.row(row) for row in bare for column in numbering)
    return [] if numbered or not _sum_up(grid, rows, bare, weight) else [row for row in rows[:-1] if row in bare]


def _sum_up(grid: Grid, rows: Sequence[int], bare: set[int], weight: int) -> bool:
    """Say whether the weights below each heading make up its own, or a whole; one of them must be of several rows."""
    below: dict[int, list[int]] = {}
    heading = 0
    for row in rows:
        if row in bare:
            heading = row
            below[heading] = []
        elif heading:
            below[heading].append(row)
    weighted = {row: told for row, told in below.items() if weight in grid.row(row)}
    return any(len(told) > 1 for told in weighted.values()) and all(
        _is_sum(_amount(grid, row, weight), added(_amount(grid, one, weight) for one in told))
        for row, told in weighted.items()
    )


def _is_sum(own: float, total: float) -> bool:
    return total > 0 and any(abs(total - whole) <= _TOLERANCE * whole for whole in (*_WHOLES, own))


def _amount(grid: Grid, row: int, column: int) -> float:
    value = grid.row(row).get(column)
    return float(value) if isinstance(value, int | float) else 0.0


def _named(grid: Grid, table: Table, rows: Sequence[int], headings: Sequence[int], title: int, weight: int) -> Unfolded:
    sheet = InPlace(grid, table)
    columns = list(table.columns)
    above = _above(rows, headings)
    empty = [row for row in headings if row not in above.values()]
    told: list[tuple[int, int, Spot]] = []
    for concept, shown in (("section", title), ("section_weight", weight)):
        if table.of(concept):
            continue
        place = sheet.add(Spot(None, table.header_rows[-1]))
        columns.append(Column(concept, place, "", table.of("kpi")[0].confidence, Reason("names_rows")))
        told += [
            (row, place, sheet.at(heading, shown)) for row, heading in (*above.items(), *zip(empty, empty, strict=True))
        ]
    for row in headings:
        sheet.clear(row)
    for row, place, spot in told:
        sheet.put(row, place, spot)
    return sheet.unfolded(columns, "flat")


def _above(rows: Sequence[int], headings: Sequence[int]) -> Mapping[int, int]:
    """Give for every KPI the nearest heading above it."""
    found, heading = {}, 0
    for row in rows:
        if row in headings:
            heading = row
        elif heading:
            found[row] = heading
    return found
