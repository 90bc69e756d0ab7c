"""What of a workbook has no place in a template: cells of columns that say nothing to us, titles, totals, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheetsync.gallery.conversion.values import plain
from sheetsync.model import Goals, Table
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell, CellRef, CellValue, Workbook, Worksheet

Place = tuple[str, int, int]
_LONGEST = 32_000
"""Characters of a text that are put into one cell; what is longer goes on in the next row."""


class LeftOver(NamedTuple):
    """One cell without a place: where it stood, the item of its row, the header above it, and what stood there."""

    ref: CellRef
    item: str
    header: str
    value: CellValue


def left_over(workbook: Workbook, goals: Goals, names: Mapping[str, str]) -> list[LeftOver]:
    """Give every cell of the worksheets that were read, of which nothing stands in the new workbook.

    Headers of columns that were taken, and computed columns of sheetsync's own, are not among them. ``names`` are the
    ids of the items by key.
    """
    tables: dict[str, list[Table]] = {}
    for table in goals.tables:
        tables.setdefault(table.sheet, []).append(table)
    taken, items = set(_taken(goals)), _items(goals, names)
    sections = {item.section.casefold() for item in goals.kpis if item.section}
    return [
        one
        for sheet in workbook.sheets
        if sheet.name in tables
        for one in _of_sheet(sheet, tables[sheet.name], taken, items)
        if not (isinstance(one.value, str) and one.value.strip().casefold() in sections)
    ]


def untouched(workbook: Workbook, goals: Goals) -> list[str]:
    """Give the worksheets that hold something, and of which nothing was read."""
    read = {table.sheet for table in goals.tables}
    read |= {cell.sheet for cell in goals.settings or ()}
    read |= {mark.header.sheet for mark in workbook.marks if mark.header is not None and mark.table != "source"}
    filled = (sheet for sheet in workbook.sheets if sheet.name not in read)
    return [sheet.name for sheet in filled if any(value not in (None, "") for row in sheet.rows for value in row)]


def _of_sheet(
    sheet: Worksheet, tables: Sequence[Table], taken: set[Place], items: Mapping[tuple[str, int], str]
) -> Iterator[LeftOver]:
    for row, values in enumerate(sheet.rows, 1):
        for column, value in enumerate(values, 1):
            if value in (None, "") or (sheet.name, row, column) in taken:
                continue
            if isinstance(value, str) and not value.strip():
                continue
            table = _beside(tables, row, column)
            if table is None or not _is_ours(table, row, column):
                header = _header(sheet, table, column) if table is not None and row >= table.first_row else ""
                yield LeftOver(CellRef(sheet.name, row, column), items.get((sheet.name, row), ""), header, value)


def _beside(tables: Sequence[Table], row: int, column: int) -> Table | None:
    """Give the table in whose rows, from the header down, a cell stands; of several side by side the nearest."""
    inside = [table for table in tables if (table.top_row or table.header_row) <= row <= table.last_row]
    return min(inside, key=lambda table: _distance(table, column), default=None)


def _distance(table: Table, column: int) -> int:
    columns = [*(one for many in table.columns.values() for one in many), *table.periods, *table.unmapped]
    return min((abs(one - column) for one in columns), default=0)


def _is_ours(table: Table, row: int, column: int) -> bool:
    """Say whether a cell is a header of the table, a mere number of its row, or belongs to a computed column."""
    if column in (*table.computed.values(), *table.disputed.values(), *table.columns.get("order", ())):
        return True
    mapped = column in table.periods or any(column in many for many in table.columns.values())
    return row <= table.header_row and (mapped or column in table.unmapped)


def _header(sheet: Worksheet, table: Table, column: int) -> str:
    known = table.unmapped.get(column)
    if known:
        return known
    rows = range(table.top_row or table.header_row, table.header_row + 1)
    told = (sheet.value(row, column) for row in rows)
    return " › ".join(" ".join(str(value).split()) for value in told if value is not None)


def _taken(goals: Goals) -> Iterator[Place]:
    """Give the place of every cell of which the meaning, or the text, is carried over."""
    everything: Sequence[Any] = (
        *goals.objectives,
        *goals.key_results,
        *goals.kpis,
        *goals.check_ins,
        *goals.people,
        *((goals.settings,) if goals.settings is not None else ()),
    )
    for item in everything:
        for field in item:
            if isinstance(field, Cell):
                yield from _place(field)
    for kpi in goals.kpis:
        for value in kpi.periods:
            yield from (*_place(value.target), *_place(value.actual))


def _place(cell: Cell[Any]) -> Iterator[Place]:
    if cell.column > 0 and not (isinstance(cell.raw, str) and len(cell.raw) > _LONGEST):
        yield cell.sheet, cell.row, cell.column


def _items(goals: Goals, names: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Give the id of the item of each row: of a key result rather than of the objective beside it."""
    return {(item.sheet, item.row): names[item.key] for item in goals.items}


def source_rows(found: Sequence[LeftOver], header: Sequence[str]) -> list[Sequence[Any]]:
    """Give the rows of the worksheet that keeps what was left over, below its header."""
    rows: list[Sequence[Any]] = [tuple(header)]
    for one in found:
        told = (one.ref.sheet, one.ref.a1, one.item, one.header)
        value = plain(one.value)
        if isinstance(value, str) and len(value) > _LONGEST:
            rows += [(*told, value[at : at + _LONGEST]) for at in range(0, len(value), _LONGEST)]
        else:
            rows.append((*told, value))
    return rows
