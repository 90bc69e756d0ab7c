"""Records how a workbook stood on one company day, inside a transaction that is not its own.

Only changes are stored: a row says how things stood from its day on, until the next row. So a correction of an earlier
day must not leak into the nights behind it that saw what was known then; on the first of these the old state is said
again, by the same run.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from itertools import chain
from typing import Any

from sheetsync.history.coding import (
    COLUMNS,
    DAY,
    FIELDS,
    GONE,
    GONE_ROW,
    KINDS,
    STATUS,
    Row,
    number_of_day,
    packed,
    rows_of,
    same,
    stored,
)
from sheetsync.history.texts import Texts, storable
from sheetsync.record import NamedTuple
from sheetsync.snapshot import Said, Seen, Snapshot

Statement = tuple[int, float | None, int]
"""A statement as it stands in the file: number of its text, its number, whether a formula gave it."""


class Recorded(NamedTuple):
    """How many new rows a snapshot made."""

    observations: int = 0
    statements: int = 0


class _Item(NamedTuple):
    """An item as the file knows it; ``state`` is its row on the day of the snapshot, of the day ``told``.

    Both are None before its first.
    """

    id: int
    kind: int
    place: tuple[Any, ...]
    told: int | None
    state: Row | None


def record(
    connection: sqlite3.Connection, texts: Texts, workbook: int, run: int, snapshot: Snapshot, imported: bool
) -> Recorded:
    """Store what a snapshot says that the file did not know. What was seen live is never changed by an import."""
    day = number_of_day(snapshot.day)
    recorder = _Recorder(connection, texts, workbook, run, day)
    if imported and recorder.seen_live():
        return Recorded()
    recorder.items(snapshot)
    recorder.statements(snapshot, imported)
    _write_down(connection, texts, workbook, snapshot)
    return recorder.done()


class _Recorder:
    """The rows that one snapshot adds."""

    def __init__(self, connection: sqlite3.Connection, texts: Texts, workbook: int, run: int, day: int) -> None:
        self._connection, self._texts = connection, texts
        self._workbook, self._run, self._day = workbook, run, day
        row = connection.execute("SELECT newest, said FROM workbooks WHERE id = ?", (workbook,)).fetchone()
        self._newest: int | None = row[0]
        self._said: bytes | None = row[1]
        self._late = self._newest is not None and day < self._newest
        self._next_night = self._night_after() if self._late else None
        self._ids: dict[str, int] = {}
        self._next_item: int | None = None
        self._made: set[int] = set()
        self._new: list[tuple[Any, ...]] = []
        self._around: dict[tuple[str, str, date | None], tuple[int | None, int | None, int | None]] = {}
        self._observed: list[tuple[Any, ...]] = []
        self._stated: list[tuple[Any, ...]] = []
        self._counted = 0

    def seen_live(self) -> bool:
        """Say whether a run of that very day has recorded it."""
        found = self._connection.execute(
            "SELECT 1 FROM runs WHERE workbook = ? AND day = ? AND observed = 1 AND source IS NULL",
            (self._workbook, self._day),
        )
        return found.fetchone() is not None

    def _night_after(self) -> int | None:
        """Give the first recorded night behind the day."""
        found = self._connection.execute(
            "SELECT min(day) FROM runs WHERE workbook = ? AND observed = 1 AND day > ?", (self._workbook, self._day)
        )
        night: int | None = found.fetchone()[0]
        return night

    def items(self, snapshot: Snapshot) -> None:
        """Take over every item, and note those that have gone."""
        known = self._known()
        self._texts.enter(seen.observation.blocker for seen in snapshot.items if seen.observation.blocker)
        for seen in snapshot.items:
            if seen.reused and seen.key in known and not self._late:
                self._retire(known.pop(seen.key))
        self._rename(snapshot, known)
        rows = rows_of((seen.observation for seen in snapshot.items), self._number)
        for seen, row in zip(snapshot.items, rows, strict=True):
            item = known.pop(storable(seen.key), None)
            number = self._ids[seen.key] = self._take_over(seen, item)
            state = item.state if item else None
            # A part of the items makes no night, so nothing but a row tells later that it was seen like that.
            unsaid = item is not None and not snapshot.whole and item.told != self._day
            if unsaid or state is None or not same(state, row):
                self._insert(number, state, row)
        if snapshot.whole:
            for item in known.values():
                if item.kind:
                    self._let_go(item)
        self._store_items()

    def _number(self, text: str) -> int:
        return self._texts.number(text)

    def _known(self) -> dict[str, _Item]:
        """Give every living item of the workbook by its key, each with its state on the day."""
        rows = self._connection.execute(
            f"""SELECT i.key, i.id, i.kind, i.sheet, i.row, i.cycle, i.cycle_start, o.day, {FIELDS}
                FROM items i LEFT JOIN observations o ON o.item = i.id AND (o.day, o.since) = (
                  SELECT p.day, p.since FROM observations p WHERE p.item = i.id AND p.day <= ?
                  ORDER BY p.day DESC, p.since DESC LIMIT 1)
                WHERE i.workbook = ? AND i.retired = 0""",  # noqa: S608 - only names of columns
            (self._day, self._workbook),
        )
        return {
            row[0]: _Item(row[1], row[2], row[3:7], row[7], row[8:] if row[7] is not None else None) for row in rows
        }

    def _retire(self, item: _Item) -> None:
        """Let an item go whose key now names another thing."""
        self._let_go(item)
        self._connection.execute("UPDATE items SET retired = ? WHERE id = ?", (self._run, item.id))

    def _let_go(self, item: _Item) -> None:
        """Note that the row of an item has gone."""
        if item.state is not None and item.state[STATUS] != GONE:
            self._insert(item.id, item.state, GONE_ROW)

    def _rename(self, snapshot: Snapshot, known: dict[str, _Item]) -> None:
        """Give items their new keys; two that change keys with each other pass each other by.

        On an earlier day they are only found by what they were called then: today's keys stay.
        """
        renamed = [
            (seen.key, known.pop(seen.former))
            for seen in snapshot.items
            if seen.former != seen.key and seen.former in known
        ]
        if self._late:
            known.update((key, item) for key, item in renamed if key not in known)
            return
        for _, item in renamed:
            self._connection.execute("UPDATE items SET retired = -id WHERE id = ?", (item.id,))
        for key, item in renamed:
            if key in known:  # gone long ago, and was not what today's row was known as
                self._retire(known.pop(key))
            self._connection.execute("UPDATE items SET key = ?, retired = 0 WHERE id = ?", (storable(key), item.id))
            known[key] = item

    def _take_over(self, seen: Seen, item: _Item | None) -> int:
        """Give the number of an item, new or known, with its place and cycle of today."""
        told = seen.sheet, seen.cycle, seen.cycle_start
        around = self._around.get(told) or self._around.setdefault(told, self._numbers(*told))
        place = (around[0], seen.row or None, *around[1:])
        kind = KINDS.index(seen.kind)
        if item is None:
            return self._new_item(seen.key, kind, place)
        if (item.kind, item.place) != (kind, place) and not self._late:
            self._connection.execute(
                "UPDATE items SET kind = ?, sheet = ?, row = ?, cycle = ?, cycle_start = ? WHERE id = ?",
                (kind, *place, item.id),
            )
        return item.id

    def _numbers(self, sheet: str, cycle: str, start: date | None) -> tuple[int | None, int | None, int | None]:
        return (
            self._number(sheet) if sheet else None,
            self._number(cycle) if cycle else None,
            number_of_day(start) if start else None,
        )

    def _new_item(self, key: str, kind: int, place: tuple[Any, ...] = (None, None, None, None)) -> int:
        """Give a new item its number; ``_store_items`` stores it."""
        made = self._next_item
        if made is None:
            made = self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM items").fetchone()[0]
        self._next_item = made + 1
        self._made.add(made)
        self._new.append((made, self._workbook, storable(key), kind, *place))
        return made

    def _store_items(self) -> None:
        if self._new:
            self._connection.executemany(
                """INSERT INTO items (id, workbook, key, kind, sheet, row, cycle, cycle_start)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                self._new,
            )
            self._new = []

    def _insert(self, item: int, state: Row | None, now: Row) -> None:
        self._observed.append(packed(item, self._day, self._run, now))
        if self._next_night is not None and self._returns("observations", (item,)):
            self._observed.append(packed(item, self._next_night, self._run, state or GONE_ROW))

    def _returns(self, table: str, place: tuple[int, ...]) -> bool:
        """Say whether the state before has to be said again on the next night, which no row of its own begins."""
        if self._next_night is None:
            return False
        where = "item = ? AND concept = ?" if len(place) > 1 else "item = ?"
        found = self._connection.execute(
            f"SELECT 1 FROM {table} WHERE {where} AND day > ? AND day <= ? LIMIT 1",  # noqa: S608 - names of our own
            (*place, self._day, self._next_night),
        )
        return found.fetchone() is None

    def statements(self, snapshot: Snapshot, imported: bool) -> None:
        """Take over what the cells and the headers say."""
        said = None if imported else _digest(snapshot)
        if said is None or self._late or said != self._said:
            self._state(self._headers(snapshot))
            self._state({self._ids[seen.key]: seen.says for seen in snapshot.items})
        if not self._late:
            newest = self._day if snapshot.whole else self._newest
            self._connection.execute(
                "UPDATE workbooks SET newest = ?, said = ? WHERE id = ?", (newest, said, self._workbook)
            )

    def _headers(self, snapshot: Snapshot) -> Mapping[int, Mapping[str, Said]]:
        """Give what the headers say, by the number of the item that stands for their table."""
        tables: dict[str, dict[str, Said]] = {}
        for (table, concept), text in snapshot.headers.items():
            tables.setdefault(table_key(table), {})[concept] = Said(text)
        rows = self._connection.execute("SELECT key, id FROM items WHERE workbook = ? AND kind = 0", (self._workbook,))
        known: dict[str, int] = dict(rows)
        items = {known[key] if key in known else self._new_item(key, 0): says for key, says in tables.items()}
        self._store_items()
        return items

    def _state(self, items: Mapping[int, Mapping[str, Said]]) -> None:
        """Take over what the cells of items say, many items at once: the file is asked and told in few calls."""
        pending = list(items.items())
        for first in range(0, len(pending), TOGETHER):
            some = pending[first : first + TOGETHER]
            self._texts.enter(text for _, says in some for concept, said in says.items() for text in (concept, said[0]))
            known = self._stated_before([item for item, _ in some if item not in self._made])
            for item, says in some:
                self._state_item(item, says, known.get(item, {}))
            self._store_statements()

    def _state_item(self, item: int, says: Mapping[str, Said], known: Mapping[int, Statement]) -> None:
        number_of, since = self._texts.number, self._run - self._day * DAY
        for name, (text, number, formula) in says.items():
            concept = number_of(name)
            now = number_of(text), None if number is None or number != number else float(number), int(formula)
            before = known.get(concept)
            if before == now:
                continue
            self._stated.append((item, concept, self._day, since, *now))
            if before is not None and self._next_night is not None and self._returns("statements", (item, concept)):
                back = self._run - self._next_night * DAY
                self._stated.append((item, concept, self._next_night, back, *before))

    def _stated_before(self, items: Sequence[int]) -> dict[int, dict[int, Statement]]:
        """Give what the cells of items said until the day: item, concept, statement."""
        found: dict[int, dict[int, Statement]] = {}
        if items:
            rows = self._connection.execute(
                f"""SELECT item, concept, text, number, formula FROM statements
                    WHERE item IN ({", ".join("?" * len(items))}) AND day <= ?
                    ORDER BY item, concept, day, since""",  # noqa: S608 - only marks
                (*items, self._day),
            )
            for item, concept, *now in rows:
                found.setdefault(item, {})[concept] = (now[0], now[1], now[2])
        return found

    def _store_statements(self) -> None:
        self._connection.executemany("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?)", self._stated)
        self._counted += len(self._stated)
        self._stated = []

    def done(self) -> Recorded:
        """Store the observations, and count them and the statements."""
        if self._observed:
            self._connection.executemany(
                f"INSERT INTO observations (item, day, since, {COLUMNS}) VALUES ({_MARKS})",  # noqa: S608 - as above
                self._observed,
            )
        return Recorded(len(self._observed), self._counted)


TOGETHER = 500
"""Items whose statements are taken over together."""
TABLE = " "
"""What the keys of tables begin with."""
_MARKS = ", ".join("?" * (3 + len(GONE_ROW)))


def table_key(table: str) -> str:
    """Give the key of the item that stands for a table of the workbook; no row has such a key."""
    return f"{TABLE}{table}"


def _digest(snapshot: Snapshot) -> bytes:
    """Give a few bytes that stand for all statements of a snapshot, so that most nights need not compare them."""
    items = snapshot.items
    concepts: dict[tuple[str, ...], int] = {}  # the rows of a table say the same ones
    spoken = [concepts.setdefault(tuple(seen.says), len(concepts)) for seen in items]
    said: list[Any] = list(chain.from_iterable(chain.from_iterable(seen.says.values() for seen in items)))
    texts = [*(seen.key for seen in items), *(seen.former for seen in items), *said[::3], *snapshot.headers.values()]
    # One long text with the lengths of its parts, and plain values beside it, are made in the fewest steps. The second
    # form of marshal is the same for the same values, and nobody reads it.
    plain = list(map(len, texts)), spoken, list(concepts), said[1::3], said[2::3], list(snapshot.headers)
    digest = blake2b("".join(texts).encode(errors="surrogatepass"), digest_size=8)
    digest.update(marshal.dumps(plain, 2))
    return digest.digest()


def _write_down(connection: sqlite3.Connection, texts: Texts, workbook: int, snapshot: Snapshot) -> None:
    """Keep what was written into our columns; a cell that was emptied is forgotten."""
    written = snapshot.written
    if not written:
        return
    texts.enter(chain.from_iterable(written))
    numbers = map(texts.number, chain.from_iterable(written))
    places = ((workbook, key, concept) for key, concept in zip(numbers, numbers, strict=True))
    kept, emptied = [], []
    for place, value in zip(places, written.values(), strict=True):
        if value is None:
            emptied.append(place)
        else:
            kept.append((*place, *stored(value)))
    if kept:
        connection.executemany("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?, ?)", kept)
    if emptied:
        connection.executemany("DELETE FROM written WHERE workbook = ? AND key = ? AND concept = ?", emptied)
