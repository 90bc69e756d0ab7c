"""Follows our marks in a worksheet that is wholly ours: it is known by them, never by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from sheetsync.model import Table
from sheetsync.workbook import CellRef, Workbook


def marked_table(workbook: Workbook, key: str, agrees: Callable[[str, str], bool]) -> Table | None:
    """Give the marked columns of a worksheet of ours as a table; None where no mark of it has a cell.

    ``agrees`` says of a concept whether a text is a header of its column. The header is the row that holds most of the
    marks; where the user has copied cells with marks about, the first worksheet that has most of them. A mark whose
    header says something else, or that lies elsewhere, is disputed; one without a cell there is lost.
    """
    marks = [mark for mark in workbook.marks if mark.table == key]
    rows = Counter((mark.header.sheet, mark.header.row) for mark in marks if mark.header is not None)
    if not rows:
        return None
    (name, row), _ = rows.most_common(1)[0]
    sheet = workbook.sheet(name)
    computed: dict[str, int] = {}
    disputed: dict[str, int] = {}
    lost: list[str] = []
    for mark in marks:
        if mark.header is None or mark.header.sheet != name:
            lost.append(mark.concept)
        else:
            ours = mark.header.row == row and agrees(mark.concept, _text(workbook, mark.header))
            (computed if ours else disputed)[mark.concept] = mark.header.column
    return Table(
        key=key,
        kind=key,
        sheet=name,
        header_row=row,
        first_row=row + 1,
        last_row=max(row, len(sheet.rows)),
        columns={},
        computed=computed,
        disputed=disputed,
        lost=tuple(lost),
    )


def _text(workbook: Workbook, place: CellRef) -> str:
    value = workbook.sheet(place.sheet).value(place.row, place.column)
    return value if isinstance(value, str) else ""
