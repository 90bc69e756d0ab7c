"""Knows workbooks again: by their place, after a rename by what stands in them; and tells a copy from a move."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from pathlib import Path

from sheetsync.record import NamedTuple

SAMPLE = 12
"""Items by which an unknown workbook is looked for: those with the longest titles, which say most."""
ENOUGH = 2
"""Items that must be the same, at the least."""
MOVED, COPIED = 0.5, 0.8
"""Share of the sample that must be the same in one whose old place is empty, and in one that is still there."""

FILE = "file:"


class Found(NamedTuple):
    """What the history knows of a workbook: its number, None for a new one.

    ``moved_from`` is its former place, where it was known again somewhere else; ``copied_from`` the place of another
    workbook, still there, that holds the same items under the same keys. A copy gets a history of its own.
    ``alike`` is the former place of one that has gone and holds such items too, but was judged to be another one.
    """

    place: str
    workbook: int | None = None
    moved_from: str = ""
    copied_from: str = ""
    alike: str = ""


def still_there(place: str) -> bool:
    """Say whether a workbook may still be at a place; a spreadsheet keeps its id wherever it is moved.

    Places were without links when they were noted: one that leads elsewhere by now is no place of its own any more.
    """
    path = place.removeprefix(FILE)
    return not place.startswith(FILE) or (Path(path).exists() and os.path.realpath(path) == path)


def anyway(workbook: int) -> bool:  # noqa: ARG001 - has the form of the question
    """Take a workbook of the same items for the same one."""
    return True


def find(
    connection: sqlite3.Connection,
    place: str,
    titles: Mapping[str, str],
    there: Callable[[str], bool] = still_there,
    same: Callable[[int], bool] = anyway,
) -> Found:
    """Find a workbook by its place, else by its items: ``titles`` maps their keys to their titles.

    ``same`` judges whether a workbook that has gone, and has these items, is this one; clients may share a list of
    goals. Of lost workbooks that fit equally well the one is taken whose path ends most alike; else none of them.
    """
    row = connection.execute("SELECT id FROM workbooks WHERE place = ?", (place,)).fetchone()
    if row:
        return Found(place, row[0])
    likely = _likely(connection, titles)
    gone = [one for one in likely if one.share >= MOVED and not there(one.place)]
    lost = [one for one in gone if same(one.workbook)]
    best = _nearest(place, [one for one in lost if one.share == lost[0].share])
    if len(best) == 1:
        return Found(place, best[0].workbook, moved_from=best[0].place)
    copies = (one.place for one in likely if one.share >= COPIED and there(one.place))
    return Found(place, copied_from=next(copies, ""), alike=gone[0].place if gone and not lost else "")


class _Likely(NamedTuple):
    workbook: int
    place: str
    share: float


def _nearest(place: str, lost: list[_Likely]) -> list[_Likely]:
    """Give those of several lost workbooks whose file, and folders from it upwards, are called most like this one."""
    if len(lost) < 2:
        return lost
    own = Path(place).parts[::-1]

    def alike(one: _Likely) -> int:
        pairs = zip(own, Path(one.place).parts[::-1], strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    most = max(map(alike, lost))
    return [one for one in lost if alike(one) == most] if most else lost


def _likely(connection: sqlite3.Connection, titles: Mapping[str, str]) -> list[_Likely]:
    """Give the workbooks that share items with these, the likeliest first."""
    sample = sorted(titles, key=lambda key: (-len(titles[key]), key))[:SAMPLE]
    same = Counter(workbook for key in sample for workbook in _holders(connection, key, titles[key]))
    places: dict[int, str] = dict(connection.execute("SELECT id, place FROM workbooks"))
    found = [_Likely(one, places[one], count / len(sample)) for one, count in same.items() if count >= ENOUGH]
    return sorted(found, key=lambda one: (-one.share, one.place))


def _holders(connection: sqlite3.Connection, key: str, title: str) -> Iterable[int]:
    """Give the workbooks that have an item of this key, last seen with this title."""
    rows = connection.execute(
        """SELECT i.workbook, (
             SELECT t.text FROM statements s JOIN texts t ON t.id = s.text
             WHERE s.item = i.id AND s.concept = (SELECT id FROM texts WHERE text = 'title')
             ORDER BY s.day DESC, s.since DESC LIMIT 1)
           FROM items i WHERE i.key = ? AND i.retired = 0""",
        (key,),
    )
    return {workbook for workbook, known in rows if known == title}


def enrol(connection: sqlite3.Connection, place: str, name: str, workbook: int | None, run: int) -> int:
    """Give the number under which a run records a workbook: a new one, or the known one with its new place."""
    row = connection.execute(
        "SELECT id, place, name FROM workbooks WHERE place = ? OR id = ? ORDER BY place = ? DESC",
        (place, workbook, place),
    ).fetchone()
    if row is None:
        made = connection.execute("INSERT INTO workbooks (place, name) VALUES (?, ?)", (place, name)).lastrowid
        assert made is not None  # noqa: S101 - an insert that did not raise has a number
        return made
    number: int = row[0]
    if row[1] != place:
        connection.execute("INSERT OR REPLACE INTO moves VALUES (?, ?, ?)", (number, run, row[1]))
    if row[1:] != (place, name):
        connection.execute("UPDATE workbooks SET place = ?, name = ? WHERE id = ?", (place, name, number))
    return number
