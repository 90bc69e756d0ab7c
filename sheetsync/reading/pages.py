"""Pages of ours: worksheets that show goals and hold none, known by our marks and never by their names."""

from __future__ import annotations

from sheetsync.language import Lexicon
from sheetsync.marked import marked_table
from sheetsync.model import Table
from sheetsync.workbook import Workbook

DASHBOARD, OWN, SOURCE, CARD, HISTORY = "dash", "own", "source", "card", "history"
"""The tables of marks on the dashboard, on the worksheet of our own that holds computed columns, on the one that keeps
what had no place when a workbook was made of another, on the summary of KPI scorecards, and on the shown history."""
PAGES = (DASHBOARD, OWN, SOURCE, CARD, HISTORY)
RETROSPECTIVE = "retro"
"""What the table of marks begins with on a retrospective; the first day of its cycle stands behind it."""


def marks_page(table: str) -> bool:
    """Say whether marks of a table stand on a page of ours."""
    return table in PAGES or table.startswith(RETROSPECTIVE)


def is_page(workbook: Workbook, sheet: str) -> bool:
    """Say whether a worksheet carries our marks of a page."""
    return any(
        marks_page(mark.table) and mark.header is not None and mark.header.sheet == sheet for mark in workbook.marks
    )


def own_columns(workbook: Workbook, sheet: str) -> frozenset[int]:
    """Give the computed columns of a worksheet, by our marks: they are no part of what its owner wrote."""
    marked = (mark for mark in workbook.marks if not marks_page(mark.table) and mark.concept != "id")
    return frozenset(mark.header.column for mark in marked if mark.header is not None and mark.header.sheet == sheet)


def own_table(workbook: Workbook, lexicon: Lexicon) -> Table | None:
    """Give the computed columns in the worksheet of our own as a table; None where no mark of them has a cell."""
    return marked_table(workbook, OWN, lambda concept, text: concept in lexicon.computed(text))
