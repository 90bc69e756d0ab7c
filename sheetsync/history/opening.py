"""Opens the file: for writing, with its form brought up to date; or for reading, which never changes a thing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sheetsync.errors import HistoryUnavailable, SheetsyncError, TemporaryFailure
from sheetsync.history.migrating import SCHEMA, migrate, version_of
from sheetsync.history.place import prepare, refuse_marked, refuse_network, refuse_no_file, refuse_unmade

LITTLE = 65_536
"""Free bytes below which a disk is full: SQLite needs half as many for the marks of its readers alone."""
A_NIGHT = 4 * 1024 * 1024
"""Free bytes without which no night is begun: what was written into a workbook must find its place here afterwards."""
PATIENCE = 30.0
"""Seconds that a run waits for another that writes."""
CACHE, MAPPED = "PRAGMA cache_size = -32000", "PRAGMA mmap_size = 268435456"
SELDOM = "PRAGMA wal_autocheckpoint = 8000"
"""A night of a large fleet touches a page of nearly every item: these spare reading and writing the same pages over
and over. The last to close the file writes what is left."""

_OPENING = Lock()
"""Held while a history is made or opened: the workbooks of a fleet are brought up to date side by side."""

_CODES = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
    sqlite3.SQLITE_CANTOPEN: "unopened",
    sqlite3.SQLITE_IOERR: "disk",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into our own errors, which say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path) from error


def room_for(path: Path) -> int:
    """Give the free bytes of the disk on which a file lies; enough where nobody can tell."""
    try:
        if hasattr(os, "statvfs"):  # as ``shutil`` asks, which takes longer to import than this to answer
            found = os.statvfs(path.parent)
            return found.f_bavail * found.f_frsize
        import shutil

        return shutil.disk_usage(path.parent).free
    except OSError:
        return A_NIGHT


def refuse_full(path: Path, room: Callable[[Path], int] = room_for) -> None:
    """Raise HistoryUnavailable where the disk has no room for a night."""
    if room(path) < A_NIGHT:
        raise HistoryUnavailable("history.full", path=str(path))


def unkept(path: Path, room: Callable[[Path], int] = room_for) -> SheetsyncError | None:
    """Give the reason why a run could keep nothing there, as far as a look can tell; None where nothing is known of.

    Nothing is made or written, so that a lock, or a disk that fails, is only met by the run itself.
    """
    try:
        refuse_network(path)
        refuse_no_file(path)
        refuse_unmade(path)
        refuse_full(path, room)
    except HistoryUnavailable as reason:
        return reason
    return None


def translated(error: sqlite3.Error, path: Path, room: Callable[[Path], int] = room_for) -> SheetsyncError:
    """Give the error of ours for one of SQLite's; a disk that fails because there is no room on it is full."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = _CODES.get(code & 0xFF, "broken") if code is not None else "broken"
    if kind == "disk" and room(path) < LITTLE:
        kind = "full"
    if kind == "locked":
        return TemporaryFailure("history.locked", path=str(path))
    return HistoryUnavailable(f"history.{kind}", path=str(path), reason=str(error))


def open_for_writing(path: Path, patience: float = PATIENCE) -> tuple[sqlite3.Connection, bool]:
    """Open the file, make it where it is missing, and bring its form up to date; True where it is new.

    Raises HistoryUnavailable (exit 3) with the reason, or TemporaryFailure (exit 5) while another run writes.
    """
    with _OPENING:
        refuse_network(path)
        refuse_no_file(path)
        fresh = prepare(path)
        refuse_marked(path)
        with told(path):
            connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
            try:
                version_of(connection, path)  # first: what is not ours is left as it is
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(CACHE)
                connection.execute(SELDOM)
                connection.execute(MAPPED)
                migrate(connection, path)
            except BaseException:
                connection.close()
                raise
        return connection, fresh


def open_for_reading(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open the file only to read it: nothing is made, brought up to date or written.

    Raises HistoryUnavailable where it is missing, of another form, or cannot be read.
    """
    refuse_no_file(path)
    if not path.is_file():
        raise HistoryUnavailable("history.missing", path=str(path))
    with told(path):
        try:
            # The right to write only serves to take away the marks of the reader that SQLite puts beside the file.
            return _checked(_read_only(path, "mode=rw", patience), path)
        except sqlite3.OperationalError as error:
            # A folder in which nothing may be made has no room for these marks, nor has a full disk. Nobody can write
            # there either, so that the file is read as it stands.
            sealed = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if not sealed and not (error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_IOERR and _is_whole(path)):
                raise
            return _checked(_read_only(path, "immutable=1", patience), path)


def _is_whole(path: Path) -> bool:
    """Say whether no run has left anything beside the file that is still to come into it."""
    beside = path.with_name(f"{path.name}-wal")
    return not beside.exists() or beside.stat().st_size == 0


def _read_only(path: Path, how: str, patience: float) -> sqlite3.Connection:
    from urllib.parse import quote  # the nightly run opens it to write

    address = f"file:{quote(str(path.absolute()))}?{how}"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)


def _checked(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA query_only = 1")
        connection.execute(MAPPED)
        found = version_of(connection, path)
        if found != SCHEMA:
            key = "history.empty" if found == 0 else "history.older"
            raise HistoryUnavailable(key, path=str(path), found=found, known=SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection
