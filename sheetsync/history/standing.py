"""Tells how all items stood at the end of any day, as it is known now or was known at any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from itertools import repeat
from typing import Any

from sheetsync.history.coding import (
    GONE,
    KINDS,
    RUN,
    TOLD,
    TOLD_STATUS,
    number_of_day,
    number_of_moment,
    observations_of,
)
from sheetsync.model import NOTHING
from sheetsync.past import Observation
from sheetsync.record import NamedTuple
from sheetsync.uncollected import uncollected


class Standing(NamedTuple):
    """How one item of a workbook stood on a day, and what its cells of the wanted concepts said then."""

    place: str
    workbook: str
    key: str
    kind: str
    observation: Observation
    says: Mapping[str, str]


def as_of(
    connection: sqlite3.Connection,
    day: date,
    known_at: datetime | None,
    workbook: int | None,
    concepts: tuple[str, ...],
) -> list[Standing]:
    """Give how every item stood at the end of a day, as it was known at a moment; those that had gone are left out."""
    when = number_of_day(day), number_of_moment(known_at) if known_at else None
    said = _said_on(connection, when, workbook, concepts)
    names = {row[0]: row[1:] for row in connection.execute("SELECT id, place, name FROM workbooks")}
    found: list[Standing] = []
    with uncollected():  # an eighth of the time for tens of thousands of rows
        for rows in _rows(connection, when, workbook):
            items, books, keys, kinds, *told = zip(*rows, strict=True)
            places, titles = zip(*map(names.__getitem__, books), strict=True)
            says = (said.get(item, NOTHING) for item in items) if concepts else repeat(NOTHING, len(items))
            named = places, titles, keys, map(KINDS.__getitem__, kinds)
            found += map(_make_standing, zip(*named, observations_of(told), says, strict=True))
    return found


_make_standing: Callable[[tuple[Any, ...]], Standing] = partial(tuple.__new__, Standing)
"""Makes one of its fields in order, as ``coding`` does with observations."""

_AT_ONCE = 500
"""Items that are asked for together: few enough that their rows use the same memory over and over."""
_FAILED = "user-defined function"
"""What SQLite says of a function of ours that failed."""


def _rows(
    connection: sqlite3.Connection, when: tuple[int, int | None], workbook: int | None
) -> Iterator[list[tuple[Any, ...]]]:
    """Give the rows of all items that were there: item, workbook, key, kind and then as ``TOLD``, many at a time.

    The inner question finds the row of an item by one step into the table; but all that it can hand on is one value,
    and asking again for the others would be a second step. So it hands them to ``keep``, which also spares what
    ``sqlite3`` does for each row and value of a result: together it takes two thirds of the time.
    """
    kept: list[tuple[Any, ...]] = []
    connection.create_function("keep", -1, lambda *row: kept.append(row))
    day, moment = when
    known = "" if moment is None else f"AND {RUN.format('o')} <= :moment"
    query = f"""SELECT count((
          SELECT keep(i.id, i.workbook, i.key, i.kind, {TOLD})
          FROM observations o LEFT JOIN texts b ON b.id = o.blocker
          WHERE o.item = i.id AND o.day <= :day {known} ORDER BY o.day DESC, o.since DESC LIMIT 1))
        FROM items i WHERE """  # noqa: S608 - conditions of our own
    for condition, told in _portions(connection, workbook):
        try:
            connection.execute(query + condition, {"day": day, "moment": moment, **told})
        except sqlite3.OperationalError as error:
            if _FAILED in str(error):  # nothing makes it fail but somebody who interrupts the program
                raise KeyboardInterrupt from error
            raise
        there = [row for row in kept if row[4 + TOLD_STATUS] != GONE]
        kept.clear()
        if there:
            yield there


def _portions(connection: sqlite3.Connection, workbook: int | None) -> Iterator[tuple[str, dict[str, int]]]:
    """Give conditions that choose the items of a workbook, or all items some at a time."""
    if workbook is not None:
        yield "i.workbook = :workbook", {"workbook": workbook}
        return
    last: int = connection.execute("SELECT coalesce(max(id), 0) FROM items").fetchone()[0]
    for first in range(1, last + 1, _AT_ONCE):
        yield "i.id BETWEEN :first AND :last", {"first": first, "last": first + _AT_ONCE - 1}


def _said_on(
    connection: sqlite3.Connection, when: tuple[int, int | None], workbook: int | None, concepts: tuple[str, ...]
) -> dict[int, dict[str, str]]:
    """Give what the cells of some concepts said, by the number of the item."""
    found: dict[int, dict[str, str]] = {}
    day, moment = when
    chosen = "" if workbook is None else "WHERE i.workbook = :workbook"
    known = "" if moment is None else f"AND {RUN.format('s')} <= :moment"
    for concept in concepts:
        rows = connection.execute(
            f"""SELECT i.id, (SELECT t.text FROM statements s JOIN texts t ON t.id = s.text
                  WHERE s.item = i.id AND s.concept = (SELECT id FROM texts WHERE text = :concept)
                  AND s.day <= :day {known} ORDER BY s.day DESC, s.since DESC LIMIT 1)
                FROM items i {chosen}""",  # noqa: S608 - the condition is our own
            {"concept": concept, "day": day, "moment": moment, "workbook": workbook},
        )
        for item, text in rows:
            if text is not None:
                found.setdefault(item, {})[concept] = text
    return found
