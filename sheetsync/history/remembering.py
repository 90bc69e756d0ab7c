"""Reads what is remembered: of a workbook before a day, of one item, of all nights."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from sheetsync.history.coding import (
    KINDS,
    OUTCOMES,
    RUN,
    TOLD,
    VANISHED,
    cached_day,
    day_of_number,
    moment_of_number,
    number_of_day,
    observations_of,
    taken,
)
from sheetsync.history.recording import TABLE
from sheetsync.past import Observation, Past, Remembered, Statement
from sheetsync.record import NamedTuple

OBSERVED, STATED = RUN.format("o"), RUN.format("s")
"""Give the number of the run of a row of ``observations o`` and of ``statements s``."""


class Entry(NamedTuple):
    """One row of an item's history: an observation (None: its row had gone) or a statement.

    ``recorded`` is the moment in UTC at which it became known, ``source`` where an import took it from.
    """

    day: date
    recorded: datetime
    observation: Observation | None = None
    statement: Statement | None = None
    source: str = ""


class Logged(NamedTuple):
    """One run over one workbook as it was logged; ``cells`` is the number of cells that it wrote."""

    place: str
    workbook: str
    day: date
    recorded: datetime
    outcome: str
    observed: bool
    version: str
    profile: str
    kpi_profile: str
    language: str
    source: str
    cells: int | None
    revision: str


def past(connection: sqlite3.Connection, workbook: int, today: date) -> Past:
    """Give what is remembered of a workbook before a day."""
    day = number_of_day(today)
    nights = _nights(connection, workbook, day)
    observed, stated = _observed(connection, workbook, day), _stated(connection, workbook, day)
    items = {
        row[1]: _remembered(row, observed[row[0]], stated.get(row[0], ()), nights)
        for row in _items(connection, workbook)
        if row[2] and observed.get(row[0])
    }
    tables = {row[0]: row[1].removeprefix(TABLE) for row in _items(connection, workbook) if not row[2]}
    headers: dict[tuple[str, str], list[Statement]] = {}
    for item, table in tables.items():
        for said in stated.get(item, ()):
            headers.setdefault((table, said.concept), []).append(said)
    nights_seen = tuple(map(day_of_number, nights))
    return Past(
        items,
        nights_seen,
        _written(connection, workbook),
        {place: told[-1].text for place, told in headers.items()},
        {place: tuple(told) for place, told in headers.items()},
    )


def _items(connection: sqlite3.Connection, workbook: int) -> list[tuple[Any, ...]]:
    return connection.execute(
        """SELECT i.id, i.key, i.kind, s.text, i.row, c.text, i.cycle_start FROM items i
           LEFT JOIN texts s ON s.id = i.sheet LEFT JOIN texts c ON c.id = i.cycle
           WHERE i.workbook = ? AND i.retired = 0""",
        (workbook,),
    ).fetchall()


def _nights(connection: sqlite3.Connection, workbook: int, before: int) -> list[int]:
    rows = connection.execute(
        "SELECT DISTINCT day FROM runs WHERE workbook = ? AND observed = 1 AND day < ? ORDER BY day",
        (workbook, before),
    )
    return [row[0] for row in rows]


def _observed(connection: sqlite3.Connection, workbook: int, before: int) -> dict[int, list[Observation]]:
    """Give the observations of every item, of each day the last that was recorded."""
    rows = connection.execute(
        f"""SELECT o.item, {TOLD} FROM items i JOIN observations o ON o.item = i.id
            LEFT JOIN texts b ON b.id = o.blocker
            WHERE i.workbook = ? AND i.retired = 0 AND o.day < ? ORDER BY o.item, o.day, o.since""",  # noqa: S608
        (workbook, before),
    ).fetchall()
    items, *columns = tuple(zip(*rows, strict=True)) or ((),)
    found: dict[int, list[Observation]] = {}
    for item, seen in zip(items, observations_of(columns), strict=True):
        known = found.setdefault(item, [])
        if known and known[-1].day == seen.day:
            known.pop()
        known.append(seen)
    return found


def _stated(connection: sqlite3.Connection, workbook: int, before: int) -> dict[int, list[Statement]]:
    rows = connection.execute(
        """SELECT s.item, s.concept, s.day, s.text, s.number, s.formula
           FROM items i JOIN statements s ON s.item = i.id
           WHERE i.workbook = ? AND i.retired = 0 AND s.day < ? ORDER BY s.item, s.concept, s.day, s.since""",
        (workbook, before),
    ).fetchall()
    texts = _texts(connection, {row[1] for row in rows} | {row[3] for row in rows})
    found: dict[int, dict[tuple[str, int], Statement]] = {}
    for item, told in groupby(rows, key=itemgetter(0)):
        found[item] = {
            (concept, day): _make_statement((cached_day(day), texts[concept], texts[text], number, formula == 1))
            for _, concept, day, text, number, formula in told
        }
    return {item: sorted(said.values(), key=itemgetter(0)) for item, said in found.items()}


_make_statement: Callable[[tuple[Any, ...]], Statement] = partial(tuple.__new__, Statement)
"""Makes one of its fields in order; every night reads a few for each row."""


def _remembered(
    row: tuple[Any, ...], observed: list[Observation], said: Iterable[Statement], nights: list[int]
) -> Remembered:
    seen = tuple(one for one in observed if one.status != VANISHED)
    gone = number_of_day(observed[-1].day) if observed[-1].status == VANISHED else None
    there = [night for night in nights if gone is None or night < gone]
    last = max(there[-1] if there else 0, number_of_day(seen[-1].day)) if seen else number_of_day(observed[-1].day)
    return Remembered(
        row[1],
        KINDS[row[2]],
        observed[0].day,
        cached_day(last),
        seen,
        tuple(said),
        row[5] or "",
        cached_day(row[6]),
        row[3] or "",
        row[4] or 0,
    )


_AT_ONCE = 500


def _texts(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Give some texts by their numbers. Each is looked up once, where joining would do so for every row."""
    ordered, found = sorted(numbers), dict[int, str]()
    for first in range(0, len(ordered), _AT_ONCE):
        some = ",".join(map(str, ordered[first : first + _AT_ONCE]))
        found.update(connection.execute(f"SELECT id, text FROM texts WHERE id IN ({some})"))  # noqa: S608 - numbers
    return found


def _written(connection: sqlite3.Connection, workbook: int) -> dict[tuple[str, str], Any]:
    rows = connection.execute(
        "SELECT key, concept, value, kind FROM written WHERE workbook = ?", (workbook,)
    ).fetchall()
    texts = _texts(connection, {row[0] for row in rows} | {row[1] for row in rows})
    return {(texts[key], texts[concept]): taken(value, kind) if kind else value for key, concept, value, kind in rows}


def series(connection: sqlite3.Connection, workbook: int, key: str, retired: int = 0) -> tuple[Entry, ...]:
    """Give everything that was recorded of one item, corrections too, in the order of days and then of recording.

    ``retired`` asks for a thing that the key named before (see ``replaced``).
    """
    own = workbook, key, retired
    return tuple(sorted((*_numbers_of(connection, own), *_words_of(connection, own)), key=_when))


def replaced(connection: sqlite3.Connection, workbook: int) -> list[tuple[str, int]]:
    """Give the things whose key names another one now: the key and the run that found the other, the oldest first."""
    return connection.execute(
        "SELECT key, retired FROM items WHERE workbook = ? AND retired > 0 ORDER BY retired, key", (workbook,)
    ).fetchall()


def _when(entry: Entry) -> tuple[date, datetime, str]:
    return entry.day, entry.recorded, entry.statement.concept if entry.statement else ""


def _numbers_of(connection: sqlite3.Connection, own: tuple[int, str, int]) -> Iterator[Entry]:
    rows = connection.execute(
        f"""SELECT {OBSERVED}, s.text, {TOLD} FROM items i JOIN observations o ON o.item = i.id
            LEFT JOIN texts b ON b.id = o.blocker LEFT JOIN runs r ON r.workbook = i.workbook AND r.id = {OBSERVED}
            LEFT JOIN texts s ON s.id = r.source WHERE i.workbook = ? AND i.key = ? AND i.retired = ?""",  # noqa: S608
        own,
    ).fetchall()
    recorded, sources, *columns = tuple(zip(*rows, strict=True)) or ((), ())
    for run, source, seen in zip(recorded, sources, observations_of(columns), strict=True):
        there = seen if seen.status != VANISHED else None
        yield Entry(seen.day, moment_of_number(run), there, source=source or "")


def _words_of(connection: sqlite3.Connection, own: tuple[int, str, int]) -> Iterator[Entry]:
    rows = connection.execute(
        f"""SELECT s.day, {STATED}, c.text, t.text, s.number, s.formula, f.text FROM items i
           JOIN statements s ON s.item = i.id JOIN texts c ON c.id = s.concept JOIN texts t ON t.id = s.text
           LEFT JOIN runs r ON r.workbook = i.workbook AND r.id = {STATED} LEFT JOIN texts f ON f.id = r.source
           WHERE i.workbook = ? AND i.key = ? AND i.retired = ?""",  # noqa: S608 - names of our own
        own,
    )
    for day, run, concept, text, number, formula, source in rows:
        said = Statement(day_of_number(day), concept, text, number, bool(formula))
        yield Entry(said.day, moment_of_number(run), statement=said, source=source or "")


def runs(connection: sqlite3.Connection, workbook: int | None, newest: int | None) -> Iterator[Logged]:
    """Give the logged runs of one workbook, or of all, the newest first."""
    chosen = ("", ()) if workbook is None else ("WHERE r.workbook = ?", (workbook,))
    rows = connection.execute(
        f"""SELECT w.place, w.name, r.day, r.id, r.outcome, r.observed, y.version, y.profile, y.kpi_profile,
              y.language, s.text, r.cells, r.revision
            FROM runs r JOIN workbooks w ON w.id = r.workbook JOIN ways y ON y.id = r.way
            LEFT JOIN texts s ON s.id = r.source {chosen[0]} ORDER BY r.id DESC LIMIT ?""",  # noqa: S608 - as above
        (*chosen[1], -1 if newest is None else newest),
    )
    for place, name, day, run, outcome, observed, version, profile, kpi, language, source, cells, revision in rows:
        told = day_of_number(day), moment_of_number(run), OUTCOMES[outcome], bool(observed)
        way = version, profile, kpi, language
        yield Logged(place, name, *told, *way, source or "", cells, revision.hex() if revision else "")
