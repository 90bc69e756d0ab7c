"""What a write intends: which cells, into which new columns; what cannot be written safely is refused here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sheetsync.backends.google.links import LINK, is_our_link, link_to
from sheetsync.backends.google.marks import Mark, mark_name
from sheetsync.backends.google.own_sheet import ROOM, NewSheet, marks_in, with_sheets
from sheetsync.backends.google.reader import Reading, SheetFacts
from sheetsync.backends.google.settle import Anchors, Put
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.backends.google.values import Form, kind_of, to_enter
from sheetsync.errors import WorkbookChanged, WriteRefused
from sheetsync.record import NamedTuple
from sheetsync.workbook import (
    CellRef,
    CellUpdate,
    Changes,
    ColumnAddition,
    NoteUpdate,
    TableAnchor,
    Worksheet,
    same_value,
)

LAST_CHARACTER = 50_000
"""The most characters that a cell holds (Google's limit)."""

NOTHING: Mapping[int, int] = MappingProxyType({})

FORM, NOTE = Put._fields.index("form"), Put._fields.index("note")

_MOMENTS = ("DATE", "DATE_TIME", "TIME")


class Insertion(NamedTuple):
    """New columns side by side in one worksheet: the first of them, and what each is for, from left to right.

    Several tables of a worksheet may use one new column. They are inserted, never written over what stands there: so
    nothing of the user's can be hit, however the worksheet was rebuilt in between.
    """

    facts: SheetFacts
    column: int
    additions: tuple[tuple[ColumnAddition, ...], ...]


class Intent(NamedTuple):
    """A write in full. ``before`` is the snapshot with the new, empty columns and their marks already in it.

    It tells the number formats of worksheets in which some are changed: what a write hits gets its own back.
    """

    before: Snapshot
    puts: tuple[Put, ...]
    insertions: tuple[Insertion, ...]
    fresh: frozenset[str]
    anchors: Anchors
    sheets: tuple[NewSheet, ...] = ()
    growths: Mapping[int, int] = NOTHING
    """How many rows each worksheet (by id) lacks for what is written into it."""
    cells: int = 0
    notes: int = 0
    """How many cells get another value, headers apart, and how many another note."""


def intent_of(reading: Reading, changes: Changes) -> Intent | None:
    """Turn the changes into a write; None where everything stands there already.

    Raises WorkbookChanged where a cell does not hold what the plan saw, and WriteRefused for a cell that holds a
    formula, lies inside merged cells or somebody's protection, or is named twice, for a column that is not free, and
    for a worksheet whose name is taken.
    """
    updates = [update for update in changes.cells if not same_value(update.before, update.after)]
    notes = [update for update in changes.notes if update.before != update.after]
    if not updates and not changes.columns and not changes.sheets and not notes:
        return None
    reading, sheets = with_sheets(reading, changes.sheets)
    insertions = tuple(_insertions(reading, changes.columns))
    new = [column for sheet in sheets for column in sheet.columns]
    puts = [*_headers(reading, [*changes.columns, *new], insertions)]
    puts += _puts(reading, updates, [*changes.columns, *new], insertions)
    puts = _with_notes(reading, puts, notes, insertions)
    before, fresh = _with_columns(_with_forms(reading, puts), insertions)
    for sheet in sheets:
        before = before._replace(marks={**before.marks, **marks_in(sheet)})
        fresh |= marks_in(sheet).keys()
    anchors = _anchors(reading, changes.anchors, insertions)
    told = _growths(reading, puts), len(updates), len(notes)
    return Intent(before, tuple(puts), insertions, fresh, anchors, sheets, *told)


def _growths(reading: Reading, puts: Sequence[Put]) -> dict[int, int]:
    """Say how many rows each worksheet lacks; one of our own grows with the goals, and any other has its rows."""
    last: dict[int, int] = {}
    for put in puts:
        if put.row > last.get(put.sheet, 0):
            last[put.sheet] = put.row
    rows = {facts.sheet: facts.rows for facts in reading.facts.values()}
    return {sheet: row - rows[sheet] + ROOM for sheet, row in last.items() if row > rows[sheet]}


def later_column(insertions: Sequence[Insertion], sheet: str, column: int) -> int:
    """Say where a column will stand once the new ones are inserted; a new one is named by the place it takes."""
    runs = ((one.column, len(one.additions)) for one in insertions if one.facts.title == sheet)
    return column + sum(count for first, count in runs if column >= first + count)


def _insertions(reading: Reading, additions: Sequence[ColumnAddition]) -> Iterator[Insertion]:
    """Group the new columns into runs of neighbours, from left to right."""
    wanted = sorted(additions, key=lambda addition: addition.header[:1] + addition.header[:0:-1])
    for _, run in groupby(_numbered(wanted), key=lambda pair: pair[0]):
        own = [addition for _, addition in run]
        worksheet, facts = _sheet(reading, own[0].header)
        for addition in own:
            _refuse_column(reading, worksheet, addition)
        columns = groupby(own, key=lambda addition: addition.header.column)
        yield Insertion(facts, own[0].header.column, tuple(tuple(same) for _, same in columns))


def _numbered(additions: Sequence[ColumnAddition]) -> Iterator[tuple[tuple[str, int], ColumnAddition]]:
    """Pair each addition with its worksheet and the first column of its run."""
    start = (last := ("", 0))
    for addition in additions:
        place = (addition.header.sheet, addition.header.column)
        if place not in (last, (last[0], last[1] + 1)):
            start = place
        last = place
        yield start, addition


def _sheet(reading: Reading, ref: CellRef | CellUpdate | NoteUpdate) -> tuple[Worksheet, SheetFacts]:
    link = reading.workbook.location
    if ref.sheet not in reading.facts:
        raise WriteRefused("google.no_such_sheet", link=link, sheet=ref.sheet)
    worksheet = reading.workbook.sheet(ref.sheet)
    if worksheet.refusal is not None:
        raise WriteRefused(worksheet.refusal, path=link, sheet=ref.sheet)
    return worksheet, reading.facts[ref.sheet]


def _refuse_column(reading: Reading, worksheet: Worksheet, addition: ColumnAddition) -> None:
    link, column = reading.workbook.location, addition.header.column
    filled = [row for row, cells in enumerate(worksheet.rows, 1) if _holds(cells, column)]
    taken = min([*filled, *(row for row, own in worksheet.formulas if own == column)], default=None)
    if taken is not None:
        cell = str(CellRef(worksheet.name, taken, column))
        raise WriteRefused("google.column_not_empty", link=link, cell=cell)
    if mark_name(addition.table, addition.concept) in reading.snapshot.marks:
        raise WriteRefused("google.marked_twice", link=link, cell=str(addition.header), text=addition.text)
    if any(area.touches_column(column) for area in (*worksheet.merges, *worksheet.tables)):
        raise WriteRefused("google.column_taken", link=link, cell=str(addition.header))


def _holds(cells: Sequence[object], column: int) -> bool:
    return column <= len(cells) and cells[column - 1] not in (None, "")


def _headers(reading: Reading, additions: Sequence[ColumnAddition], insertions: Sequence[Insertion]) -> Iterator[Put]:
    for addition in additions:
        sheet, row, column = addition.header
        yield Put(reading.facts[sheet].sheet, row, later_column(insertions, sheet, column), addition.text, None)


def _puts(
    reading: Reading,
    updates: Sequence[CellUpdate],
    additions: Sequence[ColumnAddition],
    insertions: Sequence[Insertion],
) -> Iterator[Put]:
    new = {(addition.header.sheet, addition.header.column): addition.form for addition in additions}
    ids = {title: facts.sheet for title, facts in reading.facts.items()}
    seen: set[tuple[str, int, int]] = set()
    for update in updates:
        worksheet, facts = _sheet(reading, update)
        place = update[:3]
        if place in seen:
            raise WriteRefused("google.cell_twice", link=reading.workbook.location, cell=str(update.ref))
        seen.add(place)
        _refuse_cell(reading, worksheet, facts, update)
        column = later_column(insertions, update.sheet, update.column)
        before = reading.snapshot.grids[facts.sheet].value(update.row, update.column)
        given = new.get((update.sheet, update.column))  # a new column comes with the format of its form
        form = None if update.form == given else _form(facts, update)
        linked = update.form == LINK and update.after is not None
        after = link_to(str(update.after), ids) if linked else to_enter(update.after)
        yield Put(facts.sheet, update.row, column, after, before, form)


def _with_notes(
    reading: Reading, puts: Sequence[Put], notes: Sequence[NoteUpdate], insertions: Sequence[Insertion]
) -> list[Put]:
    """Give the cells to write with their notes; a note on a cell that keeps its value is written alone."""
    merged = {put[:3]: put for put in puts}
    for update in notes:
        worksheet, facts = _sheet(reading, update)
        params = {"link": reading.workbook.location, "cell": str(update.ref), "sheet": update.sheet}
        if worksheet.notes.get((update.row, update.column), "") != update.before:
            raise WorkbookChanged("google.cell_changed", **params)
        if not facts.may_edit(update.row, update.column):
            raise WriteRefused("google.protected_cell", **params)
        place = facts.sheet, update.row, later_column(insertions, update.sheet, update.column)
        stands = reading.snapshot.grids[facts.sheet].value(update.row, update.column)
        merged[place] = merged.get(place, Put(*place, stands, stands))._replace(note=update.after)
    return list(merged.values())


def _refuse_cell(reading: Reading, worksheet: Worksheet, facts: SheetFacts, update: CellUpdate) -> None:
    params = {"link": reading.workbook.location, "cell": str(update.ref), "sheet": update.sheet}
    place = (update.row, update.column)
    ours = update.form == LINK and is_our_link(reading.snapshot.grids[facts.sheet].value(*place))
    if place in worksheet.formulas and not ours:
        raise WriteRefused("google.formula", **params)
    if any(merge.contains(*place) and place != merge[:2] for merge in worksheet.merges):
        raise WriteRefused("google.merged", **params)
    if not same_value(worksheet.value(*place), update.before):
        raise WorkbookChanged("google.cell_changed", **params)
    if not facts.may_edit(*place):
        raise WriteRefused("google.protected_cell", **params)
    if isinstance(update.after, str) and len(update.after) > LAST_CHARACTER:
        raise WriteRefused("google.too_long", limit=LAST_CHARACTER, **params)


def _form(facts: SheetFacts, update: CellUpdate) -> Form | None:
    """Give the number format that a cell needs so that its value reads back as what it is; None where it has that."""
    has, needs = facts.form_of(update.row, update.column), kind_of(update.after)
    if needs is not None:
        return (needs, "") if has is None or has[0] != needs else None
    number = isinstance(update.after, int | float) and not isinstance(update.after, bool)
    return FORMS[update.form] if number and (has is None or has[0] in _MOMENTS) else None


FORMS = {
    "percent": ("PERCENT", "0%"),
    "number": ("NUMBER", "0.00"),
    "date": ("DATE", ""),
    "text": ("NUMBER", ""),
    "prose": ("NUMBER", ""),
}
"""The number format of each form; without a pattern a date is shown as the spreadsheet's locale has it."""


def _with_forms(reading: Reading, puts: Iterable[Put]) -> Snapshot:
    """Give the snapshot with the number formats, and the notes, of the worksheets in which some are to be changed."""
    changed, noted = ({put.sheet for put in puts if put[at] is not None} for at in (FORM, NOTE))
    forms = {facts.sheet: facts.forms for facts in reading.facts.values() if facts.sheet in changed}
    notes = {
        facts.sheet: reading.workbook.sheet(title).notes
        for title, facts in reading.facts.items()
        if facts.sheet in noted
    }
    grids = {
        sheet: grid._replace(forms=forms.get(sheet), notes=notes.get(sheet))
        for sheet, grid in reading.snapshot.grids.items()
    }
    return reading.snapshot._replace(grids=grids)


def _with_columns(snapshot: Snapshot, insertions: Sequence[Insertion]) -> tuple[Snapshot, frozenset[str]]:
    """Give the snapshot as it would be with the new columns inserted, empty, and marked; and the new marks."""
    grids, marks, fresh = dict(snapshot.grids), dict(snapshot.marks), set()
    for one in sorted(insertions, key=lambda own: -own.column):  # from the right, so that places on the left hold
        sheet, count = one.facts.sheet, len(one.additions)
        grids[sheet] = _with_blanks(grids[sheet], one.column, count)
        for name, mark in marks.items():
            if mark.sheet == sheet and mark.column >= one.column:
                marks[name] = mark._replace(column=mark.column + count)
        for offset, additions in enumerate(one.additions):
            for addition in additions:
                name = mark_name(addition.table, addition.concept)
                marks[name] = Mark("", sheet, addition.header.row, one.column + offset)
                fresh.add(name)
    return Snapshot(grids, marks), frozenset(fresh)


def _with_blanks(grid: Grid, column: int, count: int) -> Grid:
    """Give a grid with empty columns inserted."""

    def widened(row: Sequence[Any]) -> list[Any]:
        return [*row[: column - 1], *[None] * count, *row[column - 1 :]] if len(row) >= column else list(row)

    forms = None if grid.forms is None else [widened(row) for row in grid.forms]
    moved = {(row, own + count * (own >= column)): note for (row, own), note in (grid.notes or {}).items()}
    rows = [widened(row) for row in grid.rows]
    return grid._replace(rows=rows, forms=forms, notes=None if grid.notes is None else moved)


def _anchors(
    reading: Reading, anchors: Sequence[TableAnchor], insertions: Sequence[Insertion]
) -> Mapping[int, list[TableAnchor]]:
    found: dict[int, list[TableAnchor]] = {}
    for anchor in anchors:
        keys = tuple(later_column(insertions, anchor.sheet, key) for key in anchor.keys)
        found.setdefault(reading.facts[anchor.sheet].sheet, []).append(anchor._replace(keys=keys))
    return found
