"""Finds the rows and columns of a worksheet again after somebody moved, inserted, deleted or sorted some.

Nothing in a spreadsheet numbers its rows, so they are known by what stands in them. What cannot be told apart stays
unmatched: a wrong match would put a value into a stranger's row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from sheetsync.backends.google.snapshot import Grid
from sheetsync.backends.google.values import Entered
from sheetsync.record import NamedTuple
from sheetsync.workbook import TableAnchor

Cells = Collection[tuple[int, int]]
"""Places in a grid, as (row, column)."""

Held = TypeVar("Held", Counter[Entered], tuple[Entered, ...])
"""What is compared: the values of a column however ordered, or the cells of a row in the order of their columns."""

ALIKE = 0.5
"""The least share of equal cells by which two changed rows or columns are taken for one and the same."""

HIDDEN: Entered = ("hidden", None)
"""Stands for a cell of which it is not known what the user had entered."""

MOST_COMPARED = 400
"""Unmatched rows (or columns) beyond this number are not compared one with another: that takes its square in steps."""


class Alignment(NamedTuple):
    """Where the rows and columns that were found stood before; what is new, or not to be told, is left out."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def before(self, row: int, column: int) -> tuple[int, int] | None:
        """Give the former place of a found cell, or None."""
        if row in self.rows and column in self.columns:
            return self.rows[row], self.columns[column]
        return None


def aligned(
    before: Grid,
    found: Grid,
    dirty: Cells,
    known: Alignment,
    anchors: Sequence[TableAnchor],
    unmarked: Collection[int] = (),
) -> Alignment:
    """Match what was found with what was there before.

    ``dirty`` are found cells that hold something of ours which may have hit a stranger's cell: they tell nothing.
    ``known`` is what our marks tell. ``anchors`` name the header rows and key columns of the tables. ``unmarked`` are
    former columns of ours that have lost their mark: as a rule they were deleted, and a blank column of the user's that
    came into their place is another one.
    """
    columns = _columns(before, found, dirty, known.columns, anchors, unmarked)
    touched = {column for _, column in dirty}
    clean = {now: was for now, was in columns.items() if now not in known.columns and now not in touched}
    return Alignment(_rows(before, found, clean or columns, columns, dirty, known.rows, anchors), columns)


def _columns(
    before: Grid,
    found: Grid,
    dirty: Cells,
    fixed: Mapping[int, int],
    anchors: Sequence[TableAnchor],
    unmarked: Collection[int],
) -> dict[int, int]:
    width = max(before.width, found.width, *fixed, *fixed.values(), 0)
    old = _contents(before, width, ())
    new = _contents(found, width, dirty)
    match = _Match(old, new, fixed)
    match.by(lambda contents: frozenset(contents.items()) or None)
    header_rows = [(anchor.header_row, _found_header(before, found, anchor.header_row)) for anchor in anchors]
    for was, now in header_rows:
        titles = {column: before.value(was, column) for column in range(1, width + 1)}
        titled = {
            column: None if (now, column) in dirty else found.value(now, column) for column in range(1, width + 1)
        }
        match.by_keys(titles, titled)
    match.by_likeness(_alike_counts)
    match.by_neighbours(_no_more_than, unmarked)
    return match.found


def _contents(grid: Grid, width: int, dirty: Cells) -> dict[int, Counter[Entered]]:
    """Count the values of each column, dirty cells left out."""
    counts: dict[int, Counter[Entered]] = {column: Counter() for column in range(1, width + 1)}
    for number, row in enumerate(grid.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None and (number, column) not in dirty:
                counts[column][value] += 1
    return counts


def _found_header(before: Grid, found: Grid, header_row: int) -> int:
    """Give the row that shares most with the former header row, the nearest of them; itself where nothing stands."""
    wanted = {value for value in _row(before, header_row) if value is not None}
    shared = {number: len(wanted.intersection(row)) for number, row in enumerate(found.rows, 1)}
    return max(shared, key=lambda number: (shared[number], -abs(number - header_row)), default=header_row)


def _row(grid: Grid, number: int) -> Sequence[Entered]:
    return grid.rows[number - 1] if 1 <= number <= len(grid.rows) else ()


def _rows(
    before: Grid,
    found: Grid,
    clean: Mapping[int, int],
    columns: Mapping[int, int],
    dirty: Cells,
    known: Mapping[int, int],
    anchors: Sequence[TableAnchor],
) -> dict[int, int]:
    height = max(len(before.rows), len(found.rows), *known, *known.values(), 0)
    match = _Match(*_by_rows(before, found, sorted(clean.items()), dirty, height), known)
    match.by(lambda values: values if any(value is not None for value in values) else None)
    now_of = {was: now for now, was in columns.items()}
    numbers = range(1, height + 1)
    for key in (key for anchor in anchors for key in anchor.keys):
        if key in now_of:
            match.by_keys(
                {number: before.value(number, key) for number in numbers},
                {number: found.value(number, now_of[key]) for number in numbers if (number, now_of[key]) not in dirty},
            )
    match.old, match.new = _by_rows(before, found, sorted(columns.items()), dirty, height)
    match.by_likeness(_alike_rows)
    match.by_neighbours(_nothing_against)
    return match.found


def _by_rows(
    before: Grid, found: Grid, pairs: Sequence[tuple[int, int]], dirty: Cells, height: int
) -> tuple[dict[int, tuple[Entered, ...]], dict[int, tuple[Entered, ...]]]:
    """Give the cells of every row in the same matched columns, before and now; a dirty one is HIDDEN."""
    old = {number: tuple(before.value(number, was) for _, was in pairs) for number in range(1, height + 1)}
    new = {
        number: tuple(HIDDEN if (number, now) in dirty else found.value(number, now) for now, _ in pairs)
        for number in range(1, height + 1)
    }
    return old, new


class _Match(Generic[Held]):
    """Matches two numbered sets, the surest way first; ``found`` maps a new number to its old one."""

    def __init__(self, old: Mapping[int, Held], new: Mapping[int, Held], known: Mapping[int, int]) -> None:
        self.old: Mapping[int, Held] = old
        self.new: Mapping[int, Held] = new
        self.found = dict(known)
        self._taken = set(known.values())

    def by(self, token: Callable[[Held], Hashable]) -> None:
        """Match what is wholly equal, and unique on both sides."""
        self.by_keys(
            {number: token(held) for number, held in self.old.items()},
            {number: token(held) for number, held in self.new.items()},
        )

    def by_keys(self, old: Mapping[int, Hashable], new: Mapping[int, Hashable]) -> None:
        """Match what has the same key, where that key is unique among the unmatched of both sides."""
        was, now = _unique(old, self._taken), _unique(new, self.found)
        for key, number in now.items():
            if key in was:
                self._take(number, was[key])

    def by_likeness(self, alike: Callable[[Held, Held], float]) -> None:
        """Match what has changed a little, the likest pairs first; two that are equally like match nobody."""
        was = [number for number in self.old if number not in self._taken]
        now = [number for number in self.new if number not in self.found]
        if len(was) > MOST_COMPARED or len(now) > MOST_COMPARED:
            return
        pairs = [(alike(self.old[left], self.new[right]), right, left) for left in was for right in now]
        sure = sorted((pair for pair in pairs if pair[0] >= ALIKE), reverse=True)
        best: dict[tuple[str, int], list[float]] = {}
        for likeness, right, left in sure:
            best.setdefault(("new", right), []).append(likeness)
            best.setdefault(("old", left), []).append(likeness)
        for likeness, right, left in sure:
            tied = any(own.count(likeness) > 1 for own in (best["new", right], best["old", left]))
            if right not in self.found and left not in self._taken and not tied:
                self._take(right, left)

    def by_neighbours(self, possible: Callable[[Held, Held], bool], never: Collection[int] = ()) -> None:
        """Match what stands next to something matched, in the same order, and can be the same (as a rule: blank)."""
        self._taken.update(never)
        for step in (1, -1):
            for number in sorted(self.new, reverse=step < 0):
                beside = self.found.get(number - step, 0 if number - step == 0 else None)
                if number in self.found or beside is None:
                    continue
                was = beside + step
                if was in self.old and was not in self._taken and possible(self.old[was], self.new[number]):
                    self._take(number, was)

    def _take(self, number: int, was: int) -> None:
        self.found[number] = was
        self._taken.add(was)


def _unique(keys: Mapping[int, Hashable], taken: Collection[int]) -> dict[Hashable, int]:
    """Give the number of each key that only one of the numbers not taken has; None is no key."""
    counts = Counter(key for number, key in keys.items() if number not in taken)
    return {key: number for number, key in keys.items() if number not in taken and key is not None and counts[key] == 1}


def _alike_counts(left: Counter[Entered], right: Counter[Entered]) -> float:
    """Give the share of values that two columns have in common."""
    most = max(left.total(), right.total())
    return (left & right).total() / most if most else 0.0


def _no_more_than(left: Counter[Entered], right: Counter[Entered]) -> bool:
    """Say whether a column can be what another was: the rest of its cells may be covered by what we wrote."""
    return right <= left


def _alike_rows(left: tuple[Entered, ...], right: tuple[Entered, ...]) -> float:
    """Give the share of cells that two rows have in common, of those that hold something in either."""
    held = [pair for pair in zip(left, right, strict=True) if pair[1] is not HIDDEN and pair != (None, None)]
    return sum(one == other for one, other in held) / len(held) if held else 0.0


def _nothing_against(left: tuple[Entered, ...], right: tuple[Entered, ...]) -> bool:
    """Say whether a row can be its neighbour's neighbour: all that is known of it agrees, and not all is hidden."""
    known = [one == other for one, other in zip(left, right, strict=True) if other is not HIDDEN]
    if len(known) == len(right):
        return bool(known) and all(known)
    return all(known) and any(one is not None and one == other for one, other in zip(left, right, strict=True))
