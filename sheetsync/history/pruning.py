"""Forgets what lies before a day, but for how everything stood on it, and the night that saw it so."""

from __future__ import annotations

import sqlite3

from sheetsync.record import NamedTuple


class Pruned(NamedTuple):
    """How much goes: nights and other runs, observations, statements, items that were gone by then, sent mail."""

    runs: int = 0
    observations: int = 0
    statements: int = 0
    items: int = 0
    mails: int = 0


# An observation goes if a later row says how things stood on the day, or that the item had gone (a status of -1).
_OBSERVATIONS = """
  FROM observations WHERE day < :day AND (
    EXISTS (SELECT 1 FROM observations later WHERE later.item = observations.item AND later.day <= :day
            AND (later.day, later.since) > (observations.day, observations.since))
    OR (status IS -1 AND NOT EXISTS (
          SELECT 1 FROM observations other WHERE other.item = observations.item AND other.day >= :day)))"""
_STATEMENTS = """
  FROM statements WHERE day < :day AND (
    EXISTS (SELECT 1 FROM statements later WHERE later.item = statements.item AND later.concept = statements.concept
            AND later.day <= :day AND (later.day, later.since) > (statements.day, statements.since))
    OR item IN (SELECT id {items}))"""
# Items that had gone for good before the day.
_ITEMS = """
  FROM items WHERE kind > 0 AND EXISTS (SELECT 1 FROM observations WHERE item = items.id)
  AND NOT EXISTS (SELECT 1 FROM observations WHERE item = items.id AND day >= :day)
  AND (SELECT status FROM observations WHERE item = items.id ORDER BY day DESC, since DESC LIMIT 1) IS -1"""
_STATEMENTS = _STATEMENTS.replace("{items}", _ITEMS)
# The last night that was recorded until the day says when everything stood so: it stays, as what it saw does.
_RUNS = """
  FROM runs WHERE day < :day AND (observed = 0 OR EXISTS (
    SELECT 1 FROM runs later WHERE later.workbook = runs.workbook AND later.observed = 1 AND later.day <= :day
    AND (later.day, later.id) > (runs.day, runs.id)))"""
# A mail goes with its parts once nobody could send it again; the period that it told of is long over.
_MAILS = "FROM messages WHERE state IN ('sent', 'failed', 'unknown', 'dropped') AND expires < :moment"
_PARTS = """FROM parts WHERE state <> 'queued' AND expires < :moment
  AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = parts.message)"""

UNUSED_TEXTS = """
  DELETE FROM texts WHERE id NOT IN (
    SELECT blocker FROM observations WHERE blocker IS NOT NULL
    UNION SELECT text FROM statements UNION SELECT concept FROM statements
    UNION SELECT key FROM written UNION SELECT concept FROM written
    UNION SELECT sheet FROM items WHERE sheet IS NOT NULL UNION SELECT cycle FROM items WHERE cycle IS NOT NULL
    UNION SELECT source FROM runs WHERE source IS NOT NULL)"""


def count(connection: sqlite3.Connection, day: int, moment: int) -> Pruned:
    """Count what would go."""
    told = {"day": day, "moment": moment}
    parts = (_RUNS, _OBSERVATIONS, _STATEMENTS, _ITEMS, _MAILS)
    return Pruned(*(connection.execute(f"SELECT count(*) {part}", told).fetchone()[0] for part in parts))


def prune(connection: sqlite3.Connection, day: int, moment: int) -> Pruned:
    """Forget, inside a transaction that is not its own; statements and items are told by observations, so go first."""
    told = {"day": day, "moment": moment}
    done = {part: connection.execute(f"DELETE {part}", told).rowcount for part in (_STATEMENTS, _MAILS, _PARTS, _RUNS)}
    gone = [row[0] for row in connection.execute(f"SELECT id {_ITEMS}", told)]
    observations = connection.execute(f"DELETE {_OBSERVATIONS}", told).rowcount
    connection.executemany("DELETE FROM items WHERE id = ?", [(item,) for item in gone])
    connection.execute(UNUSED_TEXTS)
    return Pruned(done[_RUNS], observations, done[_STATEMENTS], len(gone), done[_MAILS])
