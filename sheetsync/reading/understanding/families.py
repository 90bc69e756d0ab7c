"""Names the layout of a table: the family that it belongs to, and further traits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import HeaderBlock
from sheetsync.reading.understanding.outcome import Column
from sheetsync.reading.understanding.period_columns import Periods
from sheetsync.reading.understanding.row_words import roles

_OUTLINE = re.compile(r"\d{1,2}[.,]\d{1,2}(?:[.,]\d{1,2})*\.?")
_SEARCHED = 400
_ORDER = (
    "side-by-side", "kr-columns", "period-columns", "kr-lines", "objective-rows", "merged-objectives", "outline",
    "sections", "form",
)  # fmt: skip
_LETTERHEAD = 4


def layout_of(
    grid: Grid, block: HeaderBlock, last: int, columns: Sequence[Column], periods: Periods, beside: bool
) -> tuple[str, tuple[str, ...]]:
    """Give the family of a table and its other traits; a table with none is ``flat``."""
    at = {column.concept: column.column for column in reversed(columns)}
    rows = [row for row in grid.filled if block.first_data_row <= row <= last][:_SEARCHED]
    traits = {
        "side-by-side": beside,
        "kr-columns": len({column.column for column in columns if column.concept == "key_result"}) >= 2,
        "period-columns": bool(periods.columns),
        "period-blocks": periods.blocks,
        "target-and-actual-rows": bool(periods.columns) and _alternates(grid, rows, columns),
        "kr-lines": _has_lines(grid, rows, at.get("key_result")),
        "objective-rows": _has_objective_rows(grid, rows, at),
        "merged-objectives": _has_merged(grid, block.first_data_row, last, at.get("objective") or at.get("section")),
        "outline": _has_outline(grid, rows, at),
        "sections": _has_sections(grid, rows, [column.column for column in columns]),
        "form": block.rows[0] >= _LETTERHEAD and any(row < block.rows[0] for row in grid.filled),
    }
    family = next((name for name in _ORDER if traits[name]), "flat")
    return family, tuple(name for name, present in traits.items() if present and name != family)


def _has_lines(grid: Grid, rows: Sequence[int], column: int | None) -> bool:
    if column is None:
        return False
    texts = [value for row in rows if isinstance(value := grid.row(row).get(column), str)]
    return bool(texts) and sum(1 for text in texts if text.strip().count("\n") >= 1) >= 0.4 * len(texts)


def _has_objective_rows(grid: Grid, rows: Sequence[int], at: dict[str, int]) -> bool:
    """Say whether rows of objectives alone stand above rows of key results."""
    objective, key_result = at.get("objective"), at.get("key_result")
    if objective is None or key_result is None:
        return False
    if objective == key_result:
        return True
    alone = [row for row in rows if objective in grid.row(row) and key_result not in grid.row(row)]
    under = [row for row in rows if key_result in grid.row(row) and objective not in grid.row(row)]
    return len(alone) >= 1 and len(under) >= 2 and len(alone) + len(under) >= 0.7 * len(rows)


def _has_merged(grid: Grid, first: int, last: int, column: int | None) -> bool:
    return column is not None and any(
        area.first_column <= column <= area.last_column and area.last_row > area.first_row
        for area in grid.sheet.merges
        if first <= area.first_row <= last
    )


def _has_outline(grid: Grid, rows: Sequence[int], at: dict[str, int]) -> bool:
    columns = {at[name] for name in ("order", "id") if name in at} or {min(at.values(), default=1)}
    for column in columns:
        told = [_number(grid.row(row).get(column)) for row in rows]
        nested = [text for text in told if _OUTLINE.fullmatch(text)]
        tops = {text.rstrip(".") for text in told if text.rstrip(".").isdecimal()}
        if len(nested) >= 2 and any(re.split("[.,]", text)[0] in tops for text in nested):
            return True
    return False


def _number(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value).strip() if value is not None else ""


def _has_sections(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Say whether rows that hold little more than a title part the data into sections."""
    if len(columns) < 4:
        return False
    heads = [row for row in rows if _is_section(grid, row)]
    return 1 <= len(heads) <= 0.5 * len(rows) and rows[-1] not in heads


def _is_section(grid: Grid, row: int) -> bool:
    cells = grid.row(row)
    texts = [value for value in cells.values() if isinstance(value, str) and len(value.strip()) > 4]
    return len(cells) <= 3 and len(texts) == 1 and not grid.is_total(row)


def _alternates(grid: Grid, rows: Sequence[int], columns: Sequence[Column]) -> bool:
    """Say whether the rows are by turns target and actual."""
    periods = [column.column for column in columns if column.period]
    return bool(periods) and bool(roles(grid, rows, min(periods))[1])
