"""Nights that have not come yet: recorded while the clock of the computer was ahead. Finds them, and forgets them.

They change no answer about other days. But every night before them is taken for one that was filled in later, so that
no row gets its new name, and each run counts as recorded after them.
"""

from __future__ import annotations

import sqlite3
from datetime import date

from sheetsync.history.coding import day_of_number, number_of_day
from sheetsync.history.pruning import Pruned

_RUNS = "FROM runs WHERE day > :day"
_OBSERVATIONS = "FROM observations WHERE day > :day"
_STATEMENTS = "FROM statements WHERE day > :day"
# What was first seen on such a night.
_ITEMS = """
  FROM items WHERE kind > 0 AND EXISTS (SELECT 1 FROM observations WHERE item = items.id)
  AND NOT EXISTS (SELECT 1 FROM observations WHERE item = items.id AND day <= :day)"""
# What such a night took for gone because its key named another thing lives again, unless that thing stays.
_REVIVED = """
  UPDATE OR IGNORE items SET retired = 0
  WHERE retired IN (SELECT id FROM runs WHERE workbook = items.workbook AND day > :day)"""
_NEWEST = """
  UPDATE workbooks SET said = NULL,
    newest = (SELECT max(day) FROM runs WHERE workbook = workbooks.id AND observed = 1 AND day <= :day)
  WHERE newest > :day"""
# The number of a run is the moment of its recording, and grows strictly; the next one may be as early as now again.
_CLOCK = """
  UPDATE clock SET run = max(
    coalesce((SELECT max(id) FROM runs), 0), coalesce((SELECT max(begun) FROM intents), 0),
    coalesce((SELECT max(retired) FROM items), 0), coalesce((SELECT max(run) FROM moves), 0))"""


def nights_after(connection: sqlite3.Connection, workbook: int, day: date) -> tuple[date, ...]:
    """Give the nights of a workbook that were recorded for days after one, in order; mostly none."""
    after = {"workbook": workbook, "day": number_of_day(day)}
    newest = connection.execute("SELECT newest FROM workbooks WHERE id = :workbook", after).fetchone()
    if newest is None or newest[0] is None or newest[0] <= after["day"]:
        return ()
    rows = connection.execute(
        "SELECT DISTINCT day FROM runs WHERE workbook = :workbook AND observed = 1 AND day > :day ORDER BY day", after
    )
    return tuple(day_of_number(row[0]) for row in rows)


def count(connection: sqlite3.Connection, day: date) -> Pruned:
    """Count what would go with all nights after a day."""
    after = {"day": number_of_day(day)}
    parts = (_RUNS, _OBSERVATIONS, _STATEMENTS, _ITEMS)
    return Pruned(*(connection.execute(f"SELECT count(*) {part}", after).fetchone()[0] for part in parts))


def forget(connection: sqlite3.Connection, day: date) -> Pruned:
    """Forget all nights after a day, inside a transaction that is not its own. Mail that was sent stays known."""
    after = {"day": number_of_day(day)}
    gone = connection.execute(f"SELECT id {_ITEMS}", after).fetchall()
    done = [connection.execute(f"DELETE {part}", after).rowcount for part in (_OBSERVATIONS, _STATEMENTS)]
    connection.executemany("DELETE FROM items WHERE id = ?", gone)
    connection.execute(_REVIVED, after)
    runs = connection.execute(f"DELETE {_RUNS}", after).rowcount
    connection.execute(_NEWEST, after)
    connection.execute(_CLOCK)
    return Pruned(runs, done[0], done[1], len(gone))
