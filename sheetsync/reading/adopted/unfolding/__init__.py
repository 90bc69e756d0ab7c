"""Unfolds layouts in which an item is not one row with a column for each concept into a virtual flat worksheet.

One file a family of layouts. Each says by itself, from the table and what stands in it, whether it is meant.
"""

from __future__ import annotations

from collections.abc import Callable

from sheetsync.reading.adopted.unfolding.bands import objective_bands
from sheetsync.reading.adopted.unfolding.kr_columns import key_result_columns
from sheetsync.reading.adopted.unfolding.kr_lines import key_result_lines
from sheetsync.reading.adopted.unfolding.merged_names import merged_names
from sheetsync.reading.adopted.unfolding.newest_periods import newest_periods
from sheetsync.reading.adopted.unfolding.one_column import one_column_of_titles
from sheetsync.reading.adopted.unfolding.paired_rows import target_and_actual_rows
from sheetsync.reading.adopted.unfolding.period_rows import period_rows
from sheetsync.reading.adopted.unfolding.side_lists import side_lists
from sheetsync.reading.adopted.unfolding.transposed import transposed
from sheetsync.reading.adopted.unfolding.unfolded import Unfolded, over
from sheetsync.reading.adopted.unfolding.weighted_sections import weighted_sections
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Table

__all__ = ["Unfolded", "unfold"]

_FAMILIES: tuple[Callable[[Grid, Table], Unfolded | None], ...] = (
    transposed,
    period_rows,
    key_result_columns,
    key_result_lines,
    target_and_actual_rows,
    objective_bands,
    one_column_of_titles,
    side_lists,
    merged_names,
    weighted_sections,
    newest_periods,
)
"""In this order: what one makes flat may be of a later family still, such as lines in a cell of a turned table."""


def unfold(grid: Grid, table: Table) -> Unfolded | None:
    """Give the virtual worksheet of a table; None where every item has a row and every concept a column already."""
    found: Unfolded | None = None
    for family in _FAMILIES:
        further = family(grid, table)
        if further is not None:
            found = further if found is None else over(found, further)
            grid, table = Grid(further.sheet, grid.vocabulary), further.table
    return found
