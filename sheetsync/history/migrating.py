"""Brings the form of the file up to date, step by step, each in one transaction and after a backup."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sheetsync.errors import HistoryUnavailable

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SCHEMA = 3
"""The number of the newest form; the file's own stands in its ``user_version``."""
OURS = 0x73687379
"""The ``application_id`` of a history: "shsy"."""


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Give the number of the file's form, 0 for an empty file.

    Raises HistoryUnavailable for a file of a newer version, and for a database of another program.
    """
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    holds = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if holds and owner != OURS:
        raise HistoryUnavailable("history.not_ours", path=str(path))
    if found > SCHEMA:
        raise HistoryUnavailable("history.newer", path=str(path), found=found, known=SCHEMA)
    return found if holds else 0


def migrate(connection: sqlite3.Connection, path: Path, target: int = SCHEMA, steps: Traversable | None = None) -> None:
    """Take every step that is missing, from a folder of them; a file that holds something is backed up first."""
    found = version_of(connection, path)
    if found < target and found:
        back_up(connection, path.with_name(f"{path.name}.backup-v{found}"))
    for number in range(found + 1, target + 1):
        _step(connection, path, number, steps or _released())


def _released() -> Traversable:
    from importlib.resources import files  # most runs have nothing to bring up to date

    return files("sheetsync.history").joinpath("migrations")


def _step(connection: sqlite3.Connection, path: Path, number: int, steps: Traversable) -> None:
    script = steps.joinpath(f"{number:04}.sql").read_text(encoding="utf-8")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version_of(connection, path) < number:  # another run may have taken the step while this one waited
            for statement in statements_of(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute(f"PRAGMA application_id = {OURS}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def statements_of(script: str) -> list[str]:
    """Take a script apart; ``executescript`` would commit before it begins, so that half a step could stay."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Write a copy of the whole file; one of an earlier attempt is replaced only once the new one is whole."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with closing(sqlite3.connect(fresh)) as copy:
            connection.backup(copy)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
