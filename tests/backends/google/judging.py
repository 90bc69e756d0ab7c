"""Scenes that are played with faults, and the judgement of how a night ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sheetsync.errors import SheetsyncError
from tests.backends.google.nights import DEADLINE, FIRST, Ended, Nights, State, fresh, state, theirs, told, twin
from tests.books import TODAY
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

SCENES = ("en", "vi", "nightly")
"""The first run on an English and on a Vietnamese sheet, and a run on a sheet that has our columns already."""


class Scene(NamedTuple):
    """A sheet before a night, the day, and everything that must stand there after it."""

    before: Spreadsheet
    day: date
    right: State
    theirs: dict[str, Any]


Scenes = Callable[[str], Scene]


def scenes(server: SheetsServer, folder: Path) -> Scenes:
    """Give the scenes by name; each is played once without any fault, and that is how it has to end."""

    @cache
    def made(name: str) -> Scene:
        start = fresh("vi" if name == "vi" else "en")
        if name == "nightly":
            assert Nights(server, folder, start).run(TODAY - timedelta(7)).complete
            start.enter("OKR", [[81], [260], [4.4]], at=f"H{FIRST + 1}")
        night = Nights(server, folder, twin(start))
        assert night.run(TODAY).complete
        assert (server.reads, server.writes) == (1, 1)
        return Scene(start, TODAY, state(night.spreadsheet), theirs(start))

    return made


def converges(night: Nights, scene: Scene, *, runs: int = 2) -> None:
    """Check that quiet runs bring everything to its right end; after the first they make one request each."""
    for number in range(runs):
        night.quiet()
        ended = night.run(scene.day)
        assert ended.complete, ended.error
        assert state(night.spreadsheet) == scene.right
        assert not night.journal.exists()
        assert number == 0 or (night.server.reads, night.server.writes) == (1, 0)


def judge(night: Nights, scene: Scene, ended: Ended, *, code: int | None, runs: int = 2) -> None:
    """Check the end of a night with faults: ``code`` is that of the failure, None where it must succeed.

    Google makes a batch whole or not at all, so a sheet may only stand as before or as it must stand in the end.
    """
    now = state(night.spreadsheet)
    assert theirs(night.spreadsheet) == scene.theirs
    assert ended.seconds <= DEADLINE
    assert ended.complete == (code is None), ended.error
    if ended.error is None:
        assert now == scene.right
        assert not night.journal.exists()
        return
    assert now in (state(scene.before), scene.right)
    assert ended.error.exit_code == code, ended.error
    tells(ended.error)
    converges(night, scene, runs=runs)


def tells(error: SheetsyncError) -> None:
    """Check that a failure is told in whole sentences on one line, in each language."""
    english, vietnamese = told(error)
    for text in (english, vietnamese):
        assert len(text) > 30
        assert not set("{}\n") & set(text), text
    assert english != vietnamese
