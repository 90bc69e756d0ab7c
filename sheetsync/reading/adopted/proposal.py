"""What ``adopt`` proposes to write down: the mapping that says what was understood of a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.mapping import APART, BESIDE, TABLE_KINDS, ColumnMapping, TableMapping
from sheetsync.reading.understanding.outcome import Table, Understanding
from sheetsync.reading.understanding.yearly import TRAIT as YEARLY

_APART = frozenset(("kr-columns", "kr-lines", "transposed", "period-rows", "side-by-side"))
"""Layouts in which a goal has no row of its own, or no room beside it."""
_NAMES = frozenset(("objective", "key_result", "kpi", "kpi_value"))
"""Concepts of which a table of goals needs one: without any, nothing in it has a name, and nothing could be read."""


def proposed(understood: Understanding) -> tuple[TableMapping, ...]:
    """Give the mapping of every table that was understood; worksheets that are alike share one.

    A table whose only names were left alone, because they are doubtful, has none.
    """
    found: dict[tuple[object, ...], tuple[Table, list[str]]] = {}
    for table in understood.tables:
        if table.kind in TABLE_KINDS and table.columns and _is_readable(table):
            same = (table.kind, table.layout, table.header_rows, _columns(table), tuple(sorted(table.fixed.items())))
            found.setdefault(same, (table, []))[1].append(table.sheet)
    return tuple(_mapping(table, sheets) for table, sheets in found.values())


def _is_readable(table: Table) -> bool:
    return table.kind not in ("okr", "kpi") or not _NAMES.isdisjoint(table.concepts)


def _mapping(table: Table, sheets: Sequence[str]) -> TableMapping:
    goals = table.kind in ("okr", "kpi")
    apart = goals and not _APART.isdisjoint((table.layout, *table.traits))
    return TableMapping(
        tuple(sheets),
        table.kind,
        table.layout,
        table.header_rows,
        _columns(table),
        APART if apart else BESIDE,
        dict(table.fixed),
    )


def _columns(table: Table) -> tuple[ColumnMapping, ...]:
    """Give the columns by concept; those of periods are recognised by their headers on every run.

    A column of something else needs no mapping: nothing is read of it, and its header may change.
    """
    yearly = {"target": "annual_target"} if YEARLY in table.traits else {}
    return tuple(
        ColumnMapping(yearly.get(column.concept, column.concept), column.column, " ".join(column.header.split()))
        for column in table.columns
        if not column.period and column.concept != "other"
    )
