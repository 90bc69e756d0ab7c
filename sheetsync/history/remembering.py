"""Reads what is remembered: of a workbook before a day, of one item, of all items on any day."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from sheetsync.history.coding import (
    GONE,
    KINDS,
    OUTCOMES,
    RUN,
    STATUS,
    TOLD,
    cached_day,
    day_of_number,
    moment_of_number,
    number_of_day,
    number_of_moment,
    observation_of,
    taken,
)
from sheetsync.history.recording import TABLE
from sheetsync.model import NOTHING
from sheetsync.past import Observation, Past, Remembered, Statement
from sheetsync.record import NamedTuple

OBSERVED, STATED, EARLIER = (RUN.format(table) for table in "osp")
"""Give the number of the run of a row of ``o``, ``s`` and ``p``."""


class Standing(NamedTuple):
    """How one item of a workbook stood on a day, and what its cells of the wanted concepts said then."""

    place: str
    workbook: str
    key: str
    kind: str
    observation: Observation
    says: Mapping[str, str]


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


def _observed(connection: sqlite3.Connection, workbook: int, before: int) -> dict[int, list[tuple[Any, ...]]]:
    """Give the rows of every item, of each day the last that was recorded."""
    rows = connection.execute(
        f"""SELECT o.item, o.day, {TOLD} FROM items i JOIN observations o ON o.item = i.id
            LEFT JOIN texts b ON b.id = o.blocker
            WHERE i.workbook = ? AND i.retired = 0 AND o.day < ? ORDER BY o.item, o.day, o.since""",  # noqa: S608
        (workbook, before),
    )
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        known = found.setdefault(row[0], [])
        if known and known[-1][1] == row[1]:
            known.pop()
        known.append(row)
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
    row: tuple[Any, ...], observed: list[tuple[Any, ...]], said: Iterable[Statement], nights: list[int]
) -> Remembered:
    seen = [one for one in observed if one[2 + STATUS] != GONE]
    gone = observed[-1][1] if observed[-1][2 + STATUS] == GONE else None
    there = [night for night in nights if gone is None or night < gone]
    last = max(there[-1] if there else 0, seen[-1][1]) if seen else observed[-1][1]
    return Remembered(
        row[1],
        KINDS[row[2]],
        day_of_number(observed[0][1]),
        day_of_number(last),
        tuple(observation_of(one[1], one[2:]) for one in seen),
        tuple(said),
        row[5] or "",
        day_of_number(row[6]) if row[6] is not None else None,
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


def series(connection: sqlite3.Connection, workbook: int, key: str) -> tuple[Entry, ...]:
    """Give everything that was recorded of one item, corrections too, in the order of days and then of recording."""
    return tuple(sorted((*_numbers_of(connection, workbook, key), *_words_of(connection, workbook, key)), key=_when))


def _when(entry: Entry) -> tuple[date, datetime, str]:
    return entry.day, entry.recorded, entry.statement.concept if entry.statement else ""


def _numbers_of(connection: sqlite3.Connection, workbook: int, key: str) -> Iterator[Entry]:
    rows = connection.execute(
        f"""SELECT o.day, {OBSERVED}, {TOLD}, s.text FROM items i JOIN observations o ON o.item = i.id
            LEFT JOIN texts b ON b.id = o.blocker LEFT JOIN runs r ON r.workbook = i.workbook AND r.id = {OBSERVED}
            LEFT JOIN texts s ON s.id = r.source WHERE i.workbook = ? AND i.key = ? AND i.retired = 0""",  # noqa: S608
        (workbook, key),
    )
    for day, run, *row, source in rows:
        seen = None if row[STATUS] == GONE else observation_of(day, tuple(row))
        yield Entry(day_of_number(day), moment_of_number(run), seen, source=source or "")


def _words_of(connection: sqlite3.Connection, workbook: int, key: str) -> Iterator[Entry]:
    rows = connection.execute(
        f"""SELECT s.day, {STATED}, c.text, t.text, s.number, s.formula, f.text FROM items i
           JOIN statements s ON s.item = i.id JOIN texts c ON c.id = s.concept JOIN texts t ON t.id = s.text
           LEFT JOIN runs r ON r.workbook = i.workbook AND r.id = {STATED} LEFT JOIN texts f ON f.id = r.source
           WHERE i.workbook = ? AND i.key = ? AND i.retired = 0""",  # noqa: S608 - names of our own
        (workbook, key),
    )
    for day, run, concept, text, number, formula, source in rows:
        said = Statement(day_of_number(day), concept, text, number, bool(formula))
        yield Entry(said.day, moment_of_number(run), statement=said, source=source or "")


def as_of(
    connection: sqlite3.Connection,
    day: date,
    known_at: datetime | None,
    workbook: int | None,
    concepts: tuple[str, ...],
) -> list[Standing]:
    """Give how every item stood at the end of a day, as it was known at a moment; those that had gone are left out."""
    when = number_of_day(day), number_of_moment(known_at) if known_at else 2**62
    chosen = ("", ()) if workbook is None else ("WHERE i.workbook = ?", (workbook,))
    rows = connection.execute(
        f"""SELECT i.id, i.workbook, i.key, i.kind, o.day, {TOLD}
            FROM items i CROSS JOIN observations o ON o.item = i.id AND (o.day, o.since) = (
              SELECT p.day, p.since FROM observations p WHERE p.item = i.id AND p.day <= ? AND {EARLIER} <= ?
              ORDER BY p.day DESC, p.since DESC LIMIT 1)
            LEFT JOIN texts b ON b.id = o.blocker {chosen[0]}""",  # noqa: S608 - the condition is our own
        (*when, *chosen[1]),
    )
    said = _said_on(connection, when, workbook, concepts)
    names = {row[0]: row[1:] for row in connection.execute("SELECT id, place, name FROM workbooks")}
    with _uncollected():
        return [
            _make_standing(
                (*names[row[1]], row[2], KINDS[row[3]], observation_of(row[4], row[5:]), said.get(row[0], NOTHING))
            )
            for row in rows
            if row[5 + STATUS] != GONE
        ]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the cycle collector: tens of thousands of rows are in no cycle, and it would walk them all again and again.

    It spares an eighth of the time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


_make_standing: Callable[[tuple[Any, ...]], Standing] = partial(tuple.__new__, Standing)
"""Makes one of its fields in order, as ``coding`` does with observations."""


def _said_on(
    connection: sqlite3.Connection, when: tuple[int, int], workbook: int | None, concepts: tuple[str, ...]
) -> dict[int, dict[str, str]]:
    """Give what the cells of some concepts said, by the number of the item."""
    found: dict[int, dict[str, str]] = {}
    chosen = ("", ()) if workbook is None else ("WHERE i.workbook = ?", (workbook,))
    for concept in concepts:
        rows = connection.execute(
            f"""SELECT i.id, (SELECT t.text FROM statements s JOIN texts t ON t.id = s.text
                  WHERE s.item = i.id AND s.concept = (SELECT id FROM texts WHERE text = ?)
                  AND s.day <= ? AND {STATED} <= ? ORDER BY s.day DESC, s.since DESC LIMIT 1)
                FROM items i {chosen[0]}""",  # noqa: S608 - the condition is our own
            (concept, *when, *chosen[1]),
        )
        for item, text in rows:
            if text is not None:
                found.setdefault(item, {})[concept] = text
    return found


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


def entries(
    connection: sqlite3.Connection, workbook: int | None, known_at: datetime | None = None
) -> Iterator[tuple[str, str, str, str, Observation]]:
    """Give every observation that holds, by place, workbook, key and kind; of each day the last that was recorded."""
    chosen = ("", ()) if workbook is None else ("AND i.workbook = ?", (workbook,))
    limit = number_of_moment(known_at) if known_at else 2**62
    rows = connection.execute(
        f"""SELECT w.place, w.name, i.key, i.kind, o.item, o.day, {TOLD}
            FROM items i JOIN observations o ON o.item = i.id JOIN workbooks w ON w.id = i.workbook
            LEFT JOIN texts b ON b.id = o.blocker
            WHERE {OBSERVED} <= ? {chosen[0]} ORDER BY w.name, w.id, i.key, o.item, o.day, o.since""",  # noqa: S608 - as above
        (limit, *chosen[1]),
    )
    for _, same_day in groupby(rows, key=itemgetter(4, 5)):
        *_, last = same_day
        if last[6 + STATUS] != GONE:
            yield last[0], last[1], last[2], KINDS[last[3]], observation_of(last[5], last[6:])
