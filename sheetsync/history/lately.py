"""Reads what was noted in the last days and people should hear of for a while: cells typed over, ids used again."""

from __future__ import annotations

import sqlite3
from datetime import date

from sheetsync.history.coding import GONE, day_of_number, number_of_day
from sheetsync.past import Lately, Replaced, TypedOver
from sheetsync.snapshot import OVER, TYPED


def lately(connection: sqlite3.Connection, workbook: int, since: date, until: date) -> Lately:
    """Give what was noted of a workbook from a day to a day, both among them; of a cell what was noted last."""
    days = number_of_day(since), number_of_day(until)
    return Lately(_typed(connection, workbook, days), _replaced(connection, workbook, days))


def _typed(connection: sqlite3.Connection, workbook: int, days: tuple[int, int]) -> tuple[TypedOver, ...]:
    begins = TYPED, f"{TYPED[:-1]}{chr(ord(TYPED[-1]) + 1)}"  # so that the index finds them among all texts
    concepts = dict(connection.execute("SELECT id, text FROM texts WHERE text >= ? AND text < ?", begins))
    if not concepts:
        return ()  # as in nearly every history
    marks = ", ".join("?" * len(concepts))
    rows = connection.execute(
        f"""SELECT i.key, s.concept, s.day, t.text, s.number, (
              SELECT coalesce(o.number, b.text) FROM statements o
              JOIN texts c ON c.id = o.concept JOIN texts b ON b.id = o.text WHERE o.item = s.item AND o.day <= s.day
              AND c.text = ? || substr((SELECT text FROM texts WHERE id = s.concept), ?)
              ORDER BY o.day DESC, o.since DESC LIMIT 1)
            FROM items i JOIN statements s ON s.item = i.id JOIN texts t ON t.id = s.text
            WHERE i.workbook = ? AND i.retired = 0 AND s.concept IN ({marks}) AND s.day BETWEEN ? AND ?
            ORDER BY s.day, s.since""",  # noqa: S608 - only marks
        (OVER, len(TYPED) + 1, workbook, *concepts, *days),
    )
    found: dict[tuple[str, str], TypedOver] = {}
    for key, number, day, text, value, before in rows:
        concept = concepts[number].removeprefix(TYPED)
        found[key, concept] = TypedOver(key, concept, text if value is None else value, before, day_of_number(day))
    return tuple(found.values())


def _replaced(connection: sqlite3.Connection, workbook: int, days: tuple[int, int]) -> dict[str, Replaced]:
    """Give what an id named that another thing took over; not what had gone long before."""
    rows = connection.execute(
        """SELECT i.key, r.day, (
              SELECT t.text FROM statements s JOIN texts c ON c.id = s.concept JOIN texts t ON t.id = s.text
              WHERE s.item = i.id AND c.text = 'title' ORDER BY s.day DESC, s.since DESC LIMIT 1),
              (SELECT max(n.day) FROM runs n WHERE n.workbook = i.workbook AND n.observed = 1 AND n.day < r.day)
           FROM items i JOIN runs r ON r.workbook = i.workbook AND r.id = i.retired
           WHERE i.workbook = ? AND i.retired > 0 AND r.day BETWEEN ? AND ? AND EXISTS (
              SELECT 1 FROM observations o WHERE o.item = i.id AND o.day = r.day AND o.status = ?)
           ORDER BY r.id""",
        (workbook, *days, GONE),
    )
    return {
        key: Replaced(title or key, day_of_number(last if last is not None else day), day_of_number(day))
        for key, day, title, last in rows
    }
