"""Workbook to Goals: finds the tables, maps their headers, reads their rows. It never complains.

What stands in a cell and cannot be understood is a Cell with its raw text and no value; the rules say so later.
Three steps follow each other: ``tables`` finds headers and decides what kind of table they make; one of ``layouts``
reads the rows of that kind; ``columns`` and ``measures`` give them their values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sheetsync.language import Lexicon
from sheetsync.mapping import TableMapping
from sheetsync.model import Cycle, Goals, Settings
from sheetsync.noticed import Doubt, UnreadSheet
from sheetsync.reading.book import Book
from sheetsync.reading.cycles import parse_cycle
from sheetsync.reading.held import in_words, log_of
from sheetsync.reading.layouts import LAYOUTS, Layout
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.layouts.settings import read_settings
from sheetsync.reading.pages import is_page, own_table
from sheetsync.reading.tables import Found, find_tables, nearest_header
from sheetsync.uncollected import uncollected
from sheetsync.workbook import Workbook, Worksheet

if TYPE_CHECKING:
    from sheetsync.reading.adopted import Adopted
    from sheetsync.reading.understanding import Vocabulary

__all__ = ["parse_cycle", "read_goals", "with_unlike"]

_OURS = ("guide", "dashboard")
_GOALS = ("okr", "kpi")


def read_goals(
    workbook: Workbook,
    lexicon: Lexicon,
    *,
    today: date,
    cycle: Cycle | None = None,
    fiscal_start: int = 1,
    tables: Sequence[TableMapping] = (),
    vocabulary: Callable[[], Vocabulary] | None = None,
) -> Goals:
    """Read everything that a workbook says of objectives, key results, KPIs, check-ins and people.

    ``cycle`` stands above the one that the workbook's settings name. ``fiscal_start`` is the month, 1 to 12, in which
    the firm's own year begins. ``tables`` are those that its owner adopted; they are read by their mappings, for which
    ``vocabulary`` gives the words of all languages, and no other worksheet is then taken for goals. It never raises
    for what stands in a cell.
    """
    with uncollected():  # reading makes millions of cells
        book = Book(workbook, lexicon, today, fiscal_start)
        goals = _read(book, cycle, tables, vocabulary)
        if not _several(goals):
            return goals
        from sheetsync.reading.other_cycles import other_cycles, without  # most workbooks have one table of a kind

        others = other_cycles(goals, book)
        if not others:
            return goals
        left = frozenset(one.table for one in others)
        again = _read(Book(workbook, lexicon, today, fiscal_start), cycle, tables, vocabulary, left)
        return without(again, others)


def _several(goals: Goals) -> bool:
    """Say whether several worksheets hold goals of one kind."""
    places = {(table.kind, table.sheet) for table in goals.tables if table.kind in _GOALS}
    return len(places) > len({kind for kind, _ in places})


def _read(
    book: Book,
    cycle: Cycle | None,
    mappings: Sequence[TableMapping],
    vocabulary: Callable[[], Vocabulary] | None,
    left: Set[str] = frozenset(),
) -> Goals:
    """Read the tables of a workbook, but for those whose keys are ``left``."""
    workbook = book.workbook
    settings, settings_sheet = _settings(book)
    book.cycle = cycle or (settings.cycle.value if settings is not None else None)
    adopted = _adopted(book, mappings, vocabulary)
    found = {sheet.name: _tables(book, sheet, adopted) for sheet in workbook.sheets}
    draft = Draft(book)
    keys = _keys(book, [table for sheet in workbook.sheets for table in found[sheet.name]])
    keys = {key: table for key, table in keys.items() if key not in left}
    readers = _readers(adopted)
    for kind, layout in LAYOUTS.items():
        for key, table in keys.items():
            if table.header.kind == kind:
                readers.get(id(table), layout)(draft, table, key)
    draft.give_keys()
    goals = Goals(
        cycle=book.cycle,
        objectives=tuple(draft.objectives),
        key_results=tuple(draft.key_results),
        kpis=tuple(draft.kpis),
        check_ins=tuple(draft.check_ins),
        people=tuple(draft.people),
        settings=settings,
        tables=tuple(draft.tables[key] for key in keys),
        unread=tuple(_unread(book, found, settings_sheet)),
        doubts=_doubts(book),
        alike=draft.alike,
        empty_sections=tuple(draft.empty_sections),
        own=own_table(workbook, book.lexicon),
        header_changes=adopted.changes if adopted is not None else (),
        missing=adopted.missing if adopted is not None else (),
        lookalikes=adopted.lookalikes if adopted is not None else (),
    )
    return with_unlike(goals, book.lexicon)


def with_unlike(goals: Goals, lexicon: Lexicon) -> Goals:
    """Note in every row which of its numbers are in different units, those of its check-ins among them.

    Only rows with numbers written as texts can be such; where there is none, the goals come back as they are.
    """
    log = log_of(goals)
    rows = in_words(goals, log)
    if not rows:
        return goals
    from sheetsync.reading.unlike import unlike_in  # many workbooks hold no number as a text

    told = unlike_in(rows, log, lexicon)
    if not told:
        return goals
    return goals._replace(
        key_results=tuple(one._replace(unlike=told.get(one.key, ())) for one in goals.key_results),
        kpis=tuple(one._replace(unlike=told.get(one.key, ())) for one in goals.kpis),
    )


def _adopted(
    book: Book, mappings: Sequence[TableMapping], vocabulary: Callable[[], Vocabulary] | None
) -> Adopted | None:
    """Find the tables that were adopted; a workbook in the form of our templates has none."""
    if not mappings or vocabulary is None:
        return None
    from sheetsync.reading.adopted import find_adopted  # most workbooks are in the form of our templates

    return find_adopted(book, mappings, vocabulary)


def _tables(book: Book, sheet: Worksheet, adopted: Adopted | None) -> list[Found]:
    """Give the tables of a worksheet: those that were adopted, else those with headers of our templates."""
    if adopted is not None and sheet.name in adopted.sheets:
        return [one.found for one in adopted.tables if one.table.sheet == sheet.name]
    if _is_page(book, sheet):
        return []
    found = find_tables(book, sheet)
    return found if adopted is None else [table for table in found if table.header.kind not in _GOALS]


def _readers(adopted: Adopted | None) -> dict[int, Layout]:
    """Give what reads each adopted table; others are read by the layout of their kind."""
    if adopted is None:
        return {}
    from sheetsync.reading.adopted import read_adopted

    return {id(one.found): partial(read_adopted, one) for one in adopted.tables}


def _doubts(book: Book) -> tuple[Doubt, ...]:
    """Give what was doubted, from the first worksheet to the last and from top to bottom."""
    order = {sheet.name: place for place, sheet in enumerate(book.workbook.sheets)}
    cells = {doubt: doubt.cell for doubt in book.doubts}
    return tuple(sorted(cells, key=lambda doubt: (order[cells[doubt].sheet], cells[doubt].row, cells[doubt].column)))


def _is_page(book: Book, sheet: Worksheet) -> bool:
    """Say whether a worksheet shows goals and holds none: the guide, our dashboard, the worksheet of our own."""
    kind = book.lexicon.sheet_kind(sheet.name)
    return kind == "guide" or is_page(book.workbook, sheet.name)


def _settings(book: Book) -> tuple[Settings | None, str | None]:
    """Read the first sheet that holds settings; one that is named so comes before one that only looks so."""
    kinds = {sheet.name: book.lexicon.sheet_kind(sheet.name) for sheet in book.workbook.sheets}
    ranked = sorted(book.workbook.sheets, key=lambda sheet: kinds[sheet.name] != "settings")
    for sheet in ranked:
        shown = kinds[sheet.name] in _OURS or is_page(book.workbook, sheet.name)
        settings = None if shown else read_settings(book, sheet)
        if settings is not None:
            return settings, sheet.name
    return None, None


def _keys(book: Book, tables: list[Found]) -> dict[str, Found]:
    """Give every table its key: the one of our marks in its header, else on its sheet, else the first that is free."""
    keys: dict[int, str] = {}
    for marks_of in (lambda table: table.marks, lambda table: book.marks_on(table.sheet.name)):
        for place, table in enumerate(tables):
            for mark in marks_of(table):
                if mark.table.rstrip("0123456789") == table.header.kind and mark.table not in keys.values():
                    keys.setdefault(place, mark.table)
    taken = set(keys.values())
    for place, table in enumerate(tables):
        if place not in keys:
            keys[place] = _free(table.header.kind, taken)
            taken.add(keys[place])
    return {keys[place]: table for place, table in enumerate(tables)}


def _free(kind: str, taken: set[str]) -> str:
    number, key = 1, kind
    while key in taken:
        number += 1
        key = f"{kind}{number}"
    return key


def _unread(book: Book, found: dict[str, list[Found]], settings_sheet: str | None) -> list[UnreadSheet]:
    """Give the visible worksheets that hold something in which no table was found."""
    return [
        nearest_header(book, sheet)
        for sheet in book.workbook.sheets
        if not found[sheet.name]
        and not sheet.hidden
        and sheet.name != settings_sheet
        and book.lexicon.sheet_kind(sheet.name) not in _OURS
        and not is_page(book.workbook, sheet.name)
        and _holds_something(sheet)
    ]


def _holds_something(sheet: Worksheet) -> bool:
    return any(any(values) for values in sheet.rows)
