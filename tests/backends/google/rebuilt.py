"""Sheets that somebody rebuilds in the very moment of a write, and how they must end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.backends.google.judging import Scene, Scenes
from tests.backends.google.nights import FIRST, LAST, Ended, Nights, theirs, twin
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.wire import Request

EDITS: dict[str, Callable[[Spreadsheet], object]] = {
    "row above": lambda book: book.insert_rows("OKR", 1),
    "row between": lambda book: book.insert_rows("OKR", FIRST + 3),
    "row gone": lambda book: book.delete_rows("OKR", FIRST + 2),
    "row moved": lambda book: book.move_rows("OKR", FIRST + 6, 1, FIRST + 1),
    "column between": lambda book: book.insert_columns("OKR", 4),
    "column moved": lambda book: book.move_columns("OKR", 12, 1, 5),
    "sorted": lambda book: book.sort("OKR", f"A{FIRST}:Z{LAST}", "C", descending=True),
    "typed": lambda book: book.enter("OKR", [[77]], at=f"H{FIRST + 2}"),
    "nothing": lambda _: None,
}
SAME_SCORES = ("nothing", "row above", "row between", "column between", "column moved")
"""Edits after which every key has the scores that it had before: neither inputs nor their order changed."""

Ours = dict[tuple[object, object], object]
Goals = Callable[[str, str], "Goal"]


class Goal(NamedTuple):
    """A scene, what somebody does to it, and what it must hold in the end."""

    scene: Scene
    edit: Callable[[Spreadsheet], object]
    theirs: dict[str, Any]
    ours: Ours


def goals(scene_of: Scenes, server: SheetsServer, folder: Path) -> Goals:
    """Give goals by scene and edit: what a quiet run makes of a sheet that was rebuilt before it."""

    @cache
    def made(name: str, edit: str) -> Goal:
        scene = scene_of(name)
        night = Nights(server, folder, twin(scene.before))
        EDITS[edit](night.spreadsheet)
        wanted = theirs(night.spreadsheet)
        assert night.run(scene.day).complete
        assert theirs(night.spreadsheet) == wanted
        return Goal(scene, EDITS[edit], wanted, ours(night.spreadsheet))

    return made


def ours(spreadsheet: Spreadsheet) -> Ours:
    """Give what was computed, by the ID of its row and the header of its column.

    The days on which rows were written are left out: they tell when, and a row that was hit is written once more.
    """
    marks = [one["range"] for one in spreadsheet.book.named_ranges if one["name"].startswith("_ss_")]
    rows = spreadsheet.rows("OKR")
    found: Ours = {}
    for mark in marks:
        head, column = mark["startRowIndex"], mark["startColumnIndex"]
        for row in rows[head + 1 :]:
            value = row[column] if column < len(row) else None
            if value is not None and rows[head][column] not in ("Synced", "Đồng bộ lúc"):
                found[row[0], rows[head][column]] = value
    return found


class Rebuilding:
    """Does an edit when the first write is about to be made, and watches whether a cell of the users' is hit.

    ``hit`` says so for any moment of the night, ``wrong`` for the present one.
    """

    def __init__(self, night: Nights, goal: Goal) -> None:
        """Begin to watch the requests of the server."""
        self.night, self.goal = night, goal
        self.done = self.hit = False
        night.server.on_request(self._watch)

    def _watch(self, _: int, request: Request) -> None:
        if not self.done and request.operation.endswith("batchUpdate"):
            self.done = True
            self.goal.edit(self.night.spreadsheet)
        self.look()

    def look(self) -> None:
        """Note whether a cell of the users' is not as they left it."""
        self.hit = self.hit or (self.done and self.wrong)

    @property
    def wrong(self) -> bool:
        """Say whether a cell of the users' is not as they left it just now."""
        return theirs(self.night.spreadsheet) != self.goal.theirs

    def right(self) -> bool:
        """Say whether everything is as it must be in the end."""
        sheet = self.night.spreadsheet
        return theirs(sheet) == self.goal.theirs and ours(sheet) == self.goal.ours


def disturbed(ended: Ended) -> bool:
    """Say whether a run told of cells of the users' that were hit."""
    return bool((ended.outcome or ended.error).disturbed)  # type: ignore[union-attr]
