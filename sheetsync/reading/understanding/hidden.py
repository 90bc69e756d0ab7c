"""What is hidden: read like everything else, but spoken of; a hidden worksheet that only serves lists is no table."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.details import details_of
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.mapping import Draft
from sheetsync.reading.understanding.outcome import Table
from sheetsync.workbook import Workbook

_HELPER, _TWICE = 0.88, 0.5
"""What a meaning of a hidden column is worth, alone and beside a visible one that may mean the same."""
_MEASURES = frozenset(("target", "current", "baseline", "progress"))


def with_hidden_columns(grid: Grid, drafts: Sequence[Draft]) -> list[Draft]:
    """Let the meanings of hidden columns count less, and little where a visible column may mean the same."""
    hidden = grid.details.hidden_columns
    if not hidden:
        return list(drafts)
    visible: dict[str, float] = {}
    for draft in drafts:
        if draft.column not in hidden:
            for concept, worth in draft.meanings.items():
                visible[concept] = max(worth, visible.get(concept, 0.0))

    def worth_of(concept: str, worth: float) -> float:
        return worth * (_HELPER if worth > visible.get(concept, 0.0) else _TWICE)

    return [
        draft._replace(meanings={name: worth_of(name, worth) for name, worth in draft.meanings.items()})
        if draft.column in hidden
        else draft
        for draft in drafts
    ]


def with_hidden(grid: Grid, table: Table) -> Table:
    """Note the columns and rows of a table that are hidden, and whether a filter lies over it."""
    details = grid.details
    if not details.hidden_columns and not details.hidden_rows and details.filter is None:
        return table
    places = [*(column.column for column in table.columns), *(left.column for left in table.unmapped)]
    first, last = min(places, default=1), max(places, default=0)
    columns = tuple(sorted(column for column in details.hidden_columns if first <= column <= last))
    rows = sum(1 for row in details.hidden_rows if table.first_data_row <= row <= table.last_data_row)
    chosen = details.filter
    filtered = (
        chosen is not None and chosen.first_row <= table.last_data_row and chosen.last_row >= table.first_data_row
    )
    return table._replace(hidden_columns=columns, hidden_rows=rows, filtered=filtered)


def list_sheets(workbook: Workbook) -> frozenset[str]:
    """Give the hidden worksheets that hold the texts of dropdown lists of other worksheets."""
    hidden = {sheet.name for sheet in workbook.sheets if sheet.hidden}
    if not hidden:
        return frozenset()
    shown = (sheet for sheet in workbook.sheets if not sheet.hidden)
    return frozenset(choice.source for sheet in shown for choice in details_of(sheet).choices) & hidden


def serves_lists(table: Table, lists: frozenset[str]) -> bool:
    """Say whether a table is but the lists of a hidden worksheet: goals that others choose from have measures."""
    return table.sheet in lists and _MEASURES.isdisjoint(table.concepts)
