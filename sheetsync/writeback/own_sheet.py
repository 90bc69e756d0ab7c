"""The worksheet of our own, for the items of tables that have no place for computed columns beside them.

One row for each objective, key result and KPI, in reading order, with the place of its title. The worksheet is found
again by its marks, never by its name, and its rows by their keys, so that a date stays with its item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count, islice

from sheetsync.language import Phrases
from sheetsync.model import Goals, Item, Kpi, Table
from sheetsync.record import NamedTuple
from sheetsync.results import Finding, Scorecard
from sheetsync.workbook import (
    CellRef,
    CellValue,
    Changes,
    SheetAddition,
    TableAnchor,
    Workbook,
    Worksheet,
    same_value,
)
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import COLUMNS, ITEM, KEY, OWN, SOURCE, TITLES, Column
from sheetsync.writeback.placing import free_name, mark_findings, own_column, placed_columns, table_finding
from sheetsync.writeback.plan import Plan, Shelf
from sheetsync.writeback.rows import TableWriter, Updates, day_of
from sheetsync.writeback.shown import Shown
from sheetsync.writeback.typed_over import LastWritten, Touched

NAME = "sheetsync"
"""The name of the worksheet; where the user has one of that name, a number is added."""

Wanted = Mapping[str, tuple[str, ...]]
"""The wanted computed columns of each kind of table."""


class _Stage(NamedTuple):
    """The worksheet to write into, with the place of each column: one that is there, or the one that is added."""

    table: Table
    sheet: Worksheet
    placed: Mapping[str, int]
    changes: Changes = Changes()
    findings: tuple[Finding, ...] = ()


def plan_own_sheet(
    workbook: Workbook,
    goals: Goals,
    scorecard: Scorecard,
    phrases: Phrases,
    today: date,
    *,
    authorship: Authorship,
    wanted: Wanted,
    last: LastWritten | None = None,
) -> Plan:
    """Say what to write into the worksheet of our own, and whether to add it first.

    It is added where a table needs it and no mark of it is left that has a cell.
    """
    apart = [table for table in goals.tables if table.apart and table.kind in wanted]
    items = [item for table in apart for item in _reading_order(table, goals) if item.key in scorecard.scores]
    if goals.own is None and not items:
        return Plan(Changes())
    names = _names(apart, wanted)
    if goals.own is None:
        stage = _added(workbook, names, phrases, len(items))
    else:
        stage = _found(workbook, goals.own, names, phrases)
    return _filled(stage, items, _Shown(items, scorecard, phrases), authorship, today, last)


def _reading_order(table: Table, goals: Goals) -> Iterator[Item]:
    """Give the items of a table as one reads them: each objective, then its key results."""
    if table.kind == "kpi":
        yield from (kpi for kpi in goals.kpis if kpi.table == table.key)
        return
    objectives = [one for one in goals.objectives if one.table == table.key and (one.own_row or not one.title.blank)]
    below: dict[str | None, list[Item]] = {one.key: [one] for one in objectives}
    alone: list[Item] = []
    for result in goals.key_results:
        if result.table == table.key:
            below.get(result.objective, alone).append(result)
    yield from alone
    for items in below.values():
        yield from items


def _names(tables: Sequence[Table], wanted: Wanted) -> tuple[str, ...]:
    """Give the concepts of the columns that are wanted, and that any of the tables can fill."""
    some = {concept for table in tables for concept in (KEY, SOURCE, ITEM, *wanted[table.kind])}
    return tuple(concept for concept in COLUMNS[OWN] if concept in some)


def _added(workbook: Workbook, names: tuple[str, ...], phrases: Phrases, items: int) -> _Stage:
    name = free_name(workbook, NAME)
    told = ((COLUMNS[OWN][concept], phrases.text(f"computed.{concept}")) for concept in names)
    columns = tuple(own_column(column, text, phrases) for column, text in told)
    placed = {concept: place for place, concept in enumerate(names, 1)}
    addition = SheetAddition(name, OWN, columns, 1 + items)
    return _Stage(Table(OWN, OWN, name, 1, 2, 1, {}), Worksheet(name, ()), placed, Changes(sheets=(addition,)))


def _found(workbook: Workbook, table: Table, names: tuple[str, ...], phrases: Phrases) -> _Stage:
    sheet = workbook.sheet(table.sheet)
    if sheet.refusal is not None:
        return _Stage(table, sheet, {}, findings=(table_finding("WS109", table, reason=sheet.refusal),))
    noticed = mark_findings(table, names)
    placed, added = placed_columns(table, sheet, phrases, names, noticed)
    return _Stage(table, sheet, placed, Changes(columns=tuple(added)), tuple(noticed))


def _filled(
    stage: _Stage,
    items: Sequence[Item],
    shown: _Shown,
    authorship: Authorship,
    today: date,
    last: LastWritten | None,
) -> Plan:
    """Give the changes with the cells of all items, from the row below the header on, and with those of items gone."""
    table, placed = stage.table, stage.placed
    if not placed:
        return Plan(stage.changes, stage.findings)
    rows = list(islice(_own_rows(stage), len(items)))
    behind = rows[-1] + 1 if rows else table.header_row + 1
    former = _former_rows(stage, items, rows)
    touched = _touched(stage, last, authorship) if last is not None else None
    writer = _OwnWriter(table, stage.sheet, placed, authorship, today, former, touched)
    cells = writer.updates(rows, shown.values)
    cells += writer.emptied(writer.once_filled(range(behind, len(stage.sheet.rows) + 1)))
    bottom, keys = max(behind - 1, len(stage.sheet.rows)), (placed[KEY],) if KEY in placed else ()
    anchor = TableAnchor(table.sheet, table.header_row, bottom, keys)
    changes = stage.changes._replace(cells=tuple(cells), anchors=(anchor,))
    shelf = Shelf(table.sheet, placed, rows, items)
    return Plan(changes, (*stage.findings, *writer.findings), (shelf,), writer.typed)


def _touched(stage: _Stage, last: LastWritten, authorship: Authorship) -> Touched | None:
    """Know what was written into each row: the row itself says whose it is, until it is written anew."""
    if KEY not in stage.placed:
        return None
    keys = ((row, stage.sheet.value(row, stage.placed[KEY])) for row in range(1, len(stage.sheet.rows) + 1))
    return Touched(last, {row: key for row, key in keys if isinstance(key, str)}, authorship)


def _own_rows(stage: _Stage) -> Iterator[int]:
    """Give the rows for items from the top, without those that hold a title alone: a note of the user's.

    An item's row has a key and a place; where both columns are gone nothing tells it from a note.
    """
    titles = [place for concept, place in stage.placed.items() if concept in TITLES]
    others = [place for concept, place in stage.placed.items() if concept not in TITLES]
    telling = not stage.placed.keys().isdisjoint((KEY, SOURCE))
    for row in count(stage.table.header_row + 1):
        held, beside = (any(stage.sheet.value(row, place) is not None for place in own) for own in (titles, others))
        if beside or not held or not telling:
            yield row


def _former_rows(stage: _Stage, items: Sequence[Item], rows: Sequence[int]) -> list[int | None]:
    """Give the row in which each item stood so far; without a column of keys, that is taken to be its row now."""
    first = stage.table.header_row + 1
    if KEY not in stage.placed:
        return list(rows)
    known: dict[CellValue, int] = {}
    for row in range(first, len(stage.sheet.rows) + 1):
        known.setdefault(stage.sheet.value(row, stage.placed[KEY]), row)
    return [known.get(item.key) for item in items]


class _Shown:
    """Gives what the columns of the worksheet shall show beside each item."""

    def __init__(self, items: Sequence[Item], scorecard: Scorecard, phrases: Phrases) -> None:
        self._items = items
        self._shown = Shown(phrases, scorecard.alarms)
        self._scores = [scorecard.scores[item.key] for item in items]
        self._kinds = ["kpi" if isinstance(item, Kpi) else "okr" for item in items]

    def values(self, column: Column) -> Sequence[CellValue]:
        """Give the values of one column; items of a kind that has no such column show nothing."""
        if column.concept == KEY:
            return [item.key for item in self._items]
        if column.concept == SOURCE:
            return [str(_place(item)) for item in self._items]
        if column.concept == ITEM:
            return [item.title.value or None for item in self._items]
        fit = [column.concept in COLUMNS[kind] for kind in self._kinds]
        found = iter(self._shown.values(column, [one for one, fits in zip(self._scores, fit, strict=True) if fits]))
        return [next(found) if fits else None for fits in fit]


def _place(item: Item) -> CellRef:
    """Give the cell of an item's title, or one that stands for it where it has none."""
    cell = next((one for one in (item.title, item.id) if one.column), None)
    return cell.ref if cell is not None else CellRef(item.sheet, item.row, 1)


class _OwnWriter(TableWriter):
    """Plans the updates of rows that may have been other items' rows: a date goes with its item."""

    def __init__(
        self,
        table: Table,
        sheet: Worksheet,
        placed: Mapping[str, int],
        authorship: Authorship,
        today: date,
        former: Sequence[int | None],
        touched: Touched | None,
    ) -> None:
        super().__init__(table, sheet, placed, authorship, today, touched)
        self._former = former

    def _stamps(
        self,
        column: Column,
        place: int,
        rows: Sequence[int],
        shown: Mapping[int, Sequence[CellValue]],
        columns: Mapping[int, Updates],  # noqa: ARG002 - what is written tells nothing where rows move about
    ) -> Updates:
        """Give the updates of the Synced column: today where an item is new, or shows another value than it did."""
        telling = [(own, at) for own, at in self._columns if at in shown and not own.quiet]
        dates: list[CellValue] = []
        for index, (row, former) in enumerate(zip(rows, self._former, strict=True)):
            day = None if former is None else day_of(self._sheet.value(former, place))
            if former is None or any(self._differs(own, (former, at), shown[at][index]) for own, at in telling):
                day = self._today
            stands = self._sheet.value(row, place)
            dates.append(stands if day is not None and day_of(stands) == day else day or self._today)
        return self._column(column, place, rows, dates)

    def _differs(self, column: Column, place: tuple[int, int], after: CellValue) -> bool:
        """Say whether a cell holds something of ours that is not what it shall show."""
        stands = self._sheet.value(*place)
        return not same_value(stands, after) and self._conflict(column, place, stands) is None
