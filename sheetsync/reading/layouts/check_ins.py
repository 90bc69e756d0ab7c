"""The check-in log: who updated which key result when, and to what."""

from __future__ import annotations

from typing import Any

from sheetsync.language import normalise
from sheetsync.model import Bounds, CheckIn, KeyResult
from sheetsync.reading.columns import Columns
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.measures import Measure, is_on_scale, read_beside
from sheetsync.reading.rows import data_rows
from sheetsync.reading.tables import Found
from sheetsync.workbook import Cell


def read_check_ins(draft: Draft, found: Found, key: str) -> None:
    """Read the rows of the log; an item is named by the key result's id, or by its title where that is unique."""
    draft.give_keys()
    columns = Columns(draft.book, found.sheet, found.header.columns, data_rows(draft.book, found))
    items, titles, known = columns.cells("item"), columns.cells("title"), _known(draft.key_results)
    cells = [columns.cells(concept) for concept in ("date", "value", "confidence", "blocker", "note")]
    rows = []
    for row, item, title, (day, value, *rest) in zip(
        columns.rows, items, titles, zip(*cells, strict=True), strict=True
    ):
        if item.blank and title.blank and value.blank:
            continue
        named = title if item.blank else item
        about = known.get(normalise(named.value or ""))
        if about is not None:
            named = named._replace(value=about.key)
            value = _in_terms_of(about, columns, value)
        draft.check_ins.append(CheckIn(found.sheet.name, row, day, named, value, *rest))
        rows.append(row)
    columns.note_unclear()
    draft.add_table(found, key, rows)


def _known(key_results: list[KeyResult]) -> dict[str, KeyResult]:
    """Give key results by id, and by title where no other has the same."""
    found: dict[str, KeyResult] = {}
    doubled: set[str] = set()
    for item in key_results:
        title = normalise(item.title.value or "")
        doubled |= {title} & found.keys()
        found[title] = item
    for title in doubled | {""}:
        found.pop(title, None)
    for item in reversed(key_results):
        found[normalise(item.key)] = item
    return found


def _in_terms_of(item: KeyResult, columns: Columns, value: Cell[Any]) -> Cell[Any]:
    """Read a value as the key result counts: in its unit, as a percentage, as a yes, as milestones."""
    row = Measure(_plain(item.baseline), _plain(item.target), value)
    return read_beside(columns.texts, item.metric.value, item.unit.value, row, "current")


def _plain(cell: Cell[Any]) -> Cell[Any]:
    """Give a cell that was settled already, so that it is not read again; only its text tells the scale of a bound."""
    raw = cell.raw if is_on_scale(cell) and isinstance(cell.value, Bounds) else None if cell.raw is None else 0
    return Cell(cell.sheet, cell.row, 0, raw, cell.value)
