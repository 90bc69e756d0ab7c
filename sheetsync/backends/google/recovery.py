"""Puts right what a write left behind whose run died before it could look: from the journal, and with care.

Nobody knows when the worksheet was rebuilt: before that write or after it, or not at all. So only what the write alone
can have done is undone: cells of the user's that differ from the snapshot and hold just the values that were meant for
one of our columns, while that column itself did not get them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sheetsync.backends.google.alignment import Alignment, aligned
from sheetsync.backends.google.journal import Entry
from sheetsync.backends.google.settle import Hit, Put, Sheet, bodies_of, by_sheet, known_places
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.backends.google.values import Entered

SHARE = 0.5
"""At least this share of a column's values must be found in a stranger's column to take them for a stray write."""


def recovered(entries: Sequence[Entry], found: Snapshot) -> tuple[list[Put], list[Hit]]:
    """Say which cells to put back, given what stands in the spreadsheet now; mostly there are none.

    The first entry knows best what stood in a cell: the later ones began from what the first one had left.
    """
    fixes: dict[tuple[int, int, int], tuple[Put, Hit]] = {}
    for entry in entries:
        for sheet, puts in by_sheet(entry.puts).items():
            if sheet in found.grids and sheet in entry.before.grids:
                for put, hit in _stray(entry, found, sheet, puts):
                    fixes.setdefault((put.sheet, put.row, put.column), (put, hit))
    return [put for put, _ in fixes.values()], [hit for _, hit in fixes.values()]


def _stray(entry: Entry, found: Snapshot, sheet: int, puts: Sequence[Put]) -> Iterator[tuple[Put, Hit]]:
    was, now = entry.before.grids[sheet], found.grids[sheet]
    anchors = entry.anchors.get(sheet, ())
    values = {put.value for put in puts if put.value is not None}
    dirty = {place for place, value in _held(now) if value in values}
    alignment = aligned(was, now, dirty, known_places(entry.before, found, sheet, frozenset()), anchors)
    one = Sheet(was, now, alignment, puts, bodies_of(entry.before, sheet, anchors))
    suspects: dict[int, list[tuple[int, int]]] = {}
    for row, column in sorted(dirty):
        if one.strange(row, column):
            suspects.setdefault(column, []).append((row, column))
    for written in _columns(puts):
        if _arrived(written, now, alignment):
            continue
        for column in [column for column, cells in suspects.items() if _explained(cells, now, written)]:
            for place in suspects.pop(column):
                yield one.put_back(*place)


def _held(grid: Grid) -> Iterator[tuple[tuple[int, int], Entered]]:
    for number, row in enumerate(grid.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                yield (number, column), value


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


def _explained(cells: Sequence[tuple[int, int]], now: Grid, written: Sequence[Put]) -> bool:
    """Say whether these cells hold values that were meant for this column, each as often, and most of them."""
    held = Counter(now.value(*place) for place in cells)
    meant = Counter(put.value for put in written if put.value is not None)
    return held <= meant and held.total() >= SHARE * meant.total()
