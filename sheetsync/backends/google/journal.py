"""What a write is about to do, and what stood there: kept in a file until the write is proven.

If the run dies in between, the next one finds here what to put right. The file holds cells of the user's, so nobody
else may read it, and it is deleted as soon as it is not needed.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.settle import Anchors, Put
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.errors import AccessDenied
from sheetsync.record import NamedTuple
from sheetsync.workbook import TableAnchor

VERSION = 1


class Entry(NamedTuple):
    """One write that may not be proven: the snapshot of its worksheets, what it writes, and their tables."""

    before: Snapshot
    puts: tuple[Put, ...]
    anchors: Anchors


class Journal:
    """The file for one spreadsheet: a write, and after it what was written to put it right, each as an entry."""

    def __init__(self, path: Path) -> None:
        """Take the path; its folder is made when something is written."""
        self.path = path
        self._entries: list[Entry] = []

    def pending(self) -> list[Entry]:
        """Give the writes that were not proven, the first one first: as a rule there are none.

        A file that is no journal tells nothing, and is deleted: it was never whole, so its write was never sent.
        """
        try:
            told = json.loads(gzip.decompress(self.path.read_bytes()))
        except FileNotFoundError:
            told = {"version": VERSION, "entries": []}
        except (OSError, EOFError, ValueError):
            told = None
        if not isinstance(told, dict) or told.get("version") != VERSION:
            self.end()
            return []
        self._entries = [_entry(own) for own in told["entries"]]
        return list(self._entries)

    def add(self, before: Snapshot, puts: Sequence[Put], anchors: Anchors) -> None:
        """Store what is about to be written, on the disk, before it is; AccessDenied where that is impossible."""
        sheets = {put.sheet for put in puts}
        kept = Snapshot({sheet: before.grids[sheet] for sheet in before.grids if sheet in sheets}, before.marks)
        self._entries.append(Entry(kept, tuple(puts), {sheet: anchors.get(sheet, ()) for sheet in sheets}))
        told = {"version": VERSION, "entries": [_told(entry) for entry in self._entries]}
        data = gzip.compress(json.dumps(told, ensure_ascii=False).encode(), compresslevel=1)
        half = self.path.with_name(self.path.name + ".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(self.path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise AccessDenied("state_folder", path=str(self.path.parent), reason=reason) from error

    def end(self) -> None:
        """Forget everything: it is proven, or it was never made."""
        self._entries = []
        self.path.unlink(missing_ok=True)


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "grids": list(entry.before.grids.values()),
        "marks": entry.before.marks,
        "puts": entry.puts,
        "anchors": {str(sheet): own for sheet, own in entry.anchors.items()},
    }


def _entry(told: dict[str, Any]) -> Entry:
    """Make an entry of what JSON gives back: its lists become tuples again where they stand for a marked value."""
    grids = {
        sheet: Grid(sheet, title, [[_value(value) for value in row] for row in rows])
        for sheet, title, rows in told["grids"]
    }
    marks = {name: Mark(*mark) for name, mark in told["marks"].items()}
    puts = tuple(
        Put(put[0], put[1], put[2], _value(put[3]), _value(put[4]), _value(put[5]), _value(put[6]))
        for put in told["puts"]
    )
    anchors = {
        int(sheet): [TableAnchor(own[0], own[1], own[2], tuple(own[3])) for own in anchors]
        for sheet, anchors in told["anchors"].items()
    }
    return Entry(Snapshot(grids, marks), puts, anchors)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
