"""Puts right what a write left behind whose run died before it could look: from the journal, and with care.

Nobody knows when the worksheet was rebuilt: before that write or after it, or not at all. So only what the write alone
can have done is undone, and that only where most of its values are found: cells of the user's that differ from the
snapshot and hold just the values that were meant for one of our columns, while that column itself did not get them. A
cell of ours that holds what was meant for another one (a number where the header stood, a status among the scores) is
set right too: the next plan would take it for something that the user typed, and keep it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from sheetsync.backends.google.alignment import Alignment
from sheetsync.backends.google.journal import Entry
from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.settle import Hit, Put, Settlement, Sheet, bodies_of, by_sheet, placed
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.backends.google.values import Entered

SHARE = 0.5
"""More than this share of a write's values must be found to take it for made; and at least this share of a column's
in a stranger's column to take them for stray ones."""


def recovered(entries: Sequence[Entry], found: Snapshot) -> Settlement:
    """Say which cells and marks to put right, given what stands in the spreadsheet now; mostly there are none.

    The first entry knows best what stood in a cell: the later ones began from what the first one had left.
    """
    fixes: dict[tuple[int, int, int], tuple[Put, Hit | None]] = {}
    marks: dict[str, int] = {}
    for entry in entries:
        for sheet, puts in by_sheet(entry.puts).items():
            was = entry.before.grids.get(sheet)
            if sheet in found.grids and was is not None and was.rows:  # one that was new held nothing to be hit
                written = [put for put in puts if not put.only_note]
                for put, hit in _stray(entry, found, sheet, written, marks):
                    fixes.setdefault((put.sheet, put.row, put.column), (put, hit))
                for put, hit in _stray_notes(entry, found, sheet, puts):
                    known, first = fixes.get((put.sheet, put.row, put.column), (put, hit))
                    fixes[put.sheet, put.row, put.column] = known._replace(note=put.note), first
    hits = tuple(hit for _, hit in fixes.values() if hit is not None)
    return Settlement(tuple(put for put, _ in fixes.values()), hits, tuple(marks.items()))


def _stray(
    entry: Entry, found: Snapshot, sheet: int, puts: Sequence[Put], marks: dict[str, int]
) -> Iterator[tuple[Put, Hit | None]]:
    was, now = entry.before.grids[sheet], found.grids[sheet]
    anchors = entry.anchors.get(sheet, ())
    values = {put.value for put in puts if put.value is not None}
    dirty = {place for place, value in _held(now) if value in values}
    fresh = frozenset(name for name, mark in entry.before.marks.items() if not mark.id)
    alignment = placed(entry.before, found, sheet, dirty, anchors, fresh)
    if not _landed(puts, was, now, alignment, dirty):
        return
    bodies = bodies_of(entry.before, sheet, anchors)
    one = Sheet(was, now, alignment, puts, bodies)
    suspects: dict[int, list[tuple[int, int]]] = {}
    for row, column in sorted(dirty):
        if alignment.columns.get(column) in bodies:
            if _misplaced((row, column), entry.before.grids[sheet], now, alignment, puts, dirty):
                put, hit = one.put_back(row, column)
                yield put, hit if one.strange(row, column) and put.value is not None else None
        elif one.strange(row, column):
            suspects.setdefault(column, []).append((row, column))
    for written in _columns(puts):
        if _arrived(written, now, alignment):
            continue
        explained = {column: _explained(cells, now, written) for column, cells in suspects.items()}
        likeliest = max(explained, key=lambda column: explained[column], default=0)
        # A column's values land in one column: another one that is like them is a user's.
        if explained.get(likeliest, (0, 0)) > (0, 0):
            for place in suspects.pop(likeliest):
                yield one.put_back(*place)
    for name, row in one.misplaced_marks(entry.before, found, fresh):
        marks.setdefault(name, row)
        yield from _header(entry.before.marks[name], found.marks[name], row, now, puts)


def _stray_notes(entry: Entry, found: Snapshot, sheet: int, puts: Sequence[Put]) -> Iterator[tuple[Put, Hit | None]]:
    """Give back the notes of the user's cells on which one of ours landed, or from which one was taken."""
    was, now = entry.before.grids[sheet], found.grids[sheet]
    noted = [put for put in puts if put.note is not None]
    if not noted or was.notes is None or now.notes is None:
        return
    anchors = entry.anchors.get(sheet, ())
    fresh = frozenset(name for name, mark in entry.before.marks.items() if not mark.id)
    places = {(put.row, put.column) for put in puts}
    alignment = placed(entry.before, found, sheet, places, anchors, fresh)
    one = Sheet(was, now, alignment, noted, bodies_of(entry.before, sheet, anchors))
    for hit in one.mend_notes():
        fix = one.fixes[hit.row, hit.column]
        yield fix, hit


def _landed(
    puts: Sequence[Put], was: Grid, now: Grid, alignment: Alignment, dirty: Collection[tuple[int, int]]
) -> bool:
    """Say whether the write was made: more of its values stand where something else stood than a user would type.

    A write is made whole or not at all, so all of its columns count together.
    """
    meant: Counter[Entered] = Counter(put.value for put in puts if put.value is not None and put.value != put.before)
    places = ((now.value(*place), alignment.before(*place)) for place in dirty)
    changed = Counter(value for value, former in places if former is None or was.value(*former) != value)
    return (changed & meant).total() > SHARE * meant.total()


def _misplaced(
    place: tuple[int, int],
    was: Grid,
    now: Grid,
    alignment: Alignment,
    puts: Sequence[Put],
    dirty: Collection[tuple[int, int]],
) -> bool:
    """Say whether a cell in a column of ours holds neither what it held nor what was meant for it."""
    former = alignment.before(*place)
    if former is None:
        return place[0] not in alignment.rows and _blank(now, place[0], dirty)
    right = {was.value(*former), *(put.value for put in puts if (put.row, put.column) == former)}
    return now.value(*place) not in right


def _header(mark: Mark, stands: Mark, row: int, now: Grid, puts: Sequence[Put]) -> Iterator[tuple[Put, None]]:
    """Give the header of a new column whose mark goes to another row, if nothing stands there yet."""
    for put in puts:
        if (put.row, put.column) == (mark.row, mark.column):
            there = now.value(row, stands.column)
            if there is None or there in {own.value for own in puts}:
                yield put._replace(row=row, column=stands.column, before=there), None


def _held(grid: Grid) -> Iterator[tuple[tuple[int, int], Entered]]:
    for number, row in enumerate(grid.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                yield (number, column), value


def _blank(now: Grid, row: int, dirty: Collection[tuple[int, int]]) -> bool:
    """Say whether a row holds nothing but what may be ours."""
    return all(value is None or (row, column) in dirty for column, value in enumerate(now.rows[row - 1], 1))


def _columns(puts: Sequence[Put]) -> list[list[Put]]:
    """Sort what was written by the column for which it was meant; the newest attempt at a cell counts."""
    columns: dict[int, dict[int, Put]] = {}
    for put in puts:
        columns.setdefault(put.column, {})[put.row] = put
    return [list(rows.values()) for rows in columns.values()]


def _arrived(written: Sequence[Put], now: Grid, alignment: Alignment) -> bool:
    """Say whether a column got its values: then they are nowhere else."""
    rows = {was: found for found, was in alignment.rows.items()}
    columns = {was: found for found, was in alignment.columns.items()}
    places = [(rows.get(put.row), columns.get(put.column), put.value) for put in written]
    known = [(row, column, value) for row, column, value in places if row is not None and column is not None]
    right = sum(now.value(row, column) == value for row, column, value in known)
    return bool(known) and right >= SHARE * len(known)


def _explained(cells: Sequence[tuple[int, int]], now: Grid, written: Sequence[Put]) -> tuple[int, int]:
    """Say how many of these cells hold what was meant for this column, and how many just where it was written.

    Nothing, where other values stand among them, or one more often than it was meant, or too few.
    """
    held = Counter(now.value(*place) for place in cells)
    meant = Counter(put.value for put in written if put.value is not None)
    if not held <= meant or held.total() < SHARE * meant.total():
        return (0, 0)
    targets = {(put.row, put.column) for put in written}
    return held.total(), len(targets.intersection(cells))
