"""Reads the tables that were adopted: the worksheets of people who keep them in their own way.

``understanding`` finds each table again by its mapping; ``unfolding`` brings a layout in which a goal is not one row
into flat rows; then the usual layouts read them, and ``places`` leads every cell back to where it really stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sheetsync.mapping import APART, TableMapping
from sheetsync.model import KeyResult, Kpi, Metric, Quantity
from sheetsync.noticed import Doubt, HeaderChange, Lookalike, MissingTable
from sheetsync.reading.adopted.fixed import Fixed
from sheetsync.reading.adopted.headers import header_of, tells_progress_alone, with_known_choices
from sheetsync.reading.adopted.languages import book_for
from sheetsync.reading.adopted.places import real_doubt, real_item
from sheetsync.reading.adopted.unfolding import Unfolded, unfold
from sheetsync.reading.book import Book
from sheetsync.reading.layouts import LAYOUTS
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.pages import own_columns
from sheetsync.reading.scales import share_of
from sheetsync.reading.tables import Found, id_column
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Reason, Table
from sheetsync.reading.understanding.pinned import TURNED, Pinned, lookalike, missing_table, named, pin
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell, Worksheet

__all__ = ["Adopted", "AdoptedTable", "find_adopted", "read_adopted"]


_NAMING: Mapping[str, frozenset[str]] = {
    "okr": frozenset(("objective", "key_result")),
    "kpi": frozenset(("kpi",)),
    "check-ins": frozenset(("date",)),
    "people": frozenset(("name",)),
}
"""Without any of these nothing in a table of the kind has a name."""


class AdoptedTable(NamedTuple):
    """One adopted table: ``found`` is what the layouts read, ``table`` where it really stands.

    ``book`` is the workbook with the words of the table's language.
    """

    book: Book
    found: Found
    table: Table
    fixed: Fixed
    apart: bool
    unfolded: Unfolded | None = None


class Adopted(NamedTuple):
    """All that was found of what was adopted; ``sheets`` are the worksheets that a mapping speaks of."""

    tables: tuple[AdoptedTable, ...] = ()
    sheets: frozenset[str] = frozenset()
    changes: tuple[HeaderChange, ...] = ()
    missing: tuple[MissingTable, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()


def find_adopted(book: Book, mappings: Sequence[TableMapping], vocabulary: Callable[[], Vocabulary]) -> Adopted:
    """Find every adopted table of a workbook."""
    names = [sheet.name for sheet in book.workbook.sheets]
    mapped = [(mapping, {name: named(name, names) for name in mapping.worksheets}) for mapping in mappings]
    gone = dict.fromkeys(name for _, told in mapped for name, sheets in told.items() if not sheets)
    known = frozenset(sheet for _, told in mapped for sheets in told.values() for sheet in sheets)
    found = Adopted(sheets=known, missing=tuple(MissingTable(name, 0) for name in gone))
    for sheet in book.workbook.sheets:
        own = [mapping for mapping, told in mapped if any(sheet.name in sheets for sheets in told.values())]
        grid = Grid(sheet, vocabulary(), own_columns(book.workbook, sheet.name))
        for one in pin(grid, own) if own else ():
            found = _with(found, book, grid, one)
        like = None if own or sheet.hidden else lookalike(grid, mappings)
        if like is not None:
            found = found._replace(lookalikes=(*found.lookalikes, like))
    return found


def _with(adopted: Adopted, book: Book, grid: Grid, one: Pinned | MissingTable) -> Adopted:
    """Add a table that was found, or say that it is missing; one in which nothing has a name any more is missing."""
    if isinstance(one, MissingTable):
        return adopted._replace(missing=(*adopted.missing, one))
    adopted = adopted._replace(changes=(*adopted.changes, *one.changes))
    table = _prepared(book, grid, one)
    header = table.found.header
    if _NAMING[header.kind].isdisjoint(header.columns):
        return adopted._replace(missing=(*adopted.missing, missing_table(grid, one.mapping)))
    return adopted._replace(tables=(*adopted.tables, table))


def _prepared(book: Book, grid: Grid, pinned: Pinned) -> AdoptedTable:
    table, mapping = _with_ids(book, pinned.table), pinned.mapping
    unfolded = unfold(grid, table)
    sheet, seen = (grid.sheet, table) if unfolded is None else (unfolded.sheet, unfolded.table)
    book = book_for(book, grid.vocabulary, table)
    found = _found(book, sheet, seen, table)
    lost = frozenset(column.concept for column in mapping.columns) - {column.concept for column in table.columns}
    return AdoptedTable(
        book,
        found._replace(header=found.header._replace(lost=lost)),
        table,
        Fixed(book, grid.sheet, mapping.fixed, grid.vocabulary),
        mapping.computed == APART or (unfolded is not None and not unfolded.own_rows),
        unfolded,
    )


def _with_ids(book: Book, table: Table) -> Table:
    """Give a table with the column that was added for ids, of which its mapping need not know."""
    place = id_column(book.marks_at(table.sheet, table.header_rows[-1])) if table.layout not in TURNED else 0
    if not place:
        return table
    text = str(book.workbook.sheet(table.sheet).value(table.header_rows[-1], place) or "")
    others = [column for column in table.columns if column.column != place]
    return table._replace(
        columns=(Column("id", place, text, 1.0, Reason("adopted")), *others),
        unmapped=tuple(left for left in table.unmapped if left.column != place),
    )


def _found(book: Book, sheet: Worksheet, seen: Table, real: Table) -> Found:
    header_row = seen.header_rows[-1]
    return Found(
        sheet,
        header_row,
        seen.last_data_row,
        with_known_choices(book, sheet, header_of(book, seen), range(seen.first_data_row, seen.last_data_row + 1)),
        book.marks_at(real.sheet, real.header_rows[-1]),
        max(0, seen.first_data_row - header_row - 1),
    )


def read_adopted(adopted: AdoptedTable, draft: Draft, found: Found, key: str) -> None:
    """Read the rows of an adopted table, ``found`` of which is what the layouts read, into a draft."""
    before, empty = [len(items) for items in _lists(draft)], len(draft.empty_sections)
    book = draft.book
    doubts, draft.book = book.doubts, adopted.book
    draft.book.doubts = {}
    LAYOUTS[found.header.kind](draft, found, key)
    new: dict[Doubt, None] = draft.book.doubts
    if adopted.unfolded is not None:
        new = {real_doubt(doubt, adopted.unfolded.places): None for doubt in new}
    draft.book = book
    book.doubts = doubts | new
    for items, start in zip(_lists(draft), before, strict=True):
        items[start:] = [_settled(item, adopted) for item in items[start:]]
    if adopted.unfolded is not None:
        draft.empty_sections[empty:] = [real_item(one, adopted.unfolded.places) for one in draft.empty_sections[empty:]]
    _settle_table(draft, adopted, key)


def _lists(draft: Draft) -> tuple[list[Any], ...]:
    return draft.objectives, draft.key_results, draft.kpis, draft.check_ins, draft.people


def _settled(item: Any, adopted: AdoptedTable) -> Any:
    if adopted.unfolded is not None:
        item = real_item(item, adopted.unfolded.places)
    seen = adopted.table if adopted.unfolded is None else adopted.unfolded.table
    if isinstance(item, KeyResult | Kpi) and tells_progress_alone(seen):
        item = _by_percentage(item)
    return adopted.fixed.give(item)


def _by_percentage(item: KeyResult | Kpi) -> KeyResult | Kpi:
    """Give a goal whose current value is a percentage of all that is to be done: its target is another number."""
    if item.metric.value is not None:
        return item
    nothing: Cell[Any] = Cell(item.sheet, item.row, 0, None, None)
    metric = item.metric._replace(value=Metric.PERCENT_DONE)
    if isinstance(item, KeyResult):
        return item._replace(metric=metric, baseline=nothing, target=nothing, current=_share(item.current))
    return item._replace(metric=metric, baseline=nothing, target=nothing, actual=_share(item.actual))


def _share(cell: Cell[Any]) -> Cell[Any]:
    """Give what stands in a column of percentages: 4/5 is a share, and 6 days are none."""
    unit = cell.value.unit if isinstance(cell.value, Quantity) else None
    if unit is None:
        return cell
    return share_of(cell, float(unit[1:])) if unit[:1] == "/" and unit[1:].isdecimal() else cell._replace(value=None)


def _settle_table(draft: Draft, adopted: AdoptedTable, key: str) -> None:
    """Say of the table where it really stands."""
    real, seen = adopted.table, draft.tables[key]
    table = seen._replace(
        layout=real.layout, top_row=real.header_rows[0], fixed=adopted.fixed.concepts, apart=adopted.apart
    )
    if adopted.unfolded is not None:
        header = header_of(draft.book, real)
        columns = {} if real.layout == "transposed" else header.columns
        elsewhere = tuple(concept for concept in seen.columns if concept not in columns)
        table = table._replace(
            header_row=real.header_rows[-1],
            first_row=real.first_data_row,
            last_row=real.last_data_row,
            columns=columns,
            unmapped={} if real.layout == "transposed" else header.unmapped,
            periods={column: entry.period for column, entry in header.periods.items()},
            fixed=(*table.fixed, *elsewhere),
        )
    draft.tables[key] = table
