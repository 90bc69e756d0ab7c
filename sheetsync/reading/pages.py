"""Pages of ours: worksheets that show goals and hold none, known by our marks and never by their names."""

from __future__ import annotations

from collections import Counter

from sheetsync.language import Lexicon
from sheetsync.model import Table
from sheetsync.workbook import CellRef, ColumnMark, Workbook

DASHBOARD, OWN, SOURCE, CARD = "dash", "own", "source", "card"
"""The tables of marks on the dashboard, on the worksheet of our own that holds computed columns, on the one that keeps
what had no place when a workbook was made of another, and on the summary of KPI scorecards."""
PAGES = (DASHBOARD, OWN, SOURCE, CARD)


def is_page(workbook: Workbook, sheet: str) -> bool:
    """Say whether a worksheet carries our marks of a page."""
    return any(
        mark.table in PAGES and mark.header is not None and mark.header.sheet == sheet for mark in workbook.marks
    )


def own_columns(workbook: Workbook, sheet: str) -> frozenset[int]:
    """Give the computed columns of a worksheet, by our marks: they are no part of what its owner wrote."""
    marked = (mark for mark in workbook.marks if mark.table not in PAGES and mark.concept != "id")
    return frozenset(mark.header.column for mark in marked if mark.header is not None and mark.header.sheet == sheet)


def own_table(workbook: Workbook, lexicon: Lexicon) -> Table | None:
    """Give the computed columns in the worksheet of our own as a table; None where no mark of them has a cell.

    Its header is the row that holds most of the marks; where the user has copied cells with marks about, the first
    worksheet that has most of them.
    """
    marks = [mark for mark in workbook.marks if mark.table == OWN]
    rows = Counter((mark.header.sheet, mark.header.row) for mark in marks if mark.header is not None)
    if not rows:
        return None
    (name, row), _ = rows.most_common(1)[0]
    return _followed(workbook, lexicon, marks, CellRef(name, row, 1))


def _followed(workbook: Workbook, lexicon: Lexicon, marks: list[ColumnMark], header: CellRef) -> Table:
    """Follow the marks: those whose header agrees, those whose header does not or that lie elsewhere, those gone."""
    sheet = workbook.sheet(header.sheet)
    computed: dict[str, int] = {}
    disputed: dict[str, int] = {}
    lost: list[str] = []
    for mark in marks:
        if mark.header is None or mark.header.sheet != sheet.name:
            lost.append(mark.concept)
            continue
        text = sheet.value(mark.header.row, mark.header.column)
        agrees = mark.header.row == header.row and isinstance(text, str) and mark.concept in lexicon.computed(text)
        (computed if agrees else disputed)[mark.concept] = mark.header.column
    return Table(
        key=OWN,
        kind=OWN,
        sheet=sheet.name,
        header_row=header.row,
        first_row=header.row + 1,
        last_row=max(header.row, len(sheet.rows)),
        columns={},
        computed=computed,
        disputed=disputed,
        lost=tuple(lost),
    )
