"""What the run of a workbook asks of its history, which is handed in, and what it gives it to keep.

The history itself is an adapter (``sheetsync/history/``); here stands only what has to be known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any, Protocol

from sheetsync.errors import SheetsyncError
from sheetsync.model import NOTHING, Goals, Item
from sheetsync.past import Lately, Past, Recognised
from sheetsync.record import NamedTuple
from sheetsync.snapshot import Mail, Run, Snapshot
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Changes, Workbook, same_value
from sheetsync.writeback.plan import Shelf

FOREVER = date(9999, 12, 30)
"""Later than all days, with one after it."""
Cells = Mapping[tuple[str, str], CellValue]
"""Cells of ours by what they are about: (key of the item, concept) to the value."""


class FoundBook(Protocol):
    """What a history knows of a workbook; see ``history.Found``."""

    @property
    def workbook(self) -> int | None:
        """Its number, None for a new one."""

    @property
    def moved_from(self) -> str:
        """Its former place, where it was known again somewhere else."""

    @property
    def copied_from(self) -> str:
        """The place of another workbook, still there, that holds the same items under the same keys."""

    @property
    def alike(self) -> str:
        """The former place of one that has gone and holds such items, but is another one."""


class OpenIntent(Protocol):
    """What a run that did not come to its end was about to write; see ``history.Intent``."""

    @property
    def cells(self) -> tuple[CellUpdate, ...]:
        """What stood there and what was to stand there."""

    @property
    def kept(self) -> Any:
        """What ``kept_of`` made."""


class Reader(Protocol):
    """A history that is asked."""

    def find(self, place: str, titles: Mapping[str, str], /, *, same: Callable[[int], bool]) -> FoundBook:
        """Find a workbook by its place, else by the titles of its items by key, if it is the same by its number."""

    def past(self, workbook: int | None, today: date, /) -> Past:
        """Give what is remembered of a workbook before today."""

    def intents(self, workbook: int | None, /) -> Sequence[OpenIntent]:
        """Give what earlier runs were about to write and never committed, the oldest first."""

    def lately(self, workbook: int | None, since: date, until: date, /) -> Lately:
        """Give what was typed over computed cells, and which ids were given to another thing, from a day to a day."""

    def nights_after(self, workbook: int | None, day: date, /) -> Sequence[date]:
        """Give the nights that were recorded for days after one; see ``Recalled.ahead``."""


class Memory(Reader, Protocol):
    """A history that is written too. Every method raises a SheetsyncError where that cannot be."""

    @property
    def outbox(self) -> Any:
        """What waits to be mailed, and was; the maker of a night's mails asks it."""

    def intend(self, run: Run, changes: Changes, revision: str = "", kept: Any = None) -> Run:
        """Keep what a run will write, before it does; gives the run with the number of its workbook."""

    def commit(
        self,
        run: Run,
        snapshot: Snapshot | None,
        *,
        outcome: str = "complete",
        revision: str = "",
        cells: int = 0,
        mails: Sequence[Mail] = (),
    ) -> object:
        """Store a run with all that it saw, wrote and wants to mail, in one transaction."""


class Looked(NamedTuple):
    """A history to look into; ``reason`` is why it cannot be asked or, beside a reader, why a run could not keep it."""

    reader: Reader | None
    reason: SheetsyncError | None = None
    needed: bool = False
    """Whether nothing may be done without it."""


class Histories(Protocol):
    """Where the history of a workbook is: plain data, so that another process can be told."""

    def open(self) -> AbstractContextManager[Memory]:
        """Open it to read and write; it is made where it is missing. Raises a SheetsyncError where it cannot be used.

        Nothing may be written into a workbook then: nobody would know again what sheetsync wrote.
        """

    def look(self) -> AbstractContextManager[Looked]:
        """Open it to read alone. Makes and changes nothing, and raises nothing: the reason is told."""


class Recalled(NamedTuple):
    """What is remembered of a workbook, under the keys of today.

    ``settled`` are cells that a run which broke off had written: they stand as it left them, and nobody noted it yet.
    ``typed`` is what that run put back: what somebody had typed over cells of ours, not yet noted either; ``under`` is
    what had been written there before. ``number`` is the workbook's in the history, None where it is new there.
    ``lately`` is what was noted in the last days, today among them, under the keys of today. ``ahead`` are nights after
    today, in order: the clock was ahead when they were recorded, or is behind now.
    """

    known: Recognised = Recognised()
    number: int | None = None
    moved_from: str = ""
    copied_from: str = ""
    alike: str = ""
    settled: Cells = NOTHING
    typed: Cells = NOTHING
    under: Cells = NOTHING
    lately: Lately = Lately()
    ahead: Sequence[date] = ()

    @property
    def past(self) -> Past:
        """What is remembered before today."""
        return self.known.past


TOLD_FOR = timedelta(days=7)
"""So long people hear of what was put right, or began anew, so that the mail of the week tells it."""


def same_firm(reader: Reader, goals: Goals) -> Callable[[int], bool]:
    """Give what says by its number whether a workbook of a history that has gone may be the one with these goals."""
    from sheetsync.observing import of_one_firm  # only where there is a history

    return lambda number: of_one_firm(reader.past(number, FOREVER), goals)


def recall(reader: Reader, place: str, workbook: Workbook, goals: Goals, today: date) -> Recalled:
    """Ask a history for a workbook, and settle what runs left open that broke off."""
    from sheetsync.observing import recognise, titles_of  # only where there is a history

    found = reader.find(place, titles_of(goals), same=same_firm(reader, goals))
    known = recognise(reader.past(found.workbook, today), goals)
    ahead = reader.nights_after(found.workbook, today)
    told = Recalled(known, found.workbook, found.moved_from, found.copied_from, found.alike, ahead=ahead)
    renamed = {old: new for new, old in known.former.items()}
    lately = reader.lately(found.workbook, today - TOLD_FOR, today)
    if lately.typed or lately.replaced:
        typed_over = (one._replace(key=renamed.get(one.key, one.key)) for one in lately.typed)
        told = told._replace(lately=lately._replace(typed=tuple(typed_over)))
    opened = reader.intents(found.workbook)
    if not opened:
        return told
    places = computed_places(workbook, goals)
    settled: dict[tuple[str, str], CellValue] = {}
    typed: dict[tuple[str, str], CellValue] = {}
    for intent in opened:
        for name, cell, over in _named(intent):
            own = renamed.get(name[0], name[0]), name[1]
            at = places.get(own)
            if at is not None and same_value(workbook.sheet(at.sheet).value(at.row, at.column), cell.after):
                settled[own] = cell.after
                if over:
                    typed[own] = cell.before
    written = known.past.written
    under = {own: written[own] for own in typed if own in written}
    past = known.past._replace(written={**written, **settled})
    return told._replace(known=known._replace(past=past), settled=settled, typed=typed, under=under)


def kept_of(changes: Changes, shelves: Sequence[Shelf], typed: Cells) -> list[list[Any]]:
    """Say of the cells that will be written what they are about: number of the cell, key, concept, whether typed over.

    Rows may be moved before the next run, so that their places alone would not tell.
    """
    rows = {
        (shelf.sheet, row): item.key for shelf in shelves for row, item in zip(shelf.rows, shelf.items, strict=True)
    }
    columns = {(shelf.sheet, at): concept for shelf in shelves for concept, at in shelf.columns.items()}
    kept: list[list[Any]] = []
    for number, cell in enumerate(changes.cells):
        key, concept = rows.get((cell.sheet, cell.row)), columns.get((cell.sheet, cell.column))
        if key is not None and concept is not None:
            kept.append([number, key, concept, (key, concept) in typed])
    return kept


def _named(intent: OpenIntent) -> Iterator[tuple[tuple[str, str], CellUpdate, bool]]:
    for number, key, concept, over in intent.kept or ():
        yield (key, concept), intent.cells[number], over


def computed_places(workbook: Workbook, goals: Goals) -> dict[tuple[str, str], CellRef]:
    """Give the place of every computed cell by the key of its item and its concept."""
    tables = {table.key: table for table in goals.tables}
    places: dict[tuple[str, str], CellRef] = {}
    rows: list[Sequence[Item]] = [
        [one for one in goals.objectives if one.own_row],
        goals.key_results,
        goals.kpis,
    ]
    for items in rows:
        for item in items:
            table = tables.get(item.table)
            for concept, column in table.computed.items() if table is not None else ():
                places[item.key, concept] = CellRef(item.sheet, item.row, column)
    places.update(_own_places(workbook, goals))
    return places


def _own_places(workbook: Workbook, goals: Goals) -> Iterator[tuple[tuple[str, str], CellRef]]:
    """Give the places in the worksheet of our own, whose rows say by themselves which item they are about."""
    own = goals.own
    if own is None or "key" not in own.computed:
        return
    sheet = workbook.sheet(own.sheet)
    for row in range(own.header_row + 1, len(sheet.rows) + 1):
        key = sheet.value(row, own.computed["key"])
        for concept, column in own.computed.items() if isinstance(key, str) else ():
            yield (str(key), concept), CellRef(own.sheet, row, column)


def standing(
    workbook: Workbook, changes: Changes, shelves: Sequence[Shelf], left: set[CellRef | None], before: Cells
) -> dict[tuple[str, str], CellValue]:
    """Give what stands in our cells once the changes are made, where the history does not know it yet (``before``).

    ``left`` are the cells that hold something of the user's and are left alone. None is a cell that was emptied.
    """
    made: dict[tuple[str, int], dict[int, CellValue]] = {}
    for name, row, at, _, after, _ in changes.cells:
        made.setdefault((name, at), {})[row] = after
    found: dict[tuple[str, str], CellValue] = {}
    for shelf in shelves:
        rows = next((sheet for sheet in workbook.sheets if sheet.name == shelf.sheet), None)
        for concept, column in shelf.columns.items():
            new = made.get((shelf.sheet, column), NOTHING)
            for row, item in zip(shelf.rows, shelf.items, strict=True):
                value = new[row] if row in new else rows.value(row, column) if rows is not None else None
                known = before.get((item.key, concept))
                if value.__class__ is known.__class__ and value == known:
                    continue  # mostly; the next line asks the same with more patience
                if not same_value(value, known) and (shelf.sheet, row, column) not in left:
                    found[item.key, concept] = value
    return found
