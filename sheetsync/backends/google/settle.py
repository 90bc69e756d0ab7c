"""Compares what a write meant to do with what was found after it, and says what is still to be put right.

A write names cells by their index. If somebody inserted, deleted, moved or sorted rows or columns between the read and
the write, some values land beside their cells: in a neighbour's row of our own column, or in a column of the user's.
What was entered there before is known from the snapshot that was taken at the read, and goes back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from sheetsync.backends.google.alignment import Alignment, Cells, aligned
from sheetsync.backends.google.marks import table_and_concept
from sheetsync.backends.google.references import Axis, moved_formula
from sheetsync.backends.google.snapshot import Grid, Snapshot, trimmed
from sheetsync.backends.google.values import FORMULA, PLAIN, Entered, Form
from sheetsync.record import NamedTuple
from sheetsync.workbook import TableAnchor

DASHBOARD = "dash"
"""The table of marks that stand on single cells, not on the header of a column."""

EVERY_ROW = range(1, 10_000_001)
"""All rows that a worksheet can have (Google's limit is ten million cells)."""


class Put(NamedTuple):
    """One cell to write: where (worksheet id, row, column), what shall stand there, and what stands there now.

    ``form`` is the number format that the cell needs besides, and None where it keeps its own. ``note`` is the note
    that shall be on it, empty for none, and None where it keeps its own; where the value stays as it is, only the note
    is written.
    """

    sheet: int
    row: int
    column: int
    value: Entered
    before: Entered
    form: Form | None = None
    note: str | None = None

    @property
    def only_note(self) -> bool:
        """True where the value of the cell is not written at all."""
        return self.note is not None and self.form is None and self.value == self.before


class Hit(NamedTuple):
    """A cell of the user's that a write hit, and what goes back into it; ``certain`` is False where that is a guess."""

    sheet: int
    row: int
    column: int
    restored: Entered
    certain: bool


class Settlement(NamedTuple):
    """What is left to do after a write. ``astray`` are cells whose row could not be found again."""

    fixes: tuple[Put, ...] = ()
    hits: tuple[Hit, ...] = ()
    marks: tuple[tuple[str, int], ...] = ()
    """Marks that were just made and stand in the wrong row, with the right one."""
    astray: tuple[Put, ...] = ()
    anchors: Mapping[int, Sequence[TableAnchor]] = MappingProxyType({})
    """The tables, where they are now."""
    quiet: bool = True
    """True where nothing happened besides the write."""


Anchors = Mapping[int, Sequence[TableAnchor]]
"""The tables of each worksheet (by id) that is written."""


def settle(
    before: Snapshot,
    puts: Sequence[Put],
    found: Snapshot,
    anchors: Anchors,
    fresh: frozenset[str] = frozenset(),
    inserted: frozenset[str] = frozenset(),
) -> Settlement:
    """Say what is to be put right after ``puts`` were written into ``before`` and ``found`` was read back.

    ``fresh`` are the names of marks that the same write made: the column of such a mark is right, its row may not be.
    ``inserted`` are those whose whole column it made.
    """
    fixes: list[Put] = []
    hits: list[Hit] = []
    marks: list[tuple[str, int]] = []
    astray: list[Put] = []
    tables = dict(anchors)
    quiet = True
    for sheet, own in by_sheet(puts).items():
        was, now = before.grids[sheet], found.grids.get(sheet)
        if as_meant(before, own, found, sheet):
            continue
        quiet = False
        if now is None or not was.rows:
            continue  # the whole worksheet was deleted, and our values with it; or it was new, and nothing was hit
        places = {(put.row, put.column) for put in own}
        alignment = placed(before, found, sheet, places, anchors.get(sheet, ()), fresh)
        one = Sheet(was, now, alignment, own, bodies_of(before, sheet, anchors.get(sheet, ()), inserted))
        hits += one.mend_hits()
        astray += one.mend_missed()
        if was.notes is not None:
            hits += one.mend_notes()
        fixes += one.fixes.values()
        marks += one.misplaced_marks(before, found, fresh)
        tables[sheet] = [one.moved(anchor) for anchor in anchors.get(sheet, ())]
    return Settlement(tuple(fixes), tuple(hits), tuple(marks), tuple(astray), tables, quiet)


def by_sheet(puts: Iterable[Put]) -> dict[int, list[Put]]:
    """Sort what is to be written by worksheet."""
    sheets: dict[int, list[Put]] = {}
    for put in puts:
        sheets.setdefault(put.sheet, []).append(put)
    return sheets


def placed(
    before: Snapshot,
    found: Snapshot,
    sheet: int,
    dirty: Cells,
    anchors: Sequence[TableAnchor],
    fresh: frozenset[str],
) -> Alignment:
    """Find the rows and columns of a worksheet again: by our marks, and by what stands in them apart from ``dirty``."""
    was, now = before.grids[sheet], found.grids[sheet]
    known = known_places(before, found, sheet, fresh)
    return aligned(was, now, dirty, known, anchors, _unmarked(before, found, sheet))


def _unmarked(before: Snapshot, found: Snapshot, sheet: int) -> set[int]:
    """Give the columns of ours that have lost their mark though the row is there in which it stood."""
    here = {name: mark for name, mark in before.marks.items() if mark.sheet == sheet}
    marked = {mark.column for name, mark in here.items() if name in found.marks and found.marks[name].sheet == sheet}
    lost = {(mark.row, mark.column) for mark in here.values() if mark.column not in marked}
    held = {value for row in found.grids[sheet].rows for value in row} if lost else set()
    own = {mark.column for mark in here.values()}
    was = before.grids[sheet]
    titles = {
        row: {was.value(row, column) for column in range(1, was.width + 1) if column not in own} for row, _ in lost
    }
    return {column for row, column in lost if not held.isdisjoint(titles[row] - {None})}


def known_places(before: Snapshot, found: Snapshot, sheet: int, fresh: frozenset[str]) -> Alignment:
    """Give the rows and columns of which our marks tell where they stood before; what they dispute is left out."""
    pairs = [
        (name, mark, found.marks[name])
        for name, mark in before.marks.items()
        if mark.sheet == sheet and name in found.marks and found.marks[name].sheet == sheet
    ]
    rows = {(now.row, was.row) for name, was, now in pairs if name not in fresh}
    return Alignment(_one_to_one(rows), _one_to_one({(now.column, was.column) for _, was, now in pairs}))


def _one_to_one(pairs: set[tuple[int, int]]) -> dict[int, int]:
    left, right = [now for now, _ in pairs], [was for _, was in pairs]
    return {now: was for now, was in pairs if left.count(now) == 1 and right.count(was) == 1}


def as_meant(before: Snapshot, puts: Iterable[Put], found: Snapshot, sheet: int) -> bool:
    """Say whether nothing but the write happened to a worksheet, as is nearly always the case."""
    own = {name: mark.place for name, mark in before.marks.items() if mark.sheet == sheet}
    if own != {name: mark.place for name, mark in found.marks.items() if mark.sheet == sheet}:
        return False
    if sheet not in found.grids:
        return False
    rows = [list(row) for row in before.grids[sheet].rows]
    for put in puts:
        rows.extend([] for _ in range(put.row - len(rows)))
        row = rows[put.row - 1]
        row.extend([None] * (put.column - len(row)))
        row[put.column - 1] = put.value
    return trimmed(rows) == found.grids[sheet].rows and _notes_as_meant(before.grids[sheet], puts, found.grids[sheet])


def _notes_as_meant(was: Grid, puts: Iterable[Put], now: Grid) -> bool:
    """Say whether the notes are what they were, and what was to be written."""
    if was.notes is None or now.notes is None:
        return True
    notes = {**was.notes, **{(put.row, put.column): put.note for put in puts if put.note is not None}}
    return {place: note for place, note in notes.items() if note} == now.notes


Bodies = Mapping[int, Collection[int]]
"""The rows of each column of ours in which a cell is ours."""


def bodies_of(
    before: Snapshot, sheet: int, anchors: Sequence[TableAnchor], inserted: frozenset[str] = frozenset()
) -> Bodies:
    """Give where cells are ours: the header and the rows of the table, of each table that has a mark in the column.

    A column that the same write inserted is ours from top to bottom: nobody can have had anything in it.
    """
    bodies: dict[int, set[int]] = {}
    for name, mark in before.marks.items():
        if mark.sheet == sheet and table_and_concept(name)[0] != DASHBOARD:
            last = max((own.last_row for own in anchors if own.header_row == mark.row), default=mark.row)
            bodies.setdefault(mark.column, set()).update(range(mark.row, last + 1))
    whole = {mark.column: EVERY_ROW for name, mark in before.marks.items() if name in inserted and mark.sheet == sheet}
    return {**bodies, **whole}


class Sheet:
    """One worksheet in which something else happened besides the write."""

    def __init__(self, was: Grid, now: Grid, alignment: Alignment, puts: Sequence[Put], bodies: Bodies) -> None:
        self._was, self._now, self._alignment, self._bodies = was, now, alignment, bodies
        self._puts = puts
        self._targets = {(put.row, put.column): put for put in puts}
        self._row_now = {was: now for now, was in alignment.rows.items()}
        self._column_now = {was: now for now, was in alignment.columns.items()}
        self.fixes: dict[tuple[int, int], Put] = {}

    def mend_hits(self) -> Iterator[Hit]:
        """Look at every cell that was written: give back what is not ours, and what is another row's."""
        for put in self._puts:
            stands = self._now.value(put.row, put.column)
            if put.only_note or stands != put.value:
                continue  # somebody has changed the cell since: it is as they left it
            former = self._alignment.before(put.row, put.column)
            ours = self._ours(former, put)
            right, sure = self._right(former)
            form = self._right_form(former, put, ours=ours)
            if right != stands or form is not None:
                self._fix(put, right, stands, form)
            if not ours:  # told even where it looks as before: something may have been typed there
                yield Hit(put.sheet, put.row, put.column, right, certain=sure)

    def mend_missed(self) -> Iterator[Put]:
        """Look at every cell that was meant: write what did not arrive; give those that cannot be found."""
        for put in self._puts:
            row, column = self._row_now.get(put.row), self._column_now.get(put.column)
            if column is None or (row is None and not self._unknown_rows()):
                continue  # the column or the row is gone
            if row is None:
                yield put
                continue
            stands = self._now.value(row, column)
            if (row, column) not in self.fixes and stands != put.value and stands == put.before:
                self._fix(put._replace(row=row, column=column), put.value, stands, put.form)

    def mend_notes(self) -> Iterator[Hit]:
        """Look at every note that was written or taken away: give back those of others, and put ours in their place."""
        for put in self._puts:
            if put.note is None:
                continue
            place = put.row, put.column
            stands, former = self._now.note(*place), self._alignment.before(*place)
            right = self._right_note(former)
            if stands == put.note and stands != right:
                yield from self._annotate(put, place, right)
            row, column = self._row_now.get(put.row), self._column_now.get(put.column)
            if row is None or column is None or (row, column) == place:
                continue
            if self._now.note(row, column) == self._was.note(*place) != put.note:
                yield from self._annotate(put, (row, column), put.note)

    def _right_note(self, former: tuple[int, int] | None) -> str:
        """Say which note a cell should have, from where it was before."""
        if former is None:
            return ""
        meant = self._targets[former].note if former in self._targets else None
        return self._was.note(*former) if meant is None else meant

    def _annotate(self, put: Put, place: tuple[int, int], note: str) -> Iterator[Hit]:
        """Put a note right; tell of a cell of the user's whose note was hit."""
        known, stands = self.fixes.get(place), self._now.value(*place)
        plain = put._replace(row=place[0], column=place[1], value=stands, before=stands, form=None)
        self.fixes[place] = (known or plain)._replace(note=note)
        former = self._alignment.before(*place)
        if not self._ours(former, plain):
            yield Hit(put.sheet, *place, stands, certain=former is not None)

    def misplaced_marks(self, before: Snapshot, found: Snapshot, fresh: frozenset[str]) -> Iterator[tuple[str, int]]:
        """Give the new marks of this worksheet that are not in the row of their header."""
        for name in sorted(fresh):
            mark, now = before.marks[name], found.marks.get(name)
            row = self._row_now.get(mark.row)
            if mark.sheet == self._was.sheet and now is not None and row is not None and now.row != row:
                yield name, row

    def moved(self, anchor: TableAnchor) -> TableAnchor:
        """Give a table as it lies now; what cannot be found again keeps its number."""
        rows = [now for was, now in self._row_now.items() if anchor.header_row < was <= anchor.last_row]
        return anchor._replace(
            header_row=self._row_now.get(anchor.header_row, anchor.header_row),
            last_row=max(rows, default=anchor.last_row),
            keys=tuple(self._column_now[key] for key in anchor.keys if key in self._column_now),
        )

    def strange(self, row: int, column: int) -> bool:
        """Say whether a cell is not ours, and does not hold what it held before."""
        former = self._alignment.before(row, column)
        if former is None:
            return self._alignment.columns.get(column) not in self._bodies
        ours = former in self._targets or former[0] in self._bodies.get(former[1], ())
        return not ours and self._was.value(*former) != self._now.value(row, column)

    def put_back(self, row: int, column: int) -> tuple[Put, Hit]:
        """Give what restores a cell of the user's to what it held before."""
        former = self._alignment.before(row, column)
        right, sure = self._right(former)
        stands, form = self._now.value(row, column), None if former is None else self._was.form(*former)
        return Put(self._now.sheet, row, column, right, stands, form), Hit(self._now.sheet, row, column, right, sure)

    def _right(self, former: tuple[int, int] | None) -> tuple[Entered, bool]:
        """Say what should stand in a cell, from where it was before, and whether that is certain."""
        if former is None:
            return None, False
        if former in self._targets:
            return self._targets[former].value, True
        value = self._was.value(*former)
        if isinstance(value, tuple) and value[0] == FORMULA:
            rows, columns = Axis(self._row_now, len(self._was.rows)), Axis(self._column_now, self._was.width)
            return moved_formula(value, rows, columns, self._was.title)
        return value, True

    def _right_form(self, former: tuple[int, int] | None, put: Put, *, ours: bool) -> Form | None:
        """Say which number format a cell needs that was written; None where it wears the right one."""
        if put.form is None:
            return None
        if former is None:  # what is new in a column of ours may look like the rest of it
            return None if ours else PLAIN
        target = self._targets.get(former)
        form = target.form if target is not None and target.form is not None else self._was.form(*former)
        return form if form != put.form else None

    def _ours(self, former: tuple[int, int] | None, put: Put) -> bool:
        if former is not None:
            return former in self._targets or former[0] in self._bodies.get(former[1], ())
        column = self._alignment.columns.get(put.column)
        return column in self._bodies  # a new row, in a column of ours

    def _unknown_rows(self) -> bool:
        """Say whether there are rows of which it is not known what they were."""
        return any(
            number not in self._alignment.rows and any(value is not None for value in row)
            for number, row in enumerate(self._now.rows, 1)
        )

    def _fix(self, put: Put, value: Entered, stands: Entered, form: Form | None) -> None:
        self.fixes[put.row, put.column] = put._replace(value=value, before=stands, form=form, note=None)
