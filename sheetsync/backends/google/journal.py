"""What a write is about to do, and what stood there: kept in a file until the write is proven.

If the run dies in between, the next one finds here what to put right. The file holds cells of the user's, so nobody
else may read it, and it is deleted as soon as it is not needed.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.settle import Anchors, Put
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.errors import AccessDenied
from sheetsync.record import NamedTuple
from sheetsync.workbook import TableAnchor

VERSION = 1
NOTES = Grid._fields.index("notes")


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
        AccessDenied where the file cannot be read, or is of a newer version of sheetsync.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            self._entries = []
            return []
        except OSError as error:
            raise self._unusable(error) from error
        told = _content(data)
        if told.get("version", VERSION) != VERSION:
            raise AccessDenied("google.journal_version", path=str(self.path))
        try:
            self._entries = [_entry(own) for own in told["entries"]]
        except (LookupError, TypeError, ValueError, AttributeError):
            self.end()
        return list(self._entries)

    def add(self, before: Snapshot, puts: Sequence[Put], anchors: Anchors) -> None:
        """Store what is about to be written, on the disk, before it is; AccessDenied where that is impossible."""
        sheets = {put.sheet for put in puts}
        kept = Snapshot({sheet: before.grids[sheet] for sheet in before.grids if sheet in sheets}, before.marks)
        entry = Entry(kept, tuple(puts), {sheet: anchors.get(sheet, ()) for sheet in sheets})
        self._keep([*self._entries, entry])

    def take_back(self) -> None:
        """Forget the last write, which certainly was not made, and keep those before it."""
        if self._entries[:-1]:
            self._keep(self._entries[:-1])
        else:
            self.end()

    def end(self) -> None:
        """Forget everything: it is proven, or it was never made."""
        self._entries = []
        try:
            self.path.unlink(missing_ok=True)
        except NotADirectoryError:  # then there never was a journal
            return
        except OSError as error:
            raise self._unusable(error) from error

    def _keep(self, entries: list[Entry]) -> None:
        """Write the file anew, so that it is at every moment the old one or the new one, whatever dies."""
        told = {"version": VERSION, "entries": [_told(entry) for entry in entries]}
        data = gzip.compress(json.dumps(told, ensure_ascii=False).encode(), compresslevel=1)
        half = self.path.with_name(self.path.name + ".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                half.replace(self.path)
                _store_names(self.path.parent)
            except OSError:
                half.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise self._unusable(error) from error
        self._entries = entries

    def _unusable(self, error: OSError) -> AccessDenied:
        return AccessDenied("state_folder", path=str(self.path.parent), reason=error.strerror or str(error))


def _store_names(folder: Path) -> None:
    """Let a new name in a folder outlive a power cut, where the system can do that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _content(data: bytes) -> dict[str, Any]:
    """Give what a journal holds; nothing where it is none."""
    try:
        told = json.loads(gzip.decompress(data))
    except (OSError, EOFError, ValueError, RecursionError, zlib.error):
        return {}
    return told if isinstance(told, dict) else {}


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "grids": [(*grid[:NOTES], _told_notes(grid.notes)) for grid in entry.before.grids.values()],
        "marks": entry.before.marks,
        "puts": entry.puts,
        "anchors": {str(sheet): own for sheet, own in entry.anchors.items()},
    }


def _entry(told: dict[str, Any]) -> Entry:
    """Make an entry of what JSON gives back: its lists become tuples again where they stand for a marked value."""
    grids = {
        sheet: Grid(sheet, title, _values(rows), None if forms is None else _values(forms), _notes(notes))
        for sheet, title, rows, forms, *notes in told["grids"]
    }
    marks = {name: Mark(*mark) for name, mark in told["marks"].items()}
    puts = tuple(Put(*put[:3], *map(_value, put[3:6]), *put[6:]) for put in told["puts"])
    anchors = {
        int(sheet): [TableAnchor(own[0], own[1], own[2], tuple(own[3])) for own in anchors]
        for sheet, anchors in told["anchors"].items()
    }
    return Entry(Snapshot(grids, marks), puts, anchors)


def _told_notes(notes: Mapping[tuple[int, int], str] | None) -> list[list[Any]] | None:
    """Give notes in a form that JSON has: its keys are no pairs."""
    return None if notes is None else [[row, column, text] for (row, column), text in notes.items()]


def _notes(told: list[Any]) -> dict[tuple[int, int], str] | None:
    """Give the notes of a grid; a journal of an earlier version tells nothing of them."""
    known = told[0] if told else None
    return None if known is None else {(row, column): text for row, column, text in known}


def _values(rows: list[list[Any]]) -> list[list[Any]]:
    return [[_value(value) for value in row] for row in rows]


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
