"""The cells that a run wants to write, by worksheet and in order; what cannot be written safely is refused here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter, itemgetter

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.reader import Opened, SheetFacts
from sheetsync.errors import WriteRefused
from sheetsync.record import NamedTuple
from sheetsync.workbook import Area, CellUpdate, Changes, ColumnAddition, column_letters, same_value

HEADING = "heading"
"""The form of a new column's header cell."""


class SheetTargets(NamedTuple):
    """What is to be written in one worksheet: updates sorted by row and column, headers of new columns among them."""

    facts: SheetFacts
    updates: list[CellUpdate]
    additions: tuple[ColumnAddition, ...]
    area: Area
    """The rectangle around all targets."""
    tail: bytes = b""
    """An element that is put in behind the rows, and its place there, in bytes: it names the drawing of notes."""
    at: int = 0
    colours: bytes = b""
    """Conditional formats that are put in behind the rows, and their place there, which is before that element."""
    colours_at: int = 0


def targets_of(opened: Opened, changes: Changes) -> list[SheetTargets]:
    """Give the changes by worksheet, in the order of the tabs; refuses (WriteRefused) what cannot be written safely.

    Updates that would change nothing are left out.
    """
    path = opened.package.path
    found = []
    for name, updates in _by_sheet(changes, path):
        facts = opened.sheet(name)
        if facts is None:
            raise WriteRefused("excel.no_such_sheet", path=path, sheet=name)
        if facts.refusal is not None:
            raise WriteRefused(facts.refusal, path=path, sheet=name)
        additions = tuple(addition for addition in changes.columns if addition.header.sheet == name)
        targets = SheetTargets(facts, updates, additions, _area(updates))
        _refuse_beyond(targets, path)
        _refuse_blocked(targets, path)
        found.append(targets)
    return sorted(found, key=lambda own: own.facts.part.position)


def with_tail(targets: list[SheetTargets], facts: SheetFacts, tail: bytes, at: int) -> list[SheetTargets]:
    """Give the targets with an element put in behind the rows of one worksheet, be it the only change there."""
    known = any(own.facts.part == facts.part for own in targets)
    more = [] if known else [SheetTargets(facts, [], (), Area(1, 1, 1, 1))]
    return [
        own._replace(tail=tail, at=at) if own.facts.part == facts.part else own
        for own in (*targets, *more)
    ]  # fmt: skip


def _area(updates: list[CellUpdate]) -> Area:
    columns = set(map(itemgetter(2), updates))
    return Area(updates[0].row, min(columns), updates[-1].row, max(columns))


def _by_sheet(changes: Changes, path: str) -> Iterator[tuple[str, list[CellUpdate]]]:
    updates = [update for update in changes.cells if update[3] != update[4] or not same_value(update[3], update[4])]
    updates.extend(
        CellUpdate(addition.header.sheet, addition.header.row, addition.header.column, None, addition.text, HEADING)
        for addition in changes.columns
    )
    try:
        updates.sort()
    except TypeError:  # two values were compared, which happens only where sheet, row and column are equal
        cell = next(update for update, twin in _neighbours(updates) if update.ref == twin.ref)
        raise WriteRefused("excel.cell_twice", path=path, cell=str(cell.ref)) from None
    start = 0
    while start < len(updates):
        sheet = updates[start].sheet
        stop = bisect_right(updates, sheet, lo=start, key=itemgetter(0))
        yield sheet, updates[start:stop]
        start = stop


def _neighbours(updates: list[CellUpdate]) -> Iterable[tuple[CellUpdate, CellUpdate]]:
    ordered = sorted(updates, key=attrgetter("sheet", "row", "column"))
    return pairwise(ordered)


def _refuse_beyond(targets: SheetTargets, path: str) -> None:
    area = targets.area
    sheet, used = targets.facts.part.name, targets.facts.survey
    if area.first_row < 1 or area.first_column < 1 or area.last_row > limits.ROWS or area.last_column > limits.COLUMNS:
        raise WriteRefused("excel.cell_beyond", path=path, cell=f"{sheet}!{area}")
    rows, columns = max(used.last_row, area.last_row), max(used.last_column, area.last_column)
    if rows * columns > limits.CELLS:  # it could not be read again
        last = f"{column_letters(columns)}{rows}"
        raise WriteRefused("excel.too_many_cells", path=path, sheet=sheet, last=last, limit=limits.CELLS)


def _refuse_blocked(targets: SheetTargets, path: str) -> None:
    """Refuse a target inside an array, a data table, a pivot table, or a merged range (its first cell excepted)."""
    area = targets.area
    blocked: dict[int, list[tuple[int, int, str, Area]]] = {}
    locked = [(lock.area, lock.reason) for lock in targets.facts.survey.locked]
    merges = [(merge, "excel.merged") for merge in targets.facts.survey.merges]
    for own, reason in (*locked, *merges):
        first, last = max(own.first_column, area.first_column), min(own.last_column, area.last_column)
        for column in range(first, last + 1) if own.last_row >= area.first_row else ():
            blocked.setdefault(column, []).append((own.first_row, own.last_row, reason, own))
    if not blocked:
        return
    starts = {column: [own[0] for own in _ordered(spans)] for column, spans in blocked.items()}
    for update in targets.updates:
        if update.column in blocked and update.form != HEADING:  # new columns are judged as a whole
            at = bisect_right(starts[update.column], update.row) - 1
            _refuse_if_inside(update, blocked[update.column][: at + 1], path)


def _ordered(spans: list[tuple[int, int, str, Area]]) -> list[tuple[int, int, str, Area]]:
    spans.sort()
    return spans


def _refuse_if_inside(update: CellUpdate, spans: list[tuple[int, int, str, Area]], path: str) -> None:
    """Look at the nearest areas above a target; areas of one column overlap only in damaged workbooks."""
    for _, last, reason, area in reversed(spans[-3:]):
        anchor = reason == "excel.merged" and (update.row, update.column) == area[:2]
        if update.row <= last and not anchor:
            raise WriteRefused(reason, path=path, cell=str(update.ref), sheet=update.sheet)
