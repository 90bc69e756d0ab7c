"""Takes large bytes out of rows whose facts stay, so that the room they took is free for others."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def empty(connection: sqlite3.Connection, table: str, column: str, rows: str, told: Mapping[str, int]) -> None:
    """Empty a column of some rows of a table, inside a transaction that is not its own.

    ``rows`` is the condition of SQL that they meet, with the values that ``told`` names. Each row is taken out and put
    in again: one that only gets smaller keeps its page to itself, ten times the room that it needs, for ever.
    """
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join("NULL" if name == column else name for name in names)
    found = connection.execute(
        f"SELECT {kept} FROM {table} WHERE {column} IS NOT NULL AND {rows} ORDER BY id",  # noqa: S608 - names of our own
        told,
    ).fetchall()
    number = names.index("id")
    connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(row[number],) for row in found])  # noqa: S608
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608
