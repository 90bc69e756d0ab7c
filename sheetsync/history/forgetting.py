"""Forgets one workbook for good: all that stands under its number, and the mail that told of it alone.

What is deleted leaves traces: in room that the file keeps free, and in what was written before and stands beside the
file still. They are wiped in a second step. A mark beside the file says that it is not done yet: a run that was killed
in between is called once more, and finds nothing but the mark.
"""

# ruff: noqa: S608 - statements are put together of constants of ours alone, and values are handed over beside them

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sheetsync.errors import HistoryUnavailable
from sheetsync.fingerprint import fingerprint
from sheetsync.history.pruning import UNUSED_TEXTS
from sheetsync.record import NamedTuple


class Forgotten(NamedTuple):
    """How much goes with a workbook: runs, observations, statements, goals and KPIs, and messages.

    ``mails`` were closed, ``waiting`` never leave. ``shared`` tell of other workbooks too: they lose their bytes.
    """

    runs: int = 0
    observations: int = 0
    statements: int = 0
    items: int = 0
    mails: int = 0
    waiting: int = 0
    shared: int = 0


class Going(NamedTuple):
    """What would go with a workbook, and what stands in the way.

    ``on_their_way`` are the numbers of messages that tell of other workbooks too and have not left yet. ``unfinished``
    is whether a run broke off while it wrote, and the next one would put that right by what is remembered.
    """

    forgotten: Forgotten
    on_their_way: tuple[int, ...] = ()
    unfinished: bool = False


_OF_ITEMS = "item IN (SELECT id FROM items WHERE workbook = :workbook)"
_RUNS = "FROM runs WHERE workbook = :workbook"
_OBSERVATIONS = f"FROM observations WHERE {_OF_ITEMS}"
_STATEMENTS = f"FROM statements WHERE {_OF_ITEMS}"
_ITEMS = "FROM items WHERE workbook = :workbook"
_TELLING = "id IN (SELECT message FROM parts WHERE workbook = :workbook)"
_OF_OTHERS = (
    "SELECT name FROM parts WHERE message = messages.id AND workbook IS NOT :workbook ORDER BY parts.id LIMIT 1"
)
_ALONE = f"FROM messages WHERE {_TELLING} AND NOT EXISTS ({_OF_OTHERS})"
_SHARED = f"{_TELLING} AND EXISTS ({_OF_OTHERS})"
_CLOSED = "state IN ('sent', 'failed', 'dropped')"
"""Of these nobody waits for anything any more; of an unknown one somebody may still say what became of it."""
_OPEN = "state IN ('pending', 'retry', 'sending')"
_QUEUED = "FROM parts WHERE workbook = :workbook AND state = 'queued'"
_COUNTS = (_RUNS, _OBSERVATIONS, _STATEMENTS, f"{_ITEMS} AND kind > 0", f"{_ALONE} AND NOT {_OPEN}")
# Who got what stays known, so that nobody is told twice; the subject and the recipient's name may be the workbook's.
_EMPTIED = f"UPDATE messages SET data = NULL, subject = '', name = ({_OF_OTHERS}) WHERE {_SHARED}"
_OWN_TABLES = ("parts", "items", "written", "intents", "moves", "runs")
_UNUSED_WAYS = "DELETE FROM ways WHERE id NOT IN (SELECT way FROM runs)"


def number_at(connection: sqlite3.Connection, place: str) -> int | None:
    """Give the number of the workbook at a place; None where none is known there."""
    row = connection.execute("SELECT id FROM workbooks WHERE place = ?", (place,)).fetchone()
    return row[0] if row else None


def going(connection: sqlite3.Connection, workbook: int) -> Going:
    """Give what would go, and what stands in the way."""
    told = {"workbook": workbook}

    def count(what: str) -> int:
        found: int = connection.execute(f"SELECT count(*) {what}", told).fetchone()[0]
        return found

    waiting = count(f"{_ALONE} AND {_OPEN}") + count(_QUEUED)
    forgotten = Forgotten(*(*map(count, _COUNTS), waiting, count(f"FROM messages WHERE {_SHARED}")))
    rows = connection.execute(f"SELECT id FROM messages WHERE {_SHARED} AND NOT {_CLOSED} ORDER BY id", told)
    unfinished = count("FROM intents WHERE workbook = :workbook") > 0
    return Going(forgotten, tuple(row[0] for row in rows), unfinished)


def delete(connection: sqlite3.Connection, workbook: int) -> None:
    """Delete a workbook, inside a transaction that is not its own; messages are found by parts, so go first."""
    told = {"workbook": workbook}
    connection.execute(_EMPTIED, told)
    for what in (_ALONE, _OBSERVATIONS, _STATEMENTS):
        connection.execute(f"DELETE {what}", told)
    for table in _OWN_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE workbook = :workbook", told)
    connection.execute("DELETE FROM workbooks WHERE id = :workbook", told)
    connection.execute(UNUSED_TEXTS)
    connection.execute(_UNUSED_WAYS)


def overwrite(connection: sqlite3.Connection) -> None:
    """Let what is deleted be overwritten by zeros, as long as the connection is open."""
    connection.execute("PRAGMA secure_delete = ON").fetchone()


def wipe(connection: sqlite3.Connection) -> bool:
    """Write the file anew without free room, and empty what stands beside it; False while another program reads it."""
    connection.execute("VACUUM")
    busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def mark_of(path: Path) -> Path:
    """Give the place of the mark that traces are still to be wiped from a history."""
    return path.with_name(f"{path.name}.forgetting")


def mark(path: Path, names: Iterable[str]) -> None:
    """Note on the disk that traces are to be wiped, and by fingerprints of what; HistoryUnavailable where it cannot."""
    try:
        opened = os.open(mark_of(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(opened, "\n".join(map(_print_of, names)).encode())
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        key = "history.full" if error.errno == errno.ENOSPC else "history.read_only"
        raise HistoryUnavailable(key, path=str(path)) from error


def is_marked(path: Path, names: Iterable[str] | None = None) -> bool:
    """Say whether traces are still to be wiped from a history: of anything, or of something of these names."""
    try:
        told = mark_of(path).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return False
    return names is None or any(_print_of(name) in told for name in names)


def unmark(path: Path) -> None:
    """Take the mark away."""
    mark_of(path).unlink(missing_ok=True)


def _print_of(name: str) -> str:
    return fingerprint(name.casefold().encode("utf-8", "surrogatepass"))
