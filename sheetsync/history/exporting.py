"""Reads everything that was ever observed, for other programs: corrected, imported and reused rows, too."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sheetsync.history.coding import KINDS, TOLD, VANISHED, moment_of_number, number_of_day, observations_of
from sheetsync.history.remembering import OBSERVED, STATED
from sheetsync.past import Observation
from sheetsync.record import NamedTuple

Spoken = Mapping[str, Sequence[tuple[int, int, str]]]
"""What was said of an item: by concept the day, the run that recorded it, and the text; in that order."""


class Exported(NamedTuple):
    """One observation as it was recorded. ``said`` has texts of its row, by concept, as they stood on that day.

    ``recorded`` is the moment in UTC; ``holds`` is False where a later recording of the same day corrected it,
    ``reused`` True where its key now names another thing, ``source`` the file that an import took it from.
    ``observation`` is None from the day on which its row had gone.
    """

    place: str
    workbook: str
    key: str
    kind: str
    day: date
    recorded: datetime
    holds: bool
    reused: bool
    source: str
    said: Mapping[str, str]
    observation: Observation | None


def exported(connection: sqlite3.Connection, workbook: int | None, concepts: Sequence[str]) -> Iterator[Exported]:
    """Give every observation of one workbook, or of all: by name of workbook, key, day, and order of recording."""
    where, chosen = ("", ()) if workbook is None else ("WHERE i.workbook = ?", (workbook,))
    spoken = _spoken(connection, (where, chosen), concepts)
    rows = connection.execute(
        f"""SELECT w.place, w.name, i.key, i.kind, i.retired, o.item, {OBSERVED}, s.text, {TOLD}
            FROM items i JOIN observations o ON o.item = i.id JOIN workbooks w ON w.id = i.workbook
            LEFT JOIN texts b ON b.id = o.blocker LEFT JOIN runs r ON r.workbook = i.workbook AND r.id = {OBSERVED}
            LEFT JOIN texts s ON s.id = r.source {where}
            ORDER BY w.name, w.id, i.key, i.retired = 0, i.retired, o.day, o.since""",  # noqa: S608 - names of our own
        chosen,
    ).fetchall()
    *columns, seen = _columns(rows)
    for _, same_day in groupby(zip(*columns, seen, strict=True), key=lambda row: (row[5], row[8].day)):
        *corrected, last = same_day
        for row in corrected:
            yield _exported(row, spoken, holds=False)
        yield _exported(last, spoken, holds=True)


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[Sequence[Any]]:
    """Give what stands before the numbers column by column, and the observations."""
    columns = list(zip(*rows, strict=True)) or [()] * 8
    return [*columns[:8], list(observations_of(columns[8:]))]


def _exported(row: tuple[Any, ...], spoken: Mapping[int, Spoken], *, holds: bool) -> Exported:
    place, name, key, kind, retired, item, run, source, seen = row
    until = number_of_day(seen.day), 2**62 if holds else run
    said = {concept: _said(told, until) for concept, told in spoken.get(item, {}).items()}
    there = seen if seen.status != VANISHED else None
    moment = moment_of_number(run)
    return Exported(place, name, key, KINDS[kind], seen.day, moment, holds, bool(retired), source or "", said, there)


def _said(told: Sequence[tuple[int, int, str]], until: tuple[int, int]) -> str:
    """Give the last text that was recorded of a day, up to a run of it."""
    at = bisect_right(told, until, key=lambda one: one[:2])
    return told[at - 1][2] if at else ""


def _spoken(
    connection: sqlite3.Connection, chosen: tuple[str, tuple[int, ...]], concepts: Sequence[str]
) -> dict[int, dict[str, list[tuple[int, int, str]]]]:
    """Give what was said of every item, in the order of days and then of recording."""
    rows = connection.execute(
        f"""SELECT s.item, c.text, s.day, {STATED}, t.text FROM items i JOIN statements s ON s.item = i.id
            JOIN texts c ON c.id = s.concept JOIN texts t ON t.id = s.text {chosen[0]}
            ORDER BY s.item, s.day, s.since""",  # noqa: S608 - names of our own
        chosen[1],
    )
    found: dict[int, dict[str, list[tuple[int, int, str]]]] = {}
    for item, concept, day, run, text in rows:
        if concept in concepts:
            found.setdefault(item, {}).setdefault(concept, []).append((day, run, text))
    return found
